// SPDX-License-Identifier: EUPL-1.2
//! Trees, blobs and history read from a Git object store, without a work tree.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use gix::bstr::ByteSlice as _;
use gix::object::Kind;
use gix::objs::tree::EntryKind as GitEntryKind;

use super::history::{Commit, History, Identity, Tag};
use super::{Blob, Entry, EntryKind, Listing, ReadError, Snapshot, Source};
use crate::model::date::Moment;
use crate::model::limits::Limits;
use crate::model::outcome::{Reason, ReasonCode};

/// Why a path cannot be audited.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing is there.
    #[error("{path}: no such file or folder")]
    NotFound {
        /// The path asked for.
        path: PathBuf,
    },
    /// The path exists and cannot be read.
    #[error("{path}: cannot be read")]
    Unreadable {
        /// The path asked for.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
    /// A Git repository that cannot be opened.
    #[error("{path}: not a usable Git repository")]
    Damaged {
        /// The path asked for.
        path: PathBuf,
        /// What Git's reader says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The commit asked for is not in the repository.
    #[error("{path}: no commit {commit}")]
    NoSuchCommit {
        /// The path asked for.
        path: PathBuf,
        /// The commit asked for.
        commit: String,
    },
    /// The repository has no commit.
    #[error("{path}: no commit yet")]
    Empty {
        /// The path asked for.
        path: PathBuf,
    },
}

/// A repository and copies of its reader: a reader keeps caches that are not shared between threads.
pub(super) struct GitStore {
    repository: Mutex<gix::Repository>,
    /// Readers that nobody uses at the moment; never more than threads that read at once.
    idle: Mutex<Vec<gix::Repository>>,
    head: gix::ObjectId,
}

/// Opens the repository at exactly `path` (never one of its parents) without any of the user's configuration.
pub(super) fn open_repository(path: &Path) -> Result<gix::Repository, OpenError> {
    let options = gix::open::Options::isolated();
    match options.open(path) {
        Ok(repository) => Ok(repository.to_thread_local()),
        Err(source) => Err(OpenError::Damaged {
            path: path.to_owned(),
            source: source.to_string().into(),
        }),
    }
}

/// The address of the remote `origin` of the repository at `path`, as configured.
pub fn origin_of(path: &Path) -> Option<String> {
    let repository = open_repository(path).ok()?;
    let url = repository.config_snapshot().string("remote.origin.url")?;
    Some(url.to_str_lossy().into_owned())
}

/// A snapshot of one commit of the repository at `path`; `at` is a commit, a branch or a tag, else HEAD.
///
/// # Errors
/// No repository at `path`, no such commit, or no commit at all.
pub fn open_git(path: &Path, at: Option<&str>, limits: Limits) -> Result<Snapshot, OpenError> {
    let repository = open_repository(path)?;
    let head = resolve(&repository, path, at)?;
    let mut lister = Lister {
        repository: &repository,
        limits: &limits,
        entries: Vec::new(),
        is_truncated: false,
    };
    let tree = repository
        .find_object(head)
        .map_err(|error| error.to_string())
        .and_then(|object| object.try_into_commit().map_err(|error| error.to_string()))
        .and_then(|commit| {
            Ok(commit
                .tree_id()
                .map_err(|error| error.to_string())?
                .detach())
        })
        .map_err(|error| OpenError::Damaged {
            path: path.to_owned(),
            source: error.into(),
        })?;
    lister.list(tree, &mut Vec::new(), 0);
    let listing = Listing {
        entries: lister.entries,
        commit: Some(head.to_string()),
        is_truncated: lister.is_truncated,
        is_plain_folder: false,
    };
    let store = GitStore::new(repository, head);
    Ok(Snapshot::new(Box::new(store), listing, limits))
}

fn resolve(
    repository: &gix::Repository,
    path: &Path,
    at: Option<&str>,
) -> Result<gix::ObjectId, OpenError> {
    match at {
        Some(at) => repository
            .rev_parse_single(at)
            .ok()
            .and_then(|id| id.object().ok()?.peel_to_kind(Kind::Commit).ok())
            .map(|object| object.id)
            .ok_or_else(|| OpenError::NoSuchCommit {
                path: path.to_owned(),
                commit: at.to_owned(),
            }),
        None => head_of(repository).ok_or_else(|| OpenError::Empty {
            path: path.to_owned(),
        }),
    }
}

/// Branch into which a fetched address is written: its name is ours, not the project's.
const FETCHED: &str = "perenne";

/// The branch that the remote's HEAD names; without one, the HEAD of a bare repository, which is that of its origin, and
/// in a work tree only a name that default branches usually have, since somebody may work on any branch.
fn default_branch_of(repository: &gix::Repository) -> Option<String> {
    let named = |name: &str| -> Option<String> {
        let reference = repository.try_find_reference(name).ok()??;
        let target = reference.target();
        Some(target.try_name()?.as_bstr().to_str().ok()?.to_owned())
    };
    if let Some(name) = named("refs/remotes/origin/HEAD") {
        return name.strip_prefix("refs/remotes/origin/").map(str::to_owned);
    }
    let head = repository.head_name().ok()??;
    let branch = head.shorten().to_str().ok()?;
    let is_told = repository.is_bare() || matches!(branch, "main" | "master");
    (is_told && branch != FETCHED).then(|| branch.to_owned())
}

/// What HEAD names, whether or not the commit can be read; `None` when there is no commit yet.
pub(super) fn head_of(repository: &gix::Repository) -> Option<gix::ObjectId> {
    let head = repository.head().ok()?;
    head.id().map(gix::Id::detach)
}

struct Lister<'r> {
    repository: &'r gix::Repository,
    limits: &'r Limits,
    entries: Vec<Entry>,
    is_truncated: bool,
}

