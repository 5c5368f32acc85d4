// SPDX-License-Identifier: EUPL-1.2
//! The `perenne` executable: everything is in the library.

use perenne::facts::extract::{Inputs, extract_all};
use perenne::forge::record::ForgeRecord;
use perenne::model::ids::RepositoryId;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let path = std::path::Path::new(&arguments[2]);
    let at = arguments
        .iter()
        .position(|a| a == "--at")
        .map(|n| arguments[n + 1].as_str());
    let snapshot = perenne::snapshot::open_path(path, at, Default::default()).unwrap();
    let record = ForgeRecord::local(RepositoryId::new("local"), "local");
    let facts = extract_all(&Inputs {
        record: &record,
        snapshot: &snapshot,
    });
    println!("{:#}", facts.to_json());
}
