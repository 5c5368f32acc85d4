// SPDX-License-Identifier: EUPL-1.2
//! Index pages: by name, by axis, by rule. Alphabetical, so that no list reads as a ranking.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::{ShareBar, share_bar};
use super::defi::defi_href;
use super::repository::full_name;
use super::rule::{RuleTally, Tallies};
use super::{Lens, Link, Measure, RuleLook, sort_key};
use crate::reports::format::visible;
use crate::scoring::card::{ProgrammeCard, RepositoryResult};

/// Names under one letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetterView {
    /// The letter, or `#`.
    pub letter: String,
    /// Its anchor.
    pub anchor: String,
    /// Défis and repositories.
    pub entries: Vec<Link>,
}

/// An axis' page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AxisPage {
    /// Title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// The question that it answers.
    pub question: String,
    /// Categories with their rules.
    pub categories: Vec<CategoryRules>,
    /// Défis with something audited, alphabetical.
    pub defis: Vec<AxisRow>,
}

/// A défi on one axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AxisRow {
    /// Its title and page.
    pub link: Link,
    /// Score.
    pub score: Measure,
    /// Share measured.
    pub coverage: Measure,
    /// Both drawn.
    pub bar: ShareBar,
}

/// A category with its rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CategoryRules {
    /// Identifier, safe in an anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title of its axis.
    pub axis: String,
    /// The rules.
    pub rules: Vec<RuleRow>,
}

/// A rule in an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// The rule.
    pub rule: RuleLook,
    /// How many repositories have which outcome.
    pub tally: RuleTally,
}

/// Défis and repositories by first letter.
pub fn names(lens: &Lens<'_>, card: &ProgrammeCard) -> Vec<LetterView> {
    let mut entries: Vec<Link> = Vec::new();
    for (index, defi) in card.defis.iter().enumerate() {
        let title = visible(&defi.defi.title);
        entries.push(Link {
            name: title.clone(),
            href: defi_href(lens, index),
            detail: Some(lens.messages.plain("index.defi")),
        });
        for (place, result) in defi.repositories.iter().enumerate() {
            if let RepositoryResult::Audited { card } = result {
                let href = lens.site().and_then(|site| site.repository(index, place));
                entries.push(Link {
                    name: full_name(&card.repository),
                    href: href.map(ToOwned::to_owned),
                    detail: Some(lens.messages.with("index.repository_of", "defi", &title)),
                });
            }
        }
    }
    entries.sort_by_cached_key(|entry| (sort_key(&entry.name), entry.clone()));
    let mut letters: BTreeMap<(bool, String), Vec<Link>> = BTreeMap::new();
    for entry in entries {
        let first = sort_key(&entry.name).chars().next().unwrap_or('#');
        let letter = if first.is_ascii_alphabetic() {
            first.to_ascii_uppercase().to_string()
        } else {
            "#".to_owned()
        };
        letters
            .entry((letter == "#", letter))
            .or_default()
            .push(entry);
    }
    letters
        .into_iter()
        .map(|((_, letter), entries)| LetterView {
            anchor: format!(
                "lettre-{}",
                if letter == "#" {
                    "autre"
                } else {
                    letter.as_str()
                }
            )
            .to_ascii_lowercase(),
            letter,
            entries,
        })
        .collect()
}

/// Rules by category.
pub fn rules(lens: &Lens<'_>, tallies: &Tallies<'_>) -> Vec<CategoryRules> {
    lens.rules
        .categories
        .iter()
        .map(|category| {
            let axis = lens.rules.axes.iter().find(|axis| axis.id == category.axis);
            CategoryRules {
                id: crate::model::ids::slug(category.id.as_str()),
                title: lens.messages.of_both(&category.title),
                axis: axis.map_or_else(String::new, |axis| lens.messages.of_both(&axis.title)),
                rules: lens
                    .visible_rules()
                    .filter(|rule| rule.category == category.id)
                    .map(|rule| RuleRow {
                        rule: lens.rule_look(rule),
                        tally: tallies.of(lens, rule),
                    })
                    .collect(),
            }
        })
        .filter(|category| !category.rules.is_empty())
        .collect()
}

/// One page for each axis.
pub fn axes(lens: &Lens<'_>, card: &ProgrammeCard, tallies: &Tallies<'_>) -> Vec<AxisPage> {
    let categories = rules(lens, tallies);
    lens.rules
        .axes
        .iter()
        .map(|axis| {
            let title = lens.messages.of_both(&axis.title);
            let own = |category: &&crate::rules::model::Category| category.axis == axis.id;
            let ids: Vec<_> = lens
                .rules
                .categories
                .iter()
                .filter(own)
                .map(|category| crate::model::ids::slug(category.id.as_str()))
                .collect();
            AxisPage {
                href: format!("axes/{}.html", crate::model::ids::slug(&axis.id)),
                question: lens.messages.of_both(&axis.question),
                categories: categories
                    .iter()
                    .filter(|category| ids.contains(&category.id))
                    .cloned()
                    .collect(),
                defis: axis_rows(lens, card, &axis.id),
                title,
            }
        })
        .collect()
}

fn axis_rows(lens: &Lens<'_>, card: &ProgrammeCard, axis: &str) -> Vec<AxisRow> {
    let mut rows: Vec<_> = card
        .defis
        .iter()
        .enumerate()
        .filter_map(|(index, defi)| {
            let score = defi.axes.iter().find(|score| score.id == axis)?;
            Some(AxisRow {
                link: Link {
                    name: visible(&defi.defi.title),
                    href: defi_href(lens, index),
                    detail: None,
                },
                score: lens.score(score.score),
                coverage: lens.coverage(score.coverage),
                bar: share_bar(lens, score.score, score.coverage),
            })
        })
        .collect();
    rows.sort_by_cached_key(|row| sort_key(&row.link.name));
    rows
}
