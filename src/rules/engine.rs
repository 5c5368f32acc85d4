// SPDX-License-Identifier: EUPL-1.2
//! `(RuleSet, FactSet, AuditContext, Date)` to findings: the same five outcomes for every rule.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::lifecycles::Support;
use super::model::{Rule, RuleSet};
use super::predicate::{Predicate, Truth, World};
use super::trace::{RuleTrace, trace};
use crate::facts::key::{Theme, fact};
use crate::facts::set::FactSet;
use crate::model::context::AuditContext;
use crate::model::date::Date;
use crate::model::evidence::{Evidence, Observed};
use crate::model::finding::{Finding, Place, Waiver};
use crate::model::ids::Fingerprint;
use crate::model::outcome::{Credit, Outcome, Reason, ReasonCode};

/// Places shown with one finding.
const MOST_PLACES: usize = 20;

/// Evaluates every rule, in the order of the set. `waivers` are those that count.
pub fn evaluate(
    rules: &RuleSet,
    facts: &FactSet,
    context: &AuditContext,
    today: Date,
    waivers: &[Waiver],
) -> Vec<Finding> {
    let world = World {
        rules,
        facts,
        context,
        today,
    };
    rules
        .rules
        .iter()
        .map(|rule| {
            let mut finding = evaluate_rule(rule, &world);
            finding.waiver = waiver(rule, today, waivers);
            finding
        })
        .collect()
}

/// The themes of facts that a rule set looks at, scales included.
pub fn themes(rules: &RuleSet) -> BTreeSet<Theme> {
    use super::model::ScaleKind;
    let mut keys: BTreeSet<&'static str> = BTreeSet::new();
    let mut add = |predicate: &Predicate| keys.extend(predicate.facts());
    for rule in &rules.rules {
        add(&rule.pass_when);
        rule.applies_when.iter().for_each(&mut add);
        rule.partial_when.iter().for_each(&mut add);
    }
    for scale in &rules.scales {
        match &scale.kind {
            ScaleKind::Ladder(criteria) | ScaleKind::Count(criteria) => {
                for criterion in criteria {
                    add(&criterion.yes_when);
                    criterion.no_when.iter().for_each(&mut add);
                }
            }
            ScaleKind::Posture(levels) => {
                for level in levels {
                    level.declared_when.iter().for_each(&mut add);
                    level.observed_when.iter().for_each(&mut add);
                }
            }
            ScaleKind::Points(tests) => tests.iter().for_each(|test| add(&test.when)),
        }
    }
    for rule in &rules.rules {
        keys.extend(&rule.evidence);
    }
    keys.iter()
        .filter_map(|key| fact(key))
        .map(|spec| spec.theme)
        .collect()
}

fn evaluate_rule(rule: &Rule, world: &World<'_>) -> Finding {
    let (outcome, credit) = judge(rule, world, &mut |condition| condition.evaluate(world));
    finding(rule, world, (outcome, credit), MOST_PLACES)
}

/// Evaluates one rule with every part of its conditions and every place.
pub fn explain(rule: &Rule, world: &World<'_>, waivers: &[Waiver]) -> RuleTrace {
    let mut truths: Vec<(&Predicate, Truth)> = Vec::new();
    let mut traced = |condition| {
        let (trace, truth) = trace(condition, world);
        truths.push((condition, truth));
        trace
    };
    let applies = rule.applies_when.as_ref().map(&mut traced);
    let pass = traced(&rule.pass_when);
    let partial = rule.partial_when.as_ref().map(&mut traced);
    let verdict = judge(rule, world, &mut |condition| {
        let known = truths.iter().find(|(own, _)| std::ptr::eq(*own, condition));
        known.map_or_else(|| condition.evaluate(world), |(_, truth)| truth.clone())
    });
    let mut finding = finding(rule, world, verdict, usize::MAX);
    finding.waiver = waiver(rule, world.today, waivers);
    let asked = rule.applies_when.as_ref().map(Predicate::facts);
    let applicability = asked
        .unwrap_or_default()
        .into_iter()
        .filter_map(|key| world.facts.get(key))
        .flat_map(|fact| fact.evidence().iter().cloned())
        .collect();
    RuleTrace {
        applies,
        pass,
        partial,
        finding,
        applicability,
    }
}

fn finding(
    rule: &Rule,
    world: &World<'_>,
    (outcome, credit): (Outcome, Option<Credit>),
    most: usize,
) -> Finding {
    let evidence = match outcome {
        Outcome::NotApplicable(_) => Vec::new(),
        _ => places(rule, world, most),
    };
    Finding {
        rule: rule.id.clone(),
        outcome,
        credit,
        evidence,
        waiver: None,
    }
}

