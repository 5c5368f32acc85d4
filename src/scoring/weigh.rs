// SPDX-License-Identifier: EUPL-1.2
//! Findings to categories, axes, overall score, coverage and grade.
//!
//! A category is the share of its measured weight that was earned; an axis is the weighted mean of its measured
//! categories; the overall score is the weighted mean of the axes of which half was measured. Nothing measured is
//! `None`: never 0.

use crate::facts::set::FactSet;
use crate::model::context::AuditContext;
use crate::model::date::{Date, months_later};
use crate::model::finding::{Finding, Waiver};
use crate::model::outcome::{Credit, Outcome, Reason, ReasonCode};
use crate::rules::model::{Audience, Effort, Rule, RuleSet, Severity, Status};
use crate::rules::predicate::World;

use super::card::{
    AxisScore, CategoryScore, Coming, Counts, Grade, NoGrade, Percent, Priority, ProjectState,
    RepositoryHeader, SCORING_VERSION, Score, Scorecard,
};
use super::scales;

/// Months without a human commit after which a project is in historical state.
const HISTORICAL_MONTHS: i32 = 24;
/// Coverage of an axis under which it does not enter the overall score, percent.
const AXIS_COVERAGE: u8 = 50;
/// Coverage under which there is no letter, percent.
const GRADE_COVERAGE: u8 = 60;
/// Lower bounds of the letters, in tenths of points.
const BOUNDS: [(u16, Grade); 4] = [
    (850, Grade::A),
    (700, Grade::B),
    (550, Grade::C),
    (400, Grade::D),
];
/// Places shown with a priority.
const PRIORITY_PLACES: usize = 3;

/// What a card is made of, beside its findings.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'b> {
    /// The rules that gave the findings.
    pub rules: &'b RuleSet,
    /// The facts that they were given on.
    pub facts: &'b FactSet,
    /// What the catalogue knows.
    pub context: &'b AuditContext,
    /// Day of the evaluation.
    pub today: Date,
    /// Who will see the card: a public card is computed as if team rules did not exist.
    pub audience: Audience,
}

/// A repository's card. `claimed` are the repository's own waivers, shown beside the score that they do not change.
pub fn scorecard(
    basis: &Basis<'_>,
    header: RepositoryHeader,
    findings: &[Finding],
    claimed: &[Waiver],
) -> Scorecard {
    let state = project_state(basis);
    let hidden = hidden_paths(basis);
    let mut shown: Vec<Finding> = Vec::new();
    let mut coming = Vec::new();
    let mut entries = Vec::new();
    for finding in findings {
        let Some(rule) = basis.rules.rule(&finding.rule) else {
            continue;
        };
        if rule.audience == Audience::Team && basis.audience == Audience::Public {
            continue;
        }
        let mut finding = of_state(finding, rule, &state);
        finding.evidence.retain(|place| {
            let path = place.evidence.path.as_deref();
            path.is_none_or(|path| !hidden.contains(&path))
        });
        let later = due_later(rule, basis);
        let entry = Entry::new(rule, &finding, later.is_some());
        // what does not apply or never counts is not coming either
        coming.extend(later.filter(|_| entry.standing == Standing::Coming));
        entries.push(entry);
        shown.push(finding);
    }
    let tally = Tally::new(basis.rules, &entries);
    let total = tally.overall();
    let capped_by: Vec<_> = entries
        .iter()
        .filter(|entry| entry.is_law_failure())
        .map(|entry| entry.rule.id.clone())
        .collect();
    let coverage = coverage(&entries);
    let (grade, no_grade) = grade(&tally, coverage, &state, !capped_by.is_empty());
    let claimed = visible_claims(basis, claimed);
    let score_with_claimed = (!claimed.is_empty()).then(|| with_claimed(basis, &entries, &claimed));
    let mut card = Scorecard {
        repository: header,
        date: basis.today,
        rule_set: basis.rules.version.clone(),
        scoring: SCORING_VERSION,
        state,
        score: total,
        coverage,
        grade,
        no_grade,
        capped_by,
        axes: tally.axes,
        categories: tally.categories,
        counts: counts(entries.iter()),
        priorities: priorities(basis.rules, &entries, total),
        findings: shown,
        coming,
        dates_unknown: basis.context.starts.is_none() || basis.context.duration_months.is_none(),
        scales: scales::evaluate(&World {
            rules: basis.rules,
            facts: basis.facts,
            context: basis.context,
            today: basis.today,
        }),
        claimed_waivers: claimed,
        score_with_claimed: score_with_claimed.flatten(),
        expired_waivers: Vec::new(),
    };
    add_places(&mut card);
    card
}

