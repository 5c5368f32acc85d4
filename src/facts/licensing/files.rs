// SPDX-License-Identifier: EUPL-1.2
//! The project's own licence texts: which files they are, what each says.

use std::collections::BTreeSet;

use super::declaration::Part;
use super::expression::bases;
use super::paths::{
    is_copy_like, is_licence_name, is_text_name, part_of_folder, part_of_licence_name,
};
use crate::facts::licence::{TextIdentification, identify_licence_file};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::fold;
use crate::snapshot::{Entry, EntryKind, Snapshot};

/// Licence files read of one repository.
const MAX_FILES: usize = 40;

/// Folders between the root and a package's licence.
const MAX_DEPTH: usize = 4;

/// Manifests that make a folder a package.
const MANIFESTS: [&str; 15] = [
    "package.json",
    "composer.json",
    "setup.py",
    "setup.cfg",
    "pyproject.toml",
    "requirements.txt",
    "Gemfile",
    "Cargo.toml",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "mix.exs",
    "DESCRIPTION",
    "project.clj",
    "deps.edn",
];

/// A licence text of the project.
#[derive(Debug, Clone)]
pub(super) struct LicenceFile {
    /// Path from the root.
    pub(super) path: String,
    /// What its text says.
    pub(super) found: TextIdentification,
    /// The expression that it stands for.
    pub(super) expression: Option<String>,
    /// What its name or folder says of its part.
    pub(super) part: Part,
    /// Its text.
    pub(super) text: String,
    /// True when the file on disk differs from the audited commit.
    pub(super) is_uncommitted: bool,
}

impl LicenceFile {
    /// True in the root or in the root's `LICENSES/`.
    pub(super) fn is_of_root(&self) -> bool {
        package_folder(&self.path).is_empty()
    }

    /// True for the form that R packages put beside `License: MIT + file LICENSE`: year and holder, no terms.
    pub(super) fn is_stub(&self) -> bool {
        let folded = fold(&self.text);
        self.text.len() < 600 && folded.contains("year:") && folded.contains("copyright holder:")
    }

    /// The certainty of what was recognised, in permille.
    pub(super) fn confidence(&self) -> u16 {
        let own = self.found.parts.iter().filter(|part| !part.is_third_party);
        own.map(|part| part.confidence).min().unwrap_or(0)
    }

    /// Where its licence begins, which one it was taken for, and how surely.
    pub(super) fn evidence(&self) -> Evidence {
        let mut place = Evidence::line(&self.path, self.line());
        place.uncommitted = self.is_uncommitted;
        let Some(expression) = &self.expression else {
            return place.with_note(Message::new("licence-text-unknown"));
        };
        let code = if self.found.is_modified {
            "licence-text-altered"
        } else {
            "licence-text-recognised"
        };
        let message = Message::new(code).with("expression", expression);
        place.with_note(match self.confidence() {
            0 => message,
            sure => message.with("percent", sure / 10),
        })
    }

    /// The line where the licence begins.
    pub(super) fn line(&self) -> u32 {
        self.found.parts.first().map_or(1, |part| part.lines.0)
    }
}

/// Licence texts, and what hid some of them.
#[derive(Debug, Default)]
pub(super) struct LicenceFiles {
    /// In path order, those of the root first.
    pub(super) files: Vec<LicenceFile>,
    /// Files that are there and could not be read.
    pub(super) unread: Vec<String>,
    /// Why the list may lack a text.
    pub(super) gap: Option<Reason>,
}

/// The folder for which a licence file stands: its own, or the one that holds its `LICENSES/`.
pub(super) fn package_folder(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
    if is_licences_folder(name) {
        parent
    } else {
        folder
    }
}

fn is_licences_folder(name: &str) -> bool {
    matches!(name, "LICENSES" | "LICENCES")
}

/// Finds and reads the licence texts of the project.
pub(super) fn read(snapshot: &Snapshot) -> LicenceFiles {
    let mut out = LicenceFiles {
        gap: snapshot.cut(),
        ..LicenceFiles::default()
    };
    let mut candidates = candidates(snapshot);
    candidates.sort_by_key(|entry| (depth(&entry.path), entry.path.clone()));
    if candidates.len() > MAX_FILES {
        candidates.truncate(MAX_FILES);
        out.gap = Some(Reason::new(ReasonCode::Truncated).with("limit", "licence_files"));
    }
    for entry in candidates {
        match snapshot.text(entry) {
            // an empty file grants nothing
            Ok(text) if text.text.trim().is_empty() => {}
            Ok(text) => out.files.push(one(entry, &text.text, text.is_uncommitted)),
            // an image or an archive is no text
            Err(crate::snapshot::ReadError::Binary) => {}
            Err(error) => {
                out.unread.push(entry.path.to_string());
                out.gap = Some(error.reason(&entry.path));
            }
        }
    }
    leave_out_copies(&mut out.files);
    if out.files.is_empty()
        && let Some(link) = linked_licence(snapshot)
    {
        out.gap = Some(Reason::new(ReasonCode::Unreadable).with("path", &*link.path));
    }
    out
}

