// SPDX-License-Identifier: EUPL-1.2
//! The programme and its promotions: distributions and common work, never a ranking.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::{BAR_WIDTH, Bar, distribution, percentage};
use super::defi::{DefiRow, audited, defi_row};
use super::{Lens, Link, RuleLook, sort_key};
use crate::model::outcome::Outcome;
use crate::reports::format::visible;
use crate::rules::model::Status;
use crate::scoring::card::{DefiCard, Grade, ProgrammeCard, Scorecard, TechnologyUse};

/// Rules that the programme's page names as common work.
const COMMON_RULES: usize = 8;

/// Kinds of technology in the order shown.
const TECHNOLOGY_KINDS: [&str; 4] = ["language", "framework", "ci", "hosting"];

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgrammeView {
    /// Title.
    pub title: String,
    /// Day of the evaluation.
    pub date: String,
    /// Numbers to begin with.
    pub figures: Vec<Figure>,
    /// Letters.
    pub grades: Vec<Bar>,
    /// Axes.
    pub axes: Vec<AxisDistribution>,
    /// Promotions.
    pub promotions: Vec<PromotionRow>,
    /// What fails most often.
    pub common: Vec<CommonRule>,
    /// Who uses what.
    pub technologies: Vec<TechnologyGroup>,
    /// Problems of the catalogue as a whole.
    pub problems: Vec<String>,
    /// Défis without anything audited.
    pub without: Vec<DefiRow>,
    /// How many, in words.
    pub without_count: String,
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The number.
    pub value: String,
    /// What it counts.
    pub label: String,
}

/// How scores of an axis are spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AxisDistribution {
    /// Title.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// Its page.
    pub href: String,
    /// Quarters of the scale, then not measured.
    pub bars: Vec<Bar>,
}

/// A promotion in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromotionRow {
    /// Its name and page.
    pub link: Link,
    /// Défis.
    pub defis: String,
    /// Défis with something audited.
    pub audited: String,
    /// Repositories audited.
    pub repositories: String,
    /// Letters.
    pub grades: Vec<Bar>,
}

/// A rule that fails in several repositories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommonRule {
    /// The rule.
    pub rule: RuleLook,
    /// « 12 dépôts sur 30 mesurés ».
    pub text: String,
    /// How to mend.
    pub remedy: String,
    /// Width of the bar.
    pub width: String,
}

/// Technologies of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TechnologyGroup {
    /// Kind.
    pub title: String,
    /// Technologies by name.
    pub items: Vec<TechnologyView>,
}

/// A technology with who uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TechnologyView {
    /// Its name.
    pub name: String,
    /// Défis that use it.
    pub defis: Vec<Link>,
}

/// A promotion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromotionView {
    /// Its name.
    pub name: String,
    /// Numbers to begin with.
    pub figures: Vec<Figure>,
    /// Letters.
    pub grades: Vec<Bar>,
    /// Axes.
    pub axes: Vec<AxisDistribution>,
    /// Défis with something audited, alphabetical.
    pub defis: Vec<DefiRow>,
    /// Défis without anything audited, alphabetical.
    pub without: Vec<DefiRow>,
    /// How many, in words.
    pub without_count: String,
    /// Who uses what.
    pub technologies: Vec<TechnologyGroup>,
}

/// The programme for the lens' audience.
pub fn programme_view(lens: &Lens<'_>, card: &ProgrammeCard) -> ProgrammeView {
    let all: Vec<_> = card.defis.iter().enumerate().collect();
    let without = rows(lens, &all, |card| audited(card).next().is_none());
    ProgrammeView {
        title: visible(&card.title),
        date: lens.messages.date(card.date),
        figures: figures(lens, &all),
        grades: grade_bars(lens, card.grades),
        axes: axis_distributions(lens, &all),
        promotions: promotion_rows(lens, card),
        common: common(lens, &all),
        technologies: technologies(lens, card, |_| true),
        problems: card
            .problems
            .iter()
            .map(|problem| lens.messages.message(problem))
            .collect(),
        without_count: lens.messages.count("count.defis", without.len()),
        without,
    }
}

