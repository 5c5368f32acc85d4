// SPDX-License-Identifier: EUPL-1.2
//! Linters and formatters that a repository configures, whether or not something runs them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use crate::model::document::parse_yaml;
use crate::model::evidence::Evidence;
use crate::snapshot::{Entry, Snapshot};

/// Evidences that are kept.
const MOST: usize = 5;

/// What a repository says of its style.
#[derive(Debug, Default)]
pub(super) struct Style {
    /// Configurations of linters, formatters and hooks.
    pub(super) configured: Vec<Evidence>,
    /// Services that check style on the forge, with the file that configures them.
    pub(super) services: Vec<(String, Evidence)>,
}

/// Keys of package.json that configure a tool or a hook.
const PACKAGE_KEYS: [&str; 9] = [
    "eslintConfig",
    "prettier",
    "stylelint",
    "standard",
    "xo",
    "lint-staged",
    "husky",
    "simple-git-hooks",
    "pre-commit",
];

/// Programs in scripts of package.json that check or write style.
const PROGRAMS: [&str; 10] = [
    "eslint",
    "prettier",
    "standard",
    "xo",
    "tslint",
    "stylelint",
    "biome",
    "oxlint",
    "jshint",
    "semistandard",
];

/// Packages of Composer that check or write style.
const COMPOSER: [&str; 8] = [
    "squizlabs/php_codesniffer",
    "friendsofphp/php-cs-fixer",
    "laravel/pint",
    "phpstan/phpstan",
    "nunomaduro/larastan",
    "larastan/larastan",
    "vimeo/psalm",
    "symplify/easy-coding-standard",
];

/// Sections of Python's shared configuration files.
const SECTIONS: [&str; 16] = [
    "[tool.black",
    "[tool.ruff",
    "[tool.isort",
    "[tool.flake8",
    "[tool.pylint",
    "[tool.mypy",
    "[tool.yapf",
    "[tool.autopep8",
    "[tool.djlint",
    "[flake8]",
    "[pylint",
    "[isort]",
    "[pycodestyle]",
    "[pep8]",
    "[mypy]",
    "[yapf]",
];

/// Looks for configurations in the names of files and in shared manifests.
pub(super) fn read(snapshot: &Snapshot) -> Style {
    let mut style = Style::default();
    for entry in snapshot.files() {
        let name = entry.name();
        if let Some(service) = service(entry) {
            match service {
                "pre-commit" => hooks(&mut style, snapshot, entry),
                service => style
                    .services
                    .push((service.to_owned(), Evidence::path(&*entry.path))),
            }
            continue;
        }
        if style.configured.len() >= MOST {
            continue;
        }
        if is_configuration(name) || is_hook(entry) {
            style.configured.push(Evidence::path(&*entry.path));
        } else {
            style.configured.extend(shared(snapshot, entry));
        }
    }
    style
}

/// True for files whose content decides, where names say too little.
pub(super) fn may_tell(entry: &Entry) -> bool {
    matches!(
        entry.name(),
        "package.json"
            | "composer.json"
            | "pyproject.toml"
            | "setup.cfg"
            | "tox.ini"
            | ".pre-commit-config.yaml"
            | ".pre-commit-config.yml"
    )
}

/// Services and hooks that a file at the root configures.
fn service(entry: &Entry) -> Option<&'static str> {
    if !entry.is_at_root() {
        return None;
    }
    match entry.name() {
        ".pre-commit-config.yaml" | ".pre-commit-config.yml" => Some("pre-commit"),
        ".styleci.yml" => Some("styleci"),
        ".hound.yml" => Some("hound"),
        ".codeclimate.yml" => Some("code-climate"),
        ".scrutinizer.yml" => Some("scrutinizer"),
        ".deepsource.toml" => Some("deepsource"),
        _ => None,
    }
}

/// Hooks of pre-commit are local; a block `ci:` is for the service of the same name.
fn hooks(style: &mut Style, snapshot: &Snapshot, entry: &Entry) {
    style.configured.push(Evidence::path(&*entry.path));
    let root = snapshot
        .text(entry)
        .ok()
        .and_then(|text| parse_yaml(&text.text).ok());
    if let Some(pair) = root.as_ref().and_then(|root| root.pair("ci")) {
        let evidence = Evidence::line(&*entry.path, pair.line).with_excerpt("ci:");
        style.services.push(("pre-commit.ci".to_owned(), evidence));
    }
}

/// Names of configuration files.
const NAMES: [&str; 70] = [
    ".flake8",
    ".pylintrc",
    "pylintrc",
    "ruff.toml",
    ".ruff.toml",
    "mypy.ini",
    ".style.yapf",
    ".isort.cfg",
    ".rubocop.yml",
    ".rubocop.yaml",
    ".standard.yml",
    ".erb-lint.yml",
    ".php-cs-fixer.php",
    ".php-cs-fixer.dist.php",
    ".php_cs",
    ".php_cs.dist",
    "phpcs.xml",
    "phpcs.xml.dist",
    ".phpcs.xml",
    ".phpcs.xml.dist",
    "phpstan.neon",
    "phpstan.neon.dist",
    "phpstan.dist.neon",
    "psalm.xml",
    "psalm.xml.dist",
    "pint.json",
    "ecs.php",
    "grumphp.yml",
    ".credo.exs",
    ".formatter.exs",
    "rustfmt.toml",
    ".rustfmt.toml",
    "clippy.toml",
    ".clippy.toml",
    "checkstyle.xml",
    "pmd.xml",
    ".clang-format",
    ".clang-tidy",
    ".scalafmt.conf",
    "scalastyle-config.xml",
    "detekt.yml",
    ".lintr",
    "air.toml",
    ".JuliaFormatter.toml",
    "tslint.json",
    ".jshintrc",
    ".jscsrc",
    ".htmlhintrc",
    ".csslintrc",
    ".sass-lint.yml",
    ".scss-lint.yml",
    "biome.json",
    "biome.jsonc",
    "rome.json",
    "dprint.json",
    ".oxlintrc.json",
    ".hlint.yaml",
    ".swiftlint.yml",
    ".hadolint.yaml",
    ".hadolint.yml",
    ".yamllint",
    ".yamllint.yml",
    ".yamllint.yaml",
    ".ansible-lint",
    ".sqlfluff",
    ".cljfmt.edn",
    ".overcommit.yml",
    "lefthook.yml",
    ".lefthook.yml",
    "lefthook.yaml",
];

