// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::facts::testing::{facts_of, tree_of};
use crate::model::evidence::Observed;

fn facts(files: &[(&str, &str)]) -> FactSet {
    let tree = tree_of(files);
    facts_of(tree, extract)
}

fn kind(files: &[(&str, &str)]) -> Option<String> {
    facts(files).text("kind").map(str::to_owned)
}

#[test]
fn applications_with_a_server_or_in_the_browser_are_services() {
    for files in [
        &[
            ("requirements.txt", "Django==4\n"),
            ("manage.py", "x"),
            ("app/views.py", "x"),
        ][..],
        &[
            (
                "package.json",
                r#"{"private": true, "dependencies": {"react-dom": "18"}}"#,
            ),
            ("src/index.js", "x"),
        ],
        &[
            (
                "composer.json",
                r#"{"type": "project", "require": {"laravel/framework": "10"}}"#,
            ),
            ("artisan", "x"),
        ],
        &[
            ("mix.exs", "defp deps do\n [{:phoenix, \"~> 1.7\"}]\nend"),
            ("lib/a.ex", "x"),
        ],
        &[
            (
                "go.mod",
                "module x\nrequire github.com/gin-gonic/gin v1.9.0\n",
            ),
            ("main.go", "package main"),
        ],
        &[("app.R", "library(shiny)\n"), ("README.md", "x")],
        &[("app.py", "from flask import Flask\n")],
        &[("index.php", "x"), ("a.php", "x"), ("lib/b.php", "x")],
        &[
            (
                "pom.xml",
                "<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>",
            ),
            ("src/A.java", "x"),
        ],
        &[("main.tf", "x"), ("network.tf", "x"), ("dns.tf", "x")],
        &[
            ("docker-compose.yml", "services: {}"),
            ("README.md", "x"),
            ("config/a.yml", "x"),
        ],
    ] {
        assert_eq!(kind(files).as_deref(), Some("service"), "{files:?}");
    }
}

#[test]
fn packages_for_other_code_are_libraries() {
    for files in [
        &[
            (
                "package.json",
                r#"{"name": "a", "version": "1.0.0", "exports": "./i.js", "peerDependencies": {"react": "*"}, "devDependencies": {"react-dom": "18"}}"#,
            ),
            ("i.js", "x"),
        ][..],
        &[
            (
                "setup.py",
                "setup(name='a', version='1', install_requires=['requests'])",
            ),
            ("a/__init__.py", "x"),
        ],
        &[
            ("DESCRIPTION", "Package: a\nVersion: 1\nImports: dplyr\n"),
            ("R/a.R", "x"),
        ],
        &[
            (
                "a.gemspec",
                "s.name = 'a'\ns.version = '1'\ns.add_dependency 'rack'\n",
            ),
            ("lib/a.rb", "x"),
        ],
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"a\"\nversion = \"1.0.0\"\n[lib]\n",
            ),
            ("src/lib.rs", "x"),
        ],
        // with documentation made of pages beside it
        &[
            (
                "package.json",
                r#"{"name": "a", "version": "1.0.0", "types": "i.d.ts"}"#,
            ),
            ("i.ts", "x"),
            (
                "docs/package.json",
                r#"{"dependencies": {"vuepress": "1"}}"#,
            ),
        ],
        // with an example application to try it
        &[
            (
                "pyproject.toml",
                "[tool.poetry]\nname = \"a\"\nversion = \"1\"\nclassifiers = [\"Framework :: Django\"]\n[tool.poetry.dependencies]\nDjango = \"4\"\n[build-system]\n",
            ),
            ("manage.py", "x"),
            ("a/apps.py", "x"),
        ],
    ] {
        assert_eq!(kind(files).as_deref(), Some("library"), "{files:?}");
    }
}

