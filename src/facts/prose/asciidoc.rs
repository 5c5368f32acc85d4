// SPDX-License-Identifier: EUPL-1.2
//! AsciiDoc: titles, links, images, listings, lists, tables.

use std::sync::LazyLock;

use regex::Regex;

use super::builder::Builder;
use super::lines::{Piece, add, continue_or_start, item, numbered};
use super::{Block, BlockKind};

static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"image::?([^\s\[\]]+)\[([^\]]*)\]|(?:link:|xref:|(mailto:))([^\s\[\]]+)\[([^\]]*)\]|((?:https?|ftp)://[^\s\[\]<>]+)\[([^\]]*)\]|<<([^<>,]+)(?:,([^<>]*))?>>")
        .expect("invariant: the pattern is valid")
});

static LINKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"link="?([^",\]]+)"?"#).expect("invariant: the pattern is valid")
});

static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^:!?[\w-]+!?:").expect("invariant: the pattern is valid"));

/// The blocks of an AsciiDoc document.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    let mut fence: Option<&str> = None;
    let mut in_table = false;
    let mut language = "";
    for (number, line) in numbered(text) {
        let bare = line.trim_end();
        if let Some(open) = fence {
            if bare == open {
                fence = None;
                builder.end();
            } else if open != "////" {
                builder.text(line);
                builder.text("\n");
            }
            continue;
        }
        if is_fence(bare) {
            let info = bare.trim_start_matches('`');
            let is_backtick = bare.starts_with("```");
            fence = Some(if is_backtick { "```" } else { bare });
            builder.start_code(if is_backtick { info } else { language }, number);
            language = "";
        } else if bare == "|===" {
            builder.end();
            in_table = !in_table;
        } else if in_table && bare.starts_with('|') {
            builder.start(BlockKind::Row, number);
            inline(&mut builder, bare[1..].trim(), number);
        } else if let Some(attributes) = block_attributes(bare) {
            builder.end();
            let mut parts = attributes.split(',');
            let is_source = matches!(parts.next(), Some("source" | ""));
            language = parts
                .next()
                .filter(|_| is_source)
                .unwrap_or_default()
                .trim();
        } else {
            plain_line(&mut builder, bare, number);
        }
    }
    builder.finish()
}

fn is_fence(line: &str) -> bool {
    let is_run = |mark| line.len() >= 4 && line.chars().all(|c| c == mark);
    is_run('-') || is_run('.') || is_run('/') || line.starts_with("```")
}

/// The attributes of a `[source,bash]` line.
fn block_attributes(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.contains(['[', ']'])).then_some(inner)
}

fn plain_line(builder: &mut Builder, line: &str, number: u32) {
    let bare = line.trim();
    let marks = line.len() - line.trim_start_matches(['=', '#']).len();
    if bare.is_empty() {
        builder.end();
    } else if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
        let level = u8::try_from(marks).unwrap_or(6);
        builder.start(BlockKind::Heading(level), number);
        inline(builder, line[marks..].trim(), number);
        builder.end();
    } else if line.starts_with("//") || ATTRIBUTE.is_match(line) || bare == "+" {
        builder.end();
    } else if let Some(text) = list_item(line) {
        builder.start(BlockKind::Item, number);
        inline(builder, text, number);
    } else {
        let is_title = line.starts_with('.') && !line.starts_with("..") && line.len() > 2;
        continue_or_start(builder, number);
        inline(builder, if is_title { &bare[1..] } else { bare }, number);
    }
}

fn list_item(line: &str) -> Option<&str> {
    let bare = line.trim_start();
    let depth = bare.len() - bare.trim_start_matches(['*', '.']).len();
    if (1..=5).contains(&depth) && bare[depth..].starts_with(' ') {
        return Some(bare[depth..].trim_start());
    }
    item(line, &['-'])
}

fn inline(builder: &mut Builder, text: &str, line: u32) {
    let mut at = 0;
    for found in INLINE.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        add(builder, [Piece::Text(&text[at..whole.start()])], line);
        at = whole.end();
        let group = |n| found.get(n).map(|m| m.as_str());
        if let Some(image) = group(1) {
            let attributes = group(2).unwrap_or_default();
            let link = LINKED.captures(attributes).and_then(|found| found.get(1));
            let alt = attributes.split(',').next().unwrap_or_default();
            let piece = link.map_or(Piece::Image { target: image, alt }, |target| {
                let target = target.as_str();
                Piece::LinkedImage { target, image }
            });
            add(builder, [piece], line);
        } else if let Some(target) = group(4).or(group(6)) {
            let text = shown(group(5)).or(shown(group(7))).unwrap_or(target);
            let text = text.trim_end_matches('^').trim_matches('"');
            let address = format!("{}{target}", group(3).unwrap_or_default());
            let target = address.as_str();
            add(builder, [Piece::Link { target, text }], line);
        } else {
            let anchor = group(8).unwrap_or_default();
            let names_file = anchor.contains(['#', '.']);
            let target = if names_file {
                anchor.to_owned()
            } else {
                format!("#{anchor}")
            };
            builder.link(line, &target, shown(group(9)).unwrap_or(anchor));
        }
    }
    add(builder, [Piece::Text(&text[at..])], line);
}

fn shown(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
