// SPDX-License-Identifier: EUPL-1.2
//! Why there is no catalogue at all.

use std::io;

use super::Format;
use crate::model::document::DocumentError;
use crate::model::limits::{DOCUMENT_DEPTH, YAML_NODES};
use crate::model::{Message, Problem};

/// A catalogue or configuration that could not be read as a whole.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The file cannot be opened or read.
    #[error("cannot read {file}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A folder, a device or a pipe.
    #[error("{file} is not a regular file")]
    NotAFile {
        /// The path.
        file: String,
    },
    /// Larger than any catalogue.
    #[error("{file} is larger than {limit} bytes")]
    TooLarge {
        /// The file.
        file: String,
        /// The bound, bytes.
        limit: u64,
    },
    /// Bytes that are no text.
    #[error("{file} is not a text")]
    NotText {
        /// The file.
        file: String,
    },
    /// Malformed TOML or YAML.
    #[error("{file} is not {format}: {}", first(.errors))]
    Syntax {
        /// The file.
        file: String,
        /// The format that was expected.
        format: Format,
        /// Every error that the parser found.
        errors: Vec<DocumentError>,
    },
    /// Well-formed YAML that is no mapping of défis.
    #[error("{file}:{line}: not a mapping of défis")]
    NotACatalogue {
        /// The file.
        file: String,
        /// Where its content begins.
        line: u32,
    },
    /// Content that resembles no known format.
    #[error("{file}: format not recognised")]
    UnknownFormat {
        /// The file.
        file: String,
    },
}

fn first(errors: &[DocumentError]) -> String {
    errors.first().map(ToString::to_string).unwrap_or_default()
}

impl CatalogueError {
    /// The error as problems of the file, one for each place.
    pub fn problems(&self) -> Vec<Problem> {
        let whole = |file: &String, code| vec![Problem::of_file(file, None, Message::new(code))];
        match self {
            Self::Unreadable { file, source } => match source.kind() {
                io::ErrorKind::NotFound => whole(file, "file-not-found"),
                io::ErrorKind::PermissionDenied => whole(file, "file-not-permitted"),
                _ => whole(file, "file-unreadable"),
            },
            Self::NotAFile { file } => whole(file, "not-a-file"),
            Self::TooLarge { file, limit } => vec![Problem::of_file(
                file,
                None,
                Message::new("file-too-large").with("limit", limit),
            )],
            Self::NotText { file } => whole(file, "not-text"),
            Self::Syntax {
                file,
                format,
                errors,
            } => {
                let code = match format {
                    Format::Toml => "not-toml",
                    Format::Eig | Format::List => "not-yaml",
                };
                let problems = errors.iter().map(|error| {
                    let message = if error.is_over_limit {
                        Message::new("document-too-large")
                            .with("nodes", YAML_NODES)
                            .with("depth", DOCUMENT_DEPTH)
                    } else {
                        Message::new(code).with("detail", &error.message)
                    };
                    Problem::of_file(file, Some(error.line), message)
                });
                problems.collect()
            }
            Self::NotACatalogue { file, line } => vec![
                Problem::of_file(file, Some(*line), Message::new("not-a-catalogue"))
                    .with_suggestion(Some(Message::new("catalogue-formats"))),
            ],
            Self::UnknownFormat { file } => vec![
                Problem::of_file(file, None, Message::new("format-not-recognised"))
                    .with_suggestion(Some(Message::new("catalogue-formats"))),
            ],
        }
    }
}
