// SPDX-License-Identifier: EUPL-1.2
//! Checks that stand in the code itself: doctests that something runs, notebooks that assert. Looked for only where no
//! test file was found.

use std::collections::BTreeSet;

use super::TestFile;
use crate::model::text::line_of;
use crate::snapshot::{Entry, Snapshot};

/// Files that are read at most, of each kind.
const MOST_FILES: usize = 400;

/// A notebook longer than this holds data rather than code.
const LONGEST: u64 = 2_000_000;

/// Files with doctests or asserting notebooks. `runs_doctests`: a configuration collects doctests.
pub(super) fn find(snapshot: &Snapshot, runs_doctests: bool) -> Vec<TestFile<'_>> {
    let mut found = Vec::new();
    let mut read = 0_usize;
    for entry in snapshot.files() {
        let is_notebook = match entry.extension().as_str() {
            "py" => false,
            "ipynb" => true,
            _ => continue,
        };
        read += 1;
        if read > MOST_FILES {
            break;
        }
        if is_notebook && snapshot.size(entry).is_ok_and(|size| size > LONGEST) {
            continue;
        }
        let Ok(text) = snapshot.text(entry) else {
            continue;
        };
        let text = text.text.as_str();
        let at = if is_notebook {
            asserting(text)
        } else {
            doctest(text, runs_doctests)
        };
        if let Some(at) = at {
            found.push(TestFile {
                entry,
                line: line_of(text, at),
                is_generated: false,
                frameworks: if is_notebook {
                    BTreeSet::new()
                } else {
                    BTreeSet::from(["doctest"])
                },
            });
        }
    }
    found
}

/// True for code, notebooks and the configurations that may have doctests run.
pub(super) fn may_tell(entry: &Entry) -> bool {
    matches!(
        entry.extension().as_str(),
        "py" | "ipynb" | "cfg" | "ini" | "toml"
    )
}

/// The first example of a module whose examples are run.
fn doctest(text: &str, runs_doctests: bool) -> Option<usize> {
    let at = text.find(">>> ")?;
    (runs_doctests || text.contains("doctest.testmod(")).then_some(at)
}

/// The first line of a code cell that begins with `assert`.
fn asserting(text: &str) -> Option<usize> {
    if !text.contains("\"cell_type\": \"code\"") && !text.contains("\"cell_type\":\"code\"") {
        return None;
    }
    ["\"assert ", "\"assert(", "\"    assert ", "\\nassert "]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min()
}
