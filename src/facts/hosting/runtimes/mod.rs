// SPDX-License-Identifier: EUPL-1.2
//! Versions of language runtimes that files declare: version files, manifests, platform files.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::words::in_folder;
use crate::facts::dependencies::manifest::is_fixture;
use crate::facts::pattern::folded;
use crate::facts::set::Item;
use crate::model::text::line_of;
use crate::snapshot::{Entry, Snapshot};

/// A declared version with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Runtime {
    pub(super) product: &'static str,
    pub(super) version: String,
    pub(super) path: String,
    pub(super) line: u32,
    /// True for bounds, of which several versions may keep.
    pub(super) is_range: bool,
}

impl Runtime {
    pub(super) fn item(&self) -> Item {
        Item::new("product", self.product)
            .with("version", &self.version)
            .with("path", &self.path)
            .with("line", self.line)
            .with("is_range", self.is_range)
    }
}

/// Declarations that are kept.
const MOST: usize = 60;

/// Longest version that is one.
const LONGEST: usize = 60;

/// Names of asdf and mise.
const TOOLS: &[(&str, &str)] = &[
    ("nodejs", "nodejs"),
    ("node", "nodejs"),
    ("python", "python"),
    ("ruby", "ruby"),
    ("php", "php"),
    ("elixir", "elixir"),
    ("erlang", "erlang"),
    ("golang", "go"),
    ("go", "go"),
    ("java", "java"),
    ("dotnet", "dotnet"),
    ("dotnet-core", "dotnet"),
];

/// Every declaration of the project's own files, in path order.
pub(super) fn find(snapshot: &Snapshot) -> Vec<Runtime> {
    let mut found = Vec::new();
    for entry in snapshot.files() {
        if found.len() >= MOST {
            break;
        }
        let Some(reader) = reader(entry) else {
            continue;
        };
        let is_elsewhere = is_fixture(entry.folder())
            || in_folder(
                entry.folder(),
                &[
                    "test",
                    "tests",
                    "spec",
                    "example",
                    "examples",
                    "templates",
                    "template",
                ],
            );
        if is_elsewhere {
            continue;
        }
        if let Ok(text) = snapshot.text(entry) {
            reader(&text.text, &mut |product, version, offset| {
                if let Some(runtime) = declared(product, version, entry, (&text.text, offset)) {
                    found.push(runtime);
                }
            });
        }
    }
    found.truncate(MOST);
    found
}

/// Takes a product, a version and where it stands in the text.
type Report<'r> = dyn FnMut(&'static str, &str, usize) + 'r;

