// SPDX-License-Identifier: EUPL-1.2
//! What READMEs state: the main one for the whole, those of other languages beside it, those of folders for theirs.

use std::sync::Arc;

use super::declaration::{Declaration, Part, Reach};
use super::paths::{is_copy_like, part_of_folder};
use crate::facts::licence::{ReadmeIdentification, identify_readme};
use crate::facts::prose::{Format, Prose};
use crate::model::outcome::Reason;
use crate::snapshot::{Entry, Snapshot, Text};

/// READMEs of folders that are read.
const MAX_FOLDERS: usize = 8;

/// Folders above the README of a folder.
const MAX_DEPTH: usize = 2;

/// The main README, read.
pub(super) struct Readme {
    pub(super) path: String,
    pub(super) text: Arc<Text>,
    pub(super) prose: Prose,
    pub(super) said: ReadmeIdentification,
}

/// What all of them say.
#[derive(Default)]
pub(super) struct Readmes {
    pub(super) main: Option<Readme>,
    /// READMEs beside the main one, in other languages.
    pub(super) others: Vec<Readme>,
    pub(super) declarations: Vec<Declaration>,
    /// Why the main one could not be read.
    pub(super) gap: Option<Reason>,
}

impl Readmes {
    /// The main one, then those beside it.
    pub(super) fn all(&self) -> impl Iterator<Item = &Readme> {
        self.main.iter().chain(&self.others)
    }
}

/// Reads the READMEs; `main` is the path of the main one.
pub(super) fn read(snapshot: &Snapshot, main: Option<&str>) -> Readmes {
    let mut out = Readmes::default();
    let Some(entry) = main.and_then(|path| snapshot.entry(path)) else {
        return out;
    };
    match snapshot.text(entry) {
        Ok(text) => out.main = Some(one(entry, text)),
        Err(error) => out.gap = Some(error.reason(&entry.path)),
    }
    let beside = |other: &&Entry| {
        is_readme(other) && other.folder() == entry.folder() && other.path != entry.path
    };
    for other in snapshot.files().filter(beside).take(MAX_FOLDERS) {
        out.others
            .extend(snapshot.text(other).ok().map(|text| one(other, text)));
    }
    if let Some(main) = &out.main {
        let statements = main.said.statements.iter();
        out.declarations
            .extend(statements.map(|said| Declaration::of_readme(&main.path, said, Reach::Whole)));
    }
    // the same README in another language counts for the whole only where the main one is silent
    let is_silent = out.declarations.is_empty();
    let reach = if is_silent {
        Reach::Whole
    } else {
        Reach::Folder
    };
    for other in &out.others {
        let statements = other.said.statements.iter();
        out.declarations
            .extend(statements.map(|said| Declaration::of_readme(&other.path, said, reach)));
    }
    out.declarations.extend(of_folders(snapshot, entry));
    out
}

fn is_readme(entry: &Entry) -> bool {
    entry.name().to_ascii_lowercase().starts_with("readme")
        && matches!(
            entry.extension().as_str(),
            "" | "md" | "markdown" | "org" | "rst" | "adoc" | "txt" | "fr" | "en"
        )
}

fn one(entry: &Entry, text: Arc<Text>) -> Readme {
    Readme {
        path: entry.path.to_string(),
        prose: Prose::parse(Format::of_path(&entry.path), &text.text),
        said: identify_readme(&text.text),
        text,
    }
}

/// Statements of the READMEs of folders; in a folder of documentation they speak of documentation.
fn of_folders(snapshot: &Snapshot, main: &Entry) -> Vec<Declaration> {
    let mut out = Vec::new();
    let found = snapshot.files().filter(|entry| {
        is_readme(entry)
            && entry.folder() != main.folder()
            && !entry.is_at_root()
            && entry.folder().split('/').count() <= MAX_DEPTH
            && !is_copy_like(entry.folder())
            && !entry.folder().starts_with('.')
    });
    for entry in found.take(MAX_FOLDERS) {
        let Ok(text) = snapshot.text(entry) else {
            continue;
        };
        let part = part_of_folder(entry.folder());
        for said in &identify_readme(&text.text).statements {
            let mut declaration = Declaration::of_readme(&entry.path, said, Reach::Folder);
            if declaration.part == Part::All {
                declaration.part = part;
            }
            out.push(declaration);
        }
    }
    out
}
