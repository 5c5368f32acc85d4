// SPDX-License-Identifier: EUPL-1.2
//! Every rule against its examples: tiny repositories, real extractors, expected outcomes.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use common::{Context, Forge, Past, licence_text, moment};
use jiff::civil::Date;
use perenne::facts::advisories::Advisories;
use perenne::facts::extract::{Inputs, extract_all};
use perenne::facts::key::{FACTS, FactKind, fact};
use perenne::facts::set::{FactSet, FactValue};
use perenne::model::ids::CategoryId;
use perenne::model::outcome::{Outcome, Reason, ReasonCode};
use perenne::rules::engine::{evaluate, explain};
use perenne::rules::load::embedded_rules;
use perenne::rules::model::{Audience, Rule, RuleSet, RuleSource, SourceKind};
use perenne::rules::predicate::{Predicate, World};
use perenne::snapshot::MemoryTree;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    case: Vec<Case>,
}

/// One example; see CONTRIBUTING.md for its shape.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    files: BTreeMap<String, Content>,
    expect: String,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    history: Option<Past>,
    #[serde(default)]
    forge: Option<Forge>,
    #[serde(default)]
    context: Context,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    truncated: bool,
    #[serde(default)]
    default_branch: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, toml::Value>,
    /// Known vulnerabilities, as texts of the OSV format.
    #[serde(default)]
    advisories: Vec<String>,
    #[serde(default)]
    unavailable: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Licence { licence: String },
}

impl Case {
    fn snapshot(&self) -> perenne::snapshot::Snapshot {
        let mut tree = MemoryTree::new();
        for (path, content) in &self.files {
            tree = match content {
                Content::Text(text) => tree.file(path, text.as_bytes()),
                Content::Licence { licence } => tree.file(path, licence_text(licence)),
            };
        }
        tree = self.links.iter().fold(tree, |tree, path| tree.link(path));
        tree = self
            .absent
            .iter()
            .fold(tree, |tree, path| tree.absent(path));
        if let Some(history) = &self.history {
            tree = tree.history(history.history());
        }
        if let Some(name) = &self.default_branch {
            tree = tree.default_branch(name);
        }
        if self.truncated {
            tree = tree.truncated();
        }
        tree.snapshot()
    }

    fn facts(&self) -> FactSet {
        let record = common::record("example", self.forge.as_ref());
        let snapshot = self.snapshot();
        let mut facts = extract_all(&Inputs {
            record: &record,
            snapshot: &snapshot,
        });
        if !self.advisories.is_empty() {
            let mut advisories = Advisories::default();
            for text in &self.advisories {
                advisories.add("advisory.json", text).unwrap();
            }
            advisories.compare(&snapshot, &mut facts);
        }
        for (key, value) in &self.facts {
            let spec = fact(key).unwrap_or_else(|| panic!("{}: no fact {key}", self.name));
            facts.set(spec.key, fact_value(spec.kind, value), Vec::new());
        }
        for spec in FACTS.iter() {
            let is_unavailable =
                |prefix: &String| spec.key == prefix || spec.key.starts_with(&format!("{prefix}."));
            if self.unavailable.iter().any(is_unavailable) {
                facts.set_unknown(spec.key, Reason::new(ReasonCode::Unreadable));
            }
        }
        facts
    }

    fn today(&self) -> Date {
        let date = self.date.as_deref();
        date.unwrap_or("2026-06-01").parse().unwrap()
    }

    /// `None` when the outcome is the expected one.
    fn difference(&self, rules: &RuleSet, id: &str) -> Option<String> {
        let findings = evaluate(
            rules,
            &self.facts(),
            &self.context.audit_context(),
            self.today(),
            &[],
        );
        let finding = findings.iter().find(|one| one.rule.as_str() == id)?;
        let reason = match &finding.outcome {
            Outcome::NotApplicable(reason) | Outcome::Unknown(reason) => Some(reason),
            _ => None,
        };
        let code = finding.outcome.code();
        let is_reason_right = self
            .reason
            .as_deref()
            .is_none_or(|wanted| reason.is_some_and(|reason| reason.code.as_str() == wanted));
        if code == self.expect && is_reason_right {
            return None;
        }
        Some(format!(
            "{id}: {:?}: expected {} {}, found {code} {reason:?}\n    evidence {:?}",
            self.name,
            self.expect,
            self.reason.as_deref().unwrap_or_default(),
            finding
                .evidence
                .iter()
                .map(|place| &place.evidence)
                .take(4)
                .collect::<Vec<_>>(),
        ))
    }
}

