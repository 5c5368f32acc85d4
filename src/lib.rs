// SPDX-License-Identifier: EUPL-1.2
//! `perenne` audits the repositories of a programme and says what will survive the team that wrote them.
//!
//! ```text
//! catalogue ─▶ forge ─▶ snapshot ─▶ facts ─▶ rules ─▶ scoring ─▶ reports
//!                                       store keeps, crawl walks the line, cli starts it
//! ```
//!
//! Collect, judge, add up and show are four jobs in four rooms. Everything from [`facts`] to [`reports`] is pure: no
//! network, no clock, no environment. `ARCHITECTURE.md` is the map.

pub mod catalogue;
pub mod cli;
pub mod crawl;
pub mod facts;
pub mod forge;
pub mod model;
pub mod reports;
pub mod rules;
pub mod scoring;
pub mod snapshot;
pub mod store;
