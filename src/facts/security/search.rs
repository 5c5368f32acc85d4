// SPDX-License-Identifier: EUPL-1.2
//! Goes through the project's text files once, looking for secrets.

use std::collections::BTreeSet;

use super::checks::is_for_one_machine;
use super::lone;
use super::patterns::{PATTERNS, PREFILTER};
use super::personal::{self, Sign};
use crate::facts::dependencies::manifest::is_fixture;
use crate::model::outcome::Reason;
use crate::model::text;
use crate::snapshot::{Entry, ReadError, Snapshot};

/// Places reported at most: beyond, the remedy is the same.
const MOST_FOUND: usize = 100;

/// A place where a secret stands. Its value is not kept.
pub(super) struct Secret {
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) kind: &'static str,
    pub(super) is_uncommitted: bool,
}

/// What was found, and how far the search went.
#[derive(Default)]
pub(super) struct Search {
    pub(super) found: Vec<Secret>,
    /// Text files that were searched.
    pub(super) files: usize,
    /// Data files with signs of persons, met on the way.
    pub(super) persons: Vec<Sign>,
    /// Why some file could not be searched.
    pub(super) unread: Option<Reason>,
}

pub(super) fn search(snapshot: &Snapshot) -> Search {
    let mut search = Search::default();
    for entry in snapshot.files() {
        if is_passed_over(entry) || is_test_material(&entry.path) {
            continue;
        }
        // a file that another theme has read is not read again
        if let Some(known) = snapshot.known_text(entry) {
            match known {
                Ok(text) => {
                    search.files += 1;
                    search
                        .persons
                        .extend(personal::look(entry, text.text.as_bytes()));
                    if is_lone_token(entry, &text.text) {
                        search.found.push(lone_token(entry, text.is_uncommitted));
                    }
                    if PREFILTER.is_match(text.text.as_bytes()) {
                        search_text(entry, &text.text, text.is_uncommitted, &mut search.found);
                    }
                }
                Err(ReadError::Binary | ReadError::NotAFile) => {}
                Err(error) => {
                    search
                        .unread
                        .get_or_insert_with(|| error.reason(&entry.path));
                }
            }
            if search.found.len() >= MOST_FOUND {
                break;
            }
            continue;
        }
        // read without keeping: every file is looked at, few are looked at again
        let blob = match snapshot.read(entry) {
            Ok(blob) => blob,
            Err(ReadError::Binary | ReadError::NotAFile) => continue,
            Err(error) => {
                search
                    .unread
                    .get_or_insert_with(|| error.reason(&entry.path));
                continue;
            }
        };
        let is_wide = blob.bytes.starts_with(b"\xff\xfe") || blob.bytes.starts_with(b"\xfe\xff");
        if !is_wide {
            if blob.bytes[..blob.bytes.len().min(8000)].contains(&0) {
                continue;
            }
            search.files += 1;
            search.persons.extend(personal::look(entry, &blob.bytes));
            if !PREFILTER.is_match(&blob.bytes) && !lone::is_candidate(entry) {
                continue;
            }
        }
        if let Some(text) = text::decode(&blob.bytes) {
            search.files += usize::from(is_wide);
            if is_lone_token(entry, &text) {
                search.found.push(lone_token(entry, blob.is_uncommitted));
            }
            search_text(entry, &text, blob.is_uncommitted, &mut search.found);
        }
        if search.found.len() >= MOST_FOUND {
            break;
        }
    }
    search
}

fn is_lone_token(entry: &Entry, text: &str) -> bool {
    lone::is_candidate(entry) && !is_for_one_machine(&entry.path) && lone::is_token(text)
}

fn lone_token(entry: &Entry, is_uncommitted: bool) -> Secret {
    Secret {
        path: entry.path.to_string(),
        line: 1,
        kind: "lone-token",
        is_uncommitted,
    }
}

fn search_text(entry: &Entry, text: &str, is_uncommitted: bool, found: &mut Vec<Secret>) {
    if is_encrypted(text) {
        return;
    }
    // a token that stands alone is reported once
    let is_known = |secret: &Secret| *secret.path == *entry.path;
    let mut lines: BTreeSet<u32> = found
        .iter()
        .filter(|one| is_known(one))
        .map(|one| one.line)
        .collect();
    for pattern in &PATTERNS {
        for candidate in pattern.find(&entry.path, text) {
            if !(pattern.is_real)(&candidate) {
                continue;
            }
            let line = text::line_of(text, candidate.offset());
            if lines.insert(line) && found.len() < MOST_FOUND {
                found.push(Secret {
                    path: entry.path.to_string(),
                    line,
                    kind: pattern.kind,
                    is_uncommitted,
                });
            }
        }
    }
}

/// Secrets that were encrypted on purpose may be published.
pub(super) fn is_encrypted(text: &str) -> bool {
    [
        "kind: SealedSecret",
        "$ANSIBLE_VAULT;",
        "ENC[AES256_GCM",
        "-----BEGIN AGE ENCRYPTED",
        "-----BEGIN PGP MESSAGE",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}

/// True for tests and their material: what looks like a secret there is made for the test.
pub(super) fn is_test_material(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.to_ascii_lowercase();
    is_fixture(folder)
        || folder.split('/').any(|part| {
            matches!(
                part.to_ascii_lowercase().as_str(),
                "test"
                    | "tests"
                    | "testing"
                    | "spec"
                    | "specs"
                    | "__tests__"
                    | "e2e"
                    | "cypress"
                    | "playwright"
                    | "mocks"
                    | "mock"
                    | "cassettes"
                    | "vcr_cassettes"
                    | "__snapshots__"
            )
        })
        || name.starts_with("test_")
        || [".test.", ".spec.", "_test.", "_spec.", ".mock.", "-test."]
            .iter()
            .any(|part| name.contains(part))
}

/// Extensions of files that are no text, hold data or hashes, or style pages.
const PASSED_OVER: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff", "psd", "ai", "eps",
    "svg", "sketch", "fig", "xd", "xcf", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4v",
    "webm", "mov", "avi", "ogg", "ogv", "wav", "flac", "pdf", "doc", "docx", "xls", "xlsx", "ppt",
    "pptx", "odt", "ods", "odp", "odg", "zip", "gz", "tgz", "bz2", "xz", "7z", "rar", "zst", "tar",
    "jar", "war", "class", "pyc", "so", "dll", "exe", "dylib", "o", "a", "wasm", "bin", "dat",
    "db", "sqlite", "sqlite3", "mdb", "parquet", "feather", "rds", "rdata", "rda", "pkl", "pickle",
    "npy", "npz", "h5", "hdf5", "onnx", "pt", "dbf", "shp", "shx", "gpkg", "mbtiles", "tfm",
    "lock", "map", "csv", "tsv", "geojson", "topojson", "kml", "gml", "po", "mo", "pot", "ics",
    "p12", "pfx", "jks", "keystore", "xmind", "bib", "epub", "swf", "css", "scss", "sass", "less",
];

/// Files that are no text, are generated, or hold hashes only.
fn is_passed_over(entry: &Entry) -> bool {
    let name = entry.name();
    name.contains(".min.")
        || name.ends_with("-lock.json")
        || matches!(name, "pnpm-lock.yaml" | "go.sum" | "npm-shrinkwrap.json")
        || PASSED_OVER.contains(&entry.extension().as_str())
}
