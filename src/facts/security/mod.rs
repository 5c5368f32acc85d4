// SPDX-License-Identifier: EUPL-1.2
//! Committed secrets, environment files and very large files: places and kinds, never a value.

mod checks;
mod env_files;
mod patterns;
mod placeholders;
mod search;

use std::collections::BTreeMap;

use super::extract::Inputs;
use super::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::Snapshot;
use env_files::{EnvFile, State};
use search::Search;

/// A file is large above this many bytes.
const LARGE_BYTES: u64 = 5_000_000;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let search = search::search(snapshot);
    let (mut env_files, unread) = env_files::find(snapshot);
    for file in &mut env_files {
        if search.found.iter().any(|secret| secret.path == file.path) {
            file.state = State::Values;
        }
    }
    let cut = snapshot
        .is_truncated()
        .then(|| Reason::new(ReasonCode::Truncated).with("limit", snapshot.limits().tree_entries));
    let missed = cut.clone().or_else(|| search.unread.clone());
    set_secrets(&search, missed.clone(), facts);
    set_env_files(&env_files, cut.clone().or_else(|| unread.clone()), facts);
    set_union(&search, &env_files, missed.or(unread), facts);
    set_large(snapshot, cut, facts);
}

/// What a search without result went through.
fn searched(search: &Search) -> Evidence {
    Evidence::note(Message::new("secrets-searched").with("files", search.files))
}

fn set_secrets(search: &Search, missed: Option<Reason>, facts: &mut FactSet) {
    let key = "security.secrets";
    if search.found.is_empty() {
        match missed {
            Some(reason) => facts.set_unknown(key, reason),
            None => facts.set(key, Vec::<Item>::new(), vec![searched(search)]),
        }
        return;
    }
    let items: Vec<Item> = search
        .found
        .iter()
        .map(|secret| {
            Item::new("path", &secret.path)
                .with("line", secret.line)
                .with("kind", secret.kind)
        })
        .collect();
    let evidence = search
        .found
        .iter()
        .map(|secret| Evidence {
            uncommitted: secret.is_uncommitted,
            ..Evidence::line(&secret.path, secret.line)
                .with_note(Message::new("secret-found").with("kind", secret.kind))
        })
        .collect();
    facts.set(key, items, evidence);
}

fn set_env_files(files: &[EnvFile], missed: Option<Reason>, facts: &mut FactSet) {
    let key = "security.env_files";
    if let (true, Some(reason)) = (files.is_empty(), missed) {
        facts.set_unknown(key, reason);
        return;
    }
    let items: Vec<Item> = files
        .iter()
        .map(|file| {
            Item::new("path", &file.path)
                .with("variables", file.variables.join(", "))
                .with("state", file.state.as_str())
        })
        .collect();
    let evidence = files
        .iter()
        .map(|file| {
            let note = Message::new("env-file-found")
                .with("state", file.state.as_str())
                .with("variables", file.variables.join(", "));
            Evidence {
                uncommitted: file.is_uncommitted,
                ..Evidence::path(&file.path).with_note(note)
            }
        })
        .collect();
    facts.set(key, items, evidence);
}

/// One entry a file: an environment file, else the first kind of secret found in it.
fn set_union(search: &Search, env_files: &[EnvFile], missed: Option<Reason>, facts: &mut FactSet) {
    let key = "secrets_or_env_committed";
    let mut what: BTreeMap<&str, (String, Option<u32>)> = BTreeMap::new();
    for file in env_files {
        let state = format!("env-file-{}", file.state.as_str());
        what.insert(&file.path, (state, None));
    }
    for secret in &search.found {
        what.entry(&secret.path)
            .or_insert_with(|| (secret.kind.to_owned(), Some(secret.line)));
    }
    if what.is_empty() {
        match missed {
            Some(reason) => facts.set_unknown(key, reason),
            None => facts.set(key, Vec::<Item>::new(), vec![searched(search)]),
        }
        return;
    }
    let items: Vec<Item> = what
        .iter()
        .map(|(path, (what, _))| Item::new("path", path).with("what", what))
        .collect();
    let evidence = what
        .iter()
        .map(|(path, (_, line))| Evidence {
            line: *line,
            ..Evidence::path(*path)
        })
        .collect();
    facts.set(key, items, evidence);
}

fn set_large(snapshot: &Snapshot, cut: Option<Reason>, facts: &mut FactSet) {
    let key = "large_or_binary_files_over_5MB";
    let mut items = Vec::new();
    let mut evidence = Vec::new();
    let mut missed = cut;
    for entry in snapshot.files() {
        match snapshot.size(entry) {
            Ok(size) if size > LARGE_BYTES => {
                items.push(Item::new("path", &entry.path).with("size_bytes", size));
                evidence.push(Evidence::path(&*entry.path));
            }
            Ok(_) => {}
            Err(error) => {
                missed.get_or_insert_with(|| error.reason(&entry.path));
            }
        }
    }
    match missed {
        Some(reason) if items.is_empty() => facts.set_unknown(key, reason),
        _ => facts.set(key, items, evidence),
    }
}

#[cfg(test)]
mod env_tests;
#[cfg(test)]
mod tests;
