// SPDX-License-Identifier: EUPL-1.2
use super::*;

#[test]
fn names_in_both_languages_and_any_case_are_found() {
    for (path, key) in [
        ("CONTRIBUTING.md", "contributing"),
        ("contributing.rst", "contributing"),
        ("CONTRIBUER.md", "contributing"),
        (".github/CONTRIBUTING.md", "contributing"),
        (".gitlab/CONTRIBUTING.md", "contributing"),
        ("docs/contributing.md", "contributing"),
        ("CONTRIBUTING.fr.md", "contributing"),
        ("GOUVERNANCE.md", "governance"),
        ("FEUILLE_DE_ROUTE.md", "roadmap"),
        ("feuille-de-route.md", "roadmap"),
        ("CODE-DE-CONDUITE.md", "code_of_conduct"),
        ("SECURITE.md", "security_policy"),
        ("SÉCURITÉ.md", "security_policy"),
        ("AUTHORS", "authors"),
        ("AUTEURS.txt", "authors"),
        ("CHANGES", "changelog"),
        ("NEWS.md", "changelog"),
        ("SUPPORT.md", "support"),
        ("MAINTAINERS", "maintainers"),
        ("publiccode.yml", "publiccode_yml"),
        ("CITATION.cff", "citation_cff"),
        ("codemeta.json", "codemeta"),
        ("pull_request_template.md", "pr_template"),
        (".gitlab/merge_request_templates/Default.md", "pr_template"),
        ("docs/CODEOWNERS", "codeowners"),
    ] {
        let key = format!("documentation.{key}");
        assert_eq!(files(&[path]).text(&key), Some(path), "{key}");
    }
}

#[test]
fn content_and_code_named_like_policies_are_not() {
    let facts = files(&[
        "sécurité/README.md",
        "config/packages/security.yaml",
        "src/News.tsx",
        "img/copyright-fill.svg",
        "app/Authors.jsx",
        "packages/api/CHANGELOG.md",
        "docs/authors.html",
        "templates/contribute.html",
        "vendor/x/CONTRIBUTING.md",
        "src/contributions.md",
    ]);
    for key in ["security_policy", "changelog", "authors", "contributing"] {
        let key = format!("documentation.{key}");
        assert_eq!(facts.value(&key), Some(&FactValue::Absent), "{key}");
    }
}

#[test]
fn the_root_comes_first_and_the_plain_name_before_a_translation() {
    let facts = files(&[
        "CONTRIBUTING.fr.md",
        "CONTRIBUTING.md",
        "docs/CONTRIBUTING.md",
    ]);
    assert_eq!(
        facts.text("documentation.contributing"),
        Some("CONTRIBUTING.md")
    );
}

#[test]
fn an_empty_file_is_not_there() {
    let facts = facts(MemoryTree::new().file("CONTRIBUTING.md", "\n"));
    assert_eq!(
        facts.value("documentation.contributing"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn governance_of_data_is_not_that_of_the_project() {
    let data = facts(MemoryTree::new().file(
        "docs/gouvernance.md",
        "La gouvernance des données de santé.",
    ));
    assert_eq!(
        data.value("documentation.governance"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn pages_of_a_site_are_not_community_files() {
    let facts = facts(
        MemoryTree::new()
            .file("_config.yml", "theme: minima")
            .file("news.md", "---\nlayout: page\n---\nActualités"),
    );
    assert_eq!(
        facts.value("documentation.changelog"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn a_truncated_listing_says_nothing_of_absence() {
    let facts = facts(MemoryTree::new().file("a", "").truncated());
    assert!(matches!(
        facts.get("documentation.contributing"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn an_unread_readme_leaves_its_sections_unknown() {
    let facts = facts(MemoryTree::new().absent("README.md"));
    assert!(matches!(
        facts.get("documentation.roadmap"),
        Some(Observed::Unknown(_))
    ));
    assert_eq!(
        facts.value("documentation.codeowners"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn issue_templates_leave_their_configuration_out() {
    let facts = files(&[
        ".github/ISSUE_TEMPLATE/bug_report.md",
        ".github/ISSUE_TEMPLATE/config.yml",
        ".gitlab/issue_templates/Bug.md",
    ]);
    let found = facts.list("documentation.issue_templates");
    assert_eq!(
        found,
        [
            ".github/ISSUE_TEMPLATE/bug_report.md",
            ".gitlab/issue_templates/Bug.md"
        ]
    );
}
