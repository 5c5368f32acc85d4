// SPDX-License-Identifier: EUPL-1.2
//! Named tasks that a CI command points to: scripts of package.json, targets of a Makefile, composer scripts, tox …

use std::collections::BTreeMap;

use serde_json::Value;

use super::makefile::Makefile;
use super::shell::joined;
use super::wrapper::past_options;
use crate::snapshot::{Entry, Snapshot};

/// What a task runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    /// The commands.
    pub(super) text: String,
    /// The folder in which they run.
    pub(super) folder: Option<String>,
}

/// A manifest with named scripts.
struct Manifest {
    folder: String,
    name: Option<String>,
    scripts: BTreeMap<String, Vec<String>>,
}

/// The tasks that a repository defines.
pub(super) struct Tasks<'s> {
    snapshot: &'s Snapshot,
    packages: Vec<Manifest>,
    composer: Vec<Manifest>,
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
                        tasks.makefiles.push((entry.folder().to_owned(), makefile));
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
                    .flat_map(|name| self.script(&self.packages, name, folder, None))
                    .collect(),
            ),
            "concurrently" | "start-server-and-test" | "start-test" | "wait-on" => Some(
                rest.iter()
                    .filter(|word| !word.starts_with('-'))
                    .flat_map(|word| {
                        let name = word.strip_prefix("npm:").unwrap_or(word);
                        let mut scripts = self.script(&self.packages, name, folder, None);
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
                Some(self.script(&self.composer, rest.first()?, folder, None))
            }
            "tox" => Some(self.tox(&rest)),
            "nox" => Some(self.nox()),
            "mix" => Some(self.mix(rest.first()?)),
            "just" => Some(self.just(rest.iter().find(|word| !word.starts_with('-')).copied())),
            "rake" if rest.is_empty() => Some(self.rake_default()),
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
        Some(self.script(&self.packages, name, folder.as_deref(), package))
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
            self.script(&self.packages, name, folder.as_deref(), package)
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

    /// The script `name` of the manifest that a command run in `folder` would use.
    fn script(
        &self,
        manifests: &[Manifest],
        name: &str,
        folder: Option<&str>,
        package: Option<&str>,
    ) -> Vec<Script> {
        let near = folder.filter(|_| package.is_none()).and_then(|folder| {
            let at = |folder: &str| manifests.iter().find(|manifest| manifest.folder == folder);
            at(folder).or_else(|| at(""))
        });
        let chosen: Vec<&Manifest> = match near {
            Some(manifest) => vec![manifest],
            None => {
                let named: Vec<&Manifest> = manifests
                    .iter()
                    .filter(|manifest| package.is_some() && manifest.is_called(package))
                    .collect();
                if named.is_empty() {
                    manifests.iter().collect()
                } else {
                    named
                }
            }
        };
        chosen
            .iter()
            .flat_map(|manifest| manifest.scripts_like(name))
            .collect()
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
            .filter(|(at, _)| folder.as_deref().is_none_or(|folder| at == folder))
            .collect();
        let chosen = if near.is_empty() {
            self.makefiles.iter().collect()
        } else {
            near
        };
        if targets.is_empty() {
            targets.extend(
                chosen
                    .first()
                    .and_then(|(_, makefile)| makefile.first_target()),
            );
        }
        let mut scripts = Vec::new();
        for (at, makefile) in chosen {
            for target in &targets {
                scripts.extend(makefile.script(target).map(|text| here(&text, Some(at))));
            }
        }
        scripts
    }

    fn text_of(&self, name: &str) -> Option<(String, String)> {
        let entry = self
            .snapshot
            .files()
            .filter(|entry| entry.name() == name)
            .min_by_key(|entry| entry.path.len())?;
        let text = self.snapshot.text(entry).ok()?;
        Some((entry.folder().to_owned(), text.text.clone()))
    }

    /// `commands =` of tox.ini, for the environments named by `-e` when they have their own.
    fn tox(&self, rest: &[&str]) -> Vec<Script> {
        let Some((folder, text)) = self.text_of("tox.ini") else {
            return vec![here("pytest", None)];
        };
        let wanted = valued(rest, &["-e"]).unwrap_or_default();
        let mut own = String::new();
        let mut shared = String::new();
        let (mut section, mut in_commands) = (String::new(), false);
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']').to_owned();
                in_commands = false;
            } else if let Some((key, value)) = line
                .split_once('=')
                .filter(|_| !line.starts_with([' ', '\t']))
            {
                in_commands = key.trim().starts_with("commands");
                if in_commands {
                    push_line(target(&section, wanted, &mut own, &mut shared), value);
                }
            } else if in_commands {
                push_line(target(&section, wanted, &mut own, &mut shared), line);
            }
        }
        vec![here(
            if own.is_empty() { &shared } else { &own },
            Some(&folder),
        )]
    }

    /// Arguments of `session.run(…)` in noxfile.py.
    fn nox(&self) -> Vec<Script> {
        let Some((folder, text)) = self.text_of("noxfile.py") else {
            return vec![here("pytest", None)];
        };
        text.split("session.run(")
            .skip(1)
            .filter_map(|call| call.split_once(')'))
            .map(|(call, _)| here(&quoted(call).join(" "), Some(&folder)))
            .collect()
    }

    /// The steps of a mix alias; a step with the alias's own name is the built-in task.
    fn mix(&self, name: &str) -> Vec<Script> {
        let Some((folder, text)) = self.text_of("mix.exs") else {
            return Vec::new();
        };
        let starts = [format!("{name}: ["), format!("\"{name}\": [")];
        let Some(list) = starts
            .iter()
            .find_map(|start| text.split_once(start.as_str()))
        else {
            return Vec::new();
        };
        let list = list.1.split(']').next().unwrap_or_default();
        let steps = quoted(list)
            .into_iter()
            .filter(|step| step.split(' ').next() != Some(name));
        steps
            .map(|step| here(&format!("mix {step}"), Some(&folder)))
            .collect()
    }

    fn just(&self, recipe: Option<&str>) -> Vec<Script> {
        let found = ["justfile", "Justfile", ".justfile"]
            .iter()
            .find_map(|name| self.text_of(name));
        let Some((folder, text)) = found else {
            return Vec::new();
        };
        let makefile = Makefile::parse(&text.replace("\n    ", "\n\t").replace("\n  ", "\n\t"));
        let recipe = recipe.or_else(|| makefile.first_target());
        let script = recipe.and_then(|recipe| makefile.script(recipe));
        script
            .map(|text| here(&text.replace("make ", "just "), Some(&folder)))
            .into_iter()
            .collect()
    }

    fn rake_default(&self) -> Vec<Script> {
        let Some((folder, text)) = self.text_of("Rakefile") else {
            return Vec::new();
        };
        let line = text.lines().find(|line| {
            let line = line.trim_start();
            line.starts_with("task default:")
                || line.starts_with("task :default")
                || line.starts_with("task 'default'")
        });
        let names = line
            .and_then(|line| line.split_once("default"))
            .map_or("", |(_, names)| names);
        names
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|name| !name.is_empty())
            .map(|name| here(&format!("rake {name}"), Some(&folder)))
            .collect()
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

