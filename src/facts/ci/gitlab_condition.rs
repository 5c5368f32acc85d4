// SPDX-License-Identifier: EUPL-1.2
//! The conditions of GitLab's `rules: if:`, three-valued, for one kind of pipeline.

use super::gitlab_when::Pipeline;
use super::triggers::{Told, found_in};

/// Longest condition that is read.
const MOST_TOKENS: usize = 200;

/// Parentheses within parentheses.
const DEPTH: u8 = 16;

/// Stands for a default branch whose name is not known.
const DEFAULT: &str = "\u{0}default";

/// Stands for a branch that nobody names.
const OTHER: &str = "\u{1}other";

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    /// `==`, `!=`, `=~`, `!~`.
    Compare(&'static str),
    Variable(String),
    Text(String),
    Pattern(String),
    Null,
}

/// Whether a condition holds; unclear where it asks for what the tree does not tell.
pub(super) fn holds(condition: &str, at: Pipeline<'_>) -> Told {
    let Some(tokens) = tokens(condition) else {
        return Told::Unclear;
    };
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
        pipeline: at,
    };
    let told = reader.either(DEPTH);
    match told {
        Some(told) if reader.at == tokens.len() => told,
        _ => Told::Unclear,
    }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if found.len() > MOST_TOKENS {
            return None;
        }
        let marks = [
            ("(", Token::Open),
            (")", Token::Close),
            ("&&", Token::And),
            ("||", Token::Or),
            ("==", Token::Compare("==")),
            ("!=", Token::Compare("!=")),
            ("=~", Token::Compare("=~")),
            ("!~", Token::Compare("!~")),
        ];
        if let Some((mark, token)) = marks.into_iter().find(|(mark, _)| rest.starts_with(mark)) {
            found.push(token);
            rest = rest[mark.len()..].trim_start();
            continue;
        }
        let (token, length) = match first {
            '"' | '\'' => {
                let inner = &rest[1..];
                let end = inner.find(first)?;
                (Token::Text(inner[..end].to_owned()), end + 2)
            }
            '/' => {
                let inner = &rest[1..];
                let end = inner
                    .match_indices('/')
                    .map(|(at, _)| at)
                    .find(|at| !inner[..*at].ends_with('\\'))?;
                let flags = inner[end + 1..]
                    .chars()
                    .take_while(char::is_ascii_alphabetic)
                    .count();
                let is_folded = inner[end + 1..end + 1 + flags].contains('i');
                let start = if is_folded { "(?i)" } else { "" };
                let pattern = inner[..end].replace("\\/", "/");
                (Token::Pattern(format!("{start}{pattern}")), end + 2 + flags)
            }
            '$' => {
                let name: String = rest[1..]
                    .trim_start_matches('{')
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                let braces = if rest[1..].starts_with('{') { 2 } else { 0 };
                let length = 1 + name.len() + braces;
                if name.is_empty() || !rest.is_char_boundary(length) || length > rest.len() {
                    return None;
                }
                (Token::Variable(name), length)
            }
            _ if rest.starts_with("null") => (Token::Null, 4),
            _ => return None,
        };
        found.push(token);
        rest = rest[length..].trim_start();
    }
    Some(found)
}

/// What a side of a comparison is worth.
enum Value {
    Null,
    Text(String),
    Unclear,
}

struct Reader<'t, 'b> {
    tokens: &'t [Token],
    at: usize,
    pipeline: Pipeline<'b>,
}

impl Reader<'_, '_> {
    fn next_is(&mut self, token: &Token) -> bool {
        let is_next = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    fn either(&mut self, depth: u8) -> Option<Told> {
        let mut told = self.both(depth)?;
        while self.next_is(&Token::Or) {
            told = told.max(self.both(depth)?);
        }
        Some(told)
    }

    fn both(&mut self, depth: u8) -> Option<Told> {
        let mut told = self.one(depth)?;
        while self.next_is(&Token::And) {
            told = told.min(self.one(depth)?);
        }
        Some(told)
    }

    fn one(&mut self, depth: u8) -> Option<Told> {
        if self.next_is(&Token::Open) {
            let told = self.either(depth.checked_sub(1)?)?;
            return self.next_is(&Token::Close).then_some(told);
        }
        let left = self.value()?;
        let Some(Token::Compare(operator)) = self.tokens.get(self.at) else {
            return Some(match left {
                Value::Null => Told::No,
                Value::Text(text) => (!text.is_empty()).into(),
                Value::Unclear => Told::Unclear,
            });
        };
        self.at += 1;
        let told = if operator.contains('~') {
            self.matched(&left)?
        } else {
            equal(&left, &self.value()?)
        };
        Some(if operator.starts_with('!') {
            told.not()
        } else {
            told
        })
    }

    fn matched(&mut self, left: &Value) -> Option<Told> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        let Token::Pattern(pattern) = token else {
            return Some(Told::Unclear);
        };
        Some(match left {
            Value::Null => Told::No,
            Value::Text(text) if text == DEFAULT => Told::Unclear,
            Value::Text(text) => found_in(text, pattern),
            Value::Unclear => Told::Unclear,
        })
    }

