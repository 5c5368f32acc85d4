// SPDX-License-Identifier: EUPL-1.2
//! A défi and its repositories as pages show them, also when there is nothing to audit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::Subject;
use super::links::web_address;
use super::repository::{
    AxisView, ComingView, PriorityView, SummaryView, axis_view, coming, full_name, priorities,
    summary_view,
};
use super::{GradeView, Labelled, Lens, Link, Measure, RuleLook};
use crate::model::date::Date;
use crate::reports::format::visible;
use crate::scoring::card::{DeclaredSource, DefiCard, RepositoryResult, Scorecard};

/// Priorities that a défi's page repeats.
const SHOWN_PRIORITIES: usize = 3;

/// A défi in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DefiRow {
    /// Title.
    pub title: String,
    /// Its page.
    pub href: Option<String>,
    /// Administration.
    pub administration: Option<String>,
    /// Promotion.
    pub promotion: Option<String>,
    /// What there is to audit, as code and words.
    pub situation: Labelled,
    /// Audited repositories.
    pub repositories: Vec<SummaryView>,
    /// Letter of the défi.
    pub grade: GradeView,
    /// Score.
    pub score: Measure,
    /// Share measured.
    pub coverage: Measure,
}

/// A défi.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DefiView {
    /// What lists show.
    pub row: DefiRow,
    /// Its promotion.
    pub promotion: Option<Link>,
    /// One sentence.
    pub description: Option<String>,
    /// Website.
    pub website: Option<String>,
    /// Days that matter, in order.
    pub timeline: Vec<TimelineStep>,
    /// Problems of its entry in the catalogue.
    pub problems: Vec<String>,
    /// What to do when there is nothing to audit.
    pub advice: Vec<String>,
    /// Its repositories.
    pub repositories: Vec<DefiRepository>,
    /// Axes over its repositories.
    pub axes: Vec<AxisView>,
    /// Rules that fail in several repositories.
    pub shared: Vec<SharedView>,
    /// Name and page of the main repository.
    pub main: Option<Link>,
    /// First priorities of the main repository.
    pub priorities: Vec<PriorityView>,
    /// What falls due later in the main repository.
    pub coming: Vec<ComingView>,
    /// Outlines of the main repository.
    pub bar: super::chart::ShareBar,
}

/// A day that matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineStep {
    /// What.
    pub label: String,
    /// When.
    pub date: String,
    /// True when the day has come.
    pub is_past: bool,
}

/// A repository of a défi, whatever became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DefiRepository {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// What became of it.
    pub status: Labelled,
    /// Its card.
    pub summary: Option<SummaryView>,
    /// Why there is none, and what to do.
    pub explanation: Option<String>,
    /// It stands for the défi.
    pub is_main: bool,
    /// Its address was repaired.
    pub is_inferred: bool,
}

/// A rule that fails in several repositories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedView {
    /// The rule.
    pub rule: RuleLook,
    /// How to mend.
    pub remedy: String,
    /// The repositories.
    pub repositories: Vec<Link>,
}

/// What there is to audit in a défi: `audited`, `partly`, `none`, `unreachable`, `not-readable`, `empty` or `not-expanded`.
pub fn situation(card: &DefiCard) -> &'static str {
    let audited = card
        .repositories
        .iter()
        .filter(|r| matches!(r, RepositoryResult::Audited { .. }))
        .count();
    match card.repositories.first() {
        None => "none",
        Some(_) if audited == card.repositories.len() => "audited",
        Some(_) if audited > 0 => "partly",
        Some(RepositoryResult::Empty { .. }) => "empty",
        Some(RepositoryResult::NotExpanded { .. }) => "not-expanded",
        Some(RepositoryResult::NotReadable { .. }) => "not-readable",
        Some(RepositoryResult::Unreachable { .. } | RepositoryResult::Audited { .. }) => {
            "unreachable"
        }
    }
}

