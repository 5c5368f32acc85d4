// SPDX-License-Identifier: EUPL-1.2
//! Copies of other projects inside a repository: recognised once, here, and counted neither for nor against.

use std::collections::BTreeSet;

use super::{Entry, Snapshot};

/// A folder that is not the project's own work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendoredTree {
    /// The folder, without trailing slash.
    pub path: String,
    /// Why it was taken for one.
    pub sign: VendoredSign,
}

/// What shows that a folder is a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VendoredSign {
    /// Its name is one that package managers and conventions use.
    Name,
    /// It has a licence, a manifest and community files of its own, and is no member of a workspace.
    OwnProject,
    /// The configuration excludes it.
    Configuration,
}

/// Folder names that hold copies, whatever they contain.
const NAMES: [&str; 9] = [
    "node_modules",
    "bower_components",
    "third_party",
    "third-party",
    "thirdparty",
    "vendor",
    "vendors",
    "site-packages",
    "jspm_packages",
];

/// Folder names that hold built files, in the root or beside a manifest.
const BUILT: [&str; 2] = ["dist", "public/build"];

const MANIFESTS: [&str; 10] = [
    "package.json",
    "composer.json",
    "setup.py",
    "pyproject.toml",
    "Gemfile",
    "Cargo.toml",
    "go.mod",
    "pom.xml",
    "mix.exs",
    "bower.json",
];

/// True when `path` is `folder` or lies below it; everything lies below the empty folder.
pub(super) fn is_inside(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub(super) fn recognise(snapshot: &Snapshot) -> Vec<VendoredTree> {
    let mut found: Vec<VendoredTree> = Vec::new();
    for entry in snapshot.entries() {
        if found
            .last()
            .is_some_and(|tree| is_inside(&entry.path, &tree.path))
        {
            continue;
        }
        if let Some(path) = named_folder(entry, snapshot) {
            found.push(VendoredTree {
                path: path.to_owned(),
                sign: VendoredSign::Name,
            });
        }
    }
    let own = own_projects(snapshot, &found);
    found.extend(own.into_iter().map(|path| VendoredTree {
        path,
        sign: VendoredSign::OwnProject,
    }));
    found
}

fn named_folder<'e>(entry: &'e Entry, snapshot: &Snapshot) -> Option<&'e str> {
    let folder = entry.folder();
    let mut end = 0;
    for part in folder.split('/') {
        let start = end;
        end += part.len();
        let path = &folder[..end];
        if NAMES.contains(&part) && !is_customised(&folder[..start], part) {
            return Some(path);
        }
        if BUILT.iter().any(|name| {
            path.ends_with(name)
                && (start == 0
                    || snapshot
                        .entry(&format!("{}package.json", &folder[..start]))
                        .is_some())
        }) && !path.ends_with("-dist")
        {
            return Some(path);
        }
        end += 1;
        if end > folder.len() {
            break;
        }
    }
    None
}

/// True for views and texts of packages that a framework puts under `vendor` for the project to rewrite.
fn is_customised(above: &str, part: &str) -> bool {
    let parent = above.trim_end_matches('/').rsplit('/').next();
    part == "vendor" && matches!(parent, Some("views" | "lang"))
}

/// Folders with a licence, a manifest and a sign of an upstream project, unless a workspace names them.
fn own_projects(snapshot: &Snapshot, named: &[VendoredTree]) -> Vec<String> {
    let mut licences = BTreeSet::new();
    let mut manifests = BTreeSet::new();
    let mut upstream = BTreeSet::new();
    for entry in snapshot.entries() {
        let folder = entry.folder();
        if folder.is_empty() || named.iter().any(|tree| is_inside(folder, &tree.path)) {
            continue;
        }
        let name = entry.name();
        let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
        if MANIFESTS.contains(&name) {
            manifests.insert(folder);
        } else if matches!(stem.as_str(), "LICENSE" | "LICENCE" | "COPYING") {
            licences.insert(folder);
        } else if matches!(
            stem.as_str(),
            "CHANGELOG" | "CONTRIBUTING" | "CODE_OF_CONDUCT" | "HISTORY"
        ) || matches!(name, ".travis.yml" | ".gitattributes" | ".npmignore")
        {
            upstream.insert(folder);
        } else if let Some((parent, ".github")) = folder.rsplit_once('/') {
            upstream.insert(parent);
        }
    }
    let members = workspace_members(snapshot);
    let mut found: Vec<String> = Vec::new();
    for folder in licences {
        let is_copy = manifests.contains(folder)
            && upstream.contains(folder)
            && !members.iter().any(|member| member_matches(member, folder))
            && !found.iter().any(|tree| is_inside(folder, tree));
        if is_copy {
            found.push(folder.to_owned());
        }
    }
    found
}

