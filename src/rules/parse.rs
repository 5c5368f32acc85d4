// SPDX-License-Identifier: EUPL-1.2
//! Conditions out of TOML: every problem noted with its line.

use std::collections::BTreeMap;

use regex::RegexBuilder;

use super::predicate::{ContextField, Operator, Pattern, Predicate};
use crate::facts::key::{FACTS, FactKind, fact};
use crate::model::document::{Node, NodeKind};
use crate::model::fields::FieldReader;
use crate::model::message::Message;
use crate::model::outcome::ReasonCode;
use crate::model::problem::did_you_mean;

/// Operators that a leaf may carry, exactly one.
const OPERATORS: [&str; 16] = [
    "equals",
    "one_of",
    "present",
    "contains",
    "at_least",
    "at_most",
    "matches",
    "within_days",
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

/// Longest pattern, in bytes.
const PATTERN_BYTES: usize = 4000;

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
            ContextField::IsRunning | ContextField::OwnerIsPublicSector => FactKind::Flag,
            _ => FactKind::Text,
        };
        return Some(Predicate::Context(
            field,
            operator(reader, node, kind, scope)?,
        ));
    }
    reader.missing(node, "fact");
    None
}

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
        "present" => !matches!(kind, FactKind::Flag | FactKind::Count),
        "equals" => matches!(kind, FactKind::Flag | FactKind::Count | FactKind::Text),
        "one_of" | "in_data" | "licence_class" => kind == FactKind::Text,
        "contains" => kind == FactKind::List,
        "at_least" | "at_most" => {
            matches!(kind, FactKind::Count | FactKind::List | FactKind::Items)
        }
        "matches" | "mentions_context" => matches!(kind, FactKind::Text | FactKind::List),
        "within_days" => kind == FactKind::Moment,
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

fn operand(
    reader: &mut FieldReader<'_>,
    node: &Node,
    name: &str,
    scope: &Scope<'_>,
) -> Option<Operator> {
    let value = node.get(name)?;
    match name {
        "equals" => equals(reader, value, scope),
        "one_of" => texts(reader, node, name).map(Operator::OneOf),
        "present" => reader.flag(node, name).map(Operator::Present),
        "contains" => reader.required_text(node, name).map(Operator::Contains),
        "at_least" => number(reader, value, scope).map(Operator::AtLeast),
        "at_most" => number(reader, value, scope).map(Operator::AtMost),
        "matches" => pattern(reader, value).map(Operator::Matches),
        "within_days" => within_days(reader, value, scope),
        "any_item" | "all_items" => {
            let field = reader.required_text(value, "field")?;
            let mut known = vec!["field"];
            known.extend(OPERATORS);
            reader.check_keys(value, &known);
            let inner = Box::new(item_operator(reader, value, scope)?);
            Some(if name == "any_item" {
                Operator::AnyItem(field, inner)
            } else {
                Operator::AllItems(field, inner)
            })
        }
        "in_data" => {
            let list = reader.choice(node, name, scope.lists)?;
            Some(Operator::InData(list))
        }
        "supported" => table(reader, node, name, scope).map(Operator::Supported),
        "some_supported" => table(reader, node, name, scope).map(Operator::SomeSupported),
        "past_end" => table(reader, node, name, scope).map(Operator::PastEnd),
        "licence_class" => {
            let classes = texts(reader, node, name)?;
            for class in &classes {
                if !scope.classes.contains(&class.as_str()) {
                    let message = Message::new("unknown-class").with("key", class);
                    reader.note(value.line, message, did_you_mean(class, scope.classes));
                }
            }
            let key = node.get("fact").and_then(Node::text).unwrap_or_default();
            Some(Operator::LicenceClass(classes, key.to_owned()))
        }
        "mentions_context" => {
            let text = reader.required_text(node, name)?;
            let field = ContextField::parse(&text);
            if field.is_none() {
                reader.note(
                    value.line,
                    Message::new("unknown-context").with("key", text),
                    None,
                );
            }
            field.map(Operator::MentionsContext)
        }
        _ => None,
    }
}

