// SPDX-License-Identifier: EUPL-1.2
//! Tests over many texts: every known licence in disguise, with altered clauses, in other encodings, and the shared cases.

mod disguise;
mod mutate;

use self::disguise::{filled, published_classes, variants};
use self::mutate::{is_operative, mutations};
use super::texts::classes;
use super::{identify_licence_file, identify_readme, identify_text};

/// One text in so many: a sample in a debug build, every class in a release build.
const SAMPLE: usize = if cfg!(debug_assertions) { 50 } else { 1 };

const COMMON: [&str; 14] = [
    "MIT",
    "Apache-2.0",
    "GPL-3.0",
    "AGPL-3.0",
    "LGPL-3.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CECILL-2.1",
    "CECILL-B",
    "CECILL-C",
    "EUPL-1.2",
    "MPL-2.0",
    "etalab-2.0",
    "CC-BY-SA-4.0",
];

fn sample(every: usize) -> Vec<(&'static str, &'static str)> {
    classes()
        .into_iter()
        .filter(|(_, text, is_exception)| !is_exception && text.split_whitespace().count() >= 40)
        // a modified Apache licence by its own title; the same words as another identifier in use; two texts in one;
        // one that begins with the whole of another
        .filter(|(id, _, _)| !["Pixar", "StandardML-NJ", "Nunit", "Latex2e"].contains(id))
        .filter(|(id, text, _)| *id != "LGPL-3.0" || text.len() < 20_000)
        .enumerate()
        .filter(|(at, (id, _, _))| at % every == 0 || COMMON.contains(id))
        .map(|(_, (id, text, _))| (id, text))
        .collect()
}

/// Of every so many classes: how many, and those that are misread in some disguise, with the disguises.
///
/// Of all, five are: two exceptions by older names, a text that names no licence, one that calls itself modified, and
/// one whose holder stands twice before the grant.
fn misread(every: usize) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (at, (ids, text)) in published_classes().into_iter().enumerate() {
        if at % every != 0 && !ids.iter().any(|id| COMMON.contains(id)) {
            continue;
        }
        count += 1;
        let misread: Vec<String> = variants(&filled(text))
            .into_iter()
            .filter_map(|(disguise, text)| {
                let found = identify_text(&text);
                let right = !found.is_modified
                    && found
                        .expression
                        .is_some_and(|said| ids.iter().any(|id| id.trim_end_matches('+') == said));
                (!right).then(|| disguise.to_owned())
            })
            .collect();
        if !misread.is_empty() {
            wrong.push(format!("{}: {}", ids.join(" "), misread.join(", ")));
        }
    }
    (count, wrong)
}

fn passed_as_plain(every: usize) -> (usize, Vec<String>) {
    let mut count = 0;
    let mut passed = Vec::new();
    for (seed, (id, text)) in (1..).zip(sample(every)) {
        let text = filled(text);
        for (what, mutated) in mutations(&text, seed) {
            let is_sentence = what.contains(':') || what.starts_with("appended");
            if !is_sentence && !is_operative(id, &text, &mutated) {
                continue;
            }
            count += 1;
            let found = identify_text(&mutated);
            // without a clause some licences are others
            let is_plain = match found.expression.as_deref() {
                Some(said) => !found.is_modified && (said == id || !what.starts_with("without")),
                None => false,
            };
            if is_plain {
                passed.push(format!("{id} {what}: {:?}", found.expression));
            }
        }
    }
    (count, passed)
}

#[test]
#[expect(clippy::print_stdout, reason = "a run gives its figures")]
fn disguised_texts_are_recognised() {
    let (count, wrong) = misread(SAMPLE);
    println!("{} of {count} classes: {wrong:#?}", wrong.len());
    assert!(
        wrong.len() <= count.div_ceil(100),
        "{} of {count}: {wrong:#?}",
        wrong.len()
    );
}

#[test]
#[expect(clippy::print_stdout, reason = "a run gives its figures")]
fn altered_texts_never_pass_as_plain() {
    let (count, passed) = passed_as_plain(SAMPLE);
    println!("{} of {count} pass as plain", passed.len());
    assert!(
        count >= 200 && passed.is_empty(),
        "{} of {count}: {passed:#?}",
        passed.len()
    );
}

/// `text` as bytes in the encodings that are met.
fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let wide = |mark: &[u8], split: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.iter()
            .copied()
            .chain(units.iter().flat_map(|&unit| split(unit)))
            .collect()
    };
    let narrow = |quote: u8| -> Vec<u8> {
        text.chars()
            .filter_map(|c| match c {
                '’' => Some(quote),
                'œ' => Some(if quote == 0x92 { 0x9c } else { b'o' }),
                c => u8::try_from(u32::from(c)).ok(),
            })
            .collect()
    };
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        (
            "UTF-8 with its mark",
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        ),
        ("UTF-16 LE", wide(b"\xff\xfe", u16::to_le_bytes)),
        ("UTF-16 BE", wide(b"\xfe\xff", u16::to_be_bytes)),
        ("UTF-16 LE without a mark", wide(b"", u16::to_le_bytes)),
        ("UTF-16 BE without a mark", wide(b"", u16::to_be_bytes)),
        ("Latin-1", narrow(b'\'')),
        ("Windows-1252", narrow(0x92)),
    ]
}

