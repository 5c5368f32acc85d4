// SPDX-License-Identifier: EUPL-1.2
//! Per language: which paths may hold tests, what a test function looks like, and which framework it belongs to.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::declared::Declared;
use crate::snapshot::Entry;

/// The convention that a file's path follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Convention {
    Python,
    JavaScript,
    Php,
    Ruby,
    Gherkin,
    Elixir,
    Go,
    Rust,
    Jvm,
    DotNet,
    R,
    Clojure,
    Dart,
    Swift,
    Bats,
    C,
    Haskell,
    Julia,
    Robot,
    Elm,
    Perl,
}

/// The convention of a path, when it may hold tests.
pub(super) fn convention(entry: &Entry) -> Option<Convention> {
    let name = entry.name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let in_tests = || {
        entry.folder().split('/').any(|part| {
            matches!(
                part,
                "test" | "tests" | "__tests__" | "spec" | "specs" | "e2e" | "cypress" | "testing"
            )
        })
    };
    let (prefix, suffix) = (
        stem.starts_with("test_") || stem.starts_with("test-"),
        stem.ends_with("_test"),
    );
    Some(match entry.extension().as_str() {
        "py" if prefix || suffix || matches!(stem, "tests" | "test") || in_tests() => {
            Convention::Python
        }
        "js" | "jsx" | "ts" | "tsx" | "mjs" | "cjs" | "mts" | "cts" | "coffee" | "vue"
        | "svelte"
            if is_javascript_test(stem) || (in_tests() && !in_support(entry)) =>
        {
            Convention::JavaScript
        }
        "php"
            if stem.ends_with("Test")
                || stem.ends_with("Spec")
                || stem.ends_with("Cest")
                || in_tests() =>
        {
            Convention::Php
        }
        "rb" if stem.ends_with("_spec") || suffix || prefix => Convention::Ruby,
        "feature" => Convention::Gherkin,
        "exs" if suffix || stem.ends_with("_tests") || in_tests() => Convention::Elixir,
        "go" if suffix => Convention::Go,
        "rs" => Convention::Rust,
        "java" | "kt" | "scala" | "groovy" if is_compiled_test(entry, stem) => Convention::Jvm,
        "cs" | "fs" | "vb" if is_compiled_test(entry, stem) => Convention::DotNet,
        "r" if prefix || stem.starts_with("test") => Convention::R,
        "clj" | "cljs" | "cljc" if suffix || prefix || in_tests() => Convention::Clojure,
        "dart" if suffix => Convention::Dart,
        "swift" if stem.ends_with("Tests") || stem.ends_with("Test") => Convention::Swift,
        "bats" => Convention::Bats,
        "c" | "cc" | "cpp" | "cxx" if stem.to_lowercase().contains("test") || in_tests() => {
            Convention::C
        }
        "hs" if stem.ends_with("Spec") || stem.ends_with("Test") || in_tests() => {
            Convention::Haskell
        }
        "jl" if stem == "runtests" || in_tests() => Convention::Julia,
        "robot" => Convention::Robot,
        "elm" if in_tests() => Convention::Elm,
        "t" if entry.folder().split('/').any(|part| part == "t") => Convention::Perl,
        _ => return None,
    })
}

fn is_javascript_test(stem: &str) -> bool {
    [
        ".test",
        ".spec",
        "_test",
        "_spec",
        "-test",
        "-spec",
        ".cy",
        ".e2e",
        ".e2e-spec",
        ".unit",
    ]
    .iter()
    .any(|end| stem.ends_with(end))
        || stem == "test"
        || stem == "tests"
}

/// `FooTest.java`, `FooIT.kt`, `src/test/…`, `App.Tests/…`.
fn is_compiled_test(entry: &Entry, stem: &str) -> bool {
    ["Test", "Tests", "TestCase", "IT", "Spec", "Suite"]
        .iter()
        .any(|end| stem.ends_with(end))
        || stem.starts_with("Test")
        || entry.folder().split('/').any(|part| {
            let part = part.to_ascii_lowercase();
            part == "androidtest" || part.ends_with("test") || part.ends_with("tests")
        })
}

