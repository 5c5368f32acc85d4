// SPDX-License-Identifier: EUPL-1.2
//! Known vulnerabilities, given by whoever runs the audit, compared with the packages that lock files name.
//!
//! Advisories are an input of their own, beside the repository: facts are extracted without them, and
//! [`Advisories::compare`] then fills the one fact that needs them. The same advisories and the same tree give the
//! same answer.

mod osv;
mod severity;
mod version;

use std::collections::{BTreeMap, BTreeSet};

use super::dependencies::locked::{self, Locked, LockedPackage, Use};
use super::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::problem::Problem;
use crate::snapshot::Snapshot;
use osv::{Advisory, Hit};
use severity::Severity;

/// The fact that the comparison fills.
const KEY: &str = "dependencies.vulnerable";

/// Vulnerabilities listed at most, the gravest first.
const MOST_LISTED: usize = 200;

/// A set of advisories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advisories {
    all: Vec<Advisory>,
    /// From ecosystem and name to the advisories that name the package.
    by_package: BTreeMap<(String, String), Vec<usize>>,
}

/// A package that an advisory names.
struct Match<'a> {
    package: &'a LockedPackage,
    ids: BTreeSet<&'a str>,
    /// The identifier that is shown.
    id: &'a str,
    severity: Severity,
    is_decided: bool,
    fixed: Option<&'a str>,
}

impl Advisories {
    /// Takes in one file of the OSV format; advisories that were withdrawn are passed over.
    ///
    /// # Errors
    /// The file is no advisory.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Box<Problem>> {
        let problem = |(line, words): (u32, String)| {
            let message = Message::new("advisory-not-understood").with("detail", words);
            Box::new(Problem::of_entry(file, line, message))
        };
        let Some(advisory) = osv::parse(text).map_err(problem)? else {
            return Ok(());
        };
        let index = self.all.len();
        for affected in &advisory.affected {
            let name = normalised(&affected.ecosystem, &affected.name);
            let of_package = self
                .by_package
                .entry((affected.ecosystem.clone(), name))
                .or_default();
            if of_package.last() != Some(&index) {
                of_package.push(index);
            }
        }
        self.all.push(advisory);
        Ok(())
    }

    /// How many advisories there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Day of the newest change of an advisory: how old the set is.
    pub fn newest(&self) -> Option<&str> {
        let days = self.all.iter().map(|advisory| advisory.modified.as_str());
        days.filter(|day| !day.is_empty()).max()
    }

    /// Fills `dependencies.vulnerable` from the lock files of `snapshot`.
    pub fn compare(&self, snapshot: &Snapshot, facts: &mut FactSet) {
        if self.is_empty() {
            // an empty set knows nothing: it clears nobody
            facts.set_unknown(KEY, Reason::new(ReasonCode::NeedsAdvisories));
            return;
        }
        let Locked { packages, unread } = locked::read(snapshot);
        let mut found = self.matches(&packages);
        found.sort_by(|a, b| rank(a).cmp(&rank(b)));
        let is_grave = found
            .iter()
            .any(|one| one.is_decided && one.severity >= Severity::High);
        let cut = snapshot.cut();
        if let (Some(reason), false) = (unread.or(cut), is_grave) {
            facts.set_unknown(KEY, reason);
            return;
        }
        let mut evidence: Vec<Evidence> = found.iter().take(MOST_LISTED).map(place).collect();
        let note = Message::new("advisories-compared")
            .with("advisories", self.len())
            .with("packages", packages.len());
        evidence.push(Evidence::note(match self.newest() {
            Some(day) => note.with("date", day),
            None => note,
        }));
        let items: Vec<Item> = found.iter().take(MOST_LISTED).map(record).collect();
        facts.set(KEY, items, evidence);
    }

    fn matches<'a>(&'a self, packages: &'a [LockedPackage]) -> Vec<Match<'a>> {
        let mut found: Vec<Match<'a>> = Vec::new();
        // one package in two places of one file, or in two files, is one finding: the graver use prevails
        let mut places: BTreeMap<(&str, &str, &str), &LockedPackage> = BTreeMap::new();
        for package in packages {
            let key = (
                package.ecosystem,
                package.name.as_str(),
                package.version.as_str(),
            );
            let known = places.entry(key).or_insert(package);
            if package.usage < known.usage {
                *known = package;
            }
        }
        for package in places.into_values() {
            let name = normalised(package.ecosystem, &package.name);
            let key = (package.ecosystem.to_owned(), name);
            let of_package = self.by_package.get(&key).map_or(&[][..], Vec::as_slice);
            let mut hits: Vec<Match<'a>> = Vec::new();
            for index in of_package {
                let advisory = &self.all[*index];
                let hit = hit(advisory, package, &key.1);
                hits.extend(hit.map(|(is_decided, fixed)| {
                    Match {
                        package,
                        ids: advisory
                            .aliases
                            .iter()
                            .map(String::as_str)
                            .chain([advisory.id.as_str()])
                            .collect(),
                        id: &advisory.id,
                        severity: advisory.severity,
                        is_decided,
                        fixed,
                    }
                }));
            }
            merge(&mut hits);
            found.append(&mut hits);
        }
        found
    }
}

