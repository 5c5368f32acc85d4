// SPDX-License-Identifier: EUPL-1.2
//! What jobs do: their scripts and actions, followed into the tasks that the repository defines.

use std::cell::Cell;

use super::action::{ActionDoes, action};
use super::job::{Job, Step, StepKind};
use super::manifest::Script;
use super::purpose::{Meaning, Purpose, meaning};
use super::shell::commands;
use super::tasks::Tasks;
use super::wrapper::{Inner, unwrapped};

/// Something that a job does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// What it is for.
    pub(super) meaning: Meaning,
    /// Line in the CI definition.
    pub(super) line: u32,
    /// The command or action, without what could be secret.
    pub(super) shown: String,
    /// False when a failure is swallowed.
    pub(super) is_blocking: bool,
}

/// Tasks that call tasks are followed this deep.
const DEPTH: u8 = 6;

/// Scripts that are read in one audit.
const MOST_SCRIPTS: u32 = 4000;

/// Reads jobs with the tasks of one repository.
pub(super) struct Classifier<'s> {
    tasks: Tasks<'s>,
    scripts: Cell<u32>,
}

impl<'s> Classifier<'s> {
    pub(super) fn new(tasks: Tasks<'s>) -> Self {
        Self {
            tasks,
            scripts: Cell::new(0),
        }
    }

    /// What the steps of a job are for.
    pub(super) fn job(&self, job: &Job) -> Vec<Found> {
        let mut found: Vec<Found> = job.steps.iter().flat_map(|step| self.step(step)).collect();
        if !found
            .iter()
            .any(|found| found.meaning.purpose == Purpose::Deploy)
        {
            found.extend(pushed_site(job));
        }
        for found in &mut found {
            found.is_blocking &= job.is_blocking;
        }
        found
    }

    fn step(&self, step: &Step) -> Vec<Found> {
        let mut found = match &step.kind {
            StepKind::Script { text, folder } => self.script(text, folder.as_deref(), DEPTH),
            StepKind::Uses { name, inputs } => match action(name, inputs) {
                ActionDoes::Nothing => Vec::new(),
                ActionDoes::Means(meaning) => vec![Found {
                    meaning,
                    line: 0,
                    shown: name.clone(),
                    is_blocking: true,
                }],
                ActionDoes::Runs(text) => {
                    let mut found = self.script(&text, Some(""), DEPTH);
                    for found in &mut found {
                        found.line = 0;
                    }
                    found
                }
            },
            StepKind::Means(meaning, shown) => vec![Found {
                meaning: *meaning,
                line: 0,
                shown: shown.clone(),
                is_blocking: true,
            }],
        };
        for found in &mut found {
            found.line = if step.is_elsewhere {
                step.line
            } else {
                found.line.saturating_add(step.line)
            };
            found.is_blocking &= step.is_blocking;
        }
        found
    }

    /// What a script is for; lines count from 0 at its first one.
    fn script(&self, text: &str, folder: Option<&str>, depth: u8) -> Vec<Found> {
        let read = self.scripts.get();
        if depth == 0 || read >= MOST_SCRIPTS {
            return Vec::new();
        }
        self.scripts.set(read + 1);
        let mut found = Vec::new();
        for command in commands(text, folder) {
            let inner = match unwrapped(&command.words) {
                Inner::Script(script) => self.script(&script, command.folder.as_deref(), depth - 1),
                Inner::Command(words) => self.command(&words, command.folder.as_deref(), depth),
            };
            let shown = shown(&command.words);
            found.extend(inner.into_iter().map(|found| Found {
                line: command.line,
                shown: shown.clone(),
                is_blocking: found.is_blocking && command.is_blocking,
                ..found
            }));
        }
        found
    }

    fn command(&self, words: &[String], folder: Option<&str>, depth: u8) -> Vec<Found> {
        let single = |meaning| {
            vec![Found {
                meaning,
                line: 0,
                shown: String::new(),
                is_blocking: true,
            }]
        };
        let built = || composed_tests(words).or_else(|| built_tests(words));
        if let Some(meaning) = meaning(words).or_else(built) {
            return single(meaning);
        }
        let followed = self.tasks.follow(words, folder);
        if followed.is_none() && names_lint(words) {
            return single(Meaning::of(Purpose::Lint));
        }
        let found: Vec<Found> = followed
            .iter()
            .flatten()
            .flat_map(|Script { text, folder }| self.script(text, folder.as_deref(), depth - 1))
            .collect();
        if found.is_empty()
            && let Some(purpose) = self.by_name(words, followed.as_deref())
        {
            return single(Meaning::of(purpose));
        }
        found
    }

