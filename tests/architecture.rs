// SPDX-License-Identifier: EUPL-1.2
//! The house as ARCHITECTURE.md draws it: which room may import which, and what no room may hold.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in the order of the line, with the modules that each may import.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("catalogue", &["model"]),
    ("forge", &["model"]),
    ("snapshot", &["model"]),
    ("facts", &["model", "forge::record", "snapshot"]),
    ("rules", &["model", "facts::key", "facts::set"]),
    (
        "scoring",
        &[
            "model",
            "facts::key",
            "facts::set",
            "rules::model",
            "rules::predicate",
        ],
    ),
    (
        "reports",
        &["model", "scoring", "rules::model", "rules::trace"],
    ),
    (
        "store",
        &[
            "model",
            "forge::record",
            "facts::set",
            "rules::model",
            "scoring",
        ],
    ),
    (
        "crawl",
        &[
            "model",
            "catalogue",
            "forge",
            "snapshot",
            "facts",
            "rules",
            "scoring",
            "store",
        ],
    ),
    (
        "cli",
        &[
            "model",
            "catalogue",
            "forge",
            "snapshot",
            "facts",
            "rules",
            "scoring",
            "reports",
            "store",
            "crawl",
        ],
    ),
];

/// Code that reaches outside, and the rooms that may hold it.
const OUTSIDE: &[(&str, &[&str])] = &[
    (
        "std::fs",
        &["snapshot", "catalogue", "rules", "forge", "cli"],
    ),
    ("std::net", &["forge"]),
    ("std::process::Command", &[]),
    ("tokio::process", &["forge"]),
    ("tokio::", &["forge", "crawl", "store", "cli"]),
    ("println!", &[]),
    ("eprintln!", &[]),
    ("std::env::", &["cli"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file by room; `main.rs` and `lib.rs` belong to none.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut rooms: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for path in files {
        let relative = path.strip_prefix(&src).unwrap().to_owned();
        if relative.components().count() < 2 {
            continue;
        }
        let room = relative
            .iter()
            .next()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        #[expect(clippy::disallowed_methods, reason = "a file of this repository")]
        let text = fs::read_to_string(&path).unwrap();
        rooms
            .entry(room)
            .or_default()
            .push((relative, code_of(&text)));
    }
    let test_modules: Vec<PathBuf> = rooms
        .values()
        .flatten()
        .flat_map(|(path, code)| test_modules(path, code))
        .collect();
    for files in rooms.values_mut() {
        files.retain(|(path, _)| {
            let module = path.with_extension("");
            !test_modules.iter().any(|tests| module.starts_with(tests))
        });
    }
    rooms
}

/// Modules that are compiled for tests alone: `#[cfg(test)] mod name;`.
fn test_modules(path: &Path, code: &str) -> Vec<PathBuf> {
    let folder = if path.ends_with("mod.rs") {
        path.parent().unwrap().to_owned()
    } else {
        path.with_extension("")
    };
    let pieces = code.split("#[cfg(test)]").skip(1);
    pieces
        .filter_map(|piece| piece.trim_start().strip_prefix("mod ")?.split_once(';'))
        .filter(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .map(|(name, _)| folder.join(name))
        .collect()
}

/// The code without comments.
fn code_of(text: &str) -> String {
    text.lines()
        .map(|line| match line.find("//") {
            Some(at) if !line[..at].ends_with(':') => &line[..at],
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The code before the unit tests of a file.
fn product_of(code: &str) -> &str {
    code.find("#[cfg(test)]\nmod tests {")
        .map_or(code, |at| &code[..at])
}

/// Paths after `crate::`, grouped imports opened: `crate::{a::b, c}` gives `a::b` and `c`.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let end = group.find('}').unwrap_or(group.len());
            let parts = group[..end].split(',');
            found.extend(
                parts
                    .map(|part| part.trim().to_owned())
                    .filter(|part| !part.is_empty()),
            );
        } else {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .unwrap_or(rest.len());
            let mut path = rest[..end].trim_end_matches(':').to_owned();
            // `crate::room::{…}`: the first step inside counts too
            if let Some(group) = rest[end..].strip_prefix('{') {
                let close = group.find('}').unwrap_or(group.len());
                for part in group[..close].split(',') {
                    let part = part.trim();
                    if !part.is_empty() {
                        found.push(format!("{path}::{part}"));
                    }
                }
                continue;
            }
            path.truncate(path.len());
            found.push(path);
        }
    }
    found
}

#[test]
fn every_room_imports_only_what_its_row_allows() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut faults = Vec::new();
    for (room, files) in rooms() {
        let Some(row) = allowed.get(room.as_str()) else {
            faults.push(format!("src/{room} is no room"));
            continue;
        };
        for (path, code) in files {
            for import in imports(&code) {
                let is_own = import == room || import.starts_with(&format!("{room}::"));
                let is_allowed = row
                    .iter()
                    .any(|module| import == *module || import.starts_with(&format!("{module}::")));
                if !is_own && !is_allowed {
                    faults.push(format!("src/{}: crate::{import}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_some_rooms_reach_outside() {
    let mut faults = Vec::new();
    for (room, files) in rooms() {
        for (path, code) in files {
            let product = product_of(&code);
            for (needle, may) in OUTSIDE {
                if product.contains(needle) && !may.contains(&room.as_str()) {
                    faults.push(format!("src/{}: {needle}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_rule_category_or_scale_is_named_in_code() {
    let rules = perenne::rules::load::embedded_rules();
    let mut names: Vec<String> = rules.rules.iter().map(|rule| rule.id.to_string()).collect();
    names.extend(rules.scales.iter().map(|scale| scale.id.clone()));
    let mut faults = Vec::new();
    for (room, files) in rooms() {
        if !matches!(
            room.as_str(),
            "rules" | "scoring" | "reports" | "store" | "crawl"
        ) {
            continue;
        }
        for (path, code) in files {
            let product = product_of(&code);
            for name in &names {
                if product.contains(&format!("\"{name}\"")) {
                    faults.push(format!("src/{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_main_file_is_thin() {
    let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs");
    #[expect(clippy::disallowed_methods, reason = "a file of this repository")]
    let text = fs::read_to_string(main).unwrap();
    assert!(text.lines().count() <= 30);
}
