// SPDX-License-Identifier: EUPL-1.2
//! What was found, told: expressions, lines, holders, what is left.

use super::super::holders::{self, Holder};
use super::super::leftover::{self, Versions};
use super::super::normalise::Words;
use super::super::texts::published;
use super::super::tolerance::Verdict;
use super::search::Found;
use super::{Match, Remainder, TextIdentification};

/// Texts longer than this carry copyright lines of their own; in shorter ones the head is the holder's.
const SHORT_LICENCE: usize = 700;

pub(super) fn describe(text: &str, words: &Words, found: &[Found]) -> TextIdentification {
    let remainder = remainders(text, words, found);
    let around: String = remainder
        .iter()
        .map(|r| r.text.as_str())
        .collect::<Vec<_>>()
        .join("\n\n");
    let restriction =
        leftover::restriction(&around).or_else(|| leftover::declares_itself_modified(text));
    let versions = leftover::versions(&around);
    let mut parts: Vec<Match> = Vec::new();
    for (at, part) in found.iter().enumerate() {
        if part.is_exception {
            // an exception belongs to the licence before it
            if let Some(base) = parts
                .last_mut()
                .filter(|base| !base.expression.contains(" WITH "))
            {
                base.expression = format!("{} WITH {}", base.expression, part.id);
                base.lines.1 = line_at(words, part.range.end - 1);
                base.is_altered |= matches!(part.verdict, Verdict::Altered(_));
            }
            continue;
        }
        let before = text_between(
            text,
            words,
            at.checked_sub(1).map(|before| &found[before]),
            part,
        );
        let later_parts_are_foreign = parts.last().is_some_and(|part| part.is_third_party);
        parts.push(Match {
            expression: qualified(part.id, versions),
            confidence: part.confidence,
            lines: (
                line_at(words, part.range.start),
                line_at(words, part.range.end - 1),
            ),
            method: part.method,
            is_altered: matches!(part.verdict, Verdict::Altered(_)),
            is_third_party: !parts.is_empty()
                && (later_parts_are_foreign || leftover::announces_third_parties(before)),
        });
    }
    let mut own: Vec<&str> = Vec::new();
    for part in parts.iter().filter(|part| !part.is_third_party) {
        if !own.contains(&part.expression.as_str()) {
            own.push(&part.expression);
        }
    }
    let operator = if own.len() > 1 && leftover::offers_choice(&around) {
        " OR "
    } else {
        " AND "
    };
    TextIdentification {
        expression: (!own.is_empty()).then(|| own.join(operator)),
        is_modified: restriction.is_some()
            || parts
                .iter()
                .any(|part| part.is_altered && !part.is_third_party),
        restriction,
        is_placeholder_unfilled: has_form(text, words, found),
        holders: own_holders(text, found),
        parts,
        remainder,
    }
}

/// A GNU identifier with what the text says of later versions.
fn qualified(id: &str, versions: Option<Versions>) -> String {
    let gnu = ["GPL-", "LGPL-", "AGPL-", "GFDL-"]
        .iter()
        .any(|family| id.starts_with(family));
    match versions {
        Some(Versions::OrLater) if gnu => format!("{id}-or-later"),
        Some(Versions::Only) if gnu => format!("{id}-only"),
        _ => id.to_owned(),
    }
}

fn line_at(words: &Words, index: usize) -> u32 {
    words.items().get(index).map_or(1, |word| word.line)
}

fn text_between<'text>(
    text: &'text str,
    words: &Words,
    before: Option<&Found>,
    part: &Found,
) -> &'text str {
    let start = before.map_or(0, |found| words.items()[found.range.end - 1].end as usize);
    let end = words.items()[part.range.start].offset as usize;
    text.get(start..end).unwrap_or_default()
}

fn remainders(text: &str, words: &Words, found: &[Found]) -> Vec<Remainder> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut cut = |start: usize, end: usize| {
        let Some(piece) = text.get(start..end) else {
            return;
        };
        let trimmed = piece.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let lead = piece.len() - piece.trim_start().len();
            out.push(Remainder {
                line: crate::model::text::line_of(text, start + lead),
                text: trimmed.to_owned(),
            });
        }
    };
    for part in found {
        cut(start, words.items()[part.range.start].offset as usize);
        start = words.items()[part.range.end - 1].end as usize;
    }
    cut(start, text.len());
    out
}

/// Whether `line` belongs to the body of a long licence, whose copyright lines are the steward's or a model.
fn in_long_licence(words: &Words, found: &[Found], line: u32) -> bool {
    found.iter().any(|part| {
        part.length > SHORT_LICENCE
            && (line_at(words, part.range.start)..=line_at(words, part.range.end - 1))
                .contains(&line)
    })
}

/// The holders of the work: a copyright line that the published text has too is the steward's.
fn own_holders(text: &str, found: &[Found]) -> Vec<Holder> {
    let theirs: Vec<Holder> = found
        .iter()
        .flat_map(|part| published(part.id))
        .flat_map(holders::copyright_holders)
        .collect();
    holders::copyright_holders(text)
        .into_iter()
        .filter(|holder| theirs.iter().all(|other| other.text != holder.text))
        .collect()
}

fn has_form(text: &str, words: &Words, found: &[Found]) -> bool {
    text.lines().zip(1_u32..).any(|(line, number)| {
        matches!(holders::statement(line), Some((_, true)))
            && !in_long_licence(words, found, number)
    })
}
