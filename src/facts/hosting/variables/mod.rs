// SPDX-License-Identifier: EUPL-1.2
//! Environment variables that the code reads, and which of them a sample file or a document names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::look::is_sample_data;
use super::notes::Note;
use super::sample;
use super::words::{has_part, in_folder};
use crate::facts::pattern::folded;
use crate::model::text::line_of;
use crate::snapshot::{Entry, Snapshot};

/// Each variable with the first place that reads it.
pub(super) type Variables = BTreeMap<String, (String, u32)>;

/// Variables that are kept.
const MOST: usize = 300;

/// Sample files that are read.
const MOST_SAMPLES: usize = 40;

/// How languages read a variable; the name is in the first group that matches.
static READS: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r#"(?:process\.env\.|import\.meta\.env\.)([A-Z][A-Z0-9_]+)\b|(?:process\.env|environ|environ\.get|environ\.setdefault|[gG]et_?[eE]nv|GETENV|env_get|fetch_env!?|ENV|ENV\.fetch|_ENV|LookupEnv|GetEnvironmentVariable|env::var|env::var_os|\benv|\benv\.[a-z_]+|\bconfig)[\[(]\s*['"`]([A-Z][A-Z0-9_]+)['"`]|%env\((?:[a-z_]+:)*([A-Z][A-Z0-9_]+)\)%"#,
    )
});

/// What stands in every file that reads a variable, so that most files are passed over.
static MAY_READ: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"process\.env|import\.meta\.env|environ[.\[]|[gG]et_?[eE]nv|GETENV|env_get|fetch_env|ENV[.\[]|LookupEnv|GetEnvironmentVariable|env::var|env\(|env\.[a-z]|env\[|decouple",
    )
});

/// `const { A, B } = process.env`.
static TAKEN_APART: LazyLock<Regex> =
    LazyLock::new(|| folded(r"\{([A-Za-z0-9_,:=\s'.]{1,1500})\}\s?=\s?process\.env\b"));

/// Set by the system, the runtime, the forge or the platform: nobody has to write them down.
const GIVEN: &[&str] = &[
    "NODE_ENV",
    "PATH",
    "HOME",
    "USER",
    "PWD",
    "SHELL",
    "CI",
    "TMPDIR",
    "TEMP",
    "TMP",
    "LANG",
    "LC_ALL",
    "TERM",
    "HOSTNAME",
    "PORT",
    "MODE",
    "DEV",
    "PROD",
    "SSR",
    "BASE_URL",
    "PUBLIC_URL",
    "EDITOR",
    "DISPLAY",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "GEM_HOME",
    "BUNDLE_GEMFILE",
    "RAILS_ENV",
    "RACK_ENV",
    "MIX_ENV",
    "APP_ENV",
    "JAVA_HOME",
    "GOPATH",
    "CONTEXT",
    "DEPLOY_URL",
    "BRANCH",
    "COMMIT_REF",
    "CONTAINER_VERSION",
    "SOURCE_VERSION",
    "SERVER_NAME",
    "DJANGO_SETTINGS_MODULE",
    "NODE_OPTIONS",
    "TZ",
    "COLUMNS",
    "NO_COLOR",
    "FORCE_COLOR",
    "ANALYZE",
    "BUNDLE_ANALYZE",
    "PATH_INFO",
    "SCRIPT_NAME",
    "REQUEST_METHOD",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "PIDFILE",
    "WEB_CONCURRENCY",
    "STORYBOOK",
    "VITEST",
    "CONTAINER",
    "OUT_DIR",
];

/// Starts of names that forges and platforms set.
const GIVEN_STARTS: &[&str] = &[
    "CI_",
    "GITHUB_",
    "GITLAB_",
    "VERCEL_",
    "NETLIFY_",
    "HEROKU_",
    "TRAVIS",
    "CIRCLE",
    "NPM_",
    "KUBERNETES_",
    "BUILDKITE",
    "DYNO",
    "GITPOD_",
    "INIT_CWD",
    "XDG_",
    "SYMFONY_",
    "BABEL_",
    "VUE_CLI_",
    "CYPRESS_",
    "STORYBOOK_",
    "JEST_",
    "HTTP_",
    "SERVER_",
    "RAILS_",
    "GIT_",
    "CARGO_",
    "NEXT_RUNTIME",
    "NEXT_PHASE",
    "NX_",
    "SCALINGO_",
    "CLEVER_",
    "CC_",
    "POSTGRESQL_ADDON_",
    "MYSQL_ADDON_",
];