impl Lister<'_> {
    /// Lists one tree; a tree that is missing or damaged makes the listing incomplete.
    fn list(&mut self, tree: gix::ObjectId, prefix: &mut Vec<u8>, depth: usize) {
        let Ok(Some(object)) = self.repository.try_find_object(tree) else {
            self.is_truncated = true;
            return;
        };
        for entry in gix::objs::TreeRefIter::from_bytes(&object.data, tree.kind()) {
            let Ok(entry) = entry else {
                self.is_truncated = true;
                return;
            };
            if self.entries.len() >= self.limits.tree_entries || depth >= self.limits.tree_depth {
                self.is_truncated = true;
                return;
            }
            let length = prefix.len();
            prefix.extend_from_slice(entry.filename);
            let kind = match entry.mode.kind() {
                GitEntryKind::Tree => None,
                GitEntryKind::Blob => Some(EntryKind::File),
                GitEntryKind::BlobExecutable => Some(EntryKind::Executable),
                GitEntryKind::Link => Some(EntryKind::Link),
                GitEntryKind::Commit => Some(EntryKind::Submodule),
            };
            if let Some(kind) = kind {
                self.entries
                    .push(new_entry(prefix, kind, Some(entry.oid.to_owned())));
            } else {
                prefix.push(b'/');
                self.list(entry.oid.to_owned(), prefix, depth + 1);
            }
            prefix.truncate(length);
        }
    }
}

/// An entry from the bytes of its path.
pub(super) fn new_entry(path: &[u8], kind: EntryKind, id: Option<gix::ObjectId>) -> Entry {
    let text = path.to_str_lossy();
    let raw = matches!(text, std::borrow::Cow::Owned(_)).then(|| path.into());
    let mut entry = Entry::new(text.into(), kind);
    entry.raw = raw;
    entry.id = id;
    entry
}

impl GitStore {
    pub(super) fn new(repository: gix::Repository, head: gix::ObjectId) -> Self {
        Self {
            repository: Mutex::new(repository),
            idle: Mutex::default(),
            head,
        }
    }

