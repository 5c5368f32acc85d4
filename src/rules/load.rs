// SPDX-License-Identifier: EUPL-1.2
//! Reads the rule files: embedded ones, a folder that adds to them or overrides them, overrides of a programme.
//!
//! Every problem of every file is reported at once, with file and line; a rule set is only made when there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::licences::LicenceTable;
use super::lifecycles::LifecycleTable;
use super::model::{
    Audience, Axis, Bilingual, Category, Effort, Page, Rule, RuleSet, RuleSource, Severity,
    SourceKind, Status, ValueList,
};
use super::parse::{Scope, predicate};
use super::predicate::Predicate;
use super::scales;
use crate::facts::key::{FACTS, fact};
use crate::model::context::Milestone;
use crate::model::document::{Node, NodeKind, Pair};
use crate::model::document_toml::parse_toml;
use crate::model::fields::FieldReader;
use crate::model::ids::{CategoryId, RuleId, hex};
use crate::model::limits::CONFIG_BYTES;
use crate::model::message::Message;
use crate::model::problem::{Problem, ProblemScope, did_you_mean};
use crate::model::settings::RuleOverride;
use crate::model::text::decode;

/// The rule files of this version, by path below `rules/`.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Rule files by path below the rule folder, `/` as separator.
pub type RuleFiles = BTreeMap<String, String>;

/// The rule files that are part of this executable.
pub fn embedded_files() -> RuleFiles {
    EMBEDDED
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// Reads a folder of rule files: `.toml`, `.md` and `.txt`, links not followed.
///
/// # Errors
/// The problems met while reading: an unreadable folder, a file over the limit.
pub fn read_folder(folder: &Path) -> Result<RuleFiles, Vec<Problem>> {
    let mut files = RuleFiles::new();
    let mut problems = Vec::new();
    read_into(folder, "", &mut files, &mut problems, 0);
    if problems.is_empty() {
        Ok(files)
    } else {
        Err(problems)
    }
}

fn read_into(
    folder: &Path,
    prefix: &str,
    files: &mut RuleFiles,
    problems: &mut Vec<Problem>,
    depth: usize,
) {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let message = match error.kind() {
            ErrorKind::NotFound => Message::new("file-not-found"),
            ErrorKind::PermissionDenied => Message::new("file-not-permitted"),
            ErrorKind::FileTooLarge => Message::new("file-too-large").with("limit", CONFIG_BYTES),
            ErrorKind::InvalidData => Message::new("not-text"),
            _ => Message::new("file-unreadable"),
        };
        Problem::of_file(&path.display().to_string(), None, message)
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return problems.push(unreadable(folder, &error)),
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() && depth < 3 {
            read_into(&path, &format!("{name}/"), files, problems, depth + 1);
        } else if kind.is_file()
            && [".toml", ".md", ".txt"]
                .iter()
                .any(|end| name.ends_with(end))
        {
            match read_bounded(&path) {
                Ok(text) => {
                    files.insert(name, text);
                }
                Err(error) => problems.push(unreadable(&path, &error)),
            }
        }
    }
}

fn read_bounded(path: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(CONFIG_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > CONFIG_BYTES {
        return Err(ErrorKind::FileTooLarge.into());
    }
    decode(&bytes).ok_or_else(|| ErrorKind::InvalidData.into())
}

/// Makes a rule set of files, with what a programme configures otherwise.
///
/// # Errors
/// All problems of all files, sorted by file and line.
pub fn load_rules(files: &RuleFiles, overrides: &[RuleOverride]) -> Result<RuleSet, Vec<Problem>> {
    let mut loader = Loader {
        files,
        overrides,
        problems: Vec::new(),
    };
    let set = loader.load();
    loader.problems.sort();
    if loader.problems.is_empty() {
        Ok(set)
    } else {
        Err(loader.problems)
    }
}

/// The rule set that is part of this executable.
///
/// # Panics
/// Never in a tested build: a test loads it.
pub fn embedded_rules() -> RuleSet {
    load_rules(&embedded_files(), &[]).expect("the embedded rules are loaded by a test")
}

/// `[[axis]]` and `[[category]]`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoriesFile {
    #[serde(rename = "axis")]
    axes: Vec<Axis>,
    #[serde(rename = "category")]
    categories: Vec<Category>,
}

/// Data files that hold ends of support, not a list.
const LIFECYCLES: [&str; 1] = ["runtimes"];