fn in_support(entry: &Entry) -> bool {
    entry.folder().split('/').any(|part| {
        matches!(
            part,
            "support"
                | "fixtures"
                | "__fixtures__"
                | "__mocks__"
                | "mocks"
                | "plugins"
                | "__snapshots__"
                | "data"
        )
    })
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($text).expect("invariant: the pattern is constant"));
    };
}

pattern!(
    PYTHON,
    r"(?m)^[ \t]*(?:async[ \t]+)?def[ \t]+test\w*[ \t]*\("
);
pattern!(
    JAVASCRIPT,
    r"(?m)(?:^|[\s;({])(?:(?:it|test|specify|scenario|fit|xit|Scenario|Feature)(?:\.(?:only|skip|each|concurrent|todo|serial|describe|step))*\s*[(`]|describe(?:\.\w+)*\s*[(`]|(?:QUnit\.)test\s*\(|fixture\s*[(`])"
);
pattern!(
    PHP,
    r"(?mi)(?:function\s+test\w*\s*\(|@test\b|#\[Test\b|^\s*(?:it|test)\(\s*['\x22]|function\s+it_\w+\s*\(|public\s+function\s+(?:try|see|login|create)\w*\(\s*\w*(?:Tester|Guy))"
);
pattern!(
    RUBY_SPEC,
    r"(?m)^\s*(?:RSpec\.)?(?:describe|context|feature|scenario|it|specify)\b[^=]"
);
pattern!(RUBY_TEST, r#"(?m)^\s*(?:def\s+test_\w+|test\s+["'])"#);
pattern!(
    GHERKIN,
    r"(?m)^\s*(?:Scenario(?: Outline| Template)?|Scénario|Plan du (?:s|S)cénario|Example|Exemple|Background|Rule|Règle)\s*:"
);
pattern!(
    ELIXIR,
    r#"(?m)^\s*(?:test\s+["(]|property\s+"|doctest\s+\w|feature\s+")"#
);
pattern!(
    GO,
    r"(?m)^func\s+(?:\([^)]*\)\s*)?(?:Test|Fuzz|Example|Benchmark)\w*\s*\("
);
pattern!(
    RUST,
    r"(?m)^\s*#\[(?:(?:tokio|async_std|actix_rt|actix_web|test_log|rstest|wasm_bindgen_test)(?:::test)?|test|test_case|rstest|quickcheck)\b[^\]]*\]"
);
pattern!(
    JVM,
    r"@(?:Test|ParameterizedTest|RepeatedTest|Property)\b|extends\s+(?:TestCase|\w*(?:FunSuite|FlatSpec|WordSpec|FunSpec|Specification)\w*)\b"
);
pattern!(
    DOT_NET,
    r"(?m)^\s*\[<?(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod|TestFixture)\b"
);
pattern!(
    R,
    r"(?m)^\s*(?:testthat::)?(?:test_that|describe|it|expect_\w+|checkEquals|test\.\w+\s*<-\s*function)\s*\("
);
pattern!(
    CLOJURE,
    r"\((?:clojure\.test/)?(?:deftest|facts?|defspec|expect|defflow)\b"
);
pattern!(
    DART,
    r"(?m)^\s*(?:test|testWidgets|group|blocTest)(?:<[^>]*>)?\s*\("
);
pattern!(SWIFT, r"(?m)func\s+test\w*\s*\(|@Test\b");
pattern!(BATS, r"(?m)^@test\s");
pattern!(
    C,
    r"(?m)^\s*(?:TEST(?:_F|_P|_CASE)?|BOOST_AUTO_TEST_CASE|START_TEST|SCENARIO|CPPUNIT_TEST)\s*\("
);
pattern!(
    HASKELL,
    r#"(?m)\b(?:hspec|describe|it|testCase|testProperty|testGroup)\s+["$]|^prop_\w+"#
);
pattern!(JULIA, r"@test(?:set|_throws)?\b");
pattern!(ROBOT, r"(?mi)^\*+\s*Test Cases?\s*\**");
pattern!(ELM, r#"(?m)\b(?:test|describe|fuzz)\s+""#);
pattern!(
    PERL,
    r"(?m)^\s*(?:use\s+Test::|(?:ok|is|like|is_deeply)\s*\()"
);
pattern!(
    UNITTEST,
    r"(?m)\b(?:unittest|TestCase|django\.test|LiveServerTestCase)\b"
);

impl Convention {
    /// Byte offset of the first test function.
    pub(super) fn first_test(self, text: &str) -> Option<usize> {
        if self == Self::Ruby {
            let spec = RUBY_SPEC.find(text).or_else(|| RUBY_TEST.find(text));
            return spec.map(|found| indented(found.start(), text));
        }
        let pattern: &Regex = match self {
            Self::Python => &PYTHON,
            Self::JavaScript => &JAVASCRIPT,
            Self::Php => &PHP,
            Self::Ruby => &RUBY_TEST,
            Self::Gherkin => &GHERKIN,
            Self::Elixir => &ELIXIR,
            Self::Go => &GO,
            Self::Rust => &RUST,
            Self::Jvm => &JVM,
            Self::DotNet => &DOT_NET,
            Self::R => &R,
            Self::Clojure => &CLOJURE,
            Self::Dart => &DART,
            Self::Swift => &SWIFT,
            Self::Bats => &BATS,
            Self::C => &C,
            Self::Haskell => &HASKELL,
            Self::Julia => &JULIA,
            Self::Robot => &ROBOT,
            Self::Elm => &ELM,
            Self::Perl => &PERL,
        };
        let found = pattern.find(text)?;
        Some(indented(found.start(), text))
    }

    /// The frameworks that a file with tests uses.
    pub(super) fn frameworks(
        self,
        entry: &Entry,
        text: &str,
        declared: &Declared,
    ) -> BTreeSet<&'static str> {
        let has = |mark: &str| text.contains(mark);
        match self {
            Self::Python => python(text, declared),
            Self::JavaScript => javascript(entry, text, declared),
            Self::Php => php(entry, text, declared),
            Self::Ruby if entry.name().ends_with("_spec.rb") && !has("Minitest") => one("rspec"),
            Self::Ruby if has("Test::Unit") => one("test-unit"),
            Self::Ruby => one("minitest"),
            Self::Gherkin => one(declared.gherkin),
            Self::Elixir => one("exunit"),
            Self::Go => one("go-test"),
            Self::Rust => one("cargo-test"),
            Self::Jvm if has("org.testng") => one("testng"),
            Self::Jvm if has("spock.lang") => one("spock"),
            Self::Jvm if has("org.scalatest") => one("scalatest"),
            Self::Jvm if has("io.kotest") => one("kotest"),
            Self::Jvm => one("junit"),
            Self::DotNet if has("NUnit") => one("nunit"),
            Self::DotNet if has("[TestMethod") => one("mstest"),
            Self::DotNet => one("xunit"),
            Self::R if has("RUnit") || has("checkEquals") => one("runit"),
            Self::R => one("testthat"),
            Self::Clojure if has("midje") => one("midje"),
            Self::Clojure => one("clojure-test"),
            Self::Dart => one(if has("flutter_test") {
                "flutter-test"
            } else {
                "dart-test"
            }),
            Self::Swift => one("xctest"),
            Self::Bats => one("bats"),
            Self::C if has("gtest") => one("googletest"),
            Self::C if has("catch") => one("catch2"),
            Self::C => one("ctest"),
            Self::Haskell if has("Tasty") => one("tasty"),
            Self::Haskell => one("hspec"),
            Self::Julia => one("julia-test"),
            Self::Robot => one("robot-framework"),
            Self::Elm => one("elm-test"),
            Self::Perl => one("perl-test"),
        }
    }
}

/// The start of the text behind blank space that a pattern swallowed.
fn indented(start: usize, text: &str) -> usize {
    let blank = text[start..].len() - text[start..].trim_start().len();
    start + blank
}

fn one(name: &'static str) -> BTreeSet<&'static str> {
    BTreeSet::from([name])
}

fn python(text: &str, declared: &Declared) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    if declared.python.contains("pytest")
        || text.contains("import pytest")
        || text.contains("from pytest")
    {
        found.insert("pytest");
    }
    if declared.python.contains("nose") || text.contains("nose.tools") {
        found.insert("nose");
    }
    if UNITTEST.is_match(text) || (declared.unittest_base && text.contains("class ")) {
        found.insert("unittest");
    }
    if found.is_empty() {
        // functions that no class holds are what pytest collects
        let is_method = text.contains("(self");
        found.insert(if is_method { "unittest" } else { "pytest" });
    }
    found
}

/// What names a framework in JavaScript.
const PLAYWRIGHT: [&str; 2] = ["@playwright/test", "playwright-bdd"];
const JAVASCRIPT_MARKS: &[(&str, &str)] = &[
    ("\"vitest\"", "vitest"),
    ("'vitest'", "vitest"),
    ("@jest/globals", "jest"),
    ("node:test", "node-test"),
    ("bun:test", "bun-test"),
    ("from 'ava'", "ava"),
    ("from \"ava\"", "ava"),
    ("require('ava')", "ava"),
    ("require('tape')", "tape"),
    ("require(\"tape\")", "tape"),
    ("testcafe", "testcafe"),
    ("jest.fn(", "jest"),
    ("jest.mock(", "jest"),
    ("@wdio/", "webdriverio"),
    ("Deno.test", "deno-test"),
];

/// Any of these marks: most files have none, and one search is shorter than many.
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    let marks = JAVASCRIPT_MARKS.iter().map(|(mark, _)| *mark);
    let marks: Vec<String> = marks.chain(PLAYWRIGHT).map(regex::escape).collect();
    Regex::new(&marks.join("|")).expect("invariant: the pattern is constant")
});

