// SPDX-License-Identifier: EUPL-1.2
//! What kind of project it is, in which languages and with which technologies.

mod census;
mod decide;
mod frameworks;
mod languages;
mod parts;
mod programs;
mod stacks;
mod technologies;
mod tools;

use super::dependencies::manifest;
use super::extract::Inputs;
use super::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::project::PROJECT_FILE;
use crate::model::text::line_of;
use crate::snapshot::Snapshot;
use census::Census;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let manifests = manifest::read_all(snapshot);
    languages::extract(snapshot, facts);
    technologies::extract(snapshot, &manifests, facts);
    if let Some((kind, evidence)) = declared(snapshot) {
        facts.set("kind", kind, vec![evidence.clone()]);
        facts.set(
            "kind_signs",
            vec![format!("declared:{PROJECT_FILE}")],
            vec![evidence],
        );
        return;
    }
    let census = Census::of(snapshot);
    let parts = parts::find(snapshot, &manifests, &census);
    let decision = decide::decide(&parts, &census);
    let evidence: Vec<Evidence> = decision
        .signs
        .iter()
        .filter_map(|(_, evidence)| evidence.clone())
        .collect();
    if let Some(kind) = decision.kind {
        facts.set("kind", kind, evidence.clone());
    } else {
        let undecided = || Reason::new(ReasonCode::Undecided);
        facts.set_unknown("kind", snapshot.cut().unwrap_or_else(undecided));
    }
    let signs: Vec<String> = decision.signs.into_iter().map(|(sign, _)| sign).collect();
    facts.set("kind_signs", signs, evidence);
}

/// The kind that the repository's own configuration declares.
fn declared(snapshot: &Snapshot) -> Option<(&str, Evidence)> {
    let kind = snapshot.project().kind.as_deref()?;
    let text = snapshot.text(snapshot.entry(PROJECT_FILE)?).ok()?;
    let line = line_of(&text.text, text.text.find("kind").unwrap_or(0));
    Some((kind, Evidence::line(PROJECT_FILE, line).with_field("kind")))
}

#[cfg(test)]
mod tests;
