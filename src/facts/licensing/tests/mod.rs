// SPDX-License-Identifier: EUPL-1.2
//! Tiny repositories, and what is said of their licences.

mod disagreements;
mod encodings;
mod files;
mod manifests;
mod scopes;
mod unknown;

use std::collections::BTreeSet;

use crate::facts::extract::{Inputs, extract};
use crate::facts::key::Theme;
use crate::facts::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::ids::RepositoryId;
use crate::snapshot::MemoryTree;

/// A published text with its notice filled in.
fn text(id: &str) -> String {
    let found = spdx::text::LICENSE_TEXTS
        .iter()
        .find(|(name, _)| *name == id);
    found
        .unwrap_or_else(|| panic!("no licence text {id}"))
        .1
        .replace("<year>", "2024")
        .replace("<copyright holders>", "Mairie de Lille")
}

fn facts(tree: MemoryTree) -> FactSet {
    let record = ForgeRecord::local(RepositoryId::new("example"), "example");
    let snapshot = tree.snapshot();
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    extract(&inputs, &BTreeSet::from([Theme::Licence]))
}

/// A repository with some code.
fn with_code() -> MemoryTree {
    MemoryTree::new()
        .file("app.py", "print('ok')\n")
        .file("core/model.py", "x = 1\n")
        .file("core/view.py", "y = 1\n")
}

/// The fields of the contradictions.
fn contradictions(facts: &FactSet) -> Vec<[String; 4]> {
    facts
        .items("licence.contradictions")
        .iter()
        .map(|item| {
            ["path", "value", "against", "source"]
                .map(|name| item.get(name).unwrap_or_default().to_owned())
        })
        .collect()
}
