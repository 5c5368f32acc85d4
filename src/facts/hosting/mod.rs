// SPDX-License-Identifier: EUPL-1.2
//! Deployment and hosting: recipes found, platforms, how containers are built, where the project runs.
//!
//! Files are facts; names of providers are signs with their place. What only running an image would tell is unknown.

mod backup;
mod compose;
mod containers;
mod data;
mod dockerfile;
mod guide;
mod images;
mod look;
mod notes;
mod platform;
mod programme;
mod provider;
mod recipes;
mod record;
mod runtimes;
mod sample;
mod sites;
mod targets;
#[cfg(test)]
mod tests;
mod users;
mod variables;
mod watched;
mod words;

use super::extract::Inputs;
use super::set::{FactSet, FactValue, Item};
use super::unread;
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::snapshot::Entry;
use containers::Containers;
use provider::{Sign, Strength};
use recipes::Recipes;
use record::Recorder;
use watched::Watched;

/// Files listed of a sample, such as Kubernetes manifests.
const SAMPLE: usize = 60;

/// Signs of providers that are shown.
const SHOWN_SIGNS: usize = 12;

/// References to the programme's servers that are listed.
const MOST_REFERENCES: usize = 50;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let recipes = Recipes::find(snapshot);
    let truncated = snapshot.cut();
    set_recipes(facts, &recipes, truncated.as_ref());
    let containers = Containers::read(snapshot, &recipes);
    match truncated
        .as_ref()
        .filter(|_| recipes.dockerfiles.is_empty())
    {
        Some(reason) => {
            for key in [
                "hosting.base_images_pinned",
                "hosting.runs_as_non_root",
                "hosting.healthcheck",
            ] {
                facts.set_unknown(key, reason.clone());
            }
        }
        None => containers.record(facts, &Watched::read(snapshot, &recipes)),
    }

    let sample = sample::find(snapshot);
    let evidence = sample
        .map(|entry| Evidence::path(&*entry.path))
        .into_iter()
        .collect();
    let sample = sample.map(|entry| entry.path.to_string());
    set_or_unknown(
        facts,
        "hosting.env_example",
        sample,
        evidence,
        truncated.as_ref(),
    );

    let notes = notes::read(snapshot);
    let statements = notes::statements(&notes);
    let guide = guide::find(&notes);

    let platforms = platform::find(snapshot, &recipes, facts, (&notes, &statements));
    let mut signs = look::look(snapshot);
    let unread = signs.unread.clone();
    let unread = unread.or_else(|| unread::among(snapshot, notes::is_document));
    let missed = truncated.as_ref().or(unread.as_ref());
    set_guide(facts, guide.as_ref(), missed);
    set_shaped(facts, &recipes, missed);
    signs.providers.extend(provider::of_statements(&statements));
    signs
        .providers
        .extend(platforms.iter().filter_map(of_platform));
    let providers = provider::kept(std::mem::take(&mut signs.providers));
    let recorder = Recorder {
        snapshot,
        truncated: truncated.as_ref(),
        unread: unread.as_ref(),
    };
    let targets = targets::find(
        &recipes,
        &containers,
        (&platforms, &providers),
        guide.or_else(|| guide::journal(&notes)).as_ref(),
        facts,
    );
    recorder.targets(facts, targets);
    recorder.dedicated_servers(facts, &statements);
    recorder.sites(facts);
    recorder.runtimes(facts, &containers);
    recorder.variables(facts, &notes, &signs.variables);
    let kept = data::find(snapshot, &recipes, &containers.compose, facts);
    recorder.persistent_data(facts, &kept, containers.problem.as_ref());
    let mut backups = backup::in_documents(&notes);
    backups.append(&mut signs.backups);
    backups.extend(backup::named_files(snapshot));
    recorder.backups(facts, &backups);
    set_platforms(facts, platforms, missed);
    set_providers(facts, &providers, missed);
    set_programme(facts, signs.programme, missed);
}

/// The files found, by kind.
fn set_recipes(facts: &mut FactSet, recipes: &Recipes<'_>, truncated: Option<&Reason>) {
    for (key, list) in [
        ("hosting.dockerfiles", &recipes.dockerfiles),
        ("hosting.compose", &recipes.compose),
        ("hosting.other_recipes", &recipes.other),
    ] {
        set_or_unknown(facts, key, paths(list), Vec::new(), truncated);
    }
    let procfile = recipes
        .procfiles
        .first()
        .map(|entry| entry.path.to_string());
    set_or_unknown(facts, "hosting.procfile", procfile, Vec::new(), truncated);
}

