// SPDX-License-Identifier: EUPL-1.2
//! A licence file to what it grants: which licences, whether they were altered, who holds the rights.

use std::ops::Range;

use super::align::{Alignment, Stretch, align};
use super::holders::{self, Holder};
use super::leftover::{self, Versions};
use super::normalise::{Words, words};
use super::notice;
use super::texts::{Known, Reference, SHORTER, id_of_hash, library, published};
use super::tolerance::{Verdict, judge};

/// How a licence was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The normalised text is the published one, word for word.
    ExactHash,
    /// The text differs from the published one in harmless places, or was altered.
    Similarity,
    /// A statement names the licence without its text.
    Notice,
    /// An `SPDX-License-Identifier` line.
    Header,
}

/// One licence found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// SPDX expression of this part alone.
    pub expression: String,
    /// Certainty in permille, 0 to 1000.
    pub confidence: u16,
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// How it was recognised.
    pub method: Method,
    /// Whether words with a meaning were changed, added or removed inside.
    pub is_altered: bool,
    /// Whether a heading before it gives it to the software of others.
    pub is_third_party: bool,
}

/// Text that belongs to no match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remainder {
    /// First line, from 1.
    pub line: u32,
    /// The text as written.
    pub text: String,
}

/// What a licence file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextIdentification {
    /// Every licence found, in order of lines.
    pub parts: Vec<Match>,
    /// SPDX expression of the whole; `None` when nothing is granted or nothing was recognised. For a modified text it
    /// names the licence that was altered: look at `is_modified` first.
    pub expression: Option<String>,
    /// Whether restrictions were added or terms altered: the text is not the plain licence.
    pub is_modified: bool,
    /// The sentence that restricts, folded, when one was found around the licence.
    pub restriction: Option<String>,
    /// Whether a copyright notice was left as a form to fill in (`[year] [fullname]`).
    pub is_placeholder_unfilled: bool,
    /// Holders that copyright lines name.
    pub holders: Vec<Holder>,
    /// What is left after the matches.
    pub remainder: Vec<Remainder>,
}

/// Fewest words that may be a licence text.
const SHORTEST: usize = 12;

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

/// A notice longer than this many words is no mere notice.
const LONGEST_NOTICE: usize = 500;

/// Texts longer than this carry copyright lines of their own; in shorter ones the head is the holder's.
const SHORT_LICENCE: usize = 700;

/// Identifies the licences of a licence file.
pub fn identify_text(text: &str) -> TextIdentification {
    let words = words(text);
    let mut found = Vec::new();
    if words.len() >= SHORTEST {
        let start = words.body_start();
        if let Some(id) = id_of_hash(&words.digest(start..words.len())) {
            found.push(Found::exact(id, start..words.len()));
        } else {
            search(&words, 0..words.len(), &mut found);
        }
    }
    found.sort_by_key(|part| part.range.start);
    if found.is_empty() {
        return from_notice(text, &words);
    }
    describe(text, &words, &found)
}

/// Identifies a licence file by its text and its path: in the REUSE layout the name of a file under `LICENSES/` tells
/// `-only` from `-or-later`, which no GNU text does.
pub fn identify_licence_file(path: &str, text: &str) -> TextIdentification {
    let mut out = identify_text(text);
    let named = id_of_path(path);
    if let (Some(named), [part]) = (named, out.parts.as_mut_slice())
        && named
            .strip_prefix(part.expression.as_str())
            .is_some_and(|rest| rest == "-only" || rest == "-or-later")
    {
        named.clone_into(&mut part.expression);
        out.expression = Some(named.to_owned());
    }
    out
}

/// The SPDX identifier that a file under `LICENSES/` has as its name.
pub fn id_of_path(path: &str) -> Option<&'static str> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = folder.rsplit('/').next().unwrap_or(folder);
    if !folder.eq_ignore_ascii_case("licenses") && !folder.eq_ignore_ascii_case("licences") {
        return None;
    }
    let stem = name
        .strip_suffix(".txt")
        .or_else(|| name.strip_suffix(".md"))
        .unwrap_or(name);
    let stem = stem
        .strip_prefix("LICENSE.")
        .or_else(|| stem.strip_prefix("LICENSE-"))
        .unwrap_or(stem);
    super::names::canonical_id(stem)
}

#[derive(Debug, Clone)]
struct Found {
    id: &'static str,
    range: Range<usize>,
    length: usize,
    is_exception: bool,
    verdict: Verdict,
    confidence: u16,
    method: Method,
}

