// SPDX-License-Identifier: EUPL-1.2
//! Scorecards: what holds, what fails, and how much of it was measured.

use serde::{Deserialize, Serialize};

use crate::model::context::Milestone;
use crate::model::date::{Date, Moment};
use crate::model::evidence::Evidence;
use crate::model::finding::{Finding, Waiver};
use crate::model::ids::{CategoryId, DefiId, RepositoryId, RuleId};
use crate::model::outcome::Reason;
use crate::rules::model::Bilingual;

/// Version of the formulas, bounds and weights of axes. A change of any is a new version.
pub const SCORING_VERSION: u32 = 1;

/// Points over points measured, in tenths, 0 to 1000: printed with one decimal at most, compared exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(pub u16);

impl Score {
    /// Whole points, 0 to 100, rounded down so that 84.9 is no 85.
    pub fn points(self) -> u16 {
        self.0 / 10
    }
}

/// A share in whole percent, 0 to 100, rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub u8);

/// The letter of a scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// 85 and more.
    A,
    /// 70 and more.
    B,
    /// 55 and more.
    C,
    /// 40 and more.
    D,
    /// Less than 40.
    E,
}

impl Grade {
    /// The letter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
        }
    }
}

/// How many rules had which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Passed.
    pub pass: u32,
    /// Passed in part.
    pub partial: u32,
    /// Failed.
    pub fail: u32,
    /// Not applicable.
    pub not_applicable: u32,
    /// Unknown.
    pub unknown: u32,
    /// Waived, whatever the outcome.
    pub waived: u32,
    /// Not due yet.
    pub coming: u32,
}

/// A category's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryScore {
    /// The category.
    pub id: CategoryId,
    /// `None` when nothing was measured.
    pub score: Option<Score>,
    /// Measured weight over applicable and waived weight; `None` when no rule applies.
    pub coverage: Option<Percent>,
    /// Outcomes.
    pub counts: Counts,
}

/// An axis' result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AxisScore {
    /// The axis.
    pub id: String,
    /// `None` when nothing was measured.
    pub score: Option<Score>,
    /// Measured weight over applicable and waived weight.
    pub coverage: Option<Percent>,
    /// Outcomes.
    pub counts: Counts,
}

/// Why a card has no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoGrade {
    /// Coverage below 60 %.
    Coverage,
    /// The project is in historical state.
    Historical,
    /// Nothing was measured.
    NothingMeasured,
}

/// The state of the project behind a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ProjectState {
    /// Alive, or not known to be otherwise.
    Current,
    /// Archived, or without a human commit for 24 months.
    Historical {
        /// True when the forge says archived.
        archived: bool,
        /// Last human commit.
        last_human_commit: Option<Moment>,
    },
}

/// A repository's result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    /// What was audited.
    pub repository: RepositoryHeader,
    /// Day of the evaluation.
    pub date: Date,
    /// Version of the rules.
    pub rule_set: String,
    /// Version of the formulas.
    pub scoring: u32,
    /// State of the project.
    pub state: ProjectState,
    /// Weighted mean of the axes whose coverage is 50 % or more.
    pub score: Option<Score>,
    /// Measured weight over applicable and waived weight, over all categories.
    pub coverage: Option<Percent>,
    /// The letter.
    pub grade: Option<Grade>,
    /// Why there is no letter.
    pub no_grade: Option<NoGrade>,
    /// Law rules that failed: named first, they cap the letter at B.
    pub capped_by: Vec<RuleId>,
    /// Axes in order.
    pub axes: Vec<AxisScore>,
    /// Categories in order.
    pub categories: Vec<CategoryScore>,
    /// Outcomes over all rules.
    pub counts: Counts,
    /// Findings in the order of the rule set.
    pub findings: Vec<Finding>,
    /// Rules that are not due yet, with their day.
    pub coming: Vec<Coming>,
    /// True when the défi's dates are unknown: everything counts.
    pub dates_unknown: bool,
    /// What to do first.
    pub priorities: Vec<Priority>,
    /// Scales of others.
    pub scales: Vec<ScaleResult>,
    /// Waivers of the repository itself: shown, not counted in an audit.
    pub claimed_waivers: Vec<Waiver>,
    /// The score if they counted; only when there are claimed waivers.
    pub score_with_claimed: Option<Score>,
    /// Waivers whose last day is over: their rules count again.
    #[serde(default)]
    pub expired_waivers: Vec<Waiver>,
}

/// Identity and a few facts of what was audited, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryHeader {
    /// Stable identity.
    pub id: RepositoryId,
    /// Name.
    pub name: String,
    /// Owner, when known.
    pub owner: Option<String>,
    /// Address for people.
    pub url: Option<String>,
    /// Full hash of the audited commit.
    pub commit: Option<String>,
    /// Kind of project.
    pub kind: Option<String>,
    /// Signs from which the kind was read.
    pub kind_signs: Vec<String>,
    /// Licence of the code, SPDX.
    pub licence: Option<String>,
    /// Main programming language.
    pub language: Option<String>,
    /// Frameworks and data stores.
    pub technologies: Vec<String>,
    /// CI systems.
    pub ci: Vec<String>,
    /// Hosting platforms and recipes.
    pub hosting: Vec<String>,
    /// Oldest commit.
    pub first_commit: Option<Moment>,
    /// Newest commit.
    pub last_commit: Option<Moment>,
    /// Number of commits.
    pub commits: Option<i64>,
    /// Folders left out: copies of other projects, or excluded by configuration.
    pub excluded: Vec<String>,
    /// True when files on disk differ from the commit.
    pub uncommitted: bool,
}

/// A rule that falls due later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    /// The rule.
    pub rule: RuleId,
    /// From which milestone.
    pub due: Milestone,
    /// Day of the milestone.
    pub date: Date,
}

