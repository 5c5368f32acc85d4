// SPDX-License-Identifier: EUPL-1.2
//! Which definitions do the project's own work, and which only look after tickets and requests.

use super::job::{Definition, StepKind};

/// Events of people and tickets: nothing that they start looks at code.
const ABOUT_PEOPLE: [&str; 17] = [
    "issues",
    "issue_comment",
    "label",
    "discussion",
    "discussion_comment",
    "milestone",
    "project",
    "project_card",
    "project_column",
    "watch",
    "fork",
    "member",
    "public",
    "gollum",
    "pull_request_review",
    "pull_request_review_comment",
    "pull_request_comment",
];

/// Parts of the names of actions that look after tickets and requests.
const CHORES: [&str; 28] = [
    "labeler",
    "label-",
    "/label",
    "-labels",
    "/stale",
    "first-interaction",
    "greeting",
    "welcome",
    "add-to-project",
    "project-beta",
    "auto-assign",
    "assign-",
    "lock-threads",
    "semantic-pull-request",
    "cla-assistant",
    "contributor-assistant",
    "all-contributors",
    "auto-merge",
    "automerge",
    "auto-approve",
    "fetch-metadata",
    "release-drafter",
    "issue-",
    "pr-title",
    "comment-pull-request",
    "create-or-update-comment",
    "delete-merged-branch",
    "no-response",
];

/// Actions that serve others and prove nothing by themselves.
const NEUTRAL: [&str; 4] = [
    "actions/checkout",
    "actions/github-script",
    "create-github-app-token",
    "create-app-token",
];

/// True for a definition that runs something for the project, not only for its tickets, labels and greetings.
pub(super) fn is_active(definition: &Definition) -> bool {
    if definition.is_part {
        return false;
    }
    if definition.system == "jenkins" {
        return true;
    }
    if !definition.system.ends_with("-actions") {
        return !definition.jobs.is_empty() || definition.opaque.is_some();
    }
    let events = &definition.triggers.events;
    let is_about_people = events
        .iter()
        .all(|event| ABOUT_PEOPLE.contains(&event.as_str()));
    let is_only_called = definition.triggers.is_only_called()
        && definition.triggers.push == super::triggers::Told::No
        && definition.triggers.request == super::triggers::Told::No;
    if definition.jobs.is_empty() || is_about_people || is_only_called {
        return false;
    }
    let mut chores = 0_usize;
    for step in definition.jobs.iter().flat_map(|job| &job.steps) {
        match &step.kind {
            StepKind::Uses { name, .. } => {
                let name = name.split('@').next().unwrap_or(name).to_ascii_lowercase();
                if CHORES.iter().any(|part| name.contains(part)) {
                    chores += 1;
                } else if !NEUTRAL.iter().any(|part| name.ends_with(part)) {
                    return true;
                }
            }
            // a dependency robot's requests that are merged by the forge's own command
            StepKind::Script { text, .. } if is_about_requests(text) => chores += 1,
            StepKind::Script { .. } | StepKind::Means(..) => return true,
        }
    }
    chores == 0
}

/// A script that only tells the forge to label, comment, approve or merge.
fn is_about_requests(text: &str) -> bool {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .peekable();
    lines.peek().is_some()
        && lines.all(|line| line.starts_with("gh pr ") || line.starts_with("gh issue "))
}
