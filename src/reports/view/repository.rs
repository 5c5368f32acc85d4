// SPDX-License-Identifier: EUPL-1.2
//! One repository's scorecard as pages show it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::{Dots, ShareBar, dots, share_bar};
use super::finding::{
    EvidenceView, FindingView, Subject, WaiverView, evidence_view, finding_view, waiver_view,
};
use super::links::web_address;
use super::scale::{ScaleView, scale_view};
use super::{
    CountView, GradeView, Labelled, Lens, Link, Measure, RuleLook, counts_view, measured_of,
};
use crate::model::finding::Waiver;
use crate::model::outcome::{Reason, ReasonCode};
use crate::reports::format::{tenths, visible};
use crate::reports::messages::Messages;
use crate::rules::model::Severity;
use crate::scoring::card::{
    Counts, GoodExample, Percent, Priority, ProjectState, RepositoryHeader, Score, Scorecard,
};
use crate::scoring::weigh::is_axis_counted;

/// Priorities shown open; the others are folded.
const SHOWN_PRIORITIES: usize = 5;

/// What a list of repositories shows of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummaryView {
    /// Owner and name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// Letter.
    pub grade: GradeView,
    /// Score out of 100, or that it was not measured.
    pub score: Measure,
    /// Share measured.
    pub coverage: Measure,
    /// State of the project.
    pub state: Labelled,
    /// Outcomes.
    pub counts: Vec<CountView>,
    /// Score and coverage drawn.
    pub bar: ShareBar,
}

/// A repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepositoryView {
    /// What lists show.
    pub summary: SummaryView,
    /// Its défi.
    pub defi: Option<Link>,
    /// Its address.
    pub url: Option<String>,
    /// The audited commit, 12 digits.
    pub commit: Option<String>,
    /// Its address.
    pub commit_url: Option<String>,
    /// Day of the evaluation.
    pub date: String,
    /// Version of the rules.
    pub rule_set: String,
    /// Version of the formulas.
    pub scoring: String,
    /// « 34 règles mesurées sur 42 ».
    pub measured: String,
    /// What the state of the project changes.
    pub state_note: Option<String>,
    /// Law rules that failed.
    pub law_failures: Vec<RuleLook>,
    /// The letter was lowered by them.
    pub is_capped: bool,
    /// Dates are unknown: everything counts.
    pub dates_unknown: bool,
    /// Files on disk differ from the commit.
    pub uncommitted: bool,
    /// Axes with their categories and findings.
    pub axes: Vec<AxisView>,
    /// What to do first.
    pub priorities: Vec<PriorityView>,
    /// The rest of what to do.
    pub later: Vec<PriorityView>,
    /// What was not measured, by cause.
    pub unknown: Vec<UnknownView>,
    /// What falls due later.
    pub coming: Vec<ComingView>,
    /// Waivers in force.
    pub waivers: Vec<WaiverView>,
    /// Waivers that the repository claims.
    pub claimed: Vec<WaiverView>,
    /// The score if they counted.
    pub score_with_claimed: Option<String>,
    /// Waivers whose last day is over.
    pub expired: Vec<WaiverView>,
    /// Scales of others.
    pub scales: Vec<ScaleView>,
    /// What is known of the repository.
    pub sheet: Vec<SheetLine>,
    /// Folders left out.
    pub excluded: Vec<String>,
}

/// An axis with its categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AxisView {
    /// Identifier, safe in an anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// Its page.
    pub href: String,
    /// Score out of 100.
    pub score: Measure,
    /// Share measured.
    pub coverage: Measure,
    /// Said of an axis that was measured too little to enter the overall score.
    pub aside: Option<String>,
    /// Both drawn.
    pub bar: ShareBar,
    /// Outcomes.
    pub counts: Vec<CountView>,
    /// Categories with their findings.
    pub categories: Vec<CategoryView>,
}

/// A category with its findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CategoryView {
    /// Identifier, safe in an anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Score out of 100.
    pub score: Measure,
    /// Share measured.
    pub coverage: Measure,
    /// Outcomes in words.
    pub counts: Vec<CountView>,
    /// Outcomes drawn.
    pub dots: Dots,
    /// Findings in the order of the rules.
    pub findings: Vec<FindingView>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriorityView {
    /// Place in the list.
    pub rank: usize,
    /// The rule.
    pub rule: RuleLook,
    /// « +3,2 points ».
    pub gain: String,
    /// How to mend.
    pub remedy: String,
    /// Where.
    pub evidence: Vec<EvidenceView>,
    /// Who does it well.
    pub examples: Vec<ExampleView>,
}

