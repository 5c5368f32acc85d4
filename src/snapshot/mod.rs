// SPDX-License-Identifier: EUPL-1.2
//! A read-only, bounded view of a repository's files and history at one commit.
//!
//! The same view stands above a work tree, a bare repository, a bundle, a fetched address, a plain folder and an
//! in-memory tree of tests. Nothing is executed, no symbolic link is followed, and every read has a limit; what a
//! limit cuts off is *truncated*, what a mirror lacks is *not fetched*: neither is a fault of the project.

mod git;
mod history;
mod memory;
mod vendored;
mod worktree;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::model::limits::Limits;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::problem::Problem;
use crate::model::project::{PROJECT_FILE, ProjectConfig, parse_project};
use crate::model::text;

pub use git::{OpenError, open_git, origin_of};
pub use history::{Commit, History, Identity, Tag};
pub use memory::MemoryTree;
pub use vendored::{VendoredSign, VendoredTree};
pub use worktree::open_path;

/// What a path of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A file with the executable bit.
    Executable,
    /// A symbolic link; never followed.
    Link,
    /// A submodule; never fetched.
    Submodule,
}

/// One file, link or submodule of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path from the root, `/` as separator; bytes that are no text are replaced.
    pub path: Box<str>,
    /// The path's bytes, when they are not UTF-8.
    raw: Option<Box<[u8]>>,
    /// What it is.
    pub kind: EntryKind,
    /// True inside a tree that is a copy of somebody else's project: never counts for or against.
    pub is_vendored: bool,
    /// Where the last part of the path begins: every theme asks for names and folders.
    name_at: usize,
    /// The blob of the audited commit; `None` for untracked files and plain folders.
    id: Option<gix::ObjectId>,
    /// Its length in bytes, once somebody asked: several themes do.
    size: OnceLock<u64>,
}

impl Entry {
    fn new(path: Box<str>, kind: EntryKind) -> Self {
        Self {
            name_at: path.rfind('/').map_or(0, |at| at + 1),
            path,
            raw: None,
            kind,
            is_vendored: false,
            id: None,
            size: OnceLock::new(),
        }
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        &self.path[self.name_at..]
    }

    /// The folder that holds the entry, empty for the root.
    pub fn folder(&self) -> &str {
        &self.path[..self.name_at.saturating_sub(1)]
    }

    /// The extension in lower case, without dot; empty when there is none. A leading dot is not an extension.
    pub fn extension(&self) -> String {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
            _ => String::new(),
        }
    }

    /// True for regular and executable files.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, EntryKind::File | EntryKind::Executable)
    }

    /// True when the entry is in the root folder.
    pub fn is_at_root(&self) -> bool {
        self.name_at == 0
    }
}

/// A file's bytes, cut at the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// The first bytes of the file, all of them unless `is_truncated`.
    pub bytes: Vec<u8>,
    /// True when the file is longer than the limit.
    pub is_truncated: bool,
    /// True when the file on disk differs from the audited commit.
    pub is_uncommitted: bool,
}

/// A file's text, decoded and cut at the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text, without byte-order mark.
    pub text: String,
    /// True when the file is longer than the limit.
    pub is_truncated: bool,
    /// True when the file on disk differs from the audited commit.
    pub is_uncommitted: bool,
}

/// Why a listed file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The object is listed but the mirror does not hold it.
    #[error("not fetched")]
    NotFetched,
    /// The object exists and cannot be decoded.
    #[error("damaged")]
    Damaged,
    /// The file is no text.
    #[error("binary")]
    Binary,
    /// A link or a submodule: never followed.
    #[error("not a file")]
    NotAFile,
    /// The audit has read as much as it may.
    #[error("too much was read already")]
    Exhausted,
}

impl ReadError {
    /// The reason to give for a fact that needed this file.
    pub fn reason(&self, path: &str) -> Reason {
        let code = match self {
            Self::NotFetched => ReasonCode::NotFetched,
            Self::Damaged => ReasonCode::Damaged,
            Self::Binary | Self::NotAFile => ReasonCode::Unreadable,
            Self::Exhausted => ReasonCode::Truncated,
        };
        Reason::new(code).with("path", path)
    }
}

/// What stands behind a snapshot: a Git object store, a folder, a tree in memory.
trait Source: Send + Sync {
    fn read(&self, entry: &Entry, limit: usize) -> Result<Blob, ReadError>;
    fn size(&self, entry: &Entry) -> Result<u64, ReadError>;
    fn history(&self, limits: &Limits) -> Result<History, Reason>;
    /// The name of the default branch, when the source tells it.
    fn default_branch(&self) -> Option<String> {
        None
    }
}

