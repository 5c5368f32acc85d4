// SPDX-License-Identifier: EUPL-1.2
//! Scripts that package.json and composer.json name, and which of them a command means.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::snapshot::{Entry, Snapshot};

/// What a task runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    /// The commands.
    pub(super) text: String,
    /// The folder in which they run.
    pub(super) folder: Option<String>,
}

/// A manifest with named scripts.
pub(super) struct Manifest {
    pub(super) folder: String,
    pub(super) name: Option<String>,
    pub(super) scripts: BTreeMap<String, Vec<String>>,
}

impl Manifest {
    pub(super) fn is_called(&self, package: Option<&str>) -> bool {
        let Some(package) = package else { return false };
        let package = package
            .trim_matches(['.', '{', '}'])
            .trim_start_matches("./")
            .trim_end_matches('/');
        self.name.as_deref() == Some(package)
            || self.folder == package
            || (!package.is_empty() && self.folder.ends_with(&format!("/{package}")))
    }

    /// Scripts called `name`, where a `*` stands for anything.
    pub(super) fn scripts_like(&self, name: &str) -> Vec<Script> {
        let is_like = |script: &str| match name.split_once('*') {
            Some((start, end)) => {
                script.len() >= start.len()
                    && script.starts_with(start)
                    && script.ends_with(end.trim_start_matches('*'))
            }
            None => script == name,
        };
        self.scripts
            .iter()
            .filter(|(script, _)| is_like(script))
            .flat_map(|(_, lines)| lines)
            .map(|line| here(line, Some(&self.folder)))
            .collect()
    }
}

/// Reads the scripts of a package.json or composer.json.
pub(super) fn manifest(snapshot: &Snapshot, entry: &Entry) -> Option<Manifest> {
    let json: Value = serde_json::from_str(&snapshot.text(entry).ok()?.text).ok()?;
    let mut scripts = BTreeMap::new();
    for (name, value) in json["scripts"].as_object().into_iter().flatten() {
        let lines = match value {
            Value::String(line) => vec![line.clone()],
            Value::Array(lines) => lines
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            _ => continue,
        };
        // composer refers to another script as @name, and to php as @php
        let lines = lines
            .into_iter()
            .map(|line| match line.strip_prefix('@') {
                Some(rest) if rest.starts_with("php ") => rest.to_owned(),
                Some(rest) if rest.starts_with("composer ") => rest.to_owned(),
                Some(rest) if !rest.starts_with("putenv") => format!("composer {rest}"),
                _ => line,
            })
            .collect();
        scripts.insert(name.clone(), lines);
    }
    Some(Manifest {
        folder: entry.folder().to_owned(),
        name: json["name"].as_str().map(str::to_owned),
        scripts,
    })
}

/// A script run in a folder.
pub(super) fn here(text: &str, folder: Option<&str>) -> Script {
    Script {
        text: text.to_owned(),
        folder: folder.map(str::to_owned),
    }
}

/// The script `name` of the manifest that a command run in `folder` would use.
pub(super) fn chosen_script(
    manifests: &[Manifest],
    name: &str,
    folder: Option<&str>,
    package: Option<&str>,
) -> Vec<Script> {
    let near = folder.filter(|_| package.is_none()).and_then(|folder| {
        let at = |folder: &str| manifests.iter().find(|manifest| manifest.folder == folder);
        at(folder).or_else(|| at(""))
    });
    let chosen: Vec<&Manifest> = if let Some(manifest) = near {
        vec![manifest]
    } else {
        let named: Vec<&Manifest> = manifests
            .iter()
            .filter(|manifest| package.is_some() && manifest.is_called(package))
            .collect();
        if named.is_empty() {
            manifests.iter().collect()
        } else {
            named
        }
    };
    chosen
        .iter()
        .flat_map(|manifest| manifest.scripts_like(name))
        .collect()
}
