// SPDX-License-Identifier: EUPL-1.2
//! The licence fields of manifests, as written, with their line; and which manifests could not be read.

use std::sync::LazyLock;

use regex::Regex;

use super::declaration::{Declaration, Origin, Reach, Worth};
use super::formats::{Field, Flaw, Reader, reader, wants_spdx};
use super::generators::{is_default, is_unfilled};
use super::paths::{is_copy_like, is_sample};
use crate::facts::licence::parse_declared;
use crate::facts::pattern::wide as pattern;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot, Text};

/// Manifests read of one repository.
const MAX_MANIFESTS: usize = 60;

/// What manifests declare, and what hides a part of it.
#[derive(Debug, Default)]
pub(super) struct Manifests {
    /// Every licence field, the root's first.
    pub(super) declarations: Vec<Declaration>,
    /// Why a manifest of the root says nothing: it may name the licence of the whole.
    pub(super) root_gap: Option<Reason>,
    /// Why some manifest says nothing.
    pub(super) gap: Option<Reason>,
}

/// Every licence field of the project's own manifests, the root's first.
pub(super) fn read(snapshot: &Snapshot) -> Manifests {
    let mut entries: Vec<(&Entry, Reader)> = snapshot
        .files()
        .filter(|entry| !is_sample(entry.folder()) && !is_copy_like(entry.folder()))
        .filter_map(|entry| Some((entry, reader(entry)?)))
        .collect();
    entries.sort_by_key(|(entry, _)| (entry.path.matches('/').count(), entry.path.clone()));
    let mut out = Manifests::default();
    if entries.len() > MAX_MANIFESTS {
        out.gap = Some(Reason::new(ReasonCode::Truncated).with("limit", "manifests"));
        entries.truncate(MAX_MANIFESTS);
    }
    for (entry, reader) in entries {
        let read = snapshot
            .text(entry)
            .map_err(|error| error.reason(&entry.path))
            .and_then(|text| of_manifest(entry, reader, &text));
        match read {
            Ok(mut found) => {
                if snapshot.is_in_root(entry) {
                    for one in &mut found {
                        one.reach = Reach::Whole;
                    }
                }
                out.declarations.extend(found);
            }
            Err(reason) => {
                if snapshot.is_in_root(entry) {
                    out.root_gap.get_or_insert_with(|| reason.clone());
                }
                // a file with its place says more than a limit
                out.gap = Some(out.root_gap.clone().unwrap_or(reason));
            }
        }
    }
    out
}

fn of_manifest(entry: &Entry, reader: Reader, text: &Text) -> Result<Vec<Declaration>, Reason> {
    // what does not hold the word declares nothing, broken or not
    if !text.text.to_ascii_lowercase().contains("licen") && !text.is_truncated {
        return Ok(Vec::new());
    }
    let fields = reader.fields(&text.text).map_err(|flaw| {
        if text.is_truncated {
            Reason::new(ReasonCode::Truncated).with("path", &*entry.path)
        } else {
            unreadable(&entry.path, flaw)
        }
    })?;
    Ok(fields
        .into_iter()
        .filter(|field| !field.value.trim().is_empty())
        .map(|field| declaration(entry, &text.text, field))
        .collect())
}

/// The reason for what a broken file hides.
pub(super) fn unreadable(path: &str, flaw: Flaw) -> Reason {
    Reason::new(ReasonCode::Unreadable)
        .with("path", path)
        .with("line", flaw.line)
        .with("column", flaw.column)
}

/// A declared value that its readers take for an SPDX expression and that is none; deprecated identifiers are understood.
pub(super) fn is_misspelt(said: &Declaration) -> bool {
    let name = said.path.rsplit('/').next().unwrap_or(&said.path);
    let is_read_as_spdx = matches!(said.origin, Origin::Manifest | Origin::Publiccode)
        && wants_spdx(name)
        && said.worth == Worth::Said;
    let value = said.value.trim();
    if !is_read_as_spdx || said.is_valid || fold_plain(value).starts_with("see licen") {
        return false;
    }
    let plain = |text: &str| {
        let text = text.replace(['(', ')'], "").replace('+', "-or-later");
        // the older form of Cargo
        let text = text.replace('/', " OR ");
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_ascii_lowercase()
    };
    said.expression
        .as_deref()
        .is_none_or(|meant| plain(meant) != plain(value))
}

fn declaration(entry: &Entry, text: &str, field: Field) -> Declaration {
    let readable = readable(&field.value);
    let declared = parse_declared(&readable);
    let worth = if declared.expression.is_none() && is_unfilled(&field.value) {
        Worth::Unfilled
    } else if is_default(entry.name(), text, &field.value) {
        Worth::Default
    } else if is_refusal(&field.value) {
        Worth::Refused
    } else {
        Worth::Said
    };
    Declaration {
        path: entry.path.to_string(),
        line: line_of_value(text, &field.value),
        is_valid: declared.is_valid_spdx,
        expression: declared.expression,
        origin: if field.is_classifier {
            Origin::Classifier
        } else {
            Origin::Manifest
        },
        part: field.part,
        reach: if entry.is_at_root() {
            Reach::Whole
        } else {
            Reach::Folder
        },
        worth,
        value: field.value,
    }
}

/// Values that deny any grant.
fn is_refusal(value: &str) -> bool {
    matches!(
        fold_plain(value.trim()).as_str(),
        "unlicensed" | "proprietary" | "proprietaire" | "all rights reserved" | "private"
    )
}

/// The line of the licence field that holds `value`.
fn line_of_value(text: &str, value: &str) -> Option<u32> {
    // several values were joined: the first stands for all
    let first = value.split(" OR ").next().unwrap_or(value);
    let value = if text.contains(value) { value } else { first };
    let mut fallback = None;
    for (line, number) in text.lines().zip(1_u32..) {
        if line.contains(value) {
            let lower = line.to_ascii_lowercase();
            if lower.contains("licen") {
                return Some(number);
            }
            fallback = fallback.or(Some(number));
        }
    }
    fallback
}

/// A value in the form that [`parse_declared`] reads: R's forms and addresses of the SPDX list made plain.
fn readable(value: &str) -> String {
    static R_LATER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b([al]?gpl)(?:\s*-\s*\d)?\s*\(\s*>=\s*(\d(?:\.\d)?)(?:\.0)?\s*\)")
    });
    static R_FILE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*[+|]\s*file\s+\S+\s*$"));
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^https?://(?:www\.)?spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.(?:html|json))?$",
        )
    });
    let mut value = value.trim().to_owned();
    if value.starts_with("http") {
        value = ADDRESS.replace(&value, "$1").into_owned();
    }
    if value.contains("file") {
        value = R_FILE.replace(&value, "").into_owned();
    }
    if !value.contains(">=") {
        return value;
    }
    R_LATER
        .replace_all(&value, |found: &regex::Captures<'_>| {
            let family = found.get(1).map_or("", |m| m.as_str()).to_uppercase();
            let version = found.get(2).map_or("", |m| m.as_str());
            let dot = if version.contains('.') { "" } else { ".0" };
            format!("{family}-{version}{dot}-or-later")
        })
        .into_owned()
}
