// SPDX-License-Identifier: EUPL-1.2
//! `REUSE.toml` and `.reuse/dep5`: which licence holds for which paths, and what in them cannot be read.

use std::sync::LazyLock;

use regex::Regex;

use super::formats::{Flaw, toml_table};
use super::manifests::unreadable;
use super::paths::is_sample;
use crate::facts::licence::parse_declared;
use crate::model::outcome::Reason;
use crate::model::text::line_of;
use crate::snapshot::{Entry, Snapshot};

/// `REUSE.toml` files read of one repository: one at the root, others in folders.
const MAX_FILES: usize = 10;

/// Annotations read of one repository.
const MAX_ANNOTATIONS: usize = 200;

/// Patterns kept of one annotation.
const MAX_GLOBS: usize = 50;

/// Longest pattern that is read, in bytes.
const LONGEST_GLOB: usize = 200;

/// The licence of some paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Annotation {
    /// Patterns of paths.
    pub(super) globs: Vec<String>,
    /// SPDX expression.
    pub(super) expression: String,
    /// Holders named.
    pub(super) holders: Vec<String>,
    /// File that annotates.
    pub(super) path: String,
    /// Line, from 1.
    pub(super) line: u32,
    /// In `dep5`, one star crosses folders.
    star_crosses: bool,
}

/// A licence that is no SPDX expression, where one is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misspelt {
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) value: String,
}

/// Every annotation, in order: the last that matches a path holds.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    pub(super) list: Vec<Annotation>,
    /// Licences that were not understood; what they annotate is not covered.
    pub(super) misspelt: Vec<Misspelt>,
    /// Why some annotations are not known.
    pub(super) gap: Option<Reason>,
}

impl Annotations {
    /// The annotation that holds for `path`.
    pub(super) fn of(&self, path: &str) -> Option<&Annotation> {
        self.list.iter().rev().find(|annotation| {
            annotation
                .globs
                .iter()
                .any(|glob| matches(glob, path, annotation.star_crosses))
        })
    }
}

/// Reads the annotations of the repository: `.reuse/dep5`, then `REUSE.toml` of the root, then those of folders.
pub(super) fn read(snapshot: &Snapshot) -> Annotations {
    let mut out = Annotations::default();
    let mut files: Vec<&Entry> = snapshot
        .files()
        .filter(|entry| {
            &*entry.path == ".reuse/dep5"
                || entry.name() == "REUSE.toml" && !is_sample(entry.folder())
        })
        .collect();
    files.sort_by_key(|entry| (entry.name() != "dep5", entry.path.matches('/').count()));
    for entry in files.into_iter().take(MAX_FILES) {
        let text = match snapshot.text(entry) {
            Ok(text) => text,
            Err(error) => {
                out.gap = Some(error.reason(&entry.path));
                continue;
            }
        };
        if entry.name() == "dep5" {
            dep5(&entry.path, &text.text, &mut out);
        } else if let Err(flaw) = reuse_toml(&entry.path, &text.text, &mut out) {
            out.gap = Some(unreadable(&entry.path, flaw));
        }
    }
    out.list.truncate(MAX_ANNOTATIONS);
    for annotation in &mut out.list {
        annotation.globs.retain(|glob| glob.len() <= LONGEST_GLOB);
        annotation.globs.truncate(MAX_GLOBS);
    }
    out
}

