// SPDX-License-Identifier: EUPL-1.2
//! The longest list of words that two stretches share.

use super::super::normalise::Word;
use super::super::texts::Known;
use super::Stretch;

/// Pairs of equal words in order, the longest such list: 64 cells at a time, one bit for each.
pub(super) fn longest_common(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let width = b.len().div_ceil(64);
    // the places in `b` of every word of `b`, as bits
    let mut known: Vec<u64> = b.iter().map(|word| word.hash).collect();
    known.sort_unstable();
    known.dedup();
    let mut places = vec![0_u64; known.len() * width];
    for (at, word) in b.iter().enumerate() {
        if let Ok(row) = known.binary_search(&word.hash) {
            places[row * width + at / 64] |= 1 << (at % 64);
        }
    }
    // rows of the table of lengths, as differences: a cleared bit is one more
    let mut rows = vec![u64::MAX; (a.len() + 1) * width];
    for (at, word) in a.iter().enumerate() {
        let (done, rest) = rows.split_at_mut((at + 1) * width);
        let before = &done[at * width..];
        let Ok(row) = known.binary_search(&word.hash) else {
            rest[..width].copy_from_slice(before);
            continue;
        };
        let mut carry = false;
        for ((next, &row), &equal) in rest.iter_mut().zip(before).zip(&places[row * width..]) {
            let shared = row & equal;
            let (sum, first) = row.overflowing_add(shared);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *next = sum | (row & !equal);
        }
    }
    let is_one_more = |i: usize, j: usize| rows[i * width + j / 64] & (1 << (j % 64)) == 0;
    let (mut i, mut j, mut pairs) = (a.len(), b.len(), Vec::new());
    while i > 0 && j > 0 {
        if !is_one_more(i, j - 1) {
            j -= 1;
        } else if is_one_more(i - 1, j - 1) {
            i -= 1;
        } else {
            pairs.push((i - 1, j - 1));
            i -= 1;
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}

/// Anchors `(text, reference)`, both rising, near the diagonal that holds most of them.
pub(super) fn chain(text: &Stretch<'_>, known: &Known) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut anchors = known.anchors.iter().copied().peekable();
    for &(hash, at) in &text.shingles {
        while anchors.next_if(|&(known, _)| known < hash).is_some() {}
        let Some(&(known, place)) = anchors.peek() else {
            break;
        };
        if known == hash {
            pairs.push((at, place));
        }
    }
    pairs.sort_unstable();
    keep_best_diagonal(&mut pairs, known.words.len());
    rising(&pairs)
}

fn keep_best_diagonal(pairs: &mut Vec<(usize, usize)>, length: usize) {
    const BUCKET: usize = 64;
    let diagonal = |&(at_text, at_reference): &(usize, usize)| at_text + length - at_reference;
    let Some(widest) = pairs.iter().map(diagonal).max() else {
        return;
    };
    let mut counts = vec![0_usize; widest / BUCKET + 2];
    for pair in pairs.iter() {
        counts[diagonal(pair) / BUCKET] += 1;
    }
    let best = (0..counts.len() - 1)
        .max_by_key(|&at| (counts[at] + counts[at + 1], std::cmp::Reverse(at)))
        .unwrap_or(0);
    let centre = (best + 1) * BUCKET;
    let slack = BUCKET * 2 + length / 3;
    pairs.retain(|pair| diagonal(pair).abs_diff(centre) <= slack);
}

/// The longest list of pairs in which both sides rise.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // for each length the index of the pair that ends such a list with the smallest reference
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let place = ends.partition_point(|&end| pairs[end].1 < pair.1);
        if place > 0 {
            before[at] = ends[place - 1];
        }
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        out.push(pairs[index]);
        at = Some(before[index]).filter(|&index| index != usize::MAX);
    }
    out.reverse();
    out
}
