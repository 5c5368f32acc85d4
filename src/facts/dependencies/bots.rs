// SPDX-License-Identifier: EUPL-1.2
//! Robots that update dependencies: their configuration, what it covers, and their newest commit.

use crate::model::date::Moment;
use crate::model::document::{Node, parse_yaml};
use crate::model::evidence::Evidence;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::{Entry, Identity, Snapshot};

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

/// The robots that are looked for, for whoever reads that none was found.
pub(super) const NAMES: &str = "Dependabot, Renovate, PyUp, Greenkeeper, Scala Steward, Depfu";

/// Every robot configured, with its file; the most common ones first.
pub(super) fn configured(snapshot: &Snapshot) -> Vec<(&'static str, Evidence)> {
    let mut found: Vec<_> = FILES
        .iter()
        .filter(|(path, _)| snapshot.entry(path).is_some_and(Entry::is_file))
        .filter(|(path, _)| !is_switched_off(snapshot, path))
        .map(|(path, name)| (*name, Evidence::path(*path)))
        .collect();
    if let Some(evidence) = package_json_key(snapshot) {
        found.push(("renovate", evidence));
    }
    found.extend(own_runs(snapshot).map(|evidence| ("renovate", evidence)));
    found
}

/// Renovate also reads the key `renovate` of the root's package.json.
fn package_json_key(snapshot: &Snapshot) -> Option<Evidence> {
    let text = snapshot.text(snapshot.entry("package.json")?).ok()?;
    if !text.text.contains("\"renovate\"") {
        return None;
    }
    let json: serde_json::Value = serde_json::from_str(&text.text).ok()?;
    json.get("renovate")?
        .is_object()
        .then(|| Evidence::path("package.json").with_field("renovate"))
}

/// Renovate run by the repository's own CI.
fn own_runs(snapshot: &Snapshot) -> impl Iterator<Item = Evidence> {
    let is_definition = |entry: &&Entry| {
        let is_yaml = matches!(entry.extension().as_str(), "yml" | "yaml");
        is_yaml
            && (entry.folder() == ".github/workflows"
                || entry.folder() == ".forgejo/workflows"
                || entry.name() == ".gitlab-ci.yml" && entry.is_at_root())
    };
    snapshot.files().filter(is_definition).filter_map(|entry| {
        let text = snapshot.text(entry).ok()?;
        let is_run = |line: &str| {
            let line = line.trim_start();
            !line.starts_with('#')
                && [
                    "renovatebot/github-action",
                    "renovate-bot/renovate-runner",
                    "renovate/renovate:",
                    "image: renovate/renovate",
                    "renovatebot/renovate",
                ]
                .iter()
                .any(|sign| line.contains(sign))
        };
        let at = text.text.lines().position(is_run)?;
        let line = u32::try_from(at + 1).unwrap_or(u32::MAX);
        Some(Evidence::line(&*entry.path, line))
    })
}

/// True for a configuration of Renovate that says that it does nothing.
fn is_switched_off(snapshot: &Snapshot, path: &str) -> bool {
    if !path.contains("renovate") {
        return false;
    }
    let text = snapshot
        .entry(path)
        .and_then(|entry| snapshot.text(entry).ok());
    text.and_then(|text| serde_json::from_str::<serde_json::Value>(&text.text).ok())
        .is_some_and(|json| json["enabled"] == false)
}

/// What the robots update: `packages`, `actions`, `images`, `submodules`.
///
/// # Errors
/// The reason why Dependabot's configuration says nothing.
pub(super) fn updated(
    snapshot: &Snapshot,
    bots: &[(&'static str, Evidence)],
) -> Result<Vec<String>, Reason> {
    let mut found: Vec<String> = Vec::new();
    let mut unread = None;
    for (name, evidence) in bots {
        let path = evidence.path.as_deref().unwrap_or_default();
        if *name != "dependabot" {
            found.push("packages".to_owned());
            continue;
        }
        match ecosystems(snapshot, path) {
            Ok(names) => found.extend(names.iter().map(|name| group(name).to_owned())),
            Err(reason) => unread = Some(reason),
        }
    }
    found.sort_unstable();
    found.dedup();
    match unread {
        Some(reason) if !found.iter().any(|group| group == "packages") => Err(reason),
        _ => Ok(found),
    }
}

/// The package managers that a configuration of Dependabot names, of today's format or of the first one.
fn ecosystems(snapshot: &Snapshot, path: &str) -> Result<Vec<String>, Reason> {
    let entry = snapshot.entry(path);
    let text = entry.map(|entry| snapshot.text(entry));
    let root = match text {
        Some(Ok(text)) => parse_yaml(&text.text).map_err(|error| {
            Reason::new(ReasonCode::Unreadable)
                .with("path", path)
                .with("line", error.line)
        })?,
        Some(Err(error)) => return Err(error.reason(path)),
        None => return Ok(Vec::new()),
    };
    let names = |list: &str, key: &str| -> Vec<String> {
        let list = root.get(list).map_or(&[][..], Node::items);
        let names = list.iter().filter_map(|item| item.get(key)?.text());
        names.map(str::to_owned).collect()
    };
    let mut found = names("updates", "package-ecosystem");
    found.extend(names("update_configs", "package_manager"));
    Ok(found)
}

fn group(ecosystem: &str) -> &'static str {
    match ecosystem {
        "github-actions" => "actions",
        "gitsubmodule" | "submodules" => "submodules",
        "docker" | "docker-compose" | "devcontainers" | "helm" => "images",
        _ => "packages",
    }
}

/// The newest commit of a robot that updates dependencies, and whether the whole history was looked at.
///
/// # Errors
/// The reason why there is no history.
pub(super) fn newest_commit(snapshot: &Snapshot) -> Result<(Option<Moment>, bool), &Reason> {
    let history = snapshot.history()?;
    let robots: Vec<bool> = history.authors.iter().map(updates_dependencies).collect();
    let newest = history
        .commits
        .iter()
        .filter(|commit| robots.get(commit.author).copied().unwrap_or(false))
        .map(|commit| commit.committed)
        .max_by_key(|at| at.seconds);
    Ok((newest, history.is_complete))
}

fn updates_dependencies(author: &Identity) -> bool {
    let name = author.name.trim().to_ascii_lowercase();
    let address = author.email.trim().to_ascii_lowercase();
    [
        "dependabot",
        "renovate",
        "pyup-bot",
        "greenkeeper",
        "snyk-bot",
        "snyk bot",
        "depfu",
        "scala-steward",
        "scala steward",
        "mend-bolt",
        "whitesource",
    ]
    .iter()
    .any(|robot| {
        name == *robot
            || name
                .strip_prefix(robot)
                .is_some_and(|rest| rest.starts_with(['[', '-', ' ']) || rest == "bot")
            || address.contains(&format!("{robot}[bot]@"))
    })
}
