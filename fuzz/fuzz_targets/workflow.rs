// SPDX-License-Identifier: EUPL-1.2
//! Definitions of continuous integration.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::facts::key::Theme;

const NAMES: &[&str] = &[
    ".github/workflows/ci.yml",
    ".github/actions/build/action.yml",
    ".gitlab-ci.yml",
    ".forgejo/workflows/ci.yml",
    ".circleci/config.yml",
    ".travis.yml",
    ".woodpecker.yml",
    ".drone.yml",
    ".build.yml",
    "Jenkinsfile",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "Makefile",
    "package.json",
    "tox.ini",
    "justfile",
];

fuzz_target!(|data: &[u8]| {
    perenne_fuzz::audit(NAMES, &[Theme::Ci, Theme::Tests, ], data);
});
