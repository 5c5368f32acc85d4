// SPDX-License-Identifier: EUPL-1.2
//! Manifests in JSON: npm and its kin, Composer, Elm, vcpkg.

use serde_json::Value;

use super::manifest::{Content, Package, Scope};
use crate::model::document::parse_yaml;

/// package.json and bower.json.
pub(super) fn package_json(text: &str) -> Option<Content> {
    let json = object(text)?;
    let mut content = Content::default();
    for (key, scope) in [
        ("dependencies", Scope::Run),
        ("devDependencies", Scope::Development),
        ("peerDependencies", Scope::Peer),
        ("optionalDependencies", Scope::Run),
    ] {
        keys(&json[key], scope, &mut content);
    }
    let is_private = json["private"].as_bool().unwrap_or(false);
    let has = |key: &str| json.get(key).is_some_and(|value| !value.is_null());
    let is_library = !is_private
        && [
            "exports",
            "module",
            "types",
            "typings",
            "files",
            "publishConfig",
            "peerDependencies",
        ]
        .into_iter()
        .any(has);
    content.package = package(&json).map(|package| Package {
        is_private,
        is_library,
        is_published: is_library,
        has_command: has("bin"),
        ..package
    });
    Some(content)
}

/// The catalogues of versions that a pnpm workspace may hold.
pub(super) fn pnpm_workspace(text: &str) -> Option<Content> {
    let root = parse_yaml(text).ok()?;
    let mut content = Content::default();
    for pair in root.get("catalog").map_or(&[][..], |node| node.pairs()) {
        content.push(&pair.key, Scope::Run);
    }
    for catalogue in root.get("catalogs").map_or(&[][..], |node| node.pairs()) {
        for pair in catalogue.value.pairs() {
            content.push(&pair.key, Scope::Run);
        }
    }
    Some(content)
}

/// The import map of a Deno configuration.
pub(super) fn deno(text: &str) -> Content {
    let Some(json) = object(text) else {
        // comments are allowed there and are not worth a parser
        return Content::default();
    };
    let mut content = Content::default();
    keys(&json["imports"], Scope::Run, &mut content);
    content.package = package(&json).map(|package| Package {
        is_library: json.get("exports").is_some(),
        ..package
    });
    content
}

/// composer.json.
pub(super) fn composer(text: &str) -> Option<Content> {
    let json = object(text)?;
    let mut content = Content::default();
    keys(&json["require"], Scope::Run, &mut content);
    keys(&json["require-dev"], Scope::Development, &mut content);
    let kind = json["type"].as_str().unwrap_or("library");
    content.package = json["name"].as_str().map(|name| Package {
        name: name.to_owned(),
        version: json["version"].as_str().map(str::to_owned),
        is_private: kind == "project",
        has_command: json.get("bin").is_some(),
        is_library: kind != "project" && json.get("type").is_some(),
        is_published: kind != "project" && json.get("type").is_some(),
    });
    Some(content)
}

/// elm.json of today, elm-package.json of yesterday.
pub(super) fn elm(text: &str) -> Option<Content> {
    let json = object(text)?;
    let mut content = Content::default();
    let dependencies = &json["dependencies"];
    let direct = &dependencies["direct"];
    keys(
        if direct.is_object() {
            direct
        } else {
            dependencies
        },
        Scope::Run,
        &mut content,
    );
    content.package = package(&json).map(|package| Package {
        is_library: json["type"] == "package",
        is_private: json["type"] == "application",
        ..package
    });
    Some(content)
}

/// vcpkg.json.
pub(super) fn vcpkg(text: &str) -> Option<Content> {
    let json = object(text)?;
    let mut content = Content::default();
    for item in json["dependencies"].as_array().into_iter().flatten() {
        if let Some(name) = item.as_str().or_else(|| item["name"].as_str()) {
            content.push(name, Scope::Run);
        }
    }
    Some(content)
}

fn object(text: &str) -> Option<Value> {
    serde_json::from_str::<Value>(text)
        .ok()
        .filter(Value::is_object)
}

fn keys(value: &Value, scope: Scope, content: &mut Content) {
    for name in value.as_object().into_iter().flat_map(|map| map.keys()) {
        content.push(name, scope);
    }
}

/// Name and version, both needed.
fn package(json: &Value) -> Option<Package> {
    let name = json["name"].as_str().filter(|name| !name.is_empty())?;
    let version = json["version"].as_str().filter(|text| !text.is_empty())?;
    Some(Package {
        name: name.to_owned(),
        version: Some(version.to_owned()),
        ..Package::default()
    })
}
