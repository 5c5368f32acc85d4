// SPDX-License-Identifier: EUPL-1.2
//! Continuous integration: which systems are configured, what their jobs do, and how safely.
//!
//! Definitions are read as YAML, never searched as text. Their commands are split into words and followed into the
//! tasks of the repository (scripts of package.json, Makefile …). A definition that cannot be read is listed, and what
//! depends on its content is unknown unless another one proves it.

mod action;
mod circleci;
mod classify;
mod definitions;
mod deploy;
mod github;
mod gitlab;
mod job;
mod makefile;
mod manifest;
mod other;
mod purpose;
mod runner;
mod shell;
mod tasks;
#[cfg(test)]
mod tests;
mod tools;
mod wrapper;

use std::collections::{BTreeMap, BTreeSet};

use super::extract::Inputs;
use super::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use classify::{Classifier, Found};
use job::{Definition, Job};
use purpose::Purpose;
use tasks::Tasks;

/// Jobs that are listed at most.
const MOST_JOBS: usize = 500;

/// Evidences that are kept for one fact.
const MOST_EVIDENCES: usize = 5;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let definitions = definitions::read(inputs.snapshot);
    if definitions.is_empty() && inputs.snapshot.is_truncated() {
        facts.set_all_unknown(
            "ci.",
            &Reason::new(ReasonCode::Truncated).with("limit", "tree_entries"),
        );
        return;
    }
    let mut systems: Vec<String> = Vec::new();
    for definition in &definitions {
        if !systems.iter().any(|system| system == definition.system) {
            systems.push(definition.system.to_owned());
        }
    }
    let files: Vec<String> = definitions
        .iter()
        .map(|definition| definition.path.clone())
        .collect();
    let evidence: Vec<Evidence> = files
        .iter()
        .take(MOST_EVIDENCES)
        .map(Evidence::path)
        .collect();
    let evidence = if files.is_empty() {
        vec![Evidence::note(Message::new("ci-none-found"))]
    } else {
        evidence
    };
    facts.set("ci.systems", systems, evidence);
    facts.set("ci.files", files, Vec::new());
    let problem = definitions
        .iter()
        .find_map(|definition| definition.problem.as_ref());
    set_purposes(inputs, facts, &definitions, problem);
    set_triggers(facts, &definitions, problem);
    set_pins(facts, &definitions, problem);
    set_permissions(facts, &definitions);
}

fn set_purposes(
    inputs: &Inputs<'_>,
    facts: &mut FactSet,
    definitions: &[Definition],
    problem: Option<&Reason>,
) {
    let jobs: Vec<&Job> = definitions
        .iter()
        .flat_map(|definition| &definition.jobs)
        .collect();
    let classifier = (!jobs.is_empty()).then(|| Classifier::new(Tasks::read(inputs.snapshot)));
    let mut proofs: BTreeMap<Purpose, Vec<Evidence>> = BTreeMap::new();
    let mut items = Vec::new();
    for job in jobs.into_iter().take(MOST_JOBS) {
        let found = classifier
            .as_ref()
            .map(|classifier| classifier.job(job))
            .unwrap_or_default();
        for found in &found {
            // tests whose failure is swallowed prove nothing
            if found.meaning.purpose != Purpose::Test || found.is_blocking {
                let evidence = Evidence::line(&job.path, found.line).with_excerpt(&found.shown);
                proofs
                    .entry(found.meaning.purpose)
                    .or_default()
                    .push(evidence);
            }
        }
        items.push(job_item(job, &found));
    }
    facts.set("ci.jobs", items, Vec::new());
    for (key, purpose) in [
        ("ci.runs_tests", Purpose::Test),
        ("ci.runs_lint", Purpose::Lint),
        ("ci.deploys", Purpose::Deploy),
    ] {
        match (proofs.remove(&purpose), problem) {
            (Some(mut evidence), _) => {
                evidence.truncate(MOST_EVIDENCES);
                facts.set(key, true, evidence);
            }
            (None, Some(problem)) => facts.set_unknown(key, problem.clone()),
            (None, None) => {
                let searched = Message::new("ci-jobs-searched").with("count", definitions.len());
                facts.set(key, false, vec![Evidence::note(searched)]);
            }
        }
    }
}

