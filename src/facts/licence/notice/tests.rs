// SPDX-License-Identifier: EUPL-1.2
//! Statements of READMEs, and what takes them back.

use super::*;

fn said(text: &str) -> String {
    identify_readme(text).expression.unwrap_or_default()
}

#[test]
fn affirmations_are_read_in_both_languages() {
    for (text, expected) in [
        ("# P\n\nCe projet est publié sous licence MIT.", "MIT"),
        (
            "# P\n\nThis project is licensed under the MIT License.",
            "MIT",
        ),
        (
            "# P\n\n## Licence\n\n[GNU Affero General Public License v3.0 ou plus récent](https://spdx.org/licenses/AGPL-3.0-or-later.html)",
            "AGPL-3.0-or-later",
        ),
        ("# P\n\n## License\n\nMIT", "MIT"),
        (
            "# P\n\n## License\n\nThe MIT License (MIT). Please see the [license file](LICENSE).",
            "MIT",
        ),
        (
            "# P\n\n## Licence\n\nCe logiciel est distribué sous les termes de la licence CeCILL-B.",
            "CECILL-B",
        ),
        ("# P\n\nLicence : EUPL 1.2", "EUPL-1.2"),
        (
            "# P\n\n## Licence\n\nLe logiciel est diffusé sous GNU GPL v3 ou toute version ultérieure.",
            "GPL-3.0-or-later",
        ),
        (
            "# P\n\n## Licence\n\nLicensed under the Apache License, Version 2.0 (the \"License\").",
            "Apache-2.0",
        ),
        (
            "# P\n\n## License\n\nThis program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.",
            "GPL-3.0-or-later",
        ),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn what_takes_a_statement_back_gives_silence() {
    for text in [
        "# P\n\n## Licence\n\nCe projet n'est pas publié sous licence MIT.",
        "# P\n\n## Licence\n\nCe projet n’est plus distribué sous licence GPL-3.0-or-later.",
        "# P\n\n## License\n\nThis project is not licensed under the MIT License.",
        "# P\n\n## License\n\nThis project was previously released under MIT.",
        "# P\n\n## License\n\nWe recommend that you publish under EUPL-1.2.",
        "# P\n\n## Licence\n\nUne licence compatible avec la licence MIT.",
        "# P\n\n## Licence\n\nLe projet sera publié sous licence MIT.",
        "# P\n\nCe dépôt contient la licence Ouverte publiée par Etalab et recommandée pour les données.",
        "# P\n\n## License\n\nGPL",
        "# P\n\n## Licence\n\nLe code est publié sous une licence ouverte.",
    ] {
        assert_eq!(said(text), "", "{text}");
    }
}

#[test]
fn french_and_english_ways_to_say_it() {
    for (text, expected) in [
        (
            "Licence Ouverte / Open Licence 2.0 ou ultérieure",
            "etalab-2.0",
        ),
        ("licence ouverte version 2.0 (LO-OL)", "etalab-2.0"),
        ("Sous double licence MIT / etalab-2.0", "MIT OR etalab-2.0"),
        ("AGPLv3+", "AGPL-3.0-or-later"),
        ("GPL v3 ou toute version ultérieure", "GPL-3.0-or-later"),
        ("GPL-3.0 only", "GPL-3.0-only"),
        ("GPL version 2 uniquement", "GPL-2.0-only"),
        ("EUPL v1.2 ou ultérieure", "EUPL-1.2"),
        ("CeCILL-B V1", "CECILL-B"),
        (
            "Ce logiciel est régi par la licence CeCILL-B soumise au droit français et respectant les principes de diffusion des logiciels libres.",
            "CECILL-B",
        ),
        ("Les données sont sous ODbL.", "ODbL-1.0"),
        ("Données sous ODbL", "ODbL-1.0"),
        (
            "Le code est sous licence MIT, les données sous Licence Ouverte 2.0, la documentation sous CC BY-SA 4.0.",
            "MIT AND etalab-2.0 AND CC-BY-SA-4.0",
        ),
        (
            "Licensed under either of Apache License, Version 2.0 or MIT license at your option.",
            "Apache-2.0 OR MIT",
        ),
        (
            "Distribué selon les termes de la licence MIT ou de la licence Apache 2.0, au choix.",
            "MIT OR Apache-2.0",
        ),
        (
            "Ce programme est un logiciel libre : vous pouvez le redistribuer et/ou le modifier selon les termes de la Licence Publique Générale GNU publiée par la Free Software Foundation, soit la version 3 de la licence, soit (à votre gré) toute version ultérieure.",
            "GPL-3.0-or-later",
        ),
        (
            "Ce programme est un logiciel libre ; vous pouvez le redistribuer ou le modifier suivant les termes de la GNU Affero General Public License ; soit la version 3 de la licence, soit (à votre gré) toute version ultérieure.",
            "AGPL-3.0-or-later",
        ),
        (
            "Licence publique de l'Union européenne (EUPL) v1.2",
            "EUPL-1.2",
        ),
        (
            "BSD 3-Clause \"New\" or \"Revised\" License",
            "BSD-3-Clause",
        ),
        ("Domaine public (CC0 1.0)", "CC0-1.0"),
        (
            "Ce contenu est mis à disposition selon les termes de la Licence Creative Commons Attribution - Pas d'Utilisation Commerciale - Partage dans les Mêmes Conditions 4.0 International.",
            "CC-BY-NC-SA-4.0",
        ),
        (
            "Sauf mention contraire, les textes sont sous Licence Ouverte 2.0 et le code sous licence MIT.",
            "etalab-2.0 AND MIT",
        ),
        (
            "Le code est sous licence MIT depuis 2020 (auparavant GPL-3.0).",
            "MIT",
        ),
        (
            "CeCILL-C ou LGPL-2.1-or-later",
            "CECILL-C OR LGPL-2.1-or-later",
        ),
        ("MPL-2.0+", "MPL-2.0"),
        ("~~MIT~~ AGPL-3.0-or-later", "AGPL-3.0-or-later"),
        (
            "Le code source est sous licence MIT, à l'exception de la police Marianne.",
            "MIT",
        ),
    ] {
        assert_eq!(
            said(&format!("# P\n\n## Licence\n\n{text}\n")),
            expected,
            "{text}"
        );
    }
}

#[test]
fn plans_doubts_and_what_is_built_upon_say_nothing() {
    for text in [
        "Aucune licence n'a encore été choisie (MIT ou EUPL ?).",
        "La licence de ce projet reste à définir : MIT ou AGPL.",
        "Nous hésitons entre MIT et AGPL-3.0.",
        "Le projet passera sous licence EUPL 1.2 en 2025.",
        "Pourquoi pas la licence MIT ?",
        "En contribuant, vous acceptez que vos contributions soient publiées sous licence MIT.",
        "The MIT License is compatible with the GPL v3.",
        "La police Marianne n'est pas couverte par la licence MIT.",
        "Licence Ouverte v1.0",
        "Neither MIT nor GPL-3.0 applies.",
        "Ni MIT ni GPL-3.0.",
        "Tout sauf la licence MIT.",
        "~~MIT~~",
        "TODO: MIT",
        "« Ce logiciel est distribué sous licence GPL-3.0 », disait l'ancienne page.",
    ] {
        assert_eq!(
            said(&format!("# P\n\n## Licence\n\n{text}\n")),
            "",
            "{text}"
        );
    }
    for text in [
        "Ce projet s'appuie sur Keycloak, distribué sous licence Apache 2.0.",
        "This project is built on Keycloak, distributed under the Apache 2.0 licence.",
        "Nous collaborons avec le MIT sous la direction de Mme X.",
    ] {
        assert_eq!(said(&format!("# P\n\n{text}\n")), "", "{text}");
    }
}

#[test]
fn hostile_prose_ends() {
    for text in [
        "é".repeat(500_000),
        "## Licence\n".repeat(20_000),
        "> ".repeat(100_000),
        "[".repeat(50_000),
        "[a](".repeat(20_000),
        "![".repeat(20_000),
        "sous licence MIT ".repeat(5_000),
        "<!--".repeat(20_000),
        "«".repeat(50_000),
        "licence ’é".repeat(10_000),
    ] {
        identify_readme(&text);
        super::super::identify_text(&text);
    }
}

#[test]
fn the_work_of_others_and_quotations_say_nothing() {
    for text in [
        "# P\n\nThe icons are published under CC BY 4.0.",
        "# P\n\n## Licence\n\nLes icônes proviennent de X et sont sous licence CC BY 4.0.",
        "# P\n\n## Crédits\n\nPhoto par X sous licence CC BY-SA 4.0.",
        "# P\n\n## Third-party licenses\n\nMIT",
        "# P\n\n> This project is licensed under the MIT License.",
        "# P\n\nL’article dit : « ce logiciel est distribué sous la licence MIT ».",
        "# P\n\n```yml\nlicense: AGPL-3.0-or-later\n```",
        "# P\n\nCe projet utilise la bibliothèque X, distribuée sous licence MIT.",
        "# P\n\n## Licence\n\nLes données d'OpenStreetMap sont sous licence ODbL.",
    ] {
        assert_eq!(said(text), "", "{text}");
    }
}

#[test]
fn scopes_are_told_apart() {
    let scoped = |text: &str| -> Vec<(Scope, String)> {
        identify_readme(text)
            .statements
            .into_iter()
            .map(|statement| (statement.scope, statement.expression))
            .collect()
    };
    assert_eq!(
        scoped(
            "# P\n\n## Licence\n\nLe code de ce dépôt est publié sous licence EPL 2.0 et les données du dépôt sous licence Ouverte 2.0."
        ),
        [
            (Scope::Code, "EPL-2.0".to_owned()),
            (Scope::Data, "etalab-2.0".to_owned())
        ]
    );
    assert_eq!(
        scoped("# P\n\n## Licence\n\nDonnées : [Licence Ouverte](https://x.example)\\\nCode : MIT"),
        [
            (Scope::Data, "etalab-2.0".to_owned()),
            (Scope::Code, "MIT".to_owned())
        ]
    );
    assert_eq!(
        scoped(
            "# P\n\n## License\n\nThe source code and documentation are released under the MIT license."
        ),
        [(Scope::All, "MIT".to_owned())]
    );
    assert_eq!(
        scoped(
            "# P\n\n## License\n\nThe documentation is published under Licence Ouverte 2.0 and CC-BY-4.0."
        ),
        [
            (Scope::Docs, "etalab-2.0".to_owned()),
            (Scope::Docs, "CC-BY-4.0".to_owned())
        ]
    );
}

#[test]
fn a_choice_is_or() {
    assert_eq!(
        said(
            "# P\n\n## License\n\nThis is free software available either under the CeCILL-C or the CeCILL 2.1 license."
        ),
        "CECILL-C OR CECILL-2.1"
    );
    assert_eq!(
        said(
            "# P\n\n## Licence\n\nCe logiciel est distribué, au choix, sous licence MIT ou Apache 2.0."
        ),
        "MIT OR Apache-2.0"
    );
}

#[test]
fn badges_speak_when_nothing_else_does() {
    let badge = "[![l](https://img.shields.io/badge/License-CeCILL--B-blue.svg)](LICENSE)";
    let found = identify_readme(&format!("# P\n{badge}\n"));
    assert_eq!(found.expression.as_deref(), Some("CECILL-B"));
    assert_eq!(found.statements[0].source, Source::Badge);
    assert_eq!(said(&format!("# P\n{badge}\n\n## License\n\nMIT\n")), "MIT");
    assert_eq!(
        said("![x](https://img.shields.io/badge/build-MIT-blue.svg)"),
        ""
    );
    assert_eq!(said("![x](https://img.shields.io/github/license/a/b)"), "");
}

#[test]
fn a_header_of_the_readme_comes_first_and_links_are_kept() {
    let found = identify_readme(
        "////\nSPDX-License-Identifier: CC-BY-SA-4.0\n////\n\n= T\n\n== Licence\n\nVoir link:LICENSE[la licence].\n",
    );
    assert_eq!(found.expression.as_deref(), Some("CC-BY-SA-4.0"));
    let found =
        identify_readme("# P\n\n## License\n\nReleased under MIT (see [LICENSE](./LICENSE)).\n");
    assert_eq!(found.links, [(5, "./LICENSE".to_owned())]);
    assert_eq!(
        found.statements[0].linked_path.as_deref(),
        Some("./LICENSE")
    );
    assert_eq!(found.statements[0].line, 5);
}
