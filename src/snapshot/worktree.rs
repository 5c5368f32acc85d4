// SPDX-License-Identifier: EUPL-1.2
//! A folder as it is on disk: tracked and untracked files of a work tree, or any plain folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use gix::bstr::{BString, ByteSlice as _};
use gix::index::entry::Mode;

use super::git::{GitStore, OpenError, head_of, new_entry, open_git, open_repository};
use super::history::History;
use super::{Blob, Entry, EntryKind, Listing, ReadError, Snapshot, Source};
use crate::model::limits::Limits;
use crate::model::outcome::{Reason, ReasonCode};

/// A snapshot of whatever `path` is: a work tree as it is on disk, a bare repository at HEAD, or a plain folder.
///
/// With `at`, the commit is read instead of the disk. Discovery never climbs above `path`.
///
/// # Errors
/// Nothing at `path`, an unreadable folder, a damaged repository, no such commit, a bare repository without commit.
pub fn open_path(path: &Path, at: Option<&str>, limits: Limits) -> Result<Snapshot, OpenError> {
    let unreadable = |source| OpenError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let metadata = fs::metadata(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => OpenError::NotFound {
            path: path.to_owned(),
        },
        _ => unreadable(source),
    })?;
    if !metadata.is_dir() {
        return Err(unreadable(io::ErrorKind::NotADirectory.into()));
    }
    let has_dot_git = path.join(".git").symlink_metadata().is_ok();
    let is_bare = !has_dot_git && is_git_folder(path);
    if !has_dot_git && !is_bare {
        return match at {
            Some(commit) => Err(OpenError::NoSuchCommit {
                path: path.to_owned(),
                commit: commit.to_owned(),
            }),
            None => open_folder(path, limits).map_err(unreadable),
        };
    }
    if is_bare || at.is_some() {
        return open_git(path, at, limits);
    }
    // nothing was ever put on disk: that is no deletion of everything
    if is_without_checkout(path)
        && let Ok(snapshot) = open_git(path, None, limits.clone())
    {
        return Ok(snapshot);
    }
    open_work_tree(path, limits)
}

/// True for a clone whose files were not checked out: no index, and nothing beside `.git`.
fn is_without_checkout(path: &Path) -> bool {
    let git = path.join(".git");
    git.is_dir()
        && git.join("index").symlink_metadata().is_err()
        && fs::read_dir(path).is_ok_and(|mut entries| {
            entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == ".git"))
        })
}

/// True for a bare repository, or for the `.git` folder of a work tree.
fn is_git_folder(path: &Path) -> bool {
    path.join("HEAD").is_file() && path.join("objects").is_dir() && path.join("refs").is_dir()
}

fn open_folder(path: &Path, limits: Limits) -> io::Result<Snapshot> {
    let mut walk = Walk {
        root: path,
        limits: &limits,
        entries: Vec::new(),
        is_truncated: false,
    };
    walk.folder(path, &mut Vec::new(), 0, &mut |_, _| Verdict::Take(None))?;
    let listing = Listing {
        entries: walk.entries,
        commit: None,
        is_truncated: walk.is_truncated,
        is_plain_folder: true,
    };
    let source = Disk {
        root: path.to_owned(),
        store: None,
        committed: BTreeMap::new(),
    };
    Ok(Snapshot::new(Box::new(source), listing, limits))
}

