// SPDX-License-Identifier: EUPL-1.2
//! A finding and its evidence as pages show them.

use serde::Serialize;

use super::links::{Permalinks, encode_component, web_address};
use super::{Labelled, Lens, RuleLook};
use crate::model::evidence::Evidence;
use crate::model::finding::{Finding, Waiver, WaiverOrigin};
use crate::model::outcome::Outcome;
use crate::reports::format::visible;
use crate::rules::model::{Rule, RuleSource, SourceKind, Status};

/// Evidences shown with a finding; the others are counted.
pub const SHOWN_EVIDENCES: usize = 8;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingView {
    /// The rule.
    pub rule: RuleLook,
    /// The outcome.
    pub outcome: Labelled,
    /// Share earned, when it is neither all nor nothing.
    pub credit: Option<String>,
    /// Why it is unknown or not applicable.
    pub reason: Option<String>,
    /// Code of that reason.
    pub reason_code: Option<String>,
    /// Places.
    pub evidence: Vec<EvidenceView>,
    /// How many places are not shown, in words.
    pub more: Option<String>,
    /// How to mend; nothing when there is nothing to mend.
    pub remedy: Option<String>,
    /// Where the rule comes from.
    pub sources: Vec<SourceView>,
    /// The waiver in force.
    pub waiver: Option<WaiverView>,
    /// How to contest it.
    pub contest: ContestView,
    /// True when it counts: not waived, and the rule is stable.
    pub counts: bool,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    /// `path:line`, or the field's name.
    pub place: Option<String>,
    /// Its address at the audited commit.
    pub url: Option<String>,
    /// What is written there.
    pub excerpt: Option<String>,
    /// What was made of it, or what was searched.
    pub note: Option<String>,
    /// It only says where something was looked for.
    #[serde(skip)]
    pub is_search: bool,
    /// The file on disk differs from the commit.
    pub uncommitted: bool,
}

/// A document that a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// Document.
    pub document: String,
    /// Section.
    pub section: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Standard or practice.
    pub kind: Labelled,
}

/// A waiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverView {
    /// The rule.
    pub rule: Option<RuleLook>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub author: String,
    /// Last day, in words.
    pub expires: String,
    /// Where it was written.
    pub origin: Labelled,
}

/// How to contest a finding: a link when the programme gives one, and what to quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContestView {
    /// Address with rule, evidence and commit filled in.
    pub url: Option<String>,
    /// What to quote: rule, repository and commit.
    pub reference: String,
}

/// The repository that a finding is about, for its links.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its name as shown.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// The audited commit.
    pub commit: Option<String>,
    /// Addresses of its files.
    pub links: Option<Permalinks>,
}

impl Subject {
    /// A repository with its address and commit.
    pub fn new(name: &str, url: Option<&str>, commit: Option<&str>) -> Self {
        Self {
            name: visible(name),
            url: url.and_then(web_address),
            commit: commit.map(visible),
            links: Permalinks::new(url, commit),
        }
    }
}

/// The finding for this audience; `None` when it may not know of it.
pub fn finding_view(lens: &Lens<'_>, subject: &Subject, finding: &Finding) -> Option<FindingView> {
    let rule = lens.rule(&finding.rule)?;
    let reason = match &finding.outcome {
        Outcome::NotApplicable(reason) | Outcome::Unknown(reason) => Some(reason),
        Outcome::Pass | Outcome::Partial | Outcome::Fail => None,
    };
    let evidence: Vec<_> = finding
        .evidence
        .iter()
        .map(|place| evidence_view(lens, subject, &place.evidence))
        .collect();
    let hidden = evidence.len().saturating_sub(SHOWN_EVIDENCES);
    let needs_mending = matches!(finding.outcome, Outcome::Partial | Outcome::Fail);
    let credit = finding
        .credit
        .map(|credit| credit.as_permille() / 10)
        .filter(|percent| !matches!(percent, 0 | 100))
        .and_then(|percent| u8::try_from(percent).ok())
        .map(|percent| {
            lens.messages
                .percent(crate::scoring::card::Percent(percent))
        });
    Some(FindingView {
        rule: lens.rule_look(rule),
        outcome: lens.labelled("outcome", finding.outcome.code()),
        credit,
        reason: reason.map(|reason| lens.messages.reason(reason)),
        reason_code: reason.map(|reason| reason.code.as_str().to_owned()),
        contest: contest(lens, subject, rule, evidence.first()),
        evidence: evidence.into_iter().take(SHOWN_EVIDENCES).collect(),
        more: (hidden > 0).then(|| lens.messages.count("count.more_evidence", hidden)),
        remedy: needs_mending.then(|| lens.messages.of_both(&rule.remedy)),
        sources: sources(lens, &rule.sources),
        waiver: finding.waiver.as_ref().map(|w| waiver_view(lens, w)),
        counts: finding.waiver.is_none() && rule.status == Status::Stable,
    })
}

