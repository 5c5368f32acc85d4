// SPDX-License-Identifier: EUPL-1.2
//! Which differences from a known text leave the licence what it is: holders, dates, addresses of the Free Software
//! Foundation, spelling. Every other difference alters it.

mod aside;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use self::aside::{MARGIN, Side, fell_away, is_broken_elsewhere};
use self::words::{ADDRESS, CHARGED, HOLDER, HOLDER_CORE, NOISE, VARIANTS};
use super::align::{Alignment, Difference};
use super::leftover;
use super::normalise::Words;
use super::texts::Known;

/// How far a copy is from the known text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The licence as published, with the number of harmless differences.
    Plain(u32),
    /// Words were altered, added or removed: how many.
    Altered(usize),
}

/// Words that may go with a form that was filled in.
const AROUND_FORM: usize = 10;

/// Words of a title that a copy may leave out.
const LONGEST_TITLE: usize = 12;

/// Judges `alignment` of `text` with the text `known` of licence `id`.
pub(super) fn judge(id: &str, text: &Words, known: &Known, alignment: &Alignment) -> Verdict {
    let (reference, operative) = (&known.words, &known.operative);
    let mut altered = 0;
    let mut harmless = 0;
    // what may be missing before and after: a title, a preamble, an appendix
    let first = alignment.text.start;
    let opens_line = first == 0 || text.items()[first - 1].line != text.items()[first].line;
    let title = if opens_line {
        LONGEST_TITLE
    } else {
        reference.body_start()
    };
    let (covered, found) = (&alignment.text, &alignment.reference);
    if found.start > operative.start.max(title) {
        let before = covered.start.saturating_sub(found.start + MARGIN)..covered.start;
        let missing = operative.start..found.start;
        if !fell_away((text, before), (reference, missing), Side::Before) {
            altered += found.start - operative.start;
        }
    }
    if found.end < operative.end {
        let missing = found.end..operative.end;
        let behind = covered.end..text.len().min(covered.end + missing.len() + MARGIN);
        if !fell_away((text, behind), (reference, missing), Side::Behind) {
            altered += operative.end - found.end;
        }
    }
    let said = |difference: &Difference| text.join(difference.text.clone());
    let mut typos: Vec<String> = Vec::new();
    for difference in &alignment.differences {
        let is_outside = difference.reference.end <= operative.start
            || difference.reference.start >= operative.end;
        if is_outside && !restricts(text, difference) {
            harmless += 1;
            continue;
        }
        match weigh(id, text, reference, difference) {
            Weight::Harmless => harmless += 1,
            // what is misspelt twice alike is another name
            Weight::Typo if typos.len() < 3 && !typos.contains(&said(difference)) => {
                typos.push(said(difference));
            }
            Weight::Typo | Weight::Altering if is_broken_elsewhere(text, reference, difference) => {
                harmless += 1;
            }
            Weight::Typo | Weight::Altering => {
                altered += difference.text.len().max(difference.reference.len());
            }
        }
    }
    if altered > 0 {
        Verdict::Altered(altered)
    } else {
        Verdict::Plain(harmless + u32::try_from(typos.len()).unwrap_or(0) * 3)
    }
}

