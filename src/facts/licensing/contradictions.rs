// SPDX-License-Identifier: EUPL-1.2
//! Declarations that disagree with what the repository grants, each with its place.

use super::declaration::{Declaration, Origin, Part, Reach, Worth};
use super::expression::{agrees, all_of, base, bases, is_all_content, offers};
use super::files::package_folder;
use super::settle::{Gathered, Settled};
use crate::facts::licence::id_of_path;

/// Contradictions kept of one repository.
const MAX_CONTRADICTIONS: usize = 50;

/// A declaration that disagrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contradiction {
    pub(super) path: String,
    pub(super) line: Option<u32>,
    pub(super) value: String,
    /// The expression that it disagrees with.
    pub(super) against: String,
    /// What kind of place.
    pub(super) source: &'static str,
    /// What it says for.
    pub(super) weight: Weight,
}

/// What a declaration that disagrees stands for. Only the first accuses: the others have a harmless explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// The repository as a whole, or a part that it names.
    Whole,
    /// A package in a folder, which may have a licence of its own and should say so.
    Package,
    /// The code, by its nature: a licence for software in a manifest, beside a text for contents. Nobody says which holds for what.
    Nature,
    /// Nobody: a generator wrote it.
    Default,
}

impl Weight {
    fn of(said: &Declaration, against: &str) -> Self {
        let is_metadata = matches!(said.origin, Origin::Manifest | Origin::Classifier);
        let is_for_code = said
            .expression
            .as_deref()
            .is_some_and(|one| !is_all_content(one));
        if said.worth == Worth::Default {
            Self::Default
        } else if is_metadata && is_for_code && is_all_content(against) {
            Self::Nature
        } else if said.reach == Reach::Folder {
            Self::Package
        } else {
            Self::Whole
        }
    }

    /// The name in facts.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Package => "package",
            Self::Nature => "nature",
            Self::Default => "default",
        }
    }
}

/// Compares every declaration with what was settled.
pub(super) fn find(gathered: &Gathered, settled: &Settled) -> Vec<Contradiction> {
    let mut out: Vec<Contradiction> = gathered
        .declarations
        .iter()
        .filter_map(|said| {
            let against = against(said, gathered, settled)?;
            let weight = Weight::of(said, &against);
            Some(Contradiction {
                path: said.path.clone(),
                line: said.line,
                value: said
                    .expression
                    .clone()
                    .filter(|_| matches!(said.origin, Origin::Readme | Origin::Badge))
                    .unwrap_or_else(|| said.value.clone()),
                against,
                source: said.origin.as_str(),
                weight,
            })
        })
        .collect();
    out.extend(texts(gathered, settled));
    out.extend(names(gathered));
    out.truncate(MAX_CONTRADICTIONS);
    out
}

/// The expression with which `said` disagrees.
fn against(said: &Declaration, gathered: &Gathered, settled: &Settled) -> Option<String> {
    let is_compared = match said.origin {
        Origin::Manifest | Origin::Publiccode => true,
        // a classifier says less than the field beside it
        Origin::Classifier => !gathered
            .declarations
            .iter()
            .any(|other| other.origin == Origin::Manifest && other.path == said.path),
        Origin::Readme | Origin::Badge => said.reach == Reach::Whole,
        // single files and folders may have a licence of their own
        Origin::Reuse | Origin::Header => false,
    };
    if !is_compared || said.worth == Worth::Unfilled {
        return None;
    }
    let known = known(said, gathered, settled)?;
    let is_refusal =
        said.worth == Worth::Refused || said.worth == Worth::Default && said.expression.is_none();
    if is_refusal {
        let is_granted = gathered.files.iter().any(|file| file.expression.is_some());
        return is_granted.then_some(known);
    }
    let expression = said.expression.as_deref()?;
    let is_consistent = agrees(expression, &known) || offers(expression, &known);
    (!is_consistent).then_some(known)
}

/// What holds for the part and the folder that `said` speaks of.
fn known(said: &Declaration, gathered: &Gathered, settled: &Settled) -> Option<String> {
    let of = |answer: &Option<super::settle::Answer>| {
        answer.as_ref().map(|answer| answer.expression.clone())
    };
    let is_readme = matches!(said.origin, Origin::Readme | Origin::Badge);
    match said.part {
        Part::Docs => of(&settled.docs),
        Part::Data => of(&settled.data),
        Part::All if is_readme || said.origin == Origin::Publiccode => settled.all(),
        Part::All | Part::Code => package_text(said.folder(), gathered)
            .or_else(|| of(&settled.code))
            .or_else(|| of(&settled.docs)),
    }
}

/// The text of the package itself, when it has one of its own.
fn package_text(folder: &str, gathered: &Gathered) -> Option<String> {
    if folder.is_empty() {
        return None;
    }
    all_of(
        gathered
            .files
            .iter()
            .filter(|file| package_folder(&file.path) == folder)
            .filter_map(|file| file.expression.as_deref()),
    )
}

/// Texts of the root that the files' own headers and annotations contradict.
fn texts(gathered: &Gathered, settled: &Settled) -> Vec<Contradiction> {
    let (Some(_), Some(known)) = (&gathered.sources.code, settled.all()) else {
        return Vec::new();
    };
    let root = || {
        gathered
            .files
            .iter()
            .filter(|file| file.is_of_root() && file.part == Part::All)
            .filter_map(|file| Some((file, file.expression.as_deref()?)))
    };
    // several texts: each for its files
    if root().any(|(_, expression)| agrees(expression, &known)) {
        return Vec::new();
    }
    root()
        .filter(|(_, expression)| !expression.starts_with("LicenseRef-"))
        .map(|(file, expression)| Contradiction {
            path: file.path.clone(),
            line: Some(file.line()),
            value: expression.to_owned(),
            against: known.clone(),
            source: "file",
            weight: Weight::Whole,
        })
        .collect()
}

/// Texts below `LICENSES/` that are not what their name says.
fn names(gathered: &Gathered) -> impl Iterator<Item = Contradiction> {
    gathered.files.iter().filter_map(|file| {
        let named = id_of_path(&file.path)?;
        let found = file
            .expression
            .as_deref()
            .filter(|_| !file.found.is_modified)?;
        let is_other = !bases(found).contains(&base(named).to_ascii_lowercase());
        is_other.then(|| Contradiction {
            path: file.path.clone(),
            line: Some(file.line()),
            value: named.to_owned(),
            against: found.to_owned(),
            source: "file-name",
            weight: Weight::Whole,
        })
    })
}
