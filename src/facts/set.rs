// SPDX-License-Identifier: EUPL-1.2
//! What is known of one repository: a value with evidence, or the reason why it is not known, per key.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::key::{FACTS, FactKind, FactSpec, fact};
use crate::model::date::Moment;
use crate::model::evidence::{Evidence, Observed};
use crate::model::outcome::{Reason, ReasonCode};

/// A fact's value. [`FactValue::Absent`] is an answer: it was looked for and is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// Looked for, not there.
    Absent,
    /// True or false.
    Flag(bool),
    /// A whole number.
    Count(i64),
    /// A text.
    Text(String),
    /// An instant.
    Moment(Moment),
    /// Texts.
    List(Vec<String>),
    /// Records.
    Items(Vec<Item>),
}

/// A record of named texts, in the order in which it was filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item(Vec<(&'static str, String)>);

impl Item {
    /// A record with its first field.
    pub fn new(name: &'static str, value: impl ToString) -> Self {
        Self::default().with(name, value)
    }

    /// The same record with one more field.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "literals, numbers and owned texts alike are passed"
    )]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.push((name, value.to_string()));
        self
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The fields in order.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl From<bool> for FactValue {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<usize> for FactValue {
    fn from(value: usize) -> Self {
        Self::Count(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<i64> for FactValue {
    fn from(value: i64) -> Self {
        Self::Count(value)
    }
}

impl From<&str> for FactValue {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for FactValue {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Moment> for FactValue {
    fn from(value: Moment) -> Self {
        Self::Moment(value)
    }
}

impl From<Vec<String>> for FactValue {
    fn from(value: Vec<String>) -> Self {
        Self::List(value)
    }
}

impl From<Vec<Item>> for FactValue {
    fn from(value: Vec<Item>) -> Self {
        Self::Items(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for FactValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

impl FactValue {
    fn fits(&self, kind: FactKind) -> bool {
        matches!(
            (self, kind),
            (Self::Flag(_), FactKind::Flag)
                | (Self::Count(_), FactKind::Count)
                | (Self::Text(_) | Self::Absent, FactKind::Text)
                | (Self::Moment(_) | Self::Absent, FactKind::Moment)
                | (Self::List(_), FactKind::List)
                | (Self::Items(_), FactKind::Items)
        )
    }

    /// True for *nothing there* and for empty lists.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::List(list) => list.is_empty(),
            Self::Items(items) => items.is_empty(),
            Self::Text(text) => text.is_empty(),
            Self::Flag(_) | Self::Count(_) | Self::Moment(_) => false,
        }
    }

    /// The value as plain JSON.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Absent => Value::Null,
            Self::Flag(flag) => json!(flag),
            Self::Count(count) => json!(count),
            Self::Text(text) => json!(text),
            Self::Moment(moment) => json!(moment.to_string()),
            Self::List(list) => json!(list),
            Self::Items(items) => items
                .iter()
                .map(|item| {
                    item.fields()
                        .map(|(name, value)| (name.to_owned(), json!(value)))
                        .collect::<Map<_, _>>()
                })
                .map(Value::Object)
                .collect(),
        }
    }
}

/// The facts of one repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactSet {
    facts: BTreeMap<&'static str, Observed<FactValue>>,
}

impl FactSet {
    /// Records a value with its evidence.
    ///
    /// # Panics
    /// When the key is not registered or the value has another shape: a mistake of an extractor, met by its tests.
    pub fn set(&mut self, key: &'static str, value: impl Into<FactValue>, evidence: Vec<Evidence>) {
        let value = value.into();
        let spec = registered(key);
        assert!(
            value.fits(spec.kind),
            "{key} takes {:?}, not {value:?}",
            spec.kind
        );
        self.facts.insert(key, Observed::known(value, evidence));
    }

    /// Records that a fact could not be read.
    pub fn set_unknown(&mut self, key: &'static str, reason: Reason) {
        registered(key);
        self.facts.insert(key, Observed::Unknown(reason));
    }

    /// Records that every fact under `prefix` could not be read, where nothing is recorded yet.
    pub fn set_all_unknown(&mut self, prefix: &str, reason: &Reason) {
        for spec in FACTS.iter().filter(|spec| spec.key.starts_with(prefix)) {
            self.facts
                .entry(spec.key)
                .or_insert_with(|| Observed::Unknown(reason.clone()));
        }
    }

    /// Takes over what another set knows and this one does not.
    pub(super) fn absorb(&mut self, other: Self) {
        for (key, fact) in other.facts {
            self.facts.entry(key).or_insert(fact);
        }
    }

    /// Lets `change` edit every text of every known fact: values, excerpts and notes.
    pub(super) fn rewrite(&mut self, change: &dyn Fn(&mut String)) {
        for fact in self.facts.values_mut() {
            let Observed::Known { value, evidence } = fact else {
                continue;
            };
            match value {
                FactValue::Text(text) => change(text),
                FactValue::List(list) => list.iter_mut().for_each(change),
                FactValue::Items(items) => {
                    let fields = items.iter_mut().flat_map(|item| &mut item.0);
                    fields.for_each(|(_, text)| change(text));
                }
                _ => {}
            }
            for place in evidence {
                place.excerpt.as_mut().map(change);
                place.field.as_mut().map(change);
                let notes = place
                    .note
                    .iter_mut()
                    .flat_map(|note| note.params.values_mut());
                notes.for_each(change);
            }
        }
    }

    /// What is known of a fact; `None` when it was not computed.
    pub fn get(&self, key: &str) -> Option<&Observed<FactValue>> {
        self.facts.get(key)
    }

    /// The value of a fact, `None` when unknown or not computed.
    pub fn value(&self, key: &str) -> Option<&FactValue> {
        self.get(key)?.value()
    }

    /// A text fact's value; `None` also for *nothing there*.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.value(key)? {
            FactValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A flag's value.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            FactValue::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// A count's value.
    pub fn count(&self, key: &str) -> Option<i64> {
        match self.value(key)? {
            FactValue::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// A moment's value; `None` also for *nothing there*.
    pub fn moment(&self, key: &str) -> Option<Moment> {
        match self.value(key)? {
            FactValue::Moment(moment) => Some(*moment),
            _ => None,
        }
    }

    /// A list's values, empty when unknown.
    pub fn list(&self, key: &str) -> &[String] {
        match self.value(key) {
            Some(FactValue::List(list)) => list,
            _ => &[],
        }
    }

    /// A fact's records, empty when unknown.
    pub fn items(&self, key: &str) -> &[Item] {
        match self.value(key) {
            Some(FactValue::Items(items)) => items,
            _ => &[],
        }
    }

    /// Every fact that was computed, in key order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Observed<FactValue>)> {
        self.facts.iter().map(|(key, fact)| (*key, fact))
    }

    /// The facts as nested JSON in the order of the registry: a plain value where there is no evidence,
    /// `{"value", "evidence"}` otherwise, `{"unknown": {"code", "detail"}}` where nothing could be read.
    pub fn to_json(&self) -> Value {
        let mut root = Map::new();
        for spec in FACTS.iter() {
            let Some(observed) = self.facts.get(spec.key) else {
                continue;
            };
            let value = match observed {
                Observed::Known { value, evidence } if evidence.is_empty() => value.to_json(),
                Observed::Known { value, evidence } => {
                    json!({ "value": value.to_json(), "evidence": evidence })
                }
                Observed::Unknown(reason) => {
                    json!({ "unknown": { "code": reason.code, "detail": reason.detail } })
                }
            };
            insert_nested(&mut root, spec.key, value);
        }
        Value::Object(root)
    }
}

fn registered(key: &str) -> &'static FactSpec {
    fact(key).unwrap_or_else(|| panic!("fact key {key} is not registered"))
}

fn insert_nested(map: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            map.insert(key.to_owned(), value);
        }
        Some((head, rest)) => {
            let inner = map
                .entry(head.to_owned())
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert_nested(inner, rest, value);
            }
        }
    }
}

/// The reason for a fact that only the forge's API tells, in a run that does not ask it.
pub fn needs_forge() -> Reason {
    Reason::new(ReasonCode::NeedsForge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_nested_and_keeps_unknown_apart_from_nothing() {
        let mut facts = FactSet::default();
        facts.set(
            "licence.files",
            vec!["LICENSE".to_owned()],
            vec![Evidence::path("LICENSE")],
        );
        facts.set("licence.docs", None::<String>, Vec::new());
        facts.set_unknown("activity.commits", Reason::new(ReasonCode::NoHistory));
        let json = facts.to_json();
        assert_eq!(json["licence"]["files"]["value"][0], "LICENSE");
        assert!(json["licence"]["docs"].is_null());
        assert_eq!(json["activity"]["commits"]["unknown"]["code"], "no-history");
    }

    #[test]
    #[should_panic(expected = "takes Flag")]
    fn a_value_of_another_shape_is_a_mistake() {
        FactSet::default().set("ci.deploys", "yes", Vec::new());
    }
}
