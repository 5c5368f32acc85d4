// SPDX-License-Identifier: EUPL-1.2
//! Documentation, community files and descriptions of APIs and of the architecture.
//!
//! A file counts where people look for it (root, `.github/`, `.gitlab/`, documentation folder); the files of a
//! sub-package, pages of the product and content that happens to be named like a policy do not.

mod api;
mod architecture;
mod community;
mod conduct;
mod decisions;
mod folder;
mod formats;
mod generator;
mod guide;
mod guides;
mod http;
mod links;
mod origin;
mod roadmap;
mod searched;
mod section;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::extract::Inputs;
use super::prose::{Format, Prose};
use super::set::{FactSet, FactValue, Item};
use super::unread;
use crate::model::evidence::Evidence;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot, Text};

/// Entries kept in a list of documents; more would say nothing new.
const LISTED: usize = 40;

/// A document that was read and parsed.
struct Document {
    path: String,
    prose: Prose,
    text: Arc<Text>,
}

/// What the parts of this extractor share.
struct Scene<'r> {
    snapshot: &'r Snapshot,
    readme: Option<Document>,
    /// Why the README could not be read, when there is one.
    unread: Option<Reason>,
    docs: Option<folder::Docs>,
}

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let (readme, unread) = match read_readme(snapshot, facts) {
        Ok(readme) => (readme, None),
        Err(reason) => (None, Some(reason)),
    };
    let docs = folder::find(snapshot);
    let scene = Scene {
        snapshot,
        readme,
        unread,
        docs,
    };
    let generator = generator::find(&scene);
    community::extract(&scene, generator.is_some(), facts);
    let dir = scene.docs.as_ref().map(|docs| docs.path.clone());
    scene.found(facts, "documentation.docs_dir", dir.map(Evidence::path));
    let value = generator.as_ref().map(|(name, _)| (*name).to_owned());
    let evidence = generator
        .map(|(_, evidence)| evidence)
        .into_iter()
        .collect();
    scene.record(facts, "documentation.site_generator", value, evidence);
    api::extract(&scene, facts);
    architecture::extract(&scene, facts);
    guides::extract(&scene, facts);
    links::extract(&scene, facts);
    let guides = guide::Guides::read(&scene, facts);
    guide::extract(&scene, inputs.record, &guides, facts);
    origin::extract(&scene, &guides, facts);
    conduct::extract(&scene, &guides, facts);
    decisions::extract(&scene, &guides, facts);
    roadmap::extract(&scene, facts);
    formats::extract(&scene, facts);
    http::extract(&scene, facts);
    facts.set_unknown(
        "documentation.last_change",
        Reason::new(ReasonCode::NotInterpreted),
    );
}

fn read_readme(snapshot: &Snapshot, facts: &FactSet) -> Result<Option<Document>, Reason> {
    let entry = match facts.text("readme.path") {
        Some(path) => snapshot.entry(path),
        None => snapshot
            .root_files()
            .filter(|entry| {
                entry
                    .name()
                    .to_ascii_lowercase()
                    .split('.')
                    .next()
                    .is_some_and(|stem| stem == "readme" || stem == "lisezmoi")
            })
            .min_by_key(|entry| entry.path.len()),
    };
    match entry {
        None => Ok(None),
        Some(entry) => match snapshot.text(entry) {
            Ok(text) => Ok(Some(parse(entry, text))),
            Err(error) => Err(error.reason(&entry.path)),
        },
    }
}

fn parse(entry: &Entry, text: Arc<Text>) -> Document {
    Document {
        path: entry.path.to_string(),
        prose: Prose::parse(Format::of_path(&entry.path), &text.text),
        text,
    }
}

impl Scene<'_> {
    /// Reads and parses a document; `None` when it cannot be read.
    fn document(&self, entry: &Entry) -> Option<Document> {
        Some(parse(entry, self.snapshot.text(entry).ok()?))
    }

    /// Records a value that is a path, with the path as evidence; nothing found means absent or unknown.
    fn found(&self, facts: &mut FactSet, key: &'static str, evidence: Option<Evidence>) {
        let value = evidence.as_ref().and_then(|found| found.path.clone());
        self.record(facts, key, value, evidence.into_iter().collect());
    }

    /// Records a value; one that is empty is unknown where the search could not be complete.
    fn record(
        &self,
        facts: &mut FactSet,
        key: &'static str,
        value: impl Into<FactValue>,
        mut evidence: Vec<Evidence>,
    ) {
        let value = value.into();
        if value.is_empty() {
            if let Some(reason) = self.snapshot.cut() {
                facts.set_unknown(key, reason);
                return;
            }
            let count = self.snapshot.files().count();
            evidence.push(Evidence::note(searched::note(key, count)));
        }
        evidence.truncate(LISTED);
        facts.set(key, value, evidence);
    }

    /// As [`Scene::record`], for what may stand in the README or another text: one that is unread leaves it unknown.
    fn record_with_readme(
        &self,
        facts: &mut FactSet,
        key: &'static str,
        value: impl Into<FactValue>,
        evidence: Vec<Evidence>,
    ) {
        let value = value.into();
        let is_prose = |entry: &Entry| PROSE.contains(&entry.extension().as_str());
        let missed = || {
            let unread = self.unread.clone();
            unread.or_else(|| unread::among(self.snapshot, is_prose))
        };
        match value.is_empty().then(missed).flatten() {
            Some(reason) => facts.set_unknown(key, reason),
            None => self.record(facts, key, value, evidence),
        }
    }

    /// Records a list of places with one evidence each.
    fn record_list(&self, facts: &mut FactSet, key: &'static str, mut found: Vec<Place>) {
        let mut seen = BTreeSet::new();
        found.retain(|place| seen.insert(place.value.clone()));
        found.truncate(LISTED);
        let list: Vec<String> = found.iter().map(|place| place.value.clone()).collect();
        let evidence = found.into_iter().map(|place| place.evidence).collect();
        self.record_with_readme(facts, key, list, evidence);
    }

    /// Records a list of records with their evidence.
    fn record_items(
        &self,
        facts: &mut FactSet,
        key: &'static str,
        items: Vec<Item>,
        evidence: Vec<Evidence>,
    ) {
        self.record_with_readme(facts, key, items, evidence);
    }
}

/// A value with the place where it was found.
struct Place {
    value: String,
    evidence: Evidence,
}

impl Place {
    fn file(entry: &Entry) -> Self {
        Self {
            value: entry.path.to_string(),
            evidence: Evidence::path(&*entry.path),
        }
    }
}

/// File name extensions of documents for people.
const PROSE: [&str; 14] = [
    "md", "markdown", "mdx", "mkd", "rst", "org", "adoc", "asciidoc", "txt", "livemd", "rmd",
    "qmd", "textile", "tex",
];

/// The stem of a document's name for comparison: lower case, without accents, separators as `_`.
fn plain_stem(entry: &Entry) -> String {
    let name = entry.name();
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    plain_words(stem)
}

fn plain_words(text: &str) -> String {
    fold_plain(text)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect()
}

/// Folders whose files are samples and doubles, not the project's documents.
fn is_sample(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    parts.next();
    parts.any(|part| {
        matches!(
            part.to_ascii_lowercase().as_str(),
            "test"
                | "tests"
                | "__tests__"
                | "__mocks__"
                | "mocks"
                | "spec"
                | "specs"
                | "fixtures"
                | "fixture"
                | "testdata"
                | "test_data"
                | "e2e"
                | "cypress"
        )
    })
}

#[cfg(test)]
mod tests;
