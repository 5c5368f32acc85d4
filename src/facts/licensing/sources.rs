// SPDX-License-Identifier: EUPL-1.2
//! What single files say of themselves, by header or by annotation, over a bounded sample.

use std::collections::BTreeMap;

use super::declaration::{Declaration, Origin, Part, Reach, Worth};
use super::expression::all_of;
use super::paths::{is_code, is_copy_like, is_data, is_document, part_of_folder};
use super::reuse::{self, Annotations};
use crate::facts::licence::{copyright_holders, spdx_headers};
use crate::model::evidence::Evidence;
use crate::snapshot::{Entry, Snapshot};

/// Files opened before it is settled whether the project writes headers at all.
const FIRST_SAMPLE: usize = 24;

/// Files opened where it does.
const FULL_SAMPLE: usize = 120;

/// Files without header matched against annotations.
const MAX_ANNOTATED: usize = 150;

/// Bytes of a file in which a header may stand.
const HEAD_BYTES: usize = 4096;

/// Share of the sample, in percent, under which headers are those of copied files.
const LEAST_SHARE: usize = 20;

/// A licence that holds for many files of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Majority {
    /// SPDX expression.
    pub(super) expression: String,
    /// Where it was read first.
    pub(super) evidence: Vec<Evidence>,
}

/// What single files say.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The licence of code files.
    pub(super) code: Option<Majority>,
    /// The licence of documents.
    pub(super) docs: Option<Majority>,
    /// The licence of data files.
    pub(super) data: Option<Majority>,
    /// One declaration per expression of headers and per annotation.
    pub(super) declarations: Vec<Declaration>,
    /// Holders in headers and annotations: path, line, text.
    pub(super) holders: Vec<(String, u32, String)>,
    /// Whether a header binds the versions of a GNU licence in prose.
    pub(super) any_later: Option<Evidence>,
    /// Files of code outside documentation, settings and hidden folders.
    pub(super) code_files: usize,
}

/// Reads annotations and a sample of headers.
pub(super) fn read(snapshot: &Snapshot) -> Sources {
    let annotations = reuse::read(snapshot);
    let code = code_files(snapshot);
    let mut out = Sources {
        code_files: code.iter().filter(|entry| is_substance(entry)).count(),
        ..Sources::default()
    };
    let mut heads = Heads::default();
    heads.open(snapshot, &code, FIRST_SAMPLE);
    if !heads.by_expression.is_empty() {
        heads.open(snapshot, &code, FULL_SAMPLE);
    }
    heads.declare(&mut out);
    for annotation in &annotations.0 {
        out.declarations.push(Declaration {
            path: annotation.path.clone(),
            line: Some(annotation.line),
            value: annotation.expression.clone(),
            expression: Some(annotation.expression.clone()),
            is_valid: true,
            origin: Origin::Reuse,
            part: part_of_globs(&annotation.globs),
            reach: Reach::Whole,
            worth: Worth::Said,
        });
        let is_own = !annotation.expression.starts_with("LicenseRef-");
        for holder in annotation.holders.iter().filter(|_| is_own) {
            out.holders
                .push((annotation.path.clone(), annotation.line, holder.clone()));
        }
    }
    out.code = heads.majority(&code, &annotations);
    let of = |test: fn(&str) -> bool, part: Part| -> Vec<&Entry> {
        snapshot
            .files()
            .filter(|entry| test(&entry.extension()) || part_of_folder(entry.folder()) == part)
            .filter(|entry| !is_code(&entry.extension()))
            .take(MAX_ANNOTATED)
            .collect()
    };
    if !annotations.0.is_empty() {
        let none = Heads::default();
        out.docs = none.majority(&of(is_document, Part::Docs), &annotations);
        out.data = none.majority(&of(is_data, Part::Data), &annotations);
    }
    out
}

/// Files of code outside folders of copies; entries come folder by folder, so each folder is judged once.
fn code_files(snapshot: &Snapshot) -> Vec<&Entry> {
    let mut folder: Option<(&str, bool)> = None;
    let mut out = Vec::new();
    for entry in snapshot.files() {
        if !is_code(&entry.extension()) {
            continue;
        }
        let is_copy = match folder {
            Some((known, is_copy)) if known == entry.folder() => is_copy,
            _ => is_copy_like(entry.folder()),
        };
        folder = Some((entry.folder(), is_copy));
        if !is_copy {
            out.push(entry);
        }
    }
    out
}

/// True for code that does something, not for the settings of a tool or the pages of a guide.
fn is_substance(entry: &Entry) -> bool {
    let name = entry.name();
    part_of_folder(entry.folder()) != Part::Docs
        && !entry.path.split('/').any(|part| part.starts_with('.'))
        && !name.contains(".config.")
        && !matches!(
            name,
            "conf.py" | "gulpfile.js" | "Gruntfile.js" | "config.js"
        )
}

fn part_of_globs(globs: &[String]) -> Part {
    let part = |glob: &String| {
        let extension = glob.rsplit_once('.').map_or("", |(_, extension)| extension);
        if is_document(extension) || glob.ends_with("*md") {
            Part::Docs
        } else if is_data(extension) {
            Part::Data
        } else if is_code(extension) {
            Part::Code
        } else {
            part_of_folder(glob)
        }
    };
    let mut parts = globs.iter().map(part);
    let first = parts.next().unwrap_or(Part::All);
    if parts.all(|part| part == first) {
        first
    } else {
        Part::All
    }
}

