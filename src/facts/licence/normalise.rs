// SPDX-License-Identifier: EUPL-1.2
//! Text to comparable words: markup, wrapping, punctuation, addresses, list numbers and copyright lines fall away.
//!
//! Two copies of one licence give the same words however they were wrapped, quoted or turned into Markdown. Every word
//! keeps its place in the original, so that a finding can name a line.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use sha2::{Digest as _, Sha256};

use super::leftover;
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

/// Words read of one text; what follows is left out.
pub(super) const MAX_WORDS: usize = 120_000;

/// One word: where it stands in the folded buffer and in the original text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    folded: (u32, u32),
    /// Byte offset of its first character in the original.
    pub(super) offset: u32,
    /// Byte offset after its last character in the original.
    pub(super) end: u32,
    /// Line in the original, from 1.
    pub(super) line: u32,
    /// Comparable value; equal words have equal hashes.
    pub(super) hash: u64,
    /// Looks like the number of a list item (`a)`, `2.`, `(iv)`) or a part of `4.2`.
    pub(super) enumerator: bool,
    /// Stands inside `<…>`, `[…]` or `{…}` with the words of a form to fill in.
    pub(super) placeholder: bool,
    /// Stands in the paragraph of a copyright line, behind it: perhaps the rest of a long name.
    pub(super) after_notice: bool,
}

/// The words of one text.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    buffer: String,
    items: Vec<Word>,
    /// What fell away, folded, each before the word at an index: copyright lines and list numbers. Where a line breaks
    /// decides what looks like one.
    asides: Vec<(u32, String)>,
}

impl Words {
    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no word at all.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The word at `index`, folded.
    pub(super) fn text(&self, index: usize) -> &str {
        self.items.get(index).map_or("", |word| {
            &self.buffer[word.folded.0 as usize..word.folded.1 as usize]
        })
    }

    /// All words with their places.
    pub(super) fn items(&self) -> &[Word] {
        &self.items
    }

    /// The words of `range` and what fell away inside and on its edges, each with whether it stayed.
    pub(super) fn with_asides(&self, range: Range<usize>) -> Vec<(&str, bool)> {
        let from = self
            .asides
            .partition_point(|&(at, _)| (at as usize) < range.start);
        let mut asides = self.asides[from..].iter().peekable();
        let mut out = Vec::with_capacity(range.len());
        for index in range.start..=range.end {
            while let Some((_, word)) = asides.next_if(|&&(at, _)| at as usize == index) {
                out.push((word.as_str(), false));
            }
            if index < range.end {
                out.push((self.text(index), true));
            }
        }
        out
    }

    /// Notes the words of a line that falls away.
    fn set_aside(&mut self, line: &str) {
        let at = offset_u32(self.items.len());
        let words = line.split(|c: char| !is_word_character(c));
        self.asides.extend(
            words
                .map(canonical)
                .filter(|word| !word.is_empty())
                .map(|word| (at, word)),
        );
    }

