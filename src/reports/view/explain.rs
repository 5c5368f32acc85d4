// SPDX-License-Identifier: EUPL-1.2
//! Why a rule has its outcome for one repository: its conditions as a tree, every place, and what would mend it.

use serde::Serialize;

use super::finding::{EvidenceView, SourceView, Subject, WaiverView};
use super::finding::{evidence_view, sources, waiver_view};
use super::{Labelled, Lens, RuleLook};
use crate::model::outcome::{Outcome, Reason};
use crate::reports::format::visible;
use crate::reports::messages::Messages;
use crate::rules::model::Rule;
use crate::rules::trace::{Answer, Asked, Condition, Form, Found, RuleTrace};
use crate::scoring::card::{Percent, Scorecard};

/// Characters of a value or pattern that are shown.
const SHOWN_CHARS: usize = 100;

/// Why a rule has its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainView {
    /// Name of the repository.
    pub repository: String,
    /// The commit that was looked at.
    pub commit: Option<String>,
    /// Day of the evaluation, in words.
    pub date: String,
    /// The rule.
    pub rule: RuleLook,
    /// The outcome.
    pub outcome: Labelled,
    /// Share earned, when it is neither all nor nothing.
    pub credit: Option<String>,
    /// Code of the reason for *unknown* and *not applicable*.
    pub reason_code: Option<String>,
    /// Why this outcome, in one or two sentences.
    pub why: Vec<String>,
    /// When the rule applies; nothing when it always does.
    pub applies: Option<ConditionView>,
    /// What is asked.
    pub pass: ConditionView,
    /// What is asked for a partial result.
    pub partial: Option<ConditionView>,
    /// Every place: what was found, or what was searched.
    pub evidence: Vec<EvidenceView>,
    /// Places of what decides whether the rule applies.
    pub applicability: Vec<EvidenceView>,
    /// What would make it pass.
    pub remedy: String,
    /// A file that would mend it.
    pub template: Option<String>,
    /// Where the rule comes from.
    pub sources: Vec<SourceView>,
    /// The waiver in force.
    pub waiver: Option<WaiverView>,
}

/// A condition in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionView {
    /// How it is built.
    pub form: String,
    /// Its answer.
    pub answer: Labelled,
    /// The whole in words: what is asked about, what was found, what was asked.
    pub text: String,
    /// Key of the fact, or `context.` and a name.
    pub fact: Option<String>,
    /// What was asked, in words.
    pub asked: Option<String>,
    /// What was found, in words.
    pub found: Option<String>,
    /// Why it is not known.
    pub reason: Option<String>,
    /// Its parts.
    pub parts: Vec<Self>,
}

/// Explains a rule's finding. `card` has the last word: a rule may come later, or not count for a historical project.
pub fn explain_view(
    lens: &Lens<'_>,
    card: &Scorecard,
    rule: &Rule,
    trace: &RuleTrace,
) -> ExplainView {
    let header = &card.repository;
    let name = super::repository::full_name(header);
    let subject = Subject::new(&name, header.url.as_deref(), header.commit.as_deref());
    let finding = card.findings.iter().find(|one| one.rule == rule.id);
    let finding = finding.unwrap_or(&trace.finding);
    let place = |evidence| evidence_view(lens, &subject, evidence);
    let coming = card.coming.iter().find(|coming| coming.rule == rule.id);
    let reason = match &finding.outcome {
        Outcome::NotApplicable(reason) | Outcome::Unknown(reason) => Some(reason),
        Outcome::Pass | Outcome::Partial | Outcome::Fail => None,
    };
    let mut why = vec![match reason {
        Some(reason) => lens.messages.reason(reason),
        None => lens.messages.plain(why_code(finding.outcome.code(), trace)),
    }];
    why.extend(coming.map(|coming| {
        let params = [
            (
                "due".to_owned(),
                lens.messages.value("milestone", coming.due.as_str()),
            ),
            ("date".to_owned(), lens.messages.date(coming.date)),
        ];
        lens.messages
            .text("explain.coming", &params.into_iter().collect())
    }));
    let percent = finding.credit.map(|credit| credit.as_permille() / 10);
    let percent = percent.filter(|percent| !matches!(percent, 0 | 100));
    ExplainView {
        repository: subject.name.clone(),
        commit: subject.commit.clone(),
        date: lens.messages.date(card.date),
        rule: lens.rule_look(rule),
        outcome: lens.labelled("outcome", finding.outcome.code()),
        credit: percent
            .and_then(|percent| u8::try_from(percent).ok())
            .map(|percent| lens.messages.percent(Percent(percent))),
        reason_code: reason.map(|reason| reason.code.as_str().to_owned()),
        why,
        applies: trace
            .applies
            .as_ref()
            .map(|condition| condition_view(lens.messages, condition)),
        pass: condition_view(lens.messages, &trace.pass),
        partial: trace
            .partial
            .as_ref()
            .map(|condition| condition_view(lens.messages, condition)),
        evidence: trace
            .finding
            .evidence
            .iter()
            .map(|one| place(&one.evidence))
            .collect(),
        applicability: trace.applicability.iter().map(place).collect(),
        remedy: lens.messages.of_both(&rule.remedy),
        template: rule.template.clone(),
        sources: sources(lens, &rule.sources),
        waiver: finding
            .waiver
            .as_ref()
            .map(|waiver| waiver_view(lens, waiver)),
    }
}