fn job_item(job: &Job, found: &[Found]) -> Item {
    let does: BTreeSet<&str> = found
        .iter()
        .map(|found| match (found.meaning.purpose, found.is_blocking) {
            (Purpose::Test, false) => "test-tolerated",
            (purpose, _) => purpose.as_str(),
        })
        .collect();
    let does: Vec<&str> = does.into_iter().collect();
    let platforms: BTreeSet<&str> = found
        .iter()
        .filter_map(|found| found.meaning.platform)
        .collect();
    let item = Item::new("path", &job.path)
        .with("line", job.line)
        .with("name", &job.name)
        .with("does", does.join(" "));
    if platforms.is_empty() {
        return item;
    }
    let platforms: Vec<&str> = platforms.into_iter().collect();
    item.with("platform", platforms.join(" "))
}

fn set_triggers(facts: &mut FactSet, definitions: &[Definition], problem: Option<&Reason>) {
    let proof =
        |holds: fn(&Definition) -> bool| definitions.iter().find(|definition| holds(definition));
    let every = proof(|definition| definition.triggers.any_push);
    let push = proof(|definition| definition.triggers.push);
    let request = proof(|definition| definition.triggers.request);
    let proofs = match (every, push, request) {
        (Some(every), ..) => vec![every],
        (None, Some(push), Some(request)) => vec![push, request],
        _ => Vec::new(),
    };
    let evidence = |definition: &&Definition| match definition.triggers.line {
        0 => Evidence::path(&definition.path),
        line => Evidence::line(&definition.path, line),
    };
    match (proofs.is_empty(), problem) {
        (false, _) => {
            let mut evidence: Vec<Evidence> = proofs.iter().map(evidence).collect();
            evidence.dedup();
            facts.set("ci.on_change", true, evidence);
        }
        (true, Some(problem)) => facts.set_unknown("ci.on_change", problem.clone()),
        (true, None) => {
            let evidence = definitions.iter().take(MOST_EVIDENCES);
            let evidence = evidence
                .map(|definition| Evidence::path(&definition.path))
                .collect();
            facts.set("ci.on_change", false, evidence);
        }
    }
}

fn set_pins(facts: &mut FactSet, definitions: &[Definition], problem: Option<&Reason>) {
    let key = "ci.actions_pinned_by_hash";
    let mut loose = Vec::new();
    let mut pinned = 0_usize;
    for definition in definitions {
        for (line, reference) in &definition.actions {
            if github::is_pinned(reference) {
                pinned += 1;
            } else {
                loose.push(Evidence::line(&definition.path, *line).with_excerpt(reference));
            }
        }
    }
    let value = match (loose.is_empty(), pinned) {
        (true, 0) => "na",
        (true, _) => "all",
        (false, 0) => "none",
        (false, _) => "some",
    };
    let reads_actions = definitions
        .iter()
        .any(|definition| definition.system.ends_with("-actions"));
    if let Some(problem) = problem.filter(|_| reads_actions && value != "some") {
        facts.set_unknown(key, problem.clone());
    } else {
        loose.truncate(MOST_EVIDENCES);
        facts.set(key, value, loose);
    }
}

fn set_permissions(facts: &mut FactSet, definitions: &[Definition]) {
    let key = "ci.default_permissions_restricted";
    let workflows: Vec<&Definition> = definitions
        .iter()
        .filter(|definition| definition.system == "github-actions")
        .collect();
    let open: Vec<Evidence> = workflows
        .iter()
        .filter(|definition| definition.restricts_token == Some(false))
        .map(|definition| Evidence::path(&definition.path))
        .take(MOST_EVIDENCES)
        .collect();
    let problem = workflows
        .iter()
        .find_map(|definition| definition.problem.as_ref());
    if !open.is_empty() {
        facts.set(key, "false", open);
    } else if let Some(problem) = problem {
        facts.set_unknown(key, problem.clone());
    } else if workflows
        .iter()
        .any(|definition| definition.restricts_token.is_some())
    {
        facts.set(key, "true", Vec::new());
    } else {
        facts.set(key, "na", Vec::new());
    }
}
