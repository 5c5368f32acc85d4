// SPDX-License-Identifier: EUPL-1.2
//! Tasks that tox, nox, mix, just and rake define in files of their own.

use super::makefile::Makefile;
use super::manifest::{Script, here};
use super::tasks::valued;
use crate::snapshot::Snapshot;

/// `commands =` of tox.ini, for the environments named by `-e` when they have their own.
pub(super) fn tox(snapshot: &Snapshot, rest: &[&str]) -> Vec<Script> {
    let Some((folder, text)) = text_of(snapshot, "tox.ini") else {
        return vec![here("pytest", None)];
    };
    let wanted = valued(rest, &["-e"]).unwrap_or_default();
    let mut own = String::new();
    let mut shared = String::new();
    let (mut section, mut in_commands) = (String::new(), false);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
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
pub(super) fn nox(snapshot: &Snapshot) -> Vec<Script> {
    let Some((folder, text)) = text_of(snapshot, "noxfile.py") else {
        return vec![here("pytest", None)];
    };
    text.split("session.run(")
        .skip(1)
        .filter_map(|call| call.split_once(')'))
        .map(|(call, _)| here(&quoted(call).join(" "), Some(&folder)))
        .collect()
}

/// The steps of a mix alias; a step with the alias's own name is the built-in task.
pub(super) fn mix(snapshot: &Snapshot, name: &str) -> Vec<Script> {
    let Some((folder, text)) = text_of(snapshot, "mix.exs") else {
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

pub(super) fn just(snapshot: &Snapshot, recipe: Option<&str>) -> Vec<Script> {
    let found = ["justfile", "Justfile", ".justfile"]
        .iter()
        .find_map(|name| text_of(snapshot, name));
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

pub(super) fn rake_default(snapshot: &Snapshot) -> Vec<Script> {
    let Some((folder, text)) = text_of(snapshot, "Rakefile") else {
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

fn text_of(snapshot: &Snapshot, name: &str) -> Option<(String, String)> {
    let entry = snapshot
        .files()
        .filter(|entry| entry.name() == name)
        .min_by_key(|entry| entry.path.len())?;
    let text = snapshot.text(entry).ok()?;
    Some((entry.folder().to_owned(), text.text.clone()))
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
