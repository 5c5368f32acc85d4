// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Readme: the README.

use super::Entry;
use super::FactKind::{Count, Flag, Items, List, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "natural_language",
        Text,
        "fr, en or mixed: language of the README",
    ),
    ("readme.path", Text, "the main README"),
    (
        "readme.format",
        Text,
        "markdown, org, rst, asciidoc or text",
    ),
    ("readme.word_count", Count, "words of the raw file"),
    (
        "readme.prose_chars",
        Count,
        "characters of prose, without badges, headings and code",
    ),
    (
        "readme.template",
        Text,
        "name of the generator whose untouched README this is",
    ),
    (
        "readme.purpose_chars",
        Count,
        "characters of the longest paragraph before the first installation heading",
    ),
    (
        "readme.purpose",
        Text,
        "stated, late, technical, fragments or elsewhere: how the README says what the software is for",
    ),
    (
        "readme.sections.title_and_purpose",
        Flag,
        "a title and what the software is for",
    ),
    ("readme.sections.install", Flag, "how to install"),
    (
        "readme.sections.usage_or_run",
        Flag,
        "how to start, build or operate",
    ),
    (
        "readme.sections.tests",
        Flag,
        "how to run the automatic tests",
    ),
    ("readme.sections.contribute", Flag, "how to contribute"),
    ("readme.sections.licence", Flag, "the licence"),
    (
        "readme.sections.contact_or_maintainer",
        Flag,
        "an address, a channel or who maintains",
    ),
    (
        "readme.sections.programme_mention",
        Flag,
        "the programme or an administration named as bearer",
    ),
    (
        "readme.sections.status_or_maintenance",
        Flag,
        "state of the project",
    ),
    (
        "readme.sections.demo_or_site_link",
        Flag,
        "link to the deployed service, a demo or the official site",
    ),
    (
        "readme.sections.architecture",
        Flag,
        "structure of the code or of the system",
    ),
    (
        "readme.broken_relative_links",
        List,
        "targets inside the repository that do not exist",
    ),
    (
        "readme.dead_links",
        List,
        "of these, the ones that lead nowhere: no other case, Unicode form, built file or page of the forge",
    ),
    (
        "readme.broken_anchors",
        List,
        "links to a place of a document that no renderer gives it",
    ),
    (
        "readme.licence",
        Text,
        "SPDX expression that the README states",
    ),
    (
        "readme.licence_link",
        Flag,
        "the README links to the licence file, or shows a badge drawn from it",
    ),
    (
        "readme.contacts",
        Items,
        "ways to reach the maintainer: kind (email, page, channel, issues), path, line, domain",
    ),
    (
        "readme.contributions",
        Text,
        "welcome, refused or explained: what the README says of contributions",
    ),
    (
        "readme.eig_mention",
        Text,
        "full, or abbreviation: how the EIG programme is named",
    ),
    (
        "readme.eig_link",
        Flag,
        "the README links to the programme's site",
    ),
    (
        "readme.openness_badge",
        Text,
        "contributif, ouvert or publié: the code.gouv.fr badge",
    ),
    (
        "readme.openness_contradicted",
        Flag,
        "the badge says open, and the forge or the README that the project is archived; false when the forge was not asked",
    ),
    (
        "readme.maintenance_status",
        Text,
        "active, passive or none: the maintenance stated",
    ),
    (
        "readme.successor",
        Text,
        "address at which the README says that the project goes on",
    ),
    (
        "readme.maintainer_named",
        Flag,
        "somebody is said to maintain the project",
    ),
    (
        "readme.sites",
        List,
        "project sites that the README links to",
    ),
    ("readme.command_blocks", Count, "blocks of commands"),
];
