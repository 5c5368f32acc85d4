// SPDX-License-Identifier: EUPL-1.2
//! `(RuleSet, FactSet, AuditContext, Date)` to findings: the same five outcomes for every rule.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::lifecycles::Support;
use super::model::{Rule, RuleSet};
use super::predicate::{Predicate, Truth, World};
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
            finding.waiver = waivers
                .iter()
                .find(|waiver| waiver.rule == rule.id && !waiver.is_expired(today))
                .cloned();
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
    let (outcome, credit) = judge(rule, world);
    let evidence = match outcome {
        Outcome::NotApplicable(_) => Vec::new(),
        _ => places(rule, world),
    };
    Finding {
        rule: rule.id.clone(),
        outcome,
        credit,
        evidence,
        waiver: None,
    }
}

/// An unknown condition of application counts as true; the rest follows the order pass, partial, fail.
fn judge(rule: &Rule, world: &World<'_>) -> (Outcome, Option<Credit>) {
    if let Some(Truth::No(leaf)) = rule.applies_when.as_ref().map(|when| when.evaluate(world)) {
        let reason = Reason::new(ReasonCode::Condition)
            .with("fact", leaf.fact)
            .with("value", leaf.value);
        return (Outcome::NotApplicable(reason), None);
    }
    match rule.pass_when.evaluate(world) {
        Truth::Yes => return (Outcome::Pass, Some(Credit::FULL)),
        Truth::Unknown(reason) => return (Outcome::Unknown(reason), None),
        Truth::Partly(credit) => return (Outcome::Partial, Some(credit)),
        Truth::No(_) => {}
    }
    match rule.partial_when.as_ref().map(|when| when.evaluate(world)) {
        Some(Truth::Yes) => (Outcome::Partial, Some(Credit::HALF)),
        Some(Truth::Partly(credit)) => (
            Outcome::Partial,
            Some(Credit::permille(credit.as_permille() / 2)),
        ),
        Some(Truth::Unknown(reason)) => (Outcome::Unknown(reason), None),
        Some(Truth::No(_)) | None => (Outcome::Fail, Some(Credit::NONE)),
    }
}

/// Evidence of the rule's facts, each place once, with fingerprints.
fn places(rule: &Rule, world: &World<'_>) -> Vec<Place> {
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
        if found.len() >= MOST_PLACES {
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
