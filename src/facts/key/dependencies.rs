// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Dependencies: manifests, lock files, update bots.

use super::Entry;
use super::FactKind::{Items, List, Moment, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "dependencies.manifests",
        List,
        "files that declare dependencies",
    ),
    ("dependencies.lockfiles", List, "lock files"),
    (
        "dependencies.update_bot",
        Text,
        "dependabot, renovate or none",
    ),
    (
        "dependencies.packages",
        Items,
        "packages that the repository defines: path, name, version, ecosystem, private",
    ),
    (
        "dependencies.locking",
        Items,
        "manifests of dependencies: path, ecosystem, state (locked, pinned, unlocked, library, undecided), lock",
    ),
    (
        "dependencies.locked_files",
        List,
        "files that say the exact version of each package: locks and lists of exact versions",
    ),
    (
        "dependencies.updated",
        List,
        "what a configured robot updates: packages, actions, images, submodules",
    ),
    (
        "dependencies.last_bot_update",
        Moment,
        "newest commit of a robot that updates dependencies",
    ),
    (
        "dependencies.vulnerable",
        Items,
        "locked packages that an advisory names: package, version, ecosystem, advisory, severity, use, class, path, line",
    ),
];
