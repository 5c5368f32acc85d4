// SPDX-License-Identifier: EUPL-1.2
//! Records what definitions tell beside the purpose of their jobs: whether they are active, where they can run, when
//! they run, what they pin, what is unsafe.

use std::collections::BTreeSet;

use super::job::Definition;
use super::style::Style;
use super::triggers::Told;
use super::{MOST_EVIDENCES, github, host, work};
use crate::facts::extract::Inputs;
use crate::facts::set::{FactSet, Item, needs_forge};
use crate::facts::unread;
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::Snapshot;

/// Risks that are listed at most.
const MOST_RISKS: usize = 200;

/// Callers of callers are followed this far.
const DEPTH: usize = 4;

/// What the forge alone tells.
pub(super) fn forge(facts: &mut FactSet) {
    facts.set_unknown("ci.last_run", needs_forge());
    facts.set_unknown("ci.last_run_at", needs_forge());
}

/// What was read of the definitions.
pub(super) struct Seen<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) definitions: &'a [Definition],
    /// Why something that was not found may exist all the same.
    pub(super) problem: Option<&'a Reason>,
}

impl Seen<'_> {
    fn active(&self) -> Vec<&Definition> {
        self.definitions
            .iter()
            .filter(|definition| work::is_active(definition))
            .collect()
    }

    /// Active definitions, and what they amount to.
    pub(super) fn status(&self, facts: &mut FactSet) {
        let active = self.active();
        let (doubtful, current): (Vec<&Definition>, Vec<&Definition>) = active
            .iter()
            .copied()
            .partition(|definition| host::is_doubtful(definition));
        let paths: Vec<String> = active.iter().map(|one| one.path.clone()).collect();
        let shown = |definitions: &[&Definition]| -> Vec<Evidence> {
            let shown = definitions.iter().take(MOST_EVIDENCES);
            shown.map(|one| Evidence::path(&one.path)).collect()
        };
        match (current.is_empty(), self.problem) {
            (false, _) => facts.set("ci.status", "current", shown(&current)),
            (true, Some(problem)) => {
                facts.set_unknown("ci.status", problem.clone());
                if paths.is_empty() {
                    facts.set_unknown("ci.active_files", problem.clone());
                    return;
                }
            }
            (true, None) if doubtful.is_empty() => {
                let message = if self.definitions.is_empty() {
                    Message::new("ci-none-found")
                } else {
                    let count = self.definitions.len();
                    Message::new("ci-none-active").with("count", count)
                };
                let seen = self.definitions.iter().take(MOST_EVIDENCES);
                let mut evidence = vec![Evidence::note(message)];
                evidence.extend(seen.map(|one| Evidence::path(&one.path)));
                facts.set("ci.status", "none", evidence);
            }
            (true, None) => {
                let note = Message::new("ci-service-closed");
                let evidence = shown(&doubtful).into_iter();
                let evidence = evidence.map(|one| one.with_note(note.clone())).collect();
                facts.set("ci.status", "doubtful", evidence);
            }
        }
        facts.set("ci.active_files", paths, Vec::new());
    }

    /// Whether something runs on the forge of the repository.
    pub(super) fn host(&self, facts: &mut FactSet) {
        let active = self.active();
        let there = |definition: &Definition| host::runs_there(definition.system, self.inputs);
        let foreign: Vec<&&Definition> = active
            .iter()
            .filter(|definition| there(definition) == Some(false))
            .collect();
        let paths: Vec<String> = foreign.iter().map(|one| one.path.clone()).collect();
        let is_there = active
            .iter()
            .find(|definition| there(definition) == Some(true));
        let is_open = active.iter().any(|definition| there(definition).is_none());
        let name = self.inputs.record.host.clone().unwrap_or_default();
        if let Some(one) = is_there {
            let evidence = vec![Evidence::path(&one.path)];
            facts.set("ci.matches_host", true, evidence);
        } else if is_open {
            let reason = Reason::new(ReasonCode::NotDeclared).with("field", "repository.host");
            facts.set_unknown("ci.matches_host", reason);
        } else if let Some(problem) = self.problem.filter(|_| active.is_empty()) {
            facts.set_unknown("ci.matches_host", problem.clone());
        } else {
            let note = Message::new("ci-other-forge").with("host", name);
            let evidence = foreign.iter().take(MOST_EVIDENCES);
            let evidence = evidence
                .map(|one| Evidence::path(&one.path).with_note(note.clone()))
                .collect();
            facts.set("ci.matches_host", false, evidence);
        }
        facts.set("ci.foreign_files", paths, Vec::new());
        let statement = (is_there.is_none() && !active.is_empty())
            .then(|| host::mirror_statement(self.inputs))
            .flatten();
        let is_mirror = statement.is_some();
        facts.set("ci.is_mirror", is_mirror, statement.into_iter().collect());
    }

    /// Whether changes start the definitions that test or check, or where none does, those that are active.
    pub(super) fn triggers(&self, facts: &mut FactSet, checks: &BTreeSet<String>) {
        let checking: Vec<&Definition> = self
            .definitions
            .iter()
            .filter(|one| !one.is_part && checks.contains(&one.path))
            .collect();
        let looked_at = if checking.is_empty() {
            self.active()
        } else {
            checking
        };
        self.one_trigger(facts, "ci.on_push", &looked_at, |one| one.triggers.push);
        self.one_trigger(facts, "ci.on_request", &looked_at, |one| {
            one.triggers.requests()
        });
        match (facts.flag("ci.on_push"), facts.flag("ci.on_request")) {
            (Some(true), Some(true)) => {
                let mut evidence = Vec::new();
                for key in ["ci.on_push", "ci.on_request"] {
                    for one in facts.get(key).map_or(&[][..], |fact| fact.evidence()) {
                        if !evidence.contains(one) {
                            evidence.push(one.clone());
                        }
                    }
                }
                facts.set("ci.on_change", true, evidence);
            }
            (Some(false), _) | (_, Some(false)) => facts.set("ci.on_change", false, Vec::new()),
            _ => {
                let reason = self.open_reason(&looked_at);
                facts.set_unknown("ci.on_change", reason);
            }
        }
    }

    fn one_trigger(
        &self,
        facts: &mut FactSet,
        key: &'static str,
        looked_at: &[&Definition],
        told: fn(&Definition) -> Told,
    ) {
        let best = looked_at.iter().max_by_key(|one| told(one));
        let answer = best.map(|one| told(one)).unwrap_or_default();
        match (answer, self.problem) {
            (Told::Yes, _) => {
                // one that says so itself, before one that another one starts
                let first = looked_at
                    .iter()
                    .filter(|one| told(one) == Told::Yes)
                    .min_by_key(|one| {
                        (
                            !one.triggers.after.is_empty(),
                            one.triggers.is_only_called(),
                        )
                    });
                let evidence =
                    first
                        .map(|one| self.starter(one, told))
                        .map(|one| match one.triggers.line {
                            0 => Evidence::path(&one.path),
                            line => Evidence::line(&one.path, line),
                        });
                facts.set(key, true, evidence.into_iter().collect());
            }
            (Told::Unclear, _) => facts.set_unknown(key, self.open_reason(looked_at)),
            (Told::No, Some(problem)) => facts.set_unknown(key, problem.clone()),
            (Told::No, None) => {
                facts.set(key, false, self.kept_out(looked_at));
            }
        }
    }

    /// The definition whose own events start another one, which is mostly itself.
    fn starter<'d>(
        &'d self,
        mut one: &'d Definition,
        told: fn(&Definition) -> Told,
    ) -> &'d Definition {
        for _ in 0..DEPTH {
            if !one.triggers.is_only_called() {
                break;
            }
            let caller = self
                .definitions
                .iter()
                .find(|other| other.calls.contains(&one.path) && told(other) == Told::Yes);
            match caller {
                Some(caller) => one = caller,
                None => break,
            }
        }
        one
    }

    /// Why it is not known whether changes start something.
    fn open_reason(&self, looked_at: &[&Definition]) -> Reason {
        if let Some(problem) = self.problem {
            return problem.clone();
        }
        if self.inputs.snapshot.default_branch().is_none() {
            return needs_forge();
        }
        let path = looked_at.first().map_or("", |one| one.path.as_str());
        Reason::new(ReasonCode::NotInterpreted).with("path", path)
    }

    /// The filters that name other branches, else the definitions that were looked at.
    fn kept_out(&self, looked_at: &[&Definition]) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        if let Some(branch) = self.inputs.snapshot.default_branch() {
            let note = Message::new("ci-branch-filtered").with("branch", branch);
            for one in looked_at {
                for (line, shown) in &one.triggers.filters {
                    let place = Evidence::line(&one.path, *line).with_excerpt(shown);
                    evidence.push(place.with_note(note.clone()));
                }
            }
        }
        if evidence.is_empty() {
            evidence.extend(looked_at.iter().map(|one| match one.triggers.line {
                0 => Evidence::path(&one.path),
                line => Evidence::line(&one.path, line),
            }));
        }
        evidence.truncate(MOST_EVIDENCES);
        evidence
    }

    /// Whether actions of others are named by a commit.
    pub(super) fn pins(&self, facts: &mut FactSet) {
        let key = "ci.actions_pinned_by_hash";
        let mut loose = Vec::new();
        let mut pinned = 0_usize;
        for definition in self.definitions {
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
        let reads_actions = self
            .definitions
            .iter()
            .any(|definition| definition.system.ends_with("-actions"));
        if let Some(problem) = self.problem.filter(|_| reads_actions && value != "some") {
            facts.set_unknown(key, problem.clone());
        } else {
            loose.truncate(MOST_EVIDENCES);
            facts.set(key, value, loose);
        }
    }

    /// Whether a block at the top of every workflow restricts the token.
    pub(super) fn permissions(&self, facts: &mut FactSet) {
        let key = "ci.default_permissions_restricted";
        let workflows: Vec<&Definition> = self
            .definitions
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

    /// What is unsafe in workflows, the worst first.
    pub(super) fn risks(&self, facts: &mut FactSet) {
        let mut found: Vec<_> = self
            .definitions
            .iter()
            .flat_map(|one| one.risks.iter().map(move |risk| (risk.kind, one, risk)))
            .collect();
        found.sort_by_key(|(kind, ..)| *kind);
        let problem = self
            .definitions
            .iter()
            .filter(|one| one.system.ends_with("-actions"))
            .find_map(|one| one.problem.as_ref());
        let is_bad = found
            .first()
            .is_some_and(|(kind, ..)| *kind <= super::risks::RiskKind::TokenWriteAll);
        if let Some(problem) = problem.filter(|_| !is_bad) {
            facts.set_unknown("ci.risks", problem.clone());
            return;
        }
        found.truncate(MOST_RISKS);
        let evidence = found.iter().map(|(kind, one, risk)| {
            Evidence::line(&one.path, risk.line)
                .with_excerpt(&risk.shown)
                .with_note(Message::new(kind.note()))
        });
        let mut evidence: Vec<_> = evidence.collect();
        if evidence.is_empty() {
            let read = self.definitions.iter();
            evidence.extend(read.map(|one| Evidence::path(&one.path)));
        }
        let items: Vec<Item> = found
            .iter()
            .map(|(kind, one, risk)| {
                Item::new("path", &one.path)
                    .with("line", risk.line)
                    .with("kind", kind.as_str())
                    .with("shown", &risk.shown)
            })
            .collect();
        facts.set("ci.risks", items, evidence);
    }
}

/// Linters and formatters that are configured.
pub(super) fn style(facts: &mut FactSet, style: &Style, snapshot: &Snapshot) {
    let names: Vec<String> = style
        .services
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let places = style.services.iter().map(|(_, place)| place.clone());
    let missed = unread::among(snapshot, super::style::may_tell).or_else(|| snapshot.cut());
    match missed.as_ref().filter(|_| names.is_empty()) {
        Some(reason) => facts.set_unknown("ci.lint_services", reason.clone()),
        None => facts.set("ci.lint_services", names, places.collect()),
    }
    if let Some(reason) = missed.filter(|_| style.configured.is_empty()) {
        facts.set_unknown("ci.lint_configured", reason);
        return;
    }
    let is_configured = !style.configured.is_empty();
    let evidence = if is_configured {
        style.configured.clone()
    } else {
        vec![Evidence::note(Message::new("ci-no-linter-configured"))]
    };
    facts.set("ci.lint_configured", is_configured, evidence);
}