/// Files whose very path tells the public what a team rule found: a committed environment file is one by its name.
fn hidden_paths<'b>(basis: &Basis<'b>) -> Vec<&'b str> {
    let files = match basis.audience {
        Audience::Public => basis.facts.items("security.env_files"),
        Audience::Team => &[],
    };
    files.iter().filter_map(|file| file.get("path")).collect()
}

fn project_state(basis: &Basis<'_>) -> ProjectState {
    let archived = basis.facts.flag("repository.is_archived") == Some(true);
    let last_human_commit = basis.facts.moment("activity.last_human_commit_date");
    let is_silent = last_human_commit
        .is_some_and(|last| months_later(last.date(), HISTORICAL_MONTHS) <= basis.today);
    if archived || is_silent {
        ProjectState::Historical {
            archived,
            last_human_commit,
        }
    } else {
        ProjectState::Current
    }
}

/// A finding as it counts in this state of the project.
fn of_state(finding: &Finding, rule: &Rule, state: &ProjectState) -> Finding {
    let is_skipped = rule.skip_when_historical
        && matches!(state, ProjectState::Historical { .. })
        && !matches!(finding.outcome, Outcome::NotApplicable(_));
    if !is_skipped {
        return finding.clone();
    }
    Finding {
        outcome: Outcome::NotApplicable(Reason::new(ReasonCode::Historical)),
        credit: None,
        ..finding.clone()
    }
}

fn due_later(rule: &Rule, basis: &Basis<'_>) -> Option<Coming> {
    let date = basis.context.date_of(rule.due)?;
    (date > basis.today).then(|| Coming {
        rule: rule.id.clone(),
        due: rule.due,
        date,
    })
}

/// A finding as it enters the sums.
#[derive(Debug, Clone, Copy)]
struct Entry<'e> {
    rule: &'e Rule,
    standing: Standing,
    credit: Credit,
}

/// How a finding stands in the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Pass,
    Partial,
    Fail,
    Unknown,
    NotApplicable,
    Waived,
    Coming,
    /// Experimental or deprecated: shown, never counted.
    Aside,
}

impl<'e> Entry<'e> {
    fn new(rule: &'e Rule, finding: &Finding, is_coming: bool) -> Self {
        let standing = match &finding.outcome {
            Outcome::NotApplicable(_) => Standing::NotApplicable,
            _ if rule.status != Status::Stable => Standing::Aside,
            _ if is_coming => Standing::Coming,
            _ if finding.waiver.is_some() => Standing::Waived,
            Outcome::Pass => Standing::Pass,
            Outcome::Partial => Standing::Partial,
            Outcome::Fail => Standing::Fail,
            Outcome::Unknown(_) => Standing::Unknown,
        };
        Self {
            rule,
            standing,
            credit: finding.credit.unwrap_or(Credit::NONE),
        }
    }

    fn is_measured(&self) -> bool {
        matches!(
            self.standing,
            Standing::Pass | Standing::Partial | Standing::Fail
        )
    }

    fn is_covered(&self) -> bool {
        self.is_measured() || matches!(self.standing, Standing::Unknown | Standing::Waived)
    }

    fn is_law_failure(&self) -> bool {
        self.rule.severity == Severity::Law && self.standing == Standing::Fail
    }
}

