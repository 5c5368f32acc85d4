// SPDX-License-Identifier: EUPL-1.2
//! The heads of source files: the licence, the holders and the GNU notice that stand there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::declaration::{Declaration, Origin, Part, Reach, Worth};
use super::expression::all_of;
use super::reuse::Annotations;
use super::sources::{Majority, Sources};
use crate::facts::licence::{
    SourceNotice, copyright_holders, source_holders, source_notice, spdx_headers,
};
use crate::model::evidence::Evidence;
use crate::model::text::fold;
use crate::snapshot::{Entry, Snapshot};

/// Files without header matched against annotations.
pub(super) const MAX_ANNOTATED: usize = 150;

/// Bytes of a file in which a header may stand.
const HEAD_BYTES: usize = 4096;

/// Share of the sample, in percent, under which headers are those of copied files.
const LEAST_SHARE: usize = 20;

/// A holder named in a header: path, line, name.
type Named = (String, u32, String);

/// The heads of files that were opened.
#[derive(Default)]
pub(super) struct Heads {
    /// By path: the licence of the header, if any.
    opened: BTreeMap<Box<str>, Option<String>>,
    /// Where each licence was read.
    by_expression: BTreeMap<String, Vec<(String, u32)>>,
    holders: Vec<Named>,
    any_later: Option<Evidence>,
    /// By path: the notice in prose, where there is something to license.
    notices: BTreeMap<Box<str>, Option<SourceNotice>>,
    /// Holders beside such a notice: path, line, text.
    noticed: Vec<Named>,
    /// Files that no hand wrote, by their own words.
    generated: BTreeSet<Box<str>>,
}

/// How much of the heads a notice in prose must govern, in percent, to be that of the code.
const LEAST_NOTICED: usize = 50;

impl Heads {
    /// Opens `wanted` files spread over `files`.
    pub(super) fn open(&mut self, snapshot: &Snapshot, files: &[&Entry], wanted: usize) {
        let step = files.len().div_ceil(wanted.max(1)).max(1);
        for entry in files.iter().step_by(step) {
            self.one(snapshot, entry);
        }
    }

    /// Whether the head of a file names its licence; `None` for a file that could not be read.
    pub(super) fn one(&mut self, snapshot: &Snapshot, entry: &Entry) -> Option<bool> {
        if let Some(known) = self.known(entry) {
            return Some(known);
        }
        let text = snapshot.text(entry).ok()?;
        let head = head(&text.text);
        if is_no_source(head) {
            self.generated.insert(entry.path.clone());
        } else if !head.trim().is_empty() {
            self.read_notice(&entry.path, head);
        }
        let found = self.read_head(&entry.path, head);
        let is_named = found.is_some();
        self.opened.insert(entry.path.clone(), found);
        Some(is_named)
    }

    /// What [`Heads::one`] answered before.
    pub(super) fn known(&self, entry: &Entry) -> Option<bool> {
        self.opened.get(&entry.path).map(Option::is_some)
    }

    /// True for a file that was opened and says that a program wrote it.
    pub(super) fn is_generated(&self, entry: &Entry) -> bool {
        self.generated.contains(&entry.path)
    }

    fn read_notice(&mut self, path: &str, head: &str) {
        let notice = source_notice(head);
        if notice.is_some() {
            let holders = source_holders(head).into_iter();
            self.noticed
                .extend(holders.map(|holder| (path.to_owned(), holder.line, holder.text)));
        }
        self.notices.insert(path.into(), notice);
    }

    /// The notice in prose of most files, and the holder of most of these. A single file among others does not decide:
    /// it may be a copy.
    fn notice(&self) -> Option<(SourceNotice, String, Option<Named>)> {
        let mut count: BTreeMap<&str, Vec<(&str, &SourceNotice)>> = BTreeMap::new();
        for (path, notice) in &self.notices {
            if let Some(notice) = notice {
                let places = count.entry(&notice.expression).or_default();
                places.push((path, notice));
            }
        }
        let most = count.values().max_by_key(|places| places.len())?;
        let is_alone = most.len() == 1 && self.notices.len() > 1;
        if is_alone || most.len() * 100 < self.notices.len() * LEAST_NOTICED {
            return None;
        }
        let mut holders: BTreeMap<String, Vec<&Named>> = BTreeMap::new();
        for named in &self.noticed {
            holders.entry(fold(&named.2)).or_default().push(named);
        }
        let holder = holders.values().max_by_key(|places| places.len());
        let holder = holder
            .filter(|places| places.len() * 100 >= most.len() * LEAST_NOTICED)
            .and_then(|places| places.first())
            .map(|named| (*named).clone());
        let (path, first) = most.first()?;
        Some(((*first).clone(), (*path).to_owned(), holder))
    }

    /// True when no file that was opened names a licence.
    pub(super) fn is_empty(&self) -> bool {
        self.by_expression.is_empty()
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

    /// One declaration per licence, the holders, and what prose binds.
    pub(super) fn declare(&mut self, out: &mut Sources) {
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
        if let Some((notice, path, holder)) = self.notice() {
            let evidence = Evidence::line(&path, notice.line).with_excerpt(&notice.raw);
            out.notice = Some(Majority {
                expression: notice.expression.clone(),
                evidence: vec![evidence],
            });
            out.declarations.push(Declaration {
                path,
                line: Some(notice.line),
                value: notice.raw,
                expression: Some(notice.expression),
                is_valid: true,
                origin: Origin::Header,
                part: Part::Code,
                reach: Reach::Folder,
                worth: Worth::Said,
            });
            out.holders.extend(holder);
        }
        out.any_later = self.any_later.take();
    }

    /// The licence of `files`: that of most of them, a header before an annotation.
    pub(super) fn majority(&self, files: &[&Entry], annotations: &Annotations) -> Option<Majority> {
        let mut count: BTreeMap<String, (usize, Evidence)> = BTreeMap::new();
        let mut seen = 0;
        let step = files.len().div_ceil(MAX_ANNOTATED).max(1);
        let has_annotations = !annotations.list.is_empty();
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

/// True for the head of a file that a program wrote, and for XML under the extension of a language.
fn is_no_source(head: &str) -> bool {
    static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?im)^\W*(?:@generated\b|auto-?generated\b|code generated\b|resource object code\b|generated by (?:the |an? )?\S+.{0,40}(?:compiler|generator|do not edit)|.{0,80}\b(?:do not (?:edit|modify)|ne pas (?:modifier|éditer)|(?:automatically|machine) generated|généré automatiquement)\b)",
        )
        .expect("invariant: the pattern compiles")
    });
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let first: usize = head.lines().take(12).map(|line| line.len() + 1).sum();
    let first = head.get(..first).unwrap_or(head);
    start.starts_with("<?xml") || start.starts_with("<!DOCTYPE TS") || WRITTEN.is_match(first)
}

/// The first bytes of a text, cut between characters.
fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
