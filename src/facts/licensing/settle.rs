// SPDX-License-Identifier: EUPL-1.2
//! From everything that was read to one expression per part.
//!
//! Order of authority: annotations and headers of the files themselves, licence texts, manifests, publiccode.yml,
//! README, badges, classifiers. What a generator wrote is never evidence alone.

use super::declaration::{Declaration, Origin, Part, Reach};
use super::expression::{all_of, base, bases, ids, is_all_content, is_gnu, operands, versions};
use super::files::LicenceFile;
use super::sources::{Majority, Sources};
use crate::model::evidence::Evidence;

/// Kinds of projects that hold contents rather than code.
pub(super) const CONTENT_KINDS: [&str; 3] = ["documentation", "data", "design"];

/// Everything that was read.
pub(super) struct Gathered {
    pub(super) files: Vec<LicenceFile>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) sources: Sources,
    /// Kind of project, when it is known.
    pub(super) kind: Option<String>,
}

/// The licence of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) expression: String,
    pub(super) evidence: Vec<Evidence>,
}

impl Answer {
    pub(super) fn of_declarations<'d>(
        found: impl IntoIterator<Item = &'d Declaration>,
    ) -> Option<Self> {
        let found: Vec<&Declaration> = found.into_iter().collect();
        Some(Self {
            expression: all_of(found.iter().filter_map(|said| said.said()))?,
            evidence: found.iter().map(|said| said.evidence()).collect(),
        })
    }

    pub(super) fn of_majority(majority: &Majority) -> Self {
        Self {
            expression: majority.expression.clone(),
            evidence: majority.evidence.clone(),
        }
    }
}

/// One expression of a licence file, for software or for contents.
#[derive(Debug, Clone)]
pub(super) struct Grant<'g> {
    pub(super) expression: String,
    pub(super) file: &'g LicenceFile,
}

/// The expression of each part.
#[derive(Debug, Default, Clone)]
pub(super) struct Settled {
    pub(super) code: Option<Answer>,
    pub(super) docs: Option<Answer>,
    pub(super) data: Option<Answer>,
}

impl Settled {
    /// Everything granted, whatever the part.
    pub(super) fn all(&self) -> Option<String> {
        let parts = [&self.code, &self.docs, &self.data];
        all_of(
            parts
                .into_iter()
                .flatten()
                .map(|answer| answer.expression.as_str()),
        )
    }
}

/// Weighs what was read.
pub(super) fn settle(gathered: &Gathered) -> Settled {
    let data = gathered.data();
    let code = gathered.code().map(|answer| gathered.refined(answer));
    let docs = gathered.docs(code.as_ref(), data.as_ref());
    Settled { code, docs, data }
}

