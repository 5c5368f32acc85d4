// SPDX-License-Identifier: EUPL-1.2
//! One rule out of its file and its page: every problem noted with its line.

use std::collections::BTreeMap;

use super::files::RuleFiles;
use super::model::{
    Audience, Bilingual, Effort, Page, Rule, RuleSource, Severity, SourceKind, Status,
};
use super::parse::{Scope, predicate};
use super::predicate::Predicate;
use crate::facts::key::{FACTS, fact};
use crate::model::context::Milestone;
use crate::model::document::Node;
use crate::model::fields::FieldReader;
use crate::model::ids::{CategoryId, RuleId};
use crate::model::message::Message;
use crate::model::problem::did_you_mean;

const SEVERITIES: [(&str, Severity); 4] = [
    ("law", Severity::Law),
    ("programme", Severity::Programme),
    ("recommended", Severity::Recommended),
    ("bonus", Severity::Bonus),
];

const RULE_KEYS: [&str; 17] = [
    "since",
    "status",
    "severity",
    "audience",
    "due",
    "effort",
    "weight",
    "skip_when_historical",
    "params",
    "evidence",
    "title",
    "remedy",
    "applies_when",
    "pass_when",
    "partial_when",
    "source",
    "template",
];

pub(super) fn rule(
    reader: &mut FieldReader<'_>,
    root: &Node,
    (category, id): (CategoryId, RuleId),
    scope: &Scope<'_>,
) -> Option<Rule> {
    reader.check_keys(root, &RULE_KEYS);
    let params = params(reader, root);
    let scope = Scope {
        params: &params,
        ..*scope
    };
    // everything is read before anything is given up, so that all problems are found at once
    let weight = reader.whole(root, "weight");
    for key in ["weight", "pass_when"] {
        if root.get(key).is_none() {
            reader.missing(root, key);
        }
    }
    let labels = labels(reader, root);
    let applies_when = condition(reader, root, "applies_when", &scope);
    let pass_when = condition(reader, root, "pass_when", &scope);
    let partial_when = condition(reader, root, "partial_when", &scope);
    let since = reader.required_text(root, "since");
    let title = bilingual(reader, root, "title");
    let remedy = bilingual(reader, root, "remedy");
    let sources = sources(reader, root);
    let template = reader.text(root, "template");
    let skip_when_historical = reader.flag(root, "skip_when_historical").unwrap_or(false);
    let evidence = evidence(reader, root);
    let (status, severity, audience, due, effort) = labels?;
    let pass_when = pass_when.ok()??;
    let partial_when = partial_when.ok()?;
    Some(Rule {
        id,
        category,
        since: since?,
        status,
        severity,
        audience,
        due,
        effort,
        weight: weight?,
        skip_when_historical,
        evidence: evidence.unwrap_or_else(|| named_facts(&pass_when, partial_when.as_ref())),
        applies_when: applies_when.ok()?,
        pass_when,
        partial_when,
        title: title?,
        remedy: remedy?,
        sources,
        page: Page::default(),
        template,
        params,
    })
}

/// The values of closed lists that every rule gives.
fn labels(
    reader: &mut FieldReader<'_>,
    root: &Node,
) -> Option<(Status, Severity, Audience, Milestone, Effort)> {
    let status = closed(
        reader,
        root,
        "status",
        &[
            ("experimental", Status::Experimental),
            ("stable", Status::Stable),
            ("deprecated", Status::Deprecated),
        ],
    );
    let severity = closed(reader, root, "severity", &SEVERITIES);
    let audience = closed(
        reader,
        root,
        "audience",
        &[("public", Audience::Public), ("team", Audience::Team)],
    );
    let due = closed(
        reader,
        root,
        "due",
        &[
            ("kickoff", Milestone::Kickoff),
            ("midterm", Milestone::Midterm),
            ("handover", Milestone::Handover),
            ("after", Milestone::After),
        ],
    );
    let effort = closed(
        reader,
        root,
        "effort",
        &[
            ("minutes", Effort::Minutes),
            ("hours", Effort::Hours),
            ("days", Effort::Days),
        ],
    );
    Some((status?, severity?, audience?, due?, effort?))
}

/// A condition that is there and wrong; its problems are noted.
struct Wrong;

