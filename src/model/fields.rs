// SPDX-License-Identifier: EUPL-1.2
//! Reads typed values out of a tree and notes every problem instead of stopping at the first one.

use super::date::Date;
use super::document::{Node, NodeKind};
use super::limits::FILE_PROBLEMS;
use super::message::Message;
use super::problem::{Problem, ProblemScope, did_you_mean};

/// Reads the tables of one file. A value of the wrong type is a problem and counts as absent.
#[derive(Debug)]
pub struct FieldReader<'f> {
    file: &'f str,
    scope: ProblemScope,
    problems: Vec<Problem>,
}

impl<'f> FieldReader<'f> {
    /// A reader whose problems spoil the file as a whole, or one entry.
    pub fn new(file: &'f str, scope: ProblemScope) -> Self {
        Self {
            file,
            scope,
            problems: Vec::new(),
        }
    }

    /// The file's name in problems.
    pub fn file(&self) -> &'f str {
        self.file
    }

    /// The problems found, in the order of their lines.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    /// Notes a problem, unless there are too many already.
    pub fn note(&mut self, line: u32, message: Message, suggestion: Option<Message>) {
        let (message, suggestion) = match self.problems.len() {
            ..FILE_PROBLEMS => (message, suggestion),
            FILE_PROBLEMS => {
                let message = Message::new("too-many-problems").with("limit", FILE_PROBLEMS);
                (message, None)
            }
            _ => return,
        };
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line: Some(line),
            scope: self.scope,
            message,
            suggestion,
        });
    }

    /// Notes the keys of `table` that are not in `known`, and those that stand twice (the first one counts).
    pub fn check_keys(&mut self, table: &Node, known: &[&str]) {
        let pairs = table.pairs();
        for (at, pair) in pairs.iter().enumerate() {
            if self.problems.len() > FILE_PROBLEMS {
                return;
            }
            if !known.contains(&pair.key.as_str()) {
                let message = Message::new("unknown-key").with("key", shown(&pair.key));
                self.note(pair.line, message, did_you_mean(&pair.key, known));
            } else if let Some(first) = pairs[..at].iter().find(|other| other.key == pair.key) {
                let message = Message::new("duplicate-key")
                    .with("key", &pair.key)
                    .with("first", first.line);
                self.note(pair.line, message, None);
            }
        }
    }

    /// A text; empty counts as absent.
    pub fn text(&mut self, table: &Node, key: &str) -> Option<String> {
        let node = present(table, key)?;
        match node.text() {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => self.expected("expected-text", node, key),
        }
    }

    /// A text that must be there.
    pub fn required_text(&mut self, table: &Node, key: &str) -> Option<String> {
        let found = self.text(table, key);
        // a wrong type is already noted
        let is_noted = present(table, key).is_some_and(|node| node.text().is_none());
        if found.is_none() && !is_noted {
            self.missing(table, key);
        }
        found
    }

    /// A text, or a number or flag as text: where writers leave out quotes.
    pub fn scalar(&mut self, table: &Node, key: &str) -> Option<String> {
        let node = present(table, key)?;
        match node.scalar() {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => self.expected("expected-text", node, key),
        }
    }

    /// A whole number, 0 or more.
    pub fn whole(&mut self, table: &Node, key: &str) -> Option<u32> {
        let node = present(table, key)?;
        let number = match &node.kind {
            NodeKind::Number(number) => number.parse().ok(),
            _ => None,
        };
        number.or_else(|| self.expected("expected-whole-number", node, key))
    }

    /// A flag.
    pub fn flag(&mut self, table: &Node, key: &str) -> Option<bool> {
        let node = present(table, key)?;
        node.flag()
            .or_else(|| self.expected("expected-flag", node, key))
    }

    /// A day, `YYYY-MM-DD`.
    pub fn date(&mut self, table: &Node, key: &str) -> Option<Date> {
        let node = present(table, key)?;
        node.text()
            .filter(|text| text.len() == 10)
            .and_then(|text| text.parse().ok())
            .or_else(|| self.expected("expected-date", node, key))
    }

    /// One of `choices`.
    pub fn choice(&mut self, table: &Node, key: &str, choices: &[&str]) -> Option<String> {
        let node = present(table, key)?;
        let text = node.scalar().unwrap_or_default();
        if choices.contains(&text.as_str()) {
            return Some(text);
        }
        let message = Message::new("expected-choice")
            .with("key", key)
            .with("read", shown(&text))
            .with("choices", choices.join(", "));
        self.note(node.line, message, did_you_mean(&text, choices));
        None
    }

    /// A list of texts, or one text, each with its line.
    pub fn texts(&mut self, table: &Node, key: &str) -> Vec<(u32, String)> {
        let Some(node) = present(table, key) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in node.one_or_many() {
            match item.text() {
                Some(text) if text.trim().is_empty() => {}
                Some(text) => found.push((item.line, text.trim().to_owned())),
                None if item.is_null() => {}
                None => {
                    let _: Option<()> = self.expected("expected-texts", item, key);
                }
            }
        }
        found
    }

    /// A table; `None` when it is absent.
    pub fn table<'n>(&mut self, parent: &'n Node, key: &str) -> Option<&'n Node> {
        let node = present(parent, key)?;
        if node.is_map() {
            return Some(node);
        }
        self.expected("expected-table", node, key)
    }

    /// A list of tables (`[[key]]`), empty when absent.
    pub fn tables<'n>(&mut self, parent: &'n Node, key: &str) -> Vec<&'n Node> {
        let Some(node) = present(parent, key) else {
            return Vec::new();
        };
        let NodeKind::List(items) = &node.kind else {
            let _: Option<()> = self.expected("expected-tables", node, key);
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            if item.is_map() {
                found.push(item);
            } else {
                let _: Option<()> = self.expected("expected-tables", item, key);
            }
        }
        found
    }

    /// Notes that `key` is missing from `table`.
    pub fn missing(&mut self, table: &Node, key: &str) {
        let message = Message::new("missing-key").with("key", key);
        self.note(table.line, message, None);
    }

    fn expected<T>(&mut self, code: &'static str, node: &Node, key: &str) -> Option<T> {
        self.note(node.line, Message::new(code).with("key", key), None);
        None
    }
}

