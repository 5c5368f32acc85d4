// SPDX-License-Identifier: EUPL-1.2
//! One rule's answer for one repository.

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::evidence::Evidence;
use super::ids::{Fingerprint, RuleId};
use super::outcome::{Credit, Outcome};

/// Outcome of a rule with what supports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// Its outcome; a waiver never changes it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Share of the weight earned; `None` when not measured.
    pub credit: Option<Credit>,
    /// Places that support the outcome, the deciding ones first.
    pub evidence: Vec<Place>,
    /// The waiver in force, if any: the finding is shown and leaves the score.
    pub waiver: Option<Waiver>,
}

/// An evidence with its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Identity of the place: rule, path and content, never a line number.
    pub fingerprint: Fingerprint,
    /// The place itself.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// A written, dated exception to a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule that is waived.
    pub rule: RuleId,
    /// Why.
    pub reason: String,
    /// Who decided: a role or a team is enough.
    pub author: String,
    /// Last day on which it holds.
    pub expires: Date,
    /// Who wrote it.
    pub origin: WaiverOrigin,
}

impl Waiver {
    /// True when the waiver no longer holds on `today`.
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires < today
    }
}

/// Where a waiver was written: only the catalogue's change a score in an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverOrigin {
    /// `perenne.toml` of the programme.
    Catalogue,
    /// `.perenne.toml` of the repository itself.
    Repository,
}
