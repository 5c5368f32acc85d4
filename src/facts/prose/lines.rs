// SPDX-License-Identifier: EUPL-1.2
//! Helpers of the formats that are read line by line.

use super::BlockKind;
use super::builder::Builder;

/// One piece of a line.
pub(super) enum Piece<'t> {
    /// Text as it is shown.
    Text(&'t str),
    /// A link with its text.
    Link { target: &'t str, text: &'t str },
    /// An image with its alternative text.
    Image { target: &'t str, alt: &'t str },
    /// An image inside a link.
    LinkedImage { target: &'t str, image: &'t str },
}

/// Adds pieces to the open block.
pub(super) fn add<'t>(
    builder: &mut Builder,
    pieces: impl IntoIterator<Item = Piece<'t>>,
    line: u32,
) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => builder.text_with_addresses(text, line),
            Piece::Link { target, text } => builder.link(line, target, text),
            Piece::Image { target, alt } => builder.image(line, target, alt),
            Piece::LinkedImage { target, image } => {
                builder.open_link(line, target);
                builder.image(line, image, "");
                builder.close_link();
            }
        }
    }
}

/// Lines with their numbers from 1.
pub(super) fn numbered(text: &str) -> Vec<(u32, &str)> {
    (1..).zip(text.lines()).collect()
}

/// The text after the mark of a list item (`-`, `*`, `+`, `1.`, `1)`), when the line is one.
pub(super) fn item<'t>(line: &'t str, marks: &[char]) -> Option<&'t str> {
    let line = line.trim_start();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = match digits {
        0 => line.strip_prefix(marks)?,
        1..=3 => line[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    rest.starts_with(' ').then(|| rest.trim_start())
}

/// Starts a paragraph, or adds a space to the one that goes on.
pub(super) fn continue_or_start(builder: &mut Builder, line: u32) {
    match builder.kind() {
        Some(BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote) => builder.space(),
        _ => builder.start(BlockKind::Paragraph, line),
    }
}

/// True for the address of a picture.
pub(super) fn is_picture(target: &str) -> bool {
    let path = target
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"]
        .iter()
        .any(|extension| path.ends_with(extension))
        || path.starts_with("https://img.shields.io/")
}

/// True for the underline of a title: at least three times the same mark of `marks`, nothing else.
pub(super) fn underline(line: &str, marks: &str) -> Option<char> {
    let line = line.trim_end();
    let mark = line.chars().next().filter(|mark| marks.contains(*mark))?;
    (line.len() >= 3 && line.chars().all(|c| c == mark)).then_some(mark)
}
