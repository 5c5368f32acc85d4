// SPDX-License-Identifier: EUPL-1.2
//! Adds up findings into scorecards. No rule, category or scale is named here: they are data.

pub mod card;
pub mod programme;
pub mod scales;
pub mod weigh;
