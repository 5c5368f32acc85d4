// SPDX-License-Identifier: EUPL-1.2
//! The notice at the head of a source file, in the words that licences propose for it, and the holder beside it.

use std::sync::LazyLock;

use regex::Regex;

use super::holders::{Holder, copyright_holders};
use super::names::{Mention, mentions};
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

/// Lines of a file in which its notice may stand.
const HEAD_LINES: usize = 60;

/// Bytes behind the lead in which the licence is named.
const REACH: usize = 240;

/// A notice of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceNotice {
    /// Line, from 1.
    pub line: u32,
    /// SPDX expression.
    pub expression: String,
    /// The line as written, without the marks of the comment.
    pub raw: String,
}

/// What leads to the name of the licence that governs the file.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:
          (?:under|to)\ the\ terms\ (?:and\ conditions\ )?of | (?:licen[cs]ed|released|distributed|published|available|made\ available)\ under | governed\ by
        | (?:publie|distribue|diffuse|place|couvert)e?s?\ (?:sous|selon|par) | regie?s?\ par | (?:sous|selon|suivant)\ les\ (?:termes|conditions)\ de
        )(?:\ (?:the\ terms\ (?:and\ conditions\ )?of|les\ (?:termes|conditions)\ de))?\ (?:the\ |la\ |l'|an?\ )?(?:licen[cs]e\ )?",
    )
});

/// « version 3 of the GNU General Public License »: the number before the name.
static VERSION_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"version (\d(?:\.\d)?)(,? only|,? or (?:\(at your option\) )?any later version,?)? of the (gnu (?:affero |lesser |library )?general public licen[cs]e)",
    )
});