/// Lines of all promotions, in catalogue order.
pub fn promotion_rows(lens: &Lens<'_>, card: &ProgrammeCard) -> Vec<PromotionRow> {
    card.promotions
        .iter()
        .map(|name| {
            let own: Vec<_> = of_promotion(card, name);
            let with = own.iter().filter(|(_, c)| audited(c).next().is_some());
            let repositories: usize = own.iter().map(|(_, c)| audited(c).count()).sum();
            PromotionRow {
                link: promotion_link(lens, name),
                defis: lens.messages.number(own.len()),
                audited: lens.messages.number(with.count()),
                repositories: lens.messages.number(repositories),
                grades: grade_bars(lens, grades_of(&own)),
            }
        })
        .collect()
}

/// A promotion for the lens' audience.
pub fn promotion_view(lens: &Lens<'_>, card: &ProgrammeCard, name: &str) -> PromotionView {
    let own = of_promotion(card, name);
    let without = rows(lens, &own, |card| audited(card).next().is_none());
    PromotionView {
        name: visible(name),
        figures: figures(lens, &own),
        grades: grade_bars(lens, grades_of(&own)),
        axes: axis_distributions(lens, &own),
        defis: rows(lens, &own, |card| audited(card).next().is_some()),
        without_count: lens.messages.count("count.defis", without.len()),
        without,
        technologies: technologies(lens, card, |id| own.iter().any(|(_, c)| c.defi.id == id)),
    }
}

type Placed<'p> = (usize, &'p DefiCard);

fn of_promotion<'p>(card: &'p ProgrammeCard, name: &str) -> Vec<Placed<'p>> {
    card.defis
        .iter()
        .enumerate()
        .filter(|(_, defi)| defi.defi.promotion.as_deref() == Some(name))
        .collect()
}

fn promotion_link(lens: &Lens<'_>, name: &str) -> Link {
    Link {
        name: visible(name),
        href: lens
            .site()
            .and_then(|site| site.promotion(name))
            .map(ToOwned::to_owned),
        detail: None,
    }
}

fn rows(lens: &Lens<'_>, defis: &[Placed<'_>], keep: impl Fn(&DefiCard) -> bool) -> Vec<DefiRow> {
    let mut rows: Vec<_> = defis
        .iter()
        .filter(|(_, card)| keep(card))
        .map(|(index, card)| defi_row(lens, card, *index))
        .collect();
    rows.sort_by_cached_key(|row| sort_key(&row.title));
    rows
}

fn figures(lens: &Lens<'_>, defis: &[Placed<'_>]) -> Vec<Figure> {
    let cards: Vec<&Scorecard> = defis.iter().flat_map(|(_, card)| audited(card)).collect();
    let with = defis
        .iter()
        .filter(|(_, card)| audited(card).next().is_some())
        .count();
    let graded = cards.iter().filter(|card| card.grade.is_some()).count();
    [
        ("figure.defis", defis.len()),
        ("figure.defis_audited", with),
        ("figure.repositories", cards.len()),
        ("figure.graded", graded),
    ]
    .into_iter()
    .map(|(code, n)| Figure {
        value: lens.messages.number(n),
        label: lens.messages.count(code, n),
    })
    .collect()
}

fn grades_of(defis: &[Placed<'_>]) -> [u32; 6] {
    let mut grades = [0; 6];
    for card in defis.iter().flat_map(|(_, card)| audited(card)) {
        let place = match card.grade {
            Some(Grade::A) => 0,
            Some(Grade::B) => 1,
            Some(Grade::C) => 2,
            Some(Grade::D) => 3,
            Some(Grade::E) => 4,
            None => 5,
        };
        grades[place] += 1;
    }
    grades
}

fn grade_bars(lens: &Lens<'_>, grades: [u32; 6]) -> Vec<Bar> {
    let letters = ["A", "B", "C", "D", "E"];
    let lines = letters.iter().zip(grades).map(|(letter, n)| {
        let code = letter.to_ascii_lowercase();
        (code, (*letter).to_owned(), n)
    });
    let none = (
        "none".to_owned(),
        lens.messages.plain("grade.none"),
        grades[5],
    );
    distribution(lens, lines.chain([none]))
}

fn axis_distributions(lens: &Lens<'_>, defis: &[Placed<'_>]) -> Vec<AxisDistribution> {
    lens.rules
        .axes
        .iter()
        .map(|axis| {
            let mut quarters = [0_u32; 5];
            let scores = defis
                .iter()
                .flat_map(|(_, card)| audited(card))
                .filter_map(|card| card.axes.iter().find(|score| score.id == axis.id));
            for score in scores {
                let place = score.score.map_or(4, |score| match score.0 {
                    750.. => 0,
                    500..750 => 1,
                    250..500 => 2,
                    0..250 => 3,
                });
                quarters[place] += 1;
            }
            let codes = ["q4", "q3", "q2", "q1", "none"];
            let lines = codes.iter().zip(quarters).map(|(code, n)| {
                let label = lens.messages.plain(&format!("quarter.{code}"));
                ((*code).to_owned(), label, n)
            });
            AxisDistribution {
                title: lens.messages.of_both(&axis.title),
                question: lens.messages.of_both(&axis.question),
                href: format!("axes/{}.html", crate::model::ids::slug(&axis.id)),
                bars: distribution(lens, lines),
            }
        })
        .collect()
}

