// SPDX-License-Identifier: EUPL-1.2
//! Facts about the theme `publiccode`.

use super::extract::Inputs;
use super::set::FactSet;

pub(super) fn extract(_inputs: &Inputs<'_>, _facts: &mut FactSet) {}