#[test]
fn programs_started_by_hand_are_commands() {
    for files in [
        &[
            (
                "go.mod",
                "module x\nrequire github.com/spf13/cobra v1.8.0\n",
            ),
            ("main.go", "package main"),
            ("cmd/root.go", "x"),
        ][..],
        &[
            (
                "pyproject.toml",
                "[project]\nname = \"a\"\nversion = \"1\"\ndependencies = [\"click\"]\n[project.scripts]\na = \"a:main\"\n[build-system]\n",
            ),
            ("a/cli.py", "x"),
        ],
        &[
            (
                "package.json",
                r#"{"name": "a", "version": "1.0.0", "bin": "a.js"}"#,
            ),
            ("a.js", "x"),
        ],
        &[("install.sh", "x"), ("README.md", "x")],
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"a\"\nversion = \"1.0.0\"\n[dependencies]\nclap = \"4\"\n",
            ),
            ("src/main.rs", "x"),
        ],
    ] {
        assert_eq!(kind(files).as_deref(), Some("cli"), "{files:?}");
    }
}

#[test]
fn chains_and_analyses_are_data_pipelines() {
    for files in [
        &[("requirements.txt", "apache-airflow\n"), ("dags/a.py", "x")][..],
        &[
            ("requirements.txt", "pandas\n"),
            ("fetch.py", "x"),
            ("clean.py", "x"),
        ],
        &[("analysis.ipynb", "{}"), ("README.md", "x")],
        &[("dbt_project.yml", "name: x"), ("models/a.sql", "x")],
        &[("a.R", "x"), ("b.R", "x")],
        &[
            (
                "pyproject.toml",
                "[tool.poetry]\nname = \"a\"\nversion = \"0\"\n[build-system]\n",
            ),
            ("src/a.py", "x"),
            ("notebooks/a.ipynb", "x"),
        ],
    ] {
        assert_eq!(kind(files).as_deref(), Some("data-pipeline"), "{files:?}");
    }
}

#[test]
fn pages_are_websites_and_guides_are_documentation() {
    assert_eq!(
        kind(&[
            ("_config.yml", ""),
            ("_posts/a.md", ""),
            ("Gemfile", "gem 'jekyll'\n")
        ])
        .as_deref(),
        Some("website")
    );
    assert_eq!(
        kind(&[("hugo.toml", ""), ("content/a.md", "")]).as_deref(),
        Some("website")
    );
    assert_eq!(
        kind(&[("index.html", ""), ("css/a.css", "")]).as_deref(),
        Some("website")
    );
    let vuepress = r#"{"devDependencies": {"vuepress": "1", "vue": "2"}}"#;
    assert_eq!(
        kind(&[
            ("package.json", vuepress),
            ("a/README.md", ""),
            ("a/b.md", "")
        ])
        .as_deref(),
        Some("documentation")
    );
    assert_eq!(
        kind(&[("mkdocs.yml", ""), ("docs/a.md", ""), ("docs/b.md", "")]).as_deref(),
        Some("documentation")
    );
    // a book holds the code that it explains; a project holds its book
    assert_eq!(
        kind(&[
            ("_quarto.yml", ""),
            ("a.qmd", ""),
            ("b.qmd", ""),
            ("lesson/_targets.R", "")
        ])
        .as_deref(),
        Some("documentation")
    );
    assert_eq!(
        kind(&[
            ("mkdocs.yml", ""),
            ("a.py", ""),
            ("b.py", ""),
            ("docs/a.md", "")
        ])
        .as_deref(),
        Some("data-pipeline")
    );
    // scripts that check the texts do not make it something else
    let texts = [
        ("a.md", ""),
        ("b.md", ""),
        (".scripts/check.rb", "x"),
        ("Gemfile", "gem 'rspec'\n"),
        (
            "package.json",
            r#"{"devDependencies": {"markdownlint": "1"}}"#,
        ),
    ];
    assert_eq!(kind(&texts).as_deref(), Some("documentation"));
}

#[test]
fn trees_without_code_are_named_by_what_they_hold() {
    assert_eq!(
        kind(&[
            ("a.csv", ""),
            ("b.geojson", ""),
            ("c.csv", ""),
            ("README.md", "")
        ])
        .as_deref(),
        Some("data")
    );
    assert_eq!(
        kind(&[("a.sketch", ""), ("b.fig", ""), ("README.md", "")]).as_deref(),
        Some("design")
    );
    assert_eq!(
        kind(&[("notes.md", ""), ("a.sketch", "")]).as_deref(),
        Some("documentation")
    );
    assert_eq!(kind(&[("README.md", "")]).as_deref(), Some("documentation"));
}

