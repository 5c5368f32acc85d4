// SPDX-License-Identifier: EUPL-1.2
//! Named tasks that a CI command points to: scripts of package.json, targets of a Makefile, composer scripts, tox …

use super::makefile::Makefile;
use super::manifest::{Manifest, Script, chosen_script, here, manifest};
use super::runner;
use super::shell::joined;
use super::wrapper::past_options;
use crate::snapshot::Snapshot;

/// The tasks that a repository defines.
pub(super) struct Tasks<'s> {
    snapshot: &'s Snapshot,
    packages: Vec<Manifest>,
    composer: Vec<Manifest>,
    /// By path.
    makefiles: Vec<(String, Makefile)>,
}

/// Manifests of one kind that are read at most.
const MOST_MANIFESTS: usize = 200;

/// Sub-commands of yarn and pnpm that are no scripts.
const NO_SCRIPTS: [&str; 22] = [
    "install", "add", "i", "ci", "remove", "config", "cache", "global", "set", "audit", "list",
    "why", "link", "pack", "publish", "version", "init", "import", "dedupe", "store", "fetch",
    "outdated",
];

impl<'s> Tasks<'s> {
    /// Reads the manifests that name tasks.
    pub(super) fn read(snapshot: &'s Snapshot) -> Self {
        let mut tasks = Self {
            snapshot,
            packages: Vec::new(),
            composer: Vec::new(),
            makefiles: Vec::new(),
        };
        for entry in snapshot.files() {
            match entry.name() {
                "package.json" if tasks.packages.len() < MOST_MANIFESTS => {
                    tasks.packages.extend(manifest(snapshot, entry));
                }
                "composer.json" if tasks.composer.len() < MOST_MANIFESTS => {
                    tasks.composer.extend(manifest(snapshot, entry));
                }
                name if tasks.makefiles.len() < MOST_MANIFESTS && is_makefile(name) => {
                    if let Ok(text) = snapshot.text(entry) {
                        let makefile = Makefile::parse(&text.text);
                        tasks.makefiles.push((entry.path.to_string(), makefile));
                    }
                }
                _ => {}
            }
        }
        tasks
    }

    /// The scripts that a command stands for; `None` when it runs no named task.
    pub(super) fn follow(&self, words: &[String], folder: Option<&str>) -> Option<Vec<Script>> {
        let rest: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        match words.first()?.as_str() {
            "npm" => self.npm(&rest, folder),
            program @ ("yarn" | "pnpm" | "bun") => self.yarn(program, &rest, folder),
            "lerna" | "turbo" | "nx" | "wsrun" | "rush" => self.monorepo(&rest),
            "npm-run-all" | "run-s" | "run-p" | "npm-run-all2" => Some(
                rest.iter()
                    .filter(|name| !name.starts_with('-'))
                    .flat_map(|name| chosen_script(&self.packages, name, folder, None))
                    .collect(),
            ),
            "concurrently" | "start-server-and-test" | "start-test" | "wait-on" => Some(
                rest.iter()
                    .filter(|word| !word.starts_with('-'))
                    .flat_map(|word| {
                        let name = word.strip_prefix("npm:").unwrap_or(word);
                        let mut scripts = chosen_script(&self.packages, name, folder, None);
                        if scripts.is_empty() && word.contains(' ') {
                            scripts.push(here(word, folder));
                        }
                        scripts
                    })
                    .collect(),
            ),
            "make" | "gmake" => Some(self.make(&rest, folder)),
            "composer" => {
                let rest = past_options(&rest, &["-d", "--working-dir"]);
                let rest = match rest.first() {
                    Some(&("run" | "run-script")) => past_options(&rest[1..], &[]),
                    _ => rest,
                };
                Some(chosen_script(&self.composer, rest.first()?, folder, None))
            }
            "tox" => Some(runner::tox(self.snapshot, &rest)),
            "nox" => Some(runner::nox(self.snapshot)),
            "mix" => Some(runner::mix(self.snapshot, rest.first()?)),
            "just" => Some(runner::just(
                self.snapshot,
                rest.iter().find(|word| !word.starts_with('-')).copied(),
            )),
            "rake" if rest.is_empty() => Some(runner::rake_default(self.snapshot)),
            "sh" | "bash" | "zsh" | "source" | "." => {
                let file = rest.iter().find(|word| !word.starts_with('-'))?;
                self.file(file, folder)
            }
            program => self.file(program, folder),
        }
    }

