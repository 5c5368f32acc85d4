// SPDX-License-Identifier: EUPL-1.2
//! The other systems: Travis, Woodpecker, Drone, Azure Pipelines, Bitbucket, `SourceHut`; any other by its usual keys.

use super::job::{Definition, Job, Step, StepKind, Triggers};
use super::purpose::{Meaning, Purpose};
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

fn job(definition: &Definition, line: u32, name: &str, steps: Vec<Step>) -> Job {
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

pub(super) fn travis(definition: &mut Definition, root: &Node) {
    definition.triggers = Triggers::ALWAYS;
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
pub(super) fn containers(definition: &mut Definition, roots: &[Node]) {
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
        let events = [&["when", "event"][..], &["trigger", "event"][..]];
        let events = events.iter().find_map(|path| root.at(path));
        let names: Vec<String> = events
            .map(|node| node.get("include").unwrap_or(node).one_or_many())
            .unwrap_or_default()
            .iter()
            .filter_map(Node::scalar)
            .collect();
        let has = |event: &str| names.is_empty() || names.iter().any(|name| name == event);
        definition.triggers.push |= has("push");
        definition.triggers.any_push |= names.is_empty();
        definition.triggers.request |= has("pull_request");
    }
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

pub(super) fn azure(definition: &mut Definition, root: &Node) {
    let is_none = |key: &str| root.get(key).and_then(Node::text) == Some("none");
    definition.triggers = Triggers {
        any_push: root.get("trigger").is_none(),
        push: !is_none("trigger"),
        request: !is_none("pr"),
        line: root.pair("trigger").map_or(0, |pair| pair.line),
    };
    let mut steps = Vec::new();
    collect_azure(root, &mut steps, 12);
    let found = job(definition, 1, "pipeline", steps);
    definition.jobs.push(found);
}

fn collect_azure(node: &Node, steps: &mut Vec<Step>, depth: u8) {
    if depth == 0 || node.get("enabled").and_then(Node::flag) == Some(false) {
        return;
    }
    if let Some(pair) = node.pair("deployment") {
        let name = pair.value.scalar().unwrap_or_default();
        steps.push(Step::means(pair.line, Meaning::of(Purpose::Deploy), &name));
    }
    if let Some(task) = node.get("task").and_then(Node::text) {
        let input = |key: &str| {
            node.at(&["inputs", key])
                .and_then(Node::scalar)
                .unwrap_or_default()
        };
        let task_name = task.split('@').next().unwrap_or(task);
        let text = match task_name {
            "DotNetCoreCLI" => format!("dotnet {}", input("command")),
            "Maven" => format!("mvn {}", input("goals")),
            "Gradle" => format!("gradle {}", input("tasks")),
            "Npm" => format!(
                "npm {} {}",
                input("command").replace("custom", ""),
                input("customCommand")
            ),
            "VSTest" => "dotnet test".to_owned(),
            "Bash" | "PowerShell" | "CmdLine" => input("script"),
            "AzureWebApp"
            | "AzureFunctionApp"
            | "AzureRmWebAppDeployment"
            | "KubernetesManifest"
            | "HelmDeploy"
            | "AzureStaticWebApp"
            | "SSH"
            | "CopyFilesOverSSH"
            | "AzureCloudServiceDeployment" => {
                steps.push(Step::means(node.line, Meaning::of(Purpose::Deploy), task));
                return;
            }
            _ => return,
        };
        steps.push(Step {
            line: node.line,
            name: String::new(),
            is_blocking: node.get("continueOnError").and_then(Node::flag) != Some(true),
            kind: StepKind::Script {
                text,
                folder: Some(String::new()),
            },
        });
        return;
    }
    let folder = node
        .get("workingDirectory")
        .and_then(Node::scalar)
        .unwrap_or_default();
    let is_blocking = node.get("continueOnError").and_then(Node::flag) != Some(true);
    for pair in node.pairs() {
        if matches!(pair.key.as_str(), "script" | "bash" | "pwsh" | "powershell") {
            let step = Step::script(&pair.value, Some(&folder));
            steps.extend(step.map(|step| Step {
                is_blocking,
                ..step
            }));
        } else {
            collect_azure(&pair.value, steps, depth - 1);
        }
    }
    for item in node.items() {
        collect_azure(item, steps, depth - 1);
    }
}

pub(super) fn bitbucket(definition: &mut Definition, root: &Node) {
    let pipelines = root.get("pipelines");
    let has = |key: &str| pipelines.and_then(|node| node.get(key)).is_some();
    definition.triggers = Triggers {
        any_push: has("default"),
        push: has("default") || has("branches"),
        request: has("pull-requests") || has("default"),
        line: root.pair("pipelines").map_or(0, |pair| pair.line),
    };
    generic(definition, root);
}

/// `SourceHut`: tasks by name; pushes and patches start them.
pub(super) fn sourcehut(definition: &mut Definition, root: &Node) {
    definition.triggers = Triggers::ALWAYS;
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
    if definition.triggers == Triggers::default() {
        definition.triggers = Triggers::ALWAYS;
    }
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
