// SPDX-License-Identifier: EUPL-1.2
//! GitLab CI: jobs with `extends`, `!reference`, anchors and local includes.

use super::action::by_words;
use super::job::{Definition, Job, Step, Triggers};
use super::purpose::{Meaning, Purpose};
use crate::model::document::{Node, Pair};

/// Keys at the top that are no jobs.
const KEYWORDS: [&str; 13] = [
    "image",
    "services",
    "stages",
    "types",
    "before_script",
    "after_script",
    "variables",
    "cache",
    "include",
    "workflow",
    "default",
    "spec",
    "true",
];

/// Jobs that extend jobs are followed this deep.
const DEPTH: u8 = 8;

/// Local files that a definition includes, patterns as written, without leading slash.
pub(super) fn local_includes(root: &Node) -> Vec<String> {
    let mut found = Vec::new();
    let included = root.get("include").into_iter();
    let triggered = root
        .pairs()
        .iter()
        .filter_map(|job| job.value.at(&["trigger", "include"]));
    for node in included.chain(triggered).flat_map(Node::one_or_many) {
        let local = node
            .text()
            .or_else(|| node.get("local").and_then(Node::text));
        found.extend(
            local
                .filter(|path| !path.contains("://"))
                .map(|path| path.trim_start_matches('/').to_owned()),
        );
    }
    found
}

/// Reads the jobs of a definition; `all` are the roots of every file of the pipeline, for `extends`.
pub(super) fn pipeline(definition: &mut Definition, root: &Node, all: &[&Node]) {
    let before = root
        .at(&["default", "before_script"])
        .or_else(|| root.get("before_script"));
    let mut changes = false;
    for pair in root.pairs() {
        if KEYWORDS.contains(&pair.key.as_str())
            || pair.key.starts_with('.')
            || !pair.value.is_map()
        {
            continue;
        }
        let job = Reader { all, depth: DEPTH }.job(&definition.path, pair, before);
        changes |= runs_on_changes(&pair.value, all);
        definition.jobs.push(job);
    }
    for template in root
        .get("include")
        .map(Node::one_or_many)
        .unwrap_or_default()
    {
        add_template(definition, template);
        changes = true;
    }
    definition.triggers = if changes {
        Triggers::ALWAYS
    } else {
        Triggers::default()
    };
}

/// GitLab's own templates say in their name what they do.
fn add_template(definition: &mut Definition, include: &Node) {
    let Some(template) = include.get("template").and_then(Node::text) else {
        return;
    };
    let purposes = match template {
        "Auto-DevOps.gitlab-ci.yml" => vec![Purpose::Test, Purpose::Deploy],
        name if name.starts_with("Pages/") => vec![Purpose::Deploy],
        name if name.contains("Code-Quality") => vec![Purpose::Lint],
        name if name.contains("Deploy") => vec![Purpose::Deploy],
        _ => return,
    };
    let steps = purposes
        .into_iter()
        .map(|purpose| Step::means(include.line, Meaning::of(purpose), template));
    definition.jobs.push(Job {
        path: definition.path.clone(),
        line: include.line,
        name: template.to_owned(),
        is_blocking: true,
        steps: steps.collect(),
    });
}

struct Reader<'a> {
    all: &'a [&'a Node],
    depth: u8,
}

impl Reader<'_> {
    fn job(&self, path: &str, pair: &Pair, before: Option<&Node>) -> Job {
        let node = &pair.value;
        let mut steps = Vec::new();
        for key in ["before_script", "script", "after_script"] {
            let own = self.inherited(node, key, self.depth);
            let lines = own.or(if key == "before_script" { before } else { None });
            if let Some(lines) = lines {
                self.add_lines(lines, &mut steps, self.depth);
            }
        }
        let stage = self
            .inherited(node, "stage", self.depth)
            .and_then(Node::scalar)
            .unwrap_or_default();
        let has_environment =
            self.inherited(node, "environment", self.depth)
                .is_some_and(|environment| {
                    environment.get("action").and_then(Node::text) != Some("stop")
                });
        if pair.key == "pages"
            || node
                .get("pages")
                .is_some_and(|pages| pages.is_map() || pages.flag() == Some(true))
        {
            steps.push(Step::means(
                pair.line,
                Meaning::deploys_to("gitlab-pages"),
                "pages",
            ));
        } else if has_environment
            && (by_words(&stage) == Some(Purpose::Deploy)
                || by_words(&pair.key) == Some(Purpose::Deploy))
        {
            steps.push(Step::means(
                pair.line,
                Meaning::of(Purpose::Deploy),
                &pair.key,
            ));
        }
        Job {
            path: path.to_owned(),
            line: pair.line,
            name: pair.key.clone(),
            is_blocking: self
                .inherited(node, "allow_failure", self.depth)
                .and_then(Node::flag)
                != Some(true),
            steps,
        }
    }

    /// The value of a key in a job, or in what it extends.
    fn inherited<'n>(&'n self, node: &'n Node, key: &str, depth: u8) -> Option<&'n Node> {
        if let Some(own) = node.get(key) {
            return Some(own);
        }
        if depth == 0 {
            return None;
        }
        let parents = node
            .get("extends")
            .map(Node::one_or_many)
            .unwrap_or_default();
        parents
            .iter()
            .rev()
            .filter_map(Node::text)
            .find_map(|parent| {
                let parent = self.all.iter().find_map(|root| root.get(parent))?;
                self.inherited(parent, key, depth - 1)
            })
    }

    /// Lines of a script. A `!reference [job, key]` and an anchor both arrive as a nested list.
    fn add_lines(&self, node: &Node, steps: &mut Vec<Step>, depth: u8) {
        for item in node.one_or_many() {
            let inner = item.items();
            if inner.is_empty() {
                steps.extend(Step::script(item, Some("")));
            } else if let [job, key] = inner
                && let Some(target) = self.referenced(job, key)
                && depth > 0
            {
                let from = steps.len();
                self.add_lines(target, steps, depth - 1);
                steps[from..]
                    .iter_mut()
                    .for_each(|step| step.line = item.line);
            } else if depth > 0 {
                self.add_lines(item, steps, depth - 1);
            }
        }
    }

    fn referenced(&self, job: &Node, key: &Node) -> Option<&Node> {
        let (job, key) = (job.text()?, key.text()?);
        self.all.iter().find_map(|root| root.at(&[job, key]))
    }
}

/// False for a job that runs only for tags, on a schedule or by hand.
fn runs_on_changes(job: &Node, all: &[&Node]) -> bool {
    let reader = Reader { all, depth: DEPTH };
    if reader.inherited(job, "when", DEPTH).and_then(Node::text) == Some("manual") {
        return false;
    }
    if let Some(only) = reader.inherited(job, "only", DEPTH) {
        let refs = only.get("refs").unwrap_or(only);
        let names: Vec<&str> = refs.one_or_many().iter().filter_map(Node::text).collect();
        return names.is_empty()
            || names
                .iter()
                .any(|name| !matches!(*name, "tags" | "schedules" | "triggers" | "web" | "api"));
    }
    let rules = reader
        .inherited(job, "rules", DEPTH)
        .map(Node::items)
        .unwrap_or_default();
    rules.is_empty()
        || rules.iter().any(|rule| {
            let condition = rule.get("if").and_then(Node::scalar).unwrap_or_default();
            let when = rule.get("when").and_then(Node::text).unwrap_or_default();
            !matches!(when, "never" | "manual")
                && !condition.contains("CI_COMMIT_TAG")
                && !condition.contains("schedule")
        })
}