    /// The folded words of `range`, joined by single spaces.
    pub(super) fn join(&self, range: Range<usize>) -> String {
        range
            .map(|index| self.text(index))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// SHA-256 of the words of `range`, in hexadecimal.
    pub(super) fn digest(&self, range: Range<usize>) -> String {
        let mut hasher = Sha256::new();
        for index in range {
            hasher.update(self.text(index).as_bytes());
            hasher.update(b" ");
        }
        hasher
            .finalize()
            .iter()
            .fold(String::with_capacity(64), |mut out, byte| {
                use std::fmt::Write as _;
                let _ = write!(out, "{byte:02x}");
                out
            })
    }

    /// The first word after the title lines; titles vary between copies of one text.
    pub(super) fn body_start(&self) -> usize {
        const TITLE: [&str; 9] = [
            "license",
            "licenses",
            "agreement",
            "version",
            "open",
            "ouverte",
            "notice",
            "mit",
            "expat",
        ];
        let mut start = 0;
        while let Some(first) = self.items.get(start) {
            let end = self.items[start..]
                .iter()
                .position(|word| word.line != first.line)
                .map_or(self.items.len(), |count| start + count);
            let titled = (start..end).any(|index| TITLE.contains(&self.text(index)));
            if end == self.items.len() || end - start > 9 || !titled {
                break;
            }
            start = end;
        }
        start
    }
}

static COPYRIGHT_LINE: LazyLock<Regex> = LazyLock::new(|| {
    // a name begins with a capital, or with a letter beyond ASCII
    pattern(
        r"(?x)^[\W_]*?
        (?: (?i:spdx-filecopyrighttext:)
          | (?: (?i:portions\s+)? (?i:copyright\b:? | copr\.) | © )
            [\s\u{a0}\u{202f}]* (?: (?: \([cC]\) | © | &copy; | (?i:by\b) | (?i:copyright\b) | : | \* | — | - ) [\s\u{a0}\u{202f}]* )*
        )[\s\u{a0}\u{202f}]*(?P<who>[\d<\[{(A-Z«\u{c0}-\u{24f}\u{370}-\u{1fff}\u{2c00}-\u{10ffff}@].*|[a-z\u{c0}-\u{24f}]+\s+\d{4}.*)$
        | ^\W*? \([cC]\) \s* (?:©\s*|(?i:copyright)\s*)? (?P<dated>(?:(?:19|20)\d{2}|<\s*y|\[\s*y|\{).*)$",
    )
});

static NOT_A_HOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:holders?|owners?|notices?|licen[cs]es?|laws?|and|or|acts?|in|is|of|statements?|protection|infringement|interests?|rights?|status|information)\b",
    )
});

/// Words of terms: a line that has them is more than a statement.
static TERMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:permi(?:ssion|tted|t)|hereby|redistribut\w+|granted|grants|without restriction|may|shall|must|licen[cs]ed|distributed|freely|provided|copied|copies|except|warranty|subject to|you|use|purposes?|modif\w+|usages?|utilis\w+|autoris\w+|r[ée]serv[ée]e?s?\s+(?:à|aux?)|non[\s-]?commercial|only|prohibit\w*|forbid\w*|without|interdi\w+|uniquement|sauf|sans)\b",
    )
});

/// The part after « Copyright (c) » when `line` begins with a copyright statement.
pub(super) fn copyright_statement(line: &str) -> Option<&str> {
    const MARKS: [&str; 6] = ["opyright", "OPYRIGHT", "©", "(c)", "(C)", "opr."];
    let line = line.trim();
    if line.len() > 240 || !MARKS.iter().any(|mark| line.contains(mark)) {
        return None;
    }
    let found = COPYRIGHT_LINE.captures(line)?;
    let who = found
        .name("who")
        .or_else(|| found.name("dated"))?
        .as_str()
        .trim();
    (!NOT_A_HOLDER.is_match(who)).then_some(who)
}

/// Whether `line` is a copyright statement and nothing else.
pub(super) fn is_copyright_line(line: &str) -> bool {
    copyright_statement(line).is_some_and(|who| {
        !TERMS.is_match(who)
            && who.split(". ").skip(1).all(|behind| {
                // a sentence behind the name may be a term
                behind.split_whitespace().count() < 4 || !leftover::restricts(behind)
            })
    })
}

static ALL_RIGHTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^[\W_]*(?:all rights reserved|tous droits r[ée]serv[ée]s)[\W_]*$")
});

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:<{1,2}|\[{1,2}|\{{1,2})[^<>\[\]{}]{0,60}?\b(?:y{2,4}|years?|ann[ée]e|names?|fullname|nom|owners?|holders?|authors?|auteurs?|organi[sz]ations?|organisme|company|copyright|date|program|project|one line|insert)\b[^<>\[\]{}]{0,80}?(?:>{1,2}|\]{1,2}|\}{1,2})(?P<link>[(\[])?",
    )
});

