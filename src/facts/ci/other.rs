// SPDX-License-Identifier: EUPL-1.2
//! The other systems: Travis, Woodpecker, Drone, Bitbucket, `SourceHut`; any other by its usual keys.

use super::job::{Definition, Job, Step, StepKind};
use super::purpose::{Meaning, Purpose};
use super::triggers::{Told, Triggers, listed, names_all};
use crate::model::document::{Node, Pair};

/// Keys that hold commands in every system that we know.
const COMMANDS: [&str; 12] = [
    "script",
    "commands",
    "run",
    "command",
    "bash",
    "pwsh",
    "powershell",
    "before_script",
    "after_success",
    "test_script",
    "deploy_script",
    "build_script",
];

pub(super) fn job(definition: &Definition, line: u32, name: &str, steps: Vec<Step>) -> Job {
    Job {
        path: definition.path.clone(),
        line,
        name: name.to_owned(),
        is_blocking: true,
        steps,
    }
}

fn scripts(node: &Node) -> Vec<Step> {
    node.one_or_many()
        .iter()
        .filter_map(|line| Step::script(line, Some("")))
        .collect()
}

/// What Travis runs when a definition names a language and no script.
const TRAVIS_DEFAULTS: [(&str, &str); 8] = [
    ("node_js", "npm test"),
    ("ruby", "rake"),
    ("php", "phpunit"),
    ("go", "go test ./..."),
    ("java", "mvn test"),
    ("rust", "cargo test"),
    ("elixir", "mix test"),
    ("r", "R CMD check"),
];

pub(super) fn travis(definition: &mut Definition, root: &Node, default: Option<&str>) {
    definition.triggers = of_branches(root.get("branches"), ("only", "except"), default);
    let mut steps = Vec::new();
    for key in [
        "before_script",
        "script",
        "after_success",
        "after_script",
        "before_deploy",
    ] {
        steps.extend(root.get(key).map(scripts).unwrap_or_default());
    }
    let includes: Vec<&Node> = ["jobs", "matrix"]
        .iter()
        .filter_map(|key| root.at(&[key, "include"]))
        .flat_map(Node::items)
        .collect();
    if root.get("script").is_none() && includes.iter().all(|job| job.get("script").is_none()) {
        let language = root.pair("language");
        let written = language
            .and_then(|pair| pair.value.one_or_many().first()?.scalar())
            .unwrap_or_default();
        let command = TRAVIS_DEFAULTS.iter().find(|(name, _)| *name == written);
        steps.extend(command.map(|(_, text)| Step {
            line: language.map_or(1, |pair| pair.line),
            name: String::new(),
            is_blocking: true,
            is_elsewhere: false,
            kind: StepKind::Script {
                text: (*text).to_owned(),
                folder: Some(String::new()),
            },
        }));
    }
    steps.extend(root.get("deploy").map(travis_deploy).unwrap_or_default());
    let main = job(definition, 1, "build", steps);
    definition.jobs.push(main);
    for include in includes {
        let mut steps = include.get("script").map(scripts).unwrap_or_default();
        steps.extend(include.get("deploy").map(travis_deploy).unwrap_or_default());
        let name = ["name", "stage", "env"]
            .iter()
            .find_map(|key| include.get(key)?.scalar());
        let included = job(
            definition,
            include.line,
            name.as_deref().unwrap_or("job"),
            steps,
        );
        definition.jobs.push(included);
    }
}

fn travis_deploy(node: &Node) -> Vec<Step> {
    let mut steps = Vec::new();
    for deploy in node.one_or_many() {
        let provider = deploy
            .get("provider")
            .and_then(Node::scalar)
            .unwrap_or_default();
        let meaning = match provider.as_str() {
            "npm" | "pypi" | "rubygems" | "releases" | "cargo" | "maven" | "hackage"
            | "packagecloud" | "puppetforge" | "snap" => Meaning::of(Purpose::Publish),
            "heroku" => Meaning::deploys_to("heroku"),
            "pages" => Meaning::deploys_to("gh-pages"),
            "netlify" => Meaning::deploys_to("netlify"),
            "surge" => Meaning::deploys_to("surge"),
            "firebase" => Meaning::deploys_to("firebase"),
            "s3" | "elasticbeanstalk" | "codedeploy" | "lambda" => Meaning::deploys_to("aws"),
            "script" => {
                steps.extend(deploy.get("script").map(scripts).unwrap_or_default());
                continue;
            }
            _ => Meaning::of(Purpose::Deploy),
        };
        steps.push(Step::means(deploy.line, meaning, &provider));
    }
    steps
}

/// Woodpecker and Drone: steps with commands, or with an image that is a plugin.
pub(super) fn containers(definition: &mut Definition, roots: &[Node], default: Option<&str>) {
    for root in roots {
        let list = root.get("steps").or_else(|| root.get("pipeline"));
        let mut steps = Vec::new();
        for (line, name, node) in list.map(named).unwrap_or_default() {
            steps.extend(node.get("commands").map(scripts).unwrap_or_default());
            let image = node
                .get("image")
                .or_else(|| node.get("plugin"))
                .and_then(Node::scalar);
            if let Some(image) =
                image.filter(|_| node.get("settings").is_some() || node.get("commands").is_none())
            {
                let plain = image
                    .rsplit_once(':')
                    .map_or(image.as_str(), |(image, _)| image);
                steps.push(Step {
                    line,
                    name,
                    is_blocking: node.get("failure").and_then(Node::text) != Some("ignore"),
                    is_elsewhere: false,
                    kind: StepKind::Uses {
                        name: plain.to_owned(),
                        inputs: vec![("push".to_owned(), "true".to_owned())],
                    },
                });
            }
        }
        let name = root
            .get("name")
            .and_then(Node::scalar)
            .unwrap_or_else(|| "pipeline".to_owned());
        let found = job(definition, root.line, &name, steps);
        definition.jobs.push(found);
        let conditions = root.get("when").or_else(|| root.get("trigger"));
        match conditions.map(Node::one_or_many) {
            None | Some([]) => definition.triggers.started_by(&Triggers::always()),
            Some(conditions) => {
                for condition in conditions {
                    let one = container_triggers(condition, default);
                    definition.triggers.started_by(&one);
                }
            }
        }
    }
}

