// SPDX-License-Identifier: EUPL-1.2
//! Locks in JSON: Composer, Pipenv, renv, .NET.

use serde_json::Value;

use super::{Seen, Use};

/// Finds the lines of keys that are met in the order in which they stand.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    /// The line of the next `"key": {`, written as package managers do.
    pub(super) fn line_of_key(&mut self, key: &str) -> Option<u32> {
        self.line_of(&format!("\"{key}\": {{"))
    }

    fn line_of(&mut self, wanted: &str) -> Option<u32> {
        let rest = &self.text[self.at..];
        let found = rest.find(wanted)?;
        let passed = rest[..found].bytes().filter(|byte| *byte == b'\n').count();
        self.line += u32::try_from(passed).unwrap_or(0);
        self.at += found;
        Some(self.line)
    }
}

/// composer.lock.
pub(super) fn composer(text: &str) -> Option<Vec<Seen>> {
    let root: Value = serde_json::from_str(text).ok()?;
    root.get("packages")?;
    let mut cursor = Cursor::new(text);
    let mut seen = Vec::new();
    for (key, usage) in [("packages", Use::Run), ("packages-dev", Use::Development)] {
        for package in root[key].as_array().into_iter().flatten() {
            let (Some(name), Some(version)) =
                (package["name"].as_str(), package["version"].as_str())
            else {
                continue;
            };
            let line = cursor.line_of(&format!("\"name\": \"{name}\""));
            seen.push(Seen {
                usage,
                line,
                ..Seen::new(name, version, 0)
            });
        }
    }
    Some(seen)
}

/// Pipfile.lock.
pub(super) fn pipfile(text: &str) -> Option<Vec<Seen>> {
    let root: Value = serde_json::from_str(text).ok()?;
    let root = root.as_object()?;
    let mut cursor = Cursor::new(text);
    let mut seen = Vec::new();
    for (group, packages) in root.iter().filter(|(group, _)| *group != "_meta") {
        cursor.line_of_key(group);
        for (name, package) in packages.as_object().into_iter().flatten() {
            let line = cursor.line_of_key(name);
            if let Some(version) = package["version"].as_str() {
                seen.push(Seen {
                    usage: if group == "develop" {
                        Use::Development
                    } else {
                        Use::Run
                    },
                    line,
                    ..Seen::new(name, version.trim_start_matches('='), 0)
                });
            }
        }
    }
    Some(seen)
}

/// renv.lock.
pub(super) fn renv(text: &str) -> Option<Vec<Seen>> {
    let root: Value = serde_json::from_str(text).ok()?;
    let mut cursor = Cursor::new(text);
    let mut seen = Vec::new();
    for (name, package) in root.get("Packages")?.as_object()? {
        let line = cursor.line_of_key(name);
        if let Some(version) = package["Version"].as_str() {
            seen.push(Seen {
                line,
                ..Seen::new(name, version, 0)
            });
        }
    }
    Some(seen)
}

/// packages.lock.json.
pub(super) fn nuget(text: &str) -> Option<Vec<Seen>> {
    let root: Value = serde_json::from_str(text).ok()?;
    let mut cursor = Cursor::new(text);
    let mut seen = Vec::new();
    for (framework, packages) in root.get("dependencies")?.as_object()? {
        cursor.line_of_key(framework);
        for (name, package) in packages.as_object().into_iter().flatten() {
            let line = cursor.line_of_key(name);
            if let Some(version) = package["resolved"].as_str() {
                seen.push(Seen {
                    line,
                    ..Seen::new(name, version, 0)
                });
            }
        }
    }
    Some(seen)
}
