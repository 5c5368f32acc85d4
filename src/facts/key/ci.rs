// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Ci: continuous integration.

use super::Entry;
use super::FactKind::{Flag, Items, List, Moment, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "ci.systems",
        List,
        "continuous integration systems configured",
    ),
    ("ci.files", List, "their definitions"),
    (
        "ci.active_files",
        List,
        "definitions that do more than look after tickets and requests",
    ),
    (
        "ci.status",
        Text,
        "current, doubtful (only a service that closed to public projects) or none",
    ),
    (
        "ci.matches_host",
        Flag,
        "some active definition can run on the forge of the repository",
    ),
    (
        "ci.foreign_files",
        List,
        "active definitions for another kind of forge",
    ),
    (
        "ci.is_mirror",
        Flag,
        "the README says that the repository is a mirror; only looked for where no definition can run",
    ),
    ("ci.jobs", Items, "jobs: path, line, name, does"),
    ("ci.runs_tests", Flag, "some job runs tests"),
    (
        "ci.tests_allowed_to_fail",
        Flag,
        "jobs run tests, and the failure of each is swallowed",
    ),
    ("ci.runs_lint", Flag, "some job checks style"),
    (
        "ci.lint_allowed_to_fail",
        Flag,
        "jobs check style, and the failure of each is swallowed",
    ),
    (
        "ci.lint_configured",
        Flag,
        "a linter, a formatter or a local hook is configured",
    ),
    (
        "ci.lint_services",
        List,
        "services that check style on the forge: pre-commit.ci, styleci …",
    ),
    ("ci.deploys", Flag, "some job puts something into service"),
    ("ci.on_change", Flag, "runs on pushes and on merge requests"),
    (
        "ci.on_push",
        Flag,
        "what tests or checks runs on pushes to the default branch",
    ),
    (
        "ci.on_request",
        Flag,
        "what tests or checks runs on merge requests, or on every push",
    ),
    ("ci.actions_pinned_by_hash", Text, "all, some, none or na"),
    (
        "ci.default_permissions_restricted",
        Text,
        "true, false or na",
    ),
    (
        "ci.risks",
        Items,
        "what is unsafe in workflows: path, line, kind, shown; kinds: untrusted-input, head-checkout, token-write-all, token-unrestricted, unpinned-action",
    ),
    (
        "ci.last_run",
        Text,
        "how the last complete run on the default branch ended: success, failure …",
    ),
    (
        "ci.last_run_at",
        Moment,
        "when the last complete run on the default branch ended",
    ),
];
