// SPDX-License-Identifier: EUPL-1.2
//! What single files say of themselves, by header or by annotation, over a bounded sample.

use super::coverage::{self, Coverage};
use super::declaration::{Declaration, Origin, Part, Reach, Worth};
use super::heads::{Heads, MAX_ANNOTATED};
use super::paths::{is_code, is_copy_like, is_data, is_document, is_own_code, part_of_folder};
use super::reuse::{self, Annotations, Misspelt};
use crate::facts::unread;
use crate::model::evidence::Evidence;
use crate::model::outcome::Reason;
use crate::snapshot::{Entry, Snapshot};

/// Files opened before it is settled whether the project writes headers at all.
pub(super) const FIRST_SAMPLE: usize = 24;

/// Files opened where it does.
pub(super) const FULL_SAMPLE: usize = 120;

/// A licence that holds for many files of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Majority {
    /// SPDX expression.
    pub(super) expression: String,
    /// Where it was read first.
    pub(super) evidence: Vec<Evidence>,
}

/// What single files say.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The licence of code files.
    pub(super) code: Option<Majority>,
    /// The licence that the notices of code files name in prose.
    pub(super) notice: Option<Majority>,
    /// The licence of documents.
    pub(super) docs: Option<Majority>,
    /// The licence of data files.
    pub(super) data: Option<Majority>,
    /// One declaration per expression of headers and per annotation.
    pub(super) declarations: Vec<Declaration>,
    /// Holders in headers and annotations: path, line, text.
    pub(super) holders: Vec<(String, u32, String)>,
    /// Whether a header binds the versions of a GNU licence in prose.
    pub(super) any_later: Option<Evidence>,
    /// Files of code outside documentation, settings and hidden folders.
    pub(super) code_files: usize,
    /// How many files of code name their licence or are annotated.
    pub(super) coverage: Coverage,
    /// Annotations whose licence was not understood.
    pub(super) misspelt: Vec<Misspelt>,
    /// Why annotations are not known.
    pub(super) gap: Option<Reason>,
    /// Why some header that was wanted is not known.
    pub(super) unread: Option<Reason>,
}

/// Reads annotations and a sample of headers.
pub(super) fn read(snapshot: &Snapshot) -> Sources {
    let mut annotations = reuse::read(snapshot);
    let code = code_files(snapshot);
    let mut out = Sources {
        code_files: code.iter().filter(|entry| is_substance(entry)).count(),
        misspelt: std::mem::take(&mut annotations.misspelt),
        gap: annotations.gap.take(),
        ..Sources::default()
    };
    let mut heads = Heads::default();
    heads.open(snapshot, &code, FIRST_SAMPLE);
    if !heads.is_empty() {
        heads.open(snapshot, &code, FULL_SAMPLE);
    }
    out.coverage = coverage::measure(snapshot, &code, &annotations, &mut heads);
    if heads.is_empty() {
        out.unread = unread::among(snapshot, |entry| is_code(&entry.extension()));
    }
    heads.declare(&mut out);
    out.annotate(&annotations);
    out.code = heads.majority(&code, &annotations);
    let of = |test: fn(&str) -> bool, part: Part| -> Vec<&Entry> {
        snapshot
            .files()
            .filter(|entry| test(&entry.extension()) || part_of_folder(entry.folder()) == part)
            .filter(|entry| !is_code(&entry.extension()))
            .take(MAX_ANNOTATED)
            .collect()
    };
    if !annotations.list.is_empty() {
        let none = Heads::default();
        out.docs = none.majority(&of(is_document, Part::Docs), &annotations);
        out.data = none.majority(&of(is_data, Part::Data), &annotations);
    }
    out
}

impl Sources {
    /// One declaration per annotation, and its holders.
    fn annotate(&mut self, annotations: &Annotations) {
        for annotation in &annotations.list {
            self.declarations.push(Declaration {
                path: annotation.path.clone(),
                line: Some(annotation.line),
                value: annotation.expression.clone(),
                expression: Some(annotation.expression.clone()),
                is_valid: true,
                origin: Origin::Reuse,
                part: part_of_globs(&annotation.globs),
                reach: Reach::Whole,
                worth: Worth::Said,
            });
            let is_own = !annotation.expression.starts_with("LicenseRef-");
            for holder in annotation.holders.iter().filter(|_| is_own) {
                self.holders
                    .push((annotation.path.clone(), annotation.line, holder.clone()));
            }
        }
    }
}

/// Files of code outside folders of copies; entries come folder by folder, so each folder is judged once.
fn code_files(snapshot: &Snapshot) -> Vec<&Entry> {
    let mut folder: Option<(&str, bool)> = None;
    let mut out = Vec::new();
    for entry in snapshot.files() {
        if !is_code(&entry.extension()) {
            continue;
        }
        let is_copy = match folder {
            Some((known, is_copy)) if known == entry.folder() => is_copy,
            _ => is_copy_like(entry.folder()),
        };
        folder = Some((entry.folder(), is_copy));
        if !is_copy || is_own_code(entry) {
            out.push(entry);
        }
    }
    out
}

/// True for code that does something, not for the settings of a tool or the pages of a guide.
fn is_substance(entry: &Entry) -> bool {
    let name = entry.name();
    part_of_folder(entry.folder()) != Part::Docs
        && !entry.path.split('/').any(|part| part.starts_with('.'))
        && !name.contains(".config.")
        && !matches!(
            name,
            "conf.py" | "gulpfile.js" | "Gruntfile.js" | "config.js"
        )
}

fn part_of_globs(globs: &[String]) -> Part {
    let part = |glob: &String| {
        let extension = glob.rsplit_once('.').map_or("", |(_, extension)| extension);
        if is_document(extension) || glob.ends_with("*md") {
            Part::Docs
        } else if is_data(extension) {
            Part::Data
        } else if is_code(extension) {
            Part::Code
        } else {
            part_of_folder(glob)
        }
    };
    let mut parts = globs.iter().map(part);
    let first = parts.next().unwrap_or(Part::All);
    if parts.all(|part| part == first) {
        first
    } else {
        Part::All
    }
}
