// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Activity: commits and tags.

use super::Entry;
use super::FactKind::{Count, Items, Moment};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "activity.commits",
        Count,
        "commits reachable from the audited commit",
    ),
    (
        "activity.distinct_authors",
        Count,
        "authors, identities that share a name or an address merged, robots included",
    ),
    ("activity.human_authors", Count, "authors without robots"),
    (
        "activity.top_author_permille",
        Count,
        "share of the most active author, thousandths",
    ),
    (
        "activity.bus_factor",
        Count,
        "people who made more than half of the last 12 active months' non-merge commits",
    ),
    (
        "activity.human_commits",
        Count,
        "commits of people, without merges and robots",
    ),
    (
        "activity.arrivals",
        Items,
        "months in which people made their first commit, the latest first: month, people, regulars (three commits or more)",
    ),
    ("activity.first_commit_date", Moment, "oldest commit"),
    ("activity.last_commit_date", Moment, "newest commit"),
    (
        "activity.last_human_commit_date",
        Moment,
        "newest commit not made by a robot",
    ),
    (
        "activity.span_days",
        Count,
        "days from the oldest to the newest commit",
    ),
    (
        "activity.signed_off_percent",
        Count,
        "signed-off share of the last 50 human commits",
    ),
    ("activity.tags", Count, "tags"),
    ("activity.version_tags", Count, "tags that are versions"),
    (
        "activity.semantic_version_tags",
        Count,
        "tags with three numbers (1.2.3) or a calendar version (2024.05)",
    ),
    (
        "activity.last_version_date",
        Moment,
        "date of the newest version tag",
    ),
];
