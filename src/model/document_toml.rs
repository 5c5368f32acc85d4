// SPDX-License-Identifier: EUPL-1.2
//! A TOML document as the same tree as YAML: one reader serves both, and every node knows its line.
//!
//! Dates become texts in ISO 8601. The parser bounds nesting; the caller bounds the size.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{DocumentError, Node, NodeKind, Pair};

/// Parses `text`; when it is malformed, every error that the parser could find, in order.
///
/// # Errors
/// Malformed TOML, duplicate keys included.
pub fn parse_toml(text: &str) -> Result<Node, Vec<DocumentError>> {
    let places = Places::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Node {
            line: 1,
            kind: places.table(table.get_ref()),
        });
    }
    let mut found: Vec<_> = errors
        .iter()
        .map(|error| {
            let start = error.span().map_or(0, |span| span.start);
            DocumentError {
                line: places.line(start),
                column: places.column(text, start),
                message: error.message().lines().collect::<Vec<_>>().join(", "),
                is_over_limit: false,
            }
        })
        .collect();
    found.sort_by_key(|error| (error.line, error.column));
    Err(found)
}

/// Byte offsets at which lines begin, so that a line is found without counting again.
struct Places(Vec<usize>);

impl Places {
    fn of(text: &str) -> Self {
        let after_breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(offset, _)| offset + 1);
        Self(std::iter::once(0).chain(after_breaks).collect())
    }

    fn line(&self, offset: usize) -> u32 {
        let line = self.0.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX).max(1)
    }

    fn column(&self, text: &str, offset: usize) -> u32 {
        let line = self.0.partition_point(|start| *start <= offset).max(1) - 1;
        let before = text.get(self.0[line]..offset).unwrap_or_default();
        u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX)
    }

    fn table(&self, table: &DeTable<'_>) -> NodeKind {
        let pairs = table.iter().map(|(key, value)| Pair {
            key: key.get_ref().to_string(),
            line: self.line(key.span().start),
            value: self.node(value),
        });
        NodeKind::Map(pairs.collect())
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let kind = match value.get_ref() {
            DeValue::String(text) => NodeKind::Text(text.to_string()),
            DeValue::Integer(number) => NodeKind::Number(
                i128::from_str_radix(number.as_str(), number.radix())
                    .map_or_else(|_| number.as_str().to_owned(), |n| n.to_string()),
            ),
            DeValue::Float(number) => NodeKind::Number(number.as_str().to_owned()),
            DeValue::Boolean(flag) => NodeKind::Flag(*flag),
            DeValue::Datetime(moment) => NodeKind::Text(moment.to_string()),
            DeValue::Array(items) => {
                NodeKind::List(items.iter().map(|item| self.node(item)).collect())
            }
            DeValue::Table(table) => self.table(table),
        };
        Node {
            line: self.line(value.span().start),
            kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_know_their_lines() {
        let text = "title = 'x'\n\n[[defi]]\nid = \"a\"\nstarts = 2026-01-05\n\n[[defi]]\nid = \"b\"\nn = 0x10\n\
                    list = [\n  'p',\n  'q',\n]\n[rules.r]\nweight = 1.5\n";
        let root = parse_toml(text).unwrap();
        assert_eq!(root.pair("title").unwrap().line, 1);
        let defis = root.get("defi").unwrap().items();
        assert_eq!((defis[0].line, defis[1].line), (3, 7));
        assert_eq!(defis[0].get("starts").unwrap().text(), Some("2026-01-05"));
        assert_eq!(defis[1].get("n").unwrap().scalar().as_deref(), Some("16"));
        assert_eq!(defis[1].get("list").unwrap().items()[1].line, 12);
        assert_eq!(root.at(&["rules", "r", "weight"]).unwrap().line, 15);
        assert_eq!(root.at(&["rules"]).unwrap().pair("r").unwrap().line, 14);
    }

    #[test]
    fn every_syntax_error_is_found_with_its_place() {
        let errors = parse_toml("a = \nb = 1\nb = 2\n[x\n").unwrap_err();
        let lines: Vec<_> = errors.iter().map(|error| error.line).collect();
        assert!(lines.contains(&1) && lines.contains(&3), "{errors:?}");
        assert!(errors.iter().all(|error| !error.message.is_empty()));
    }

    #[test]
    fn hostile_nesting_is_refused() {
        assert!(parse_toml(&format!("a = {}", "[".repeat(100_000))).is_err());
        assert!(parse_toml(&format!("{} = 1", vec!["a"; 10_000].join("."))).is_err());
        assert!(parse_toml("a = '\0'").is_err());
    }

    #[test]
    fn an_empty_text_is_an_empty_table() {
        assert!(parse_toml("").unwrap().is_map());
    }
}
