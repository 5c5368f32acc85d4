// SPDX-License-Identifier: EUPL-1.2
//! What disagrees and for whom it speaks, what is misspelt, which files carry headers.

use super::{facts, text, with_code};
use crate::facts::set::FactSet;
use crate::model::evidence::Observed;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::MemoryTree;

fn weights(facts: &FactSet) -> Vec<(&str, &str)> {
    facts
        .items("licence.contradictions")
        .iter()
        .filter_map(|item| Some((item.get("path")?, item.get("weight")?)))
        .collect()
}

fn unknown<'f>(facts: &'f FactSet, key: &str) -> Option<&'f Reason> {
    match facts.get(key) {
        Some(Observed::Unknown(reason)) => Some(reason),
        _ => None,
    }
}

#[test]
fn a_contradiction_tells_for_whom_it_speaks() {
    let facts = facts(
        with_code()
            .file("LICENSE", text("Apache-2.0"))
            .file("package.json", "{\"license\": \"MIT\"}")
            .file("api/package.json", "{\"license\": \"ISC\"}")
            .file("web/package.json", "{\"license\": \"MIT\"}"),
    );
    assert_eq!(
        weights(&facts),
        [
            ("package.json", "whole"),
            ("api/package.json", "default"),
            ("web/package.json", "package")
        ]
    );
    let evidence = facts.get("licence.contradictions").map(Observed::evidence);
    let note = evidence.and_then(|places| places[0].note.clone()).unwrap();
    assert_eq!(note.params["against"], "Apache-2.0");
}

#[test]
fn a_text_is_not_always_what_its_name_says() {
    let named = facts(MemoryTree::new().file("LICENSES/CC-BY-4.0.txt", text("CC-BY-SA-4.0")));
    assert_eq!(
        super::contradictions(&named),
        [[
            "LICENSES/CC-BY-4.0.txt",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "file-name"
        ]
        .map(str::to_owned)]
    );
    for id in ["GPL-3.0-only", "GPL-3.0-or-later"] {
        let right = facts(with_code().file(&format!("LICENSES/{id}.txt"), text("GPL-3.0")));
        assert!(super::contradictions(&right).is_empty(), "{id}");
    }
}

#[test]
fn values_that_should_be_spdx_and_are_not_are_listed() {
    let misspelt = |path: &str, content: &str| {
        let facts = facts(with_code().file(path, content));
        let items = facts.items("licence.invalid_values");
        items.first().map(|item| {
            let of = |name| item.get(name).unwrap_or_default().to_owned();
            (of("line"), of("meant"))
        })
    };
    let found = |line: &str, meant: &str| Some((line.to_owned(), meant.to_owned()));
    assert_eq!(
        misspelt("package.json", "{\n\"license\": \"mit-licence\"}"),
        found("2", "MIT")
    );
    assert_eq!(
        misspelt("composer.json", "{\"license\": \"Apache 2.0\"}"),
        found("1", "Apache-2.0")
    );
    assert_eq!(
        misspelt("package.json", "{\"license\": \"celle du service\"}"),
        found("1", "")
    );
    for (path, content) in [
        ("package.json", "{\"license\": \"mit\"}"),
        ("package.json", "{\"license\": \"(MIT OR Apache-2.0)\"}"),
        ("package.json", "{\"license\": \"AGPL-3.0\"}"),
        ("package.json", "{\"license\": \"GPL-3.0+\"}"),
        (
            "package.json",
            "{\"license\": \"SEE LICENSE IN LICENSE.md\"}",
        ),
        ("package.json", "{\"license\": \"UNLICENSED\"}"),
        ("Cargo.toml", "[package]\nlicense = \"MIT/Apache-2.0\"\n"),
        // their formats have names of their own
        ("DESCRIPTION", "Package: a\nLicense: GPL (>= 3)\n"),
        (
            "pom.xml",
            "<licenses><license><name>Apache License, Version 2.0</name></license></licenses>",
        ),
        ("setup.py", "setup(license='GPLv3+')"),
    ] {
        assert_eq!(misspelt(path, content), None, "{content}");
    }
    let reuse = "[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"la nôtre\"\n";
    assert_eq!(misspelt("REUSE.toml", reuse), found("1", ""));
}

