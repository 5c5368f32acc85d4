// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Kind: what kind of project it is, in which languages.

use super::Entry;
use super::FactKind::{Items, List, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "kind",
        Text,
        "service, library, cli, data-pipeline, website, documentation, data, design or mixed",
    ),
    ("kind_signs", List, "what the kind was read from"),
    (
        "languages.main",
        Text,
        "programming language with most code",
    ),
    (
        "languages.all",
        Items,
        "programming languages with name, files and bytes",
    ),
    (
        "technologies",
        List,
        "frameworks and data stores recognised in manifests",
    ),
];
