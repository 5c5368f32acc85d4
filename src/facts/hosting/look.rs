// SPDX-License-Identifier: EUPL-1.2
//! One pass over the project's text files: signs of providers, the programme's servers, variables, dumps of data.

use super::backup::{self, Backup};
use super::programme;
use super::provider::{self, Sign};
use super::variables::{self, Variables};
use super::words::{has_part, in_folder};
use crate::facts::set::Item;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::{Entry, ReadError, Snapshot};

/// What one pass over the text files yields.
#[derive(Debug, Default)]
pub(super) struct Signs {
    pub(super) providers: Vec<Sign>,
    /// References to the programme's servers: configuration first.
    pub(super) programme: Vec<Item>,
    /// Variables that the code reads.
    pub(super) variables: Variables,
    /// Commands that save or restore data.
    pub(super) backups: Vec<Backup>,
    /// Why the pass is not whole: a file that could not be read, a limit.
    pub(super) unread: Option<Reason>,
}

/// Files that are looked at, and the longest of them in bytes.
const MOST_FILES: usize = 4000;
const LONGEST: usize = 128 * 1024;

/// Looks at the project's text files once.
pub(super) fn look(snapshot: &Snapshot) -> Signs {
    let mut signs = Signs::default();
    let mut references: Vec<(bool, Item)> = Vec::new();
    let mut looked_at = 0_usize;
    for entry in snapshot.files() {
        let role = Role::of(entry);
        if !role.is_looked_at() {
            continue;
        }
        looked_at += 1;
        if looked_at > MOST_FILES {
            signs.unread = Some(Reason::new(ReasonCode::Truncated).with("limit", MOST_FILES));
            break;
        }
        let text = match snapshot.text(entry) {
            Ok(text) => text,
            Err(ReadError::Binary | ReadError::NotAFile) => continue,
            Err(error) => {
                signs
                    .unread
                    .get_or_insert_with(|| error.reason(&entry.path));
                continue;
            }
        };
        let text = text.text.as_str();
        if text.len() > LONGEST {
            continue;
        }
        if role.is_configuration && !role.is_sample {
            provider::add_endpoints(entry, text, &mut signs.providers);
            backup::add_commands(entry, text, &mut signs.backups);
        }
        if role.is_notice || !role.is_sample && provider::is_titled_notice(entry, text) {
            provider::add_notice(entry, text, &mut signs.providers);
        }
        if role.is_code {
            variables::add(entry, text, &mut signs.variables);
        }
        if role.may_be_production && programme::is_named(text) {
            programme::add_references(entry, text, role.is_configuration, &mut references);
        }
    }
    references.sort_by_key(|(is_configuration, _)| !is_configuration);
    signs.programme = references.into_iter().map(|(_, item)| item).collect();
    signs
}

/// What a file is looked at for.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "questions that a file answers each on its own"
)]
struct Role {
    is_configuration: bool,
    is_notice: bool,
    /// Content in data formats, tests and translations.
    is_sample: bool,
    /// Code that may read variables.
    is_code: bool,
    /// May name a server of production.
    may_be_production: bool,
}

impl Role {
    fn of(entry: &Entry) -> Self {
        let extension = entry.extension();
        if !is_text(entry, &extension) {
            return Self::default();
        }
        let is_sample = is_sample_data(entry);
        let is_content = is_sample || matches!(extension.as_str(), "json" | "txt" | "log");
        let is_configuration = is_configuration(entry, &extension);
        Self {
            is_configuration,
            is_notice: provider::is_notice(entry),
            is_sample,
            is_code: !is_sample && variables::may_read(entry, &extension),
            may_be_production: (is_configuration || !is_content) && programme::may_count(entry),
        }
    }

    /// Data and texts for readers are not even read.
    fn is_looked_at(self) -> bool {
        self.is_configuration || self.is_notice || self.is_code || self.may_be_production
    }
}