#[test]
fn every_encoding_gives_the_same_answer() {
    for (id, text, _) in classes() {
        if !["MIT", "CECILL-2.1", "CECILL-B", "etalab-2.0", "EUPL-1.2"].contains(&id) {
            continue;
        }
        let text = filled(text);
        for (encoding, bytes) in encodings(&text) {
            let decoded = crate::model::text::decode(&bytes).unwrap_or_default();
            let found = identify_text(&decoded);
            assert_eq!(found.expression.as_deref(), Some(id), "{id} {encoding}");
            assert!(!found.is_modified, "{id} {encoding}");
        }
    }
    let readme = "# Éléments\n\n## Licence\n\nLes données sont publiées sous « Licence Ouverte 2.0 » de l’État.\n";
    for (encoding, bytes) in encodings(readme) {
        let decoded = crate::model::text::decode(&bytes).unwrap_or_default();
        let said = identify_readme(&decoded).expression;
        assert_eq!(said.as_deref(), Some("etalab-2.0"), "{encoding}");
    }
}

/// The folder of labelled cases, when this checkout stands beside it.
fn cases() -> Option<std::path::PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared/data/licences", "../../shared/data/licences"]
        .iter()
        .map(|path| root.join(path))
        .find(|path| path.join("expected.tsv").exists())
}

/// The identifiers of an expression, sorted; GNU suffixes dropped when `bare`.
fn terms(expression: &str, bare: bool) -> Vec<String> {
    let mut out: Vec<String> = expression
        .replace(['(', ')'], " ")
        .split(" AND ")
        .flat_map(|part| part.split(" OR "))
        .map(|part| {
            let part = part.trim().to_lowercase();
            if bare {
                part.trim_end_matches("-or-later")
                    .trim_end_matches("-only")
                    .to_owned()
            } else {
                part
            }
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

fn accepts(expected: &str, said: &str) -> bool {
    let choices: Vec<&str> = expected.split('|').collect();
    choices.iter().any(|choice| {
        let suffixed = choice.contains("-only") || choice.contains("-or-later");
        terms(choice, false) == terms(said, false)
            || (!suffixed || choices.len() > 1) && terms(choice, true) == terms(said, true)
    })
}

#[test]
#[expect(clippy::disallowed_methods, reason = "labelled files of a known size")]
#[expect(
    clippy::print_stdout,
    reason = "a skip says why, a run gives its figures"
)]
fn labelled_files_are_read_without_error() {
    let Some(folder) = cases() else {
        println!("skipped: the shared licence cases are not beside this checkout");
        return;
    };
    let table = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let (mut exact, mut silent, mut wrong) = ([0, 0], [0, 0], Vec::new());
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (case, expected) = (cells[0], cells[5]);
        let text =
            crate::model::text::decode(&std::fs::read(folder.join("files").join(case)).unwrap())
                .unwrap();
        let name = case.rsplit('/').next().unwrap().to_lowercase();
        let kind = usize::from(name.starts_with("readme"));
        let said = if kind == 1 {
            identify_readme(&text).expression
        } else {
            let found = identify_licence_file(case, &text);
            match expected {
                "other" | "NONE" => found.expression.filter(|_| !found.is_modified),
                _ => found.expression.map(|said| {
                    if found.is_modified {
                        format!("{said} modified")
                    } else {
                        said
                    }
                }),
            }
        };
        match (expected, said) {
            ("other" | "NONE", None) => exact[kind] += 1,
            (_, None) => silent[kind] += 1,
            (expected, Some(said)) if accepts(expected, &said) => exact[kind] += 1,
            // a fixture of a folder with several files: this one is the published MPL 2.0, word for word
            ("other", Some(said)) if said == "MPL-2.0" => exact[kind] += 1,
            (expected, Some(said)) => {
                wrong.push(format!("{case}: expected {expected}, said {said}"));
            }
        }
    }
    println!(
        "licence files: {} exact, {} silent; READMEs: {} exact, {} silent; wrong {}",
        exact[0],
        silent[0],
        exact[1],
        silent[1],
        wrong.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        exact[0] * 100 >= (exact[0] + silent[0]) * 98,
        "licence files"
    );
    assert!(exact[1] * 100 >= (exact[1] + silent[1]) * 92, "READMEs");
}
