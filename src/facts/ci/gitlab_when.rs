// SPDX-License-Identifier: EUPL-1.2
//! When a GitLab job runs: `rules:`, `only:`, `except:` and `when:`, tried on the pipelines that changes start.

use super::gitlab_condition::holds;
use super::triggers::{Told, is_like};
use crate::model::document::Node;

/// A pipeline that a change starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pipeline<'b> {
    /// A push to the default branch, whose name may be known.
    Default(Option<&'b str>),
    /// A push to some other branch.
    Branch,
    /// A merge request towards the default branch, whose name may be known.
    Request(Option<&'b str>),
}

/// What a job does in a pipeline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Runs {
    /// It runs by itself.
    pub(super) told: Told,
    /// It waits for somebody.
    pub(super) by_hand: bool,
    /// Its failure is allowed by the rule that applies.
    pub(super) tolerated: bool,
}

impl Runs {
    fn told(told: Told) -> Self {
        Self {
            told,
            ..Self::default()
        }
    }
}

/// The value of a key of a job, with what it extends.
pub(super) type Value<'f, 'n> = &'f dyn Fn(&str) -> Option<&'n Node>;

/// Whether a job runs in a pipeline. `rules` are its rules with every reference resolved.
pub(super) fn job_runs(value: Value<'_, '_>, rules: Option<&[&Node]>, at: Pipeline<'_>) -> Runs {
    if let Some(rules) = rules {
        return by_rules(rules, at);
    }
    let when = value("when").and_then(Node::text).unwrap_or_default();
    if when == "never" {
        return Runs::default();
    }
    let kept_out = value("except").map_or(Told::No, |except| by_names(except, at, false));
    let let_in = match value("only") {
        Some(only) => by_names(only, at, true),
        None => matches!(at, Pipeline::Default(_) | Pipeline::Branch).into(),
    };
    let told = let_in.min(kept_out.not());
    if when == "manual" {
        return Runs {
            told: Told::No,
            by_hand: told != Told::No,
            tolerated: true,
        };
    }
    Runs::told(told)
}

/// The first rule that holds decides; one that may hold leaves the answer open.
pub(super) fn by_rules(rules: &[&Node], at: Pipeline<'_>) -> Runs {
    let mut maybe = Told::No;
    for rule in rules {
        let applies = match rule.get("if").and_then(Node::scalar) {
            Some(condition) => holds(&condition, at),
            None => Told::Yes,
        };
        if applies == Told::No {
            continue;
        }
        let when = rule.get("when").and_then(Node::text).unwrap_or_default();
        let runs = !matches!(when, "never" | "manual");
        if applies == Told::Unclear {
            if runs {
                maybe = Told::Unclear;
            }
            continue;
        }
        return Runs {
            told: if runs { Told::Yes } else { maybe },
            by_hand: when == "manual",
            tolerated: rule.get("allow_failure").and_then(Node::flag) == Some(true),
        };
    }
    Runs::told(maybe)
}

/// `only:` and `except:` as a list of names, or with `refs:`, `variables:` and `changes:`.
fn by_names(node: &Node, at: Pipeline<'_>, is_only: bool) -> Told {
    let refs = if node.is_map() {
        node.get("refs")
    } else {
        Some(node)
    };
    let depends = node.get("variables").is_some() || (!is_only && node.get("changes").is_some());
    let told = match refs {
        Some(refs) => refs
            .one_or_many()
            .iter()
            .filter_map(Node::text)
            .map(|name| is_named(name, at))
            .max()
            .unwrap_or_default(),
        None => matches!(at, Pipeline::Default(_) | Pipeline::Branch).into(),
    };
    if depends && told == Told::Yes {
        Told::Unclear
    } else {
        told
    }
}

fn is_named(name: &str, at: Pipeline<'_>) -> Told {
    let name = if name.starts_with('/') {
        name
    } else {
        name.split('@').next().unwrap_or(name)
    };
    match (name, at) {
        ("branches" | "pushes", Pipeline::Default(_) | Pipeline::Branch)
        | ("merge_requests" | "external_pull_requests", Pipeline::Request(_)) => Told::Yes,
        (
            "tags"
            | "schedules"
            | "triggers"
            | "web"
            | "api"
            | "pipelines"
            | "chat"
            | "external"
            | "branches"
            | "pushes"
            | "merge_requests"
            | "external_pull_requests",
            _,
        )
        | (_, Pipeline::Request(_)) => Told::No,
        (name, Pipeline::Default(default)) => is_like(default, name),
        // some branch that nobody names
        (name, Pipeline::Branch) => is_like(Some("\u{1}"), name),
    }
}
