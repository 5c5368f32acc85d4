// SPDX-License-Identifier: EUPL-1.2
//! The vectors of the reference parser, when they are beside this repository: its verdict against ours.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::facts::extract::{Inputs, extract};
use crate::facts::key::Theme;
use crate::forge::record::ForgeRecord;
use crate::model::ids::RepositoryId;
use crate::snapshot::MemoryTree;

/// Vectors about logos that are not replayed, with the reason.
const EXCLUDED: [(&str, &str); 3] = [
    (
        "logo_missing_url.yml",
        "only the network tells that the address of a logo leads nowhere",
    ),
    (
        "logo_invalid_png.yml",
        "the logo beside it was not copied, and no picture is opened",
    ),
    (
        "monochromeLogo_invalid_png.yml",
        "the logo beside it was not copied, and no picture is opened",
    ),
];

/// Vectors on which we differ, with the reason.
const DIFFERENT: [(&str, &str); 5] = [
    (
        "v0/invalid/unknown_field.yml",
        "a key that the tables do not know is a warning: the standard grows",
    ),
    (
        "v0/invalid/fundedBy_uri_wrong_italian_pa2.yml",
        "needs the directory of Italian bodies",
    ),
    (
        "v0/invalid/organisation_uri_wrong_italian_pa2.yml",
        "needs the directory of Italian bodies",
    ),
    (
        "v0/invalid/it_riuso_codiceIPA_invalid.yml",
        "needs the directory of Italian bodies",
    ),
    (
        "v1/valid/valid.yml",
        "version 1 is not published, and the reference parser refuses it too",
    ),
];

/// Files that valid vectors point at and that were not copied.
const BESIDE: [&str; 5] = [
    "assets/AUTHORS",
    "assets/img/logo.png",
    "assets/img/sshot1.png",
    "assets/img/sshot2.png",
    "assets/img/sshot3.png",
];

/// Folders of each version, and whether their files are valid.
const FOLDERS: [(&str, bool); 5] = [
    ("valid", true),
    ("valid_with_warnings", true),
    ("invalid", false),
    ("invalid_valid_in_v0", false),
    ("invalid_valid_with_warnings_in_v0", false),
];

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the figure is the point, and a skipped test says so"
)]
fn the_verdicts_of_the_reference_parser_are_met() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = ["../shared", "../../shared"]
        .iter()
        .map(|up| manifest.join(up).join("data/publiccode/parser-go-testdata"))
        .find(|path| path.is_dir());
    let Some(root) = root else {
        println!("skipped: the vectors of the reference parser are not here");
        return;
    };
    let mut different = BTreeSet::new();
    let (mut replayed, mut excluded) = (0_usize, 0_usize);
    for version in ["v0", "v1"] {
        for (folder, expected) in FOLDERS {
            for network in ["", "no-network"] {
                for file in files(&root.join(version).join(folder).join(network)) {
                    let name = file.file_name().unwrap_or_default().to_string_lossy();
                    if let Some((_, reason)) = EXCLUDED.iter().find(|(one, _)| *one == name) {
                        println!("not replayed: {version}/{folder}/{name}: {reason}");
                        excluded += 1;
                        continue;
                    }
                    replayed += 1;
                    if verdict(&file) != expected {
                        let path = file.strip_prefix(&root).unwrap_or(&file);
                        different.insert(path.to_string_lossy().into_owned());
                    }
                }
            }
        }
    }
    let met = replayed - different.len();
    println!(
        "verdicts of the reference parser: {met} of {replayed} met ({}.{} %), {excluded} not replayed",
        met * 100 / replayed,
        met * 1000 / replayed % 10,
    );
    for path in &different {
        let reason = DIFFERENT.iter().find(|(known, _)| known == path);
        println!("different: {path}: {}", reason.map_or("?", |(_, why)| why));
    }
    let known: BTreeSet<String> = DIFFERENT
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    assert_eq!(different, known);
    assert!(met * 100 >= replayed * 98, "{met} of {replayed}");
}

fn verdict(file: &Path) -> bool {
    let beside = BESIDE
        .iter()
        .fold(MemoryTree::new(), |tree, path| tree.file(path, "x"));
    let snapshot = beside.file("publiccode.yml", bytes(file)).snapshot();
    let record = ForgeRecord::local(RepositoryId::new("t"), "t");
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    let facts = extract(&inputs, &[Theme::Publiccode].into());
    facts.flag("publiccode.valid").expect("a verdict")
}

#[expect(
    clippy::disallowed_methods,
    reason = "small test vectors of known size"
)]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "yml"))
        .collect();
    found.sort();
    found
}
