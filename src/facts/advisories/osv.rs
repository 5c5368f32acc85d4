// SPDX-License-Identifier: EUPL-1.2
//! One advisory in the OSV format: what it names, from which version to which.

use std::cmp::Ordering;

use serde::Deserialize;
use serde_json::Value;

use super::severity::Severity;
use super::version::compare;

/// An advisory, reduced to what is compared and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Advisory {
    pub(super) id: String,
    /// Its identifiers in other databases.
    pub(super) aliases: Vec<String>,
    pub(super) severity: Severity,
    /// Day of its last change, as written.
    pub(super) modified: String,
    pub(super) affected: Vec<Affected>,
}

/// Versions of one package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Affected {
    pub(super) ecosystem: String,
    pub(super) name: String,
    ranges: Vec<Vec<Event>>,
    versions: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Event {
    /// From this version on; `0` is before all.
    Introduced(String),
    /// From this version on no more.
    Fixed(String),
    /// After this version no more.
    LastAffected(String),
}

/// Whether a version is affected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    Yes,
    No,
    /// Its place in the order of versions is not certain.
    Undecided,
}

#[derive(Deserialize)]
struct Raw {
    id: String,
    #[serde(default)]
    modified: String,
    #[serde(default)]
    withdrawn: Option<String>,
    #[serde(default)]
    aliases: Option<Vec<String>>,
    #[serde(default)]
    severity: Option<Vec<RawSeverity>>,
    #[serde(default)]
    affected: Option<Vec<RawAffected>>,
    #[serde(default)]
    database_specific: Value,
}

#[derive(Deserialize)]
struct RawSeverity {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    score: String,
}

#[derive(Deserialize)]
struct RawAffected {
    #[serde(default)]
    package: Option<RawPackage>,
    #[serde(default)]
    ranges: Option<Vec<RawRange>>,
    #[serde(default)]
    versions: Option<Vec<String>>,
    #[serde(default)]
    severity: Option<Vec<RawSeverity>>,
    #[serde(default)]
    database_specific: Value,
    #[serde(default)]
    ecosystem_specific: Value,
}

#[derive(Deserialize)]
struct RawPackage {
    ecosystem: String,
    name: String,
}

#[derive(Deserialize)]
struct RawRange {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    events: Vec<RawEvent>,
    #[serde(default)]
    database_specific: Value,
}

#[derive(Deserialize)]
struct RawEvent {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
}

/// Reads an advisory; `None` for one that was withdrawn or that only says that a package is no longer maintained.
///
/// # Errors
/// Line and words of what is wrong.
pub(super) fn parse(text: &str) -> Result<Option<Advisory>, (u32, String)> {
    let raw: Raw = serde_json::from_str(text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(1);
        (line, words(&error))
    })?;
    if raw.withdrawn.is_some() {
        return Ok(None);
    }
    let affected = raw.affected.unwrap_or_default();
    let only_informs = |one: &RawAffected| {
        matches!(
            one.database_specific["informational"].as_str(),
            Some("unmaintained" | "notice")
        )
    };
    if !affected.is_empty() && affected.iter().all(only_informs) {
        return Ok(None);
    }
    let mut severity = Severity::of_word(word(&raw.database_specific, "severity"));
    if severity == Severity::Unknown {
        severity = scores(raw.severity.as_deref());
    }
    if severity == Severity::Unknown {
        let of_packages = affected.iter().map(severity_of).max();
        severity = of_packages.unwrap_or_default();
    }
    // packages that were made to do harm carry no score
    if raw.id.starts_with("MAL-") {
        severity = Severity::Critical;
    }
    Ok(Some(Advisory {
        id: raw.id,
        aliases: raw.aliases.unwrap_or_default(),
        severity,
        modified: raw.modified.chars().take(10).collect(),
        affected: affected.into_iter().filter_map(read_affected).collect(),
    }))
}

