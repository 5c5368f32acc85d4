// SPDX-License-Identifier: EUPL-1.2
//! The publiccode.yml standard: mandatory keys, types, enumerations, and the conditions between keys.
//!
//! Not checked: what needs the network or a directory (reachable addresses, codes of Italian bodies), and whether a
//! picture is one. Keys that the standard does not know are warnings: it may have grown since.

use super::Problem;
use super::keys::{
    APART, CONTACT, CONTRACTOR, DEPENDENCIES, DEPENDENCY, DEPRECATED, DESCRIPTION, Key, LATEST,
    ORGANISATION, ROOT, SECTIONS, SUPPORT,
};
use super::shape::{Fault, Shape, faults, is_country, is_country_in_any_case, is_language};
use super::vocabulary::VERSIONS;
use crate::model::document::{Node, NodeKind, Pair};

/// What is wrong with a file, in the order of the standard.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// What the standard does not allow.
    pub(super) errors: Vec<Problem>,
    /// What it discourages or does not know.
    pub(super) warnings: Vec<Problem>,
}

/// Checks a file; `exists` tells whether a path of the repository is a file, when the listing is whole.
pub(super) fn validate(root: &Node, exists: &dyn Fn(&str) -> bool) -> Report {
    let mut check = Check {
        report: Report::default(),
        exists,
        is_next_major: false,
    };
    check.version(root);
    check.keys(root, "", &ROOT);
    for (section, keys) in SECTIONS {
        if let Some(node) = root.get(section).filter(|node| node.is_map()) {
            check.keys(node, section, keys);
            let more: &[&str] = match section {
                "maintenance" => &["contacts", "contractors"],
                _ => &[],
            };
            check.unknown(node, section, keys, more);
        }
    }
    check.root(root);
    check.description(root);
    check.maintenance(root);
    check.records(root, ("", "fundedBy"), &ORGANISATION);
    check.records(root, ("", "supports"), &SUPPORT);
    if let Some(depends) = root.get("dependsOn") {
        for list in DEPENDENCIES {
            check.records(depends, ("dependsOn", list), &DEPENDENCY);
        }
        check.unknown(depends, "dependsOn", &[], &DEPENDENCIES);
    }
    check.twice(root, "", 0);
    check.deprecated(root);
    check.report
}

struct Check<'e> {
    report: Report,
    exists: &'e dyn Fn(&str) -> bool,
    /// The file declares a version without the keys that this one deprecates.
    is_next_major: bool,
}

fn problem(code: &'static str, field: impl Into<String>, line: u32) -> Problem {
    Problem {
        field: field.into(),
        line,
        code,
        detail: None,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}/{key}")
    }
}

