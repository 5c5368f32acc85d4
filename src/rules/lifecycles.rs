// SPDX-License-Identifier: EUPL-1.2
//! End of support of products by version, from `rules/data/runtimes.toml`, and what it makes of a declared version.
//!
//! A version is a cycle of its product (`20.11.1` is of cycle `20`), a name (`bookworm`), or several cycles (`3`,
//! `>=12`): then one supported cycle that fits is enough. What is in no cycle is not known.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::facts::set::Item;
use crate::model::date::{Date, days_between};
use crate::model::evidence::Evidence;
use crate::model::message::Message;

/// Cycles of products with their last day of support.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifecycleTable {
    /// Day of the last review, ISO 8601.
    pub reviewed: Day,
    /// Where the days come from.
    pub source: String,
    /// Products.
    #[serde(rename = "product")]
    pub products: Vec<Product>,
}

/// A product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Identifier, as facts write it.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Last day of support by cycle; nothing where the end is not announced.
    pub cycles: BTreeMap<String, Day>,
    /// Cycles by the name of a version, lower case.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
}

/// A day, or none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub Option<Date>);

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        text.parse()
            .map(|day| Self(Some(day)))
            .map_err(|error: jiff::Error| format!("{text}: {error}"))
    }
}

/// What the table says of one declared version on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Support {
    /// Past its last day of support.
    Ended(Date),
    /// Not in the table.
    Unknown,
    /// Supported, until this day where it is announced.
    Supported(Option<Date>),
}

/// Days for which a cycle without announced end is trusted after the review.
const TRUSTED_DAYS: i32 = 366;

impl LifecycleTable {
    /// What the table says of a record with `product`, `version` and `is_range`.
    pub fn judge(&self, item: &Item, today: Date) -> Support {
        let (Some(product), Some(version)) = (item.get("product"), item.get("version")) else {
            return Support::Unknown;
        };
        let Some(product) = self.products.iter().find(|one| one.id == product) else {
            return Support::Unknown;
        };
        let is_range = item.get("is_range") == Some("true");
        let fitting = product.fitting(version, is_range);
        let each = fitting.into_iter().map(|end| self.on(end, today));
        // one supported cycle that fits is enough
        each.max().unwrap_or(Support::Unknown)
    }

    fn on(&self, end: Day, today: Date) -> Support {
        match (end.0, self.reviewed.0) {
            (Some(end), _) if today > end => Support::Ended(end),
            (Some(end), _) => Support::Supported(Some(end)),
            (None, Some(reviewed)) if days_between(reviewed, today) <= TRUSTED_DAYS => {
                Support::Supported(None)
            }
            (None, _) => Support::Unknown,
        }
    }

    /// What the table says of each declared version, with its file and its last day of support.
    pub fn evidence(&self, items: &[Item], today: Date) -> Vec<(Support, Evidence)> {
        let of = |item: &Item| {
            let support = self.judge(item, today);
            (support, self.place(item, support))
        };
        items.iter().map(of).collect()
    }

    fn place(&self, item: &Item, support: Support) -> Evidence {
        let id = item.get("product").unwrap_or_default();
        let title = self
            .products
            .iter()
            .find(|one| one.id == id)
            .map_or(id, |one| one.title.as_str());
        let (code, date) = match support {
            Support::Ended(date) => ("runtime-ended", Some(date)),
            Support::Supported(Some(date)) => ("runtime-supported-until", Some(date)),
            Support::Supported(None) => ("runtime-supported", None),
            Support::Unknown => ("runtime-unknown", None),
        };
        let mut note = Message::new(code)
            .with("product", title)
            .with("version", item.get("version").unwrap_or_default());
        if let Some(date) = date {
            note = note.with("date", date);
        }
        let path = item.get("path").unwrap_or_default();
        let line = item.get("line").and_then(|line| line.parse().ok());
        let place = line.map_or_else(|| Evidence::path(path), |line| Evidence::line(path, line));
        place.with_note(note)
    }
}

