// SPDX-License-Identifier: EUPL-1.2
//! Mends code fences that were never closed, so that they do not swallow the headings below.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// Fences mended in one document; more is no accident.
const MAX_REPAIRS: usize = 8;

/// The text with closing fences added, and the lines (from 0, in the new text) that were added.
pub(super) fn mend(text: &str, options: Options) -> (Cow<'_, str>, Vec<usize>) {
    let mut mended = Cow::Borrowed(text);
    let mut added: Vec<usize> = Vec::new();
    if !text.contains("```") && !text.contains("~~~") {
        return (mended, added);
    }
    for _ in 0..MAX_REPAIRS {
        let Some((at, closing)) = first_fault(&mended, options) else {
            break;
        };
        let line = mended[..at].bytes().filter(|byte| *byte == b'\n').count();
        for earlier in added.iter_mut().filter(|earlier| **earlier >= line) {
            *earlier += 1;
        }
        added.push(line);
        mended.to_mut().insert_str(at, &closing);
    }
    (mended, added)
}

/// Where the first fence that swallows more than its code should be closed, and with what.
///
/// A fence that stays open until the end tells that an earlier one was forgotten: the first with a heading inside.
fn first_fault(text: &str, options: Options) -> Option<(usize, String)> {
    let has_open_end = Parser::new_ext(text, options)
        .into_offset_iter()
        .any(|(event, range)| {
            let is_fence = matches!(
                event,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
            );
            is_fence && text[range.end..].trim().is_empty() && !is_closed(&text[range])
        });
    Parser::new_ext(text, options)
        .into_offset_iter()
        .find_map(|(event, range)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let (at, fence) = fault(&text[range.clone()], &info, has_open_end)?;
                let before = &text[..range.start];
                let column = before.rsplit('\n').next().unwrap_or_default();
                let indent: String = column.chars().map(|_| ' ').collect();
                Some((range.start + at, format!("{indent}{fence}\n")))
            }
            _ => None,
        })
}

/// In one fenced block: the byte at which it should have been closed, and its fence.
fn fault<'t>(block: &'t str, info: &str, is_suspect: bool) -> Option<(usize, &'t str)> {
    let mark = block.chars().next()?;
    let fence = &block[..block.len() - block.trim_start_matches(mark).len()];
    let language = info.to_ascii_lowercase();
    if matches!(language.split(' ').next(), Some("markdown" | "md" | "mdx")) {
        return None;
    }
    let mut heading = None;
    let mut is_after_blank = false;
    let mut is_closed = false;
    let mut at = 0;
    for (number, line) in block.split_inclusive('\n').enumerate() {
        let bare = line.trim();
        if number > 0 {
            if bare.starts_with(fence) {
                let info = bare.trim_start_matches(mark);
                is_closed = info.is_empty();
                if !is_closed && is_language(info) {
                    return Some((heading.unwrap_or(at), fence));
                }
            } else if !bare.is_empty() {
                is_closed = false;
            }
            if is_after_blank && heading.is_none() && is_heading(line, &language) {
                heading = Some(at);
            }
        }
        is_after_blank = bare.is_empty();
        at += line.len();
    }
    heading
        .filter(|_| is_suspect || !is_closed)
        .map(|at| (at, fence))
}

/// True when the last line of a fenced block is a fence alone.
fn is_closed(block: &str) -> bool {
    let last = block.trim_end().lines().skip(1).last();
    last.is_some_and(|last| {
        let bare = last.trim_start_matches([' ', '>', '\t']);
        bare.len() >= 3 && bare.trim_start_matches(['`', '~']).is_empty()
    })
}

/// True for what people write after an opening fence.
fn is_language(info: &str) -> bool {
    let info = info.trim();
    info.len() < 20
        && info
            .chars()
            .all(|c| c.is_alphanumeric() || "+-#_.".contains(c))
}

/// True for a line that is a heading rather than a comment of the code's language.
fn is_heading(line: &str, language: &str) -> bool {
    let marks = line.len() - line.trim_start_matches('#').len();
    let has_no_hash_comments = matches!(
        language,
        "js" | "javascript" | "json" | "ts" | "sql" | "html" | "xml" | "java"
    );
    let least = if has_no_hash_comments { 1 } else { 2 };
    (least..=6).contains(&marks)
        && line[marks..].starts_with(' ')
        && !line[marks..]
            .trim()
            .trim_matches(['#', '-', '='])
            .is_empty()
}
