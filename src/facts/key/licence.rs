// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Licence: licences.

use super::Entry;
use super::FactKind::{Flag, Items, List, Text};

pub(super) const ENTRIES: &[Entry] = &[
    ("licence.code", Text, "SPDX expression for the code"),
    (
        "licence.docs",
        Text,
        "SPDX expression for documentation and content, when stated",
    ),
    (
        "licence.data",
        Text,
        "SPDX expression for data, when stated",
    ),
    ("licence.files", List, "the project's own licence texts"),
    (
        "licence.texts",
        Items,
        "per licence file: path, expression, confidence (0 to 1000), modified",
    ),
    (
        "licence.unidentified_files",
        List,
        "licence files whose text matches no known licence",
    ),
    (
        "licence.modified_files",
        List,
        "licence files whose text was altered or restricted",
    ),
    (
        "licence.declared_in",
        Items,
        "declarations outside licence files: path, line, value, expression",
    ),
    (
        "licence.contradictions",
        Items,
        "declarations that disagree: path, line, value, against",
    ),
    (
        "licence.restrictions",
        Items,
        "restrictions of use stated beside a licence: path, line, value",
    ),
    (
        "licence.copyright_holder",
        Text,
        "first rights holder named, as written",
    ),
    (
        "licence.holders",
        Items,
        "rights holders named: path, line, value",
    ),
    (
        "licence.placeholder_unfilled",
        Flag,
        "a copyright notice is left as a template",
    ),
    (
        "licence.or_later",
        Text,
        "only or or-later, when a GNU licence says it",
    ),
];
