// SPDX-License-Identifier: EUPL-1.2
//! Licence files, whole and altered.

use super::search::{copy, nearest};
use crate::facts::licence::align::Stretch;

use super::*;

fn published(id: &str) -> &'static str {
    crate::facts::licence::texts::published(id).next().unwrap()
}

fn mit() -> String {
    published("MIT").replace("<year> <copyright holders>", "2018 Ministère de la Culture")
}

#[test]
fn a_published_text_is_recognised_by_its_hash() {
    let found = identify_text(&mit());
    assert_eq!(found.expression.as_deref(), Some("MIT"));
    assert_eq!(found.parts[0].method, Method::ExactHash);
    assert!(!found.is_modified && !found.is_placeholder_unfilled);
    assert_eq!(found.holders[0].text, "Ministère de la Culture");
    assert_eq!(found.holders[0].line, 3);
}

#[test]
fn a_copy_is_what_the_whole_search_finds() {
    let mut copies = 0;
    for (id, text, _) in super::super::texts::classes() {
        let words = words(text);
        let stretch = Stretch::new(&words, 0..words.len());
        let Some(found) = copy(&stretch) else {
            continue;
        };
        copies += 1;
        let nearest = nearest(&stretch).unwrap();
        assert_eq!(
            (found.id, &found.range),
            (nearest.id, &nearest.range),
            "{id}"
        );
    }
    assert!(copies >= 10, "{copies}");
}

#[test]
fn the_rest_is_found_by_similarity() {
    let text = format!(
        "# Licence\n\nCe dépôt est sous licence MIT, à l'exception de la fonte.\n\n{}",
        mit()
    );
    let found = identify_text(&text);
    assert_eq!(found.expression.as_deref(), Some("MIT"));
    assert_eq!(found.parts[0].method, Method::Similarity);
    assert!(!found.is_modified, "{:?}", found.restriction);
    assert!(found.remainder[0].text.contains("fonte"));
}

#[test]
fn gnu_texts_alone_do_not_tell_later_versions() {
    let text = published("AGPL-3.0");
    assert_eq!(identify_text(text).expression.as_deref(), Some("AGPL-3.0"));
    assert!(
        !identify_text(text).is_placeholder_unfilled,
        "the appendix is no form to fill"
    );
    assert!(identify_text(text).holders.is_empty());
    let later = format!(
        "This program is free software, under the GNU Affero General Public License, either version 3 of the \
         License, or (at your option) any later version.\n\n{text}"
    );
    assert_eq!(
        identify_text(&later).expression.as_deref(),
        Some("AGPL-3.0-or-later")
    );
    let only = format!("Released under the GNU AGPL version 3 only.\n\n{text}");
    assert_eq!(
        identify_text(&only).expression.as_deref(),
        Some("AGPL-3.0-only")
    );
}

#[test]
fn the_name_of_a_reuse_file_tells_later_versions() {
    let text = published("GPL-3.0");
    for (path, expected) in [
        ("LICENSES/GPL-3.0-or-later.txt", "GPL-3.0-or-later"),
        ("LICENSES/GPL-3.0-only.txt", "GPL-3.0-only"),
        ("LICENSES/AGPL-3.0-only.txt", "GPL-3.0"),
        ("LICENSE", "GPL-3.0"),
    ] {
        assert_eq!(
            identify_licence_file(path, text).expression.as_deref(),
            Some(expected),
            "{path}"
        );
    }
}

#[test]
fn the_lgpl_is_known_alone_and_with_the_gpl() {
    let both = published("LGPL-3.0");
    let alone = &both[..both.find("GNU GENERAL PUBLIC LICENSE").unwrap()];
    assert_eq!(identify_text(alone).expression.as_deref(), Some("LGPL-3.0"));
    assert_eq!(identify_text(both).expression.as_deref(), Some("LGPL-3.0"));
}

#[test]
fn a_holder_in_the_filled_appendix_counts() {
    let text =
        published("Apache-2.0").replace("[yyyy] [name of copyright owner]", "2019 Ministère X");
    let found = identify_text(&text);
    assert_eq!(found.expression.as_deref(), Some("Apache-2.0"));
    assert!(!found.is_modified);
    assert_eq!(found.holders.len(), 1);
    assert_eq!(found.holders[0].text, "Ministère X");
}

#[test]
fn altered_texts_are_modified() {
    let mit = mit();
    for text in [
        mit.replace("free of charge", "for a fee"),
        mit.replace("to any person obtaining", "to any natural person not in business obtaining"),
        mit.replace("THE SOFTWARE IS PROVIDED", "The Software shall not be used for military purposes.\n\nTHE SOFTWARE IS PROVIDED"),
        format!("{mit}\nNon-commercial use only.\n"),
        format!("{mit}\nAdditional terms: you must notify the author.\n"),
        format!("\"Commons Clause\" License Condition v1.0\n\n{mit}"),
        mit.replace("The above copyright notice and this permission notice shall be included in all copies or substantial\nportions of the Software.", "You shall sing."),
    ] {
        assert_ne!(text, mit);
        let found = identify_text(&text);
        assert!(found.is_modified || found.expression.is_none(), "{text}");
    }
}

#[test]
fn forms_left_unfilled_are_seen() {
    assert!(identify_text(published("MIT")).is_placeholder_unfilled);
    assert!(identify_text(published("BSD-3-Clause")).is_placeholder_unfilled);
    assert!(
        identify_text(&mit().replace("2018 Ministère de la Culture", "[year] [fullname]"))
            .is_placeholder_unfilled
    );
    for id in ["GPL-3.0", "AGPL-3.0", "Apache-2.0"] {
        assert!(
            !identify_text(published(id)).is_placeholder_unfilled,
            "{id}"
        );
    }
}

#[test]
fn two_texts_in_one_file_are_both_granted() {
    let text = format!(
        "{}\n\n====\n\n{}",
        published("GPL-2.0"),
        published("CECILL-2.1")
    );
    assert_eq!(
        identify_text(&text).expression.as_deref(),
        Some("GPL-2.0 AND CECILL-2.1")
    );
    let text = format!(
        "Dual licensed, at your option:\n\n{}\n\n{}",
        mit(),
        published("Apache-2.0")
    );
    assert_eq!(
        identify_text(&text).expression.as_deref(),
        Some("MIT OR Apache-2.0")
    );
    let text = format!(
        "{}\n\nThird-party software\n\n{}",
        mit(),
        published("Apache-2.0")
    );
    let found = identify_text(&text);
    assert_eq!(found.expression.as_deref(), Some("MIT"));
    assert!(found.parts[1].is_third_party);
}

#[test]
fn short_notices_are_read_and_noise_is_not() {
    assert_eq!(
        identify_text("Readmes under [CC BY 3.0](http://creativecommons.org/licenses/by/3.0/).\n\nShell scripts under ISC License.\n")
            .expression
            .as_deref(),
        Some("CC-BY-3.0 AND ISC")
    );
    for text in [
        "",
        "   \n",
        "This file is covered by copyright.\n",
        "TODO",
        "2004 Someone, Institute\nWeb page: http://x.example\n",
    ] {
        assert_eq!(identify_text(text).expression, None, "{text}");
    }
}

#[test]
fn hostile_text_ends() {
    let long = "a ".repeat(300_000);
    assert_eq!(identify_text(&long).expression, None);
    let nested = "(".repeat(100_000);
    assert_eq!(identify_text(&nested).expression, None);
    let repeated = mit().repeat(300);
    assert_eq!(identify_text(&repeated).expression.as_deref(), Some("MIT"));
}