    fn npm(&self, rest: &[&str], folder: Option<&str>) -> Option<Vec<Script>> {
        let folder = moved(rest, folder, &["--prefix", "-C"]);
        let package = valued(rest, &["-w", "--workspace"]);
        let plain = past_options(rest, &["--prefix", "-C", "-w", "--workspace"]);
        let name = match *plain.first()? {
            "test" | "t" | "tst" => "test",
            "run" | "run-script" | "rum" => {
                past_options(&plain[1..], &["--prefix", "-C", "-w", "--workspace"])
                    .first()
                    .copied()?
            }
            "start" => "start",
            _ => return None,
        };
        Some(chosen_script(
            &self.packages,
            name,
            folder.as_deref(),
            package,
        ))
    }

    fn yarn(&self, program: &str, rest: &[&str], folder: Option<&str>) -> Option<Vec<Script>> {
        const VALUED: [&str; 7] = [
            "--cwd",
            "--filter",
            "-F",
            "-C",
            "--dir",
            "--workspace-concurrency",
            "--scope",
        ];
        let folder = moved(rest, folder, &["--cwd", "-C", "--dir"]);
        let mut package = valued(rest, &["--filter", "-F"]);
        let mut plain = past_options(rest, &VALUED);
        if plain.first() == Some(&"workspace") {
            package = plain.get(1).copied();
            plain = plain.get(2..)?.to_vec();
        }
        let everywhere = matches!(plain.first(), Some(&"workspaces"))
            || rest
                .iter()
                .any(|word| matches!(*word, "-r" | "--recursive"));
        while matches!(
            plain.first(),
            Some(&("workspaces" | "foreach" | "run" | "recursive" | "-r"))
        ) {
            plain = past_options(
                &plain[1..],
                &["--include", "--exclude", "--from", "-j", "--filter"],
            );
        }
        let name = *plain.first()?;
        if NO_SCRIPTS.contains(&name) {
            return None;
        }
        let found = if everywhere {
            self.everywhere(name, None)
        } else {
            chosen_script(&self.packages, name, folder.as_deref(), package)
        };
        if found.is_empty() && name != program {
            // a tool of node_modules called through the package manager
            return Some(vec![Script {
                text: plain.join(" "),
                folder,
            }]);
        }
        Some(found)
    }

    /// lerna, turbo and nx run a script of every package, or of one.
    fn monorepo(&self, rest: &[&str]) -> Option<Vec<Script>> {
        let package = valued(rest, &["--scope", "--filter", "-p", "--projects"]);
        let mut names: Vec<&str> = valued(rest, &["-t", "--target", "--targets"])
            .map(|list| list.split(',').collect())
            .unwrap_or_default();
        let plain = past_options(rest, &["--scope", "--filter"]);
        match plain.first().copied() {
            Some("run" | "run-many" | "affected" | "exec") => names.extend(&plain[1..]),
            Some("publish" | "version" | "bootstrap" | "clean") | None => return None,
            Some(_) => names.extend(&plain),
        }
        let names = names
            .into_iter()
            .take_while(|name| *name != "--")
            .filter(|name| !name.starts_with('-'))
            .map(|name| {
                name.rsplit_once(':')
                    .filter(|_| self.everywhere(name, None).is_empty())
                    .map_or(name, |(_, n)| n)
            });
        Some(
            names
                .flat_map(|name| self.everywhere(name, package))
                .collect(),
        )
    }

