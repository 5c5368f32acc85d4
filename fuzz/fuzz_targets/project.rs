// SPDX-License-Identifier: EUPL-1.2
//! A repository's own `.perenne.toml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::model::project::{PROJECT_FILE, parse_project};

fuzz_target!(|data: &[u8]| {
    let _ = parse_project(PROJECT_FILE, &String::from_utf8_lossy(data));
});
