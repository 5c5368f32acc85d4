// SPDX-License-Identifier: EUPL-1.2
//! Copyright lines: who holds the rights, and forms left to fill in.

use std::sync::LazyLock;

use regex::Regex;

use super::normalise::{copyright_statement, placeholders};
use crate::facts::pattern::folded as pattern;

/// A copyright line: the holder as written, without « Copyright (c) 2018 ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Line, from 1.
    pub line: u32,
    /// The holder as written.
    pub text: String,
}

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[\s\u{a0},;:–—-]*(?:(?:19|20)\d{2}|present|pr[ée]sent|today|aujourd.hui|now)\b)*(?:[\s\u{a0}]*(?:[,;:–—-]|by\b|par\b)[\s\u{a0}]*|[\s\u{a0}]+)*",
    )
});

static RESERVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s.,;–—-]*(?:all rights reserved|tous droits r[ée]serv[ée]s)[\s.]*|<br\s*/?>|[*_\s]+$",
    )
});

/// Who wrote the licence, not the work.
static STEWARD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:the\s+)?(?:free software foundation|creative commons|european (?:union|community)|eclipse foundation|mozilla foundation|sam hocevar|sil international)\b",
    )
});

static BARE_FORM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:YYYY|YEAR|XXXX)\b|\b(?:YOUR NAME|YOUR ORGANI[SZ]ATION|COPYRIGHT HOLDER|FULL ?NAME|NAME OF (?:AUTHOR|COPYRIGHT OWNER))\b",
    )
});

/// Whether a copyright statement is a form left to fill in.
pub(super) fn is_form(statement: &str) -> bool {
    !placeholders(statement).is_empty() || BARE_FORM.is_match(statement)
}

/// The statement of `line` and whether it is a form left to fill in; `None` when it is no copyright line.
pub(super) fn statement(line: &str) -> Option<(&str, bool)> {
    let who = copyright_statement(line)?;
    Some((who, is_form(who)))
}

/// The holders that copyright lines of `text` name; forms to fill in and the stewards of licences are left out.
pub fn copyright_holders(text: &str) -> Vec<Holder> {
    let mut out: Vec<Holder> = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let Some((who, false)) = statement(line) else {
            continue;
        };
        // a long name goes on behind a comma
        let next = lines.get(number + 1).copied().unwrap_or_default().trim();
        let joined = if who.ends_with(',')
            && !next.is_empty()
            && next.len() < 160
            && statement(next).is_none()
        {
            format!("{who} {next}")
        } else {
            who.to_owned()
        };
        let who = joined.as_str();
        // what follows on the line is no name
        let who = who
            .find(". ")
            .filter(|&at| at > 12)
            .map_or(who, |at| &who[..at]);
        let named = RESERVED.replace_all(who, "");
        let named = YEARS.replace(&named, "");
        let named = named.trim().trim_end_matches(['.', ',', ';']).trim();
        if named.chars().filter(|c| c.is_alphabetic()).count() < 2 || STEWARD.is_match(named) {
            continue;
        }
        out.push(Holder {
            line: u32::try_from(number + 1).unwrap_or(u32::MAX),
            text: named.to_owned(),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        copyright_holders(text)
            .into_iter()
            .map(|h| h.text)
            .collect()
    }

    #[test]
    fn the_prefix_and_the_years_go() {
        for (line, name) in [
            (
                "Copyright (c) 2018 Ministère de la Culture",
                "Ministère de la Culture",
            ),
            (
                "Copyright (c) 2016 - present, Gabi M and contributors.",
                "Gabi M and contributors",
            ),
            ("© 2019-2021 DINUM. All rights reserved.", "DINUM"),
            ("Copyright © Jean Dupont", "Jean Dupont"),
            ("Copyright 2010, 2012 by Adobe", "Adobe"),
            (
                "Copyright (c) 2018 Institut X. Licensed under MIT.",
                "Institut X",
            ),
        ] {
            assert_eq!(names(line), [name], "{line}");
        }
    }

    #[test]
    fn a_name_goes_on_behind_a_comma() {
        assert_eq!(
            names("Copyright © 2018 Ministère de la Culture,\nMobilier national\n\nPermission is"),
            ["Ministère de la Culture, Mobilier national"]
        );
    }

    #[test]
    fn stewards_and_forms_are_no_holders() {
        for line in [
            "Copyright (C) 2007 Free Software Foundation, Inc. <https://fsf.org/>",
            "Copyright (c) [year] [fullname]",
            "Copyright (c) <year> <name of author>",
            "Copyright (c) 2019 <copyright holders>",
            "Copyright YEAR YOUR NAME",
        ] {
            assert!(names(line).is_empty(), "{line}");
        }
        assert!(is_form("2019 <copyright holders>"));
    }
}