/// A repository that does it well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExampleView {
    /// Its name.
    pub name: String,
    /// Its page in the site.
    pub href: Option<String>,
    /// The place where it does so.
    pub evidence: Option<EvidenceView>,
}

/// Rules that are unknown for one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownView {
    /// Code of the cause.
    pub code: String,
    /// The cause.
    pub reason: String,
    /// How many rules, in words.
    pub n: String,
    /// The rules.
    pub rules: Vec<RuleLook>,
}

/// A rule that falls due later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComingView {
    /// The rule.
    pub rule: RuleLook,
    /// From which milestone.
    pub due: Labelled,
    /// Day of the milestone.
    pub date: String,
}

/// A line of what is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetLine {
    /// What.
    pub label: String,
    /// Value.
    pub value: String,
}

/// A scorecard for the lens' audience; `href` is its page in a site. The caller who knows the défi fills it in.
pub fn repository_view(lens: &Lens<'_>, card: &Scorecard, href: Option<&str>) -> RepositoryView {
    let header = &card.repository;
    let subject = Subject::new(
        &full_name(header),
        header.url.as_deref(),
        header.commit.as_deref(),
    );
    let findings: Vec<_> = card
        .findings
        .iter()
        .filter_map(|finding| finding_view(lens, &subject, finding))
        .collect();
    let mut priorities = priorities(lens, &subject, &card.priorities);
    let later = priorities.split_off(priorities.len().min(SHOWN_PRIORITIES));
    let law_failures = law_failures(lens, card);
    RepositoryView {
        summary: summary_view(lens, card, href),
        defi: None,
        url: subject.url.clone(),
        commit: subject
            .commit
            .as_ref()
            .map(|hash| hash.chars().take(12).collect()),
        commit_url: subject.links.as_ref().map(super::links::Permalinks::commit),
        date: lens.messages.date(card.date),
        rule_set: card.rule_set.clone(),
        scoring: card.scoring.to_string(),
        measured: measured_text(lens, &card.counts),
        state_note: state_note(lens, &card.state),
        is_capped: card.capped_by.iter().any(|id| lens.shows(id)),
        law_failures,
        dates_unknown: card.dates_unknown,
        uncommitted: header.uncommitted,
        unknown: unknown_views(lens, &findings),
        axes: axes(lens, card, &findings),
        priorities,
        later,
        coming: coming(lens, card),
        waivers: findings
            .iter()
            .filter_map(|finding| finding.waiver.clone())
            .collect(),
        claimed: waiver_views(lens, &card.claimed_waivers),
        expired: waiver_views(lens, &card.expired_waivers),
        score_with_claimed: card
            .score_with_claimed
            .map(|score| lens.messages.score(score)),
        scales: card.scales.iter().map(|s| scale_view(lens, s)).collect(),
        sheet: sheet(lens, header),
        excluded: header.excluded.iter().map(|path| visible(path)).collect(),
    }
}

/// What lists show of a card.
pub fn summary_view(lens: &Lens<'_>, card: &Scorecard, href: Option<&str>) -> SummaryView {
    SummaryView {
        name: full_name(&card.repository),
        href: href.map(ToOwned::to_owned),
        grade: lens.grade(card.grade, card.no_grade),
        score: lens.score(card.score),
        coverage: lens.coverage(card.coverage),
        state: lens.labelled("state", state_code(&card.state)),
        counts: counts_view(lens, &card.counts),
        bar: share_bar(lens, card.score, card.coverage),
    }
}

/// Owner and name as shown.
pub fn full_name(header: &RepositoryHeader) -> String {
    match &header.owner {
        Some(owner) => visible(&format!("{owner}/{}", header.name)),
        None => visible(&header.name),
    }
}

/// Code of a state.
pub fn state_code(state: &ProjectState) -> &'static str {
    match state {
        ProjectState::Current => "current",
        ProjectState::Historical { .. } => "historical",
    }
}

/// What falls due later, for this audience.
pub fn coming(lens: &Lens<'_>, card: &Scorecard) -> Vec<ComingView> {
    card.coming
        .iter()
        .filter_map(|coming| {
            Some(ComingView {
                rule: lens.rule_look(lens.rule(&coming.rule)?),
                due: lens.labelled("milestone", coming.due.as_str()),
                date: lens.messages.date(coming.date),
            })
        })
        .collect()
}

