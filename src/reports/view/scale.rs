// SPDX-License-Identifier: EUPL-1.2
//! Scales of others as pages show them: result, vector, what blocks the next step.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{SourceView, sources};
use super::{Labelled, Lens};
use crate::scoring::card::{Answer, CriterionResult, ScaleResult, ScaleValue};

/// A scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleView {
    /// Identifier, safe in an anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// The result, short.
    pub result: String,
    /// What the result leaves open.
    pub note: Option<String>,
    /// Titles of the criteria that block the next degree.
    pub blocked_by: Vec<String>,
    /// Heading of the value column.
    pub value_heading: Option<String>,
    /// Lines.
    pub vector: Vec<CriterionView>,
    /// Where it comes from.
    pub sources: Vec<SourceView>,
}

/// A line of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionView {
    /// Title.
    pub title: String,
    /// Degree or points.
    pub value: Option<String>,
    /// `yes`, `no` or `unknown`.
    pub answer: Labelled,
    /// Why unknown.
    pub reason: Option<String>,
}

/// A scale with its result.
pub fn scale_view(lens: &Lens<'_>, scale: &ScaleResult) -> ScaleView {
    let (result, note) = result_of(lens, scale);
    let blocked: &[String] = match &scale.value {
        ScaleValue::Ladder { blocked_by, .. } => blocked_by,
        ScaleValue::Count { .. } | ScaleValue::Posture { .. } | ScaleValue::Points { .. } => &[],
    };
    let heading = match &scale.value {
        ScaleValue::Ladder { .. } => Some("scale.degree_heading"),
        ScaleValue::Points { .. } => Some("scale.points_heading"),
        ScaleValue::Count { .. } | ScaleValue::Posture { .. } => None,
    };
    let described = lens.rules.scales.iter().find(|known| known.id == scale.id);
    ScaleView {
        id: crate::model::ids::slug(&scale.id),
        title: lens.messages.of_both(&scale.title),
        result,
        note,
        blocked_by: blocked
            .iter()
            .map(|id| title_in(lens, &scale.vector, id))
            .collect(),
        value_heading: heading.map(|code| lens.messages.plain(code)),
        vector: scale.vector.iter().map(|c| criterion(lens, c)).collect(),
        sources: described.map_or_else(Vec::new, |known| sources(lens, &known.sources)),
    }
}

fn result_of(lens: &Lens<'_>, scale: &ScaleResult) -> (String, Option<String>) {
    let text = |code: &str, params: &[(&str, String)]| {
        let params: BTreeMap<_, _> = params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        lens.messages.text(code, &params)
    };
    let unknown = |n: u32| (n > 0).then(|| lens.messages.count("scale.unknown_answers", n));
    match &scale.value {
        ScaleValue::Ladder {
            degree, at_most, ..
        } => {
            let result = text("scale.degree", &[("degree", lens.messages.number(*degree))]);
            let note = (at_most > degree).then(|| {
                text(
                    "scale.at_most",
                    &[("degree", lens.messages.number(*at_most))],
                )
            });
            (result, note)
        }
        ScaleValue::Count {
            prerequisites,
            prerequisites_of,
            yes,
            of,
            unknown: n,
        } => {
            let code = if *prerequisites_of > 0 {
                "scale.count_with_prerequisites"
            } else {
                "scale.count"
            };
            let params = [
                ("yes", yes.to_string()),
                ("of", of.to_string()),
                ("prerequisites", prerequisites.to_string()),
                ("prerequisites_of", prerequisites_of.to_string()),
            ];
            (text(code, &params), unknown(*n))
        }
        ScaleValue::Posture { declared, observed } => {
            let name = |level: &Option<String>, none: &str| match level {
                Some(id) => title_in(lens, &scale.vector, id),
                None => lens.messages.plain(none),
            };
            let params = [
                ("declared", name(declared, "scale.posture_undeclared")),
                ("observed", name(observed, "scale.posture_unobserved")),
            ];
            (text("scale.posture", &params), None)
        }
        ScaleValue::Points { points, unknown: n } => {
            (lens.messages.count("scale.points", *points), unknown(*n))
        }
    }
}

fn title_in(lens: &Lens<'_>, vector: &[CriterionResult], id: &str) -> String {
    vector
        .iter()
        .find(|criterion| criterion.id == id)
        .map_or_else(
            || crate::reports::format::visible(id),
            |criterion| lens.messages.of_both(&criterion.title),
        )
}

fn criterion(lens: &Lens<'_>, criterion: &CriterionResult) -> CriterionView {
    let (code, reason) = match &criterion.answer {
        Answer::Yes => ("yes", None),
        Answer::No => ("no", None),
        Answer::Unknown(reason) => ("unknown", Some(lens.messages.reason(reason))),
    };
    CriterionView {
        title: lens.messages.of_both(&criterion.title),
        value: criterion.value.map(|value| lens.messages.number(value)),
        answer: lens.labelled("answer", code),
        reason,
    }
}
