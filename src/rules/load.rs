// SPDX-License-Identifier: EUPL-1.2
//! Reads the rule files: embedded ones, a folder that adds to them or overrides them, overrides of a programme.
//!
//! Every problem of every file is reported at once, with file and line; a rule set is only made when there is none.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

pub use super::files::{RuleFiles, embedded_files, read_folder};
use super::files::{is_embedded, rule_path, version};
use super::licences::LicenceTable;
use super::lifecycles::LifecycleTable;
use super::model::{Axis, Category, Rule, RuleSet, ValueList};
use super::overrides::apply;
use super::parse::Scope;
use super::read::{page, rule};
use super::scales;
use crate::model::document_toml::parse_toml;
use crate::model::fields::FieldReader;
use crate::model::ids::{CategoryId, RuleId};
use crate::model::message::Message;
use crate::model::problem::{Problem, ProblemScope, did_you_mean};
use crate::model::settings::RuleOverride;

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
            is_embedded: false,
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
            let page = page(self.files, path, &mut reader);
            match parse_toml(text) {
                Ok(mut root) => {
                    let change = self.overrides.iter().find(|one| one.rule.as_str() == id);
                    if let Some(change) = change {
                        self.problems.extend(apply(change, &mut root));
                    }
                    let scope = Scope {
                        is_embedded: is_embedded(path, text),
                        ..*scope
                    };
                    let key = (CategoryId::new(folder), RuleId::new(id));
                    if let Some(rule) = rule(&mut reader, &root, key, &scope) {
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
        self.apply_switches(&mut rules);
        let order = |rule: &Rule| {
            let category = categories
                .iter()
                .position(|category| category.id == rule.category);
            (category, std::cmp::Reverse(rule.weight), rule.id.clone())
        };
        rules.sort_by_key(order);
        rules
    }

    /// Takes out the rules that are switched off, and notes overrides of rules that do not exist.
    fn apply_switches(&mut self, rules: &mut Vec<Rule>) {
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
