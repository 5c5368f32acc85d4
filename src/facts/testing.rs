// SPDX-License-Identifier: EUPL-1.2
//! For the tests of extractors: facts of trees in memory, with nothing known of a forge.

use super::extract::{Extractor, Inputs};
use super::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::ids::RepositoryId;
use crate::snapshot::MemoryTree;

/// What one extractor says of a tree.
pub(super) fn facts_of(tree: MemoryTree, extractor: Extractor) -> FactSet {
    let record = ForgeRecord::local(RepositoryId::new("x"), "x");
    let mut facts = FactSet::default();
    let inputs = Inputs {
        record: &record,
        snapshot: &tree.snapshot(),
    };
    extractor(&inputs, &mut facts);
    facts
}

/// A tree of texts by path.
pub(super) fn tree_of(files: &[(&str, &str)]) -> MemoryTree {
    files.iter().fold(MemoryTree::new(), |tree, (path, text)| {
        tree.file(path, *text)
    })
}
