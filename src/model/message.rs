// SPDX-License-Identifier: EUPL-1.2
//! What is said to a person, before it has a language: a code and its parameters.
//!
//! The texts live in `reports/messages/{fr,en}.toml`; a test compares the codes used here with those files.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A message without language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Message {
    /// Key in the message files, kebab case.
    pub code: Cow<'static, str>,
    /// Values for the placeholders of the text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl Message {
    /// A message without parameters yet.
    pub fn new(code: &'static str) -> Self {
        Self {
            code: Cow::Borrowed(code),
            params: BTreeMap::new(),
        }
    }

    /// The same message with one more parameter.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "literals, numbers and owned texts alike are passed"
    )]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}
