// SPDX-License-Identifier: EUPL-1.2
//! Which differences from a known text leave the licence what it is: holders, dates, addresses of the Free Software
//! Foundation, spelling. Every other difference alters it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

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

/// Words that make any difference matter.
static CHARGED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    "not no non nor never neither none cannot only solely except unless without commercial noncommercial commercially \
     military weapon weapons patent patents must shall may should prohibited prohibit forbidden restricted restriction \
     restrictions revocable terminate terminates fee fees royalty royalties pay payment sell sold permission permitted \
     consent approval required require requires provided additional condition conditions term terms clause any all use \
     used modify modified distribute distributed redistribute copy notify disclose publish evil good ethical \
     ne pas sans sauf uniquement seulement interdit interdite interdits commercial commerciale commerciales commerciaux \
     militaire militaires brevet brevets doit doivent peut peuvent autorisation condition clause jamais aucun aucune \
     redevance"
        .split_whitespace()
        .collect()
});

/// Words that name a holder in a published text.
const HOLDER: [&str; 22] = [
    "author",
    "authors",
    "company",
    "contributor",
    "contributors",
    "copyright",
    "foundation",
    "holder",
    "holders",
    "inc",
    "name",
    "names",
    "organization",
    "organizations",
    "owner",
    "owners",
    "regents",
    "university",
    "california",
    "project",
    "its",
    "their",
];

const HOLDER_CORE: [&str; 11] = [
    "author",
    "authors",
    "contributor",
    "contributors",
    "holder",
    "holders",
    "organization",
    "owner",
    "owners",
    "regents",
    "company",
];

const NOISE: [&str; 10] = ["the", "a", "an", "s", "l", "d", "le", "la", "les", "de"];

/// Words of the addresses that the Free Software Foundation has had.
const ADDRESS: [&str; 29] = [
    "59",
    "51",
    "675",
    "31",
    "temple",
    "place",
    "suite",
    "330",
    "500",
    "franklin",
    "st",
    "street",
    "fifth",
    "floor",
    "boston",
    "ma",
    "mass",
    "ave",
    "02111",
    "1307",
    "1301",
    "02110",
    "1335",
    "02139",
    "cambridge",
    "usa",
    "milk",
    "960789",
    "02196",
];

/// What the publishers' own variants have, as `(known, copy)`, without articles.
const VARIANTS: [(&str, &str); 16] = [
    ("", "including next paragraph"),
    ("", "gnu general public license"),
    ("gnu lesser general public license", ""),
    ("its", "other"),
    ("its", ""),
    ("library", "lesser"),
    ("lesser", "library"),
    ("expressed", "express"),
    ("express", "expressed"),
    ("non infringement", "noninfringement"),
    ("sub license", "sublicense"),
    ("rights", "right"),
    ("https", "http"),
    ("", "r"),
    ("", "tm"),
    ("work s", "works"),
];

/// Words looked at beyond a missing beginning or end.
const MARGIN: usize = 24;

/// Product of lengths up to which what fell away is compared.
const MOST_ASIDE: usize = 60_000;

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
    let mut typos = 0;
    for difference in &alignment.differences {
        let is_outside = difference.reference.end <= operative.start
            || difference.reference.start >= operative.end;
        if is_outside && !restricts(text, difference) {
            harmless += 1;
            continue;
        }
        match weigh(id, text, reference, difference) {
            Weight::Harmless => harmless += 1,
            Weight::Typo if typos < 3 => typos += 1,
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
        Verdict::Plain(harmless + typos * 3)
    }
}

/// Whether the difference comes from lines that break elsewhere: what fell away as a copyright line or a list number on
/// one side stands as words on the other.
fn is_broken_elsewhere(text: &Words, reference: &Words, difference: &Difference) -> bool {
    let said = text.with_asides(difference.text.clone());
    let known = reference.with_asides(difference.reference.clone());
    let pairs = pairs(&said, &known);
    (0..said.len()).all(|at| !said[at].1 || pairs.iter().any(|pair| pair.0 == at))
        && is_all_paired(&known, &pairs)
}

/// Which side of a text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Whether the words `missing` of the known text stand in `around`, some of them where they fell away, with nothing
/// between them and the rest.
fn fell_away(
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
    let is_form = |words: &Words, range: &Range<usize>| {
        words.items()[range.clone()]
            .iter()
            .any(|word| word.placeholder)
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

#[cfg(test)]
mod tests {
    use super::super::align::{Stretch, align};
    use super::super::normalise::words;
    use super::*;

    const KNOWN: &str = "Copyright holders permit redistribution and use in source and binary forms, with or without \
        modification, are permitted provided that redistributions retain the notice. Neither the name of the copyright \
        holder nor the names of its contributors may be used to endorse products derived from this software without \
        prior written permission of the licensor.";

    fn verdict(from: &str, to: &str) -> Verdict {
        assert!(KNOWN.contains(from), "{from}");
        let known = Known::new("BSD-3-Clause", KNOWN);
        let text = words(&KNOWN.replacen(from, to, 1));
        let found = align(&Stretch::new(&text, 0..text.len()), &known, 0).unwrap();
        judge("BSD-3-Clause", &text, &known, &found)
    }

    #[test]
    fn a_named_holder_is_harmless() {
        assert!(matches!(
            verdict(
                "the copyright holder nor",
                "the Ministère de la Culture nor"
            ),
            Verdict::Plain(_)
        ));
    }

    #[test]
    fn spelling_is_harmless() {
        assert!(matches!(
            verdict("modification", "modificaton"),
            Verdict::Plain(_)
        ));
        assert!(matches!(verdict("licensor", "licencor"), Verdict::Plain(_)));
    }

    #[test]
    fn a_torn_word_is_harmless() {
        assert!(matches!(
            verdict("endorse products", "endor se pro ducts"),
            Verdict::Plain(_)
        ));
        assert!(matches!(
            verdict("source and", "s ource and"),
            Verdict::Plain(_)
        ));
    }

    #[test]
    fn altered_sense_is_seen() {
        for (from, to) in [
            ("with or without", "without"),
            ("are permitted", "are not permitted"),
            ("and use in", "and non-commercial use in"),
            ("retain the notice.", "retain the notice. You must pay."),
            ("prior written", "oral"),
            ("source and binary", "source"),
        ] {
            assert!(
                matches!(verdict(from, to), Verdict::Altered(_)),
                "{from} → {to}"
            );
        }
    }
}