/// Priorities for this audience, numbered anew.
pub fn priorities(
    lens: &Lens<'_>,
    subject: &Subject,
    priorities: &[Priority],
) -> Vec<PriorityView> {
    priorities
        .iter()
        .filter_map(|priority| Some((priority, lens.rule(&priority.rule)?)))
        .enumerate()
        .map(|(index, (priority, rule))| PriorityView {
            rank: index + 1,
            rule: lens.rule_look(rule),
            gain: gain_text(lens, priority.gain),
            remedy: lens.messages.of_both(&rule.remedy),
            evidence: priority
                .evidence
                .iter()
                .take(super::finding::SHOWN_EVIDENCES)
                .map(|evidence| evidence_view(lens, subject, evidence))
                .collect(),
            examples: priority
                .good_examples
                .iter()
                .map(|example| example_view(lens, example))
                .collect(),
        })
        .collect()
}

/// An axis' lines without findings, for a défi or a card.
pub fn axis_view(
    lens: &Lens<'_>,
    id: &str,
    numbers: (Option<Score>, Option<Percent>, &Counts),
) -> AxisView {
    let (score, coverage, counts) = numbers;
    let axis = lens.rules.axes.iter().find(|axis| axis.id == id);
    AxisView {
        id: crate::model::ids::slug(id),
        title: axis.map_or_else(|| visible(id), |axis| lens.messages.of_both(&axis.title)),
        question: axis.map_or_else(String::new, |axis| lens.messages.of_both(&axis.question)),
        href: format!("axes/{}.html", crate::model::ids::slug(id)),
        score: lens.score(score),
        coverage: lens.coverage(coverage),
        aside: (score.is_some() && !is_axis_counted(coverage))
            .then(|| lens.messages.plain("axes.aside")),
        bar: share_bar(lens, score, coverage),
        counts: counts_view(lens, counts),
        categories: Vec::new(),
    }
}

fn axes(lens: &Lens<'_>, card: &Scorecard, findings: &[FindingView]) -> Vec<AxisView> {
    let by_rule: BTreeMap<&str, &FindingView> = findings
        .iter()
        .map(|finding| (finding.rule.id.as_str(), finding))
        .collect();
    card.axes
        .iter()
        .map(|axis| {
            let numbers = (axis.score, axis.coverage, &axis.counts);
            let mut view = axis_view(lens, &axis.id, numbers);
            view.categories = categories(lens, card, &axis.id, &by_rule);
            view
        })
        .collect()
}

fn categories(
    lens: &Lens<'_>,
    card: &Scorecard,
    axis: &str,
    findings: &BTreeMap<&str, &FindingView>,
) -> Vec<CategoryView> {
    let of_axis = card.categories.iter().filter_map(|score| {
        let category = lens.rules.category(&score.id)?;
        (category.axis == axis).then_some((score, category))
    });
    of_axis
        .filter_map(|(score, category)| {
            let own: Vec<FindingView> = lens
                .rules
                .rules
                .iter()
                .filter(|rule| rule.category == score.id)
                .filter_map(|rule| findings.get(rule.id.as_str()))
                .map(|finding| (*finding).clone())
                .collect();
            (!own.is_empty()).then(|| CategoryView {
                id: crate::model::ids::slug(score.id.as_str()),
                title: lens.messages.of_both(&category.title),
                score: lens.score(score.score),
                coverage: lens.coverage(score.coverage),
                counts: counts_view(lens, &score.counts),
                dots: dots(own.iter().map(|finding| finding.outcome.code.clone())),
                findings: own,
            })
        })
        .collect()
}

fn law_failures(lens: &Lens<'_>, card: &Scorecard) -> Vec<RuleLook> {
    card.findings
        .iter()
        .filter(|finding| {
            finding.waiver.is_none() && finding.outcome == crate::model::outcome::Outcome::Fail
        })
        .filter_map(|finding| lens.rule(&finding.rule))
        .filter(|rule| rule.severity == Severity::Law)
        .map(|rule| lens.rule_look(rule))
        .collect()
}

fn unknown_views(lens: &Lens<'_>, findings: &[FindingView]) -> Vec<UnknownView> {
    let mut by_cause: BTreeMap<&str, Vec<&FindingView>> = BTreeMap::new();
    for finding in findings {
        let is_unknown = finding.outcome.code == "unknown" && finding.counts;
        if let (Some(code), true) = (&finding.reason_code, is_unknown) {
            by_cause.entry(code).or_default().push(finding);
        }
    }
    let mut groups: Vec<_> = by_cause
        .into_iter()
        .map(|(code, findings)| UnknownView {
            code: code.to_owned(),
            reason: lens.messages.plain(&format!("reason.{code}")),
            n: lens.messages.count("count.rules", findings.len()),
            rules: findings.iter().map(|f| f.rule.clone()).collect(),
        })
        .collect();
    groups.sort_by(|a, b| (b.rules.len(), &a.code).cmp(&(a.rules.len(), &b.code)));
    groups
}