fn fact_value(kind: FactKind, value: &toml::Value) -> FactValue {
    match (kind, value) {
        (_, toml::Value::String(text)) if kind == FactKind::Moment => moment(text).into(),
        (_, toml::Value::String(text)) => text.clone().into(),
        (_, toml::Value::Boolean(flag)) => (*flag).into(),
        (_, toml::Value::Integer(count)) => (*count).into(),
        (FactKind::List, toml::Value::Array(items)) => FactValue::List(
            items
                .iter()
                .map(|item| item.as_str().unwrap().to_owned())
                .collect(),
        ),
        (FactKind::Items, toml::Value::Array(items)) => FactValue::Items(
            items
                .iter()
                .map(|item| {
                    let table = item.as_table().expect("a record");
                    table.iter().fold(
                        perenne::facts::set::Item::default(),
                        |record, (name, value)| {
                            record.with(name.clone().leak(), value.as_str().unwrap())
                        },
                    )
                })
                .collect(),
        ),
        _ => panic!("{value} does not fit {kind:?}"),
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn example_files() -> io::Result<BTreeMap<String, Examples>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root().join("tests/rules"))? {
        let path = entry?.path();
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        #[expect(clippy::disallowed_methods, reason = "a file of this repository")]
        let text = fs::read_to_string(&path)?;
        let examples = toml::from_str(&text).unwrap_or_else(|error| panic!("{id}: {error}"));
        found.insert(id, examples);
    }
    Ok(found)
}