/// Why a measured outcome: which of the two conditions held.
fn why_code(outcome: &str, trace: &RuleTrace) -> &'static str {
    match (outcome, &trace.pass.answer, &trace.partial) {
        ("pass", ..) => "explain.why_pass",
        ("partial", Answer::Partly(_), _) => "explain.why_partly",
        ("partial", ..) => "explain.why_partial",
        (_, _, Some(_)) => "explain.why_fail_both",
        _ => "explain.why_fail",
    }
}

/// A condition in words, its parts below it.
fn condition_view(messages: &Messages, condition: &Condition) -> ConditionView {
    let fact = condition.subject.as_deref();
    let asked = condition
        .asked
        .as_ref()
        .map(|asked| asked_text(messages, fact, asked));
    let found = condition
        .found
        .as_ref()
        .map(|found| found_text(messages, fact, found));
    let reason = match &condition.answer {
        Answer::Unknown(reason) => Some(messages.reason(&without_fact(reason))),
        _ => None,
    };
    let code = condition.answer.code();
    ConditionView {
        form: condition.form.as_str().to_owned(),
        answer: Labelled {
            code: code.to_owned(),
            text: messages.plain(&format!("condition_answer.{code}")),
        },
        text: text_of(messages, condition, asked.as_deref(), found.as_deref()),
        fact: fact.map(str::to_owned),
        asked,
        found,
        // a composite repeats what its parts say
        reason: reason.filter(|_| matches!(condition.form, Form::Leaf | Form::Open)),
        parts: condition
            .parts
            .iter()
            .map(|part| condition_view(messages, part))
            .collect(),
    }
}

/// The fact stands in the line already.
fn without_fact(reason: &Reason) -> Reason {
    let mut reason = reason.clone();
    reason.detail.remove("fact");
    reason
}

fn text_of(
    messages: &Messages,
    condition: &Condition,
    asked: Option<&str>,
    found: Option<&str>,
) -> String {
    let Some(subject) = &condition.subject else {
        return messages.plain(&format!("condition.{}", condition.form.as_str()));
    };
    let mut params = std::collections::BTreeMap::from([
        ("fact".to_owned(), messages.fact(subject)),
        ("asked".to_owned(), asked.unwrap_or_default().to_owned()),
    ]);
    let code = match found {
        Some(found) => {
            params.insert("found".to_owned(), found.to_owned());
            "condition.leaf"
        }
        None => "condition.leaf_unknown",
    };
    messages.text(code, &params)
}

fn asked_text(messages: &Messages, fact: Option<&str>, asked: &Asked) -> String {
    let mut message = asked.message.clone();
    if !asked.values.is_empty() {
        let values: Vec<String> = asked
            .values
            .iter()
            .map(|value| shortened(&value_text(messages, fact, value)))
            .collect();
        message = message.with("values", values.join(", "));
    }
    if !asked.fields.is_empty() {
        let fields: Vec<String> = asked
            .fields
            .iter()
            .map(|(field, asked)| {
                let params = [
                    ("field".to_owned(), messages.value("field", field)),
                    ("asked".to_owned(), asked_text(messages, None, asked)),
                ];
                messages.text("condition.field", &params.into_iter().collect())
            })
            .collect();
        message = message.with("fields", fields.join(", "));
    }
    messages.message(&message)
}

fn found_text(messages: &Messages, fact: Option<&str>, found: &Found) -> String {
    match found {
        Found::Nothing | Found::List(0, _) => messages.plain("flag.nothing"),
        Found::Flag(flag) => messages.plain(&format!("flag.{flag}")),
        Found::Number(number) => messages.number(*number),
        Found::Text(text) => shortened(&value_text(messages, fact, text)),
        Found::Day(day) => messages.date(*day),
        Found::List(count, first) => {
            let mut elements: Vec<String> = first
                .iter()
                .map(|one| shortened(&value_text(messages, fact, one)))
                .collect();
            if *count > first.len() {
                elements.push("…".to_owned());
            }
            let params = [
                ("n".to_owned(), count.to_string()),
                ("first".to_owned(), elements.join(", ")),
            ];
            messages.text("condition.list", &params.into_iter().collect())
        }
    }
}

/// A value of a closed list in words, any other value as it is.
fn value_text(messages: &Messages, fact: Option<&str>, value: &str) -> String {
    match fact {
        Some(fact) if !value.is_empty() => messages.value(fact, value),
        _ => visible(value),
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(SHOWN_CHARS).collect();
    if short.len() < text.len() {
        short + "…"
    } else {
        short
    }
}