fn texts(value: Option<&toml::Value>) -> Vec<String> {
    match value {
        Some(toml::Value::String(text)) => vec![text.clone()],
        Some(toml::Value::Array(items)) => items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

fn reuse_toml(path: &str, text: &str, out: &mut Annotations) -> Result<(), Flaw> {
    let table = toml_table(text)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = |glob: String| {
        if folder.is_empty() {
            glob
        } else {
            format!("{folder}/{glob}")
        }
    };
    let listed = table.get("annotations").and_then(toml::Value::as_array);
    let heads: Vec<usize> = text
        .match_indices("[[annotations]]")
        .map(|(at, _)| at)
        .collect();
    for (at, item) in listed.into_iter().flatten().enumerate() {
        let line = heads.get(at).map_or(1, |head| line_of(text, *head));
        let written = texts(item.get("SPDX-License-Identifier"));
        let mut expressions = Vec::new();
        for value in &written {
            match parse_declared(value).expression {
                Some(expression) => expressions.push(expression),
                None => out.misspelt.push(Misspelt {
                    path: path.to_owned(),
                    line,
                    value: value.clone(),
                }),
            }
        }
        let Some(expression) = super::expression::all_of(expressions.iter().map(String::as_str))
        else {
            continue;
        };
        out.list.push(Annotation {
            globs: texts(item.get("path")).into_iter().map(below).collect(),
            expression,
            holders: texts(item.get("SPDX-FileCopyrightText")),
            path: path.to_owned(),
            line,
            star_crosses: false,
        });
    }
    Ok(())
}

/// The Debian form: paragraphs of `Files`, `Copyright`, `License`.
fn dep5(path: &str, text: &str, out: &mut Annotations) {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(Files|License|Copyright):\s*(.*)$").expect("invariant: the pattern compiles")
    });
    let mut open = Paragraph::default();
    for (line, number) in text.lines().zip(1_u32..) {
        if line.trim().is_empty() {
            std::mem::take(&mut open).close(path, out);
            continue;
        }
        if let Some(found) = FIELD.captures(line) {
            let part = |at| {
                found
                    .get(at)
                    .map_or("", |part: regex::Match<'_>| part.as_str())
            };
            part(1).clone_into(&mut open.field);
            open.add(part(2), number);
        } else if line.starts_with([' ', '\t']) {
            open.add(line.trim(), number);
        } else {
            open.field.clear();
        }
    }
    open.close(path, out);
}

#[derive(Default)]
struct Paragraph {
    field: String,
    line: u32,
    globs: Vec<String>,
    licence: String,
    holders: Vec<String>,
}

impl Paragraph {
    fn add(&mut self, value: &str, line: u32) {
        match self.field.as_str() {
            "Files" => {
                self.line = line;
                self.globs
                    .extend(value.split_whitespace().map(str::to_owned));
            }
            // only the first line names the licence, the rest is its text
            "License" if self.licence.is_empty() => value.clone_into(&mut self.licence),
            "Copyright" if !value.is_empty() => self.holders.push(value.to_owned()),
            _ => {}
        }
    }

    fn close(self, path: &str, out: &mut Annotations) {
        if self.globs.is_empty() {
            return;
        }
        match parse_declared(&self.licence).expression {
            Some(expression) => out.list.push(Annotation {
                globs: self.globs,
                expression,
                holders: self.holders,
                path: path.to_owned(),
                line: self.line,
                star_crosses: true,
            }),
            None => out.misspelt.push(Misspelt {
                path: path.to_owned(),
                line: self.line,
                value: self.licence,
            }),
        }
    }
}

/// Whether `glob` matches the whole of `path`: `*` within a folder, `**` across folders. Linear in both but for stars.
fn matches(glob: &str, path: &str, star_crosses: bool) -> bool {
    let glob = glob.strip_prefix("./").unwrap_or(glob).as_bytes();
    let path = path.as_bytes();
    // most patterns name another folder
    let literal = glob.iter().take_while(|byte| !b"*?\\".contains(byte));
    if !literal.zip(path).all(|(a, b)| a == b) {
        return false;
    }
    // reachable positions of the path after each piece of the pattern
    let mut reachable = vec![false; path.len() + 1];
    reachable[0] = true;
    let mut at = 0;
    while at < glob.len() {
        match glob[at] {
            b'*' => {
                let is_double = glob.get(at + 1) == Some(&b'*');
                at += 1 + usize::from(is_double);
                for position in 1..=path.len() {
                    let may_pass = is_double || star_crosses || path[position - 1] != b'/';
                    reachable[position] |= reachable[position - 1] && may_pass;
                }
            }
            byte => {
                let (byte, step) = match (byte, glob.get(at + 1)) {
                    (b'\\', Some(next)) => (*next, 2),
                    _ => (byte, 1),
                };
                at += step;
                for position in (1..=path.len()).rev() {
                    let same = path[position - 1] == byte
                        || byte == b'?' && star_crosses && path[position - 1] != b'/';
                    reachable[position] = reachable[position - 1] && same;
                }
                reachable[0] = false;
            }
        }
    }
    reachable[path.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_reuse_says() {
        assert!(matches("**md", "docs/a/index.md", false));
        assert!(matches("src/**", "src/a/b.py", false));
        assert!(matches("*.py", "a.py", false));
        assert!(!matches("*.py", "src/a.py", false));
        assert!(matches("*.py", "src/a.py", true));
        assert!(matches("web/logo/*", "web/logo/a.svg", false));
        assert!(!matches("web/logo/*", "web/logo/x/a.svg", false));
        assert!(!matches("src", "src/a", false));
    }

    #[test]
    fn a_reuse_file_gives_lines_and_the_last_match_holds() {
        let text = "version = 1\n\n[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\nSPDX-FileCopyrightText = \"2024 DINUM\"\n\n[[annotations]]\npath = [\"docs/**\", \"*.md\"]\nSPDX-License-Identifier = \"Etalab-2.0\"\n";
        let mut found = Annotations::default();
        reuse_toml("REUSE.toml", text, &mut found).unwrap();
        let code = found.of("src/main.rs").unwrap();
        assert_eq!((code.expression.as_str(), code.line), ("MIT", 3));
        assert_eq!(code.holders, ["2024 DINUM"]);
        let docs = found.of("docs/a/b.png").unwrap();
        assert_eq!((docs.expression.as_str(), docs.line), ("etalab-2.0", 8));
    }

    #[test]
    fn the_debian_form_is_read() {
        let text = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: outil\n\nFiles: *\nCopyright: 2021 Mairie de Lille\nLicense: AGPL-3.0-or-later\n\nFiles: docs/* *.md\nCopyright: 2021 Mairie de Lille\nLicense: CC-BY-4.0\n";
        let mut found = Annotations::default();
        dep5(".reuse/dep5", text, &mut found);
        assert_eq!(found.of("a/b.py").unwrap().expression, "AGPL-3.0-or-later");
        assert_eq!(found.of("docs/a.svg").unwrap().expression, "CC-BY-4.0");
        assert_eq!(found.of("docs/a.svg").unwrap().line, 8);
    }

    #[test]
    fn broken_files_tell_where_and_unknown_licences_are_kept() {
        let mut found = Annotations::default();
        let flaw = reuse_toml(
            "REUSE.toml",
            "version = 1\n[[annotations]]\npath",
            &mut found,
        );
        assert_eq!(flaw.unwrap_err().line, 3);
        dep5(".reuse/dep5", "Files: *\nLicense: what it is\n", &mut found);
        assert!(found.list.is_empty());
        assert_eq!(found.misspelt[0].value, "what it is");
        assert_eq!(found.misspelt[0].line, 1);
    }

    #[test]
    fn annotations_of_a_folder_hold_below_it() {
        let text =
            "version = 1\n[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\n";
        let mut found = Annotations::default();
        reuse_toml("api/REUSE.toml", text, &mut found).unwrap();
        assert!(found.of("api/src/a.py").is_some());
        assert!(found.of("web/a.js").is_none());
    }
}
