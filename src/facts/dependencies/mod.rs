// SPDX-License-Identifier: EUPL-1.2
//! Manifests, lock files, update robots, and the packages that the repository defines.

mod bots;
mod formats;
mod javascript;
pub(super) mod manifest;
mod native;
mod others;
mod python;

use super::extract::Inputs;
use super::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::Snapshot;
use manifest::Manifest;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let manifests = manifest::read_all(snapshot);
    let declaring: Vec<String> = manifests
        .iter()
        .filter(|manifest| manifest.declares())
        .map(|manifest| manifest.path.clone())
        .collect();
    set_paths(snapshot, facts, "dependencies.manifests", declaring);
    let locks = snapshot
        .files()
        .filter(|entry| {
            formats::is_lock_file(entry.name()) && !manifest::is_fixture(entry.folder())
        })
        .map(|entry| entry.path.to_string())
        .collect();
    set_paths(snapshot, facts, "dependencies.lockfiles", locks);
    set_bot(snapshot, facts);
    set_packages(&manifests, facts);
}

/// A list of files is unknown when nothing was found in a listing that was cut.
fn set_paths(snapshot: &Snapshot, facts: &mut FactSet, key: &'static str, paths: Vec<String>) {
    if paths.is_empty() && snapshot.is_truncated() {
        facts.set_unknown(key, cut(snapshot));
        return;
    }
    let evidence = paths.iter().map(Evidence::path).collect();
    facts.set(key, paths, evidence);
}

fn set_bot(snapshot: &Snapshot, facts: &mut FactSet) {
    let bots = bots::configured(snapshot);
    let Some((name, _)) = bots.first() else {
        if snapshot.is_truncated() {
            facts.set_unknown("dependencies.update_bot", cut(snapshot));
        } else {
            facts.set("dependencies.update_bot", "none", Vec::new());
        }
        return;
    };
    let evidence = bots.iter().map(|(_, evidence)| evidence.clone()).collect();
    facts.set("dependencies.update_bot", *name, evidence);
}

fn set_packages(manifests: &[Manifest], facts: &mut FactSet) {
    let mut evidence = Vec::new();
    let mut items = Vec::new();
    for manifest in manifests {
        let Some(package) = &manifest.package else {
            continue;
        };
        let mut item = Item::new("path", &manifest.path).with("name", &package.name);
        if let Some(version) = &package.version {
            item = item.with("version", version);
        }
        item = item
            .with("ecosystem", manifest.ecosystem)
            .with("private", package.is_private);
        items.push(item);
        evidence.push(Evidence::path(&manifest.path).with_excerpt(&package.name));
    }
    if evidence.is_empty() {
        evidence.push(Evidence::note(Message::new("packages-searched")));
    }
    facts.set("dependencies.packages", items, evidence);
}

fn cut(snapshot: &Snapshot) -> Reason {
    Reason::new(ReasonCode::Truncated).with("limit", snapshot.limits().tree_entries)
}

#[cfg(test)]
mod tests;