struct Loader<'f> {
    files: &'f RuleFiles,
    overrides: &'f [RuleOverride],
    problems: Vec<Problem>,
}

impl Loader<'_> {
    fn load(&mut self) -> RuleSet {
        let grouping: Option<CategoriesFile> = self.shape("categories.toml");
        let licences: Option<LicenceTable> = self.shape("data/licences.toml");
        let (mut axes, mut categories) = grouping
            .map(|file| (file.axes, file.categories))
            .unwrap_or_default();
        axes.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        categories.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        for category in &categories {
            if !axes.iter().any(|axis| axis.id == category.axis) {
                let message = Message::new("unknown-axis").with("key", &category.axis);
                self.problems
                    .push(Problem::of_file("categories.toml", None, message));
            }
        }
        let licences = licences.unwrap_or_default();
        let lists = self.lists();
        let list_names: Vec<&str> = lists.keys().map(String::as_str).collect();
        let lifecycles = self.lifecycles();
        let tables: Vec<&str> = lifecycles.keys().map(String::as_str).collect();
        let classes: Vec<&str> = licences
            .classes
            .iter()
            .map(|class| class.id.as_str())
            .collect();
        let no_params = BTreeMap::new();
        let scope = Scope {
            params: &no_params,
            lists: &list_names,
            tables: &tables,
            classes: &classes,
        };
        let rules = self.rules(&categories, &scope);
        let scales = scales::load(self.files, &scope, &mut self.problems);
        self.stray_pages();
        RuleSet {
            rules,
            axes,
            categories,
            scales,
            lists,
            licences,
            lifecycles,
            version: version(self.files),
        }
    }

    /// A file of fixed shape, deserialised whole.
    fn shape<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let Some(text) = self.files.get(path) else {
            let message = Message::new("missing-file");
            self.problems.push(Problem::of_file(path, None, message));
            return None;
        };
        match toml::from_str(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = error
                    .span()
                    .map(|span| crate::model::text::line_of(text, span.start));
                let detail = error
                    .message()
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                let message = Message::new("malformed").with("detail", detail);
                self.problems.push(Problem::of_file(path, line, message));
                None
            }
        }
    }

    fn lists(&mut self) -> BTreeMap<String, ValueList> {
        let names: Vec<String> = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix("data/")?.strip_suffix(".toml"))
            .filter(|name| *name != "licences" && !LIFECYCLES.contains(name))
            .map(str::to_owned)
            .collect();
        names
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.shape(&format!("data/{name}.toml"))?)))
            .collect()
    }

    /// Tables of ends of support; a rule set may do without.
    fn lifecycles(&mut self) -> BTreeMap<String, LifecycleTable> {
        let mut tables = BTreeMap::new();
        for name in LIFECYCLES {
            let path = format!("data/{name}.toml");
            if self.files.contains_key(&path)
                && let Some(table) = self.shape(&path)
            {
                tables.insert(name.to_owned(), table);
            }
        }
        tables
    }

    fn rules(&mut self, categories: &[Category], scope: &Scope<'_>) -> Vec<Rule> {
        let retired: BTreeSet<&str> = self
            .files
            .get("retired.txt")
            .map(|text| {
                text.lines()
                    .map(str::trim)
                    .filter(|line| !line.starts_with('#'))
                    .collect()
            })
            .unwrap_or_default();
        let mut rules: Vec<Rule> = Vec::new();
        let mut seen = BTreeSet::new();
        for (path, text) in self.files {
            let Some((folder, id)) = rule_path(path) else {
                continue;
            };
            let mut reader = FieldReader::new(path, ProblemScope::File);
            let category = categories
                .iter()
                .find(|category| category.id.as_str() == folder);
            if category.is_none() {
                reader.note(
                    1,
                    Message::new("unknown-category").with("key", folder),
                    None,
                );
            }
            if retired.contains(id) {
                reader.note(1, Message::new("retired-id").with("key", id), None);
            }
            if !seen.insert(id) {
                reader.note(1, Message::new("duplicate-rule").with("key", id), None);
            }
            let page = self.page(path, &mut reader);
            match parse_toml(text) {
                Ok(mut root) => {
                    let change = self.overrides.iter().find(|one| one.rule.as_str() == id);
                    if let Some(change) = change {
                        self.problems.extend(apply(change, &mut root));
                    }
                    let key = (CategoryId::new(folder), RuleId::new(id));
                    if let Some(rule) = rule(&mut reader, &root, key, scope) {
                        rules.push(Rule { page, ..rule });
                    }
                }
                Err(errors) => {
                    for error in errors {
                        let message = Message::new("malformed").with("detail", error.message);
                        reader.note(error.line, message, None);
                    }
                }
            }
            self.problems.extend(reader.into_problems());
        }
        for change in self.overrides {
            let is_known = rules.iter().any(|rule| rule.id == change.rule);
            if !is_known
                && !self
                    .files
                    .keys()
                    .any(|path| rule_path(path).is_some_and(|(_, id)| id == change.rule.as_str()))
            {
                let known: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
                let message = Message::new("unknown-rule").with("key", &change.rule);
                let problem = Problem::of_file(&change.file, Some(change.line), message);
                let near = did_you_mean(change.rule.as_str(), &known);
                self.problems.push(problem.with_suggestion(near));
            }
            if change.enabled == Some(false) {
                rules.retain(|rule| rule.id != change.rule);
            }
        }
        let order = |rule: &Rule| {
            let category = categories
                .iter()
                .position(|category| category.id == rule.category);
            (category, std::cmp::Reverse(rule.weight), rule.id.clone())
        };
        rules.sort_by_key(order);
        rules
    }

    /// The page beside a rule, split by language.
    fn page(&self, path: &str, reader: &mut FieldReader<'_>) -> Page {
        let path = path.replace(".toml", ".md");
        let Some(text) = self.files.get(&path) else {
            reader.note(1, Message::new("missing-page").with("path", path), None);
            return Page::default();
        };
        let part = |language: &str| {
            let mut inside = false;
            let mut lines = Vec::new();
            for line in text.lines() {
                match line.strip_prefix("# ") {
                    Some(title) => inside = title.trim() == language,
                    None if inside => lines.push(line),
                    None => {}
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

    /// Pages without rule: misspelt, so never read.
    fn stray_pages(&mut self) {
        for path in self.files.keys() {
            let Some(stem) = path.strip_suffix(".md") else {
                continue;
            };
            if path.contains('/') && !self.files.contains_key(&format!("{stem}.toml")) {
                let message = Message::new("page-without-rule");
                self.problems.push(Problem::of_file(path, None, message));
            }
        }
    }
}

/// Writes a programme's override over a rule's own values, before they are read: it is checked like them.
fn apply(change: &RuleOverride, root: &mut Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    let NodeKind::Map(pairs) = &mut root.kind else {
        return problems;
    };
    let mut set = |key: &str, kind: NodeKind| {
        if let Some(pair) = pairs.iter_mut().find(|pair| pair.key == key) {
            pair.value.kind = kind;
        }
    };
    if let Some(weight) = change.weight {
        set("weight", NodeKind::Number(weight.to_string()));
    }
    if let Some(severity) = &change.severity {
        set("severity", NodeKind::Text(severity.clone()));
    }
    let params = pairs.iter_mut().find(|pair| pair.key == "params");
    let mut own: Vec<&mut Pair> = match params.map(|pair| &mut pair.value.kind) {
        Some(NodeKind::Map(pairs)) => pairs.iter_mut().collect(),
        _ => Vec::new(),
    };
    for (name, value) in &change.params {
        match own.iter_mut().find(|pair| pair.key == *name) {
            Some(pair) if value.as_u64().is_some_and(|n| u32::try_from(n).is_ok()) => {
                pair.value.kind = NodeKind::Number(value.to_string());
            }
            // told where the programme wrote it: nobody sees the rule's own file
            Some(_) => {
                let message = Message::new("expected-whole-number").with("key", name);
                problems.push(Problem::of_file(&change.file, Some(change.line), message));
            }
            None => {
                let names: Vec<&str> = own.iter().map(|pair| pair.key.as_str()).collect();
                let message = Message::new("unknown-param").with("key", name);
                let problem = Problem::of_file(&change.file, Some(change.line), message);
                problems.push(problem.with_suggestion(did_you_mean(name, &names)));
            }
        }
    }
    problems
}

/// Category and id of a rule file; `None` for any other file.
fn rule_path(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.split_once('/')?;
    let id = name.strip_suffix(".toml")?;
    (!matches!(folder, "data" | "scales") && !id.contains('/')).then_some((folder, id))
}

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

fn rule(
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

fn version(files: &RuleFiles) -> String {
    let mut hasher = Sha256::new();
    for (path, text) in files
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "toml"))
    {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize()[..6])
}