/// What a source lists, before vendored trees are recognised.
struct Listing {
    entries: Vec<Entry>,
    commit: Option<String>,
    is_truncated: bool,
    is_plain_folder: bool,
}

/// Texts that were asked for, by path.
type KeptTexts = BTreeMap<Box<str>, Result<Arc<Text>, ReadError>>;

/// Files and history of one repository, at one commit.
pub struct Snapshot {
    entries: Vec<Entry>,
    vendored: Vec<VendoredTree>,
    commit: Option<String>,
    is_truncated: bool,
    is_plain_folder: bool,
    limits: Limits,
    source: Box<dyn Source>,
    history: OnceLock<Result<History, Reason>>,
    default_branch: OnceLock<Option<String>>,
    texts: Mutex<KeptTexts>,
    bytes_read: AtomicU64,
    project: ProjectConfig,
    project_problems: Vec<Problem>,
}

impl Snapshot {
    fn new(source: Box<dyn Source>, mut listing: Listing, limits: Limits) -> Self {
        listing.entries.sort_by(|a, b| a.path.cmp(&b.path));
        let mut snapshot = Self {
            entries: listing.entries,
            vendored: Vec::new(),
            commit: listing.commit,
            is_truncated: listing.is_truncated,
            is_plain_folder: listing.is_plain_folder,
            limits,
            source,
            history: OnceLock::new(),
            default_branch: OnceLock::new(),
            texts: Mutex::default(),
            bytes_read: AtomicU64::new(0),
            project: ProjectConfig::default(),
            project_problems: Vec::new(),
        };
        snapshot.read_project();
        let trees = vendored::recognise(&snapshot);
        snapshot.exclude(trees);
        snapshot
    }

    /// Reads the repository's own configuration and leaves out what it excludes.
    fn read_project(&mut self) {
        let Some(entry) = self.entry(PROJECT_FILE) else {
            return;
        };
        let Ok(text) = self.text(entry) else {
            return;
        };
        let (project, problems) = parse_project(PROJECT_FILE, &text.text);
        for entry in &mut self.entries {
            entry.is_vendored |= project.is_excluded(&entry.path);
        }
        self.vendored
            .extend(project.exclude.iter().map(|pattern| VendoredTree {
                path: pattern.as_str().to_owned(),
                sign: VendoredSign::Configuration,
            }));
        self.project = project;
        self.project_problems = problems;
    }

    /// The repository's own `.perenne.toml`; empty when there is none.
    pub fn project(&self) -> &ProjectConfig {
        &self.project
    }

    /// Problems of the repository's own `.perenne.toml`.
    pub fn project_problems(&self) -> &[Problem] {
        &self.project_problems
    }

    /// Takes folders out of the project's files; they stay listed by [`Snapshot::vendored`].
    fn exclude(&mut self, trees: Vec<VendoredTree>) {
        for tree in &trees {
            for entry in &mut self.entries {
                if vendored::is_inside(&entry.path, &tree.path) {
                    entry.is_vendored = true;
                }
            }
        }
        self.vendored.extend(trees);
        self.vendored.sort_by(|a, b| a.path.cmp(&b.path));
        self.vendored.dedup_by(|a, b| a.path == b.path);
    }

