// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::facts::set::FactValue;
use crate::facts::testing::{facts_of, tree_of};
use crate::model::evidence::Observed;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    facts_of(tree, extract)
}

fn manifests(files: &[(&str, &str)]) -> Vec<String> {
    let tree = tree_of(files);
    facts(tree).list("dependencies.manifests").to_vec()
}

#[test]
fn a_manifest_declares_something_or_is_malformed() {
    let found = manifests(&[
        ("a/package.json", r#"{"name": "a", "version": "1.0.0"}"#),
        ("b/package.json", r#"{"devDependencies": {"jest": "29"}}"#),
        ("c/package.json", "{"),
        ("d/pyproject.toml", "[tool.black]\nline-length = 100\n"),
        (
            "e/pyproject.toml",
            "[project]\nname = \"e\"\ndependencies = [\"flask>=2\"]\n",
        ),
        ("f/setup.cfg", "[flake8]\nmax-line-length = 100\n"),
        ("g/requirements.txt", "# nothing yet\n"),
        ("h/Cargo.toml", "[workspace]\nmembers = [\"x\"]\n"),
        ("i/go.mod", "module example.org/i\n\ngo 1.22\n"),
    ]);
    assert_eq!(
        found,
        ["b/package.json", "c/package.json", "e/pyproject.toml"]
    );
}

#[test]
fn workspace_files_count_only_with_a_catalogue() {
    let found = manifests(&[
        ("lerna.json", r#"{"packages": ["packages/*"]}"#),
        ("pnpm-workspace.yaml", "packages:\n  - packages/*\n"),
    ]);
    assert!(found.is_empty());
    let found = manifests(&[("pnpm-workspace.yaml", "catalog:\n  react: ^18\n")]);
    assert_eq!(found, ["pnpm-workspace.yaml"]);
}

#[test]
fn requirement_files_have_many_names_and_prose_is_none() {
    let found = manifests(&[
        ("dev-requirements.txt", "pytest==7.0\n"),
        (
            "requirements/base.txt",
            "-r common.txt\nDjango[argon2]~=4.2  # web\n",
        ),
        (
            "docs/requirements.txt",
            "Les exigences du projet sont les suivantes :\nune page\n",
        ),
        (
            "requirements-test.in",
            "-e git+https://example.org/x.git#egg=x\n",
        ),
        (
            "environment_dev.yml",
            "name: x\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.8\n  - pip:\n    - dash\n",
        ),
        ("config/environments.yml", "production:\n  url: x\n"),
    ]);
    assert_eq!(
        found,
        [
            "dev-requirements.txt",
            "environment_dev.yml",
            "requirements-test.in",
            "requirements/base.txt"
        ]
    );
}

#[test]
fn many_ecosystems_are_read() {
    let files = [
        (
            "DESCRIPTION",
            "Package: p\nVersion: 0.1\nImports:\n    dplyr (>= 1.0),\n    shiny\n",
        ),
        (
            "Gemfile",
            "source 'https://rubygems.org'\ngem 'rails', '~> 7'\n",
        ),
        (
            "deps.edn",
            "{:deps {org.clojure/clojure {:mvn/version \"1.11\"}}}",
        ),
        (
            "mix.exs",
            "def project do\n [app: :x, version: \"0.1\"]\nend\ndefp deps do\n [{:phoenix, \"~> 1.7\"}]\nend\n",
        ),
        (
            "pom.xml",
            "<project><artifactId>x</artifactId><version>1</version><dependencies><dependency><artifactId>spring-core</artifactId></dependency></dependencies></project>",
        ),
        (
            "x.csproj",
            "<Project><PackageReference Include=\"Serilog\" Version=\"2\" /></Project>",
        ),
    ];
    assert_eq!(manifests(&files).len(), files.len());
    // the name alone does not make an R package
    assert!(manifests(&[("DESCRIPTION", "Un texte\n")]).is_empty());
}

#[test]
fn fixtures_and_copies_are_not_the_project() {
    let json = r#"{"dependencies": {"a": "1"}}"#;
    assert!(
        manifests(&[
            ("test/fixtures/app/package.json", json),
            ("node_modules/a/package.json", json),
        ])
        .is_empty()
    );
}

#[test]
fn a_recipe_lock_is_no_lock_file() {
    let tree = MemoryTree::new()
        .file("symfony.lock", "{}")
        .file("composer.lock", "{}")
        .file("web/yarn.lock", "");
    assert_eq!(
        facts(tree).list("dependencies.lockfiles"),
        ["composer.lock", "web/yarn.lock"]
    );
}

#[test]
fn robots_are_known_by_their_configuration() {
    let bot = |path: &str, text: &str| {
        facts(MemoryTree::new().file(path, text.to_owned()))
            .text("dependencies.update_bot")
            .map(str::to_owned)
    };
    assert_eq!(
        bot(".github/dependabot.yml", "version: 2").as_deref(),
        Some("dependabot")
    );
    assert_eq!(
        bot(".github/renovate.json5", "{}").as_deref(),
        Some("renovate")
    );
    assert_eq!(
        bot("package.json", r#"{"renovate": {}}"#).as_deref(),
        Some("renovate")
    );
    assert_eq!(bot("web/renovate.json", "{}").as_deref(), Some("none"));
}

#[test]
fn a_cut_listing_never_says_that_nothing_is_there() {
    let facts = facts(MemoryTree::new().file("a.txt", "").truncated());
    for key in [
        "dependencies.manifests",
        "dependencies.lockfiles",
        "dependencies.update_bot",
    ] {
        assert!(
            matches!(facts.get(key), Some(Observed::Unknown(_))),
            "{key}"
        );
    }
}

#[test]
fn packages_are_named_and_versioned() {
    let tree = MemoryTree::new()
        .file(
            "package.json",
            r#"{"name": "a", "version": "1.0.0", "private": true}"#,
        )
        .file(
            "lib/setup.py",
            "setup(\n  name='b',\n  version=read_version(),\n)\n",
        )
        .file("web/package.json", r#"{"name": "no-version"}"#)
        .file("go/go.mod", "module example.org/c\n");
    let facts = facts(tree);
    let items: Vec<_> = facts
        .items("dependencies.packages")
        .iter()
        .map(|item| (item.get("name"), item.get("version"), item.get("private")))
        .collect();
    assert_eq!(
        items,
        [
            (Some("example.org/c"), None, Some("false")),
            (Some("b"), Some("dynamic"), Some("false")),
            (Some("a"), Some("1.0.0"), Some("true")),
        ]
    );
}

#[test]
fn hostile_texts_do_not_stop_the_reader() {
    let names = [
        "package.json",
        "composer.json",
        "pyproject.toml",
        "setup.py",
        "setup.cfg",
        "mix.exs",
        "Cargo.toml",
        "pom.xml",
        "go.mod",
        "Gemfile",
        "deps.edn",
        "elm.json",
        "environment.yml",
        "requirements.txt",
        "DESCRIPTION",
        "pubspec.yaml",
        "pnpm-workspace.yaml",
        "x.gemspec",
        "Pipfile",
        "Project.toml",
        "libs.versions.toml",
    ];
    for text in [
        "",
        "[",
        "{}",
        "null",
        "\"é",
        "a = [[[[",
        "deps: é\n\n: :",
        "require (",
        "setup(name=",
    ] {
        for name in names {
            let facts = facts(MemoryTree::new().file(name, text.to_owned()));
            assert!(!matches!(
                facts.value("dependencies.manifests"),
                Some(FactValue::Absent)
            ));
        }
    }
}
