// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Dependencies: manifests, lock files, update bots.

use super::Entry;
use super::FactKind::{Items, List, Text};

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
];