/// The parser's words without the values that it read.
fn words(error: &serde_json::Error) -> String {
    let kind = if error.is_eof() {
        "end of file"
    } else if error.is_data() {
        "not an advisory"
    } else {
        "syntax"
    };
    kind.to_owned()
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn scores(list: Option<&[RawSeverity]>) -> Severity {
    let scores = list.unwrap_or_default().iter();
    scores
        .filter(|one| one.kind != "CVSS_V2")
        .map(|one| match Severity::of_score(&one.score) {
            Severity::Unknown => Severity::of_word(&one.score),
            known => known,
        })
        .max()
        .unwrap_or_default()
}

fn severity_of(affected: &RawAffected) -> Severity {
    scores(affected.severity.as_deref())
        .max(Severity::of_score(word(
            &affected.database_specific,
            "cvss",
        )))
        .max(Severity::of_word(word(
            &affected.database_specific,
            "severity",
        )))
        .max(Severity::of_word(word(
            &affected.ecosystem_specific,
            "severity",
        )))
}

fn read_affected(raw: RawAffected) -> Option<Affected> {
    let package = raw.package?;
    let ranges = raw.ranges.unwrap_or_default();
    let last_known = word(&raw.database_specific, "last_known_affected_version_range").to_owned();
    let ranges = ranges
        .into_iter()
        .filter(|range| matches!(range.kind.as_str(), "SEMVER" | "ECOSYSTEM"))
        .map(|range| {
            let own = word(
                &range.database_specific,
                "last_known_affected_version_range",
            );
            let last_known = if own.is_empty() {
                last_known.as_str()
            } else {
                own
            };
            let mut events: Vec<Event> = range.events.iter().filter_map(event).collect();
            // open at its end, though the database knows no later version to be affected
            let is_open = !events
                .iter()
                .any(|one| !matches!(one, Event::Introduced(_)));
            events.extend(last_known_event(last_known).filter(|_| is_open));
            events
        })
        .collect();
    Some(Affected {
        // behind a colon stands a release of a distribution
        ecosystem: package.ecosystem,
        name: package.name,
        ranges,
        versions: raw.versions.unwrap_or_default(),
    })
}

fn event(raw: &RawEvent) -> Option<Event> {
    let introduced = raw.introduced.clone().map(Event::Introduced);
    introduced
        .or_else(|| raw.fixed.clone().map(Event::Fixed))
        .or_else(|| raw.last_affected.clone().map(Event::LastAffected))
}

/// `<= 1.2.3` or `< 1.2.4`.
fn last_known_event(text: &str) -> Option<Event> {
    if let Some(version) = text.strip_prefix("<=") {
        return Some(Event::LastAffected(version.trim().to_owned()));
    }
    let version = text.strip_prefix('<')?;
    Some(Event::Fixed(version.trim().to_owned()))
}

impl Affected {
    /// Whether `version` is among those affected.
    pub(super) fn hit(&self, version: &str) -> Hit {
        if self
            .versions
            .iter()
            .any(|known| compare(&self.ecosystem, known, version) == Some(Ordering::Equal))
        {
            return Hit::Yes;
        }
        let hits: Vec<Hit> = self
            .ranges
            .iter()
            .map(|events| hit_in(&self.ecosystem, events, version))
            .collect();
        if hits.contains(&Hit::Yes) {
            Hit::Yes
        } else if hits.contains(&Hit::Undecided) {
            Hit::Undecided
        } else {
            Hit::No
        }
    }

    /// The first version that is safe for those that use `version`.
    pub(super) fn fixed_for(&self, version: &str) -> Option<&str> {
        self.ranges
            .iter()
            .filter(|events| hit_in(&self.ecosystem, events, version) == Hit::Yes)
            .flatten()
            .filter_map(|event| match event {
                Event::Fixed(fixed) => Some(fixed.as_str()),
                _ => None,
            })
            .filter(|fixed| compare(&self.ecosystem, fixed, version) == Some(Ordering::Greater))
            .min_by(|a, b| compare(&self.ecosystem, a, b).unwrap_or(Ordering::Equal))
    }
}

/// Goes through the events in the order of versions, as the format prescribes.
fn hit_in(ecosystem: &str, events: &[Event], version: &str) -> Hit {
    // for each event: its version, and what holds from there on
    let mut is_hit = false;
    let mut latest: Option<&str> = None;
    for event in events {
        let (at, is_passed, then) = match event {
            Event::Introduced(at) if at == "0" => (None, Some(true), true),
            Event::Introduced(at) => (Some(at), at_least(ecosystem, version, at), true),
            Event::Fixed(at) => (Some(at), at_least(ecosystem, version, at), false),
            Event::LastAffected(at) => (
                Some(at),
                compare(ecosystem, version, at).map(Ordering::is_gt),
                false,
            ),
        };
        let Some(is_passed) = is_passed else {
            return Hit::Undecided;
        };
        if !is_passed {
            continue;
        }
        // the last of the passed events decides, whatever the order in which they are written
        let is_later = match (latest, at) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(before), Some(at)) => match compare(ecosystem, at, before) {
                Some(order) => order.is_ge(),
                None => return Hit::Undecided,
            },
        };
        if is_later {
            is_hit = then;
            latest = at.map(String::as_str).or(latest);
        }
    }
    if is_hit { Hit::Yes } else { Hit::No }
}

fn at_least(ecosystem: &str, version: &str, than: &str) -> Option<bool> {
    compare(ecosystem, version, than).map(Ordering::is_ge)
}
