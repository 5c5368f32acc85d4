// SPDX-License-Identifier: EUPL-1.2
//! `perenne audit`: every défi ends in a card or in the reason why there is none.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::{bytes, output, perenne, plain, refused, run, run_in, write};
use crate::repository::{Repository, git};

/// A catalogue of every kind of end, with its repositories.
struct Programme {
    folder: TempDir,
    repository: Repository,
}

impl Programme {
    fn new() -> Self {
        let repository = Repository::new();
        repository.write("README.md", "# Exemple\n\nUn service pour les essais.\n");
        repository.write("src/app.py", "def main():\n    pass\n");
        repository.commit("first");
        let folder = tempfile::tempdir().unwrap();
        repository.bundle(folder.path());
        fs::create_dir(folder.path().join("vide.git")).unwrap();
        git(
            &folder.path().join("vide.git"),
            &["init", "--quiet", "--bare", "."],
        );
        write(folder.path(), "casse.bundle", "not a bundle");
        Self { folder, repository }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes `p.toml` with these repositories, one défi each.
    fn catalogue(&self, repositories: &[&str]) {
        let mut text = String::from(
            "[programme]\ntitle = \"Essai\"\n\n[[forge]]\nhost = \"127.0.0.1:9\"\nallow_private = true\n\n",
        );
        for (at, repository) in repositories.iter().enumerate() {
            let list = if repository.is_empty() {
                String::new()
            } else {
                format!("repositories = [\"{repository}\"]\n")
            };
            let _ = write!(text, "[[defi]]\nid = \"Défi {at}\"\n{list}\n");
        }
        write(self.path(), "p.toml", &text);
    }

    fn audit(&self, arguments: &[&str]) -> super::Run {
        run(self.path(), &[&["audit", "p.toml"], arguments].concat())
    }
}

const FINE: &str = "./repository.bundle";
const CLOSED: &str = "https://127.0.0.1:9/x/y";

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, bytes(&path));
            }
        }
    }
    found
}

