// SPDX-License-Identifier: EUPL-1.2
//! `REUSE.toml` and `.reuse/dep5`: which licence holds for which paths.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::licence::parse_declared;
use crate::model::text::line_of;
use crate::snapshot::Snapshot;

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

/// Every annotation, in order: the last that matches a path holds.
#[derive(Debug, Default)]
pub(super) struct Annotations(pub(super) Vec<Annotation>);

impl Annotations {
    /// The annotation that holds for `path`.
    pub(super) fn of(&self, path: &str) -> Option<&Annotation> {
        self.0.iter().rev().find(|annotation| {
            annotation
                .globs
                .iter()
                .any(|glob| matches(glob, path, annotation.star_crosses))
        })
    }
}

/// Reads the annotations of the repository.
pub(super) fn read(snapshot: &Snapshot) -> Annotations {
    let mut out = Vec::new();
    for (path, reader) in [
        (".reuse/dep5", dep5 as fn(&str, &str) -> Vec<Annotation>),
        ("REUSE.toml", reuse_toml),
    ] {
        if let Some(entry) = snapshot.entry(path)
            && let Ok(text) = snapshot.text(entry)
        {
            out.extend(reader(path, &text.text));
        }
    }
    out.truncate(MAX_ANNOTATIONS);
    for annotation in &mut out {
        annotation.globs.retain(|glob| glob.len() <= LONGEST_GLOB);
        annotation.globs.truncate(MAX_GLOBS);
    }
    Annotations(out)
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

fn reuse_toml(path: &str, text: &str) -> Vec<Annotation> {
    let Ok(table) = text.parse::<toml::Table>() else {
        return Vec::new();
    };
    let listed = table.get("annotations").and_then(toml::Value::as_array);
    let heads: Vec<usize> = text
        .match_indices("[[annotations]]")
        .map(|(at, _)| at)
        .collect();
    listed
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, item)| {
            let expressions: Vec<String> = texts(item.get("SPDX-License-Identifier"))
                .iter()
                .filter_map(|text| parse_declared(text).expression)
                .collect();
            Some(Annotation {
                globs: texts(item.get("path")),
                expression: super::expression::all_of(expressions.iter().map(String::as_str))?,
                holders: texts(item.get("SPDX-FileCopyrightText")),
                path: path.to_owned(),
                line: heads.get(at).map_or(1, |head| line_of(text, *head)),
                star_crosses: false,
            })
        })
        .collect()
}

/// The Debian form: paragraphs of `Files`, `Copyright`, `License`.
fn dep5(path: &str, text: &str) -> Vec<Annotation> {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(Files|License|Copyright):\s*(.*)$").expect("invariant: the pattern compiles")
    });
    let mut out = Vec::new();
    let mut open = Paragraph::default();
    for (line, number) in text.lines().zip(1_u32..) {
        if line.trim().is_empty() {
            out.extend(std::mem::take(&mut open).close(path));
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
    out.extend(open.close(path));
    out
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

    fn close(self, path: &str) -> Option<Annotation> {
        if self.globs.is_empty() {
            return None;
        }
        Some(Annotation {
            globs: self.globs,
            expression: parse_declared(&self.licence).expression?,
            holders: self.holders,
            path: path.to_owned(),
            line: self.line,
            star_crosses: true,
        })
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
        let found = Annotations(reuse_toml("REUSE.toml", text));
        let code = found.of("src/main.rs").unwrap();
        assert_eq!((code.expression.as_str(), code.line), ("MIT", 3));
        assert_eq!(code.holders, ["2024 DINUM"]);
        let docs = found.of("docs/a/b.png").unwrap();
        assert_eq!((docs.expression.as_str(), docs.line), ("etalab-2.0", 8));
    }

    #[test]
    fn the_debian_form_is_read() {
        let text = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: outil\n\nFiles: *\nCopyright: 2021 Mairie de Lille\nLicense: AGPL-3.0-or-later\n\nFiles: docs/* *.md\nCopyright: 2021 Mairie de Lille\nLicense: CC-BY-4.0\n";
        let found = Annotations(dep5(".reuse/dep5", text));
        assert_eq!(found.of("a/b.py").unwrap().expression, "AGPL-3.0-or-later");
        assert_eq!(found.of("docs/a.svg").unwrap().expression, "CC-BY-4.0");
        assert_eq!(found.of("docs/a.svg").unwrap().line, 8);
    }

    #[test]
    fn broken_files_say_nothing() {
        assert!(reuse_toml("REUSE.toml", "[[annotations]\npath").is_empty());
        assert!(dep5(".reuse/dep5", "Files: *\nLicense: what it is\n").is_empty());
    }
}
