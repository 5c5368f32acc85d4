// SPDX-License-Identifier: EUPL-1.2
//! Copyright lines and forms to fill in.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::leftover;
use crate::facts::pattern::folded as pattern;

/// One of these stands in every copyright statement.
static MARKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"opyright|OPYRIGHT|©|\([cC]\)|opr\."));

static COPYRIGHT_LINE: LazyLock<Regex> = LazyLock::new(|| {
    // a name begins with a capital, or with a letter beyond ASCII
    pattern(
        r"(?x)^[\W_]*?
        (?: (?i:spdx-filecopyrighttext:)
          | (?: (?i:portions\s+)? (?i:copyright\b:? | copr\.) | © )
            [\s\u{a0}\u{202f}]* (?: (?: \([cC]\) | © | &copy; | (?i:by\b) | (?i:copyright\b) | : | \* | — | - ) [\s\u{a0}\u{202f}]* )*
        )[\s\u{a0}\u{202f}]*(?P<who>[\d<\[{(A-Z«\u{c0}-\u{24f}\u{370}-\u{1fff}\u{2c00}-\u{10ffff}@].*|[a-z\u{c0}-\u{24f}]+\s+\d{4}.*)$
        | ^\W*? \([cC]\) \s* (?:©\s*|(?i:copyright)\s*)? (?P<dated>(?:(?:19|20)\d{2}|<\s*y|\[\s*y|\{).*)$",
    )
});

static NOT_A_HOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:holders?|owners?|notices?|licen[cs]es?|laws?|and|or|acts?|in|is|of|statements?|protection|infringement|interests?|rights?|status|information)\b",
    )
});

/// Words of terms: a line that has them is more than a statement.
pub(super) static TERMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:permi(?:ssion|tted|t)|hereby|redistribut\w+|granted|grants|without restriction|may|shall|must|licen[cs]ed|distributed|freely|provided|copied|copies|except|warranty|subject to|you|use|purposes?|modif\w+|usages?|utilis\w+|autoris\w+|r[ée]serv[ée]e?s?\s+(?:à|aux?)|non[\s-]?commercial|only|prohibit\w*|forbid\w*|without|interdi\w+|uniquement|sauf|sans)\b",
    )
});

/// The part after « Copyright (c) » when `line` begins with a copyright statement.
pub(in crate::facts::licence) fn copyright_statement(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.len() > 240 || !MARKS.is_match(line) {
        return None;
    }
    let found = COPYRIGHT_LINE.captures(line)?;
    let who = found
        .name("who")
        .or_else(|| found.name("dated"))?
        .as_str()
        .trim();
    (!NOT_A_HOLDER.is_match(who)).then_some(who)
}

/// Whether `line` is a copyright statement and nothing else.
pub(in crate::facts::licence) fn is_copyright_line(line: &str) -> bool {
    copyright_statement(line).is_some_and(|who| {
        !TERMS.is_match(who)
            && who.split(". ").skip(1).all(|behind| {
                // a sentence behind the name may be a term
                behind.split_whitespace().count() < 4 || !leftover::restricts(behind)
            })
    })
}

pub(super) static ALL_RIGHTS: LazyLock<Regex> = LazyLock::new(|| {
    // a class of nearly all characters is long to compile when case is ignored in it
    pattern(r"^[\W_]*(?i:all rights reserved|tous droits r[ée]serv[ée]s)[\W_]*$")
});

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:<{1,2}|\[{1,2}|\{{1,2})[^<>\[\]{}]{0,60}?\b(?:y{2,4}|years?|ann[ée]e|names?|fullname|nom|owners?|holders?|authors?|auteurs?|organi[sz]ations?|organisme|company|copyright|date|program|project|one line|insert)\b[^<>\[\]{}]{0,80}?(?:>{1,2}|\]{1,2}|\}{1,2})(?P<link>[(\[])?",
    )
});

/// Ranges of `line` that look like a form to fill in: `<year>`, `[fullname]`, `{{ organization }}`.
pub(in crate::facts::licence) fn placeholders(line: &str) -> Vec<Range<usize>> {
    if !line.bytes().any(|b| matches!(b, b'<' | b'[' | b'{')) {
        return Vec::new();
    }
    PLACEHOLDER
        .captures_iter(line)
        .filter(|found| found.name("link").is_none())
        .filter_map(|found| found.get(0))
        .filter(|found| !found.as_str().contains("://") && !found.as_str().contains('@'))
        .map(|found| found.range())
        .collect()
}

/// Whether `line` holds the letters that « reserved » and « réservés » share.
pub(super) fn has_reserved(line: &str) -> bool {
    let mut windows = line.as_bytes().windows(4);
    windows.any(|four| four.eq_ignore_ascii_case(b"serv"))
}
