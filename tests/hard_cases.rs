// SPDX-License-Identifier: EUPL-1.2
//! What misleads a simple tool: small trees that set a known trap, real extractors, expected facts.
//!
//! A case of `tests/hard_cases/<theme>.toml` says what a naive reading would answer, and never holds on an empty
//! tree: a tool that sees nothing is no more right than one that is fooled.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use perenne::facts::extract::{Inputs, extract_all};
use perenne::facts::key::fact;
use perenne::facts::set::FactSet;
use perenne::forge::record::{ForgeRecord, Origin};
use perenne::model::date::Moment;
use perenne::model::evidence::Observed;
use perenne::model::ids::RepositoryId;
use perenne::snapshot::{Commit, History, Identity, MemoryTree, Snapshot, Tag};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The trap, in general words.
    name: String,
    /// What a simple tool answers.
    naive: String,
    files: BTreeMap<String, Content>,
    /// Host of the forge on which the repository is.
    #[serde(default)]
    host: Option<String>,
    /// Address of the repository, for links that name it in full.
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    default_branch: Option<String>,
    #[serde(default)]
    history: Option<Past>,
    /// Facts and their whole value; of records, the fields named, and "" for nothing there.
    #[serde(default)]
    expect: BTreeMap<String, Value>,
    /// Facts and what they hold among other things.
    #[serde(default)]
    holds: BTreeMap<String, Value>,
    /// Facts and what they must not say: the naive answer.
    #[serde(default)]
    not: BTreeMap<String, Value>,
}

/// A file: its text, a licence of the SPDX list, or many alike (`{}` in the path is a number).
#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Licence {
        licence: String,
        /// Passages written otherwise.
        #[serde(default)]
        replace: BTreeMap<String, String>,
    },
    Many {
        times: usize,
        text: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Past {
    /// Days of commits, one each.
    commits: Vec<String>,
    /// Tags, all of the last commit.
    #[serde(default)]
    tags: Vec<String>,
}

impl Past {
    fn history(&self) -> History {
        let moment = |day: &String| Moment::at(day.parse().unwrap());
        let mut commits: Vec<_> = self
            .commits
            .iter()
            .map(|day| Commit {
                committed: moment(day),
                author: 0,
                is_merge: false,
                is_signed_off: false,
            })
            .collect();
        commits.sort_by_key(|commit| std::cmp::Reverse(commit.committed.seconds));
        let date = commits.first().map(|commit| commit.committed);
        let tag = |name: &String| Tag {
            name: name.clone(),
            date,
        };
        History {
            commits,
            authors: vec![Identity {
                name: "Camille".to_owned(),
                email: "camille@example.org".to_owned(),
            }],
            is_complete: true,
            tags: self.tags.iter().map(tag).collect(),
        }
    }
}

impl Case {
    fn snapshot(&self) -> Snapshot {
        let mut tree = MemoryTree::new();
        for (path, content) in &self.files {
            tree = match content {
                Content::Text(text) => tree.file(path, text.as_bytes()),
                Content::Licence { licence, replace } => {
                    let mut text = licence_text(licence);
                    for (old, new) in replace {
                        assert!(text.contains(old), "{}: {old} is not there", self.name);
                        text = text.replace(old, new);
                    }
                    tree.file(path, text)
                }
                Content::Many { times, text } => (0..*times).fold(tree, |tree, n| {
                    tree.file(&path.replace("{}", &n.to_string()), text.as_bytes())
                }),
            };
        }
        if let Some(history) = &self.history {
            tree = tree.history(history.history());
        }
        if let Some(branch) = &self.default_branch {
            tree = tree.default_branch(branch);
        }
        tree.snapshot()
    }

    fn record(&self) -> ForgeRecord {
        let mut record = ForgeRecord::local(RepositoryId::new("example"), "example");
        record.host.clone_from(&self.host);
        record.url.clone_from(&self.url);
        record.origin = match self.host.as_deref() {
            Some("github.com") => Origin::GitHub,
            Some(host) if host.starts_with("gitlab.") => Origin::GitLab,
            Some(_) => Origin::PlainGit,
            None => record.origin,
        };
        record
    }

    fn facts(&self, snapshot: &Snapshot) -> FactSet {
        extract_all(&Inputs {
            record: &self.record(),
            snapshot,
        })
    }

    /// What these facts say otherwise than the case expects.
    fn differences(&self, facts: &FactSet) -> Vec<String> {
        let wanted = self.expect.iter().map(|one| ("is", one, true));
        let held = self.holds.iter().map(|one| ("holds", one, true));
        let refused = self.not.iter().map(|one| ("is or holds", one, false));
        let mut differences = Vec::new();
        for (verb, (key, value), is_wanted) in wanted.chain(held).chain(refused) {
            assert!(fact(key).is_some(), "{}: no fact {key}", self.name);
            let found = observed(facts, key);
            let is_so = match verb {
                "is" => is_same(&found, value),
                "holds" => holds(&found, value),
                _ => is_same(&found, value) || holds_any(&found, value),
            };
            if is_so != is_wanted {
                let not = if is_wanted { "" } else { "not " };
                differences.push(format!(
                    "    {key}: expected that it {not}{verb} {value}\n    found {found}"
                ));
            }
        }
        differences
    }
}

fn observed(facts: &FactSet, key: &str) -> Value {
    match facts.get(key) {
        Some(Observed::Known { value, .. }) => value.to_json(),
        Some(Observed::Unknown(reason)) => json!({ "unknown": reason.code.as_str() }),
        None => json!({ "unknown": "not-computed" }),
    }
}

/// Equal, but that "" is nothing there and that a record may have more fields.
fn is_same(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Null, Value::String(text)) => text.is_empty(),
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(found), Value::Object(wanted)) => wanted
            .iter()
            .all(|(name, value)| found.get(name).is_some_and(|one| is_same(one, value))),
        _ => found == wanted,
    }
}

