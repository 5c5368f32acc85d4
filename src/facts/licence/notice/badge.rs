// SPDX-License-Identifier: EUPL-1.2
//! Badges that name a licence.

use std::sync::LazyLock;

use regex::Regex;

use super::super::names::mentions;
use super::super::prose::Badge;
use super::clause::is_or;
use super::{Scope, Source, Statement};
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

static SHIELD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:img\.shields\.io/badge/|badgen\.net/badge/)(?P<path>[^?#]+)"));

/// A static badge that names a licence.
pub(super) fn read_badge(badge: &Badge) -> Option<Statement> {
    let path = SHIELD.captures(&badge.address)?.name("path")?.as_str();
    let path = percent_decoded(path)
        .replace("--", "\u{1}")
        .replace("__", "\u{2}");
    let path = path.trim_end_matches(".svg").trim_end_matches(".png");
    let parts: Vec<String> = path
        .split(['-', '/'])
        .map(|part| {
            part.replace('_', " ")
                .replace('\u{1}', "-")
                .replace('\u{2}', "_")
        })
        .collect();
    let (label, message) = match parts.as_slice() {
        [label, message, _, ..] => (label.clone(), message.clone()),
        [message, _] => (String::new(), message.clone()),
        _ => return None,
    };
    let folded_label = fold_plain(&label);
    if !(folded_label.contains("licen")
        || label.is_empty() && fold_plain(&message).contains("licen"))
    {
        return None;
    }
    let folded = fold_plain(&message);
    let found = mentions(&folded, &|_| true);
    let ids: Vec<String> = found
        .iter()
        .map(|mention| mention.id.clone())
        .collect::<Option<_>>()?;
    if ids.is_empty() || folded.contains("not ") {
        return None;
    }
    let or = found
        .windows(2)
        .any(|pair| is_or(&folded[pair[0].range.end..pair[1].range.start]));
    let stated = found.iter().all(|mention| mention.is_version_stated);
    Some(Statement {
        scope: Scope::All,
        expression: ids.join(if or { " OR " } else { " AND " }),
        line: badge.line,
        raw: badge.address.clone(),
        source: Source::Badge,
        confidence: if stated { 600 } else { 400 },
        linked_path: None,
    })
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let decoded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(decoded.unwrap_or(bytes[at]));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
