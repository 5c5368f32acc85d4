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
    reader: Reader,
}

/// Readers of formats with a grammar, and of formats of which only some lines are understood.
#[derive(Clone, Copy)]
enum Reader {
    /// Says `None` for a malformed text.
    Strict(fn(&str) -> Option<Content>),
    /// Takes what it finds.
    Loose(fn(&str) -> Content),
}

use Reader::{Loose, Strict};

impl Format {
    /// `None` for a malformed text.
    pub(super) fn read(&self, text: &str) -> Option<Content> {
        match self.reader {
            Strict(read) => read(text),
            Loose(read) => Some(read(text)),
        }
    }
}

const fn certain(ecosystem: &'static str, reader: Reader) -> Format {
    Format {
        ecosystem,
        is_certain: true,
        is_one: |_| true,
        reader,
    }
}

const fn when(ecosystem: &'static str, is_one: fn(&str) -> bool, reader: Reader) -> Format {
    Format {
        ecosystem,
        is_certain: false,
        is_one,
        reader,
    }
}

/// The format of the file at `path`, whose last part is `name`.
pub(super) fn recognise(path: &str, name: &str) -> Option<Format> {
    by_name(name).or_else(|| by_shape(path, name))
}

fn by_name(name: &str) -> Option<Format> {
    Some(match name {
        "package.json" => certain("npm", Strict(javascript::package_json)),
        "bower.json" => certain("bower", Strict(javascript::package_json)),
        "pnpm-workspace.yaml" => when("npm", |_| true, Strict(javascript::pnpm_workspace)),
        "deno.json" | "deno.jsonc" => when("deno", |_| true, Loose(javascript::deno)),
        "composer.json" => certain("composer", Strict(javascript::composer)),
        "elm.json" | "elm-package.json" => certain("elm", Strict(javascript::elm)),
        "setup.py" => certain("pypi", Loose(python::setup_py)),
        "setup.cfg" => when("pypi", |_| true, Loose(python::setup_cfg)),
        "pyproject.toml" => when("pypi", |_| true, Strict(python::pyproject)),
        "Pipfile" => certain("pypi", Strict(python::pipfile)),
        "pixi.toml" => certain("conda", Strict(python::pixi)),
        "Gemfile" | "gems.rb" => certain("rubygems", Loose(others::gemfile)),
        "mix.exs" => certain("hex", Loose(others::mix)),
        "rebar.config" => certain("hex", Loose(others::rebar)),
        "go.mod" => certain("go", Loose(native::go_mod)),
        "Cargo.toml" => certain("cargo", Strict(native::cargo)),
        "pom.xml" => certain("maven", Strict(native::pom)),
        "build.gradle" | "build.gradle.kts" => certain("gradle", Loose(native::gradle)),
        "libs.versions.toml" => certain("gradle", Strict(native::version_catalogue)),
        "build.sbt" => certain("sbt", Loose(native::sbt)),
        "packages.config" | "Directory.Packages.props" | "paket.dependencies" => {
            certain("nuget", Loose(native::nuget))
        }
        "Package.swift" => certain("swift", Loose(native::swift)),
        "Podfile" => certain("cocoapods", Loose(native::podfile)),
        "vcpkg.json" => certain("vcpkg", Strict(javascript::vcpkg)),
        "conanfile.txt" => certain("conan", Loose(others::lines)),
        "DESCRIPTION" => when("cran", others::is_description, Loose(others::description)),
        "rproject.toml" => certain("cran", Strict(others::rproject)),
        "deps.edn" | "bb.edn" | "shadow-cljs.edn" => certain("clojars", Loose(others::edn)),
        "project.clj" | "build.boot" => certain("clojars", Loose(others::leiningen)),
        "pubspec.yaml" => certain("pub", Strict(others::pubspec)),
        "shard.yml" => certain("shards", Strict(others::pubspec)),
        "Project.toml" => when("julia", |_| true, Strict(native::julia)),
        "cpanfile" => certain("cpan", Loose(others::cpanfile)),
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
                Loose(python::requirements),
            )
        }
        "yml" | "yaml" => {
            let stem = stem.to_ascii_lowercase();
            if !stem.contains("env") && !stem.contains("conda") {
                return None;
            }
            when("conda", python::looks_like_conda, Strict(python::conda))
        }
        "gemspec" => certain("rubygems", Loose(others::gemspec)),
        "csproj" | "fsproj" | "vbproj" => certain("nuget", Loose(native::nuget)),
        "cabal" => certain("hackage", Loose(others::cabal)),
        "opam" => certain("opam", Loose(others::opam)),
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
            | "rv.lock"
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