    /// Every entry, vendored ones included, in path order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The project's own files: regular files outside vendored trees, in path order.
    pub fn files(&self) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(|entry| entry.is_file() && !entry.is_vendored)
    }

    /// The project's own files in the root folder, then those in the roots that the repository declares.
    pub fn root_files(&self) -> impl Iterator<Item = &Entry> {
        let declared = |entry: &&Entry| !entry.is_at_root() && self.is_in_root(entry);
        self.files()
            .filter(|entry| entry.is_at_root())
            .chain(self.files().filter(declared))
    }

    /// The folder that holds the entry, as seen from the declared root that holds it: empty in a root.
    pub fn folder_in_root<'e>(&self, entry: &'e Entry) -> &'e str {
        self.project.seen_from_root(entry.folder())
    }

    /// True in the root folder and in a root that the repository declares.
    pub fn is_in_root(&self, entry: &Entry) -> bool {
        self.folder_in_root(entry).is_empty()
    }

    /// The project's own files below `folder` (no trailing slash), at any depth; all files for the empty folder.
    pub fn files_below<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s Entry> {
        self.files()
            .filter(move |entry| vendored::is_inside(&entry.path, folder))
    }

    /// The entry at exactly this path.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries
            .binary_search_by(|entry| (*entry.path).cmp(path))
            .ok()
            .map(|index| &self.entries[index])
    }

    /// True when some entry lies below this folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let start = self
            .entries
            .partition_point(|entry| *entry.path < *prefix.as_str());
        self.entries
            .get(start)
            .is_some_and(|entry| entry.path.starts_with(&prefix))
    }

    /// Trees that are copies of other projects, or excluded by configuration.
    pub fn vendored(&self) -> &[VendoredTree] {
        &self.vendored
    }

    /// Full hash of the audited commit; `None` for a plain folder or a repository without commit.
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// The default branch; `None` where nothing tells it: a folder, a branch that somebody happens to work on.
    pub fn default_branch(&self) -> Option<&str> {
        self.default_branch
            .get_or_init(|| self.source.default_branch())
            .as_deref()
    }

    /// True when the tree has more entries than were listed: an absence is then unknown.
    pub fn is_truncated(&self) -> bool {
        self.is_truncated
    }

    /// Why something that is not among the entries may be there all the same; `None` when the listing is whole.
    pub fn cut(&self) -> Option<Reason> {
        let limit = self.limits.tree_entries;
        let reason = || Reason::new(ReasonCode::Truncated).with("limit", limit);
        self.is_truncated().then(reason)
    }

    /// True for a folder that is not a Git repository.
    pub fn is_plain_folder(&self) -> bool {
        self.is_plain_folder
    }

    /// The bounds in force.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// A file's bytes, at most the limit of one file.
    ///
    /// # Errors
    /// See [`ReadError`]; none of them is the project's fault.
    pub fn read(&self, entry: &Entry) -> Result<Blob, ReadError> {
        self.read_up_to(entry, self.limits.file_bytes)
    }

    /// A file's bytes, at most `limit` of them: for the few files that are long and mean nothing when cut.
    ///
    /// # Errors
    /// As [`Snapshot::read`].
    pub fn read_up_to(&self, entry: &Entry, limit: usize) -> Result<Blob, ReadError> {
        if !entry.is_file() {
            return Err(ReadError::NotAFile);
        }
        if self.bytes_read.load(Ordering::Relaxed) >= self.limits.total_bytes {
            return Err(ReadError::Exhausted);
        }
        let blob = self.source.read(entry, limit)?;
        self.bytes_read
            .fetch_add(blob.bytes.len() as u64, Ordering::Relaxed);
        Ok(blob)
    }

    /// A file's text, at most the limit of one file; kept, so that asking twice reads once.
    ///
    /// # Errors
    /// See [`ReadError`]; binary files answer [`ReadError::Binary`].
    pub fn text(&self, entry: &Entry) -> Result<Arc<Text>, ReadError> {
        if let Some(known) = self.kept_texts().get(&entry.path) {
            return known.clone();
        }
        let text = self.read(entry).and_then(|blob| {
            let text = text::decode(&blob.bytes).ok_or(ReadError::Binary)?;
            Ok(Arc::new(Text {
                text,
                is_truncated: blob.is_truncated,
                is_uncommitted: blob.is_uncommitted,
            }))
        });
        self.kept_texts().insert(entry.path.clone(), text.clone());
        text
    }

    /// What [`Snapshot::text`] answered before; `None` when nobody asked for this file yet.
    pub fn known_text(&self, entry: &Entry) -> Option<Result<Arc<Text>, ReadError>> {
        self.kept_texts().get(&entry.path).cloned()
    }

    fn kept_texts(&self) -> std::sync::MutexGuard<'_, KeptTexts> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file's length in bytes, without reading its content.
    ///
    /// # Errors
    /// [`ReadError::NotFetched`] when the mirror lacks the object.
    pub fn size(&self, entry: &Entry) -> Result<u64, ReadError> {
        if let Some(size) = entry.size.get() {
            return Ok(*size);
        }
        let size = self.source.size(entry)?;
        Ok(*entry.size.get_or_init(|| size))
    }

    /// The commits reachable from the audited commit, walked once.
    ///
    /// # Errors
    /// The reason why there is no history: a plain folder, no commit, a damaged object.
    pub fn history(&self) -> Result<&History, &Reason> {
        self.history
            .get_or_init(|| self.source.history(&self.limits))
            .as_ref()
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("commit", &self.commit)
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}
