// SPDX-License-Identifier: EUPL-1.2
//! Keeps secrets that were found out of every other fact: a command or a heading that is quoted may hold one.

use std::collections::BTreeSet;

use super::patterns::PATTERNS;
use super::{env_files, lone};
use crate::facts::set::FactSet;
use crate::snapshot::Snapshot;

/// Letters from which on a part of a secret would give it away.
const TELLING: usize = 8;

/// Removes from all facts what the files that hold secrets say there. Values live no longer than this call.
pub(in crate::facts) fn redact(snapshot: &Snapshot, facts: &mut FactSet) {
    let values = values(snapshot, facts);
    if values.is_empty() {
        return;
    }
    facts.rewrite(&|text| {
        for value in &values {
            remove(text, value);
        }
    });
}

fn values(snapshot: &Snapshot, facts: &FactSet) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    let paths: BTreeSet<&str> = ["security.secrets", "security.env_files"]
        .into_iter()
        .flat_map(|key| facts.items(key))
        .filter_map(|item| item.get("path"))
        .collect();
    for path in paths {
        let Some(entry) = snapshot.entry(path) else {
            continue;
        };
        let Ok(text) = snapshot.text(entry) else {
            continue;
        };
        for pattern in &PATTERNS {
            let found = pattern.find(path, &text.text);
            let real = found.iter().filter(|found| (pattern.is_real)(found));
            values.extend(real.flat_map(|found| words(found.value())));
        }
        if lone::is_candidate(entry) {
            values.extend(words(&text.text));
        }
        if env_files::is_one(entry) {
            values.extend(env_files::secret_values(&text.text));
        }
    }
    values
}

/// The parts of a value: a key has several lines.
fn words(value: &str) -> impl Iterator<Item = String> {
    value
        .split_whitespace()
        .flat_map(|word| word.split("\\n"))
        .filter(|word| word.chars().count() >= TELLING)
        .map(str::to_owned)
}

/// Puts … in the place of `value`, also where a quotation was cut inside it.
fn remove(text: &mut String, value: &str) {
    let head_end = value
        .char_indices()
        .nth(TELLING)
        .map_or(value.len(), |(at, _)| at);
    let mut from = 0;
    while let Some(at) = text[from..].find(&value[..head_end]) {
        let start = from + at;
        let same: usize = text[start..]
            .chars()
            .zip(value.chars())
            .take_while(|(a, b)| a == b)
            .map(|(c, _)| c.len_utf8())
            .sum();
        text.replace_range(start..start + same, "…");
        from = start + '…'.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_removed_whole_or_cut() {
        let removed = |text: &str| {
            let mut text = text.to_owned();
            remove(&mut text, "abcdefghijkl");
            text
        };
        assert_eq!(removed("x abcdefghijkl y abcdefghijkl"), "x … y …");
        assert_eq!(removed("x abcdefghi…"), "x ……");
        assert_eq!(removed("abcdefg"), "abcdefg");
        assert_eq!(removed("é"), "é");
    }
}
