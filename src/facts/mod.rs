// SPDX-License-Identifier: EUPL-1.2
//! Facts: what a repository says and shows, with evidence, date-free and judged by nobody.

pub mod licence;