impl Found {
    fn exact(id: &'static str, range: Range<usize>) -> Self {
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
fn search(words: &Words, range: Range<usize>, found: &mut Vec<Found>) {
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
fn copy(text: &Stretch<'_>) -> Option<Found> {
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
fn nearest(text: &Stretch<'_>) -> Option<Found> {
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

fn describe(text: &str, words: &Words, found: &[Found]) -> TextIdentification {
    let remainder = remainders(text, words, found);
    let around: String = remainder
        .iter()
        .map(|r| r.text.as_str())
        .collect::<Vec<_>>()
        .join("\n\n");
    let restriction =
        leftover::restriction(&around).or_else(|| leftover::declares_itself_modified(text));
    let versions = leftover::versions(&around);
    let mut parts: Vec<Match> = Vec::new();
    for (at, part) in found.iter().enumerate() {
        if part.is_exception {
            // an exception belongs to the licence before it
            if let Some(base) = parts
                .last_mut()
                .filter(|base| !base.expression.contains(" WITH "))
            {
                base.expression = format!("{} WITH {}", base.expression, part.id);
                base.lines.1 = line_at(words, part.range.end - 1);
                base.is_altered |= matches!(part.verdict, Verdict::Altered(_));
            }
            continue;
        }
        let before = text_between(
            text,
            words,
            at.checked_sub(1).map(|before| &found[before]),
            part,
        );
        let later_parts_are_foreign = parts.last().is_some_and(|part| part.is_third_party);
        parts.push(Match {
            expression: qualified(part.id, versions),
            confidence: part.confidence,
            lines: (
                line_at(words, part.range.start),
                line_at(words, part.range.end - 1),
            ),
            method: part.method,
            is_altered: matches!(part.verdict, Verdict::Altered(_)),
            is_third_party: !parts.is_empty()
                && (later_parts_are_foreign || leftover::announces_third_parties(before)),
        });
    }
    let mut own: Vec<&str> = Vec::new();
    for part in parts.iter().filter(|part| !part.is_third_party) {
        if !own.contains(&part.expression.as_str()) {
            own.push(&part.expression);
        }
    }
    let operator = if own.len() > 1 && leftover::offers_choice(&around) {
        " OR "
    } else {
        " AND "
    };
    TextIdentification {
        expression: (!own.is_empty()).then(|| own.join(operator)),
        is_modified: restriction.is_some()
            || parts
                .iter()
                .any(|part| part.is_altered && !part.is_third_party),
        restriction,
        is_placeholder_unfilled: has_form(text, words, found),
        holders: own_holders(text, found),
        parts,
        remainder,
    }
}

/// A GNU identifier with what the text says of later versions.
fn qualified(id: &str, versions: Option<Versions>) -> String {
    let gnu = ["GPL-", "LGPL-", "AGPL-", "GFDL-"]
        .iter()
        .any(|family| id.starts_with(family));
    match versions {
        Some(Versions::OrLater) if gnu => format!("{id}-or-later"),
        Some(Versions::Only) if gnu => format!("{id}-only"),
        _ => id.to_owned(),
    }
}

fn line_at(words: &Words, index: usize) -> u32 {
    words.items().get(index).map_or(1, |word| word.line)
}

fn text_between<'text>(
    text: &'text str,
    words: &Words,
    before: Option<&Found>,
    part: &Found,
) -> &'text str {
    let start = before.map_or(0, |found| words.items()[found.range.end - 1].end as usize);
    let end = words.items()[part.range.start].offset as usize;
    text.get(start..end).unwrap_or_default()
}

fn remainders(text: &str, words: &Words, found: &[Found]) -> Vec<Remainder> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut cut = |start: usize, end: usize| {
        let Some(piece) = text.get(start..end) else {
            return;
        };
        let trimmed = piece.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let lead = piece.len() - piece.trim_start().len();
            out.push(Remainder {
                line: crate::model::text::line_of(text, start + lead),
                text: trimmed.to_owned(),
            });
        }
    };
    for part in found {
        cut(start, words.items()[part.range.start].offset as usize);
        start = words.items()[part.range.end - 1].end as usize;
    }
    cut(start, text.len());
    out
}

/// Whether `line` belongs to the body of a long licence, whose copyright lines are the steward's or a model.
fn in_long_licence(words: &Words, found: &[Found], line: u32) -> bool {
    found.iter().any(|part| {
        part.length > SHORT_LICENCE
            && (line_at(words, part.range.start)..=line_at(words, part.range.end - 1))
                .contains(&line)
    })
}

/// The holders of the work: a copyright line that the published text has too is the steward's.
fn own_holders(text: &str, found: &[Found]) -> Vec<Holder> {
    let theirs: Vec<Holder> = found
        .iter()
        .flat_map(|part| published(part.id))
        .flat_map(holders::copyright_holders)
        .collect();
    holders::copyright_holders(text)
        .into_iter()
        .filter(|holder| theirs.iter().all(|other| other.text != holder.text))
        .collect()
}

fn has_form(text: &str, words: &Words, found: &[Found]) -> bool {
    text.lines().zip(1_u32..).any(|(line, number)| {
        matches!(holders::statement(line), Some((_, true)))
            && !in_long_licence(words, found, number)
    })
}

/// A file without a known text: short notices such as « Scripts are under the ISC licence », headers.
fn from_notice(text: &str, words: &Words) -> TextIdentification {
    let mut out = TextIdentification {
        holders: holders::copyright_holders(text),
        ..TextIdentification::default()
    };
    if words.is_empty() || words.len() > LONGEST_NOTICE {
        return out;
    }
    let said = notice::identify_licence_notice(text);
    if let Some(restriction) = leftover::restriction(text)
        && said.expression.is_some()
    {
        out.is_modified = true;
        out.restriction = Some(restriction);
    }
    out.parts = said
        .statements
        .iter()
        .map(|statement| Match {
            expression: statement.expression.clone(),
            confidence: statement.confidence,
            lines: (statement.line, statement.line),
            method: if statement.source == notice::Source::Header {
                Method::Header
            } else {
                Method::Notice
            },
            is_altered: false,
            is_third_party: false,
        })
        .collect();
    out.expression = said.expression;
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(id: &str) -> &'static str {
        super::published(id).next().unwrap()
    }

