// SPDX-License-Identifier: EUPL-1.2
//! Walks the line for a whole catalogue: order, concurrency, limits, cancellation. Judging is not its business.

pub mod audit;
pub mod queue;
pub mod run;
