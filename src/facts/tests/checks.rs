// SPDX-License-Identifier: EUPL-1.2
//! Small repositories and what must be known of their tests.

use super::*;
use crate::facts::testing::{facts_of, tree_of};
use crate::model::evidence::Observed;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    facts_of(tree, extract)
}

fn frameworks(files: &[(&str, &str)]) -> Vec<String> {
    let tree = tree_of(files);
    facts(tree).list("tests.frameworks").to_vec()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one row per framework")]
fn frameworks_are_named_by_what_the_files_and_manifests_say() {
    let unittest = "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): pass\n";
    for (files, expected) in [
        (&[("test_a.py", unittest)][..], &["unittest"][..]),
        (
            &[
                (
                    "tests/test_a.py",
                    "class T(Base):\n    def test_a(self): pass\n",
                ),
                ("tests/base.py", "from unittest import TestCase\n"),
                ("requirements.txt", "nose==1.3\n"),
            ],
            &["nose", "unittest"],
        ),
        (
            &[
                ("tests/test_a.py", "def test_a():\n    assert 1\n"),
                ("setup.cfg", "[tool:pytest]\n"),
            ],
            &["pytest"],
        ),
        (
            &[
                ("a/__tests__/b.test.ts", "it(\"x\", () => {})"),
                ("a/package.json", r#"{"devDependencies": {"vitest": "1"}}"#),
            ],
            &["vitest"],
        ),
        (
            &[
                ("src/b.spec.js", "describe('x', () => {})"),
                (
                    "package.json",
                    r#"{"dependencies": {"react-scripts": "4"}}"#,
                ),
            ],
            &["jest"],
        ),
        (
            &[
                (
                    "tests/cypress/integration/b_spec.js",
                    "it('x', () => { cy.visit('/') })",
                ),
                (
                    "package.json",
                    r#"{"devDependencies": {"cypress": "9", "jest": "2"}}"#,
                ),
            ],
            &["cypress"],
        ),
        (
            &[(
                "e2e/a.spec.ts",
                "import { test } from '@playwright/test';\ntest('x', async () => {})",
            )],
            &["playwright"],
        ),
        (
            &[(
                "tests/Unit/ATest.php",
                "<?php class ATest extends TestCase { public function testA() {} }",
            )],
            &["phpunit"],
        ),
        (
            &[("spec/a_spec.rb", "describe A do\n  it 'x' do\n")],
            &["rspec"],
        ),
        (
            &[("test/a_test.rb", "class A < Minitest::Test\n  def test_a\n")],
            &["minitest"],
        ),
        (
            &[(
                "b.feature",
                "# language: fr\nFonctionnalité: x\n  Scénario: y\n    Alors z\n",
            )],
            &["cucumber"],
        ),
        (
            &[(
                "apps/x/test/a_test.exs",
                "defmodule A do\n  use ExUnit.Case\n  test \"x\" do\n",
            )],
            &["exunit"],
        ),
        (
            &[("a_test.go", "func TestA(t *testing.T) {}")],
            &["go-test"],
        ),
        (
            &[(
                "src/lib.rs",
                "#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {}\n}",
            )],
            &["cargo-test"],
        ),
        (
            &[(
                "src/test/java/ATest.java",
                "import org.junit.Test;\n@Test\npublic void a() {}",
            )],
            &["junit"],
        ),
        (
            &[("tests/testthat/test-a.R", "test_that(\"x\", {})")],
            &["testthat"],
        ),
    ] {
        assert_eq!(frameworks(files), expected, "{files:?}");
    }
}

#[test]
fn names_and_folders_alone_are_no_tests() {
    for (path, text) in [
        ("tests/files/expected.csv", "a,b"),
        ("tests/fixtures/page.html", "<p>"),
        ("unit/app.service", "[Unit]"),
        (
            "scraper/default_test_spider.py",
            "class Spider:\n    def parse(self): pass\n",
        ),
        (
            "app/tests.py",
            "from django.test import TestCase\n\n# Create your tests here.\n",
        ),
        (
            "package.json",
            r#"{"scripts": {"test": "echo \"Error: no test specified\""}, "devDependencies": {"jest": "1"}}"#,
        ),
        (".kiss/jest.jsx", "describe('x', () => { it('y') })"),
        ("templates/test_page.html", "test('x')"),
        ("tests/__init__.py", ""),
        ("src/attest.js", "export const test = 1"),
        (
            "vendor/x/tests/ATest.php",
            "class ATest extends TestCase { function testA() {} }",
        ),
    ] {
        let facts = facts(MemoryTree::new().file(path, text));
        assert_eq!(facts.flag("tests.present"), Some(false), "{path}");
        assert!(facts.list("tests.frameworks").is_empty());
    }
}

#[test]
fn untouched_examples_of_a_framework_are_told_apart() {
    let example = "<?php class ExampleTest extends TestCase { public function testBasicTest() { $this->assertTrue(true); } }";
    let react = "import App from './App';\ntest('renders learn react link', () => {})";
    let tree = MemoryTree::new()
        .file("tests/Unit/ExampleTest.php", example)
        .file("src/App.test.js", react)
        .file(
            "package.json",
            r#"{"dependencies": {"react-scripts": "4"}}"#,
        );
    let only = facts(tree.clone());
    assert_eq!(only.flag("tests.generated_only"), Some(true));
    assert_eq!(only.flag("tests.present"), Some(true));
    let real = facts(tree.file("tests/Unit/RealTest.php", example));
    assert_eq!(real.flag("tests.generated_only"), Some(false));
}

#[test]
fn what_was_not_fetched_is_not_absent() {
    let facts = facts(MemoryTree::new().absent("tests/test_a.py"));
    assert!(matches!(
        facts.get("tests.present"),
        Some(Observed::Unknown(_))
    ));
    assert!(matches!(
        facts.get("tests.frameworks"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn evidence_is_the_first_test_function() {
    let facts =
        facts(MemoryTree::new().file("test_a.py", "import os\n\n\ndef test_a():\n    assert os\n"));
    assert_eq!(
        facts.get("tests.present").unwrap().evidence()[0].line,
        Some(4)
    );
    assert_eq!(facts.count("tests.file_count"), Some(1));
}

#[test]
fn doctests_that_run_and_notebooks_that_assert_are_tests() {
    let example = "def double(n):\n    \"\"\"\n    >>> double(2)\n    4\n    \"\"\"\n";
    let alone = facts(tree_of(&[("a.py", example)]));
    assert_eq!(alone.flag("tests.present"), Some(false));
    let run = format!("{example}\nimport doctest\ndoctest.testmod()\n");
    for files in [
        &[
            ("a.py", example),
            ("setup.cfg", "[tool:pytest]\naddopts = --doctest-modules\n"),
        ][..],
        &[("a.py", run.as_str())],
    ] {
        let known = facts(tree_of(files));
        assert_eq!(known.flag("tests.present"), Some(true), "{files:?}");
        assert_eq!(known.list("tests.frameworks"), ["doctest"]);
    }
    let notebook = |line: &str| {
        format!("{{\"cells\": [{{\"cell_type\": \"code\", \"source\": [\n\"{line}\"]}}]}}")
    };
    for (line, expected) in [("assert total == 3", true), ("print('assert')", false)] {
        let text = notebook(line);
        let known = facts(tree_of(&[("a.ipynb", &text)]));
        assert_eq!(known.flag("tests.present"), Some(expected), "{line}");
    }
}
