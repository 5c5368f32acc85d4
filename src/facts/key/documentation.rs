// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Documentation: documentation and community files.

use super::Entry;
use super::FactKind::{Items, List, Moment, Text};

pub(super) const ENTRIES: &[Entry] = &[
    ("documentation.docs_dir", Text, "folder of documentation"),
    (
        "documentation.site_generator",
        Text,
        "generator of the documentation or site",
    ),
    ("documentation.changelog", Text, "changelog"),
    ("documentation.contributing", Text, "contribution guide"),
    ("documentation.code_of_conduct", Text, "code of conduct"),
    ("documentation.security_policy", Text, "security policy"),
    ("documentation.governance", Text, "governance"),
    ("documentation.authors", Text, "authors"),
    ("documentation.roadmap", Text, "roadmap"),
    ("documentation.support", Text, "support"),
    ("documentation.publiccode_yml", Text, "publiccode.yml"),
    ("documentation.citation_cff", Text, "CITATION.cff"),
    ("documentation.codemeta", Text, "codemeta.json"),
    ("documentation.issue_templates", List, "issue templates"),
    ("documentation.pr_template", Text, "merge request template"),
    ("documentation.codeowners", Text, "CODEOWNERS"),
    ("documentation.maintainers", Text, "MAINTAINERS file"),
    ("documentation.api_spec", List, "API descriptions"),
    (
        "documentation.adr_or_architecture",
        List,
        "decision records and architecture documents",
    ),
    (
        "documentation.architecture_diagrams",
        List,
        "files or headings that draw the architecture",
    ),
    (
        "documentation.install",
        Items,
        "installation instructions: path, line, heading, commands (number of command blocks)",
    ),
    (
        "documentation.technical",
        List,
        "developer documentation beyond installation, path or path#heading",
    ),
    (
        "documentation.technical_external",
        List,
        "developer documentation on a wiki or site that the README links to",
    ),
    (
        "documentation.user_manual",
        List,
        "user manuals in the tree",
    ),
    (
        "documentation.user_manual_external",
        List,
        "user manuals that the README links to",
    ),
    (
        "documentation.help_pages",
        List,
        "pages of help inside the application",
    ),
    (
        "documentation.contribution_section",
        Text,
        "section of the README about contributing, path#heading",
    ),
    (
        "documentation.issue_tracker_links",
        List,
        "public trackers that a file links to",
    ),
    (
        "documentation.last_change",
        Moment,
        "last change of the documentation, when known",
    ),
    (
        "documentation.algorithm",
        List,
        "plain-language descriptions of an algorithm or a statement about it",
    ),
];
