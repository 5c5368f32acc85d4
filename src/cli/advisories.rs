// SPDX-License-Identifier: EUPL-1.2
//! Reads a folder of advisories (OSV, one JSON file each): bounded, in the order of names, links not followed.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::Session;
use super::error::{CliError, problem_line};
use crate::facts::advisories::Advisories;
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::model::text;

/// Bytes of one advisory.
const ADVISORY_BYTES: u64 = 4 << 20;

/// Files read: all registries of the largest public database together have fewer.
const MOST_FILES: usize = 1_000_000;

/// Nesting of folders.
const DEPTH: usize = 16;

/// Files that are no advisory and are named; the others are only counted.
const MOST_NAMED: usize = 20;

/// The advisories of `folder`, when there is one. Files that are none are said, and never fatal.
pub(super) fn of_folder(
    session: &Session,
    folder: Option<&Path>,
) -> Result<Option<Advisories>, CliError> {
    let Some(folder) = folder else {
        return Ok(None);
    };
    let (advisories, problems) = read_folder(folder).map_err(|error| {
        let code = match error.kind() {
            io::ErrorKind::NotFound => "file-not-found",
            io::ErrorKind::PermissionDenied => "file-not-permitted",
            _ => "file-unreadable",
        };
        let name = folder.display().to_string();
        CliError::Problems(vec![Problem::of_file(&name, None, Message::new(code))])
    })?;
    for problem in problems.iter().take(MOST_NAMED) {
        session.term.note(&problem_line(problem, session.messages));
    }
    if problems.len() > MOST_NAMED {
        let more = Message::new("advisories-more-problems").with("n", problems.len() - MOST_NAMED);
        session.term.note(&session.messages.message(&more));
    }
    if advisories.is_empty() {
        let none = Message::new("advisories-none").with("path", folder.display());
        session.term.note(&session.messages.message(&none));
    }
    Ok(Some(advisories))
}

/// Every advisory below `folder`, with what is wrong in single files.
fn read_folder(folder: &Path) -> io::Result<(Advisories, Vec<Problem>)> {
    let mut advisories = Advisories::default();
    let mut problems = Vec::new();
    let mut left = MOST_FILES;
    let mut open = vec![(folder.to_path_buf(), 0)];
    let mut is_first = true;
    while let Some((folder, depth)) = open.pop() {
        let children = match children(&folder) {
            Err(error) if is_first => return Err(error),
            Err(_) => {
                problems.push(problem(&folder, "file-unreadable"));
                continue;
            }
            Ok(children) => children,
        };
        is_first = false;
        let mut folders = Vec::new();
        for (path, is_folder) in children {
            if is_folder {
                if depth < DEPTH {
                    folders.push((path, depth + 1));
                }
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            if left == 0 {
                problems.push(problem(&path, "advisories-too-many"));
                return Ok((advisories, problems));
            }
            left -= 1;
            let added = read_file(&path)
                .and_then(|text| advisories.add(&path.display().to_string(), &text));
            problems.extend(added.err().map(|problem| *problem));
        }
        open.extend(folders.into_iter().rev());
    }
    Ok((advisories, problems))
}

/// Files and folders inside, in the order of names.
fn children(folder: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let mut children = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() || kind.is_file() {
            children.push((entry.path(), kind.is_dir()));
        }
    }
    children.sort_unstable();
    Ok(children)
}

fn read_file(path: &Path) -> Result<String, Box<Problem>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(ADVISORY_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|_unreadable| Box::new(problem(path, "file-unreadable")))?;
    if bytes.len() as u64 > ADVISORY_BYTES {
        let message = Message::new("file-too-large").with("limit", ADVISORY_BYTES);
        let name = path.display().to_string();
        return Err(Box::new(Problem::of_file(&name, None, message)));
    }
    text::decode(&bytes).ok_or_else(|| Box::new(problem(path, "not-text")))
}

fn problem(path: &Path, code: &'static str) -> Problem {
    Problem::of_file(&path.display().to_string(), None, Message::new(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_whole_and_what_is_no_advisory_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("a/b/X-1.json", "{\"id\": \"X-1\", \"affected\": []}");
        write("X-2.json", "{\"id\": \"X-2\"}");
        write(
            "withdrawn.json",
            "{\"id\": \"X-3\", \"withdrawn\": \"2026-01-01T00:00:00Z\"}",
        );
        write("broken.json", "{");
        write("README.md", "no advisory");
        let (advisories, problems) = read_folder(folder.path()).unwrap();
        assert_eq!(advisories.len(), 2);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].file.ends_with("broken.json"));
        assert!(read_folder(&folder.path().join("nowhere")).is_err());
    }
}
