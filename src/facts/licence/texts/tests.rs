// SPDX-License-Identifier: EUPL-1.2
//! The tables beside the texts are those of the texts.

use spdx::text::LICENSE_TEXTS;

use super::sought::{sampled_shingles, step};
use super::store::classes;

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
