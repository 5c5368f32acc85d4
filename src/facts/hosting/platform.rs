// SPDX-License-Identifier: EUPL-1.2
//! Platforms and static hosts: shown by a file of their own, by a CI job, or by deployment notes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::notes::{Note, Statement};
use super::recipes::Recipes;
use super::words::find_bounded;
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::snapshot::{Entry, Snapshot};

/// Where a platform was seen.
pub(super) type Platforms = BTreeMap<&'static str, Vec<Evidence>>;

/// Files that belong to one platform alone.
const OWN_FILES: &[(&str, &str)] = &[
    ("netlify.toml", "netlify"),
    ("vercel.json", "vercel"),
    ("now.json", "vercel"),
    (".vercelignore", "vercel"),
    (".nowignore", "vercel"),
    ("scalingo.json", "scalingo"),
    (".scalingoignore", "scalingo"),
    ("heroku.yml", "heroku"),
    ("render.yaml", "render"),
    ("fly.toml", "fly"),
    ("railway.json", "railway"),
    ("railway.toml", "railway"),
    ("wrangler.toml", "cloudflare"),
    (".clever.json", "clever-cloud"),
    (".platform.app.yaml", "platform-sh"),
    ("Dockerrun.aws.json", "aws"),
    ("amplify.yml", "aws"),
    ("staticwebapp.config.json", "azure"),
];

/// Names in prose, folded.
const NAMED: &[(&str, &[&str])] = &[
    (
        "clever-cloud",
        &["clever cloud", "clever-cloud", "clevercloud"],
    ),
    ("scalingo", &["scalingo"]),
    ("heroku", &["heroku"]),
    ("netlify", &["netlify"]),
    ("vercel", &["vercel", "zeit now"]),
    (
        "gh-pages",
        &[
            "github pages",
            "github page",
            "github-pages",
            "github-page",
            "gh-pages",
        ],
    ),
    (
        "gitlab-pages",
        &["gitlab pages", "gitlab page", "gitlab-pages", "gitlab-page"],
    ),
    ("fly", &["fly.io"]),
    ("render", &["render.com", "sur render", "on render"]),
];

/// Every platform with its evidence.
pub(super) fn find(
    snapshot: &Snapshot,
    recipes: &Recipes<'_>,
    facts: &FactSet,
    (notes, statements): (&[Note<'_>], &[Statement]),
) -> Platforms {
    let mut found = Platforms::new();
    for entry in snapshot.files() {
        let own = OWN_FILES
            .iter()
            .find(|(name, _)| *name == entry.name())
            .map(|(_, platform)| *platform);
        if let Some(platform) = own.or_else(|| by_path(entry)) {
            found
                .entry(platform)
                .or_default()
                .push(Evidence::path(&*entry.path));
        }
    }
    for job in facts.items("ci.jobs") {
        for platform in job.get("platform").unwrap_or_default().split(' ') {
            if let Some(name) = vocabulary(platform) {
                let line = job
                    .get("line")
                    .and_then(|line| line.parse().ok())
                    .unwrap_or(1);
                let path = job.get("path").unwrap_or_default();
                found
                    .entry(name)
                    .or_default()
                    .push(Evidence::line(path, line));
            }
        }
    }
    for statement in statements {
        for (name, spellings) in NAMED {
            let is_named = spellings
                .iter()
                .any(|spelling| find_bounded(&statement.folded, spelling).is_some());
            if is_named && !statement.folded.contains("previously") {
                let evidence =
                    Evidence::line(&statement.path, statement.line).with_excerpt(&statement.text);
                found.entry(name).or_default().push(evidence);
            }
        }
    }
    add_pages(snapshot, notes, &mut found);
    add_procfile(snapshot, recipes, notes, &mut found);
    found
}

/// Platforms of the vocabulary that a CI command may name.
fn vocabulary(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 14] = [
        "clever-cloud",
        "gh-pages",
        "heroku",
        "netlify",
        "vercel",
        "scalingo",
        "gitlab-pages",
        "render",
        "fly",
        "surge",
        "firebase",
        "cloudflare",
        "railway",
        "codeberg-pages",
    ];
    NAMES.into_iter().find(|known| *known == name)
}

fn by_path(entry: &Entry) -> Option<&'static str> {
    match entry.folder() {
        "clevercloud" if entry.extension() == "json" => Some("clever-cloud"),
        ".vercel" if entry.name() == "project.json" => Some("vercel"),
        ".netlify" => Some("netlify"),
        _ => None,
    }
}

