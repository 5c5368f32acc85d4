// SPDX-License-Identifier: EUPL-1.2
//! What operators compare with, out of TOML: every problem noted with its line.

use super::context::ContextField;
use super::operator::{FieldTest, Operator, Pattern};
use super::parse::{OPERATORS, Scope};
use crate::model::document::{Node, NodeKind};
use crate::model::fields::FieldReader;
use crate::model::message::Message;
use crate::model::problem::did_you_mean;

/// Longest pattern, in bytes.
const PATTERN_BYTES: usize = 4000;

/// What an operator compares with.
pub(super) fn operand(
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
        "known" => reader.flag(node, name).map(Operator::Known),
        "contains" => reader.required_text(node, name).map(Operator::Contains),
        "at_least" => number(reader, value, scope).map(Operator::AtLeast),
        "at_most" => number(reader, value, scope).map(Operator::AtMost),
        "matches" => pattern(reader, value, scope).map(Operator::Matches),
        "within_days" => within_days(reader, value, scope),
        "after_context" => context(reader, node, name, &["ends"]).map(Operator::AfterContext),
        "any_item" => tests(reader, value, scope).map(Operator::AnyItem),
        "all_items" => tests(reader, value, scope).map(Operator::AllItems),
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
            let texts = ["administration", "defi", "promotion"];
            context(reader, node, name, &texts).map(Operator::MentionsContext)
        }
        _ => None,
    }
}

/// A field of the context by its name, one of those that the operator can compare with.
fn context(
    reader: &mut FieldReader<'_>,
    node: &Node,
    name: &str,
    fields: &[&str],
) -> Option<ContextField> {
    let text = reader.required_text(node, name)?;
    let field = ContextField::parse(&text).filter(|_| fields.contains(&text.as_str()));
    if field.is_none() {
        let line = node.get(name).map_or(node.line, |value| value.line);
        let message = Message::new("unknown-context").with("key", &text);
        reader.note(line, message, did_you_mean(&text, fields));
    }
    field
}

/// What is asked of a record: one field, or `all_of` several.
fn tests(reader: &mut FieldReader<'_>, value: &Node, scope: &Scope<'_>) -> Option<Vec<FieldTest>> {
    let Some(list) = value.get("all_of") else {
        return test(reader, value, scope).map(|test| vec![test]);
    };
    reader.check_keys(value, &["all_of"]);
    if list.items().is_empty() {
        reader.note(list.line, Message::new("predicate-empty"), None);
        return None;
    }
    // every test is read before anything is given up, so that all problems are found at once
    let found: Vec<_> = list
        .items()
        .iter()
        .map(|item| test(reader, item, scope))
        .collect();
    found.into_iter().collect()
}

fn test(reader: &mut FieldReader<'_>, node: &Node, scope: &Scope<'_>) -> Option<FieldTest> {
    let field = reader.required_text(node, "field")?;
    let mut known = vec!["field"];
    known.extend(OPERATORS);
    reader.check_keys(node, &known);
    let operator = item_operator(reader, node, scope)?;
    Some(FieldTest { field, operator })
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
                    | "known"
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

fn pattern(reader: &mut FieldReader<'_>, value: &Node, scope: &Scope<'_>) -> Option<Pattern> {
    let text = value.text().unwrap_or_default();
    let detail = if text.is_empty() || text.len() > PATTERN_BYTES {
        text.len().to_string()
    } else if scope.is_embedded {
        return Some(Pattern::embedded(text));
    } else {
        match Pattern::checked(text) {
            Ok(pattern) => return Some(pattern),
            Err(error) => {
                let detail = error.to_string();
                detail.lines().last().unwrap_or_default().trim().to_owned()
            }
        }
    };
    reader.note(
        value.line,
        Message::new("bad-pattern").with("detail", detail),
        None,
    );
    None
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
