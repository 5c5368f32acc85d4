// SPDX-License-Identifier: EUPL-1.2
//! Judges: rules as data, read with all their problems at once, evaluated in three-valued logic.

pub mod engine;
pub mod licences;
pub mod lifecycles;
pub mod load;
pub mod model;
mod parse;
pub mod predicate;
mod scales;

#[cfg(test)]
mod tests;
