// SPDX-License-Identifier: EUPL-1.2
//! File names of package managers: which reader understands which manifest, and which files are locks.

use super::manifest::Content;
use super::{javascript, native, others, python};

/// How one kind of manifest is read.
#[derive(Clone, Copy)]
pub(super) struct Format {
    pub(super) ecosystem: &'static str,
    /// True when the name alone makes it a manifest.
    pub(super) is_certain: bool,
    /// Tells from the text whether a file with an uncertain name is one.
    pub(super) is_one: fn(&str) -> bool,
    /// `None` for a malformed text.
    pub(super) read: fn(&str) -> Option<Content>,
}

const fn certain(ecosystem: &'static str, read: fn(&str) -> Option<Content>) -> Format {
    Format {
        ecosystem,
        is_certain: true,
        is_one: |_| true,
        read,
    }
}

const fn when(
    ecosystem: &'static str,
    is_one: fn(&str) -> bool,
    read: fn(&str) -> Option<Content>,
) -> Format {
    Format {
        ecosystem,
        is_certain: false,
        is_one,
        read,
    }
}

/// The format of the file at `path`, whose last part is `name`.
pub(super) fn recognise(path: &str, name: &str) -> Option<Format> {
    by_name(name).or_else(|| by_shape(path, name))
}

fn by_name(name: &str) -> Option<Format> {
    Some(match name {
        "package.json" => certain("npm", javascript::package_json),
        "bower.json" => certain("bower", javascript::package_json),
        "pnpm-workspace.yaml" => when("npm", |_| true, javascript::pnpm_workspace),
        "deno.json" | "deno.jsonc" => when("deno", |_| true, javascript::deno),
        "composer.json" => certain("composer", javascript::composer),
        "elm.json" | "elm-package.json" => certain("elm", javascript::elm),
        "setup.py" => certain("pypi", python::setup_py),
        "setup.cfg" => when("pypi", |_| true, python::setup_cfg),
        "pyproject.toml" => when("pypi", |_| true, python::pyproject),
        "Pipfile" => certain("pypi", python::pipfile),
        "pixi.toml" => certain("conda", python::pixi),
        "Gemfile" | "gems.rb" => certain("rubygems", others::gemfile),
        "mix.exs" => certain("hex", others::mix),
        "rebar.config" => certain("hex", others::rebar),
        "go.mod" => certain("go", native::go_mod),
        "Cargo.toml" => certain("cargo", native::cargo),
        "pom.xml" => certain("maven", native::pom),
        "build.gradle" | "build.gradle.kts" => certain("gradle", native::gradle),
        "libs.versions.toml" => certain("gradle", native::version_catalogue),
        "build.sbt" => certain("sbt", native::sbt),
        "packages.config" | "Directory.Packages.props" | "paket.dependencies" => {
            certain("nuget", native::nuget)
        }
        "Package.swift" => certain("swift", native::swift),
        "Podfile" => certain("cocoapods", native::podfile),
        "vcpkg.json" => certain("vcpkg", javascript::vcpkg),
        "conanfile.txt" => certain("conan", others::lines),
        "DESCRIPTION" => when("cran", others::is_description, others::description),
        "deps.edn" | "bb.edn" | "shadow-cljs.edn" => certain("clojars", others::edn),
        "project.clj" | "build.boot" => certain("clojars", others::leiningen),
        "pubspec.yaml" => certain("pub", others::pubspec),
        "shard.yml" => certain("shards", others::pubspec),
        "Project.toml" => when("julia", |_| true, native::julia),
        "cpanfile" => certain("cpan", others::cpanfile),
        "stack.yaml" | "dune-project" => return None,
        _ => return None,
    })
}

fn by_shape(path: &str, name: &str) -> Option<Format> {
    let (stem, extension) = name.rsplit_once('.')?;
    let in_requirements = || path.rsplit('/').nth(1) == Some("requirements");
    Some(match extension {
        "txt" | "in" | "pip" => {
            let stem = stem.to_ascii_lowercase();
            let named = stem.strip_prefix("requirements").is_some_and(separated)
                || stem.strip_suffix("requirements").is_some_and(separated);
            if !named && !in_requirements() || stem.contains("constraint") {
                return None;
            }
            when(
                "pypi",
                python::looks_like_requirements,
                python::requirements,
            )
        }
        "yml" | "yaml" => {
            let stem = stem.to_ascii_lowercase();
            if !stem.contains("env") && !stem.contains("conda") {
                return None;
            }
            when("conda", python::looks_like_conda, python::conda)
        }
        "gemspec" => certain("rubygems", others::gemspec),
        "csproj" | "fsproj" | "vbproj" => certain("nuget", native::nuget),
        "cabal" => certain("hackage", others::cabal),
        "opam" => certain("opam", others::opam),
        _ => return None,
    })
}

/// True for what stands between `requirements` and another word of a file name.
fn separated(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(['-', '_', '.'])
        || rest.ends_with(['-', '_', '.'])
        || rest.chars().all(|c| c.is_ascii_digit())
}

/// True for the lock files of package managers. `symfony.lock` records recipes and is none.
pub(super) fn is_lock_file(name: &str) -> bool {
    matches!(
        name,
        "package-lock.json"
            | "npm-shrinkwrap.json"
            | "yarn.lock"
            | "pnpm-lock.yaml"
            | "bun.lock"
            | "bun.lockb"
            | "deno.lock"
            | "composer.lock"
            | "Gemfile.lock"
            | "gems.locked"
            | "Pipfile.lock"
            | "poetry.lock"
            | "uv.lock"
            | "pdm.lock"
            | "pylock.toml"
            | "pixi.lock"
            | "conda-lock.yml"
            | "mix.lock"
            | "rebar.lock"
            | "go.sum"
            | "go.work.sum"
            | "Gopkg.lock"
            | "glide.lock"
            | "Cargo.lock"
            | "gradle.lockfile"
            | "packages.lock.json"
            | "paket.lock"
            | "renv.lock"
            | "packrat.lock"
            | "pubspec.lock"
            | "shard.lock"
            | "Podfile.lock"
            | "Package.resolved"
            | "stack.yaml.lock"
            | "cabal.project.freeze"
            | "cpanfile.snapshot"
    )
}
