// SPDX-License-Identifier: EUPL-1.2
//! The texts of the product in both languages, found by code and filled with parameters.
//!
//! Texts live in `reports/messages/{fr,en}.toml`. `{name}` is replaced by a parameter; a part in square brackets is
//! left out when one of its parameters is missing; `{ one = "…", other = "…" }` is chosen by the parameter `n`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::format;
use crate::model::date::Date;
use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::rules::model::Bilingual;
use crate::scoring::card::{Percent, Score};

/// The languages of the product, French first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

impl Language {
    /// Both languages, the default first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text, with or without plural.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    Plain(String),
    Plural { one: String, other: String },
}

/// All texts of one language.
#[derive(Debug)]
pub struct Messages {
    language: Language,
    texts: BTreeMap<String, Text>,
}

static FRENCH: LazyLock<Messages> = LazyLock::new(|| {
    Messages::embedded(Language::Fr, include_str!("../../reports/messages/fr.toml"))
});
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| {
    Messages::embedded(Language::En, include_str!("../../reports/messages/en.toml"))
});

impl Messages {
    /// The texts of a language, read once.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Fr => &FRENCH,
            Language::En => &ENGLISH,
        }
    }

    fn embedded(language: Language, source: &str) -> Self {
        let table: toml::Table = source
            .parse()
            .expect("invariant: a test parses the embedded texts");
        let mut texts = BTreeMap::new();
        flatten(language, "", &table, &mut texts);
        Self { language, texts }
    }

    /// The language of these texts.
    pub fn language(&self) -> Language {
        self.language
    }

    /// True when there is a text for `code`.
    pub fn has(&self, code: &str) -> bool {
        self.texts.contains_key(code)
    }

    /// The text for `code` with its placeholders filled; the code itself when there is no such text.
    pub fn text(&self, code: &str, params: &BTreeMap<String, String>) -> String {
        self.find(code, params).unwrap_or_else(|| code.to_owned())
    }

    /// The text for `code`, `None` when there is none.
    pub fn find(&self, code: &str, params: &BTreeMap<String, String>) -> Option<String> {
        let text = match self.texts.get(code)? {
            Text::Plain(text) => text,
            Text::Plural { one, other } => {
                let n = params.get("n").and_then(|n| n.parse::<i64>().ok());
                if self.is_singular(n.unwrap_or(2)) {
                    one
                } else {
                    other
                }
            }
        };
        Some(fill(text, &|name| {
            let value = params.get(name)?;
            Some(match value.parse::<i64>() {
                Ok(n) if name == "n" => format::number(self.language, n),
                _ => value.clone(),
            })
        }))
    }

    /// A text without parameters.
    pub fn plain(&self, code: &str) -> String {
        self.text(code, &BTreeMap::new())
    }

    /// A text with one parameter.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "literals, numbers and owned texts alike are passed"
    )]
    pub fn with(&self, code: &str, name: &str, value: impl ToString) -> String {
        let params = BTreeMap::from([(name.to_owned(), value.to_string())]);
        self.text(code, &params)
    }

    /// A text that counts something.
    pub fn count(&self, code: &str, n: impl TryInto<i64>) -> String {
        self.with(code, "n", n.try_into().unwrap_or(i64::MAX))
    }

    /// What a message says; its parameters come from repositories and are made visible.
    pub fn message(&self, message: &Message) -> String {
        self.text(&message.code, &self.shown(&message.params))
    }

    /// Why something is unknown or not applicable.
    pub fn reason(&self, reason: &Reason) -> String {
        let code = format!("reason.{}", reason.code.as_str());
        self.text(&code, &self.shown(&reason.detail))
    }

    /// The text of a rule, scale or axis in this language.
    pub fn of_both(&self, text: &Bilingual) -> String {
        let text = match self.language {
            Language::Fr => &text.fr,
            Language::En => &text.en,
        };
        format::typeset(self.language, text.trim())
    }

    /// The name of a fact, or its key when it has none.
    pub fn fact(&self, key: &str) -> String {
        self.find(&format!("fact.{key}"), &BTreeMap::new())
            .unwrap_or_else(|| format::visible(key))
    }

    /// A value of a closed list (`kind`, `ci` …) under `prefix`, or the value itself.
    pub fn value(&self, prefix: &str, value: &str) -> String {
        self.find(&format!("{prefix}.{value}"), &BTreeMap::new())
            .unwrap_or_else(|| format::visible(value))
    }

    /// A date in words.
    pub fn date(&self, date: Date) -> String {
        format::date(self.language, date)
    }

    /// The month of a date in words.
    fn month(&self, date: Date) -> String {
        format::month(self.language, date)
    }

    /// A score out of 100.
    pub fn score(&self, score: Score) -> String {
        format::score(self.language, score)
    }

    /// A share.
    pub fn percent(&self, percent: Percent) -> String {
        format::percent(self.language, percent)
    }

    /// An integer.
    pub fn number(&self, value: impl TryInto<i64>) -> String {
        format::number(self.language, value.try_into().unwrap_or(i64::MAX))
    }

    fn is_singular(&self, n: i64) -> bool {
        match self.language {
            Language::Fr => (-1..=1).contains(&n),
            Language::En => n == 1,
        }
    }

    /// Parameters as people read them: names of facts, milestones, dates and flags are translated.
    fn shown(&self, params: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let fact = params.get("fact").map(String::as_str);
        let shown = |(name, value): (&String, &String)| {
            let text = match name.as_str() {
                "fact" => self.fact(value),
                "value" => self.fact_value(fact, value),
                "due" => self.value("milestone", value),
                "forge" => self.value("forge", value),
                "state" => self.value("env_state", value),
                "kind" => self.value("secret_kind", value),
                "rating" => self.value("rating", value),
                "signs" => value
                    .split(", ")
                    .map(|sign| self.value("person_sign", sign))
                    .collect::<Vec<_>>()
                    .join(", "),
                "shape" => self.value("shape", value),
                "field" => self.value("field", value),
                "date" => value
                    .parse::<Date>()
                    .map_or_else(|_| format::visible(value), |date| self.date(date)),
                "month" => format!("{value}-01")
                    .parse::<Date>()
                    .map_or_else(|_| format::visible(value), |date| self.month(date)),
                "limit" | "days" | "files" | "commits" | "people" | "tags" => value
                    .parse()
                    .map_or_else(|_| format::visible(value), |n: i64| self.number(n)),
                _ => format::visible(value),
            };
            (name.clone(), text)
        };
        params.iter().map(shown).collect()
    }

    fn fact_value(&self, fact: Option<&str>, value: &str) -> String {
        match (fact, value) {
            (_, "true" | "false") => self.plain(&format!("flag.{value}")),
            (_, "") => self.plain("flag.nothing"),
            (Some(fact), _) => self.value(fact, value),
            (None, _) => format::visible(value),
        }
    }

    /// Every key with its placeholders, for comparing languages.
    #[cfg(test)]
    pub(super) fn keys(&self) -> BTreeMap<&str, std::collections::BTreeSet<String>> {
        let of = |text: &Text| match text {
            Text::Plain(text) => placeholders(text),
            Text::Plural { one, other } => {
                let mut all = placeholders(other);
                all.extend(placeholders(one));
                all
            }
        };
        self.texts
            .iter()
            .map(|(key, text)| (key.as_str(), of(text)))
            .collect()
    }
}

