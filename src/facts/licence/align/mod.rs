// SPDX-License-Identifier: EUPL-1.2
//! A text laid beside a known licence: what matches, what was added, what is missing.
//!
//! Shared shingles anchor both texts on one diagonal; the gaps between anchors are compared word by word. The work is
//! linear in the length of the texts but for short gaps.

mod common;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::common::{chain, longest_common};
use super::normalise::{SHINGLE, Words, shingle};
use super::texts::Known;

/// Words of `text` that stand where the words of `reference` were expected; either side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Words of the text.
    pub(super) text: Range<usize>,
    /// Words of the known licence.
    pub(super) reference: Range<usize>,
}

/// The best reading of a text as a copy of one licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Words of the text that the copy covers.
    pub(super) text: Range<usize>,
    /// Words of the licence that were found, from the first to the last.
    pub(super) reference: Range<usize>,
    /// Equal words.
    pub(super) matched: usize,
    /// What differs inside.
    pub(super) differences: Vec<Difference>,
}

/// Largest gap that is compared word by word: product of both lengths.
const GAP_CELLS: usize = 250_000;

/// Runs of equal words shorter than this do not count before the first and after the last anchor.
const EDGE_RUN: usize = 3;

/// Shingles of a text with their places, in the order of their hashes.
pub(super) type Anchors = Vec<(u64, usize)>;

fn shingles(words: &Words, range: &Range<usize>) -> Anchors {
    let mut all: Anchors = words.items()[range.clone()]
        .windows(SHINGLE)
        .zip(range.start..)
        .map(|(window, at)| (shingle(window), at))
        .collect();
    all.sort_unstable();
    all
}

/// The shingles that occur once in `reference`.
pub(super) fn anchors(reference: &Words) -> Anchors {
    let all = shingles(reference, &(0..reference.len()));
    all.iter()
        .enumerate()
        .filter(|&(at, &(hash, _))| {
            (at == 0 || all[at - 1].0 != hash) && all.get(at + 1).is_none_or(|next| next.0 != hash)
        })
        .map(|(_, &pair)| pair)
        .collect()
}

/// A stretch of a text, to be laid beside many known ones.
pub(super) struct Stretch<'words> {
    /// All words of the text.
    pub(super) words: &'words Words,
    /// Those of the stretch.
    pub(super) range: Range<usize>,
    /// Its shingles.
    pub(super) shingles: Anchors,
}

impl<'words> Stretch<'words> {
    /// Takes `range` of `words`.
    pub(super) fn new(words: &'words Words, range: Range<usize>) -> Self {
        Self {
            words,
            shingles: shingles(words, &range),
            range,
        }
    }
}

/// Lays `text` beside `known`. `None` when they share no anchor, or cannot share `least` words.
pub(super) fn align(text: &Stretch<'_>, known: &Known, least: usize) -> Option<Alignment> {
    let (range, reference) = (&text.range, &known.words);
    if range.len().min(reference.len()) < least {
        return None;
    }
    let chain = chain(text, known);
    let &(first_text, first_reference) = chain.first()?;
    if most(&chain, range, reference.len()) < least {
        return None;
    }
    let mut builder = Builder {
        text: text.words,
        reference,
        cursor: (first_text, first_reference),
        matched: 0,
        differences: Vec::new(),
    };
    for &(at_text, at_reference) in &chain {
        builder.run(at_text, at_reference, SHINGLE);
    }
    let (start_text, start_reference) = builder.head(range, first_text, first_reference);
    let (end_text, end_reference) = builder.tail(range);
    builder
        .differences
        .sort_by_key(|difference| difference.text.start);
    Some(Alignment {
        text: start_text..end_text,
        reference: start_reference..end_reference,
        matched: builder.matched,
        differences: builder.differences,
    })
}

/// The most words that texts with these anchors can share: those of the anchors and the whole of every gap.
fn most(chain: &[(usize, usize)], range: &Range<usize>, length: usize) -> usize {
    let mut cursor = (range.start, 0);
    let mut sum = 0;
    for &(at_text, at_reference) in chain {
        let ends = (at_text + SHINGLE, at_reference + SHINGLE);
        if at_text >= cursor.0 && at_reference >= cursor.1 {
            sum += (at_text - cursor.0).min(at_reference - cursor.1) + SHINGLE;
        } else {
            sum += ends
                .0
                .saturating_sub(cursor.0)
                .min(ends.1.saturating_sub(cursor.1));
        }
        cursor = (cursor.0.max(ends.0), cursor.1.max(ends.1));
    }
    sum + range
        .end
        .saturating_sub(cursor.0)
        .min(length.saturating_sub(cursor.1))
}

struct Builder<'words> {
    text: &'words Words,
    reference: &'words Words,
    cursor: (usize, usize),
    matched: usize,
    differences: Vec<Difference>,
}

