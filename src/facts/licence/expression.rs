// SPDX-License-Identifier: EUPL-1.2
//! SPDX expressions as manifests and headers declare them.

use std::sync::LazyLock;

use regex::Regex;
use spdx::{Expression, ParseMode};

use super::names::{canonical_id, mentions};
use crate::model::text::fold_plain;

/// What a manifest declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// SPDX expression in canonical spelling; `None` when nothing is granted or the value is not understood.
    pub expression: Option<String>,
    /// Whether the value as written is a valid expression of current SPDX identifiers.
    pub is_valid_spdx: bool,
    /// The value as written, when the expression is spelled otherwise.
    pub normalised_from: Option<String>,
}

/// Longest value that is read, in bytes; an expression is short.
const LONGEST: usize = 400;

/// Reads a licence value of a manifest: an expression, or a name in French or English.
pub fn parse_declared(value: &str) -> Declared {
    let written = value.trim();
    let mut out = Declared {
        expression: None,
        is_valid_spdx: false,
        normalised_from: None,
    };
    if written.is_empty() || written.len() > LONGEST {
        return out;
    }
    out.is_valid_spdx = is_valid(written);
    out.expression = if out.is_valid_spdx {
        // deprecated forms are valid in no strict sense, so this is already canonical but for outer parentheses
        Some(without_outer_parentheses(written).to_owned())
    } else {
        lenient(written)
    };
    if out
        .expression
        .as_deref()
        .is_some_and(|expression| expression != written)
    {
        out.normalised_from = Some(written.to_owned());
    }
    out
}

fn is_valid(written: &str) -> bool {
    depth_is_bounded(written) && Expression::parse_mode(written, ParseMode::STRICT).is_ok()
}

fn depth_is_bounded(written: &str) -> bool {
    written.bytes().filter(|&b| b == b'(').count() <= 16
}

fn without_outer_parentheses(written: &str) -> &str {
    let Some(inner) = written
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    else {
        return written;
    };
    if inner.contains(['(', ')']) {
        written
    } else {
        inner.trim()
    }
}

static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:see\s+licen[cs]e\b.*|see\s+file\b.*|voir\b.*|unlicensed|proprietary|proprietaire|propriétaire|none|other|autre|unknown|file:.*|noassertion|private|custom|todo|n/?a)$")
        .expect("invariant: the pattern compiles")
});

/// A value that is no valid expression: other case, deprecated forms, common misspellings, names.
fn lenient(written: &str) -> Option<String> {
    if NOTHING.is_match(written) {
        return None;
    }
    if let Some(expression) = by_terms(written) {
        return Some(expression);
    }
    by_name(written)
}

/// Reads `written` as terms joined by operators, each term leniently.
fn by_terms(written: &str) -> Option<String> {
    static OPERATOR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s+(?:and|or|with)\s+|\s*[()/|,]\s*")
            .expect("invariant: the pattern compiles")
    });
    let mut out = String::new();
    let mut at = 0;
    let push_term = |term: &str, out: &mut String| -> Option<()> {
        if !term.is_empty() {
            out.push_str(&term_id(term)?);
        }
        Some(())
    };
    for found in OPERATOR.find_iter(written) {
        push_term(written[at..found.start()].trim(), &mut out)?;
        let operator = found.as_str().trim().to_ascii_uppercase();
        match operator.as_str() {
            "(" | ")" => out.push_str(&operator),
            // npm's and PHP's older habit; Cargo's `MIT/Apache-2.0` means OR
            "/" | "|" => {
                out.push_str(" OR ");
            }
            "," => return None,
            _ => {
                out.push(' ');
                out.push_str(&operator);
                out.push(' ');
            }
        }
        at = found.end();
    }
    push_term(written[at..].trim(), &mut out)?;
    let out = without_outer_parentheses(out.trim()).to_owned();
    (depth_is_bounded(&out) && Expression::parse_mode(&out, ParseMode::LAX).is_ok()).then_some(out)
}

/// One term: an identifier in any case, a deprecated form, a usual misspelling.
fn term_id(term: &str) -> Option<String> {
    let lower = term.to_lowercase();
    if lower.starts_with("licenseref-") {
        return Some(term.to_owned());
    }
    if let Some(id) = canonical_id(&lower) {
        return Some(id.to_owned());
    }
    if let Some(exception) = spdx::identifiers::EXCEPTIONS
        .iter()
        .find(|exception| exception.name.to_lowercase() == lower)
    {
        return Some(exception.name.to_owned());
    }
    if let Some(bare) = lower.strip_suffix('+')
        && let Some(id) = term_id(bare)
    {
        return Some(if super::names::is_bare_gnu(&id) {
            format!("{id}-or-later")
        } else {
            format!("{id}+")
        });
    }
    Some(
        match lower.as_str() {
            "mit-license" | "mit-licence" | "mit license" | "mit licence" | "licence mit"
            | "expat" | "x11/mit" => "MIT",
            "apache2" | "apache-2" | "apache 2" | "apache 2.0" | "apachev2" | "asl-2.0"
            | "apache" => "Apache-2.0",
            "gplv3" | "gpl3" | "gpl-3" | "gpl v3" | "gpl 3" => "GPL-3.0",
            "gplv2" | "gpl2" | "gpl-2" | "gpl v2" => "GPL-2.0",
            "lgplv3" | "lgpl3" | "lgpl-3" => "LGPL-3.0",
            "lgplv2.1" | "lgpl2.1" => "LGPL-2.1",
            "agplv3" | "agpl3" | "agpl-3" | "agpl" | "agpl-v3" => "AGPL-3.0",
            // printed on a public page for three months; no such version exists
            "eupl-2.0" | "eupl" | "eupl-1.2-or-later" => "EUPL-1.2",
            "etalab" | "etalab-2" | "lov2" | "licence-ouverte-2.0" => "etalab-2.0",
            "cc0" | "cc0-1" => "CC0-1.0",
            "bsd-3" | "bsd3" | "bsd-3-clauses" => "BSD-3-Clause",
            "bsd-2" | "bsd2" => "BSD-2-Clause",
            "mpl2" | "mpl-2" | "mpl" => "MPL-2.0",
            "odbl" => "ODbL-1.0",
            _ => return None,
        }
        .to_owned(),
    )
}

