// SPDX-License-Identifier: EUPL-1.2
//! A YAML document as a tree whose nodes know their line: bounded in nodes, depth and aliases.
//!
//! Catalogues, CI files, compose files and manifests of unknown shape are walked with it. Duplicate keys are kept,
//! in order, so that the reader can name both lines.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Spanned};

use super::limits::{DOCUMENT_DEPTH, YAML_NODES};

/// A node of a YAML document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Line of the node, from 1; for the value of a key, where the value begins.
    pub line: u32,
    /// What the node holds.
    pub kind: NodeKind,
}

/// What a node holds. Scalars keep the type that YAML's core schema gives them.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false` (never `yes`, `no`, `on`, `off`).
    Flag(bool),
    /// A number, as canonical text.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in document order, duplicates kept.
    Map(Vec<Pair>),
}

/// A key with its line, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The key; a key that is not a scalar is written `?`.
    pub key: String,
    /// Line of the key, from 1.
    pub line: u32,
    /// The value.
    pub value: Node,
}

/// Why a text is not the YAML that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct DocumentError {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// The parser's words, one line.
    pub message: String,
    /// True when the text may be well-formed and exceeds a limit: nodes, aliases counted each time, or nesting.
    pub is_over_limit: bool,
}

impl Node {
    /// The value of a key, the first one when it stands twice; `None` when this is no mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.pair(key).map(|pair| &pair.value)
    }

    /// A key with its line and value.
    pub fn pair(&self, key: &str) -> Option<&Pair> {
        self.pairs().iter().find(|pair| pair.key == key)
    }

    /// The value at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The pairs of a mapping, empty for anything else.
    pub fn pairs(&self) -> &[Pair] {
        match &self.kind {
            NodeKind::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The items of a list, empty for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            NodeKind::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a list, or the node itself when it is a single scalar or mapping; empty for null.
    pub fn one_or_many(&self) -> &[Self] {
        match &self.kind {
            NodeKind::List(items) => items,
            NodeKind::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The text of a text node, without conversion.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Any scalar as text; `None` for null, lists and mappings.
    pub fn scalar(&self) -> Option<String> {
        match &self.kind {
            NodeKind::Text(text) | NodeKind::Number(text) => Some(text.clone()),
            NodeKind::Flag(flag) => Some(flag.to_string()),
            NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => None,
        }
    }

    /// The value of a flag.
    pub fn flag(&self) -> Option<bool> {
        match self.kind {
            NodeKind::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// True for nothing, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, NodeKind::Null)
    }

    /// True for a mapping.
    pub fn is_map(&self) -> bool {
        matches!(self.kind, NodeKind::Map(_))
    }

    /// Every scalar text below this node with its line, in document order.
    pub fn texts(&self) -> Vec<(u32, &str)> {
        let mut found = Vec::new();
        self.collect_texts(&mut found);
        found
    }

    fn collect_texts<'n>(&'n self, found: &mut Vec<(u32, &'n str)>) {
        match &self.kind {
            NodeKind::Text(text) | NodeKind::Number(text) => found.push((self.line, text)),
            NodeKind::List(items) => items.iter().for_each(|item| item.collect_texts(found)),
            NodeKind::Map(pairs) => pairs
                .iter()
                .for_each(|pair| pair.value.collect_texts(found)),
            NodeKind::Null | NodeKind::Flag(_) => {}
        }
    }
}

/// Parses the first document of `text`.
///
/// # Errors
/// Malformed YAML, more than [`YAML_NODES`] nodes (aliases counted each time) or nesting over [`DOCUMENT_DEPTH`].
pub fn parse_yaml(text: &str) -> Result<Node, DocumentError> {
    Ok(parse_yaml_documents(text)?
        .into_iter()
        .next()
        .unwrap_or(Node {
            line: 1,
            kind: NodeKind::Null,
        }))
}

/// Parses every document of `text` (`---` separated).
///
/// # Errors
/// As [`parse_yaml`].
pub fn parse_yaml_documents(text: &str) -> Result<Vec<Node>, DocumentError> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: YAML_NODES, max_depth: DOCUMENT_DEPTH, max_events: YAML_NODES * 4 },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
    };
    serde_saphyr::from_multiple_with_options::<Spanned<Raw>>(text, options)
        .map(|documents| documents.into_iter().map(node).collect())
        .map_err(|error| {
            let place = error.location();
            let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
            DocumentError {
                line: place.map_or(1, |place| number(place.line())),
                column: place.map_or(1, |place| number(place.column())),
                message: one_line(&error.to_string()),
                // inside an alias the library keeps of the breach no more than these words
                is_over_limit: error.to_string().contains("budget breached"),
            }
        })
}

/// First line of a parser's message, without its drawing.
fn one_line(message: &str) -> String {
    let line = message
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

/// The shape that serde fills, before lines are attached.
enum Raw {
    Null,
    Flag(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<Self>, Spanned<Self>)>),
}

fn line_of(spanned: &Spanned<Raw>) -> u32 {
    u32::try_from(spanned.referenced.line()).unwrap_or(u32::MAX)
}

fn node(spanned: Spanned<Raw>) -> Node {
    let line = line_of(&spanned);
    let kind = match spanned.value {
        Raw::Null => NodeKind::Null,
        Raw::Flag(flag) => NodeKind::Flag(flag),
        Raw::Number(number) => NodeKind::Number(number),
        Raw::Text(text) => NodeKind::Text(text),
        Raw::List(items) => NodeKind::List(items.into_iter().map(node).collect()),
        Raw::Map(pairs) => NodeKind::Map(
            pairs
                .into_iter()
                .map(|(key, value)| {
                    let key = node(key);
                    Pair {
                        line: key.line,
                        key: key.scalar().unwrap_or_else(|| "?".to_owned()),
                        value: node(value),
                    }
                })
                .collect(),
        ),
    };
    Node { line, kind }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = access.next_entry()? {
            pairs.push(pair);
        }
        Ok(Raw::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_know_their_lines_and_duplicates_stay() {
        let root = parse_yaml("a: 1\nb:\n  - x\n  - \"yes\"\na: dig\non: push\n").unwrap();
        let keys: Vec<_> = root
            .pairs()
            .iter()
            .map(|p| (p.key.as_str(), p.line))
            .collect();
        assert_eq!(keys, [("a", 1), ("b", 2), ("a", 5), ("on", 6)]);
        assert_eq!(root.get("b").unwrap().items()[1].line, 4);
        assert_eq!(root.get("b").unwrap().items()[1].text(), Some("yes"));
        assert_eq!(root.get("a").unwrap().scalar().as_deref(), Some("1"));
    }

    #[test]
    fn anchors_and_merge_keys_are_resolved() {
        let root = parse_yaml("base: &b {x: 1}\nuse:\n  <<: *b\n  y: 2\n").unwrap();
        assert!(root.at(&["use", "x"]).is_some());
    }

    #[test]
    fn tags_do_not_stop_the_reader() {
        let root = parse_yaml("script:\n  - !reference [.a, script]\n  - echo\n").unwrap();
        assert_eq!(root.get("script").unwrap().items().len(), 2);
    }

    #[test]
    fn errors_name_the_place() {
        let error = parse_yaml("a: [1,\nb: {").unwrap_err();
        assert!(error.line >= 1 && !error.message.is_empty());
        assert_eq!(parse_yaml("a: b: c").unwrap_err().line, 1);
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let lines = (1..9).map(|n| {
            let list = vec![format!("*a{}", n - 1); 9].join(",");
            format!("a{n}: &a{n} [{list}]\n")
        });
        let text: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned())
            .chain(lines)
            .collect();
        assert!(parse_yaml(&text).is_err());
        assert!(parse_yaml(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn an_empty_text_is_null() {
        assert!(parse_yaml("").unwrap().is_null());
        assert!(parse_yaml("# only a comment\n").unwrap().is_null());
    }
}
