// SPDX-License-Identifier: EUPL-1.2
//! Scorecards as JSON for other programs: a shape of our own, versioned, additive within a major version.
//!
//! `docs/schema/*.schema.json` describe it; a test keeps them in step. Codes are closed lists: outcomes, reasons,
//! severities, efforts, milestones, states. Every key is always there; what is not known is null.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::finding::{Subject, origin_code, source_kind_code};
use super::view::links::web_address;
use super::view::repository::{full_name, state_code};
use super::view::{Lens, effort_code, no_grade_code, severity_code, status_code};
use crate::model::evidence::Evidence;
use crate::model::finding::{Finding, Place, Waiver};
use crate::model::ids::{DefiId, RepositoryId, RuleId};
use crate::model::message::Message;
use crate::model::outcome::{Outcome, Reason};
use crate::rules::model::{Bilingual, Rule};
use crate::scoring::card::{
    Answer, Counts, DeclaredSource, DefiCard, Percent, ProgrammeCard, ProjectState,
    RepositoryResult, ScaleResult, ScaleValue, Score, Scorecard,
};

/// Version of the shape.
pub const SCHEMA_VERSION: &str = "1.0";

/// One repository as a JSON document, for the lens' audience.
///
/// # Errors
/// Serialisation fails; it does not for these types.
pub fn scorecard_json(lens: &Lens<'_>, card: &Scorecard) -> Result<String, serde_json::Error> {
    pretty(&ScorecardDocument {
        schema_version: SCHEMA_VERSION,
        generator: generator(),
        document: "scorecard",
        audience: super::view::audience_code(lens.audience()),
        rules: rules(lens),
        repository: repository(lens, card),
    })
}

/// A programme as a JSON document, for the lens' audience.
///
/// # Errors
/// Serialisation fails; it does not for these types.
pub fn programme_json(lens: &Lens<'_>, card: &ProgrammeCard) -> Result<String, serde_json::Error> {
    pretty(&ProgrammeDocument {
        schema_version: SCHEMA_VERSION,
        generator: generator(),
        document: "programme",
        audience: super::view::audience_code(lens.audience()),
        title: &card.title,
        date: card.date.to_string(),
        rule_set: &card.rule_set,
        scoring: card.scoring,
        rules: rules(lens),
        promotions: &card.promotions,
        defis: card
            .defis
            .iter()
            .map(|defi| defi_json(lens, defi))
            .collect(),
        grades: Grades {
            a: card.grades[0],
            b: card.grades[1],
            c: card.grades[2],
            d: card.grades[3],
            e: card.grades[4],
            none: card.grades[5],
        },
        technologies: card
            .technologies
            .iter()
            .map(|tech| TechnologyJson {
                kind: &tech.kind,
                name: &tech.name,
                defis: tech.defis.iter().map(DefiId::as_str).collect(),
            })
            .collect(),
        problems: card.problems.iter().map(|p| message(lens, p)).collect(),
    })
}

fn pretty(document: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}

fn generator() -> String {
    format!("perenne {}", env!("CARGO_PKG_VERSION"))
}

#[derive(Serialize)]
struct ScorecardDocument<'d> {
    schema_version: &'static str,
    generator: String,
    document: &'static str,
    audience: &'static str,
    rules: BTreeMap<&'d str, RuleJson<'d>>,
    repository: RepositoryJson<'d>,
}

#[derive(Serialize)]
struct ProgrammeDocument<'d> {
    schema_version: &'static str,
    generator: String,
    document: &'static str,
    audience: &'static str,
    title: &'d str,
    date: String,
    rule_set: &'d str,
    scoring: u32,
    rules: BTreeMap<&'d str, RuleJson<'d>>,
    promotions: &'d [String],
    defis: Vec<DefiJson<'d>>,
    grades: Grades,
    technologies: Vec<TechnologyJson<'d>>,
    problems: Vec<MessageJson<'d>>,
}

