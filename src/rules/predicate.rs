// SPDX-License-Identifier: EUPL-1.2
//! The closed set of conditions, evaluated in three-valued logic with partial truth for ages.
//!
//! `any_of(true, unknown)` is true, `all_of(false, unknown)` is false, otherwise unknown stays unknown.
//!
//! Facts know no date of audit. Operators bring it in: `within_days` for moments, and `supported` with its kin for
//! records of `product`, `version` and `is_range`, against a table of ends of support (`rules/data/runtimes.toml`):
//! `supported = "runtimes"` every version is supported, `some_supported` each product has a version that is, `past_end`
//! some version is known to be past its end. A version or product that is not in the table is unknown to the first two
//! and does not count for the last; a range holds when any supported version fits.

pub use super::context::ContextField;
use super::lifecycles::LifecycleTable;
use super::model::RuleSet;
pub use super::operator::{FieldTest, Operator, Pattern};
use crate::facts::set::{FactSet, FactValue};
use crate::model::context::AuditContext;
use crate::model::date::Date;
use crate::model::outcome::{Credit, Reason, ReasonCode};

/// A condition over facts and context.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// Every condition holds.
    AllOf(Vec<Self>),
    /// Some condition holds.
    AnyOf(Vec<Self>),
    /// The condition does not hold.
    Not(Box<Self>),
    /// Always unknown: a person or a service must be asked.
    Unknown(ReasonCode),
    /// One operator over one fact.
    Fact(&'static str, Operator),
    /// One operator over the audit's context.
    Context(ContextField, Operator),
}

/// The answer of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// Does not hold; the leaf that decided.
    No(Leaf),
    /// Holds in part.
    Partly(Credit),
    /// Holds.
    Yes,
    /// Holds because there is nothing of which it could not hold; the leaf that found nothing.
    Empty(Leaf),
    /// Not known.
    Unknown(Reason),
}

/// The value that made a condition false: the reason shown when a rule does not apply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaf {
    /// Fact or context asked.
    pub fact: String,
    /// Its value, shortened.
    pub value: String,
}

/// What a condition is evaluated against.
#[derive(Debug, Clone, Copy)]
pub struct World<'w> {
    /// Lists and licence classes.
    pub rules: &'w RuleSet,
    /// Facts of the repository.
    pub facts: &'w FactSet,
    /// What the catalogue knows.
    pub context: &'w AuditContext,
    /// Day of the evaluation.
    pub today: Date,
}

impl Predicate {
    /// Evaluates the condition.
    pub fn evaluate(&self, world: &World<'_>) -> Truth {
        let answers = self.parts().iter().map(|part| part.evaluate(world));
        self.answer(answers, world)
    }

    /// The conditions that this one is made of, none for a leaf.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::AllOf(parts) | Self::AnyOf(parts) => parts,
            Self::Not(inner) => std::slice::from_ref(&**inner),
            Self::Unknown(_) | Self::Fact(..) | Self::Context(..) => &[],
        }
    }

    /// The answer, given those of the parts: the only place where answers are combined.
    pub(super) fn answer(
        &self,
        mut parts: impl Iterator<Item = Truth>,
        world: &World<'_>,
    ) -> Truth {
        match self {
            Self::AllOf(_) => all_of(parts),
            Self::AnyOf(_) => any_of(parts),
            Self::Not(inner) => match parts.next() {
                Some(Truth::Yes | Truth::Empty(_)) => Truth::No(inner.first_leaf(world)),
                Some(Truth::Partly(credit)) => {
                    Truth::Partly(Credit::permille(1000 - credit.as_permille()))
                }
                Some(unknown @ Truth::Unknown(_)) => unknown,
                Some(Truth::No(_)) | None => Truth::Yes,
            },
            Self::Unknown(code) => Truth::Unknown(Reason::new(*code)),
            Self::Fact(key, operator) => operator.of_fact(key, world),
            Self::Context(field, operator) => field.evaluate(operator, world),
        }
    }

    /// Facts that the condition looks at, in order, each once.
    pub fn facts(&self) -> Vec<&'static str> {
        let mut keys = Vec::new();
        self.collect_facts(&mut keys);
        keys
    }

    /// The table against which the condition holds the versions of a fact, when it does.
    pub(super) fn table_for<'r>(
        &self,
        key: &str,
        rules: &'r RuleSet,
    ) -> Option<&'r LifecycleTable> {
        match self {
            Self::AllOf(parts) | Self::AnyOf(parts) => {
                parts.iter().find_map(|part| part.table_for(key, rules))
            }
            Self::Not(inner) => inner.table_for(key, rules),
            Self::Fact(own, operator) if *own == key => {
                rules.lifecycles.get(operator.lifecycle_table()?)
            }
            Self::Fact(..) | Self::Unknown(_) | Self::Context(..) => None,
        }
    }

    fn collect_facts(&self, keys: &mut Vec<&'static str>) {
        match self {
            Self::AllOf(parts) | Self::AnyOf(parts) => {
                for part in parts {
                    part.collect_facts(keys);
                }
            }
            Self::Not(inner) => inner.collect_facts(keys),
            Self::Fact(key, _) => {
                if !keys.contains(key) {
                    keys.push(key);
                }
            }
            Self::Unknown(_) | Self::Context(..) => {}
        }
    }

    /// The first fact that the condition names, with its value, to explain a negation.
    fn first_leaf(&self, world: &World<'_>) -> Leaf {
        let key = self.facts().first().copied().unwrap_or_default();
        let value = world.facts.value(key).map(shown).unwrap_or_default();
        Leaf {
            fact: key.to_owned(),
            value,
        }
    }
}

