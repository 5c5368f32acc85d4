// SPDX-License-Identifier: EUPL-1.2
//! `perenne check` on what is missing, odd, damaged, huge or hostile.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{plain, read, refused, run, run_in, write};
use crate::repository::{Repository, git};

fn sample() -> Repository {
    let repository = Repository::new();
    repository.write("README.md", "# Exemple\n\nUn service pour les essais.\n");
    repository.commit("first");
    repository.write("src/app.py", "def main():\n    pass\n");
    repository.commit("second");
    repository
}

/// A card is printed, nothing is said on standard error, and the code is 0; the text in English is answered.
#[track_caller]
fn card(folder: &Path, arguments: &[&str]) -> String {
    for language in ["fr", "en"] {
        let run = run_in(language, folder, arguments);
        assert_eq!((run.code, &*run.stderr), (0, ""), "{arguments:?}");
        assert!(run.stdout.contains("2026"), "no card: {}", run.stdout);
        if language == "en" {
            return run.stdout;
        }
    }
    unreachable!()
}

/// The facts of a target, as JSON.
fn facts(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let run = run(folder, &[&["facts"], arguments].concat());
    assert_eq!((run.code, &*run.stderr), (0, ""));
    serde_json::from_str(&run.stdout).unwrap()
}

fn overwrite_object(repository: &Repository, name: &str) {
    let id = repository.git(&["rev-parse", name]);
    let id = id.trim();
    let object = repository
        .path()
        .join(format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    fs::remove_file(&object).unwrap();
    fs::write(&object, b"garbage").unwrap();
}

#[test]
fn a_path_that_is_not_there_is_a_wrong_use() {
    let scratch = tempfile::tempdir().unwrap();
    for command in ["check", "facts"] {
        refused(
            scratch.path(),
            &[command, "nulle-part"],
            2,
            ["nulle-part : il n'y a rien", "nulle-part: there is nothing"],
        );
    }
    refused(
        sample().path(),
        &["check", ".", "--at", "v9"],
        2,
        ["le commit « v9 »", "commit \"v9\""],
    );
}

#[test]
fn an_address_that_cannot_be_asked_is_no_fault_of_the_project() {
    let scratch = tempfile::tempdir().unwrap();
    for (address, texts) in [
        (
            "https://127.0.0.1:9/x/y",
            ["celle d'un réseau privé", "a private network"],
        ),
        (
            "http://exemple.invalid/x/y",
            ["cette forme d'adresse", "this form of address"],
        ),
        (
            "https://exemple.invalid/x/y",
            ["injoignable", "unreachable"],
        ),
    ] {
        refused(scratch.path(), &["check", address], 4, texts);
    }
}

#[test]
fn a_plain_folder_is_audited_and_its_history_unknown() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "README.md", "# Exemple\n");
    assert!(card(scratch.path(), &["check"]).contains("There is no history"));
}

#[test]
fn a_repository_without_commit_has_nothing_to_judge() {
    let bare = tempfile::tempdir().unwrap();
    git(bare.path(), &["init", "--quiet", "--bare", "."]);
    let texts = ["n'a encore aucun commit", "has no commit yet"];
    refused(bare.path(), &["check"], 0, texts);
    // a work tree is read as it is on disk
    let empty = Repository::new();
    card(empty.path(), &["check"]);
    empty.write("README.md", "# Exemple\n");
    let found = facts(empty.path(), &[]);
    assert_eq!(found["readme"]["path"]["value"], "README.md");
    assert_eq!(
        found["activity"]["commits"]["unknown"]["code"],
        "no-history"
    );
}

#[test]
fn a_detached_head_is_a_commit_like_others() {
    let repository = sample();
    repository.git(&["checkout", "--quiet", "--detach", "HEAD~1"]);
    card(repository.path(), &["check"]);
    let found = facts(repository.path(), &[]);
    assert_eq!(found["activity"]["commits"]["value"], 1);
}

#[test]
fn what_a_shallow_or_partial_clone_lacks_is_unknown() {
    let repository = sample();
    repository.write("big.bin", "x".repeat(3 << 20));
    repository.commit("big");
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let scratch = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repository.path().display());
    for (name, option) in [("shallow", "--depth=1"), ("partial", "--filter=blob:none")] {
        git(
            scratch.path(),
            &["clone", "--quiet", "--no-checkout", option, &from, name],
        );
        let text = card(scratch.path(), &["check", name, "--at", "HEAD"]);
        assert!(text.contains("not measured"), "{name}: {text}");
    }
    let shallow = facts(scratch.path(), &["shallow", "--at", "HEAD"]);
    assert_eq!(
        shallow["activity"]["commits"]["unknown"]["code"],
        "shallow-history"
    );
    let partial = facts(scratch.path(), &["partial", "--at", "HEAD"]);
    assert_eq!(
        partial["readme"]["word_count"]["unknown"]["code"], "not-fetched",
        "{}",
        partial["readme"]
    );
}

#[test]
fn a_damaged_object_costs_what_it_holds() {
    let repository = sample();
    overwrite_object(&repository, "HEAD:README.md");
    card(repository.path(), &["check", ".", "--at", "HEAD"]);
    let repository = sample();
    overwrite_object(&repository, "HEAD");
    // the files are on disk: only the history is lost
    assert!(card(repository.path(), &["check"]).contains("damaged"));
    fs::rename(
        repository.path().join(".git"),
        repository.path().join("bare.git"),
    )
    .unwrap();
    refused(
        repository.path(),
        &["check", "bare.git"],
        4,
        ["ne peut pas être ouvert", "cannot be opened"],
    );
}

