// SPDX-License-Identifier: EUPL-1.2
//! Patterns of this room, compiled: over folded text, for which ASCII is enough, and over text as it is written.

use regex::Regex;

/// Members of `\w`, `\s` and `\d` in ASCII.
const WORD: &str = "0-9A-Za-z_";
const SPACE: &str = r"\t-\r\x20";
const DIGIT: &str = "0-9";

/// Compiles a pattern for folded text, in which words are ASCII: `\b`, `\w`, `\s`, `\d` and their opposites are
/// narrowed to it. This compiles and matches many times faster than the whole of Unicode.
pub(super) fn folded(text: &str) -> Regex {
    Regex::new(&narrowed(text)).expect("invariant: patterns are constants and compile")
}

/// Compiles a pattern for text as it is written, in which words are those of every language.
pub(super) fn wide(text: &str) -> Regex {
    Regex::new(text).expect("invariant: patterns are constants and compile")
}

fn narrowed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut is_class = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            is_class = c == '[' || is_class && c != ']';
            out.push(c);
            continue;
        }
        let escaped = chars.next();
        let (members, is_opposite) = match escaped {
            Some('w') => (WORD, false),
            Some('s') => (SPACE, false),
            Some('d') => (DIGIT, false),
            Some('W') => (WORD, true),
            Some('S') => (SPACE, true),
            Some('D') => (DIGIT, true),
            Some('b') if !is_class => {
                out.push_str(r"(?-u:\b)");
                continue;
            }
            other => {
                out.push('\\');
                out.extend(other);
                continue;
            }
        };
        match (is_opposite, is_class) {
            (true, _) => out.extend(["[^", members, "]"]),
            (false, true) => out.push_str(members),
            (false, false) => out.extend(["[", members, "]"]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_narrowed_inside_and_outside_brackets() {
        assert_eq!(narrowed(r"\bmots?\b"), r"(?-u:\b)mots?(?-u:\b)");
        assert_eq!(narrowed(r"[\w.-]+\s"), r"[0-9A-Za-z_.-]+[\t-\r\x20]");
        assert_eq!(narrowed(r"^[\W\d]\D"), r"^[[^0-9A-Za-z_]0-9][^0-9]");
        assert_eq!(narrowed(r"\[\.\\w"), r"\[\.\\w");
        assert!(folded(r"^[\W_]+$").is_match("— _"));
        assert!(!folded(r"^[\W_]+$").is_match("a"));
    }

    #[test]
    fn narrowed_patterns_find_the_same_in_folded_text() {
        let text = "le  projet \u{2014} publie sous licence : mit\n(voir #12)";
        for pattern in [
            r"\bpublie\w*\s+sous\b",
            r"\W{1,3}publie",
            r"\b\d+\b",
            r"[^\s\w]+$",
        ] {
            let wide = Regex::new(pattern).unwrap();
            let found = |regex: &Regex| regex.find(text).map(|found| found.range());
            assert_eq!(found(&folded(pattern)), found(&wide), "{pattern}");
        }
    }
}
