// SPDX-License-Identifier: EUPL-1.2
//! Where time goes, from a repository to a site: medians, and their share of a whole check.
//!
//! `cargo bench` makes a repository of 5 000 commits and 3 000 files with `git fast-import`, then measures each part of
//! the line on it. No framework: a few rounds and a median say what is needed here.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use perenne::crawl::audit::{Assignment, Auditor};
use perenne::facts::extract::{Inputs, extract};
use perenne::facts::key::{FACTS, Theme};
use perenne::forge::record::ForgeRecord;
use perenne::model::date::Date;
use perenne::model::ids::RepositoryId;
use perenne::model::limits::Limits;
use perenne::reports::SiteOptions;
use perenne::reports::site::Site;
use perenne::rules::load::embedded_rules;
use perenne::rules::model::{Audience, RuleSet};
use perenne::scoring::card::{DefiHeader, ProgrammeCard, RepositoryResult, Scorecard};
use perenne::scoring::programme::{defi_card, programme_card};
use perenne::snapshot::{Snapshot, open_path};

const COMMITS: usize = 5_000;
const FILES: usize = 3_000;
const REPOSITORIES: usize = 100;

fn main() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    import(folder.path());
    let rules = embedded_rules();
    let record = ForgeRecord::local(RepositoryId::new("bench"), "bench");
    let auditor = Auditor {
        rules: &rules,
        today: Date::constant(2026, 11, 23),
        audience: Audience::Public,
        advisories: None,
    };
    let assignment = Assignment::default();
    let check = || {
        let snapshot = open(folder.path());
        auditor.audit_one(&record, &snapshot, &assignment)
    };
    println!("{COMMITS} commits, {FILES} files; medians, and their share of a check\n");
    let whole = median(9, || (), |()| check());
    let line = |name: &str, time: Duration| {
        let share = time.as_secs_f64() / whole.as_secs_f64();
        println!(
            "{name:<28} {:>10.3} ms {share:>7.2}",
            time.as_secs_f64() * 1e3
        );
    };
    line("check", whole);
    line("  rules read", median(9, || (), |()| embedded_rules()));
    line("  snapshot", median(9, || (), |()| open(folder.path())));
    let history = median(
        9,
        || open(folder.path()),
        |snapshot| {
            let _ = black_box(snapshot.history());
            snapshot
        },
    );
    line("  history", history);
    for (name, theme) in themes() {
        let wanted = BTreeSet::from([theme]);
        let time = median(
            5,
            || open(folder.path()),
            |snapshot| {
                let inputs = Inputs {
                    record: &record,
                    snapshot: &snapshot,
                };
                black_box(extract(&inputs, &wanted));
                snapshot
            },
        );
        line(&format!("  facts of {name}"), time);
    }
    let snapshot = open(folder.path());
    let facts = auditor.collect(&record, &snapshot);
    let judge = || auditor.judge(&record, snapshot.commit(), &facts, &assignment);
    line("  rules and scoring", median(31, || (), |()| judge()));
    let programme = programme(&rules, &judge());
    let site = median(3, || (), |()| render(&programme, &rules));
    line(&format!("site of {REPOSITORIES} repositories"), site);
}

/// The median of `rounds` rounds of `work`; making its input and dropping its output are not measured.
#[expect(
    clippy::disallowed_methods,
    reason = "measuring time is what a bench is for"
)]
fn median<I, O>(rounds: usize, input: impl Fn() -> I, work: impl Fn(I) -> O) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let input = input();
            let start = Instant::now();
            let output = black_box(work(input));
            let time = start.elapsed();
            drop(output);
            time
        })
        .collect();
    times.sort();
    times[rounds / 2]
}

fn open(folder: &Path) -> Snapshot {
    open_path(folder, None, Limits::default()).expect("the repository was just made")
}

/// Every theme once, with a name.
fn themes() -> Vec<(String, Theme)> {
    let all: BTreeSet<Theme> = FACTS.iter().map(|spec| spec.theme).collect();
    all.into_iter()
        .map(|theme| (format!("{theme:?}").to_lowercase(), theme))
        .collect()
}