    fn everywhere(&self, name: &str, package: Option<&str>) -> Vec<Script> {
        let named = package.is_some_and(|_| {
            self.packages
                .iter()
                .any(|manifest| manifest.is_called(package))
        });
        self.packages
            .iter()
            .filter(|manifest| !named || manifest.is_called(package))
            .flat_map(|manifest| manifest.scripts_like(name))
            .collect()
    }

    fn make(&self, rest: &[&str], folder: Option<&str>) -> Vec<Script> {
        let folder = moved(rest, folder, &["-C", "--directory"]);
        let mut targets: Vec<&str> = past_options(rest, &["-C", "--directory", "-f", "-j", "-o"])
            .into_iter()
            .filter(|word| !word.contains('=') && !word.starts_with('-'))
            .collect();
        let near: Vec<&(String, Makefile)> = self
            .makefiles
            .iter()
            .filter(|(path, _)| {
                folder
                    .as_deref()
                    .is_none_or(|folder| folder_of(path) == folder)
            })
            .collect();
        let mut chosen = if near.is_empty() {
            self.makefiles.iter().collect()
        } else {
            near
        };
        let included: Vec<String> = chosen
            .iter()
            .flat_map(|(path, makefile)| {
                let files = makefile.includes().iter();
                files.map(|file| joined(folder_of(path), file))
            })
            .collect();
        for one in &self.makefiles {
            if included.contains(&one.0) && !chosen.iter().any(|(path, _)| *path == one.0) {
                chosen.push(one);
            }
        }
        if targets.is_empty() {
            targets.extend(
                chosen
                    .first()
                    .and_then(|(_, makefile)| makefile.first_target()),
            );
        }
        let mut scripts = Vec::new();
        for (path, makefile) in chosen {
            // what is included runs where the including file stands
            let at = if included.contains(path) {
                folder.as_deref().unwrap_or_default()
            } else {
                folder_of(path)
            };
            for target in &targets {
                scripts.extend(makefile.script(target).map(|text| here(&text, Some(at))));
            }
        }
        scripts
    }

    /// A shell script of the repository.
    fn file(&self, name: &str, folder: Option<&str>) -> Option<Vec<Script>> {
        if !name.contains(['/', '.']) || name.contains('$') {
            return None;
        }
        let path = joined(folder.unwrap_or_default(), name);
        let entry = self
            .snapshot
            .entry(&path)
            .filter(|entry| entry.is_file() && !entry.is_vendored)?;
        let text = self.snapshot.text(entry).ok()?;
        let is_shell = entry.extension() == "sh"
            || text
                .text
                .lines()
                .next()
                .is_some_and(|line| line.starts_with("#!") && line.contains("sh"));
        is_shell.then(|| vec![here(&text.text, folder)])
    }

    /// True when some manifest could define the tasks of this runner.
    pub(super) fn knows(&self, runner: &str) -> bool {
        match runner {
            "make" | "gmake" => !self.makefiles.is_empty(),
            "composer" => !self.composer.is_empty(),
            "npm" | "yarn" | "pnpm" | "bun" => !self.packages.is_empty(),
            _ => true,
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_makefile(name: &str) -> bool {
    matches!(name, "Makefile" | "makefile" | "GNUmakefile") || name.strip_suffix(".mk").is_some()
}

/// The value of an option written `-o value` or `--option=value`.
pub(super) fn valued<'w>(words: &[&'w str], names: &[&str]) -> Option<&'w str> {
    words.iter().enumerate().find_map(|(at, word)| {
        if names.contains(word) {
            return words.get(at + 1).copied();
        }
        let (name, value) = word.split_once('=')?;
        names.contains(&name).then_some(value)
    })
}

/// The folder after an option that changes it.
fn moved(words: &[&str], folder: Option<&str>, names: &[&str]) -> Option<String> {
    match valued(words, names) {
        Some(target) if !target.starts_with(['/', '$', '~']) => {
            folder.map(|folder| joined(folder, target))
        }
        Some(_) => None,
        None => folder.map(str::to_owned),
    }
}
