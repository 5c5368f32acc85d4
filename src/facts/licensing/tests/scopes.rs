// SPDX-License-Identifier: EUPL-1.2
//! One expression for code, documentation and data each.

use super::{contradictions, facts, text, with_code};
use crate::snapshot::MemoryTree;

fn readme(licence: &str) -> String {
    format!("# Outil\n\nCe que fait l’outil, en une phrase.\n\n## Licence\n\n{licence}\n")
}

#[test]
fn a_readme_gives_each_part_its_licence() {
    let facts = facts(with_code().file("LICENSE.md", text("etalab-2.0")).file(
        "README.md",
        readme("Le contenu est sous Licence Ouverte 2.0. Le code est sous licence MIT."),
    ));
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    assert_eq!(facts.text("licence.docs"), Some("etalab-2.0"));
    assert!(contradictions(&facts).is_empty());
    assert_eq!(facts.text("readme.licence"), Some("etalab-2.0 AND MIT"));
}

#[test]
fn a_licence_of_published_data_is_no_licence_of_the_code() {
    let facts = facts(
        with_code()
            .file("LICENSES/EPL-2.0.txt", text("EPL-2.0"))
            .file("LICENSES/etalab-2.0.txt", text("etalab-2.0"))
            .file("README.md", readme("The code is published under the EPL 2.0 license.\n\nThe data are published under the Open License 2.0.")),
    );
    assert_eq!(facts.text("licence.code"), Some("EPL-2.0"));
    assert_eq!(facts.text("licence.docs"), None);
    assert_eq!(facts.text("licence.data"), Some("etalab-2.0"));
}

#[test]
fn a_text_for_contents_beside_one_for_software_is_for_the_documentation() {
    let facts = facts(
        with_code()
            .file("LICENSE", text("MIT"))
            .file("LICENSE-docs.md", text("CC-BY-4.0")),
    );
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    assert_eq!(facts.text("licence.docs"), Some("CC-BY-4.0"));
}

#[test]
fn without_code_the_licence_is_that_of_the_contents() {
    let facts = facts(
        MemoryTree::new()
            .file("LICENSE.md", text("etalab-2.0"))
            .file("index.md", "# Guide\n")
            .file("README.md", "# Guide\n\nComment faire.\n"),
    );
    assert_eq!(facts.text("licence.code"), None);
    assert_eq!(facts.text("licence.docs"), Some("etalab-2.0"));
}

#[test]
fn an_information_licence_alone_covers_the_code_too() {
    let facts = facts(with_code().file("LICENSE.md", text("etalab-2.0")));
    assert_eq!(facts.text("licence.code"), Some("etalab-2.0"));
}

#[test]
fn the_readme_that_disagrees_with_the_text_is_a_contradiction() {
    let facts = facts(
        with_code()
            .file("LICENSE", text("Apache-2.0"))
            .file("README.md", readme("Le code est sous licence MIT.")),
    );
    assert_eq!(facts.text("licence.code"), Some("Apache-2.0"));
    assert_eq!(
        contradictions(&facts),
        [["README.md", "MIT", "Apache-2.0", "readme"]]
    );
}

#[test]
fn a_readme_alone_grants() {
    let facts = facts(with_code().file(
        "README.md",
        readme("Ce logiciel est publié sous licence EUPL 1.2."),
    ));
    assert_eq!(facts.text("licence.code"), Some("EUPL-1.2"));
    assert!(facts.list("licence.files").is_empty());
}

#[test]
fn the_licence_of_a_trade_is_none() {
    let facts = facts(with_code().file(
        "README.md",
        "# Pêche\n\nChaque armateur y demande sa licence de pêche.\n",
    ));
    assert_eq!(facts.text("licence.code"), None);
    assert_eq!(facts.text("readme.licence"), None);
}

#[test]
fn two_texts_named_apart_are_a_choice() {
    let both = || {
        with_code()
            .file("LICENSE-MIT", text("MIT"))
            .file("LICENSE-APACHE", text("Apache-2.0"))
    };
    assert_eq!(
        facts(both()).text("licence.code"),
        Some("Apache-2.0 OR MIT")
    );
    let said = facts(both().file(
        "Cargo.toml",
        "[package]\nname = \"a\"\nlicense = \"MIT OR Apache-2.0\"\n",
    ));
    assert_eq!(said.text("licence.code"), Some("MIT OR Apache-2.0"));
    assert!(contradictions(&said).is_empty());
}

#[test]
fn the_lesser_gnu_licence_brings_the_text_of_the_greater() {
    let facts = facts(
        with_code()
            .file("COPYING", text("GPL-3.0"))
            .file("COPYING.LESSER", text("LGPL-3.0")),
    );
    assert_eq!(facts.text("licence.code"), Some("LGPL-3.0"));
}

