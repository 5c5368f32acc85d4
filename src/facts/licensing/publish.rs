// SPDX-License-Identifier: EUPL-1.2
//! What was settled, recorded as facts with their evidence, or as unknown where something was hidden.

use super::contradictions::Contradiction;
use super::declaration::{Declaration, Origin, Worth};
use super::expression::{ids, versions};
use super::people::{Named, empty_notice};
use super::readmes::Readmes;
use super::settle::{Answer, Gathered, Settled};
use crate::facts::extract::Inputs;
use crate::facts::set::{FactSet, FactValue, Item};
use crate::model::evidence::{Evidence, Observed};
use crate::model::message::Message;
use crate::model::outcome::Reason;

/// Evidences kept with one fact.
const MAX_EVIDENCE: usize = 20;

/// Everything that is recorded.
pub(super) struct Publication {
    pub(super) gathered: Gathered,
    pub(super) settled: Settled,
    pub(super) contradictions: Vec<Contradiction>,
    pub(super) holders: Vec<Named>,
    pub(super) restrictions: Vec<(String, u32, String)>,
    pub(super) readmes: Readmes,
    /// Licence files that could not be read.
    pub(super) unread: Vec<String>,
    /// Why a licence text may be missing.
    pub(super) gap: Option<Reason>,
}

impl Publication {
    /// Records every fact of the theme.
    pub(super) fn publish(&self, inputs: &Inputs<'_>, facts: &mut FactSet) {
        self.expressions(facts);
        self.files(inputs, facts);
        self.declarations(facts);
        self.restrictions(facts);
        self.holders(facts);
        self.readme(facts);
    }

    /// A value, or unknown when it says *nothing there* while something is hidden.
    fn set(
        facts: &mut FactSet,
        key: &'static str,
        value: impl Into<FactValue>,
        evidence: Vec<Evidence>,
        gap: Option<&Reason>,
    ) {
        let value = value.into();
        let is_nothing = value.is_empty() || value == FactValue::Flag(false);
        match gap {
            Some(reason) if is_nothing => facts.set_unknown(key, reason.clone()),
            _ if is_nothing && evidence.is_empty() => facts.set(key, value, searched()),
            _ => {
                let kept = evidence.into_iter().take(MAX_EVIDENCE).collect();
                facts.set(key, value, kept);
            }
        }
    }

    /// Why nothing can be said to be missing: licence texts first, then the README.
    fn gap(&self) -> Option<&Reason> {
        self.gap.as_ref().or(self.readmes.gap.as_ref())
    }

    fn expressions(&self, facts: &mut FactSet) {
        for (key, answer) in [
            ("licence.code", &self.settled.code),
            ("licence.docs", &self.settled.docs),
            ("licence.data", &self.settled.data),
        ] {
            // an unread text may overrule anything else
            if let Some(reason) = self.gap.as_ref().filter(|_| !self.unread.is_empty()) {
                facts.set_unknown(key, reason.clone());
                continue;
            }
            let (value, evidence) = match answer {
                Some(Answer {
                    expression,
                    evidence,
                }) => (Some(expression.clone()), evidence.clone()),
                None => (None, self.rejected()),
            };
            Self::set(facts, key, value, evidence, self.gap());
        }
        let code = self.settled.code.as_ref();
        let bound = code.and_then(|answer| ids(&answer.expression).into_iter().find_map(versions));
        let evidence = match (bound, code) {
            (Some(_), Some(answer)) => answer.evidence.clone(),
            _ => Vec::new(),
        };
        Self::set(facts, "licence.or_later", bound, evidence, self.gap());
    }

    /// What was seen and is no grant: generators' defaults, forms, texts that nobody recognised.
    fn rejected(&self) -> Vec<Evidence> {
        let mut out = searched();
        let declared = self.gathered.declarations.iter();
        out.extend(
            declared
                .filter(|said| said.worth != Worth::Said)
                .map(|said| {
                    let code = match said.worth {
                        Worth::Default => "licence-default-only",
                        Worth::Unfilled => "licence-form-unfilled",
                        _ => "licence-refused",
                    };
                    said.evidence().with_note(Message::new(code))
                }),
        );
        out
    }

    fn files(&self, inputs: &Inputs<'_>, facts: &mut FactSet) {
        let gap = self.gap.as_ref();
        let files = &self.gathered.files;
        let place = |path: &str, line: u32, is_uncommitted: bool| {
            let mut place = Evidence::line(path, line);
            place.uncommitted = is_uncommitted;
            place
        };
        let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
        let evidence = files
            .iter()
            .map(|file| {
                let first = file.text.lines().find(|line| !line.trim().is_empty());
                place(&file.path, 1, file.is_uncommitted).with_excerpt(first.unwrap_or_default())
            })
            .collect();
        Self::set(facts, "licence.files", paths, evidence, gap);
        let texts: Vec<Item> = files
            .iter()
            .map(|file| {
                Item::new("path", &file.path)
                    .with("expression", file.expression.as_deref().unwrap_or_default())
                    .with("confidence", file.confidence())
                    .with("modified", file.found.is_modified)
            })
            .collect();
        let evidence = files
            .iter()
            .map(|file| place(&file.path, file.line(), file.is_uncommitted))
            .collect();
        Self::set(facts, "licence.texts", texts, evidence, gap);
        for (key, test) in [
            (
                "licence.unidentified_files",
                (|file| file.expression.is_none()) as fn(&super::files::LicenceFile) -> bool,
            ),
            ("licence.modified_files", |file| file.found.is_modified),
        ] {
            let kept = || files.iter().filter(|file| test(file));
            let paths: Vec<String> = kept().map(|file| file.path.clone()).collect();
            let evidence = kept().map(|file| place(&file.path, file.line(), file.is_uncommitted));
            Self::set(facts, key, paths, evidence.collect(), gap);
        }
        let unfilled = self.unfilled();
        let gap = gap.filter(|_| inputs.snapshot.is_truncated() || !self.unread.is_empty());
        Self::set(
            facts,
            "licence.placeholder_unfilled",
            !unfilled.is_empty(),
            unfilled,
            gap,
        );
    }

