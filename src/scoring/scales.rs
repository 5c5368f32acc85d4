// SPDX-License-Identifier: EUPL-1.2
//! Scales of others over the same facts: they are shown and never enter the grade.

use super::card::{Answer, CriterionResult, ScaleResult, ScaleValue};
use crate::model::outcome::{Reason, ReasonCode};
use crate::rules::model::{Criterion, Level, Scale, ScaleKind, Test};
use crate::rules::predicate::{Predicate, Truth, World};

/// Evaluates every scale of the rule set.
pub fn evaluate(world: &World<'_>) -> Vec<ScaleResult> {
    let applies = |scale: &&Scale| {
        let holds = scale.applies_when.as_ref().map(|when| when.evaluate(world));
        !matches!(holds, Some(Truth::No(_)))
    };
    world
        .rules
        .scales
        .iter()
        .filter(applies)
        .map(|scale| {
            let (value, vector) = match &scale.kind {
                ScaleKind::Ladder(criteria) => ladder(criteria, world),
                ScaleKind::Count(criteria) => count(criteria, world),
                ScaleKind::Posture(levels) => posture(levels, world),
                ScaleKind::Points(tests) => points(tests, world),
            };
            ScaleResult {
                id: scale.id.clone(),
                title: scale.title.clone(),
                value,
                vector,
            }
        })
        .collect()
}

/// Yes, no or unknown; half a truth is not a yes.
fn answer(criterion: &Criterion, world: &World<'_>) -> Answer {
    match criterion.yes_when.evaluate(world) {
        Truth::Yes | Truth::Empty(_) => Answer::Yes,
        Truth::Unknown(reason) => Answer::Unknown(reason),
        Truth::No(_) | Truth::Partly(_) => match &criterion.no_when {
            None => Answer::No,
            Some(no_when) => match no_when.evaluate(world) {
                Truth::Yes | Truth::Empty(_) => Answer::No,
                Truth::Unknown(reason) => Answer::Unknown(reason),
                Truth::No(_) | Truth::Partly(_) => {
                    Answer::Unknown(Reason::new(ReasonCode::Undecided))
                }
            },
        },
    }
}

fn vector(criteria: &[Criterion], world: &World<'_>) -> Vec<CriterionResult> {
    let results = criteria.iter().map(|criterion| CriterionResult {
        id: criterion.id.clone(),
        title: criterion.title.clone(),
        value: Some(criterion.degree.into()),
        answer: answer(criterion, world),
    });
    results.collect()
}

/// The highest degree up to which every criterion holds, starting below the lowest degree.
fn reached(vector: &[CriterionResult], holds: impl Fn(&Answer) -> bool) -> i32 {
    let first_failing = vector
        .iter()
        .filter(|one| !holds(&one.answer))
        .filter_map(|one| one.value)
        .min();
    let highest = vector
        .iter()
        .filter_map(|one| one.value)
        .max()
        .unwrap_or(-1);
    let degree = first_failing.map_or(highest, |degree| degree - 1);
    i32::try_from(degree).unwrap_or(-1)
}

fn ladder(criteria: &[Criterion], world: &World<'_>) -> (ScaleValue, Vec<CriterionResult>) {
    let vector = vector(criteria, world);
    let degree = reached(&vector, |answer| *answer == Answer::Yes);
    let at_most = reached(&vector, |answer| *answer != Answer::No);
    let blocked_by = vector
        .iter()
        .filter(|one| one.value == Some(i64::from(degree) + 1) && one.answer != Answer::Yes)
        .map(|one| one.id.clone())
        .collect();
    let value = ScaleValue::Ladder {
        degree,
        at_most,
        blocked_by,
    };
    (value, vector)
}

fn count(criteria: &[Criterion], world: &World<'_>) -> (ScaleValue, Vec<CriterionResult>) {
    let mut vector = vector(criteria, world);
    let (mut prerequisites, mut prerequisites_of, mut yes, mut of, mut unknown) = (0, 0, 0, 0, 0);
    for (criterion, result) in criteria.iter().zip(&mut vector) {
        result.value = None;
        let (hits, asked) = if criterion.is_prerequisite {
            (&mut prerequisites, &mut prerequisites_of)
        } else {
            (&mut yes, &mut of)
        };
        *asked += 1;
        match result.answer {
            Answer::Yes => *hits += 1,
            Answer::Unknown(_) => unknown += 1,
            Answer::No => {}
        }
    }
    let value = ScaleValue::Count {
        prerequisites,
        prerequisites_of,
        yes,
        of,
        unknown,
    };
    (value, vector)
}

fn posture(levels: &[Level], world: &World<'_>) -> (ScaleValue, Vec<CriterionResult>) {
    let holds = |condition: &Option<Predicate>| {
        condition
            .as_ref()
            .map(|condition| condition.evaluate(world))
    };
    let first = |pick: fn(&Level) -> &Option<Predicate>| {
        levels
            .iter()
            .find(|level| matches!(holds(pick(level)), Some(Truth::Yes | Truth::Empty(_))))
            .map(|level| level.id.clone())
    };
    let vector = levels
        .iter()
        .map(|level| CriterionResult {
            id: level.id.clone(),
            title: level.title.clone(),
            value: None,
            answer: match holds(&level.observed_when) {
                Some(Truth::Yes | Truth::Empty(_)) => Answer::Yes,
                Some(Truth::No(_) | Truth::Partly(_)) => Answer::No,
                Some(Truth::Unknown(reason)) => Answer::Unknown(reason),
                None => Answer::Unknown(Reason::new(ReasonCode::NeedsPerson)),
            },
        })
        .collect();
    let value = ScaleValue::Posture {
        declared: first(|level| &level.declared_when),
        observed: first(|level| &level.observed_when),
    };
    (value, vector)
}

fn points(tests: &[Test], world: &World<'_>) -> (ScaleValue, Vec<CriterionResult>) {
    let (mut sum, mut unknown) = (0, 0);
    let mut vector = Vec::new();
    for test in tests {
        let answer = match test.when.evaluate(world) {
            Truth::Yes | Truth::Empty(_) => {
                sum += test.points;
                Answer::Yes
            }
            Truth::No(_) | Truth::Partly(_) => Answer::No,
            Truth::Unknown(reason) => {
                unknown += 1;
                Answer::Unknown(reason)
            }
        };
        vector.push(CriterionResult {
            id: test.id.clone(),
            title: test.title.clone(),
            value: Some(test.points),
            answer,
        });
    }
    let value = ScaleValue::Points {
        points: sum,
        unknown,
    };
    (value, vector)
}
