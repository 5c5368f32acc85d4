// SPDX-License-Identifier: EUPL-1.2
//! The frozen corpus: small repositories whose findings are kept, so that a change of a rule or a fact shows its effect.
//!
//! `tests/corpus/<name>/` holds the files, `tests/corpus/<name>.toml` what a tree cannot hold (licence texts, history,
//! forge, défi), `tests/corpus/findings/` what perenne says of each. `INSTA_UPDATE=always cargo test --test corpus`
//! accepts a change; the review reads the difference.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Context, Forge, Past, licence_text};
use perenne::facts::extract::{Inputs, extract_all};
use perenne::facts::set::FactSet;
use perenne::model::finding::Finding;
use perenne::model::outcome::Outcome;
use perenne::rules::engine::evaluate;
use perenne::rules::load::embedded_rules;
use perenne::snapshot::{MemoryTree, Snapshot};
use serde::Deserialize;

/// Day of the audit: ages are part of the golden findings.
const DATE: &str = "2026-06-01";

/// Places shown with each finding.
const PLACES: usize = 3;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Setting {
    licences: BTreeMap<String, String>,
    history: Option<Past>,
    default_branch: Option<String>,
    forge: Option<Forge>,
    context: Context,
}

/// One repository of the corpus.
struct Sample {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
    setting: Setting,
}

impl Sample {
    /// The repository with its files cut to `percent` of their length.
    fn snapshot(&self, percent: usize) -> Snapshot {
        let mut tree = MemoryTree::new();
        for (path, content) in &self.files {
            let length = content.len() * percent / 100;
            tree = tree.file(path, &content[..length]);
        }
        if let Some(history) = &self.setting.history {
            tree = tree.history(history.history());
        }
        if let Some(name) = &self.setting.default_branch {
            tree = tree.default_branch(name);
        }
        tree.snapshot()
    }

    fn facts(&self, percent: usize) -> FactSet {
        let record = common::record(&self.name, self.setting.forge.as_ref());
        extract_all(&Inputs {
            record: &record,
            snapshot: &self.snapshot(percent),
        })
    }

    /// One line a finding: rule, outcome, reason, first places.
    fn findings(&self) -> String {
        let context = self.setting.context.audit_context();
        let today = DATE.parse().unwrap();
        let mut text = String::new();
        for finding in evaluate(&embedded_rules(), &self.facts(100), &context, today, &[]) {
            let _ = writeln!(text, "{}", line(&finding));
        }
        text
    }
}

fn line(finding: &Finding) -> String {
    let mut line = format!("{:<36} {}", finding.rule.as_str(), finding.outcome.code());
    if let Outcome::NotApplicable(reason) | Outcome::Unknown(reason) = &finding.outcome {
        let _ = write!(line, " ({}", reason.code.as_str());
        for (name, value) in &reason.detail {
            let _ = write!(line, ", {name} {value}");
        }
        line.push(')');
    }
    if let Some(credit) = finding
        .credit
        .map(perenne::model::outcome::Credit::as_permille)
        && !matches!(credit, 0 | 500 | 1000)
    {
        let _ = write!(line, " {credit} ‰");
    }
    for place in finding.evidence.iter().take(PLACES) {
        let evidence = &place.evidence;
        line.push_str(" · ");
        line.push_str(evidence.path.as_deref().unwrap_or_default());
        if let Some(number) = evidence.line {
            let _ = write!(line, ":{number}");
        }
        if let Some(field) = &evidence.field {
            let _ = write!(line, " [{field}]");
        }
        if let Some(note) = &evidence.note {
            let _ = write!(line, " ({})", note.code);
        }
    }
    if finding.evidence.len() > PLACES {
        let _ = write!(line, " · +{}", finding.evidence.len() - PLACES);
    }
    line
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Every repository of the corpus, by name.
fn samples() -> Vec<Sample> {
    let mut found: Vec<Sample> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = String::from_utf8(common::read(&path)).unwrap();
            let setting: Setting =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{name}.toml: {error}"));
            let mut files = BTreeMap::new();
            collect(&folder().join(&name), "", &mut files);
            for (path, licence) in &setting.licences {
                files.insert(path.clone(), licence_text(licence).into_bytes());
            }
            Sample {
                name,
                files,
                setting,
            }
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, common::read(&path));
        }
    }
}

#[test]
fn findings_of_the_corpus_are_the_frozen_ones() {
    let samples = samples();
    assert!(samples.len() >= 20, "{} repositories", samples.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("corpus/findings");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for sample in samples {
        settings.bind(|| insta::assert_snapshot!(sample.name.as_str(), sample.findings()));
    }
}

#[test]
fn files_cut_anywhere_are_never_a_crash() {
    for sample in samples() {
        for percent in [3, 17, 41, 66, 89, 98] {
            let facts = sample.facts(percent);
            assert!(
                facts.get("kind").is_some(),
                "{} at {percent} %",
                sample.name
            );
        }
    }
}
