// SPDX-License-Identifier: EUPL-1.2
//! Roadmaps in the tree or linked from the README, and the last period that they name.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::section::parts;
use super::{Document, Scene};
use crate::facts::pattern::folded as regex;
use crate::facts::prose::Block;
use crate::facts::set::{FactSet, Item};
use crate::model::date::Moment;
use crate::model::evidence::Evidence;
use crate::model::text::fold_plain;

/// Links kept.
const KEPT: usize = 10;

/// Years that a roadmap may name.
const YEARS: std::ops::RangeInclusive<i16> = 2010..=2060;

static ROADMAP: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\broad[\s_-]?maps?\b|\bfeuilles?[\s_-]+de[\s_-]+route\b"));
/// Boards and milestones of a forge.
static BOARD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^https?://[\w.-]+/(?:orgs/)?[\w./~-]+?/(?:-/)?(?:milestones?(?:/\d+)?|projects/\d+(?:/views/\d+)?)/?(?:[?#]|$)",
    )
});

pub(super) fn extract(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut items = Vec::new();
    let mut evidence = Vec::new();
    let mut last: Option<(Date, Evidence)> = None;
    let known = facts.get("documentation.roadmap").cloned();
    let place = known
        .as_ref()
        .and_then(|fact| fact.evidence().first().cloned());
    if let Some(value) = facts.text("documentation.roadmap") {
        let path = value.split('#').next().unwrap_or(value);
        let is_section = value.contains('#');
        let kind = if is_section { "section" } else { "file" };
        let place = place.unwrap_or_else(|| Evidence::path(path));
        let mut item = Item::new("kind", kind).with("path", path);
        if let Some(line) = place.line {
            item = item.with("line", line);
        }
        items.push(item);
        last = if is_section {
            let readme = scene.readme.as_ref().filter(|readme| readme.path == path);
            readme.and_then(|readme| in_section(readme, place.line))
        } else {
            let entry = scene.snapshot.entry(path);
            let document = entry.and_then(|entry| scene.document(entry));
            document.and_then(|document| latest(&document, &document.prose.blocks))
        };
        evidence.push(place);
    }
    for (line, target) in scene.readme.iter().flat_map(links) {
        let path = scene.readme.as_ref().map_or("", |readme| &readme.path);
        let is_same = |item: &Item| {
            item.get("target") == Some(&target)
                || item.get("path") == Some(target.trim_start_matches("./"))
        };
        if items.len() < KEPT && !items.iter().any(is_same) {
            let item = Item::new("kind", "link").with("path", path);
            items.push(item.with("line", line).with("target", &target));
            evidence.push(Evidence::line(path, line).with_excerpt(&target));
        }
    }
    scene.record_items(facts, "documentation.roadmap_items", items, evidence);
    match last {
        Some((date, evidence)) => facts.set(
            "documentation.roadmap_last_date",
            Moment::at(date),
            vec![evidence],
        ),
        None => facts.set(
            "documentation.roadmap_last_date",
            None::<Moment>,
            Vec::new(),
        ),
    }
}

/// Links of the README to a roadmap kept elsewhere.
fn links(readme: &Document) -> Vec<(u32, String)> {
    let is_roadmap = |text: &str, target: &str| {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let is_place = !target.starts_with('#') && !target.starts_with("mailto:");
        is_place
            && (ROADMAP.is_match(&fold_plain(text))
                || ROADMAP.is_match(&fold_plain(path))
                || BOARD.is_match(target))
    };
    let links = readme.prose.links().filter(|link| !link.is_image);
    links
        .filter(|link| is_roadmap(&link.text, &link.target))
        .map(|link| (link.line, link.target.clone()))
        .collect()
}

fn in_section(readme: &Document, line: Option<u32>) -> Option<(Date, Evidence)> {
    let part = parts(&readme.prose).find(|part| Some(part.heading.line) == line)?;
    latest(readme, part.body)
}

/// The end of the last period that some passage names.
fn latest(document: &Document, blocks: &[Block]) -> Option<(Date, Evidence)> {
    let dated = blocks.iter().filter_map(|block| {
        let (date, excerpt) = last_period(&fold_plain(&block.text))?;
        let evidence = Evidence::line(&document.path, block.line).with_excerpt(&excerpt);
        Some((date, evidence))
    });
    dated.max_by_key(|(date, _)| *date)
}

