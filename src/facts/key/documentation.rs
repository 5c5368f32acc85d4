// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Documentation: documentation and community files.

use super::Entry;
use super::FactKind::{Flag, Items, List, Moment, Text};

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
        "documentation.contributing_covers",
        List,
        "report, propose, setup, merge, dco: what the contribution guide explains",
    ),
    (
        "documentation.foreign_template",
        Text,
        "other project that the contribution guide names as its own, or the placeholder left in it",
    ),
    (
        "documentation.dco",
        Items,
        "where a certificate of origin is asked: kind (text, file, configuration, workflow), path, line",
    ),
    (
        "documentation.cla",
        Items,
        "where a contributor licence agreement is required: kind (text, file, bot), path, line",
    ),
    (
        "documentation.code_of_conduct_contact",
        Text,
        "email, page or issues: how the code of conduct says to report",
    ),
    (
        "documentation.code_of_conduct_placeholder",
        Text,
        "place left to fill in the code of conduct",
    ),
    (
        "documentation.code_of_conduct_section",
        Text,
        "section of the README or of the contribution guide about conduct, path#heading",
    ),
    (
        "documentation.governance_section",
        Text,
        "section that says who decides, path#heading",
    ),
    (
        "documentation.roadmap_items",
        Items,
        "roadmaps: kind (file, section, link), path, line, target",
    ),
    (
        "documentation.roadmap_last_date",
        Moment,
        "end of the last period that the roadmap names",
    ),
    (
        "documentation.office_documents",
        List,
        "documentation in office, design or PDF files",
    ),
    (
        "documentation.closed_formats",
        Items,
        "of these, the ones without a source in an open format: path, format (office, design, pdf)",
    ),
    (
        "documentation.has_http_api",
        Flag,
        "the repository serves an HTTP API",
    ),
    (
        "documentation.api_generators",
        List,
        "dependencies that generate the description of the API",
    ),
    (
        "documentation.algorithm",
        List,
        "plain-language descriptions of an algorithm or a statement about it",
    ),
];