    /// A task or script that cannot be read is taken at its name.
    fn by_name(&self, words: &[String], followed: Option<&[Script]>) -> Option<Purpose> {
        let program = words.first()?.as_str();
        let is_file = program.strip_suffix(".sh").is_some()
            || program.starts_with("bin/")
            || program.starts_with("scripts/");
        let word = if is_file {
            let name = program.rsplit('/').next().unwrap_or(program);
            name.strip_suffix(".sh").unwrap_or(name)
        } else if matches!(program, "bash" | "sh") {
            let name = words
                .iter()
                .skip(1)
                .find(|word| word.strip_suffix(".sh").is_some())?;
            let name = name.rsplit('/').next().unwrap_or(name);
            name.strip_suffix(".sh").unwrap_or(name)
        } else if followed.is_some_and(<[Script]>::is_empty) && !self.tasks.knows(program) {
            words
                .iter()
                .skip(1)
                .rfind(|word| !word.starts_with('-'))
                .map_or("", String::as_str)
        } else if is_task_runner(program) {
            words
                .iter()
                .skip(1)
                .find(|word| !word.starts_with('-'))
                .map_or("", |word| word.trim_start_matches('+'))
        } else if words.len() == 1 && (program.contains(':') || matches!(program, "test" | "lint"))
        {
            // a script of the project's environment: `hatch run test`, `pdm run lint`
            program
        } else if followed.is_some_and(|scripts| !scripts.is_empty()) {
            // a deployment script that is defined, in words that say nothing
            let word = words.iter().skip(1).rfind(|word| !word.starts_with('-'))?;
            return (word.as_str() == "deploy").then_some(Purpose::Deploy);
        } else {
            return None;
        };
        let mut parts = word.split(['-', '_', ':', '.']);
        if parts
            .clone()
            .any(|part| matches!(part, "deploy" | "deploiement" | "déploiement"))
        {
            return Some(Purpose::Deploy);
        }
        if parts.clone().any(|part| matches!(part, "lint" | "linter")) {
            return Some(Purpose::Lint);
        }
        parts
            .any(|part| matches!(part, "test" | "tests" | "runtests" | "e2e"))
            .then_some(Purpose::Test)
    }
}

/// `tool lint`, for a tool that we do not know; commands that take files are none.
fn names_lint(words: &[String]) -> bool {
    const TAKE_FILES: [&str; 22] = [
        "cd", "pushd", "mkdir", "rmdir", "cp", "mv", "rm", "ls", "cat", "echo", "printf", "touch",
        "find", "grep", "sed", "git", "docker", "export", "pip", "pip3", "brew", "gem",
    ];
    let [program, first, ..] = words else {
        return false;
    };
    (first == "lint" || first.starts_with("lint:"))
        && program
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !TAKE_FILES.contains(&program.as_str())
}

/// Programs that run tasks of a file that we do not read.
fn is_task_runner(program: &str) -> bool {
    matches!(
        program,
        "task" | "invoke" | "inv" | "doit" | "poe" | "earthly" | "mage" | "grunt" | "gulp" | "ant"
    )
}

/// `docker compose -f docker-compose.test.yml up` and `up --exit-code-from tests` run tests.
fn composed_tests(words: &[String]) -> Option<Meaning> {
    let is_compose = words.first().is_some_and(|word| word == "docker-compose")
        || (words.first().is_some_and(|word| word == "docker")
            && words.get(1).is_some_and(|word| word == "compose"));
    let starts = words.iter().any(|word| word == "up" || word == "run");
    let is_test = words.iter().skip(1).any(|word| {
        word.split(['-', '.', '_', '/', '='])
            .any(|part| matches!(part, "test" | "tests" | "e2e"))
    });
    let ends = words.iter().any(|word| {
        word == "run" || word.starts_with("--exit-code-from") || word == "--abort-on-container-exit"
    });
    (is_compose && starts && is_test && ends).then_some(Meaning::of(Purpose::Test))
}

/// `docker build --target test .` runs the tests that a stage of the recipe holds.
fn built_tests(words: &[String]) -> Option<Meaning> {
    let is_build = matches!(words.first()?.as_str(), "docker" | "podman" | "buildah")
        && words
            .iter()
            .any(|word| matches!(word.as_str(), "build" | "bud"));
    let is_test = |stage: &str| {
        stage
            .split(['-', '_', '.'])
            .any(|part| matches!(part, "test" | "tests"))
    };
    let target = words.iter().enumerate().find_map(|(at, word)| {
        word.strip_prefix("--target=").or_else(|| {
            (word == "--target")
                .then(|| words.get(at + 1))
                .flatten()
                .map(String::as_str)
        })
    });
    (is_build && target.is_some_and(is_test)).then_some(Meaning::of(Purpose::Test))
}

/// A job that clones another repository and pushes a documentation or a site into it publishes a web site.
fn pushed_site(job: &Job) -> Option<Found> {
    let (mut clones, mut names_site) = (false, is_about_site(&job.name));
    let mut push = None;
    for step in &job.steps {
        let StepKind::Script { text, .. } = &step.kind else {
            continue;
        };
        names_site |= is_about_site(&step.name);
        for command in commands(text, None) {
            let at = |word: &str| command.words.iter().any(|w| w == word);
            if command.words.first().is_none_or(|word| word != "git") {
                continue;
            }
            clones |= at("clone")
                || (at("push") && command.words.iter().any(|word| word.contains("://")));
            if at("push") {
                push = Some((step.line + command.line, shown(&command.words)));
            }
        }
    }
    let (line, shown) = push.filter(|_| clones && names_site)?;
    Some(Found {
        meaning: Meaning::of(Purpose::Deploy),
        line,
        shown,
        is_blocking: true,
    })
}

fn is_about_site(name: &str) -> bool {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| {
            matches!(
                word,
                "doc" | "docs" | "documentation" | "site" | "website" | "pages" | "web" | "deploy"
            )
        })
}

/// A command for people: no assignment, nothing that holds an address or a variable's value.
fn shown(words: &[String]) -> String {
    let plain = words.iter().filter(|word| {
        !word.contains('@')
            && !word.contains("://")
            && !word.to_ascii_lowercase().contains("token")
            && !word.to_ascii_lowercase().contains("password")
    });
    plain
        .take(8)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}
