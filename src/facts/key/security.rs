// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Security: secrets, environment files, large files.

use super::Entry;
use super::FactKind::{Flag, Items, Moment};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "secrets_or_env_committed",
        Items,
        "environment files and secrets: path, what",
    ),
    (
        "security.secrets",
        Items,
        "high-confidence secrets: path, line, kind; never a value",
    ),
    (
        "security.env_files",
        Items,
        "environment files that are not samples: path, variables, state (empty, placeholders, settings, values)",
    ),
    (
        "large_or_binary_files_over_5MB",
        Items,
        "files over 5 MB: path, size_bytes",
    ),
    (
        "security.contacts",
        Items,
        "where to report a vulnerability: path, line, kind (policy, security-txt, readme), state (filled, template, no-address)",
    ),
    (
        "security.txt",
        Items,
        "security.txt files: path, state (complete, no-expires, no-contact, unreadable)",
    ),
    (
        "security.txt_expires",
        Moment,
        "the soonest Expires of the security.txt files",
    ),
    (
        "security.txt_complete",
        Flag,
        "a security.txt has a Contact and an Expires",
    ),
    (
        "security.personal_data",
        Items,
        "data files with signs of persons: path, signs, columns, count; never a value",
    ),
];