/// « @license GPL-3.0 », « License: MIT », `__license__ = "MIT"`.
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^(?:@|__)?licen[cs]e(?:__)?\s*(?:[:=]|\s)\s*["']?(\S.{1,80})$"#));

/// The notice at the head of `text`; `None` where no licence is named, or more than one.
pub fn source_notice(text: &str) -> Option<SourceNotice> {
    let mut flat = String::new();
    let mut starts: Vec<usize> = Vec::new();
    let lines: Vec<&str> = text.lines().take(HEAD_LINES).map(bare).collect();
    for line in &lines {
        starts.push(flat.len());
        flat.push_str(&plain(line));
        flat.push(' ');
    }
    let at_line = |at: usize| starts.partition_point(|start| *start <= at).max(1) - 1;
    let found = |at: usize, expression: String| {
        let line = at_line(at);
        Some(SourceNotice {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            expression,
            raw: (*lines.get(line)?).to_owned(),
        })
    };
    for lead in LEAD.find_iter(&flat) {
        if let Some(expression) = named_behind(&flat[lead.end()..]) {
            return found(lead.start(), expression);
        }
    }
    for (line, start) in lines.iter().zip(&starts) {
        let folded = plain(line);
        let label = LABEL.captures(&folded).and_then(|label| label.get(1));
        if let Some(expression) = label.and_then(|value| only(value.as_str(), 8)) {
            return found(*start, expression);
        }
    }
    let grant = "permission is hereby granted, free of charge, to any person obtaining a copy";
    flat.find(grant).and_then(|at| found(at, "MIT".to_owned()))
}

/// The holders that the head of a source file names.
pub fn source_holders(text: &str) -> Vec<Holder> {
    static LABELLED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^@?copyright\s*:?\s*((?:\(c\)|©|(?:19|20)\d{2}).*)$"));
    let lines: Vec<String> = text
        .lines()
        .take(HEAD_LINES)
        .map(|line| {
            let line = bare(line);
            LABELLED
                .captures(line)
                .and_then(|found| found.get(1))
                .map_or_else(
                    || line.to_owned(),
                    |who| format!("Copyright {}", who.as_str()),
                )
        })
        .collect();
    copyright_holders(&lines.join("\n"))
}

/// The licence named right behind a lead, within its sentence.
fn named_behind(rest: &str) -> Option<String> {
    let mut end = rest.len().min(REACH);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &rest[..end];
    let sentence = rest.split(". ").next().unwrap_or(rest);
    only(&VERSION_FIRST.replace(sentence, "$3 version $1$2"), 24)
}

/// The one licence that `folded` names, not further than `lead` bytes from its start.
fn only(folded: &str, lead: usize) -> Option<String> {
    let found: Vec<Mention> = mentions(folded, &|_| true);
    let first = found.first().filter(|first| first.range.start <= lead)?;
    let id = first.id.clone()?;
    // « MIT or GPL »: a choice that is not read here, mostly of copied files
    let family = |id: &str| id.split('-').next().unwrap_or_default().to_owned();
    found
        .iter()
        .all(|other| {
            other
                .id
                .as_deref()
                .is_none_or(|other| family(other) == family(&id))
        })
        .then_some(id)
}

/// A line without the marks of a comment.
fn bare(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("dnl ").unwrap_or(line);
    line.trim_matches(|c: char| c.is_whitespace() || "/*#;!%-\"'<>|=".contains(c))
}

/// A line to look into: folded, with simple blanks, its stops those of sentences.
fn plain(line: &str) -> String {
    let folded = fold_plain(line).replace(';', ",").replace("v. ", "v");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(u32, String)> {
        source_notice(text).map(|found| (found.line, found.expression))
    }

    #[test]
    fn the_gnu_notice_is_read_whatever_the_comment() {
        let python = "# -*- coding: utf-8 -*-\n\"\"\"\n/****\n *   This program is free software; you can redistribute it and/or modify  *\n *   it under the terms of the GNU General Public License as published by  *\n *   the Free Software Foundation; either version 2 of the License, or     *\n *   (at your option) any later version.                                   *\n ****/\n\"\"\"\n";
        assert_eq!(of(python), Some((5, "GPL-2.0-or-later".to_owned())));
        let slashes = "// This file is free software: you can redistribute it and/or modify\n// it under the terms of the GNU Affero General Public License as published by\n// the Free Software Foundation, either version 3 of the License, or\n// (at your option) any later version.\n//\n// You should have received a copy of the GNU Affero General Public License\n";
        assert_eq!(of(slashes), Some((2, "AGPL-3.0-or-later".to_owned())));
        let lesser = "# under the terms of the GNU Lesser General Public\n# License as published by the Free Software Foundation; either\n# version 2.1 of the License, or (at your option) any later version.\n";
        assert_eq!(of(lesser), Some((1, "LGPL-2.1-or-later".to_owned())));
        let before = "/* modify it under the terms of version 3 of the GNU General Public License as\n * published by the Free Software Foundation. */\n";
        assert_eq!(of(before), Some((1, "GPL-3.0".to_owned())));
    }

    #[test]
    fn other_usual_notices_are_read() {
        for (text, expected) in [
            (
                "/*\n * Licensed under the Apache License, Version 2.0 (the \"License\");\n * you may not use this file except in compliance with the License.\n */",
                (2, "Apache-2.0"),
            ),
            (
                "/* This Source Code Form is subject to the terms of the Mozilla Public\n * License, v. 2.0. If a copy of the MPL was not distributed with this\n * file, You can obtain one at http://mozilla.org/MPL/2.0/. */",
                (1, "MPL-2.0"),
            ),
            (
                "# Ce logiciel est régi par la licence CeCILL-B soumise au droit français et\n# respectant les principes de diffusion des logiciels libres.",
                (1, "CECILL-B"),
            ),
            (
                "# This software is governed by the CeCILL-C license under French law",
                (1, "CECILL-C"),
            ),
            (
                "/**\n * @license https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later\n * @license GNU GPL v3 or later\n */",
                (3, "GPL-3.0-or-later"),
            ),
            (
                "// Permission is hereby granted, free of charge, to any person obtaining a copy",
                (1, "MIT"),
            ),
        ] {
            assert_eq!(
                of(text),
                Some((expected.0, expected.1.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_word_about_licences_a_choice_and_code_are_no_notice() {
        for text in [
            "// lists the packages that are not under the GPL\nfn main() {}",
            "/* jQuery plugin. Dual licensed under the MIT or GPL Version 2 licenses. */",
            "licenses = [\"MIT\", \"GPL-3.0\"]",
            "# licensed under terms to be settled",
            "import os\n",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn holders_of_heads_are_named() {
        let text = " *        copyright            : (C) 2019 by Parc national des Écrins\n * @copyright 2021 Mairie de Lille\n// Copyright (c) 2020 DINUM\n";
        let named: Vec<String> = source_holders(text)
            .into_iter()
            .map(|one| one.text)
            .collect();
        assert_eq!(
            named,
            ["Parc national des Écrins", "Mairie de Lille", "DINUM"]
        );
    }
}