    /// The hash function of the repository.
    pub(super) fn hash_kind(&self) -> gix::hash::Kind {
        self.head.kind()
    }

    /// A reader for one thread.
    fn reader(&self) -> gix::Repository {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.unwrap_or_else(|| {
            self.repository
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
        })
    }

    /// Does `work` with a reader, which is then free for others.
    fn with_reader<T>(&self, work: impl FnOnce(&gix::Repository) -> T) -> T {
        let reader = self.reader();
        let done = work(&reader);
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(reader);
        done
    }
}

impl Source for GitStore {
    fn read(&self, entry: &Entry, limit: usize) -> Result<Blob, ReadError> {
        let id = entry.id.ok_or(ReadError::NotFetched)?;
        // the header first: a huge blob is not inflated to be cut
        let size = if let Some(size) = entry.size.get() {
            *size
        } else {
            let size = self.size(entry)?;
            *entry.size.get_or_init(|| size)
        };
        if size > (limit as u64).saturating_mul(64) {
            return Err(ReadError::Exhausted);
        }
        self.with_reader(|repository| match repository.try_find_object(id) {
            Ok(Some(mut object)) => {
                let mut bytes = object.take_data_for_blob();
                let is_truncated = bytes.len() > limit;
                bytes.truncate(limit);
                Ok(Blob {
                    bytes,
                    is_truncated,
                    is_uncommitted: false,
                })
            }
            Ok(None) => Err(ReadError::NotFetched),
            Err(_damaged) => Err(ReadError::Damaged),
        })
    }

    fn default_branch(&self) -> Option<String> {
        self.with_reader(default_branch_of)
    }

    fn size(&self, entry: &Entry) -> Result<u64, ReadError> {
        let id = entry.id.ok_or(ReadError::NotFetched)?;
        self.with_reader(|repository| match repository.try_find_header(id) {
            Ok(Some(header)) => Ok(header.size()),
            Ok(None) => Err(ReadError::NotFetched),
            Err(_damaged) => Err(ReadError::Damaged),
        })
    }

    fn history(&self, limits: &Limits) -> Result<History, Reason> {
        // a reader of its own: the walk and the reading of files run side by side
        walk(&self.reader(), self.head, limits)
    }
}

/// Takes an object's bytes without a copy.
trait TakeData {
    fn take_data_for_blob(&mut self) -> Vec<u8>;
}

impl TakeData for gix::Object<'_> {
    fn take_data_for_blob(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.data)
    }
}

/// Reads every commit reachable from `head`, each once.
fn walk(
    repository: &gix::Repository,
    head: gix::ObjectId,
    limits: &Limits,
) -> Result<History, Reason> {
    let mut walker = Walker {
        mailmap: mailmap(repository, head),
        authors: Vec::new(),
        known: HashMap::new(),
        merged: HashMap::new(),
    };
    let mut seen = HashSet::from([head]);
    let mut queue = vec![head];
    let mut commits = Vec::new();
    let mut is_complete = !repository.is_shallow().unwrap_or(true);
    let mut buffer = Vec::new();
    while let Some(id) = queue.pop() {
        if commits.len() >= limits.commits {
            is_complete = false;
            break;
        }
        let Some(commit) = read_commit(repository, id, &mut buffer) else {
            is_complete = false;
            continue;
        };
        let mut parents = 0;
        for parent in commit.parents() {
            parents += 1;
            if seen.insert(parent) {
                queue.push(parent);
            }
        }
        commits.push(walker.commit(&commit, parents > 1));
    }
    if commits.is_empty() {
        return Err(Reason::new(ReasonCode::Damaged).with("path", head));
    }
    commits.sort_by_key(|commit| std::cmp::Reverse(commit.committed));
    Ok(History {
        commits,
        authors: walker.authors,
        is_complete,
        tags: tags(repository),
    })
}

