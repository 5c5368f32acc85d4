// SPDX-License-Identifier: EUPL-1.2
//! The ordered list of extractors, and the view of the repository that they share.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};

use super::key::{FACTS, Theme};
use super::set::FactSet;
use super::{
    activity, ci, data, dependencies, documentation, hosting, kind, licensing, publiccode, readme,
    repository, security, tests, web,
};
use crate::forge::record::ForgeRecord;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::Snapshot;

/// Records the facts of one theme.
pub(super) type Extractor = fn(&Inputs<'_>, &mut FactSet);

/// What every extractor may look at.
pub struct Inputs<'r> {
    /// What the forge says.
    pub record: &'r ForgeRecord,
    /// Files and history.
    pub snapshot: &'r Snapshot,
}

/// Computes the facts of `themes`, and of the themes that these build on, side by side where they do not.
pub fn extract(inputs: &Inputs<'_>, themes: &BTreeSet<Theme>) -> FactSet {
    let mut wanted = themes.clone();
    let mut open: Vec<_> = themes.iter().copied().collect();
    while let Some(theme) = open.pop() {
        open.extend(needs(theme).iter().filter(|need| wanted.insert(**need)));
    }
    run(inputs, &wanted, EXTRACTORS)
}

/// Runs the extractors of the wanted themes. One that panics leaves its own facts unknown, and the others at work.
fn run(
    inputs: &Inputs<'_>,
    wanted: &BTreeSet<Theme>,
    extractors: &[(Theme, Extractor)],
) -> FactSet {
    let board = Board {
        state: Mutex::new(State {
            waiting: extractors
                .iter()
                .filter(|(theme, _)| wanted.contains(theme))
                .copied()
                .collect(),
            ..State::default()
        }),
        changed: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 1..WORKERS {
            scope.spawn(|| board.work(inputs));
        }
        board.work(inputs);
    });
    let state = board.state.into_inner();
    let mut facts = state.unwrap_or_else(PoisonError::into_inner).facts;
    security::redact(inputs.snapshot, &mut facts);
    facts
}

/// Extractors at work at once within one repository.
const WORKERS: usize = 2;

/// What is left to do, and what is known so far.
struct Board {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Vec<(Theme, Extractor)>,
    running: Vec<Theme>,
    facts: FactSet,
}

impl State {
    /// The first extractor of which nothing that it reads is still to be computed.
    fn next(&mut self) -> Option<(Theme, Extractor)> {
        let is_open = |theme: &Theme| {
            self.running.contains(theme) || self.waiting.iter().any(|(other, _)| other == theme)
        };
        let at = self
            .waiting
            .iter()
            .position(|(theme, _)| !needs(*theme).iter().any(is_open))?;
        let found = self.waiting.remove(at);
        self.running.push(found.0);
        Some(found)
    }
}

impl Board {
    /// Takes extractors until none is left.
    fn work(&self, inputs: &Inputs<'_>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some((theme, extractor)) = state.next() {
                let mut facts = state.facts.clone();
                drop(state);
                // what a panic leaves half done is the set of facts, and that is dropped
                let outcome = catch_unwind(AssertUnwindSafe(|| extractor(inputs, &mut facts)));
                if outcome.is_err() {
                    facts = failed(theme);
                }
                state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                state.facts.absorb(facts);
                state.running.retain(|running| *running != theme);
                self.changed.notify_all();
            } else if state.waiting.is_empty() {
                return;
            } else {
                state = self
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

/// The facts of a theme whose extractor panicked: a fault of ours, never the project's.
fn failed(theme: Theme) -> FactSet {
    let mut facts = FactSet::default();
    for spec in FACTS.iter().filter(|spec| spec.theme == theme) {
        facts.set_unknown(spec.key, Reason::new(ReasonCode::InternalError));
    }
    facts
}

/// Computes every fact.
pub fn extract_all(inputs: &Inputs<'_>) -> FactSet {
    extract(inputs, &FACTS.iter().map(|spec| spec.theme).collect())
}

/// Extractors: those that others wait for come first, then the longest.
const EXTRACTORS: &[(Theme, Extractor)] = &[
    (Theme::Repository, repository::extract),
    (Theme::Readme, readme::extract),
    (Theme::Kind, kind::extract),
    (Theme::Publiccode, publiccode::extract),
    (Theme::Ci, ci::extract),
    (Theme::Licence, licensing::extract),
    (Theme::Documentation, documentation::extract),
    (Theme::Hosting, hosting::extract),
    (Theme::Tests, tests::extract),
    (Theme::Web, web::extract),
    (Theme::Security, security::extract),
    (Theme::Dependencies, dependencies::extract),
    (Theme::Activity, activity::extract),
    (Theme::Data, data::extract),
];

/// Themes whose facts the extractor of `theme` reads.
const fn needs(theme: Theme) -> &'static [Theme] {
    match theme {
        Theme::Data | Theme::Documentation => &[Theme::Readme],
        Theme::Hosting => &[
            Theme::Ci,
            Theme::Kind,
            Theme::Publiccode,
            Theme::Readme,
            Theme::Repository,
        ],
        Theme::Licence => &[Theme::Readme, Theme::Kind, Theme::Publiccode],
        Theme::Web => &[Theme::Documentation, Theme::Kind],
        _ => &[],
    }
}

#[cfg(test)]
mod panic_tests {
    use super::*;
    use crate::model::evidence::Observed;
    use crate::model::ids::RepositoryId;
    use crate::snapshot::MemoryTree;

    #[test]
    fn an_extractor_that_panics_leaves_the_facts_of_the_others() {
        fn panics(_: &Inputs<'_>, facts: &mut FactSet) {
            facts.set("readme.path", "half done", Vec::new());
            panic!("a test of isolation");
        }
        let record = ForgeRecord::local(RepositoryId::new("x"), "x");
        let snapshot = MemoryTree::new().file("LICENSE", "").snapshot();
        let inputs = Inputs {
            record: &record,
            snapshot: &snapshot,
        };
        let extractors: &[(Theme, Extractor)] = &[
            (Theme::Readme, panics),
            (Theme::Documentation, documentation::extract),
            (Theme::Repository, repository::extract),
        ];
        let wanted = extractors.iter().map(|(theme, _)| *theme).collect();
        let facts = run(&inputs, &wanted, extractors);
        let Some(Observed::Unknown(reason)) = facts.get("readme.path") else {
            panic!("{:?}", facts.get("readme.path"));
        };
        assert_eq!(reason.code, ReasonCode::InternalError);
        assert_eq!(facts.text("repository.name"), Some("x"));
        // the theme that builds on it is computed too
        assert!(facts.get("documentation.contributing").is_some());
    }
}
