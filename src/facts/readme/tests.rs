// SPDX-License-Identifier: EUPL-1.2
//! What the theme says of whole repositories; the pitfalls of the rules on READMEs.

use super::*;
use crate::facts::key::Theme;
use crate::forge::record::ForgeRecord;
use crate::model::ids::RepositoryId;
use crate::snapshot::{MemoryTree, Snapshot};

fn facts_of(tree: MemoryTree, identity: Option<(&str, &str)>) -> FactSet {
    let snapshot: Snapshot = tree.snapshot();
    let mut record = ForgeRecord::local(RepositoryId::new("local"), "carte");
    if let Some((host, owner)) = identity {
        record.host = Some(host.to_owned());
        record.owner = Some(owner.to_owned());
    }
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    let mut facts = FactSet::default();
    extract(&inputs, &mut facts);
    facts
}

fn readme(text: &str) -> FactSet {
    facts_of(MemoryTree::new().file("README.md", text), None)
}

fn section(facts: &FactSet, name: &str) -> bool {
    facts.flag(&format!("readme.sections.{name}")).unwrap()
}

#[test]
fn every_key_of_the_theme_is_set_but_the_stated_licence() {
    for facts in [
        readme("# Carte\n\nUne carte pour les agents et leurs usagers.\n"),
        facts_of(MemoryTree::new(), None),
        facts_of(MemoryTree::new().absent("README.md"), None),
    ] {
        let keys = crate::facts::key::FACTS
            .iter()
            .filter(|spec| spec.theme == Theme::Readme);
        let missing: Vec<_> = keys
            .map(|spec| spec.key)
            .filter(|key| facts.get(key).is_none())
            .collect();
        assert_eq!(missing, ["readme.licence"]);
    }
}

#[test]
fn without_readme_nothing_is_there_and_the_search_is_told() {
    let facts = facts_of(MemoryTree::new().file("main.py", "x"), None);
    assert_eq!(facts.value("readme.path"), Some(&FactValue::Absent));
    assert!(!section(&facts, "install"));
    let evidence = facts.get("readme.path").unwrap().evidence();
    assert_eq!(evidence[0].note.as_ref().unwrap().code, "readme-searched");
}

#[test]
fn a_cut_listing_or_an_absent_object_says_nothing() {
    let cut = facts_of(MemoryTree::new().file("a", "x").truncated(), None);
    assert!(cut.value("readme.path").is_none());
    let absent = facts_of(MemoryTree::new().absent("README.md"), None);
    assert_eq!(absent.text("readme.path"), Some("README.md"));
    assert!(absent.value("readme.sections.install").is_none());
    let links = facts_of(
        MemoryTree::new().file("README.md", "[a](b.md)").truncated(),
        None,
    );
    assert!(links.value("readme.broken_relative_links").is_none());
}

#[test]
fn badges_headings_and_code_are_no_prose() {
    let facts = readme(
        "# Carte\n\n[![Build](https://a.fr/b.svg)](https://a.fr)\n\n```\nlong code here\n```\n\nTexte.\n",
    );
    assert_eq!(facts.count("readme.prose_chars"), Some(6));
}

