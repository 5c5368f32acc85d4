// SPDX-License-Identifier: EUPL-1.2
//! Evaluation on facts set by hand: nothing to judge, forks without work, records, and patterns of embedded rules.

use super::engine::{evaluate, explain};
use super::load::{embedded_files, embedded_rules, load_rules};
use super::model::{RuleSet, ScaleKind};
use super::predicate::{FieldTest, Operator, Pattern, Predicate, World};
use super::trace::{Answer, Form};
use crate::facts::set::{FactSet, Item};
use crate::model::context::AuditContext;
use crate::model::outcome::{Outcome, Reason, ReasonCode};
use jiff::civil::date;

const PAGE: &str = "# fr\n\nPourquoi.\n\n# en\n\nWhy.\n";

/// One rule of the category `ci` with this condition.
fn set_of(condition: &str) -> RuleSet {
    let mut files = embedded_files();
    files.retain(|path, _| !path.contains('/') || path.starts_with("data/"));
    let rule = format!(
        "since = '0.1.0'\nstatus = 'stable'\nseverity = 'programme'\naudience = 'public'\ndue = 'kickoff'\n\
         effort = 'minutes'\nweight = 1\n{condition}\ntitle = {{ fr = 'A', en = 'A' }}\n\
         remedy = {{ fr = 'B', en = 'B' }}\n\
         source = [{{ document = 'Guide', url = 'https://example.org', kind = 'std' }}]\n"
    );
    files.insert("ci/ci-example.toml".to_owned(), rule);
    files.insert("ci/ci-example.md".to_owned(), PAGE.to_owned());
    load_rules(&files, &[]).unwrap()
}

fn outcome(condition: &str, facts: &FactSet, context: &AuditContext) -> Outcome {
    let rules = set_of(condition);
    let mut findings = evaluate(&rules, facts, context, date(2026, 6, 1), &[]);
    findings.remove(0).outcome
}

fn jobs(names: &[&str]) -> FactSet {
    let mut facts = FactSet::default();
    let items: Vec<Item> = names
        .iter()
        .map(|name| Item::new("name", name).with("does", "tests"))
        .collect();
    facts.set("ci.jobs", items, Vec::new());
    facts
}

#[test]
fn a_rule_that_would_pass_over_nothing_does_not_apply() {
    let condition =
        "pass_when = { fact = 'ci.jobs', all_items = { field = 'name', equals = 'a' } }";
    let context = AuditContext::default();
    let reason = Reason::new(ReasonCode::EmptySet).with("fact", "ci.jobs");
    assert_eq!(
        outcome(condition, &jobs(&[]), &context),
        Outcome::NotApplicable(reason)
    );
    assert_eq!(outcome(condition, &jobs(&["a"]), &context), Outcome::Pass);
    assert_eq!(
        outcome(condition, &jobs(&["a", "b"]), &context),
        Outcome::Fail
    );
}

#[test]
fn a_rule_that_judged_something_else_passes_beside_an_empty_set() {
    let condition = "pass_when = { all_of = [{ fact = 'ci.jobs', at_most = 0 }, \
                     { fact = 'ci.jobs', all_items = { field = 'name', equals = 'a' } }] }";
    let found = outcome(condition, &jobs(&[]), &AuditContext::default());
    assert_eq!(found, Outcome::Pass);
}

#[test]
fn several_tests_bear_on_one_record() {
    let both = "pass_when = { fact = 'ci.jobs', any_item = { all_of = \
                [{ field = 'name', equals = 'a' }, { field = 'does', equals = 'deploys' }] } }";
    let mut facts = jobs(&["a"]);
    let context = AuditContext::default();
    assert_eq!(outcome(both, &facts, &context), Outcome::Fail);
    let items = vec![
        Item::new("name", "b").with("does", "deploys"),
        Item::new("name", "a").with("does", "deploys"),
    ];
    facts.set("ci.jobs", items, Vec::new());
    assert_eq!(outcome(both, &facts, &context), Outcome::Pass);
}

#[test]
fn a_fork_without_work_of_its_own_is_left_to_its_parent() {
    let condition = "pass_when = { fact = 'ci.jobs', at_least = 1 }";
    let mut facts = jobs(&[]);
    let context = AuditContext::default();
    assert_eq!(outcome(condition, &facts, &context), Outcome::Fail);
    facts.set("repository.is_technical_fork", false, Vec::new());
    assert_eq!(outcome(condition, &facts, &context), Outcome::Fail);
    facts.set_unknown(
        "repository.is_technical_fork",
        Reason::new(ReasonCode::NeedsForge),
    );
    assert_eq!(outcome(condition, &facts, &context), Outcome::Fail);
    facts.set("repository.is_technical_fork", true, Vec::new());
    assert!(matches!(
        outcome(condition, &facts, &context),
        Outcome::NotApplicable(reason) if reason.detail["fact"] == "repository.is_technical_fork"
    ));
    let categories = embedded_rules().categories;
    let asked: Vec<&str> = categories
        .iter()
        .filter(|category| !category.skip_technical_forks)
        .map(|category| category.id.as_str())
        .collect();
    assert_eq!(asked, ["openness"]);
}

