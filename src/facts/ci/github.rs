// SPDX-License-Identifier: EUPL-1.2
//! GitHub Actions, and Forgejo and Gitea Actions that share its shape: workflows and local actions.

use super::action::by_words;
use super::job::{Definition, Job, Step, Triggers};
use super::purpose::Meaning;
use super::shell::joined;
use crate::model::document::Node;

/// Reads a workflow. `local` finds the parsed local action of a folder.
pub(super) fn workflow<'n>(
    definition: &mut Definition,
    root: &Node,
    local: &dyn Fn(&str) -> Option<&'n Node>,
) {
    definition.triggers = triggers(root);
    definition.restricts_token = Some(
        root.get("permissions")
            .is_some_and(|block| block.text() != Some("write-all")),
    );
    let folder = working_directory(root.at(&["defaults", "run"])).unwrap_or_default();
    for pair in root.get("jobs").map(Node::pairs).unwrap_or_default() {
        let node = &pair.value;
        if is_disabled(node) {
            continue;
        }
        let name = node
            .get("name")
            .and_then(Node::scalar)
            .unwrap_or_else(|| pair.key.clone());
        let mut job = Job {
            path: definition.path.clone(),
            line: pair.line,
            name,
            is_blocking: !is_tolerated(node),
            steps: Vec::new(),
        };
        if let Some(uses) = node.get("uses")
            && let Some(reference) = uses.text()
        {
            called_workflow(definition, &mut job, uses.line, reference);
        }
        let own = working_directory(node.at(&["defaults", "run"]));
        let folder = own.as_deref().unwrap_or(&folder);
        for step in node.get("steps").map(Node::items).unwrap_or_default() {
            add_step(definition, &mut job.steps, step, (folder, local));
        }
        definition.jobs.push(job);
    }
}

/// Reads a local composite action: only what it uses, since its steps count where it is called.
pub(super) fn local_action(definition: &mut Definition, root: &Node) {
    for step in root
        .at(&["runs", "steps"])
        .map(Node::items)
        .unwrap_or_default()
    {
        if let Some(uses) = step.get("uses")
            && let Some(reference) = uses.text()
            && is_elsewhere(reference)
        {
            definition.actions.push((uses.line, reference.to_owned()));
        }
    }
}

type Surroundings<'a, 'n> = (&'a str, &'a dyn Fn(&str) -> Option<&'n Node>);

fn add_step(
    definition: &mut Definition,
    steps: &mut Vec<Step>,
    node: &Node,
    (folder, local): Surroundings<'_, '_>,
) {
    if is_disabled(node) {
        return;
    }
    let name = node.get("name").and_then(Node::scalar).unwrap_or_default();
    let is_blocking = !is_tolerated(node);
    if let Some(run) = node.get("run") {
        let own = working_directory(Some(node));
        let folder = own.as_deref().unwrap_or(folder);
        let known = (!folder.contains("${{")).then_some(folder);
        if let Some(step) = Step::script(run, known) {
            steps.push(Step {
                name: name.clone(),
                is_blocking,
                ..step
            });
        }
    }
    let Some(uses) = node.get("uses") else { return };
    let Some(reference) = uses.text() else { return };
    if let Some(path) = reference.strip_prefix("./") {
        let Some(action) = local(path.trim_end_matches('/')) else {
            return;
        };
        for inner in action
            .at(&["runs", "steps"])
            .map(Node::items)
            .unwrap_or_default()
        {
            let mut found = Vec::new();
            if let Some(run) = inner.get("run") {
                let own = working_directory(Some(inner));
                found.extend(Step::script(run, Some(own.as_deref().unwrap_or_default())));
            } else if let Some(name) = inner.get("uses").and_then(Node::text) {
                found.push(Step::uses(uses.line, name, inner.get("with")));
            }
            // the evidence is the step that calls the action
            steps.extend(found.into_iter().map(|step| Step {
                line: uses.line,
                is_blocking: is_blocking && !is_tolerated(inner),
                ..step
            }));
        }
        return;
    }
    if is_elsewhere(reference) {
        definition.actions.push((uses.line, reference.to_owned()));
    }
    steps.push(Step {
        name,
        is_blocking,
        ..Step::uses(uses.line, reference, node.get("with"))
    });
}

/// A workflow of another repository is known by the names of the job and of the file alone.
fn called_workflow(definition: &mut Definition, job: &mut Job, line: u32, reference: &str) {
    if !is_elsewhere(reference) {
        return;
    }
    definition.actions.push((line, reference.to_owned()));
    let file = reference.split('@').next().unwrap_or(reference);
    let file = file.rsplit('/').next().unwrap_or(file);
    if let Some(purpose) = by_words(file).or_else(|| by_words(&job.name)) {
        job.steps
            .push(Step::means(line, Meaning::of(purpose), reference));
    }
}

/// True for an action of another repository: not a local path, not an image.
fn is_elsewhere(reference: &str) -> bool {
    !reference.starts_with('.') && !reference.starts_with("docker://") && reference.contains('/')
}

/// True when a reference names a commit.
pub(super) fn is_pinned(reference: &str) -> bool {
    reference.rsplit_once('@').is_some_and(|(_, version)| {
        matches!(version.len(), 40 | 64) && version.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

fn working_directory(node: Option<&Node>) -> Option<String> {
    let text = node?.get("working-directory")?.scalar()?;
    let text = text.replace("${{ github.workspace }}", ".");
    Some(joined("", &text))
}

fn is_disabled(node: &Node) -> bool {
    node.get("if")
        .and_then(Node::scalar)
        .is_some_and(|condition| {
            let plain = condition
                .trim_start_matches("${{")
                .trim_end_matches("}}")
                .trim()
                .to_owned();
            plain == "false"
        })
}

fn is_tolerated(node: &Node) -> bool {
    node.get("continue-on-error").and_then(Node::flag) == Some(true)
}

fn triggers(root: &Node) -> Triggers {
    let Some(pair) = root.pair("on").or_else(|| root.pair("true")) else {
        return Triggers::default();
    };
    let mut triggers = Triggers {
        line: pair.line,
        ..Triggers::default()
    };
    let names = pair.value.one_or_many().iter().filter_map(Node::text);
    for name in names {
        triggers.any_push |= name == "push";
        triggers.request |= is_request(name);
    }
    for event in pair.value.pairs() {
        triggers.request |= is_request(&event.key);
        if event.key == "push" {
            let branches = event.value.get("branches");
            let only_tags = branches.is_none() && event.value.get("tags").is_some();
            let every = branches.is_none_or(|list| {
                list.one_or_many()
                    .iter()
                    .any(|name| matches!(name.text(), Some("**" | "*")))
            });
            triggers.any_push |= every && !only_tags && event.value.get("paths").is_none();
            triggers.push |= !only_tags;
        }
    }
    triggers.push |= triggers.any_push;
    triggers
}

fn is_request(event: &str) -> bool {
    matches!(
        event,
        "pull_request" | "pull_request_target" | "merge_group"
    )
}
