// SPDX-License-Identifier: EUPL-1.2
//! The folder of documentation, decided from what it holds: a folder called `docs` may as well hold published PDF
//! files, a built site, demonstration pages or the texts that the product is about.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{PROSE, is_sample, plain_stem};
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot};

/// The folder of documentation.
pub(super) struct Docs {
    /// Its path, without trailing slash.
    pub(super) path: String,
    /// The generator that built the pages in it, when they are built reference pages.
    pub(super) built_by: Option<&'static str>,
}

const NAMES: [&str; 7] = [
    "docs",
    "doc",
    "documentation",
    "documentations",
    "_docs",
    ".docs",
    "wiki",
];

/// Folders below which a folder of documentation is part of the product.
const NOT_BELOW: [&str; 14] = [
    "public",
    "static",
    "assets",
    "resources",
    "views",
    "templates",
    "pages",
    "components",
    "examples",
    "example",
    "data",
    "dist",
    "build",
    "locales",
];

/// Deepest nesting at which a folder of documentation is looked for.
const DEEPEST: usize = 3;

/// Documents read to decide whether they are about the project.
const SAMPLED: usize = 8;

#[derive(Default)]
struct Contents<'s> {
    prose: Vec<&'s Entry>,
    office: Vec<&'s Entry>,
    diagrams: usize,
    has_built_page: bool,
    built_by: Option<&'static str>,
}

pub(super) fn find(snapshot: &Snapshot) -> Option<Docs> {
    let mut folders: BTreeMap<&str, Contents<'_>> = BTreeMap::new();
    for entry in snapshot.files() {
        if let Some(folder) = outermost(&entry.path) {
            folders.entry(folder).or_default().add(entry, folder);
        }
    }
    folders
        .into_iter()
        .filter(|(folder, contents)| contents.document_the_project(snapshot, folder))
        .map(|(folder, contents)| {
            let depth = folder.matches('/').count();
            let order = (depth, std::cmp::Reverse(contents.prose.len()), folder);
            (order, contents.built_by)
        })
        .min_by_key(|(order, _)| *order)
        .map(|((_, _, folder), built_by)| Docs {
            path: folder.to_owned(),
            built_by,
        })
}

/// The outermost folder of this path that is named like documentation.
fn outermost(path: &str) -> Option<&str> {
    let mut start = 0;
    for (depth, part) in path.split('/').enumerate() {
        let end = start + part.len();
        if depth > DEEPEST || end == path.len() {
            return None;
        }
        let lower = part.to_ascii_lowercase();
        if NAMES.contains(&lower.as_str()) {
            return (!is_sample(&path[..end])).then_some(&path[..end]);
        }
        if NOT_BELOW.contains(&lower.as_str()) {
            return None;
        }
        start = end + 1;
    }
    None
}

impl<'s> Contents<'s> {
    fn add(&mut self, entry: &'s Entry, folder: &str) {
        let extension = entry.extension();
        let stem = plain_stem(entry);
        let within = entry.path[folder.len()..]
            .trim_start_matches('/')
            .to_ascii_lowercase();
        if self.built_by.is_none() {
            self.built_by = built_by(&within);
        }
        self.has_built_page |= within == "index.html" || within == "404.html";
        match extension.as_str() {
            known if PROSE.contains(&known) && !is_formality(&stem) => self.prose.push(entry),
            "ipynb" => self.prose.push(entry),
            "pdf" | "docx" | "odt" | "doc" => self.office.push(entry),
            "puml" | "plantuml" | "mmd" | "drawio" | "dsl" | "archimate" | "excalidraw" => {
                self.diagrams += 1;
            }
            _ => {}
        }
    }

    fn document_the_project(&self, snapshot: &Snapshot, folder: &str) -> bool {
        let is_nested = folder.contains('/');
        if self.built_by.is_some() {
            return true;
        }
        let manuals = self
            .office
            .iter()
            .filter(|entry| MANUAL.is_match(&plain_stem(entry)))
            .count();
        let is_manuals = manuals > 0 && manuals * 2 >= self.office.len();
        if self.prose.is_empty() {
            return !is_nested && (is_manuals || self.diagrams > 0);
        }
        // a nested folder needs more than one page, a built site more than its own note
        if self.prose.len() == 1 && (is_nested || (self.has_built_page && is_readme(self.prose[0])))
        {
            return false;
        }
        let is_note = self.prose.len() == 1
            && snapshot
                .text(self.prose[0])
                .is_ok_and(|text| text.text.split_whitespace().count() < 20);
        let is_note_beside = is_note && self.office.len() > manuals;
        if is_note_beside || (is_note && self.diagrams == 0 && !is_manuals) {
            return false;
        }
        !self.hold_law(snapshot)
    }

    /// True when most documents are made of numbered articles of law.
    fn hold_law(&self, snapshot: &Snapshot) -> bool {
        let step = self.prose.len().div_ceil(SAMPLED).max(1);
        let sample: Vec<_> = self.prose.iter().step_by(step).collect();
        let law = sample.iter().filter(|entry| {
            snapshot.text(entry).is_ok_and(|text| {
                !text.text.contains('`')
                    && ARTICLE.find_iter(&fold_plain(&text.text)).take(3).count() == 3
            })
        });
        law.count() * 2 > sample.len()
    }
}

fn is_readme(entry: &Entry) -> bool {
    plain_stem(entry).starts_with("readme")
}

/// Files that every folder may hold and that document nothing.
fn is_formality(stem: &str) -> bool {
    let first = stem.split('_').next().unwrap_or(stem);
    matches!(
        first,
        "license"
            | "licence"
            | "licenses"
            | "copying"
            | "requirements"
            | "robots"
            | "humans"
            | "changelog"
            | "contributing"
            | "authors"
            | "security"
            | "codeowners"
            | "cname"
    ) || stem.starts_with("code_of_conduct")
        || stem.contains("_request_template")
        || stem.starts_with("issue_template")
}

/// The generator whose built reference pages hold this file.
fn built_by(within: &str) -> Option<&'static str> {
    match within {
        "pkgdown.css" | "pkgdown.yml" | "pkgdown.js" => Some("pkgdown"),
        "genindex.html" | "objects.inv" | "html/objects.inv" => Some("sphinx"),
        "doxygen.css" | "html/doxygen.css" => Some("doxygen"),
        "package-summary.html" | "overview-summary.html" | "allclasses-index.html" => {
            Some("javadoc")
        }
        _ => None,
    }
}

static MANUAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("manuel|manual|guide|notice|mode_d_emploi|install|architect|technique|technical|specif|document|dossier")
        .expect("invariant: the pattern is valid")
});
static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(article|art\.)\s+([lrd]\.?\s*)?\d").expect("invariant: the pattern is valid")
});