/// A line of a list; `index` is the défi's place in the programme.
pub fn defi_row(lens: &Lens<'_>, card: &DefiCard, index: usize) -> DefiRow {
    let audited = card
        .repositories
        .iter()
        .enumerate()
        .filter_map(|(place, result)| match result {
            RepositoryResult::Audited { card } => {
                let href = lens.site().and_then(|site| site.repository(index, place));
                Some(summary_view(lens, card, href))
            }
            _ => None,
        });
    DefiRow {
        title: visible(&card.defi.title),
        href: defi_href(lens, index),
        administration: card.defi.administration.as_deref().map(visible),
        promotion: card.defi.promotion.as_deref().map(visible),
        situation: lens.labelled("situation", situation(card)),
        repositories: audited.collect(),
        grade: lens.grade(card.grade, main_card(card).and_then(|main| main.no_grade)),
        score: lens.score(card.score),
        coverage: lens.coverage(card.coverage),
    }
}

/// A défi; `index` is its place in the programme.
pub fn defi_view(lens: &Lens<'_>, card: &DefiCard, index: usize, today: Date) -> DefiView {
    let repositories: Vec<_> = card
        .repositories
        .iter()
        .enumerate()
        .map(|(place, result)| defi_repository(lens, card, result, (index, place)))
        .collect();
    let main = main_card(card);
    let link = repositories.iter().find(|r| r.is_main).map(|r| Link {
        name: r.name.clone(),
        href: r.summary.as_ref().and_then(|summary| summary.href.clone()),
        detail: None,
    });
    let promotion = card.defi.promotion.as_deref().map(|name| Link {
        name: visible(name),
        href: lens
            .site()
            .and_then(|site| site.promotion(name))
            .map(ToOwned::to_owned),
        detail: None,
    });
    let mut first = main.map_or_else(Vec::new, |main| main_priorities(lens, main));
    first.truncate(SHOWN_PRIORITIES);
    DefiView {
        row: defi_row(lens, card, index),
        promotion,
        description: card.defi.description.as_deref().map(visible),
        website: card.defi.website.as_deref().and_then(web_address),
        timeline: timeline(lens, card, today),
        problems: card
            .defi
            .problems
            .iter()
            .map(|problem| lens.messages.message(problem))
            .collect(),
        advice: advice(lens, card),
        shared: shared(lens, card),
        axes: card
            .axes
            .iter()
            .map(|axis| axis_view(lens, &axis.id, (axis.score, axis.coverage, &axis.counts)))
            .collect(),
        main: link,
        priorities: first,
        coming: main.map_or_else(Vec::new, |main| coming(lens, main)),
        bar: super::chart::share_bar(lens, card.score, card.coverage),
        repositories,
    }
}

/// The card of the repository that stands for the défi.
pub fn main_card(card: &DefiCard) -> Option<&Scorecard> {
    let id = card.main.as_ref()?;
    audited(card).find(|scorecard| scorecard.repository.id == *id)
}

/// Cards of the audited repositories.
pub fn audited(card: &DefiCard) -> impl Iterator<Item = &Scorecard> {
    card.repositories.iter().filter_map(|result| match result {
        RepositoryResult::Audited { card } => Some(card.as_ref()),
        RepositoryResult::Empty { .. }
        | RepositoryResult::NotReadable { .. }
        | RepositoryResult::Unreachable { .. }
        | RepositoryResult::NotExpanded { .. } => None,
    })
}

/// Page of the défi at this place of the programme.
pub fn defi_href(lens: &Lens<'_>, index: usize) -> Option<String> {
    Some(lens.site()?.defi(index)?.to_owned())
}

fn main_priorities(lens: &Lens<'_>, main: &Scorecard) -> Vec<PriorityView> {
    let header = &main.repository;
    let subject = Subject::new(
        &full_name(header),
        header.url.as_deref(),
        header.commit.as_deref(),
    );
    priorities(lens, &subject, &main.priorities)
}

