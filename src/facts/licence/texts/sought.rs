// SPDX-License-Identifier: EUPL-1.2
//! Shingles of a text, to find the known texts that share them.

use std::ops::Range;

use super::super::normalise::{SHINGLE, Words, shingle};

/// Whether so many shingles of a sample make a text worth comparing.
pub(super) fn is_share(count: usize, sampled: usize) -> bool {
    count * 5 >= sampled && count >= 2
}

/// Shingles of a text, to count those that it shares with known texts.
pub(super) struct Sought {
    hashes: Vec<u64>,
    /// One bit for the first bits of each hash: most strangers are told by it.
    filter: Vec<u64>,
}

impl Sought {
    /// From hashes in order.
    pub(super) fn new(hashes: Vec<u64>) -> Self {
        let mut filter = vec![0; 1 << 10];
        for hash in &hashes {
            filter[Self::place(*hash)] |= 1 << (hash >> 58);
        }
        Self { hashes, filter }
    }

    fn place(hash: u64) -> usize {
        usize::try_from(hash >> 48 & 0x3ff).unwrap_or(0)
    }

    /// The most shingles that a sample of this step can share.
    pub(super) fn most(&self, step: u64) -> usize {
        self.hashes
            .iter()
            .filter(|hash| is_in(**hash, step))
            .count()
    }

    pub(super) fn count(&self, sample: &[u64]) -> usize {
        sample
            .iter()
            .filter(|hash| {
                self.filter[Self::place(**hash)] & 1 << (**hash >> 58) != 0
                    && self.hashes.binary_search(hash).is_ok()
            })
            .count()
    }
}

/// Whether a shingle belongs to a sample of this step.
fn is_in(hash: u64, step: u64) -> bool {
    (hash >> 11).is_multiple_of(step)
}

pub(super) fn step(length: usize) -> u64 {
    match length {
        0..=400 => 1,
        401..=2000 => 4,
        _ => 16,
    }
}

pub(super) fn sampled_shingles(words: &Words, range: Range<usize>, step: u64) -> Vec<u64> {
    let mut out: Vec<u64> = words.items()[range]
        .windows(SHINGLE)
        .map(shingle)
        .filter(|hash| is_in(*hash, step))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