#[test]
fn headers_of_most_files_decide_and_of_a_copied_one_do_not() {
    let header = "# SPDX-License-Identifier: GPL-3.0-or-later\nx = 1\n";
    let own = facts(
        MemoryTree::new()
            .file("a.py", header)
            .file("b.py", header)
            .file("LICENSE", text("GPL-3.0")),
    );
    assert_eq!(own.text("licence.code"), Some("GPL-3.0-or-later"));
    assert!(contradictions(&own).is_empty());
    let mut tree = MemoryTree::new()
        .file("copied.py", header)
        .file("LICENSE", text("MIT"));
    for n in 0..9 {
        tree = tree.file(&format!("m{n}.py"), "x = 1\n");
    }
    let copied = facts(tree);
    assert_eq!(copied.text("licence.code"), Some("MIT"));
    assert!(contradictions(&copied).is_empty());
}

#[test]
fn headers_that_contradict_the_text_show_the_text() {
    let header = "# SPDX-License-Identifier: EUPL-1.2\n";
    let facts = facts(
        MemoryTree::new()
            .file("a.py", header)
            .file("LICENSE", text("MIT")),
    );
    assert_eq!(facts.text("licence.code"), Some("EUPL-1.2"));
    assert_eq!(
        contradictions(&facts),
        [["LICENSE", "MIT", "EUPL-1.2", "file"]]
    );
}

#[test]
fn annotations_by_path_explain_differences() {
    let facts = facts(
        with_code()
            .file("LICENSES/MIT.txt", text("MIT"))
            .file("LICENSES/CC-BY-4.0.txt", text("CC-BY-4.0"))
            .file("docs/guide.md", "# Guide\n")
            .file(
                "REUSE.toml",
                "version = 1\n\n[[annotations]]\npath = \"**\"\nSPDX-FileCopyrightText = \"2024 Mairie de Lille\"\nSPDX-License-Identifier = \"MIT\"\n\n[[annotations]]\npath = \"**.md\"\nSPDX-FileCopyrightText = \"2024 Mairie de Lille\"\nSPDX-License-Identifier = \"CC-BY-4.0\"\n",
            ),
    );
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    assert_eq!(facts.text("licence.docs"), Some("CC-BY-4.0"));
    assert!(contradictions(&facts).is_empty());
}

/// The usual notice of a GNU licence, as a comment of Python.
const NOTICE: &str = "# copyright : (C) 2019 by Mairie de Lille\n#\n# This program is free software; you can redistribute it and/or modify\n# it under the terms of the GNU General Public License as published by\n# the Free Software Foundation; either version 2 of the License, or\n# (at your option) any later version.\n";

#[test]
fn notices_of_most_files_are_the_licence_of_the_code() {
    let facts = facts(
        MemoryTree::new()
            .file("app.py", format!("{NOTICE}print('ok')\n"))
            .file("core/model.py", format!("{NOTICE}x = 1\n"))
            .file("core/__init__.py", "")
            .file("core/view.py", "y = 1\n"),
    );
    assert_eq!(facts.text("licence.code"), Some("GPL-2.0-or-later"));
    assert_eq!(facts.text("licence.or_later"), Some("or-later"));
    assert_eq!(facts.text("licence.docs"), None);
    assert_eq!(
        facts.text("licence.copyright_holder"),
        Some("Mairie de Lille")
    );
    assert!(contradictions(&facts).is_empty());
}

#[test]
fn a_notice_of_one_file_among_others_does_not_decide() {
    let facts = facts(with_code().file("core/copied.py", format!("{NOTICE}x = 1\n")));
    assert_eq!(facts.text("licence.code"), None);
    assert_eq!(facts.text("licence.copyright_holder"), None);
}

#[test]
fn a_licence_text_is_before_the_notices() {
    let facts = facts(
        MemoryTree::new()
            .file("LICENSE", text("MIT"))
            .file("app.py", format!("{NOTICE}print('ok')\n"))
            .file("core/model.py", format!("{NOTICE}x = 1\n")),
    );
    assert_eq!(facts.text("licence.code"), Some("MIT"));
}

#[test]
fn files_that_programs_wrote_need_no_header() {
    let facts = facts(
        with_code()
            .file(
                "core/_nbdev.py",
                "# AUTOGENERATED BY NBDEV! DO NOT EDIT!\nx = 1\n",
            )
            .file(
                "core/resources.py",
                "# Resource object code\n#\n# Created by: The Resource Compiler\n",
            )
            .file(
                "i18n/fr.ts",
                "<?xml version=\"1.0\"?>\n<!DOCTYPE TS><TS version=\"2.0\"></TS>\n",
            ),
    );
    assert_eq!(facts.count("licence.source_files"), Some(3));
}