static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)\b(?P<iso>20\d\d)-(?P<iso_month>\d\d)(?:-(?P<iso_day>\d\d))?\b
        |\b(?P<day>\d{1,2})/(?P<day_month>\d{1,2})/(?P<day_year>20\d\d)\b
        |\b(?:[qt](?P<quarter>[1-4])|(?P<quarter_word>[1-4])\s?(?:er|e|eme|st|nd|rd|th)?\s+(?:trimestre|quarter))\s*(?:de\s+|of\s+)?[/-]?\s*(?P<quarter_year>20\d\d)\b
        |\b(?P<year_quarter>20\d\d)\s*[/-]?\s*[qt](?P<after_quarter>[1-4])\b
        |\b(?:[sh](?P<half>[12])|(?P<half_word>[12])\s?(?:er|e|eme|st|nd|d)?\s+(?:semestre|half))\s*(?:de\s+|of\s+)?[/-]?\s*(?P<half_year>20\d\d)\b
        |\b(?P<month>janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december)\s+(?P<month_year>20\d\d)\b
        |\b(?:printemps|spring)\s+(?P<spring>20\d\d)\b|\b(?:ete|summer)\s+(?P<summer>20\d\d)\b|\b(?:debut|early)\s+(?P<early>20\d\d)\b
        |(?:^|[\s(«:,/-])(?P<year>20\d\d)(?:$|[\s)»:,.;/])",
    )
});

const MONTHS: [&str; 24] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The latest period that a folded text names, by its last day, and how it is written.
fn last_period(text: &str) -> Option<(Date, String)> {
    let mut last: Option<(Date, String)> = None;
    for found in PERIOD.captures_iter(text) {
        let number = |name: &str| {
            let text = found.name(name)?.as_str();
            text.parse::<i16>().ok()
        };
        let end = period_end(&number, found.name("month").map(|month| month.as_str()));
        if let Some(end) = end
            && YEARS.contains(&end.year())
            && last.as_ref().is_none_or(|(date, _)| *date < end)
        {
            last = Some((end, found[0].trim().to_owned()));
        }
    }
    last
}

fn period_end(number: &dyn Fn(&str) -> Option<i16>, month: Option<&str>) -> Option<Date> {
    if let (Some(year), Some(month)) = (number("iso"), number("iso_month")) {
        return match number("iso_day") {
            Some(day) => day_of(year, month, day),
            None => end_of(year, month),
        };
    }
    if let (Some(day), Some(month), Some(year)) =
        (number("day"), number("day_month"), number("day_year"))
    {
        return day_of(year, month, day);
    }
    let quarter = number("quarter")
        .or_else(|| number("quarter_word"))
        .zip(number("quarter_year"))
        .or_else(|| number("after_quarter").zip(number("year_quarter")));
    if let Some((quarter, year)) = quarter {
        return end_of(year, quarter * 3);
    }
    let half = number("half").or_else(|| number("half_word"));
    if let (Some(half), Some(year)) = (half, number("half_year")) {
        return end_of(year, half * 6);
    }
    if let (Some(month), Some(year)) = (month, number("month_year")) {
        let at = MONTHS.iter().position(|known| *known == month)? % 12;
        return end_of(year, i16::try_from(at).ok()? + 1);
    }
    let seasons = [("spring", 6), ("summer", 9), ("early", 6), ("year", 12)];
    seasons
        .into_iter()
        .find_map(|(name, month)| end_of(number(name)?, month))
}

fn day_of(year: i16, month: i16, day: i16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

fn end_of(year: i16, month: i16) -> Option<Date> {
    day_of(year, month, 1).map(Date::last_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_on_their_last_day() {
        let cases = [
            ("2024-05-03", Some("2024-05-03")),
            ("d'ici 2024-05", Some("2024-05-31")),
            ("q3 2024", Some("2024-09-30")),
            ("t1 2025 : refonte", Some("2025-03-31")),
            ("2024 q4", Some("2024-12-31")),
            ("s1 2025", Some("2025-06-30")),
            ("2e semestre 2025", Some("2025-12-31")),
            ("4e trimestre 2023", Some("2023-12-31")),
            ("fevrier 2024 puis mars 2024", Some("2024-03-31")),
            ("ete 2024", Some("2024-09-30")),
            ("en 2026.", Some("2026-12-31")),
            ("12/05/2024", Some("2024-05-12")),
            ("2024-13-40", None),
            ("port 2024x", None),
            ("rgaa 4.1", None),
        ];
        for (text, expected) in cases {
            let found = last_period(text).map(|(date, _)| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
