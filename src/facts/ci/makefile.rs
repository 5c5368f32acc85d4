// SPDX-License-Identifier: EUPL-1.2
//! Targets of a Makefile with their recipes, read line by line; simple variables are put in.

use std::collections::BTreeMap;

/// The rules of one Makefile.
#[derive(Debug, Clone, Default)]
pub(super) struct Makefile {
    rules: Vec<Rule>,
    variables: BTreeMap<String, String>,
    includes: Vec<String>,
}

#[derive(Debug, Clone)]
struct Rule {
    targets: Vec<String>,
    needs: Vec<String>,
    recipe: String,
}

/// Variables inside variables are put in this often.
const MOST_ROUNDS: usize = 3;

impl Makefile {
    /// Reads rules and variables; never fails.
    pub(super) fn parse(text: &str) -> Self {
        let mut makefile = Self::default();
        let text = text.replace("\\\r\n", "\\\n");
        let mut in_rule = false;
        for line in text.lines() {
            if let Some(command) = line.strip_prefix('\t') {
                if in_rule && let Some(rule) = makefile.rules.last_mut() {
                    push_command(&mut rule.recipe, command);
                }
                continue;
            }
            let line = line.split(" #").next().unwrap_or(line).trim_end();
            if line.is_empty() || line.starts_with(['#', '.', ' ']) || line.starts_with("ifeq") {
                continue;
            }
            if let Some(files) = line
                .strip_prefix("include ")
                .or_else(|| line.strip_prefix("-include "))
            {
                let files = files.split_whitespace().filter(|file| !file.contains('$'));
                makefile.includes.extend(files.map(str::to_owned));
                in_rule = false;
            } else if let Some((name, value)) = variable(line) {
                makefile.variables.insert(name.to_owned(), value.to_owned());
                in_rule = false;
            } else if let Some((targets, needs)) = line.split_once(':') {
                let (needs, command) = needs.split_once(';').unwrap_or((needs, ""));
                let words = |text: &str| {
                    let plain = text.trim_start_matches(':').split_whitespace();
                    plain.map(str::to_owned).collect::<Vec<_>>()
                };
                makefile.rules.push(Rule {
                    targets: words(targets),
                    needs: words(needs),
                    recipe: command.trim().to_owned(),
                });
                in_rule = true;
            }
        }
        makefile
    }

    /// Files that it includes, as written.
    pub(super) fn includes(&self) -> &[String] {
        &self.includes
    }

    /// The target that runs when none is named.
    pub(super) fn first_target(&self) -> Option<&str> {
        let rule = self.rules.iter().find(|rule| !rule.targets.is_empty())?;
        rule.targets.first().map(String::as_str)
    }

    /// What making `target` runs: what it needs, then its recipe.
    pub(super) fn script(&self, target: &str) -> Option<String> {
        let mut script = String::new();
        let mut is_known = false;
        for rule in &self.rules {
            if !rule.targets.iter().any(|name| name == target) {
                continue;
            }
            is_known = true;
            for need in rule.needs.iter().filter(|need| *need != target) {
                if self.rules.iter().any(|rule| rule.targets.contains(need)) {
                    script.push_str("make ");
                    script.push_str(need);
                    script.push('\n');
                }
            }
            script.push_str(&self.filled(&rule.recipe));
            script.push('\n');
        }
        is_known.then_some(script)
    }

    fn filled(&self, recipe: &str) -> String {
        let mut text = recipe.replace("$(MAKE)", "make").replace("${MAKE}", "make");
        for _ in 0..MOST_ROUNDS {
            if !text.contains("$(") && !text.contains("${") {
                break;
            }
            for (name, value) in &self.variables {
                text = text
                    .replace(&format!("$({name})"), value)
                    .replace(&format!("${{{name}}}"), value);
                if text.len() > 100_000 {
                    return text;
                }
            }
        }
        text.replace("$$", "$")
    }
}

/// A recipe's line; `@` and `+` are dropped, `-` swallows its failure.
fn push_command(recipe: &mut String, command: &str) {
    let plain = command.trim_start_matches(['@', '+', '-', ' ']);
    let prefix = &command[..command.len() - plain.len()];
    if !recipe.is_empty() {
        recipe.push('\n');
    }
    recipe.push_str(plain);
    if prefix.contains('-') && !plain.ends_with('\\') {
        recipe.push_str(" || true");
    }
}

/// `NAME = value`, `NAME := value`, `export NAME ?= value`.
fn variable(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end_matches([':', '?', '+', '!']).trim();
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    is_name.then_some((name, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_runs_what_it_needs_then_its_recipe() {
        let makefile = Makefile::parse(
            "RUN := docker compose run --rm app\n.PHONY: ci test\nci: lint test # all\n\ntest:\n\t@$(RUN) pytest\n\t-rm x\nlint:\n\tflake8 \\\n\t  src\n",
        );
        assert_eq!(makefile.first_target(), Some("ci"));
        assert_eq!(
            makefile.script("ci").unwrap().trim(),
            "make lint\nmake test"
        );
        assert!(
            makefile
                .script("test")
                .unwrap()
                .starts_with("docker compose run --rm app pytest\nrm x || true")
        );
        assert_eq!(makefile.script("none"), None);
    }
}
