// SPDX-License-Identifier: EUPL-1.2
//! What could not be read is neither there nor missing: over all rules and all their examples.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use perenne::facts::extract::{Inputs, extract_all};
use perenne::facts::key::FACTS;
use perenne::facts::set::FactSet;
use perenne::forge::record::ForgeRecord;
use perenne::model::context::AuditContext;
use perenne::model::ids::RepositoryId;
use perenne::model::outcome::{Reason, ReasonCode};
use perenne::rules::engine::evaluate;
use perenne::rules::load::embedded_rules;
use perenne::snapshot::MemoryTree;

fn facts_of(tree: MemoryTree) -> FactSet {
    let (record, snapshot) = (
        ForgeRecord::local(RepositoryId::new("example"), "example"),
        tree.snapshot(),
    );
    extract_all(&Inputs {
        record: &record,
        snapshot: &snapshot,
    })
}

/// The outcome of every rule.
fn outcomes(facts: &FactSet) -> BTreeMap<String, &'static str> {
    let rules = embedded_rules();
    let today = "2026-06-01".parse().unwrap();
    let context = AuditContext {
        starts: Some("2024-01-05".parse().unwrap()),
        duration_months: Some(10),
        ..AuditContext::default()
    };
    let findings = evaluate(&rules, facts, &context, today, &[]);
    findings
        .iter()
        .map(|finding| (finding.rule.to_string(), finding.outcome.code()))
        .collect()
}

/// The rules that have an answer, with it.
fn measured(facts: &FactSet) -> BTreeMap<String, &'static str> {
    let mut outcomes = outcomes(facts);
    outcomes.retain(|_, code| matches!(*code, "pass" | "partial" | "fail"));
    outcomes
}

/// Answers that a file's name gives and its content may take back, on purpose.
const BY_NAME: [(&str, &str); 5] = [
    // a document that bears the name is taken for written until it is read
    ("documentation-technical", "pass"),
    ("governance-documented", "pass"),
    ("governance-roadmap", "pass"),
    // so is a recipe taken for one that serves, a robot for one that is switched on
    ("hosting-target-identified", "pass"),
    ("security-dependency-updates", "pass"),
];

#[test]
fn without_any_fact_no_rule_has_an_answer() {
    for code in [
        ReasonCode::Unreadable,
        ReasonCode::NotFetched,
        ReasonCode::Truncated,
    ] {
        let mut facts = facts_of(MemoryTree::new());
        for spec in FACTS.iter() {
            facts.set_unknown(spec.key, Reason::new(code));
        }
        assert_eq!(measured(&facts), BTreeMap::new(), "{code:?}");
    }
}

#[test]
fn on_a_cut_listing_nothing_is_missing_and_nothing_is_clean() {
    // the name of the repository is no part of its listing
    let of_the_name = BTreeMap::from([("openness-name-specific".to_owned(), "pass")]);
    assert_eq!(
        measured(&facts_of(MemoryTree::new().truncated())),
        of_the_name
    );
}

/// What is said of files that could not be read must still be true when they can.
#[test]
fn what_is_said_without_reading_holds_once_everything_is_read() {
    let mut wrong: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    for entry in fs::read_dir(folder).unwrap() {
        #[expect(clippy::disallowed_methods, reason = "a file of this repository")]
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let examples: toml::Table = text.parse().unwrap();
        for case in examples["case"].as_array().unwrap() {
            let files = case.get("files").and_then(toml::Value::as_table);
            let texts: BTreeMap<&str, &str> = files
                .into_iter()
                .flatten()
                .filter_map(|(path, text)| Some((path.as_str(), text.as_str()?)))
                .collect();
            let names: Vec<&str> = texts.keys().copied().collect();
            // our own settings say where the project stands: without them it is another project
            if names.contains(&".perenne.toml") {
                continue;
            }
            let listed = names
                .iter()
                .fold(MemoryTree::new(), |tree, path| tree.absent(path));
            let read = texts.iter().fold(MemoryTree::new(), |tree, (path, text)| {
                tree.file(path, *text)
            });
            let truth = outcomes(&facts_of(read));
            for (rule, said) in measured(&facts_of(listed)) {
                // whether a rule applies is asked of what is known: in doubt it does
                let is_other = truth[&rule] != said && truth[&rule] != "not_applicable";
                if is_other && !BY_NAME.contains(&(rule.as_str(), said)) {
                    let of_rule = wrong.entry(format!("{rule} {said}")).or_default();
                    of_rule.insert(format!("{}: {}", truth[&rule], names.join(", ")));
                }
            }
        }
    }
    let shown: Vec<String> = wrong
        .iter()
        .map(|(what, trees)| {
            let trees: Vec<_> = trees.iter().take(4).map(String::as_str).collect();
            format!("{what}\n    {}", trees.join("\n    "))
        })
        .collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
