// SPDX-License-Identifier: EUPL-1.2
//! Judges: rules as data, read with all their problems at once, evaluated in three-valued logic.

mod context;
pub mod engine;
mod files;
pub mod licences;
pub mod lifecycles;
pub mod load;
pub mod model;
mod operand;
mod operator;
mod overrides;
mod parse;
pub mod predicate;
mod read;
mod scales;
pub mod trace;

#[cfg(test)]
mod engine_tests;
#[cfg(test)]
mod tests;
