// SPDX-License-Identifier: EUPL-1.2
//! Each format's own marks, and what hostile or careless documents do.

use super::*;

fn blocks(format: Format, text: &str) -> Vec<(BlockKind, u32, String)> {
    let prose = Prose::parse(format, text);
    let row = |block: Block| (block.kind, block.line, block.text);
    prose.blocks.into_iter().map(row).collect()
}

fn targets(format: Format, text: &str) -> Vec<(u32, String, bool)> {
    let prose = Prose::parse(format, text);
    prose
        .links()
        .map(|link| (link.line, link.target.clone(), link.is_image))
        .collect()
}

fn headings(format: Format, text: &str) -> Vec<String> {
    let prose = Prose::parse(format, text);
    let mut headings = prose.blocks;
    headings.retain(|block| matches!(block.kind, BlockKind::Heading(_)));
    headings.into_iter().map(|block| block.text).collect()
}

#[test]
fn markdown_blocks_have_their_kind_text_and_line() {
    let text = "# Title\n\nSome *text* with `code`\nin two lines.\n\n- one\n- two\n\n> said\n\n```sh\nmake\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    let expected = [
        (BlockKind::Heading(1), 1, "Title"),
        (BlockKind::Paragraph, 3, "Some text with code in two lines."),
        (BlockKind::Item, 6, "one"),
        (BlockKind::Item, 7, "two"),
        (BlockKind::Quote, 9, "said"),
        (BlockKind::Code, 11, "make"),
        (BlockKind::Row, 15, "a | b"),
        (BlockKind::Row, 17, "1 | 2"),
    ];
    let expected = expected.map(|(kind, line, text)| (kind, line, text.to_owned()));
    assert_eq!(blocks(Format::Markdown, text), expected);
    let prose = Prose::parse(Format::Markdown, text);
    assert_eq!(prose.blocks[5].language, "sh");
}

#[test]
fn markdown_links_are_found_whatever_their_spelling() {
    let text = "[a](x.md) [b][r] <https://c.fr> https://d.fr/e_f.\n[![i](i.svg)](t)\n\n[r]: y.md\n";
    let expected = [
        (1, "x.md", false),
        (1, "y.md", false),
        (1, "https://c.fr", false),
        (1, "https://d.fr/e_f", false),
        (2, "t", false),
        (2, "i.svg", true),
    ];
    let expected = expected.map(|(line, target, image)| (line, target.to_owned(), image));
    assert_eq!(targets(Format::Markdown, text), expected);
    let prose = Prose::parse(Format::Markdown, text);
    let badge = prose.links().find(|link| link.target == "t").unwrap();
    assert!(badge.has_image && badge.text == "i");
}

#[test]
fn html_headings_links_and_images_count() {
    let text = "<h1 align=\"center\">\n  <img src=\"logo.png\" alt=\"Logo\">\n  <br>Name</h1>\n\n<p><a href='doc/a.md'>Guide</a></p>\n\nText <img src=b.png> and <a href=\"c.md\">c</a>.\n<!-- <a href=\"hidden.md\">x</a> -->\n";
    assert_eq!(headings(Format::Markdown, text), ["Name"]);
    let expected = [
        (2, "logo.png", true),
        (5, "doc/a.md", false),
        (7, "b.png", true),
        (7, "c.md", false),
    ];
    let expected = expected.map(|(line, target, image)| (line, target.to_owned(), image));
    assert_eq!(targets(Format::Markdown, text), expected);
}

#[test]
fn an_html_heading_around_markdown_is_a_heading() {
    let text = "<h2>\n\nInstall **it**\n\n</h2>\n\nText.\n";
    let prose = Prose::parse(Format::Markdown, text);
    assert_eq!(prose.blocks[0].kind, BlockKind::Heading(2));
    assert_eq!(prose.blocks[1].kind, BlockKind::Paragraph);
}

#[test]
fn front_matter_is_skipped_and_lines_stay() {
    let text = "---\ntitle: x\n---\n# A\n";
    assert_eq!(
        blocks(Format::Markdown, text),
        [(BlockKind::Heading(1), 4, "A".to_owned())]
    );
    let rule = "---\n\nText\n\n---\n";
    assert_eq!(blocks(Format::Markdown, rule).len(), 1);
}

#[test]
fn an_unclosed_fence_does_not_swallow_the_headings_below() {
    let text = "# A\n\n```bash\nnpm i\n\n## B\n\ntext\n\n```bash\nls\n```\n\n## C\n";
    assert_eq!(headings(Format::Markdown, text), ["A", "B", "C"]);
    let lines: Vec<_> = blocks(Format::Markdown, text)
        .iter()
        .map(|block| block.1)
        .collect();
    assert_eq!(lines, [1, 3, 6, 8, 10, 14]);
    let to_the_end = "```\nnpm i\n\n## B\n\ntext\n";
    assert_eq!(headings(Format::Markdown, to_the_end), ["B"]);
}

#[test]
fn a_forgotten_fence_is_found_when_the_last_one_stays_open() {
    let text = "```bash\nnpm i\n\n## B\n\ntext\n```\nmake\n```\n\n## C\n";
    assert_eq!(headings(Format::Markdown, text), ["B", "C"]);
}

