// SPDX-License-Identifier: EUPL-1.2
//! Which manifest is locked by which file, pinned by itself, or neither.

use super::manifest::{Manifest, Scope};
use super::{pins, workspaces};
use crate::snapshot::{Entry, EntryKind, Snapshot};

/// How far the versions of a manifest are settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A lock file covers it.
    Locked,
    /// It names exact versions itself.
    Pinned,
    /// Neither.
    Unlocked,
    /// It describes a package for others, who choose the versions.
    Library,
    /// Nothing can be said: unreadable, or a format without a known lock.
    Undecided,
}

impl State {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Pinned => "pinned",
            Self::Unlocked => "unlocked",
            Self::Library => "library",
            Self::Undecided => "undecided",
        }
    }
}

/// A manifest with what settles its versions.
pub(super) struct Pair<'m> {
    pub(super) manifest: &'m Manifest,
    pub(super) state: State,
    /// The lock file that covers it.
    pub(super) lock: Option<String>,
    /// Dependencies without an exact version, of how many.
    pub(super) loose: (usize, usize),
    /// Names under which a lock was looked for.
    pub(super) searched: &'static [&'static str],
}

/// Every manifest that declares dependencies, in path order; examples are left out.
pub(super) fn pairs<'m>(snapshot: &Snapshot, manifests: &'m [Manifest]) -> Vec<Pair<'m>> {
    let mut pairs: Vec<Pair<'_>> = manifests
        .iter()
        .filter(|manifest| manifest.declares() && !is_example(manifest.folder()))
        .map(|manifest| pair(snapshot, manifest))
        .collect();
    lock_by_neighbours(&mut pairs);
    pairs
}

fn pair<'m>(snapshot: &Snapshot, manifest: &'m Manifest) -> Pair<'m> {
    let searched = lock_names(manifest.ecosystem);
    let answer = |state, lock, loose| Pair {
        manifest,
        state,
        lock,
        loose,
        searched,
    };
    if let Some(lock) = lock_of(snapshot, manifest, searched) {
        return answer(State::Locked, Some(lock), (0, 0));
    }
    let text = snapshot
        .entry(&manifest.path)
        .map(|entry| snapshot.text(entry));
    let (Some(Ok(text)), true) = (text, manifest.is_read) else {
        return answer(State::Undecided, None, (0, 0));
    };
    let name = manifest.path.rsplit('/').next().unwrap_or_default();
    let pins = pins::read(manifest.ecosystem, name, &text.text);
    if pins.is_some_and(|pins| pins.loose == 0 && pins.exact > 0) {
        return answer(State::Pinned, None, (0, 0));
    }
    if is_for_others(manifest, name) {
        return answer(State::Library, None, (0, 0));
    }
    match pins {
        // a lock may stand in the part of the tree that was not listed
        Some(_) if snapshot.is_truncated() => answer(State::Undecided, None, (0, 0)),
        Some(pins) => answer(State::Unlocked, None, (pins.loose, pins.loose + pins.exact)),
        None => answer(State::Undecided, None, (0, 0)),
    }
}

