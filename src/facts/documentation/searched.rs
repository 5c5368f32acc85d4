// SPDX-License-Identifier: EUPL-1.2
//! What was looked for, in names that a reader can check, for the searches that find nothing.

use super::community;
use crate::model::message::Message;

/// Names of one family that are quoted; the first are the usual ones.
const NAMES: usize = 6;

/// Where community files are looked for.
pub(super) const COMMUNITY: &str = "./, .github/, .gitlab/, .gitea/, docs/, doc/, documentation/";

const DOCS: &str = "docs/, doc/, documentation/, wiki/";

/// Names and places of searches that are not those of a family of community files.
const OTHERS: &[(&str, &str, &str)] = &[
    (
        "documentation.docs_dir",
        "docs/, doc/, documentation/, wiki/",
        "**/",
    ),
    (
        "documentation.site_generator",
        "mkdocs.yml, conf.py, docusaurus.config.js, .vuepress/, _config.yml, book.toml",
        "**/",
    ),
    ("documentation.publiccode_yml", "publiccode.yml", "./"),
    ("documentation.citation_cff", "CITATION.cff", "./"),
    ("documentation.codemeta", "codemeta.json", "./"),
    (
        "documentation.issue_templates",
        "ISSUE_TEMPLATE*, issue_templates/*.md",
        COMMUNITY,
    ),
    (
        "documentation.pr_template",
        "PULL_REQUEST_TEMPLATE*, MERGE_REQUEST_TEMPLATE*, merge_request_templates/*.md",
        COMMUNITY,
    ),
    ("documentation.codeowners", "CODEOWNERS", COMMUNITY),
    (
        "documentation.api_spec",
        "openapi, swagger, asyncapi, *.graphql, *.raml, *.apib",
        "**/",
    ),
    (
        "documentation.has_http_api",
        "FastAPI, Django REST, NestJS, API Platform, GraphQL, /api",
        "package.json, pyproject.toml, requirements*.txt, composer.json, Gemfile, mix.exs, pom.xml, routes, controllers",
    ),
    (
        "documentation.api_generators",
        "drf-spectacular, @nestjs/swagger, swagger-jsdoc, springdoc, rswag, utoipa, GraphQL",
        "package.json, pyproject.toml, requirements*.txt, composer.json, Gemfile, mix.exs, pom.xml",
    ),
    (
        "documentation.adr_or_architecture",
        "architecture*, adr/, decisions/",
        "./, docs/, doc/",
    ),
    (
        "documentation.architecture_diagrams",
        "archi*, *.drawio, *.puml, *.mmd, *.archimate, Mermaid",
        "**/, README",
    ),
    (
        "documentation.install",
        "INSTALL*, install*, deploi*, getting_started*, ## Installation",
        "./, docs/, README",
    ),
    (
        "documentation.technical",
        "ARCHITECTURE*, DEVELOPMENT*, docs/*, ## Architecture, ## Stack",
        "./, docs/, README",
    ),
    (
        "documentation.technical_external",
        "wiki, documentation",
        "README",
    ),
    (
        "documentation.user_manual",
        "manuel_utilisateur*, guide_utilisateur*, user_guide*, mode_d_emploi*",
        "**/, README",
    ),
    (
        "documentation.user_manual_external",
        "manuel, guide utilisateur, user guide, mode d’emploi",
        "README",
    ),
    ("documentation.help_pages", "aide*, help*, faq*", "**/"),
    (
        "documentation.contribution_section",
        "## Contribuer, ## Contributing, ## Participer",
        "README",
    ),
    (
        "documentation.issue_tracker_links",
        "/issues, Jira, Redmine, Trello",
        "README, CONTRIBUTING, SUPPORT, publiccode.yml",
    ),
    (
        "documentation.algorithm",
        "## Algorithme, ## Algorithm",
        "README, docs/",
    ),
    (
        "documentation.dco",
        "DCO, Signed-off-by, sign-off, developercertificate.org, certificat d’origine, .github/dco.yml",
        "CONTRIBUTING, README, .github/",
    ),
    (
        "documentation.cla",
        "CLA*, Contributor License Agreement, .clabot, cla-assistant",
        "CONTRIBUTING, README, .github/",
    ),
    (
        "documentation.governance_section",
        "## Gouvernance, ## Governance, ## Prise de décision, ## Pilotage",
        "README, CONTRIBUTING",
    ),
    (
        "documentation.roadmap_items",
        "ROADMAP*, ## Feuille de route, roadmap",
        "./, docs/, README",
    ),
    (
        "documentation.code_of_conduct_section",
        "## Code de conduite, ## Code of conduct",
        "README, CONTRIBUTING",
    ),
    (
        "documentation.office_documents",
        "*.docx, *.pptx, *.xlsx, *.sketch, *.fig, *.pdf",
        "./, docs/",
    ),
    (
        "documentation.closed_formats",
        "*.docx, *.pptx, *.xlsx, *.sketch, *.fig, *.pdf",
        "./, docs/",
    ),
    (
        "documentation.foreign_template",
        "# Contributing to …, github.com/…/issues",
        "CONTRIBUTING",
    ),
];

/// What was searched for a fact, with the number of files that were listed.
pub(super) fn note(key: &str, files: usize) -> Message {
    let note = Message::new("documentation-searched-names").with("files", files);
    if let Some(names) = community::names(key) {
        let mut quoted: Vec<_> = names
            .iter()
            .take(NAMES)
            .map(|name| format!("{}*", name.to_uppercase()))
            .collect();
        if names.len() > NAMES {
            quoted.push("…".to_owned());
        }
        return note
            .with("names", quoted.join(", "))
            .with("folders", COMMUNITY);
    }
    match OTHERS.iter().find(|(known, ..)| *known == key) {
        Some((_, names, folders)) => note.with("names", names).with("folders", folders),
        None => note.with("folders", DOCS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::key::FACTS;

    #[test]
    fn every_search_names_what_it_looked_for() {
        let judged = |key: &str| {
            matches!(
                key,
                "documentation.last_change"
                    | "documentation.contributing_covers"
                    | "documentation.code_of_conduct_contact"
                    | "documentation.code_of_conduct_placeholder"
                    | "documentation.roadmap_last_date"
            )
        };
        let keys = FACTS.iter().map(|spec| spec.key);
        for key in keys.filter(|key| key.starts_with("documentation.") && !judged(key)) {
            let note = note(key, 3);
            assert!(note.params.contains_key("names"), "{key}");
            assert!(note.params.contains_key("folders"), "{key}");
        }
    }
}
