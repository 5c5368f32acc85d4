// SPDX-License-Identifier: EUPL-1.2
//! A Dockerfile as stages: base image, user, health check, start command. Read line by line, nothing is built.

use std::collections::{BTreeMap, VecDeque};

/// One `FROM` with what follows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stage {
    /// Line of `FROM`, from 1.
    pub(super) line: u32,
    /// The image with its arguments put in; what has no default stays as written.
    pub(super) image: String,
    /// The name after `AS`, lower case.
    pub(super) name: Option<String>,
    /// Line and value of the last `USER`.
    pub(super) user: Option<(u32, String)>,
    /// Line of the last `HEALTHCHECK`; `None` also for `HEALTHCHECK NONE`.
    pub(super) healthcheck: Option<u32>,
    /// True when files of the build enter the image.
    pub(super) copies: bool,
    /// True when the image says what it starts.
    pub(super) starts: bool,
    /// True when the image offers a port.
    pub(super) exposes: bool,
}

/// The stages of a Dockerfile, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dockerfile {
    pub(super) stages: Vec<Stage>,
}

/// Stages that inherit from stages are followed this deep.
const DEPTH: usize = 20;

impl Dockerfile {
    /// Reads a Dockerfile; lines that are no instruction are skipped.
    pub(super) fn parse(text: &str) -> Self {
        let mut stages: Vec<Stage> = Vec::new();
        // what stands before the first FROM is for all of them, what follows one is for its stage
        let mut global: BTreeMap<String, String> = BTreeMap::new();
        let mut own: BTreeMap<String, String> = BTreeMap::new();
        for (line, instruction) in instructions(text) {
            let (word, rest) = instruction
                .split_once(char::is_whitespace)
                .unwrap_or((instruction.as_str(), ""));
            let rest = rest.trim();
            let word = word.to_ascii_uppercase();
            if matches!(word.as_str(), "ARG" | "ENV") {
                let is_global = stages.is_empty();
                inherit(&mut own, rest, &global);
                remember(if is_global { &mut global } else { &mut own }, rest);
                continue;
            }
            if word == "FROM" {
                stages.push(stage(line, rest, &global));
                own.clear();
                continue;
            }
            let Some(stage) = stages.last_mut() else {
                continue;
            };
            match word.as_str() {
                "USER" => stage.user = Some((line, filled(unquoted(rest), &own))),
                "HEALTHCHECK" => {
                    stage.healthcheck = (!rest.eq_ignore_ascii_case("none")).then_some(line);
                }
                "COPY" | "ADD" => stage.copies = true,
                "CMD" | "ENTRYPOINT" => stage.starts = true,
                "EXPOSE" => stage.exposes = true,
                _ => {}
            }
        }
        Self { stages }
    }

    /// The stage that an image name refers to, when it is one of this file before `before`.
    fn stage_called(&self, name: &str, before: usize) -> Option<usize> {
        let name = name.to_ascii_lowercase();
        self.stages[..before]
            .iter()
            .rposition(|stage| stage.name.as_deref() == Some(name.as_str()))
    }

    /// Stages whose base is an image of somebody else: not another stage, not `scratch`.
    pub(super) fn foreign(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().enumerate().filter_map(|(at, stage)| {
            let own = stage.image == "scratch" || self.stage_called(&stage.image, at).is_some();
            (!own).then_some(stage)
        })
    }

    /// The last stage and those that it builds upon, last first.
    pub(super) fn final_chain(&self) -> Vec<&Stage> {
        let mut chain = Vec::new();
        let mut at = self.stages.len().checked_sub(1);
        while let Some(index) = at
            && chain.len() < DEPTH
        {
            chain.push(&self.stages[index]);
            at = self.stage_called(&self.stages[index].image, index);
        }
        chain
    }
}

fn stage(line: u32, rest: &str, arguments: &BTreeMap<String, String>) -> Stage {
    let mut words = rest
        .split_whitespace()
        .filter(|word| !word.starts_with("--"));
    let image = words.next().map(unquoted).unwrap_or_default();
    let name = words
        .next()
        .filter(|word| word.eq_ignore_ascii_case("as"))
        .and_then(|_| words.next());
    Stage {
        line,
        image: filled(image, arguments),
        name: name.map(str::to_ascii_lowercase),
        ..Stage::default()
    }
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

/// `ARG name` in a stage takes the value that stands before the first FROM.
fn inherit(own: &mut BTreeMap<String, String>, rest: &str, global: &BTreeMap<String, String>) {
    for name in rest.split_whitespace() {
        if let Some(value) = global.get(name) {
            own.insert(name.to_owned(), value.clone());
        }
    }
}

/// `ARG name=default`, `ENV name=value`, `ENV name value`.
fn remember(arguments: &mut BTreeMap<String, String>, rest: &str) {
    let pairs: Vec<(&str, &str)> = rest
        .split_whitespace()
        .filter_map(|word| word.split_once('='))
        .collect();
    if pairs.is_empty() {
        if let Some((name, value)) = rest.split_once(char::is_whitespace) {
            arguments.insert(name.to_owned(), unquoted(value.trim()).to_owned());
        }
        return;
    }
    for (name, value) in pairs {
        let value = filled(unquoted(value), arguments);
        arguments.insert(name.to_owned(), value);
    }
}

/// Puts arguments in: `$NAME`, `${NAME}`, `${NAME:-default}`. What has no value stays as written.
pub(super) fn filled(text: &str, arguments: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (written, name, default) = if let Some(inner) = after.strip_prefix('{') {
            let end = inner.find('}').unwrap_or(inner.len());
            let (name, default) = inner[..end]
                .split_once([':', '-', '?', '+'])
                .unwrap_or((&inner[..end], ""));
            let written = (end + 2).min(after.len());
            (written, name, default.trim_start_matches(['-', '?', '+']))
        } else {
            let end = after
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(after.len());
            (end, &after[..end], "")
        };
        match arguments.get(name) {
            Some(value) => out.push_str(value),
            None if !default.is_empty() => out.push_str(default),
            None => out.push_str(&rest[at..=at + written]),
        }
        rest = &after[written..];
    }
    out.push_str(rest);
    out
}

