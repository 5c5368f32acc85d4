// SPDX-License-Identifier: EUPL-1.2
//! The closed set of conditions, evaluated in three-valued logic with partial truth for ages.
//!
//! `any_of(true, unknown)` is true, `all_of(false, unknown)` is false, otherwise unknown stays unknown.
//!
//! Facts know no date of audit. Two operators bring it in: `within_days` for moments, and `supported` with its kin
//! for records of `product`, `version` and `is_range`, against a table of ends of support (`rules/data/runtimes.toml`):
//! `supported = "runtimes"` every version is supported, `some_supported` each product has a version that is, `past_end`
//! some version is known to be past its end. A version or product that is not in the table is unknown to the first two
//! and does not count for the last; a range holds when any supported version fits.

use regex::Regex;

use super::lifecycles::{LifecycleTable, Support};
use super::model::RuleSet;
use crate::facts::set::{FactSet, FactValue, Item};
use crate::model::context::AuditContext;
use crate::model::date::{Date, days_between};
use crate::model::evidence::Observed;
use crate::model::outcome::{Credit, Reason, ReasonCode};
use crate::model::text::fold_plain;

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

/// What a context condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextField {
    /// The défi.
    Defi,
    /// The administration.
    Administration,
    /// The promotion.
    Promotion,
    /// Whether the défi runs on the day of the audit.
    IsRunning,
    /// Whether the owner is on the public-sector list.
    OwnerIsPublicSector,
}

/// What is asked of one value.
#[derive(Debug, Clone, PartialEq)]
pub enum Operator {
    /// Equal to a flag.
    EqualsFlag(bool),
    /// Equal to a text.
    EqualsText(String),
    /// Equal to a number.
    EqualsCount(i64),
    /// One of several texts.
    OneOf(Vec<String>),
    /// Something is there, or nothing.
    Present(bool),
    /// A list has this element.
    Contains(String),
    /// A number, or the length of a list, is at least this.
    AtLeast(i64),
    /// A number, or the length of a list, is at most this.
    AtMost(i64),
    /// A text, or some element of a list, matches.
    Matches(Pattern),
    /// Not older than `full` days; credit falls to nothing at `none` days.
    WithinDays {
        /// Days up to which it holds whole.
        full: i64,
        /// Days from which it does not hold.
        none: i64,
    },
    /// Some record has a field of which the operator holds.
    AnyItem(String, Box<Self>),
    /// Every record has a field of which the operator holds.
    AllItems(String, Box<Self>),
    /// The text is in a value list.
    InData(String),
    /// The licence expression is of one of these classes, for what the fact with this key is about.
    LicenceClass(Vec<String>, String),
    /// The text holds the context's text.
    MentionsContext(ContextField),
    /// Every record's version is supported on the day of the audit, by the table with this name.
    Supported(String),
    /// Each product of the records has a version that is supported.
    SomeSupported(String),
    /// Some record's version is past its end of support; what is not in the table is not.
    PastEnd(String),
}

/// A compiled pattern, compared by its text.
#[derive(Debug, Clone)]
pub struct Pattern(pub Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
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
    /// Not known.
    Unknown(Reason),
}

/// The value that made a condition false: the reason shown when a rule does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        match self {
            Self::AllOf(parts) => all_of(parts.iter().map(|part| part.evaluate(world))),
            Self::AnyOf(parts) => any_of(parts.iter().map(|part| part.evaluate(world))),
            Self::Not(inner) => match inner.evaluate(world) {
                Truth::Yes => Truth::No(inner.first_leaf(world)),
                Truth::No(_) => Truth::Yes,
                Truth::Partly(credit) => {
                    Truth::Partly(Credit::permille(1000 - credit.as_permille()))
                }
                unknown @ Truth::Unknown(_) => unknown,
            },
            Self::Unknown(code) => Truth::Unknown(Reason::new(*code)),
            Self::Fact(key, operator) => match world.facts.get(key) {
                Some(Observed::Known { value, .. }) => {
                    operator.evaluate(value, world).named(key, value)
                }
                Some(Observed::Unknown(reason)) => Truth::Unknown(reason.clone().with("fact", key)),
                None => Truth::Unknown(Reason::new(ReasonCode::InternalError).with("fact", key)),
            },
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
            Self::Fact(
                own,
                Operator::Supported(table)
                | Operator::SomeSupported(table)
                | Operator::PastEnd(table),
            ) if *own == key => rules.lifecycles.get(table),
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
    fn named(self, key: &str, value: &FactValue) -> Self {
        match self {
            Self::No(_) => Self::No(Leaf {
                fact: key.to_owned(),
                value: shown(value),
            }),
            other => other,
        }
    }

    fn from_flag(holds: bool) -> Self {
        if holds {
            Self::Yes
        } else {
            Self::No(Leaf {
                fact: String::new(),
                value: String::new(),
            })
        }
    }
}

