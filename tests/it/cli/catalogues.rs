// SPDX-License-Identifier: EUPL-1.2
//! Catalogues that people write: nothing is lost, every problem has its line.

use std::fmt::Write as _;

use serde_json::Value;

use super::inputs::alias_bomb;
use super::{output, perenne, plain, refused, run, run_in, write};

/// The JSON of `catalogue check`, with its exit code.
fn checked(name: &str, text: &str) -> (i32, Value) {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), name, text);
    let run = run(
        scratch.path(),
        &["catalogue", "check", name, "--format", "json"],
    );
    assert_eq!(run.stderr, "", "all is in the JSON");
    (run.code, serde_json::from_str(&run.stdout).unwrap())
}

#[test]
fn a_catalogue_that_cannot_be_read_is_a_wrong_configuration() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    write(folder, "bad.yml", "Cartes:\n  title: [ouvert\n");
    write(folder, "bad.toml", "[[defi]]\nid = \"a\ntitle = 3\n");
    write(folder, "bomb.yml", &alias_bomb());
    write(folder, "list.yml", "- a\n- b\n");
    write(folder, "prose.txt", "Rien de tout cela\n");
    std::fs::write(folder.join("bytes.toml"), [0xff, 0x00, 0xfe]).unwrap();
    for (file, texts) in [
        ("nulle-part.yml", ["n'existe pas", "does not exist"]),
        (".", ["fichier", "file"]),
        ("bad.yml", ["bad.yml:", "bad.yml:"]),
        ("bad.yml", ["pas du YAML valable", "not valid YAML"]),
        ("bad.toml", ["bad.toml:2", "bad.toml:2"]),
        ("bad.toml", ["pas du TOML valable", "not valid TOML"]),
        ("bomb.yml", ["dépasse la limite", "exceeds the limit"]),
        ("list.yml", ["Formats reconnus", "Formats recognised"]),
        ("prose.txt", ["Formats reconnus", "Formats recognised"]),
        ("bytes.toml", ["bytes.toml", "bytes.toml"]),
    ] {
        refused(folder, &["audit", file], 3, texts);
        refused(folder, &["catalogue", "check", file], 3, texts);
        let arguments = ["catalogue", "check", file, "--format", "json"];
        let answer = run(folder, &arguments);
        assert_eq!(answer.code, 3);
        let json: Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(json["defis"], serde_json::json!([]));
        assert_ne!(json["problems"], serde_json::json!([]), "{file}");
    }
}

#[test]
fn unknown_keys_of_the_configuration_stop_it_and_are_all_listed() {
    let scratch = tempfile::tempdir().unwrap();
    write(
        scratch.path(),
        "p.toml",
        "[programme]\ntitel = \"x\"\n\n[[defi]]\nid = \"a\"\n\n[[forge]]\nhost = \"h.fr\"\ntoken = \"x\"\n",
    );
    for line in ["p.toml:2", "p.toml:9"] {
        refused(scratch.path(), &["audit", "p.toml"], 3, [line, line]);
    }
    refused(
        scratch.path(),
        &["audit", "p.toml"],
        3,
        ["« title »", "\"title\""],
    );
}

#[test]
fn entries_with_the_same_id_both_stay() {
    let text = "[[defi]]\nid = \"a\"\n\n[[defi]]\nid = \"a\"\ntitel = \"b\"\n";
    let (code, json) = checked("p.toml", text);
    assert_eq!(code, 0, "single entries count only when strict");
    assert_eq!(json["defis"][0]["id"], "a");
    assert_eq!(json["defis"][1]["id"], "a (2)");
    let codes: Vec<&str> = json["defis"][1]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    assert!(
        codes.contains(&"duplicate-id") && codes.contains(&"unknown-key"),
        "{codes:?}"
    );
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "p.toml", text);
    let strict = ["catalogue", "check", "p.toml", "--strict"];
    for (language, said) in [("fr", "p.toml:4"), ("en", "p.toml:4")] {
        let run = run_in(language, scratch.path(), &strict);
        assert_eq!(run.code, 3);
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
}