fn defi_repository(
    lens: &Lens<'_>,
    card: &DefiCard,
    result: &RepositoryResult,
    (index, place): (usize, usize),
) -> DefiRepository {
    let is_main = |id| card.main.as_ref() == Some(id) && card.repositories.len() > 1;
    let missing = |source: &DeclaredSource, status: &str, explanation: String| DefiRepository {
        name: visible(&source.name),
        url: web_address(&source.url),
        status: lens.labelled("repository_status", status),
        summary: None,
        explanation: Some(explanation),
        is_main: false,
        is_inferred: source.inferred,
    };
    match result {
        RepositoryResult::Audited { card: scorecard } => {
            let href = lens.site().and_then(|site| site.repository(index, place));
            DefiRepository {
                name: full_name(&scorecard.repository),
                url: scorecard.repository.url.as_deref().and_then(web_address),
                status: lens.labelled("repository_status", "audited"),
                summary: Some(summary_view(lens, scorecard, href)),
                explanation: None,
                is_main: is_main(&scorecard.repository.id),
                is_inferred: false,
            }
        }
        RepositoryResult::Empty { source } => {
            missing(source, "empty", lens.messages.plain("advice.empty"))
        }
        RepositoryResult::Unreachable { source, reason } => {
            let text = lens.messages.reason(reason);
            missing(source, "unreachable", text)
        }
        RepositoryResult::NotReadable { source, reason } => {
            let text = lens.messages.reason(reason);
            missing(source, "not-readable", text)
        }
        RepositoryResult::NotExpanded { source } => {
            let code = format!("advice.not-expanded-{}", source.kind);
            let text = lens.messages.find(&code, &BTreeMap::new());
            let text = text.unwrap_or_else(|| lens.messages.plain("advice.not-expanded"));
            missing(source, "not-expanded", text)
        }
    }
}

fn timeline(lens: &Lens<'_>, card: &DefiCard, today: Date) -> Vec<TimelineStep> {
    let mut days: Vec<(Date, String)> = Vec::new();
    if let Some(starts) = card.defi.starts {
        days.push((starts, lens.messages.plain("milestone.kickoff")));
    }
    if let Some(ends) = card.defi.ends {
        days.push((ends, lens.messages.plain("milestone.handover")));
    }
    for coming in audited(card).flat_map(|scorecard| &scorecard.coming) {
        let label = lens
            .messages
            .plain(&format!("milestone.{}", coming.due.as_str()));
        if !days.iter().any(|(_, known)| *known == label) {
            days.push((coming.date, label));
        }
    }
    if !days.is_empty() {
        days.push((today, lens.messages.plain("defi.today")));
    }
    days.sort();
    days.into_iter()
        .map(|(date, label)| TimelineStep {
            label,
            date: lens.messages.date(date),
            is_past: date <= today,
        })
        .collect()
}

fn advice(lens: &Lens<'_>, card: &DefiCard) -> Vec<String> {
    match situation(card) {
        "none" => ["advice.none", "advice.none_closed", "advice.none_elsewhere"]
            .iter()
            .map(|code| lens.messages.plain(code))
            .collect(),
        "not-readable" => vec![
            lens.messages.plain("advice.not-readable"),
            lens.messages.plain("advice.unreachable_moved"),
        ],
        "unreachable" => vec![
            lens.messages.plain("advice.unreachable"),
            lens.messages.plain("advice.unreachable_moved"),
        ],
        _ => Vec::new(),
    }
}

fn shared(lens: &Lens<'_>, card: &DefiCard) -> Vec<SharedView> {
    let names: BTreeMap<_, _> = audited(card)
        .map(|scorecard| (&scorecard.repository.id, full_name(&scorecard.repository)))
        .collect();
    card.shared_failures
        .iter()
        .filter_map(|shared| {
            let rule = lens.rule(&shared.rule)?;
            let mut repositories: Vec<_> = shared
                .repositories
                .iter()
                .map(|id| Link {
                    name: names
                        .get(id)
                        .cloned()
                        .unwrap_or_else(|| visible(id.as_str())),
                    href: lens
                        .site()
                        .and_then(|site| site.repository_by_id(id.as_str()))
                        .map(|page| format!("{page}#{}", rule.id)),
                    detail: None,
                })
                .collect();
            repositories.sort_by_key(|link| super::sort_key(&link.name));
            Some(SharedView {
                rule: lens.rule_look(rule),
                remedy: lens.messages.of_both(&rule.remedy),
                repositories,
            })
        })
        .collect()
}
