// SPDX-License-Identifier: EUPL-1.2
//! Azure Pipelines: steps and tasks at any depth.

use super::job::{Definition, Step, StepKind};
use super::other::{job, of_branches};
use super::purpose::{Meaning, Purpose};
use super::triggers::Triggers;
use crate::model::document::Node;

pub(super) fn azure(definition: &mut Definition, root: &Node, default: Option<&str>) {
    let side = |key: &str| -> Triggers {
        match root.get(key) {
            Some(node) if node.text() == Some("none") => Triggers::default(),
            Some(node) => {
                let branches = node.get("branches").unwrap_or(node);
                let has_names = !branches.items().is_empty() || branches.get("include").is_some();
                let block = Some(branches).filter(|_| has_names);
                of_branches(block, ("include", "exclude"), default)
            }
            None => Triggers::always(),
        }
    };
    let (pushes, requests) = (side("trigger"), side("pr"));
    definition.triggers = Triggers {
        request: requests.request,
        line: root.pair("trigger").map_or(0, |pair| pair.line),
        ..pushes
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
            is_elsewhere: false,
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