fn is_text(entry: &Entry, extension: &str) -> bool {
    let is_other = matches!(
        extension,
        "png"
            | "jpg"
            | "jpeg"
            | "gif"
            | "svg"
            | "ico"
            | "webp"
            | "pdf"
            | "woff"
            | "woff2"
            | "ttf"
            | "eot"
            | "otf"
            | "zip"
            | "gz"
            | "tar"
            | "mp4"
            | "mov"
            | "mp3"
            | "m4v"
            | "csv"
            | "tsv"
            | "xlsx"
            | "xls"
            | "docx"
            | "pptx"
            | "odt"
            | "ods"
            | "geojson"
            | "shp"
            | "dbf"
            | "parquet"
            | "ipynb"
            | "map"
            | "snap"
            | "po"
            | "pot"
            | "mo"
            | "lock"
            | "sql"
            | "kml"
            | "xml"
            | "bin"
            | "jar"
            | "sketch"
            | "psd"
            | "ai"
            | "eps"
            | "rds"
            | "rdata"
            | "css"
            | "scss"
            | "less"
            | "sass"
            | "bib"
            | "pickle"
            | "pkl"
            | "npy"
            | "h5"
            | "sqlite"
            | "db"
            | "icns"
            | "wav"
            | "avi"
            | "webm"
    );
    let name = entry.name();
    !is_other
        && !name.ends_with(".min.js")
        && !matches!(
            name,
            "package-lock.json"
                | "npm-shrinkwrap.json"
                | "pnpm-lock.yaml"
                | "pnpm-lock.yml"
                | "go.sum"
        )
}

/// Files that say how the software is configured, built or deployed.
fn is_configuration(entry: &Entry, extension: &str) -> bool {
    if matches!(
        extension,
        "yml"
            | "yaml"
            | "toml"
            | "conf"
            | "cfg"
            | "ini"
            | "tf"
            | "service"
            | "properties"
            | "env"
            | "sh"
            | "hcl"
            | "dist"
            | "cnf"
    ) {
        return true;
    }
    let name = entry.name().to_ascii_lowercase();
    let is_code = matches!(extension, "php" | "py" | "js" | "ts" | "exs" | "rb" | "ex");
    name.starts_with(".env")
        || name.contains("nginx")
        || name.contains("dockerfile")
        || matches!(
            name.as_str(),
            "procfile"
                | "makefile"
                | "caddyfile"
                | "cname"
                | "_redirects"
                | "_headers"
                | "package.json"
                | "scalingo.json"
                | "app.json"
                | "cron.json"
                | "vercel.json"
                | "now.json"
        )
        || (is_code
            && (name.starts_with("settings")
                || name.starts_with("config")
                || in_folder(entry.folder(), &["config", "configs", "conf", "settings"])))
}

/// Content in data formats, tests and translations.
pub(super) fn is_sample_data(entry: &Entry) -> bool {
    in_folder(
        entry.folder(),
        &[
            "_data",
            "data",
            "test",
            "tests",
            "__tests__",
            "fixtures",
            "locales",
            "translations",
            "i18n",
            "_posts",
            "posts",
            "blog",
            "content",
            "cassettes",
            "examples",
        ],
    )
}

/// True for recipes and code that serve development, tests or CI alone, by their names and folders.
pub(super) fn is_tooling(entry: &Entry) -> bool {
    let name = entry.name().to_ascii_lowercase();
    let is_named = has_part(
        &name,
        &[
            "dev",
            "devel",
            "develop",
            "development",
            "local",
            "test",
            "tests",
            "testing",
            "ci",
            "e2e",
            "debug",
            "override",
            "gitpod",
            "cypress",
        ],
    );
    is_named
        || in_folder(
            entry.folder(),
            &[
                ".devcontainer",
                ".circleci",
                ".github",
                ".gitlab",
                "ci",
                ".ci",
                "test",
                "tests",
                ".gitpod",
                "cypress",
                "e2e",
                "dev",
                "development",
            ],
        )
}