#[derive(Serialize)]
struct Grades {
    #[serde(rename = "A")]
    a: u32,
    #[serde(rename = "B")]
    b: u32,
    #[serde(rename = "C")]
    c: u32,
    #[serde(rename = "D")]
    d: u32,
    #[serde(rename = "E")]
    e: u32,
    none: u32,
}

#[derive(Serialize)]
struct TechnologyJson<'d> {
    kind: &'d str,
    name: &'d str,
    defis: Vec<&'d str>,
}

#[derive(Serialize)]
struct MessageJson<'d> {
    code: &'d str,
    params: &'d BTreeMap<String, String>,
    text: String,
}

#[derive(Serialize)]
struct ReasonJson<'d> {
    code: &'static str,
    detail: &'d BTreeMap<String, String>,
    text: String,
}

#[derive(Serialize)]
struct RuleJson<'d> {
    title: &'d Bilingual,
    remedy: &'d Bilingual,
    category: &'d str,
    axis: Option<&'d str>,
    severity: &'static str,
    effort: &'static str,
    due: &'static str,
    status: &'static str,
    weight: u32,
    sources: Vec<SourceJson<'d>>,
}

#[derive(Serialize)]
struct SourceJson<'d> {
    document: &'d str,
    section: Option<&'d str>,
    url: &'d str,
    kind: &'static str,
}

#[derive(Serialize)]
struct DefiJson<'d> {
    id: &'d str,
    title: &'d str,
    promotion: Option<&'d str>,
    administration: Option<&'d str>,
    description: Option<&'d str>,
    website: Option<String>,
    starts: Option<String>,
    ends: Option<String>,
    situation: &'static str,
    score: Option<f64>,
    grade: Option<&'static str>,
    coverage: Option<u8>,
    axes: Vec<AxisJson<'d>>,
    main: Option<&'d str>,
    shared_failures: Vec<SharedJson<'d>>,
    repositories: Vec<ResultJson<'d>>,
    problems: Vec<MessageJson<'d>>,
}

#[derive(Serialize)]
struct SharedJson<'d> {
    rule: &'d str,
    repositories: Vec<&'d str>,
}

#[derive(Serialize)]
struct ResultJson<'d> {
    status: &'static str,
    card: Option<RepositoryJson<'d>>,
    declared: Option<DeclaredJson<'d>>,
    reason: Option<ReasonJson<'d>>,
}

#[derive(Serialize)]
struct DeclaredJson<'d> {
    id: &'d str,
    url: &'d str,
    name: &'d str,
    kind: &'d str,
    inferred: bool,
}

#[derive(Serialize)]
struct RepositoryJson<'d> {
    id: &'d str,
    name: String,
    url: Option<String>,
    commit: Option<&'d str>,
    uncommitted: bool,
    date: String,
    rule_set: &'d str,
    scoring: u32,
    state: StateJson,
    score: Option<f64>,
    coverage: Option<u8>,
    grade: Option<&'static str>,
    no_grade: Option<&'static str>,
    capped_by: Vec<&'d str>,
    dates_unknown: bool,
    counts: Counts,
    axes: Vec<AxisJson<'d>>,
    categories: Vec<CategoryJson<'d>>,
    findings: Vec<FindingJson<'d>>,
    coming: Vec<ComingJson<'d>>,
    priorities: Vec<PriorityJson<'d>>,
    scales: Vec<ScaleJson<'d>>,
    claimed_waivers: Vec<WaiverJson<'d>>,
    score_with_claimed: Option<f64>,
    expired_waivers: Vec<WaiverJson<'d>>,
    facts: SheetJson<'d>,
}

#[derive(Serialize)]
struct StateJson {
    code: &'static str,
    archived: Option<bool>,
    last_human_commit: Option<String>,
}

#[derive(Serialize)]
struct AxisJson<'d> {
    id: &'d str,
    score: Option<f64>,
    coverage: Option<u8>,
    counts: Counts,
}

#[derive(Serialize)]
struct CategoryJson<'d> {
    id: &'d str,
    score: Option<f64>,
    coverage: Option<u8>,
    counts: Counts,
}

