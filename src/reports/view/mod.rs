// SPDX-License-Identifier: EUPL-1.2
//! What templates may see: flat, sorted, translated and formatted. Team findings are refused in public views.

pub mod chart;
pub mod defi;
pub mod explain;
pub mod finding;
pub mod index;
pub mod links;
pub mod programme;
pub mod repository;
pub mod rule;
pub mod scale;

use std::collections::BTreeMap;

use serde::Serialize;

use self::links::SiteMap;
use super::messages::Messages;
use crate::model::ids::RuleId;
use crate::rules::model::{Audience, Rule, RuleSet, Status};
use crate::scoring::card::{Counts, Grade, NoGrade, Percent, Score};

/// Through what cards are looked at: rules, a language, an audience, and the site's addresses if there is one.
#[derive(Debug)]
pub struct Lens<'l> {
    /// The rules.
    pub rules: &'l RuleSet,
    /// The texts of one language.
    pub messages: &'l Messages,
    audience: Audience,
    by_id: BTreeMap<&'l str, &'l Rule>,
    site: Option<&'l SiteMap>,
    contest_url: Option<&'l str>,
}

impl<'l> Lens<'l> {
    /// A view of `rules` in the language of `messages`, for `audience`.
    pub fn new(rules: &'l RuleSet, messages: &'l Messages, audience: Audience) -> Self {
        let by_id = rules
            .rules
            .iter()
            .map(|rule| (rule.id.as_str(), rule))
            .collect();
        Self {
            rules,
            messages,
            audience,
            by_id,
            site: None,
            contest_url: None,
        }
    }

    /// The same view inside a site, whose pages can be linked.
    #[must_use]
    pub fn within(mut self, site: &'l SiteMap) -> Self {
        self.site = Some(site);
        self
    }

    /// The same view with an address at which findings are contested.
    #[must_use]
    pub fn contested_at(mut self, url: Option<&'l str>) -> Self {
        self.contest_url = url;
        self
    }

    /// The rule, when this audience may see it. A rule that is not in the set is for the team alone: nothing says
    /// that it is public.
    pub fn rule(&self, id: &RuleId) -> Option<&'l Rule> {
        let rule = *self.by_id.get(id.as_str())?;
        (self.audience == Audience::Team || rule.audience == Audience::Public).then_some(rule)
    }

    /// True when this audience may know anything of the rule.
    pub fn shows(&self, id: &RuleId) -> bool {
        match self.audience {
            Audience::Team => true,
            Audience::Public => self.rule(id).is_some(),
        }
    }

    /// Who looks.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Rules that this audience may see, in the order of the set.
    pub fn visible_rules(&self) -> impl Iterator<Item = &'l Rule> {
        self.rules
            .rules
            .iter()
            .filter(|rule| self.audience == Audience::Team || rule.audience == Audience::Public)
    }

    /// The site, when there is one.
    pub fn site(&self) -> Option<&'l SiteMap> {
        self.site
    }

    pub(super) fn labelled(&self, prefix: &str, code: &str) -> Labelled {
        Labelled {
            code: code.to_owned(),
            text: self.messages.plain(&format!("{prefix}.{code}")),
        }
    }

    pub(super) fn score(&self, score: Option<Score>) -> Measure {
        self.measure("score", score.map(|score| self.messages.score(score)))
    }

    pub(super) fn coverage(&self, coverage: Option<Percent>) -> Measure {
        self.measure(
            "coverage",
            coverage.map(|share| self.messages.percent(share)),
        )
    }

    fn measure(&self, what: &str, value: Option<String>) -> Measure {
        match value {
            Some(short) => Measure {
                line: self.messages.with(&format!("{what}.line"), "value", &short),
                short,
            },
            None => Measure {
                short: self.messages.plain(&format!("{what}.none")),
                line: self.messages.plain(&format!("{what}.none_line")),
            },
        }
    }

    pub(super) fn grade(&self, grade: Option<Grade>, why: Option<NoGrade>) -> GradeView {
        match grade {
            Some(grade) => GradeView {
                letter: grade.as_str().to_owned(),
                class: grade.as_str().to_ascii_lowercase(),
                label: self.messages.with("grade.with", "letter", grade.as_str()),
                explanation: self.messages.plain(&format!("grade.{}", grade.as_str())),
            },
            None => GradeView {
                letter: "–".to_owned(),
                class: "none".to_owned(),
                label: self.messages.plain("grade.none"),
                explanation: self
                    .messages
                    .plain(&format!("no_grade.{}", no_grade_code(why))),
            },
        }
    }

    /// Addresses, title and labels of a rule.
    pub(super) fn rule_look(&self, rule: &Rule) -> RuleLook {
        let category = self.rules.category(&rule.category);
        RuleLook {
            id: rule.id.to_string(),
            title: self.messages.of_both(&rule.title),
            href: format!("regles/{}.html", rule.id),
            severity: self.labelled("severity", severity_code(rule.severity)),
            effort: self.labelled("effort", effort_code(rule.effort)),
            due: self.labelled("milestone", rule.due.as_str()),
            category: category.map_or_else(String::new, |c| self.messages.of_both(&c.title)),
            weight: self.messages.count("count.weight", rule.weight),
            status: (rule.status != Status::Stable)
                .then(|| self.labelled("status", status_code(rule.status))),
            is_team: rule.audience == Audience::Team,
        }
    }
}

