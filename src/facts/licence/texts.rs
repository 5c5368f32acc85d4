// SPDX-License-Identifier: EUPL-1.2
//! The licence texts that are known: those of the `spdx` crate and the few that it lacks, and an index to find them.
//!
//! Texts that are identical form one class under its first identifier, so a GNU text is known as `GPL-3.0`, never as
//! `-only` or `-or-later`: the text cannot tell.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use spdx::text::{EXCEPTION_TEXTS, LICENSE_TEXTS};

use super::align::{Anchors, Stretch, anchors};
use super::normalise::{SHINGLE, Words, shingle, words};

/// Official texts that the crate lacks; `texts/README.md` tells where each comes from.
const OWN_TEXTS: [(&str, &str); 8] = [
    ("CECILL-1.0", include_str!("texts/CECILL-1.0.en.txt")),
    ("CECILL-2.0", include_str!("texts/CECILL-2.0.fr.txt")),
    ("CECILL-2.1", include_str!("texts/CECILL-2.1.fr.txt")),
    ("CECILL-B", include_str!("texts/CECILL-B.fr.txt")),
    ("CECILL-C", include_str!("texts/CECILL-C.fr.txt")),
    ("etalab-2.0", include_str!("texts/etalab-2.0.en.txt")),
    ("etalab-2.0", include_str!("texts/etalab-2.0.fr.txt")),
    ("etalab-2.0", include_str!("texts/etalab-2.0.fr-early.txt")),
];

/// Normalised SHA-256 of the common texts, checked by a test against the texts themselves.
const HASHES: &str = include_str!("texts/hashes.txt");

/// Identifier, number of words and number of sampled shingles of every class of [`classes`], in that order: what tells
/// which texts need not be read. Checked by a test against the texts themselves.
const SIZES: &str = include_str!("texts/sizes.txt");

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

/// The published texts of `id`.
pub(super) fn published(id: &str) -> impl Iterator<Item = &'static str> {
    LICENSE_TEXTS
        .iter()
        .chain(&OWN_TEXTS)
        .filter(move |(known, _)| *known == id)
        .map(|&(_, text)| text)
}