#[derive(Serialize)]
struct FindingJson<'d> {
    rule: &'d str,
    outcome: &'static str,
    reason: Option<ReasonJson<'d>>,
    credit: Option<f64>,
    evidence: Vec<EvidenceJson<'d>>,
    waiver: Option<WaiverJson<'d>>,
}

#[derive(Serialize)]
struct EvidenceJson<'d> {
    fingerprint: Option<&'d str>,
    path: Option<&'d str>,
    line: Option<u32>,
    field: Option<&'d str>,
    excerpt: Option<&'d str>,
    note: Option<MessageJson<'d>>,
    url: Option<String>,
    uncommitted: bool,
}

#[derive(Serialize)]
struct WaiverJson<'d> {
    rule: &'d str,
    reason: &'d str,
    author: &'d str,
    expires: String,
    origin: &'static str,
}

#[derive(Serialize)]
struct ComingJson<'d> {
    rule: &'d str,
    due: &'static str,
    date: String,
}

#[derive(Serialize)]
struct PriorityJson<'d> {
    rule: &'d str,
    gain: f64,
    evidence: Vec<EvidenceJson<'d>>,
    good_examples: Vec<ExampleJson<'d>>,
}

#[derive(Serialize)]
struct ExampleJson<'d> {
    repository: &'d str,
    name: &'d str,
    url: Option<String>,
    commit: Option<&'d str>,
    evidence: Option<EvidenceJson<'d>>,
}

#[derive(Serialize)]
struct ScaleJson<'d> {
    id: &'d str,
    title: &'d Bilingual,
    kind: &'static str,
    degree: Option<i32>,
    at_most: Option<i32>,
    blocked_by: Option<&'d [String]>,
    prerequisites: Option<u32>,
    prerequisites_of: Option<u32>,
    yes: Option<u32>,
    of: Option<u32>,
    declared: Option<&'d str>,
    observed: Option<&'d str>,
    points: Option<i64>,
    unknown: Option<u32>,
    vector: Vec<CriterionJson<'d>>,
}

#[derive(Serialize)]
struct CriterionJson<'d> {
    id: &'d str,
    title: &'d Bilingual,
    value: Option<i64>,
    answer: &'static str,
    reason: Option<ReasonJson<'d>>,
}

#[derive(Serialize)]
struct SheetJson<'d> {
    kind: Option<&'d str>,
    kind_signs: &'d [String],
    licence: Option<&'d str>,
    language: Option<&'d str>,
    technologies: &'d [String],
    ci: &'d [String],
    hosting: &'d [String],
    first_commit: Option<String>,
    last_commit: Option<String>,
    commits: Option<i64>,
    excluded: &'d [String],
}

fn points(score: Option<Score>) -> Option<f64> {
    score.map(|score| f64::from(score.0) / 10.0)
}

fn share(percent: Option<Percent>) -> Option<u8> {
    percent.map(|percent| percent.0)
}

fn rules<'d>(lens: &Lens<'d>) -> BTreeMap<&'d str, RuleJson<'d>> {
    let rules: &'d crate::rules::model::RuleSet = lens.rules;
    lens.visible_rules()
        .map(|rule| (rule.id.as_str(), rule_json(rules, rule)))
        .collect()
}

fn rule_json<'d>(set: &'d crate::rules::model::RuleSet, rule: &'d Rule) -> RuleJson<'d> {
    RuleJson {
        title: &rule.title,
        remedy: &rule.remedy,
        category: rule.category.as_str(),
        axis: set
            .category(&rule.category)
            .map(|category| category.axis.as_str()),
        severity: severity_code(rule.severity),
        effort: effort_code(rule.effort),
        due: rule.due.as_str(),
        status: status_code(rule.status),
        weight: rule.weight,
        sources: rule
            .sources
            .iter()
            .map(|source| SourceJson {
                document: &source.document,
                section: source.section.as_deref(),
                url: &source.url,
                kind: source_kind_code(source.kind),
            })
            .collect(),
    }
}

