// SPDX-License-Identifier: EUPL-1.2
//! Workspaces: one lock file at the top for the packages below.

use serde_json::Value;

use super::manifest::Manifest;
use crate::model::document::parse_yaml;
use crate::snapshot::Snapshot;

/// A path below a folder.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// True when the lock file of `folder` holds what `manifest`, further down, depends on.
pub(super) fn covers(snapshot: &Snapshot, folder: &str, lock: &str, manifest: &Manifest) -> bool {
    let below = manifest.folder();
    let relative = match folder {
        "" => below,
        _ => below
            .strip_prefix(folder)
            .map_or("", |rest| rest.trim_start_matches('/')),
    };
    match manifest.ecosystem {
        "npm" => npm(snapshot, folder, relative),
        "cargo" | "pypi" if lock.ends_with("Cargo.lock") || lock.ends_with("uv.lock") => {
            names_package(snapshot, lock, manifest)
        }
        // requirements/base.txt beside the lock of the project
        "pypi" => relative == "requirements",
        "hex" => relative.starts_with("apps/"),
        "pub" => text(snapshot, &manifest.path)
            .is_some_and(|text| text.contains("resolution: workspace")),
        // an environment of R serves the whole project
        "cran" => true,
        _ => false,
    }
}

fn text(snapshot: &Snapshot, path: &str) -> Option<String> {
    let text = snapshot.text(snapshot.entry(path)?).ok()?;
    Some(text.text.clone())
}

fn names_package(snapshot: &Snapshot, lock: &str, manifest: &Manifest) -> bool {
    let Some(package) = &manifest.package else {
        return false;
    };
    let line = format!("name = \"{}\"", package.name);
    snapshot
        .entry(lock)
        .and_then(|entry| snapshot.text(entry).ok())
        .is_some_and(|text| text.text.lines().any(|found| found == line))
}

/// True when npm, Yarn, pnpm, Bun or Lerna count `relative` among the packages of `folder`.
fn npm(snapshot: &Snapshot, folder: &str, relative: &str) -> bool {
    let mut patterns = Vec::new();
    if let Some(json) = json(snapshot, &join(folder, "package.json")) {
        let workspaces = &json["workspaces"];
        let list = if workspaces.is_object() {
            &workspaces["packages"]
        } else {
            workspaces
        };
        patterns.extend(strings(list));
    }
    if let Some(json) = json(snapshot, &join(folder, "lerna.json")) {
        patterns.extend(strings(&json["packages"]));
    }
    let pnpm = join(folder, "pnpm-workspace.yaml");
    if let Some(root) = text(snapshot, &pnpm).and_then(|text| parse_yaml(&text).ok()) {
        let list = root.get("packages").map_or(&[][..], |node| node.items());
        patterns.extend(
            list.iter()
                .filter_map(|item| item.text())
                .map(str::to_owned),
        );
    }
    let (taken, kept_out): (Vec<String>, Vec<String>) = patterns
        .into_iter()
        .partition(|pattern| !pattern.starts_with('!'));
    let is_in = |list: &[String]| {
        let mut list = list.iter();
        list.any(|pattern| matches(pattern.trim_start_matches('!'), relative))
    };
    is_in(&taken) && !is_in(&kept_out)
}

fn json(snapshot: &Snapshot, path: &str) -> Option<Value> {
    serde_json::from_str(&text(snapshot, path)?).ok()
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A pattern of folders: `packages/*`, `apps/**`, `{web,api}`, `./server`.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let parts: Vec<&str> = pattern.split('/').take(32).collect();
    let path: Vec<&str> = path.split('/').take(64).collect();
    matches_parts(&parts, &path)
}

fn matches_parts(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            (0..=path.len()).any(|skipped| matches_parts(rest, &path[skipped..]))
        }
        (Some((head, rest)), Some((first, below))) => {
            matches_word(head, first) && matches_parts(rest, below)
        }
        _ => false,
    }
}

fn matches_word(pattern: &str, word: &str) -> bool {
    if let Some((head, rest)) = pattern.split_once('{')
        && let Some((choices, tail)) = rest.split_once('}')
    {
        return choices
            .split(',')
            .any(|choice| matches_word(&format!("{head}{choice}{tail}"), word));
    }
    let Some((head, tail)) = pattern.split_once('*') else {
        return pattern == word;
    };
    let tail = tail.trim_start_matches('*');
    word.strip_prefix(head)
        .is_some_and(|rest| rest.ends_with(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_folders_are_understood() {
        for (pattern, path) in [
            ("packages/*", "packages/a"),
            ("./packages/*/", "packages/a"),
            ("apps/**", "apps/web/front"),
            ("**/front", "a/b/front"),
            ("{web,api}", "api"),
            ("lib-*", "lib-x"),
            ("server", "server"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("packages/*", "packages/a/b"),
            ("packages/*", "front"),
            ("{web,api}", "ap"),
            ("server", "server/x"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }
}
