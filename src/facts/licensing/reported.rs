// SPDX-License-Identifier: EUPL-1.2
//! What disagrees, is left as a form, lacks a header or is explained, recorded as facts with its places.

use std::collections::BTreeSet;

use super::contradictions::{Contradiction, Weight};
use super::declaration::{Declaration, Worth};
use super::manifests::is_misspelt;
use super::people::empty_notice;
use super::publish::{Publication, at, placed};
use super::reasons::reciprocal;
use crate::facts::extract::Inputs;
use crate::facts::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};

impl Publication {
    /// Why nothing can be said to agree: texts, README, manifests or annotations that could not be read.
    pub(super) fn gap_of_agreement(&self) -> Option<&Reason> {
        self.gap()
            .or(self.manifests.gap.as_ref())
            .or(self.publiccode_gap.as_ref())
            .or(self.gathered.sources.gap.as_ref())
    }

    /// Where a licence is stated, what disagrees, and values that are no SPDX expression.
    pub(super) fn disagreements(&self, facts: &mut FactSet) {
        let gap = self.gap_of_agreement();
        let files = self.gathered.files.iter().map(|file| &file.path);
        let declared = self.gathered.declarations.iter().map(|said| &said.path);
        let places: BTreeSet<&String> = files.chain(declared).collect();
        let places: Vec<String> = places.into_iter().cloned().collect();
        Self::set(facts, "licence.places", places, Vec::new(), gap);
        let items: Vec<Item> = self
            .contradictions
            .iter()
            .map(|found| {
                placed(&found.path, found.line)
                    .with("value", &found.value)
                    .with("against", &found.against)
                    .with("source", found.source)
                    .with("weight", found.weight.as_str())
            })
            .collect();
        let evidence = self.contradictions.iter().map(shown).collect();
        Self::set(facts, "licence.contradictions", items, evidence, gap);
        let manifests = self.gathered.declarations.iter();
        let manifests = manifests.filter(|said| is_misspelt(said)).map(|said| {
            let meant = said.expression.as_deref().unwrap_or_default();
            (said.path.as_str(), said.line, said.value.as_str(), meant)
        });
        let annotated = self.gathered.sources.misspelt.iter();
        let annotated =
            annotated.map(|one| (one.path.as_str(), Some(one.line), one.value.as_str(), ""));
        let found: Vec<_> = manifests.chain(annotated).collect();
        let items: Vec<Item> = found
            .iter()
            .map(|(path, line, value, meant)| {
                placed(path, *line)
                    .with("value", value)
                    .with("meant", meant)
            })
            .collect();
        let evidence = found
            .iter()
            .map(|(path, line, value, meant)| {
                let note = Message::new("licence-not-spdx");
                let note = if meant.is_empty() {
                    note
                } else {
                    note.with("meant", meant)
                };
                at(path, *line).with_excerpt(value).with_note(note)
            })
            .collect();
        Self::set(facts, "licence.invalid_values", items, evidence, gap);
    }

    /// Notices left as forms, and whether anything is. A text below `LICENSES/` is a form by design: the holders stand in headers.
    pub(super) fn unfilled(&self, facts: &mut FactSet, gap: Option<&Reason>) {
        let mut found: Vec<(String, Option<u32>, &str)> = Vec::new();
        for file in &self.gathered.files {
            let is_reference = file.path.rsplit('/').nth(1) == Some("LICENSES");
            let kind = if is_reference { "reference" } else { "notice" };
            if let Some(line) = empty_notice(&file.text) {
                found.push((file.path.clone(), Some(line), kind));
            } else if file.found.is_placeholder_unfilled {
                found.push((file.path.clone(), form_line(&file.text), kind));
            }
        }
        let items: Vec<Item> = found
            .iter()
            .map(|(path, line, kind)| placed(path, *line).with("kind", kind))
            .collect();
        let mut evidence: Vec<Evidence> = found
            .iter()
            .map(|(path, line, kind)| {
                let is_reference = *kind == "reference";
                let code = if is_reference {
                    "licence-notice-form"
                } else {
                    "licence-notice-unfilled"
                };
                at(path, *line).with_note(Message::new(code))
            })
            .collect();
        Self::set(
            facts,
            "licence.unfilled_notices",
            items,
            evidence.clone(),
            gap,
        );
        let declared = self.gathered.declarations.iter();
        let declared = declared.filter(|said| said.worth == Worth::Unfilled);
        evidence.extend(declared.map(Declaration::evidence));
        let is_unfilled = !evidence.is_empty();
        Self::set(
            facts,
            "licence.placeholder_unfilled",
            is_unfilled,
            evidence,
            gap,
        );
    }

