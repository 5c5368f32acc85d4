// SPDX-License-Identifier: EUPL-1.2
//! Container recipes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::facts::key::Theme;

const NAMES: &[&str] = &[
    "Dockerfile",
    "Containerfile",
    "docker/web.Dockerfile",
];

fuzz_target!(|data: &[u8]| {
    perenne_fuzz::audit(NAMES, &[Theme::Hosting, ], data);
});