impl Gathered {
    /// The licences of the root's texts; where the root has none, of its packages.
    pub(super) fn grants(&self) -> Vec<Grant<'_>> {
        let of = |is_root: bool| -> Vec<Grant<'_>> {
            self.files
                .iter()
                .filter(|file| file.is_of_root() == is_root)
                .filter(|file| matches!(file.part, Part::All | Part::Code))
                .flat_map(|file| {
                    let expression = file.expression.as_deref().unwrap_or_default();
                    let operands = operands(expression).into_iter();
                    operands
                        .filter(|one| !one.is_empty() && !one.starts_with("LicenseRef-"))
                        .map(move |expression| Grant { expression, file })
                })
                .collect()
        };
        let root = of(true);
        if root.is_empty() { of(false) } else { root }
    }

    pub(super) fn said(
        &self,
        origin: Origin,
        part: Part,
        reach: Reach,
    ) -> impl Iterator<Item = &Declaration> {
        self.declarations.iter().filter(move |said| {
            said.origin == origin
                && said.part == part
                && said.reach == reach
                && said.said().is_some()
        })
    }

    /// What the main README says of one part.
    pub(super) fn readme(&self, part: Part) -> Option<Answer> {
        Answer::of_declarations(self.said(Origin::Readme, part, Reach::Whole))
    }

    pub(super) fn is_kind(&self, kinds: &[&str]) -> bool {
        self.kind
            .as_deref()
            .is_some_and(|kind| kinds.contains(&kind))
    }

    fn code(&self) -> Option<Answer> {
        if let Some(majority) = &self.sources.code {
            return Some(Answer::of_majority(majority));
        }
        let grants = self.grants();
        let software: Vec<&Grant<'_>> = grants
            .iter()
            .filter(|grant| !is_all_content(&grant.expression))
            .collect();
        let manifest = || {
            Answer::of_declarations(self.said(Origin::Manifest, Part::All, Reach::Whole).take(1))
        };
        if !self.has_code() {
            return self.code_without_files(&software, manifest());
        }
        if !software.is_empty() {
            return self.choose(&software);
        }
        if !grants.is_empty() {
            // a text for contents: the code has its own licence only where somebody says so
            let is_content = self.is_kind(&CONTENT_KINDS);
            return self
                .readme(Part::Code)
                .or_else(|| manifest().filter(|_| is_content))
                .or_else(|| self.choose(&grants.iter().collect::<Vec<_>>()));
        }
        // the notices of the files before what is said of them elsewhere
        let notice = self.sources.notice.as_ref();
        notice
            .map(Answer::of_majority)
            .or_else(|| self.without_text())
    }

    /// True when there is code to license: in a collection of texts or data a script or two are no such thing.
    pub(super) fn has_code(&self) -> bool {
        let least = if self.is_kind(&CONTENT_KINDS) { 3 } else { 1 };
        self.sources.code_files >= least
    }

    /// The licence of the code where hardly any is seen: a part that is named, a package, a licence for software.
    fn code_without_files(
        &self,
        software: &[&Grant<'_>],
        manifest: Option<Answer>,
    ) -> Option<Answer> {
        let readme = self.readme(Part::Code);
        let is_software = manifest.is_some() || readme.is_some() || !self.is_kind(&CONTENT_KINDS);
        let of_code: Vec<&Grant<'_>> = software
            .iter()
            .filter(|grant| is_software || grant.file.part == Part::Code)
            .copied()
            .collect();
        self.choose(&of_code)
            .or(readme)
            .or_else(|| manifest.filter(|_| self.grants().is_empty()))
    }

    /// The licence of the code where no text grants anything.
    pub(super) fn without_text(&self) -> Option<Answer> {
        let one =
            |origin, part, reach| Answer::of_declarations(self.said(origin, part, reach).take(1));
        one(Origin::Manifest, Part::All, Reach::Whole)
            .or_else(|| one(Origin::Publiccode, Part::All, Reach::Whole))
            .or_else(|| self.readme(Part::Code))
            .or_else(|| self.readme(Part::All))
            .or_else(|| one(Origin::Badge, Part::All, Reach::Whole))
            .or_else(|| one(Origin::Classifier, Part::All, Reach::Whole))
            .or_else(|| self.packages())
    }

    /// What every package says alike.
    fn packages(&self) -> Option<Answer> {
        let of = |origin| self.said(origin, Part::All, Reach::Folder);
        let mut found = of(Origin::Manifest).chain(of(Origin::Classifier));
        let first = found.next()?;
        let is_common = found.all(|other| other.expression == first.expression);
        is_common
            .then(|| Answer::of_declarations([first]))
            .flatten()
    }

    /// One expression for several texts: as somebody says it, as the names say it, else all of them.
    pub(super) fn choose(&self, grants: &[&Grant<'_>]) -> Option<Answer> {
        let mut kept: Vec<&Grant<'_>> = Vec::new();
        for grant in grants {
            // the text of the GPL stands beside that of the LGPL which refers to it
            let is_base_of_lesser = grant.expression.starts_with("GPL-")
                && grants.iter().any(|other| {
                    let lesser = format!("L{}", base(&grant.expression));
                    base(&other.expression) == lesser
                });
            if !is_base_of_lesser {
                kept.push(grant);
            }
        }
        let joined = all_of(kept.iter().map(|grant| grant.expression.as_str()))?;
        let evidence: Vec<Evidence> = kept.iter().map(|grant| grant.file.evidence()).collect();
        if bases(&joined).len() < 2 {
            return Some(Answer {
                expression: joined,
                evidence,
            });
        }
        if let Some(said) = self.selection(&joined) {
            return Some(said);
        }
        let is_choice = kept.len() > 1
            && kept.iter().all(|grant| {
                let name = grant.file.path.rsplit('/').next().unwrap_or_default();
                grant.file.is_of_root() && is_alternative_name(name)
            });
        let expression = if is_choice {
            operands(&joined).join(" OR ")
        } else {
            joined
        };
        Some(Answer {
            expression,
            evidence,
        })
    }

    /// The first declaration for the code whose licences are all among those of `joined`.
    fn selection(&self, joined: &str) -> Option<Answer> {
        let known = bases(joined);
        let order = [
            (Origin::Manifest, Part::All),
            (Origin::Publiccode, Part::All),
            (Origin::Readme, Part::Code),
            (Origin::Readme, Part::All),
            (Origin::Badge, Part::All),
            (Origin::Classifier, Part::All),
        ];
        order.into_iter().find_map(|(origin, part)| {
            let said = self
                .said(origin, part, Reach::Whole)
                .filter(|said| said.said().is_some_and(|one| bases(one).is_subset(&known)));
            Answer::of_declarations(said)
        })
    }

    /// The same expression with what the repository says of later versions.
    fn refined(&self, answer: Answer) -> Answer {
        let mut out = answer;
        for id in ids(&out.expression.clone()) {
            if !is_gnu(id) || versions(id).is_some() {
                continue;
            }
            let Some((precise, evidence)) = self.binding(id) else {
                continue;
            };
            let words: Vec<String> = out
                .expression
                .split(' ')
                .map(|word| {
                    if word.trim_matches(['(', ')']) == id {
                        word.replace(id, &precise)
                    } else {
                        word.to_owned()
                    }
                })
                .collect();
            out.expression = words.join(" ");
            out.evidence.push(evidence);
        }
        out
    }

    /// Where the repository binds the versions of a GNU licence.
    fn binding(&self, id: &str) -> Option<(String, Evidence)> {
        let mut said: Vec<&Declaration> = self
            .declarations
            .iter()
            .filter(|said| said.said().is_some())
            .collect();
        said.sort_by_key(|said| (said.reach, said.origin));
        let precise = |expression: &str| {
            ids(expression)
                .into_iter()
                .find(|other| base(other) == id && versions(other).is_some())
                .map(str::to_owned)
        };
        let of_files = self.files.iter().find_map(|file| {
            let found = precise(file.expression.as_deref()?)?;
            Some((found, Evidence::path(&file.path)))
        });
        of_files
            .or_else(|| {
                said.iter()
                    .find_map(|said| Some((precise(said.said()?)?, said.evidence())))
            })
            .or_else(|| {
                let place = self.sources.any_later.clone()?;
                Some((format!("{id}-or-later"), place))
            })
    }
}

/// `LICENSE-MIT` beside `LICENSE-APACHE`: one of them, as its users like.
fn is_alternative_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ["LICENSE-", "LICENCE-", "LICENSE_", "LICENCE_"]
        .iter()
        .any(|head| name.starts_with(head))
}