fn open_work_tree(path: &Path, limits: Limits) -> Result<Snapshot, OpenError> {
    let repository = open_repository(path)?;
    let damaged = |source: String| OpenError::Damaged {
        path: path.to_owned(),
        source: source.into(),
    };
    let head = head_of(&repository);
    // the index lists tracked files; without one (a fresh clone without checkout) HEAD's tree stands in for it
    let index = repository
        .index_or_load_from_head_or_empty()
        .map_err(|error| damaged(error.to_string()))?;
    let tracked: BTreeMap<BString, (gix::ObjectId, Mode)> = index
        .entries()
        .iter()
        .map(|entry| (entry.path(&index).to_owned(), (entry.id, entry.mode)))
        .collect();
    let mut excludes = repository
        .excludes(
            &index,
            None,
            gix::worktree::stack::state::ignore::Source::WorktreeThenIdMappingIfNotSkipped,
        )
        .map_err(|error| damaged(error.to_string()))?;
    let mut verdict = |relative: &[u8], is_folder: bool| {
        let path = relative.as_bstr();
        if let Some((id, mode)) = tracked.get(path) {
            return if *mode == Mode::COMMIT {
                Verdict::Submodule
            } else {
                Verdict::Take(Some(*id))
            };
        }
        let mode = if is_folder { Mode::DIR } else { Mode::FILE };
        let is_ignored = excludes
            .at_entry(path, Some(mode))
            .is_ok_and(|platform| platform.is_excluded());
        let holds_tracked = || {
            let mut prefix = relative.to_vec();
            prefix.push(b'/');
            tracked
                .range(BString::from(prefix.clone())..)
                .next()
                .is_some_and(|(path, _)| path.starts_with(&prefix))
        };
        if is_ignored && !(is_folder && holds_tracked()) {
            Verdict::Skip
        } else {
            Verdict::Take(None)
        }
    };
    let mut walk = Walk {
        root: path,
        limits: &limits,
        entries: Vec::new(),
        is_truncated: false,
    };
    walk.folder(path, &mut Vec::new(), 0, &mut verdict)
        .map_err(|source| OpenError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
    let listing = Listing {
        entries: walk.entries,
        commit: head.map(|head| head.to_string()),
        is_truncated: walk.is_truncated,
        is_plain_folder: false,
    };
    let committed = head.map_or_else(BTreeMap::new, |head| committed_blobs(&repository, head));
    drop(index);
    let source = Disk {
        root: path.to_owned(),
        committed,
        store: head.map(|head| GitStore::new(repository, head)),
    };
    Ok(Snapshot::new(Box::new(source), listing, limits))
}

/// The blob of every path at `head`, to tell what is uncommitted. Unreadable trees leave gaps.
fn committed_blobs(
    repository: &gix::Repository,
    head: gix::ObjectId,
) -> BTreeMap<Vec<u8>, gix::ObjectId> {
    let read = || {
        repository
            .index_from_tree(&repository.find_commit(head).ok()?.tree_id().ok()?)
            .ok()
    };
    let Some(index) = read() else {
        return BTreeMap::new();
    };
    index
        .entries()
        .iter()
        .map(|entry| (entry.path(&index).to_vec(), entry.id))
        .collect()
}

/// What to do with a path found on disk.
enum Verdict {
    /// Ignored, or not the repository's.
    Skip,
    /// A submodule: listed, never entered.
    Submodule,
    /// A file or folder of the project, with its blob in the index when tracked.
    Take(Option<gix::ObjectId>),
}

struct Walk<'w> {
    root: &'w Path,
    limits: &'w Limits,
    entries: Vec<Entry>,
    is_truncated: bool,
}

impl Walk<'_> {
    fn folder(
        &mut self,
        folder: &Path,
        prefix: &mut Vec<u8>,
        depth: usize,
        verdict: &mut dyn FnMut(&[u8], bool) -> Verdict,
    ) -> io::Result<()> {
        let mut children: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        children.sort_by_key(fs::DirEntry::file_name);
        for child in children {
            let name = child.file_name();
            if name == ".git" {
                continue;
            }
            if self.entries.len() >= self.limits.tree_entries || depth >= self.limits.tree_depth {
                self.is_truncated = true;
                return Ok(());
            }
            // of the entry itself: a link is never followed
            let Ok(kind) = child.file_type() else {
                continue;
            };
            let length = prefix.len();
            prefix.extend_from_slice(&path_bytes(Path::new(&name)));
            match verdict(prefix, kind.is_dir()) {
                Verdict::Submodule => {
                    self.entries
                        .push(new_entry(prefix, EntryKind::Submodule, None));
                }
                Verdict::Take(id) if kind.is_symlink() => {
                    self.entries.push(new_entry(prefix, EntryKind::Link, id));
                }
                Verdict::Take(id) if kind.is_file() => {
                    let kind = file_kind(&child);
                    self.entries.push(new_entry(prefix, kind, id));
                }
                // a repository inside the folder is somebody else's
                Verdict::Take(_) if kind.is_dir() && !child.path().join(".git").exists() => {
                    prefix.push(b'/');
                    // an unreadable folder hides files: the listing is incomplete, not the audit
                    if self
                        .folder(&child.path(), prefix, depth + 1, verdict)
                        .is_err()
                    {
                        self.is_truncated = true;
                    }
                }
                Verdict::Skip | Verdict::Take(_) => {}
            }
            prefix.truncate(length);
        }
        debug_assert!(folder.starts_with(self.root));
        Ok(())
    }
}