/// Something to do, with what it brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priority {
    /// The rule to mend.
    pub rule: RuleId,
    /// Points that the overall score gains, in tenths.
    pub gain: u16,
    /// Where the fault is.
    pub evidence: Vec<Evidence>,
    /// Repositories of the same catalogue and kind that pass the rule, at most three.
    pub good_examples: Vec<GoodExample>,
}

/// A repository of another défi that does it well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodExample {
    /// The repository.
    pub repository: RepositoryId,
    /// Its name.
    pub name: String,
    /// Where it does so.
    pub evidence: Option<Evidence>,
    /// The repository's address.
    pub url: Option<String>,
    /// Its audited commit.
    pub commit: Option<String>,
}

/// Result of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleResult {
    /// The scale.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// The result.
    #[serde(flatten)]
    pub value: ScaleValue,
    /// Criteria, levels or tests with their answers.
    pub vector: Vec<CriterionResult>,
}

/// What a scale answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ScaleValue {
    /// The degree reached and the criteria that block the next one.
    Ladder {
        /// Highest degree whose criteria all hold.
        degree: i32,
        /// Highest degree if every unknown criterion held.
        at_most: i32,
        /// Criteria of the next degree that do not hold or are unknown.
        blocked_by: Vec<String>,
    },
    /// Criteria that hold, and those that are unknown.
    Count {
        /// Prerequisites that hold.
        prerequisites: u32,
        /// Prerequisites asked.
        prerequisites_of: u32,
        /// Criteria that hold.
        yes: u32,
        /// Criteria asked.
        of: u32,
        /// Unknown answers.
        unknown: u32,
    },
    /// Postures.
    Posture {
        /// The level that the project declares.
        declared: Option<String>,
        /// The level that is observed.
        observed: Option<String>,
    },
    /// Points, from those known to those possible.
    Points {
        /// Sum over known tests.
        points: i64,
        /// Tests that are unknown.
        unknown: u32,
    },
}

/// One line of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// Identifier inside the scale.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// Degree (ladder) or points (points).
    pub value: Option<i64>,
    /// Yes, no, or why unknown.
    pub answer: Answer,
}

/// Answer to a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Holds.
    Yes,
    /// Does not hold.
    No,
    /// Not measured.
    Unknown(Reason),
}

/// What became of a repository of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum RepositoryResult {
    /// Audited.
    Audited {
        /// Its card.
        card: Box<Scorecard>,
    },
    /// Reached, and empty: nothing to judge.
    Empty {
        /// What was reached.
        source: DeclaredSource,
    },
    /// Could not be reached: says nothing about the project.
    Unreachable {
        /// What was asked for.
        source: DeclaredSource,
        /// Why.
        reason: Reason,
    },
    /// The forge answered: nothing is readable there (deleted, private, moved). An outcome, not an outage.
    NotReadable {
        /// What was asked for.
        source: DeclaredSource,
        /// What the forge said.
        reason: Reason,
    },
    /// Not a repository: an account or a site, to be expanded by a later version or with a forge.
    NotExpanded {
        /// What was declared.
        source: DeclaredSource,
    },
}

/// A source as the catalogue declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredSource {
    /// Identity.
    pub id: RepositoryId,
    /// Address, without credentials.
    pub url: String,
    /// Name to show.
    pub name: String,
    /// `repository`, `account` or `site`.
    pub kind: String,
    /// True when the address was repaired.
    pub inferred: bool,
}

/// A défi's result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DefiCard {
    /// The défi.
    pub defi: DefiHeader,
    /// Its repositories, in catalogue order.
    pub repositories: Vec<RepositoryResult>,
    /// The repository that stands for the défi.
    pub main: Option<RepositoryId>,
    /// Mean of the audited repositories' axes, weighted by nothing; `None` when none was measured.
    pub axes: Vec<AxisScore>,
    /// Mean of the audited repositories' scores.
    pub score: Option<Score>,
    /// Letter of the défi: that of its main repository's card.
    pub grade: Option<Grade>,
    /// Measured share over all repositories.
    pub coverage: Option<Percent>,
    /// Rules that fail in two repositories or more.
    pub shared_failures: Vec<SharedFailure>,
}

/// A défi as the catalogue describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefiHeader {
    /// Key in the catalogue.
    pub id: String,
    /// Title.
    pub title: String,
    /// Promotion, as displayed.
    pub promotion: Option<String>,
    /// Administration.
    pub administration: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// Website that the catalogue gives.
    pub website: Option<String>,
    /// First day.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
    /// Problems of its entry.
    pub problems: Vec<crate::model::message::Message>,
}

/// A rule that fails in several repositories of a défi.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFailure {
    /// The rule.
    pub rule: RuleId,
    /// The repositories.
    pub repositories: Vec<RepositoryId>,
}

/// A programme's result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeCard {
    /// Title of the programme.
    pub title: String,
    /// Day of the evaluation.
    pub date: Date,
    /// Version of the rules.
    pub rule_set: String,
    /// Version of the formulas.
    pub scoring: u32,
    /// Défis in the order of their titles.
    pub defis: Vec<DefiCard>,
    /// Promotions in catalogue order.
    pub promotions: Vec<String>,
    /// How many repositories have which letter, A to E, then without letter.
    pub grades: [u32; 6],
    /// Technologies with the défis that use them.
    pub technologies: Vec<TechnologyUse>,
    /// Problems of the catalogue as a whole.
    pub problems: Vec<crate::model::message::Message>,
}

/// Who uses what: so that teams find whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechnologyUse {
    /// `language`, `framework`, `ci` or `hosting`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Défis that use it, by id, in the order of their titles.
    pub defis: Vec<DefiId>,
}
