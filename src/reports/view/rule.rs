// SPDX-License-Identifier: EUPL-1.2
//! A rule's page: what it asks, where it comes from, who passes it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::{BAR_WIDTH, percentage};
use super::finding::{SourceView, sources};
use super::repository::full_name;
use super::{CountView, Labelled, Lens, Link, RuleLook, counts_view, sort_key};
use crate::model::outcome::Outcome;
use crate::reports::format::typeset;
use crate::reports::messages::Language;
use crate::reports::render::page_html;
use crate::rules::model::Rule;
use crate::scoring::card::{Counts, ProgrammeCard, RepositoryResult};

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// Title, labels, address.
    pub rule: RuleLook,
    /// Title of its axis.
    pub axis: String,
    /// How to mend.
    pub remedy: String,
    /// Its page, HTML made from our own Markdown.
    pub page_html: String,
    /// Where it comes from.
    pub sources: Vec<SourceView>,
    /// Who may see it.
    pub audience: Labelled,
    /// First version that has it.
    pub since: String,
    /// Thresholds.
    pub params: Vec<ParamView>,
    /// A file that would mend it.
    pub template: Option<String>,
    /// How many repositories have which outcome.
    pub tally: RuleTally,
    /// Repositories that pass, alphabetical.
    pub passing: Vec<Link>,
}

/// A threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParamView {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// How many repositories have which outcome of one rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RuleTally {
    /// Outcomes that occur.
    pub counts: Vec<CountView>,
    /// The same drawn.
    pub segments: Vec<Segment>,
    /// True when no repository was audited.
    pub is_empty: bool,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// Outcome code.
    pub code: String,
    /// Where it begins.
    pub x: String,
    /// Its width.
    pub width: String,
}

/// Outcomes of all rules over a programme, read once.
#[derive(Debug, Default)]
pub struct Tallies<'p> {
    by_rule: BTreeMap<&'p str, Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    counts: Counts,
    passing: Vec<(String, usize, usize)>,
}

impl<'p> Tallies<'p> {
    /// Reads every finding of the programme.
    pub fn of_programme(card: &'p ProgrammeCard) -> Self {
        let mut by_rule: BTreeMap<&str, Tally> = BTreeMap::new();
        for (defi, defi_card) in card.defis.iter().enumerate() {
            for (place, result) in defi_card.repositories.iter().enumerate() {
                let RepositoryResult::Audited { card } = result else {
                    continue;
                };
                for finding in &card.findings {
                    let tally = by_rule.entry(finding.rule.as_str()).or_default();
                    let counts = &mut tally.counts;
                    match (&finding.waiver, &finding.outcome) {
                        (Some(_), _) => counts.waived += 1,
                        (None, Outcome::Pass) => {
                            counts.pass += 1;
                            let name = full_name(&card.repository);
                            tally.passing.push((name, defi, place));
                        }
                        (None, Outcome::Partial) => counts.partial += 1,
                        (None, Outcome::Fail) => counts.fail += 1,
                        (None, Outcome::NotApplicable(_)) => counts.not_applicable += 1,
                        (None, Outcome::Unknown(_)) => counts.unknown += 1,
                    }
                }
            }
        }
        for tally in by_rule.values_mut() {
            tally
                .passing
                .sort_by_cached_key(|entry| (sort_key(&entry.0), entry.clone()));
        }
        Self { by_rule }
    }

    /// Numbers of a rule that the audience may see.
    pub fn of(&self, lens: &Lens<'_>, rule: &Rule) -> RuleTally {
        let Some(tally) = self.by_rule.get(rule.id.as_str()) else {
            return RuleTally {
                is_empty: true,
                ..RuleTally::default()
            };
        };
        RuleTally {
            counts: counts_view(lens, &tally.counts),
            segments: segments(&tally.counts),
            is_empty: false,
        }
    }

    fn passing(&self, lens: &Lens<'_>, rule: &Rule) -> Vec<Link> {
        let Some(tally) = self.by_rule.get(rule.id.as_str()) else {
            return Vec::new();
        };
        tally
            .passing
            .iter()
            .map(|(name, defi, place)| Link {
                name: name.clone(),
                href: lens
                    .site()
                    .and_then(|site| site.repository(*defi, *place))
                    .map(|page| format!("{page}#{}", rule.id)),
                detail: None,
            })
            .collect()
    }
}

/// A rule's page.
pub fn rule_view(lens: &Lens<'_>, rule: &Rule, tallies: &Tallies<'_>) -> RuleView {
    let language = lens.messages.language();
    let page = match language {
        Language::Fr => &rule.page.fr,
        Language::En => &rule.page.en,
    };
    let axis = lens
        .rules
        .category(&rule.category)
        .and_then(|category| lens.rules.axes.iter().find(|axis| axis.id == category.axis));
    RuleView {
        rule: lens.rule_look(rule),
        axis: axis.map_or_else(String::new, |axis| lens.messages.of_both(&axis.title)),
        remedy: lens.messages.of_both(&rule.remedy),
        page_html: page_html(language, page),
        sources: sources(lens, &rule.sources),
        audience: lens.labelled("audience", super::audience_code(rule.audience)),
        since: rule.since.clone(),
        params: rule
            .params
            .iter()
            .map(|(name, value)| ParamView {
                name: typeset(language, &name.replace('_', " ")),
                value: lens.messages.number(*value),
            })
            .collect(),
        template: rule.template.clone(),
        tally: tallies.of(lens, rule),
        passing: tallies.passing(lens, rule),
    }
}

fn segments(counts: &Counts) -> Vec<Segment> {
    let parts = [
        ("pass", counts.pass),
        ("partial", counts.partial),
        ("fail", counts.fail),
        ("unknown", counts.unknown),
        ("waived", counts.waived),
        ("not_applicable", counts.not_applicable),
    ];
    let total: u32 = parts.iter().map(|part| part.1).sum();
    let mut before = 0;
    let mut segments = Vec::new();
    for (code, n) in parts {
        if n > 0 {
            let at = |n: u32| n * BAR_WIDTH / total.max(1);
            segments.push(Segment {
                code: code.to_owned(),
                x: percentage(at(before)),
                width: percentage(at(before + n) - at(before)),
            });
            before += n;
        }
    }
    segments
}