/// Ranges of `line` that look like a form to fill in: `<year>`, `[fullname]`, `{{ organization }}`.
pub(super) fn placeholders(line: &str) -> Vec<Range<usize>> {
    if !line.contains(['<', '[', '{']) {
        return Vec::new();
    }
    PLACEHOLDER
        .captures_iter(line)
        .filter(|found| found.name("link").is_none())
        .filter_map(|found| found.get(0))
        .filter(|found| !found.as_str().contains("://") && !found.as_str().contains('@'))
        .map(|found| found.range())
        .collect()
}

/// Whether `line` holds the letters that « reserved » and « réservés » share.
fn has_reserved(line: &str) -> bool {
    let mut windows = line.as_bytes().windows(4);
    windows.any(|four| four.eq_ignore_ascii_case(b"serv"))
}

/// Cuts `text` into words.
pub(super) fn words(text: &str) -> Words {
    let mut out = Words::default();
    let mut offset = 0;
    let mut after_notice = false;
    for (number, line) in text.split('\n').enumerate() {
        if out.items.len() >= MAX_WORDS {
            break;
        }
        let reserved = line.len() < 80 && has_reserved(line) && ALL_RIGHTS.is_match(line);
        if reserved || is_copyright_line(line) {
            after_notice = true;
            out.set_aside(line);
        } else {
            after_notice =
                after_notice && line.chars().any(char::is_alphanumeric) && !TERMS.is_match(line);
            let place = Place {
                base: offset,
                number: u32::try_from(number + 1).unwrap_or(u32::MAX),
                after_notice,
            };
            Scanner::new(line, place).run(&mut out);
        }
        offset += line.len() + 1;
    }
    out
}

#[derive(Debug, Clone, Copy)]
struct Place {
    /// Byte offset of the line.
    base: usize,
    /// Its number, from 1.
    number: u32,
    /// Whether it goes on in the paragraph of a copyright line.
    after_notice: bool,
}

struct Scanner<'text> {
    line: &'text str,
    place: Place,
    blanks: Vec<Range<usize>>,
    /// The last visible character before the word in hand.
    before: Option<char>,
    /// Whether the word before was a list number that ended just before this place.
    numbered_until: Option<usize>,
}

const TAGS: [&str; 46] = [
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
    fn new(line: &'text str, place: Place) -> Self {
        Self {
            line,
            place,
            blanks: placeholders(line),
            before: None,
            numbered_until: None,
        }
    }

    fn run(mut self, out: &mut Words) {
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

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

fn offset_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Folded spelling in which British and American words compare equal.
fn canonical(raw: &str) -> String {
    let mut folded = if raw.is_ascii() {
        raw.to_ascii_lowercase()
    } else {
        fold_plain(raw).replace('\u{ad}', "")
    };
    // the shortest of them has six letters
    if folded.len() < 6 {
        return folded;
    }
    for (british, american) in [
        ("licenc", "licens"),
        ("acknowledgement", "acknowledgment"),
        ("judgement", "judgment"),
        ("authoris", "authoriz"),
        ("organis", "organiz"),
        ("favour", "favor"),
        ("honour", "honor"),
    ] {
        if folded.contains(british) {
            folded = folded.replace(british, american);
        }
    }
    folded
}

/// FNV-1a, 64 bits: stable between runs and machines.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Hash of `SHINGLE` consecutive words.
pub(super) fn shingle(words: &[Word]) -> u64 {
    words.iter().fold(0x9e37_79b9_7f4a_7c15, |hash, word| {
        (hash.rotate_left(7) ^ word.hash).wrapping_mul(0xff51_afd7_ed55_8ccd)
    })
}

/// Words in one shingle.
pub(super) const SHINGLE: usize = 5;

#[cfg(test)]
mod tests {
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
}