/// True for code of the project itself: not its tests, not its tools.
pub(super) fn may_read(entry: &Entry, extension: &str) -> bool {
    let is_code = matches!(
        extension,
        "js" | "mjs"
            | "cjs"
            | "jsx"
            | "ts"
            | "mts"
            | "tsx"
            | "vue"
            | "svelte"
            | "py"
            | "rb"
            | "erb"
            | "php"
            | "ex"
            | "exs"
            | "go"
            | "rs"
            | "java"
            | "kt"
            | "scala"
            | "cs"
            | "r"
    ) || (matches!(extension, "yml" | "yaml")
        && in_folder(entry.folder(), &["config", "packages"]));
    if !is_code {
        return false;
    }
    let folder = entry.folder();
    let is_elsewhere = in_folder(
        folder,
        &[
            "spec",
            "specs",
            "__mocks__",
            "cypress",
            "e2e",
            "example",
            "stories",
            ".storybook",
            ".github",
            ".circleci",
            "ci",
            ".ci",
            "docs",
            "doc",
            "bench",
            "benchmarks",
            "playwright",
            "scripts",
            ".scripts",
            "script",
            "tools",
            "testing",
            "mocks",
            "dev",
        ],
    );
    let name = entry.name();
    let is_test = has_part(name, &["test", "tests", "spec", "stories", "mock"])
        || [
            "conftest",
            "jest.",
            "cypress.",
            "playwright.",
            "karma.",
            "vitest.",
        ]
        .iter()
        .any(|start| name.starts_with(start));
    !is_elsewhere && !is_test
}

/// The text up to the tests that Rust keeps at the end of the file that they test.
fn without_own_tests<'t>(entry: &Entry, text: &'t str) -> &'t str {
    if entry.extension() != "rs" {
        return text;
    }
    let tests = text.find("\n#[cfg(test)]\nmod ");
    tests.map_or(text, |at| &text[..at])
}

/// Adds the variables that a file reads.
pub(super) fn add(entry: &Entry, text: &str, variables: &mut Variables) {
    if variables.len() >= MOST || !MAY_READ.is_match(text) {
        return;
    }
    let text = without_own_tests(entry, text);
    let is_decoupled = text.contains("decouple");
    let mut found = |name: &str, offset: usize| {
        if is_own(name) && !variables.contains_key(name) && variables.len() < MOST {
            let place = (entry.path.to_string(), line_of(text, offset));
            variables.insert(name.to_owned(), place);
        }
    };
    for read in READS.captures_iter(text) {
        let Some(name) = read.get(1).or(read.get(2)).or(read.get(3)) else {
            continue;
        };
        let line = text[..name.start()]
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .trim_start();
        let is_comment = ["//", "#", "*", "<!--"]
            .iter()
            .any(|mark| line.starts_with(mark));
        // a framework's own settings have defaults: nobody has to give them
        let rest = text[read.get(0).map_or(0, |whole| whole.end())..].trim_start();
        let default = rest.strip_prefix(',').map(str::trim_start);
        let is_optional = entry.extension() == "php"
            && default.is_some_and(|value| {
                !["null", "''", "\"\"", ")"]
                    .iter()
                    .any(|none| value.starts_with(none))
            });
        // `os.environ["A"] = …` gives a value
        let after = rest.trim_start_matches([']', ')']).trim_start();
        let is_set = after.starts_with('=') && !after.starts_with("==");
        let is_other_config = read[0].starts_with("config") && !is_decoupled;
        if !is_comment && !is_other_config && !is_optional && !is_set {
            found(name.as_str(), name.start());
        }
    }
    if is_taken_apart(text) {
        for list in TAKEN_APART.captures_iter(text) {
            let offset = list.get(1).map_or(0, |group| group.start());
            for part in list[1].split(',') {
                let name = part.split([':', '=']).next().unwrap_or_default().trim();
                let is_name = name.len() > 1
                    && name
                        .bytes()
                        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
                if is_name {
                    found(name, offset);
                }
            }
        }
    }
}

/// Whether the whole environment is given to something: what [`TAKEN_APART`] finds, which is long to compile, needs it.
fn is_taken_apart(text: &str) -> bool {
    text.match_indices("process.env")
        .any(|(at, _)| text[..at].trim_end().ends_with('='))
}

fn is_own(name: &str) -> bool {
    !GIVEN.contains(&name) && !GIVEN_STARTS.iter().any(|start| name.starts_with(start))
}

/// The files that document variables, by variable: samples, environment files that are listed, documents.
pub(super) fn documented<'v>(
    snapshot: &Snapshot,
    notes: &[Note<'_>],
    variables: &'v Variables,
) -> BTreeMap<&'v str, String> {
    let mut found = BTreeMap::new();
    if variables.is_empty() {
        return found;
    }
    let samples = snapshot
        .files()
        .filter(|entry| lists_variables(entry))
        .take(MOST_SAMPLES);
    for entry in samples {
        if let Ok(text) = snapshot.text(entry) {
            name_all(&text.text, &entry.path, variables, &mut found);
        }
    }
    for note in notes {
        name_all(&note.text.text, &note.entry.path, variables, &mut found);
    }
    found
}

/// Samples, environment files with defaults, descriptions of platforms.
fn lists_variables(entry: &Entry) -> bool {
    let name = entry.name();
    let is_env = (name.starts_with(".env") || entry.extension() == "env") && !is_sample_data(entry);
    is_env || matches!(name, "app.json" | "scalingo.json") || sample::rank(entry).is_some()
}

fn name_all<'v>(
    text: &str,
    path: &str,
    variables: &'v Variables,
    found: &mut BTreeMap<&'v str, String>,
) {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    for word in words.filter(|word| word.as_bytes().first().is_some_and(u8::is_ascii_uppercase)) {
        if let Some((name, _)) = variables.get_key_value(word) {
            found
                .entry(name.as_str())
                .or_insert_with(|| path.to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
