// SPDX-License-Identifier: EUPL-1.2
//! Files and the versions that they declare.

use super::*;
use crate::snapshot::MemoryTree;

fn of(path: &str, text: &str) -> Vec<String> {
    let snapshot = MemoryTree::new().file(path, text).snapshot();
    find(&snapshot)
        .iter()
        .map(|one| {
            let range = if one.is_range { " range" } else { "" };
            format!("{} {}:{}{range}", one.product, one.version, one.line)
        })
        .collect()
}

#[test]
fn files_declare_versions_in_their_ways() {
    for (path, text, expected) in [
        (".nvmrc", "v12.18.3\n", &["nodejs 12.18.3:1"][..]),
        (".nvmrc", "lts/fermium\n", &["nodejs fermium:1"]),
        (".nvmrc", "lts/*\n", &["nodejs *:1 range"]),
        (".python-version", "3.6.9\n", &["python 3.6.9:1"]),
        (".python-version", "my-env\n", &[]),
        ("a/runtime.txt", "python-3.8.1\n", &["python 3.8.1:1"]),
        (".ruby-version", "ruby-2.7.1\n", &["ruby 2.7.1:1"]),
        (
            ".tool-versions",
            "# x\nelixir 1.10.4-otp-22\nerlang 22.3\nyarn 1\n",
            &["elixir 1.10.4-otp-22:2", "erlang 22.3:3"],
        ),
        ("mise.toml", "[tools]\nnode = \"20\"\n", &["nodejs 20:2"]),
        (
            "package.json",
            "{\n \"engines\": {\n  \"npm\": \"6\",\n  \"node\": \">=12\"\n }\n}",
            &["nodejs >=12:4 range"],
        ),
        (
            "package.json",
            "{\"engines\": {\"node\": \"12.x\"}}",
            &["nodejs 12.x:1 range"],
        ),
        ("package.json", "{broken \"engines\"", &[]),
        (
            "composer.json",
            "{\"require\": {\"php\": \"^7.2\"}}",
            &["php ^7.2:1 range"],
        ),
        (
            "pyproject.toml",
            "[tool.poetry.dependencies]\npython = \"^3.8\"\n",
            &["python ^3.8:2 range"],
        ),
        (
            "pyproject.toml",
            "[project]\nrequires-python = '>=3.6,<4'\n",
            &["python >=3.6,<4:2 range"],
        ),
        (
            "setup.py",
            "setup(\n    python_requires='>=3.6',\n)",
            &["python >=3.6:2 range"],
        ),
        (
            "Pipfile",
            "[requires]\npython_version = \"3.7\"\n",
            &["python 3.7:2"],
        ),
        (
            "environment.yml",
            "dependencies:\n  - python=3.7\n",
            &["python =3.7:2 range"],
        ),
        ("Gemfile", "source 'x'\nruby '2.7.1'\n", &["ruby 2.7.1:2"]),
        (
            "mix.exs",
            "  elixir: \"~> 1.8\",\n",
            &["elixir ~> 1.8:1 range"],
        ),
        ("go.mod", "module x\n\ngo 1.16\n", &["go >=1.16:3 range"]),
        (
            "global.json",
            "{\"sdk\": {\"version\": \"6.0.100\"}}",
            &["dotnet 6.0.100:1"],
        ),
        (
            "a.csproj",
            "<TargetFramework>netcoreapp3.1</TargetFramework>",
            &["dotnet 3.1:1"],
        ),
        (
            "system.properties",
            "java.runtime.version=1.8\n",
            &["java 8:1"],
        ),
        ("examples/.nvmrc", "8\n", &[]),
        (".nvmrc", "", &[]),
    ] {
        assert_eq!(of(path, text), expected, "{path}: {text}");
    }
}
