// SPDX-License-Identifier: EUPL-1.2
//! Version 0 of the publiccode.yml standard: mandatory keys, types, enumerations, and the conditions between keys.
//!
//! Not checked: what needs the network or other files (reachable addresses, logos, screenshots, codes of directories).

use std::sync::LazyLock;

use regex::Regex;

use super::Problem;
use super::shape::{Shape, fits, is_language};
use super::vocabulary::{ALIASES, CATEGORIES, MAINTENANCE, SCOPES, SOFTWARE_TYPES, STATUSES};
use crate::model::document::{Node, NodeKind};

/// A key below its section: where, what, and whether it must be there.
type Key = (&'static str, Shape, bool);

const ROOT: [Key; 25] = [
    ("publiccodeYmlVersion", Shape::Version, true),
    ("name", Shape::Text, true),
    ("applicationSuite", Shape::Text, false),
    ("url", Shape::Url, true),
    ("landingURL", Shape::Url, false),
    ("isBasedOn", Shape::Urls, false),
    ("softwareVersion", Shape::Text, false),
    ("releaseDate", Shape::Date, false),
    ("logo", Shape::Picture, false),
    ("monochromeLogo", Shape::Picture, false),
    ("inputTypes", Shape::MediaTypes, false),
    ("outputTypes", Shape::MediaTypes, false),
    ("platforms", Shape::FilledTexts, true),
    ("categories", Shape::SomeOf(&CATEGORIES), false),
    ("usedBy", Shape::Texts, false),
    ("roadmap", Shape::Url, false),
    ("developmentStatus", Shape::OneOf(&STATUSES), true),
    ("softwareType", Shape::OneOf(&SOFTWARE_TYPES), true),
    ("intendedAudience", Shape::Map, false),
    ("description", Shape::Map, true),
    ("legal", Shape::Map, true),
    ("maintenance", Shape::Map, true),
    ("localisation", Shape::Map, true),
    ("dependsOn", Shape::Map, false),
    ("organisation", Shape::Map, false),
];
/// Lists of records at the root.
const LISTS: [&str; 2] = ["fundedBy", "supports"];

const SECTIONS: [(&str, &[Key]); 5] = [
    (
        "legal",
        &[
            ("license", Shape::Licence, true),
            ("mainCopyrightOwner", Shape::Text, false),
            ("repoOwner", Shape::Text, false),
            ("authorsFile", Shape::Text, false),
        ],
    ),
    ("maintenance", &[("type", Shape::OneOf(&MAINTENANCE), true)]),
    (
        "localisation",
        &[
            ("localisationReady", Shape::Flag, true),
            ("availableLanguages", Shape::Languages, true),
        ],
    ),
    (
        "intendedAudience",
        &[
            ("countries", Shape::Countries, false),
            ("unsupportedCountries", Shape::Countries, false),
            ("scope", Shape::SomeOf(&SCOPES), false),
        ],
    ),
    (
        "organisation",
        &[("uri", Shape::Uri, true), ("name", Shape::Text, false)],
    ),
];

const DESCRIPTION: [Key; 10] = [
    ("localisedName", Shape::Text, false),
    ("genericName", Shape::TextOfAtMost(35), false),
    ("shortDescription", Shape::TextOfAtMost(150), true),
    ("longDescription", Shape::TextBetween(150, 10_000), true),
    ("documentation", Shape::Url, false),
    ("apiDocumentation", Shape::Url, false),
    ("features", Shape::FilledTexts, true),
    ("screenshots", Shape::Texts, false),
    ("videos", Shape::UrlList, false),
    ("awards", Shape::Texts, false),
];

const CONTACT: [Key; 4] = [
    ("name", Shape::Text, true),
    ("email", Shape::Email, false),
    ("affiliation", Shape::Text, false),
    ("phone", Shape::Text, false),
];

const CONTRACTOR: [Key; 4] = [
    ("name", Shape::Text, true),
    ("until", Shape::Date, true),
    ("email", Shape::Email, false),
    ("website", Shape::Url, false),
];

const DEPENDENCY: [Key; 5] = [
    ("name", Shape::Text, true),
    ("versionMin", Shape::Text, false),
    ("versionMax", Shape::Text, false),
    ("version", Shape::Text, false),
    ("optional", Shape::Flag, false),
];

/// Everything that the standard does not allow, in the order of the standard.
pub(super) fn validate(root: &Node) -> Vec<Problem> {
    let mut check = Check::default();
    check.keys(root, "", &ROOT);
    for (section, keys) in SECTIONS {
        if let Some(node) = root.get(section).filter(|node| node.is_map()) {
            check.keys(node, section, keys);
        }
    }
    check.unknown_keys(root);
    check.description(root);
    check.maintenance(root);
    check.records(
        root,
        "fundedBy",
        &[("uri", Shape::Uri, true), ("name", Shape::Text, false)],
    );
    check.records(root, "supports", &[("id", Shape::Uri, true)]);
    check.aliases(root);
    if let Some(depends) = root.get("dependsOn") {
        for list in ["open", "proprietary", "hardware"] {
            check.records(depends, list, &DEPENDENCY);
        }
    }
    check.0
}

#[derive(Default)]
struct Check(Vec<Problem>);

impl Check {
    fn report(&mut self, code: &'static str, field: impl Into<String>, line: u32) {
        let field = field.into();
        self.0.push(Problem { field, line, code });
    }

    fn keys(&mut self, section: &Node, path: &str, keys: &[Key]) {
        for (key, shape, is_mandatory) in keys {
            let field = if path.is_empty() {
                (*key).to_owned()
            } else {
                format!("{path}/{key}")
            };
            match section.get(key) {
                None if *is_mandatory => self.report("publiccode-key-missing", field, section.line),
                Some(node) if node.is_null() && *is_mandatory => {
                    self.report("publiccode-key-missing", field, node.line);
                }
                Some(node) if !node.is_null() && !fits(*shape, node) => {
                    self.report("publiccode-value-invalid", field, node.line);
                }
                _ => {}
            }
        }
    }

    /// Keys at the root that the standard does not know; two letters are a country's section.
    fn unknown_keys(&mut self, root: &Node) {
        for (at, pair) in root.pairs().iter().enumerate() {
            let key = pair.key.as_str();
            let is_country = COUNTRY.is_match(key);
            if is_country {
                let version = pair
                    .value
                    .get("countryExtensionVersion")
                    .and_then(Node::scalar);
                if key.eq_ignore_ascii_case("it")
                    && version.is_some_and(|version| !matches!(version.as_str(), "0.2" | "1.0"))
                {
                    let field = format!("{key}/countryExtensionVersion");
                    self.report("publiccode-value-invalid", field, pair.value.line);
                }
            } else if !ROOT.iter().any(|(known, _, _)| *known == key) && !LISTS.contains(&key) {
                self.report("publiccode-key-unknown", key, pair.line);
            }
            let is_twice = root.pairs()[..at].iter().any(|other| {
                other.key == key || (is_country && other.key.eq_ignore_ascii_case(key))
            });
            if is_twice {
                self.report("publiccode-key-twice", key, pair.line);
            }
        }
    }

    fn description(&mut self, root: &Node) {
        let Some(description) = root.get("description").filter(|node| node.is_map()) else {
            return;
        };
        if description.pairs().is_empty() {
            self.report(
                "publiccode-key-missing",
                "description/[lang]",
                description.line,
            );
        }
        for pair in description.pairs() {
            let path = format!("description/{}", pair.key);
            if !is_language(&pair.key) {
                self.report("publiccode-value-invalid", path.clone(), pair.line);
            }
            self.keys(&pair.value, &path, &DESCRIPTION);
        }
    }

    /// Contacts for internal and community maintenance; contractors for contracts, and only then.
    fn maintenance(&mut self, root: &Node) {
        let Some(section) = root.get("maintenance") else {
            return;
        };
        let kind = section.get("type").and_then(Node::text).unwrap_or_default();
        let is_filled = |key: &str| {
            section
                .get(key)
                .is_some_and(|node| !node.items().is_empty())
        };
        if matches!(kind, "internal" | "community") && !is_filled("contacts") {
            self.report(
                "publiccode-key-missing",
                "maintenance/contacts",
                section.line,
            );
        }
        if kind == "contract" && !is_filled("contractors") {
            self.report(
                "publiccode-key-missing",
                "maintenance/contractors",
                section.line,
            );
        }
        if let Some(pair) = section.pair("contractors").filter(|_| kind != "contract") {
            self.report(
                "publiccode-key-forbidden",
                "maintenance/contractors",
                pair.line,
            );
        }
        self.records(section, "contacts", &CONTACT);
        self.records(section, "contractors", &CONTRACTOR);
    }

    fn records(&mut self, section: &Node, name: &str, keys: &[Key]) {
        let Some(list) = section.get(name).filter(|node| !node.is_null()) else {
            return;
        };
        if !matches!(list.kind, NodeKind::List(_)) {
            self.report("publiccode-value-invalid", name, list.line);
        }
        for (at, item) in list.items().iter().enumerate() {
            let field = format!("{name}/{at}");
            if item.is_map() {
                self.keys(item, &field, keys);
            } else {
                self.report("publiccode-value-invalid", field, item.line);
            }
        }
    }

    fn aliases(&mut self, root: &Node) {
        let items = root.get("supports").map_or(&[][..], Node::items);
        for (at, item) in items.iter().enumerate() {
            let id = item.get("id").and_then(Node::text).unwrap_or_default();
            if id
                .strip_prefix("alias:")
                .is_some_and(|name| !ALIASES.contains(&name))
            {
                self.report(
                    "publiccode-value-invalid",
                    format!("supports/{at}/id"),
                    item.line,
                );
            }
        }
    }
}

static COUNTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([A-Z]{2}|[a-z]{2})$").expect("invariant: the pattern is valid")
});
