// SPDX-License-Identifier: EUPL-1.2
//! Repositories for tests, made with git in a folder that goes away.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A work tree in a scratch folder.
pub(crate) struct Repository {
    folder: TempDir,
}

impl Repository {
    /// An empty repository on the branch `main`.
    pub(crate) fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        repository.git(&["init", "--quiet", "--initial-branch=main", "."]);
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, folders included.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Commits everything at a fixed time.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all", "--force"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// Runs git with a fixed identity, clock and configuration.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    /// A bare clone beside others in `into`.
    pub(crate) fn bare_clone(&self, into: &Path) -> PathBuf {
        let target = into.join("bare.git");
        let (from, to) = (self.path().to_string_lossy(), target.to_string_lossy());
        self.git(&["clone", "--quiet", "--bare", &from, &to]);
        target
    }

    /// A bundle of everything.
    pub(crate) fn bundle(&self, into: &Path) -> PathBuf {
        let target = into.join("repository.bundle");
        self.git(&[
            "bundle",
            "create",
            "--quiet",
            &target.to_string_lossy(),
            "HEAD",
            "--all",
        ]);
        target
    }
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Équipe Exemple")
        .env("GIT_AUTHOR_EMAIL", "equipe@example.org")
        .env("GIT_COMMITTER_NAME", "Équipe Exemple")
        .env("GIT_COMMITTER_EMAIL", "equipe@example.org")
        .env("GIT_AUTHOR_DATE", "2026-03-02T10:00:00+01:00")
        .env("GIT_COMMITTER_DATE", "2026-03-02T10:00:00+01:00")
        .output()
        .expect("git is needed by the tests");
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
