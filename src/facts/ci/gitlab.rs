// SPDX-License-Identifier: EUPL-1.2
//! GitLab CI: jobs with `extends`, `!reference`, anchors and local includes.

use super::action::by_words;
use super::gitlab_when::{Pipeline, by_rules, job_runs};
use super::job::{Definition, Job, Step};
use super::purpose::{Meaning, Purpose};
use super::triggers::{Told, Triggers};
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

/// Steps of a job and rules that are read at most.
const MOST_STEPS: usize = 2000;

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
pub(super) fn pipeline(
    definition: &mut Definition,
    root: &Node,
    (all, default): (&[&Node], Option<&str>),
) {
    let reader = Reader { all, depth: DEPTH };
    let before = root
        .at(&["default", "before_script"])
        .or_else(|| root.get("before_script"));
    let workflow: Option<Vec<&Node>> = all
        .iter()
        .find_map(|root| root.at(&["workflow", "rules"]))
        .map(|rules| reader.rules(rules));
    let pipelines = [
        Pipeline::Default(default),
        Pipeline::Branch,
        Pipeline::Request(default),
    ];
    let allowed = pipelines.map(|at| {
        let told = workflow.as_ref().map(|rules| by_rules(rules, at).told);
        told.unwrap_or(Told::Yes)
    });
    for pair in root.pairs() {
        if KEYWORDS.contains(&pair.key.as_str())
            || pair.key.starts_with('.')
            || !pair.value.is_map()
        {
            continue;
        }
        let value = |key: &str| reader.inherited(&pair.value, key, DEPTH);
        let rules = value("rules").map(|rules| reader.rules(rules));
        let runs = pipelines.map(|at| job_runs(&value, rules.as_deref(), at));
        let is_off = rules
            .iter()
            .flatten()
            .all(|rule| rule.get("when").and_then(Node::text) == Some("never"))
            && (rules.is_some() || value("when").and_then(Node::text) == Some("never"));
        if is_off {
            continue;
        }
        let told = [0, 1, 2].map(|n| runs[n].told.min(allowed[n]));
        keep_out(
            definition,
            (value("only"), pair.line),
            (told[0], told[1]),
            default,
        );
        let triggers = &mut definition.triggers;
        triggers.push = triggers.push.max(told[0]);
        triggers.every |= told[1] == Told::Yes;
        triggers.request = triggers.request.max(told[2]);
        let mut job = reader.job(&definition.path, pair, before);
        let by_itself = told.iter().any(|told| *told != Told::No);
        let by_hand = runs.iter().any(|runs| runs.by_hand);
        let stated = value("allow_failure").and_then(Node::flag);
        job.is_blocking &= by_itself || !by_hand || stated == Some(false);
        job.is_blocking &= !(runs.iter().any(|runs| runs.tolerated)
            && runs
                .iter()
                .all(|runs| runs.told == Told::No || runs.tolerated));
        definition.jobs.push(job);
    }
    for include in root
        .get("include")
        .map(Node::one_or_many)
        .unwrap_or_default()
    {
        add_template(definition, include);
    }
}

/// Remembers a filter that names branches and leaves the default one out.
fn keep_out(
    definition: &mut Definition,
    (only, line): (Option<&Node>, u32),
    (on_default, on_branch): (Told, Told),
    default: Option<&str>,
) {
    if default.is_none() || on_default != Told::No || on_branch == Told::Yes {
        return;
    }
    let Some(only) = only else { return };
    let refs = only.get("refs").unwrap_or(only);
    let names: Vec<&str> = refs.one_or_many().iter().filter_map(Node::text).collect();
    let names_branch = names.iter().any(|name| {
        !matches!(
            *name,
            "tags" | "schedules" | "triggers" | "web" | "api" | "merge_requests" | "pipelines"
        )
    });
    if names_branch {
        let shown = format!("only: [{}]", names.join(", "));
        definition
            .triggers
            .filters
            .push((only.line.max(line), shown));
    }
}

/// GitLab's own templates say in their name what they do.
fn add_template(definition: &mut Definition, include: &Node) {
    let Some(template) = include.get("template").and_then(Node::text) else {
        let elsewhere = ["project", "remote", "component"]
            .iter()
            .find_map(|key| include.get(key)?.text())
            .or_else(|| include.text().filter(|text| text.contains("://")));
        if let Some(elsewhere) = elsewhere {
            definition.opaque = Some((include.line, elsewhere.to_owned()));
        }
        return;
    };
    if definition.triggers == Triggers::default() {
        definition.triggers = Triggers::always();
    }
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
        if steps.len() > MOST_STEPS {
            return;
        }
        if let [job, key] = node.items()
            && let Some(target) = self.referenced(job, key)
            && depth > 0
        {
            return self.add_lines(target, steps, depth - 1);
        }
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
                for step in &mut steps[from..] {
                    step.line = item.line;
                    step.is_elsewhere = true;
                }
            } else if depth > 0 {
                self.add_lines(item, steps, depth - 1);
            }
        }
    }

    fn referenced<'n>(&'n self, job: &Node, key: &Node) -> Option<&'n Node> {
        let (job, key) = (job.text()?, key.text()?);
        self.all.iter().find_map(|root| root.at(&[job, key]))
    }

    /// The records of `rules:`, with references and anchors that bring several.
    fn rules<'n>(&'n self, node: &'n Node) -> Vec<&'n Node> {
        let mut found = Vec::new();
        self.collect_rules(node, &mut found, self.depth);
        found
    }

    fn collect_rules<'n>(&'n self, node: &'n Node, found: &mut Vec<&'n Node>, depth: u8) {
        if depth == 0 || found.len() > MOST_STEPS {
            return;
        }
        if let [job, key] = node.items()
            && let Some(target) = self.referenced(job, key)
        {
            return self.collect_rules(target, found, depth - 1);
        }
        for item in node.items() {
            if item.is_map() {
                found.push(item);
            } else {
                self.collect_rules(item, found, depth - 1);
            }
        }
    }
}
