// SPDX-License-Identifier: EUPL-1.2
//! Manifests of Ruby, Elixir, R, Clojure, Dart, Perl, Haskell, OCaml.

use std::sync::LazyLock;

use regex::Regex;

use super::manifest::{Content, Package, Scope};
use crate::facts::pattern::wide as pattern;
use crate::model::document::{Node, parse_yaml};

static GEM: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?m)^\s*gem[\s(]+["']([^"'\n]+)["']"#));
static GEM_DEPENDENCY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"\.add_(runtime_|development_)?dependency[\s(]+["']([^"'\n]+)["']"#)
});
static GEM_FIELD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?m)^\s*\w+\.(name|version|executables)\s*=\s*(?:["']([^"'\n]+)["'])?"#)
});

/// Gemfile.
pub(super) fn gemfile(text: &str) -> Content {
    let mut content = Content::default();
    for found in GEM.captures_iter(text) {
        content.push(&found[1], Scope::Run);
    }
    if text.lines().any(|line| line.trim() == "gemspec") {
        content.push("gemspec", Scope::Development);
    }
    content
}

/// A gem specification.
pub(super) fn gemspec(text: &str) -> Content {
    let mut content = Content::default();
    for found in GEM_DEPENDENCY.captures_iter(text) {
        let is_run = found.get(1).is_none_or(|kind| kind.as_str() == "runtime_");
        let scope = if is_run {
            Scope::Run
        } else {
            Scope::Development
        };
        content.push(&found[2], scope);
    }
    let mut package = Package {
        is_library: true,
        is_published: true,
        ..Package::default()
    };
    for found in GEM_FIELD.captures_iter(text) {
        let value = found.get(2).map(|value| value.as_str().to_owned());
        match &found[1] {
            "name" => package.name = value.unwrap_or_default(),
            "version" => package.version = Some(value.unwrap_or_else(|| "dynamic".to_owned())),
            _ => package.has_command = true,
        }
    }
    let is_named = !package.name.is_empty() && package.version.is_some();
    content.package = is_named.then_some(package);
    content
}

static MIX_DEPENDENCY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^[^#\n]*?\{\s*:(\w+)\s*,[^}\n]*"));
static MIX_FIELD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?m)^\s*(app|version):\s*(?::(\w+)|["']([^"'\n]+)["']|[@A-Za-z])"#)
});

/// mix.exs: the tuples of its list of dependencies.
pub(super) fn mix(text: &str) -> Content {
    let mut content = Content::default();
    let start = ["defp deps", "def deps", "deps:"]
        .into_iter()
        .find_map(|head| text.find(head));
    for found in MIX_DEPENDENCY.captures_iter(&text[start.unwrap_or(text.len())..]) {
        let scope = if found[0].contains("only:") {
            Scope::Development
        } else {
            Scope::Run
        };
        content.push(&found[1], scope);
    }
    let field = |wanted: &str| {
        MIX_FIELD
            .captures_iter(text)
            .find(|found| &found[1] == wanted)
            .map(|found| {
                let value = found.get(2).or_else(|| found.get(3));
                value.map_or_else(|| "dynamic".to_owned(), |value| value.as_str().to_owned())
            })
    };
    if let (Some(name), Some(version)) = (field("app"), field("version")) {
        let is_published = text.contains("package:") || text.contains("defp package");
        content.package = Some(Package {
            name,
            version: Some(version),
            is_private: !is_published,
            has_command: text.contains("escript:"),
            is_library: is_published,
            is_published,
        });
    }
    content
}

static REBAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)\{deps,\s*\[(.*?)\]\s*\}"));
static REBAR_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[{,\s])([a-z][a-z0-9_]+)\s*,"));

/// rebar.config.
pub(super) fn rebar(text: &str) -> Content {
    let mut content = Content::default();
    for list in REBAR.captures_iter(text) {
        for found in REBAR_NAME.captures_iter(&list[1]) {
            content.push(&found[1], Scope::Run);
        }
    }
    content
}

/// True for the DESCRIPTION of an R package or project, which other things share the name of.
pub(super) fn is_description(text: &str) -> bool {
    let has = |field: &str| text.lines().any(|line| line.starts_with(field));
    (has("Package:") || has("Type:") || has("Imports:"))
        && (has("Imports:") || has("Depends:") || has("Suggests:") || has("Version:"))
}

