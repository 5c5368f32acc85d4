// SPDX-License-Identifier: EUPL-1.2
//! `publiccode.yml` in the root: what it declares, whether the standard allows it, and whether it speaks of this
//! repository.
//!
//! Contacts are counted only: no name and no address leaves this room.

mod keys;
mod own;
mod shape;
mod validate;
mod vocabulary;

use super::extract::Inputs;
use super::set::{FactSet, FactValue, Item};
use crate::model::document::{Node, parse_yaml_documents};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::decode;
use crate::snapshot::{Entry, Snapshot};

/// Errors kept, and as many warnings.
const PROBLEMS: usize = 50;

/// Something that the standard does not allow, or discourages.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    /// Keys joined by `/`, with the position in lists; empty for the file as a whole.
    field: String,
    line: u32,
    /// Message code.
    code: &'static str,
    /// A value for the sentence: the bound that is exceeded, the file that is not there.
    detail: Option<(&'static str, String)>,
}

const TEXTS: [(&str, &[&str]); 9] = [
    ("publiccode.version", &["publiccodeYmlVersion"]),
    ("publiccode.url", &["url"]),
    ("publiccode.licence", &["legal", "license"]),
    (
        "publiccode.copyright_owner",
        &["legal", "mainCopyrightOwner"],
    ),
    ("publiccode.maintenance", &["maintenance", "type"]),
    ("publiccode.landing_url", &["landingURL"]),
    ("publiccode.roadmap", &["roadmap"]),
    ("publiccode.status", &["developmentStatus"]),
    ("publiccode.logo", &["logo"]),
];

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let found = snapshot
        .root_files()
        .filter(|entry| {
            matches!(
                entry.name().to_ascii_lowercase().as_str(),
                "publiccode.yml" | "publiccode.yaml"
            )
        })
        // the repository's root and the name of the standard come first
        .max_by_key(|entry| {
            let is_standard = entry.name() == "publiccode.yml";
            (entry.is_at_root(), is_standard, entry.extension() == "yml")
        });
    let Some(entry) = found else {
        if let Some(reason) = snapshot.cut() {
            facts.set_all_unknown("publiccode.", &reason);
        } else {
            record_absence(facts);
        }
        return;
    };
    let path = &*entry.path;
    let blob = match snapshot.read(entry) {
        Ok(blob) if blob.is_truncated => {
            let reason = Reason::new(ReasonCode::Truncated).with("path", path);
            return facts.set_all_unknown("publiccode.", &reason);
        }
        Ok(blob) => blob,
        Err(error) => return facts.set_all_unknown("publiccode.", &error.reason(path)),
    };
    let Some(text) = decode(&blob.bytes) else {
        return refuse(path, problem("publiccode-not-text", 1), 1, facts);
    };
    let documents = match parse_yaml_documents(&text) {
        Ok(documents) => documents,
        Err(error) if error.is_over_limit => {
            let reason = unreadable(path, error.line, error.column);
            return facts.set_all_unknown("publiccode.", &reason);
        }
        Err(error) => {
            let found = problem("publiccode-not-yaml", error.line);
            return refuse(path, found, error.column, facts);
        }
    };
    let nothing = Node {
        line: 1,
        kind: crate::model::document::NodeKind::Null,
    };
    let root = documents.first().unwrap_or(&nothing);
    if !root.is_map() && !root.is_null() {
        return refuse(
            path,
            problem("publiccode-map-expected", root.line),
            1,
            facts,
        );
    }
    let mut report = validate::validate(root, &|place| is_there(snapshot, place));
    if std::str::from_utf8(&blob.bytes).is_err() {
        report.errors.push(problem("publiccode-encoding", 1));
    }
    if let Some(second) = documents.get(1) {
        let found = problem("publiccode-several-documents", second.line);
        report.errors.push(found);
    }
    if entry.name() != "publiccode.yml" {
        report.warnings.push(problem("publiccode-name-unusual", 1));
    }
    record_report(path, report, facts);
    record(entry, root, facts);
    own::extract(inputs.record, path, root, facts);
}

fn problem(code: &'static str, line: u32) -> Problem {
    Problem {
        field: String::new(),
        line,
        code,
        detail: None,
    }
}

fn unreadable(path: &str, line: u32, column: u32) -> Reason {
    Reason::new(ReasonCode::Unreadable)
        .with("path", path)
        .with("line", line)
        .with("column", column)
}

/// True for a file of the repository; a cut listing has everything.
fn is_there(snapshot: &Snapshot, place: &str) -> bool {
    let path = place.trim_start_matches("./");
    snapshot.is_truncated() || snapshot.entry(path).is_some()
}

/// Not a document of keys: not valid, and what it would declare is unknown.
fn refuse(path: &str, found: Problem, column: u32, facts: &mut FactSet) {
    let line = found.line;
    let report = validate::Report {
        errors: vec![found],
        ..validate::Report::default()
    };
    record_report(path, report, facts);
    facts.set_all_unknown("publiccode.", &unreadable(path, line, column));
}

