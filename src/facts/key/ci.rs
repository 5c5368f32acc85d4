// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Ci: continuous integration.

use super::Entry;
use super::FactKind::{Flag, Items, List, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "ci.systems",
        List,
        "continuous integration systems configured",
    ),
    ("ci.files", List, "their definitions"),
    ("ci.jobs", Items, "jobs: path, line, name, does"),
    ("ci.runs_tests", Flag, "some job runs tests"),
    ("ci.runs_lint", Flag, "some job checks style"),
    ("ci.deploys", Flag, "some job puts something into service"),
    ("ci.on_change", Flag, "runs on pushes and on merge requests"),
    ("ci.actions_pinned_by_hash", Text, "all, some, none or na"),
    (
        "ci.default_permissions_restricted",
        Text,
        "true, false or na",
    ),
];