    fn value(&mut self) -> Option<Value> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(match token {
            Token::Null => Value::Null,
            Token::Text(text) => Value::Text(text.clone()),
            Token::Variable(name) => self.variable(name),
            _ => return None,
        })
    }

    fn variable(&self, name: &str) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        let named = |default: Option<&str>| text(default.unwrap_or(DEFAULT));
        match (name, self.pipeline) {
            ("CI_PIPELINE_SOURCE", Pipeline::Request(_)) => text("merge_request_event"),
            ("CI_PIPELINE_SOURCE", _) => text("push"),
            ("CI_COMMIT_TAG" | "CI_OPEN_MERGE_REQUESTS", _)
            | ("CI_COMMIT_BRANCH", Pipeline::Request(_)) => Value::Null,
            ("CI_DEFAULT_BRANCH", Pipeline::Default(default) | Pipeline::Request(default))
            | ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", Pipeline::Request(default))
            | (
                "CI_COMMIT_BRANCH" | "CI_COMMIT_REF_NAME" | "CI_COMMIT_REF_SLUG",
                Pipeline::Default(default),
            ) => named(default),
            ("CI_DEFAULT_BRANCH", Pipeline::Branch) => named(None),
            (
                "CI_COMMIT_BRANCH" | "CI_COMMIT_REF_NAME" | "CI_COMMIT_REF_SLUG",
                Pipeline::Branch | Pipeline::Request(_),
            )
            | ("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", Pipeline::Request(_)) => text(OTHER),
            ("CI_MERGE_REQUEST_IID" | "CI_MERGE_REQUEST_ID", Pipeline::Request(_)) | ("CI", _) => {
                text("1")
            }
            (name, Pipeline::Default(_) | Pipeline::Branch)
                if name.starts_with("CI_MERGE_REQUEST_") =>
            {
                Value::Null
            }
            _ => Value::Unclear,
        }
    }
}

fn equal(left: &Value, right: &Value) -> Told {
    match (left, right) {
        (Value::Unclear, _) | (_, Value::Unclear) => Told::Unclear,
        (Value::Null, Value::Null) => Told::Yes,
        (Value::Null, Value::Text(_)) | (Value::Text(_), Value::Null) => Told::No,
        (Value::Text(a), Value::Text(b)) if a == b => Told::Yes,
        // the name of the default branch is not known; a branch that nobody names is no other one
        (Value::Text(a), Value::Text(b)) => {
            let is_open = (a == DEFAULT && b != OTHER) || (b == DEFAULT && a != OTHER);
            if is_open { Told::Unclear } else { Told::No }
        }
    }
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn conditions_are_tried_on_each_pipeline() {
        use Told::{No, Unclear, Yes};
        let main = Pipeline::Default(Some("main"));
        let request = Pipeline::Request(Some("main"));
        for (condition, on_main, on_branch, on_request) in [
            ("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", Yes, No, No),
            ("$CI_COMMIT_BRANCH == \"main\"", Yes, No, No),
            ("$CI_COMMIT_BRANCH == 'master'", No, No, No),
            ("$CI_COMMIT_BRANCH != \"main\"", No, Yes, Yes),
            ("$CI_COMMIT_BRANCH", Yes, Yes, No),
            ("$CI_COMMIT_TAG", No, No, No),
            ("$CI_COMMIT_TAG == null", Yes, Yes, Yes),
            (
                "$CI_PIPELINE_SOURCE == \"merge_request_event\"",
                No,
                No,
                Yes,
            ),
            ("$CI_MERGE_REQUEST_IID", No, No, Yes),
            ("$CI_PIPELINE_SOURCE == \"schedule\"", No, No, No),
            (
                "$CI_PIPELINE_SOURCE == 'push' || $CI_PIPELINE_SOURCE == 'merge_request_event'",
                Yes,
                Yes,
                Yes,
            ),
            ("$CI_COMMIT_REF_NAME =~ /^ma(in|ster)$/", Yes, No, No),
            ("$CI_COMMIT_BRANCH !~ /^MAIN$/i", No, Yes, Yes),
            ("$DEPLOY == \"1\"", Unclear, Unclear, Unclear),
            ("$DEPLOY && $CI_COMMIT_TAG", No, No, No),
            (
                "($CI_COMMIT_BRANCH == 'main' || $X) && $CI_COMMIT_BRANCH",
                Yes,
                Unclear,
                No,
            ),
            ("${CI_COMMIT_BRANCH} == 'main'", Yes, No, No),
            ("$CI_COMMIT_BRANCH ==", Unclear, Unclear, Unclear),
            ("&&", Unclear, Unclear, Unclear),
            ("$", Unclear, Unclear, Unclear),
            ("é", Unclear, Unclear, Unclear),
            ("\"a", Unclear, Unclear, Unclear),
        ] {
            let found = [main, Pipeline::Branch, request].map(|at| holds(condition, at));
            assert_eq!(found, [on_main, on_branch, on_request], "{condition}");
        }
        let nameless = Pipeline::Default(None);
        assert_eq!(holds("$CI_COMMIT_BRANCH == \"main\"", nameless), Unclear);
        assert_eq!(
            holds("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", nameless),
            Yes
        );
        assert_eq!(holds(&"(".repeat(150), nameless), Unclear);
    }
}
