// SPDX-License-Identifier: EUPL-1.2
//! What could not be read is unknown, never absent.

use super::{facts, text, with_code};
use crate::facts::set::FactSet;
use crate::model::evidence::Observed;
use crate::model::outcome::ReasonCode;
use crate::snapshot::MemoryTree;

fn reason(facts: &FactSet, key: &str) -> Option<ReasonCode> {
    match facts.get(key) {
        Some(Observed::Unknown(reason)) => Some(reason.code),
        _ => None,
    }
}

#[test]
fn a_cut_listing_hides_what_was_not_found_and_keeps_what_was() {
    let nothing = facts(with_code().truncated());
    for key in [
        "licence.files",
        "licence.code",
        "licence.docs",
        "licence.holders",
        "licence.restrictions",
        "readme.licence",
    ] {
        assert_eq!(reason(&nothing, key), Some(ReasonCode::Truncated), "{key}");
    }
    let found = facts(with_code().file("LICENSE", text("MIT")).truncated());
    assert_eq!(found.text("licence.code"), Some("MIT"));
    assert_eq!(found.list("licence.files"), ["LICENSE"]);
}

#[test]
fn a_text_that_was_not_fetched_may_overrule_the_manifest() {
    let facts = facts(
        with_code()
            .absent("LICENSE")
            .file("package.json", "{\"license\": \"MIT\"}"),
    );
    assert_eq!(reason(&facts, "licence.code"), Some(ReasonCode::NotFetched));
    assert_eq!(
        reason(&facts, "licence.files"),
        Some(ReasonCode::NotFetched)
    );
    assert_eq!(facts.items("licence.declared_in").len(), 1);
}

#[test]
fn a_link_is_not_followed_and_not_taken_for_nothing() {
    let linked = facts(with_code().link("LICENSE"));
    assert_eq!(
        reason(&linked, "licence.files"),
        Some(ReasonCode::Unreadable)
    );
    let beside = facts(with_code().link("LICENSE").file("COPYING", text("MIT")));
    assert_eq!(beside.text("licence.code"), Some("MIT"));
}

#[test]
fn an_unread_readme_says_nothing_of_licences() {
    let facts = facts(with_code().absent("README.md").file("LICENSE", text("MIT")));
    assert_eq!(
        reason(&facts, "readme.licence"),
        Some(ReasonCode::NotFetched)
    );
    assert_eq!(
        reason(&facts, "licence.restrictions"),
        Some(ReasonCode::NotFetched)
    );
    assert_eq!(facts.text("licence.code"), Some("MIT"));
}

#[test]
fn an_empty_repository_has_no_licence() {
    let facts = facts(MemoryTree::new());
    assert_eq!(reason(&facts, "licence.code"), None);
    assert_eq!(facts.text("licence.code"), None);
}

#[test]
fn hostile_input_does_not_panic() {
    let deep = "(".repeat(5000);
    let facts = facts(
        with_code()
            .file(
                "LICENSE",
                "\u{feff}Copyright (c) \u{0}".repeat(10).into_bytes(),
            )
            .file("package.json", format!("{{\"license\": \"{deep}\"}}"))
            .file(
                "REUSE.toml",
                format!(
                    "[[annotations]]\npath = \"{}\"\nSPDX-License-Identifier = \"MIT\"\n",
                    "**".repeat(2000)
                ),
            )
            .file("README.md", "## Licence\n\n© \n")
            .file("pyproject.toml", "[project]\nlicense = ["),
    );
    assert_eq!(facts.text("licence.or_later"), None);
}
