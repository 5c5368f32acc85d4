// SPDX-License-Identifier: EUPL-1.2
//! Licence texts and what declares them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::facts::key::Theme;

const NAMES: &[&str] = &[
    "LICENSE",
    "LICENCE.md",
    "COPYING",
    "LICENSES/MIT.txt",
    "REUSE.toml",
    ".reuse/dep5",
    "src/main.py",
    "README.md",
];

fuzz_target!(|data: &[u8]| {
    perenne_fuzz::audit(NAMES, &[Theme::Licence, ], data);
});
