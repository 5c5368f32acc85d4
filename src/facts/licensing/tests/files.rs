// SPDX-License-Identifier: EUPL-1.2
//! Which files are the project's licence texts, and what is noted of them.

use super::{facts, text, with_code};
use crate::model::evidence::Observed;
use crate::snapshot::MemoryTree;

#[test]
fn texts_of_the_root_are_found_under_any_usual_name() {
    for name in [
        "COPYING",
        "LICENCE",
        "LICENSE.MIT.txt",
        "LICENSES/MIT.txt",
        "license.md",
    ] {
        let facts = facts(with_code().file(name, text("MIT")));
        assert_eq!(facts.list("licence.files"), [name]);
        assert_eq!(facts.text("licence.code"), Some("MIT"), "{name}");
    }
}

#[test]
fn images_empty_files_and_copies_are_no_licence_of_the_project() {
    let facts = facts(
        with_code()
            .file("LICENSE", "  \n")
            .file("licence.png", b"\x89PNG\0".to_vec())
            .file("LICENSE-logo", b"\x89PNG\0\0".to_vec())
            .file("node_modules/left/LICENSE", text("MIT"))
            .file("static/js/plugin/LICENSE", text("MIT"))
            .file("mail-templates-master 2/package.json", "{}")
            .file("mail-templates-master 2/LICENSE", text("MIT")),
    );
    assert!(facts.list("licence.files").is_empty());
    assert_eq!(
        facts
            .value("licence.code")
            .map(crate::facts::set::FactValue::is_empty),
        Some(true)
    );
    let evidence = facts
        .get("licence.code")
        .map_or(&[][..], Observed::evidence);
    assert!(evidence[0].note.is_some(), "what was searched is said");
}

#[test]
fn packages_and_documentation_have_texts_of_their_own() {
    let facts = facts(
        with_code()
            .file("LICENSE", text("MIT"))
            .file("packages/front/package.json", "{}")
            .file("packages/front/LICENSE", text("MIT"))
            .file("docs/LICENSES/CC-BY-4.0.txt", text("CC-BY-4.0")),
    );
    assert_eq!(
        facts.list("licence.files"),
        [
            "LICENSE",
            "docs/LICENSES/CC-BY-4.0.txt",
            "packages/front/LICENSE"
        ]
    );
    assert_eq!(facts.text("licence.docs"), Some("CC-BY-4.0"));
}

#[test]
fn a_package_of_other_holders_under_another_licence_is_a_copy() {
    let other = text("ISC")
        .replace("<year>", "2024")
        .replace("<owner>", "Somebody Else");
    let other = format!("Copyright (c) 2015 Somebody Else\n\n{other}");
    let facts = facts(
        with_code()
            .file("LICENSE", text("MIT"))
            .file("widget/package.json", "{}")
            .file("widget/LICENSE", other),
    );
    assert_eq!(facts.list("licence.files"), ["LICENSE"]);
}

#[test]
fn unknown_texts_are_listed_and_closed_references_are_not() {
    let facts = facts(
        with_code()
            .file(
                "LICENSE",
                "Demander au service avant toute chose, il répondra.",
            )
            .file("LICENSES/LicenseRef-Logos.txt", "All rights reserved."),
    );
    assert_eq!(facts.list("licence.unidentified_files"), ["LICENSE"]);
    assert_eq!(facts.text("licence.code"), None);
}

#[test]
fn an_added_restriction_makes_a_modified_text_with_its_sentence() {
    let facts = facts(with_code().file(
        "LICENSE",
        format!(
            "{}\n\nThis software may not be used for commercial purposes.\n",
            text("MIT")
        ),
    ));
    assert_eq!(facts.list("licence.modified_files"), ["LICENSE"]);
    assert_eq!(facts.items("licence.restrictions").len(), 1);
    assert_eq!(
        facts.items("licence.texts")[0].get("modified"),
        Some("true")
    );
}

#[test]
fn a_restriction_in_the_readme_stands_beside_a_free_text() {
    let facts = facts(with_code().file("LICENSE", text("MIT")).file(
        "README.md",
        "# Outil\n\n## Licence\n\nLe code est sous licence MIT, pour un usage non commercial uniquement.\n",
    ));
    let found = &facts.items("licence.restrictions")[0];
    assert_eq!(found.get("path"), Some("README.md"));
    assert_eq!(found.get("line"), Some("5"));
}

#[test]
fn notices_left_as_forms_are_unfilled() {
    let form = text("MIT").replace("2024 Mairie de Lille", "[year] [fullname]");
    let filled = with_code().file("LICENSE", text("MIT"));
    assert_eq!(
        facts(filled).flag("licence.placeholder_unfilled"),
        Some(false)
    );
    for body in [form, text("MIT").replace(" Mairie de Lille", "")] {
        let facts = facts(with_code().file("LICENSE", body));
        assert_eq!(facts.flag("licence.placeholder_unfilled"), Some(true));
    }
    // the appendix of a long text is no form
    let gnu = with_code().file("COPYING", text("AGPL-3.0"));
    assert_eq!(facts(gnu).flag("licence.placeholder_unfilled"), Some(false));
}

#[test]
fn holders_come_from_texts_then_readme_then_authors() {
    let facts = facts(
        with_code()
            .file("LICENSE", text("MIT"))
            .file("AUTHORS", "Copyright (c) 2017 Presidenza del Consiglio <a@b.it>\n")
            .file(
                "README.md",
                "# Outil\n\n© 2019 Ministère de la Culture, direction\ndes patrimoines\n\n## Licence\n\n2018-2020 Préfecture du Nord\n\n```\n© 2001 Exemple\n```\n",
            ),
    );
    let names: Vec<&str> = facts
        .items("licence.holders")
        .iter()
        .filter_map(|item| item.get("value"))
        .collect();
    assert_eq!(
        facts.text("licence.copyright_holder"),
        Some("Mairie de Lille")
    );
    assert_eq!(names[0], "Mairie de Lille");
    assert_eq!(
        names[1],
        "Ministère de la Culture, direction des patrimoines"
    );
    assert_eq!(
        &names[2..],
        ["Préfecture du Nord", "Presidenza del Consiglio"]
    );
}

#[test]
fn the_foundation_that_wrote_a_licence_holds_nothing() {
    let facts = facts(
        MemoryTree::new()
            .file("COPYING", text("GPL-3.0"))
            .file("a.c", "int x;"),
    );
    assert_eq!(facts.text("licence.copyright_holder"), None);
    assert!(facts.items("licence.holders").is_empty());
}

#[test]
fn the_form_of_r_packages_takes_the_licence_of_the_manifest() {
    let facts = facts(
        MemoryTree::new()
            .file("R/a.R", "x <- 1")
            .file(
                "DESCRIPTION",
                "Package: outil\nLicense: MIT + file LICENSE\n",
            )
            .file("LICENSE", "YEAR: 2021\nCOPYRIGHT HOLDER: Insee\n"),
    );
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    assert_eq!(facts.text("licence.copyright_holder"), Some("Insee"));
    assert!(facts.list("licence.unidentified_files").is_empty());
}
