// SPDX-License-Identifier: EUPL-1.2
//! One manifest, read: what it depends on and which package it defines.

use super::formats;
use crate::snapshot::Snapshot;

/// A file of a package manager, whether it declares dependencies or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::facts) struct Manifest {
    /// Path from the root.
    pub(in crate::facts) path: String,
    /// Package manager or registry, lower case.
    pub(in crate::facts) ecosystem: &'static str,
    /// What it declares, in order.
    pub(in crate::facts) dependencies: Vec<Dependency>,
    /// The package that it names.
    pub(in crate::facts) package: Option<Package>,
    /// True when its text could be understood.
    pub(in crate::facts) is_read: bool,
}

/// When a dependency is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::facts) enum Scope {
    /// To run.
    Run,
    /// To develop, to test, or only when asked for.
    Development,
    /// Brought by whoever uses the package.
    Peer,
}

/// One declared dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::facts) struct Dependency {
    /// Name as the package manager writes it, lower case.
    pub(in crate::facts) name: String,
    /// When it is needed.
    pub(in crate::facts) scope: Scope,
}

/// The package that a manifest names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "traits that any package may combine"
)]
pub(in crate::facts) struct Package {
    /// Its name.
    pub(in crate::facts) name: String,
    /// Its version; `dynamic` when it is computed, nothing where tags say it.
    pub(in crate::facts) version: Option<String>,
    /// True when the manifest forbids publishing, or is an application's by its type.
    pub(in crate::facts) is_private: bool,
    /// True when it installs a command.
    pub(in crate::facts) has_command: bool,
    /// True when it is shaped to be used by other code: entry points, types, a list of published files.
    pub(in crate::facts) is_library: bool,
    /// True when it carries what only published packages need: classifiers, keywords of a registry.
    pub(in crate::facts) is_published: bool,
}

/// What a format's reader found; `None` from the reader means malformed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) dependencies: Vec<Dependency>,
    pub(super) package: Option<Package>,
}

impl Content {
    pub(super) fn push(&mut self, name: &str, scope: Scope) {
        let name = name.trim().to_ascii_lowercase();
        if !name.is_empty() {
            self.dependencies.push(Dependency { name, scope });
        }
    }
}

impl Manifest {
    /// True when it declares a dependency, or cannot be read: a manifest all the same.
    pub(in crate::facts) fn declares(&self) -> bool {
        !self.is_read || !self.dependencies.is_empty()
    }

    /// The folder that holds it, empty for the root.
    pub(in crate::facts) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Every manifest of the project in path order, those of test fixtures left out.
pub(in crate::facts) fn read_all(snapshot: &Snapshot) -> Vec<Manifest> {
    let mut manifests = Vec::new();
    for entry in snapshot.files() {
        let Some(format) = formats::recognise(&entry.path, entry.name()) else {
            continue;
        };
        if is_fixture(entry.folder()) {
            continue;
        }
        let text = snapshot.text(entry);
        let content = match &text {
            Ok(text) if text.is_truncated => None,
            Ok(text) => {
                if !(format.is_one)(&text.text) {
                    continue;
                }
                format.read(&text.text)
            }
            Err(_) if format.is_certain => None,
            Err(_) => continue,
        };
        let is_read = content.is_some();
        let content = content.unwrap_or_default();
        manifests.push(Manifest {
            path: entry.path.to_string(),
            ecosystem: format.ecosystem,
            dependencies: content.dependencies,
            package: content.package,
            is_read,
        });
    }
    manifests
}

/// True for folders that hold the material of tests or templates, not the project.
pub(in crate::facts) fn is_fixture(folder: &str) -> bool {
    folder.split('/').any(|part| {
        matches!(
            part.to_ascii_lowercase().as_str(),
            "fixtures"
                | "fixture"
                | "__fixtures__"
                | "__mocks__"
                | "testdata"
                | "test-data"
                | "test_data"
        ) || part.contains("{{")
    })
}
