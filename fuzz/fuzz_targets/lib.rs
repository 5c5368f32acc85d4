// SPDX-License-Identifier: EUPL-1.2
//! What the targets share: one hostile file in an otherwise empty repository, seen by the extractors that read it.

use std::collections::BTreeSet;

use perenne::facts::extract::{Inputs, extract};
use perenne::facts::key::Theme;
use perenne::forge::record::ForgeRecord;
use perenne::model::ids::RepositoryId;
use perenne::snapshot::MemoryTree;

/// Extracts `themes` from a repository that holds `data` under the name that its first byte picks among `names`.
pub fn audit(names: &[&str], themes: &[Theme], data: &[u8]) {
    let Some((pick, content)) = data.split_first() else {
        return;
    };
    let name = names[usize::from(*pick) % names.len()];
    let snapshot = MemoryTree::new().file(name, content).snapshot();
    let record = ForgeRecord::local(RepositoryId::new("fuzz"), "fuzz");
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    let themes: BTreeSet<Theme> = themes.iter().copied().collect();
    let _ = extract(&inputs, &themes);
}
