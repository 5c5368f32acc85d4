// SPDX-License-Identifier: EUPL-1.2
//! Automatic tests: files of the project that hold at least one test function in their language's convention.
//!
//! A folder called `tests` proves nothing, nor does a runner among the dependencies: the functions do. A framework is
//! named when such files exist and they, a manifest or a configuration name it.

#[cfg(test)]
mod checks;
mod declared;
mod generated;
mod informal;
mod language;

use std::collections::BTreeSet;

use super::extract::Inputs;
use super::set::FactSet;
use super::unread;
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::model::text::line_of;
use crate::snapshot::{Entry, Snapshot};
use declared::Declared;
use language::{Convention, convention};

/// Test files that are listed.
const SAMPLE: usize = 30;

/// Evidences that are kept.
const MOST_EVIDENCES: usize = 5;

/// A file with test functions.
struct TestFile<'s> {
    entry: &'s Entry,
    line: u32,
    is_generated: bool,
    frameworks: BTreeSet<&'static str>,
}

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let declared = Declared::read(snapshot);
    let mut found = Vec::new();
    let mut unread = None;
    for entry in snapshot.files() {
        let Some(convention) = convention(entry) else {
            continue;
        };
        match test_file(snapshot, entry, convention, &declared) {
            Ok(file) => found.extend(file),
            Err(reason) => unread = unread.or(Some(reason)),
        }
    }
    if found.is_empty() {
        found = informal::find(snapshot, declared.doctests);
    }
    if found.is_empty() {
        let reason = unread
            .or_else(|| unread::among(snapshot, informal::may_tell))
            .or_else(|| snapshot.cut());
        if let Some(reason) = reason {
            facts.set_all_unknown("tests.", &reason);
            return;
        }
    }
    record(facts, &found);
}

fn record(facts: &mut FactSet, found: &[TestFile<'_>]) {
    let evidence: Vec<Evidence> = if found.is_empty() {
        vec![Evidence::note(Message::new("tests-none-found"))]
    } else {
        found
            .iter()
            .take(MOST_EVIDENCES)
            .map(|file| Evidence::line(&*file.entry.path, file.line))
            .collect()
    };
    facts.set("tests.present", !found.is_empty(), evidence);
    let names: BTreeSet<&str> = found
        .iter()
        .flat_map(|file| &file.frameworks)
        .copied()
        .collect();
    let named: Vec<Evidence> = names
        .iter()
        .filter_map(|name| found.iter().find(|file| file.frameworks.contains(name)))
        .map(|file| Evidence::path(&*file.entry.path))
        .collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    facts.set("tests.frameworks", names, named);
    let sample: Vec<String> = found
        .iter()
        .take(SAMPLE)
        .map(|file| file.entry.path.to_string())
        .collect();
    facts.set("tests.files", sample, Vec::new());
    facts.set("tests.file_count", found.len(), Vec::new());
    let only_generated = !found.is_empty() && found.iter().all(|file| file.is_generated);
    let evidence = found.iter().filter(|_| only_generated).take(MOST_EVIDENCES);
    let evidence = evidence
        .map(|file| Evidence::path(&*file.entry.path))
        .collect();
    facts.set("tests.generated_only", only_generated, evidence);
}

fn test_file<'s>(
    snapshot: &Snapshot,
    entry: &'s Entry,
    convention: Convention,
    declared: &Declared,
) -> Result<Option<TestFile<'s>>, Reason> {
    let text = match snapshot.text(entry) {
        Ok(text) => text,
        // a file that is no text has no test function
        Err(crate::snapshot::ReadError::Binary) => return Ok(None),
        Err(error) => return Err(error.reason(&entry.path)),
    };
    let text = text.text.as_str();
    let Some(at) = convention.first_test(text) else {
        return Ok(None);
    };
    Ok(Some(TestFile {
        entry,
        line: line_of(text, at),
        is_generated: generated::is_untouched_example(entry, text),
        frameworks: convention.frameworks(entry, text, declared),
    }))
}