/// Recipes that their content tells from any other YAML file.
fn set_shaped(facts: &mut FactSet, recipes: &Recipes<'_>, missed: Option<&Reason>) {
    for (key, list) in [
        ("hosting.k8s_or_helm", &recipes.kubernetes),
        ("hosting.terraform_or_ansible", &recipes.provisioning),
    ] {
        set_or_unknown(facts, key, paths(list), Vec::new(), missed);
    }
}

fn set_guide(facts: &mut FactSet, guide: Option<&guide::Guide>, truncated: Option<&Reason>) {
    let evidence = guide.iter().map(|guide| match &guide.heading {
        Some((line, heading)) => Evidence::line(&guide.path, *line).with_excerpt(heading),
        None => Evidence::path(&guide.path),
    });
    let evidence = evidence.collect();
    let place = guide.map(|guide| match &guide.heading {
        Some((_, heading)) => format!("{}#{heading}", guide.path),
        None => guide.path.clone(),
    });
    set_or_unknown(facts, "hosting.deploy_doc", place, evidence, truncated);
}

fn paths(entries: &[&Entry]) -> Vec<String> {
    entries
        .iter()
        .take(SAMPLE)
        .map(|entry| entry.path.to_string())
        .collect()
}

/// Records a value; nothing found in a listing that was cut is not known.
fn set_or_unknown(
    facts: &mut FactSet,
    key: &'static str,
    value: impl Into<FactValue>,
    evidence: Vec<Evidence>,
    truncated: Option<&Reason>,
) {
    let value = value.into();
    match truncated.filter(|_| value.is_empty()) {
        Some(reason) => facts.set_unknown(key, reason.clone()),
        None => facts.set(key, value, evidence),
    }
}

fn set_platforms(facts: &mut FactSet, platforms: platform::Platforms, truncated: Option<&Reason>) {
    let mut items = Vec::new();
    let mut evidence = Vec::new();
    for (name, places) in platforms {
        let Some(first) = places.into_iter().next() else {
            continue;
        };
        let path = first.path.clone().unwrap_or_default();
        let place = first
            .line
            .map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
        items.push(Item::new("name", name).with("evidence", place));
        evidence.push(first);
    }
    set_or_unknown(facts, "hosting.paas", items, evidence, truncated);
}

/// A platform that is also a provider, seen in a recipe.
fn of_platform((name, places): (&&'static str, &Vec<Evidence>)) -> Option<Sign> {
    let name = match *name {
        "clever-cloud" => "Clever Cloud",
        "scalingo" => "Scalingo",
        "heroku" => "Heroku",
        "netlify" => "Netlify",
        "vercel" => "Vercel",
        "gh-pages" => "GitHub",
        "render" => "Render",
        "fly" => "Fly.io",
        _ => return None,
    };
    let first = places.first()?;
    let path = first.path.clone()?;
    // these fit several platforms and prove none
    if path.ends_with("Procfile") || path.ends_with("app.json") {
        return None;
    }
    let strength = if name == "GitHub" {
        Strength::Pages
    } else {
        Strength::Recipe
    };
    Some(Sign {
        name,
        path,
        line: first.line.unwrap_or(1),
        strength,
        excerpt: first.excerpt.clone().unwrap_or_default(),
    })
}

fn set_providers(facts: &mut FactSet, signs: &[Sign], truncated: Option<&Reason>) {
    // an address in a configuration may be a service that is only used
    let main = signs
        .iter()
        .find(|sign| sign.strength != Strength::Endpoint)
        .or(signs.first());
    let place = |sign: &Sign| Evidence::line(&sign.path, sign.line).with_excerpt(&sign.excerpt);
    let evidence = main.map(place).into_iter().collect();
    set_or_unknown(
        facts,
        "hosting.provider",
        main.map(|sign| sign.name),
        evidence,
        truncated,
    );
    let items: Vec<Item> = signs
        .iter()
        .map(|sign| {
            Item::new("name", sign.name)
                .with("path", &sign.path)
                .with("line", sign.line)
                .with("sign", sign.strength.as_str())
        })
        .collect();
    let evidence = signs.iter().take(SHOWN_SIGNS).map(place).collect();
    set_or_unknown(facts, "hosting.providers", items, evidence, truncated);
}

fn set_programme(facts: &mut FactSet, mut items: Vec<Item>, truncated: Option<&Reason>) {
    items.truncate(MOST_REFERENCES);
    let evidence: Vec<Evidence> = if items.is_empty() {
        vec![Evidence::note(Message::new("hosting-no-programme-server"))]
    } else {
        let places = items.iter().take(5).filter_map(|item| {
            let line = item.get("line")?.parse().ok()?;
            Some(Evidence::line(item.get("path")?, line).with_excerpt(item.get("host")?))
        });
        places.collect()
    };
    set_or_unknown(
        facts,
        "hosting.programme_server",
        items,
        evidence,
        truncated,
    );
}
