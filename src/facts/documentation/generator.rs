// SPDX-License-Identifier: EUPL-1.2
//! The generator of the documentation or of the site that the repository holds.

use std::sync::LazyLock;

use regex::Regex;

use super::{Scene, is_sample};
use crate::facts::pattern::wide as regex;
use crate::model::evidence::Evidence;
use crate::snapshot::{Entry, Snapshot};

/// Deepest folder in which a configuration is looked for.
const DEEPEST: usize = 3;

pub(super) fn find(scene: &Scene<'_>) -> Option<(&'static str, Evidence)> {
    let snapshot = scene.snapshot;
    let configured = snapshot
        .files()
        .filter(|entry| {
            entry.path.matches('/').count() <= DEEPEST
                && !is_sample(&entry.path)
                && !is_example(&entry.path)
        })
        .filter_map(|entry| Some((by_file(snapshot, entry)?, entry)))
        .min_by_key(|(name, entry)| (depth(entry), *name, entry.path.clone()));
    if let Some((name, entry)) = configured {
        return Some((name, Evidence::path(&*entry.path)));
    }
    let packaged = snapshot
        .files()
        .filter(|entry| entry.name() == "package.json" && entry.path.matches('/').count() <= 2)
        .filter_map(|entry| by_package(snapshot, entry))
        .min_by_key(|(_, evidence)| evidence.path.as_ref().map(String::len));
    packaged.or_else(|| {
        let docs = scene.docs.as_ref()?;
        Some((docs.built_by?, Evidence::path(&docs.path)))
    })
}

/// Starters and demonstrations that the repository offers, not its own site.
fn is_example(path: &str) -> bool {
    path.split('/').any(|part| {
        matches!(
            part,
            "example" | "examples" | "exemples" | "starter" | "starters" | "demos"
        )
    })
}

fn depth(entry: &Entry) -> usize {
    entry.path.matches('/').count()
}

/// The generator that this file configures.
fn by_file(snapshot: &Snapshot, entry: &Entry) -> Option<&'static str> {
    let name = entry.name().to_ascii_lowercase();
    let folder = entry.folder().to_ascii_lowercase();
    let last = folder.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name.as_str(), ""));
    let is_script = matches!(extension, "js" | "ts" | "mjs" | "cjs" | "mts");
    match (last, stem) {
        (".vuepress", "config") if is_script || matches!(extension, "yml" | "toml") => {
            return Some("vuepress");
        }
        (".vitepress", "config") if is_script => return Some("vitepress"),
        (_, "docusaurus.config") if is_script => return Some("docusaurus"),
        (_, "eleventy.config" | ".eleventy") if is_script => return Some("eleventy"),
        (_, "gatsby-config") if is_script => return Some("gatsby"),
        (_, "astro.config") if is_script => return Some("astro"),
        _ => {}
    }
    let text = || snapshot.text(entry).ok();
    let says = |pattern: &Regex| text().is_some_and(|text| pattern.is_match(&text.text));
    let beside = |path: &str| has_beside(snapshot, entry.folder(), path);
    match name.as_str() {
        "mkdocs.yml" | "mkdocs.yaml" => Some("mkdocs"),
        "book.json" if beside("SUMMARY.md") => Some("gitbook"),
        "_pkgdown.yml" | "_pkgdown.yaml" => Some("pkgdown"),
        "_bookdown.yml" => Some("bookdown"),
        "_quarto.yml" => Some("quarto"),
        "antora.yml" | "antora-playbook.yml" => Some("antora"),
        "pelicanconf.py" => Some("pelican"),
        "book.toml" => Some("mdbook"),
        ".gitbook.yaml" | ".gitbook.yml" => Some("gitbook"),
        "hugo.toml" | "hugo.yaml" | "hugo.yml" | "hugo.json" => Some("hugo"),
        "config.toml" | "config.yaml" | "config.yml" if says(&BASE_URL) && beside("content") => {
            if says(&ZOLA) {
                Some("zola")
            } else {
                Some("hugo")
            }
        }
        "_config.yml" | "_config.yaml" | "_config.toml" if beside("_toc.yml") => {
            Some("jupyter-book")
        }
        "_config.yml" if beside("source/_posts") => Some("hexo"),
        "_config.yml" | "_config.yaml" | "_config.toml"
            if says(&JEKYLL) || JEKYLL_FOLDERS.iter().any(|path| beside(path)) =>
        {
            Some("jekyll")
        }
        "conf.py" if says(&SPHINX) => Some("sphinx"),
        "index.html" if says(&DOCSIFY) => Some("docsify"),
        _ => None,
    }
}

const JEKYLL_FOLDERS: [&str; 5] = ["_layouts", "_posts", "_includes", "_data", "_sass"];

fn has_beside(snapshot: &Snapshot, folder: &str, path: &str) -> bool {
    let path = if folder.is_empty() {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    };
    snapshot.entry(&path).is_some() || snapshot.has_folder(&path)
}

/// Packages of generators that work without a configuration file.
const PACKAGES: [(&str, &str); 6] = [
    ("vuepress", "vuepress"),
    ("vitepress", "vitepress"),
    ("@11ty/eleventy", "eleventy"),
    ("docsify-cli", "docsify"),
    ("metalsmith", "metalsmith"),
    ("hexo", "hexo"),
];

fn by_package(snapshot: &Snapshot, entry: &Entry) -> Option<(&'static str, Evidence)> {
    let text = snapshot.text(entry).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&text.text).ok()?;
    PACKAGES.into_iter().find_map(|(package, name)| {
        let field = ["dependencies", "devDependencies"]
            .into_iter()
            .find(|field| !manifest[field][package].is_null())?;
        let evidence = Evidence::path(&*entry.path).with_field(format!("{field}.{package}"));
        Some((name, evidence))
    })
}

static BASE_URL: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?im)^\s*"?base_?url"?\s*[=:]"#));
static ZOLA: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)^\s*base_url\s*="));
static JEKYLL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?im)jekyll|^(remote_theme|theme|permalink)\s*:"));
static SPHINX: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)sphinx|^html_theme\s*="));
static DOCSIFY: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\$docsify|docsify(@[\d.]+)?(/lib)?/docsify|docsify\.min\.js"));