#[test]
fn every_defi_has_its_end_and_nothing_is_lost() {
    let programme = Programme::new();
    programme.catalogue(&[
        FINE,
        "./nulle-part",
        "./vide.git",
        CLOSED,
        "",
        "./casse.bundle",
    ]);
    let run = programme.audit(&["--format", "json", "--out", "site"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    let ends: Vec<_> = json["defis"]
        .as_array()
        .unwrap()
        .iter()
        .map(|defi| defi["repositories"][0]["status"].as_str().unwrap_or("none"))
        .collect();
    assert_eq!(
        ends,
        [
            "audited",
            "not-readable",
            "empty",
            "unreachable",
            "none",
            "unreachable"
        ]
    );
    for at in 0..6 {
        let page = format!("site/defis/defi-{at}.html");
        assert!(programme.path().join(&page).is_file(), "{page}");
    }
    for (language, texts) in [
        (
            "fr",
            [
                "1 dépôt audité ; 1 défi sans dépôt déclaré",
                "injoignables",
                "1 dépôt vide",
                "1 adresse sans dépôt lisible",
            ],
        ),
        (
            "en",
            [
                "1 repository audited; 1 défi without declared",
                "unreachable",
                "1 empty repository",
                "1 address without readable",
            ],
        ),
    ] {
        let run = run_in(language, programme.path(), &["audit", "p.toml"]);
        assert_eq!(run.code, 4);
        for text in texts {
            assert!(plain(&run.stdout).contains(text), "{text}: {}", run.stdout);
        }
    }
}

#[test]
fn exit_codes_tell_a_bad_score_from_a_broken_run() {
    let programme = Programme::new();
    programme.catalogue(&[FINE, "./nulle-part", "./vide.git", ""]);
    assert_eq!(
        programme.audit(&[]).code,
        0,
        "what a forge answers is an outcome"
    );
    for threshold in [["--fail-under", "100"], ["--fail-on", "programme"]] {
        assert_eq!(programme.audit(&threshold).code, 1);
    }
    assert_eq!(programme.audit(&["--fail-under", "0"]).code, 0);
    programme.catalogue(&[FINE, CLOSED]);
    assert_eq!(programme.audit(&[]).code, 4);
    assert_eq!(
        programme.audit(&["--fail-under", "100"]).code,
        4,
        "4 before 1"
    );
    assert_eq!(programme.audit(&["--max-unreachable", "1"]).code, 0);
    let both = ["--max-unreachable", "1", "--fail-under", "100"];
    assert_eq!(programme.audit(&both).code, 1);
    programme.catalogue(&[FINE, CLOSED, "pas une adresse"]);
    let lenient = programme.audit(&["--max-unreachable", "1"]);
    assert_eq!(lenient.code, 0, "single entries count only when strict");
    assert!(lenient.stderr.contains("p.toml:"), "{}", lenient.stderr);
    assert_eq!(programme.audit(&["--strict"]).code, 3, "3 before 4");
    assert_eq!(programme.audit(&["--strict", "--out", "p.toml"]).code, 5);
    assert_eq!(programme.audit(&["--fail-under", "101"]).code, 2);
}

#[test]
fn thresholds_of_a_check() {
    let programme = Programme::new();
    let path = programme.repository.path();
    assert_eq!(run(path, &["check", ".", "--fail-under", "100"]).code, 1);
    assert_eq!(run(path, &["check", ".", "--fail-on", "bonus"]).code, 1);
    assert_eq!(run(path, &["check", ".", "--fail-under", "0"]).code, 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_said_before_the_work() {
    let programme = Programme::new();
    programme.catalogue(&[FINE]);
    // below a file nobody can write, not even root
    refused(
        programme.path(),
        &["audit", "p.toml", "--out", "p.toml/site"],
        5,
        ["l'écriture a échoué", "writing failed"],
    );
}

#[test]
fn two_runs_give_the_same_bytes() {
    let programme = Programme::new();
    programme.catalogue(&[
        FINE,
        "./nulle-part",
        "./vide.git",
        CLOSED,
        "",
        "./casse.bundle",
    ]);
    for out in ["a", "b"] {
        let run = programme.audit(&["--out", out, "--jobs", if out == "a" { "1" } else { "8" }]);
        assert_eq!(run.code, 4);
    }
    let (a, b) = (
        files(&programme.path().join("a")),
        files(&programme.path().join("b")),
    );
    assert!(a.len() > 50);
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in &a {
        assert!(b[name] == *bytes, "{} differs", name.display());
        let text = String::from_utf8_lossy(bytes);
        let folder = programme.path().to_string_lossy();
        assert!(
            !text.contains(&*folder),
            "{} names a folder of this machine",
            name.display()
        );
    }
}

#[test]
fn the_date_of_the_environment_is_honoured() {
    let programme = Programme::new();
    programme.catalogue(&[FINE]);
    let date = |arguments: &[&str], epoch: &str| {
        let all = [&["audit", "p.toml", "--format", "json"], arguments].concat();
        let mut command = perenne(programme.path(), &all);
        command.env("SOURCE_DATE_EPOCH", epoch);
        let json: Value = serde_json::from_str(&output(command).stdout).unwrap();
        json["date"].as_str().unwrap().to_owned()
    };
    assert_eq!(date(&[], "1767225600"), "2026-01-01");
    assert_eq!(date(&["--date", "2026-11-23"], "1767225600"), "2026-11-23");
}

/// A key of no server, put together here so that no file of this repository looks like one.
fn fake_key() -> (String, &'static str) {
    const BODY: &str = "MIIEpAIBAAKCAQEAx7Qm9vTz3kYpWq1sLr8dHn5uCf2gJb6oXe0aRtViMwKyZcUl";
    let label = ["RSA", "PRIVATE", "KEY"].join(" ");
    let text = format!("-----BEGIN {label}-----\n{BODY}\n{BODY}\n-----END {label}-----\n");
    (text, BODY)
}

/// Where each rule of the team finds something, with what it is called.
const SENSITIVE: [(&str, &str, &str); 3] = [
    (
        "security-no-env-file",
        "serveur/.env.production",
        "API_URL=https://essai.eig-apps.org\nS3_HOST=https://s3.gra.cloud.ovh.net\nSMTP_PASSWORD=Tq7vLm2xRz9p\n",
    ),
    (
        "security-no-personal-data",
        "donnees/agents.csv",
        "nom,prenom,date_naissance,nir\nMartin,Camille,1980-02-03,180027512345678\n",
    ),
    (
        "ci-workflow-safe",
        ".github/workflows/titre.yml",
        "on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n",
    ),
];

#[test]
fn no_rule_of_the_team_leaves_a_trace_in_what_is_published() {
    let programme = Programme::new();
    for (_, path, text) in SENSITIVE {
        programme.repository.write(path, text);
    }
    programme.repository.commit("sensitive");
    programme.repository.bundle(programme.path());
    programme.catalogue(&[FINE]);
    // that a workflow or a table is there is no secret, what is wrong with it is
    let secrets = |(rule, path, _): (&'static str, &'static str, _)| {
        std::iter::once(rule).chain(path.contains(".env").then_some(path))
    };
    let secrets: Vec<&str> = SENSITIVE
        .into_iter()
        .flat_map(secrets)
        .chain(["issue.title", "Tq7vLm2xRz9p", "SMTP_PASSWORD", "1800275"])
        .collect();
    let run = programme.audit(&["--out", "site", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut published = files(&programme.path().join("site"));
    published.insert("stdout".into(), (run.stdout + &run.stderr).into_bytes());
    let own = ["check", ".", "--audience", "public", "--format"];
    for format in ["text", "markdown", "json"] {
        let arguments = [&own[..], &[format]].concat();
        let run = super::run(programme.repository.path(), &arguments);
        published.insert(format.into(), (run.stdout + &run.stderr).into_bytes());
    }
    for (name, bytes) in published {
        let text = String::from_utf8_lossy(&bytes);
        for secret in &secrets {
            assert!(!text.contains(secret), "{secret} in {}", name.display());
        }
    }
    let team = super::run(
        programme.repository.path(),
        &["check", ".", "--format", "json"],
    );
    for (rule, path, _) in SENSITIVE {
        assert!(
            team.stdout.contains(rule) && team.stdout.contains(path),
            "{rule}"
        );
    }
    assert!(!team.stdout.contains("Tq7vLm2xRz9p"));
}

#[test]
fn findings_of_the_team_are_nowhere_in_what_is_published() {
    const RULE: &str = "security-no-secret-committed";
    const PATH: &str = "deploiement/acces-serveur.pem";
    let programme = Programme::new();
    let (key, value) = fake_key();
    programme.repository.write(PATH, key);
    let claim = format!(
        "[[waiver]]\nrule = \"{RULE}\"\nreason = \"clef factice\"\nauthor = \"équipe\"\nexpires = "
    );
    for expires in ["2027-01-01", "2026-01-01"] {
        programme
            .repository
            .write(".perenne.toml", format!("{claim}{expires}\n"));
        programme.repository.commit("key");
        programme.repository.bundle(programme.path());
        programme.catalogue(&[FINE]);
        for format in ["text", "json"] {
            let run = programme.audit(&["--out", "site", "--format", format]);
            assert_eq!(run.code, 0);
            let said = run.stdout + &run.stderr;
            for secret in [RULE, PATH, value, "clef factice"] {
                assert!(!said.contains(secret), "{secret}: {said}");
            }
        }
        for (name, bytes) in files(&programme.path().join("site")) {
            let text = String::from_utf8_lossy(&bytes);
            for secret in [RULE, PATH, "acces-serveur", value, "clef factice"] {
                assert!(!text.contains(secret), "{secret} in {}", name.display());
            }
        }
    }
    // the team sees the place, and never the value
    for format in ["text", "markdown", "json"] {
        let run = run(
            programme.repository.path(),
            &["check", ".", "--format", format],
        );
        assert!(run.stdout.contains(PATH), "{format}: {}", run.stdout);
        assert!(!(run.stdout + &run.stderr).contains(value));
    }
    let run = run(programme.repository.path(), &["facts", "."]);
    assert!(run.stdout.contains(PATH) && !run.stdout.contains(value));
}
