// SPDX-License-Identifier: EUPL-1.2
//! What ends a command early: a message with a way out, and the exit code that scripts read.

use std::io;

use crate::catalogue::CatalogueError;
use crate::forge::git::FetchError;
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::reports::{Messages, RenderError};
use crate::snapshot::OpenError;
use crate::store::StoreError;

/// Exit codes; the smaller the number here, the sooner it is reported when several apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done,
    /// A threshold was not met.
    Threshold,
    /// Wrong use of the command line.
    Usage,
    /// Configuration, catalogue as a whole, or rules.
    Configuration,
    /// A forge could not be asked.
    Unreachable,
    /// Store or output.
    Output,
    /// Interrupted.
    Interrupted,
}

impl Exit {
    /// The number that the process answers.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Threshold => 1,
            Self::Usage => 2,
            Self::Configuration => 3,
            Self::Unreachable => 4,
            Self::Output => 5,
            Self::Interrupted => 130,
        }
    }

    /// Of several outcomes the one to report: usage, configuration, output, forge, threshold.
    pub(super) fn first(all: &[Self]) -> Self {
        const ORDER: [Exit; 6] = [
            Exit::Interrupted,
            Exit::Usage,
            Exit::Configuration,
            Exit::Output,
            Exit::Unreachable,
            Exit::Threshold,
        ];
        ORDER
            .into_iter()
            .find(|exit| all.contains(exit))
            .unwrap_or(Self::Done)
    }
}

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A wrong value that the parser of arguments cannot know of.
    #[error("usage")]
    Usage(Message),
    /// Problems of configuration or rules, all of them.
    #[error("{} problems", .0.len())]
    Problems(Vec<Problem>),
    /// The catalogue as a whole cannot be read.
    #[error("catalogue")]
    Catalogue(#[source] CatalogueError),
    /// What was to be audited cannot be opened.
    #[error("open")]
    Open(#[source] OpenError),
    /// What was to be audited cannot be brought here.
    #[error("fetch")]
    Fetch(#[source] FetchError),
    /// The store failed.
    #[error("store")]
    Store(#[source] StoreError),
    /// Something could not be written.
    #[error("{path}")]
    Write {
        /// Where.
        path: String,
        /// The system's word.
        #[source]
        source: io::Error,
    },
    /// A file named on the command line could not be read.
    #[error("{path}")]
    Read {
        /// Which.
        path: String,
        /// The system's word.
        #[source]
        source: io::Error,
    },
    /// A page could not be rendered: a fault of perenne.
    #[error("render")]
    Render(#[source] RenderError),
    /// The person interrupted.
    #[error("interrupted")]
    Interrupted,
}

impl CliError {
    /// The exit code.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_)
            | Self::Read { .. }
            | Self::Open(OpenError::NotFound { .. } | OpenError::NoSuchCommit { .. }) => {
                Exit::Usage
            }
            Self::Problems(_) | Self::Catalogue(_) => Exit::Configuration,
            // nothing to judge is an outcome
            Self::Open(OpenError::Empty { .. })
            | Self::Fetch(FetchError::Empty { .. } | FetchError::NotReadable { .. }) => Exit::Done,
            Self::Fetch(FetchError::NoScratch { .. })
            | Self::Write { .. }
            | Self::Store(_)
            | Self::Render(_) => Exit::Output,
            Self::Open(_) | Self::Fetch(_) => Exit::Unreachable,
            Self::Interrupted => Exit::Interrupted,
        }
    }

    /// The lines to print: what happened, then what to do.
    pub(super) fn lines(&self, messages: &Messages) -> Vec<String> {
        match self {
            Self::Usage(message) => error_lines(messages, message, None),
            Self::Problems(problems) => problems
                .iter()
                .map(|problem| problem_line(problem, messages))
                .collect(),
            Self::Catalogue(error) => error
                .problems()
                .iter()
                .map(|problem| problem_line(problem, messages))
                .collect(),
            Self::Open(error) => {
                let (message, help) = open_message(error);
                error_lines(messages, &message, Some(&help))
            }
            Self::Fetch(error) => {
                let (message, help) = fetch_message(error);
                error_lines(messages, &message, Some(&help))
            }
            Self::Store(StoreError::Failed { source }) => {
                let message = Message::new("error-store").with("detail", source);
                error_lines(messages, &message, None)
            }
            Self::Write { path, source } => {
                let help = Message::new(match source.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "help-disk-full",
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                        "help-permission"
                    }
                    _ => "help-write",
                });
                let message = Message::new("error-write").with("path", path);
                error_lines(messages, &message, Some(&help))
            }
            Self::Read { path, source } => {
                let code = match source.kind() {
                    io::ErrorKind::NotFound => "error-no-such-file",
                    io::ErrorKind::PermissionDenied => "error-not-permitted",
                    _ => "error-read",
                };
                let message = match code {
                    "error-no-such-file" => Message::new("error-no-such-file"),
                    "error-not-permitted" => Message::new("error-not-permitted"),
                    _ => Message::new("error-read"),
                };
                error_lines(messages, &message.with("path", path), None)
            }
            Self::Render(error) => {
                let message = Message::new("error-render").with("detail", error);
                error_lines(messages, &message, Some(&Message::new("help-report-bug")))
            }
            Self::Interrupted => error_lines(messages, &Message::new("error-interrupted"), None),
        }
    }
}

