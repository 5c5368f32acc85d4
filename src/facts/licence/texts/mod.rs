// SPDX-License-Identifier: EUPL-1.2
//! The licence texts that are known: those of the `spdx` crate and the few that it lacks, and an index to find them.
//!
//! Texts that are identical form one class under its first identifier, so a GNU text is known as `GPL-3.0`, never as
//! `-only` or `-or-later`: the text cannot tell.

mod operative;
mod sought;
mod store;
#[cfg(test)]
mod tests;

pub(super) use store::{classes, published};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use self::operative::operative_range;
use self::sought::{Sought, is_share, sampled_shingles, step};
use super::align::{Anchors, Stretch, anchors};
use super::normalise::{Words, words};

/// Normalised SHA-256 of the common texts, checked by a test against the texts themselves.
const HASHES: &str = include_str!("hashes.txt");

/// Identifier, number of words and number of sampled shingles of every class of [`classes`], in that order: what tells
/// which texts need not be read. Checked by a test against the texts themselves.
const SIZES: &str = include_str!("sizes.txt");

/// Shortest text that counts as a licence, in words.
const SHORTEST: usize = 12;

/// Words by which a plain copy may be longer than its licence (title, holder), and shorter (preamble, appendix).
const LONGER: usize = 48;

pub(super) const SHORTER: usize = 700;

/// One known text.
#[derive(Debug)]
pub(super) struct Reference {
    /// SPDX identifier; a bare family for GNU texts.
    pub(super) id: &'static str,
    /// The text as published.
    pub(super) text: &'static str,
    /// Whether it is an exception, to be added to a licence by `WITH`.
    pub(super) is_exception: bool,
    /// Whether it is one of those whose hashes are kept.
    is_common: bool,
    length: usize,
    sampled: usize,
    known: OnceLock<Known>,
    shingles: OnceLock<Vec<u64>>,
}

/// A known text, cut into words.
#[derive(Debug)]
pub(super) struct Known {
    /// All words.
    pub(super) words: Words,
    /// The operative terms among them.
    pub(super) operative: Range<usize>,
    /// Shingles that occur once.
    pub(super) anchors: Anchors,
}

impl Known {
    /// Cuts `text`, the licence `id`.
    pub(super) fn new(id: &str, text: &str) -> Self {
        let words = words(text);
        Self {
            operative: operative_range(id, &words),
            anchors: anchors(&words),
            words,
        }
    }
}

impl Reference {
    /// Its words; kept, since a text that was laid beside one copy will be laid beside others.
    pub(super) fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::new(self.id, self.text))
    }

    /// Words of the text.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// A sample of its shingles in order, taken when first asked for.
    fn shingles(&self) -> &[u64] {
        let sample = |words: &Words| sampled_shingles(words, 0..words.len(), step(words.len()));
        self.shingles.get_or_init(|| match self.known.get() {
            Some(known) => sample(&known.words),
            None => sample(&words(self.text)),
        })
    }
}

/// All known texts; each is read when a text may be a copy of it.
#[derive(Debug)]
pub(super) struct Library {
    references: Vec<Reference>,
}

/// The library, built once per process on the first text that no exact hash fits.
pub(super) fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(Library::build);
    &LIBRARY
}

/// The identifier whose normalised text has this SHA-256.
pub(super) fn id_of_hash(digest: &str) -> Option<&'static str> {
    static TABLE: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        HASHES
            .lines()
            .filter_map(|line| line.split_once(' '))
            .collect()
    });
    TABLE.get(digest).copied()
}

impl Library {
    fn build() -> Self {
        let common: BTreeSet<&str> = HASHES
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(_, id)| id)
            .collect();
        let references = classes()
            .into_iter()
            .zip(SIZES.lines())
            .filter_map(|((id, text, is_exception), line)| {
                let mut sizes = line.split(' ').skip(1).map(str::parse);
                Some(Reference {
                    id,
                    text,
                    is_exception,
                    is_common: common.contains(id),
                    length: sizes.next()?.ok()?,
                    sampled: sizes.next()?.ok()?,
                    known: OnceLock::new(),
                    shingles: OnceLock::new(),
                })
            })
            .filter(|reference| reference.length >= SHORTEST)
            .collect();
        Self { references }
    }

    /// The common texts of which a stretch of so many words may be a plain copy.
    pub(super) fn common(&self, length: usize) -> impl Iterator<Item = &Reference> {
        self.references.iter().filter(move |reference| {
            reference.is_common
                && reference.length <= length + SHORTER
                && length <= reference.length + LONGER
        })
    }

    /// The known texts, most of which may lie in `text`, best first; at most `limit`.
    pub(super) fn candidates(&self, text: &Stretch<'_>, limit: usize) -> Vec<&Reference> {
        let mut hashes: Vec<u64> = text.shingles.iter().map(|&(hash, _)| hash).collect();
        hashes.dedup();
        let sought = Sought::new(hashes);
        // shares in permille, so that the order never depends on rounding
        let mut ranked: Vec<(usize, usize, &Reference)> = self
            .references
            .iter()
            .filter(|reference| {
                let most = sought.most(step(reference.length));
                is_share(most, reference.sampled)
            })
            .map(|reference| (sought.count(reference.shingles()), reference))
            .filter(|&(count, reference)| is_share(count, reference.sampled))
            .map(|(count, reference)| (count * 1000 / reference.sampled.max(1), count, reference))
            .collect();
        ranked.sort_by_key(|&(share, count, reference)| {
            (
                std::cmp::Reverse(share / 50),
                std::cmp::Reverse(count),
                reference.id,
            )
        });
        ranked
            .into_iter()
            .take(limit)
            .map(|(_, _, reference)| reference)
            .collect()
    }
}
