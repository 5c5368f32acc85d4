// SPDX-License-Identifier: EUPL-1.2
//! Tests over many texts: every known licence in four disguises, altered clauses, and the shared cases.

use super::texts::classes;
use super::{identify_licence_file, identify_readme, identify_text};
use regex::Regex;

/// One text in so many: a sample in a debug build, every class in a release build.
const SAMPLE: usize = if cfg!(debug_assertions) { 25 } else { 1 };

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

fn filled(text: &str) -> String {
    let form = Regex::new(r"(?i)<(?:year|yyyy|date)s?>|\[(?:year|yyyy)\]").unwrap();
    let name = Regex::new(r"(?i)<(?:copyright holders?|owner|name of author|holder|author|organization|name)>|\[(?:fullname|name of copyright owner)\]").unwrap();
    name.replace_all(&form.replace_all(text, "2019"), "Ministère de la Culture")
        .into_owned()
}

fn wrapped(text: &str, width: usize) -> String {
    text.split("\n\n")
        .map(|paragraph| {
            let mut out = String::new();
            let mut line = 0;
            for word in paragraph.split_whitespace() {
                if line > 0 && line + word.len() > width {
                    out.push('\n');
                    line = 0;
                } else if line > 0 {
                    out.push(' ');
                }
                out.push_str(word);
                line += word.chars().count() + 1;
            }
            out
        })
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn markdown(text: &str) -> String {
    let heading = Regex::new(r"(?m)^([A-Z0-9][A-Z0-9 .]{6,50})$").unwrap();
    let text = heading.replace_all(text, "## $1");
    let item = Regex::new(r"(?m)^\s*(?:\d+\.|\*|-)\s+").unwrap();
    format!("# License\n\n{}", item.replace_all(&text, "- "))
}

fn headed(text: &str) -> String {
    format!(
        "Ministère de la Culture\nProjet exemple\n\nCe dépôt est publié sous la licence suivante.\n\n{text}"
    )
}

fn sample(every: usize) -> Vec<(&'static str, &'static str)> {
    classes()
        .into_iter()
        .filter(|(_, text, is_exception)| !is_exception && text.split_whitespace().count() >= 40)
        // a modified Apache licence by its own title; the same words as another identifier in use
        .filter(|(id, _, _)| !["Pixar", "StandardML-NJ", "Nunit"].contains(id))
        .enumerate()
        .filter(|(at, (id, _, _))| at % every == 0 || COMMON.contains(id))
        .map(|(_, (id, text, _))| (id, text))
        .collect()
}

fn disguises(every: usize) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let sample = sample(every);
    for (id, text) in &sample {
        let filled = filled(text);
        for (disguise, text) in [
            ("wrapped", wrapped(&filled, 60)),
            ("filled", filled.clone()),
            ("markdown", markdown(&filled)),
            ("headed", headed(&filled)),
        ] {
            let found = identify_text(&text);
            if found.expression.as_deref() != Some(id) || found.is_modified {
                wrong.push(format!(
                    "{id} {disguise}: {:?} modified {} {:?}",
                    found.expression, found.is_modified, found.restriction
                ));
            }
        }
    }
    (sample.len() * 4, wrong)
}

fn mutations(text: &str, seed: usize) -> Vec<String> {
    let added = [
        "The software may not be used for commercial purposes.",
        "You must send a copy of every modification to the licensor within thirty days.",
        "Use in military or nuclear facilities is prohibited.",
        "No patent licence is granted by this text.",
        "Toute utilisation commerciale est interdite sans autorisation écrite.",
        "Redistribution requires the written consent of the author.",
    ][seed % 6];
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let middle = paragraphs.len() / 2;
    let mut inserted = paragraphs.clone();
    inserted.insert(middle, added);
    let mut out = vec![
        format!("{text}\n\n{added}\n"),
        format!("{added}\n\n{text}"),
        inserted.join("\n\n"),
    ];
    for (from, to) in [
        (" is granted", " is not granted"),
        (" granted, free of charge", " granted, for a fee"),
        (" without restriction", " with restrictions"),
        (" may ", " may not "),
        (" permitted ", " forbidden "),
        (" grants ", " does not grant "),
        (" gratuit", " payant"),
        (" non-exclusive", " exclusive"),
        (" concède ", " ne concède pas "),
    ] {
        let altered = text.replacen(from, to, 1);
        if altered != text {
            out.push(altered);
        }
    }
    out
}

fn passed_as_plain(every: usize) -> (usize, Vec<String>) {
    let mut count = 0;
    let mut passed = Vec::new();
    for (at, (id, text)) in sample(every).into_iter().enumerate() {
        for (number, mutated) in mutations(&filled(text), at).into_iter().enumerate() {
            count += 1;
            let found = identify_text(&mutated);
            if found.expression.is_some() && !found.is_modified {
                passed.push(format!("{id} mutation {number}: {:?}", found.expression));
            }
        }
    }
    (count, passed)
}

#[test]
fn disguised_texts_are_recognised() {
    let (count, wrong) = disguises(SAMPLE);
    println!("{} of {count}: {wrong:#?}", wrong.len());
    assert!(
        wrong.len() * 50 <= count,
        "{} of {count}: {wrong:#?}",
        wrong.len()
    );
}

#[test]
fn altered_texts_never_pass_as_plain() {
    let (count, passed) = passed_as_plain(SAMPLE);
    assert!(
        count >= 200 && passed.is_empty(),
        "{} of {count}: {passed:#?}",
        passed.len()
    );
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