fn target<'t>(
    section: &str,
    wanted: &str,
    own: &'t mut String,
    shared: &'t mut String,
) -> &'t mut String {
    let is_own = section.strip_prefix("testenv:").is_some_and(|name| {
        wanted
            .split(',')
            .any(|wanted| !wanted.is_empty() && name.split(',').any(|n| n.trim() == wanted))
    });
    if is_own { own } else { shared }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line.trim().trim_start_matches("- "));
    text.push('\n');
}

fn is_makefile(name: &str) -> bool {
    matches!(name, "Makefile" | "makefile" | "GNUmakefile") || name.ends_with(".mk")
}

impl Manifest {
    fn is_called(&self, package: Option<&str>) -> bool {
        let Some(package) = package else { return false };
        let package = package
            .trim_matches(['.', '{', '}'])
            .trim_start_matches("./")
            .trim_end_matches('/');
        self.name.as_deref() == Some(package)
            || self.folder == package
            || (!package.is_empty() && self.folder.ends_with(&format!("/{package}")))
    }

    /// Scripts called `name`, where a `*` stands for anything.
    fn scripts_like(&self, name: &str) -> Vec<Script> {
        let is_like = |script: &str| match name.split_once('*') {
            Some((start, end)) => {
                script.len() >= start.len()
                    && script.starts_with(start)
                    && script.ends_with(end.trim_start_matches('*'))
            }
            None => script == name,
        };
        self.scripts
            .iter()
            .filter(|(script, _)| is_like(script))
            .flat_map(|(_, lines)| lines)
            .map(|line| here(line, Some(&self.folder)))
            .collect()
    }
}

fn manifest(snapshot: &Snapshot, entry: &Entry) -> Option<Manifest> {
    let json: Value = serde_json::from_str(&snapshot.text(entry).ok()?.text).ok()?;
    let mut scripts = BTreeMap::new();
    for (name, value) in json["scripts"].as_object().into_iter().flatten() {
        let lines = match value {
            Value::String(line) => vec![line.clone()],
            Value::Array(lines) => lines
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            _ => continue,
        };
        // composer refers to another script as @name, and to php as @php
        let lines = lines
            .into_iter()
            .map(|line| match line.strip_prefix('@') {
                Some(rest) if rest.starts_with("php ") => rest.to_owned(),
                Some(rest) if rest.starts_with("composer ") => rest.to_owned(),
                Some(rest) if !rest.starts_with("putenv") => format!("composer {rest}"),
                _ => line,
            })
            .collect();
        scripts.insert(name.clone(), lines);
    }
    Some(Manifest {
        folder: entry.folder().to_owned(),
        name: json["name"].as_str().map(str::to_owned),
        scripts,
    })
}

fn here(text: &str, folder: Option<&str>) -> Script {
    Script {
        text: text.to_owned(),
        folder: folder.map(str::to_owned),
    }
}

/// The value of an option written `-o value` or `--option=value`.
fn valued<'w>(words: &[&'w str], names: &[&str]) -> Option<&'w str> {
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

/// Texts between double or single quotes.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = rest.as_bytes()[at] as char;
        let inner = &rest[at + 1..];
        let Some(end) = inner.find(quote) else { break };
        found.push(inner[..end].to_owned());
        rest = &inner[end + 1..];
    }
    found
}
