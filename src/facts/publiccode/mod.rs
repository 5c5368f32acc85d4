// SPDX-License-Identifier: EUPL-1.2
//! `publiccode.yml` in the root: what it declares, and whether it is valid against version 0 of the standard.
//!
//! Contacts are counted only: no name and no address leaves this room.

mod shape;
mod validate;
mod vocabulary;

use super::extract::Inputs;
use super::set::{FactSet, FactValue};
use crate::model::document::{Node, parse_yaml};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::Entry;

/// Problems kept as evidence.
const PROBLEMS: usize = 20;

/// Something that the standard does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    /// Keys joined by `/`, with the position in lists.
    field: String,
    line: u32,
    /// Message code.
    code: &'static str,
}

const TEXTS: [(&str, &[&str]); 7] = [
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
        if snapshot.is_truncated() {
            let reason = Reason::new(ReasonCode::Truncated).with("limit", "tree_entries");
            facts.set_all_unknown("publiccode.", &reason);
        } else {
            record_absence(facts);
        }
        return;
    };
    let path = &*entry.path;
    let text = match snapshot.text(entry) {
        Ok(text) => text,
        Err(error) => return facts.set_all_unknown("publiccode.", &error.reason(path)),
    };
    match parse_yaml(&text.text) {
        Ok(root) if root.is_map() => record(entry, &root, facts),
        Ok(root) => facts.set_all_unknown("publiccode.", &unreadable(path, root.line, 1)),
        Err(error) => {
            facts.set_all_unknown("publiccode.", &unreadable(path, error.line, error.column));
        }
    }
}

fn unreadable(path: &str, line: u32, column: u32) -> Reason {
    Reason::new(ReasonCode::Unreadable)
        .with("path", path)
        .with("line", line)
        .with("column", column)
}

/// Without the file nothing is declared; `valid` is false, and its note says why.
fn record_absence(facts: &mut FactSet) {
    let note = || vec![Evidence::note(Message::new("publiccode-file-missing"))];
    facts.set("publiccode.valid", false, note());
    for (key, _) in TEXTS {
        facts.set(key, FactValue::Absent, note());
    }
    facts.set("publiccode.contact_count", 0_usize, note());
    facts.set("publiccode.used_by_count", 0_usize, note());
    facts.set("publiccode.is_based_on", Vec::<String>::new(), note());
}

fn record(entry: &Entry, root: &Node, facts: &mut FactSet) {
    let path = &*entry.path;
    let problems = validate::validate(root);
    let is_valid = problems.is_empty();
    let mut evidence: Vec<_> = problems
        .into_iter()
        .take(PROBLEMS)
        .map(|problem| {
            let note = Message::new(problem.code).with("field", &problem.field);
            Evidence::line(path, problem.line)
                .with_field(problem.field)
                .with_note(note)
        })
        .collect();
    if is_valid {
        evidence.push(Evidence::path(path));
    }
    if entry.extension() == "yaml" {
        let note = Message::new("publiccode-name-unusual").with("path", path);
        evidence.push(Evidence::path(path).with_note(note));
    }
    facts.set("publiccode.valid", is_valid, evidence);
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
    let used_by = root.get("usedBy");
    let count = used_by.map_or(0, |node| node.items().len());
    facts.set("publiccode.used_by_count", count, place(used_by, "usedBy"));
    let based_on = root.get("isBasedOn");
    let list: Vec<String> = based_on
        .map_or(&[][..], Node::one_or_many)
        .iter()
        .filter_map(Node::scalar)
        .collect();
    facts.set("publiccode.is_based_on", list, place(based_on, "isBasedOn"));
}

#[cfg(test)]
mod tests;
