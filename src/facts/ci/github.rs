// SPDX-License-Identifier: EUPL-1.2
//! GitHub Actions, and Forgejo and Gitea Actions that share its shape: workflows and local actions.

use std::collections::BTreeMap;

use super::action::by_words;
use super::events::triggers;
use super::job::{Definition, Job, Step, StepKind};
use super::purpose::Meaning;
use super::shell::joined;
use super::variables::Variables;
use crate::model::document::Node;

/// Local actions that use local actions are followed this deep.
const DEPTH: u8 = 4;

/// Steps of one job that are kept, variants counted each time.
const MOST_STEPS: usize = 2000;

/// Values that callers give to the inputs of a workflow.
pub(super) type Given = BTreeMap<String, Vec<String>>;

/// What surrounds a workflow.
pub(super) struct Surroundings<'a, 'n> {
    /// Finds the parsed local action of a folder.
    pub(super) local: &'a dyn Fn(&str) -> Option<&'n Node>,
    /// What callers give to its inputs.
    pub(super) given: &'a Given,
    /// The default branch when it is known.
    pub(super) default: Option<&'a str>,
}

/// Reads a workflow.
pub(super) fn workflow(definition: &mut Definition, root: &Node, around: &Surroundings<'_, '_>) {
    definition.triggers = triggers(root, around.default);
    definition.name = root.get("name").and_then(Node::scalar).unwrap_or_default();
    definition.restricts_token = Some(
        root.get("permissions")
            .is_some_and(|block| block.text() != Some("write-all")),
    );
    let inputs = ["on", "true"]
        .iter()
        .find_map(|key| root.at(&[key, "workflow_call", "inputs"]));
    let variables = Variables::default()
        .with_env(root.get("env"))
        .with_inputs(inputs, around.given);
    let defaults = root.at(&["defaults", "run"]);
    let folder = working_directory(defaults).unwrap_or_default();
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
        let own = node.at(&["defaults", "run"]);
        let job_folder = working_directory(own);
        let place = Place {
            folder: job_folder.as_deref().unwrap_or(&folder),
            shell: shell_of(own).or_else(|| shell_of(defaults)),
            variables: &variables
                .clone()
                .with_env(node.get("env"))
                .with_matrix(node),
            called_at: None,
            depth: DEPTH,
        };
        for step in node.get("steps").map(Node::items).unwrap_or_default() {
            add_step((definition, around), &mut job.steps, step, &place);
        }
        job.steps.truncate(MOST_STEPS);
        definition.jobs.push(job);
    }
}

/// Reads a local composite action: only what it uses, since its steps count where it is called.
pub(super) fn local_action(definition: &mut Definition, root: &Node) {
    definition.is_part = true;
    for step in steps_of_action(root) {
        if let Some(uses) = step.get("uses")
            && let Some(reference) = uses.text()
            && is_elsewhere(reference)
        {
            definition.actions.push((uses.line, reference.to_owned()));
        }
    }
}

/// The steps of a composite action.
pub(super) fn steps_of_action(root: &Node) -> &[Node] {
    root.at(&["runs", "steps"])
        .map(Node::items)
        .unwrap_or_default()
}

/// Where a step stands.
struct Place<'p> {
    folder: &'p str,
    shell: Option<String>,
    variables: &'p Variables,
    /// Line of the step that calls the local action in which this one stands.
    called_at: Option<u32>,
    depth: u8,
}

