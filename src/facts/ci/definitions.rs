// SPDX-License-Identifier: EUPL-1.2
//! Finds the CI definitions of a repository and reads each with the reader of its system.

use std::collections::BTreeMap;

use super::github::{Given, Surroundings};
use super::job::Definition;
use super::variables::Variables;
use super::{azure, circleci, github, gitlab, other, risks};
use crate::model::document::{Node, parse_yaml_documents};
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::{Entry, Snapshot};

/// Definitions that are read at most; a repository with more is no repository for people.
const MOST_DEFINITIONS: usize = 400;

/// Files of one GitLab pipeline.
const MOST_INCLUDES: usize = 100;

/// Every active definition, in the order of systems and paths.
pub(super) fn read(snapshot: &Snapshot, owner: Option<&str>) -> Vec<Definition> {
    let mut found = Vec::new();
    for (system, folder) in [
        ("github-actions", ".github"),
        ("forgejo-actions", ".forgejo"),
        ("gitea-actions", ".gitea"),
    ] {
        let mut read = actions(snapshot, (system, folder), owner);
        link(&mut read);
        risks::after_others(&mut read);
        found.extend(read);
    }
    found.extend(gitlab_pipeline(snapshot));
    for entry in snapshot.files() {
        if found.len() >= MOST_DEFINITIONS {
            break;
        }
        if let Some(system) = system_of(entry) {
            found.push(single(snapshot, entry, system));
        }
    }
    found
}

/// Rounds in which starts are handed from one workflow to those that it starts.
const ROUNDS: usize = 6;

/// Workflows that another one calls or precedes run when that one does.
fn link(definitions: &mut [Definition]) {
    for _ in 0..ROUNDS {
        let mut is_settled = true;
        for at in 0..definitions.len() {
            let mut triggers = definitions[at].triggers.clone();
            for other in definitions.iter().filter(|other| !other.is_part) {
                let is_caller = other.calls.contains(&definitions[at].path);
                let is_before = triggers.after.contains(&other.name) && !other.name.is_empty();
                if is_caller || is_before {
                    triggers.started_by(&other.triggers);
                }
            }
            is_settled &= triggers == definitions[at].triggers;
            definitions[at].triggers = triggers;
        }
        if is_settled {
            return;
        }
    }
}

/// The system of a definition that stands alone, by its path.
fn system_of(entry: &Entry) -> Option<&'static str> {
    let path = &*entry.path;
    let is_yaml = matches!(entry.extension().as_str(), "yml" | "yaml");
    match path {
        ".circleci/config.yml" | ".circleci/config.yaml" => return Some("circleci"),
        ".travis.yml" => return Some("travis-ci"),
        ".woodpecker.yml" | ".woodpecker.yaml" => return Some("woodpecker"),
        ".drone.yml" | ".drone.yaml" => return Some("drone"),
        "Jenkinsfile" | ".jenkins/Jenkinsfile" | "jenkins/Jenkinsfile" | "ci/Jenkinsfile" => {
            return Some("jenkins");
        }
        "azure-pipelines.yml" | "azure-pipelines.yaml" | ".azure-pipelines.yml" => {
            return Some("azure-pipelines");
        }
        "bitbucket-pipelines.yml" => return Some("bitbucket-pipelines"),
        ".build.yml" => return Some("sourcehut-builds"),
        "appveyor.yml" | ".appveyor.yml" => return Some("appveyor"),
        ".cirrus.yml" => return Some("cirrus-ci"),
        ".semaphore/semaphore.yml" => return Some("semaphore"),
        ".buildkite/pipeline.yml" => return Some("buildkite"),
        "buildspec.yml" => return Some("aws-codebuild"),
        "cloudbuild.yaml" | "cloudbuild.yml" => return Some("google-cloud-build"),
        _ => {}
    }
    let name = entry.name();
    if entry.is_at_root() && name.starts_with("Jenkinsfile.") && !is_switched_off(name) {
        return Some("jenkins");
    }
    if !is_yaml {
        return None;
    }
    match entry.folder() {
        ".woodpecker" => Some("woodpecker"),
        ".builds" => Some("sourcehut-builds"),
        ".azure-pipelines" | "azure-pipelines" | ".pipelines"
            if name.contains("pipeline") || name.contains("azure") =>
        {
            Some("azure-pipelines")
        }
        "" if name.starts_with("azure-pipelines") => Some("azure-pipelines"),
        _ => None,
    }
}

