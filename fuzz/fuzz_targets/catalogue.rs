// SPDX-License-Identifier: EUPL-1.2
//! Catalogues that name no other file: the programme's YAML and lists of addresses.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::catalogue::{Format, LoadOptions, load_text};

fuzz_target!(|data: &[u8]| {
    let Some((pick, content)) = data.split_first() else {
        return;
    };
    let format = [Format::Eig, Format::List][usize::from(*pick % 2)];
    let options = LoadOptions {
        from: Some(format),
        config: None,
    };
    let text = String::from_utf8_lossy(content);
    let _ = load_text("fuzz/none.yml", &text, &options);
});
