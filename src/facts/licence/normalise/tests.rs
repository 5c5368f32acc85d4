// SPDX-License-Identifier: EUPL-1.2
//! Copies that give the same words.

use super::lines::{copyright_statement, placeholders};
use super::scan::TAGS;

use super::*;

fn plain(text: &str) -> String {
    let words = words(text);
    words.join(0..words.len())
}

#[test]
fn wrapping_markup_and_numbers_fall_away() {
    let expected = "redistributions of source code must retain neither the name";
    for text in [
        "1. Redistributions of source\ncode must retain\n2. Neither the name",
        "* Redistributions of **source code** must retain\n* Neither the name",
        "> a) Redistributions of source code must\n> retain; b) Neither the name",
        "<p>(i) Redistributions of source code must retain</p><br/> (ii) Neither the name",
        "### 1.1. Redistributions of source code must retain\n1.2 Neither the name",
    ] {
        assert_eq!(plain(text), expected, "{text}");
    }
}

#[test]
fn a_version_in_a_sentence_is_no_list_number() {
    assert_eq!(plain("Version 2.2.2, July"), "version 2 2 2 july");
    assert_eq!(plain("under version 2. Then"), "under version 2 then");
}

#[test]
fn addresses_and_link_targets_fall_away() {
    assert_eq!(
        plain(
            "see [the licence](http://a.example/x y) or <https://b.example>, wiki.example.org/A or you."
        ),
        "see the license or or you"
    );
}

#[test]
fn copyright_lines_fall_away_and_keep_the_holder() {
    for (line, who) in [
        ("Copyright (c) 2018 Ministère", "2018 Ministère"),
        ("© 2020 DINUM", "2020 DINUM"),
        ("Copyright © Jean Dupont", "Jean Dupont"),
        ("# SPDX-FileCopyrightText: 2021 DINUM", "2021 DINUM"),
        (
            "Copyright <YEAR> <COPYRIGHT HOLDER>",
            "<YEAR> <COPYRIGHT HOLDER>",
        ),
        ("(c) 2019 Someone", "2019 Someone"),
    ] {
        assert_eq!(copyright_statement(line), Some(who), "{line}");
    }
    for line in [
        "copyright notice, this list of conditions",
        "COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM",
        "Copyright License. Subject to the terms",
        "copyrighted material",
        "(c) You must retain the notices",
    ] {
        assert_eq!(copyright_statement(line), None, "{line}");
    }
    assert_eq!(plain("Copyright (c) 2018 X\nfoo"), "foo");
}

#[test]
fn forms_to_fill_are_marked_but_links_are_not() {
    assert_eq!(placeholders("Copyright (c) [year] [fullname]").len(), 2);
    assert_eq!(placeholders("<name of author>").len(), 1);
    assert_eq!(placeholders("{{ organization }}").len(), 1);
    assert_eq!(placeholders("[the project](https://x.example)").len(), 0);
}

#[test]
fn spelling_and_accents_compare_equal() {
    assert_eq!(
        plain("Licence Éditeur sublicence"),
        plain("license editeur sublicense")
    );
}

#[test]
fn tags_are_sorted() {
    assert!(TAGS.is_sorted());
}

#[test]
fn titles_are_not_the_body() {
    let words = words("MIT License\n\nPermission is hereby granted to all and sundry\n");
    assert_eq!(words.text(words.body_start()), "permission");
}