impl Product {
    /// Ends of the cycles that a version may be of.
    fn fitting(&self, version: &str, is_range: bool) -> Vec<Day> {
        let version = version.trim().to_ascii_lowercase();
        if is_range {
            return self.ends(|cycle| {
                version
                    .split('|')
                    .filter(|part| !part.trim().is_empty())
                    .any(|part| fits(cycle, part))
            });
        }
        let name = version.split(['-', '.']).next().unwrap_or_default();
        if let Some(end) = self
            .names
            .get(name)
            .and_then(|cycle| self.cycles.get(cycle))
        {
            return vec![*end];
        }
        let Some(numbers) = numbers(&version) else {
            return Vec::new();
        };
        // the longest cycle that the version begins with: 3.10.2 is of 3.10, not of 3.1
        let own = (1..=numbers.len()).rev().find_map(|length| {
            let ends = self.ends(|cycle| cycle == &numbers[..length]);
            ends.first().copied()
        });
        match own {
            Some(end) => vec![end],
            // `python:3` is whichever is the newest when it is built
            None => self.ends(|cycle| cycle.starts_with(&numbers)),
        }
    }

    fn ends(&self, is_wanted: impl Fn(&[u32]) -> bool) -> Vec<Day> {
        let wanted = self
            .cycles
            .iter()
            .filter(|(cycle, _)| numbers(cycle).is_some_and(|cycle| is_wanted(&cycle)));
        wanted.map(|(_, end)| *end).collect()
    }
}

