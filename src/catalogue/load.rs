// SPDX-License-Identifier: EUPL-1.2
//! Reads files, bounded, and puts what they say together.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::toml::{SourceFile, parse_perenne};
use super::{Catalogue, CatalogueError, eig, list};
use crate::model::limits::CONFIG_BYTES;
use crate::model::text::decode;
use crate::model::url::parse_address;
use crate::model::{Message, Problem};

/// Name of the file of promotions beside a `defis.yml`.
const PROMOTIONS_FILE: &str = "promos.yml";

/// Lines looked at to recognise a format.
const RECOGNISED_LINES: usize = 50;

/// Formats of catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `defis.yml` of the EIG site.
    Eig,
    /// `perenne.toml`.
    Toml,
    /// One address a line.
    List,
}

impl Format {
    /// Names on the command line and in configuration.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("eig", Self::Eig),
        ("toml", Self::Toml),
        ("list", Self::List),
    ];

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, format)| *format)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eig => "YAML",
            Self::Toml => "TOML",
            Self::List => "a list of addresses",
        })
    }
}

/// What is read beside the catalogue, and how.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Forces the catalogue's format.
    pub from: Option<Format>,
    /// A `perenne.toml` to combine with the catalogue; what it says prevails.
    pub config: Option<PathBuf>,
}

/// Reads a catalogue and everything that it names.
///
/// # Errors
/// The catalogue or the configuration cannot be read as a whole. A further file that cannot is a problem of the result.
pub fn load(path: &Path, options: &LoadOptions) -> Result<Catalogue, CatalogueError> {
    let text = read_text(path)?;
    load_named(path, &text, options)
}

/// As [`load`], for a catalogue that was read from elsewhere; relative paths are relative to the working folder.
///
/// # Errors
/// As [`load`].
pub fn load_text(
    name: &str,
    text: &str,
    options: &LoadOptions,
) -> Result<Catalogue, CatalogueError> {
    load_named(Path::new(name), text, options)
}

fn load_named(path: &Path, text: &str, options: &LoadOptions) -> Result<Catalogue, CatalogueError> {
    let mut catalogue = read_catalogue(path, text, options.from)?;
    if let Some(config) = &options.config {
        let text = read_text(config)?;
        let mut more = read_catalogue(config, &text, Some(Format::Toml))?;
        if folder_of(path) != folder_of(config) {
            more.show_below(&shown(folder_of(config)));
        }
        catalogue.merge(more);
    }
    if catalogue.defis.is_empty() {
        let message = Message::new("catalogue-empty");
        let problem = Problem::of_file(&shown(path), None, message);
        catalogue.problems.push(problem);
    }
    catalogue.settle();
    Ok(catalogue)
}

/// One catalogue with what stands beside it and the catalogues that it names.
fn read_catalogue(
    path: &Path,
    text: &str,
    from: Option<Format>,
) -> Result<Catalogue, CatalogueError> {
    let (mut catalogue, sources) = read_one(path, text, from)?;
    for source in sources {
        match read_source(path, &source) {
            Ok(more) => {
                let own = std::mem::take(&mut catalogue);
                catalogue = more;
                // the file that names a catalogue prevails over it
                catalogue.merge(own);
            }
            Err(error) => {
                let message = Message::new("source-unreadable").with("path", &source.path);
                catalogue
                    .problems
                    .push(Problem::of_file(&shown(path), Some(source.line), message));
                catalogue.problems.extend(error.problems());
            }
        }
    }
    Ok(catalogue)
}

fn read_source(path: &Path, source: &SourceFile) -> Result<Catalogue, CatalogueError> {
    let file = folder_of(path).join(&source.path);
    let text = read_text(&file)?;
    let (mut more, nested) = read_one(&file, &text, source.from)?;
    for deeper in nested {
        let message = Message::new("source-nested").with("path", &deeper.path);
        let problem = Problem::of_file(&shown(&file), Some(deeper.line), message);
        more.problems.push(problem);
    }
    let below = shown(folder_of(Path::new(&source.path)));
    more.show_below(&below);
    Ok(more)
}

