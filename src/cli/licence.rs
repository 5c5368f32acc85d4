// SPDX-License-Identifier: EUPL-1.2
//! `perenne licence`: what licence is this text.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::Session;
use super::args::Licence;
use super::error::{CliError, Exit};
use crate::facts::licence::identify_file;
use crate::model::limits::Limits;
use crate::model::text::decode;

/// Identifies each file; unreadable ones are said and do not stop the others.
pub(super) fn licence(session: &Session, arguments: &Licence) -> Result<Exit, CliError> {
    let mut exit = Exit::Done;
    for path in &arguments.files {
        let text = match read(path) {
            Ok(text) => text,
            Err(error) => {
                for line in error.lines(session.messages) {
                    session.term.error(&line);
                }
                exit = error.exit();
                String::new()
            }
        };
        let name = path.display().to_string();
        let answer = identify_file(&name, &text);
        let line = if arguments.format == "jsonl" {
            answer.to_json().to_string()
        } else {
            let unknown = session.messages.plain("licence-unknown");
            let expression = answer.expression.as_deref().unwrap_or(&unknown);
            let modified = if answer.modified {
                format!(" ({})", session.messages.plain("licence-modified"))
            } else {
                String::new()
            };
            format!("{name}: {expression}{modified}")
        };
        session.print(&format!("{line}\n"))?;
    }
    Ok(exit)
}

fn read(path: &Path) -> Result<String, CliError> {
    let limit = Limits::default().file_bytes as u64;
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|source| CliError::Read {
            path: path.display().to_string(),
            source,
        })?;
    Ok(decode(&bytes).unwrap_or_default())
}