/// GitHub Pages without a workflow: a mark of its own, and an address or a domain.
fn add_pages(snapshot: &Snapshot, notes: &[Note<'_>], found: &mut Platforms) {
    if found.contains_key("gh-pages") {
        return;
    }
    let at = |name: &str| {
        ["", "docs/", "static/", "public/", "src/"]
            .iter()
            .find_map(|folder| snapshot.entry(&format!("{folder}{name}")))
            .filter(|entry| entry.is_file() && !entry.is_vendored)
    };
    if let Some(domain) = at("CNAME")
        && !found.contains_key("netlify")
        && !found.contains_key("surge")
    {
        found.insert("gh-pages", vec![Evidence::path(&*domain.path)]);
        return;
    }
    let Some(mark) = at(".nojekyll").filter(|mark| matches!(mark.folder(), "" | "docs")) else {
        return;
    };
    let address = notes.iter().find_map(|note| {
        let link = note
            .prose
            .links()
            .find(|link| link.target.contains(".github.io"))?;
        Some(Evidence::line(&*note.entry.path, link.line).with_excerpt(&link.target))
    });
    if let Some(address) = address {
        found.insert("gh-pages", vec![Evidence::path(&*mark.path), address]);
    }
}

/// A Procfile and an `app.json` fit Heroku and Scalingo: what else the tree says decides, else both are named.
fn add_procfile(
    snapshot: &Snapshot,
    recipes: &Recipes<'_>,
    notes: &[Note<'_>],
    found: &mut Platforms,
) {
    let description = snapshot
        .files()
        .find(|entry| entry.name() == "app.json" && is_platform_description(snapshot, entry));
    let shared: Vec<&Entry> = recipes
        .procfiles
        .first()
        .copied()
        .into_iter()
        .chain(description)
        .collect();
    let known = ["heroku", "scalingo", "clever-cloud", "render", "fly"];
    if shared.is_empty() || known.iter().any(|name| found.contains_key(name)) {
        return;
    }
    let evidence: Vec<Evidence> = shared
        .iter()
        .map(|entry| Evidence::path(&*entry.path))
        .collect();
    let folder = shared[0].folder();
    let runtime = if folder.is_empty() {
        "runtime.txt".to_owned()
    } else {
        format!("{folder}/runtime.txt")
    };
    let says = |name: &str| {
        notes
            .iter()
            .any(|note| note.text.text.to_ascii_lowercase().contains(name))
    };
    let names: &[&'static str] = match (says("heroku"), says("scalingo")) {
        (false, true) => &["scalingo"],
        (true, false) => &["heroku"],
        // the file that names Python's version is Heroku's convention
        _ if snapshot.entry(&runtime).is_some() => &["heroku"],
        _ => &["heroku", "scalingo"],
    };
    for name in names {
        found.insert(name, evidence.clone());
    }
}

/// An `app.json` of React Native and Expo describes an application for telephones.
fn is_platform_description(snapshot: &Snapshot, entry: &Entry) -> bool {
    let Ok(text) = snapshot.text(entry) else {
        return false;
    };
    let Ok(json) = serde_json::from_str::<Value>(&text.text) else {
        return false;
    };
    json["expo"].is_null()
        && [
            "buildpacks",
            "addons",
            "formation",
            "scripts",
            "stack",
            "environments",
        ]
        .iter()
        .any(|key| !json[*key].is_null())
}