#[test]
fn a_generator_s_readme_is_a_template_until_it_is_replaced() {
    let cra = "# Getting Started with Create React App\n\nThis project was bootstrapped with [Create React App](https://github.com/facebook/create-react-app).\n\n## Available Scripts\n\n### `npm start`\n\nRuns the app in the development mode.\n";
    assert_eq!(
        readme(cra).text("readme.template"),
        Some("create-react-app")
    );
    assert!(!section(&readme(cra), "title_and_purpose"));
    let gitlab = "# carte\n\n## Getting started\n\nTo make it easy for you to get started with GitLab, here's a list of recommended next steps.\n";
    assert_eq!(readme(gitlab).text("readme.template"), Some("gitlab"));
    let own = format!(
        "# Carte\n\nThis application lets the agents of the prefecture see on a map all the accidents of the last ten years, by road and by date.\n\n{cra}"
    );
    assert_eq!(
        readme(&own).value("readme.template"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn the_purpose_is_measured_before_the_installation() {
    let facts = readme(
        "# Carte\n\nDouze mots.\n\n## Installation\n\nUn très long paragraphe qui ne dit rien de l’objet du logiciel.\n",
    );
    assert_eq!(facts.count("readme.purpose_chars"), Some(11));
}

#[test]
fn sections_are_read_in_both_languages_and_as_html_or_bold() {
    let cases = [
        ("## Mise en place\n\nLire.\n", "install"),
        ("<h2>Getting started</h2>\n\nRead.\n", "install"),
        ("**Installation**\n\nLire.\n", "install"),
        ("Texte\n\n    npm install\n", "install"),
        ("## Lancer l’application\n\nLire.\n", "usage_or_run"),
        ("Run it with `docker compose up`.\n", "usage_or_run"),
        ("## Tests unitaires\n\nLire.\n", "tests"),
        ("```sh\npytest\n```\n", "tests"),
        ("## Comment contribuer ?\n\nLire.\n", "contribute"),
        ("Pull requests are welcome.\n", "contribute"),
        ("## Licence\n\nMIT\n", "licence"),
        ("Ce code est publié sous licence MIT.\n", "licence"),
        ("## Contact\n\nL’équipe.\n", "contact_or_maintainer"),
        ("Maintained by the team.\n", "contact_or_maintainer"),
        ("## État du projet\n\nEn cours.\n", "status_or_maintenance"),
        ("This is a work in progress.\n", "status_or_maintenance"),
        (
            "# Carte\n\nVoir le site : https://carte.culture.gouv.fr\n",
            "demo_or_site_link",
        ),
        (
            "[Démo](https://carte-demo.herokuapp.com)\n",
            "demo_or_site_link",
        ),
        ("## Organisation du code\n\n- a\n", "architecture"),
        ("Le projet est composé de deux parties.\n", "architecture"),
    ];
    for (text, name) in cases {
        assert!(section(&readme(text), name), "{name}: {text}");
    }
}

#[test]
fn words_that_mislead_are_no_sections() {
    let cases = [
        ("## Comment tester en local ?\n\nLire.\n", "tests"),
        ("## Environnement de test\n\nhttps://a.fr\n", "tests"),
        ("## Contributeurs\n\n- A\n- B\n", "contribute"),
        ("Le pêcheur demande sa licence de pêche.\n", "licence"),
        ("## Licences des dépendances\n\n- a : MIT\n", "licence"),
        (
            "## Documentation\n\nVoir [ici](https://docs.a.fr/x)\n",
            "install",
        ),
        (
            "When working in development, use the sample.\n",
            "status_or_maintenance",
        ),
        (
            "## À faire\n\n- publier sur https://carte.fr\n",
            "demo_or_site_link",
        ),
        (
            "Built with [Django](https://www.djangoproject.com/).\n",
            "demo_or_site_link",
        ),
        (
            "## Capture\n\n![x](https://a.fr/x.png)\n\n#### Ajouter un point\n\n![x](https://a.fr/y.png)\n",
            "contribute",
        ),
        ("## Prérequis\n\n### Packages\n\nDocker.\n", "architecture"),
    ];
    for (text, name) in cases {
        assert!(!section(&readme(text), name), "{name}: {text}");
    }
}

#[test]
fn a_pointer_to_a_file_of_the_repository_counts_and_an_outside_one_does_not() {
    let inside = MemoryTree::new()
        .file(
            "README.md",
            "Voir [le guide](INSTALL.md) et [les règles](.github/CONTRIBUTING.md).\n",
        )
        .file("INSTALL.md", "x")
        .file(".github/CONTRIBUTING.md", "x");
    let facts = facts_of(inside, None);
    assert!(section(&facts, "install") && section(&facts, "contribute"));
    let outside = readme("## Installation\n\nVoir [le wiki](https://wiki.a.fr/install).\n");
    assert!(!section(&outside, "install"));
}

#[test]
fn broken_links_are_compared_byte_for_byte_after_decoding() {
    let text = "[a](docs/été.md) [b](docs/%C3%A9t%C3%A9.md) [c](Docs/a.md) [d](./docs) [e](docs/a.md#x) [f]() [g](#h)\n[h](/docs/a.md) ![i](img.png) [j](../../issues) [k](www.a.fr) [l](mailto:a@b.fr) <img src=\"no.png\">\n\n```\n[m](missing.md)\n```\n\n[n](sub/x) [o](link/y)\n";
    let tree = MemoryTree::new()
        .file("README.md", text)
        .file("docs/e\u{301}te\u{301}.md", "x")
        .file("docs/a.md", "x")
        .link("link");
    let facts = facts_of(tree, None);
    let expected = [
        "docs/été.md",
        "docs/%C3%A9t%C3%A9.md",
        "Docs/a.md",
        "img.png",
        "no.png",
        "sub/x",
    ];
    assert_eq!(facts.list("readme.broken_relative_links"), expected);
    let evidence = facts
        .get("readme.broken_relative_links")
        .unwrap()
        .evidence();
    assert_eq!(evidence[3].line, Some(2));
}

#[test]
fn absolute_addresses_of_the_repository_are_inside_on_its_main_branch() {
    let text = "[a](https://github.com/org/carte/blob/main/missing.md) [b](https://github.com/org/carte/tree/dev/missing)\n[c](https://github.com/other/carte/blob/main/missing.md) [d](https://github.com/org/carte/blob/master/src/a.py)\n";
    let tree = || {
        MemoryTree::new()
            .file("README.md", text)
            .file("src/a.py", "x")
    };
    let expected = ["https://github.com/org/carte/blob/main/missing.md"];
    let known = facts_of(tree(), Some(("github.com", "org")));
    assert_eq!(known.list("readme.broken_relative_links"), expected);
    let guessed = facts_of(tree(), None);
    assert_eq!(guessed.list("readme.broken_relative_links"), expected);
}

#[test]
fn the_licence_link_is_one_to_the_file() {
    let tree = |text: &str| {
        MemoryTree::new()
            .file("README.md", text)
            .file("LICENCE.md", "x")
    };
    assert_eq!(
        facts_of(tree("[Licence](LICENCE.md)"), None).flag("readme.licence_link"),
        Some(true)
    );
    assert_eq!(
        facts_of(tree("[MIT](https://opensource.org/licenses/MIT)"), None)
            .flag("readme.licence_link"),
        Some(false)
    );
    for (badge, expected) in [
        (
            "![l](https://img.shields.io/github/license/org/carte)",
            true,
        ),
        ("<img src=\"https://img.shields.io/pypi/l/carte\">", true),
        (
            "![b](https://img.shields.io/github/issues/org/carte)",
            false,
        ),
    ] {
        assert_eq!(
            facts_of(tree(badge), None).flag("readme.licence_link"),
            Some(expected),
            "{badge}"
        );
    }
}

#[test]
fn contributions_are_welcome_refused_or_explained() {
    let cases = [
        ("Les contributions sont les bienvenues.\n", Some("welcome")),
        ("Contributions are not accepted.\n", Some("refused")),
        ("Nous n’acceptons pas de contributions.\n", Some("refused")),
        ("## Contribuer\n\nLire le guide.\n", Some("explained")),
        (
            "![x](https://img.shields.io/badge/code.gouv.fr-contributif-blue.svg)\n",
            Some("welcome"),
        ),
        ("## Contributeurs\n\n- A\n", None),
    ];
    for (text, expected) in cases {
        assert_eq!(
            readme(text).text("readme.contributions"),
            expected,
            "{text}"
        );
    }
}

#[test]
fn blocks_of_commands_are_counted() {
    let facts =
        readme("```sh\nls\n```\n\n```json\n{}\n```\n\n    $ npm start\n\n```\nsome output\n```\n");
    assert_eq!(facts.count("readme.command_blocks"), Some(2));
}

#[test]
fn the_bearer_s_own_site_is_not_the_project_s() {
    let facts = readme(
        "# Carte\n\nOutil de la [Direction générale des routes](https://www.routes.gouv.fr/), visible [ici](https://carte-preview.herokuapp.com/).\n",
    );
    assert_eq!(
        facts.list("readme.sites"),
        ["https://carte-preview.herokuapp.com/"]
    );
}

#[test]
fn hostile_documents_are_read_without_a_panic() {
    let quotes = format!("{} a\n", ">".repeat(10_000));
    let table = format!("|{}\n|{}\n", "a|".repeat(2_000), "-|".repeat(2_000));
    let bodies = [
        quotes,
        table,
        "```\n# A\n[x](#y".to_owned(),
        "[a](#)\n[b](%)\n[c](#%zz)\n[d](\\)\n[e](//)".to_owned(),
        format!("* {}\n", "[[".repeat(5_000)),
        "=\n==\n===\n`a <b`_ |c| :d:`e\n.. _:\n".to_owned(),
        "<a href=\"#x\" <<img src=".repeat(500),
    ];
    for body in &bodies {
        for name in [
            "README.md",
            "README.org",
            "README.rst",
            "README.adoc",
            "README",
        ] {
            let facts = facts_of(MemoryTree::new().file(name, body.as_str()), None);
            assert_eq!(facts.text("readme.path"), Some(name));
        }
    }
}
