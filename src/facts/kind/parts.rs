// SPDX-License-Identifier: EUPL-1.2
//! The parts of a repository, each a folder with a manifest or an entry point, and what kind each part is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::census::{Census, is_auxiliary};
use super::frameworks::{APPLICATIONS, COMMANDS, DOCUMENTATION, PIPELINES, SERVERS, SITES};
use super::{programs, tools};
use crate::facts::dependencies::manifest::{Manifest, Package, Scope};
use crate::model::evidence::Evidence;
use crate::snapshot::{Entry, Snapshot};

/// What a part is. Weak kinds give way to the rest of the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Service,
    Pipeline,
    Command,
    Library,
    Site,
    Documentation,
}

/// One part with the sign that shows what it is.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Folder, empty for the root.
    pub(super) folder: String,
    pub(super) role: Role,
    /// `code:detail`, for example `server-framework:flask`.
    pub(super) sign: String,
    pub(super) evidence: Evidence,
}

/// A part, from its pieces.
pub(super) fn part(folder: &str, role: Role, sign: String, evidence: Evidence) -> Part {
    Part {
        folder: folder.to_owned(),
        role,
        sign,
        evidence,
    }
}

/// Every part that manifests, entry points and tools' files show, in path order.
pub(super) fn find(snapshot: &Snapshot, manifests: &[Manifest], census: &Census<'_>) -> Vec<Part> {
    let entries = entry_points(snapshot);
    let mut parts = Vec::new();
    let mut folders: BTreeMap<&str, Vec<&Manifest>> = BTreeMap::new();
    for manifest in manifests
        .iter()
        .filter(|manifest| !is_auxiliary(&manifest.path))
    {
        folders.entry(manifest.folder()).or_default().push(manifest);
    }
    let mut published: Vec<&str> = Vec::new();
    for (folder, manifests) in folders {
        let seen = see(&manifests);
        let mut below = entries
            .iter()
            .filter(|entry| is_inside(&entry.folder, folder));
        // a published package may hold an example application: only a recipe to deploy it makes it a service
        let is_started = has_container(snapshot, folder)
            || below.any(|entry| !seen.is_published || entry.name == "Procfile");
        if seen.is_published && !is_started {
            published.push(folder);
        }
        parts.extend(from_manifests(
            folder,
            seen,
            is_started,
            census.notebooks > 0,
        ));
    }
    let is_example = |entry: &EntryPoint| {
        published
            .iter()
            .any(|folder| is_inside(&entry.folder, folder))
    };
    parts.extend(
        entries
            .iter()
            .filter(|entry| !is_example(entry))
            .map(|entry| {
                let sign = format!("entry-point:{}", entry.name);
                part(
                    &entry.folder,
                    Role::Service,
                    sign,
                    Evidence::path(&entry.path),
                )
            }),
    );
    parts.extend(tools::find(snapshot));
    parts.extend(programs::find(snapshot, census, manifests));
    parts
}

/// A file with which a service is started: it imports a framework, or only services have it.
struct EntryPoint {
    path: String,
    folder: String,
    name: String,
}

static WEB_IMPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^\s*(?:from|import)\s+(flask|django|fastapi|dash|streamlit|bottle|tornado|sanic|starlette|aiohttp\.web|falcon|gradio|quart)\b",
    )
    .expect("invariant: constant pattern")
});

fn entry_points(snapshot: &Snapshot) -> Vec<EntryPoint> {
    let mut found = Vec::new();
    for entry in snapshot.files().filter(|entry| !is_auxiliary(&entry.path)) {
        let name = entry.name();
        let is_proof = match name {
            "Procfile" | "manage.py" | "artisan" | "config.ru" | "plumber.R" => true,
            "app.py" | "main.py" | "server.py" | "wsgi.py" | "asgi.py" | "index.py" | "run.py"
            | "api.py" | "streamlit_app.py" | "application.py" | "webapp.py" | "runserver.py" => {
                imports_web(snapshot, entry)
            }
            "app.R" | "App.R" | "server.R" | "ui.R" => mentions(snapshot, entry, "shiny"),
            _ => false,
        };
        if !is_proof {
            continue;
        }
        found.push(EntryPoint {
            path: entry.path.to_string(),
            folder: entry.folder().to_owned(),
            name: name.to_owned(),
        });
    }
    found
}

fn imports_web(snapshot: &Snapshot, entry: &Entry) -> bool {
    snapshot
        .text(entry)
        .is_ok_and(|text| WEB_IMPORT.is_match(&text.text))
}

