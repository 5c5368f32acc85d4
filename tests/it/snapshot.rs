// SPDX-License-Identifier: EUPL-1.2
//! The same view above every origin, and what must never be read.

use std::path::Path;

use perenne::facts::extract::{Inputs, extract_all};
use perenne::forge::git::GitTransport;
use perenne::forge::record::ForgeRecord;
use perenne::model::ids::RepositoryId;
use perenne::model::limits::Limits;
use perenne::model::outcome::ReasonCode;
use perenne::model::url::parse_address;
use perenne::snapshot::{EntryKind, OpenError, ReadError, Snapshot, open_path};

use crate::repository::{Repository, git};

fn transport() -> GitTransport {
    GitTransport {
        environment: std::env::vars_os()
            .filter(|(name, _)| name == "PATH")
            .collect(),
        limits: Limits::default(),
        forges: Vec::new(),
        allow_file: true,
    }
}

fn facts(snapshot: &Snapshot) -> serde_json::Value {
    let record = ForgeRecord::local(RepositoryId::new("example"), "example");
    let facts = extract_all(&Inputs {
        record: &record,
        snapshot,
    });
    facts.to_json()
}

fn facts_at(path: &Path) -> serde_json::Value {
    facts(&open_path(path, None, Limits::default()).unwrap())
}

fn sample() -> Repository {
    let repository = Repository::new();
    repository.write(
        "README.md",
        "# Exemple\n\nUn service d’exemple pour les essais.\n",
    );
    repository.write("LICENSE", "MIT License\n\nCopyright (c) 2024 Ministère\n");
    repository.write("src/app.py", "def main():\n    pass\n");
    repository.write("tests/test_app.py", "def test_main():\n    assert True\n");
    repository.write(".gitignore", "*.log\nbuild/\n");
    repository.write("été/naïve.txt", "é");
    repository.commit("first");
    repository.write("CHANGELOG.md", "## 1.0.0\n");
    repository.write("big.bin", vec![7; 3 << 20]);
    repository.commit("second");
    repository.git(&["tag", "v1.0.0"]);
    repository
}

#[tokio::test]
async fn every_origin_gives_the_same_facts() {
    let repository = sample();
    let scratch = tempfile::tempdir().unwrap();
    let expected = facts_at(repository.path());
    assert_eq!(
        expected["activity"]["commits"].clone(),
        facts_at(&repository.bare_clone(scratch.path()))["activity"]["commits"]
    );
    let bare = repository.bare_clone(&scratch.path().join("b"));
    assert_eq!(expected, facts_at(&bare), "bare clone");
    let bundle = repository.bundle(scratch.path());
    let unpacked = transport().unbundle(&bundle).await.unwrap();
    assert_eq!(expected, facts_at(unpacked.path()), "bundle");
    git(&bare, &["config", "uploadpack.allowFilter", "true"]);
    let address = parse_address(&format!("file://{}", bare.display())).unwrap();
    let fetched = transport().fetch(&address).await.unwrap();
    assert_eq!(expected, facts_at(fetched.path()), "file://");
    let at_commit = open_path(repository.path(), Some("HEAD"), Limits::default()).unwrap();
    assert_eq!(expected, facts(&at_commit), "--at HEAD");
}

#[test]
fn a_clone_without_checkout_is_no_empty_repository() {
    let repository = sample();
    let scratch = tempfile::tempdir().unwrap();
    let clone = scratch.path().join("clone");
    let address = repository.path().display().to_string();
    let target = clone.display().to_string();
    git(
        scratch.path(),
        &["clone", "-q", "--no-checkout", &address, &target],
    );
    assert_eq!(
        facts_at(&clone),
        facts_at(&repository.bare_clone(scratch.path()))
    );
    // once checked out, what the disk lacks is gone
    git(&clone, &["checkout", "-q", "HEAD"]);
    std::fs::remove_file(clone.join("LICENSE")).unwrap();
    let snapshot = open_path(&clone, None, Limits::default()).unwrap();
    assert!(snapshot.entry("LICENSE").is_none());
}

#[test]
fn untracked_files_count_and_ignored_ones_never() {
    let repository = sample();
    repository.write("GOVERNANCE.md", "# Gouvernance\n");
    repository.write("debug.log", "x");
    repository.write("build/out.js", "x");
    let snapshot = open_path(repository.path(), None, Limits::default()).unwrap();
    let entry = snapshot
        .entry("GOVERNANCE.md")
        .expect("untracked files are read");
    assert!(snapshot.text(entry).unwrap().is_uncommitted);
    assert!(
        !snapshot
            .text(snapshot.entry("README.md").unwrap())
            .unwrap()
            .is_uncommitted
    );
    assert!(snapshot.entry("debug.log").is_none() && snapshot.entry("build/out.js").is_none());
    repository.write("README.md", "# Autre\n");
    let snapshot = open_path(repository.path(), None, Limits::default()).unwrap();
    assert!(
        snapshot
            .text(snapshot.entry("README.md").unwrap())
            .unwrap()
            .is_uncommitted
    );
}

#[test]
fn links_are_listed_and_never_followed() {
    let repository = sample();
    std::os::unix::fs::symlink("/etc/passwd", repository.path().join("SECURITY.md")).unwrap();
    std::os::unix::fs::symlink("/etc", repository.path().join("etc")).unwrap();
    repository.commit("links");
    for at in [None, Some("HEAD")] {
        let snapshot = open_path(repository.path(), at, Limits::default()).unwrap();
        let entry = snapshot.entry("SECURITY.md").unwrap();
        assert_eq!(entry.kind, EntryKind::Link);
        assert_eq!(snapshot.text(entry).unwrap_err(), ReadError::NotAFile);
        assert!(snapshot.entry("etc/passwd").is_none());
        assert!(snapshot.files().all(|entry| &*entry.path != "SECURITY.md"));
    }
}

