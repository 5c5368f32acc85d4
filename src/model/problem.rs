// SPDX-License-Identifier: EUPL-1.2
//! What is wrong in a file that a person wrote (catalogue, configuration, rule), with its place and a way out.
//!
//! Readers collect problems instead of stopping at the first one.

use serde::{Deserialize, Serialize};

use super::message::Message;

/// Something wrong in a file. The message's code is the problem's code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The file, as the person named it.
    pub file: String,
    /// Line, from 1; `None` when the file as a whole is meant.
    pub line: Option<u32>,
    /// How much of the file the problem spoils.
    pub scope: ProblemScope,
    /// What is wrong.
    pub message: Message,
    /// What was probably meant, or what to do.
    pub suggestion: Option<Message>,
}

/// How much of a file a problem spoils.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemScope {
    /// The file as a whole, or the configuration: the run should not be trusted before it is mended.
    File,
    /// One entry; the others are not touched.
    Entry,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn of_file(file: &str, line: Option<u32>, message: Message) -> Self {
        Self {
            file: file.to_owned(),
            line,
            scope: ProblemScope::File,
            message,
            suggestion: None,
        }
    }

    /// A problem of one entry.
    pub fn of_entry(file: &str, line: u32, message: Message) -> Self {
        Self {
            scope: ProblemScope::Entry,
            ..Self::of_file(file, Some(line), message)
        }
    }

    /// The same problem with what was probably meant.
    #[must_use]
    pub fn with_suggestion(mut self, suggestion: Option<Message>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// The code of what is wrong.
    pub fn code(&self) -> &str {
        &self.message.code
    }
}

/// Longest word for which a neighbour is looked for, in characters.
const LONGEST_WORD: usize = 64;

/// The candidate that was probably meant by `word`: at most one error for each three letters, the nearest first.
///
/// Case, hyphens and underscores do not count. `None` when nothing is near.
pub fn closest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let wanted = plain(word);
    if wanted.is_empty() || wanted.len() > LONGEST_WORD {
        return None;
    }
    candidates
        .iter()
        .map(|candidate| (distance(&wanted, &plain(candidate)), *candidate))
        .filter(|(errors, candidate)| *errors <= candidate.chars().count().div_ceil(3).min(3))
        .filter(|(errors, _)| *errors < wanted.len())
        .min_by_key(|(errors, _)| *errors)
        .map(|(_, candidate)| candidate)
}

/// The suggestion « did you mean … », when something is near.
pub fn did_you_mean(word: &str, candidates: &[&str]) -> Option<Message> {
    closest(word, candidates).map(|near| Message::new("did-you-mean").with("value", near))
}

fn plain(word: &str) -> Vec<char> {
    word.chars()
        .filter(|c| !matches!(c, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Insertions, deletions, replacements and swaps of neighbours from `a` to `b`.
pub(crate) fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(x != y);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_proposed_and_far_ones_are_not() {
        let keys = ["source_code", "title", "promotion", "duration_months"];
        assert_eq!(closest("sourcecode", &keys), Some("source_code"));
        assert_eq!(closest("Source-Code", &keys), Some("source_code"));
        assert_eq!(closest("tilte", &keys), Some("title"));
        assert_eq!(closest("promtion", &keys), Some("promotion"));
        assert_eq!(closest("colour", &keys), None);
        assert_eq!(closest("", &keys), None);
        assert_eq!(closest(&"x".repeat(100_000), &keys), None);
    }

    #[test]
    fn swapped_letters_are_one_error() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars("tilte"), &chars("title")), 1);
        assert_eq!(distance(&chars(""), &chars("abc")), 3);
        assert_eq!(distance(&chars("abc"), &chars("abc")), 0);
    }
}
