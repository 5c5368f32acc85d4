// SPDX-License-Identifier: EUPL-1.2
//! Plain text: paragraphs, list items, and titles that are underlined or marked as in Markdown.

use super::builder::Builder;
use super::lines::{continue_or_start, item, numbered, underline};
use super::{Block, BlockKind};

/// The blocks of a plain text.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    let lines = numbered(text);
    let mut is_after_blank = true;
    for (index, (number, line)) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map_or("", |(_, line)| line);
        let bare = line.trim();
        let marks = bare.len() - bare.trim_start_matches('#').len();
        if bare.is_empty() || underline(bare, "=-~*_#").is_some() {
            builder.end();
        } else if is_after_blank && bare.len() < 120 && underline(next, "=-~*#").is_some() {
            let level = if next.starts_with('=') { 1 } else { 2 };
            title(&mut builder, bare, level, *number);
        } else if (1..=6).contains(&marks) && bare[marks..].starts_with(' ') {
            let level = u8::try_from(marks).unwrap_or(6);
            title(&mut builder, bare.trim_matches(['#', ' ']), level, *number);
        } else if let Some(text) = item(line, &['-', '*', '+', '•']) {
            builder.start(BlockKind::Item, *number);
            builder.text_with_addresses(text, *number);
        } else {
            continue_or_start(&mut builder, *number);
            builder.text_with_addresses(bare, *number);
        }
        is_after_blank = bare.is_empty() || underline(bare, "=-~*#").is_some();
    }
    builder.finish()
}

fn title(builder: &mut Builder, text: &str, level: u8, line: u32) {
    builder.start(BlockKind::Heading(level), line);
    builder.text_with_addresses(text, line);
    builder.end();
}