/// Every class of identical texts: identifier, text, whether it is an exception.
pub(super) fn classes() -> Vec<(&'static str, &'static str, bool)> {
    // by length first: texts share long beginnings
    let mut known: BTreeSet<(usize, &'static str)> = BTreeSet::new();
    let mut seen = |text: &'static str| known.insert((text.len(), text));
    let mut out = Vec::new();
    let licences = LICENSE_TEXTS
        .iter()
        // an exception by an older name
        .filter(|(id, _)| *id != "wxWindows")
        .map(|&(id, text)| (id.trim_end_matches('+'), text, false));
    let exceptions = EXCEPTION_TEXTS.iter().map(|&(id, text)| (id, text, true));
    let own = OWN_TEXTS.iter().map(|&(id, text)| (id, text, false));
    for (id, text, is_exception) in licences.chain(own).chain(exceptions) {
        if seen(text) {
            out.push((id, text, is_exception));
        }
        // the crate's LGPL 3.0 carries the GPL behind it; alone it is the LGPL too
        if id == "LGPL-3.0"
            && let Some(end) = text.find("GNU GENERAL PUBLIC LICENSE")
            && seen(&text[..end])
        {
            out.push((id, &text[..end], is_exception));
        }
    }
    out
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

/// Whether so many shingles of a sample make a text worth comparing.
fn is_share(count: usize, sampled: usize) -> bool {
    count * 5 >= sampled && count >= 2
}

/// Shingles of a text, to count those that it shares with known texts.
struct Sought {
    hashes: Vec<u64>,
    /// One bit for the first bits of each hash: most strangers are told by it.
    filter: Vec<u64>,
}

impl Sought {
    /// From hashes in order.
    fn new(hashes: Vec<u64>) -> Self {
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
    fn most(&self, step: u64) -> usize {
        self.hashes
            .iter()
            .filter(|hash| is_in(**hash, step))
            .count()
    }

    fn count(&self, sample: &[u64]) -> usize {
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

fn step(length: usize) -> u64 {
    match length {
        0..=400 => 1,
        401..=2000 => 4,
        _ => 16,
    }
}

fn sampled_shingles(words: &Words, range: Range<usize>, step: u64) -> Vec<u64> {
    let mut out: Vec<u64> = words.items()[range]
        .windows(SHINGLE)
        .map(shingle)
        .filter(|hash| is_in(*hash, step))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Where the operative terms of a known text begin and end, in its words: a preamble before and an appendix after may
/// be left out of a copy.
fn operative_range(id: &str, words: &Words) -> Range<usize> {
    let all = words.join(0..words.len());
    let position = |marker: &str| {
        all.find(marker)
            .map(|at| all[..at].bytes().filter(|&b| b == b' ').count())
    };
    let gnu = ["GPL-", "LGPL-", "AGPL-", "GFDL-"]
        .iter()
        .any(|family| id.starts_with(family));
    let (starts, ends): (&[&str], &[&str]) = if id.starts_with("CC") && !id.starts_with("CC0") {
        (
            &[
                "by exercising the licensed rights",
                "the work as defined below is provided under",
            ],
            &[
                "creative commons is not a party to its public licenses",
                "creative commons is not a party to this license",
                "creative commons notice",
            ],
        )
    } else if id.starts_with("CC0") {
        (&["statement of purpose"], &[])
    } else if gnu || id.starts_with("Apache") {
        (
            &[
                "this version of the gnu lesser",
                "terms and conditions for copying",
                "terms and conditions for use",
                "terms and conditions definitions",
            ],
            &[
                "end of terms and conditions",
                "how to apply these terms",
                "addendum how to use",
                "appendix how to apply",
            ],
        )
    } else if id == "etalab-2.0" {
        (
            &[],
            &["a propos de la license ouverte", "about the open license"],
        )
    } else if id == "Unlicense" {
        (&[], &["for more information please refer"])
    } else if id == "MPL-2.0" {
        (&[], &["exhibit a source code form"])
    } else {
        (&[], &[])
    };
    let start = starts
        .iter()
        .find_map(|marker| position(marker))
        .unwrap_or(0);
    let end = ends
        .iter()
        .filter_map(|marker| position(marker))
        .filter(|&end| end > start)
        .min()
        .unwrap_or(words.len());
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Identifiers whose hashes are kept: the French list and what is common beside it.
    const COMMON: [&str; 46] = [
        "0BSD",
        "AGPL-3.0",
        "Apache-2.0",
        "Artistic-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD-4-Clause",
        "BSL-1.0",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "CC-BY-NC-4.0",
        "CC-BY-NC-ND-4.0",
        "CC-BY-NC-SA-4.0",
        "CC-BY-ND-4.0",
        "CC-BY-SA-3.0",
        "CC-BY-SA-4.0",
        "CC0-1.0",
        "CECILL-1.0",
        "CECILL-1.1",
        "CECILL-2.0",
        "CECILL-2.1",
        "CECILL-B",
        "CECILL-C",
        "EPL-1.0",
        "EPL-2.0",
        "EUPL-1.1",
        "EUPL-1.2",
        "GFDL-1.3",
        "GPL-2.0",
        "GPL-3.0",
        "ISC",
        "LGPL-2.1",
        "LGPL-3.0",
        "MIT",
        "MIT-0",
        "MPL-1.1",
        "MPL-2.0",
        "MS-PL",
        "ODC-By-1.0",
        "ODbL-1.0",
        "OFL-1.1",
        "PDDL-1.0",
        "Unlicense",
        "WTFPL",
        "Zlib",
        "etalab-2.0",
    ];

    #[test]
    fn hashes_are_those_of_the_texts() {
        let mut expected: Vec<String> = classes()
            .into_iter()
            .filter(|(id, _, _)| COMMON.contains(id))
            .map(|(id, text, _)| {
                let words = words(text);
                format!("{} {id}", words.digest(words.body_start()..words.len()))
            })
            .collect();
        expected.sort_by(|a, b| a[65..].cmp(&b[65..]).then(a.cmp(b)));
        expected.dedup();
        let hashes: BTreeSet<&str> = expected.iter().map(|line| &line[..64]).collect();
        assert_eq!(hashes.len(), expected.len(), "two licences share a hash");
        let expected = expected.join("\n") + "\n";
        assert!(
            expected == HASHES,
            "texts/hashes.txt is out of date; it should read:\n{expected}"
        );
    }

    #[test]
    fn sizes_are_those_of_the_texts() {
        let lines: Vec<String> = classes()
            .into_iter()
            .map(|(id, text, _)| {
                let words = words(text);
                let sampled = sampled_shingles(&words, 0..words.len(), step(words.len())).len();
                format!("{id} {} {sampled}", words.len())
            })
            .collect();
        let expected = lines.join("\n") + "\n";
        assert!(
            expected == SIZES,
            "texts/sizes.txt is out of date; it should read:\n{expected}"
        );
    }

    #[test]
    fn identical_texts_are_one_class_under_the_bare_id() {
        let ids: Vec<&str> = classes().into_iter().map(|(id, _, _)| id).collect();
        assert!(ids.contains(&"GPL-3.0"));
        assert!(!ids.contains(&"GPL-3.0-only") && !ids.contains(&"GPL-3.0+"));
        assert!(ids.contains(&"OFL-1.1") && !ids.contains(&"OFL-1.1-RFN"));
        assert!(ids.iter().filter(|&&id| id == "LGPL-3.0").count() >= 2);
    }

    #[test]
    fn candidates_come_best_first() {
        let (_, text) = LICENSE_TEXTS
            .iter()
            .find(|(id, _)| *id == "MIT")
            .copied()
            .unwrap();
        let words = words(text);
        let found = library().candidates(&Stretch::new(&words, 0..words.len()), 60);
        assert!(found.iter().any(|reference| reference.id == "MIT"));
        assert!(found.iter().all(|reference| reference.id != "GPL-3.0"));
    }
}
