// SPDX-License-Identifier: EUPL-1.2
//! Data sets that a repository carries, where they are published, and what describes their fields.
//!
//! Samples of tests, models to fill in and well-known reference data of other bodies are not the project's data. Links
//! that say where data was taken from are not links to where it is published.

mod files;
mod pages;

use std::collections::BTreeSet;

use super::extract::Inputs;
use super::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::snapshot::{Entry, Snapshot};

/// Entries kept in a list; more would say nothing new.
const LISTED: usize = 40;

/// READMEs of folders of data that are opened.
const OPENED: usize = 5;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let sets: Vec<&Entry> = snapshot
        .files()
        .filter(|entry| files::is_set(entry))
        .collect();
    let mut readmes: Vec<&Entry> = facts
        .text("readme.path")
        .and_then(|path| snapshot.entry(path))
        .into_iter()
        .collect();
    readmes.extend(readmes_of(snapshot, &sets));
    let mut links = Vec::new();
    let mut schemas: Vec<Evidence> = snapshot
        .files()
        .filter(|entry| files::is_schema(entry))
        .map(|entry| Evidence::path(&*entry.path))
        .collect();
    let mut unread = None;
    for entry in readmes {
        match snapshot.text(entry) {
            Ok(text) => pages::read(&entry.path, &text.text, &mut links, &mut schemas),
            Err(error) => unread = Some(error.reason(&entry.path)),
        }
    }
    let cut = snapshot.cut();
    let mut record = |key: &'static str, found: Vec<Evidence>, missing: Option<&Reason>| {
        let mut seen = BTreeSet::new();
        let kept: Vec<(String, Evidence)> = found
            .into_iter()
            .filter_map(|one| Some((value_of(&one)?, one)))
            .filter(|(value, _)| seen.insert(value.clone()))
            .take(LISTED)
            .collect();
        if let (true, Some(reason)) = (kept.is_empty(), missing) {
            return facts.set_unknown(key, reason.clone());
        }
        let (list, mut evidence): (Vec<String>, Vec<Evidence>) = kept.into_iter().unzip();
        if evidence.is_empty() {
            let note = Message::new("data-searched").with("files", snapshot.files().count());
            evidence.push(Evidence::note(note));
        }
        facts.set(key, list, evidence);
    };
    let sets = sets.iter().map(|entry| Evidence::path(&*entry.path));
    record("data.sets", sets.collect(), cut.as_ref());
    let missing = unread.as_ref().or(cut.as_ref());
    record("data.portal_links", links, missing);
    record("data.schemas", schemas, missing);
}

/// An address, else a path.
fn value_of(evidence: &Evidence) -> Option<String> {
    match (&evidence.field, &evidence.path) {
        (Some(url), _) => Some(url.clone()),
        (None, Some(path)) => Some(match evidence.line {
            Some(line) => format!("{path}:{line}"),
            None => path.clone(),
        }),
        (None, None) => None,
    }
}

/// READMEs beside the data sets.
fn readmes_of<'s>(snapshot: &'s Snapshot, sets: &[&Entry]) -> Vec<&'s Entry> {
    let folders: BTreeSet<&str> = sets
        .iter()
        .map(|entry| entry.folder())
        .filter(|folder| !folder.is_empty())
        .collect();
    snapshot
        .files()
        .filter(|entry| {
            entry.name().to_ascii_lowercase().starts_with("readme")
                && folders.contains(entry.folder())
        })
        .take(OPENED)
        .collect()
}

#[cfg(test)]
mod tests;
