// SPDX-License-Identifier: EUPL-1.2
//! The ordered list of extractors, and the view of the repository that they share.

use std::collections::BTreeSet;

use super::key::{FACTS, Theme};
use super::set::FactSet;
use super::{
    activity, ci, dependencies, documentation, hosting, kind, licensing, publiccode, readme,
    repository, security, tests, web,
};
use crate::forge::record::ForgeRecord;
use crate::snapshot::Snapshot;

/// Records the facts of one theme.
type Extractor = fn(&Inputs<'_>, &mut FactSet);

/// What every extractor may look at.
pub struct Inputs<'r> {
    /// What the forge says.
    pub record: &'r ForgeRecord,
    /// Files and history.
    pub snapshot: &'r Snapshot,
}

/// Computes the facts of `themes`, and of the themes that these build on.
pub fn extract(inputs: &Inputs<'_>, themes: &BTreeSet<Theme>) -> FactSet {
    let mut wanted = themes.clone();
    let mut open: Vec<_> = themes.iter().copied().collect();
    while let Some(theme) = open.pop() {
        open.extend(needs(theme).iter().filter(|need| wanted.insert(**need)));
    }
    let mut facts = FactSet::default();
    for (theme, extractor) in EXTRACTORS {
        if wanted.contains(theme) {
            extractor(inputs, &mut facts);
        }
    }
    facts
}

/// Computes every fact.
pub fn extract_all(inputs: &Inputs<'_>) -> FactSet {
    extract(inputs, &FACTS.iter().map(|spec| spec.theme).collect())
}

/// Extractors in the order in which they run: a later one may read what earlier ones recorded.
const EXTRACTORS: &[(Theme, Extractor)] = &[
    (Theme::Repository, repository::extract),
    (Theme::Dependencies, dependencies::extract),
    (Theme::Readme, readme::extract),
    (Theme::Documentation, documentation::extract),
    (Theme::Publiccode, publiccode::extract),
    (Theme::Tests, tests::extract),
    (Theme::Ci, ci::extract),
    (Theme::Hosting, hosting::extract),
    (Theme::Kind, kind::extract),
    (Theme::Licence, licensing::extract),
    (Theme::Security, security::extract),
    (Theme::Activity, activity::extract),
    (Theme::Web, web::extract),
];

/// Themes whose facts the extractor of `theme` reads.
const fn needs(theme: Theme) -> &'static [Theme] {
    match theme {
        Theme::Kind => &[
            Theme::Dependencies,
            Theme::Readme,
            Theme::Documentation,
            Theme::Tests,
            Theme::Hosting,
        ],
        Theme::Hosting => &[Theme::Dependencies, Theme::Readme, Theme::Ci],
        Theme::Ci => &[Theme::Tests],
        Theme::Documentation => &[Theme::Readme],
        Theme::Licence => &[Theme::Readme, Theme::Kind, Theme::Publiccode],
        Theme::Web => &[Theme::Kind],
        _ => &[],
    }
}
