// SPDX-License-Identifier: EUPL-1.2
use super::*;

#[test]
fn a_roadmap_may_be_a_section_even_when_its_text_is_below_a_sub_heading() {
    let facts =
        readme("# A\n\n## Roadmap to 1.0\n\n### To do list\n\n- one\n\n## Feuille de route\n");
    assert_eq!(
        facts.text("documentation.roadmap"),
        Some("README.md#Roadmap to 1.0")
    );
    assert_eq!(
        facts.get("documentation.roadmap").unwrap().evidence()[0].line,
        Some(3)
    );
}

#[test]
fn a_to_do_list_and_an_empty_heading_are_no_roadmap() {
    for text in [
        "# A\n\n## TODO\n\n- one\n",
        "# A\n\n## Roadmap\n\n## Next\n\ntext\n",
    ] {
        assert_eq!(
            readme(text).value("documentation.roadmap"),
            Some(&FactValue::Absent)
        );
    }
}

#[test]
fn a_changelog_section_lists_versions() {
    let facts = readme("# A\n\n## WHAT IS NEW ?\n\n- v1.4 - 07/02/2019 : x\n- v1.3 - y\n");
    assert_eq!(
        facts.text("documentation.changelog"),
        Some("README.md#WHAT IS NEW ?")
    );
    let links = readme(
        "# A\n\n## Changelogs\n\n- [lib a](https://a.org/CHANGELOG)\n- [lib b](https://b.org)\n",
    );
    assert_eq!(
        links.value("documentation.changelog"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn a_list_of_past_contributors_is_no_contribution_section() {
    let facts = readme("# A\n\n## Contributeurs\n\nCamille, Dominique\n");
    assert_eq!(
        facts.value("documentation.contribution_section"),
        Some(&FactValue::Absent)
    );
    let facts = readme("# A\n\n## Comment contribuer ?\n\nOuvrir un ticket.\n");
    assert_eq!(
        facts.text("documentation.contribution_section"),
        Some("README.md#Comment contribuer ?")
    );
}

#[test]
fn install_counts_commands_and_shows_a_heading_without_content() {
    let facts = readme("# A\n\n## Installation\n\n```\nnpm install\n```\n\n## Déploiement\n");
    let items = facts.items("documentation.install");
    let told: Vec<_> = items
        .iter()
        .map(|item| (item.get("heading").unwrap(), item.get("commands").unwrap()))
        .collect();
    assert_eq!(told, [("Installation", "1"), ("Déploiement", "0")]);
}

#[test]
fn commands_that_install_count_below_any_heading_but_not_below_tests() {
    let facts = readme(
        "# A\n\n## How to use\n\n```\nnpm install\nnpm run dev\n```\n\n## Run the tests\n\n```\nnpm install\n```\n",
    );
    assert_eq!(facts.items("documentation.install").len(), 1);
}

#[test]
fn trackers_are_lists_of_issues_not_one_issue_nor_a_badge() {
    let facts = readme(
        "# A\n\n![b](https://img.shields.io/github/issues/a/b)\n[bug](https://github.com/a/b/issues/12)\n\
             [tickets](https://gitlab.org/g/s/b/-/issues) [new](https://github.com/a/b/issues/new)\n",
    );
    let found = facts.list("documentation.issue_tracker_links");
    assert_eq!(
        found,
        [
            "https://gitlab.org/g/s/b/-/issues",
            "https://github.com/a/b/issues/new"
        ]
    );
}

#[test]
fn documentation_elsewhere_is_the_projects_not_a_librarys() {
    let facts = readme(
        "# A\n\nSee [the docs](https://docs.docker.com/compose).\n\n## Documentation\n\nRead [a.example.org](https://a.example.org).\n\n\
             ## Usage\n\nVoir le [guide utilisateur](https://aide.example.org).\n",
    );
    assert_eq!(
        facts.list("documentation.technical_external"),
        ["https://a.example.org"]
    );
    assert_eq!(
        facts.list("documentation.user_manual_external"),
        ["https://aide.example.org"]
    );
}

#[test]
fn a_sentence_says_what_its_only_link_is() {
    let facts = readme(
        "# A\n\nYou will find user documentation at [b.example.org](https://b.example.org).\n\n\
             Il est nécessaire d’installer manuellement [slug](https://slug.example.org).\n\n\
             No user documentation yet, see [x](https://x.example.org) or [y](https://y.example.org).\n",
    );
    assert_eq!(
        facts.list("documentation.user_manual_external"),
        ["https://b.example.org"]
    );
}