/// The value of a key, unless it is null.
fn present<'n>(table: &'n Node, key: &str) -> Option<&'n Node> {
    table.get(key).filter(|node| !node.is_null())
}

/// What was read, short enough for a message.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document_toml::parse_toml;
    use jiff::civil::date;

    fn codes(reader: FieldReader<'_>) -> Vec<(u32, String)> {
        reader
            .into_problems()
            .iter()
            .map(|problem| (problem.line.unwrap(), problem.code().to_owned()))
            .collect()
    }

    #[test]
    fn every_wrong_value_is_noted_and_the_right_ones_are_read() {
        let root = parse_toml(
            "a = 1\nb = 'x'\nc = 'yes'\nd = '2026-13-01'\ne = ['p', 2]\nf = 'x'\ng = 2026-01-05\nn = -1\n",
        )
        .unwrap();
        let mut reader = FieldReader::new("f.toml", ProblemScope::File);
        assert_eq!(reader.text(&root, "a"), None);
        assert_eq!(reader.text(&root, "b").as_deref(), Some("x"));
        assert_eq!(reader.flag(&root, "c"), None);
        assert_eq!(reader.date(&root, "d"), None);
        assert_eq!(reader.texts(&root, "e"), [(5, "p".to_owned())]);
        assert!(reader.tables(&root, "f").is_empty());
        assert_eq!(reader.date(&root, "g"), Some(date(2026, 1, 5)));
        assert_eq!(reader.whole(&root, "n"), None);
        assert_eq!(reader.required_text(&root, "z"), None);
        let expected = [
            (1, "expected-text"),
            (1, "missing-key"),
            (3, "expected-flag"),
            (4, "expected-date"),
            (5, "expected-texts"),
            (6, "expected-tables"),
            (8, "expected-whole-number"),
        ];
        assert_eq!(
            codes(reader),
            expected.map(|(line, code)| (line, code.to_owned()))
        );
    }

    #[test]
    fn unknown_keys_come_with_what_was_meant() {
        let root = parse_toml("tilte = 'x'\ncolour = 1\n").unwrap();
        let mut reader = FieldReader::new("f.toml", ProblemScope::File);
        reader.check_keys(&root, &["title", "starts"]);
        let problems = reader.into_problems();
        assert_eq!(problems.len(), 2);
        let meant = problems[0].suggestion.as_ref().unwrap();
        assert_eq!(meant.params["value"], "title");
        assert_eq!(problems[1].suggestion, None);
    }
}