fn mentions(snapshot: &Snapshot, entry: &Entry, word: &str) -> bool {
    snapshot
        .text(entry)
        .is_ok_and(|text| text.text.contains(word))
}

/// A name with the place where it stands.
type Hit = (String, Evidence);

/// What the manifests of one folder show.
struct Seen {
    server: Option<Hit>,
    application: Option<Hit>,
    pipeline: Option<Hit>,
    documents: Option<Hit>,
    site: Option<Hit>,
    command_library: Option<Hit>,
    /// A package that installs a command.
    command: Option<Hit>,
    /// A package shaped to be used by other code.
    library: Option<Hit>,
    /// That package is meant for a registry.
    is_published: bool,
}

fn see(manifests: &[&Manifest]) -> Seen {
    let find = |names: &[&str], scopes: &[Scope]| {
        manifests.iter().find_map(|manifest| {
            let dependency = manifest.dependencies.iter().find(|dependency| {
                scopes.contains(&dependency.scope) && names.contains(&dependency.name.as_str())
            })?;
            let evidence = Evidence::path(&manifest.path).with_excerpt(&dependency.name);
            Some((dependency.name.clone(), evidence))
        })
    };
    let package = |is_wanted: fn(&Package) -> bool| {
        let mut manifests = manifests.iter();
        let found = manifests.find(|manifest| manifest.package.as_ref().is_some_and(is_wanted));
        found.map(|manifest| (manifest.path.clone(), Evidence::path(&manifest.path)))
    };
    let run = &[Scope::Run][..];
    let any = &[Scope::Run, Scope::Development][..];
    Seen {
        server: find(SERVERS, run),
        application: find(APPLICATIONS, any),
        pipeline: find(PIPELINES, run),
        documents: find(DOCUMENTATION, any),
        site: find(SITES, any),
        command_library: find(COMMANDS, run),
        command: package(|package| package.has_command),
        library: package(|package| package.is_library && !package.is_private),
        is_published: package(|package| package.is_published && !package.is_private).is_some(),
    }
}

/// What the folder of some manifests is; `is_started` when a container or an entry point is there.
fn from_manifests(folder: &str, seen: Seen, is_started: bool, has_notebooks: bool) -> Option<Part> {
    let made = |role, code: &str, (name, evidence): Hit| {
        Some(part(folder, role, format!("{code}:{name}"), evidence))
    };
    let is_library = seen.library.is_some();
    let is_pages = seen.documents.is_some() || seen.site.is_some();
    let is_command = seen.command.is_some() && seen.command_library.is_some();
    if let Some(server) = seen.server
        && (is_started || !is_library && !is_command)
        // generators of sites bring a server for the preview
        && !(is_pages && matches!(server.0.as_str(), "express" | "json-server" | "next"))
    {
        return made(Role::Service, "server-framework", server);
    }
    if let Some(application) = seen.application
        && !is_library
        && !is_pages
    {
        return made(Role::Service, "browser-application", application);
    }
    if let Some(pipeline) = seen.pipeline
        && (!is_library || has_notebooks)
    {
        return made(Role::Pipeline, "data-tool", pipeline);
    }
    if let Some(command) = seen.command {
        // a package with a command and nothing that parses arguments is first of all a library
        let is_command_first = !is_library || seen.command_library.is_some();
        let role = if is_command_first {
            Role::Command
        } else {
            Role::Library
        };
        return made(role, "command", command);
    }
    if let Some(library) = seen.library {
        return made(Role::Library, "package", library);
    }
    if let Some(documents) = seen.documents {
        return made(Role::Documentation, "documentation-generator", documents);
    }
    if let Some(site) = seen.site {
        return made(Role::Site, "site-generator", site);
    }
    let command = seen.command_library?;
    made(Role::Command, "command-library", command)
}

/// True when `path` is `folder` or lies below it.
pub(super) fn is_inside(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path == folder
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// True when a folder has a container recipe of its own.
fn has_container(snapshot: &Snapshot, folder: &str) -> bool {
    [
        "Dockerfile",
        "docker-compose.yml",
        "docker-compose.yaml",
        "compose.yml",
        "compose.yaml",
    ]
    .iter()
    .any(|name| {
        let path = if folder.is_empty() {
            (*name).to_owned()
        } else {
            format!("{folder}/{name}")
        };
        snapshot.entry(&path).is_some()
    })
}
