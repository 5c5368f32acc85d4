// SPDX-License-Identifier: EUPL-1.2
//! The JSON of `perenne catalogue check`: how each entry was read, and each problem with its line.
//!
//! Texts are the reports' business: the caller passes what turns a message into a sentence.

use serde::Serialize;

use super::{Catalogue, CatalogueError, Defi};
use crate::model::{AddressKind, Message, Problem};

/// Version of the shape: additive within a major.
pub const SCHEMA_VERSION: &str = "1.0";

/// A catalogue as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedCatalogue {
    /// Version of this shape.
    pub schema_version: &'static str,
    /// Every entry, in order.
    pub defis: Vec<CheckedDefi>,
    /// Problems of files as a whole.
    pub problems: Vec<CheckedProblem>,
}

/// An entry as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedDefi {
    /// Its identity.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its promotion as written in the entry, always a text; empty when it has none.
    pub promotion: String,
    /// Its addresses.
    pub sources: Vec<CheckedSource>,
    /// What is wrong with it.
    pub problems: Vec<CheckedProblem>,
}

/// An address as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedSource {
    /// `repository`, `account` or `site`.
    pub kind: AddressKind,
    /// Normalised address.
    pub url: String,
    /// Host; empty for local paths.
    pub host: String,
    /// True when the host was missing and supplied.
    pub inferred: bool,
    /// Line in the catalogue.
    pub line: u32,
}

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedProblem {
    /// The file.
    pub file: String,
    /// Line, from 1; `null` for the file as a whole.
    pub line: Option<u32>,
    /// Stable code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What was probably meant, or what to do.
    pub suggestion: Option<String>,
}

/// The view of a catalogue that was read.
pub fn check_view(catalogue: &Catalogue, say: &dyn Fn(&Message) -> String) -> CheckedCatalogue {
    CheckedCatalogue {
        schema_version: SCHEMA_VERSION,
        defis: catalogue
            .defis
            .iter()
            .map(|defi| defi_view(defi, say))
            .collect(),
        problems: problem_views(&catalogue.problems, say),
    }
}

/// The view of a catalogue that could not be read at all.
pub fn error_view(error: &CatalogueError, say: &dyn Fn(&Message) -> String) -> CheckedCatalogue {
    CheckedCatalogue {
        schema_version: SCHEMA_VERSION,
        defis: Vec::new(),
        problems: problem_views(&error.problems(), say),
    }
}

fn defi_view(defi: &Defi, say: &dyn Fn(&Message) -> String) -> CheckedDefi {
    CheckedDefi {
        id: defi.id.to_string(),
        title: defi.title.clone(),
        promotion: defi.promotion_id.clone().unwrap_or_default(),
        sources: defi
            .sources
            .iter()
            .map(|source| CheckedSource {
                kind: source.kind,
                url: source.url.clone(),
                host: source.host.clone(),
                inferred: source.inferred,
                line: source.line,
            })
            .collect(),
        problems: problem_views(&defi.problems, say),
    }
}

/// Problems in words.
pub fn problem_views(
    problems: &[Problem],
    say: &dyn Fn(&Message) -> String,
) -> Vec<CheckedProblem> {
    problems
        .iter()
        .map(|problem| CheckedProblem {
            file: problem.file.clone(),
            line: problem.line,
            code: problem.code().to_owned(),
            message: say(&problem.message),
            suggestion: problem.suggestion.as_ref().map(say),
        })
        .collect()
}
