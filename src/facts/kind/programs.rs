// SPDX-License-Identifier: EUPL-1.2
//! What code says where no manifest does: PHP pages, Go servers, Go and Rust programs.

use super::census::Census;
use super::frameworks::SERVERS;
use super::parts::{Part, Role, is_inside, part};
use crate::facts::dependencies::manifest::Manifest;
use crate::model::evidence::Evidence;
use crate::snapshot::Snapshot;

/// The parts that source files show by themselves.
pub(super) fn find(snapshot: &Snapshot, census: &Census<'_>, manifests: &[Manifest]) -> Vec<Part> {
    let mut parts = Vec::new();
    let has = |ecosystem: &str| {
        manifests
            .iter()
            .any(|manifest| manifest.ecosystem == ecosystem)
    };
    let in_language = |language: &str| {
        let sources = census
            .code
            .iter()
            .filter(|source| source.language == language);
        sources.map(|source| source.path).collect::<Vec<_>>()
    };
    let php = in_language("PHP");
    if php.len() >= 3
        && !has("composer")
        && census.code_percent(|source| source.language == "PHP") >= 20
    {
        parts.push(part(
            common_folder(&php),
            Role::Service,
            format!("php-pages:{}", php.len()),
            Evidence::path(php[0]),
        ));
    }
    for (language, ecosystem) in [("Go", "go"), ("Rust", "cargo")] {
        let sources = in_language(language);
        let Some(main) = sources
            .iter()
            .find(|path| path.ends_with("main.go") || path.ends_with("src/main.rs"))
        else {
            if language == "Go" && has("go") && !sources.is_empty() {
                parts.push(part(
                    common_folder(&sources),
                    Role::Library,
                    "package:go.mod".to_owned(),
                    Evidence::path(sources[0]),
                ));
            }
            if language == "Rust" && sources.iter().any(|path| path.ends_with("src/lib.rs")) {
                parts.push(part(
                    common_folder(&sources),
                    Role::Library,
                    "package:Cargo.toml".to_owned(),
                    Evidence::path(sources[0]),
                ));
            }
            continue;
        };
        let server = (!has(ecosystem))
            .then(|| sources.iter().find(|path| imports_server(snapshot, path)))
            .flatten();
        let (role, code, path) = match server {
            Some(path) => (Role::Service, "server-framework", path),
            None => (Role::Command, "main-program", main),
        };
        parts.push(part(
            common_folder(&sources),
            role,
            format!("{code}:{path}"),
            Evidence::path(*path),
        ));
    }
    parts
}

fn imports_server(snapshot: &Snapshot, path: &str) -> bool {
    let Some(text) = snapshot
        .entry(path)
        .and_then(|entry| snapshot.text(entry).ok())
    else {
        return false;
    };
    SERVERS
        .iter()
        .filter(|name| name.starts_with("github.com/"))
        .any(|name| text.text.contains(*name))
        || text.text.contains("http.ListenAndServe")
}

/// The folder that holds all these paths.
fn common_folder<'p>(paths: &[&'p str]) -> &'p str {
    let folder = |path: &'p str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut common = paths.first().map_or("", |path| folder(path));
    for path in paths {
        while !is_inside(folder(path), common) {
            common = common.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
    }
    common
}