/// One file, with `promos.yml` from beside it when it is a `defis.yml`.
fn read_one(
    path: &Path,
    text: &str,
    from: Option<Format>,
) -> Result<(Catalogue, Vec<SourceFile>), CatalogueError> {
    let file = shown(path);
    let format = from.or_else(|| recognise(&file, text)).ok_or_else(|| {
        let file = file.clone();
        CatalogueError::UnknownFormat { file }
    })?;
    let (mut catalogue, sources) = match format {
        Format::Toml => parse_perenne(&file, text)?,
        Format::List => (list::parse_list(&file, text), Vec::new()),
        Format::Eig => {
            let mut catalogue = eig::parse_defis(&file, text)?;
            catalogue.merge(read_promotions(&folder_of(path).join(PROMOTIONS_FILE)));
            (catalogue, Vec::new())
        }
    };
    catalogue.locate(folder_of(path));
    Ok((catalogue, sources))
}

/// The promotions beside a catalogue; nothing when there is no such file.
fn read_promotions(path: &Path) -> Catalogue {
    let read = read_text(path).and_then(|text| eig::parse_promotions(&shown(path), &text));
    match read {
        Ok(promotions) => promotions,
        Err(CatalogueError::Unreadable { source, .. })
            if source.kind() == io::ErrorKind::NotFound =>
        {
            Catalogue::default()
        }
        Err(error) => Catalogue {
            problems: error.problems(),
            ..Catalogue::default()
        },
    }
}

/// Recognises a format from the content; the name decides only where the content does not.
pub fn recognise(name: &str, text: &str) -> Option<Format> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .take(RECOGNISED_LINES)
        .collect();
    let is_yaml_line = |line: &&str| {
        line.ends_with(':') || line.contains(": ") || line.starts_with("- ") || *line == "---"
    };
    if lines.first().is_some_and(|line| is_toml_line(line)) {
        return Some(Format::Toml);
    }
    if lines.iter().any(is_yaml_line) {
        return Some(Format::Eig);
    }
    let is_address = |line: &&str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        parse_address(line).is_ok() || first.contains('/') && parse_address(first).is_ok()
    };
    let extension = Path::new(name).extension().and_then(|end| end.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        _ if lines.iter().any(is_address) => Some(Format::List),
        Some("toml") => Some(Format::Toml),
        Some("yml" | "yaml") => Some(Format::Eig),
        _ if lines.is_empty() => Some(Format::List),
        _ => None,
    }
}

/// `[table]`, `[[table]]` or `key = value`.
fn is_toml_line(line: &str) -> bool {
    let is_key = |key: &str| {
        let is_key_char =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ');
        !key.is_empty() && key.chars().all(is_key_char)
    };
    if let Some(rest) = line.strip_prefix('[') {
        let name = rest.trim_start_matches('[').split(']').next();
        return rest.contains(']') && name.is_some_and(is_key);
    }
    line.split_once('=')
        .is_some_and(|(key, _)| is_key(key.trim()))
}

/// Reads a regular file up to [`CONFIG_BYTES`] as text.
fn read_text(path: &Path) -> Result<String, CatalogueError> {
    let file = || shown(path);
    let unreadable = |source| CatalogueError::Unreadable {
        file: file(),
        source,
    };
    // looked at before it is opened: opening a pipe would wait for a writer
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(CatalogueError::NotAFile { file: file() });
    }
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(unreadable)?;
    opened
        .take(CONFIG_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > CONFIG_BYTES {
        return Err(CatalogueError::TooLarge {
            file: file(),
            limit: CONFIG_BYTES,
        });
    }
    decode(&bytes).ok_or_else(|| CatalogueError::NotText { file: file() })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// A path as it is shown; bytes that are no text are replaced.
fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
