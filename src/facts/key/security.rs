// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Security: secrets, environment files, large files.

use super::Entry;
use super::FactKind::Items;

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
        "environment files that are not samples: path, variables, state (empty, placeholders, values)",
    ),
    (
        "large_or_binary_files_over_5MB",
        Items,
        "files over 5 MB: path, size_bytes",
    ),
];
