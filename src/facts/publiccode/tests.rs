// SPDX-License-Identifier: EUPL-1.2
use std::fmt::Write as _;
use std::path::Path;

use super::*;
use crate::facts::extract::extract;
use crate::facts::key::Theme;
use crate::facts::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::evidence::Observed;
use crate::model::ids::RepositoryId;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    let snapshot = tree.snapshot();
    let record = ForgeRecord::local(RepositoryId::new("t"), "t");
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    extract(&inputs, &[Theme::Publiccode].into())
}

fn minimal(extra: &str) -> String {
    let long = "Ce logiciel sert à compter les choses. ".repeat(6);
    format!(
        "publiccodeYmlVersion: \"0\"\nname: Compteur\nurl: https://git.example.org/a/compteur\nplatforms: [web]\n\
         developmentStatus: beta\nsoftwareType: standalone/web\ndescription:\n  fr:\n    shortDescription: Compte\n    \
         longDescription: {long}\n    features: [compter]\nlegal:\n  license: EUPL-1.2\n  \
         mainCopyrightOwner: Ministère\nmaintenance:\n  type: internal\n  contacts:\n    - name: Équipe\n      \
         email: equipe@example.org\nlocalisation:\n  localisationReady: false\n  availableLanguages: [fr]\n{extra}"
    )
}

#[test]
fn a_minimal_file_is_valid_and_its_fields_are_read() {
    let text = minimal("usedBy: [Lyon, Brest]\nisBasedOn: https://example.org/x\n");
    let facts = facts(MemoryTree::new().file("publiccode.yml", text));
    assert_eq!(facts.flag("publiccode.valid"), Some(true));
    assert_eq!(facts.text("publiccode.licence"), Some("EUPL-1.2"));
    assert_eq!(facts.text("publiccode.copyright_owner"), Some("Ministère"));
    assert_eq!(facts.count("publiccode.contact_count"), Some(1));
    assert_eq!(facts.count("publiccode.used_by_count"), Some(2));
    assert_eq!(
        facts.list("publiccode.is_based_on"),
        ["https://example.org/x"]
    );
}

#[test]
fn neither_names_nor_addresses_of_contacts_leave() {
    let facts = facts(MemoryTree::new().file("publiccode.yml", minimal("")));
    let json = facts.to_json().to_string();
    assert!(
        !json.contains("example.org\"@") && !json.contains("equipe@") && !json.contains("Équipe")
    );
}

#[test]
fn without_the_file_nothing_is_declared_and_the_note_says_why() {
    let facts = facts(MemoryTree::new().file("sub/publiccode.yml", minimal("")));
    assert_eq!(facts.flag("publiccode.valid"), Some(false));
    let note = facts.get("publiccode.valid").unwrap().evidence()[0]
        .note
        .clone();
    assert_eq!(note.unwrap().code, "publiccode-file-missing");
    assert_eq!(facts.value("publiccode.licence"), Some(&FactValue::Absent));
}

#[test]
fn a_truncated_listing_is_no_absence() {
    let facts = facts(MemoryTree::new().file("a", "").truncated());
    assert!(matches!(
        facts.get("publiccode.valid"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn malformed_yaml_is_unknown_with_its_place() {
    let facts = facts(MemoryTree::new().file("publiccode.yml", "name: a\nurl: [\n"));
    let Some(Observed::Unknown(reason)) = facts.get("publiccode.valid") else {
        panic!("not unknown");
    };
    assert_eq!(reason.code, ReasonCode::Unreadable);
    assert_eq!(reason.detail["path"], "publiccode.yml");
    assert!(reason.detail.contains_key("line") && reason.detail.contains_key("column"));
}

#[test]
fn the_other_extension_is_accepted_with_a_note() {
    let facts = facts(MemoryTree::new().file("publiccode.yaml", minimal("")));
    assert_eq!(facts.flag("publiccode.valid"), Some(true));
    let evidence = facts.get("publiccode.valid").unwrap().evidence();
    let codes: Vec<_> = evidence
        .iter()
        .filter_map(|e| e.note.as_ref())
        .map(|n| n.code.as_ref())
        .collect();
    assert_eq!(codes, ["publiccode-name-unusual"]);
}

#[test]
fn contractors_are_forbidden_without_a_contract() {
    let text = minimal("").replace(
        "maintenance:\n",
        "maintenance:\n  contractors:\n    - name: Société\n      until: 2030-01-01\n",
    );
    let problems = validate::validate(&parse_yaml(&text).unwrap());
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["publiccode-key-forbidden"]);
}

#[test]
fn every_problem_is_reported_with_its_line() {
    let text = minimal("foobar: 1\n").replace("EUPL-1.2", "gratuit");
    let problems = validate::validate(&parse_yaml(&text).unwrap());
    let fields: Vec<_> = problems
        .iter()
        .map(|p| (p.field.as_str(), p.line))
        .collect();
    assert_eq!(fields, [("legal/license", 13), ("foobar", 23)]);
}

/// What only the network, the files beside, or a directory of public bodies can tell.
/// The last two: the list of existing countries, and a name of 36 digits that YAML reads as a number.
const NOT_CHECKED: [&str; 10] = [
    "missing_file",
    "missing_url",
    "oembed",
    "codiceIPA",
    "italian_pa",
    "invalid_png",
    "invalid_country",
    "file_encoding",
    "invalid_iso_3166",
    "genericName_too_long",
];

#[test]
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn the_vectors_of_the_reference_parser_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/publiccode");
    let root = [
        root,
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/publiccode"),
    ]
    .into_iter()
    .find(|path| path.is_dir());
    let Some(root) = root else {
        println!("skipped: the shared test vectors are not here");
        return;
    };
    let mut wrong = String::new();
    for (folder, expected) in [
        ("valid", true),
        ("valid_with_warnings", true),
        ("valid/no-network", true),
        ("invalid", false),
        ("invalid/no-network", false),
    ] {
        let folder = root.join("parser-go-testdata/v0").join(folder);
        for file in std::fs::read_dir(folder)
            .unwrap()
            .flatten()
            .filter(is_vector)
        {
            let name = file.file_name().to_string_lossy().into_owned();
            if NOT_CHECKED.iter().any(|part| name.contains(part)) {
                continue;
            }
            let snapshot = MemoryTree::new().file("publiccode.yml", bytes(&file.path()));
            let valid = facts(snapshot).flag("publiccode.valid").unwrap_or(false);
            if valid != expected {
                writeln!(wrong, "{name}: expected {expected}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "small test vectors of known size"
)]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn is_vector(file: &std::fs::DirEntry) -> bool {
    file.path()
        .extension()
        .is_some_and(|extension| extension == "yml")
}
