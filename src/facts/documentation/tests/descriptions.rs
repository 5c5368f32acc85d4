// SPDX-License-Identifier: EUPL-1.2
use super::*;

const OPENAPI: &str = "openapi: \"3.0.0\"\ninfo:\n  title: A\npaths: {}\n";

#[test]
fn api_descriptions_are_recognised_by_content() {
    let facts = facts(
        MemoryTree::new()
            .file("data/doc.yml", OPENAPI)
            .file("docs/swagger.json", r#"{"swagger":"2.0","paths":{}}"#)
            .file("schema.graphql", "type Query {\n  a: Int\n}\n")
            .file("queries/a.graphql", "query A { a }")
            .file("config/api.yml", "api: 1\nopenapi: false\n")
            .file(
                "nested-api.json",
                r#"{"x": {"openapi": "3.0.0", "paths": {}}}"#,
            ),
    );
    let found = facts.list("documentation.api_spec");
    assert_eq!(
        found,
        ["data/doc.yml", "docs/swagger.json", "schema.graphql"]
    );
}

#[test]
fn copies_of_other_peoples_descriptions_do_not_count() {
    let facts = facts(
        MemoryTree::new()
            .file("clients/partner/openapi.yml", OPENAPI)
            .file("tests/fixtures/openapi.yml", OPENAPI)
            .file(
                "openapi-github.yml",
                OPENAPI.replace("title: A", "title: GitHub v3 REST API"),
            ),
    );
    assert!(facts.list("documentation.api_spec").is_empty());
}

#[test]
fn decision_records_and_architecture_documents_are_listed() {
    let facts = files(&[
        ".adrs/000-a.md",
        "docs/adr/README.md",
        "docs/adr/0001-b.md",
        "ARCHITECTURE.md",
        "documentation/Archi technique.svg",
        "documentation/Flux de donnees.svg",
        "guide/le-produit-s-appuie-sur-une-architecture-cloud.md",
        "docs/archives.md",
        "public/architecture.png",
    ]);
    let found = facts.list("documentation.adr_or_architecture");
    assert_eq!(
        found,
        [
            ".adrs/000-a.md",
            "ARCHITECTURE.md",
            "docs/adr/0001-b.md",
            "documentation/Archi technique.svg"
        ]
    );
}

#[test]
fn an_image_elsewhere_counts_when_the_readme_shows_it() {
    let tree = MemoryTree::new()
        .file("img/architecture.png", "x")
        .file("README.md", "# A\n\n![schéma](img/architecture.png)\n");
    assert_eq!(
        facts(tree).list("documentation.adr_or_architecture"),
        ["img/architecture.png"]
    );
}

#[test]
fn drawings_as_code_and_headings_draw_the_architecture() {
    let tree = MemoryTree::new()
            .file("uml/a.puml", "@startuml\n@enduml")
            .file("README.md", "# A\n\n## Architecture\n\n- un serveur\n- une base de données et un cache\n\n```mermaid\nflowchart LR\n a-->b\n```\n");
    let facts = facts(tree);
    let found = facts.list("documentation.architecture_diagrams");
    assert_eq!(found, ["README.md", "README.md#Architecture", "uml/a.puml"]);
    assert!(facts.list("documentation.adr_or_architecture").is_empty());
}

#[test]
fn guides_for_developers_and_for_users_are_told_apart() {
    let tree = MemoryTree::new()
        .file("docs/modele.md", LONG)
        .file("docs/guide-utilisateur.md", LONG)
        .file("docs/install.md", "# Installer\n\n```\nmake install\n```\n")
        .file("docs/deployment_log.md", LONG)
        .file("docs/HOWTO.md", format!("# Carte walk through\n\n{LONG}"))
        .file("src/help/Manuel.vue", "")
        .file("src/HelpIcon.vue", "")
        .file("app/templates/faq.html", "")
        .file("_equipe/2019-manuel-dupont.md", LONG);
    let facts = facts(tree);
    assert_eq!(
        facts.list("documentation.technical"),
        ["docs/deployment_log.md", "docs/modele.md"]
    );
    assert_eq!(
        facts.list("documentation.user_manual"),
        ["docs/guide-utilisateur.md", "docs/HOWTO.md"]
    );
    assert_eq!(
        facts.list("documentation.help_pages"),
        ["app/templates/faq.html", "src/help/Manuel.vue"]
    );
    let install = facts.items("documentation.install");
    let install = install
        .iter()
        .find(|item| item.get("path") == Some("docs/install.md"));
    assert_eq!(install.unwrap().get("commands"), Some("1"));
}

#[test]
fn an_algorithm_is_explained_by_a_section_or_a_statement() {
    let facts = readme(
        "# A\n\n## L’algorithme\n\nIl trie les dossiers par date de dépôt, puis par urgence.\n",
    );
    assert_eq!(
        facts.list("documentation.algorithm"),
        ["README.md#L’algorithme"]
    );
}

#[test]
fn the_date_of_the_last_change_is_not_guessed() {
    assert!(matches!(
        readme("# A").get("documentation.last_change"),
        Some(Observed::Unknown(_))
    ));
}