/// A code of a closed list with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labelled {
    /// The code, safe in a class name.
    pub code: String,
    /// The text.
    pub text: String,
}

/// A number as text, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// For a column: « 84,5 ».
    pub short: String,
    /// For a sentence: « 84,5 / 100 ».
    pub line: String,
}

/// A name with its address inside the site, when it has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// What is shown.
    pub name: String,
    /// Address, relative to the language's root.
    pub href: Option<String>,
    /// What stands beside it.
    pub detail: Option<String>,
}

/// A letter, or its absence, with what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GradeView {
    /// A to E, or a dash.
    pub letter: String,
    /// a to e, or none: safe in a class name.
    pub class: String,
    /// « Note B », « Sans note ».
    pub label: String,
    /// What the letter means, or why there is none.
    pub explanation: String,
}

/// A rule as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleLook {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// How binding.
    pub severity: Labelled,
    /// How long mending takes.
    pub effort: Labelled,
    /// From when it counts.
    pub due: Labelled,
    /// Title of its category.
    pub category: String,
    /// Points inside the category, in words.
    pub weight: String,
    /// Why it does not count, when it does not.
    pub status: Option<Labelled>,
    /// For the team alone.
    pub is_team: bool,
}

/// One outcome with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountView {
    /// Outcome code.
    pub code: String,
    /// How many, as text.
    pub n: String,
    /// « 3 conformes ».
    pub text: String,
}

/// The outcomes that occur, in the order of [`Counts`].
pub fn counts_view(lens: &Lens<'_>, counts: &Counts) -> Vec<CountView> {
    let all = [
        ("pass", counts.pass),
        ("partial", counts.partial),
        ("fail", counts.fail),
        ("unknown", counts.unknown),
        ("not_applicable", counts.not_applicable),
        ("waived", counts.waived),
        ("coming", counts.coming),
    ];
    all.into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(code, n)| CountView {
            code: code.to_owned(),
            n: lens.messages.number(n),
            text: lens.messages.count(&format!("count.{code}"), n),
        })
        .collect()
}

/// Rules that were measured, over rules that concern the repository.
pub fn measured_of(counts: &Counts) -> (u32, u32) {
    let measured = counts.pass + counts.partial + counts.fail;
    (measured, measured + counts.unknown)
}

/// Code of a missing letter's cause.
pub fn no_grade_code(why: Option<NoGrade>) -> &'static str {
    match why {
        Some(NoGrade::Coverage) => "coverage",
        Some(NoGrade::Historical) => "historical",
        Some(NoGrade::NothingMeasured) | None => "nothing-measured",
    }
}

/// Code of a severity.
pub fn severity_code(severity: crate::rules::model::Severity) -> &'static str {
    use crate::rules::model::Severity;
    match severity {
        Severity::Law => "law",
        Severity::Programme => "programme",
        Severity::Recommended => "recommended",
        Severity::Bonus => "bonus",
    }
}

/// Code of an effort.
pub fn effort_code(effort: crate::rules::model::Effort) -> &'static str {
    use crate::rules::model::Effort;
    match effort {
        Effort::Minutes => "minutes",
        Effort::Hours => "hours",
        Effort::Days => "days",
    }
}

/// Code of a rule's status.
pub fn status_code(status: Status) -> &'static str {
    match status {
        Status::Experimental => "experimental",
        Status::Stable => "stable",
        Status::Deprecated => "deprecated",
    }
}

/// Code of an audience.
pub fn audience_code(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "public",
        Audience::Team => "team",
    }
}

/// Key under which texts are sorted: without case or accents.
pub(super) fn sort_key(text: &str) -> String {
    crate::model::text::fold_plain(text)
}
