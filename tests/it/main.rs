// SPDX-License-Identifier: EUPL-1.2
//! The product from outside: repositories made with git, commands run as a person runs them.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod absence;
mod cli;
mod repository;
mod snapshot;
