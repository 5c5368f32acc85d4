// SPDX-License-Identifier: EUPL-1.2
//! Conditions out of TOML: every problem noted with its line.

use std::collections::BTreeMap;

use super::operand::operand;
use super::predicate::{ContextField, Operator, Predicate};
use crate::facts::key::{FACTS, FactKind, fact};
use crate::model::document::Node;
use crate::model::fields::FieldReader;
use crate::model::message::Message;
use crate::model::outcome::ReasonCode;
use crate::model::problem::did_you_mean;

/// Operators that a leaf may carry, exactly one.
pub(super) const OPERATORS: [&str; 18] = [
    "equals",
    "one_of",
    "present",
    "known",
    "contains",
    "at_least",
    "at_most",
    "matches",
    "within_days",
    "after_context",
    "any_item",
    "all_items",
    "in_data",
    "licence_class",
    "mentions_context",
    "supported",
    "some_supported",
    "past_end",
];

/// Causes that a condition may give for being always unknown.
const UNKNOWN: [ReasonCode; 6] = [
    ReasonCode::NeedsPerson,
    ReasonCode::NeedsNetwork,
    ReasonCode::NeedsForge,
    ReasonCode::NotDeclared,
    ReasonCode::TooYoung,
    ReasonCode::Undecided,
];

/// Nesting of conditions.
const DEPTH: usize = 12;

/// What parsing a condition needs beside its text.
pub(super) struct Scope<'s> {
    /// Thresholds of the rule.
    pub(super) params: &'s BTreeMap<String, i64>,
    /// Names of value lists.
    pub(super) lists: &'s [&'s str],
    /// Names of tables of ends of support.
    pub(super) tables: &'s [&'s str],
    /// Classes of licences.
    pub(super) classes: &'s [&'s str],
    /// True for a file that is part of this executable: a test compiled its patterns.
    pub(super) is_embedded: bool,
}

/// A condition, or `None` after noting why not.
pub(super) fn predicate(
    reader: &mut FieldReader<'_>,
    node: &Node,
    scope: &Scope<'_>,
) -> Option<Predicate> {
    nested(reader, node, scope, 0)
}

fn nested(
    reader: &mut FieldReader<'_>,
    node: &Node,
    scope: &Scope<'_>,
    depth: usize,
) -> Option<Predicate> {
    if depth > DEPTH {
        reader.note(node.line, Message::new("predicate-too-deep"), None);
        return None;
    }
    let Some(first) = node.pairs().first() else {
        reader.note(node.line, Message::new("predicate-empty"), None);
        return None;
    };
    match first.key.as_str() {
        "all_of" | "any_of" => {
            reader.check_keys(node, &[&first.key]);
            let mut parts = Vec::new();
            let mut is_whole = true;
            for item in first.value.items() {
                match nested(reader, item, scope, depth + 1) {
                    Some(part) => parts.push(part),
                    None => is_whole = false,
                }
            }
            if first.value.items().is_empty() {
                reader.note(first.line, Message::new("predicate-empty"), None);
                return None;
            }
            is_whole.then_some(if first.key == "all_of" {
                Predicate::AllOf(parts)
            } else {
                Predicate::AnyOf(parts)
            })
        }
        "not" => {
            reader.check_keys(node, &["not"]);
            let inner = nested(reader, &first.value, scope, depth + 1)?;
            Some(Predicate::Not(Box::new(inner)))
        }
        "unknown" => {
            reader.check_keys(node, &["unknown"]);
            let codes = UNKNOWN.map(ReasonCode::as_str);
            let code = reader.choice(node, "unknown", &codes)?;
            UNKNOWN
                .into_iter()
                .find(|one| one.as_str() == code)
                .map(Predicate::Unknown)
        }
        _ => leaf(reader, node, scope),
    }
}

fn leaf(reader: &mut FieldReader<'_>, node: &Node, scope: &Scope<'_>) -> Option<Predicate> {
    let mut known = vec!["fact", "context"];
    known.extend(OPERATORS);
    reader.check_keys(node, &known);
    if let Some(pair) = node.pair("fact") {
        let key = reader.required_text(node, "fact")?;
        let Some(spec) = fact(&key) else {
            let keys: Vec<&str> = FACTS.iter().map(|spec| spec.key).collect();
            let message = Message::new("unknown-fact").with("key", &key);
            reader.note(pair.line, message, did_you_mean(&key, &keys));
            return None;
        };
        let operator = operator(reader, node, spec.kind, scope)?;
        return Some(Predicate::Fact(spec.key, operator));
    }
    if node.pair("context").is_some() {
        let name = reader.required_text(node, "context")?;
        let Some(field) = ContextField::parse(&name) else {
            let message = Message::new("unknown-context").with("key", &name);
            reader.note(node.line, message, None);
            return None;
        };
        let kind = match field {
            // whether a flag is declared at all is a question of its own
            _ if node.get("present").is_some() => FactKind::Text,
            ContextField::IsRunning
            | ContextField::HasEnded
            | ContextField::OwnerIsPublicSector => FactKind::Flag,
            ContextField::Ends => FactKind::Moment,
            ContextField::Defi | ContextField::Administration | ContextField::Promotion => {
                FactKind::Text
            }
        };
        return Some(Predicate::Context(
            field,
            operator(reader, node, kind, scope)?,
        ));
    }
    reader.missing(node, "fact");
    None
}

/// The one operator of a leaf, that fits the shape of what it asks.
fn operator(
    reader: &mut FieldReader<'_>,
    node: &Node,
    kind: FactKind,
    scope: &Scope<'_>,
) -> Option<Operator> {
    let mut found = node
        .pairs()
        .iter()
        .filter(|pair| OPERATORS.contains(&pair.key.as_str()));
    let (Some(pair), None) = (found.next(), found.next()) else {
        reader.note(node.line, Message::new("one-operator"), None);
        return None;
    };
    let fits = match pair.key.as_str() {
        "known" => true,
        "present" => !matches!(kind, FactKind::Flag | FactKind::Count),
        "equals" => matches!(kind, FactKind::Flag | FactKind::Count | FactKind::Text),
        "one_of" | "licence_class" => kind == FactKind::Text,
        "contains" => kind == FactKind::List,
        "at_least" | "at_most" => {
            matches!(kind, FactKind::Count | FactKind::List | FactKind::Items)
        }
        "matches" | "mentions_context" | "in_data" => {
            matches!(kind, FactKind::Text | FactKind::List)
        }
        "within_days" | "after_context" => kind == FactKind::Moment,
        _ => kind == FactKind::Items,
    };
    if !fits {
        let message = Message::new("operator-does-not-fit")
            .with("operator", &pair.key)
            .with("shape", format!("{kind:?}").to_lowercase());
        reader.note(pair.line, message, None);
        return None;
    }
    operand(reader, node, &pair.key, scope)
}