impl Check<'_> {
    fn error(&mut self, code: &'static str, field: impl Into<String>, line: u32) {
        self.report.errors.push(problem(code, field, line));
    }

    fn warn(&mut self, code: &'static str, field: impl Into<String>, line: u32) {
        self.report.warnings.push(problem(code, field, line));
    }

    /// The declared version: listed, newer than these tables, or none that was published.
    fn version(&mut self, root: &Node) {
        const FIELD: &str = "publiccodeYmlVersion";
        let Some(node) = root.get(FIELD).filter(|node| !node.is_null()) else {
            return self.error("publiccode-key-missing", FIELD, root.line);
        };
        let Some(text) = node.text() else {
            return self.error("publiccode-text-expected", FIELD, node.line);
        };
        let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
        let number = (parts.next(), parts.next(), parts.next(), parts.next());
        self.is_next_major = matches!(number.0, Some(Some(1..)));
        if VERSIONS.contains(&text) {
            if text != "0" && !text.starts_with("0.7") {
                self.warn("publiccode-version-old", FIELD, node.line);
            }
        } else if let (Some(Some(0)), Some(Some(minor)), patch, None) = number
            && patch.is_none_or(|patch| patch.is_some())
            && (minor, patch.flatten().unwrap_or_default()) > LATEST
        {
            self.warn("publiccode-version-newer", FIELD, node.line);
        } else {
            self.error("publiccode-version-unsupported", FIELD, node.line);
        }
    }

    fn keys(&mut self, section: &Node, path: &str, keys: &[Key]) {
        for (key, shape, is_mandatory) in keys {
            let field = join(path, key);
            match section.get(key) {
                None if *is_mandatory => self.error("publiccode-key-missing", field, section.line),
                Some(node) if node.is_null() && *is_mandatory => {
                    self.error("publiccode-key-missing", field, node.line);
                }
                Some(node) if !node.is_null() => {
                    let is_left_out = !is_mandatory
                        && node.text().is_some_and(|text| text.trim().is_empty())
                        && may_be_empty(*shape);
                    if !is_left_out {
                        self.value(*shape, node, &field);
                    }
                }
                _ => {}
            }
        }
    }

    fn value(&mut self, shape: Shape, node: &Node, field: &str) {
        let found = faults(shape, node);
        if found.is_empty() && matches!(shape, Shape::Picture | Shape::File | Shape::Files) {
            for place in node.one_or_many() {
                let path = place.text().unwrap_or_default().trim();
                if !path.contains("://") && !(self.exists)(path) {
                    self.report.errors.push(Problem {
                        detail: Some(("value", path.to_owned())),
                        ..problem("publiccode-file-not-there", field, place.line)
                    });
                }
            }
        }
        self.report
            .errors
            .extend(found.into_iter().map(|fault| located(&fault, field)));
    }

    /// Keys of a section that the standard does not know.
    fn unknown(&mut self, section: &Node, path: &str, keys: &[Key], more: &[&str]) {
        for pair in section.pairs() {
            let key = pair.key.as_str();
            if !keys.iter().any(|(known, _, _)| *known == key) && !more.contains(&key) {
                self.warn("publiccode-key-unknown", join(path, key), pair.line);
            }
        }
    }

    /// Keys at the root that the standard does not know; the code of a country is its section.
    fn root(&mut self, root: &Node) {
        let mut countries: Vec<&str> = Vec::new();
        for pair in root.pairs() {
            let key = pair.key.as_str();
            if is_country(key) {
                let is_twice = countries
                    .iter()
                    .any(|other| *other != key && other.eq_ignore_ascii_case(key));
                if is_twice {
                    self.error("publiccode-key-twice", key, pair.line);
                }
                countries.push(key);
                self.country(pair);
            } else if is_country_in_any_case(key) {
                self.error("publiccode-key-case", key, pair.line);
            } else if !ROOT.iter().any(|(known, _, _)| *known == key) && !APART.contains(&key) {
                self.warn("publiccode-key-unknown", key, pair.line);
            }
        }
    }

    fn country(&mut self, pair: &Pair) {
        const VERSION: &str = "countryExtensionVersion";
        let key = pair.key.as_str();
        if key.chars().all(|c| c.is_ascii_lowercase()) {
            self.warn("publiccode-case-deprecated", key, pair.line);
        }
        if !key.eq_ignore_ascii_case("it") {
            return;
        }
        if let Some(version) = pair.value.get(VERSION)
            && !version.is_null()
            && !matches!(version.scalar().as_deref(), Some("0.2" | "1.0" | "1"))
        {
            let code = "publiccode-value-not-listed";
            self.error(code, join(key, VERSION), version.line);
        }
        for path in [&["conforme"][..], &["riuso", "codiceIPA"]] {
            if let Some(node) = pair.value.at(path).filter(|node| !node.is_null()) {
                let field = join(key, &path.join("/"));
                self.warn("publiccode-key-deprecated", field, node.line);
            }
        }
    }

    fn description(&mut self, root: &Node) {
        let Some(description) = root.get("description").filter(|node| node.is_map()) else {
            return;
        };
        if description.pairs().is_empty() {
            let field = "description/[lang]";
            self.error("publiccode-key-missing", field, description.line);
        }
        for pair in description.pairs() {
            let path = join("description", &pair.key);
            if !is_language(&pair.key) {
                self.error("publiccode-language-invalid", path.clone(), pair.line);
            }
            if !pair.value.is_map() && !pair.value.is_null() {
                self.error("publiccode-map-expected", path, pair.value.line);
                continue;
            }
            self.keys(&pair.value, &path, &DESCRIPTION);
            self.unknown(&pair.value, &path, &DESCRIPTION, &[]);
        }
    }

    /// Contacts for internal and community maintenance; contractors for contracts, and only then.
    fn maintenance(&mut self, root: &Node) {
        let Some(section) = root.get("maintenance") else {
            return;
        };
        let kind = section.get("type").and_then(Node::text).unwrap_or_default();
        let contractors = section.get("contractors").filter(|node| !node.is_null());
        let is_filled = |key: &str| {
            section
                .get(key)
                .is_some_and(|node| !node.items().is_empty())
        };
        if matches!(kind, "internal" | "community") && !is_filled("contacts") {
            self.error(
                "publiccode-key-missing",
                "maintenance/contacts",
                section.line,
            );
        }
        if kind == "contract" && !is_filled("contractors") {
            self.error(
                "publiccode-key-missing",
                "maintenance/contractors",
                section.line,
            );
        }
        if let Some(node) = contractors.filter(|_| kind != "contract") {
            self.error(
                "publiccode-key-forbidden",
                "maintenance/contractors",
                node.line,
            );
        }
        self.records(section, ("maintenance", "contacts"), &CONTACT);
        self.records(section, ("maintenance", "contractors"), &CONTRACTOR);
    }

    fn records(&mut self, section: &Node, (path, name): (&str, &str), keys: &[Key]) {
        let Some(list) = section.get(name).filter(|node| !node.is_null()) else {
            return;
        };
        let path = join(path, name);
        if !matches!(list.kind, NodeKind::List(_)) {
            self.error("publiccode-list-expected", path.clone(), list.line);
        }
        for (at, item) in list.items().iter().enumerate() {
            let field = format!("{path}/{at}");
            if item.is_map() {
                self.keys(item, &field, keys);
                self.unknown(item, &field, keys, &[]);
            } else {
                self.error("publiccode-map-expected", field, item.line);
            }
        }
    }

    /// Keys written twice, wherever they are.
    fn twice(&mut self, node: &Node, path: &str, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let pairs = node.pairs();
        for (at, pair) in pairs.iter().enumerate() {
            let field = join(path, &pair.key);
            if pairs[..at]
                .iter()
                .take(KEYS)
                .any(|other| other.key == pair.key)
            {
                self.error("publiccode-key-twice", field.clone(), pair.line);
            }
            self.twice(&pair.value, &field, depth + 1);
        }
        for (at, item) in node.items().iter().enumerate() {
            self.twice(item, &format!("{path}/{at}"), depth + 1);
        }
    }

    /// Keys that the next major version does not have any more, and codes of countries in lower case.
    fn deprecated(&mut self, root: &Node) {
        let languages = root.get("description").map_or(&[][..], Node::pairs);
        let generic = languages.iter().filter_map(|pair| {
            let found = pair.value.pair("genericName")?;
            Some((format!("description/{}/genericName", pair.key), found))
        });
        let others = DEPRECATED.iter().filter_map(|path| {
            let (key, section) = path.split_last()?;
            Some((path.join("/"), root.at(section)?.pair(key)?))
        });
        for (field, pair) in others.chain(generic) {
            if pair.value.is_null() {
                continue;
            }
            if self.is_next_major {
                self.error("publiccode-key-removed", field, pair.line);
            } else {
                self.warn("publiccode-key-deprecated", field, pair.line);
            }
        }
        for list in ["countries", "unsupportedCountries"] {
            let items = root
                .at(&["intendedAudience", list])
                .map_or(&[][..], Node::items);
            for (at, item) in items.iter().enumerate() {
                let is_lower = item.text().is_some_and(|text| {
                    is_country(text) && text.chars().all(|c| c.is_ascii_lowercase())
                });
                if is_lower {
                    let field = format!("intendedAudience/{list}/{at}");
                    self.warn("publiccode-case-deprecated", field, item.line);
                }
            }
        }
    }
}

/// Levels in which keys written twice are looked for, deeper than the standard's.
const DEPTH: usize = 8;

/// Keys of one section that are compared with each other, more than any section has.
const KEYS: usize = 200;

/// What an optional key may leave empty.
fn may_be_empty(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Text | Shape::TextOfAtMost(_) | Shape::Email | Shape::File | Shape::Picture
    )
}

fn located(fault: &Fault, field: &str) -> Problem {
    Problem {
        field: match fault.at {
            Some(at) => format!("{field}/{at}"),
            None => field.to_owned(),
        },
        line: fault.line,
        code: fault.code,
        detail: fault.limit.map(|limit| ("limit", limit.to_string())),
    }
}
