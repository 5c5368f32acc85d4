// SPDX-License-Identifier: EUPL-1.2
//! Which known texts lie in a text, and where.

use std::ops::Range;

use super::super::align::{Alignment, Stretch, align};
use super::super::normalise::Words;
use super::super::texts::{Known, Reference, SHORTER, library};
use super::super::tolerance::{Verdict, judge};
use super::{Method, SHORTEST};

/// A shorter text is known as published or not at all: too little is left of it when it is altered.
const SHORTEST_ALTERED: usize = 40;

/// Licence texts looked for in one file.
const MAX_PARTS: usize = 12;

/// Known texts laid beside one stretch.
const MAX_CANDIDATES: usize = 40;

/// Of a known text, in permille: a stretch that shares less is no copy of it.
const LEAST_SHARE: usize = 600;

/// Words that may stand before a copy of a common text, and behind it.
const LONGEST_HEAD: usize = 40;

const LONGEST_TAIL: usize = 6;

/// From so many words on, few texts are as long as a copy.
const LONG_COPY: usize = 1000;

#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) id: &'static str,
    pub(super) range: Range<usize>,
    pub(super) length: usize,
    pub(super) is_exception: bool,
    pub(super) verdict: Verdict,
    pub(super) confidence: u16,
    pub(super) method: Method,
}

impl Found {
    pub(super) fn exact(id: &'static str, range: Range<usize>) -> Self {
        Self {
            id,
            length: range.len(),
            range,
            is_exception: false,
            verdict: Verdict::Plain(0),
            confidence: 1000,
            method: Method::ExactHash,
        }
    }
}

/// Finds the best licence of a stretch, then looks before and after it.
pub(super) fn search(words: &Words, range: Range<usize>, found: &mut Vec<Found>) {
    let mut open = vec![range];
    while let Some(range) = open.pop() {
        if range.len() < SHORTEST || found.len() >= MAX_PARTS {
            continue;
        }
        if let Some(part) = best(words, range.clone()) {
            open.push(range.start..part.range.start);
            open.push(part.range.end..range.end);
            found.push(part);
        }
    }
}

/// The common text of which the whole stretch is a copy, but for a title and a holder before it: no other can share
/// more of it, so that the others need not be read.
pub(super) fn copy(text: &Stretch<'_>) -> Option<Found> {
    let range = &text.range;
    let mut found: Option<(Rank, Found)> = None;
    for reference in library().common(range.len()) {
        let known = reference.known();
        let least = known.words.len().min(range.len()).saturating_sub(SHORTER);
        let Some(alignment) = align(text, known, least) else {
            continue;
        };
        let covered = alignment.text.clone();
        let strange = covered.len().saturating_sub(alignment.matched);
        // one word in so many may differ: a short text has many neighbours
        let share = if covered.len() > LONG_COPY { 100 } else { 200 };
        if covered.start - range.start > LONGEST_HEAD
            || range.end - covered.end > LONGEST_TAIL
            || strange * share > covered.len()
        {
            continue;
        }
        let verdict = judge(reference.id, text.words, known, &alignment);
        if !matches!(verdict, Verdict::Plain(_)) {
            continue;
        }
        let Some((rank, part)) = accept(reference, known, alignment, verdict) else {
            continue;
        };
        if found.as_ref().is_none_or(|(best, _)| rank > *best) {
            found = Some((rank, part));
        }
    }
    found.map(|(_, part)| part)
}

fn best(words: &Words, range: Range<usize>) -> Option<Found> {
    let stretch = Stretch::new(words, range);
    copy(&stretch).or_else(|| nearest(&stretch))
}

/// The known text that shares most with some part of the stretch.
pub(super) fn nearest(text: &Stretch<'_>) -> Option<Found> {
    let mut plain: Option<(Rank, Found)> = None;
    let mut altered: Option<(Rank, Found)> = None;
    for reference in library().candidates(text, MAX_CANDIDATES) {
        // a plain text is beaten only by one that shares as many words
        let least = match (&plain, &altered) {
            (Some((best, _)), _) => best.0,
            (None, Some((best, _))) => best.0 / 2,
            (None, None) => reference.len() * LEAST_SHARE / 1000,
        };
        if reference.len() < least {
            continue;
        }
        let known = reference.known();
        let least = least.max(known.operative.len() * LEAST_SHARE / 1000);
        let Some(alignment) = align(text, known, least).filter(|found| found.matched >= least)
        else {
            continue;
        };
        let verdict = judge(reference.id, text.words, known, &alignment);
        let Some((rank, part)) = accept(reference, known, alignment, verdict) else {
            continue;
        };
        let slot = match verdict {
            Verdict::Plain(_) => &mut plain,
            Verdict::Altered(_) => &mut altered,
        };
        if slot.as_ref().is_none_or(|(best, _)| rank > *best) {
            *slot = Some((rank, part));
        }
    }
    // a short text inside an altered long one is a part of it
    let is_part = |plain: &(Rank, Found)| {
        altered.as_ref().is_some_and(|(rank, whole)| {
            plain.0.0 < rank.0 / 2
                && whole.range.start <= plain.1.range.start
                && plain.1.range.end <= whole.range.end
        })
    };
    plain
        .filter(|plain| !is_part(plain))
        .or(altered)
        .map(|(_, part)| part)
}

/// Between texts that fit alike: identifiers in use before deprecated ones, shorter before longer.
fn preference(reference: &Reference) -> usize {
    let id = reference.id;
    let is_current = reference.is_exception
        || spdx::license_id(id).is_some_and(|licence| !licence.is_deprecated());
    usize::from(is_current) * 1000 + 999_usize.saturating_sub(id.len())
}

/// Words shared, less what was altered; then the fewest differences; then the identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(usize, usize, usize);

fn accept(
    reference: &Reference,
    known: &Known,
    alignment: Alignment,
    verdict: Verdict,
) -> Option<(Rank, Found)> {
    let operative = known.operative.len().max(1);
    let share = (alignment.matched * 1000 / operative).min(1000);
    let confidence = match verdict {
        Verdict::Plain(cost) => 990_usize.saturating_sub(cost as usize * 5).max(900),
        // a copy that shares less has another origin
        Verdict::Altered(_) if share < 700 || known.words.len() < SHORTEST_ALTERED => return None,
        Verdict::Altered(_) => share * 8 / 10,
    };
    let part = Found {
        id: reference.id,
        range: alignment.text,
        length: known.words.len(),
        is_exception: reference.is_exception,
        verdict,
        confidence: u16::try_from(confidence).unwrap_or(0),
        method: Method::Similarity,
    };
    let (matched, preference) = (alignment.matched, preference(reference));
    let rank = match verdict {
        Verdict::Plain(cost) => Rank(matched, usize::MAX - cost as usize, preference),
        Verdict::Altered(count) => Rank(
            matched.saturating_sub(count * 2),
            usize::MAX - count,
            preference,
        ),
    };
    Some((rank, part))
}
