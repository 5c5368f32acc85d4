// SPDX-License-Identifier: EUPL-1.2
//! The words around a name that decide: labels, leads, connectors.

use std::sync::LazyLock;

use regex::Regex;

use super::super::names::Mention;
use super::super::prose::Sentence;
use super::scope::scope_of;
use super::words::{FOREIGN, GRANTS, LEADS, OWN, SUBJECT, UNSAID};
use super::{Place, Scope};
use crate::facts::pattern::folded as pattern;

/// The words around a mention that decide.
pub(super) struct Parts<'text> {
    /// Since the mention before.
    pub(super) clause: &'text str,
    /// Since the start of the sentence.
    pub(super) prefix: &'text str,
    /// Where the subject stands.
    pub(super) subject: &'text str,
    /// A verb right behind.
    pub(super) behind: &'text str,
}

pub(super) fn is_granted(sentence: &Sentence, place: Place, parts: &Parts<'_>) -> bool {
    let own = OWN.replace_all(parts.subject, " ");
    if UNSAID.is_match(&without_apology(parts.prefix))
        || UNSAID.is_match(parts.behind)
        || FOREIGN.is_match(&own)
    {
        return false;
    }
    if is_label(parts.clause, sentence, place) {
        return true;
    }
    let led = LEADS.is_match(parts.clause);
    match place {
        Place::Licence => led || is_bare(parts.clause, sentence),
        Place::Elsewhere => led && GRANTS.is_match(parts.prefix) && SUBJECT.is_match(parts.prefix),
        Place::Foreign => false,
    }
}

/// The few words behind a mention that may take it back.
pub(super) fn behind<'text>(text: &'text str, mention: &Mention) -> &'text str {
    let rest = &text[mention.range.end..];
    let end = rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at);
    let rest = &rest[..end];
    let stop = rest.find([',', '.', ';', '(', ':']).unwrap_or(rest.len());
    // only a verb right behind the name concerns it
    match rest[..stop].trim_start() {
        tail if tail.starts_with("n'est")
            || tail.starts_with("is not")
            || tail.starts_with("does not")
            || tail.starts_with("ne s")
            || tail.starts_with("is compatible")
            || tail.starts_with("est compatible") =>
        {
            tail
        }
        _ => "",
    }
}

fn without_apology(prefix: &str) -> String {
    // « sauf mention contraire », « unless otherwise stated »: exceptions elsewhere, the rule stands
    static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:sauf|unless|except)\s+(?:where\s+|as\s+)?(?:mention|indication|precision|otherwise|noted)[^,:]*,?|if\s+not\s+(?:otherwise\s+)?(?:stated|specified)",
        )
    });
    OTHERWISE.replace_all(prefix, " ").into_owned()
}

/// « Licence : MIT », « Code : MIT ».
fn is_label(clause: &str, sentence: &Sentence, place: Place) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W*(?:(?:software|project|code|sources?)\s+)?(?:licen[cs]es?|sous licence)(?:\s+(?:du|de|des|of|for)(?:\s+(?:la|le|the|ce|this))?\s+\w+)?\s*(?:[:=|–—-]|\s-\s)\s*(?:the|la|le|l'|gnu)?\s*$",
        )
    });
    static SCOPED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W*(?:[\w'-]+\s+){0,4}[\w'-]+\s*(?::|=|->|→|—|–)\s*(?:the\s+|la\s+|licen[cs]e\s+)*$",
        )
    });
    LABEL.is_match(clause) && (sentence.opens_block || place == Place::Licence)
        || place == Place::Licence
            && SCOPED.is_match(clause)
            && scope_of(clause, sentence) != Scope::All
}

/// A block of a licence section that opens with the name: « MIT », « The MIT License. See LICENSE ».
fn is_bare(clause: &str, sentence: &Sentence) -> bool {
    static LITTLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W*(?:(?:the|la|le|les|l|licen[cs]es?|licen[cs]ed|gnu|a|an|is|est|d|this|ce|c'est|it's|copyright|c|domaine|domain|public)\W+)*$",
        )
    });
    LITTLE.is_match(clause) && sentence.text.split_whitespace().count() <= 30
}

pub(super) fn is_connector(between: &str) -> bool {
    static CONNECTOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?x)^[\s,;/)("'|+&-]*(?:licen[cs]es?)?[\s,;/)("'|+&-]*(?:(?:and|et|ou|or|ou\ bien|and/or|et/ou|as\ well\ as|ainsi\ que|plus)\b)?[\s,;/)("'|+&-]*
            (?:(?:the|la|le|les|l|sous|under|a|de|of|either|licen[cs]es?|gnu|version|libres?)\b[\s,'/(-]*)*$"#,
        )
    });
    CONNECTOR.is_match(between)
}

pub(super) fn is_or(between: &str) -> bool {
    between
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "or" || word == "ou")
        || between.trim() == "/"
        || between.trim() == "|"
}
