// SPDX-License-Identifier: EUPL-1.2
//! Emacs Org mode: headings, keywords, links, source blocks, lists, tables.

use std::sync::LazyLock;

use regex::Regex;

use super::builder::Builder;
use super::lines::{Piece, add, continue_or_start, is_picture, item, numbered};
use super::{Block, BlockKind};

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[\[([^\[\]]+)\](?:\[([^\[\]]*)\])?\]").expect("invariant: the pattern is valid")
});

static TAGS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s+:[\w@#%:]+:\s*$").expect("invariant: the pattern is valid"));

static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(^|[\s(«’'])(?:([=~])([^\s=~][^=~]*)[=~]|([*+/])([^\s*+/][^*+/=~]*)[*+/])")
        .expect("invariant: the pattern is valid")
});

/// The blocks of an Org document.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    let mut ends_at: Option<String> = None;
    let mut is_hidden = false;
    for (number, line) in numbered(text) {
        let bare = line.trim();
        let lower = bare
            .get(..bare.len().min(40))
            .unwrap_or_default()
            .to_ascii_lowercase();
        if let Some(end) = &ends_at {
            if lower.starts_with(end.as_str()) {
                ends_at = None;
                builder.end();
            } else if !is_hidden {
                builder.text(line);
                builder.text("\n");
            }
            continue;
        }
        if let Some(kind) = lower.strip_prefix("#+begin_") {
            let kind = kind.split_whitespace().next().unwrap_or_default();
            let language = bare.split_whitespace().nth(1).unwrap_or_default();
            is_hidden = matches!(kind, "comment" | "export");
            match kind {
                "quote" | "center" | "verse" => builder.start(BlockKind::Quote, number),
                _ => {
                    builder.start_code(language, number);
                    ends_at = Some(format!("#+end_{kind}"));
                }
            }
        } else if lower == ":properties:" || lower == ":logbook:" {
            builder.end();
            is_hidden = true;
            ends_at = Some(":end:".to_owned());
        } else {
            plain_line(&mut builder, line, number);
        }
    }
    builder.finish()
}

fn plain_line(builder: &mut Builder, line: &str, number: u32) {
    let bare = line.trim();
    let stars = line.len() - line.trim_start_matches('*').len();
    if stars > 0 && line[stars..].starts_with(' ') {
        heading(builder, &line[stars..], stars, number);
    } else if bare.is_empty() {
        builder.end();
    } else if let Some(keyword) = bare.strip_prefix("#+") {
        builder.end();
        if let Some((name, value)) = keyword.split_once(':')
            && name.eq_ignore_ascii_case("title")
        {
            heading(builder, value, 1, number);
        }
    } else if bare == "#" || bare.starts_with("# ") {
        builder.end();
    } else if let Some(code) = bare.strip_prefix(": ") {
        if builder.kind() != Some(BlockKind::Code) {
            builder.start_code("", number);
        }
        builder.text(code);
        builder.text("\n");
    } else if let Some(row) = bare.strip_prefix('|') {
        if !row.starts_with('-') {
            builder.start(BlockKind::Row, number);
            inline(builder, row.trim_end_matches('|'), number);
        }
    } else if let Some(text) = item(line, &['-', '+']).or_else(|| indented_star(line)) {
        builder.start(BlockKind::Item, number);
        inline(builder, text, number);
    } else {
        continue_or_start(builder, number);
        inline(builder, bare, number);
    }
}

fn indented_star(line: &str) -> Option<&str> {
    line.starts_with(' ').then(|| item(line, &['*'])).flatten()
}

fn heading(builder: &mut Builder, text: &str, stars: usize, number: u32) {
    let level = u8::try_from(stars.min(6)).unwrap_or(6);
    builder.start(BlockKind::Heading(level), number);
    let text = TAGS.replace(text, "");
    let text = text.trim();
    let text = text
        .strip_prefix("TODO ")
        .or(text.strip_prefix("DONE "))
        .unwrap_or(text);
    inline(builder, text, number);
    builder.end();
}

fn inline(builder: &mut Builder, text: &str, line: u32) {
    let mut at = 0;
    for found in LINK.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        emphasised(builder, &text[at..whole.start()], line);
        at = whole.end();
        let written = found.get(1).map_or("", |target| target.as_str());
        let target = written.strip_prefix("file:").unwrap_or(written);
        let target = target.split("::").next().unwrap_or_default();
        let shown = found.get(2).map(|shown| shown.as_str());
        let picture = shown.map(|shown| shown.strip_prefix("file:").unwrap_or(shown));
        let piece = match picture {
            None if is_picture(target) => Piece::Image { target, alt: "" },
            Some(image) if is_picture(image) && !image.contains(' ') => {
                Piece::LinkedImage { target, image }
            }
            _ if target.starts_with('*') => Piece::Text(shown.unwrap_or(target)),
            _ => Piece::Link {
                target,
                text: shown.unwrap_or(target),
            },
        };
        add(builder, [piece], line);
    }
    emphasised(builder, &text[at..], line);
}

fn emphasised(builder: &mut Builder, text: &str, line: u32) {
    let mut at = 0;
    for found in EMPHASIS.captures_iter(text) {
        let mark = found.get(2).or(found.get(4));
        let shown = found.get(3).or(found.get(5));
        let (Some(before), Some(mark), Some(shown)) = (found.get(1), mark, shown) else {
            continue;
        };
        builder.text_with_addresses(&text[at..before.end()], line);
        if matches!(mark.as_str(), "=" | "~") {
            builder.code(shown.as_str());
        } else {
            builder.text_with_addresses(shown.as_str(), line);
        }
        at = shown.end() + 1;
    }
    builder.text_with_addresses(&text[at..], line);
}