impl Truth {
    /// Attaches the fact's name and value to a *no*.
    pub(super) fn named(self, key: &str, value: &FactValue) -> Self {
        let leaf = || Leaf {
            fact: key.to_owned(),
            value: shown(value),
        };
        match self {
            Self::No(_) => Self::No(leaf()),
            Self::Empty(_) => Self::Empty(leaf()),
            other => other,
        }
    }

    pub(super) fn from_flag(holds: bool) -> Self {
        if holds {
            Self::Yes
        } else {
            Self::No(Leaf::default())
        }
    }
}

/// A value as one short text.
pub(super) fn shown(value: &FactValue) -> String {
    const LONGEST: usize = 80;
    let text = match value {
        FactValue::Absent => String::new(),
        FactValue::Flag(flag) => flag.to_string(),
        FactValue::Count(count) => count.to_string(),
        FactValue::Text(text) => text.clone(),
        FactValue::Moment(moment) => moment.date().to_string(),
        FactValue::List(list) => list.join(", "),
        FactValue::Items(items) => items.len().to_string(),
    };
    text.chars().take(LONGEST).collect()
}

/// The weakest answer: no, then unknown, then partly, then yes. What has nothing to judge leaves the answer to the
/// others.
pub(super) fn all_of(answers: impl Iterator<Item = Truth>) -> Truth {
    let mut weakest: Option<Truth> = None;
    for answer in answers {
        weakest = Some(match (weakest, answer) {
            (_, no @ Truth::No(_)) => return no,
            (None | Some(Truth::Empty(_)), answer) => answer,
            (Some(weakest), Truth::Empty(_) | Truth::Yes) => weakest,
            (Some(unknown @ Truth::Unknown(_)), _) | (Some(_), unknown @ Truth::Unknown(_)) => {
                unknown
            }
            (Some(Truth::Partly(a)), Truth::Partly(b)) => Truth::Partly(a.min(b)),
            (Some(_), partly @ Truth::Partly(_)) => partly,
        });
    }
    weakest.unwrap_or(Truth::Yes)
}

/// The strongest answer: yes, then unknown, then partly, then *nothing to judge*, then no.
pub(super) fn any_of(answers: impl Iterator<Item = Truth>) -> Truth {
    let mut strongest = Truth::No(Leaf::default());
    for answer in answers {
        strongest = match (strongest, answer) {
            (_, Truth::Yes) => return Truth::Yes,
            (unknown @ Truth::Unknown(_), _) | (_, unknown @ Truth::Unknown(_)) => unknown,
            (Truth::Partly(a), Truth::Partly(b)) => Truth::Partly(a.max(b)),
            (partly @ Truth::Partly(_), _) | (_, partly @ Truth::Partly(_)) => partly,
            (empty @ Truth::Empty(_), _) | (_, empty @ Truth::Empty(_)) => empty,
            // the first leaf explains
            (Truth::No(first), Truth::No(second)) => {
                Truth::No(if first.fact.is_empty() { second } else { first })
            }
            (Truth::Yes, _) => Truth::Yes,
        };
    }
    strongest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yes() -> Truth {
        Truth::Yes
    }

    fn no() -> Truth {
        Truth::from_flag(false)
    }

    fn unknown() -> Truth {
        Truth::Unknown(Reason::new(ReasonCode::NeedsForge))
    }

    fn half() -> Truth {
        Truth::Partly(Credit::HALF)
    }

    #[test]
    fn unknown_is_neither_true_nor_false() {
        assert_eq!(any_of([unknown(), yes()].into_iter()), yes());
        assert_eq!(any_of([no(), unknown()].into_iter()), unknown());
        assert_eq!(all_of([unknown(), no()].into_iter()), no());
        assert_eq!(all_of([yes(), unknown()].into_iter()), unknown());
        assert_eq!(all_of([].into_iter()), yes());
        assert_eq!(any_of([].into_iter()), no());
    }

    #[test]
    fn partial_truth_stands_between_no_and_yes() {
        assert_eq!(all_of([yes(), half()].into_iter()), half());
        assert_eq!(any_of([no(), half()].into_iter()), half());
        assert_eq!(any_of([half(), unknown()].into_iter()), unknown());
    }

    fn empty() -> Truth {
        Truth::Empty(Leaf::default())
    }

    #[test]
    fn an_empty_set_leaves_the_answer_to_what_was_judged() {
        assert_eq!(all_of([empty(), empty()].into_iter()), empty());
        assert_eq!(all_of([empty(), yes()].into_iter()), yes());
        assert_eq!(all_of([yes(), empty()].into_iter()), yes());
        assert_eq!(all_of([empty(), no()].into_iter()), no());
        assert_eq!(all_of([half(), empty()].into_iter()), half());
        assert_eq!(all_of([empty(), unknown()].into_iter()), unknown());
        assert_eq!(any_of([no(), empty()].into_iter()), empty());
        assert_eq!(any_of([empty(), yes()].into_iter()), yes());
        assert_eq!(any_of([empty(), half()].into_iter()), half());
        assert_eq!(any_of([empty(), unknown()].into_iter()), unknown());
    }
}
