// SPDX-License-Identifier: EUPL-1.2
//! Rule files that are wrong: every problem with its file and line, all of them at once.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::load::{RuleFiles, load_rules};
use super::model::Severity;
use super::predicate::{Operator, Predicate};
use crate::model::ids::RuleId;
use crate::model::problem::Problem;
use crate::model::settings::RuleOverride;

const CATEGORIES: &str = r#"
[[axis]]
id = "openness"
order = 1
weight = 1
title = { fr = "Ouverture", en = "Openness" }
question = { fr = "Ouvert ?", en = "Open?" }

[[category]]
id = "licence"
order = 2
axis = "openness"
weight = 1
title = { fr = "Licence", en = "Licence" }

[[category]]
id = "readme"
order = 1
axis = "openness"
weight = 1
title = { fr = "README", en = "README" }
"#;

const LICENCES: &str = r#"
reviewed = "2026-01-01"
spdx_list_version = "3.27"

[[class]]
id = "listed"
title = { fr = "Dans la liste", en = "Listed" }
"#;

/// A rule without fault: tests replace one line.
const RULE: &str = r#"since = "0.1.0"
status = "stable"
severity = "programme"
audience = "public"
due = "kickoff"
effort = "minutes"
weight = 10
params = { min_files = 1 }
pass_when = { fact = "licence.files", at_least = "$min_files" }
title = { fr = "Une licence", en = "A licence" }
remedy = { fr = "Ajouter une licence.", en = "Add a licence." }
source = [{ document = "Guide", url = "https://example.org", kind = "std" }]
"#;

const PAGE: &str = "# fr\n\nPourquoi.\n\n# en\n\nWhy.\n";

fn files(changes: &[(&str, &str)]) -> RuleFiles {
    let mut files: RuleFiles = [
        ("categories.toml", CATEGORIES),
        ("data/licences.toml", LICENCES),
        ("retired.txt", "# ids that may not come back\nlicence-old\n"),
        ("licence/licence-there.toml", RULE),
        ("licence/licence-there.md", PAGE),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into();
    for (path, text) in changes {
        files.insert((*path).to_owned(), (*text).to_owned());
    }
    files
}

/// `file:line code → what was probably meant`.
fn shown(problem: &Problem) -> String {
    let line = problem
        .line
        .map_or(String::new(), |line| format!(":{line}"));
    let meant = problem.suggestion.as_ref().map_or(String::new(), |meant| {
        format!(" → {}", meant.params["value"])
    });
    format!("{}{line} {}{meant}", problem.file, problem.code())
}

fn problems(files: &RuleFiles, overrides: &[RuleOverride]) -> Vec<String> {
    match load_rules(files, overrides) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(shown).collect(),
    }
}