/// A place with its address.
pub fn evidence_view(lens: &Lens<'_>, subject: &Subject, evidence: &Evidence) -> EvidenceView {
    let field = evidence
        .field
        .as_deref()
        .map(|name| lens.messages.fact(name));
    let place = match (&evidence.path, evidence.line, field) {
        (Some(path), Some(line), _) => Some(format!("{}:{line}", visible(path))),
        (Some(path), None, Some(field)) => Some(format!("{} ({field})", visible(path))),
        (Some(path), None, None) => Some(visible(path)),
        (None, _, field) => field,
    };
    let url = match (&subject.links, &evidence.path, evidence.uncommitted) {
        (Some(links), Some(path), false) => links.file(path, evidence.line),
        _ => None,
    };
    let note = evidence.note.as_ref();
    EvidenceView {
        place,
        url,
        excerpt: evidence.excerpt.as_deref().map(visible),
        is_search: note.is_some_and(|note| is_search(&note.code)),
        note: note.map(|note| lens.messages.message(note)),
        uncommitted: evidence.uncommitted,
    }
}

/// True for the codes of messages that say what was looked at, with nothing found there.
fn is_search(code: &str) -> bool {
    code.contains("-searched")
        || code.ends_with("-none-found")
        || matches!(code, "publiccode-file-missing" | "readme-read")
}

/// Documents with their addresses.
pub fn sources(lens: &Lens<'_>, sources: &[RuleSource]) -> Vec<SourceView> {
    sources
        .iter()
        .map(|source| SourceView {
            document: source.document.clone(),
            section: source.section.clone(),
            url: web_address(&source.url),
            kind: lens.labelled("source_kind", source_kind_code(source.kind)),
        })
        .collect()
}

/// A waiver, without its rule's look when this audience may not know of it.
pub fn waiver_view(lens: &Lens<'_>, waiver: &Waiver) -> WaiverView {
    WaiverView {
        rule: lens.rule(&waiver.rule).map(|rule| lens.rule_look(rule)),
        reason: visible(&waiver.reason),
        author: visible(&waiver.author),
        expires: lens.messages.date(waiver.expires),
        origin: lens.labelled("waiver_origin", origin_code(waiver.origin)),
    }
}

/// Code of a source's strength.
pub fn source_kind_code(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Std => "std",
        SourceKind::Practice => "practice",
    }
}

/// Code of a waiver's origin.
pub fn origin_code(origin: WaiverOrigin) -> &'static str {
    match origin {
        WaiverOrigin::Catalogue => "catalogue",
        WaiverOrigin::Repository => "repository",
    }
}

fn contest(
    lens: &Lens<'_>,
    subject: &Subject,
    rule: &Rule,
    evidence: Option<&EvidenceView>,
) -> ContestView {
    let commit = subject.commit.as_deref().unwrap_or("");
    let place = evidence.and_then(|evidence| evidence.place.as_deref());
    let short: String = commit.chars().take(12).collect();
    let reference = [rule.id.as_str(), &subject.name, &short]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let url = lens.contest_url.and_then(|template| {
        let filled = [
            ("{rule}", rule.id.as_str()),
            ("{repository}", &subject.name),
            ("{commit}", commit),
            ("{evidence}", place.unwrap_or("")),
        ]
        .into_iter()
        .fold(template.to_owned(), |url, (name, value)| {
            url.replace(name, &encode_component(value))
        });
        web_address(&filled)
    });
    ContestView { url, reference }
}
