// SPDX-License-Identifier: EUPL-1.2
//! What a repository contains, judged by nobody: `(ForgeRecord, Snapshot)` to a [`FactSet`](set::FactSet).
//!
//! Facts know no date of audit: dates are absolute, ages are computed by rules. Every fact carries its evidence or the
//! reason why it is unknown. Adding a fact: an entry in [`key::FACTS`] and a line in its theme's extractor.

mod activity;
pub mod advisories;
mod ci;
mod data;
mod dependencies;
mod documentation;
pub mod extract;
mod hosting;
pub mod key;
mod kind;
pub mod licence;
mod licensing;
mod pattern;
pub mod prose;
mod publiccode;
mod readme;
mod repository;
mod security;
pub mod set;
#[cfg(test)]
mod testing;
mod tests;
mod unread;
mod web;
