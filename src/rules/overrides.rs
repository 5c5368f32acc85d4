// SPDX-License-Identifier: EUPL-1.2
//! What a programme configures otherwise, written over a rule before it is read.

use crate::model::document::{Node, NodeKind, Pair};
use crate::model::message::Message;
use crate::model::problem::{Problem, did_you_mean};
use crate::model::settings::RuleOverride;

/// Writes a programme's override over a rule's own values, before they are read: it is checked like them.
pub(super) fn apply(change: &RuleOverride, root: &mut Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    let NodeKind::Map(pairs) = &mut root.kind else {
        return problems;
    };
    let mut set = |key: &str, kind: NodeKind| {
        if let Some(pair) = pairs.iter_mut().find(|pair| pair.key == key) {
            pair.value.kind = kind;
        }
    };
    if let Some(weight) = change.weight {
        set("weight", NodeKind::Number(weight.to_string()));
    }
    if let Some(severity) = &change.severity {
        set("severity", NodeKind::Text(severity.clone()));
    }
    let params = pairs.iter_mut().find(|pair| pair.key == "params");
    let mut own: Vec<&mut Pair> = match params.map(|pair| &mut pair.value.kind) {
        Some(NodeKind::Map(pairs)) => pairs.iter_mut().collect(),
        _ => Vec::new(),
    };
    for (name, value) in &change.params {
        match own.iter_mut().find(|pair| pair.key == *name) {
            Some(pair) if value.as_u64().is_some_and(|n| u32::try_from(n).is_ok()) => {
                pair.value.kind = NodeKind::Number(value.to_string());
            }
            // told where the programme wrote it: nobody sees the rule's own file
            Some(_) => {
                let message = Message::new("expected-whole-number").with("key", name);
                problems.push(Problem::of_file(&change.file, Some(change.line), message));
            }
            None => {
                let names: Vec<&str> = own.iter().map(|pair| pair.key.as_str()).collect();
                let message = Message::new("unknown-param").with("key", name);
                let problem = Problem::of_file(&change.file, Some(change.line), message);
                problems.push(problem.with_suggestion(did_you_mean(name, &names)));
            }
        }
    }
    problems
}
