// SPDX-License-Identifier: EUPL-1.2
//! Manifests, lock files, update robots, and the packages that the repository defines.

mod bots;
mod formats;
mod javascript;
pub(super) mod locked;
mod locking;
pub(super) mod manifest;
mod native;
mod others;
mod pins;
mod python;
mod workspaces;

use super::extract::Inputs;
use super::set::{FactSet, Item};
use super::unread;
use crate::model::date::Moment;
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::{Entry, Snapshot};
use locking::{Pair, State};
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
    set_packages(snapshot, &manifests, facts);
    set_locking(snapshot, &manifests, facts);
    facts.set_unknown(
        "dependencies.vulnerable",
        Reason::new(ReasonCode::NeedsAdvisories),
    );
}

/// A list of files is unknown when nothing was found in a listing that was cut.
fn set_paths(snapshot: &Snapshot, facts: &mut FactSet, key: &'static str, paths: Vec<String>) {
    if let Some(reason) = snapshot.cut().filter(|_| paths.is_empty()) {
        facts.set_unknown(key, reason);
        return;
    }
    let evidence = paths.iter().map(Evidence::path).collect();
    facts.set(key, paths, evidence);
}

fn set_bot(snapshot: &Snapshot, facts: &mut FactSet) {
    let bots = bots::configured(snapshot);
    set_updates(snapshot, &bots, facts);
    let Some((name, _)) = bots.first() else {
        if let Some(reason) = snapshot.cut() {
            facts.set_unknown("dependencies.update_bot", reason);
        } else {
            let note = Message::new("bots-searched").with("names", bots::NAMES);
            facts.set(
                "dependencies.update_bot",
                "none",
                vec![Evidence::note(note)],
            );
        }
        return;
    };
    let evidence = bots.iter().map(|(_, evidence)| evidence.clone()).collect();
    facts.set("dependencies.update_bot", *name, evidence);
}

/// What the robots cover, and when one last committed.
fn set_updates(snapshot: &Snapshot, bots: &[(&'static str, Evidence)], facts: &mut FactSet) {
    let key = "dependencies.updated";
    match (bots::updated(snapshot, bots), snapshot.cut()) {
        (Ok(groups), Some(reason)) if groups.is_empty() => facts.set_unknown(key, reason),
        (Ok(groups), _) => facts.set(key, groups, Vec::new()),
        (Err(reason), _) => facts.set_unknown(key, reason),
    }
    let key = "dependencies.last_bot_update";
    match bots::newest_commit(snapshot) {
        Ok((None, false)) => {
            facts.set_unknown(key, Reason::new(ReasonCode::ShallowHistory));
        }
        Ok((newest, _)) => facts.set(key, newest, newest.map(bot_evidence).into_iter().collect()),
        Err(reason) => facts.set_unknown(key, reason.clone()),
    }
}

fn bot_evidence(at: Moment) -> Evidence {
    Evidence::note(Message::new("bot-committed").with("date", at.date()))
}

/// Manifests with what settles their versions; those that nothing settles come first among the evidence.
fn set_locking(snapshot: &Snapshot, manifests: &[Manifest], facts: &mut FactSet) {
    let pairs = locking::pairs(snapshot, manifests);
    let key = "dependencies.locking";
    if let Some(reason) = snapshot.cut().filter(|_| pairs.is_empty()) {
        facts.set_unknown("dependencies.locked_files", reason.clone());
        facts.set_unknown(key, reason);
        return;
    }
    let mut files: Vec<String> = facts.list("dependencies.lockfiles").to_vec();
    let mut items = Vec::new();
    let mut evidence = Vec::new();
    for pair in &pairs {
        let path = &pair.manifest.path;
        items.push(
            Item::new("path", path)
                .with("ecosystem", pair.manifest.ecosystem)
                .with("state", pair.state.as_str())
                .with("lock", pair.lock.as_deref().unwrap_or_default()),
        );
        let is_list = pair.state == State::Pinned && locked::is_list(path);
        files.extend(is_list.then(|| path.clone()));
        evidence.push((pair.state != State::Unlocked, locking_evidence(pair)));
    }
    evidence.sort_by_key(|(is_settled, _)| *is_settled);
    let evidence = evidence.into_iter().map(|(_, evidence)| evidence).collect();
    facts.set(key, items, evidence);
    files.sort_unstable();
    files.dedup();
    let evidence = files.iter().map(Evidence::path).collect();
    facts.set("dependencies.locked_files", files, evidence);
}

fn locking_evidence(pair: &Pair<'_>) -> Evidence {
    let note = match (pair.state, &pair.lock) {
        (State::Locked, Some(lock)) => Message::new("manifest-locked").with("lock", lock),
        (State::Unlocked, _) if pair.searched.is_empty() => Message::new("manifest-loose"),
        (State::Unlocked, _) => {
            let note = Message::new("manifest-unlocked").with("names", pair.searched.join(", "));
            match pair.loose {
                (loose, of) if of > 1 => note.with("loose", loose).with("of", of),
                _ => note,
            }
        }
        (State::Library, _) => Message::new("manifest-library"),
        (State::Undecided, _) => Message::new("manifest-undecided"),
        _ => Message::new("manifest-pinned"),
    };
    Evidence::path(&pair.manifest.path).with_note(note)
}

fn set_packages(snapshot: &Snapshot, manifests: &[Manifest], facts: &mut FactSet) {
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
        let is_manifest = |entry: &Entry| formats::recognise(&entry.path, entry.name()).is_some();
        let missed = unread::among(snapshot, is_manifest).or_else(|| snapshot.cut());
        if let Some(reason) = missed {
            facts.set_unknown("dependencies.packages", reason);
            return;
        }
        evidence.push(Evidence::note(Message::new("packages-searched")));
    }
    facts.set("dependencies.packages", items, evidence);
}

#[cfg(test)]
mod tests;
