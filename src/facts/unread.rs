// SPDX-License-Identifier: EUPL-1.2
//! What an extractor asked for and could not read: nothing may be called missing because of it.

use crate::model::outcome::Reason;
use crate::snapshot::{Entry, ReadError, Snapshot};

/// Why one of these files, if somebody asked for it, could not be read; a file that is no text has nothing to say.
pub(super) fn among(snapshot: &Snapshot, is_wanted: impl Fn(&Entry) -> bool) -> Option<Reason> {
    let wanted = snapshot.files().filter(|entry| is_wanted(entry));
    wanted.into_iter().find_map(|entry| {
        let error = snapshot.known_text(entry)?.err()?;
        let is_silent = matches!(error, ReadError::Binary | ReadError::NotAFile);
        (!is_silent).then(|| error.reason(&entry.path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::MemoryTree;

    #[test]
    fn only_files_that_were_asked_for_and_hold_text_count() {
        let tree = MemoryTree::new().absent("a.md").absent("b.md");
        let snapshot = tree.file("c.md", [0_u8, 159]).snapshot();
        assert_eq!(among(&snapshot, |_| true), None);
        for path in ["b.md", "c.md"] {
            let _ = snapshot.text(snapshot.entry(path).unwrap());
        }
        let reason = among(&snapshot, |_| true).unwrap();
        assert_eq!(reason.detail["path"], "b.md");
        assert_eq!(among(&snapshot, |entry| entry.name() != "b.md"), None);
    }
}