/// Whether the advisory is about this version, for sure or not, and the first version that is safe.
fn hit<'a>(
    advisory: &'a Advisory,
    package: &LockedPackage,
    name: &str,
) -> Option<(bool, Option<&'a str>)> {
    let mut is_undecided = false;
    for affected in &advisory.affected {
        if affected.ecosystem != package.ecosystem
            || normalised(&affected.ecosystem, &affected.name) != name
        {
            continue;
        }
        match affected.hit(&package.version) {
            Hit::Yes => return Some((true, affected.fixed_for(&package.version))),
            Hit::Undecided => is_undecided = true,
            Hit::No => {}
        }
    }
    is_undecided.then_some((false, None))
}

/// One vulnerability has identifiers in several databases: what any of them knows holds.
fn merge(hits: &mut Vec<Match<'_>>) {
    let mut at = 0;
    while at < hits.len() {
        let twin = (at + 1..hits.len()).find(|other| !hits[at].ids.is_disjoint(&hits[*other].ids));
        let Some(twin) = twin else {
            at += 1;
            continue;
        };
        let other = hits.remove(twin);
        let one = &mut hits[at];
        one.ids.extend(other.ids);
        one.severity = one.severity.max(other.severity);
        one.is_decided |= other.is_decided;
        one.fixed = one.fixed.or(other.fixed);
        if other.id.starts_with("GHSA-") && !one.id.starts_with("GHSA-") {
            one.id = other.id;
        }
    }
}

/// The gravest first, what runs before what serves development, then by name.
fn rank<'m>(one: &'m Match<'_>) -> impl Ord + use<'m> {
    (
        !one.is_decided,
        std::cmp::Reverse(one.severity),
        one.package.usage,
        one.package.name.as_str(),
        one.package.version.as_str(),
        one.id,
    )
}

/// What a finding counts as.
fn class(one: &Match<'_>) -> &'static str {
    match (one.is_decided, one.severity, one.package.usage) {
        (false, _, _) => "undecided",
        (true, Severity::Unknown, _) => "unrated",
        (true, Severity::High | Severity::Critical, Use::Run) => "grave",
        (true, Severity::High | Severity::Critical, Use::Development) => "grave-development",
        (true, Severity::Low | Severity::Moderate, _) => "lesser",
    }
}

fn record(one: &Match<'_>) -> Item {
    let package = one.package;
    let item = Item::new("package", &package.name)
        .with("version", &package.version)
        .with("ecosystem", package.ecosystem)
        .with("advisory", one.id)
        .with("severity", one.severity.as_str())
        .with(
            "use",
            match package.usage {
                Use::Run => "run",
                Use::Development => "development",
            },
        )
        .with("class", class(one))
        .with("path", &package.path);
    match package.line {
        Some(line) => item.with("line", line),
        None => item,
    }
}

fn place(one: &Match<'_>) -> Evidence {
    let code = if one.is_decided {
        "advisory-found"
    } else {
        "advisory-undecided"
    };
    let note = Message::new(code)
        .with("advisory", one.id)
        .with("package", &one.package.name)
        .with("version", &one.package.version)
        .with("rating", one.severity.as_str());
    let note = match one.fixed {
        Some(fixed) => note.with("fixed", fixed),
        None => note,
    };
    Evidence {
        line: one.package.line,
        ..Evidence::path(&one.package.path).with_note(note)
    }
}

/// A package's name as its registry compares it.
fn normalised(ecosystem: &str, name: &str) -> String {
    match ecosystem {
        "PyPI" => {
            let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
        }
        "Packagist" | "NuGet" => name.to_ascii_lowercase(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