/// Without the file nothing is declared; `valid` is false, and its note says why.
fn record_absence(facts: &mut FactSet) {
    let note = || vec![Evidence::note(Message::new("publiccode-file-missing"))];
    facts.set("publiccode.valid", false, note());
    facts.set("publiccode.url_is_own", false, note());
    facts.set("publiccode.errors", Vec::<Item>::new(), note());
    facts.set("publiccode.warnings", Vec::<Item>::new(), note());
    for (key, _) in TEXTS {
        facts.set(key, FactValue::Absent, note());
    }
    facts.set("publiccode.short_description", FactValue::Absent, note());
    for key in COUNTS {
        facts.set(key, 0_usize, note());
    }
    facts.set("publiccode.is_based_on", Vec::<String>::new(), note());
}

const COUNTS: [&str; 3] = [
    "publiccode.contact_count",
    "publiccode.used_by_count",
    "publiccode.funded_by_count",
];

/// Errors and warnings in the order of the file; `valid` shows the first ones.
fn record_report(path: &str, mut report: validate::Report, facts: &mut FactSet) {
    let mut set = |key: &'static str, problems: &mut Vec<Problem>| {
        problems.sort_by_key(|problem| problem.line);
        problems.truncate(PROBLEMS);
        let items = problems.iter().map(|problem| {
            Item::new("key", &problem.field)
                .with("line", problem.line)
                .with("what", problem.code)
        });
        let evidence: Vec<_> = problems.iter().map(|one| place(path, one)).collect();
        facts.set(key, items.collect::<Vec<_>>(), evidence.clone());
        evidence
    };
    let mut evidence = set("publiccode.errors", &mut report.errors);
    let warnings = set("publiccode.warnings", &mut report.warnings);
    if evidence.is_empty() {
        evidence.push(Evidence::path(path));
        evidence.extend(warnings);
    }
    facts.set("publiccode.valid", report.errors.is_empty(), evidence);
}

fn place(path: &str, problem: &Problem) -> Evidence {
    let mut note = Message::new(problem.code).with("path", path);
    if let Some((name, value)) = &problem.detail {
        note = note.with(name, value);
    }
    let evidence = Evidence::line(path, problem.line);
    if problem.field.is_empty() {
        return evidence.with_note(note);
    }
    evidence
        .with_note(note.with("field", &problem.field))
        .with_field(&problem.field)
}

fn record(entry: &Entry, root: &Node, facts: &mut FactSet) {
    let path = &*entry.path;
    for (key, keys) in TEXTS {
        let node = root.at(keys);
        let value = node
            .and_then(Node::scalar)
            .filter(|text| !text.trim().is_empty());
        let evidence = node.filter(|_| value.is_some()).map(|node| {
            let place = Evidence::line(path, node.line).with_field(keys.join("/"));
            // the owner of the rights may be a person: the value says it once
            place.with_excerpt(value.as_deref().unwrap_or_default())
        });
        facts.set(key, value, evidence.into_iter().collect());
    }
    let contacts = root.at(&["maintenance", "contacts"]);
    let reachable = contacts
        .map_or(&[][..], Node::items)
        .iter()
        .filter(|contact| {
            ["email", "phone"].iter().any(|key| {
                contact
                    .get(key)
                    .and_then(Node::scalar)
                    .is_some_and(|text| !text.trim().is_empty())
            })
        });
    let place = |node: Option<&Node>, field: &str| {
        let found = node.map(|node| Evidence::line(path, node.line).with_field(field));
        found.into_iter().collect()
    };
    let evidence = place(contacts, "maintenance/contacts");
    facts.set("publiccode.contact_count", reachable.count(), evidence);
    for (key, field) in [
        ("publiccode.used_by_count", "usedBy"),
        ("publiccode.funded_by_count", "fundedBy"),
    ] {
        let node = root.get(field);
        let count = node.map_or(0, |node| node.items().len());
        facts.set(key, count, place(node, field));
    }
    let based_on = root.get("isBasedOn");
    let list: Vec<String> = based_on
        .map_or(&[][..], Node::one_or_many)
        .iter()
        .filter_map(Node::scalar)
        .collect();
    facts.set("publiccode.is_based_on", list, place(based_on, "isBasedOn"));
    let languages = root.get("description").map_or(&[][..], Node::pairs);
    // French first, then English
    let described = languages
        .iter()
        .filter_map(|pair| {
            let node = pair.value.get("shortDescription")?;
            let text = node.text().filter(|text| !text.trim().is_empty())?;
            let rank = ["fr", "en"]
                .iter()
                .position(|tag| pair.key.starts_with(tag));
            Some((rank.unwrap_or(2), node, text.trim()))
        })
        .min_by_key(|(rank, ..)| *rank);
    let evidence = described.map(|(_, node, text)| {
        Evidence::line(path, node.line)
            .with_field("shortDescription")
            .with_excerpt(text)
    });
    facts.set(
        "publiccode.short_description",
        described.map(|(.., text)| text.to_owned()),
        evidence.into_iter().collect(),
    );
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod vectors;