#[test]
fn discovery_never_climbs_above_the_path() {
    let repository = sample();
    let snapshot = open_path(&repository.path().join("src"), None, Limits::default()).unwrap();
    assert!(snapshot.is_plain_folder());
    assert_eq!(snapshot.history().unwrap_err().code, ReasonCode::NoHistory);
    assert!(snapshot.entry("app.py").is_some());
}

#[test]
fn odd_repositories_are_told_apart() {
    let empty = Repository::new();
    let bare = tempfile::tempdir().unwrap();
    git(bare.path(), &["init", "--quiet", "--bare", "."]);
    assert!(matches!(
        open_path(bare.path(), None, Limits::default()),
        Err(OpenError::Empty { .. })
    ));
    // a work tree without commit is read as it is on disk
    empty.write("README.md", "# Rien\n");
    let snapshot = open_path(empty.path(), None, Limits::default()).unwrap();
    assert!(snapshot.commit().is_none() && snapshot.entry("README.md").is_some());
    assert!(matches!(
        open_path(Path::new("/nonexistent/x"), None, Limits::default()),
        Err(OpenError::NotFound { .. })
    ));
    let repository = sample();
    assert!(matches!(
        open_path(repository.path(), Some("no-such-branch"), Limits::default()),
        Err(OpenError::NoSuchCommit { .. })
    ));
    repository.git(&["checkout", "--quiet", "--detach", "HEAD~1"]);
    let snapshot = open_path(repository.path(), None, Limits::default()).unwrap();
    assert_eq!(snapshot.history().unwrap().commits.len(), 1);
}

#[test]
fn a_shallow_history_says_so() {
    let repository = sample();
    let scratch = tempfile::tempdir().unwrap();
    let target = scratch.path().join("shallow");
    let from = format!("file://{}", repository.path().display());
    repository.git(&[
        "clone",
        "--quiet",
        "--depth=1",
        &from,
        &target.to_string_lossy(),
    ]);
    let snapshot = open_path(&target, None, Limits::default()).unwrap();
    assert!(!snapshot.history().unwrap().is_complete);
    assert_eq!(
        facts(&snapshot)["activity"]["commits"]["unknown"]["code"],
        "shallow-history"
    );
}

#[test]
fn an_object_that_was_not_fetched_is_not_damaged() {
    let repository = sample();
    let scratch = tempfile::tempdir().unwrap();
    let bare = repository.bare_clone(scratch.path());
    git(&bare, &["config", "uploadpack.allowFilter", "true"]);
    let target = scratch.path().join("partial.git");
    let from = format!("file://{}", bare.display());
    repository.git(&[
        "clone",
        "--quiet",
        "--bare",
        "--filter=blob:limit=1m",
        &from,
        &target.to_string_lossy(),
    ]);
    let snapshot = open_path(&target, None, Limits::default()).unwrap();
    let big = snapshot.entry("big.bin").unwrap();
    assert_eq!(snapshot.size(big).unwrap_err(), ReadError::NotFetched);
    assert!(snapshot.text(snapshot.entry("README.md").unwrap()).is_ok());
}

#[test]
fn a_damaged_object_costs_only_its_file() {
    let repository = sample();
    let id = repository.git(&["rev-parse", "HEAD:README.md"]);
    let id = id.trim();
    let object = repository
        .path()
        .join(format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    let mut permissions = std::fs::metadata(&object).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a scratch folder")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&object, permissions).unwrap();
    std::fs::write(&object, b"garbage").unwrap();
    let snapshot = open_path(repository.path(), Some("HEAD"), Limits::default()).unwrap();
    assert_eq!(
        snapshot
            .text(snapshot.entry("README.md").unwrap())
            .unwrap_err(),
        ReadError::Damaged
    );
    assert!(snapshot.text(snapshot.entry("LICENSE").unwrap()).is_ok());
}

#[test]
fn names_that_are_no_text_are_read_all_the_same() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let repository = sample();
    let name = repository.path().join(OsStr::from_bytes(b"caf\xe9.md"));
    std::fs::write(name, "latin").unwrap();
    repository.commit("name");
    for at in [None, Some("HEAD")] {
        let snapshot = open_path(repository.path(), at, Limits::default()).unwrap();
        let entry = snapshot
            .entry("caf\u{fffd}.md")
            .expect("listed under a readable name");
        assert_eq!(snapshot.text(entry).unwrap().text, "latin");
    }
}

#[test]
fn limits_cut_and_say_so() {
    let repository = sample();
    let limits = Limits {
        tree_entries: 3,
        ..Limits::default()
    };
    let snapshot = open_path(repository.path(), Some("HEAD"), limits).unwrap();
    assert!(snapshot.is_truncated() && snapshot.entries().len() == 3);
    let limits = Limits {
        commits: 1,
        file_bytes: 4,
        ..Limits::default()
    };
    let snapshot = open_path(repository.path(), None, limits).unwrap();
    assert!(!snapshot.history().unwrap().is_complete);
    let text = snapshot.text(snapshot.entry("README.md").unwrap()).unwrap();
    assert!(text.is_truncated && text.text == "# Ex");
}
