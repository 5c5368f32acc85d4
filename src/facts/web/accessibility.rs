// SPDX-License-Identifier: EUPL-1.2
//! The accessibility statement, the mention of the level on every page, and the multi-year scheme.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::Found;
use super::text::Page;
use crate::facts::pattern::folded as regex;

/// A page with the level of conformity, a contact and the recourse to the Défenseur des droits.
pub(super) fn statement(page: &Page) -> Option<Found> {
    if is_guide(page) {
        return None;
    }
    let title = STATEMENT.find(&page.plain);
    if title.is_none() && !page.is_named(&NAMED) {
        return None;
    }
    let level = LEVEL.find(&page.plain)?;
    RECOURSE.find(&page.plain)?;
    CONTACT
        .find(&page.plain)
        .or_else(|| ADDRESS.find(&page.raw))?;
    Some(page.found(title.map_or(level.start(), |title| title.start())))
}

/// A statement that announces a higher level than its own figure allows: all criteria met for a total conformity, half
/// of them for a partial one.
pub(super) fn overstated(page: &Page) -> Option<Found> {
    statement(page)?;
    let levels: BTreeSet<&str> = LEVEL
        .captures_iter(&page.plain)
        .filter_map(|found| Some(found.get(1)?.as_str()))
        .collect();
    // several levels are a model to choose from, or a history
    let least = match (levels.len(), levels.first().copied()) {
        (1, Some("totalement" | "entierement" | "fully")) => 100,
        (1, Some("partiellement" | "partially")) => 50,
        _ => return None,
    };
    let mut figures = CRITERIA.captures_iter(&page.plain).filter_map(|found| {
        let figure = found.get(1)?;
        Some((figure.start(), figure.as_str().parse::<u32>().ok()?))
    });
    let (at, figure) = figures.next()?;
    let is_alone = figures.all(|(_, other)| other == figure);
    (is_alone && figure < least).then(|| page.found(at))
}

/// The day on which a statement says that it was established or brought up to date, the latest one.
pub(super) fn dated(page: &Page) -> Option<(Date, Found)> {
    statement(page)?;
    let dates = DATED.captures_iter(&page.plain).filter_map(|found| {
        let number = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
        let month = match found.name("month") {
            Some(word) => {
                let is_named = |names: &[&str; 2]| names.contains(&word.as_str());
                MONTHS.iter().position(is_named)? + 1
            }
            None => usize::try_from(number("number")?).ok()?,
        };
        let (day, month) = (i8::try_from(number("day")?), i8::try_from(month));
        let date = Date::new(number("year")?, month.ok()?, day.ok()?).ok()?;
        Some((date, found.get(0)?.start()))
    });
    let (date, at) = dates.max_by_key(|(date, _)| *date)?;
    Some((date, page.found(at)))
}

/// The level announced in a layout, a footer or a text for translation: `total`, `partial` or `none`.
pub(super) fn mention(page: &Page) -> Option<(&'static str, Found)> {
    if is_guide(page) {
        return None;
    }
    let found = MENTION
        .captures(&page.plain)
        .or_else(|| COMPONENT.captures(&page.plain))?;
    let word = found.get(1)?;
    let level = match word.as_str() {
        "totalement" | "fully" | "entierement" => "total",
        "partiellement" | "partially" => "partial",
        _ => "none",
    };
    Some((level, page.found(word.start())))
}

/// A page that links to, or is, the multi-year scheme.
pub(super) fn scheme(page: &Page) -> Option<Found> {
    if is_guide(page) {
        return None;
    }
    let found = SCHEME.find(&page.plain)?;
    Some(page.found(found.start()))
}

/// A text that lists the levels to choose from speaks of the obligation, not of this site; code may hold them all.
fn is_guide(page: &Page) -> bool {
    let is_prose = [".md", ".mdx", ".org", ".rst", ".adoc", ".txt"]
        .iter()
        .any(|end| page.plain_path.ends_with(end));
    let levels = || -> BTreeSet<&str> {
        MENTION
            .captures_iter(&page.plain)
            .filter_map(|found| Some(found.get(1)?.as_str()))
            .collect()
    };
    is_prose && levels().len() > 1
}

static NAMED: LazyLock<Regex> = LazyLock::new(|| regex("accessib|a11y|rgaa"));
static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"declaration\s+(de\s+conformite\s+|d')?(rgaa|d'accessibilite|accessibilite)|declaration\s+de\s+conformite|accessibility\s+statement",
    )
});
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(totalement|partiellement|entierement|non|n'est\s+pas)\W{1,12}(en\s+)?conform|\bconformite\W{1,12}(complete|totale|partielle)|\b(fully|partially|not|non)[\s-]+(compliant|conformant)",
    )
});
/// A share of the criteria that are met.
static CRITERIA: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b(\d{1,3})(?:[.,]\d+)?\s*%\s*(?:des|de|of the|of)\s+(?:\d+\s+)?(?:criteres|criteria)")
});
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:etablie?|mise?\s+a\s+jour|publiee|actualisee|revisee|created|established|updated|prepared)\s+(?:le|on)?\s*:?\s*(?P<day>\d{1,2})(?:er|st|nd|rd|th)?(?:\s+(?P<month>[a-z]{3,9})\.?,?\s+|/(?P<number>\d{1,2})/)(?P<year>20\d\d)\b",
    )
});
/// The months in French and in English, without accents.
const MONTHS: [[&str; 2]; 12] = [
    ["janvier", "january"],
    ["fevrier", "february"],
    ["mars", "march"],
    ["avril", "april"],
    ["mai", "may"],
    ["juin", "june"],
    ["juillet", "july"],
    ["aout", "august"],
    ["septembre", "september"],
    ["octobre", "october"],
    ["novembre", "november"],
    ["decembre", "december"],
];
static RECOURSE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"defenseure?\W+des\W+droits|defender\s+of\s+rights|defenseurdesdroits")
});
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\bcontact|\bsignaler|courriel|e-?mail|formulaire|nous\s+ecrire|adresse\s+suivante")
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r"[\w.+-]+@[\w-]+\.\w+"));
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"\b(?:accessibilite|accessibility)(?:["'`]?\s*\W{0,12}\s*|\s*\n\s*)(totalement|partiellement|entierement|non|fully|partially|not)[\s-]+(?:conforme|compliant)"#,
    )
});
/// Attributes of the design system's footer components.
static COMPONENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?:a11y-?compliance|accessibility(?:compliance|level|status)?)\s*[=:]\s*\{?\s*["'`]\s*(totalement|partiellement|non|fully|partially)[\s-]+(?:conforme|compliant)"#,
    )
});
static SCHEME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"schemas?[\s_-]+(?:strategiques?[\s_-]+)?pluriannuels?|schema[\s_-]+d'accessibilite|multi-?year\s+(?:accessibility\s+)?(?:scheme|plan)",
    )
});
