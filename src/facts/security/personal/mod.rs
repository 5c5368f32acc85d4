// SPDX-License-Identifier: EUPL-1.2
//! Signs that a data file speaks of real persons: names of columns and shapes of values, counted and never kept.

mod columns;
mod values;

use super::search::is_test_material;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::{self, fold_plain};
use crate::snapshot::{Entry, ReadError, Snapshot};

/// Bytes of one file that are looked at: the head names the columns, and a part of the rows is enough.
const HEAD_BYTES: usize = 256 << 10;

/// Bytes of tables read for one repository, counted as they are stored.
const TABLE_BYTES: u64 = 24 << 20;

/// Rows below which a table is no file of persons.
const FEW_ROWS: usize = 3;

/// A file with signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) path: String,
    /// `nir`, `iban`, `birth-and-name`, `emails`.
    pub(super) signs: Vec<&'static str>,
    /// Names of the columns that say it.
    pub(super) columns: Vec<String>,
    /// Rows or values counted in the part that was read.
    pub(super) count: usize,
}

/// Looks at the tables of the tree, the smallest first; says why some were not looked at.
pub(super) fn find_in_tables(snapshot: &Snapshot) -> (Vec<Sign>, Option<Reason>) {
    let mut tables: Vec<(u64, &Entry)> = snapshot
        .files()
        .filter(|entry| matches!(entry.extension().as_str(), "csv" | "tsv" | "tab"))
        .filter(|entry| !is_fictive(&entry.path))
        .map(|entry| (snapshot.size(entry).unwrap_or(0), entry))
        .collect();
    tables.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    let mut signs = Vec::new();
    let mut missed = None;
    let mut left = TABLE_BYTES;
    for (size, entry) in tables {
        if size > left {
            let reason = Reason::new(ReasonCode::Truncated).with("limit", TABLE_BYTES);
            missed.get_or_insert(reason);
            break;
        }
        left -= size;
        match snapshot.read_up_to(entry, HEAD_BYTES) {
            Ok(blob) => signs.extend(look(entry, &blob.bytes)),
            Err(ReadError::Binary | ReadError::NotAFile) => {}
            Err(error) => {
                missed.get_or_insert(error.reason(&entry.path));
            }
        }
    }
    (signs, missed)
}

/// Signs in one file; `None` for code, tests and what says that it is made up.
pub(super) fn look(entry: &Entry, bytes: &[u8]) -> Option<Sign> {
    let extension = entry.extension();
    let kind = kind(&extension)?;
    if bytes.len() < 200 || is_fictive(&entry.path) || is_about_code(entry) {
        return None;
    }
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let is_promising = kind == Kind::Table || values::may_hold(head) || columns::may_hold(head);
    if !is_promising {
        return None;
    }
    let text = text::decode(cut(head))?;
    let found = match kind {
        Kind::Table => columns::of_table(&text),
        Kind::Records => columns::of_records(&text),
        Kind::Dump => columns::of_dump(&text),
        Kind::Values => columns::Found::default(),
    };
    let mut sign = Sign {
        path: entry.path.to_string(),
        signs: Vec::new(),
        columns: found.columns,
        count: found.rows,
    };
    if found.is_of_persons && found.rows >= FEW_ROWS {
        sign.signs.push("birth-and-name");
    } else {
        sign.columns.clear();
        sign.count = 0;
    }
    for (name, count) in values::count(&text) {
        sign.signs.push(name);
        sign.count = sign.count.max(count);
    }
    (!sign.signs.is_empty()).then_some(sign)
}

/// The bytes without a character that was cut in two.
fn cut(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    end.map_or(bytes, |end| &bytes[..end])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table,
    Records,
    Dump,
    /// Only shapes of values are looked for.
    Values,
}

fn kind(extension: &str) -> Option<Kind> {
    Some(match extension {
        "csv" | "tsv" | "tab" => Kind::Table,
        "json" | "jsonl" | "ndjson" | "geojson" => Kind::Records,
        "sql" | "dump" => Kind::Dump,
        "ipynb" | "xml" => Kind::Values,
        _ => return None,
    })
}

/// Files of tools, which name their authors.
fn is_about_code(entry: &Entry) -> bool {
    let name = entry.name();
    matches!(
        name,
        "package.json"
            | "composer.json"
            | "package-lock.json"
            | "contributors.json"
            | "pom.xml"
            | "codemeta.json"
    ) || name.starts_with('.')
}

/// True when the path says that the content is made up, or made for tests.
fn is_fictive(path: &str) -> bool {
    is_test_material(path)
        || fold_plain(path)
            .split(['/', '.', '-', '_', ' '])
            .any(|part| {
                let part = part.trim_end_matches('s');
                matches!(
                    part,
                    "fictif"
                        | "fictive"
                        | "fake"
                        | "faker"
                        | "mock"
                        | "dummy"
                        | "sample"
                        | "example"
                        | "exemple"
                        | "demo"
                        | "test"
                        | "fixture"
                        | "seed"
                        | "seeder"
                        | "synthetic"
                        | "synthetique"
                        | "generated"
                        | "anonyme"
                        | "anonymou"
                        | "anonymise"
                        | "anonymisee"
                        | "anonymized"
                        | "pseudonymise"
                        | "pseudonymisee"
                        | "spec"
                        | "testing"
                        | "modele"
                        | "template"
                        | "schema"
                )
            })
}

#[cfg(test)]
mod tests;
