// SPDX-License-Identifier: EUPL-1.2
//! The ordered list of extractors, and the view of the repository that they share.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, PoisonError};

use super::key::{FACTS, Theme};
use super::set::FactSet;
use super::{
    activity, ci, dependencies, documentation, hosting, kind, licensing, publiccode, readme,
    repository, security, tests, web,
};
use crate::forge::record::ForgeRecord;
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
    let board = Board {
        state: Mutex::new(State {
            waiting: EXTRACTORS
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
    state.unwrap_or_else(PoisonError::into_inner).facts
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
    /// Takes extractors until none is left. An extractor that panics ends the audit of this repository alone.
    fn work(&self, inputs: &Inputs<'_>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some((theme, extractor)) = state.next() {
                let mut facts = state.facts.clone();
                drop(state);
                let done = Done { board: self, theme };
                extractor(inputs, &mut facts);
                drop(done);
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

/// Lets the other worker go on when an extractor panics, so that the panic is seen and not waited for.
struct Done<'b> {
    board: &'b Board,
    theme: Theme,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut state = self
                .board
                .state
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            state.waiting.clear();
            state.running.retain(|running| *running != self.theme);
            self.board.changed.notify_all();
        }
    }
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
];

/// Themes whose facts the extractor of `theme` reads.
const fn needs(theme: Theme) -> &'static [Theme] {
    match theme {
        Theme::Documentation => &[Theme::Readme],
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