/// A licence at the root that is a link, or a submodule of licences: there, and never followed.
fn linked_licence(snapshot: &Snapshot) -> Option<&Entry> {
    snapshot.entries().iter().find(|entry| {
        entry.is_at_root()
            && (entry.kind == EntryKind::Link && is_licence_name(entry.name())
                || is_licences_folder(entry.name()))
    })
}

fn depth(path: &str) -> usize {
    package_folder(path)
        .split('/')
        .filter(|part| !part.is_empty())
        .count()
}

fn candidates(snapshot: &Snapshot) -> Vec<&Entry> {
    let root_has_one = snapshot
        .root_files()
        .any(|entry| is_licence_name(entry.name()));
    let mut packages: Option<BTreeSet<&str>> = None;
    snapshot
        .files()
        .filter(|entry| {
            let folder = package_folder(&entry.path);
            if in_licences(entry.folder()) {
                return is_text_name(entry.name())
                    && (folder.is_empty() || is_own(folder, &mut packages, snapshot));
            }
            if entry.folder().eq_ignore_ascii_case("licenses") {
                // lower case: often a part of the application
                return !root_has_one
                    && matches!(entry.extension().as_str(), "" | "txt" | "md")
                    && is_text_name(entry.name());
            }
            is_licence_name(entry.name())
                && (folder.is_empty() || is_own(folder, &mut packages, snapshot))
        })
        .collect()
}

fn in_licences(folder: &str) -> bool {
    is_licences_folder(folder.rsplit('/').next().unwrap_or(folder))
}

/// True for a folder of documentation or data, and for a package of the project.
fn is_own<'s>(
    folder: &'s str,
    packages: &mut Option<BTreeSet<&'s str>>,
    snapshot: &'s Snapshot,
) -> bool {
    if snapshot.project().seen_from_root(folder).is_empty() {
        return true;
    }
    if is_copy_like(folder) || folder.split('/').count() > MAX_DEPTH {
        return false;
    }
    if !folder.contains('/') && part_of_folder(folder) != Part::All {
        return true;
    }
    packages
        .get_or_insert_with(|| {
            snapshot
                .files()
                .filter(|entry| MANIFESTS.contains(&entry.name()) || entry.extension() == "gemspec")
                .map(Entry::folder)
                .collect()
        })
        .contains(folder)
}

fn one(entry: &Entry, text: &str, is_uncommitted: bool) -> LicenceFile {
    let path = entry.path.to_string();
    let found = identify_licence_file(&path, text);
    let reference = path
        .rsplit('/')
        .next()
        .filter(|name| in_licences(entry.folder()) && name.starts_with("LicenseRef-"))
        .map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let part = match part_of_licence_name(entry.name()) {
        Part::All => part_of_folder(package_folder(&path)),
        part => part,
    };
    LicenceFile {
        expression: reference
            .map(str::to_owned)
            .or_else(|| found.expression.clone()),
        part,
        found,
        text: text.to_owned(),
        is_uncommitted,
        path,
    }
}

/// A package with another licence and other holders than the root is the work of others.
fn leave_out_copies(files: &mut Vec<LicenceFile>) {
    let root: Vec<&LicenceFile> = files.iter().filter(|file| file.is_of_root()).collect();
    let expressions: BTreeSet<String> = root
        .iter()
        .filter_map(|file| file.expression.as_deref())
        .flat_map(bases)
        .collect();
    let holders: BTreeSet<String> = root
        .iter()
        .flat_map(|file| &file.found.holders)
        .map(|holder| fold(&holder.text))
        .collect();
    if holders.is_empty() {
        return;
    }
    files.retain(|file| {
        file.is_of_root()
            || file.part != Part::All
            || file.found.holders.is_empty()
            || file.expression.as_deref().is_some_and(|expression| {
                bases(expression).iter().any(|id| expressions.contains(id))
            })
            || file
                .found
                .holders
                .iter()
                .any(|holder| holders.contains(&fold(&holder.text)))
    });
}