/// Problems of the rule with one line replaced: line and code.
fn problems_of_line(key: &str, line: &str) -> Vec<String> {
    let lines = RULE.lines().map(|own| {
        if own.starts_with(&format!("{key} =")) {
            line
        } else {
            own
        }
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let found = problems(&files(&[("licence/licence-there.toml", &text)]), &[]);
    let prefix = "licence/licence-there.toml:";
    found
        .iter()
        .map(|one| one.strip_prefix(prefix).unwrap_or(one).to_owned())
        .collect()
}

fn change(rule: &str) -> RuleOverride {
    RuleOverride {
        rule: RuleId::new(rule),
        enabled: None,
        weight: None,
        severity: None,
        params: BTreeMap::new(),
        file: "perenne.toml".to_owned(),
        line: 7,
    }
}

fn params(name: &str, value: Value) -> BTreeMap<String, Value> {
    BTreeMap::from([(name.to_owned(), value)])
}

#[test]
fn a_rule_without_fault_is_read() {
    let set = load_rules(&files(&[]), &[]).unwrap();
    let rule = &set.rules[0];
    assert_eq!(rule.id.as_str(), "licence-there");
    assert_eq!(rule.category.as_str(), "licence");
    assert_eq!(
        rule.pass_when,
        Predicate::Fact("licence.files", Operator::AtLeast(1))
    );
    assert_eq!(rule.evidence, ["licence.files"]);
    assert_eq!(
        (rule.page.fr.as_str(), rule.page.en.as_str()),
        ("Pourquoi.", "Why.")
    );
    // categories by their order, not by their place in the file
    assert_eq!(set.categories[0].id.as_str(), "readme");
    assert_eq!(set.version.len(), 12);
}

#[test]
fn every_wrong_condition_is_named_with_its_line() {
    let cases: &[(&str, &[&str])] = &[
        (
            r#"{ fact = "licence.file", at_least = 1 }"#,
            &["9 unknown-fact → licence.files"],
        ),
        (
            r#"{ fact = "licence.files", at_leats = 1 }"#,
            &["9 one-operator", "9 unknown-key → at_least"],
        ),
        (
            r#"{ fact = "licence.files", at_least = 1, at_most = 2 }"#,
            &["9 one-operator"],
        ),
        (r#"{ fact = "licence.files" }"#, &["9 one-operator"]),
        (r"{ at_least = 1 }", &["9 missing-key"]),
        (
            r#"{ fact = "licence.files", within_days = 3 }"#,
            &["9 operator-does-not-fit"],
        ),
        (
            r#"{ fact = "licence.files", equals = true }"#,
            &["9 operator-does-not-fit"],
        ),
        (
            r#"{ fact = "repository.is_fork", at_least = 1 }"#,
            &["9 operator-does-not-fit"],
        ),
        (
            r#"{ fact = "licence.files", at_least = "$min_file" }"#,
            &["9 unknown-param → min_files"],
        ),
        (
            r#"{ fact = "licence.files", at_least = 1.5 }"#,
            &["9 expected-whole-number"],
        ),
        (
            r#"{ fact = "licence.code", matches = "(" }"#,
            &["9 bad-pattern"],
        ),
        (
            r#"{ fact = "licence.code", matches = "" }"#,
            &["9 bad-pattern"],
        ),
        (
            r#"{ fact = "licence.code", licence_class = ["listd"] }"#,
            &["9 unknown-class → listed"],
        ),
        (
            r#"{ fact = "licence.code", in_data = "names" }"#,
            &["9 expected-choice"],
        ),
        (
            r#"{ fact = "licence.code", mentions_context = "weather" }"#,
            &["9 unknown-context"],
        ),
        (
            r#"{ context = "weather", equals = "x" }"#,
            &["9 unknown-context"],
        ),
        (r#"{ unknown = "because" }"#, &["9 expected-choice"]),
        (
            r#"{ fact = "activity.last_commit_date", within_days = { full = 9, none = 3 } }"#,
            &["9 bounds-reversed"],
        ),
        (
            r#"{ fact = "activity.last_commit_date", within_days = { full = 9 } }"#,
            &["9 missing-key"],
        ),
        (r"{}", &["9 predicate-empty"]),
        (r"{ all_of = [] }", &["9 predicate-empty"]),
        (
            r#"{ any_of = [{ fact = "a.b", at_least = 1 }, { fact = "licence.files", at_least = 1 }, {}] }"#,
            &["9 predicate-empty", "9 unknown-fact"],
        ),
    ];
    for (condition, expected) in cases {
        let found = problems_of_line("pass_when", &format!("pass_when = {condition}"));
        assert_eq!(found, *expected, "{condition}");
    }
}

#[test]
fn wrong_tests_of_records_and_days_are_named_with_their_line() {
    let cases: &[(&str, &[&str])] = &[
        (
            r#"{ fact = "activity.last_commit_date", after_context = "administration" }"#,
            &["9 unknown-context"],
        ),
        (
            r#"{ fact = "licence.files", after_context = "ends" }"#,
            &["9 operator-does-not-fit"],
        ),
        (
            r#"{ fact = "ci.jobs", any_item = { all_of = [] } }"#,
            &["9 predicate-empty"],
        ),
        (
            r#"{ fact = "ci.jobs", any_item = { all_of = [{ field = "name" }, { matches = "(" }] } }"#,
            &["9 missing-key", "9 one-operator"],
        ),
    ];
    for (condition, expected) in cases {
        let found = problems_of_line("pass_when", &format!("pass_when = {condition}"));
        assert_eq!(found, *expected, "{condition}");
    }
}

#[test]
fn conditions_nest_so_far_and_no_further() {
    let nested = |depth: usize| {
        let leaf = r#"{ fact = "licence.files", at_least = 1 }"#;
        (0..depth).fold(leaf.to_owned(), |inner, _| format!("{{ not = {inner} }}"))
    };
    let of_depth = |depth| problems_of_line("pass_when", &format!("pass_when = {}", nested(depth)));
    assert_eq!(of_depth(12), Vec::<String>::new());
    assert_eq!(of_depth(13), ["9 predicate-too-deep"]);
}

#[test]
fn every_wrong_field_is_named_with_its_line() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "title",
            r#"title = { fr = "Une licence" }"#,
            &["10 missing-translation"],
        ),
        (
            "remedy",
            r#"remedy = { fr = "", en = "", de = "" }"#,
            &[
                "11 missing-translation",
                "11 missing-translation",
                "11 unknown-key",
            ],
        ),
        ("title", "", &["1 missing-key"]),
        (
            "weight",
            "wieght = 10",
            &["1 missing-key", "7 unknown-key → weight"],
        ),
        ("weight", "weight = -1", &["7 expected-whole-number"]),
        ("severity", r#"severity = "lawful""#, &["3 expected-choice"]),
        (
            "status",
            r#"status = "stabel""#,
            &["2 expected-choice → stable"],
        ),
        ("pass_when", "", &["1 missing-key"]),
        ("source", "", &["1 missing-key"]),
        (
            "source",
            r#"source = [{ document = "Guide", kind = "hearsay" }]"#,
            &["12 expected-choice", "12 missing-key"],
        ),
        (
            "params",
            r"params = { min_files = 'one' }",
            &["8 expected-whole-number", "9 unknown-param"],
        ),
        (
            "since",
            "since = \"0.1.0\"\nevidence = [\"licence.fils\"]",
            &["2 unknown-fact → licence.files"],
        ),
    ];
    for (key, line, expected) in cases {
        assert_eq!(problems_of_line(key, line), *expected, "{line}");
    }
}

#[test]
fn malformed_files_are_named_with_their_line() {
    let found = problems_of_line("weight", "weight = = 10");
    assert!(!found.is_empty());
    assert!(found.iter().all(|one| one == "7 malformed"), "{found:?}");
    assert_eq!(
        problems(&files(&[("categories.toml", "[[axis]]\nid = 3\n")]), &[])[0],
        "categories.toml:2 malformed"
    );
    assert_eq!(
        problems(&files(&[("data/names.toml", "values = []\n")]), &[]),
        ["data/names.toml:1 malformed"]
    );
}

#[test]
fn folders_and_ids_are_checked() {
    let found = problems(
        &files(&[
            ("licences/licence-else.toml", RULE),
            ("licences/licence-else.md", PAGE),
            ("licence/licence-old.toml", RULE),
            ("licence/licence-old.md", PAGE),
            ("readme/licence-there.toml", RULE),
            ("readme/licence-there.md", PAGE),
        ]),
        &[],
    );
    assert_eq!(
        found,
        [
            "licence/licence-old.toml:1 retired-id",
            "licences/licence-else.toml:1 unknown-category",
            "readme/licence-there.toml:1 duplicate-rule",
        ]
    );
}

#[test]
fn an_id_stands_once_even_when_its_first_rule_is_wrong() {
    let wrong = RULE.replace("weight = 10", "weight = 'ten'");
    let found = problems(
        &files(&[
            ("licence/licence-there.toml", &wrong),
            ("readme/licence-there.toml", RULE),
            ("readme/licence-there.md", PAGE),
        ]),
        &[],
    );
    assert_eq!(
        found,
        [
            "licence/licence-there.toml:7 expected-whole-number",
            "readme/licence-there.toml:1 duplicate-rule",
        ]
    );
}

#[test]
fn pages_are_there_in_both_languages() {
    let mut without = files(&[("licence/licence-their.md", PAGE)]);
    without.remove("licence/licence-there.md");
    assert_eq!(
        problems(&without, &[]),
        [
            "licence/licence-their.md page-without-rule",
            "licence/licence-there.toml:1 missing-page",
        ]
    );
    let french = files(&[("licence/licence-there.md", "# fr\n\nPourquoi.\n\n# en\n")]);
    let found = load_rules(&french, &[]).unwrap_err();
    assert_eq!(
        shown(&found[0]),
        "licence/licence-there.toml:1 missing-page-language"
    );
    assert_eq!(found[0].message.params["language"], "en");
}

#[test]
fn whoever_writes_a_rule_is_told_every_operator() {
    let guide = include_str!("../../CONTRIBUTING.md");
    for operator in super::parse::OPERATORS {
        let entry = format!("`{operator} = ");
        assert!(guide.contains(&entry), "CONTRIBUTING.md lacks {operator}");
    }
}

#[test]
fn a_comment_in_a_sample_file_does_not_end_the_page() {
    let page = "# fr\n\n```\n# adresse\nA=1\n```\n\nFin.\n\n# en\n\n```\n# fr\n```\n\nEnd.\n";
    let rules = load_rules(&files(&[("licence/licence-there.md", page)]), &[]).unwrap();
    let page = &rules.rule(&RuleId::new("licence-there")).unwrap().page;
    assert_eq!(page.fr, "```\n# adresse\nA=1\n```\n\nFin.");
    assert_eq!(page.en, "```\n# fr\n```\n\nEnd.");
}

#[test]
fn the_lists_of_the_set_are_checked() {
    let no_axis = CATEGORIES.replace("axis = \"openness\"", "axis = \"opennes\"");
    let found = problems(&files(&[("categories.toml", &no_axis)]), &[]);
    assert_eq!(found, ["categories.toml unknown-axis"; 2]);
    let mut without = files(&[]);
    without.remove("categories.toml");
    without.remove("data/licences.toml");
    let found = problems(&without, &[]);
    assert_eq!(
        found,
        [
            "categories.toml missing-file",
            "data/licences.toml missing-file",
            "licence/licence-there.toml:1 unknown-category",
        ]
    );
}

#[test]
fn all_problems_of_all_files_come_at_once() {
    let first = RULE
        .replace("licence.files", "licence.filse")
        .replace(", en = \"A licence\"", "")
        .replace("weight = 10", "weight = 10\ncolour = 'red'");
    let second = RULE.replace("effort = \"minutes\"", "effort = \"years\"");
    let mut unknown = change("licence-ther");
    unknown.weight = Some(1);
    let found = problems(
        &files(&[
            ("licence/licence-there.toml", &first),
            ("readme/readme-there.toml", &second),
        ]),
        &[unknown],
    );
    assert_eq!(
        found,
        [
            "licence/licence-there.toml:8 unknown-key",
            "licence/licence-there.toml:10 unknown-fact → licence.files",
            "licence/licence-there.toml:11 missing-translation",
            "perenne.toml:7 unknown-rule",
            "readme/readme-there.toml:1 missing-page",
            "readme/readme-there.toml:6 expected-choice",
        ]
    );
}

#[test]
fn overrides_change_weight_severity_and_params() {
    let mut wanted = change("licence-there");
    wanted.weight = Some(3);
    wanted.severity = Some("law".to_owned());
    wanted.params = params("min_files", json!(2));
    let set = load_rules(&files(&[]), &[wanted]).unwrap();
    let rule = &set.rules[0];
    assert_eq!((rule.weight, rule.severity), (3, Severity::Law));
    assert_eq!(rule.params["min_files"], 2);
    assert_eq!(
        rule.pass_when,
        Predicate::Fact("licence.files", Operator::AtLeast(2))
    );
}

#[test]
fn a_disabled_rule_is_checked_and_left_out() {
    let mut off = change("licence-there");
    off.enabled = Some(false);
    let set = load_rules(&files(&[]), std::slice::from_ref(&off)).unwrap();
    assert!(set.rules.is_empty());
    let wrong = RULE.replace("licence.files", "licence.filse");
    let found = problems(&files(&[("licence/licence-there.toml", &wrong)]), &[off]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn wrong_overrides_are_named_where_they_stand() {
    assert_eq!(
        problems(&files(&[]), &[change("licence-three")]),
        ["perenne.toml:7 unknown-rule → licence-there"]
    );
    let mut wrong = change("licence-there");
    wrong.params = params("min_file", json!(2));
    assert_eq!(
        problems(&files(&[]), std::slice::from_ref(&wrong)),
        ["perenne.toml:7 unknown-param → min_files"]
    );
    wrong.params = params("min_files", json!("two"));
    assert_eq!(
        problems(&files(&[]), &[wrong]),
        ["perenne.toml:7 expected-whole-number"]
    );
}

#[test]
fn tables_of_ends_of_support_are_for_records_alone() {
    for (condition, expected) in [
        (
            r#"{ fact = "licence.files", supported = "runtimes" }"#,
            "9 operator-does-not-fit",
        ),
        (
            r#"{ fact = "hosting.runtimes", supported = "runtime" }"#,
            "9 expected-choice",
        ),
        (
            r#"{ fact = "hosting.runtimes", any_item = { field = "version", supported = "runtimes" } }"#,
            "9 one-operator",
        ),
    ] {
        let found = problems_of_line("pass_when", &format!("pass_when = {condition}"));
        assert_eq!(found, [expected], "{condition}");
    }
}

#[test]
fn versions_are_judged_against_a_table_on_the_day_of_the_audit() {
    use super::engine::evaluate;
    use super::load::embedded_rules;
    use crate::facts::set::{FactSet, Item};
    use crate::model::context::AuditContext;
    use crate::model::outcome::Outcome;

    let rules = embedded_rules();
    let outcome = |runtimes: &[(&'static str, &str, bool)], stores: &[(&'static str, &str)]| {
        let item = |product: &str, version: &str, is_range: bool| {
            Item::new("product", product)
                .with("version", version)
                .with("path", "x")
                .with("line", 3)
                .with("is_range", is_range)
        };
        let runtimes: Vec<Item> = runtimes.iter().map(|(p, v, r)| item(p, v, *r)).collect();
        let stores: Vec<Item> = stores.iter().map(|(p, v)| item(p, v, false)).collect();
        let mut facts = FactSet::default();
        facts.set("repository.is_archived", false, Vec::new());
        facts.set("hosting.runtimes", runtimes, Vec::new());
        facts.set("hosting.service_images", stores, Vec::new());
        let today = "2026-06-01".parse().unwrap();
        let findings = evaluate(&rules, &facts, &AuditContext::default(), today, &[]);
        findings
            .into_iter()
            .find(|one| one.rule.as_str() == "sustainability-runtime-supported")
            .unwrap()
    };
    let code = |runtimes: &[(&'static str, &str, bool)], stores: &[(&'static str, &str)]| {
        outcome(runtimes, stores).outcome.code()
    };
    assert_eq!(code(&[("nodejs", "24", false)], &[]), "pass");
    assert_eq!(code(&[("nodejs", "12", false)], &[]), "fail");
    assert_eq!(code(&[("nodejs", ">=12", true)], &[]), "pass");
    assert_eq!(code(&[("nodejs", "latest", false)], &[]), "unknown");
    assert_eq!(code(&[("cobol", "4", false)], &[]), "unknown");
    assert_eq!(
        code(&[("nodejs", "12", false), ("nodejs", "24", false)], &[]),
        "partial"
    );
    assert_eq!(
        code(&[("nodejs", "12", false), ("nodejs", ">=4", true)], &[]),
        "fail"
    );
    assert_eq!(
        code(&[("nodejs", "24", false), ("python", "2.7", false)], &[]),
        "fail"
    );
    assert_eq!(
        code(&[("nodejs", "24", false)], &[("postgresql", "9.6")]),
        "partial"
    );
    assert_eq!(
        code(&[("nodejs", "24", false)], &[("postgresql", "latest")]),
        "pass"
    );
    assert_eq!(code(&[], &[]), "not_applicable");
    // the file, the version and the day are shown, what has ended first
    let finding = outcome(&[("nodejs", "24", false), ("python", "2.7.18", false)], &[]);
    assert_eq!(finding.outcome, Outcome::Fail);
    let first = &finding.evidence[0].evidence;
    let note = first.note.as_ref().unwrap();
    assert_eq!((first.path.as_deref(), first.line), (Some("x"), Some(3)));
    assert_eq!(note.code, "runtime-ended");
    assert_eq!(note.params["date"], "2020-01-01");
    assert_eq!(note.params["version"], "2.7.18");
}