/// The waiver that holds today for a rule.
fn waiver(rule: &Rule, today: Date, waivers: &[Waiver]) -> Option<Waiver> {
    waivers
        .iter()
        .find(|waiver| waiver.rule == rule.id && !waiver.is_expired(today))
        .cloned()
}

/// The fact that tells a fork without a commit of its own.
const TECHNICAL_FORK: &str = "repository.is_technical_fork";

/// True when the rule's category leaves technical forks to their parent, and this is one.
fn is_left_to_parent(rule: &Rule, world: &World<'_>) -> bool {
    let category = world.rules.category(&rule.category);
    category.is_some_and(|category| category.skip_technical_forks)
        && world.facts.flag(TECHNICAL_FORK) == Some(true)
}

/// An unknown condition of application counts as true; the rest follows the order pass, partial, fail. A rule that
/// passes because there is nothing that it could judge does not apply.
fn judge(
    rule: &Rule,
    world: &World<'_>,
    truth_of: &mut dyn FnMut(&Predicate) -> Truth,
) -> (Outcome, Option<Credit>) {
    let not_applicable = |code, fact: &str, value: &str| {
        let reason = Reason::new(code).with("fact", fact).with("value", value);
        (Outcome::NotApplicable(reason), None)
    };
    if is_left_to_parent(rule, world) {
        return not_applicable(ReasonCode::Condition, TECHNICAL_FORK, "true");
    }
    if let Some(Truth::No(leaf)) = rule.applies_when.as_ref().map(&mut *truth_of) {
        return not_applicable(ReasonCode::Condition, &leaf.fact, &leaf.value);
    }
    match truth_of(&rule.pass_when) {
        Truth::Yes => return (Outcome::Pass, Some(Credit::FULL)),
        Truth::Empty(leaf) => {
            let reason = Reason::new(ReasonCode::EmptySet).with("fact", leaf.fact);
            return (Outcome::NotApplicable(reason), None);
        }
        Truth::Unknown(reason) => return (Outcome::Unknown(reason), None),
        Truth::Partly(credit) => return (Outcome::Partial, Some(credit)),
        Truth::No(_) => {}
    }
    match rule.partial_when.as_ref().map(&mut *truth_of) {
        Some(Truth::Yes | Truth::Empty(_)) => (Outcome::Partial, Some(Credit::HALF)),
        Some(Truth::Partly(credit)) => (
            Outcome::Partial,
            Some(Credit::permille(credit.as_permille() / 2)),
        ),
        Some(Truth::Unknown(reason)) => (Outcome::Unknown(reason), None),
        Some(Truth::No(_)) | None => (Outcome::Fail, Some(Credit::NONE)),
    }
}

/// Evidence of the rule's facts, each place once, with fingerprints.
fn places(rule: &Rule, world: &World<'_>, most: usize) -> Vec<Place> {
    let mut all: Vec<(&str, Cow<'_, Evidence>)> = Vec::new();
    let mut judged: Vec<(&str, Support, Evidence)> = Vec::new();
    for key in &rule.evidence {
        let items = world.facts.items(key);
        match rule.pass_when.table_for(key, world.rules) {
            // facts have no date: the end of support is shown by who judges it
            Some(table) if !items.is_empty() => {
                let places = table.evidence(items, world.today);
                judged.extend(places.into_iter().map(|(end, place)| (*key, end, place)));
            }
            _ => {
                let own = world.facts.get(key).map_or(&[][..], Observed::evidence);
                all.extend(own.iter().map(|one| (*key, Cow::Borrowed(one))));
            }
        }
    }
    // what has ended comes first
    judged.sort_by_key(|(_, support, _)| *support);
    all.extend(
        judged
            .into_iter()
            .map(|(key, _, one)| (key, Cow::Owned(one))),
    );
    let mut found: Vec<Place> = Vec::new();
    for (key, one) in all {
        if found.len() >= most {
            break;
        }
        if found.iter().all(|place| place.evidence != *one) {
            found.push(Place {
                fingerprint: fingerprint(rule, key, &one),
                evidence: one.into_owned(),
            });
        }
    }
    found
}

fn fingerprint(rule: &Rule, key: &str, evidence: &Evidence) -> Fingerprint {
    let content = evidence
        .excerpt
        .as_deref()
        .or(evidence.field.as_deref())
        .unwrap_or(key);
    Fingerprint::of(
        &rule.id,
        evidence.path.as_deref().unwrap_or_default(),
        content,
    )
}