/// Inside a record every value is a text: operators of texts, and bounds over numbers written as text.
fn item_operator(reader: &mut FieldReader<'_>, node: &Node, scope: &Scope<'_>) -> Option<Operator> {
    let allowed = |key: &str| {
        OPERATORS.contains(&key)
            && !matches!(
                key,
                "any_item"
                    | "all_items"
                    | "within_days"
                    | "supported"
                    | "some_supported"
                    | "past_end"
            )
    };
    let mut found = node.pairs().iter().filter(|pair| allowed(&pair.key));
    let (Some(pair), None) = (found.next(), found.next()) else {
        reader.note(node.line, Message::new("one-operator"), None);
        return None;
    };
    operand(reader, node, &pair.key, scope)
}

fn table(
    reader: &mut FieldReader<'_>,
    node: &Node,
    name: &str,
    scope: &Scope<'_>,
) -> Option<String> {
    reader.choice(node, name, scope.tables)
}

fn equals(reader: &mut FieldReader<'_>, value: &Node, scope: &Scope<'_>) -> Option<Operator> {
    match &value.kind {
        NodeKind::Flag(flag) => Some(Operator::EqualsFlag(*flag)),
        NodeKind::Text(text) if !text.starts_with('$') => Some(Operator::EqualsText(text.clone())),
        _ => number(reader, value, scope).map(Operator::EqualsCount),
    }
}

fn texts(reader: &mut FieldReader<'_>, node: &Node, name: &str) -> Option<Vec<String>> {
    let found: Vec<String> = reader
        .texts(node, name)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    if found.is_empty() {
        reader.missing(node, name);
        return None;
    }
    Some(found)
}

/// A whole number, or `"$name"` for one of the rule's params.
fn number(reader: &mut FieldReader<'_>, value: &Node, scope: &Scope<'_>) -> Option<i64> {
    match &value.kind {
        NodeKind::Number(number) => {
            let parsed = number.parse().ok();
            if parsed.is_none() {
                reader.note(
                    value.line,
                    Message::new("expected-whole-number").with("key", number),
                    None,
                );
            }
            parsed
        }
        NodeKind::Text(text) => {
            let name = text.strip_prefix('$');
            let found = name.and_then(|name| scope.params.get(name)).copied();
            if found.is_none() {
                let message = Message::new("unknown-param").with("key", text);
                let names: Vec<&str> = scope.params.keys().map(String::as_str).collect();
                reader.note(value.line, message, did_you_mean(text, &names));
            }
            found
        }
        _ => {
            reader.note(
                value.line,
                Message::new("expected-whole-number").with("key", "?"),
                None,
            );
            None
        }
    }
}

fn pattern(reader: &mut FieldReader<'_>, value: &Node) -> Option<Pattern> {
    let text = value.text().unwrap_or_default();
    let compiled = RegexBuilder::new(text).size_limit(1 << 20).build();
    match compiled {
        Ok(regex) if !text.is_empty() && text.len() <= PATTERN_BYTES => Some(Pattern(regex)),
        Ok(_) => {
            reader.note(
                value.line,
                Message::new("bad-pattern").with("detail", text.len()),
                None,
            );
            None
        }
        Err(error) => {
            let detail = error.to_string();
            let last = detail.lines().last().unwrap_or_default().trim().to_owned();
            reader.note(
                value.line,
                Message::new("bad-pattern").with("detail", last),
                None,
            );
            None
        }
    }
}

fn within_days(reader: &mut FieldReader<'_>, value: &Node, scope: &Scope<'_>) -> Option<Operator> {
    if !value.is_map() {
        let full = number(reader, value, scope)?;
        return Some(Operator::WithinDays { full, none: full });
    }
    reader.check_keys(value, &["full", "none"]);
    let mut bound = |key: &str| {
        if let Some(node) = value.get(key) {
            number(reader, node, scope)
        } else {
            reader.missing(value, key);
            None
        }
    };
    let (full, none) = (bound("full"), bound("none"));
    let (full, none) = (full?, none?);
    if none < full {
        reader.note(value.line, Message::new("bounds-reversed"), None);
        return None;
    }
    Some(Operator::WithinDays { full, none })
}
