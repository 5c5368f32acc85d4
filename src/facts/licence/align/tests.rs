// SPDX-License-Identifier: EUPL-1.2
//! Texts laid side by side.

use super::*;
use crate::facts::licence::normalise::words;

const KNOWN: &str =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron";

#[test]
fn an_equal_text_has_no_difference() {
    let known = Known::new("X", KNOWN);
    let found = align(&Stretch::new(&known.words, 0..known.words.len()), &known, 0).unwrap();
    assert_eq!(found.matched, known.words.len());
    assert!(found.differences.is_empty());
}

#[test]
fn insertions_and_omissions_are_found_in_place() {
    let known = Known::new("X", KNOWN);
    let text = words(
        "header words alpha beta gamma delta epsilon zeta never eta theta iota kappa lambda nu xi omicron tail",
    );
    let found = align(&Stretch::new(&text, 0..text.len()), &known, 0).unwrap();
    assert_eq!(found.text, 2..text.len() - 1);
    let said: Vec<(String, String)> = found
        .differences
        .iter()
        .map(|d| {
            (
                text.join(d.text.clone()),
                known.words.join(d.reference.clone()),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("never".to_owned(), String::new()),
            (String::new(), "mu".to_owned())
        ]
    );
}

#[test]
fn of_two_copies_the_first_is_taken_whole() {
    let known = Known::new("X", KNOWN);
    let text = words(&format!("{KNOWN} {KNOWN}"));
    let found = align(&Stretch::new(&text, 0..text.len()), &known, 0).unwrap();
    assert!(found.differences.is_empty(), "{found:?}");
    assert_eq!(found.text.len(), known.words.len());
}

#[test]
fn strangers_do_not_align() {
    let known = Known::new("X", KNOWN);
    let text = words("one two three four five six seven");
    assert_eq!(align(&Stretch::new(&text, 0..text.len()), &known, 0), None);
}
