// SPDX-License-Identifier: EUPL-1.2
//! The product from outside: repositories made with git, commands run as a person runs them.

mod cli;
mod repository;
mod snapshot;