#[test]
fn comments_of_a_shell_are_no_headings() {
    let text = "```sh\n\n# install\nnpm i\n\n## really\n```\n\n## B\n";
    assert_eq!(headings(Format::Markdown, text), ["B"]);
}

#[test]
fn a_paragraph_all_in_bold_is_told_apart() {
    let prose = Prose::parse(Format::Markdown, "**Install:**\n\nSome **bold** word.\n");
    assert!(prose.blocks[0].is_strong && !prose.blocks[1].is_strong);
}

#[test]
fn org_is_understood() {
    let text = "#+title: Name\n\n* Install :tag:\n\nSee [[file:doc/a.org][the guide]] and =make=.\n\n#+begin_src sh\n# x\nmake\n#+end_src\n\n- one\n[[https://a.fr][https://img.shields.io/x.svg]]\n| a | b |\n";
    let got = blocks(Format::Org, text);
    assert_eq!(got[0], (BlockKind::Heading(1), 1, "Name".to_owned()));
    assert_eq!(got[1], (BlockKind::Heading(1), 3, "Install".to_owned()));
    assert_eq!(got[2].2, "See the guide and make.");
    assert_eq!(got[3], (BlockKind::Code, 7, "# x\nmake".to_owned()));
    assert_eq!(got[4].0, BlockKind::Item);
    let expected = [
        (5, "doc/a.org", false),
        (13, "https://a.fr", false),
        (13, "https://img.shields.io/x.svg", true),
    ];
    let expected = expected.map(|(line, target, image)| (line, target.to_owned(), image));
    assert_eq!(targets(Format::Org, text), expected);
}

#[test]
fn restructured_text_is_understood() {
    let text = "====\nName\n====\n\n|b| See `guide <doc/a.rst>`_ and ref_.\n\nInstall\n-------\n\nRun::\n\n    make\n\n.. image:: x.png\n   :alt: X\n\n.. code-block:: bash\n\n   ls\n\n.. _ref: https://r.fr\n.. |b| image:: b.svg\n   :target: https://t.fr\n";
    assert_eq!(headings(Format::Rst, text), ["Name", "Install"]);
    let expected = [
        (5, "https://t.fr", false),
        (5, "b.svg", true),
        (5, "doc/a.rst", false),
        (5, "https://r.fr", false),
        (14, "x.png", true),
    ];
    let expected = expected.map(|(line, target, image)| (line, target.to_owned(), image));
    assert_eq!(targets(Format::Rst, text), expected);
    let code: Vec<_> = blocks(Format::Rst, text)
        .into_iter()
        .filter(|block| block.0 == BlockKind::Code)
        .collect();
    assert_eq!(code[0].2, "make");
    assert_eq!(code[1].2.trim(), "ls");
}

#[test]
fn asciidoc_is_understood() {
    let text = "= Name\n:toc:\n\nSee link:doc/a.adoc[the guide], https://b.fr[b].\n\nimage::x.png[X]\n\n== Install\n\n[source,bash]\n----\nmake\n----\n\n* one\n";
    assert_eq!(headings(Format::AsciiDoc, text), ["Name", "Install"]);
    let expected = [
        (4, "doc/a.adoc", false),
        (4, "https://b.fr", false),
        (6, "x.png", true),
    ];
    let expected = expected.map(|(line, target, image)| (line, target.to_owned(), image));
    assert_eq!(targets(Format::AsciiDoc, text), expected);
    let prose = Prose::parse(Format::AsciiDoc, text);
    let code = prose
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Code)
        .unwrap();
    assert_eq!(
        (code.text.as_str(), code.language.as_str()),
        ("make", "bash")
    );
}

#[test]
fn plain_text_has_titles_items_and_addresses() {
    let text = "Name\n====\n\nSome text (https://a.fr).\n\n- one\n- two\n";
    assert_eq!(headings(Format::Text, text), ["Name"]);
    assert_eq!(
        targets(Format::Text, text),
        [(4, "https://a.fr".to_owned(), false)]
    );
    assert_eq!(blocks(Format::Text, text).len(), 4);
}

#[test]
fn no_document_is_too_strange() {
    let pieces = [
        "> ",
        "- ",
        "```\n",
        "[a](",
        "<a href=\"",
        "<h1>",
        "<!--",
        "[[",
        "|===\n",
        ".. |a| image:: b\n",
        "`a <b>`_ ",
        "\u{a0}é",
        "* ",
        "#+begin_src\n",
        "====\n",
        "|",
        "![",
        "a_ ",
    ];
    for format in [
        Format::Markdown,
        Format::Org,
        Format::Rst,
        Format::AsciiDoc,
        Format::Text,
    ] {
        for piece in pieces {
            let text = piece.repeat(5_000);
            assert!(Prose::parse(format, &text).links().count() <= 20_000);
        }
        let mixed = pieces.concat().repeat(100);
        let prose = Prose::parse(format, &mixed);
        assert!(prose.blocks.iter().all(|block| block.line >= 1));
    }
}
