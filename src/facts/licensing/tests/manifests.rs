// SPDX-License-Identifier: EUPL-1.2
//! What manifests declare, and how it weighs.

use super::super::declaration::Worth;
use super::super::manifests;
use super::{contradictions, facts, text, with_code};
use crate::snapshot::MemoryTree;

/// Expression, line and worth of the first declaration of one manifest.
fn read(path: &str, content: &str) -> Option<(Option<String>, Option<u32>, Worth)> {
    let snapshot = MemoryTree::new().file(path, content).snapshot();
    let found = manifests::read(&snapshot).declarations.into_iter().next()?;
    Some((found.expression, found.line, found.worth))
}

/// Path, content, expression, line.
const FORMATS: &[(&str, &str, &str, u32)] = &[
    (
        "package.json",
        "{\n  \"name\": \"a\",\n  \"license\": \"AGPL-3.0-or-later\"\n}",
        "AGPL-3.0-or-later",
        3,
    ),
    (
        "package.json",
        "{\"licenses\": [{\"type\": \"MIT\"}, {\"type\": \"ISC\"}]}",
        "MIT OR ISC",
        1,
    ),
    (
        "composer.json",
        "{\n\"license\": \"mit-licence\"}",
        "MIT",
        2,
    ),
    (
        "pyproject.toml",
        "[project]\nname = \"a\"\nlicense = \"EUPL-1.2\"\n",
        "EUPL-1.2",
        3,
    ),
    (
        "pyproject.toml",
        "[project]\nlicense = { text = \"MIT\" }\n",
        "MIT",
        2,
    ),
    (
        "pyproject.toml",
        "[tool.poetry]\nlicense = \"AGPL-3\"\n",
        "AGPL-3.0",
        2,
    ),
    (
        "Cargo.toml",
        "[package]\nlicense = \"MIT/Apache-2.0\"\n",
        "MIT OR Apache-2.0",
        2,
    ),
    (
        "setup.py",
        "setup(\n    name='a',\n    license='GPLv3+',\n)",
        "GPL-3.0-or-later",
        3,
    ),
    (
        "setup.py",
        "setup(classifiers=[\n 'License :: OSI Approved :: MIT License',\n])",
        "MIT",
        2,
    ),
    (
        "setup.cfg",
        "[metadata]\nlicense = BSD-3-Clause\n",
        "BSD-3-Clause",
        2,
    ),
    (
        "mix.exs",
        "package: [\n  licenses: [\"Apache-2.0\"]]",
        "Apache-2.0",
        2,
    ),
    (
        "a.gemspec",
        "Gem::Specification.new do |s|\n  s.license = 'MIT'\nend",
        "MIT",
        2,
    ),
    (
        "pom.xml",
        "<project><licenses>\n<license><name>Apache License, Version 2.0</name></license></licenses></project>",
        "Apache-2.0",
        2,
    ),
    (
        "DESCRIPTION",
        "Package: a\nLicense: GPL (>= 3)\n",
        "GPL-3.0-or-later",
        2,
    ),
    (
        "DESCRIPTION",
        "Package: a\nLicense: MIT + file LICENSE\n",
        "MIT",
        2,
    ),
    (
        "deps.edn",
        "{:paths []\n :license {:name \"Eclipse Public License - v 2.0\"}}",
        "EPL-2.0",
        2,
    ),
    (
        "project.clj",
        "(defproject a \"1\"\n  :license {:name \"EPL-2.0\" :url \"x\"})",
        "EPL-2.0",
        2,
    ),
    (
        "CITATION.cff",
        "cff-version: 1.2.0\nlicense: MIT\n",
        "MIT",
        2,
    ),
    (
        "codemeta.json",
        "{\"license\": \"https://spdx.org/licenses/EUPL-1.2.html\"}",
        "EUPL-1.2",
        1,
    ),
];

