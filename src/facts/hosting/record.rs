// SPDX-License-Identifier: EUPL-1.2
//! What was found of targets, sites, runtimes, variables and data, as facts with their evidence.

use std::sync::LazyLock;

use regex::Regex;

use super::backup::Backup;
use super::containers::Containers;
use super::data::Kept;
use super::notes::{Note, Statement};
use super::runtimes::{self, Runtime};
use super::variables::{self, Variables};
use super::{set_or_unknown, sites};
use crate::facts::pattern::folded;
use crate::facts::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::snapshot::Snapshot;

/// Evidences kept of one fact.
const SHOWN: usize = 12;

/// Sentences that name a server of one's own.
static DEDICATED: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:serveurs? (?:dedies?|physiques?)|machines? physiques?|dedicated servers?|bare.?metal|on.?premises?)\b",
    )
});

/// What every fact of this file needs to be recorded.
pub(super) struct Recorder<'r> {
    pub(super) snapshot: &'r Snapshot,
    /// The listing was cut.
    pub(super) truncated: Option<&'r Reason>,
    /// Some text file was not looked at.
    pub(super) unread: Option<&'r Reason>,
}

impl Recorder<'_> {
    /// Why something that was not found may be there all the same.
    fn missed(&self) -> Option<&Reason> {
        self.truncated.or(self.unread)
    }

    pub(super) fn targets(&self, facts: &mut FactSet, found: (Vec<Item>, Vec<Evidence>)) {
        let (items, mut evidence) = found;
        if evidence.is_empty() {
            evidence.push(Evidence::note(Message::new("hosting-targets-searched")));
        }
        set_or_unknown(facts, "hosting.targets", items, evidence, self.missed());
    }

    pub(super) fn dedicated_servers(&self, facts: &mut FactSet, statements: &[Statement]) {
        let said: Vec<&Statement> = statements
            .iter()
            .filter(|statement| DEDICATED.is_match(&statement.folded))
            .take(SHOWN)
            .collect();
        let items: Vec<Item> = said
            .iter()
            .map(|one| Item::new("path", &one.path).with("line", one.line))
            .collect();
        let evidence = said
            .iter()
            .map(|one| Evidence::line(&one.path, one.line).with_excerpt(&one.text));
        let evidence = evidence.collect();
        set_or_unknown(
            facts,
            "hosting.dedicated_server",
            items,
            evidence,
            self.missed(),
        );
    }

    pub(super) fn sites(&self, facts: &mut FactSet) {
        match sites::find(self.snapshot, facts) {
            Ok((items, evidence)) => {
                set_or_unknown(facts, "hosting.sites", items, evidence, self.truncated);
            }
            Err(reason) => facts.set_unknown("hosting.sites", reason),
        }
    }

    pub(super) fn runtimes(&self, facts: &mut FactSet, containers: &Containers<'_>) {
        let mut declared = runtimes::find(self.snapshot);
        let (images, stores) = containers.declared(false);
        declared.extend(images);
        if declared.is_empty() {
            // better than nothing: what its developers start
            declared = containers.declared(true).0;
        }
        for (key, list) in [
            ("hosting.runtimes", &declared),
            ("hosting.service_images", &stores),
        ] {
            let items: Vec<Item> = list.iter().map(Runtime::item).collect();
            let places = list.iter().take(SHOWN).map(|one| {
                Evidence::line(&one.path, one.line)
                    .with_excerpt(&format!("{} {}", one.product, one.version))
            });
            let evidence = places.collect();
            let cause = self.truncated.or(containers.problem.as_ref());
            set_or_unknown(facts, key, items, evidence, cause);
        }
    }

    pub(super) fn variables(&self, facts: &mut FactSet, notes: &[Note<'_>], variables: &Variables) {
        let (key, share) = ("hosting.variables", "hosting.variables_documented_percent");
        if let Some(reason) = self.missed() {
            facts.set_unknown(key, reason.clone());
            facts.set_unknown(share, reason.clone());
            return;
        }
        let documented = variables::documented(self.snapshot, notes, variables);
        let items: Vec<Item> = variables
            .iter()
            .map(|(name, (path, line))| {
                let item = Item::new("name", name)
                    .with("path", path)
                    .with("line", line);
                match documented.get(name.as_str()) {
                    Some(place) => item.with("documented", place),
                    None => item,
                }
            })
            .collect();
        let summary = Evidence::note(
            Message::new("hosting-variables-counted")
                .with("count", variables.len())
                .with("documented", documented.len()),
        );
        let missing = variables
            .iter()
            .filter(|(name, _)| !documented.contains_key(name.as_str()))
            .take(SHOWN)
            .map(|(name, (path, line))| {
                Evidence::line(path, *line)
                    .with_excerpt(name)
                    .with_note(Message::new("hosting-variable-undocumented"))
            });
        let evidence: Vec<Evidence> = std::iter::once(summary).chain(missing).collect();
        let percent = (documented.len() * 100)
            .checked_div(variables.len())
            .unwrap_or(100);
        facts.set(key, items, evidence);
        facts.set(share, percent, Vec::new());
    }

    pub(super) fn persistent_data(
        &self,
        facts: &mut FactSet,
        kept: &[Kept],
        problem: Option<&Reason>,
    ) {
        let items: Vec<Item> = kept
            .iter()
            .map(|one| {
                let item = Item::new("kind", one.kind).with("name", &one.name);
                match &one.place.path {
                    Some(path) => item.with("path", path),
                    None => item,
                }
            })
            .collect();
        let evidence = kept
            .iter()
            .take(SHOWN)
            .map(|one| one.place.clone())
            .collect();
        let cause = self.truncated.or(problem);
        set_or_unknown(facts, "hosting.persistent_data", items, evidence, cause);
    }

    pub(super) fn backups(&self, facts: &mut FactSet, found: &[Backup]) {
        let items: Vec<Item> = found
            .iter()
            .map(|one| {
                Item::new("does", one.does)
                    .with("form", one.form)
                    .with("path", &one.path)
                    .with("line", one.line)
            })
            .collect();
        let mut evidence: Vec<Evidence> = found
            .iter()
            .take(SHOWN)
            .map(|one| Evidence::line(&one.path, one.line).with_excerpt(&one.excerpt))
            .collect();
        if evidence.is_empty() {
            evidence.push(Evidence::note(Message::new("hosting-backup-searched")));
        }
        set_or_unknown(facts, "hosting.backups", items, evidence, self.missed());
    }
}