/// The numbers that a version begins with: `v12.3-slim` is 12, 3.
fn numbers(version: &str) -> Option<Vec<u32>> {
    let version = version.trim().trim_start_matches(['v', '=']).trim();
    let end = version
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(version.len());
    let parts = version[..end].split('.').filter(|part| !part.is_empty());
    let numbers: Option<Vec<u32>> = parts.map(|part| part.parse().ok()).collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

/// Whether some version of a cycle satisfies every bound of a range: `>=3.6,<4`, `^12 `, `~> 2.7`, `3.8.*`, `10 - 12`.
fn fits(cycle: &[u32], range: &str) -> bool {
    // bounds and their versions are written together or apart
    let spaced: String = range
        .chars()
        .map(|c| if c == ',' { ' ' } else { c })
        .collect();
    let mut operator = String::new();
    let mut is_hyphen = false;
    for word in spaced.split_whitespace() {
        if word == "-" {
            is_hyphen = true;
            continue;
        }
        let at = word
            .find(|c: char| c.is_ascii_alphanumeric() || c == '*')
            .unwrap_or(word.len());
        operator.push_str(&word[..at]);
        let version = &word[at..];
        if version.is_empty() {
            continue;
        }
        let operator = std::mem::take(&mut operator);
        let Some(bound) = numbers(version) else {
            continue;
        };
        let holds = if is_hyphen {
            cut(cycle, &bound) <= cut(&bound, cycle)
        } else {
            let is_lower = spaced.contains(" - ") && operator.is_empty();
            satisfies(cycle, if is_lower { ">=" } else { &operator }, &bound)
        };
        if !holds {
            return false;
        }
    }
    true
}

fn satisfies(cycle: &[u32], operator: &str, bound: &[u32]) -> bool {
    let (own, other) = (cut(cycle, bound), cut(bound, cycle));
    match operator {
        ">=" => own >= other,
        // 12.0 of the cycle 12 is greater than nothing of it, 12.5 greater than 12.4
        ">" => own > other || (own == other && bound.len() > cycle.len()),
        "<=" => own <= other,
        "<" => {
            own < other || (own == other && bound.get(cycle.len()..).is_some_and(is_any_positive))
        }
        "^" => own >= other && cycle.first() == bound.first(),
        "~" | "~>" | "~=" => {
            let kept = bound.len().saturating_sub(1).clamp(1, 2).min(cycle.len());
            own >= other && cycle.get(..kept) == bound.get(..kept)
        }
        "!=" | "!==" => true,
        _ => own == other,
    }
}

fn is_any_positive(rest: &[u32]) -> bool {
    rest.iter().any(|number| *number > 0)
}

/// As much of a version as the other one has.
fn cut<'v>(version: &'v [u32], other: &[u32]) -> &'v [u32] {
    &version[..version.len().min(other.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"
reviewed = "2026-06-01"
source = "x"
[[product]]
id = "a"
title = "A"
[product.cycles]
"3.1" = "2012-04-09"
"3.8" = "2024-10-07"
"3.10" = "2026-10-31"
"3.11" = "2027-10-31"
"2.7" = "2020-01-01"
[[product]]
id = "n"
title = "N"
[product.cycles]
"12" = "2022-04-30"
"14" = "2023-04-30"
"24" = "2028-04-30"
"25" = ""
[product.names]
old = "12"
"#;

    fn judge(product: &'static str, version: &str, is_range: bool, today: &str) -> &'static str {
        let table: LifecycleTable = toml::from_str(TABLE).unwrap();
        let item = Item::new("product", product)
            .with("version", version)
            .with("is_range", is_range);
        match table.judge(&item, today.parse().unwrap()) {
            Support::Ended(_) => "ended",
            Support::Supported(_) => "supported",
            Support::Unknown => "unknown",
        }
    }

    #[test]
    fn a_version_is_of_the_longest_cycle_that_it_begins_with() {
        for (product, version, expected) in [
            ("a", "3.10.2", "supported"),
            ("a", "3.1.4", "ended"),
            ("a", "3.8-slim-buster", "ended"),
            ("a", "v3.8", "ended"),
            ("a", "3", "supported"),
            ("a", "2", "ended"),
            ("a", "3.12", "unknown"),
            ("a", "latest", "unknown"),
            ("a", "", "unknown"),
            ("n", "12.22.1", "ended"),
            ("n", "old-slim", "ended"),
            ("n", "lts/fermium", "unknown"),
            ("n", "25", "supported"),
            ("other", "1", "unknown"),
        ] {
            assert_eq!(
                judge(product, version, false, "2026-06-01"),
                expected,
                "{version}"
            );
        }
    }

    #[test]
    fn the_last_day_of_support_is_supported() {
        assert_eq!(judge("a", "3.10", false, "2026-10-31"), "supported");
        assert_eq!(judge("a", "3.10", false, "2026-11-01"), "ended");
    }

    #[test]
    fn a_cycle_without_end_is_trusted_for_a_year() {
        assert_eq!(judge("n", "25", false, "2027-05-01"), "supported");
        assert_eq!(judge("n", "25", false, "2027-07-01"), "unknown");
    }

    #[test]
    fn one_supported_cycle_that_fits_a_range_is_enough() {
        for (product, range, expected) in [
            ("n", ">=12", "supported"),
            ("n", ">= 12", "supported"),
            ("n", "^12.0.0", "ended"),
            ("n", "^12 || ^14", "ended"),
            ("n", "12 || >=24", "supported"),
            ("n", "12.x", "ended"),
            ("n", "*", "supported"),
            ("n", "10 - 14", "ended"),
            ("n", "10 - 24", "supported"),
            ("n", ">=12 <15", "ended"),
            ("n", ">=12 <24.3", "supported"),
            ("n", "<24.0.0", "ended"),
            ("n", ">30", "unknown"),
            ("a", ">=3.6,<4", "supported"),
            ("a", "~=3.8", "supported"),
            ("a", "~> 3.8.1", "ended"),
            ("a", "==3.8.*", "ended"),
            ("a", "^3.8", "supported"),
            ("a", "<3.9", "ended"),
            ("a", ">3.8.2,<3.9", "ended"),
            ("a", ">=2.7, !=3.0.*, !=3.1.*, <4", "supported"),
        ] {
            assert_eq!(
                judge(product, range, true, "2026-06-01"),
                expected,
                "{range}"
            );
        }
    }
}