#[derive(Default)]
struct Heads {
    opened: BTreeMap<Box<str>, Option<String>>,
    by_expression: BTreeMap<String, Vec<(String, u32)>>,
    holders: Vec<(String, u32, String)>,
    any_later: Option<Evidence>,
}

impl Heads {
    /// Opens `wanted` files spread over `files`.
    fn open(&mut self, snapshot: &Snapshot, files: &[&Entry], wanted: usize) {
        let step = files.len().div_ceil(wanted.max(1)).max(1);
        for entry in files.iter().step_by(step) {
            if self.opened.contains_key(&entry.path) {
                continue;
            }
            let Ok(text) = snapshot.text(entry) else {
                continue;
            };
            let found = self.read_head(&entry.path, head(&text.text));
            self.opened.insert(entry.path.clone(), found);
        }
    }

    fn read_head(&mut self, path: &str, head: &str) -> Option<String> {
        if self.any_later.is_none()
            && let Some(at) = head.find("any later version")
            && head.contains("GNU")
        {
            let line = crate::model::text::line_of(head, at);
            self.any_later = Some(Evidence::line(path, line).with_excerpt("any later version"));
        }
        if !head.contains("SPDX-") {
            return None;
        }
        let headers = spdx_headers(head);
        for (line, expression) in &headers {
            self.by_expression
                .entry(expression.clone())
                .or_default()
                .push((path.to_owned(), *line));
        }
        self.read_holders(path, head);
        all_of(headers.iter().map(|(_, expression)| expression.as_str()))
    }

    fn read_holders(&mut self, path: &str, head: &str) {
        for (line, number) in head.lines().zip(1_u32..) {
            let Some((_, who)) = line.split_once("SPDX-FileCopyrightText:") else {
                continue;
            };
            let who = who
                .trim()
                .trim_end_matches("*/")
                .trim_end_matches("-->")
                .trim();
            let named = copyright_holders(&format!("Copyright {who}"));
            if let Some(holder) = named.into_iter().next()
                && !self
                    .holders
                    .iter()
                    .any(|(_, _, known)| *known == holder.text)
            {
                self.holders.push((path.to_owned(), number, holder.text));
            }
        }
    }

    fn declare(&mut self, out: &mut Sources) {
        for (expression, places) in &self.by_expression {
            let Some((path, line)) = places.first() else {
                continue;
            };
            out.declarations.push(Declaration {
                path: path.clone(),
                line: Some(*line),
                value: expression.clone(),
                expression: Some(expression.clone()),
                is_valid: true,
                origin: Origin::Header,
                part: Part::Code,
                reach: Reach::Folder,
                worth: Worth::Said,
            });
        }
        out.holders.append(&mut self.holders);
        out.any_later = self.any_later.take();
    }

    /// The licence of `files`: that of most of them, a header before an annotation.
    fn majority(&self, files: &[&Entry], annotations: &Annotations) -> Option<Majority> {
        let mut count: BTreeMap<String, (usize, Evidence)> = BTreeMap::new();
        let mut seen = 0;
        let step = files.len().div_ceil(MAX_ANNOTATED).max(1);
        let has_annotations = !annotations.0.is_empty();
        for entry in files.iter().step_by(step) {
            let header = self.opened.get(&entry.path);
            if header.is_none() && !has_annotations {
                continue;
            }
            seen += 1;
            let found = header
                .and_then(Option::as_ref)
                .map(|expression| {
                    let line = self.by_expression.get(expression).and_then(|places| {
                        Some(places.iter().find(|(path, _)| **path == *entry.path)?.1)
                    });
                    let place = Evidence::line(&*entry.path, line.unwrap_or(1));
                    (expression.clone(), place.with_excerpt(expression))
                })
                .or_else(|| {
                    let annotation = annotations.of(&entry.path)?;
                    let place = Evidence::line(&annotation.path, annotation.line);
                    Some((
                        annotation.expression.clone(),
                        place.with_excerpt(&annotation.expression),
                    ))
                });
            if let Some((expression, evidence)) = found {
                count.entry(expression).or_insert((0, evidence)).0 += 1;
            }
        }
        let covered: usize = count.values().map(|(n, _)| n).sum();
        if covered == 0 || covered * 100 < seen * LEAST_SHARE {
            return None;
        }
        // closed references are no licence of the whole
        let mut kept: Vec<(String, (usize, Evidence))> = count
            .into_iter()
            .filter(|(expression, _)| !expression.starts_with("LicenseRef-"))
            .collect();
        kept.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        let most = kept.first()?.1.0;
        // a part of the files under another licence binds too, a few copied files do not
        kept.retain(|(_, (n, _))| *n * 3 >= most);
        Some(Majority {
            expression: all_of(kept.iter().map(|(expression, _)| expression.as_str()))?,
            evidence: kept
                .into_iter()
                .map(|(_, (_, evidence))| evidence)
                .collect(),
        })
    }
}

/// The first bytes of a text, cut between characters.
fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
