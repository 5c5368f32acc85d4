// SPDX-License-Identifier: EUPL-1.2
//! What makes a workflow unsafe: text of strangers in commands, code of strangers beside secrets, a token that may do
//! everything, actions of others that may change under the same name.

use super::events;
use super::github::{is_elsewhere, is_pinned, steps_of_action};
use super::job::Definition;
use super::triggers::Told;
use crate::model::document::Node;

/// One thing that is unsafe: its line, and the expression, reference or key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Risk {
    pub(super) line: u32,
    pub(super) kind: RiskKind,
    pub(super) shown: String,
}

/// The worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RiskKind {
    /// Text that anybody may write is put into a command.
    UntrustedInput,
    /// Code of a request.
    HeadCheckout,
    /// The token may write everything.
    TokenWriteAll,
    /// Nothing says what the token may do.
    TokenUnrestricted,
    /// An action of somebody else is named by a tag or a branch.
    UnpinnedAction,
}

impl RiskKind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::UntrustedInput => "untrusted-input",
            Self::HeadCheckout => "head-checkout",
            Self::TokenWriteAll => "token-write-all",
            Self::TokenUnrestricted => "token-unrestricted",
            Self::UnpinnedAction => "unpinned-action",
        }
    }

    pub(super) fn note(self) -> &'static str {
        match self {
            Self::UntrustedInput => "ci-risk-untrusted-input",
            Self::HeadCheckout => "ci-risk-head-checkout",
            Self::TokenWriteAll => "ci-risk-token-write-all",
            Self::TokenUnrestricted => "ci-risk-token-unrestricted",
            Self::UnpinnedAction => "ci-risk-unpinned-action",
        }
    }
}

/// Ends of contexts that anybody with an account may fill, with the starts of the events that fill them.
const UNTRUSTED: [(&str, &[&str]); 20] = [
    ("github.head_ref", &["pull_request"]),
    (".issue.title", &["issue"]),
    (".issue.body", &["issue"]),
    (".pull_request.title", &["pull_request"]),
    (".pull_request.body", &["pull_request"]),
    (
        ".comment.body",
        &[
            "issue_comment",
            "pull_request_review_comment",
            "commit_comment",
            "discussion_comment",
        ],
    ),
    (".review.body", &["pull_request_review"]),
    (".review_comment.body", &["pull_request_review"]),
    (".discussion.title", &["discussion"]),
    (".discussion.body", &["discussion"]),
    (".page_name", &["gollum"]),
    (".head_commit.message", &["push", "workflow_run"]),
    (".commits.*.message", &["push"]),
    (".author.email", &["push", "workflow_run"]),
    (".author.name", &["push", "workflow_run"]),
    (".head.ref", &["pull_request"]),
    (".head.label", &["pull_request"]),
    (".head.repo.default_branch", &["pull_request"]),
    (".workflow_run.head_branch", &["workflow_run"]),
    (".workflow_run.display_title", &["workflow_run"]),
];

/// Whether some event of a workflow fills a context; what others call may be started by any.
fn is_filled(starts: &[&str], events: &[String]) -> bool {
    events.is_empty()
        || events.iter().any(|event| {
            event == "workflow_call" || starts.iter().any(|start| event.starts_with(start))
        })
}

/// A workflow that runs after others is started by strangers only when one of these runs on requests.
pub(super) fn after_others(definitions: &mut [Definition]) {
    let known: Vec<(String, bool)> = definitions
        .iter()
        .filter(|one| !one.name.is_empty())
        .map(|one| (one.name.clone(), one.triggers.request != Told::No))
        .collect();
    for one in definitions {
        let events = &one.triggers.events;
        let is_after = events.iter().any(|event| event == "workflow_run");
        let is_direct = events.iter().any(|event| event == "pull_request_target");
        let is_ours = one
            .triggers
            .after
            .iter()
            .all(|name| known.contains(&(name.clone(), false)));
        if is_after && !is_direct && is_ours {
            one.risks.retain(|risk| risk.kind != RiskKind::HeadCheckout);
        }
    }
}

