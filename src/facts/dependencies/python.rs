// SPDX-License-Identifier: EUPL-1.2
//! Manifests of Python: requirement files, setup scripts, pyproject, Pipfile, conda environments.

use std::sync::LazyLock;

use regex::Regex;
use toml::{Table, Value};

use super::manifest::{Content, Package, Scope};
use crate::model::document::parse_yaml;

static REQUIREMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?\s*([=<>!~;@(,#].*)?$")
        .expect("invariant: constant pattern")
});
static EGG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:#egg=|/)([A-Za-z0-9._-]+?)(?:\.git)?(?:@[^/#\s]*)?$")
        .expect("invariant: constant pattern")
});
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"["']([^"'\n]+)["']"#).expect("invariant: constant pattern"));
static REQUIRES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\b(install_requires|tests_require|setup_requires|extras_require|requires)\s*=\s*([\[({].*?[\])}])")
        .expect("invariant: constant pattern")
});
static SETUP_FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)(?:^|[(,\s])(name|version)\s*=\s*(?:["']([^"'\n]+)["']|[A-Za-z_])"#)
        .expect("invariant: constant pattern")
});

/// The name at the head of a requirement line; nothing for options, comments and prose.
fn requirement(line: &str) -> Option<String> {
    let line = line
        .split(" #")
        .next()
        .unwrap_or(line)
        .trim()
        .trim_end_matches('\\')
        .trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    if line.starts_with("-e") || line.starts_with("--editable") || line.contains("://") {
        let name = EGG.captures(line.split('&').next().unwrap_or(line));
        return name.map(|found| found[1].to_owned());
    }
    let line = line.split(" --").next().unwrap_or(line).trim();
    REQUIREMENT.captures(line).map(|found| found[1].to_owned())
}

/// True when most lines of a text are requirements, so that a page called `requirements` is not one.
pub(super) fn looks_like_requirements(text: &str) -> bool {
    let lines = || {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .take(400)
    };
    let fitting = lines()
        .filter(|line| line.starts_with('-') || requirement(line).is_some())
        .count();
    fitting * 5 >= lines().count() * 4
}

/// A requirement file.
pub(super) fn requirements(text: &str) -> Content {
    let mut content = Content::default();
    for line in text.lines() {
        if let Some(name) = requirement(line) {
            content.push(&name, Scope::Run);
        } else if let Some(other) = line.trim().strip_prefix("-r ") {
            // what it declares is in the other file, yet it declares it
            content.push(other, Scope::Development);
        }
    }
    content
}

/// setup.py, read without being run.
pub(super) fn setup_py(text: &str) -> Content {
    let mut content = Content::default();
    for found in REQUIRES.captures_iter(text) {
        let scope = match &found[1] {
            "install_requires" | "requires" => Scope::Run,
            _ => Scope::Development,
        };
        for quoted in QUOTED.captures_iter(&found[2]) {
            if let Some(name) = requirement(&quoted[1]) {
                content.push(&name, scope);
            }
        }
    }
    if content.dependencies.is_empty()
        && text.contains("requirements")
        && text.contains("install_requires")
    {
        content.push("-r requirements", Scope::Development);
    }
    let field = |wanted: &str| {
        SETUP_FIELD
            .captures_iter(text)
            .find(|found| &found[1] == wanted)
            .map(|found| {
                found
                    .get(2)
                    .map_or_else(|| "dynamic".to_owned(), |value| value.as_str().to_owned())
            })
    };
    if text.contains("setup(")
        && let Some(name) = field("name").filter(|name| name != "dynamic")
    {
        content.package = Some(Package {
            name,
            version: field("version").map(|version| {
                // a text without a figure is part of what computes it
                let is_computed = !version.contains(|c: char| c.is_ascii_digit());
                if is_computed {
                    "dynamic".to_owned()
                } else {
                    version
                }
            }),
            has_command: text.contains("console_scripts"),
            is_library: true,
            is_published: text.contains("classifiers"),
            is_private: false,
        })
        .filter(|package| package.version.is_some());
    }
    content
}

/// setup.cfg: the sections of setuptools, among those of linters.
pub(super) fn setup_cfg(text: &str) -> Content {
    let mut content = Content::default();
    let (mut section, mut key) = (String::new(), String::new());
    let (mut name, mut version, mut has_command) = (None, None, false);
    for line in text.lines() {
        if let Some(head) = line
            .trim()
            .strip_prefix('[')
            .and_then(|l| l.strip_suffix(']'))
        {
            head.clone_into(&mut section);
            key.clear();
            continue;
        }
        let is_continued = line.starts_with([' ', '\t']);
        let value = if is_continued {
            line.trim()
        } else if let Some((head, value)) = line.split_once(['=', ':']) {
            head.trim().clone_into(&mut key);
            value.trim()
        } else {
            continue;
        };
        match (section.as_str(), key.as_str()) {
            ("metadata", "name") => name = Some(value.to_owned()),
            ("metadata", "version") if value.contains(':') => version = Some("dynamic".to_owned()),
            ("metadata", "version") => version = Some(value.to_owned()),
            ("options", "install_requires") => push(value, Scope::Run, &mut content),
            ("options", "tests_require") | ("options.extras_require", _) => {
                push(value, Scope::Development, &mut content);
            }
            ("options.entry_points", "console_scripts") => has_command = true,
            _ => {}
        }
    }
    if let (Some(name), Some(version)) = (name, version) {
        content.package = Some(Package {
            name,
            version: Some(version),
            has_command,
            is_library: true,
            is_published: text.contains("classifiers"),
            is_private: false,
        });
    }
    content
}

