// SPDX-License-Identifier: EUPL-1.2
//! Facts about licences: every declaration of the repository, weighed by authority, one expression per scope.

mod contents;
mod contradictions;
mod coverage;
mod declaration;
mod expression;
mod files;
mod formats;
mod generators;
mod heads;
mod manifests;
mod paths;
mod people;
mod publish;
mod readmes;
mod reasons;
mod reported;
mod restrictions;
mod reuse;
mod settle;
mod sources;
#[cfg(test)]
mod tests;

use super::extract::Inputs;
use super::licence::parse_declared;
use super::set::FactSet;
use crate::model::evidence::Observed;
use declaration::{Declaration, Origin, Part, Reach, Worth};
use people::Named;
use publish::Publication;
use readmes::Readmes;
use settle::Gathered;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let found = files::read(snapshot);
    let readmes = readmes::read(snapshot, facts.text("readme.path"));
    let mut sources = sources::read(snapshot);
    let mut manifests = manifests::read(snapshot);
    let mut declarations = std::mem::take(&mut manifests.declarations);
    declarations.extend(publiccode(facts));
    declarations.extend(readmes.declarations.iter().cloned());
    declarations.append(&mut sources.declarations);
    let mut gathered = Gathered {
        files: found.files,
        declarations,
        sources,
        kind: facts.text("kind").map(str::to_owned),
    };
    complete_stubs(&mut gathered);
    let settled = settle::settle(&gathered);
    let bound = settled
        .code
        .as_ref()
        .is_some_and(|code| !reasons::reciprocal(&code.expression).is_empty());
    // most projects have nothing to explain
    let reasons = bound.then(|| reasons::read(snapshot, &readmes));
    let publication = Publication {
        contradictions: contradictions::find(&gathered, &settled),
        holders: holders(inputs, facts, &gathered, &readmes),
        restrictions: restrictions_of(&gathered, &readmes),
        gathered,
        settled,
        readmes,
        reasons,
        unread: found.unread,
        gap: found.gap,
        publiccode_gap: match facts.get("publiccode.licence") {
            Some(Observed::Unknown(reason)) => Some(reason.clone()),
            _ => None,
        },
        manifests,
    };
    publication.publish(inputs, facts);
}

/// `legal.license` as a declaration.
fn publiccode(facts: &FactSet) -> Option<Declaration> {
    let value = facts.text("publiccode.licence")?;
    let place = place_of(facts, "publiccode.licence");
    let declared = parse_declared(value);
    Some(Declaration {
        path: place.0,
        line: place.1,
        value: value.to_owned(),
        expression: declared.expression,
        is_valid: declared.is_valid_spdx,
        origin: Origin::Publiccode,
        part: Part::All,
        reach: Reach::Whole,
        worth: Worth::Said,
    })
}

fn place_of(facts: &FactSet, key: &str) -> (String, Option<u32>) {
    let evidence = facts.get(key).map_or(&[][..], Observed::evidence);
    let first = evidence.first();
    let path = first.and_then(|place| place.path.clone());
    (
        path.unwrap_or_else(|| "publiccode.yml".to_owned()),
        first.and_then(|place| place.line),
    )
}

/// The form beside `License: MIT + file LICENSE` stands for the licence that the manifest names.
fn complete_stubs(gathered: &mut Gathered) {
    for file in &mut gathered.files {
        if file.expression.is_some() || !file.is_stub() {
            continue;
        }
        let folder = files::package_folder(&file.path).to_owned();
        file.expression = gathered
            .declarations
            .iter()
            .find(|said| said.origin == Origin::Manifest && said.folder() == folder)
            .and_then(|said| said.expression.clone());
    }
}

fn holders(
    inputs: &Inputs<'_>,
    facts: &FactSet,
    gathered: &Gathered,
    readmes: &Readmes,
) -> Vec<Named> {
    let owner = facts.text("publiccode.copyright_owner").map(|owner| {
        let (path, line) = place_of(facts, "publiccode.copyright_owner");
        Named {
            path,
            line,
            value: owner.to_owned(),
        }
    });
    people::holders(gathered, readmes, inputs.snapshot, owner)
}

/// Restrictions of licence files and of the README: path, line, sentence.
fn restrictions_of(gathered: &Gathered, readmes: &Readmes) -> Vec<(String, u32, String)> {
    let mut out = Vec::new();
    for file in &gathered.files {
        if let Some(sentence) = &file.found.restriction {
            let line = file.found.remainder.first().map_or(1, |rest| rest.line);
            out.push((file.path.clone(), line, sentence.clone()));
        }
    }
    for readme in readmes.all() {
        let found = restrictions::of_readme(&readme.prose).into_iter();
        out.extend(found.map(|(line, sentence)| (readme.path.clone(), line, sentence)));
    }
    out.truncate(restrictions::MAX_RESTRICTIONS);
    out
}
