// SPDX-License-Identifier: EUPL-1.2
//! A rule's conditions with the answer of every part of them, for people who ask why.
//!
//! A trace combines answers with the very function that evaluation uses (`Predicate::answer`); it only looks at every
//! part, where evaluation stops as soon as the answer is certain.

use super::predicate::{FieldTest, Operator, Predicate, Truth, World};
use crate::facts::set::FactValue;
use crate::model::date::Date;
use crate::model::evidence::Evidence;
use crate::model::finding::Finding;
use crate::model::message::Message;
use crate::model::outcome::{Credit, Reason};

/// Elements of a list that are shown.
const SHOWN_ELEMENTS: usize = 5;

/// A rule that was evaluated, with every condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTrace {
    /// When it applies; nothing when it always does.
    pub applies: Option<Condition>,
    /// When it passes.
    pub pass: Condition,
    /// When it passes in part.
    pub partial: Option<Condition>,
    /// The finding, with every place.
    pub finding: Finding,
    /// Places of the facts that decide whether the rule applies.
    pub applicability: Vec<Evidence>,
}

/// A condition that was evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// How it is built.
    pub form: Form,
    /// Its answer.
    pub answer: Answer,
    /// Key of the fact, or `context.` and a name; nothing for what is not a leaf.
    pub subject: Option<String>,
    /// What a leaf asks.
    pub asked: Option<Asked>,
    /// What a leaf found; nothing when it is not known.
    pub found: Option<Found>,
    /// Its parts in order.
    pub parts: Vec<Self>,
}

/// How a condition is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Every part must hold.
    AllOf,
    /// One part must hold.
    AnyOf,
    /// The part must not hold.
    Not,
    /// Nothing here can answer it.
    Open,
    /// A question about one value.
    Leaf,
}

impl Form {
    /// The form's name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AllOf => "all_of",
            Self::AnyOf => "any_of",
            Self::Not => "not",
            Self::Open => "open",
            Self::Leaf => "leaf",
        }
    }
}

/// The answer of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Holds.
    Yes,
    /// Holds in part.
    Partly(Credit),
    /// Does not hold.
    No,
    /// There is nothing to judge.
    Empty,
    /// Not known.
    Unknown(Reason),
}

impl Answer {
    /// The answer's name in data.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly(_) => "partly",
            Self::No => "no",
            Self::Empty => "empty",
            Self::Unknown(_) => "unknown",
        }
    }

    fn of(truth: &Truth) -> Self {
        match truth {
            Truth::Yes => Self::Yes,
            Truth::Partly(credit) => Self::Partly(*credit),
            Truth::No(_) => Self::No,
            Truth::Empty(_) => Self::Empty,
            Truth::Unknown(reason) => Self::Unknown(reason.clone()),
        }
    }
}

/// What is asked of a value: a message, the values that it lists, and what is asked of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub message: Message,
    /// Values that it names, as they are in data.
    pub values: Vec<String>,
    /// What is asked of the fields of a record.
    pub fields: Vec<(String, Self)>,
}

/// A value that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Looked for, not there.
    Nothing,
    /// True or false.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// A day.
    Day(Date),
    /// A list: how many, and the first ones.
    List(usize, Vec<String>),
}

/// Evaluates a condition and keeps the answers of its parts.
pub(super) fn trace(condition: &Predicate, world: &World<'_>) -> (Condition, Truth) {
    let (parts, truths): (Vec<_>, Vec<_>) = condition
        .parts()
        .iter()
        .map(|part| trace(part, world))
        .unzip();
    let truth = condition.answer(truths.into_iter(), world);
    let (form, subject, operator, found) = match condition {
        Predicate::AllOf(_) => (Form::AllOf, None, None, None),
        Predicate::AnyOf(_) => (Form::AnyOf, None, None, None),
        Predicate::Not(_) => (Form::Not, None, None, None),
        Predicate::Unknown(_) => (Form::Open, None, None, None),
        Predicate::Fact(key, operator) => {
            let found = world.facts.value(key).map(found);
            (Form::Leaf, Some((*key).to_owned()), Some(operator), found)
        }
        Predicate::Context(field, operator) => {
            let name = format!("context.{}", field.as_str());
            let found = field.value(world).as_ref().map(found);
            (Form::Leaf, Some(name), Some(operator), found)
        }
    };
    let condition = Condition {
        form,
        answer: Answer::of(&truth),
        subject,
        asked: operator.map(asked),
        found,
        parts,
    };
    (condition, truth)
}