fn message<'d>(lens: &Lens<'_>, message: &'d Message) -> MessageJson<'d> {
    MessageJson {
        code: &message.code,
        params: &message.params,
        text: lens.messages.message(message),
    }
}

fn reason<'d>(lens: &Lens<'_>, reason: &'d Reason) -> ReasonJson<'d> {
    ReasonJson {
        code: reason.code.as_str(),
        detail: &reason.detail,
        text: lens.messages.reason(reason),
    }
}

fn defi_json<'d>(lens: &Lens<'_>, card: &'d DefiCard) -> DefiJson<'d> {
    let defi = &card.defi;
    DefiJson {
        id: &defi.id,
        title: &defi.title,
        promotion: defi.promotion.as_deref(),
        administration: defi.administration.as_deref(),
        description: defi.description.as_deref(),
        website: defi.website.as_deref().and_then(web_address),
        starts: defi.starts.map(|day| day.to_string()),
        ends: defi.ends.map(|day| day.to_string()),
        situation: super::view::defi::situation(card),
        score: points(card.score),
        grade: card.grade.map(crate::scoring::card::Grade::as_str),
        coverage: share(card.coverage),
        axes: axes(&card.axes),
        main: card.main.as_ref().map(RepositoryId::as_str),
        shared_failures: card
            .shared_failures
            .iter()
            .filter(|shared| lens.shows(&shared.rule))
            .map(|shared| SharedJson {
                rule: shared.rule.as_str(),
                repositories: shared
                    .repositories
                    .iter()
                    .map(RepositoryId::as_str)
                    .collect(),
            })
            .collect(),
        repositories: card.repositories.iter().map(|r| result(lens, r)).collect(),
        problems: defi.problems.iter().map(|p| message(lens, p)).collect(),
    }
}

fn result<'d>(lens: &Lens<'_>, result: &'d RepositoryResult) -> ResultJson<'d> {
    let missing = |status, source: &'d DeclaredSource, why: Option<&'d Reason>| ResultJson {
        status,
        card: None,
        declared: Some(DeclaredJson {
            id: source.id.as_str(),
            url: &source.url,
            name: &source.name,
            kind: &source.kind,
            inferred: source.inferred,
        }),
        reason: why.map(|why| reason(lens, why)),
    };
    match result {
        RepositoryResult::Audited { card } => ResultJson {
            status: "audited",
            card: Some(repository(lens, card)),
            declared: None,
            reason: None,
        },
        RepositoryResult::Empty { source } => missing("empty", source, None),
        RepositoryResult::Unreachable { source, reason } => {
            missing("unreachable", source, Some(reason))
        }
        RepositoryResult::NotReadable { source, reason } => {
            missing("not-readable", source, Some(reason))
        }
        RepositoryResult::NotExpanded { source } => missing("not-expanded", source, None),
    }
}

fn repository<'d>(lens: &Lens<'_>, card: &'d Scorecard) -> RepositoryJson<'d> {
    let header = &card.repository;
    let name = full_name(header);
    let subject = Subject::new(&name, header.url.as_deref(), header.commit.as_deref());
    RepositoryJson {
        id: header.id.as_str(),
        name,
        url: subject.url.clone(),
        commit: header.commit.as_deref(),
        uncommitted: header.uncommitted,
        date: card.date.to_string(),
        rule_set: &card.rule_set,
        scoring: card.scoring,
        state: state(&card.state),
        score: points(card.score),
        coverage: share(card.coverage),
        grade: card.grade.map(crate::scoring::card::Grade::as_str),
        no_grade: card.no_grade.map(|why| no_grade_code(Some(why))),
        capped_by: card
            .capped_by
            .iter()
            .filter(|id| lens.shows(id))
            .map(RuleId::as_str)
            .collect(),
        dates_unknown: card.dates_unknown,
        counts: card.counts,
        axes: axes(&card.axes),
        categories: card.categories.iter().map(category).collect(),
        findings: card
            .findings
            .iter()
            .filter(|finding| lens.shows(&finding.rule))
            .map(|f| finding(lens, &subject, f))
            .collect(),
        coming: coming(lens, card),
        priorities: priorities(lens, &subject, card),
        scales: card.scales.iter().map(|s| scale(lens, s)).collect(),
        claimed_waivers: waivers(lens, &card.claimed_waivers),
        score_with_claimed: points(card.score_with_claimed),
        expired_waivers: waivers(lens, &card.expired_waivers),
        facts: sheet(card),
    }
}

