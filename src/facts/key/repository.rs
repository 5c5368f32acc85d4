// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Repository: what the forge and the address say.

use super::Entry;
use super::FactKind::{Count, Flag, List, Moment, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "repository.host",
        Text,
        "host of the forge, nothing for a local path",
    ),
    ("repository.owner", Text, "account that owns the repository"),
    ("repository.name", Text, "name of the repository"),
    (
        "repository.url",
        Text,
        "address of the repository as audited",
    ),
    (
        "repository.accounts",
        List,
        "host, then host/owner with each group above, in lower case",
    ),
    (
        "repository.is_public",
        Flag,
        "everybody may read it: the forge says so, or it was read without credentials",
    ),
    (
        "repository.is_fork",
        Flag,
        "the forge says that it is a fork",
    ),
    (
        "repository.is_technical_fork",
        Flag,
        "a fork without a commit of its own on the default branch",
    ),
    (
        "repository.is_archived",
        Flag,
        "the forge says that it is archived",
    ),
    ("repository.description", Text, "description on the forge"),
    (
        "repository.description_is_name",
        Flag,
        "the description on the forge says no more than the name",
    ),
    ("repository.topics", List, "topics on the forge"),
    (
        "repository.homepage",
        Text,
        "project page given on the forge",
    ),
    (
        "repository.has_issue_tracker",
        Flag,
        "issues are enabled on the forge and open to the public",
    ),
    (
        "repository.open_milestones",
        Count,
        "open milestones with a date, on the forge",
    ),
    ("repository.owner_kind", Text, "organisation or user"),
    (
        "repository.is_template",
        Flag,
        "the forge offers it as a template",
    ),
    ("repository.forks_count", Count, "forks on the forge"),
    (
        "repository.subscribers_count",
        Count,
        "accounts that follow it on the forge",
    ),
    ("repository.pushed_at", Moment, "latest push to any branch"),
    (
        "repository.released_at",
        Moment,
        "latest release on the forge",
    ),
    (
        "repository.has_private_reporting",
        Flag,
        "vulnerabilities can be reported in private on the forge",
    ),
    (
        "repository.software_heritage",
        Text,
        "current, or outdated when the archive's copy is older than the latest version",
    ),
    ("repository.is_plain_folder", Flag, "a folder without Git"),
    ("repository.file_count", Count, "entries of the tree"),
    (
        "repository.vendored",
        List,
        "folders that are copies of other projects or excluded by configuration",
    ),
    (
        "repository.truncated",
        Flag,
        "the tree was too large to be listed whole",
    ),
];