/// One condition of Woodpecker or Drone: events, and branches for them.
fn container_triggers(condition: &Node, default: Option<&str>) -> Triggers {
    let names = |node: Option<&Node>| -> Vec<String> {
        let list = node.map(|node| node.get("include").unwrap_or(node).one_or_many());
        let names = list.unwrap_or_default().iter().filter_map(Node::scalar);
        names.collect()
    };
    let events = names(condition.get("event"));
    let has = |event: &str| events.is_empty() || events.iter().any(|name| name == event);
    let branches = names(condition.get("branch"));
    let on_default = if branches.is_empty() {
        Told::Yes
    } else {
        listed(default, &branches)
    };
    Triggers {
        push: on_default.min(has("push").into()),
        every: has("push") && (branches.is_empty() || names_all(&branches)),
        request: on_default.min(has("pull_request").into()),
        ..Triggers::default()
    }
}

/// Triggers of a block with lists of branches let in and kept out, as Travis and Azure write them.
pub(super) fn of_branches(
    block: Option<&Node>,
    (only, except): (&str, &str),
    default: Option<&str>,
) -> Triggers {
    let mut triggers = Triggers::always();
    let Some(block) = block else { return triggers };
    let list = if block.is_map() {
        block.get(only)
    } else {
        Some(block)
    };
    let names = |node: &Node| -> Vec<String> {
        let names = node.one_or_many().iter().filter_map(Node::scalar);
        names.collect()
    };
    triggers.line = block.line;
    if let Some(list) = list {
        let names = names(list);
        triggers.push = listed(default, &names);
        triggers.every = names_all(&names);
        triggers.request = triggers.push;
        if triggers.push == Told::No {
            let shown = format!("{only}: [{}]", names.join(", "));
            triggers.filters.push((list.line, shown));
        }
    }
    if let Some(list) = block.get(except) {
        let kept = listed(default, &names(list)).not();
        triggers.push = triggers.push.min(kept);
        triggers.request = triggers.request.min(kept);
    }
    triggers
}

/// Steps written as a list of maps with a name, or as a map by name.
fn named(node: &Node) -> Vec<(u32, String, &Node)> {
    let listed = node.items().iter().map(|item| {
        let name = item.get("name").and_then(Node::scalar).unwrap_or_default();
        (item.line, name, item)
    });
    let keyed = node
        .pairs()
        .iter()
        .map(|pair| (pair.line, pair.key.clone(), &pair.value));
    listed.chain(keyed).collect()
}

pub(super) fn bitbucket(definition: &mut Definition, root: &Node, default: Option<&str>) {
    let pipelines = root.get("pipelines");
    let has = |key: &str| pipelines.and_then(|node| node.get(key)).is_some();
    let branches = pipelines.and_then(|node| node.get("branches"));
    let names = branches.map(Node::pairs).unwrap_or_default().iter();
    let names: Vec<String> = names.map(|pair| pair.key.clone()).collect();
    generic(definition, root);
    definition.triggers = Triggers {
        push: listed(default, &names).max(has("default").into()),
        every: has("default") || names_all(&names),
        request: has("pull-requests").into(),
        line: root.pair("pipelines").map_or(0, |pair| pair.line),
        ..Triggers::default()
    };
}

/// `SourceHut`: tasks by name; pushes and patches start them.
pub(super) fn sourcehut(definition: &mut Definition, root: &Node) {
    definition.triggers = Triggers::always();
    for item in root.get("tasks").map(Node::items).unwrap_or_default() {
        for Pair { key, line, value } in item.pairs() {
            let found = job(
                definition,
                *line,
                key,
                Step::script(value, None).into_iter().collect(),
            );
            definition.jobs.push(found);
        }
    }
}

/// Any system: every command under one of the usual keys.
pub(super) fn generic(definition: &mut Definition, root: &Node) {
    let mut steps = Vec::new();
    collect(root, &mut steps, 16);
    let found = job(definition, 1, "pipeline", steps);
    definition.jobs.push(found);
    definition.triggers = match definition.system {
        // what starts these is said on their own pages
        "buildkite" | "semaphore" | "aws-codebuild" | "google-cloud-build" => {
            Triggers::set_elsewhere()
        }
        _ => Triggers::always(),
    };
}

fn collect(node: &Node, steps: &mut Vec<Step>, depth: u8) {
    if depth == 0 {
        return;
    }
    for pair in node.pairs() {
        if pair.key == "pipe" {
            steps.extend(pair.value.text().map(|name| Step {
                line: pair.line,
                name: String::new(),
                is_blocking: true,
                is_elsewhere: false,
                kind: StepKind::Uses {
                    name: name.to_owned(),
                    inputs: Vec::new(),
                },
            }));
        } else if COMMANDS.contains(&pair.key.as_str()) || pair.key.ends_with("_script") {
            steps.extend(scripts(&pair.value));
            pair.value
                .items()
                .iter()
                .for_each(|item| collect(item, steps, depth - 1));
        } else {
            collect(&pair.value, steps, depth - 1);
        }
    }
    node.items()
        .iter()
        .for_each(|item| collect(item, steps, depth - 1));
}