#[test]
fn every_format_gives_its_expression_and_line() {
    for (path, content, expression, line) in FORMATS {
        let found = read(path, content);
        assert_eq!(
            found,
            Some((Some((*expression).to_owned()), Some(*line), Worth::Said)),
            "{path}: {content}"
        );
    }
}

#[test]
fn values_that_grant_nothing_give_no_expression() {
    for (path, content) in [
        (
            "package.json",
            "{\"license\": \"SEE LICENSE IN LICENSE.md\"}",
        ),
        ("setup.cfg", "[metadata]\nlicense = file: LICENSE\n"),
    ] {
        assert_eq!(read(path, content).unwrap().0, None, "{content}");
    }
    for (path, content) in [
        ("package.json", "{\"license\": "),
        ("package.json", "{\"license\": 7}"),
        (
            "pyproject.toml",
            "[project]\nlicense = { file = \"LICENSE\" }\n",
        ),
        ("setup.py", "setup(classifiers=['License :: OSI Approved'])"),
        ("tests/fixtures/package.json", "{\"license\": \"MIT\"}"),
    ] {
        assert_eq!(read(path, content), None, "{content}");
    }
    let refused = read("package.json", "{\"license\": \"UNLICENSED\"}").unwrap();
    assert_eq!(refused.2, Worth::Refused);
}

#[test]
fn a_generators_default_is_no_licence() {
    let facts = facts(with_code().file("package.json", "{\"license\": \"ISC\"}"));
    assert_eq!(facts.text("licence.code"), None);
    assert_eq!(
        facts.items("licence.declared_in")[0].get("default"),
        Some("true")
    );
    assert!(contradictions(&facts).is_empty());
}

#[test]
fn the_text_decides_against_the_manifest_and_the_difference_is_kept() {
    let facts = facts(
        with_code()
            .file("LICENSE", text("Apache-2.0"))
            .file("package.json", "{\"license\": \"MIT\"}"),
    );
    assert_eq!(facts.text("licence.code"), Some("Apache-2.0"));
    assert_eq!(
        contradictions(&facts),
        [["package.json", "MIT", "Apache-2.0", "manifest"]]
    );
}

#[test]
fn the_manifest_binds_the_versions_that_a_gnu_text_leaves_open() {
    let gnu = || with_code().file("LICENSE", text("AGPL-3.0"));
    let alone = facts(gnu());
    assert_eq!(alone.text("licence.code"), Some("AGPL-3.0"));
    assert_eq!(alone.text("licence.or_later"), None);
    let bound = facts(gnu().file("package.json", "{\"license\": \"AGPL-3.0-or-later\"}"));
    assert_eq!(bound.text("licence.code"), Some("AGPL-3.0-or-later"));
    assert_eq!(bound.text("licence.or_later"), Some("or-later"));
    assert!(contradictions(&bound).is_empty());
    let bare = facts(gnu().file("package.json", "{\"license\": \"AGPL-3.0\"}"));
    assert!(contradictions(&bare).is_empty());
}

#[test]
fn a_manifest_alone_is_a_licence() {
    let facts = facts(with_code().file("package.json", "{\"license\": \"mit\"}"));
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    let declared = &facts.items("licence.declared_in")[0];
    assert_eq!(declared.get("valid"), Some("false"));
}

#[test]
fn publiccode_speaks_and_may_disagree() {
    let yml = "publiccodeYmlVersion: '0.4'\nname: a\nlegal:\n  license: EUPL-1.2\n  mainCopyrightOwner: Mairie de Brest\n";
    let alone = facts(with_code().file("publiccode.yml", yml));
    assert_eq!(alone.text("licence.code"), Some("EUPL-1.2"));
    assert_eq!(
        alone.text("licence.copyright_holder"),
        Some("Mairie de Brest")
    );
    let against = facts(
        with_code()
            .file("publiccode.yml", yml)
            .file("LICENSE", text("MIT")),
    );
    assert_eq!(
        contradictions(&against),
        [["publiccode.yml", "EUPL-1.2", "MIT", "publiccode"]]
    );
}
