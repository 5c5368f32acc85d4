// SPDX-License-Identifier: EUPL-1.2
//! Compose, Kubernetes and platform files, as the hosting theme reads them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use perenne::facts::key::Theme;

const NAMES: &[&str] = &[
    "docker-compose.yml",
    "compose.prod.yaml",
    "k8s/deployment.yaml",
    "chart/values.yaml",
    "chart/templates/web.yaml",
    "app.json",
    "scalingo.json",
    "netlify.toml",
    "vercel.json",
    "Procfile",
    ".env.example",
    "nginx.conf",
    "main.tf",
    "playbook.yml",
];

fuzz_target!(|data: &[u8]| {
    perenne_fuzz::audit(NAMES, &[Theme::Hosting, Theme::Security, ], data);
});