/// Starts of the names of configuration files that have several endings.
const STARTS: [&str; 12] = [
    ".eslintrc",
    "eslint.config.",
    ".prettierrc",
    "prettier.config.",
    ".stylelintrc",
    "stylelint.config.",
    ".golangci.",
    ".markdownlint",
    ".remarkrc",
    ".lintstagedrc",
    "lint-staged.config.",
    ".huskyrc",
];

/// The names in order, to be found in few steps: every file of the tree is asked.
static KNOWN: LazyLock<BTreeSet<&str>> = LazyLock::new(|| NAMES.into_iter().collect());

fn is_configuration(name: &str) -> bool {
    let may_start = name.starts_with('.') || name.contains(".config.");
    KNOWN.contains(name) || (may_start && STARTS.iter().any(|start| name.starts_with(start)))
}

/// Hooks of husky that stand in files of their own.
fn is_hook(entry: &Entry) -> bool {
    matches!(entry.name(), "pre-commit" | "pre-push")
        && entry
            .folder()
            .rsplit('/')
            .next()
            .is_some_and(|folder| matches!(folder, ".husky" | ".githooks"))
}

/// A manifest or a shared configuration that names a tool.
fn shared(snapshot: &Snapshot, entry: &Entry) -> Option<Evidence> {
    match entry.name() {
        "package.json" => {
            let json: Value = serde_json::from_str(&snapshot.text(entry).ok()?.text).ok()?;
            let key = PACKAGE_KEYS
                .iter()
                .find(|key| json.get(**key).is_some_and(|value| !value.is_null()));
            if let Some(key) = key {
                return Some(Evidence::path(&*entry.path).with_field(*key));
            }
            let (name, _) = json["scripts"].as_object()?.iter().find(|(_, script)| {
                let words = script.as_str().unwrap_or_default().split_whitespace();
                words.into_iter().any(|word| PROGRAMS.contains(&word))
            })?;
            Some(Evidence::path(&*entry.path).with_field(format!("scripts.{name}")))
        }
        "composer.json" => {
            let json: Value = serde_json::from_str(&snapshot.text(entry).ok()?.text).ok()?;
            let found = ["require-dev", "require"].iter().find_map(|list| {
                let packages = json[*list].as_object()?;
                packages
                    .keys()
                    .find(|name| COMPOSER.contains(&name.as_str()))
            })?;
            Some(Evidence::path(&*entry.path).with_field(found))
        }
        "pyproject.toml" | "setup.cfg" | "tox.ini" => {
            let text = snapshot.text(entry).ok()?;
            let (number, line) = text.text.lines().enumerate().find(|(_, line)| {
                SECTIONS
                    .iter()
                    .any(|section| line.trim_start().starts_with(section))
            })?;
            let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
            Some(Evidence::line(&*entry.path, number).with_excerpt(line))
        }
        _ => None,
    }
}

#[cfg(test)]
mod checks {
    use super::*;
    use crate::facts::testing::tree_of;

    fn configured(path: &str, text: &str) -> bool {
        let tree = tree_of(&[(path, text)]);
        !read(&tree.snapshot()).configured.is_empty()
    }

    #[test]
    fn configurations_stand_in_files_of_their_own_or_in_manifests() {
        for (path, text) in [
            (".eslintrc.cjs", ""),
            ("web/eslint.config.mjs", ""),
            ("package.json", r#"{"lint-staged": {"*.js": "eslint"}}"#),
            (
                "package.json",
                r#"{"scripts": {"style": "prettier --write ."}}"#,
            ),
            ("pyproject.toml", "[tool.black]\nline-length = 88\n"),
            ("setup.cfg", "[metadata]\n[flake8]\n"),
            (
                "composer.json",
                r#"{"require-dev": {"laravel/pint": "^1"}}"#,
            ),
            (".husky/pre-commit", "npm test"),
            (".pre-commit-config.yaml", "repos: []\n"),
        ] {
            assert!(configured(path, text), "{path}");
        }
        for (path, text) in [
            (".editorconfig", "root = true"),
            ("package.json", r#"{"scripts": {"build": "vite"}}"#),
            ("package.json", "{"),
            ("pyproject.toml", "[tool.poetry]\n"),
            ("vendor/x/.eslintrc", ""),
            ("hooks/pre-commit", ""),
        ] {
            assert!(!configured(path, text), "{path}");
        }
    }

    #[test]
    fn a_block_for_the_service_is_told_from_local_hooks() {
        let with = tree_of(&[(
            ".pre-commit-config.yaml",
            "ci:\n  autofix_prs: true\nrepos: []\n",
        )]);
        assert_eq!(read(&with.snapshot()).services[0].0, "pre-commit.ci");
        let without = tree_of(&[(".pre-commit-config.yaml", "repos: []\n")]);
        assert!(read(&without.snapshot()).services.is_empty());
    }
}