fn error_lines(messages: &Messages, message: &Message, help: Option<&Message>) -> Vec<String> {
    let mut lines = vec![format!(
        "{}{}",
        messages.plain("error-prefix"),
        messages.message(message)
    )];
    lines.extend(help.map(|help| {
        format!(
            "{}{}",
            messages.plain("help-prefix"),
            messages.message(help)
        )
    }));
    lines
}

/// `file:line: what is wrong (what was probably meant)`.
pub(super) fn problem_line(problem: &Problem, messages: &Messages) -> String {
    let place = match problem.line {
        Some(line) => format!("{}:{line}", problem.file),
        None => problem.file.clone(),
    };
    let text = messages.message(&problem.message);
    match &problem.suggestion {
        Some(suggestion) => format!("{place}: {text} {}", messages.message(suggestion)),
        None => format!("{place}: {text}"),
    }
}

fn open_message(error: &OpenError) -> (Message, Message) {
    match error {
        OpenError::NotFound { path } => (
            Message::new("error-no-such-path").with("path", path.display()),
            Message::new("help-no-such-path"),
        ),
        OpenError::Unreadable { path, .. } => (
            Message::new("error-unreadable-path").with("path", path.display()),
            Message::new("help-unreadable-path"),
        ),
        OpenError::Damaged { path, source } => (
            Message::new("error-damaged-repository")
                .with("path", path.display())
                .with("detail", source),
            Message::new("help-damaged-repository"),
        ),
        OpenError::NoSuchCommit { path, commit } => (
            Message::new("error-no-such-commit")
                .with("path", path.display())
                .with("commit", commit),
            Message::new("help-no-such-commit"),
        ),
        OpenError::Empty { path } => (
            Message::new("error-empty-repository").with("path", path.display()),
            Message::new("help-empty-repository"),
        ),
    }
}

fn fetch_message(error: &FetchError) -> (Message, Message) {
    let (message, help) = match error {
        FetchError::NoGit { .. } => ("error-no-git", "help-no-git"),
        FetchError::NoScratch { .. } => ("error-no-scratch", "help-disk-full"),
        FetchError::Refused { why, .. } if *why == "private-address" => {
            ("error-refused-private-address", "help-refused")
        }
        FetchError::Refused { .. } => ("error-refused-scheme", "help-refused"),
        FetchError::Unreachable { .. } => ("error-unreachable", "help-unreachable"),
        FetchError::NotReadable { .. } => ("error-not-readable", "help-not-readable"),
        FetchError::Empty { .. } => ("error-empty-remote", "help-empty-repository"),
        FetchError::TimedOut { .. } => ("error-timed-out", "help-unreachable"),
        FetchError::TooLarge { .. } => ("error-too-large", "help-too-large"),
        FetchError::Damaged { .. } => ("error-damaged-remote", "help-damaged-repository"),
    };
    let mut message = Message {
        code: message.into(),
        params: std::collections::BTreeMap::new(),
    };
    let reason = error.reason();
    if let Some(detail) = reason.detail.get("detail") {
        message = message.with("detail", detail);
    }
    let help = Message {
        code: help.into(),
        params: std::collections::BTreeMap::new(),
    };
    (message.with("url", address_of(error)), help)
}

fn address_of(error: &FetchError) -> &str {
    match error {
        FetchError::NoGit { .. } | FetchError::NoScratch { .. } => "",
        FetchError::Refused { url, .. }
        | FetchError::Unreachable { url, .. }
        | FetchError::NotReadable { url, .. }
        | FetchError::Empty { url }
        | FetchError::TimedOut { url }
        | FetchError::TooLarge { url }
        | FetchError::Damaged { url, .. } => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_exit_is_reported_first() {
        assert_eq!(Exit::first(&[]), Exit::Done);
        assert_eq!(
            Exit::first(&[Exit::Threshold, Exit::Unreachable]),
            Exit::Unreachable
        );
        assert_eq!(
            Exit::first(&[Exit::Unreachable, Exit::Output]),
            Exit::Output
        );
        assert_eq!(
            Exit::first(&[Exit::Output, Exit::Configuration]),
            Exit::Configuration
        );
    }
}
