// SPDX-License-Identifier: EUPL-1.2
//! Headings, blocks and links of every format.

use super::markup::split_sentences;

use super::*;

fn texts(text: &str) -> Vec<String> {
    read(text).sentences.into_iter().map(|s| s.text).collect()
}

#[test]
fn code_quotes_and_comments_fall_away() {
    let text = "# T\n\n```yml\nlicense: X\n```\n\n> quoted\n\n    license: Y\n\n<!-- a\nb -->\n\nKept. Second one.\n";
    assert_eq!(texts(text), ["Kept.", "Second one."]);
}

#[test]
fn headings_of_every_format_are_known() {
    for text in [
        "# T\n\n## Licence\n\nMIT\n",
        "T\n=\n\nLicence\n-------\n\nMIT\n",
        "#+title: T\n* Licence\n\nMIT\n",
        "= T\n\n== Licence\n\nMIT\n",
        "<h2 align=\"center\">Licence</h2>\n\nMIT\n",
    ] {
        let sentences = read(text).sentences;
        let last = sentences.last().unwrap();
        assert_eq!(last.text, "MIT", "{text}");
        assert_eq!(
            last.headings.last().map(String::as_str),
            Some("Licence"),
            "{text}"
        );
    }
}

#[test]
fn links_keep_text_and_target() {
    for (text, target) in [
        ("see [the MIT licence](LICENSE.md) here", "LICENSE.md"),
        (
            "see [[file:LICENSE.md][the MIT licence]] here\n* H",
            "file:LICENSE.md",
        ),
        ("see `the MIT licence <LICENSE.md>`_ here", "LICENSE.md"),
    ] {
        let prose = read(text);
        assert_eq!(
            prose.sentences[0].text, "see the MIT licence here",
            "{text}"
        );
        assert_eq!(prose.sentences[0].links, [target], "{text}");
    }
}

#[test]
fn a_hard_break_ends_a_block_and_lines_count() {
    let prose = read("## L\n\nDonnées : LO\\\nCode : MIT\n");
    let lines: Vec<(u32, &str)> = prose
        .sentences
        .iter()
        .map(|s| (s.line, s.text.as_str()))
        .collect();
    assert_eq!(lines, [(3, "Données : LO"), (4, "Code : MIT")]);
}

#[test]
fn versions_do_not_end_a_sentence() {
    assert_eq!(split_sentences("EUPL v. 1.2 or GPL 3.0. Next").len(), 2);
}