#[test]
fn a_broken_manifest_hides_what_it_would_have_said() {
    let broken = "{\n  \"license\": \"MIT\",\n  oops\n}";
    let alone = facts(with_code().file("package.json", broken));
    for key in [
        "licence.code",
        "licence.declared_in",
        "licence.contradictions",
    ] {
        let reason = unknown(&alone, key).unwrap_or_else(|| panic!("{key} is known"));
        assert_eq!(reason.code, ReasonCode::Unreadable);
        assert_eq!(reason.detail["path"], "package.json");
        assert_eq!(
            (&*reason.detail["line"], &*reason.detail["column"]),
            ("3", "3")
        );
    }
    // a text decides whatever the manifest says
    let beside = facts(
        with_code()
            .file("LICENSE", text("MIT"))
            .file("package.json", broken),
    );
    assert_eq!(beside.text("licence.code"), Some("MIT"));
    assert!(unknown(&beside, "licence.contradictions").is_some());
    let toml = "[project]\nname = \"a\"\nlicense = [\n";
    let toml = facts(with_code().file("pyproject.toml", toml));
    let reason = unknown(&toml, "licence.code").unwrap();
    assert!(reason.detail["line"].parse::<u32>().unwrap() >= 3);
    // nothing about licences: nothing is hidden
    let other = facts(with_code().file("package.json", "{\"name\": "));
    assert!(unknown(&other, "licence.code").is_none());
    let missing = facts(with_code().absent("package.json"));
    assert_eq!(
        unknown(&missing, "licence.code").unwrap().code,
        ReasonCode::NotFetched
    );
}

#[test]
fn a_broken_publiccode_file_hides_its_licence() {
    let facts = facts(with_code().file("LICENSE", text("MIT")).file(
        "publiccode.yml",
        "name: a\nlegal:\n  license: [MIT\n x: }\n",
    ));
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    let reason = unknown(&facts, "licence.contradictions").unwrap();
    assert_eq!(reason.detail["path"], "publiccode.yml");
}

#[test]
fn a_contradiction_stands_whatever_else_is_broken() {
    let facts = facts(
        with_code()
            .file("LICENSE", text("Apache-2.0"))
            .file("composer.json", "{\"license\": \"MIT\"}")
            .file("package.json", "{\"license\": "),
    );
    assert_eq!(weights(&facts), [("composer.json", "whole")]);
}

#[test]
fn headers_are_counted_over_code_written_by_hand() {
    let header = "# SPDX-License-Identifier: MIT\nx = 1\n";
    let facts = facts(
        MemoryTree::new()
            .file("a.py", header)
            .file("b/c.py", header)
            .file("b/d.py", "x = 1\n")
            .file("b/__init__.py", "")
            .file("b/migrations/0001.py", "x = 1\n")
            .file("web/a.min.js", "var a=1;")
            .file("tests/fixtures/x.py", "x = 1\n"),
    );
    assert_eq!(facts.count("licence.source_files"), Some(3));
    assert_eq!(facts.count("licence.header_permille"), Some(666));
    assert_eq!(facts.count("licence.header_permille_least"), Some(666));
    assert_eq!(facts.list("licence.files_without_header"), ["b/d.py"]);
}

#[test]
fn a_large_project_is_sampled_and_says_so() {
    let tree = (0..400).fold(MemoryTree::new(), |tree, n| {
        tree.file(&format!("src/m{n}.rs"), "fn main() {}\n")
    });
    let facts = facts(tree);
    let note = facts.get("licence.header_permille").unwrap().evidence()[0]
        .note
        .clone()
        .unwrap();
    assert_eq!(
        (&*note.params["files"], &*note.params["covered"]),
        ("400", "0")
    );
    assert!(note.params["seen"].parse::<u32>().unwrap() <= 24);
    let most = facts.count("licence.header_permille_most").unwrap();
    assert!((1..300).contains(&most), "{most}");
}

#[test]
fn broken_annotations_may_cover_more() {
    let facts = facts(with_code().file("REUSE.toml", "version = 1\n[[annotations]]\npath = "));
    assert_eq!(facts.count("licence.header_permille_least"), Some(0));
    assert_eq!(
        unknown(&facts, "licence.header_permille_most")
            .unwrap()
            .code,
        ReasonCode::Unreadable
    );
    assert!(unknown(&facts, "licence.code").is_some());
}

#[test]
fn reasons_are_looked_for_where_a_reciprocal_licence_binds() {
    let why = "# Licence\n\nNous avons choisi cette licence afin que les améliorations soient partagées.\n";
    let with = |id: &str| {
        facts(
            with_code()
                .file("LICENSE", text(id))
                .file("docs/adr/0001-licence.md", why),
        )
    };
    let bound = with("AGPL-3.0");
    assert_eq!(bound.list("licence.reciprocal"), ["AGPL-3.0"]);
    let reason = &bound.items("licence.reciprocity_reasons")[0];
    assert_eq!(reason.get("path"), Some("docs/adr/0001-licence.md"));
    assert_eq!(reason.get("line"), Some("3"));
    let free = with("MIT");
    assert!(free.list("licence.reciprocal").is_empty());
    assert!(free.items("licence.reciprocity_reasons").is_empty());
}
