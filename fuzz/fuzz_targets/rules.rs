// SPDX-License-Identifier: EUPL-1.2
//! A rule file of a `--rules` folder, beside the embedded ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::rules::load::{embedded_files, load_rules};

fuzz_target!(|data: &[u8]| {
    let mut files = embedded_files();
    let text = String::from_utf8_lossy(data).into_owned();
    files.insert("readme/readme-present.toml".to_owned(), text);
    let _ = load_rules(&files, &[]);
});
