// SPDX-License-Identifier: EUPL-1.2
//! Committed secrets, environment files, signs of personal data and very large files: places and kinds, never a value.
//! Also where to report a vulnerability.

mod checks;
mod contact;
mod env_files;
mod lone;
mod patterns;
mod personal;
mod placeholders;
mod redact;
mod search;
mod security_txt;

use std::collections::BTreeMap;

use super::extract::Inputs;
use super::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::snapshot::Snapshot;
use env_files::{EnvFile, State};
pub(super) use redact::redact;
use search::Search;
use security_txt::{Expires, SecurityTxt};

/// Places shown at most for one fact.
const MOST_PLACES: usize = 50;

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
    let cut = snapshot.cut();
    let missed = cut.clone().or_else(|| search.unread.clone());
    set_secrets(&search, missed.clone(), facts);
    set_env_files(&env_files, cut.clone().or_else(|| unread.clone()), facts);
    set_union(&search, &env_files, missed.or(unread), facts);
    set_personal(snapshot, &search, facts);
    set_contacts(snapshot, cut.clone(), facts);
    set_security_txt(snapshot, cut.clone(), facts);
    set_large(snapshot, cut, facts);
}

/// A search without result: unknown when it was not complete.
fn set_nothing(key: &'static str, missed: Option<Reason>, searched: Message, facts: &mut FactSet) {
    match missed {
        Some(reason) => facts.set_unknown(key, reason),
        None => facts.set(key, Vec::<Item>::new(), vec![Evidence::note(searched)]),
    }
}

/// Data files with signs of persons: names of columns and numbers of rows.
fn set_personal(snapshot: &Snapshot, search: &Search, facts: &mut FactSet) {
    let key = "security.personal_data";
    let (mut signs, missed) = personal::find_in_tables(snapshot);
    signs.extend(search.persons.iter().cloned());
    signs.sort_by(|a, b| a.path.cmp(&b.path));
    if signs.is_empty() {
        let cut = snapshot.cut();
        set_nothing(
            key,
            cut.or(missed).or_else(|| search.unread.clone()),
            Message::new("persons-searched"),
            facts,
        );
        return;
    }
    let items: Vec<Item> = signs
        .iter()
        .map(|sign| {
            Item::new("path", &sign.path)
                .with("signs", sign.signs.join(", "))
                .with("columns", sign.columns.join(", "))
                .with("count", sign.count)
        })
        .collect();
    let evidence = signs.iter().take(MOST_PLACES).map(|sign| {
        let note = Message::new("persons-found")
            .with("signs", sign.signs.join(", "))
            .with("count", sign.count);
        let note = if sign.columns.is_empty() {
            note
        } else {
            note.with("columns", sign.columns.join(", "))
        };
        Evidence::path(&sign.path).with_note(note)
    });
    let evidence = evidence.collect();
    facts.set(key, items, evidence);
}

fn set_contacts(snapshot: &Snapshot, cut: Option<Reason>, facts: &mut FactSet) {
    let key = "security.contacts";
    let (mut contacts, unread) = contact::find(snapshot);
    let (files, _) = security_txt::find(snapshot);
    contacts.extend(
        files
            .iter()
            .filter(|file| file.has_contact)
            .map(|file| contact::Contact {
                path: file.path.clone(),
                line: file.line,
                kind: "security-txt",
                state: "filled",
            }),
    );
    if contacts.is_empty() {
        let unread = unread.map(|error| error.reason("SECURITY"));
        let searched = Message::new("security-contact-searched");
        set_nothing(key, cut.or(unread), searched, facts);
        return;
    }
    let items: Vec<Item> = contacts
        .iter()
        .map(|contact| {
            Item::new("path", &contact.path)
                .with("line", contact.line)
                .with("kind", contact.kind)
                .with("state", contact.state)
        })
        .collect();
    let evidence = contacts
        .iter()
        .map(|contact| {
            let code = match contact.state {
                "filled" => "security-contact-found",
                "template" => "security-contact-template",
                _ => "security-contact-no-address",
            };
            Evidence::line(&contact.path, contact.line).with_note(Message::new(code))
        })
        .collect();
    facts.set(key, items, evidence);
}

fn set_security_txt(snapshot: &Snapshot, cut: Option<Reason>, facts: &mut FactSet) {
    let (files, unread) = security_txt::find(snapshot);
    let unread = unread.map(|(path, error)| error.reason(&path));
    if let (true, Some(reason)) = (files.is_empty(), unread.or(cut)) {
        for key in [
            "security.txt",
            "security.txt_expires",
            "security.txt_complete",
        ] {
            facts.set_unknown(key, reason.clone());
        }
        return;
    }
    let moment = |file: &SecurityTxt| match file.expires {
        Expires::At(at) => Some(at),
        _ => None,
    };
    let mut evidence: Vec<Evidence> = files
        .iter()
        .map(|file| {
            let note = match moment(file) {
                Some(at) => Message::new("security-txt-expires").with("date", at.date()),
                None => Message::new("security-txt-no-date"),
            };
            Evidence::line(&file.path, file.line).with_note(note)
        })
        .collect();
    if evidence.is_empty() {
        evidence.push(Evidence::note(Message::new("security-txt-searched")));
    }
    let items: Vec<Item> = files
        .iter()
        .map(|file| Item::new("path", &file.path).with("state", file.state()))
        .collect();
    let soonest = files.iter().filter_map(moment).min_by_key(|at| at.seconds);
    let is_complete = files.iter().any(|file| file.state() == "complete");
    facts.set("security.txt", items, evidence);
    facts.set("security.txt_expires", soonest, Vec::new());
    facts.set("security.txt_complete", is_complete, Vec::new());
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

/// Names that the search for environment files goes by, as they are shown.
const ENV_NAMES: &str =
    ".env*, .envrc, *.env, *.pem, *.key, id_rsa, *.p12, *.jks, credentials*.json";

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
    let mut evidence: Vec<_> = files
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
    if evidence.is_empty() {
        let note = Message::new("env-files-searched").with("names", ENV_NAMES);
        evidence.push(Evidence::note(note));
    }
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
