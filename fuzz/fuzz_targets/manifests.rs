// SPDX-License-Identifier: EUPL-1.2
//! Manifests and lock files of every ecosystem.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::facts::key::Theme;

const NAMES: &[&str] = &[
    "package.json",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "pyproject.toml",
    "requirements.txt",
    "Pipfile",
    "Pipfile.lock",
    "poetry.lock",
    "uv.lock",
    "setup.cfg",
    "setup.py",
    "environment.yml",
    "composer.json",
    "composer.lock",
    "Gemfile",
    "Gemfile.lock",
    "mix.exs",
    "mix.lock",
    "Cargo.toml",
    "Cargo.lock",
    "go.mod",
    "go.sum",
    "pom.xml",
    "build.gradle",
    "DESCRIPTION",
    "deps.edn",
    "project.clj",
    "renovate.json",
    ".github/dependabot.yml",
    ".tool-versions",
    ".nvmrc",
];

fuzz_target!(|data: &[u8]| {
    perenne_fuzz::audit(NAMES, &[Theme::Dependencies, Theme::Kind, Theme::Licence, Theme::Tests, ], data);
});
