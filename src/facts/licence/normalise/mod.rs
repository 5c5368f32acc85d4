// SPDX-License-Identifier: EUPL-1.2
//! Text to comparable words: markup, wrapping, punctuation, addresses, list numbers and copyright lines fall away.
//!
//! Two copies of one licence give the same words however they were wrapped, quoted or turned into Markdown. Every word
//! keeps its place in the original, so that a finding can name a line.

mod lines;
mod scan;
#[cfg(test)]
mod tests;

pub(super) use lines::{copyright_statement, is_copyright_line, placeholders};

use std::ops::Range;

use sha2::{Digest as _, Sha256};

use self::lines::{ALL_RIGHTS, TERMS, has_reserved};
use self::scan::{Place, Scanner};
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

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

fn offset_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Folded spelling in which British and American words compare equal.
fn canonical(raw: &str) -> String {
    let mut folded = if raw.is_ascii() {
        raw.to_ascii_lowercase()
    } else {
        fold_plain(raw).replace('\u{ad}', "")
    };
    // how they begin: few words do
    let may_be_british = folded.as_bytes().windows(6).any(|six| {
        matches!(
            six,
            b"licenc" | b"acknow" | b"judgem" | b"author" | b"organi" | b"favour" | b"honour"
        )
    });
    if !may_be_british {
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