fn coming<'d>(lens: &Lens<'_>, card: &'d Scorecard) -> Vec<ComingJson<'d>> {
    let shown = card.coming.iter().filter(|coming| lens.shows(&coming.rule));
    shown
        .map(|coming| ComingJson {
            rule: coming.rule.as_str(),
            due: coming.due.as_str(),
            date: coming.date.to_string(),
        })
        .collect()
}

fn priorities<'d>(
    lens: &Lens<'_>,
    subject: &Subject,
    card: &'d Scorecard,
) -> Vec<PriorityJson<'d>> {
    let shown = card.priorities.iter().filter(|p| lens.shows(&p.rule));
    shown
        .map(|priority| PriorityJson {
            rule: priority.rule.as_str(),
            gain: f64::from(priority.gain) / 10.0,
            evidence: priority
                .evidence
                .iter()
                .map(|e| evidence(lens, subject, e, None))
                .collect(),
            good_examples: priority
                .good_examples
                .iter()
                .map(|example| {
                    let other = Subject::new(
                        &example.name,
                        example.url.as_deref(),
                        example.commit.as_deref(),
                    );
                    ExampleJson {
                        repository: example.repository.as_str(),
                        name: &example.name,
                        commit: example.commit.as_deref(),
                        evidence: example
                            .evidence
                            .as_ref()
                            .map(|e| evidence(lens, &other, e, None)),
                        url: other.url,
                    }
                })
                .collect(),
        })
        .collect()
}

fn axes(axes: &[crate::scoring::card::AxisScore]) -> Vec<AxisJson<'_>> {
    axes.iter()
        .map(|axis| AxisJson {
            id: &axis.id,
            score: points(axis.score),
            coverage: share(axis.coverage),
            counts: axis.counts,
        })
        .collect()
}

fn category(category: &crate::scoring::card::CategoryScore) -> CategoryJson<'_> {
    CategoryJson {
        id: category.id.as_str(),
        score: points(category.score),
        coverage: share(category.coverage),
        counts: category.counts,
    }
}

fn finding<'d>(lens: &Lens<'_>, subject: &Subject, finding: &'d Finding) -> FindingJson<'d> {
    let why = match &finding.outcome {
        Outcome::NotApplicable(why) | Outcome::Unknown(why) => Some(reason(lens, why)),
        Outcome::Pass | Outcome::Partial | Outcome::Fail => None,
    };
    let of_place = |place: &'d Place| {
        let fingerprint = Some(place.fingerprint.as_str());
        evidence(lens, subject, &place.evidence, fingerprint)
    };
    FindingJson {
        rule: finding.rule.as_str(),
        outcome: finding.outcome.code(),
        reason: why,
        credit: finding
            .credit
            .map(|credit| f64::from(credit.as_permille()) / 1000.0),
        evidence: finding.evidence.iter().map(of_place).collect(),
        waiver: finding.waiver.as_ref().map(waiver),
    }
}

fn evidence<'d>(
    lens: &Lens<'_>,
    subject: &Subject,
    evidence: &'d Evidence,
    fingerprint: Option<&'d str>,
) -> EvidenceJson<'d> {
    let links = subject.links.as_ref().filter(|_| !evidence.uncommitted);
    let url = links.and_then(|links| links.file(evidence.path.as_deref()?, evidence.line));
    EvidenceJson {
        fingerprint,
        path: evidence.path.as_deref(),
        line: evidence.line,
        field: evidence.field.as_deref(),
        excerpt: evidence.excerpt.as_deref(),
        note: evidence.note.as_ref().map(|note| message(lens, note)),
        url,
        uncommitted: evidence.uncommitted,
    }
}