fn add_step(
    (definition, around): (&mut Definition, &Surroundings<'_, '_>),
    steps: &mut Vec<Step>,
    node: &Node,
    place: &Place<'_>,
) {
    if is_disabled(node) || steps.len() > MOST_STEPS {
        return;
    }
    let is_blocking = !is_tolerated(node);
    let variables = place.variables.clone().with_env(node.get("env"));
    let name = node.get("name").and_then(Node::scalar).unwrap_or_default();
    let from = steps.len();
    if let Some(run) = node.get("run") {
        let shell = shell_of(Some(node)).or_else(|| place.shell.clone());
        let own = working_directory(Some(node));
        let folder = own.as_deref().unwrap_or(place.folder);
        steps.extend(scripts(run, shell.as_deref(), folder, &variables));
    }
    if let Some(uses) = node.get("uses")
        && let Some(reference) = uses.text()
    {
        if let Some(path) = reference.strip_prefix("./") {
            let action = (around.local)(path.trim_end_matches('/'));
            let Some(action) = action.filter(|_| place.depth > 0) else {
                return;
            };
            let mut given = Given::new();
            for pair in node.get("with").map(Node::pairs).unwrap_or_default() {
                let values = pair.value.scalar().map(|value| variables.variants(&value));
                given.insert(pair.key.clone(), values.unwrap_or_default());
            }
            let inner = Place {
                folder: "",
                shell: None,
                variables: &Variables::default().with_inputs(action.get("inputs"), &given),
                // the evidence is the step that calls the action
                called_at: Some(place.called_at.unwrap_or(uses.line)),
                depth: place.depth - 1,
            };
            for step in steps_of_action(action) {
                add_step((&mut *definition, around), steps, step, &inner);
            }
        } else {
            if is_elsewhere(reference) && place.called_at.is_none() {
                definition.actions.push((uses.line, reference.to_owned()));
            }
            steps.push(used(uses.line, reference, node.get("with"), &variables));
        }
    }
    for step in &mut steps[from..] {
        step.is_blocking &= is_blocking;
        if step.name.is_empty() {
            step.name.clone_from(&name);
        }
        if let Some(line) = place.called_at {
            step.line = line;
            step.is_elsewhere = true;
        }
    }
}

/// The commands of a `run:`, once for each value of what it names.
fn scripts(run: &Node, shell: Option<&str>, folder: &str, variables: &Variables) -> Vec<Step> {
    let Some(text) = run.scalar() else {
        return Vec::new();
    };
    let shell = shell.unwrap_or("bash");
    if shell.contains("python") || shell.contains("perl") {
        return Vec::new();
    }
    let text = if shell.contains("Rscript") {
        format!("Rscript -e '{}'", text.replace('\'', "\""))
    } else {
        text
    };
    let folders: Vec<Option<String>> = variables
        .variants(folder)
        .into_iter()
        .map(|folder| (!folder.contains("${{")).then_some(folder))
        .collect();
    let mut found = Vec::new();
    for text in variables.variants(&text) {
        for folder in &folders {
            found.push(Step {
                line: run.line,
                name: String::new(),
                is_blocking: true,
                is_elsewhere: false,
                kind: StepKind::Script {
                    text: text.clone(),
                    folder: folder.clone(),
                },
            });
        }
    }
    found
}

/// A step that uses an action of others, with what is known put into its inputs.
fn used(line: u32, reference: &str, inputs: Option<&Node>, variables: &Variables) -> Step {
    let mut step = Step::uses(line, reference, inputs);
    if let StepKind::Uses { inputs, .. } = &mut step.kind {
        for (_, value) in inputs {
            if let Some(filled) = variables.variants(value).into_iter().next() {
                *value = filled;
            }
        }
    }
    step
}

/// A workflow of another repository is known by the names of the file and of the job alone.
fn called_workflow(definition: &mut Definition, job: &mut Job, line: u32, reference: &str) {
    if let Some(path) = reference.strip_prefix("./") {
        definition.calls.push(path.to_owned());
    }
    if !is_elsewhere(reference) {
        return;
    }
    definition.actions.push((line, reference.to_owned()));
    let file = reference.split('@').next().unwrap_or(reference);
    let file = file.rsplit('/').next().unwrap_or(file);
    if let Some(purpose) = by_words(file).or_else(|| by_words(&job.name)) {
        job.steps
            .push(Step::means(line, Meaning::of(purpose), reference));
    } else {
        definition.opaque = Some((line, reference.to_owned()));
    }
}

/// True for an action of another repository: not a local path, not an image.
pub(super) fn is_elsewhere(reference: &str) -> bool {
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

fn shell_of(node: Option<&Node>) -> Option<String> {
    node?.get("shell")?.scalar()
}

/// What stands between `${{` and `}}`, or the text itself.
fn bare(condition: &str) -> &str {
    condition
        .trim()
        .trim_start_matches("${{")
        .trim_end_matches("}}")
        .trim()
}

fn is_disabled(node: &Node) -> bool {
    let condition = node.get("if").and_then(Node::scalar);
    condition.is_some_and(|condition| bare(&condition) == "false")
}

fn is_tolerated(node: &Node) -> bool {
    let told = node.get("continue-on-error").and_then(Node::scalar);
    told.is_some_and(|told| bare(&told) == "true")
}
