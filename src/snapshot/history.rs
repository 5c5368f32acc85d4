// SPDX-License-Identifier: EUPL-1.2
//! Commits and tags, reduced to what facts need. Identities stay in memory and are never printed or stored.

use crate::model::date::Moment;

/// The commits reachable from the audited commit, newest first by the order of the walk.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The commits.
    pub commits: Vec<Commit>,
    /// Distinct authors after `.mailmap`, in order of appearance; [`Commit::author`] points here.
    pub authors: Vec<Identity>,
    /// False when the repository is shallow, an object is missing, or the limit was reached: counts are then floors.
    pub is_complete: bool,
    /// Tags of the repository, reachable from the commit or not, by name.
    pub tags: Vec<Tag>,
}

/// One commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Committer date.
    pub committed: Moment,
    /// Index into [`History::authors`].
    pub author: usize,
    /// True with two parents or more.
    pub is_merge: bool,
    /// True when the message carries a `Signed-off-by` trailer.
    pub is_signed_off: bool,
}

/// A name and an address as written in a commit, after `.mailmap`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Name without `refs/tags/`.
    pub name: String,
    /// Date of the annotated tag, else of the commit; `None` when the object is missing.
    pub date: Option<Moment>,
}