#[cfg(unix)]
fn file_kind(entry: &fs::DirEntry) -> EntryKind {
    use std::os::unix::fs::PermissionsExt as _;
    let is_executable = entry
        .metadata()
        .is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0);
    if is_executable {
        EntryKind::Executable
    } else {
        EntryKind::File
    }
}

#[cfg(not(unix))]
fn file_kind(_entry: &fs::DirEntry) -> EntryKind {
    EntryKind::File
}

fn path_bytes(path: &Path) -> Vec<u8> {
    gix::path::into_bstr(path).map_or_else(|_odd| Vec::new(), |bytes| bytes.to_vec())
}

/// Files on disk, with the object store beside them when there is one.
struct Disk {
    root: PathBuf,
    store: Option<GitStore>,
    committed: BTreeMap<Vec<u8>, gix::ObjectId>,
}

impl Disk {
    fn path(&self, entry: &Entry) -> PathBuf {
        let bytes = entry.raw.as_deref().unwrap_or(entry.path.as_bytes());
        match gix::path::from_bstr(bytes.as_bstr()) {
            Ok(path) => self.root.join(path),
            Err(_odd) => self.root.join(&*entry.path),
        }
    }

    fn open(&self, entry: &Entry) -> Result<File, ReadError> {
        let path = self.path(entry);
        // between listing and reading the file may have become a link
        let metadata = path
            .symlink_metadata()
            .map_err(|_gone| ReadError::NotFetched)?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        File::open(path).map_err(|_denied| ReadError::NotFetched)
    }

    fn is_uncommitted(&self, entry: &Entry, bytes: &[u8]) -> bool {
        let Some(store) = &self.store else {
            return false;
        };
        let path = entry.raw.as_deref().unwrap_or(entry.path.as_bytes());
        match self.committed.get(path) {
            None => !self.committed.is_empty(),
            Some(id) => gix::objs::compute_hash(store.hash_kind(), gix::objs::Kind::Blob, bytes)
                .is_ok_and(|actual| actual != *id),
        }
    }
}

impl Source for Disk {
    fn read(&self, entry: &Entry, limit: usize) -> Result<Blob, ReadError> {
        let mut bytes = Vec::new();
        self.open(entry)?
            .take(limit as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|_failed| ReadError::Damaged)?;
        let is_truncated = bytes.len() > limit;
        bytes.truncate(limit);
        Ok(Blob {
            is_uncommitted: !is_truncated && self.is_uncommitted(entry, &bytes),
            bytes,
            is_truncated,
        })
    }

    fn size(&self, entry: &Entry) -> Result<u64, ReadError> {
        let metadata = self
            .path(entry)
            .symlink_metadata()
            .map_err(|_gone| ReadError::NotFetched)?;
        Ok(metadata.len())
    }

    fn default_branch(&self) -> Option<String> {
        self.store.as_ref()?.default_branch()
    }

    fn history(&self, limits: &Limits) -> Result<History, Reason> {
        self.store.as_ref().map_or_else(
            || Err(Reason::new(ReasonCode::NoHistory)),
            |store| store.history(limits),
        )
    }
}