fn push(line: &str, scope: Scope, content: &mut Content) {
    if let Some(name) = requirement(line) {
        content.push(&name, scope);
    }
}

/// pyproject.toml: PEP 621 and 735, Poetry, PDM, uv, Flit.
pub(super) fn pyproject(text: &str) -> Option<Content> {
    let root: Table = text.parse().ok()?;
    let mut content = Content::default();
    let at = |path: &[&str]| value_at(&root, path);
    strings(at(&["project", "dependencies"]), Scope::Run, &mut content);
    for path in [
        &["project", "optional-dependencies"][..],
        &["dependency-groups"],
        &["tool", "pdm", "dev-dependencies"],
    ] {
        for (_, list) in table(at(path)) {
            strings(Some(list), Scope::Development, &mut content);
        }
    }
    strings(
        at(&["tool", "uv", "dev-dependencies"]),
        Scope::Development,
        &mut content,
    );
    strings(
        at(&["tool", "flit", "metadata", "requires"]),
        Scope::Run,
        &mut content,
    );
    names(
        at(&["tool", "poetry", "dependencies"]),
        Scope::Run,
        &mut content,
    );
    names(
        at(&["tool", "poetry", "dev-dependencies"]),
        Scope::Development,
        &mut content,
    );
    for (_, group) in table(at(&["tool", "poetry", "group"])) {
        names(group.get("dependencies"), Scope::Development, &mut content);
    }
    content.package = [&["project"][..], &["tool", "poetry"]]
        .into_iter()
        .find_map(|path| {
            let project = at(path)?;
            let name = project.get("name")?.as_str()?.to_owned();
            let is_dynamic = table_strings(project.get("dynamic")).any(|field| field == "version");
            let version = match project.get("version").and_then(Value::as_str) {
                Some(version) => version.to_owned(),
                None if is_dynamic => "dynamic".to_owned(),
                None => return None,
            };
            Some(Package {
                name,
                version: Some(version),
                has_command: project.get("scripts").is_some(),
                is_published: table_strings(project.get("classifiers")).next().is_some(),
                is_library: root.contains_key("build-system")
                    && project.get("package-mode").and_then(Value::as_bool) != Some(false),
                is_private: table_strings(project.get("classifiers"))
                    .any(|c| c.starts_with("Private ::")),
            })
        });
    Some(content)
}

/// Pipfile.
pub(super) fn pipfile(text: &str) -> Option<Content> {
    let root: Table = text.parse().ok()?;
    let mut content = Content::default();
    names(root.get("packages"), Scope::Run, &mut content);
    names(root.get("dev-packages"), Scope::Development, &mut content);
    Some(content)
}

/// pixi.toml.
pub(super) fn pixi(text: &str) -> Option<Content> {
    let root: Table = text.parse().ok()?;
    let mut content = Content::default();
    names(root.get("dependencies"), Scope::Run, &mut content);
    names(root.get("pypi-dependencies"), Scope::Run, &mut content);
    Some(content)
}

fn value_at<'t>(root: &'t Table, path: &[&str]) -> Option<&'t Value> {
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(root.get(*first)?, |value, key| value.get(*key))
}

fn table(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_table).into_iter().flatten()
}

fn table_strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str)
}

fn strings(value: Option<&Value>, scope: Scope, content: &mut Content) {
    for line in table_strings(value) {
        push(line, scope, content);
    }
}

fn names(value: Option<&Value>, scope: Scope, content: &mut Content) {
    for (name, _) in table(value).filter(|(name, _)| *name != "python") {
        content.push(name, scope);
    }
}

/// True for an environment file of conda.
pub(super) fn looks_like_conda(text: &str) -> bool {
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    has("dependencies:") && (has("channels:") || has("name:") || text.contains("- python"))
}

/// An environment file of conda, with its part for pip.
pub(super) fn conda(text: &str) -> Option<Content> {
    let root = parse_yaml(text).ok()?;
    let mut content = Content::default();
    for item in root.get("dependencies")?.items() {
        if let Some(spec) = item.text() {
            let name = spec.rsplit("::").next().unwrap_or(spec);
            content.push(
                name.split(['=', '<', '>', ' ', '[']).next().unwrap_or(name),
                Scope::Run,
            );
        }
        for line in item.get("pip").map_or(&[][..], |list| list.items()) {
            push(line.text().unwrap_or_default(), Scope::Run, &mut content);
        }
    }
    Some(content)
}