/// DESCRIPTION of R.
pub(super) fn description(text: &str) -> Content {
    let mut content = Content::default();
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((field, value)) = line.split_once(':') {
            fields.push((field, value.trim().to_owned()));
        }
    }
    let field = |wanted: &str| {
        fields
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value)
    };
    for (name, scope) in [
        ("Depends", Scope::Run),
        ("Imports", Scope::Run),
        ("LinkingTo", Scope::Run),
        ("Suggests", Scope::Development),
    ] {
        for item in field(name).map_or("", String::as_str).split(',') {
            let item = item.split('(').next().unwrap_or(item).trim();
            if item != "R" {
                content.push(item, scope);
            }
        }
    }
    if let (Some(name), Some(version)) = (field("Package"), field("Version")) {
        content.package = Some(Package {
            name: name.clone(),
            version: Some(version.clone()),
            is_library: true,
            ..Package::default()
        });
    }
    content
}

/// rproject.toml of rv.
pub(super) fn rproject(text: &str) -> Option<Content> {
    let root: toml::Table = text.parse().ok()?;
    let mut content = Content::default();
    let listed = root
        .get("project")
        .and_then(|project| project.get("dependencies"));
    for item in listed.and_then(toml::Value::as_array).into_iter().flatten() {
        let name = item.as_str().or_else(|| item.get("name")?.as_str());
        content.push(name.unwrap_or_default(), Scope::Run);
    }
    Some(content)
}

static EDN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"([A-Za-z][\w.*+!-]*(?:/[\w.*+!-]+)?)\s*\{\s*:(?:mvn|git|local|sha|tag|deps)/|\[([A-Za-z][\w.-]*(?:/[\w.-]+)?)\s+"[^"]+""#,
    )
});
static CLOJURE_PROJECT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"\(defproject\s+([\w./-]+)\s+"([^"]+)""#));

/// deps.edn, bb.edn, shadow-cljs.edn.
pub(super) fn edn(text: &str) -> Content {
    let mut content = Content::default();
    for found in EDN.captures_iter(text) {
        if let Some(name) = found.get(1).or_else(|| found.get(2)) {
            content.push(name.as_str(), Scope::Run);
        }
    }
    content
}

/// project.clj.
pub(super) fn leiningen(text: &str) -> Content {
    let mut content = edn(text);
    content.package = CLOJURE_PROJECT.captures(text).map(|found| Package {
        name: found[1].to_owned(),
        version: Some(found[2].to_owned()),
        ..Package::default()
    });
    content
}

/// pubspec.yaml of Dart, shard.yml of Crystal.
pub(super) fn pubspec(text: &str) -> Option<Content> {
    let root = parse_yaml(text).ok()?;
    let mut content = Content::default();
    for (key, scope) in [
        ("dependencies", Scope::Run),
        ("dev_dependencies", Scope::Development),
        ("development_dependencies", Scope::Development),
    ] {
        for pair in root.get(key).map_or(&[][..], |node| node.pairs()) {
            content.push(&pair.key, scope);
        }
    }
    let field = |key: &str| root.get(key).and_then(Node::scalar);
    if let (Some(name), Some(version)) = (field("name"), field("version")) {
        content.package = Some(Package {
            name,
            version: Some(version),
            is_private: field("publish_to").as_deref() == Some("none"),
            ..Package::default()
        });
    }
    Some(content)
}

static CPAN: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?m)^\s*requires\s+["']([^"']+)["']"#));

/// cpanfile.
pub(super) fn cpanfile(text: &str) -> Content {
    let mut content = Content::default();
    for found in CPAN.captures_iter(text).filter(|found| &found[1] != "perl") {
        content.push(&found[1], Scope::Run);
    }
    content
}

static CABAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)build-depends:\s*([A-Za-z][\w-]*)"));

/// A cabal file: the first dependency of each list is enough to know that it declares some.
pub(super) fn cabal(text: &str) -> Content {
    let mut content = Content::default();
    for found in CABAL.captures_iter(text) {
        content.push(&found[1], Scope::Run);
    }
    content
}

static OPAM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)\bdepends:\s*\[(.*?)\]"));
static OPAM_NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?m)^\s*"([\w+-]+)""#));

/// An opam file.
pub(super) fn opam(text: &str) -> Content {
    let mut content = Content::default();
    for list in OPAM.captures_iter(text) {
        for found in OPAM_NAME.captures_iter(&list[1]) {
            content.push(&found[1], Scope::Run);
        }
    }
    content
}

/// A plain list, one name a line.
pub(super) fn lines(text: &str) -> Content {
    let mut content = Content::default();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with(['#', '[']))
    {
        content.push(
            line.split(['/', '=', ' ']).next().unwrap_or(line),
            Scope::Run,
        );
    }
    content
}