/// A bare repository: files of several kinds in folders of a hundred, then commits that each change one of them.
fn import(folder: &Path) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(folder);
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        command
    };
    let init = ["init", "--quiet", "--bare", "--initial-branch=main", "."];
    assert!(git(&init).status().expect("git").success());
    let mut import = git(&["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("git");
    let mut input = import.stdin.take().expect("piped");
    input.write_all(stream().as_bytes()).expect("git reads");
    drop(input);
    assert!(import.wait().expect("git").success());
}

fn stream() -> String {
    let mut text = String::new();
    let data = |text: &mut String, content: &str| {
        let _ = write!(text, "data {}\n{content}\n", content.len());
    };
    for commit in 0..COMMITS {
        let author = commit % 7;
        let moment = 1_700_000_000 + commit * 3_600;
        let _ = writeln!(
            text,
            "commit refs/heads/main\nmark :{}\ncommitter Personne {author} <p{author}@example.org> {moment} +0100",
            commit + 1
        );
        data(&mut text, &format!("change {commit}"));
        let changed = if commit == 0 {
            0..FILES
        } else {
            commit % FILES..commit % FILES + 1
        };
        for file in changed {
            let (path, content) = file_of(file, commit);
            let _ = writeln!(text, "M 100644 inline {path}");
            data(&mut text, &content);
        }
        text.push('\n');
    }
    text
}

/// Path and content of one file at one commit.
fn file_of(file: usize, commit: usize) -> (String, String) {
    let prose = "Un service qui aide les équipes à transmettre leur travail.\n".repeat(8);
    let code = format!("def fonction_{commit}(x):\n    return x + {file}\n\n").repeat(40);
    match file {
        0 => (
            "README.md".into(),
            format!("# Exemple {commit}\n\n{prose}\n## Installation\n\n{prose}"),
        ),
        1 => (
            "LICENSE".into(),
            "MIT License\n\nCopyright (c) 2024 Exemple\n".into(),
        ),
        2 => (
            "package.json".into(),
            format!(
                "{{\"name\": \"exemple\", \"version\": \"0.0.{commit}\", \"license\": \"MIT\"}}\n"
            ),
        ),
        3 => (
            ".gitlab-ci.yml".into(),
            "test:\n  script:\n    - pytest\n".into(),
        ),
        4 => (
            "Dockerfile".into(),
            "FROM python:3.12\nCOPY . /app\n".into(),
        ),
        _ => {
            let folder = file / 100;
            match file % 10 {
                0 => (
                    format!("docs/{folder}/page{file}.md"),
                    format!("# Page {file}\n\n{prose}"),
                ),
                1 => (format!("tests/{folder}/test_{file}.py"), code),
                2 => (format!("web/{folder}/vue{file}.js"), code),
                3 => (
                    format!("donnees/{folder}/table{file}.csv"),
                    "a,b,c\n1,2,3\n".repeat(50),
                ),
                _ => (format!("src/{folder}/module{file}.py"), code),
            }
        }
    }
}

/// A programme of many repositories with the same card.
fn programme(rules: &RuleSet, card: &Scorecard) -> ProgrammeCard {
    let defis = (0..REPOSITORIES).map(|at| {
        let mut card = card.clone();
        card.repository.name = format!("depot-{at}");
        card.repository.id = RepositoryId::new(format!("exemple/depot-{at}"));
        let header = DefiHeader {
            id: format!("defi-{at}"),
            title: format!("Défi {at}"),
            ..DefiHeader::default()
        };
        let card = Box::new(card);
        defi_card(
            rules,
            header,
            vec![RepositoryResult::Audited { card }],
            None,
        )
    });
    let (title, day) = ("Exemple".to_owned(), card.date);
    let nothing = (Vec::new(), Vec::new());
    programme_card(rules, title, day, defis.collect(), nothing)
}

/// Renders every page of a site in both languages; answers the number of bytes.
fn render(programme: &ProgrammeCard, rules: &RuleSet) -> usize {
    let options = SiteOptions::default();
    let site = Site::new(programme, rules, &options).expect("templates are tested");
    site.files()
        .map(|file| file.expect("templates are tested").bytes.len())
        .sum()
}
