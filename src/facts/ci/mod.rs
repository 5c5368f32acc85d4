// SPDX-License-Identifier: EUPL-1.2
//! Continuous integration: which systems are configured, what their jobs do, and how safely.
//!
//! Definitions are read as YAML, never searched as text. Their commands are split into words and followed into the
//! tasks of the repository (scripts of package.json, Makefile …). A definition that cannot be read is listed, and what
//! depends on its content is unknown unless another one proves it.

mod action;
mod azure;
mod circleci;
mod classify;
mod definitions;
mod deploy;
mod events;
mod github;
mod gitlab;
mod gitlab_condition;
mod gitlab_when;
mod host;
mod job;
mod makefile;
mod manifest;
#[cfg(test)]
mod occasions;
mod other;
mod purpose;
mod record;
mod risks;
mod runner;
#[cfg(test)]
mod shapes;
mod shell;
mod style;
mod tasks;
#[cfg(test)]
mod tests;
mod tools;
mod triggers;
mod variables;
mod work;
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
    record::forge(facts);
    let owner = inputs.record.owner.as_deref();
    let definitions = definitions::read(inputs.snapshot, owner);
    let cut = inputs.snapshot.cut();
    if definitions.is_empty()
        && let Some(cut) = cut
    {
        facts.set_all_unknown("ci.", &cut);
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
        .find_map(|definition| definition.problem.clone())
        .or(cut);
    let checks = set_purposes(inputs, facts, &definitions, problem.as_ref());
    let seen = record::Seen {
        inputs,
        definitions: &definitions,
        problem: problem.as_ref(),
    };
    seen.status(facts);
    seen.host(facts);
    seen.triggers(facts, &checks);
    seen.pins(facts);
    seen.permissions(facts);
    seen.risks(facts);
    record::style(facts, &style::read(inputs.snapshot), inputs.snapshot);
}

/// Records what jobs are for; answers the definitions whose jobs test or check style.
fn set_purposes(
    inputs: &Inputs<'_>,
    facts: &mut FactSet,
    definitions: &[Definition],
    problem: Option<&Reason>,
) -> BTreeSet<String> {
    let jobs: Vec<&Job> = definitions
        .iter()
        .flat_map(|definition| &definition.jobs)
        .collect();
    let classifier = (!jobs.is_empty()).then(|| Classifier::new(Tasks::read(inputs.snapshot)));
    let mut proofs = Proofs::default();
    let mut checks = BTreeSet::new();
    let mut items = Vec::new();
    for job in jobs.into_iter().take(MOST_JOBS) {
        let found = classifier
            .as_ref()
            .map(|classifier| classifier.job(job))
            .unwrap_or_default();
        for found in &found {
            if matches!(found.meaning.purpose, Purpose::Test | Purpose::Lint) {
                checks.insert(job.path.clone());
            }
            proofs.add(job, found);
        }
        items.push(job_item(job, &found));
    }
    match problem {
        Some(problem) if items.is_empty() => facts.set_unknown("ci.jobs", problem.clone()),
        _ => facts.set("ci.jobs", items, Vec::new()),
    }
    proofs.record(facts, definitions, problem);
    checks
}

/// Evidence of each purpose: what stops a change that fails, and what lets it through.
#[derive(Default)]
struct Proofs {
    blocking: BTreeMap<Purpose, Vec<Evidence>>,
    tolerated: BTreeMap<Purpose, Vec<Evidence>>,
}

impl Proofs {
    fn add(&mut self, job: &Job, found: &Found) {
        let side = if found.is_blocking {
            &mut self.blocking
        } else {
            &mut self.tolerated
        };
        let kept = side.entry(found.meaning.purpose).or_default();
        let evidence = Evidence::line(&job.path, found.line).with_excerpt(&found.shown);
        if kept.len() < MOST_EVIDENCES && !kept.contains(&evidence) {
            kept.push(evidence);
        }
    }

    fn record(mut self, facts: &mut FactSet, definitions: &[Definition], problem: Option<&Reason>) {
        let opaque = definitions.iter().find_map(|definition| {
            let (line, _) = definition.opaque.as_ref()?;
            let reason = Reason::new(ReasonCode::NotInterpreted).with("path", &definition.path);
            Some(reason.with("line", line))
        });
        let problem = problem.or(opaque.as_ref());
        for (key, allowed, purpose) in [
            (
                "ci.runs_tests",
                Some("ci.tests_allowed_to_fail"),
                Purpose::Test,
            ),
            (
                "ci.runs_lint",
                Some("ci.lint_allowed_to_fail"),
                Purpose::Lint,
            ),
            ("ci.deploys", None, Purpose::Deploy),
        ] {
            let mut blocking = self.blocking.remove(&purpose).unwrap_or_default();
            let tolerated = self.tolerated.remove(&purpose).unwrap_or_default();
            let is_tolerated = blocking.is_empty() && !tolerated.is_empty();
            // a test whose failure is swallowed proves nothing
            if purpose != Purpose::Test {
                blocking.extend(tolerated.iter().cloned());
            }
            if let Some(allowed) = allowed {
                let shown = if is_tolerated {
                    noted(tolerated)
                } else {
                    Vec::new()
                };
                facts.set(allowed, is_tolerated, shown);
            }
            match problem {
                _ if !blocking.is_empty() => {
                    blocking.truncate(MOST_EVIDENCES);
                    facts.set(key, true, blocking);
                }
                Some(problem) => facts.set_unknown(key, problem.clone()),
                None => {
                    let searched =
                        Message::new("ci-jobs-searched").with("count", definitions.len());
                    facts.set(key, false, vec![Evidence::note(searched)]);
                }
            }
        }
    }
}

/// Places where a failure is swallowed.
fn noted(evidence: Vec<Evidence>) -> Vec<Evidence> {
    evidence
        .into_iter()
        .map(|one| one.with_note(Message::new("ci-failure-ignored")))
        .collect()
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
