// SPDX-License-Identifier: EUPL-1.2
//! CircleCI: jobs, reusable commands, orbs, and the workflows that decide which jobs run.

use super::action::{ActionDoes, action, by_words};
use super::job::{Definition, Job, Step};
use super::purpose::Meaning;
use super::shell::joined;
use super::triggers::{Told, Triggers, listed, names_all};
use crate::model::document::{Node, Pair};

/// Commands that call commands are followed this deep.
const DEPTH: u8 = 5;

pub(super) fn pipeline(definition: &mut Definition, root: &Node, default: Option<&str>) {
    let mut found = Triggers::default();
    let mut called: Vec<String> = Vec::new();
    let workflows = root.get("workflows").map(Node::pairs).unwrap_or_default();
    for workflow in workflows.iter().filter(|workflow| workflow.value.is_map()) {
        let is_scheduled = workflow.value.get("triggers").is_some();
        for item in workflow
            .value
            .get("jobs")
            .map(Node::items)
            .unwrap_or_default()
        {
            let (name, line, options) = match item.pairs().first() {
                Some(pair) => (pair.key.clone(), pair.line, Some(&pair.value)),
                None => (item.scalar().unwrap_or_default(), item.line, None),
            };
            if !is_scheduled {
                let filters = options.and_then(|options| options.at(&["filters", "branches"]));
                let one = job_triggers(filters, default, &mut found.filters);
                found.started_by(&one);
            }
            if root.at(&["jobs", name.as_str()]).is_none() {
                definition
                    .jobs
                    .extend(orb_job(&definition.path, &name, line));
            }
            called.push(name);
        }
    }
    for pair in root.get("jobs").map(Node::pairs).unwrap_or_default() {
        if called.is_empty() || called.contains(&pair.key) {
            let job = job(root, &definition.path, pair);
            definition.jobs.push(job);
        }
    }
    definition.triggers = if called.is_empty() {
        Triggers::always()
    } else {
        found
    };
}

/// Jobs run on every push unless a filter names branches; an expression stands between slashes and is the whole name.
fn job_triggers(
    branches: Option<&Node>,
    default: Option<&str>,
    filters: &mut Vec<(u32, String)>,
) -> Triggers {
    let Some(branches) = branches else {
        return Triggers::always();
    };
    let named = |key: &str| -> Option<(u32, Vec<String>)> {
        let pair = branches.pair(key)?;
        let names = pair.value.one_or_many().iter().filter_map(Node::scalar);
        Some((pair.line, names.collect()))
    };
    let mut triggers = Triggers::always();
    if let Some((line, names)) = named("only") {
        triggers.push = listed(default, &names);
        triggers.every = names_all(&names);
        triggers.request = triggers.every.into();
        if triggers.push == Told::No {
            filters.push((line, format!("only: [{}]", names.join(", "))));
        }
    } else if let Some((_, names)) = named("ignore") {
        triggers.push = listed(default, &names).not();
        triggers.every = !names_all(&names);
        triggers.request = triggers.every.into();
    }
    triggers
}

/// A job of an orb is known by its name alone.
fn orb_job(path: &str, name: &str, line: u32) -> Option<Job> {
    name.contains('/').then(|| {
        let meaning = match action(name, &[]) {
            ActionDoes::Means(meaning) => Some(meaning),
            _ => by_words(name).map(Meaning::of),
        };
        Job {
            path: path.to_owned(),
            line,
            name: name.to_owned(),
            is_blocking: true,
            steps: meaning
                .map(|meaning| Step::means(line, meaning, name))
                .into_iter()
                .collect(),
        }
    })
}

fn job(root: &Node, path: &str, pair: &Pair) -> Job {
    let folder = working_directory(&pair.value, "");
    let mut steps = Vec::new();
    add_steps(root, pair.value.get("steps"), (&folder, DEPTH), &mut steps);
    Job {
        path: path.to_owned(),
        line: pair.line,
        name: pair.key.clone(),
        is_blocking: true,
        steps,
    }
}

/// `~/repo/api` is the checkout's `api` when the checkout goes to `~/repo`, as it mostly does.
fn working_directory(node: &Node, folder: &str) -> String {
    match node.get("working_directory").and_then(Node::scalar) {
        Some(path) => match path.strip_prefix("~/") {
            Some(rest) => joined("", rest.split_once('/').map_or("", |(_, rest)| rest)),
            None => joined(folder, &path),
        },
        None => folder.to_owned(),
    }
}

fn add_steps(root: &Node, list: Option<&Node>, (folder, depth): (&str, u8), steps: &mut Vec<Step>) {
    for item in list.map(Node::items).unwrap_or_default() {
        let (name, line, value) = match item.pairs().first() {
            Some(pair) => (pair.key.as_str(), pair.line, Some(&pair.value)),
            None => (item.text().unwrap_or_default(), item.line, None),
        };
        match (name, value) {
            ("run", Some(run)) => {
                let command = run.get("command").unwrap_or(run);
                let folder = working_directory(run, folder);
                let title = run.get("name").and_then(Node::scalar).unwrap_or_default();
                steps.extend(Step::script(command, Some(&folder)).map(|step| Step {
                    name: title,
                    ..step
                }));
            }
            ("when" | "unless", Some(inner)) if depth > 0 => {
                add_steps(root, inner.get("steps"), (folder, depth - 1), steps);
            }
            (name, value) => {
                if let Some(command) = root.at(&["commands", name])
                    && depth > 0
                {
                    add_steps(root, command.get("steps"), (folder, depth - 1), steps);
                } else if name.contains('/') {
                    steps.push(Step::uses(line, name, value));
                }
            }
        }
    }
}