fn holds(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Array(found), Value::Array(wanted)) => wanted
            .iter()
            .all(|one| found.iter().any(|other| is_same(other, one))),
        (Value::String(found), Value::String(wanted)) => found.contains(wanted.as_str()),
        _ => false,
    }
}

fn holds_any(found: &Value, refused: &Value) -> bool {
    let Value::Array(refused) = refused else {
        return false;
    };
    refused.iter().any(|one| holds(found, &json!([one])))
}

/// The text of a licence of the SPDX list.
fn licence_text(id: &str) -> String {
    let mut texts = spdx::text::LICENSE_TEXTS.iter();
    let (_, text) = texts
        .find(|(name, _)| *name == id)
        .unwrap_or_else(|| panic!("no licence text {id}"));
    (*text).to_owned()
}

fn themes() -> io::Result<BTreeMap<String, Theme>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hard_cases"))? {
        let path = entry?.path();
        let theme = path.file_stem().unwrap().to_string_lossy().into_owned();
        #[expect(clippy::disallowed_methods, reason = "a file of this repository")]
        let text = fs::read_to_string(&path)?;
        let cases = toml::from_str(&text).unwrap_or_else(|error| panic!("{theme}: {error}"));
        found.insert(theme, cases);
    }
    Ok(found)
}

#[test]
fn no_trap_catches_the_extractors() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (theme, Theme { case }) in themes().unwrap() {
        for case in &case {
            count += 1;
            let differences = case.differences(&case.facts(&case.snapshot()));
            if !differences.is_empty() {
                wrong.push(format!(
                    "{theme}: {:?} (naive: {})\n{}",
                    case.name,
                    case.naive,
                    differences.join("\n")
                ));
            }
        }
    }
    assert!(count > 0);
    let summary = format!("{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(wrong.is_empty(), "{summary}");
}

/// Else the case would hold for a tool that read nothing at all.
#[test]
fn no_case_holds_on_an_empty_tree() {
    let empty = MemoryTree::new().snapshot();
    let mut idle = Vec::new();
    for (theme, Theme { case }) in themes().unwrap() {
        for case in &case {
            if case.differences(&case.facts(&empty)).is_empty() {
                idle.push(format!("{theme}: {}", case.name));
            }
        }
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

#[test]
fn every_case_names_its_trap_once_and_the_naive_answer() {
    let mut names = BTreeSet::new();
    for (theme, Theme { case }) in themes().unwrap() {
        for case in case {
            assert!(!case.naive.is_empty(), "{theme}: {}", case.name);
            assert!(names.insert(case.name.clone()), "{theme}: {}", case.name);
        }
    }
}