#[test]
fn a_file_that_is_no_bundle_is_damaged() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "x.bundle", "not a bundle");
    refused(
        scratch.path(),
        &["check", "x.bundle"],
        4,
        ["n'est pas un dépôt utilisable", "not a usable repository"],
    );
}

#[test]
fn names_that_are_no_text_are_shown_with_a_replacement() {
    use std::os::unix::ffi::OsStrExt as _;
    let repository = sample();
    let name = std::ffi::OsStr::from_bytes(b"LICENSE-caf\xe9");
    fs::write(repository.path().join(name), "MIT License\n").unwrap();
    repository.commit("name");
    for arguments in [&["check"][..], &["check", ".", "--at", "HEAD"]] {
        card(repository.path(), arguments);
    }
    let found = facts(repository.path(), &[]);
    let text = found.to_string();
    assert!(text.contains("LICENSE-caf\u{fffd}"), "{text}");
}

#[test]
fn a_readme_of_fifty_megabytes_is_read_up_to_the_limit() {
    let repository = sample();
    let line = "Un paragraphe de prose, encore et encore.\n";
    let text = format!("# Exemple\n\n{}", line.repeat((50 << 20) / line.len()));
    repository.write("README.md", text);
    repository.commit("long");
    for arguments in [&["check"][..], &["check", ".", "--at", "HEAD"]] {
        card(repository.path(), arguments);
    }
}

/// Nine levels of nine aliases each: more nodes than any machine holds.
pub(super) fn alias_bomb() -> String {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{aliases}]");
    }
    text
}

#[test]
fn an_alias_bomb_is_a_file_that_could_not_be_read() {
    let repository = sample();
    for path in [
        ".github/workflows/ci.yml",
        ".gitlab-ci.yml",
        "publiccode.yml",
        "docker-compose.yml",
        "mkdocs.yml",
    ] {
        repository.write(path, alias_bomb());
    }
    repository.commit("bomb");
    card(repository.path(), &["check"]);
    let found = facts(repository.path(), &[]);
    assert_eq!(
        found["ci"]["runs_tests"]["unknown"]["code"], "unreadable",
        "{}",
        found["ci"]
    );
}

#[test]
fn a_link_out_of_the_repository_is_never_followed() {
    let secret = read(Path::new("/etc/passwd"));
    let first = secret.lines().next().unwrap();
    let repository = sample();
    for name in [
        "SECURITY.md",
        "LICENSE",
        "CONTRIBUTING.md",
        ".env",
        "docs.md",
    ] {
        std::os::unix::fs::symlink("/etc/passwd", repository.path().join(name)).unwrap();
    }
    std::os::unix::fs::symlink("/etc", repository.path().join("docs")).unwrap();
    repository.commit("links");
    for command in ["check", "facts"] {
        for at in [&[][..], &["--at", "HEAD"]] {
            let run = run(repository.path(), &[&[command, "."], at].concat());
            assert_eq!(run.code, 0);
            let said = run.stdout + &run.stderr;
            assert!(!said.contains(first) && !said.contains("nologin"), "{said}");
        }
    }
}

#[test]
fn a_tree_over_the_limit_says_so() {
    let scratch = tempfile::tempdir().unwrap();
    git(scratch.path(), &["init", "--quiet", "--bare", "."]);
    let mut stream = String::from(
        "blob\nmark :1\ndata 2\nx\n\ncommit refs/heads/main\nmark :2\n\
         committer Équipe <equipe@example.org> 1770000000 +0000\ndata 5\nlarge\n",
    );
    for file in 0..200_000 {
        let (folder, file) = (file / 500, file % 500);
        let _ = writeln!(stream, "M 100644 :1 d{folder}/f{file}.txt");
    }
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(scratch.path())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    import
        .stdin
        .take()
        .unwrap()
        .write_all(stream.as_bytes())
        .unwrap();
    assert!(import.wait().unwrap().success());
    git(scratch.path(), &["symbolic-ref", "HEAD", "refs/heads/main"]);
    let run = run_in("fr", scratch.path(), &["check"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    let text = plain(&run.stdout);
    assert!(text.contains("Une limite a été atteinte"), "{text}");
    let found = facts(scratch.path(), &[]);
    assert_eq!(found["repository"]["truncated"], true);
    assert_eq!(
        found["repository"]["file_count"]["unknown"]["code"],
        "truncated"
    );
}

#[test]
fn a_licence_that_cannot_be_read_does_not_stop_the_others() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "LICENSE", "Nothing that is known.\n");
    for (language, text) in [("fr", "n'existe pas"), ("en", "there is no such file")] {
        let run = run_in(
            language,
            scratch.path(),
            &["licence", "nulle-part", "LICENSE", "--format", "jsonl"],
        );
        assert_eq!(run.code, 2);
        assert!(plain(&run.stderr).contains(text), "{}", run.stderr);
        let files: Vec<serde_json::Value> = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(files[files.len() - 1]["file"], "LICENSE");
    }
}
