// SPDX-License-Identifier: EUPL-1.2
//! What starts a workflow of GitHub, Forgejo or Gitea Actions.

use super::triggers::{Told, Triggers, listed, names_all};
use crate::model::document::{Node, Pair};

/// Activities of a request that change its code.
const CHANGES: [&str; 4] = ["opened", "synchronize", "synchronized", "reopened"];

/// The block of a workflow that names its events; YAML 1.1 tools write `on` as `true`.
pub(super) fn block(root: &Node) -> Option<&Pair> {
    root.pair("on").or_else(|| root.pair("true"))
}

/// Reads the events of a workflow.
pub(super) fn triggers(root: &Node, default: Option<&str>) -> Triggers {
    let Some(pair) = block(root) else {
        return Triggers::default();
    };
    let mut found = Triggers {
        line: pair.line,
        ..Triggers::default()
    };
    for name in pair.value.one_or_many().iter().filter_map(Node::text) {
        found.events.push(name.to_owned());
        match name {
            "push" => {
                found.push = Told::Yes;
                found.every = true;
            }
            name if is_request(name) => found.request = Told::Yes,
            _ => {}
        }
    }
    for event in pair.value.pairs() {
        found.events.push(event.key.clone());
        if event.key == "push" {
            push(&mut found, event, default);
        } else if is_request(&event.key) {
            request(&mut found, event, default);
        } else if event.key == "workflow_run" {
            found.after.extend(names(event.value.get("workflows")));
        }
    }
    found
}

fn push(found: &mut Triggers, event: &Pair, default: Option<&str>) {
    let only = event.value.pair("branches");
    let except = event.value.pair("branches-ignore");
    let has_tags = event.value.get("tags").is_some() || event.value.get("tags-ignore").is_some();
    match (only, except) {
        (Some(pair), _) => {
            let patterns = names(Some(&pair.value));
            found.every |= names_all(&patterns);
            filtered(
                found,
                pair,
                &patterns,
                listed(default, &patterns),
                Way::Push,
            );
        }
        (None, Some(pair)) => {
            let patterns = names(Some(&pair.value));
            found.every |= !names_all(&patterns);
            let told = listed(default, &patterns).not();
            filtered(found, pair, &patterns, told, Way::Push);
        }
        // a filter of tags alone leaves pushes to branches out
        (None, None) if has_tags => {}
        (None, None) => {
            found.push = Told::Yes;
            found.every = true;
        }
    }
}

fn request(found: &mut Triggers, event: &Pair, default: Option<&str>) {
    let types = names(event.value.get("types"));
    if !types.is_empty() && !types.iter().any(|name| CHANGES.contains(&name.as_str())) {
        return;
    }
    let (told, pair) = match (
        event.value.pair("branches"),
        event.value.pair("branches-ignore"),
    ) {
        (Some(pair), _) => (listed(default, &names(Some(&pair.value))), Some(pair)),
        (None, Some(pair)) => (listed(default, &names(Some(&pair.value))).not(), Some(pair)),
        (None, None) => (Told::Yes, None),
    };
    match pair {
        Some(pair) => {
            let patterns = names(Some(&pair.value));
            filtered(found, pair, &patterns, told, Way::Request);
        }
        None => found.request = Told::Yes,
    }
}

#[derive(Clone, Copy)]
enum Way {
    Push,
    Request,
}

fn filtered(found: &mut Triggers, pair: &Pair, patterns: &[String], told: Told, way: Way) {
    if told == Told::No {
        let shown = format!("{}: [{}]", pair.key, patterns.join(", "));
        found.filters.push((pair.line, shown));
    }
    let slot = match way {
        Way::Push => &mut found.push,
        Way::Request => &mut found.request,
    };
    *slot = (*slot).max(told);
}

fn names(node: Option<&Node>) -> Vec<String> {
    let items = node.map(Node::one_or_many).unwrap_or_default();
    items.iter().filter_map(Node::scalar).collect()
}

fn is_request(event: &str) -> bool {
    matches!(
        event,
        "pull_request" | "pull_request_target" | "merge_group"
    )
}
