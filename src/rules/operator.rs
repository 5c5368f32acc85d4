// SPDX-License-Identifier: EUPL-1.2
//! What a leaf asks of one value.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::context::ContextField;
use super::lifecycles::{LifecycleTable, Support};
use super::predicate::{Leaf, Truth, World, all_of, any_of};
use crate::facts::set::{FactValue, Item};
use crate::model::date::{Date, days_between};
use crate::model::evidence::Observed;
use crate::model::outcome::{Credit, Reason, ReasonCode};
use crate::model::text::fold_plain;

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
    /// The value could be read, or could not: the one operator that turns *unknown* into an answer.
    Known(bool),
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
    /// A date comes after the context's; a month does when it ends after it, or with it.
    AfterContext(ContextField),
    /// Some record satisfies every test.
    AnyItem(Vec<FieldTest>),
    /// Every record satisfies every test.
    AllItems(Vec<FieldTest>),
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

/// What is asked of one field of a record; a field that is not there fails.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldTest {
    /// The field.
    pub field: String,
    /// What is asked.
    pub operator: Operator,
}

/// Largest compiled pattern, in bytes.
const PATTERN_SIZE: usize = 1 << 20;

/// A pattern of a rule, compared by its text and compiled when it is first asked: starting must not wait for it.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern of somebody's rules, compiled to see that it can be.
    ///
    /// # Errors
    /// What the compiler says of it.
    pub fn checked(text: &str) -> Result<Self, regex::Error> {
        let pattern = Self::embedded(text);
        pattern.compiled.set(compile(text)?).unwrap_or_default();
        Ok(pattern)
    }

    /// A pattern of the embedded rules: a test compiles them all.
    pub fn embedded(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            compiled: OnceLock::new(),
        }
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn is_match(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| {
                compile(&self.text).expect("invariant: patterns were compiled by a check or a test")
            })
            .is_match(text)
    }
}

fn compile(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(PATTERN_SIZE).build()
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Operator {
    /// The answer for a fact.
    pub(super) fn of_fact(&self, key: &'static str, world: &World<'_>) -> Truth {
        match (world.facts.get(key), self) {
            (Some(Observed::Known { value, .. }), Self::Known(wanted)) => {
                Truth::from_flag(*wanted).named(key, value)
            }
            (_, Self::Known(wanted)) => Truth::from_flag(!*wanted).named(key, &FactValue::Absent),
            (Some(Observed::Known { value, .. }), _) => {
                self.evaluate(value, world).named(key, value)
            }
            (Some(Observed::Unknown(reason)), _) => {
                Truth::Unknown(reason.clone().with("fact", key))
            }
            (None, _) => Truth::Unknown(Reason::new(ReasonCode::InternalError).with("fact", key)),
        }
    }

    /// The table of ends of support that the operator asks.
    pub(super) fn lifecycle_table(&self) -> Option<&str> {
        match self {
            Self::Supported(table) | Self::SomeSupported(table) | Self::PastEnd(table) => {
                Some(table)
            }
            _ => None,
        }
    }

    /// Versions against a table of ends of support.
    fn of_versions(&self, table: &LifecycleTable, items: &[Item], world: &World<'_>) -> Truth {
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

    pub(super) fn evaluate(&self, value: &FactValue, world: &World<'_>) -> Truth {
        let flag = Truth::from_flag;
        match (self, value) {
            (Self::Present(wanted), value) => flag(value.is_empty() != *wanted),
            (Self::Known(wanted), _) => flag(*wanted),
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
            (Self::AfterContext(field), FactValue::Moment(moment)) => {
                field.is_before(moment.date(), world)
            }
            (Self::AnyItem(tests), FactValue::Items(items)) => {
                any_of(items.iter().map(|item| of_item(tests, item, world)))
            }
            (Self::AllItems(_), FactValue::Items(items)) if items.is_empty() => {
                Truth::Empty(Leaf::default())
            }
            (Self::AllItems(tests), FactValue::Items(items)) => {
                all_of(items.iter().map(|item| of_item(tests, item, world)))
            }
            (
                Self::Supported(table) | Self::SomeSupported(table) | Self::PastEnd(table),
                FactValue::Items(items),
            ) => match world.rules.lifecycles.get(table) {
                Some(table) => self.of_versions(table, items, world),
                None => Truth::Unknown(Reason::new(ReasonCode::InternalError)),
            },
            (operator, FactValue::Text(text)) => operator.of_text(text, world),
            (operator, FactValue::List(list)) => {
                any_of(list.iter().map(|text| operator.of_text(text, world)))
            }
            _ => flag(false),
        }
    }

    fn of_text(&self, text: &str, world: &World<'_>) -> Truth {
        let flag = Truth::from_flag;
        match self {
            Self::EqualsText(wanted) => flag(text == wanted),
            Self::EqualsFlag(wanted) => flag(text == if *wanted { "true" } else { "false" }),
            Self::EqualsCount(wanted) => flag(text.parse() == Ok(*wanted)),
            Self::OneOf(wanted) => flag(wanted.iter().any(|one| one == text)),
            Self::Present(wanted) => flag(text.is_empty() != *wanted),
            Self::Known(wanted) => flag(*wanted),
            Self::Contains(wanted) => flag(text.contains(wanted.as_str())),
            Self::Matches(pattern) => flag(pattern.is_match(text)),
            Self::AtLeast(bound) => flag(text.parse().is_ok_and(|n: i64| n >= *bound)),
            Self::AtMost(bound) => flag(text.parse().is_ok_and(|n: i64| n <= *bound)),
            Self::AfterContext(field) => match (text.parse(), month(text)) {
                (Ok(date), _) => field.is_before(date, world),
                (Err(_no_date), Some(last)) => field.is_not_after(last, world),
                (Err(_no_date), None) => flag(false),
            },
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

/// Whether one record satisfies every test.
fn of_item(tests: &[FieldTest], item: &Item, world: &World<'_>) -> Truth {
    all_of(tests.iter().map(|test| {
        item.get(&test.field).map_or_else(
            || Truth::from_flag(false),
            |text| test.operator.of_text(text, world),
        )
    }))
}

/// The last day of a month written as `2026-05`: whoever came in the month of an end may have come after it.
fn month(text: &str) -> Option<Date> {
    let first: Date = format!("{text}-01").parse().ok()?;
    Some(first.last_of_month())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_lose_credit_day_by_day() {
        let no = || Truth::from_flag(false);
        assert_eq!(within(180, 360, -3), Truth::Yes);
        assert_eq!(within(180, 360, 180), Truth::Yes);
        assert_eq!(within(180, 360, 270), Truth::Partly(Credit::HALF));
        assert_eq!(within(180, 360, 360), no());
    }

    #[test]
    fn a_pattern_is_compiled_when_it_is_asked_and_checked_when_it_is_somebody_elses() {
        let pattern = Pattern::embedded("^a+$");
        assert!(pattern.compiled.get().is_none());
        assert!(pattern.is_match("aaa") && !pattern.is_match("b"));
        assert!(pattern.compiled.get().is_some());
        assert!(Pattern::checked("(").is_err());
        assert_eq!(Pattern::checked("a").unwrap(), Pattern::embedded("a"));
    }
}