fn flatten(
    language: Language,
    prefix: &str,
    table: &toml::Table,
    texts: &mut BTreeMap<String, Text>,
) {
    for (key, value) in table {
        let code = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            toml::Value::String(text) => {
                texts.insert(code, Text::Plain(format::typeset(language, text)));
            }
            toml::Value::Table(inner) => match (inner.get("one"), inner.get("other")) {
                (Some(toml::Value::String(one)), Some(toml::Value::String(other))) => {
                    let one = format::typeset(language, one);
                    let other = format::typeset(language, other);
                    texts.insert(code, Text::Plural { one, other });
                }
                _ => flatten(language, &code, inner, texts),
            },
            // a test refuses any other shape
            _ => {}
        }
    }
}

/// Replaces `{name}` and drops a `[part]` one of whose values is missing; a missing value outside is an ellipsis.
fn fill(text: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(at) = rest.find(['[', '{']) {
        let is_optional = rest[at..].starts_with('[');
        let end = if is_optional {
            closing(&rest[at..])
        } else {
            rest[at..].find('}')
        };
        let Some(length) = end else {
            break;
        };
        out.push_str(&rest[..at]);
        let inner = &rest[at + 1..at + length];
        if is_optional {
            let names = placeholders(inner.split('[').next().unwrap_or_default());
            if names.iter().all(|name| value(name).is_some()) {
                out.push_str(&fill(inner, value));
            }
        } else {
            out.push_str(&value(inner).unwrap_or_else(|| "…".to_owned()));
        }
        rest = &rest[at + length + 1..];
    }
    out.push_str(rest);
    out
}

/// Where the bracket that opens `text` is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Names of the placeholders in a text.
fn placeholders(text: &str) -> std::collections::BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn placeholders_are_filled_and_optional_parts_dropped() {
        let values = params(&[("path", "a/{line}")]);
        let value = |name: &str| values.get(name).cloned();
        assert_eq!(fill("Read {path}.", &value), "Read a/{line}.");
        assert_eq!(fill("No[ in {path}, line {line}].", &value), "No.");
        assert_eq!(fill("No[ in {path}].", &value), "No in a/{line}.");
        assert_eq!(
            fill("No[ ({path}[, line {line}])].", &value),
            "No (a/{line})."
        );
        assert_eq!(fill("{other}", &value), "…");
        assert_eq!(fill("open { brace", &value), "open { brace");
    }

    #[test]
    fn nought_is_singular_in_french_alone() {
        let french = Messages::of(Language::Fr);
        let english = Messages::of(Language::En);
        assert_eq!(french.count("count.rules", 0), "0 règle");
        assert_eq!(french.count("count.rules", 1), "1 règle");
        assert_eq!(french.count("count.rules", 2), "2 règles");
        assert_eq!(english.count("count.rules", 0), "0 rules");
        assert_eq!(english.count("count.rules", 1), "1 rule");
    }

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let french = Messages::of(Language::Fr).keys();
        let english = Messages::of(Language::En).keys();
        for (key, names) in &french {
            assert_eq!(Some(names), english.get(key), "{key}");
        }
        for key in english.keys() {
            assert!(french.contains_key(key), "missing in French: {key}");
        }
    }

    #[test]
    fn reasons_name_facts_in_words() {
        use crate::model::outcome::ReasonCode;
        let reason = Reason::new(ReasonCode::Condition)
            .with("fact", "repository.is_fork")
            .with("value", "true");
        let text = Messages::of(Language::En).reason(&reason);
        assert!(text.contains("fork") && text.contains("yes"), "{text}");
        let bare = Messages::of(Language::Fr).reason(&Reason::new(ReasonCode::NeedsForge));
        assert!(!bare.contains('…'), "{bare}");
    }
}