/// A value as one short text.
fn shown(value: &FactValue) -> String {
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

/// The weakest answer: no, then unknown, then partly, then yes.
fn all_of(answers: impl Iterator<Item = Truth>) -> Truth {
    let mut weakest = Truth::Yes;
    for answer in answers {
        weakest = match (weakest, answer) {
            (no @ Truth::No(_), _) | (_, no @ Truth::No(_)) => return no,
            (unknown @ Truth::Unknown(_), _) | (_, unknown @ Truth::Unknown(_)) => unknown,
            (Truth::Partly(a), Truth::Partly(b)) => Truth::Partly(a.min(b)),
            (partly @ Truth::Partly(_), Truth::Yes) | (Truth::Yes, partly @ Truth::Partly(_)) => {
                partly
            }
            (Truth::Yes, Truth::Yes) => Truth::Yes,
        };
    }
    weakest
}

/// The strongest answer: yes, then unknown, then partly, then no.
fn any_of(answers: impl Iterator<Item = Truth>) -> Truth {
    let mut strongest = Truth::from_flag(false);
    for answer in answers {
        strongest = match (strongest, answer) {
            (Truth::Yes, _) | (_, Truth::Yes) => return Truth::Yes,
            (unknown @ Truth::Unknown(_), _) | (_, unknown @ Truth::Unknown(_)) => unknown,
            (Truth::Partly(a), Truth::Partly(b)) => Truth::Partly(a.max(b)),
            (partly @ Truth::Partly(_), Truth::No(_))
            | (Truth::No(_), partly @ Truth::Partly(_)) => partly,
            // the first leaf explains
            (Truth::No(first), Truth::No(second)) => {
                Truth::No(if first.fact.is_empty() { second } else { first })
            }
        };
    }
    strongest
}

impl Operator {
    fn evaluate(&self, value: &FactValue, world: &World<'_>) -> Truth {
        let flag = Truth::from_flag;
        match (self, value) {
            (Self::Present(wanted), value) => flag(value.is_empty() != *wanted),
            (Self::EqualsFlag(wanted), FactValue::Flag(actual)) => flag(wanted == actual),
            (Self::EqualsCount(wanted), FactValue::Count(actual)) => flag(wanted == actual),
            (Self::AtLeast(bound), value) => flag(size(value) >= *bound),
            (Self::AtMost(bound), value) => flag(size(value) <= *bound),
            (Self::Contains(wanted), FactValue::List(list)) => flag(list.contains(wanted)),
            (Self::WithinDays { full, none }, FactValue::Moment(moment)) => within(
                *full,
                *none,
                days_between(moment.date(), world.today).into(),
            ),
            (Self::AnyItem(field, operator), FactValue::Items(items)) => any_of(
                items
                    .iter()
                    .map(|item| operator.of_field(item, field, world)),
            ),
            (Self::AllItems(field, operator), FactValue::Items(items)) => all_of(
                items
                    .iter()
                    .map(|item| operator.of_field(item, field, world)),
            ),
            (
                Self::Supported(table) | Self::SomeSupported(table) | Self::PastEnd(table),
                FactValue::Items(items),
            ) => self.of_versions(table, items, world),
            (operator, FactValue::Text(text)) => operator.of_text(text, world),
            (operator, FactValue::List(list)) => {
                any_of(list.iter().map(|text| operator.of_text(text, world)))
            }
            _ => flag(false),
        }
    }

    /// Versions against a table of ends of support.
    fn of_versions(&self, table: &str, items: &[Item], world: &World<'_>) -> Truth {
        let Some(table) = world.rules.lifecycles.get(table) else {
            return Truth::Unknown(Reason::new(ReasonCode::InternalError));
        };
        let truth = |item: &Item| match table.judge(item, world.today) {
            Support::Supported(_) => Truth::Yes,
            Support::Ended(_) => Truth::from_flag(false),
            Support::Unknown => Truth::Unknown(Reason::new(ReasonCode::Undecided)),
        };
        match self {
            Self::PastEnd(_) => {
                let mut each = items.iter().map(truth);
                Truth::from_flag(each.any(|one| matches!(one, Truth::No(_))))
            }
            Self::SomeSupported(_) => {
                let mut products: Vec<_> = items.iter().map(|item| item.get("product")).collect();
                products.sort_unstable();
                products.dedup();
                all_of(products.into_iter().map(|product| {
                    let own = || items.iter().filter(|item| item.get("product") == product);
                    let is_exact = |item: &&Item| item.get("is_range") != Some("true");
                    // a wide range does not make up for the version that is really used
                    if own().any(|item| is_exact(&item)) {
                        any_of(own().filter(is_exact).map(truth))
                    } else {
                        any_of(own().map(truth))
                    }
                }))
            }
            _ => all_of(items.iter().map(truth)),
        }
    }

    fn of_field(&self, item: &Item, field: &str, world: &World<'_>) -> Truth {
        item.get(field)
            .map_or_else(|| Truth::from_flag(false), |text| self.of_text(text, world))
    }

    fn of_text(&self, text: &str, world: &World<'_>) -> Truth {
        let flag = Truth::from_flag;
        match self {
            Self::EqualsText(wanted) => flag(text == wanted),
            Self::EqualsFlag(wanted) => flag(text == if *wanted { "true" } else { "false" }),
            Self::EqualsCount(wanted) => flag(text.parse() == Ok(*wanted)),
            Self::OneOf(wanted) => flag(wanted.iter().any(|one| one == text)),
            Self::Present(wanted) => flag(text.is_empty() != *wanted),
            Self::Contains(wanted) => flag(text.contains(wanted.as_str())),
            Self::Matches(pattern) => flag(pattern.0.is_match(text)),
            Self::AtLeast(bound) => flag(text.parse().is_ok_and(|n: i64| n >= *bound)),
            Self::AtMost(bound) => flag(text.parse().is_ok_and(|n: i64| n <= *bound)),
            Self::InData(list) => {
                let folded = fold_plain(text);
                let values = world.rules.lists.get(list).map(|list| &list.values);
                flag(values.is_some_and(|values| values.iter().any(|v| fold_plain(v) == folded)))
            }
            Self::LicenceClass(wanted, key) => {
                let class = world.rules.licences.class_of(text, key);
                flag(wanted.iter().any(|one| one == class))
            }
            Self::MentionsContext(field) => match field.text(world.context) {
                Some(needle) => flag(fold_plain(text).contains(&fold_plain(needle))),
                None => Truth::Unknown(field.not_declared()),
            },
            Self::WithinDays { .. }
            | Self::AnyItem(..)
            | Self::AllItems(..)
            | Self::Supported(_)
            | Self::SomeSupported(_)
            | Self::PastEnd(_) => flag(false),
        }
    }
}

/// A number itself, the length of a list, 1 or 0 for the rest.
fn size(value: &FactValue) -> i64 {
    let length = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match value {
        FactValue::Count(count) => *count,
        FactValue::List(list) => length(list.len()),
        FactValue::Items(items) => length(items.len()),
        FactValue::Flag(flag) => i64::from(*flag),
        FactValue::Text(_) | FactValue::Moment(_) => 1,
        FactValue::Absent => 0,
    }
}

/// Whole credit up to `full` days, none from `none` days, linear between. A date in the future counts as today.
fn within(full: i64, none: i64, age: i64) -> Truth {
    if age <= full {
        return Truth::Yes;
    }
    if age >= none {
        return Truth::from_flag(false);
    }
    let permille = (none - age) * 1000 / (none - full);
    Truth::Partly(Credit::permille(u16::try_from(permille).unwrap_or(0)))
}

impl ContextField {
    /// The field by its name in rule files.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "defi" => Self::Defi,
            "administration" => Self::Administration,
            "promotion" => Self::Promotion,
            "is_running" => Self::IsRunning,
            "owner_is_public_sector" => Self::OwnerIsPublicSector,
            _ => return None,
        })
    }

    /// The field's name in rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Defi => "defi",
            Self::Administration => "administration",
            Self::Promotion => "promotion",
            Self::IsRunning => "is_running",
            Self::OwnerIsPublicSector => "owner_is_public_sector",
        }
    }

    fn text(self, context: &AuditContext) -> Option<&str> {
        match self {
            Self::Defi => context
                .defi
                .as_ref()
                .map(super::super::model::ids::DefiId::as_str),
            Self::Administration => context.administration.as_deref(),
            Self::Promotion => context.promotion.as_deref(),
            Self::IsRunning | Self::OwnerIsPublicSector => None,
        }
    }

    fn not_declared(self) -> Reason {
        Reason::new(ReasonCode::NotDeclared).with("field", self.as_str())
    }

    fn evaluate(self, operator: &Operator, world: &World<'_>) -> Truth {
        let value = match self {
            Self::IsRunning => world.context.is_running(world.today).map(FactValue::Flag),
            Self::OwnerIsPublicSector => world.context.owner_is_public_sector.map(FactValue::Flag),
            _ => self
                .text(world.context)
                .map(|text| FactValue::Text(text.to_owned())),
        };
        match (value, operator) {
            (Some(value), operator) => operator
                .evaluate(&value, world)
                .named(&format!("context.{}", self.as_str()), &value),
            (None, Operator::Present(_)) => operator
                .evaluate(&FactValue::Absent, world)
                .named(&format!("context.{}", self.as_str()), &FactValue::Absent),
            (None, _) => Truth::Unknown(self.not_declared()),
        }
    }
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

    #[test]
    fn ages_lose_credit_day_by_day() {
        assert_eq!(within(180, 360, -3), yes());
        assert_eq!(within(180, 360, 180), yes());
        assert_eq!(within(180, 360, 270), half());
        assert_eq!(within(180, 360, 360), no());
    }
}