/// As written, kind, address, inferred.
const CASES: &[(&str, &str, &str, bool)] = &[
    (
        "https://github.com/exemple/cartes",
        "repository",
        "https://github.com/exemple/cartes",
        false,
    ),
    (
        "  https://github.com/exemple/cartes-2/  ",
        "repository",
        "https://github.com/exemple/cartes-2",
        false,
    ),
    (
        "https://github.com/exemple/depot.git",
        "repository",
        "https://github.com/exemple/depot",
        false,
    ),
    (
        "https://github.com/exemple",
        "account",
        "https://github.com/exemple",
        false,
    ),
    (
        "https://gitlab.com/groupe/sous-groupe/projet",
        "repository",
        "https://gitlab.com/groupe/sous-groupe/projet",
        false,
    ),
    (
        "https://gitlab.com/groupe",
        "account",
        "https://gitlab.com/groupe",
        false,
    ),
    (
        "https://exemple-org.github.io/",
        "site",
        "https://exemple-org.github.io",
        false,
    ),
    (
        "https://organisation-exemple/projet",
        "repository",
        "https://github.com/organisation-exemple/projet",
        true,
    ),
    (
        "https://git.exemple.fr/personne/",
        "account",
        "https://git.exemple.fr/personne",
        false,
    ),
    (
        "https://github.com/exemple/a/blob/main/README.md",
        "repository",
        "https://github.com/exemple/a",
        false,
    ),
];

#[test]
fn every_irregular_address_is_read_or_explained() {
    let mut text = String::new();
    for (at, (written, ..)) in CASES.iter().enumerate() {
        let _ = write!(
            text,
            "Défi {at}:\n  title: Défi {at}\n  promotion: 4\n  source_code: \"{written}\"\n"
        );
    }
    text.push_str("Sans:\n  title: Sans\n  promotion: dig\n");
    text.push_str(
        "Recherche:\n  title: Recherche\n  source_code: https://github.com/search?q=topic%3Ax\n",
    );
    text.push_str("Vide:\n  title: Vide\n  source_code: \"\"\n");
    let (code, json) = checked("defis.yml", &text);
    assert_eq!(code, 0);
    let defis = json["defis"].as_array().unwrap();
    assert_eq!(defis.len(), CASES.len() + 3, "nothing is lost");
    for (at, (written, kind, url, inferred)) in CASES.iter().enumerate() {
        let source = &defis[at]["sources"][0];
        assert_eq!(source["kind"], *kind, "{written}: {}", defis[at]);
        assert_eq!(source["url"], *url, "{written}");
        assert_eq!(source["inferred"], *inferred, "{written}");
        assert_eq!(source["line"], at * 4 + 4, "{written}");
    }
    assert_eq!(defis[CASES.len()]["sources"], serde_json::json!([]));
    assert_eq!(defis[CASES.len()]["promotion"], "dig");
    assert_eq!(defis[0]["promotion"], "4", "always a text");
    let search = &defis[CASES.len() + 1];
    assert_eq!(search["sources"], serde_json::json!([]));
    let problem = &search["problems"][0];
    assert_eq!(problem["line"], CASES.len() * 4 + 6);
    assert!(problem["suggestion"].is_string(), "{problem}");
}

#[test]
fn the_json_of_a_check_keeps_its_shape() {
    let (_code, json) = checked(
        "p.toml",
        "[[defi]]\nid = \"a\"\nrepositories = [\"https://exemple/x\", \"pas une adresse\"]\n",
    );
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&json), ["schema_version", "defis", "problems"]);
    let defi = &json["defis"][0];
    assert_eq!(
        keys(defi),
        ["id", "title", "promotion", "sources", "problems"]
    );
    assert_eq!(
        keys(&defi["sources"][0]),
        ["kind", "url", "host", "inferred", "line"]
    );
    assert_eq!(
        keys(&defi["problems"][0]),
        ["file", "line", "code", "message", "suggestion"]
    );
}

#[test]
fn a_listing_is_for_people_in_both_languages() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "p.toml", "[[defi]]\nid = \"a\"\n");
    for (language, text) in [
        ("fr", "aucun dépôt déclaré"),
        ("en", "no repository declared"),
    ] {
        let run = run_in(language, scratch.path(), &["catalogue", "check", "p.toml"]);
        assert_eq!(run.code, 0);
        assert!(plain(&run.stdout).contains(text), "{}", run.stdout);
    }
}

#[test]
fn a_list_piped_in_is_a_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "list.txt", "https://github.com/owner/name\n");
    let mut command = perenne(
        folder.path(),
        &["catalogue", "check", "-", "--format", "json"],
    );
    command.stdin(std::fs::File::open(folder.path().join("list.txt")).unwrap());
    let run = output(command);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let read: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        read["defis"][0]["sources"][0]["url"],
        "https://github.com/owner/name"
    );
}