/// Patterns of the workspaces that the root declares (npm, pnpm, lerna, Cargo), read loosely.
fn workspace_members(snapshot: &Snapshot) -> Vec<String> {
    let mut members = Vec::new();
    for file in ["package.json", "lerna.json"] {
        let Some(json) = json_at_root(snapshot, file) else {
            continue;
        };
        let listed = [
            &json["workspaces"],
            &json["workspaces"]["packages"],
            &json["packages"],
        ];
        for list in listed.into_iter().filter_map(serde_json::Value::as_array) {
            members.extend(
                list.iter()
                    .filter_map(|item| item.as_str())
                    .map(str::to_owned),
            );
        }
    }
    if let Some(text) = text_at_root(snapshot, "pnpm-workspace.yaml")
        && let Ok(root) = crate::model::document::parse_yaml(&text)
        && let Some(list) = root.get("packages")
    {
        members.extend(
            list.items()
                .iter()
                .filter_map(|item| item.text())
                .map(str::to_owned),
        );
    }
    if let Some(text) = text_at_root(snapshot, "Cargo.toml")
        && let Ok(table) = text.parse::<toml::Table>()
        && let Some(list) = table
            .get("workspace")
            .and_then(|workspace| workspace.get("members"))
            .and_then(toml::Value::as_array)
    {
        members.extend(
            list.iter()
                .filter_map(|item| item.as_str())
                .map(str::to_owned),
        );
    }
    members
}

fn text_at_root(snapshot: &Snapshot, name: &str) -> Option<String> {
    let text = snapshot.text(snapshot.entry(name)?).ok()?;
    Some(text.text.clone())
}

fn json_at_root(snapshot: &Snapshot, name: &str) -> Option<serde_json::Value> {
    serde_json::from_str(&text_at_root(snapshot, name)?).ok()
}

/// `packages/*` matches one level, `packages/**` any, a plain path itself.
fn member_matches(pattern: &str, folder: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    if let Some(parent) = pattern.strip_suffix("/**") {
        return is_inside(folder, parent);
    }
    match pattern.strip_suffix("/*") {
        Some(parent) => folder.rsplit_once('/').is_some_and(|(p, _)| p == parent),
        None => folder == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::super::MemoryTree;

    fn vendored(paths: &[&str]) -> Vec<String> {
        let tree = paths
            .iter()
            .fold(MemoryTree::new(), |tree, path| tree.file(path, "{}"));
        let snapshot = tree.snapshot();
        snapshot
            .vendored()
            .iter()
            .map(|tree| tree.path.clone())
            .collect()
    }

    #[test]
    fn conventional_folders_are_copies() {
        assert_eq!(
            vendored(&[
                "a/node_modules/x/index.js",
                "src/vendor/y.js",
                "src/main.js"
            ]),
            ["a/node_modules", "src/vendor"]
        );
    }

    #[test]
    fn a_copied_project_is_recognised_by_its_own_licence_manifest_and_changelog() {
        let copied = [
            "cms/LICENSE",
            "cms/composer.json",
            "cms/CHANGELOG.md",
            "LICENSE",
            "app.py",
        ];
        assert_eq!(vendored(&copied), ["cms"]);
        // a licence and a manifest alone are a package of the project
        assert_eq!(vendored(&["api/LICENSE", "api/package.json"]), [""; 0]);
    }

    #[test]
    fn members_of_a_workspace_are_the_project() {
        let tree = MemoryTree::new()
            .file("package.json", r#"{"workspaces": ["packages/*"]}"#)
            .file("packages/a/package.json", "{}")
            .file("packages/a/LICENSE", "MIT")
            .file("packages/a/CHANGELOG.md", "");
        assert!(tree.snapshot().vendored().is_empty());
    }

    #[test]
    fn built_files_are_copies_only_at_the_root_or_beside_a_manifest() {
        assert_eq!(vendored(&["dist/app.js", "package.json"]), ["dist"]);
        assert_eq!(
            vendored(&["web/dist/a.js", "web/package.json"]),
            ["web/dist"]
        );
        assert_eq!(vendored(&["src/dist/law.md"]), [""; 0]);
    }
}