    /// How much of the code names its licence file by file.
    pub(super) fn headers(&self, inputs: &Inputs<'_>, facts: &mut FactSet) {
        const KEYS: [&str; 5] = [
            "licence.source_files",
            "licence.header_permille",
            "licence.header_permille_least",
            "licence.header_permille_most",
            "licence.files_without_header",
        ];
        let coverage = &self.gathered.sources.coverage;
        if let Some(reason) = inputs.snapshot.cut() {
            for key in KEYS {
                facts.set_unknown(key, reason.clone());
            }
            return;
        }
        let (least, most) = coverage.bounds();
        let note = Message::new("licence-headers-counted")
            .with("covered", coverage.covered)
            .with("seen", coverage.seen)
            .with("files", coverage.total);
        let without = || {
            coverage
                .without
                .iter()
                .map(|path| Evidence::path(path).with_note(Message::new("licence-header-missing")))
        };
        let counted = vec![Evidence::note(note)];
        facts.set("licence.source_files", coverage.total, Vec::new());
        facts.set("licence.header_permille", coverage.permille(), counted);
        facts.set("licence.header_permille_least", least, Vec::new());
        // broken annotations and files that were not read may cover more
        let unread = coverage.unread.as_ref();
        let unread = unread.map(|path| Reason::new(ReasonCode::NotFetched).with("path", path));
        match self.gathered.sources.gap.clone().or(unread) {
            Some(reason) => facts.set_unknown("licence.header_permille_most", reason),
            None => facts.set("licence.header_permille_most", most, Vec::new()),
        }
        facts.set(
            "licence.files_without_header",
            coverage.without.clone(),
            without().collect(),
        );
    }

    /// Reciprocal licences of the code, and the reasons given for them.
    pub(super) fn reciprocity(&self, facts: &mut FactSet) {
        let code = self.settled.code.as_ref();
        let bound = code
            .map(|code| reciprocal(&code.expression))
            .unwrap_or_default();
        let evidence = code.map(|code| code.evidence.clone()).unwrap_or_default();
        let evidence = if bound.is_empty() {
            Vec::new()
        } else {
            evidence
        };
        match facts.get("licence.code") {
            Some(crate::model::evidence::Observed::Unknown(reason)) => {
                let reason = reason.clone();
                facts.set_unknown("licence.reciprocal", reason);
            }
            _ => Self::set(facts, "licence.reciprocal", bound, evidence, None),
        }
        let (given, gap) = match &self.reasons {
            Some(reasons) => (reasons.given.as_slice(), reasons.gap.as_ref()),
            None => (&[][..], None),
        };
        let items: Vec<Item> = given
            .iter()
            .map(|(path, line, value)| placed(path, Some(*line)).with("value", value))
            .collect();
        let mut evidence: Vec<Evidence> = given
            .iter()
            .map(|(path, line, value)| Evidence::line(path, *line).with_excerpt(value))
            .collect();
        if evidence.is_empty() && self.reasons.is_some() {
            evidence.push(Evidence::note(Message::new("licence-reasons-searched")));
        }
        let gap = gap.or(self.gap.as_ref());
        Self::set(facts, "licence.reciprocity_reasons", items, evidence, gap);
    }
}

/// A contradiction with what it contradicts, and why it may be harmless.
fn shown(found: &Contradiction) -> Evidence {
    let code = match (found.weight, found.source) {
        (Weight::Default, _) => "licence-contradicts-default",
        (Weight::Package, _) => "licence-contradicts-package",
        (Weight::Nature, _) => "licence-contradicts-nature",
        (Weight::Whole, "file-name") => "licence-contradicts-name",
        (Weight::Whole, _) => "licence-contradicts",
    };
    at(&found.path, found.line)
        .with_excerpt(&found.value)
        .with_note(Message::new(code).with("against", &found.against))
}

/// The line of the first field of a form.
fn form_line(text: &str) -> Option<u32> {
    let lines = text.lines().zip(1_u32..);
    let mut found = lines.filter(|(line, _)| {
        let line = line.to_ascii_lowercase();
        [
            "[year]",
            "<year>",
            "[yyyy]",
            "{year}",
            "[fullname]",
            "<copyright holder",
            "<owner",
            "[name of",
        ]
        .iter()
        .any(|form| line.contains(form))
    });
    found.next().map(|(_, number)| number)
}