/// Reads `written` as names; several are joined as the words between them say.
fn by_name(written: &str) -> Option<String> {
    // trove classifiers put the name last
    let name = written.rsplit("::").next().unwrap_or(written).trim();
    let folded = fold_plain(name);
    let found = mentions(&folded, &|_| true);
    // a name must cover the value but for a few words
    let covered: usize = found.iter().map(|mention| mention.range.len()).sum();
    if found.is_empty()
        || covered * 3 < folded.len()
        || folded.contains("not ")
        || folded.contains("pas ")
    {
        return None;
    }
    let mut out = String::new();
    let mut ids: Vec<&str> = Vec::new();
    for (at, mention) in found.iter().enumerate() {
        let id = mention.id.as_deref()?;
        // « GNU Affero GPL v3 (AGPLv3) »: one licence said twice
        if ids.contains(&id) {
            continue;
        }
        if at > 0 {
            let between = &folded[found[at - 1].range.end..mention.range.start];
            let or = [" or ", " ou ", "/", "|"]
                .iter()
                .any(|word| between.contains(word));
            out.push_str(if or { " OR " } else { " AND " });
        }
        out.push_str(id);
        ids.push(id);
    }
    Some(out)
}

static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"SPDX-License-Identifier:[ \t]*([^\r\n]+)")
        .expect("invariant: the pattern compiles")
});

/// The `SPDX-License-Identifier` lines of `text`: line from 1 and expression; what is no expression is left out.
pub fn spdx_headers(text: &str) -> Vec<(u32, String)> {
    text.lines()
        .zip(1_u32..)
        .filter_map(|(line, number)| {
            let written = HEADER.captures(line)?.get(1)?.as_str();
            let written = written
                .split("*/")
                .next()?
                .split("-->")
                .next()?
                .trim()
                .trim_end_matches(['"', '\'', '`', ';', ',', ')', '#'])
                .trim();
            // an opening parenthesis may have lost its pair to the trim
            let written = if written.matches('(').count() > written.matches(')').count() {
                format!("{written})")
            } else {
                written.to_owned()
            };
            if written.len() > LONGEST {
                return None;
            }
            let expression = if is_valid(&written) {
                Some(written)
            } else {
                by_terms(&written)
            };
            expression.map(|expression| (number, expression))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_manifests_become_expressions() {
        for (value, expected, valid) in [
            ("MIT", Some("MIT"), true),
            ("mit-licence", Some("MIT"), false),
            ("mit", Some("MIT"), false),
            ("GPLv3+", Some("GPL-3.0-or-later"), false),
            ("GPL-3.0", Some("GPL-3.0"), false),
            ("AGPL-3.0-or-later", Some("AGPL-3.0-or-later"), true),
            ("(MIT OR Apache-2.0)", Some("MIT OR Apache-2.0"), true),
            ("MIT/Apache-2.0", Some("MIT OR Apache-2.0"), false),
            ("SEE LICENSE IN LICENSE.md", None, false),
            ("UNLICENSED", None, false),
            ("proprietary", None, false),
            ("EUPL-2.0", Some("EUPL-1.2"), false),
            ("Etalab-2.0", Some("etalab-2.0"), false),
            ("Licence Ouverte 2.0", Some("etalab-2.0"), false),
            (
                "GNU AGPL v3 ou ultérieure",
                Some("AGPL-3.0-or-later"),
                false,
            ),
            (
                "GNU Affero General Public License v3.0",
                Some("AGPL-3.0"),
                false,
            ),
            ("CeCILL-B", Some("CECILL-B"), false),
            ("CeCILL-2.1", Some("CECILL-2.1"), false),
            (
                "License :: OSI Approved :: GNU Affero General Public License v3 or later (AGPLv3+)",
                Some("AGPL-3.0-or-later"),
                false,
            ),
            ("License :: OSI Approved :: MIT License", Some("MIT"), false),
            (
                "CECILL-C OR CECILL-2.1",
                Some("CECILL-C OR CECILL-2.1"),
                true,
            ),
            ("Apache License, Version 2.0", Some("Apache-2.0"), false),
            ("GPL", None, false),
            ("BSD", None, false),
            ("not MIT", None, false),
            ("", None, false),
            ("((((((((((((((((((MIT", None, false),
        ] {
            let declared = parse_declared(value);
            assert_eq!(declared.expression.as_deref(), expected, "{value}");
            assert_eq!(declared.is_valid_spdx, valid, "{value}");
            assert_eq!(
                declared.normalised_from.is_some(),
                expected.is_some_and(|expected| expected != value),
                "{value}"
            );
        }
    }

    #[test]
    fn headers_give_line_and_expression() {
        let text = "#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n/* SPDX-License-Identifier: (MIT OR Apache-2.0) */\n<!-- SPDX-License-Identifier: etalab-2.0 -->\nSPDX-License-Identifier: what it is\n";
        assert_eq!(
            spdx_headers(text),
            [
                (2, "GPL-3.0-or-later".to_owned()),
                (3, "(MIT OR Apache-2.0)".to_owned()),
                (4, "etalab-2.0".to_owned())
            ]
        );
    }
}
