// SPDX-License-Identifier: EUPL-1.2
//! Locks that are read line by line: Python, Rust, Ruby, Elixir, Gradle, Dart, Go.

use std::sync::LazyLock;

use regex::Regex;

use super::{Seen, Use};
use crate::facts::pattern::wide as pattern;

/// A table of packages under construction.
#[derive(Default)]
struct Table {
    name: Option<(String, u32)>,
    version: Option<String>,
    usage: Option<Use>,
    is_own: bool,
}

impl Table {
    fn close(&mut self, seen: &mut Vec<Seen>) {
        let Self {
            name,
            version,
            usage,
            is_own,
        } = std::mem::take(self);
        if let (Some((name, line)), Some(version), false) = (name, version, is_own) {
            seen.push(Seen {
                usage: usage.unwrap_or(Use::Run),
                ..Seen::new(&name, &version, line)
            });
        }
    }
}

/// The tables `[[package]]` of a lock in TOML.
fn tables(text: &str, mut visit: impl FnMut(&mut Table, &str, &str)) -> Option<Vec<Seen>> {
    let mut seen = Vec::new();
    let mut table = Table::default();
    let mut is_inside = false;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim_end();
        if line.starts_with('[') {
            table.close(&mut seen);
            is_inside = matches!(line, "[[package]]" | "[[packages]]");
        } else if let (true, Some((key, value))) = (is_inside, line.split_once(" = ")) {
            match key {
                "name" => table.name = Some((value.trim_matches('"').to_owned(), number)),
                "version" => table.version = Some(value.trim_matches('"').to_owned()),
                _ => visit(&mut table, key, value),
            }
        }
    }
    table.close(&mut seen);
    let is_toml =
        !text.trim_start().starts_with('{') && text.contains(" = ") || text.trim().is_empty();
    is_toml.then_some(seen)
}

/// poetry.lock, uv.lock, pdm.lock, pylock.toml.
pub(super) fn python_tables(text: &str) -> Option<Vec<Seen>> {
    tables(text, |table, key, value| match key {
        "category" if value == "\"dev\"" => table.usage = Some(Use::Development),
        "groups"
            if value.starts_with('[')
                && !value.contains("\"main\"")
                && !value.contains("\"default\"") =>
        {
            table.usage = Some(Use::Development);
        }
        "source" => {
            table.is_own = ["editable", "virtual", "directory", "path"]
                .iter()
                .any(|kind| value.contains(&format!("{kind} =")));
        }
        _ => {}
    })
}

/// Cargo.lock: packages without a source are the project's own.
pub(super) fn cargo(text: &str) -> Option<Vec<Seen>> {
    let mut sources = Vec::new();
    let seen = tables(text, |table, key, _| {
        if key == "source" {
            sources.extend(table.name.clone().map(|(_, line)| line));
        }
    })?;
    Some(
        seen.into_iter()
            .filter(|package| package.line.is_some_and(|line| sources.contains(&line)))
            .collect(),
    )
}

static GEM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^    ([A-Za-z0-9_.-]+) \(([^)\s]+)\)$"));

/// Gemfile.lock: the sections of gems; those read from Git or a path have no published version.
pub(super) fn gems(text: &str) -> Option<Vec<Seen>> {
    let mut seen = Vec::new();
    let mut is_gems = false;
    for (line, number) in text.lines().zip(1..) {
        if !line.starts_with(' ') && !line.is_empty() {
            is_gems = line == "GEM";
        } else if let (true, Some(found)) = (is_gems, GEM.captures(line)) {
            // behind the version stands the platform
            let version = found[2].split('-').next().unwrap_or_default();
            seen.push(Seen::new(&found[1], version, number));
        }
    }
    text.contains("DEPENDENCIES").then_some(seen)
}