/// Python projects keep wishes in one file and the versions that were tried in another one beside it.
fn lock_by_neighbours(pairs: &mut [Pair<'_>]) {
    let exact: Vec<String> = pairs
        .iter()
        .filter(|pair| pair.state == State::Pinned && pair.manifest.ecosystem == "pypi")
        .map(|pair| pair.manifest.path.clone())
        .collect();
    for pair in pairs {
        let is_open = matches!(pair.state, State::Unlocked | State::Library);
        if !is_open || pair.manifest.ecosystem != "pypi" {
            continue;
        }
        let path = pair.manifest.path.as_str();
        let found = match path.strip_suffix(".in") {
            Some(stem) => {
                let compiled = [format!("{stem}.txt"), format!("{stem}.pip")];
                exact.iter().find(|other| compiled.contains(other))
            }
            None if super::locked::is_list(path) => None,
            None => exact.iter().find(|other| {
                let folder = other.rsplit_once('/').map_or("", |(folder, _)| folder);
                let above = folder.strip_suffix("requirements").unwrap_or(folder);
                above.trim_end_matches('/') == pair.manifest.folder()
            }),
        };
        if let Some(found) = found {
            pair.state = State::Locked;
            pair.lock = Some(found.clone());
        }
    }
}

/// Names of the lock files of an ecosystem; none where none is known.
fn lock_names(ecosystem: &str) -> &'static [&'static str] {
    match ecosystem {
        "npm" => &[
            "package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "npm-shrinkwrap.json",
            "bun.lock",
            "bun.lockb",
            "deno.lock",
        ],
        "deno" => &["deno.lock"],
        "pypi" => &[
            "uv.lock",
            "poetry.lock",
            "Pipfile.lock",
            "pdm.lock",
            "pylock.toml",
            "requirements.lock",
            "pixi.lock",
            "conda-lock.yml",
        ],
        "conda" => &["conda-lock.yml", "conda-lock.yaml", "pixi.lock"],
        "composer" => &["composer.lock"],
        "rubygems" => &["Gemfile.lock", "gems.locked"],
        "hex" => &["mix.lock", "rebar.lock"],
        "go" => &["go.sum"],
        "cargo" => &["Cargo.lock"],
        "gradle" => &["gradle.lockfile"],
        "nuget" => &["packages.lock.json", "paket.lock"],
        "cran" => &["renv.lock", "rv.lock", "packrat/packrat.lock"],
        "pub" => &["pubspec.lock"],
        "shards" => &["shard.lock"],
        "cocoapods" => &["Podfile.lock"],
        "swift" => &["Package.resolved"],
        "julia" => &["Manifest.toml"],
        "hackage" => &["cabal.project.freeze", "stack.yaml.lock"],
        "cpan" => &["cpanfile.snapshot"],
        _ => &[],
    }
}

/// The lock file that covers a manifest: beside it, or above it where a workspace says so.
fn lock_of(snapshot: &Snapshot, manifest: &Manifest, names: &[&str]) -> Option<String> {
    let beside = lock_in(snapshot, manifest.folder(), names);
    if beside.is_some() {
        return beside;
    }
    let mut folder = manifest.folder();
    while !folder.is_empty() {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        if let Some(lock) = lock_in(snapshot, folder, names)
            && workspaces::covers(snapshot, folder, &lock, manifest)
        {
            return Some(lock);
        }
    }
    None
}

fn lock_in(snapshot: &Snapshot, folder: &str, names: &[&str]) -> Option<String> {
    let is_filled = |entry: &&Entry| match entry.kind {
        EntryKind::Submodule => false,
        EntryKind::Link => true,
        _ => snapshot.size(entry).map_or(true, |size| size > 0),
    };
    names.iter().find_map(|name| {
        let path = workspaces::join(folder, name);
        let found = snapshot.entry(&path).filter(is_filled)?;
        Some(found.path.to_string())
    })
}

/// True for what only describes a package that others install.
fn is_for_others(manifest: &Manifest, name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    if matches!(name, "setup.py" | "setup.cfg")
        || matches!(extension, Some("gemspec" | "cabal" | "opam"))
    {
        return true;
    }
    let only_peers = !manifest.dependencies.is_empty()
        && manifest
            .dependencies
            .iter()
            .all(|dependency| dependency.scope == Scope::Peer);
    only_peers
        || manifest.package.as_ref().is_some_and(|package| {
            let is_package = package.is_published
                || package.is_library && matches!(manifest.ecosystem, "cran" | "elm" | "julia");
            is_package && !package.is_private
        })
}

/// True for folders that show how something is used.
fn is_example(folder: &str) -> bool {
    folder.split('/').any(|part| {
        let part = part.to_ascii_lowercase();
        matches!(
            part.trim_end_matches('s'),
            "example" | "exemple" | "sample" | "template" | "skeleton" | "demo"
        )
    })
}