fn found(value: &FactValue) -> Found {
    match value {
        FactValue::Absent => Found::Nothing,
        FactValue::Flag(flag) => Found::Flag(*flag),
        FactValue::Count(count) => Found::Number(*count),
        FactValue::Text(text) => Found::Text(text.clone()),
        FactValue::Moment(moment) => Found::Day(moment.date()),
        FactValue::List(list) => {
            let first = list.iter().take(SHOWN_ELEMENTS).cloned().collect();
            Found::List(list.len(), first)
        }
        FactValue::Items(items) => {
            let first = items.iter().take(SHOWN_ELEMENTS).map(|item| {
                let fields: Vec<String> = item
                    .fields()
                    .map(|(name, value)| format!("{name} {value}"))
                    .collect();
                fields.join(", ")
            });
            Found::List(items.len(), first.collect())
        }
    }
}

fn asked(operator: &Operator) -> Asked {
    let of = |message: Message, values: &[String]| Asked {
        message,
        values: values.to_vec(),
        fields: Vec::new(),
    };
    let records = |code: &'static str, tests: &[FieldTest]| Asked {
        message: Message::new(code),
        values: Vec::new(),
        fields: tests
            .iter()
            .map(|test| (test.field.clone(), asked(&test.operator)))
            .collect(),
    };
    let plain = |code: &'static str| of(Message::new(code), &[]);
    let number = |code: &'static str, n: i64| of(Message::new(code).with("n", n), &[]);
    let one = |code: &'static str, value: &str| of(Message::new(code), &[value.to_owned()]);
    match operator {
        Operator::EqualsFlag(true) => plain("asked-yes"),
        Operator::EqualsFlag(false) => plain("asked-no"),
        Operator::EqualsText(text) => one("asked-equals", text),
        Operator::EqualsCount(n) => number("asked-equals-number", *n),
        Operator::OneOf(values) => of(Message::new("asked-one-of"), values),
        Operator::Present(true) => plain("asked-present"),
        Operator::Present(false) => plain("asked-absent"),
        Operator::Known(true) => plain("asked-known"),
        Operator::Known(false) => plain("asked-not-known"),
        Operator::Contains(value) => one("asked-contains", value),
        Operator::AtLeast(n) => number("asked-at-least", *n),
        Operator::AtMost(n) => number("asked-at-most", *n),
        Operator::Matches(pattern) => one("asked-matches", pattern.as_str()),
        Operator::WithinDays { full, none } if full == none => number("asked-within-days", *full),
        Operator::WithinDays { full, none } => {
            let message = Message::new("asked-within-days-falling");
            of(message.with("n", full).with("none", none), &[])
        }
        Operator::AfterContext(field) => {
            let fact = format!("context.{}", field.as_str());
            of(Message::new("asked-after-context").with("fact", fact), &[])
        }
        Operator::AnyItem(tests) => records("asked-any-item", tests),
        Operator::AllItems(tests) => records("asked-all-items", tests),
        Operator::InData(list) => of(Message::new("asked-in-data").with("list", list), &[]),
        Operator::Supported(_) => plain("asked-supported"),
        Operator::SomeSupported(_) => plain("asked-some-supported"),
        Operator::PastEnd(_) => plain("asked-past-end"),
        Operator::LicenceClass(classes, _) => of(Message::new("asked-licence-class"), classes),
        Operator::MentionsContext(field) => {
            let fact = format!("context.{}", field.as_str());
            of(
                Message::new("asked-mentions-context").with("fact", fact),
                &[],
            )
        }
    }
}
