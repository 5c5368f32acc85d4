// SPDX-License-Identifier: EUPL-1.2
//! Where a fact was read, and whether it could be read at all.

use serde::{Deserialize, Serialize};

use super::message::Message;
use super::outcome::Reason;

/// Longest excerpt kept with an evidence, in characters.
const EXCERPT_CHARS: usize = 160;

/// A place that supports a fact. Every part is optional: a file without line, a field of the forge, a note.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Path from the root of the repository, `/` as separator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Field of a manifest or of the forge's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is written there, on one line and shortened. Never a secret, an address or a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
    /// What was made of it, or what was searched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Message>,
    /// True when the file on disk differs from the audited commit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncommitted: bool,
}

impl Evidence {
    /// Evidence that is a file.
    pub fn path(path: impl Into<String>) -> Self {
        Self {
            path: Some(path.into()),
            ..Self::default()
        }
    }

    /// Evidence that is a line of a file.
    pub fn line(path: impl Into<String>, line: u32) -> Self {
        Self {
            line: Some(line),
            ..Self::path(path)
        }
    }

    /// Evidence that is a field of the forge's answer.
    pub fn field(name: impl Into<String>) -> Self {
        Self {
            field: Some(name.into()),
            ..Self::default()
        }
    }

    /// Evidence that is only a note, for example what was searched.
    pub fn note(message: Message) -> Self {
        Self {
            note: Some(message),
            ..Self::default()
        }
    }

    /// Adds what is written there: one line, at most 160 characters.
    #[must_use]
    pub fn with_excerpt(mut self, text: &str) -> Self {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut short: String = folded.chars().take(EXCERPT_CHARS).collect();
        if short.len() < folded.len() {
            short.push('…');
        }
        self.excerpt = (!short.is_empty()).then_some(short);
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn with_note(mut self, message: Message) -> Self {
        self.note = Some(message);
        self
    }

    /// Adds the name of a field.
    #[must_use]
    pub fn with_field(mut self, name: impl Into<String>) -> Self {
        self.field = Some(name.into());
        self
    }
}

/// A value that was read, with its evidence, or the reason why it could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observed<T> {
    /// Read. For a search that found nothing, the evidence says what was searched.
    Known {
        /// The value.
        value: T,
        /// Where it was read.
        evidence: Vec<Evidence>,
    },
    /// Not read: says nothing about the repository.
    Unknown(Reason),
}

impl<T> Observed<T> {
    /// A value with its evidence.
    pub fn known(value: T, evidence: Vec<Evidence>) -> Self {
        Self::Known { value, evidence }
    }

    /// The value when it is known.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Unknown(_) => None,
        }
    }

    /// Evidence of a known value; empty when unknown.
    pub fn evidence(&self) -> &[Evidence] {
        match self {
            Self::Known { evidence, .. } => evidence,
            Self::Unknown(_) => &[],
        }
    }
}
