// SPDX-License-Identifier: EUPL-1.2
//! The packages that lock files name, with their exact versions. Read only when somebody has advisories to compare.

mod javascript;
mod lines;
mod objects;

use super::manifest::is_fixture;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text;
use crate::snapshot::{Entry, Snapshot};

/// Bytes of one lock file: far above what a package manager writes for a real project.
const LOCK_BYTES: usize = 24 << 20;

/// Packages of one repository that are compared.
const MOST_PACKAGES: usize = 200_000;

/// What a locked package is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::facts) enum Use {
    /// To run, as far as is known: not every format tells.
    Run,
    /// To develop or to test.
    Development,
}

/// A package at one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::facts) struct LockedPackage {
    /// Ecosystem as advisories name it.
    pub(in crate::facts) ecosystem: &'static str,
    pub(in crate::facts) name: String,
    pub(in crate::facts) version: String,
    pub(in crate::facts) usage: Use,
    pub(in crate::facts) path: String,
    pub(in crate::facts) line: Option<u32>,
}

/// What one reader found on one place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    name: String,
    version: String,
    usage: Use,
    line: Option<u32>,
}

impl Seen {
    fn new(name: &str, version: &str, line: u32) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            usage: Use::Run,
            line: Some(line),
        }
    }
}

/// A format: the ecosystem, and its reader, which says `None` for a malformed text.
type Format = (&'static str, fn(&str) -> Option<Vec<Seen>>);

/// Every locked package in the order of the files, and why a file could not be read.
#[derive(Debug, Default)]
pub(in crate::facts) struct Locked {
    pub(in crate::facts) packages: Vec<LockedPackage>,
    pub(in crate::facts) unread: Option<Reason>,
}

/// Reads every lock file and every list of exact versions of the project.
pub(in crate::facts) fn read(snapshot: &Snapshot) -> Locked {
    let mut locked = Locked::default();
    for entry in snapshot.files() {
        if is_fixture(entry.folder()) {
            continue;
        }
        let format = match format_of(entry) {
            Some(format) => format,
            None if super::formats::is_lock_file(entry.name()) && !is_beside_go_mod(entry) => {
                let reason = Reason::new(ReasonCode::NotInterpreted).with("path", &entry.path);
                locked.unread.get_or_insert(reason);
                continue;
            }
            None => continue,
        };
        match seen_in(snapshot, entry, format) {
            Ok(seen) => {
                let is_for_development = is_for_development(&entry.path);
                locked
                    .packages
                    .extend(seen.into_iter().map(|seen| LockedPackage {
                        ecosystem: format.0,
                        name: seen.name,
                        version: seen.version,
                        usage: if is_for_development {
                            Use::Development
                        } else {
                            seen.usage
                        },
                        path: entry.path.to_string(),
                        line: seen.line,
                    }));
            }
            Err(reason) => {
                locked.unread.get_or_insert(reason);
            }
        }
        if locked.packages.len() > MOST_PACKAGES {
            locked.packages.truncate(MOST_PACKAGES);
            let reason = Reason::new(ReasonCode::Truncated).with("limit", MOST_PACKAGES);
            locked.unread.get_or_insert(reason);
            break;
        }
    }
    locked
}

fn seen_in(snapshot: &Snapshot, entry: &Entry, format: Format) -> Result<Vec<Seen>, Reason> {
    let blob = snapshot
        .read_up_to(entry, LOCK_BYTES)
        .map_err(|error| error.reason(&entry.path))?;
    if blob.is_truncated {
        return Err(Reason::new(ReasonCode::Truncated).with("limit", LOCK_BYTES));
    }
    let unreadable = || Reason::new(ReasonCode::Unreadable).with("path", &entry.path);
    let text = text::decode(&blob.bytes).ok_or_else(unreadable)?;
    // a merge that was never finished: neither side is the lock
    if let Some(at) = text.lines().position(|line| line.starts_with("<<<<<<< ")) {
        return Err(unreadable().with("line", at + 1));
    }
    format.1(&text).ok_or_else(unreadable)
}

/// True for a list of requirements, which may hold exact versions.
pub(super) fn is_list(path: &str) -> bool {
    [".txt", ".pip"].iter().any(|end| path.ends_with(end))
}

fn format_of(entry: &Entry) -> Option<Format> {
    let is_requirements = |entry: &Entry| {
        is_list(&entry.path)
            && super::formats::recognise(&entry.path, entry.name())
                .is_some_and(|format| format.ecosystem == "pypi")
    };
    Some(match entry.name() {
        "package-lock.json" | "npm-shrinkwrap.json" => ("npm", javascript::npm),
        "yarn.lock" => ("npm", javascript::yarn),
        "pnpm-lock.yaml" => ("npm", javascript::pnpm),
        "bun.lock" => ("npm", javascript::bun),
        "composer.lock" => ("Packagist", objects::composer),
        "Pipfile.lock" => ("PyPI", objects::pipfile),
        "renv.lock" => ("CRAN", objects::renv),
        "packages.lock.json" => ("NuGet", objects::nuget),
        "poetry.lock" | "uv.lock" | "pdm.lock" | "pylock.toml" => ("PyPI", lines::python_tables),
        "Cargo.lock" => ("crates.io", lines::cargo),
        "Gemfile.lock" | "gems.locked" => ("RubyGems", lines::gems),
        "mix.lock" => ("Hex", lines::mix),
        "rebar.lock" => ("Hex", lines::rebar),
        "gradle.lockfile" => ("Maven", lines::gradle),
        "pubspec.lock" => ("Pub", lines::pub_lock),
        "go.mod" => ("Go", lines::go_mod),
        _ if is_requirements(entry) => ("PyPI", lines::requirements),
        _ => return None,
    })
}

/// Sums of Go name versions that are not used: the module file says which are.
fn is_beside_go_mod(entry: &Entry) -> bool {
    matches!(entry.name(), "go.sum" | "go.work.sum")
}

/// True for what is installed to test, to document or to show.
fn is_for_development(path: &str) -> bool {
    path.to_ascii_lowercase()
        .split(['/', '.', '-', '_'])
        .any(|part| {
            matches!(
                part,
                "dev"
                    | "development"
                    | "test"
                    | "tests"
                    | "testing"
                    | "doc"
                    | "docs"
                    | "lint"
                    | "ci"
                    | "e2e"
                    | "example"
                    | "examples"
                    | "sample"
                    | "samples"
                    | "demo"
                    | "benchmarks"
            )
        })
}

#[cfg(test)]
mod tests;
