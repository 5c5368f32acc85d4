// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Licence: licences.

use super::Entry;
use super::FactKind::{Count, Flag, Items, List, Text};

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
        "declarations outside licence files: path, line, value, expression, source, part (all, code, docs, data); valid, default, unfilled in manifests",
    ),
    (
        "licence.contradictions",
        Items,
        "declarations that disagree: path, line, value, against, source, weight (whole, package, nature, default)",
    ),
    (
        "licence.places",
        List,
        "files that state a licence, texts included",
    ),
    (
        "licence.invalid_values",
        Items,
        "declared values that should be SPDX expressions and are not: path, line, value, meant",
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
    (
        "licence.unfilled_notices",
        Items,
        "copyright notices left as a form or without holder: path, line, kind (notice, reference for a text below LICENSES/)",
    ),
    (
        "licence.source_files",
        Count,
        "files of code that could carry an SPDX header",
    ),
    (
        "licence.header_permille",
        Count,
        "share of the code files looked at with an SPDX header or annotation, in permille",
    ),
    (
        "licence.header_permille_least",
        Count,
        "least share of all code files with a header or annotation, in permille; the share itself when all were read",
    ),
    (
        "licence.header_permille_most",
        Count,
        "greatest share of all code files with a header or annotation, in permille",
    ),
    (
        "licence.files_without_header",
        List,
        "first code files without header or annotation",
    ),
    (
        "licence.reciprocal",
        List,
        "reciprocal licences that bind the code whatever alternative is taken",
    ),
    (
        "licence.reciprocity_reasons",
        Items,
        "sentences that explain a reciprocal licence: path, line, value",
    ),
];
