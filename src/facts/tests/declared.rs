// SPDX-License-Identifier: EUPL-1.2
//! Frameworks that manifests and configuration files name. They count only together with test files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::snapshot::{Entry, Snapshot};

/// Manifests that are read at most.
const MOST_MANIFESTS: usize = 300;

/// What the repository says of its test frameworks outside test files.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// Names found in Python's manifests and configuration.
    pub(super) python: BTreeSet<&'static str>,
    /// A base class of tests derives from `unittest`.
    pub(super) unittest_base: bool,
    /// A configuration collects the examples of docstrings.
    pub(super) doctests: bool,
    /// Runner of feature files.
    pub(super) gherkin: &'static str,
    /// Pest is among the PHP dependencies.
    pub(super) pest: bool,
    javascript: BTreeMap<String, BTreeSet<&'static str>>,
}

/// Packages of npm that are, or bring, a runner.
const PACKAGES: [(&str, &str); 36] = [
    ("jest", "jest"),
    ("jest-cli", "jest"),
    ("ts-jest", "jest"),
    ("babel-jest", "jest"),
    ("vue-jest", "jest"),
    ("@vue/vue2-jest", "jest"),
    ("@vue/vue3-jest", "jest"),
    ("@jest/core", "jest"),
    ("@jest/globals", "jest"),
    ("@swc/jest", "jest"),
    ("jest-environment-jsdom", "jest"),
    ("jest-expo", "jest"),
    ("jest-preset-angular", "jest"),
    ("@nx/jest", "jest"),
    ("@nrwl/jest", "jest"),
    ("react-scripts", "jest"),
    ("react-scripts-ts", "jest"),
    ("@vue/cli-plugin-unit-jest", "jest"),
    ("@craco/craco", "jest"),
    ("vitest", "vitest"),
    ("mocha", "mocha"),
    ("mochapack", "mocha"),
    ("mocha-webpack", "mocha"),
    ("@vue/cli-plugin-unit-mocha", "mocha"),
    ("ava", "ava"),
    ("jasmine", "jasmine"),
    ("jasmine-core", "jasmine"),
    ("karma", "karma"),
    ("tape", "tape"),
    ("qunit", "qunit"),
    ("cypress", "cypress"),
    ("@vue/cli-plugin-e2e-cypress", "cypress"),
    ("@playwright/test", "playwright"),
    ("playwright", "playwright"),
    ("nightwatch", "nightwatch"),
    ("@vue/cli-plugin-e2e-nightwatch", "nightwatch"),
];

impl Declared {
    pub(super) fn read(snapshot: &Snapshot) -> Self {
        let mut declared = Self {
            gherkin: "cucumber",
            ..Self::default()
        };
        let mut read = 0;
        for entry in snapshot.files() {
            if read >= MOST_MANIFESTS {
                break;
            }
            read += usize::from(declared.add(snapshot, entry));
        }
        declared
    }

    /// Runners that the manifests above a folder name, nearest first; a package inherits from the root.
    pub(super) fn javascript(&self, folder: &str) -> BTreeSet<&'static str> {
        let mut found = BTreeSet::new();
        let mut at = folder;
        loop {
            if let Some(names) = self.javascript.get(at) {
                found.extend(names);
            }
            if at.is_empty() {
                break;
            }
            at = at.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        if found.is_empty() {
            // tests beside the manifest's folder, as in a repository of several parts
            found.extend(self.javascript.values().flatten());
        }
        found
    }

    /// Reads one file; true when it was of use.
    fn add(&mut self, snapshot: &Snapshot, entry: &Entry) -> bool {
        let name = entry.name();
        match name {
            "package.json" => self.add_package(snapshot, entry),
            "composer.json" => {
                self.pest |= contains(snapshot, entry, "pestphp/pest");
            }
            "behat.yml" | "behat.yml.dist" => self.gherkin = "behat",
            "behave.ini" | ".behaverc" => self.gherkin = "behave",
            "pytest.ini" | "conftest.py" => {
                self.python.insert("pytest");
                self.doctests |= snapshot
                    .text(entry)
                    .is_ok_and(|text| collects_doctests(&text.text));
            }
            "setup.cfg" | "setup.py" | "tox.ini" | "pyproject.toml" | "Pipfile" | "noxfile.py" => {
                self.add_python(snapshot, entry);
            }
            "environment.yml" | "environment.yaml" => self.add_python(snapshot, entry),
            _ if name.starts_with("requirements")
                && matches!(entry.extension().as_str(), "txt" | "in") =>
            {
                self.add_python(snapshot, entry);
            }
            _ if name.starts_with("jest.config.") => self.add_config(entry, "jest"),
            _ if name.starts_with("vitest.config.") || name.starts_with("vitest.workspace.") => {
                self.add_config(entry, "vitest");
            }
            _ if name.starts_with("playwright.config.") => self.add_config(entry, "playwright"),
            _ if name.starts_with("cypress.config.") || name == "cypress.json" => {
                self.add_config(entry, "cypress");
            }
            _ if name.starts_with("karma.conf.") => self.add_config(entry, "karma"),
            _ if name.starts_with(".mocharc") => self.add_config(entry, "mocha"),
            _ if entry.extension() == "py"
                && matches!(name, "base.py" | "utils.py" | "helpers.py" | "__init__.py") =>
            {
                let in_tests = entry
                    .folder()
                    .split('/')
                    .any(|part| matches!(part, "test" | "tests"));
                if !in_tests {
                    return false;
                }
                self.unittest_base |= contains(snapshot, entry, "TestCase");
            }
            _ => return false,
        }
        true
    }

    fn add_config(&mut self, entry: &Entry, name: &'static str) {
        self.javascript
            .entry(entry.folder().to_owned())
            .or_default()
            .insert(name);
    }

    fn add_package(&mut self, snapshot: &Snapshot, entry: &Entry) {
        let Ok(text) = snapshot.text(entry) else {
            return;
        };
        let Ok(json) = serde_json::from_str::<Value>(&text.text) else {
            return;
        };
        for list in ["dependencies", "devDependencies", "peerDependencies"] {
            for package in json[list]
                .as_object()
                .into_iter()
                .flat_map(|list| list.keys())
            {
                if let Some((_, name)) = PACKAGES.iter().find(|(known, _)| known == package) {
                    self.add_config(entry, name);
                }
            }
        }
        if json["jest"].is_object() {
            self.add_config(entry, "jest");
        }
    }

    fn add_python(&mut self, snapshot: &Snapshot, entry: &Entry) {
        let Ok(text) = snapshot.text(entry) else {
            return;
        };
        self.doctests |= collects_doctests(&text.text);
        let words = text
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'));
        for word in
            words.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-'))
        {
            match word {
                "pytest" | "pytest-django" | "pytest-cov" | "pytest-asyncio" => {
                    self.python.insert("pytest")
                }
                "nose" | "nosetests" => self.python.insert("nose"),
                "behave" | "behave-django" => {
                    self.gherkin = "behave";
                    false
                }
                _ => false,
            };
        }
    }
}

fn collects_doctests(text: &str) -> bool {
    ["--doctest-modules", "--with-doctest", "with-doctest"]
        .iter()
        .any(|mark| text.contains(mark))
}

fn contains(snapshot: &Snapshot, entry: &Entry, mark: &str) -> bool {
    snapshot
        .text(entry)
        .is_ok_and(|text| text.text.contains(mark))
}