fn read_commit<'b>(
    repository: &gix::Repository,
    id: gix::ObjectId,
    buffer: &'b mut Vec<u8>,
) -> Option<gix::objs::CommitRef<'b>> {
    use gix::objs::Find as _;
    buffer.clear();
    let data = repository.objects.try_find(&id, buffer).ok()??;
    if data.kind != Kind::Commit {
        return None;
    }
    gix::objs::CommitRef::from_bytes(data.data, id.kind()).ok()
}

struct Walker {
    mailmap: gix::mailmap::Snapshot,
    authors: Vec<Identity>,
    /// From an author as written to its index.
    known: HashMap<Vec<u8>, usize>,
    /// From an author after the mailmap to its index.
    merged: HashMap<Identity, usize>,
}

impl Walker {
    fn commit(&mut self, commit: &gix::objs::CommitRef<'_>, is_merge: bool) -> Commit {
        let committed = commit
            .committer()
            .ok()
            .and_then(|committer| committer.time().ok())
            .map_or(
                Moment {
                    seconds: 0,
                    offset: 0,
                },
                |time| Moment {
                    seconds: time.seconds,
                    offset: time.offset,
                },
            );
        Commit {
            committed,
            author: self.author(commit),
            is_merge,
            is_signed_off: commit
                .message
                .lines()
                .any(|line| line.starts_with(b"Signed-off-by: ")),
        }
    }

    fn author(&mut self, commit: &gix::objs::CommitRef<'_>) -> usize {
        let key = commit.author.rfind_byte(b'>').map_or_else(
            || commit.author.to_vec(),
            |end| commit.author[..end].to_vec(),
        );
        if let Some(&index) = self.known.get(&key) {
            return index;
        }
        let identity = commit.author().map_or_else(
            |_malformed| Identity {
                name: String::new(),
                email: String::new(),
            },
            |author| {
                let resolved = self.mailmap.resolve(author);
                Identity {
                    name: resolved.name.trim().to_str_lossy().into_owned(),
                    email: resolved.email.trim().to_str_lossy().into_owned(),
                }
            },
        );
        let next = self.authors.len();
        let index = *self.merged.entry(identity.clone()).or_insert(next);
        if index == next {
            self.authors.push(identity);
        }
        self.known.insert(key, index);
        index
    }
}

fn mailmap(repository: &gix::Repository, head: gix::ObjectId) -> gix::mailmap::Snapshot {
    let read = || {
        let tree = repository.find_commit(head).ok()?.tree().ok()?;
        let entry = tree.find_entry(".mailmap")?;
        if !entry.mode().is_blob() {
            return None;
        }
        let blob = entry.object().ok()?;
        Some(gix::mailmap::Snapshot::from_bytes(&blob.data))
    };
    read().unwrap_or_default()
}

fn tags(repository: &gix::Repository) -> Vec<Tag> {
    let Ok(platform) = repository.references() else {
        return Vec::new();
    };
    let Ok(references) = platform.tags() else {
        return Vec::new();
    };
    let mut tags: Vec<_> = references
        .filter_map(Result::ok)
        .map(|mut reference| {
            let name = reference.name().shorten().to_str_lossy().into_owned();
            let date = reference
                .try_id()
                .map(gix::Id::detach)
                .and_then(|id| tag_date(repository, id))
                .or_else(|| {
                    let id = reference.peel_to_id().ok()?.detach();
                    tag_date(repository, id)
                });
            Tag { name, date }
        })
        .collect();
    tags.sort_by(|a, b| a.name.cmp(&b.name));
    tags
}

fn tag_date(repository: &gix::Repository, id: gix::ObjectId) -> Option<Moment> {
    let object = repository.try_find_object(id).ok()??;
    let time = match object.kind {
        Kind::Tag => object.try_to_tag_ref().ok()?.tagger().ok()??.time().ok()?,
        Kind::Commit => object
            .try_to_commit_ref()
            .ok()?
            .committer()
            .ok()?
            .time()
            .ok()?,
        Kind::Tree | Kind::Blob => return None,
    };
    Some(Moment {
        seconds: time.seconds,
        offset: time.offset,
    })
}