fn common(lens: &Lens<'_>, defis: &[Placed<'_>]) -> Vec<CommonRule> {
    let mut by_rule: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for card in defis.iter().flat_map(|(_, card)| audited(card)) {
        for finding in &card.findings {
            if finding.waiver.is_none() && finding.outcome.is_measured() {
                let counts = by_rule.entry(finding.rule.as_str()).or_default();
                counts.1 += 1;
                if finding.outcome == Outcome::Fail {
                    counts.0 += 1;
                }
            }
        }
    }
    let mut common: Vec<_> = lens
        .visible_rules()
        .filter(|rule| rule.status == Status::Stable)
        .filter_map(|rule| {
            let (failed, measured) = *by_rule.get(rule.id.as_str())?;
            (failed > 1).then_some((rule, failed, measured))
        })
        .collect();
    common.sort_by(|a, b| {
        let key = |line: &(&crate::rules::model::Rule, u32, u32)| {
            (
                std::cmp::Reverse(line.1),
                line.0.severity,
                line.0.id.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    common
        .into_iter()
        .take(COMMON_RULES)
        .map(|(rule, failed, measured)| {
            let params = [
                ("n".to_owned(), failed.to_string()),
                ("of".to_owned(), lens.messages.number(measured)),
            ];
            CommonRule {
                rule: lens.rule_look(rule),
                text: lens
                    .messages
                    .text("count.failing_of", &params.into_iter().collect()),
                remedy: lens.messages.of_both(&rule.remedy),
                width: percentage(failed * BAR_WIDTH / measured.max(1)),
            }
        })
        .collect()
}

fn technologies(
    lens: &Lens<'_>,
    card: &ProgrammeCard,
    keep: impl Fn(&str) -> bool,
) -> Vec<TechnologyGroup> {
    TECHNOLOGY_KINDS
        .iter()
        .map(|kind| {
            let own = card.technologies.iter().filter(|tech| tech.kind == *kind);
            let mut items: Vec<_> = own
                .map(|tech| technology(lens, card, tech, &keep))
                .filter(|tech| !tech.defis.is_empty())
                .collect();
            items.sort_by_cached_key(|tech| sort_key(&tech.name));
            TechnologyGroup {
                title: lens.messages.plain(&format!("technology_kind.{kind}")),
                items,
            }
        })
        .filter(|group| !group.items.is_empty())
        .collect()
}

fn technology(
    lens: &Lens<'_>,
    card: &ProgrammeCard,
    tech: &TechnologyUse,
    keep: impl Fn(&str) -> bool,
) -> TechnologyView {
    let titles = tech.defis.iter().filter(|id| keep(id.as_str())).map(|id| {
        let title = card
            .defis
            .iter()
            .find(|defi| defi.defi.id == id.as_str())
            .map_or(id.as_str(), |defi| defi.defi.title.as_str());
        Link {
            name: visible(title),
            href: lens
                .site()
                .and_then(|site| site.defi_by_id(id.as_str()))
                .map(ToOwned::to_owned),
            detail: None,
        }
    });
    TechnologyView {
        name: lens.messages.value(&tech.kind, &tech.name),
        defis: titles.collect(),
    }
}