    fn mit() -> String {
        published("MIT").replace("<year> <copyright holders>", "2018 Ministère de la Culture")
    }

    #[test]
    fn a_published_text_is_recognised_by_its_hash() {
        let found = identify_text(&mit());
        assert_eq!(found.expression.as_deref(), Some("MIT"));
        assert_eq!(found.parts[0].method, Method::ExactHash);
        assert!(!found.is_modified && !found.is_placeholder_unfilled);
        assert_eq!(found.holders[0].text, "Ministère de la Culture");
        assert_eq!(found.holders[0].line, 3);
    }

    #[test]
    fn a_copy_is_what_the_whole_search_finds() {
        let mut copies = 0;
        for (id, text, _) in super::super::texts::classes() {
            let words = words(text);
            let stretch = Stretch::new(&words, 0..words.len());
            let Some(found) = copy(&stretch) else {
                continue;
            };
            copies += 1;
            let nearest = nearest(&stretch).unwrap();
            assert_eq!(
                (found.id, &found.range),
                (nearest.id, &nearest.range),
                "{id}"
            );
        }
        assert!(copies >= 10, "{copies}");
    }

    #[test]
    fn the_rest_is_found_by_similarity() {
        let text = format!(
            "# Licence\n\nCe dépôt est sous licence MIT, à l'exception de la fonte.\n\n{}",
            mit()
        );
        let found = identify_text(&text);
        assert_eq!(found.expression.as_deref(), Some("MIT"));
        assert_eq!(found.parts[0].method, Method::Similarity);
        assert!(!found.is_modified, "{:?}", found.restriction);
        assert!(found.remainder[0].text.contains("fonte"));
    }

    #[test]
    fn gnu_texts_alone_do_not_tell_later_versions() {
        let text = published("AGPL-3.0");
        assert_eq!(identify_text(text).expression.as_deref(), Some("AGPL-3.0"));
        assert!(
            !identify_text(text).is_placeholder_unfilled,
            "the appendix is no form to fill"
        );
        assert!(identify_text(text).holders.is_empty());
        let later = format!(
            "This program is free software, under the GNU Affero General Public License, either version 3 of the \
             License, or (at your option) any later version.\n\n{text}"
        );
        assert_eq!(
            identify_text(&later).expression.as_deref(),
            Some("AGPL-3.0-or-later")
        );
        let only = format!("Released under the GNU AGPL version 3 only.\n\n{text}");
        assert_eq!(
            identify_text(&only).expression.as_deref(),
            Some("AGPL-3.0-only")
        );
    }

    #[test]
    fn the_name_of_a_reuse_file_tells_later_versions() {
        let text = published("GPL-3.0");
        for (path, expected) in [
            ("LICENSES/GPL-3.0-or-later.txt", "GPL-3.0-or-later"),
            ("LICENSES/GPL-3.0-only.txt", "GPL-3.0-only"),
            ("LICENSES/AGPL-3.0-only.txt", "GPL-3.0"),
            ("LICENSE", "GPL-3.0"),
        ] {
            assert_eq!(
                identify_licence_file(path, text).expression.as_deref(),
                Some(expected),
                "{path}"
            );
        }
    }

