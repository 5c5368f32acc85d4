// SPDX-License-Identifier: EUPL-1.2
//! What was settled, recorded as facts with their evidence, or as unknown where something was hidden.

use super::contradictions::Contradiction;
use super::declaration::{Declaration, Origin, Worth};
use super::expression::{ids, is_gnu, versions};
use super::files::LicenceFile;
use super::manifests::Manifests;
use super::people::Named;
use super::readmes::Readmes;
use super::reasons::Reasons;
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
    /// Reasons for a reciprocal licence; `None` where no such licence binds.
    pub(super) reasons: Option<Reasons>,
    /// Licence files that could not be read.
    pub(super) unread: Vec<String>,
    /// Why a licence text may be missing.
    pub(super) gap: Option<Reason>,
    /// Why `publiccode.yml` says nothing.
    pub(super) publiccode_gap: Option<Reason>,
    /// Manifests that could not be read; their declarations are with the others.
    pub(super) manifests: Manifests,
}

impl Publication {
    /// Records every fact of the theme.
    pub(super) fn publish(&self, inputs: &Inputs<'_>, facts: &mut FactSet) {
        self.expressions(facts);
        self.files(inputs, facts);
        self.declarations(facts);
        self.disagreements(facts);
        self.headers(inputs, facts);
        self.reciprocity(facts);
        self.restrictions(facts);
        self.holders(facts);
        self.readme(facts);
    }

    /// A value, or unknown when it says *nothing there* while something is hidden.
    pub(super) fn set(
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
    pub(super) fn gap(&self) -> Option<&Reason> {
        self.gap.as_ref().or(self.readmes.gap.as_ref())
    }

    /// Why no licence of the whole can be said to be missing: a broken manifest may name it.
    fn gap_of_whole(&self) -> Option<&Reason> {
        self.gap()
            .or(self.manifests.root_gap.as_ref())
            .or(self.publiccode_gap.as_ref())
            .or_else(|| self.gap_of_files())
    }

    /// Why what single files say of themselves is not wholly known.
    fn gap_of_files(&self) -> Option<&Reason> {
        let sources = &self.gathered.sources;
        sources.gap.as_ref().or(sources.unread.as_ref())
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
            Self::set(facts, key, value, evidence, self.gap_of_whole());
        }
        let code = self.settled.code.as_ref();
        let bound = code.and_then(|answer| ids(&answer.expression).into_iter().find_map(versions));
        let evidence = match (bound, code) {
            (Some(_), Some(answer)) => answer.evidence.clone(),
            (None, Some(answer)) => self.unbound(&answer.expression),
            _ => Vec::new(),
        };
        Self::set(
            facts,
            "licence.or_later",
            bound,
            evidence,
            self.gap_of_whole(),
        );
    }

    /// What names a GNU licence and leaves its later versions open, after what was searched.
    fn unbound(&self, code: &str) -> Vec<Evidence> {
        if !ids(code).into_iter().any(is_gnu) {
            return Vec::new();
        }
        let bare = |expression: &Option<String>| {
            let all = expression.as_deref().map(ids).unwrap_or_default();
            all.into_iter()
                .any(|id| is_gnu(id) && versions(id).is_none())
        };
        let note = || Message::new("licence-version-open");
        let files = self
            .gathered
            .files
            .iter()
            .filter(|file| bare(&file.expression));
        let files = files.map(|file| Evidence::line(&file.path, file.line()).with_note(note()));
        let declared = self.gathered.declarations.iter();
        let declared = declared.filter(|said| bare(&said.expression));
        let mut out = searched();
        out.extend(files);
        out.extend(declared.map(|said| said.evidence().with_note(note())));
        out
    }

    /// What was seen and is no grant: generators' defaults, forms, texts that nobody recognised.
    fn rejected(&self) -> Vec<Evidence> {
        let mut out = searched();
        let declared = self.gathered.declarations.iter();
        let declared = declared.filter(|said| said.worth != Worth::Said);
        out.extend(declared.map(Declaration::evidence));
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
        let evidence = files.iter().map(LicenceFile::evidence).collect();
        Self::set(facts, "licence.texts", texts, evidence, gap);
        for (key, test) in [
            (
                "licence.unidentified_files",
                (|file| file.expression.is_none()) as fn(&LicenceFile) -> bool,
            ),
            ("licence.modified_files", |file| file.found.is_modified),
        ] {
            let kept = || files.iter().filter(|file| test(file));
            let paths: Vec<String> = kept().map(|file| file.path.clone()).collect();
            let evidence = kept().map(LicenceFile::evidence);
            Self::set(facts, key, paths, evidence.collect(), gap);
        }
        let gap = gap.filter(|_| inputs.snapshot.is_truncated() || !self.unread.is_empty());
        self.unfilled(facts, gap);
    }

    fn declarations(&self, facts: &mut FactSet) {
        let said = &self.gathered.declarations;
        let items: Vec<Item> = said.iter().map(item_of).collect();
        let evidence = said.iter().map(Declaration::evidence).collect();
        let gap = self.gap_of_agreement();
        Self::set(facts, "licence.declared_in", items, evidence, gap);
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
        let gap = self.gap().or_else(|| self.gap_of_files());
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

pub(super) fn at(path: &str, line: Option<u32>) -> Evidence {
    line.map_or_else(|| Evidence::path(path), |line| Evidence::line(path, line))
}

pub(super) fn placed(path: &str, line: Option<u32>) -> Item {
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
        .with("source", said.origin.as_str())
        .with("part", said.part.as_str());
    match said.origin {
        Origin::Manifest | Origin::Publiccode => item
            .with("valid", said.is_valid)
            .with("default", said.worth == Worth::Default)
            .with("unfilled", said.worth == Worth::Unfilled),
        _ => item,
    }
}

/// What was looked at, for answers of *nothing there*.
fn searched() -> Vec<Evidence> {
    vec![Evidence::note(Message::new("licence-searched"))]
}