fn is_switched_off(name: &str) -> bool {
    [
        ".old",
        ".bak",
        ".disabled",
        ".off",
        ".orig",
        ".example",
        ".sample",
        ".md",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

/// The documents of a YAML file, or why they cannot be read.
fn documents(snapshot: &Snapshot, entry: &Entry) -> Parsed {
    let text = snapshot
        .text(entry)
        .map_err(|error| error.reason(&entry.path))?;
    if text.is_truncated {
        return Err(Reason::new(ReasonCode::Truncated)
            .with("path", &entry.path)
            .with("limit", "file_bytes"));
    }
    parse_yaml_documents(&text.text).map_err(|error| {
        Reason::new(ReasonCode::Unreadable)
            .with("path", &entry.path)
            .with("line", error.line)
            .with("column", error.column)
    })
}

fn definition(system: &'static str, entry: &Entry) -> Definition {
    Definition {
        system,
        path: entry.path.to_string(),
        ..Definition::default()
    }
}

fn not_interpreted(entry: &Entry) -> Reason {
    Reason::new(ReasonCode::NotInterpreted).with("path", &entry.path)
}

fn single(snapshot: &Snapshot, entry: &Entry, system: &'static str) -> Definition {
    let mut found = definition(system, entry);
    let default = snapshot.default_branch();
    if system == "jenkins" {
        found.problem = Some(not_interpreted(entry));
        return found;
    }
    match documents(snapshot, entry) {
        Err(reason) => found.problem = Some(reason),
        Ok(roots) => {
            let Some(root) = roots.iter().find(|root| root.is_map()) else {
                found.problem = Some(not_interpreted(entry));
                return found;
            };
            match system {
                "circleci" => circleci::pipeline(&mut found, root, default),
                "travis-ci" => other::travis(&mut found, root, default),
                "woodpecker" | "drone" => other::containers(&mut found, &roots, default),
                "azure-pipelines" => azure::azure(&mut found, root, default),
                "bitbucket-pipelines" => other::bitbucket(&mut found, root, default),
                "sourcehut-builds" => other::sourcehut(&mut found, root),
                _ => other::generic(&mut found, root),
            }
        }
    }
    found
}

/// Workflows and local actions below `.github`, `.forgejo` or `.gitea`.
fn actions(
    snapshot: &Snapshot,
    (system, folder): (&'static str, &str),
    owner: Option<&str>,
) -> Vec<Definition> {
    let workflows = format!("{folder}/workflows");
    let is_yaml = |entry: &&Entry| matches!(entry.extension().as_str(), "yml" | "yaml");
    let files: Vec<&Entry> = snapshot
        .files_below(&workflows)
        .filter(|entry| entry.folder() == workflows)
        .filter(is_yaml)
        .take(MOST_DEFINITIONS)
        .collect();
    let parsed: Vec<_> = files
        .iter()
        .map(|entry| documents(snapshot, entry))
        .collect();
    let local = local_actions(snapshot, folder, &parsed);
    let given = given_inputs(&parsed);
    let nothing = Given::new();
    let find = |path: &str| {
        local
            .get(path)
            .and_then(|(_, roots)| roots.as_ref().ok()?.first())
    };
    let mut found = Vec::new();
    for (entry, roots) in files.iter().zip(&parsed) {
        let mut workflow = definition(system, entry);
        match roots {
            Err(reason) => workflow.problem = Some(reason.clone()),
            Ok(roots) => match roots.iter().find(|root| root.is_map()) {
                Some(root) => {
                    let around = Surroundings {
                        local: &find,
                        given: given.get(&*entry.path).unwrap_or(&nothing),
                        default: snapshot.default_branch(),
                    };
                    github::workflow(&mut workflow, root, &around);
                    risks::workflow(&mut workflow, root, owner);
                }
                // an empty file configures nothing; a text or a list is no workflow
                None if roots.iter().all(Node::is_null) => continue,
                None => workflow.problem = Some(not_interpreted(entry)),
            },
        }
        found.push(workflow);
    }
    if found.is_empty() {
        return found;
    }
    for (entry, roots) in local.values() {
        let mut action = definition(system, entry);
        action.is_part = true;
        match roots {
            Err(reason) => action.problem = Some(reason.clone()),
            Ok(roots) => {
                for root in roots {
                    github::local_action(&mut action, root);
                    risks::local_action(&mut action, root, owner);
                }
            }
        }
        found.push(action);
    }
    found
}

/// Parsed documents, or why there are none.
type Parsed = Result<Vec<Node>, Reason>;

/// Local actions by folder: those beside the workflows, and those that workflows call wherever they are.
fn local_actions<'s>(
    snapshot: &'s Snapshot,
    folder: &str,
    workflows: &[Parsed],
) -> BTreeMap<String, (&'s Entry, Parsed)> {
    let called: Vec<String> = workflows
        .iter()
        .flatten()
        .flatten()
        .flat_map(local_calls)
        .collect();
    let below = format!("{folder}/");
    let mut local = BTreeMap::new();
    for entry in snapshot.files() {
        let is_action = matches!(entry.name(), "action.yml" | "action.yaml");
        if is_action
            && local.len() < MOST_DEFINITIONS
            && (entry.path.starts_with(&below) || called.iter().any(|path| path == entry.folder()))
        {
            let parsed = documents(snapshot, entry);
            local.insert(entry.folder().to_owned(), (entry, parsed));
        }
    }
    local
}

/// What workflows give to the inputs of the local workflows that they call, by path.
fn given_inputs(workflows: &[Parsed]) -> BTreeMap<String, Given> {
    let mut found: BTreeMap<String, Given> = BTreeMap::new();
    let jobs = workflows
        .iter()
        .flatten()
        .flatten()
        .filter_map(|root| root.get("jobs"))
        .flat_map(Node::pairs);
    for job in jobs {
        let uses = job.value.get("uses").and_then(Node::text);
        let Some(path) = uses.and_then(|uses| uses.strip_prefix("./")) else {
            continue;
        };
        let given = found.entry(path.to_owned()).or_default();
        let inputs = job.value.get("with").map(Node::pairs).unwrap_or_default();
        let variables = Variables::default().with_matrix(&job.value);
        for pair in inputs {
            if let Some(value) = pair.value.scalar() {
                let values = given.entry(pair.key.clone()).or_default();
                values.extend(variables.variants(&value));
            }
        }
    }
    found
}

/// Folders of the local actions that a workflow calls.
fn local_calls(root: &Node) -> Vec<String> {
    let jobs = root.get("jobs").map(Node::pairs).unwrap_or_default();
    jobs.iter()
        .flat_map(|job| job.value.get("steps").map(Node::items).unwrap_or_default())
        .filter_map(|step| step.get("uses")?.text()?.strip_prefix("./"))
        .map(|path| path.trim_end_matches('/').to_owned())
        .collect()
}

/// `.gitlab-ci.yml` with the local files that it includes.
fn gitlab_pipeline(snapshot: &Snapshot) -> Vec<Definition> {
    let is_own = |entry: &&Entry| entry.is_file() && !entry.is_vendored;
    let Some(main) = [".gitlab-ci.yml", ".gitlab-ci.yaml"]
        .iter()
        .find_map(|path| snapshot.entry(path))
        .filter(is_own)
    else {
        return Vec::new();
    };
    let mut files = vec![main];
    let mut parsed = Vec::new();
    let mut at = 0;
    while let Some(entry) = files.get(at).copied() {
        let roots = documents(snapshot, entry);
        for pattern in roots.iter().flatten().flat_map(gitlab::local_includes) {
            for included in snapshot
                .files()
                .filter(|file| is_like(&file.path, &pattern))
            {
                if files.len() < MOST_INCLUDES
                    && !files.iter().any(|file| file.path == included.path)
                {
                    files.push(included);
                }
            }
        }
        parsed.push(roots);
        at += 1;
    }
    let all: Vec<&Node> = parsed.iter().flatten().flatten().collect();
    let mut found = Vec::new();
    for (entry, roots) in files.iter().zip(&parsed) {
        let mut pipeline = definition("gitlab-ci", entry);
        match roots {
            Err(reason) => pipeline.problem = Some(reason.clone()),
            Ok(roots) if !roots.iter().all(|root| root.is_map() || root.is_null()) => {
                pipeline.problem = Some(not_interpreted(entry));
            }
            Ok(roots) => {
                for root in roots {
                    let default = snapshot.default_branch();
                    gitlab::pipeline(&mut pipeline, root, (&all, default));
                }
            }
        }
        found.push(pipeline);
    }
    found
}

/// A path of `include:`, where `*` stands for a part and `**` for any path.
fn is_like(path: &str, pattern: &str) -> bool {
    let Some((start, end)) = pattern.split_once('*') else {
        return path == pattern;
    };
    let any_depth = end.starts_with('*');
    let end = end.trim_start_matches(['*', '/']);
    path.strip_prefix(start)
        .and_then(|rest| rest.strip_suffix(end.trim_start_matches('*')))
        .is_some_and(|middle| any_depth || !middle.contains('/'))
}