/// A condition: absent is fine, present and wrong is not.
fn condition(
    reader: &mut FieldReader<'_>,
    root: &Node,
    key: &str,
    scope: &Scope<'_>,
) -> Result<Option<Predicate>, Wrong> {
    match root.get(key) {
        None => Ok(None),
        Some(node) => predicate(reader, node, scope).map(Some).ok_or(Wrong),
    }
}

fn named_facts(pass: &Predicate, partial: Option<&Predicate>) -> Vec<&'static str> {
    let mut keys = pass.facts();
    for key in partial.map(Predicate::facts).unwrap_or_default() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn closed<T: Copy>(
    reader: &mut FieldReader<'_>,
    root: &Node,
    key: &str,
    choices: &[(&str, T)],
) -> Option<T> {
    if root.get(key).is_none() {
        reader.missing(root, key);
        return None;
    }
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let chosen = reader.choice(root, key, &names)?;
    choices
        .iter()
        .find(|(name, _)| *name == chosen)
        .map(|(_, value)| *value)
}

fn params(reader: &mut FieldReader<'_>, root: &Node) -> BTreeMap<String, i64> {
    let mut params = BTreeMap::new();
    if let Some(table) = reader.table(root, "params") {
        for pair in table.pairs() {
            if let Some(value) = reader.whole(table, &pair.key) {
                params.insert(pair.key.clone(), i64::from(value));
            }
        }
    }
    params
}

fn evidence(reader: &mut FieldReader<'_>, root: &Node) -> Option<Vec<&'static str>> {
    root.get("evidence")?;
    let mut keys = Vec::new();
    for (line, key) in reader.texts(root, "evidence") {
        if let Some(spec) = fact(&key) {
            keys.push(spec.key);
        } else {
            let known: Vec<&str> = FACTS.iter().map(|spec| spec.key).collect();
            let message = Message::new("unknown-fact").with("key", &key);
            reader.note(line, message, did_you_mean(&key, &known));
        }
    }
    Some(keys)
}

pub(super) fn bilingual(reader: &mut FieldReader<'_>, root: &Node, key: &str) -> Option<Bilingual> {
    let Some(table) = reader.table(root, key) else {
        reader.missing(root, key);
        return None;
    };
    let mut one = |language: &str| {
        let text = reader.text(table, language);
        if text.is_none() {
            let message =
                Message::new("missing-translation").with("key", format!("{key}.{language}"));
            reader.note(table.line, message, None);
        }
        text
    };
    let (fr, en) = (one("fr"), one("en"));
    reader.check_keys(table, &["fr", "en"]);
    Some(Bilingual { fr: fr?, en: en? })
}

pub(super) fn sources(reader: &mut FieldReader<'_>, root: &Node) -> Vec<RuleSource> {
    let mut found = Vec::new();
    for table in reader.tables(root, "source") {
        reader.check_keys(table, &["document", "section", "url", "kind"]);
        let kind = closed(
            reader,
            table,
            "kind",
            &[("std", SourceKind::Std), ("practice", SourceKind::Practice)],
        );
        let document = reader.required_text(table, "document");
        let section = reader.text(table, "section");
        let url = reader.required_text(table, "url");
        if let (Some(document), Some(url), Some(kind)) = (document, url, kind) {
            found.push(RuleSource {
                document,
                section,
                url,
                kind,
            });
        }
    }
    if root.get("source").is_none() {
        reader.missing(root, "source");
    }
    found
}

/// The page beside a rule, split by language.
pub(super) fn page(files: &RuleFiles, path: &str, reader: &mut FieldReader<'_>) -> Page {
    let path = path.replace(".toml", ".md");
    let Some(text) = files.get(&path) else {
        reader.note(1, Message::new("missing-page").with("path", path), None);
        return Page::default();
    };
    let part = |language: &str| {
        let mut inside = false;
        let mut is_code = false;
        let mut lines = Vec::new();
        for line in text.lines() {
            is_code ^= line.starts_with("```");
            match line.strip_prefix("# ") {
                // a comment of a command or of a sample file is no title
                Some(title) if !is_code => inside = title.trim() == language,
                _ if inside => lines.push(line),
                _ => {}
            }
        }
        lines.join("\n").trim().to_owned()
    };
    let page = Page {
        fr: part("fr"),
        en: part("en"),
    };
    for (language, text) in [("fr", &page.fr), ("en", &page.en)] {
        if text.is_empty() {
            let message = Message::new("missing-page-language")
                .with("path", &path)
                .with("language", language);
            reader.note(1, message, None);
        }
    }
    page
}
