// SPDX-License-Identifier: EUPL-1.2
//! Rule files: those that are part of this executable, and those of a folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::model::ids::hex;
use crate::model::limits::CONFIG_BYTES;
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::model::text::decode;

/// The rule files of this version, by path below `rules/`.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Rule files by path below the rule folder, `/` as separator.
pub type RuleFiles = BTreeMap<String, String>;

/// The rule files that are part of this executable.
pub fn embedded_files() -> RuleFiles {
    EMBEDDED
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// Reads a folder of rule files: `.toml`, `.md` and `.txt`, links not followed.
///
/// # Errors
/// The problems met while reading: an unreadable folder, a file over the limit.
pub fn read_folder(folder: &Path) -> Result<RuleFiles, Vec<Problem>> {
    let mut files = RuleFiles::new();
    let mut problems = Vec::new();
    read_into(folder, "", &mut files, &mut problems, 0);
    if problems.is_empty() {
        Ok(files)
    } else {
        Err(problems)
    }
}

fn read_into(
    folder: &Path,
    prefix: &str,
    files: &mut RuleFiles,
    problems: &mut Vec<Problem>,
    depth: usize,
) {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let message = match error.kind() {
            ErrorKind::NotFound => Message::new("file-not-found"),
            ErrorKind::PermissionDenied => Message::new("file-not-permitted"),
            ErrorKind::FileTooLarge => Message::new("file-too-large").with("limit", CONFIG_BYTES),
            ErrorKind::InvalidData => Message::new("not-text"),
            _ => Message::new("file-unreadable"),
        };
        Problem::of_file(&path.display().to_string(), None, message)
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return problems.push(unreadable(folder, &error)),
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() && depth < 3 {
            read_into(&path, &format!("{name}/"), files, problems, depth + 1);
        } else if kind.is_file()
            && [".toml", ".md", ".txt"]
                .iter()
                .any(|end| name.ends_with(end))
        {
            match read_bounded(&path) {
                Ok(text) => {
                    files.insert(name, text);
                }
                Err(error) => problems.push(unreadable(&path, &error)),
            }
        }
    }
}

fn read_bounded(path: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(CONFIG_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > CONFIG_BYTES {
        return Err(ErrorKind::FileTooLarge.into());
    }
    decode(&bytes).ok_or_else(|| ErrorKind::InvalidData.into())
}

/// True when this text is that of the file of this executable.
pub(super) fn is_embedded(path: &str, text: &str) -> bool {
    let found = EMBEDDED.binary_search_by_key(&path, |(path, _)| path);
    found.is_ok_and(|index| EMBEDDED[index].1 == text)
}

/// Category and id of a rule file; `None` for any other file.
pub(super) fn rule_path(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.split_once('/')?;
    let id = name.strip_suffix(".toml")?;
    (!matches!(folder, "data" | "scales") && !id.contains('/')).then_some((folder, id))
}

/// Twelve hexadecimal digits over the files that judge.
pub(super) fn version(files: &RuleFiles) -> String {
    let mut hasher = Sha256::new();
    for (path, text) in files
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "toml"))
    {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize()[..6])
}
