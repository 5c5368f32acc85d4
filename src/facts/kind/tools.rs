// SPDX-License-Identifier: EUPL-1.2
//! Tools that have their own file rather than a line in a manifest: site generators, data tools.

use std::collections::BTreeSet;

use super::census::is_auxiliary;
use super::parts::{Part, Role, part};
use crate::model::evidence::Evidence;
use crate::snapshot::Snapshot;

/// The parts that such files show, in path order.
pub(super) fn find(snapshot: &Snapshot) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in snapshot.files() {
        let folder = entry.folder();
        let beside = |name: &str| {
            let path = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            snapshot.has_folder(&path) || snapshot.entry(&path).is_some()
        };
        let found = match entry.name() {
            "_config.yml"
                if beside("_layouts")
                    || beside("_posts")
                    || beside("_includes")
                    || beside("index.md")
                    || beside("Gemfile") =>
            {
                (Role::Site, "jekyll")
            }
            "hugo.toml" | "hugo.yaml" | "hugo.yml" => (Role::Site, "hugo"),
            "config.toml" | "config.yaml" | "config.yml"
                if beside("content")
                    && (beside("themes") || beside("layouts") || beside("archetypes")) =>
            {
                (Role::Site, "hugo")
            }
            ".eleventy.js" | "eleventy.config.js" | "eleventy.config.mjs" => {
                (Role::Site, "eleventy")
            }
            "pelicanconf.py" => (Role::Site, "pelican"),
            "mkdocs.yml" | "mkdocs.yaml" => (Role::Documentation, "mkdocs"),
            "book.toml" if beside("src") => (Role::Documentation, "mdbook"),
            "_bookdown.yml" => (Role::Documentation, "bookdown"),
            "_quarto.yml" => (Role::Documentation, "quarto"),
            "antora.yml" => (Role::Documentation, "antora"),
            "SUMMARY.md" => (Role::Documentation, "gitbook"),
            "_sidebar.md" => (Role::Documentation, "docsify"),
            "conf.py" if beside("index.rst") || beside("index.md") => {
                (Role::Documentation, "sphinx")
            }
            "dbt_project.yml" => (Role::Pipeline, "dbt"),
            "Snakefile" => (Role::Pipeline, "snakemake"),
            "dvc.yaml" => (Role::Pipeline, "dvc"),
            "nextflow.config" => (Role::Pipeline, "nextflow"),
            "_targets.R" => (Role::Pipeline, "targets"),
            "scrapy.cfg" => (Role::Pipeline, "scrapy"),
            _ => continue,
        };
        // documentation below a folder of documents is the project's own, not what the project is
        if is_auxiliary(&entry.path) || !seen.insert((found.0, folder)) {
            continue;
        }
        let code = match found.0 {
            Role::Site => "site-generator",
            Role::Pipeline => "data-tool",
            _ => "documentation-generator",
        };
        parts.push(part(
            folder,
            found.0,
            format!("{code}:{}", found.1),
            Evidence::path(&*entry.path),
        ));
    }
    parts
}