/// Reads the risks of a workflow. `owner` is the account of the repository, whose own actions are nobody else's.
pub(super) fn workflow(definition: &mut Definition, root: &Node, owner: Option<&str>) {
    let events = &definition.triggers.events;
    let has = |name: &str| events.iter().any(|event| event == name);
    let runs_for_strangers = has("pull_request_target") || has("workflow_run");
    let mut risks = Vec::new();
    let top = root.pair("permissions");
    if let Some(pair) = top.filter(|pair| pair.value.text() == Some("write-all")) {
        risks.push(risk(pair.line, RiskKind::TokenWriteAll, "write-all"));
    }
    let mut open_job = None;
    for job in root.get("jobs").map(Node::pairs).unwrap_or_default() {
        let node = &job.value;
        match node.pair("permissions") {
            Some(pair) if pair.value.text() == Some("write-all") => {
                risks.push(risk(pair.line, RiskKind::TokenWriteAll, "write-all"));
            }
            None if top.is_none() => open_job = open_job.or(Some(job.line)),
            _ => {}
        }
        if let Some(uses) = node.get("uses") {
            unpinned(&mut risks, uses, owner);
        }
        let is_guarded = same_repository_only(node);
        for step in node.get("steps").map(Node::items).unwrap_or_default() {
            of_step(&mut risks, step, (events, owner));
            if runs_for_strangers && !is_guarded && !same_repository_only(step) {
                risks.extend(head_checkout(step));
            }
        }
    }
    // Forgejo and Gitea know no such block; what is called has the rights that its callers leave
    let is_concerned =
        definition.system == "github-actions" && !definition.triggers.is_only_called();
    if let Some(line) = open_job.filter(|_| is_concerned) {
        let line = events::block(root).map_or(line, |pair| pair.line);
        risks.push(risk(line, RiskKind::TokenUnrestricted, ""));
    }
    definition.risks = risks;
}

pub(super) fn local_action(definition: &mut Definition, root: &Node, owner: Option<&str>) {
    let mut risks = Vec::new();
    for step in steps_of_action(root) {
        of_step(&mut risks, step, (&[], owner));
    }
    definition.risks.extend(risks);
}

fn risk(line: u32, kind: RiskKind, shown: &str) -> Risk {
    Risk {
        line,
        kind,
        shown: shown.to_owned(),
    }
}

fn of_step(risks: &mut Vec<Risk>, step: &Node, (events, owner): (&[String], Option<&str>)) {
    let uses = step.get("uses").and_then(Node::text).unwrap_or_default();
    let mut scripts: Vec<&Node> = step.get("run").into_iter().collect();
    if uses.starts_with("actions/github-script@") {
        scripts.extend(step.at(&["with", "script"]));
    }
    for script in scripts {
        let Some(text) = script.text() else { continue };
        for (number, line) in text.lines().enumerate() {
            let at = script
                .line
                .saturating_add(u32::try_from(number).unwrap_or(u32::MAX));
            for expression in expressions(line) {
                if is_untrusted(expression, events) {
                    risks.push(risk(at, RiskKind::UntrustedInput, expression.trim()));
                }
            }
        }
    }
    if let Some(uses) = step.get("uses") {
        unpinned(risks, uses, owner);
    }
}

fn unpinned(risks: &mut Vec<Risk>, uses: &Node, owner: Option<&str>) {
    let Some(reference) = uses.text().filter(|reference| is_elsewhere(reference)) else {
        return;
    };
    // Forgejo names actions by their full address
    let path = reference.split_once("://").map_or(reference, |(_, rest)| {
        rest.split_once('/').map_or(rest, |(_, path)| path)
    });
    let account = path.split('/').next().unwrap_or_default();
    let is_own = owner.is_some_and(|owner| owner.eq_ignore_ascii_case(account));
    let is_official = matches!(account.to_ascii_lowercase().as_str(), "actions" | "github");
    if !is_own && !is_official && !is_pinned(reference) {
        risks.push(risk(uses.line, RiskKind::UnpinnedAction, reference));
    }
}

fn expressions(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once("${{") {
        let (inner, behind) = after.split_once("}}").unwrap_or((after, ""));
        found.push(inner);
        rest = behind;
    }
    found
}

/// Whether an expression yields text that a stranger wrote: a comparison and `contains(…)` only yield true or false.
fn is_untrusted(expression: &str, events: &[String]) -> bool {
    let plain = without_tests(&expression.to_ascii_lowercase());
    plain
        .split("||")
        .flat_map(|part| part.split("&&"))
        .filter(|part| !part.contains("==") && !part.contains("!="))
        .flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric() && !"_.*[]-".contains(c)))
        .any(|name| {
            let name = name.replace("[*]", ".*").replace("[0]", ".*");
            name.starts_with("github.")
                && UNTRUSTED
                    .iter()
                    .any(|(end, starts)| name.ends_with(end) && is_filled(starts, events))
        })
}

/// An expression without the arguments of functions that answer true or false.
fn without_tests(expression: &str) -> String {
    let mut text = expression.to_owned();
    for name in ["contains(", "startswith(", "endswith("] {
        while let Some(start) = text.find(name) {
            let mut depth = 0_usize;
            let end = text[start..].char_indices().find_map(|(at, c)| {
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => return None,
                }
                (depth == 0).then_some(start + at + 1)
            });
            text.replace_range(start..end.unwrap_or(text.len()), "true");
        }
    }
    text
}

