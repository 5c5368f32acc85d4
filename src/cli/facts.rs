// SPDX-License-Identifier: EUPL-1.2
//! `perenne facts`: what was read of a repository, judged by nobody.

use super::Session;
use super::args::Facts;
use super::error::{CliError, Exit};
use super::setup::open_target;
use crate::facts::extract::{Inputs, extract_all};

/// Prints every fact as JSON.
pub(super) fn facts(session: &Session, arguments: &Facts) -> Result<Exit, CliError> {
    let target = open_target(session, &arguments.target, arguments.at.as_deref())?;
    let facts = extract_all(&Inputs {
        record: &target.record,
        snapshot: &target.snapshot,
    });
    session.print(&format!("{:#}\n", facts.to_json()))?;
    Ok(Exit::Done)
}
