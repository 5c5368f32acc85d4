// SPDX-License-Identifier: EUPL-1.2
//! One line to its words, without markup, addresses and list numbers.

use std::ops::Range;

use super::lines::placeholders;
use super::{Word, Words, canonical, fnv, is_word_character, offset_u32};

#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Byte offset of the line.
    pub(super) base: usize,
    /// Its number, from 1.
    pub(super) number: u32,
    /// Whether it goes on in the paragraph of a copyright line.
    pub(super) after_notice: bool,
}

pub(super) struct Scanner<'text> {
    line: &'text str,
    place: Place,
    blanks: Vec<Range<usize>>,
    /// The last visible character before the word in hand.
    before: Option<char>,
    /// Whether the word before was a list number that ended just before this place.
    numbered_until: Option<usize>,
}

pub(super) const TAGS: [&str; 46] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "link",
    "meta",
    "nbsp",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "title",
    "tr",
    "u",
    "ul",
];

impl<'text> Scanner<'text> {
    pub(super) fn new(line: &'text str, place: Place) -> Self {
        Self {
            line,
            place,
            blanks: placeholders(line),
            before: None,
            numbered_until: None,
        }
    }

    pub(super) fn run(mut self, out: &mut Words) {
        let mut at = 0;
        while let Some(c) = self.line[at..].chars().next() {
            if let Some(next) = self.skip_markup(at, c) {
                at = next;
            } else if c.is_alphanumeric() {
                let end = self.line[at..]
                    .find(|c: char| !is_word_character(c))
                    .map_or(self.line.len(), |length| at + length);
                self.push(at, end, out);
                self.before = self.line[at..end].chars().next_back();
                at = end;
            } else {
                if !c.is_whitespace() && !matches!(c, '*' | '_' | '`' | '\\' | '"' | '“' | '«') {
                    self.before = Some(c);
                }
                at += c.len_utf8();
            }
        }
    }

    /// The place after an address, a known tag, an entity or the target of a link that starts at `at`.
    fn skip_markup(&self, at: usize, c: char) -> Option<usize> {
        let rest = &self.line[at..];
        if c.is_ascii_alphanumeric()
            && let Some(length) = bare_address(rest)
        {
            return Some(at + length);
        }
        match c {
            'h' | 'H' | 'w' | 'W' | 'f' => {
                let address = ["http://", "https://", "www.", "ftp://"]
                    .iter()
                    .any(|start| starts_with_ignoring_case(rest, start));
                let inside = self.line[..at]
                    .chars()
                    .next_back()
                    .is_some_and(char::is_alphanumeric);
                (address && !inside).then(|| {
                    at + rest
                        .find(|c: char| c.is_whitespace() || is_bracket(c))
                        .unwrap_or(rest.len())
                })
            }
            '<' => {
                if rest.starts_with("<!--") {
                    return rest.find("-->").map(|end| at + end + 3);
                }
                let inner = rest[1..].trim_start_matches('/');
                let name_end = inner
                    .find(|c: char| !c.is_ascii_alphanumeric())
                    .unwrap_or(inner.len());
                let name = inner[..name_end].to_ascii_lowercase();
                let close = rest.find('>')?;
                // « <CODE BEGINS> » is a mark of the text
                let behind = inner[name_end..].trim_start();
                let is_tag = behind.starts_with(['>', '/']) || rest[..close].contains('=');
                TAGS.binary_search(&name.as_str())
                    .ok()
                    .filter(|_| is_tag)
                    .map(|_| at + close + 1)
            }
            '&' => {
                let end = rest.find(';').filter(|&end| end <= 8)?;
                rest[1..end]
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '#')
                    .then_some(at + end + 1)
            }
            ']' => {
                let target = rest.strip_prefix("](")?;
                let end = target.find(')')?;
                (!target[..end].contains(' ') || target.starts_with("http"))
                    .then_some(at + 2 + end + 1)
            }
            _ => None,
        }
    }

    fn push(&mut self, start: usize, end: usize, out: &mut Words) {
        let raw = &self.line[start..end];
        let enumerator = self.is_enumerator(raw, start, end);
        let number = raw.len() <= 2 && raw.bytes().all(|b| b.is_ascii_digit());
        let dotted = self.line[..start].ends_with('.')
            && self.line[..start - 1].ends_with(|c: char| c.is_ascii_digit());
        // after punctuation or at the start of a line it numbers an item; elsewhere it may be a version
        let drops = if dotted {
            number && self.numbered_until == Some(start)
        } else {
            enumerator && !self.before.is_some_and(|c| c.is_alphanumeric() || c == ',')
        };
        if drops {
            self.numbered_until = Some(end + 1);
            out.set_aside(raw);
            return;
        }
        if raw == "o" && !self.line[..start].contains(char::is_alphanumeric) {
            return;
        }
        let folded = canonical(raw);
        if folded.is_empty() {
            return;
        }
        let from = out.buffer.len();
        out.buffer.push_str(&folded);
        out.items.push(Word {
            folded: (offset_u32(from), offset_u32(out.buffer.len())),
            offset: offset_u32(self.place.base + start),
            end: offset_u32(self.place.base + end),
            line: self.place.number,
            after_notice: self.place.after_notice,
            hash: fnv(folded.as_bytes()),
            enumerator: enumerator || number && (dotted || self.line[end..].starts_with('.')),
            placeholder: self.blanks.iter().any(|blank| blank.contains(&start)),
        });
    }

    fn is_enumerator(&self, raw: &str, start: usize, end: usize) -> bool {
        let short = raw.len() <= 4
            && (raw.bytes().all(|b| b.is_ascii_digit()) && raw.len() <= 2
                || raw.len() == 1 && raw.is_ascii()
                || raw.bytes().all(|b| b"ivxIVX".contains(&b)));
        if !short {
            return false;
        }
        let after = self.line[end..].trim_start_matches('\\');
        let mut following = after.chars();
        let closes = matches!(following.next(), Some('.' | ')'))
            && following
                .next()
                .is_none_or(|c| c.is_whitespace() || c.is_ascii_digit() || ")*_".contains(c));
        let opens = self.line[..start].ends_with('(');
        closes && (!opens || after.starts_with(')'))
    }
}

/// Length of an address without its scheme at the start of `rest`: `wiki.example.org/Page`.
fn bare_address(rest: &str) -> Option<usize> {
    const ENDINGS: [&str; 7] = [".org", ".com", ".net", ".info", ".fr", ".eu", ".io"];
    let end = rest
        .find(|c: char| c.is_whitespace() || is_bracket(c) || matches!(c, ',' | ';'))
        .unwrap_or(rest.len());
    let word = &rest[..end];
    if !word.contains('.') {
        return None;
    }
    let host = word
        .split(['/', ':'])
        .next()
        .unwrap_or_default()
        .trim_end_matches(['.', '\'']);
    ENDINGS
        .iter()
        .any(|ending| host.len() > ending.len() && host.ends_with(ending))
        .then_some(end)
}

/// Marks that end an address.
fn is_bracket(c: char) -> bool {
    matches!(
        c,
        '<' | '>' | '(' | ')' | '[' | ']' | '"' | '«' | '»' | '{' | '}'
    )
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}
