// SPDX-License-Identifier: EUPL-1.2
//! Locks of npm, Yarn, pnpm and Bun.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::objects::Cursor;
use super::{Seen, Use};

/// package-lock.json of the three formats.
pub(super) fn npm(text: &str) -> Option<Vec<Seen>> {
    let root: Value = serde_json::from_str(text).ok()?;
    let root = root.as_object()?;
    let mut seen = Vec::new();
    let mut cursor = Cursor::new(text);
    if let Some(packages) = root.get("packages").and_then(Value::as_object) {
        for (path, package) in packages {
            let line = cursor.line_of_key(path);
            let is_own = !path.contains("node_modules/") || package["link"] == true;
            let Some(version) = package["version"].as_str().filter(|_| !is_own) else {
                continue;
            };
            let name = package["name"].as_str();
            let name = name.or_else(|| path.rsplit("node_modules/").next());
            seen.push(Seen {
                usage: usage(package),
                line,
                ..Seen::new(name.unwrap_or_default(), version, 0)
            });
        }
        return Some(seen);
    }
    let Some(dependencies) = root.get("dependencies") else {
        // a project without dependencies has a lock all the same
        return root.contains_key("lockfileVersion").then_some(seen);
    };
    tree(dependencies.as_object()?, &mut cursor, &mut seen, 0);
    Some(seen)
}

/// The nested form of the first format.
fn tree(packages: &Map<String, Value>, cursor: &mut Cursor<'_>, seen: &mut Vec<Seen>, depth: u8) {
    for (name, package) in packages {
        let line = cursor.line_of_key(name);
        if let Some(version) = package["version"].as_str() {
            let (name, version) = match version.strip_prefix("npm:") {
                Some(alias) => alias.rsplit_once('@').unwrap_or((name, version)),
                None => (name.as_str(), version),
            };
            let is_numbered = version.starts_with(|c: char| c.is_ascii_digit());
            seen.extend(is_numbered.then(|| Seen {
                usage: usage(package),
                line,
                ..Seen::new(name, version, 0)
            }));
        }
        if let (Some(below), true) = (package["dependencies"].as_object(), depth < 32) {
            tree(below, cursor, seen, depth + 1);
        }
    }
}

fn usage(package: &Value) -> Use {
    if package["dev"] == true || package["devOptional"] == true {
        Use::Development
    } else {
        Use::Run
    }
}

/// yarn.lock of both formats. It does not tell what is for development.
pub(super) fn yarn(text: &str) -> Option<Vec<Seen>> {
    let mut seen = Vec::new();
    let mut name: Option<(String, u32)> = None;
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if !line.starts_with(' ') {
            let head = line.trim_end_matches(':').trim_matches('"');
            let first = head.split(", ").next().unwrap_or(head).trim_matches('"');
            let is_own = first.contains("@workspace:") || first.contains("@link:");
            name = (!is_own)
                .then(|| yarn_name(first).map(|name| (name.to_owned(), number)))
                .flatten();
        } else if let Some(rest) = line.strip_prefix("  version")
            && let Some((name, at)) = name.take()
        {
            let version = rest.trim_matches([':', ' ', '"']);
            seen.push(Seen::new(&name, version, at));
        }
    }
    let is_lock = !seen.is_empty() || text.contains("yarn lockfile") || text.contains("__metadata");
    is_lock.then_some(seen)
}

/// `@s/name@^1.0`, `name@npm:^1.0`, `alias@npm:real@^1.0`.
fn yarn_name(spec: &str) -> Option<&str> {
    let at =
        spec[usize::from(spec.starts_with('@'))..].find('@')? + usize::from(spec.starts_with('@'));
    let (name, wanted) = (&spec[..at], &spec[at + 1..]);
    if let Some(alias) = wanted.strip_prefix("npm:") {
        let skip = usize::from(alias.starts_with('@'));
        if let Some(end) = alias.get(skip..)?.find('@') {
            return alias.get(..end + skip);
        }
    }
    Some(name)
}

static PNPM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^  ['"]?/?((?:@[^/@\s'"]+/)?[^/@\s'"]+)[@/]([0-9][^:()_\s'"]*)[^:'"]*['"]?:"#)
        .expect("invariant: constant pattern")
});

/// pnpm-lock.yaml: the keys of its section of packages.
pub(super) fn pnpm(text: &str) -> Option<Vec<Seen>> {
    let mut seen: Vec<Seen> = Vec::new();
    let mut is_packages = false;
    for (line, number) in text.lines().zip(1..) {
        if !line.starts_with(' ') && line.ends_with(':') {
            is_packages = line == "packages:";
        } else if is_packages && line.starts_with("  ") && !line.starts_with("   ") {
            if let Some(found) = PNPM.captures(line) {
                seen.push(Seen::new(&found[1], &found[2], number));
            }
        } else if is_packages
            && line.trim() == "dev: true"
            && let Some(last) = seen.last_mut()
        {
            last.usage = Use::Development;
        }
    }
    text.contains("lockfileVersion").then_some(seen)
}

static BUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^\s+"[^"]+": \["((?:@[^/"]+/)?[^"@/]+)@([0-9][^"]*)""#)
        .expect("invariant: constant pattern")
});

/// bun.lock: JSON with trailing commas, one package a line.
pub(super) fn bun(text: &str) -> Option<Vec<Seen>> {
    let lines = text.lines().zip(1..);
    let seen = lines.filter_map(|(line, number)| {
        let found = BUN.captures(line)?;
        Some(Seen::new(&found[1], &found[2], number))
    });
    text.contains("\"lockfileVersion\"").then(|| seen.collect())
}
