// SPDX-License-Identifier: EUPL-1.2
//! `perenne catalogue check`: how each entry was read, and what is wrong where.

use std::io::Read as _;
use std::path::Path;

use super::Session;
use super::args::CatalogueCheck;
use super::check::json_error;
use super::error::{CliError, Exit, problem_line};
use crate::catalogue::check::{check_view, error_view};
use crate::catalogue::{Catalogue, CatalogueError, Format, LoadOptions, load, load_text};
use crate::model::limits::CONFIG_BYTES;
use crate::model::text::decode;
use crate::model::url::AddressKind;

/// Prints how a catalogue was read.
pub(super) fn check(session: &Session, arguments: &CatalogueCheck) -> Result<Exit, CliError> {
    let options = LoadOptions {
        from: arguments.from.as_deref().and_then(Format::named),
        config: arguments.config.clone(),
    };
    let say = |message: &crate::model::Message| session.messages.message(message);
    let is_json = arguments.format == "json";
    let catalogue = match named_or_piped(&arguments.file, &options)? {
        Ok(catalogue) => catalogue,
        Err(error) if is_json => {
            let view = error_view(&error, &say);
            let text = serde_json::to_string_pretty(&view).map_err(json_error)?;
            session.print(&format!("{text}\n"))?;
            return Ok(Exit::Configuration);
        }
        Err(error) => return Err(CliError::Catalogue(error)),
    };
    if is_json {
        let view = check_view(&catalogue, &say);
        let text = serde_json::to_string_pretty(&view).map_err(json_error)?;
        session.print(&format!("{text}\n"))?;
    } else {
        session.print(&listing(session, &catalogue))?;
    }
    let has_entry_problems = catalogue.defis.iter().any(|defi| !defi.problems.is_empty());
    let is_bad = !catalogue.problems.is_empty() || (arguments.strict && has_entry_problems);
    Ok(if is_bad {
        Exit::Configuration
    } else {
        Exit::Done
    })
}

/// The catalogue at `path`, or what is piped in for `-`.
///
/// # Errors
/// Standard input cannot be read. What is wrong with the catalogue itself is the inner result.
pub(super) fn named_or_piped(
    path: &Path,
    options: &LoadOptions,
) -> Result<Result<Catalogue, CatalogueError>, CliError> {
    if path != Path::new("-") {
        return Ok(load(path, options));
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(CONFIG_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|source| CliError::Read {
            path: "-".to_owned(),
            source,
        })?;
    let text = decode(&bytes).unwrap_or_default();
    Ok(load_text("-", &text, options))
}

fn listing(session: &Session, catalogue: &Catalogue) -> String {
    let messages = session.messages;
    let mut lines = Vec::new();
    let mut counts = [0_usize; 3];
    let mut without = 0;
    for defi in &catalogue.defis {
        let promotion = defi.promotion.as_deref().unwrap_or("–");
        lines.push(format!("{} ({promotion})", defi.title));
        if defi.sources.is_empty() {
            without += 1;
            lines.push(format!("  {}", messages.plain("catalogue-no-source")));
        }
        for source in &defi.sources {
            let (at, kind) = match source.kind {
                AddressKind::Repository => (0, "catalogue-kind-repository"),
                AddressKind::Account => (1, "catalogue-kind-account"),
                AddressKind::Site => (2, "catalogue-kind-site"),
            };
            counts[at] += 1;
            let inferred = if source.inferred {
                format!(" ({})", messages.plain("catalogue-inferred"))
            } else {
                String::new()
            };
            lines.push(format!(
                "  {} {}{inferred}",
                messages.plain(kind),
                source.url
            ));
        }
        for problem in &defi.problems {
            lines.push(format!("  ! {}", problem_line(problem, messages)));
        }
    }
    if !catalogue.problems.is_empty() {
        lines.push(String::new());
        lines.extend(
            catalogue
                .problems
                .iter()
                .map(|problem| problem_line(problem, messages)),
        );
    }
    lines.push(String::new());
    let summary = crate::model::Message::new("catalogue-summary")
        .with("defis", catalogue.defis.len())
        .with("repositories", counts[0])
        .with("accounts", counts[1])
        .with("sites", counts[2])
        .with("without", without);
    lines.push(messages.message(&summary));
    lines.join("\n") + "\n"
}
