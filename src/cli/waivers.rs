// SPDX-License-Identifier: EUPL-1.2
//! What is wrong with waivers: one of a rule that does not exist waives nothing, and one whose day is over no longer
//! does. Both are said with file and line.

use crate::catalogue::Catalogue;
use crate::model::date::Date;
use crate::model::finding::Waiver;
use crate::model::message::Message;
use crate::model::problem::{Problem, did_you_mean};
use crate::model::project::{PROJECT_FILE, ProjectConfig};
use crate::model::settings::RuleOverride;
use crate::rules::model::RuleSet;

/// A waiver with the place where it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'w> {
    file: &'w str,
    line: u32,
    waiver: &'w Waiver,
}

/// The waivers of a programme, all of them.
pub(super) fn of_catalogue(catalogue: &Catalogue) -> Vec<Placed<'_>> {
    let placed = catalogue.waivers.iter().map(|one| Placed {
        file: &one.file,
        line: one.line,
        waiver: &one.waiver,
    });
    placed.collect()
}

/// The waivers that a repository writes for itself.
pub(super) fn of_project(project: &ProjectConfig) -> Vec<Placed<'_>> {
    let placed = project.waivers.iter().map(|(line, waiver)| Placed {
        file: PROJECT_FILE,
        line: *line,
        waiver,
    });
    placed.collect()
}

/// The problems of waivers whose rule does not exist; a rule that the programme switched off does.
pub(super) fn unknown_rules(
    waivers: &[Placed<'_>],
    rules: &RuleSet,
    overrides: &[RuleOverride],
) -> Vec<Problem> {
    let known: Vec<&str> = rules
        .rules
        .iter()
        .map(|rule| rule.id.as_str())
        .chain(overrides.iter().map(|change| change.rule.as_str()))
        .collect();
    waivers
        .iter()
        .filter(|placed| !known.contains(&placed.waiver.rule.as_str()))
        .map(|placed| {
            let id = placed.waiver.rule.as_str();
            let message = Message::new("unknown-rule").with("key", id);
            Problem::of_file(placed.file, Some(placed.line), message)
                .with_suggestion(did_you_mean(id, &known))
        })
        .collect()
}

/// One line for each waiver whose last day is over.
pub(super) fn expired(waivers: &[Placed<'_>], today: Date) -> Vec<Problem> {
    waivers
        .iter()
        .filter(|placed| placed.waiver.is_expired(today))
        .map(|placed| {
            let message = Message::new("waiver-expired")
                .with("rule", &placed.waiver.rule)
                .with("date", placed.waiver.expires);
            Problem::of_file(placed.file, Some(placed.line), message)
                .with_suggestion(Some(Message::new("waiver-renew")))
        })
        .collect()
}