#[test]
fn nothing_is_undecided() {
    let facts = facts(&[("LICENSE", "MIT"), (".gitignore", "")]);
    let Some(Observed::Unknown(reason)) = facts.get("kind") else {
        panic!("decided")
    };
    assert_eq!(reason.code, ReasonCode::Undecided);
}

#[test]
fn a_service_beside_as_much_data_work_is_mixed() {
    let mixed = [
        ("dashboard/requirements.txt", "dash\n"),
        ("dashboard/app.py", "import dash\n"),
        ("dashboard/b.py", ""),
        ("analysis/a.py", ""),
        ("analysis/b.py", ""),
        ("import/c.py", ""),
    ];
    assert_eq!(kind(&mixed).as_deref(), Some("mixed"));
    // pieces of one product: a front end, its server and the package that they share
    let product = [
        (
            "front/package.json",
            r#"{"private": true, "dependencies": {"vue": "3"}}"#,
        ),
        ("front/a.vue", ""),
        ("api/requirements.txt", "fastapi\n"),
        ("api/main.py", "from fastapi import FastAPI\n"),
        ("api/b.py", ""),
        (
            "shared/setup.py",
            "setup(name='s', version='1', install_requires=['x'])",
        ),
        ("shared/a.py", ""),
        ("shared/b.py", ""),
        ("shared/c.py", ""),
    ];
    assert_eq!(kind(&product).as_deref(), Some("service"));
}

#[test]
fn the_repository_may_say_what_it_is() {
    let facts = facts(&[
        (".perenne.toml", "# ici\nkind = \"library\"\n"),
        ("manage.py", "x"),
    ]);
    assert_eq!(facts.text("kind"), Some("library"));
    assert_eq!(facts.list("kind_signs"), ["declared:.perenne.toml"]);
    let evidence = facts.get("kind").unwrap().evidence();
    assert_eq!(evidence[0].line, Some(2));
    assert_eq!(
        kind(&[(".perenne.toml", "kind = \"toaster\""), ("manage.py", "x")]).as_deref(),
        Some("service")
    );
}

#[test]
fn signs_say_what_the_kind_was_read_from() {
    let facts = facts(&[("requirements.txt", "flask\n"), ("a.py", "")]);
    assert_eq!(facts.list("kind_signs"), ["server-framework:flask"]);
    assert_eq!(
        facts.get("kind").unwrap().evidence()[0].path.as_deref(),
        Some("requirements.txt")
    );
}

#[test]
fn languages_leave_out_what_nobody_wrote() {
    let bundle = format!("/*! jQuery */{}", "x".repeat(40_000));
    let facts = facts(&[
        ("a.py", "print('bonjour')\n"),
        ("lib.min.js", "var a;var b;var c;var d;var e;var f;"),
        ("public/app.js", &bundle),
        (
            "node_modules/x/index.js",
            "var a;var b;var c;var d;var e;var f;",
        ),
        (
            "data.json",
            "{\"a\": \"longer than the program that reads it\"}",
        ),
        ("b.vue", "<a/>"),
    ]);
    assert_eq!(facts.text("languages.main"), Some("Python"));
    let names: Vec<_> = facts
        .items("languages.all")
        .iter()
        .filter_map(|item| item.get("name"))
        .collect();
    assert_eq!(names, ["Python", "Vue"]);
    assert_eq!(facts.items("languages.all")[0].get("bytes"), Some("17"));
}

#[test]
fn technologies_come_from_manifests_and_compose_files() {
    let facts = facts(&[
        (
            "package.json",
            r#"{"dependencies": {"react": "18", "@nestjs/core": "10", "pg": "8"}}"#,
        ),
        (
            "docker-compose.yml",
            "services:\n  db:\n    image: postgis/postgis:15-3.3\n  cache:\n    image: \"redis:7\"\n",
        ),
    ]);
    assert_eq!(
        facts.list("technologies"),
        ["nestjs", "postgresql", "react", "redis"]
    );
}