/// The waivers of rules that this audience may know of.
fn waiver_views(lens: &Lens<'_>, waivers: &[Waiver]) -> Vec<WaiverView> {
    waivers
        .iter()
        .filter(|waiver| lens.shows(&waiver.rule))
        .map(|waiver| waiver_view(lens, waiver))
        .collect()
}

fn gain_text(lens: &Lens<'_>, gain: u16) -> String {
    let language = lens.messages.language();
    if gain == 0 {
        return lens.messages.plain("priority.no_gain");
    }
    let params = [
        ("n".to_owned(), (gain / 10).to_string()),
        ("gain".to_owned(), tenths(language, gain)),
    ];
    lens.messages
        .text("priority.gain", &params.into_iter().collect())
}

fn example_view(lens: &Lens<'_>, example: &GoodExample) -> ExampleView {
    let subject = Subject::new(
        &example.name,
        example.url.as_deref(),
        example.commit.as_deref(),
    );
    let page = lens
        .site()
        .and_then(|site| site.repository_by_id(example.repository.as_str()));
    ExampleView {
        name: subject.name.clone(),
        href: page.map(ToOwned::to_owned),
        evidence: example
            .evidence
            .as_ref()
            .map(|evidence| evidence_view(lens, &subject, evidence)),
    }
}

fn measured_text(lens: &Lens<'_>, counts: &Counts) -> String {
    let (measured, of) = measured_of(counts);
    let params = [
        ("n".to_owned(), measured.to_string()),
        ("of".to_owned(), lens.messages.number(of)),
    ];
    lens.messages
        .text("count.measured", &params.into_iter().collect())
}

fn state_note(lens: &Lens<'_>, state: &ProjectState) -> Option<String> {
    match state {
        ProjectState::Current => None,
        ProjectState::Historical { archived: true, .. } => {
            Some(lens.messages.plain("state.note_archived"))
        }
        ProjectState::Historical {
            last_human_commit: Some(last),
            ..
        } => {
            let date = lens.messages.date(last.date());
            Some(lens.messages.with("state.note_silent", "date", date))
        }
        ProjectState::Historical { .. } => {
            Some(lens.messages.reason(&Reason::new(ReasonCode::Historical)))
        }
    }
}

/// A sign of the kind, `code:value`, in words; as it is when its code has no text.
fn sign(messages: &Messages, sign: &str) -> String {
    let (code, value) = sign.split_once(':').unwrap_or((sign, ""));
    let value = BTreeMap::from([("value".to_owned(), visible(value))]);
    messages
        .find(&format!("kind_sign.{code}"), &value)
        .unwrap_or_else(|| visible(sign))
}

fn sheet(lens: &Lens<'_>, header: &RepositoryHeader) -> Vec<SheetLine> {
    let messages = lens.messages;
    let list = |prefix: &str, values: &[String]| {
        (!values.is_empty()).then(|| {
            let names: Vec<_> = values.iter().map(|v| messages.value(prefix, v)).collect();
            names.join(", ")
        })
    };
    let kind = header.kind.as_deref().map(|kind| {
        let name = messages.value("kind", kind);
        let signs: Vec<_> = header
            .kind_signs
            .iter()
            .map(|s| sign(messages, s))
            .collect();
        if signs.is_empty() {
            return name;
        }
        messages.text(
            "sheet.kind_with_signs",
            &BTreeMap::from([
                ("kind".to_owned(), name),
                ("signs".to_owned(), signs.join(", ")),
            ]),
        )
    });
    let day = |moment: Option<crate::model::date::Moment>| moment.map(|m| messages.date(m.date()));
    let lines = [
        ("sheet.kind", kind),
        ("sheet.licence", header.licence.as_deref().map(visible)),
        ("sheet.language", header.language.as_deref().map(visible)),
        (
            "sheet.technologies",
            list("technology", &header.technologies),
        ),
        ("sheet.ci", list("ci", &header.ci)),
        ("sheet.hosting", list("hosting", &header.hosting)),
        ("sheet.first_commit", day(header.first_commit)),
        ("sheet.last_commit", day(header.last_commit)),
        ("sheet.commits", header.commits.map(|n| messages.number(n))),
        ("sheet.commit", header.commit.as_deref().map(visible)),
        (
            "sheet.address",
            header
                .url
                .as_deref()
                .map(|url| web_address(url).unwrap_or_else(|| visible(url))),
        ),
    ];
    lines
        .into_iter()
        .map(|(code, value)| SheetLine {
            label: messages.plain(code),
            value: value.unwrap_or_else(|| messages.plain("sheet.unknown")),
        })
        .collect()
}