/// Whether the words put into a preamble or an appendix limit anything. Few words are weighed one by one; more make a
/// sentence of their own; many are another text.
fn restricts(text: &Words, difference: &Difference) -> bool {
    if difference.text.len() > 60 {
        true
    } else if difference.text.len() <= 6 {
        difference
            .text
            .clone()
            .any(|index| CHARGED.contains(text.text(index)))
    } else {
        leftover::restriction(&text.join(difference.text.clone())).is_some()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Harmless,
    Typo,
    Altering,
}

fn weigh(id: &str, text: &Words, reference: &Words, difference: &Difference) -> Weight {
    let (said, known) = visible(text, reference, difference);
    // « s ue » for « sue »
    let whole = |words: &Words, range: &Range<usize>| words.join(range.clone()).replace(' ', "");
    if said.concat() == known.concat()
        || whole(text, &difference.text) == whole(reference, &difference.reference)
    {
        return Weight::Harmless;
    }
    let pair = (known.join(" "), said.join(" "));
    if VARIANTS
        .iter()
        .any(|&(known, said)| pair.0 == known && pair.1 == said)
    {
        return Weight::Harmless;
    }
    let charged = said.iter().any(|word| CHARGED.contains(word));
    // a form and few words around it: a clause that has one is more
    let is_form = |words: &Words, range: &Range<usize>| {
        let items = &words.items()[range.clone()];
        let blanks = items.iter().filter(|word| word.placeholder).count();
        blanks > 0 && items.len() - blanks <= AROUND_FORM
    };
    if is_form(reference, &difference.reference)
        && said.len() <= 30
        && !charged
        && !known
            .iter()
            .any(|word| ["not", "no", "shall", "must"].contains(word))
    {
        return Weight::Harmless;
    }
    if is_holder_slot(reference.len(), &known) && said.len() <= 16 && !charged {
        return Weight::Harmless;
    }
    if is_rest_of_notice(text, &difference.text)
        && is_rest_of_notice(reference, &difference.reference)
    {
        return Weight::Harmless;
    }
    if is_statement(&said) && is_statement(&known) {
        return Weight::Harmless;
    }
    let gnu = id.contains("GPL-") || id.starts_with("GFDL");
    if gnu
        && [&said, &known]
            .iter()
            .all(|words| words.iter().all(|word| ADDRESS.contains(word)))
    {
        return Weight::Harmless;
    }
    if said.len() == known.len()
        && said.len() <= 2
        && said.iter().zip(&known).all(|(a, b)| is_typo(a, b))
    {
        return Weight::Typo;
    }
    Weight::Altering
}

/// The rest of a copyright line that was wrapped, or nothing.
fn is_rest_of_notice(words: &Words, range: &Range<usize>) -> bool {
    let said: Vec<&str> = range.clone().map(|index| words.text(index)).collect();
    let unreserved = said.join(" ").replace("all rights reserved", "");
    range.len() <= 30
        && words.items()[range.clone()]
            .iter()
            .all(|word| word.after_notice)
        && !unreserved.split(' ').any(|word| CHARGED.contains(word))
}

/// Both sides without articles, and without list numbers when only one side has any: two numbers are compared.
fn visible<'words>(
    text: &'words Words,
    reference: &'words Words,
    difference: &Difference,
) -> (Vec<&'words str>, Vec<&'words str>) {
    let numbered = |words: &Words, range: &Range<usize>| {
        words.items()[range.clone()]
            .iter()
            .any(|word| word.enumerator)
    };
    let keep_numbers =
        numbered(text, &difference.text) && numbered(reference, &difference.reference);
    let side = |words: &'words Words, range: &Range<usize>| -> Vec<&'words str> {
        range
            .clone()
            .filter(|&index| keep_numbers || !words.items()[index].enumerator)
            .map(|index| words.text(index))
            .filter(|word| !NOISE.contains(word))
            .collect()
    };
    (
        side(text, &difference.text),
        side(reference, &difference.reference),
    )
}

fn is_holder_slot(length: usize, known: &[&str]) -> bool {
    length <= 700
        && known.iter().any(|word| HOLDER_CORE.contains(word))
        && known
            .iter()
            .all(|word| HOLDER.contains(word) || ["and", "or", "of"].contains(word))
}

/// A copyright statement that wrapping drew into a paragraph, or nothing.
fn is_statement(words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    let year = |word: &&str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let dated = words.iter().any(year);
    let marked = words.contains(&"copyright") || words.contains(&"copr") || words[0] == "c";
    let reserved = ["rights", "reserved", "all"];
    let form = [
        "copyright",
        "c",
        "year",
        "yyyy",
        "your",
        "name",
        "of",
        "author",
        "holder",
        "holders",
        "owner",
        "fullname",
    ];
    if words.iter().all(|word| form.contains(word)) {
        return true;
    }
    words.len() <= 60
        && words
            .iter()
            .all(|word| reserved.contains(word) || !CHARGED.contains(word))
        && ((marked && dated)
            || words
                .iter()
                .all(|word| reserved.contains(word) || year(word))
            || words == ["copyright"])
}

fn is_typo(said: &str, known: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (said.chars().collect(), known.chars().collect());
    if a.len().min(b.len()) < 6 || a[0] != b[0] || a.iter().chain(&b).any(char::is_ascii_digit) {
        return false;
    }
    if CHARGED.contains(said) || CHARGED.contains(known) {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..]
        .iter()
        .rev()
        .zip(b[head..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (left, right) = (a.len() - head - tail, b.len() - head - tail);
    left.max(right) <= 1
        || (left == 2 && right == 2 && a[head] == b[head + 1] && a[head + 1] == b[head])
}