static MIX: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^\s*"[^"]+":\s*\{:hex,\s*:([a-z0-9_]+),\s*"([^"]+)""#));

/// mix.lock.
pub(super) fn mix(text: &str) -> Option<Vec<Seen>> {
    found(text, &MIX, text.trim_start().starts_with("%{"))
}

static REBAR: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\{pkg,<<"([^"]+)">>,<<"([^"]+)">>"#));

/// rebar.lock.
pub(super) fn rebar(text: &str) -> Option<Vec<Seen>> {
    found(text, &REBAR, true)
}

fn found(text: &str, pattern: &Regex, is_lock: bool) -> Option<Vec<Seen>> {
    let lines = text.lines().zip(1..);
    let seen = lines.filter_map(|(line, number)| {
        let found = pattern.captures(line)?;
        Some(Seen::new(&found[1], &found[2], number))
    });
    is_lock.then(|| seen.collect())
}

/// gradle.lockfile: `group:artifact:version=configurations`.
#[expect(
    clippy::unnecessary_wraps,
    reason = "readers of all formats have one shape"
)]
pub(super) fn gradle(text: &str) -> Option<Vec<Seen>> {
    let lines = text.lines().zip(1..);
    let seen = lines
        .filter(|(line, _)| !line.starts_with('#'))
        .filter_map(|(line, number)| {
            let (place, configurations) = line.split_once('=')?;
            let (name, version) = place.rsplit_once(':')?;
            let is_test = configurations
                .split(',')
                .all(|one| one.to_ascii_lowercase().contains("test"));
            Some(Seen {
                usage: if is_test { Use::Development } else { Use::Run },
                ..Seen::new(name, version, number)
            })
        });
    Some(seen.collect())
}

/// pubspec.lock: packages with two spaces, their fields with four.
pub(super) fn pub_lock(text: &str) -> Option<Vec<Seen>> {
    let mut seen = Vec::new();
    let mut table = Table::default();
    for (line, number) in text.lines().zip(1..) {
        let body = line.trim_start();
        match (line.len() - body.len(), body.split_once(':')) {
            (2, Some((name, ""))) => {
                table.close(&mut seen);
                table.name = Some((name.to_owned(), number));
            }
            (4, Some(("version", version))) => {
                table.version = Some(version.trim().trim_matches('"').to_owned());
            }
            (4, Some(("dependency", kind))) if kind.contains("direct dev") => {
                table.usage = Some(Use::Development);
            }
            (4, Some(("source", kind))) => table.is_own = kind.trim() != "hosted",
            _ => {}
        }
    }
    table.close(&mut seen);
    text.contains("packages:").then_some(seen)
}

/// go.mod: the versions that are used, replaced modules by what replaces them.
pub(super) fn go_mod(text: &str) -> Option<Vec<Seen>> {
    let mut seen: Vec<Seen> = Vec::new();
    let mut replaced: Vec<(String, Option<(String, String)>)> = Vec::new();
    let mut block = String::new();
    for (line, number) in text.lines().zip(1..) {
        let line = line.split("//").next().unwrap_or(line).trim();
        if let Some(kind) = line.strip_suffix('(') {
            kind.trim().clone_into(&mut block);
            continue;
        }
        if line == ")" {
            block.clear();
            continue;
        }
        let (kind, rest) = if block.is_empty() {
            line.split_once(' ').unwrap_or((line, ""))
        } else {
            (block.as_str(), line)
        };
        let words: Vec<&str> = rest.split_whitespace().collect();
        match (kind, words.as_slice()) {
            ("require", [name, version]) => seen.push(Seen::new(name, version, number)),
            ("replace", [name, rest @ ..]) => {
                let arrow = rest.iter().position(|word| *word == "=>");
                let new = arrow.map_or(&[][..], |at| &rest[at + 1..]);
                let new = match new {
                    [name, version] => Some(((*name).to_owned(), (*version).to_owned())),
                    _ => None,
                };
                replaced.push(((*name).to_owned(), new));
            }
            _ => {}
        }
    }
    for (name, new) in replaced {
        match new {
            Some((new, version)) => {
                for package in seen.iter_mut().filter(|package| package.name == name) {
                    package.name.clone_from(&new);
                    package.version.clone_from(&version);
                }
            }
            None => seen.retain(|package| package.name != name),
        }
    }
    text.contains("module").then_some(seen)
}

static REQUIREMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*===?\s*([^\s;,\\#*]+)\s*(?:[;\\#].*|--.*)?$",
    )
});

/// requirements.txt: the lines with an exact version.
pub(super) fn requirements(text: &str) -> Option<Vec<Seen>> {
    found(text, &REQUIREMENT, true)
}