    /// Notices left as a form, or without a holder.
    fn unfilled(&self) -> Vec<Evidence> {
        let mut out = Vec::new();
        for file in &self.gathered.files {
            if file.found.is_placeholder_unfilled {
                out.push(Evidence::path(&file.path));
            } else if let Some(line) = empty_notice(&file.text) {
                out.push(Evidence::line(&file.path, line));
            }
        }
        let declared = self.gathered.declarations.iter();
        out.extend(
            declared
                .filter(|said| said.worth == Worth::Unfilled)
                .map(Declaration::evidence),
        );
        out
    }

    fn declarations(&self, facts: &mut FactSet) {
        let said = &self.gathered.declarations;
        let items: Vec<Item> = said.iter().map(item_of).collect();
        let evidence = said.iter().map(Declaration::evidence).collect();
        let gap = self.gap();
        Self::set(facts, "licence.declared_in", items, evidence, gap);
        let items: Vec<Item> = self
            .contradictions
            .iter()
            .map(|found| {
                placed(&found.path, found.line)
                    .with("value", &found.value)
                    .with("against", &found.against)
                    .with("source", found.source)
            })
            .collect();
        let evidence = self
            .contradictions
            .iter()
            .map(|found| at(&found.path, found.line).with_excerpt(&found.value))
            .collect();
        Self::set(facts, "licence.contradictions", items, evidence, gap);
    }

    fn restrictions(&self, facts: &mut FactSet) {
        let items: Vec<Item> = self
            .restrictions
            .iter()
            .map(|(path, line, value)| placed(path, Some(*line)).with("value", value))
            .collect();
        let evidence = self
            .restrictions
            .iter()
            .map(|(path, line, value)| Evidence::line(path, *line).with_excerpt(value))
            .collect();
        Self::set(facts, "licence.restrictions", items, evidence, self.gap());
    }

    fn holders(&self, facts: &mut FactSet) {
        let gap = self.gap();
        let first = self.holders.first();
        let evidence = first.map(|holder| at(&holder.path, holder.line));
        Self::set(
            facts,
            "licence.copyright_holder",
            first.map(|holder| holder.value.clone()),
            evidence.into_iter().collect(),
            gap,
        );
        let items: Vec<Item> = self
            .holders
            .iter()
            .map(|holder| placed(&holder.path, holder.line).with("value", &holder.value))
            .collect();
        // excerpts hold no names of persons
        let evidence = self
            .holders
            .iter()
            .map(|holder| at(&holder.path, holder.line))
            .collect();
        Self::set(facts, "licence.holders", items, evidence, gap);
    }

    /// What the main README states; where it could not be read, the reason.
    fn readme(&self, facts: &mut FactSet) {
        let key = "readme.licence";
        if let Some(Observed::Unknown(reason)) = facts.get("readme.path") {
            let reason = reason.clone();
            facts.set_unknown(key, reason);
            return;
        }
        if let Some(reason) = &self.readmes.gap {
            facts.set_unknown(key, reason.clone());
            return;
        }
        let said = self.readmes.main.as_ref().map(|readme| &readme.said);
        let evidence = self
            .readmes
            .declarations
            .iter()
            .filter(|one| {
                let main = self.readmes.main.as_ref();
                main.is_some_and(|main| main.path == one.path)
            })
            .map(Declaration::evidence)
            .collect();
        let expression = said.and_then(|said| said.expression.clone());
        Self::set(facts, key, expression, evidence, None);
    }
}

fn at(path: &str, line: Option<u32>) -> Evidence {
    line.map_or_else(|| Evidence::path(path), |line| Evidence::line(path, line))
}

fn placed(path: &str, line: Option<u32>) -> Item {
    let item = Item::new("path", path);
    match line {
        Some(line) => item.with("line", line),
        None => item,
    }
}

fn item_of(said: &Declaration) -> Item {
    let item = placed(&said.path, said.line)
        .with("value", &said.value)
        .with("expression", said.expression.as_deref().unwrap_or_default())
        .with("source", said.origin.as_str());
    match said.origin {
        Origin::Manifest | Origin::Publiccode => item
            .with("valid", said.is_valid)
            .with("default", said.worth == Worth::Default),
        _ => item,
    }
}

/// What was looked at, for answers of *nothing there*.
fn searched() -> Vec<Evidence> {
    vec![Evidence::note(Message::new("licence-searched"))]
}