/// A step that fetches the code of a request, where the workflow holds the rights of the repository.
fn head_checkout(step: &Node) -> Option<Risk> {
    let is_head = |text: &str| {
        let text = text.to_ascii_lowercase();
        [
            "pull_request.head",
            "github.head_ref",
            "refs/pull/",
            "workflow_run.head_",
            "pull_request.merge_commit_sha",
        ]
        .iter()
        .any(|mark| text.contains(mark))
    };
    let uses = step.get("uses").and_then(Node::text).unwrap_or_default();
    if uses
        .split('@')
        .next()
        .is_some_and(|name| name.ends_with("actions/checkout"))
    {
        let inputs = step.get("with").map(Node::pairs).unwrap_or_default();
        let pair = inputs.iter().find(|pair| {
            matches!(pair.key.as_str(), "ref" | "repository")
                && pair.value.text().is_some_and(is_head)
        })?;
        return Some(risk(
            pair.line,
            RiskKind::HeadCheckout,
            &format!("{}: {}", pair.key, pair.value.text().unwrap_or_default()),
        ));
    }
    let run = step.get("run")?;
    let text = run.text()?;
    let number = text.lines().position(|line| {
        line.contains("gh pr checkout") || (line.contains("git fetch") && is_head(line))
    })?;
    let line = run
        .line
        .saturating_add(u32::try_from(number).unwrap_or(u32::MAX));
    Some(risk(
        line,
        RiskKind::HeadCheckout,
        text.lines().nth(number)?.trim(),
    ))
}

/// True when a condition lets only requests from the repository itself through.
fn same_repository_only(node: &Node) -> bool {
    let condition = node.get("if").and_then(Node::scalar).unwrap_or_default();
    let plain: String = condition.split_whitespace().collect();
    plain.contains("head.repo.full_name==github.repository")
        || plain.contains("github.repository==github.event.pull_request.head.repo.full_name")
        || plain.contains("head_repository.full_name==github.repository")
        || plain.contains("!github.event.pull_request.head.repo.fork")
        || plain.contains("head.repo.fork==false")
        || plain.contains("github.event_name=='push'")
        || plain.contains("github.event.workflow_run.event=='push'")
}

#[cfg(test)]
mod checks {
    use super::*;
    use crate::model::document::parse_yaml;

    fn kinds(text: &str) -> Vec<(&'static str, u32)> {
        let root = parse_yaml(text).unwrap();
        let mut definition = Definition {
            system: "github-actions",
            triggers: events::triggers(&root, Some("main")),
            ..Definition::default()
        };
        workflow(&mut definition, &root, Some("Ministere"));
        let found = definition.risks.iter();
        found.map(|risk| (risk.kind.as_str(), risk.line)).collect()
    }

    #[test]
    fn text_of_strangers_is_told_from_tests_of_it() {
        for (expression, expected) in [
            ("github.event.issue.title", true),
            ("github.event.pull_request.head.ref", true),
            ("github.head_ref", true),
            ("github.head_ref || github.ref_name", true),
            ("toJSON(github.event.comment.body)", true),
            ("github.event.commits[0].message", true),
            ("github.event.head_commit.author.name", true),
            (
                "contains(github.event.head_commit.message, '[skip ci]')",
                false,
            ),
            ("github.head_ref == 'main'", false),
            ("startsWith(github.head_ref, 'x') && github.sha", false),
            ("github.event.pull_request.number", false),
            ("github.event.pull_request.head.sha", false),
            ("github.event.inputs.title", false),
            ("contains(github.head_ref", false),
        ] {
            assert_eq!(is_untrusted(expression, &[]), expected, "{expression}");
        }
    }

    #[test]
    fn a_context_that_no_event_fills_is_empty() {
        let of = |event: &str| is_untrusted("github.head_ref", &[event.to_owned()]);
        assert!(of("pull_request") && of("workflow_call"));
        assert!(!of("push") && !of("schedule"));
    }

    #[test]
    fn each_risk_has_its_line() {
        let text = "on:\n  pull_request_target:\npermissions: write-all\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - uses: other/thing@v1\n      - uses: ministere/thing@main\n      - run: |\n          echo a\n          echo \"${{ github.event.pull_request.title }}\"\n";
        assert_eq!(
            kinds(text),
            [
                ("token-write-all", 3),
                ("head-checkout", 9),
                ("unpinned-action", 10),
                ("untrusted-input", 14),
            ]
        );
    }

    #[test]
    fn what_is_guarded_or_passed_through_the_environment_is_safe() {
        for text in [
            "on: push\npermissions:\n  contents: read\njobs:\n  a:\n    steps:\n      - run: echo \"$T\"\n        env:\n          T: ${{ github.event.issue.title }}\n",
            "on: pull_request_target\npermissions: {}\njobs:\n  a:\n    if: github.event.pull_request.head.repo.full_name == github.repository\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.head_ref }}\n",
            "on: pull_request\njobs:\n  a:\n    permissions: {contents: read}\n    steps:\n      - uses: actions/checkout@v4\n        with: {ref: '${{ github.head_ref }}'}\n",
            "on: pull_request_target\npermissions: {}\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - uses: a/b@0123456789012345678901234567890123456789\n",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
        assert_eq!(
            kinds("on: push\njobs: {a: {}}\n"),
            [("token-unrestricted", 1)]
        );
    }
}
