// SPDX-License-Identifier: EUPL-1.2
//! Rules as read from their files: what one says, never how it is computed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::licences::LicenceTable;
use super::lifecycles::LifecycleTable;
use super::predicate::Predicate;
use crate::model::context::Milestone;
use crate::model::ids::{CategoryId, RuleId};

/// A text in both languages of the product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// How binding a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A statute or decree says so.
    Law,
    /// The programme says so.
    Programme,
    /// A guide of the State recommends it.
    Recommended,
    /// Good practice.
    Bonus,
}

/// Who may see a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everybody.
    Public,
    /// The team alone: secrets, environment files, personal data, vulnerable dependencies.
    Team,
}

/// Whether a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Shown, never counted.
    Experimental,
    /// Counted.
    Stable,
    /// Shown, never counted, about to go.
    Deprecated,
}

/// How long mending takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// Document.
    pub document: String,
    /// Section of the document.
    #[serde(default)]
    pub section: Option<String>,
    /// Address.
    pub url: String,
    /// A standard, or practice of peers.
    pub kind: SourceKind,
}

/// Strength of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A standard says it.
    Std,
    /// Practice; a peer does the same.
    Practice,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Stem of its file.
    pub id: RuleId,
    /// Folder of its file.
    pub category: CategoryId,
    /// First version that has it.
    pub since: String,
    /// Whether it counts.
    pub status: Status,
    /// How binding it is.
    pub severity: Severity,
    /// Who may see its findings.
    pub audience: Audience,
    /// Milestone from which it counts.
    pub due: Milestone,
    /// How long mending takes.
    pub effort: Effort,
    /// Points inside its category.
    pub weight: u32,
    /// True when it does not count for a project in historical state.
    pub skip_when_historical: bool,
    /// Thresholds by name.
    pub params: BTreeMap<String, i64>,
    /// Facts whose evidence is shown.
    pub evidence: Vec<&'static str>,
    /// When it applies; always when `None`.
    pub applies_when: Option<Predicate>,
    /// When it passes.
    pub pass_when: Predicate,
    /// When it passes in part.
    pub partial_when: Option<Predicate>,
    /// Title.
    pub title: Bilingual,
    /// How to mend.
    pub remedy: Bilingual,
    /// Where it comes from.
    pub sources: Vec<RuleSource>,
    /// Its page.
    pub page: Page,
    /// A file that would mend it.
    pub template: Option<String>,
}

/// A rule's page, Markdown, per language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// A direction in which a project becomes lasting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Identifier.
    pub id: String,
    /// Place among the axes.
    pub order: u32,
    /// Weight in the overall score.
    pub weight: u32,
    /// Title.
    pub title: Bilingual,
    /// The question that the axis answers.
    pub question: Bilingual,
}

/// A group of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Identifier: the folder's name.
    pub id: CategoryId,
    /// Place among the categories.
    pub order: u32,
    /// The axis that it belongs to.
    pub axis: String,
    /// Weight in its axis.
    pub weight: u32,
    /// True when its rules do not apply to a fork without a commit of its own: the parent answers for them.
    #[serde(default)]
    pub skip_technical_forks: bool,
    /// Title.
    pub title: Bilingual,
}

/// A list of values with its source and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueList {
    /// Day of the last review, ISO 8601.
    pub reviewed: String,
    /// Where the values come from.
    pub source: String,
    /// The values.
    pub values: Vec<String>,
}

/// Everything that judges: rules, categories, axes, scales and dated tables.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    /// Rules, by category order, then by descending weight, then by id.
    pub rules: Vec<Rule>,
    /// Axes in order.
    pub axes: Vec<Axis>,
    /// Categories in order.
    pub categories: Vec<Category>,
    /// Scales in the order of their ids.
    pub scales: Vec<Scale>,
    /// Value lists by name.
    pub lists: BTreeMap<String, ValueList>,
    /// The licences that administrations may use, and the classes of all others.
    pub licences: LicenceTable,
    /// Ends of support of products, by the name of the table.
    pub lifecycles: BTreeMap<String, LifecycleTable>,
    /// Twelve hexadecimal digits over the files: two sets with the same version judge alike.
    pub version: String,
}

impl RuleSet {
    /// The rule with this id.
    pub fn rule(&self, id: &RuleId) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == *id)
    }

    /// The category with this id.
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == *id)
    }
}

/// A scale of somebody else's, kept as data; it never enters the grade.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Stem of its file.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// Where it comes from.
    pub sources: Vec<RuleSource>,
    /// Day of the last review.
    pub reviewed: String,
    /// When it applies; always when `None`.
    pub applies_when: Option<Predicate>,
    /// What it holds.
    pub kind: ScaleKind,
}

/// The shapes of scales.
#[derive(Debug, Clone, PartialEq)]
pub enum ScaleKind {
    /// Degree n holds when every criterion up to n holds; -1 when degree 0 fails.
    Ladder(Vec<Criterion>),
    /// So many criteria hold, after prerequisites.
    Count(Vec<Criterion>),
    /// One of several postures, declared and observed.
    Posture(Vec<Level>),
    /// A sum of points.
    Points(Vec<Test>),
}

/// A yes-or-no question of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Identifier inside the scale.
    pub id: String,
    /// Degree that it belongs to (ladder).
    pub degree: i32,
    /// True for a prerequisite (count).
    pub is_prerequisite: bool,
    /// Title.
    pub title: Bilingual,
    /// Yes.
    pub yes_when: Predicate,
    /// No; without it, no is the contrary of yes.
    pub no_when: Option<Predicate>,
}

/// A posture.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Identifier inside the scale.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// The project says so.
    pub declared_when: Option<Predicate>,
    /// The project does so.
    pub observed_when: Option<Predicate>,
}

/// A condition that is worth points, possibly negative.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Identifier inside the scale.
    pub id: String,
    /// Points when the condition holds.
    pub points: i64,
    /// Title.
    pub title: Bilingual,
    /// The condition.
    pub when: Predicate,
}
