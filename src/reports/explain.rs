// SPDX-License-Identifier: EUPL-1.2
//! Why a rule has its outcome, for a terminal and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::export_json::SCHEMA_VERSION;
use super::messages::Messages;
use super::terminal::{Colours, Screen, evidence_text};
use super::view::explain::{ConditionView, ExplainView};

/// The explanation in lines of at most `width` columns where words allow.
pub fn explanation(
    messages: &Messages,
    view: &ExplainView,
    width: usize,
    colours: Colours,
) -> String {
    let mut page = Screen::new(messages, width, colours);
    let title = page.paint("1", &view.rule.title);
    let _ = writeln!(page.out, "{title}");
    let labels = [
        &view.rule.id,
        &view.rule.category,
        &view.rule.severity.text,
        &view.rule.weight,
    ];
    let labels = labels.map(String::as_str).join(" · ");
    page.wrapped(2, &labels);
    let commit = view.commit.as_deref().unwrap_or_default();
    let subject = [view.repository.as_str(), commit, &view.date];
    let subject: Vec<&str> = subject
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    page.wrapped(2, &subject.join(" · "));

    let credit = view.credit.as_ref().map(|credit| format!(" ({credit})"));
    let outcome = format!("{}{}", view.outcome.text, credit.unwrap_or_default());
    let outcome = page.paint(colour(&view.outcome.code), &outcome);
    let _ = writeln!(page.out, "\n{} {outcome}", outcome_mark(&view.outcome.code));
    for sentence in &view.why {
        page.wrapped(2, sentence);
    }
    if let Some(waiver) = &view.waiver {
        let until = messages.with("waiver.in_force", "date", &waiver.expires);
        page.wrapped(2, &format!("{until} {}", waiver.reason));
    }

    page.heading(&messages.plain("explain.applies"));
    match &view.applies {
        None => page.wrapped(2, &messages.plain("explain.always")),
        Some(condition) => tree(&mut page, condition, 2),
    }
    for evidence in &view.applicability {
        page.wrapped(6, &evidence_text(evidence));
    }
    let applies = view.applies.as_ref();
    if applies.is_some_and(|condition| condition.answer.code == "unknown") {
        page.wrapped(2, &messages.plain("explain.undecided"));
    }
    page.heading(&messages.plain("explain.pass"));
    tree(&mut page, &view.pass, 2);
    if let Some(partial) = &view.partial {
        page.heading(&messages.plain("explain.partial"));
        tree(&mut page, partial, 2);
    }
    page.heading(&messages.plain("explain.evidence"));
    if view.evidence.is_empty() {
        page.wrapped(2, &messages.plain("explain.no_evidence"));
    }
    for evidence in &view.evidence {
        page.wrapped(2, &evidence_text(evidence));
    }
    page.heading(&messages.plain(match view.outcome.code.as_str() {
        "pass" => "explain.remedy_pass",
        _ => "explain.remedy",
    }));
    page.wrapped(2, &format!("→ {}", view.remedy));
    page.sources(&view.sources);
    page.out
}

/// A condition and its parts, one to a line, with a mark for the answer.
fn tree(page: &mut Screen<'_>, condition: &ConditionView, indent: usize) {
    if let ("all_of" | "any_of", [only]) = (condition.form.as_str(), condition.parts.as_slice()) {
        return tree(page, only, indent);
    }
    let mark = match condition.answer.code.as_str() {
        "yes" => page.paint("32", "✓"),
        "partly" => page.paint("33", "◐"),
        "no" => page.paint("31", "✗"),
        "empty" => "∅".to_owned(),
        _ => page.paint("36", "?"),
    };
    page.marked(indent, &mark, &condition.text);
    if let Some(reason) = &condition.reason {
        page.wrapped(indent + 2, reason);
    }
    for part in &condition.parts {
        tree(page, part, indent + 2);
    }
}

fn outcome_mark(code: &str) -> &'static str {
    match code {
        "pass" => "✓",
        "partial" => "◐",
        "fail" => "✗",
        "unknown" => "?",
        _ => "–",
    }
}

fn colour(code: &str) -> &'static str {
    match code {
        "pass" => "1;32",
        "partial" => "1;33",
        "fail" => "1;31",
        _ => "1",
    }
}

#[derive(Serialize)]
struct Document<'d> {
    schema_version: &'static str,
    generator: String,
    #[serde(rename = "document")]
    kind: &'static str,
    language: &'static str,
    #[serde(flatten)]
    explanation: &'d ExplainView,
}

/// The explanation as a JSON document.
///
/// # Errors
/// Serialisation fails; it does not for these types.
pub fn explanation_json(
    messages: &Messages,
    view: &ExplainView,
) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&Document {
        schema_version: SCHEMA_VERSION,
        generator: format!("perenne {}", env!("CARGO_PKG_VERSION")),
        kind: "explanation",
        language: messages.language().code(),
        explanation: view,
    })?;
    text.push('\n');
    Ok(text)
}