impl Builder<'_> {
    fn run(&mut self, at_text: usize, at_reference: usize, length: usize) {
        let (text, reference) = self.cursor;
        if at_text >= text && at_reference >= reference {
            self.gap(text..at_text, reference..at_reference);
            self.matched += length;
            self.cursor = (at_text + length, at_reference + length);
        } else if at_text + reference == at_reference + text && at_text + length > text {
            self.matched += at_text + length - text;
            self.cursor = (at_text + length, at_reference + length);
        }
    }

    fn gap(&mut self, text: Range<usize>, reference: Range<usize>) {
        let pairs = self.common(&text, &reference, 1);
        self.matched += pairs.len();
        let mut cursor = (text.start, reference.start);
        for (at_text, at_reference) in pairs {
            self.note(cursor.0..at_text, cursor.1..at_reference);
            cursor = (at_text + 1, at_reference + 1);
        }
        self.note(cursor.0..text.end, cursor.1..reference.end);
    }

    fn equal(&self, text: usize, reference: usize) -> bool {
        self.text.items()[text].hash == self.reference.items()[reference].hash
    }

    fn note(&mut self, text: Range<usize>, reference: Range<usize>) {
        if !text.is_empty() || !reference.is_empty() {
            self.differences.push(Difference { text, reference });
        }
    }

    /// Extends before the first anchor; gives where the copy begins.
    fn head(&mut self, range: &Range<usize>, text: usize, reference: usize) -> (usize, usize) {
        let (mut text, mut reference) = (text, reference);
        while text > range.start && reference > 0 && self.equal(text - 1, reference - 1) {
            text -= 1;
            reference -= 1;
            self.matched += 1;
        }
        let from = text
            .saturating_sub((reference * 2 + 20).min(400))
            .max(range.start);
        let pairs = self.common(&(from..text), &(0..reference), EDGE_RUN);
        let Some(&start) = pairs.first() else {
            return (text, reference);
        };
        self.matched += pairs.len();
        let mut cursor = start;
        for (at_text, at_reference) in pairs {
            self.note(cursor.0..at_text, cursor.1..at_reference);
            cursor = (at_text + 1, at_reference + 1);
        }
        self.note(cursor.0..text, cursor.1..reference);
        start
    }

    /// Extends after the last anchor; gives where the copy ends.
    fn tail(&mut self, range: &Range<usize>) -> (usize, usize) {
        let (mut text, mut reference) = self.cursor;
        while text < range.end && reference < self.reference.len() && self.equal(text, reference) {
            text += 1;
            reference += 1;
            self.matched += 1;
        }
        let left = self.reference.len() - reference;
        let to = (text + (left * 2 + 20).min(400)).min(range.end);
        let pairs = self.common(&(text..to), &(reference..self.reference.len()), EDGE_RUN);
        let mut cursor = (text, reference);
        self.matched += pairs.len();
        for (at_text, at_reference) in pairs {
            self.note(cursor.0..at_text, cursor.1..at_reference);
            cursor = (at_text + 1, at_reference + 1);
        }
        cursor
    }

    /// Pairs of equal words in order, the longest such list; runs shorter than `shortest` are dropped.
    fn common(
        &self,
        text: &Range<usize>,
        reference: &Range<usize>,
        shortest: usize,
    ) -> Vec<(usize, usize)> {
        let a = &self.text.items()[text.clone()];
        let b = &self.reference.items()[reference.clone()];
        let head = a
            .iter()
            .zip(b)
            .take_while(|(x, y)| x.hash == y.hash)
            .count();
        let (a_rest, b_rest) = (&a[head..], &b[head..]);
        let tail = a_rest
            .iter()
            .rev()
            .zip(b_rest.iter().rev())
            .take_while(|(x, y)| x.hash == y.hash)
            .count();
        let (a_mid, b_mid) = (
            &a_rest[..a_rest.len() - tail],
            &b_rest[..b_rest.len() - tail],
        );
        let mut pairs: Vec<(usize, usize)> = (0..head).map(|i| (i, i)).collect();
        if a_mid.len().saturating_mul(b_mid.len()) <= GAP_CELLS {
            pairs.extend(
                longest_common(a_mid, b_mid)
                    .into_iter()
                    .map(|(i, j)| (i + head, j + head)),
            );
        }
        pairs.extend((0..tail).map(|i| (a.len() - tail + i, b.len() - tail + i)));
        let mut kept = Vec::with_capacity(pairs.len());
        let mut from = 0;
        for at in 0..pairs.len() {
            let ends = pairs
                .get(at + 1)
                .is_none_or(|next| next.0 != pairs[at].0 + 1 || next.1 != pairs[at].1 + 1);
            if ends {
                if at + 1 - from >= shortest {
                    kept.extend_from_slice(&pairs[from..=at]);
                }
                from = at + 1;
            }
        }
        kept.into_iter()
            .map(|(i, j)| (i + text.start, j + reference.start))
            .collect()
    }
}