    #[test]
    fn the_lgpl_is_known_alone_and_with_the_gpl() {
        let both = published("LGPL-3.0");
        let alone = &both[..both.find("GNU GENERAL PUBLIC LICENSE").unwrap()];
        assert_eq!(identify_text(alone).expression.as_deref(), Some("LGPL-3.0"));
        assert_eq!(identify_text(both).expression.as_deref(), Some("LGPL-3.0"));
    }

    #[test]
    fn a_holder_in_the_filled_appendix_counts() {
        let text =
            published("Apache-2.0").replace("[yyyy] [name of copyright owner]", "2019 Ministère X");
        let found = identify_text(&text);
        assert_eq!(found.expression.as_deref(), Some("Apache-2.0"));
        assert!(!found.is_modified);
        assert_eq!(found.holders.len(), 1);
        assert_eq!(found.holders[0].text, "Ministère X");
    }

    #[test]
    fn altered_texts_are_modified() {
        let mit = mit();
        for text in [
            mit.replace("free of charge", "for a fee"),
            mit.replace("to any person obtaining", "to any natural person not in business obtaining"),
            mit.replace("THE SOFTWARE IS PROVIDED", "The Software shall not be used for military purposes.\n\nTHE SOFTWARE IS PROVIDED"),
            format!("{mit}\nNon-commercial use only.\n"),
            format!("{mit}\nAdditional terms: you must notify the author.\n"),
            format!("\"Commons Clause\" License Condition v1.0\n\n{mit}"),
            mit.replace("The above copyright notice and this permission notice shall be included in all copies or substantial\nportions of the Software.", "You shall sing."),
        ] {
            assert_ne!(text, mit);
            let found = identify_text(&text);
            assert!(found.is_modified || found.expression.is_none(), "{text}");
        }
    }

    #[test]
    fn forms_left_unfilled_are_seen() {
        assert!(identify_text(published("MIT")).is_placeholder_unfilled);
        assert!(identify_text(published("BSD-3-Clause")).is_placeholder_unfilled);
        assert!(
            identify_text(&mit().replace("2018 Ministère de la Culture", "[year] [fullname]"))
                .is_placeholder_unfilled
        );
        for id in ["GPL-3.0", "AGPL-3.0", "Apache-2.0"] {
            assert!(
                !identify_text(published(id)).is_placeholder_unfilled,
                "{id}"
            );
        }
    }

    #[test]
    fn two_texts_in_one_file_are_both_granted() {
        let text = format!(
            "{}\n\n====\n\n{}",
            published("GPL-2.0"),
            published("CECILL-2.1")
        );
        assert_eq!(
            identify_text(&text).expression.as_deref(),
            Some("GPL-2.0 AND CECILL-2.1")
        );
        let text = format!(
            "Dual licensed, at your option:\n\n{}\n\n{}",
            mit(),
            published("Apache-2.0")
        );
        assert_eq!(
            identify_text(&text).expression.as_deref(),
            Some("MIT OR Apache-2.0")
        );
        let text = format!(
            "{}\n\nThird-party software\n\n{}",
            mit(),
            published("Apache-2.0")
        );
        let found = identify_text(&text);
        assert_eq!(found.expression.as_deref(), Some("MIT"));
        assert!(found.parts[1].is_third_party);
    }

    #[test]
    fn short_notices_are_read_and_noise_is_not() {
        assert_eq!(
            identify_text("Readmes under [CC BY 3.0](http://creativecommons.org/licenses/by/3.0/).\n\nShell scripts under ISC License.\n")
                .expression
                .as_deref(),
            Some("CC-BY-3.0 AND ISC")
        );
        for text in [
            "",
            "   \n",
            "This file is covered by copyright.\n",
            "TODO",
            "2004 Someone, Institute\nWeb page: http://x.example\n",
        ] {
            assert_eq!(identify_text(text).expression, None, "{text}");
        }
    }

    #[test]
    fn hostile_text_ends() {
        let long = "a ".repeat(300_000);
        assert_eq!(identify_text(&long).expression, None);
        let nested = "(".repeat(100_000);
        assert_eq!(identify_text(&nested).expression, None);
        let repeated = mit().repeat(300);
        assert_eq!(identify_text(&repeated).expression.as_deref(), Some("MIT"));
    }
}
