// SPDX-License-Identifier: EUPL-1.2
//! What a rule says of a repository: five outcomes, with the reason for the two that do not judge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Answer of a rule. *Unknown* is never *fail*: it leaves the score and lowers the coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", content = "reason", rename_all = "snake_case")]
pub enum Outcome {
    /// The rule holds.
    Pass,
    /// The rule holds in part.
    Partial,
    /// The rule does not hold, and this was measured.
    Fail,
    /// The rule does not concern this repository.
    NotApplicable(Reason),
    /// The rule could not be measured.
    Unknown(Reason),
}

impl Outcome {
    /// The outcome's name in data: `pass`, `partial`, `fail`, `not_applicable`, `unknown`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Partial => "partial",
            Self::Fail => "fail",
            Self::NotApplicable(_) => "not_applicable",
            Self::Unknown(_) => "unknown",
        }
    }

    /// True for pass, partial and fail.
    pub fn is_measured(&self) -> bool {
        matches!(self, Self::Pass | Self::Partial | Self::Fail)
    }
}

/// Why a rule does not apply, or why something is unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// Closed list of causes.
    pub code: ReasonCode,
    /// Values for the sentence that explains it: `fact`, `value`, `path`, `limit` …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub detail: BTreeMap<String, String>,
}

impl Reason {
    /// A reason without detail yet.
    pub fn new(code: ReasonCode) -> Self {
        Self {
            code,
            detail: BTreeMap::new(),
        }
    }

    /// The same reason with one more detail.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "literals, numbers and owned texts alike are passed"
    )]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.detail.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Causes of *not applicable* and *unknown*. Closed within a major version of the JSON export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// Not applicable: a condition of the rule is false (`fact`, `value`).
    Condition,
    /// Not applicable: there was nothing to judge (`fact`).
    EmptySet,
    /// Not applicable: the rule falls due later in the défi (`due`, `date`).
    ComingLater,
    /// Not applicable: the state of the project is historical.
    Historical,
    /// Unknown: only the forge's API can tell, and it was not asked.
    NeedsForge,
    /// Unknown: this kind of forge does not tell it (`forge`).
    NotOffered,
    /// Unknown: needs the network, and the run was offline.
    NeedsNetwork,
    /// Unknown: needs a folder of known vulnerabilities, and none was given.
    NeedsAdvisories,
    /// Unknown: only a person can decide.
    NeedsPerson,
    /// Unknown: the catalogue does not say it (`field`).
    NotDeclared,
    /// Unknown: a limit was reached before the search was complete (`limit`).
    Truncated,
    /// Unknown: the history is shallow or incomplete.
    ShallowHistory,
    /// Unknown: there is no history, the folder is not a Git repository.
    NoHistory,
    /// Unknown: the object is listed but was not fetched (`path`).
    NotFetched,
    /// Unknown: the object is damaged (`path`).
    Damaged,
    /// Unknown: the file could not be read as what it claims to be (`path`, `line`, `column`).
    Unreadable,
    /// Unknown: the structure was recognised but is not interpreted (`path`).
    NotInterpreted,
    /// Unknown: too little text, or two answers too close to call.
    Undecided,
    /// Unknown: the project is too young to be judged on this (`days`).
    TooYoung,
    /// Unknown: the request budget is exhausted.
    RateLimit,
    /// Unknown: the repository could not be reached.
    Unreachable,
    /// Unknown: the forge answered that nothing is readable there: deleted, private or moved.
    NotReadable,
    /// Unknown: the audit took too long.
    Timeout,
    /// Unknown: perenne itself failed; please report it.
    InternalError,
}

impl ReasonCode {
    /// The code as written in data, kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::EmptySet => "empty-set",
            Self::ComingLater => "coming-later",
            Self::Historical => "historical",
            Self::NeedsForge => "needs-forge",
            Self::NotOffered => "not-offered",
            Self::NeedsNetwork => "needs-network",
            Self::NeedsAdvisories => "needs-advisories",
            Self::NeedsPerson => "needs-person",
            Self::NotDeclared => "not-declared",
            Self::Truncated => "truncated",
            Self::ShallowHistory => "shallow-history",
            Self::NoHistory => "no-history",
            Self::NotFetched => "not-fetched",
            Self::Damaged => "damaged",
            Self::Unreadable => "unreadable",
            Self::NotInterpreted => "not-interpreted",
            Self::Undecided => "undecided",
            Self::TooYoung => "too-young",
            Self::RateLimit => "rate-limit",
            Self::Unreachable => "unreachable",
            Self::NotReadable => "not-readable",
            Self::Timeout => "timeout",
            Self::InternalError => "internal-error",
        }
    }
}

/// Share of a rule's weight that was earned, in thousandths: 1000 for pass, 500 for partial, 0 for fail.
///
/// Rules about ages earn any value in between, so that nothing flips at midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Credit(u16);

impl Credit {
    /// Nothing earned.
    pub const NONE: Self = Self(0);
    /// Half earned.
    pub const HALF: Self = Self(500);
    /// All earned.
    pub const FULL: Self = Self(1000);

    /// A credit of `permille` thousandths, at most 1000.
    pub fn permille(permille: u16) -> Self {
        Self(permille.min(1000))
    }

    /// Thousandths, 0 to 1000.
    pub fn as_permille(self) -> u16 {
        self.0
    }
}