/// The waivers of rules that this audience may know of.
fn waivers<'d>(lens: &Lens<'_>, waivers: &'d [Waiver]) -> Vec<WaiverJson<'d>> {
    waivers
        .iter()
        .filter(|waiver| lens.shows(&waiver.rule))
        .map(waiver)
        .collect()
}

fn waiver(waiver: &Waiver) -> WaiverJson<'_> {
    WaiverJson {
        rule: waiver.rule.as_str(),
        reason: &waiver.reason,
        author: &waiver.author,
        expires: waiver.expires.to_string(),
        origin: origin_code(waiver.origin),
    }
}

fn state(state: &ProjectState) -> StateJson {
    let code = state_code(state);
    match state {
        ProjectState::Current => StateJson {
            code,
            archived: None,
            last_human_commit: None,
        },
        ProjectState::Historical {
            archived,
            last_human_commit,
        } => StateJson {
            code,
            archived: Some(*archived),
            last_human_commit: last_human_commit.map(|moment| moment.to_string()),
        },
    }
}

fn scale<'d>(lens: &Lens<'_>, scale: &'d ScaleResult) -> ScaleJson<'d> {
    let mut json = ScaleJson {
        id: &scale.id,
        title: &scale.title,
        kind: "ladder",
        degree: None,
        at_most: None,
        blocked_by: None,
        prerequisites: None,
        prerequisites_of: None,
        yes: None,
        of: None,
        declared: None,
        observed: None,
        points: None,
        unknown: None,
        vector: scale.vector.iter().map(|c| criterion(lens, c)).collect(),
    };
    match &scale.value {
        ScaleValue::Ladder {
            degree,
            at_most,
            blocked_by,
        } => {
            json.degree = Some(*degree);
            json.at_most = Some(*at_most);
            json.blocked_by = Some(blocked_by);
        }
        ScaleValue::Count {
            prerequisites,
            prerequisites_of,
            yes,
            of,
            unknown,
        } => {
            json.kind = "count";
            json.prerequisites = Some(*prerequisites);
            json.prerequisites_of = Some(*prerequisites_of);
            json.yes = Some(*yes);
            json.of = Some(*of);
            json.unknown = Some(*unknown);
        }
        ScaleValue::Posture { declared, observed } => {
            json.kind = "posture";
            json.declared = declared.as_deref();
            json.observed = observed.as_deref();
        }
        ScaleValue::Points { points, unknown } => {
            json.kind = "points";
            json.points = Some(*points);
            json.unknown = Some(*unknown);
        }
    }
    json
}

fn criterion<'d>(
    lens: &Lens<'_>,
    criterion: &'d crate::scoring::card::CriterionResult,
) -> CriterionJson<'d> {
    let (answer, why) = match &criterion.answer {
        Answer::Yes => ("yes", None),
        Answer::No => ("no", None),
        Answer::Unknown(why) => ("unknown", Some(reason(lens, why))),
    };
    CriterionJson {
        id: &criterion.id,
        title: &criterion.title,
        value: criterion.value,
        answer,
        reason: why,
    }
}

fn sheet(card: &Scorecard) -> SheetJson<'_> {
    let header = &card.repository;
    let moment = |moment: Option<crate::model::date::Moment>| moment.map(|m| m.to_string());
    SheetJson {
        kind: header.kind.as_deref(),
        kind_signs: &header.kind_signs,
        licence: header.licence.as_deref(),
        language: header.language.as_deref(),
        technologies: &header.technologies,
        ci: &header.ci,
        hosting: &header.hosting,
        first_commit: moment(header.first_commit),
        last_commit: moment(header.last_commit),
        commits: header.commits,
        excluded: &header.excluded,
    }
}