/// Reads the declarations of one kind of file.
type Reader = fn(&str, &mut Report<'_>);

fn reader(entry: &Entry) -> Option<Reader> {
    Some(match entry.name() {
        ".nvmrc" | ".node-version" => |text, report| first_line("nodejs", text, report),
        ".python-version" => |text, report| first_line("python", text, report),
        ".ruby-version" => |text, report| first_line("ruby", text, report),
        ".php-version" => |text, report| first_line("php", text, report),
        ".java-version" => |text, report| first_line("java", text, report),
        ".go-version" => |text, report| first_line("go", text, report),
        "runtime.txt" => |text, report| {
            if let Some(version) = text.trim().strip_prefix("python-") {
                report("python", version, 0);
            }
        },
        ".tool-versions" => tool_versions,
        "mise.toml" | ".mise.toml" => mise,
        "package.json" => package_json,
        "composer.json" => composer_json,
        "global.json" => |text, report| json_at(text, ("dotnet", &["sdk", "version"]), report),
        "pyproject.toml" | "setup.py" | "setup.cfg" => {
            |text, report| matched("python", &PYTHON, text, report)
        }
        "Pipfile" => |text, report| matched("python", &PIPFILE, text, report),
        "environment.yml" | "environment.yaml" => {
            |text, report| matched("python", &CONDA, text, report)
        }
        "Gemfile" => |text, report| matched("ruby", &GEMFILE, text, report),
        "mix.exs" => |text, report| matched("elixir", &MIX, text, report),
        "elixir_buildpack.config" => buildpack,
        "system.properties" => |text, report| matched("java", &SYSTEM_PROPERTIES, text, report),
        "go.mod" => go_mod,
        name if name.ends_with(".csproj") => {
            |text, report| matched("dotnet", &FRAMEWORK, text, report)
        }
        _ => return None,
    })
}

static PYTHON: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r#"(?m)^\s*['"]?(?:requires-python|python_requires|python)['"]?\s*=\s*['"]?([^'"\n#{}]+)"#,
    )
});
// elsewhere a tool's setting has this name
static PIPFILE: LazyLock<Regex> =
    LazyLock::new(|| folded(r#"(?m)^\s*python_(?:full_)?version\s*=\s*['"]([^'"\n]+)"#));
static CONDA: LazyLock<Regex> =
    LazyLock::new(|| folded(r"(?m)^\s*-\s*python\s*([=<>!~]+\s*[0-9][0-9.*,<>=]*)"));
static GEMFILE: LazyLock<Regex> = LazyLock::new(|| folded(r#"(?m)^\s*ruby[\s(]+['"]([^'"]+)['"]"#));
static MIX: LazyLock<Regex> = LazyLock::new(|| folded(r#"\belixir:\s*"([^"]+)""#));
static SYSTEM_PROPERTIES: LazyLock<Regex> =
    LazyLock::new(|| folded(r"(?m)^\s*java\.runtime\.version\s*=\s*(\S+)"));
static FRAMEWORK: LazyLock<Regex> =
    LazyLock::new(|| folded(r"<TargetFrameworks?>\s*(?:net|netcoreapp)([0-9]+\.[0-9])\s*[<;]"));
static BUILDPACK: LazyLock<Regex> =
    LazyLock::new(|| folded(r"(?m)^\s*(elixir|erlang)_version\s*=\s*\(?v?([0-9][0-9.]*)"));
static GO: LazyLock<Regex> =
    LazyLock::new(|| folded(r"(?m)^(go|toolchain)\s+(?:go)?([0-9][0-9.]*)"));

fn first_line(product: &'static str, text: &str, report: &mut Report<'_>) {
    if let Some(line) = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
    {
        report(product, line, text.find(line).unwrap_or(0));
    }
}

fn matched(product: &'static str, pattern: &Regex, text: &str, report: &mut Report<'_>) {
    for found in pattern.captures_iter(text) {
        if let Some(version) = found.get(1) {
            report(product, version.as_str(), version.start());
        }
    }
}

fn tool_versions(text: &str, report: &mut Report<'_>) {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mut words = line.split_whitespace();
        if let (Some(tool), Some(version)) = (words.next(), words.next())
            && let Some((_, product)) = TOOLS.iter().find(|(name, _)| *name == tool)
        {
            report(product, version, offset);
        }
        offset += line.len();
    }
}

fn mise(text: &str, report: &mut Report<'_>) {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if let Some((tool, version)) = line.split_once('=')
            && let Some((_, product)) = TOOLS.iter().find(|(name, _)| *name == tool.trim())
        {
            let version = version.trim().trim_matches(['"', '\'', '[', ']', ' ']);
            report(product, version, offset);
        }
        offset += line.len();
    }
}

fn package_json(text: &str, report: &mut Report<'_>) {
    if text.contains("\"engines\"") {
        json_at(text, ("nodejs", &["engines", "node"]), report);
    }
    if text.contains("\"volta\"") {
        json_at(text, ("nodejs", &["volta", "node"]), report);
    }
}

fn composer_json(text: &str, report: &mut Report<'_>) {
    json_at(text, ("php", &["require", "php"]), report);
    json_at(text, ("php", &["config", "platform", "php"]), report);
}

/// A text at a path of keys; its place is that of the last key.
fn json_at(text: &str, (product, path): (&'static str, &[&str]), report: &mut Report<'_>) {
    let Ok(root) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let found = path
        .iter()
        .try_fold(&root, |value, key| value.get(key))
        .and_then(Value::as_str);
    let Some(version) = found else {
        return;
    };
    let mut offset = 0;
    for key in path {
        let rest = &text[offset..];
        offset += rest.find(&format!("\"{key}\"")).unwrap_or(0);
    }
    report(product, version, offset);
}

fn buildpack(text: &str, report: &mut Report<'_>) {
    for found in BUILDPACK.captures_iter(text) {
        let product = if &found[1] == "elixir" {
            "elixir"
        } else {
            "erlang"
        };
        let offset = found.get(2).map_or(0, |version| version.start());
        report(product, &found[2], offset);
    }
}

/// The `go` line is the least version; the tool chain is the one in use.
fn go_mod(text: &str, report: &mut Report<'_>) {
    for found in GO.captures_iter(text) {
        let offset = found.get(2).map_or(0, |version| version.start());
        let version = &found[2];
        if &found[1] == "toolchain" {
            report("go", version, offset);
        } else {
            report("go", &format!(">={version}"), offset);
        }
    }
}

fn declared(
    product: &'static str,
    written: &str,
    entry: &Entry,
    (text, offset): (&str, usize),
) -> Option<Runtime> {
    let written = written.trim().trim_matches(['"', '\'']).trim();
    let version = [
        "ruby-",
        "python-",
        "node-",
        "php-",
        "lts/",
        "v",
        "adoptopenjdk-",
        "temurin-",
    ]
    .iter()
    .fold(written, |rest, start| {
        rest.strip_prefix(start).unwrap_or(rest)
    });
    let version = match (product, version.strip_prefix("1.")) {
        ("java", Some(rest)) => rest,
        _ => version,
    };
    let is_range = is_range(version);
    let is_name = !is_range
        && version
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-+*".contains(c));
    let is_version = (is_range || is_name)
        && !version.is_empty()
        && version.len() <= LONGEST
        // a name of an environment is no version
        && (version.contains(|c: char| c.is_ascii_digit() || c == '*') || written.starts_with("lts"))
        && (product != "python" || is_range || version.starts_with(|c: char| c.is_ascii_digit()));
    is_version.then(|| Runtime {
        product,
        version: version.to_owned(),
        path: entry.path.to_string(),
        line: line_of(text, offset),
        is_range,
    })
}

fn is_range(version: &str) -> bool {
    version.contains(['<', '>', '^', '~', '|', '*', ',', '=', '!'])
        || version.contains(" - ")
        || version.split('.').any(|part| matches!(part, "x" | "X"))
}

#[cfg(test)]
mod tests;