fn javascript(entry: &Entry, text: &str, declared: &Declared) -> BTreeSet<&'static str> {
    let in_folder = |name: &str| entry.folder().split('/').any(|part| part == name);
    let is_marked = MARKED.is_match(text);
    if is_marked && PLAYWRIGHT.iter().any(|mark| text.contains(mark)) {
        return one("playwright");
    }
    let known = declared.javascript(entry.folder());
    if entry.name().contains(".cy.")
        || (known.contains("cypress")
            && (in_folder("cypress") || text.contains("cy.visit") || text.contains("cy.get")))
    {
        return one("cypress");
    }
    for (mark, name) in JAVASCRIPT_MARKS.iter().filter(|_| is_marked) {
        if text.contains(mark) {
            return one(name);
        }
    }
    let is_e2e = in_folder("e2e") || entry.name().contains(".e2e") || in_folder("cypress");
    if is_e2e && known.contains("playwright") && !text.contains("jest") {
        return one("playwright");
    }
    let units: BTreeSet<&'static str> = [
        "jest",
        "vitest",
        "mocha",
        "ava",
        "jasmine",
        "karma",
        "tape",
        "qunit",
        "nightwatch",
    ]
    .into_iter()
    .filter(|name| known.contains(name))
    .collect();
    if units.is_empty() && known.contains("playwright") {
        return one("playwright");
    }
    units
}

fn php(entry: &Entry, text: &str, declared: &Declared) -> BTreeSet<&'static str> {
    if entry.name().ends_with("Spec.php") {
        return one("phpspec");
    }
    if entry.name().ends_with("Cest.php") {
        return one("codeception");
    }
    if declared.pest && !text.contains("class ") {
        return one("pest");
    }
    one("phpunit")
}