fn counts<'e>(entries: impl Iterator<Item = &'e Entry<'e>>) -> Counts {
    let mut counts = Counts::default();
    for entry in entries {
        let count = match entry.standing {
            Standing::Pass => &mut counts.pass,
            Standing::Partial => &mut counts.partial,
            Standing::Fail => &mut counts.fail,
            Standing::Unknown => &mut counts.unknown,
            Standing::NotApplicable => &mut counts.not_applicable,
            Standing::Waived => &mut counts.waived,
            Standing::Coming => &mut counts.coming,
            Standing::Aside => continue,
        };
        *count += 1;
    }
    counts
}

fn coverage<'e>(entries: impl IntoIterator<Item = &'e Entry<'e>>) -> Option<Percent> {
    let (mut measured, mut whole) = (0_u64, 0_u64);
    for entry in entries {
        let weight = u64::from(entry.rule.weight);
        if entry.is_measured() {
            measured += weight;
        }
        if entry.is_covered() {
            whole += weight;
        }
    }
    let percent = (measured * 100).checked_div(whole)?;
    Some(Percent(u8::try_from(percent).unwrap_or(100)))
}

/// Share of the measured weight that was earned, 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "weights are small; beyond 2^53 only the last digits of a share are lost"
)]
fn share<'e>(entries: impl Iterator<Item = &'e Entry<'e>>) -> Option<f64> {
    let (mut earned, mut measured) = (0_u64, 0_u64);
    for entry in entries.filter(|entry| entry.is_measured()) {
        let weight = u64::from(entry.rule.weight);
        earned += weight * u64::from(entry.credit.as_permille());
        measured += weight * 1000;
    }
    (measured > 0).then(|| earned as f64 / measured as f64)
}

/// Weighted mean of what was measured.
fn mean(parts: impl Iterator<Item = (u32, Option<f64>)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, value) in parts {
        if let Some(value) = value {
            sum += f64::from(weight) * value;
            weights += f64::from(weight);
        }
    }
    (weights > 0.0).then(|| sum / weights)
}

/// Tenths of points, rounded down; a sum that misses a bound by rounding errors alone reaches it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share between 0 and 1 gives 0 to 1000"
)]
fn score(share: f64) -> Score {
    Score((share.clamp(0.0, 1.0) * 1000.0 + 1e-6).floor() as u16)
}

struct Tally<'t> {
    rules: &'t RuleSet,
    categories: Vec<CategoryScore>,
    axes: Vec<AxisScore>,
    shares: Vec<(u32, Option<f64>)>,
}

impl<'t> Tally<'t> {
    fn new(rules: &'t RuleSet, entries: &[Entry<'_>]) -> Self {
        let of = |id: &crate::model::ids::CategoryId| {
            let id = id.clone();
            entries
                .iter()
                .filter(move |entry| entry.rule.category == id)
        };
        let categories: Vec<_> = rules
            .categories
            .iter()
            .map(|category| CategoryScore {
                id: category.id.clone(),
                score: share(of(&category.id)).map(score),
                coverage: coverage(of(&category.id)),
                counts: counts(of(&category.id)),
            })
            .collect();
        let mut axes = Vec::new();
        let mut shares = Vec::new();
        for axis in &rules.axes {
            let members = || rules.categories.iter().filter(|one| one.axis == axis.id);
            let inside = || members().flat_map(|category| of(&category.id));
            let value = mean(members().map(|one| (one.weight, share(of(&one.id)))));
            let covered = coverage(inside());
            shares.push((axis.weight, value.filter(|_| is_axis_counted(covered))));
            axes.push(AxisScore {
                id: axis.id.clone(),
                score: value.map(score),
                coverage: covered,
                counts: counts(inside()),
            });
        }
        Self {
            rules,
            categories,
            axes,
            shares,
        }
    }

    fn overall(&self) -> Option<Score> {
        debug_assert_eq!(self.rules.axes.len(), self.shares.len());
        mean(self.shares.iter().copied()).map(score)
    }
}

/// Whether enough of an axis was measured for it to enter the overall score.
pub fn is_axis_counted(coverage: Option<Percent>) -> bool {
    is_at_least(coverage, AXIS_COVERAGE)
}

