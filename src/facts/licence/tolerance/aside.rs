// SPDX-License-Identifier: EUPL-1.2
//! Differences that come from lines that break elsewhere.

use std::ops::Range;

use super::super::align::Difference;
use super::super::normalise::Words;

/// Words looked at beyond a missing beginning or end.
pub(super) const MARGIN: usize = 24;

/// Product of lengths up to which what fell away is compared.
const MOST_ASIDE: usize = 60_000;

/// Whether the difference comes from lines that break elsewhere: what fell away as a copyright line or a list number on
/// one side stands as words on the other.
pub(super) fn is_broken_elsewhere(
    text: &Words,
    reference: &Words,
    difference: &Difference,
) -> bool {
    let said = text.with_asides(difference.text.clone());
    let known = reference.with_asides(difference.reference.clone());
    let pairs = pairs(&said, &known);
    (0..said.len()).all(|at| !said[at].1 || pairs.iter().any(|pair| pair.0 == at))
        && is_all_paired(&known, &pairs)
}

/// Which side of a text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// Whether the words `missing` of the known text stand in `around`, some of them where they fell away, with nothing
/// between them and the rest.
pub(super) fn fell_away(
    (text, around): (&Words, Range<usize>),
    (reference, missing): (&Words, Range<usize>),
    side: Side,
) -> bool {
    let mut said = text.with_asides(around);
    let mut known = reference.with_asides(missing);
    // from the copy outwards
    if side == Side::Before {
        said.reverse();
        known.reverse();
    }
    let pairs = pairs(&said, &known);
    let reach = pairs.last().map_or(0, |last| last.0);
    !pairs.is_empty()
        && is_all_paired(&known, &pairs)
        && (0..reach).all(|at| !said[at].1 || pairs.iter().any(|pair| pair.0 == at))
}

fn is_all_paired(known: &[(&str, bool)], pairs: &[(usize, usize)]) -> bool {
    (0..known.len()).all(|at| !known[at].1 || pairs.iter().any(|pair| pair.1 == at))
}

/// The longest list of words that both sides have, by place; none when nothing fell away on either side.
fn pairs(said: &[(&str, bool)], known: &[(&str, bool)]) -> Vec<(usize, usize)> {
    let fell = |words: &[(&str, bool)]| words.iter().any(|&(_, stays)| !stays);
    if !fell(said) && !fell(known) || said.len() * known.len() > MOST_ASIDE {
        return Vec::new();
    }
    // lengths of the longest common list from each place on
    let width = known.len() + 1;
    let mut table = vec![0_u16; (said.len() + 1) * width];
    for i in (0..said.len()).rev() {
        for j in (0..known.len()).rev() {
            table[i * width + j] = if said[i].0 == known[j].0 {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < said.len() && j < known.len() {
        if said[i].0 == known[j].0 {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}
