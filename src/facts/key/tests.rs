// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Tests: automatic tests.

use super::Entry;
use super::FactKind::{Count, Flag, List};

pub(super) const ENTRIES: &[Entry] = &[
    ("tests.present", Flag, "the project has automatic tests"),
    ("tests.frameworks", List, "runners and test frameworks"),
    ("tests.files", List, "test files, a sample"),
    ("tests.file_count", Count, "test files"),
    (
        "tests.generated_only",
        Flag,
        "the only tests are the untouched examples of a framework",
    ),
];