/// Instructions with their first line: comments out, continuations joined, here-documents skipped.
fn instructions(text: &str) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    let mut open: Option<(u32, String)> = None;
    let mut heredocs: VecDeque<String> = VecDeque::new();
    let escape = escape_mark(text);
    for (line, number) in text.lines().zip(1_u32..) {
        if let Some(end) = heredocs.front() {
            if line.trim() == end {
                heredocs.pop_front();
            }
            continue;
        }
        let trimmed = line.trim();
        if trimmed.starts_with('#') || (trimmed.is_empty() && open.is_some()) {
            continue;
        }
        let (start, mut joined) = open.take().unwrap_or((number, String::new()));
        if let Some(part) = trimmed.strip_suffix(escape) {
            joined.push_str(part);
            joined.push(' ');
            open = Some((start, joined));
            continue;
        }
        joined.push_str(trimmed);
        heredocs = opened_heredocs(&joined);
        if !joined.is_empty() {
            found.push((start, joined));
        }
    }
    found.extend(open);
    found
}

/// The mark that continues a line: the directive `# escape=` before everything else may change it.
fn escape_mark(text: &str) -> char {
    let directives = text.lines().map_while(|line| line.trim().strip_prefix('#'));
    let mut escapes = directives.filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        (name.trim().eq_ignore_ascii_case("escape")).then(|| value.trim().to_owned())
    });
    match escapes.next().as_deref() {
        Some("`") => '`',
        _ => '\\',
    }
}

/// The end marks of `RUN <<EOF` and `COPY <<ONE <<TWO target`, in order.
fn opened_heredocs(instruction: &str) -> VecDeque<String> {
    let word = instruction
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    if !matches!(word.as_str(), "RUN" | "COPY" | "ADD") {
        return VecDeque::new();
    }
    let parts = instruction.split("<<").skip(1);
    let marks = parts.filter(|rest| !rest.starts_with('<')).map(|rest| {
        rest.trim_start_matches('-')
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect::<String>()
    });
    marks
        .filter(|mark| mark.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(text: &str) -> Vec<String> {
        Dockerfile::parse(text)
            .foreign()
            .map(|stage| stage.image.clone())
            .collect()
    }

    #[test]
    fn arguments_have_defaults_and_stages_are_no_images() {
        let text = "# x\nARG V=24-alpine\nFROM --platform=linux/amd64 node:$V AS Build\nRUN a \\\n  # note\n  && b\nFROM build AS test\nFROM \"nginx\"\nCOPY --from=build /a /b\nFROM scratch\n";
        assert_eq!(images(text), ["node:24-alpine", "nginx"]);
        assert_eq!(images("FROM a:${X:-3}\n"), ["a:3"]);
        assert_eq!(
            images("ARG X\nFROM a:${X}\nFROM b:$Y-c"),
            ["a:${X}", "b:$Y-c"]
        );
    }

    #[test]
    fn the_last_stage_inherits_the_user_of_its_base() {
        let file = Dockerfile::parse("FROM node:20 AS base\nUSER app\nFROM base\nCMD [\"x\"]\n");
        let chain = file.final_chain();
        assert_eq!(chain.len(), 2);
        assert_eq!(chain[1].user.as_ref().unwrap().1, "app");
        assert!(chain[0].starts);
    }

    #[test]
    fn arguments_of_a_stage_stay_in_it() {
        assert_eq!(
            images("ARG V=1\nFROM a:$V\nARG V=2\nENV W=3\nFROM b:$V\nFROM c:$W\n"),
            ["a:1", "b:1", "c:$W"]
        );
        let file = Dockerfile::parse("ARG U=app\nFROM a:1\nARG U\nUSER $U\n");
        assert_eq!(file.stages[0].user, Some((4, "app".to_owned())));
    }

    #[test]
    fn the_escape_directive_changes_what_continues_a_line() {
        let windows = "# escape=`\nFROM a:1\nCOPY x c:\\\nRUN a `\n  b\nUSER app\n";
        let file = Dockerfile::parse(windows);
        assert_eq!(file.stages[0].user, Some((6, "app".to_owned())));
        let tick = Dockerfile::parse("FROM a:1\nRUN echo `date`\nUSER app\n");
        assert_eq!(tick.stages[0].user, Some((3, "app".to_owned())));
        let two =
            Dockerfile::parse("FROM a:1\nCOPY <<A <<-\"B\" /x/\nUSER 0\nA\nUSER 0\nB\nUSER app\n");
        assert_eq!(two.stages[0].user, Some((7, "app".to_owned())));
    }

    #[test]
    fn here_documents_are_skipped_and_broken_files_end() {
        let file = Dockerfile::parse(
            "FROM a:1\nRUN <<EOF\nUSER root\nFROM b\nEOF\nUSER 1000\nHEALTHCHECK CMD x\n",
        );
        assert_eq!(file.stages.len(), 1);
        assert_eq!(file.stages[0].user, Some((6, "1000".to_owned())));
        assert_eq!(file.stages[0].healthcheck, Some(7));
        for text in [
            "",
            "FROM",
            "FROM ${",
            "RUN <<",
            "FROM a$\\",
            "USER x",
            "FROM ${é",
            "FROM $é",
        ] {
            let _ = Dockerfile::parse(text);
        }
    }
}
