// SPDX-License-Identifier: EUPL-1.2
//! Manifests of compiled languages: Go, Rust, the JVM, .NET, Swift, Julia.

use std::sync::LazyLock;

use regex::Regex;
use toml::{Table, Value};

use super::manifest::{Content, Package, Scope};

/// go.mod: direct requirements count as needed to run, indirect ones as brought along.
pub(super) fn go_mod(text: &str) -> Content {
    let mut content = Content::default();
    let mut is_block = false;
    for line in text.lines() {
        let line = line.trim();
        if let Some(module) = line.strip_prefix("module ") {
            content.package = Some(Package {
                name: module.trim().trim_matches('"').to_owned(),
                ..Package::default()
            });
        } else if line.starts_with("require (") {
            is_block = true;
        } else if line == ")" {
            is_block = false;
        } else if let Some(rest) = line
            .strip_prefix("require ")
            .or_else(|| is_block.then_some(line))
        {
            let name = rest.split_whitespace().next().unwrap_or_default();
            if name.starts_with("//") {
                continue;
            }
            let scope = if rest.contains("// indirect") {
                Scope::Development
            } else {
                Scope::Run
            };
            content.push(name, scope);
        }
    }
    content
}

/// Cargo.toml, of a package or of a workspace.
pub(super) fn cargo(text: &str) -> Option<Content> {
    let root: Table = text.parse().ok()?;
    let mut content = Content::default();
    let mut read = |table: Option<&Value>| {
        for (key, scope) in [
            ("dependencies", Scope::Run),
            ("dev-dependencies", Scope::Development),
            ("build-dependencies", Scope::Development),
        ] {
            let names = table
                .and_then(|table| table.get(key))
                .and_then(Value::as_table);
            for name in names.into_iter().flat_map(Table::keys) {
                content.push(name, scope);
            }
        }
    };
    let whole = Value::Table(root.clone());
    read(Some(&whole));
    read(root.get("workspace"));
    for (_, target) in root
        .get("target")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
    {
        read(Some(target));
    }
    content.package = root.get("package").and_then(|package| {
        let version = match package.get("version") {
            Some(Value::String(version)) => version.clone(),
            Some(_) => "dynamic".to_owned(),
            None => return None,
        };
        Some(Package {
            name: package.get("name")?.as_str()?.to_owned(),
            version: Some(version),
            is_private: package.get("publish").and_then(Value::as_bool) == Some(false),
            has_command: root.contains_key("bin"),
            is_library: root.contains_key("lib"),
            is_published: package.get("categories").is_some(),
        })
    });
    Some(content)
}

static POM_DEPENDENCY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)<(dependency|parent|plugin)>(.*?)</(?:dependency|parent|plugin)>")
        .expect("invariant: constant pattern")
});
static POM_ARTIFACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<artifactId>\s*([^<\s]+)\s*</artifactId>").expect("invariant: constant pattern")
});
static POM_VERSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<version>\s*([^<\s]+)\s*</version>").expect("invariant: constant pattern")
});

/// pom.xml: dependencies and parent by artifact name.
pub(super) fn pom(text: &str) -> Option<Content> {
    let mut content = Content::default();
    for found in POM_DEPENDENCY.captures_iter(text) {
        let scope = if &found[1] == "plugin" || found[2].contains("<scope>test</scope>") {
            Scope::Development
        } else {
            Scope::Run
        };
        if let Some(artifact) = POM_ARTIFACT.captures(&found[2]) {
            content.push(&artifact[1], scope);
        }
    }
    let own = POM_DEPENDENCY.replace_all(text, "");
    let head = own.split("<dependencies>").next().unwrap_or(&own);
    let version = POM_VERSION.captures(head).map(|found| found[1].to_owned());
    content.package = POM_ARTIFACT.captures(head).map(|found| Package {
        name: found[1].to_owned(),
        version: Some(version.unwrap_or_else(|| "dynamic".to_owned())),
        ..Package::default()
    });
    text.contains("<project").then_some(content)
}

static GRADLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?m)^\s*(implementation|api|compile|compileOnly|runtimeOnly|runtime|testImplementation|testCompile|androidTestImplementation|kapt|annotationProcessor|classpath|id|developmentOnly)\s*[( ]\s*(?:platform\(|enforcedPlatform\()?["']([^"'\n]+)["']"#,
    )
    .expect("invariant: constant pattern")
});

/// build.gradle, in Groovy or Kotlin: the coordinates written as text.
pub(super) fn gradle(text: &str) -> Content {
    let mut content = Content::default();
    for found in GRADLE.captures_iter(text) {
        let scope = match &found[1] {
            configuration if configuration.contains("est") => Scope::Development,
            _ => Scope::Run,
        };
        let name = found[2].split(':').nth(1).unwrap_or(&found[2]);
        content.push(name, scope);
    }
    if content.dependencies.is_empty() && text.contains("libs.") && text.contains("dependencies") {
        content.push("version-catalog", Scope::Development);
    }
    content
}

/// gradle/libs.versions.toml.
pub(super) fn version_catalogue(text: &str) -> Option<Content> {
    let root: Table = text.parse().ok()?;
    let mut content = Content::default();
    for (_, library) in root
        .get("libraries")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
    {
        let module = library.as_str().or_else(|| library.get("module")?.as_str());
        let name = match module {
            Some(module) => module.split(':').nth(1),
            None => library.get("name").and_then(Value::as_str),
        };
        content.push(name.unwrap_or_default(), Scope::Run);
    }
    Some(content)
}

static SBT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""[\w.-]+"\s*%%?%?\s*"([\w.-]+)""#).expect("invariant: constant pattern")
});

/// build.sbt.
pub(super) fn sbt(text: &str) -> Content {
    matches(&SBT, text)
}

static NUGET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)<(?:PackageReference|PackageVersion|FrameworkReference|package)\s[^>]*?(?:Include|id|Update)="([^"]+)"|^\s*nuget\s+(\S+)|<Project\s+Sdk="(Microsoft\.NET\.Sdk\.Web)""#)
        .expect("invariant: constant pattern")
});

/// Project files of .NET, packages.config, paket.
pub(super) fn nuget(text: &str) -> Content {
    matches(&NUGET, text)
}

static SWIFT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\.package\([^)]*?url:\s*"[^"]*/([^"/]+?)(?:\.git)?""#)
        .expect("invariant: constant pattern")
});

/// Package.swift.
pub(super) fn swift(text: &str) -> Content {
    matches(&SWIFT, text)
}

static POD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^\s*pod\s+["']([^"']+)["']"#).expect("invariant: constant pattern")
});

/// Podfile.
pub(super) fn podfile(text: &str) -> Content {
    matches(&POD, text)
}

/// Project.toml of Julia.
pub(super) fn julia(text: &str) -> Option<Content> {
    let root: Table = text.parse().ok()?;
    let mut content = Content::default();
    for name in root
        .get("deps")
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::keys)
    {
        content.push(name, Scope::Run);
    }
    let field = |key: &str| root.get(key).and_then(Value::as_str).map(str::to_owned);
    if let (Some(name), Some(version)) = (field("name"), field("version")) {
        content.package = Some(Package {
            name,
            version: Some(version),
            is_library: root.contains_key("uuid"),
            ..Package::default()
        });
    }
    Some(content)
}

/// Every first group that matched, as a dependency to run.
fn matches(pattern: &Regex, text: &str) -> Content {
    let mut content = Content::default();
    for found in pattern.captures_iter(text) {
        if let Some(name) = found.iter().skip(1).flatten().next() {
            content.push(name.as_str(), Scope::Run);
        }
    }
    content
}
