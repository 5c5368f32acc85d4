// SPDX-License-Identifier: EUPL-1.2
//! READMEs in each of their formats, and the guides beside them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::facts::key::Theme;

const NAMES: &[&str] = &[
    "README.md",
    "README.org",
    "README.rst",
    "README.adoc",
    "README.txt",
    "CONTRIBUTING.md",
    "CODE_OF_CONDUCT.md",
    "docs/install.md",
    "SECURITY.md",
    "ROADMAP.md",
    "src/index.html",
    "templates/mentions-legales.html",
];

fuzz_target!(|data: &[u8]| {
    perenne_fuzz::audit(NAMES, &[Theme::Readme, Theme::Documentation, Theme::Web, ], data);
});
