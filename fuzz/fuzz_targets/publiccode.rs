// SPDX-License-Identifier: EUPL-1.2
//! publiccode.yml.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::facts::key::Theme;

const NAMES: &[&str] = &[
    "publiccode.yml",
];

fuzz_target!(|data: &[u8]| {
    perenne_fuzz::audit(NAMES, &[Theme::Publiccode, ], data);
});
