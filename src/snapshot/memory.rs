// SPDX-License-Identifier: EUPL-1.2
//! A snapshot made of texts: for the examples of rules and the tests of facts.

use std::collections::BTreeMap;

use super::{Blob, Entry, EntryKind, History, Listing, ReadError, Snapshot, Source};
use crate::model::limits::Limits;
use crate::model::outcome::{Reason, ReasonCode};

/// A tree in memory, turned into a [`Snapshot`] by [`MemoryTree::snapshot`].
#[derive(Debug, Clone, Default)]
pub struct MemoryTree {
    files: BTreeMap<String, Vec<u8>>,
    links: Vec<String>,
    absent: Vec<String>,
    history: Option<History>,
    is_truncated: bool,
    default_branch: Option<String>,
}

impl MemoryTree {
    /// An empty tree without history.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), content.into());
        self
    }

    /// Adds a symbolic link.
    #[must_use]
    pub fn link(mut self, path: &str) -> Self {
        self.links.push(path.to_owned());
        self
    }

    /// Adds a file that is listed but was not fetched.
    #[must_use]
    pub fn absent(mut self, path: &str) -> Self {
        self.absent.push(path.to_owned());
        self
    }

    /// Gives the tree a history.
    #[must_use]
    pub fn history(mut self, history: History) -> Self {
        self.history = Some(history);
        self
    }

    /// Names the default branch.
    #[must_use]
    pub fn default_branch(mut self, name: &str) -> Self {
        self.default_branch = Some(name.to_owned());
        self
    }

    /// Marks the listing as cut by a limit.
    #[must_use]
    pub fn truncated(mut self) -> Self {
        self.is_truncated = true;
        self
    }

    /// The snapshot of this tree, with default limits.
    pub fn snapshot(self) -> Snapshot {
        let entry = |path: &String, kind| Entry::new(path.as_str().into(), kind);
        let files = self.files.keys().chain(&self.absent);
        let mut entries: Vec<_> = files.map(|path| entry(path, EntryKind::File)).collect();
        entries.extend(self.links.iter().map(|path| entry(path, EntryKind::Link)));
        let listing = Listing {
            entries,
            commit: self.history.as_ref().map(|_| "0".repeat(40)),
            is_truncated: self.is_truncated,
            is_plain_folder: self.history.is_none(),
        };
        Snapshot::new(Box::new(self), listing, Limits::default())
    }
}

impl Source for MemoryTree {
    fn read(&self, entry: &Entry, limit: usize) -> Result<Blob, ReadError> {
        let bytes = self.files.get(&*entry.path).ok_or(ReadError::NotFetched)?;
        Ok(Blob {
            bytes: bytes[..bytes.len().min(limit)].to_vec(),
            is_truncated: bytes.len() > limit,
            is_uncommitted: false,
        })
    }

    fn size(&self, entry: &Entry) -> Result<u64, ReadError> {
        let bytes = self.files.get(&*entry.path).ok_or(ReadError::NotFetched)?;
        Ok(bytes.len() as u64)
    }

    fn history(&self, _limits: &Limits) -> Result<History, Reason> {
        self.history
            .clone()
            .ok_or_else(|| Reason::new(ReasonCode::NoHistory))
    }
    fn default_branch(&self) -> Option<String> {
        self.default_branch.clone()
    }
}