#[test]
fn every_example_has_its_outcome() {
    let rules = embedded_rules();
    let mut differences = Vec::new();
    let mut count = 0;
    for (id, examples) in example_files().unwrap() {
        assert!(
            rules.rules.iter().any(|rule| rule.id.as_str() == id),
            "tests/rules/{id}.toml has no rule"
        );
        for case in &examples.case {
            count += 1;
            differences.extend(case.difference(&rules, &id));
        }
    }
    assert!(count > 0);
    assert!(
        differences.is_empty(),
        "{} of {count}:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// Whoever is told that something is there, or is not, may ask where it was looked for.
#[test]
fn every_measured_finding_shows_a_place_or_a_search() {
    let rules = embedded_rules();
    let mut bare = BTreeSet::new();
    for (id, examples) in example_files().unwrap() {
        for case in &examples.case {
            let findings = evaluate(
                &rules,
                &case.facts(),
                &case.context.audit_context(),
                case.today(),
                &[],
            );
            for (rule, finding) in rules.rules.iter().zip(findings) {
                // facts that an example writes itself have no place
                let is_written = |key: &&str| case.facts.contains_key(*key);
                if rule.evidence.iter().any(is_written) {
                    continue;
                }
                if finding.outcome.is_measured() && finding.evidence.is_empty() {
                    let outcome = finding.outcome.code();
                    bare.insert(format!(
                        "{} {outcome}, met in the examples of {id}",
                        rule.id
                    ));
                }
            }
        }
    }
    let bare: Vec<String> = bare.into_iter().collect();
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

/// A trace is the evaluation, told: same outcome for every rule on every example.
#[test]
fn a_trace_has_the_outcome_of_the_evaluation() {
    let rules = embedded_rules();
    for (id, examples) in example_files().unwrap() {
        for case in &examples.case {
            let (facts, context) = (case.facts(), case.context.audit_context());
            let world = World {
                rules: &rules,
                facts: &facts,
                context: &context,
                today: case.today(),
            };
            let findings = evaluate(&rules, &facts, &context, case.today(), &[]);
            for (rule, finding) in rules.rules.iter().zip(findings) {
                let mut traced = explain(rule, &world, &[]).finding;
                traced.evidence.truncate(finding.evidence.len());
                assert_eq!(traced, finding, "{id}: {}", case.name);
            }
        }
    }
}

#[test]
fn every_rule_has_examples_that_pass_and_fail() {
    let rules = embedded_rules();
    let examples = example_files().unwrap();
    let mut missing = Vec::new();
    for rule in &rules.rules {
        let id = rule.id.as_str();
        let Some(examples) = examples.get(id) else {
            missing.push(format!("{id}: no examples"));
            continue;
        };
        let expects = |outcome: &str| examples.case.iter().any(|case| case.expect == outcome);
        // only a service or a person can tell, whatever the tree holds
        if matches!(rule.pass_when, Predicate::Unknown(_)) {
            continue;
        }
        // a rule that only a person decides can neither pass nor fail
        if rule.weight > 0 && !expects("pass") {
            missing.push(format!("{id}: no example that passes"));
        }
        if rule.weight > 0 && !expects("fail") && !ends_unknown(rule) {
            missing.push(format!("{id}: no example that fails"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// True for a rule whose last word is unknown: an absence that the tree alone cannot show is never a fail.
fn ends_unknown(rule: &Rule) -> bool {
    fn holds_unknown(predicate: &Predicate) -> bool {
        match predicate {
            Predicate::AnyOf(parts) => parts.iter().any(holds_unknown),
            Predicate::Unknown(_) => true,
            _ => false,
        }
    }
    let last = rule.partial_when.as_ref().unwrap_or(&rule.pass_when);
    holds_unknown(last)
}

/// The sections of a page in one language: headings outside of code, with what stands below them.
fn sections(page: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    let mut is_code = false;
    for line in page.lines() {
        is_code ^= line.starts_with("```");
        match (line.strip_prefix("## "), sections.last_mut()) {
            (Some(heading), _) if !is_code => sections.push((heading.to_owned(), String::new())),
            (_, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (_, None) => assert!(line.is_empty(), "{line:?} stands before the first heading"),
        }
    }
    sections
}

/// A source as a page lists it.
fn line(source: &RuleSource, peers: &str) -> String {
    let section = source.section.as_ref();
    let section = section.map(|section| format!(", §\u{a0}{section}"));
    let (document, section) = (&source.document, section.unwrap_or_default());
    let peers = match source.kind {
        SourceKind::Std => "",
        SourceKind::Practice => peers,
    };
    format!("- [{document}{section}]({}){peers}", source.url)
}

/// The reference is complete: same four sections, and same sources as the rule, in both languages.
#[test]
fn every_page_has_its_sections_and_sources_in_both_languages() {
    const FRENCH: [&str; 4] = [
        "Ce qui est vérifié",
        "Pourquoi",
        "Comment y remédier",
        "Sources",
    ];
    const ENGLISH: [&str; 4] = ["What is checked", "Why", "How to fix", "Sources"];
    let mut wrong = Vec::new();
    for rule in &embedded_rules().rules {
        for (page, wanted) in [(&rule.page.fr, FRENCH), (&rule.page.en, ENGLISH)] {
            let sections = sections(page);
            let headings: Vec<_> = sections.iter().map(|(heading, _)| &**heading).collect();
            if headings != wanted {
                wrong.push(format!("{}: {headings:?}", rule.id));
                continue;
            }
            for (heading, text) in &sections {
                if text.trim().is_empty() {
                    wrong.push(format!("{}: nothing below {heading}", rule.id));
                }
            }
            let peers = if headings == FRENCH {
                " (pratique de nos pairs)"
            } else {
                " (practice of peers)"
            };
            let listed = sections[3].1.trim();
            let sources: Vec<_> = rule
                .sources
                .iter()
                .map(|source| line(source, peers))
                .collect();
            if listed != sources.join("\n") {
                wrong.push(format!("{}: sources are\n{}", rule.id, sources.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_are_embedded_as_they_are_on_disk() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let on_disk = perenne::rules::load::read_folder(&folder).unwrap();
    assert_eq!(on_disk, perenne::rules::load::embedded_files());
}

/// Team rules are those that name what can be exploited or whose existence harms somebody: secrets, environment files,
/// personal data, vulnerable dependencies, unsafe workflows.
const TEAM: [&str; 5] = [
    "ci-workflow-safe",
    "security-dependencies-vulnerable",
    "security-no-env-file",
    "security-no-personal-data",
    "security-no-secret-committed",
];

#[test]
fn what_team_rules_look_at_no_public_rule_or_scale_shows() {
    fn facts<'p>(predicate: &'p Predicate, found: &mut BTreeSet<&'p str>) {
        if let Predicate::Fact(key, _) = predicate {
            found.insert(key);
        }
        for part in predicate.parts() {
            facts(part, found);
        }
    }
    fn judged(rule: &Rule) -> BTreeSet<&str> {
        let mut found: BTreeSet<&str> = rule.evidence.iter().copied().collect();
        facts(&rule.pass_when, &mut found);
        if let Some(condition) = &rule.partial_when {
            facts(condition, &mut found);
        }
        found
    }
    let rules = embedded_rules();
    let (team, public): (Vec<_>, Vec<_>) = rules
        .rules
        .iter()
        .partition(|rule| rule.audience == Audience::Team);
    let ids: BTreeSet<&str> = team.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, BTreeSet::from(TEAM));
    let hidden: BTreeSet<&str> = team.iter().flat_map(|rule| judged(rule)).collect();
    for rule in public {
        let mut found = judged(rule);
        if let Some(condition) = &rule.applies_when {
            facts(condition, &mut found);
        }
        let shown: Vec<_> = found.intersection(&hidden).collect();
        assert!(shown.is_empty(), "{}: {shown:?}", rule.id);
    }
    for (path, text) in perenne::rules::load::embedded_files() {
        let is_scale = path.starts_with("scales/");
        for fact in hidden.iter().filter(|_| is_scale) {
            assert!(!text.contains(&format!("\"{fact}\"")), "{path}: {fact}");
        }
    }
}

/// Within an axis, categories weigh as their rules do, give or take a fifth.
#[test]
fn the_weights_of_categories_follow_those_of_their_rules() {
    let rules = embedded_rules();
    for axis in &rules.axes {
        let members = || rules.categories.iter().filter(|one| one.axis == axis.id);
        let sum_of = |category: &CategoryId| -> u32 {
            let own = rules.rules.iter().filter(|rule| rule.category == *category);
            own.map(|rule| rule.weight).sum()
        };
        let whole: u32 = members().map(|one| one.weight).sum();
        let sum: u32 = members().map(|one| sum_of(&one.id)).sum();
        for category in members() {
            let (stated, real) = (category.weight * sum, sum_of(&category.id) * whole);
            assert!(
                stated * 5 <= real * 6 && real * 5 <= stated * 6,
                "{}: {} of {whole}, its rules {} of {sum}",
                category.id,
                category.weight,
                sum_of(&category.id),
            );
        }
    }
}
