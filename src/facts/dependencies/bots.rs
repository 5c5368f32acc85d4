// SPDX-License-Identifier: EUPL-1.2
//! Robots that update dependencies, recognised by their configuration and by nothing else.

use crate::model::evidence::Evidence;
use crate::snapshot::{Entry, Snapshot};

const FILES: [(&str, &str); 20] = [
    (".github/dependabot.yml", "dependabot"),
    (".github/dependabot.yaml", "dependabot"),
    (".gitlab/dependabot.yml", "dependabot"),
    (".dependabot/config.yml", "dependabot"),
    ("renovate.json", "renovate"),
    ("renovate.json5", "renovate"),
    ("renovate.jsonc", "renovate"),
    (".github/renovate.json", "renovate"),
    (".github/renovate.json5", "renovate"),
    (".gitlab/renovate.json", "renovate"),
    (".gitlab/renovate.json5", "renovate"),
    (".renovaterc", "renovate"),
    (".renovaterc.json", "renovate"),
    (".renovaterc.json5", "renovate"),
    (".forgejo/renovate.json", "renovate"),
    (".gitea/renovate.json", "renovate"),
    (".pyup.yml", "pyup"),
    ("greenkeeper.json", "greenkeeper"),
    (".scala-steward.conf", "scala-steward"),
    (".depfu.yml", "depfu"),
];

/// Every robot configured, with its file; the most common ones first.
pub(super) fn configured(snapshot: &Snapshot) -> Vec<(&'static str, Evidence)> {
    let mut found: Vec<_> = FILES
        .iter()
        .filter(|(path, _)| snapshot.entry(path).is_some_and(Entry::is_file))
        .map(|(path, name)| (*name, Evidence::path(*path)))
        .collect();
    if let Some(evidence) = package_json_key(snapshot) {
        found.push(("renovate", evidence));
    }
    found
}

/// Renovate also reads the key `renovate` of the root's package.json.
fn package_json_key(snapshot: &Snapshot) -> Option<Evidence> {
    let text = snapshot.text(snapshot.entry("package.json")?).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text.text).ok()?;
    json.get("renovate")?
        .is_object()
        .then(|| Evidence::path("package.json").with_field("renovate"))
}
