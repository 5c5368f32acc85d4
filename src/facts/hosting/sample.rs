// SPDX-License-Identifier: EUPL-1.2
//! The sample environment or configuration file: what somebody copies before the first start.

use super::words::has_part;
use crate::snapshot::{Entry, Snapshot};

/// Parts of a name, between dots, dashes and underscores, that make it a sample.
const MARKS: &[&str] = &[
    "example", "exemple", "examples", "sample", "template", "tpl", "dist", "default", "defaults",
    "skel", "skeleton", "model", "modele", "tmpl",
];

/// Parts that say what is configured.
const SUBJECTS: &[&str] = &[
    "config",
    "configs",
    "configuration",
    "conf",
    "setting",
    "settings",
    "secret",
    "secrets",
    "parameter",
    "parameters",
    "params",
    "credentials",
    "application",
    "appsettings",
    "vars",
    "variables",
    "properties",
    "options",
];

const ENVIRONMENT: &[&str] = &["env", "envrc", "dotenv", "environment"];

/// Configuration of tools and pictures of pages: not what the software reads.
const NOT_SAMPLES: [&str; 22] = [
    "md", "html", "htm", "png", "jpg", "svg", "vue", "css", "scss", "twig", "lock", "pdf", "csv",
    "docx", "xlsx", "tsx", "jsx", "hbs", "ejs", "erb", "snap", "heex",
];

/// The main sample file; `(rank, path)` decides: environment first, then nearest to the root.
pub(super) fn find(snapshot: &Snapshot) -> Option<&Entry> {
    snapshot
        .files()
        .filter_map(|entry| Some((rank(entry)?, entry)))
        .min_by_key(|(rank, entry)| {
            (
                *rank,
                entry.path.matches('/').count(),
                entry.path.len(),
                &*entry.path,
            )
        })
        .map(|(_, entry)| entry)
}

pub(super) fn rank(entry: &Entry) -> Option<u8> {
    let name = entry.name().to_ascii_lowercase();
    if !has_part(&name, MARKS) {
        return None;
    }
    let extension = entry.extension();
    if NOT_SAMPLES.contains(&extension.as_str())
        || [
            "docker-compose",
            "compose.",
            "phpunit",
            "nginx",
            "phpcs",
            "php-cs-fixer",
            ".php",
            "dockerfile",
            "phpstan",
            "logback",
            "values",
            "eslint",
            "webpack",
            "vite",
            "tailwind",
            "babel",
            "jest",
            "supervisor",
            "apache",
            "vhost",
        ]
        .iter()
        .any(|start| name.starts_with(start))
    {
        return None;
    }
    if super::recipes::is_server_configuration(entry) {
        return None;
    }
    let elsewhere = entry.folder().split('/').any(|part| {
        matches!(
            part,
            "test"
                | "tests"
                | "spec"
                | "fixtures"
                | "testData"
                | "testdata"
                | "__tests__"
                | "templates"
                | "node_modules"
                | "ansible"
                | "roles"
        )
    });
    if elsewhere {
        return None;
    }
    if has_part(&name, ENVIRONMENT) {
        return Some(0);
    }
    // `default.conf` configures a server, it is no sample
    (has_part(&name, SUBJECTS) && !name.starts_with("default")).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::MemoryTree;

    fn found(paths: &[&str]) -> Option<String> {
        let tree = paths
            .iter()
            .fold(MemoryTree::new(), |tree, path| tree.file(path, "x"));
        find(&tree.snapshot()).map(|entry| entry.path.to_string())
    }

    #[test]
    fn many_spellings_are_samples() {
        for path in [
            ".env.example",
            ".env.sample",
            ".template.env",
            ".env.local.defaults",
            ".secrets.example",
            "example.env",
            "config/settings_example.py",
            "config-sample.toml",
            "config.toml.example",
            "config/dev.secret.template.exs",
            "app/config_secret_vars_example.py",
            "app/config/parameters.yml.dist",
            ".env.dist",
            "env.template",
            "local_settings.py.example",
            "config.example.json",
        ] {
            assert_eq!(found(&[path]).as_deref(), Some(path));
        }
        for path in [
            ".env",
            "docker-compose.yml.dist",
            "phpunit.xml.dist",
            ".env.declaration",
            "templates/config.example.yml",
            "tests/.env.example",
            "ExampleComponent.vue",
            "src/config.ts",
            "example.png",
            "nginx/example_proxy.conf",
            "default.conf",
        ] {
            assert_eq!(found(&[path]), None, "{path}");
        }
    }

    #[test]
    fn the_environment_comes_first_then_the_nearest() {
        assert_eq!(
            found(&[
                "config/app.example.yml",
                "config/config.example.yml",
                "a/b/.env.sample",
                "a/.env.sample"
            ])
            .as_deref(),
            Some("a/.env.sample")
        );
        assert_eq!(
            found(&["db/config-sample.toml", "tools/x/config-sample.toml"]).as_deref(),
            Some("db/config-sample.toml")
        );
    }
}