#[test]
fn what_is_not_known_can_be_asked_for() {
    let mut facts = FactSet::default();
    facts.set_unknown("repository.is_fork", Reason::new(ReasonCode::NeedsForge));
    let context = AuditContext::default();
    let known = "pass_when = { fact = 'repository.is_fork', known = true }";
    assert_eq!(outcome(known, &facts, &context), Outcome::Fail);
    facts.set("repository.is_fork", false, Vec::new());
    assert_eq!(outcome(known, &facts, &context), Outcome::Pass);
}

#[test]
fn days_are_compared_with_the_end_of_the_defi() {
    let condition = "pass_when = { fact = 'ci.jobs', any_item = \
                     { field = 'first', after_context = 'ends' } }";
    let mut facts = FactSet::default();
    facts.set(
        "ci.jobs",
        vec![Item::new("first", "2025-01-02")],
        Vec::new(),
    );
    let ending = |starts| AuditContext {
        starts: Some(starts),
        duration_months: Some(10),
        ..AuditContext::default()
    };
    let early = ending(date(2024, 3, 1));
    assert_eq!(outcome(condition, &facts, &early), Outcome::Pass);
    // the last day itself is not after the end
    let late = ending(date(2024, 3, 2));
    assert_eq!(outcome(condition, &facts, &late), Outcome::Fail);
    let reason = Reason::new(ReasonCode::NotDeclared).with("field", "starts");
    assert_eq!(
        outcome(condition, &facts, &AuditContext::default()),
        Outcome::Unknown(reason)
    );
}

#[test]
fn a_month_comes_after_every_day_of_its_own() {
    let condition = "pass_when = { fact = 'activity.arrivals', any_item = \
                     { field = 'month', after_context = 'ends' } }";
    let context = |starts| AuditContext {
        starts: Some(starts),
        duration_months: Some(10),
        ..AuditContext::default()
    };
    for (month, starts, expected) in [
        ("2025-01", date(2024, 3, 1), Outcome::Pass),
        ("2025-01", date(2024, 3, 31), Outcome::Pass),
        ("2025-01", date(2024, 4, 1), Outcome::Fail),
        ("2025-13", date(2024, 3, 1), Outcome::Fail),
    ] {
        let mut facts = FactSet::default();
        let items = vec![Item::new("month", month)];
        facts.set("activity.arrivals", items, Vec::new());
        assert_eq!(
            outcome(condition, &facts, &context(starts)),
            expected,
            "{month} {starts}"
        );
    }
}

#[test]
fn a_trace_answers_every_part() {
    let rules = set_of(
        "pass_when = { any_of = [{ not = { fact = 'ci.jobs', at_least = 1 } }, \
         { fact = 'ci.runs_tests', equals = true }] }",
    );
    let (facts, context) = (jobs(&[]), AuditContext::default());
    let world = World {
        rules: &rules,
        facts: &facts,
        context: &context,
        today: date(2026, 6, 1),
    };
    let trace = explain(&rules.rules[0], &world, &[]);
    assert_eq!(trace.finding.outcome, Outcome::Pass);
    assert_eq!(
        (trace.pass.form, &trace.pass.answer),
        (Form::AnyOf, &Answer::Yes)
    );
    // evaluation stops at the first part, a trace does not
    let [not, flag] = trace.pass.parts.as_slice() else {
        panic!("{:?}", trace.pass);
    };
    assert_eq!((not.form, not.answer.code()), (Form::Not, "yes"));
    assert_eq!(not.parts[0].answer, Answer::No);
    assert_eq!(flag.answer.code(), "unknown");
}

/// Patterns of embedded rules are compiled at their first use only: here, all are.
#[test]
fn every_embedded_pattern_compiles() {
    fn of_operator(operator: &Operator, found: &mut Vec<Pattern>) {
        let tests = |tests: &[FieldTest], found: &mut Vec<Pattern>| {
            for test in tests {
                of_operator(&test.operator, found);
            }
        };
        match operator {
            Operator::Matches(pattern) => found.push(pattern.clone()),
            Operator::AnyItem(list) | Operator::AllItems(list) => tests(list, found),
            _ => {}
        }
    }
    fn of(predicate: &Predicate, found: &mut Vec<Pattern>) {
        predicate.parts().iter().for_each(|part| of(part, found));
        if let Predicate::Fact(_, operator) | Predicate::Context(_, operator) = predicate {
            of_operator(operator, found);
        }
    }
    let rules = embedded_rules();
    let mut found = Vec::new();
    for rule in &rules.rules {
        of(&rule.pass_when, &mut found);
        for condition in rule.applies_when.iter().chain(&rule.partial_when) {
            of(condition, &mut found);
        }
    }
    for scale in &rules.scales {
        let conditions: Vec<&Predicate> = match &scale.kind {
            ScaleKind::Ladder(criteria) | ScaleKind::Count(criteria) => criteria
                .iter()
                .flat_map(|one| std::iter::once(&one.yes_when).chain(&one.no_when))
                .collect(),
            ScaleKind::Posture(levels) => levels
                .iter()
                .flat_map(|one| one.declared_when.iter().chain(&one.observed_when))
                .collect(),
            ScaleKind::Points(tests) => tests.iter().map(|test| &test.when).collect(),
        };
        for condition in conditions.into_iter().chain(&scale.applies_when) {
            of(condition, &mut found);
        }
    }
    assert!(!found.is_empty());
    for pattern in found {
        let compiled = Pattern::checked(pattern.as_str());
        assert!(compiled.is_ok(), "{compiled:?}");
    }
}