fn is_at_least(coverage: Option<Percent>, bound: u8) -> bool {
    coverage.is_some_and(|coverage| coverage.0 >= bound)
}

/// The letter, or why there is none.
fn grade(
    tally: &Tally<'_>,
    coverage: Option<Percent>,
    state: &ProjectState,
    is_capped: bool,
) -> (Option<Grade>, Option<NoGrade>) {
    if tally.axes.iter().all(|axis| axis.score.is_none()) {
        return (None, Some(NoGrade::NothingMeasured));
    }
    if matches!(state, ProjectState::Historical { .. }) {
        return (None, Some(NoGrade::Historical));
    }
    // too little of every axis was measured: there is not even an overall score
    let total = tally
        .overall()
        .filter(|_| is_at_least(coverage, GRADE_COVERAGE));
    let Some(score) = total else {
        return (None, Some(NoGrade::Coverage));
    };
    let letter = BOUNDS
        .iter()
        .find(|(bound, _)| score.0 >= *bound)
        .map_or(Grade::E, |(_, grade)| *grade);
    (
        Some(if is_capped {
            letter.max(Grade::B)
        } else {
            letter
        }),
        None,
    )
}

/// The repository's own waivers, without those that would tell the public of a team rule.
fn visible_claims(basis: &Basis<'_>, claimed: &[Waiver]) -> Vec<Waiver> {
    let is_hidden = |waiver: &&Waiver| {
        let rule = basis.rules.rule(&waiver.rule);
        basis.audience == Audience::Public
            && rule.is_some_and(|rule| rule.audience == Audience::Team)
    };
    claimed
        .iter()
        .filter(|waiver| !is_hidden(waiver))
        .cloned()
        .collect()
}

/// The score if the repository's own waivers counted.
fn with_claimed(basis: &Basis<'_>, entries: &[Entry<'_>], claimed: &[Waiver]) -> Option<Score> {
    let changed: Vec<_> = entries
        .iter()
        .map(|entry| {
            let is_claimed = claimed
                .iter()
                .any(|waiver| waiver.rule == entry.rule.id && !waiver.is_expired(basis.today));
            let counts = entry.is_covered() && entry.rule.severity != Severity::Law;
            Entry {
                standing: if is_claimed && counts {
                    Standing::Waived
                } else {
                    entry.standing
                },
                ..*entry
            }
        })
        .collect();
    Tally::new(basis.rules, &changed).overall()
}

/// Failures by severity, then by points gained over effort.
fn priorities(rules: &RuleSet, entries: &[Entry<'_>], total: Option<Score>) -> Vec<Priority> {
    let mut found: Vec<(&Rule, u16)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if !matches!(entry.standing, Standing::Fail | Standing::Partial) {
            continue;
        }
        let mut mended = entries.to_vec();
        mended[at].credit = Credit::FULL;
        let after = Tally::new(rules, &mended).overall();
        let gain = match (total, after) {
            (Some(total), Some(after)) => after.0.saturating_sub(total.0),
            _ => 0,
        };
        found.push((entry.rule, gain));
    }
    let rate = |rule: &Rule, gain: u16| {
        u32::from(gain) * 1000
            / match rule.effort {
                Effort::Minutes => 1,
                Effort::Hours => 4,
                Effort::Days => 16,
            }
    };
    found.sort_by_key(|(rule, gain)| {
        (
            rule.severity,
            std::cmp::Reverse(rate(rule, *gain)),
            rule.id.clone(),
        )
    });
    found
        .into_iter()
        .map(|(rule, gain)| Priority {
            rule: rule.id.clone(),
            gain,
            evidence: Vec::new(),
            good_examples: Vec::new(),
        })
        .collect()
}

/// Gives each priority the first places of its finding.
fn add_places(card: &mut Scorecard) {
    for priority in &mut card.priorities {
        let finding = card.findings.iter().find(|one| one.rule == priority.rule);
        let places = finding.map_or(&[][..], |finding| &finding.evidence);
        priority.evidence = places
            .iter()
            .take(PRIORITY_PLACES)
            .map(|place| place.evidence.clone())
            .collect();
    }
}
