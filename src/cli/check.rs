// SPDX-License-Identifier: EUPL-1.2
//! `perenne check`: one repository, now, with exact remedies.

use super::Session;
use super::advisories;
use super::args::{CardFormat, Check};
use super::error::{CliError, Exit, problem_line};
use super::setup::{audience, exit_of, misses, open_target, rule_set};
use super::waivers;
use crate::catalogue::{Catalogue, LoadOptions};
use crate::crawl::audit::{Assignment, Auditor};
use crate::model::finding::Waiver;
use crate::model::project::ProjectConfig;
use crate::reports::terminal::{Colours, terminal};
use crate::reports::view::repository::repository_view;
use crate::reports::{Lens, export_json, markdown};
use crate::rules::model::{RuleSet, Severity};
use crate::scoring::card::Scorecard;

/// Audits one repository and prints its card.
pub(super) fn check(session: &Session, arguments: &Check) -> Result<Exit, CliError> {
    let config = match &arguments.config {
        Some(path) => {
            crate::catalogue::load(path, &LoadOptions::default()).map_err(CliError::Catalogue)?
        }
        None => Catalogue::default(),
    };
    if !config.problems.is_empty() {
        return Err(CliError::Problems(config.problems));
    }
    let rules = rule_set(arguments.rules.as_deref(), &config.rules)?;
    let granted = waivers::of_catalogue(&config);
    let unknown = waivers::unknown_rules(&granted, &rules, &config.rules);
    if !unknown.is_empty() {
        return Err(CliError::Problems(unknown));
    }
    let target = open_target(session, &arguments.target, arguments.at.as_deref())?;
    let project = target.snapshot.project();
    let claims = waivers::of_project(project);
    let mut problems = target.snapshot.project_problems().to_vec();
    problems.extend(waivers::unknown_rules(&claims, &rules, &config.rules));
    for problem in &problems {
        session.term.error(&problem_line(problem, session.messages));
    }
    for list in [&granted, &claims] {
        for problem in waivers::expired(list, session.today) {
            session.term.note(&problem_line(&problem, session.messages));
        }
    }
    let advisories = advisories::of_folder(session, arguments.advisories.as_deref())?;
    let auditor = Auditor {
        rules: &rules,
        today: session.today,
        audience: audience(arguments.audience),
        advisories: advisories.as_ref(),
    };
    let (own, claimed) = own_waivers(project, &rules);
    let assignment = Assignment {
        waivers: config
            .waivers
            .iter()
            .filter(|one| one.defi.is_none())
            .filter(|one| {
                let only = one.repository.as_ref();
                only.is_none_or(|only| *only == target.record.id)
            })
            .map(|one| one.waiver.clone())
            .chain(own)
            .collect(),
        claimed,
        ..Assignment::default()
    };
    let (_facts, card) = auditor.audit_one(&target.record, &target.snapshot, &assignment);
    session.print(&rendered(session, arguments, &rules, &card)?)?;
    Ok(if problems.is_empty() {
        exit_of(misses(&arguments.thresholds, &rules, &card))
    } else {
        Exit::Configuration
    })
}

/// The repository's own waivers count at its own gate, except for law: that one only the catalogue can waive.
fn own_waivers(project: &ProjectConfig, rules: &RuleSet) -> (Vec<Waiver>, Vec<Waiver>) {
    let own = project.waivers.iter().map(|(_, waiver)| waiver.clone());
    own.partition(|waiver| {
        rules
            .rule(&waiver.rule)
            .is_none_or(|rule| rule.severity != Severity::Law)
    })
}

fn rendered(
    session: &Session,
    arguments: &Check,
    rules: &RuleSet,
    card: &Scorecard,
) -> Result<String, CliError> {
    let lens = Lens::new(rules, session.messages, audience(arguments.audience));
    match arguments.format {
        CardFormat::Text => {
            let view = repository_view(&lens, card, None);
            let colours = if session.term.has_colours {
                Colours::Ansi
            } else {
                Colours::Plain
            };
            Ok(terminal(
                session.messages,
                &view,
                session.term.width,
                colours,
            ))
        }
        CardFormat::Markdown => {
            let view = repository_view(&lens, card, None);
            markdown::markdown(session.messages, &view).map_err(CliError::Render)
        }
        CardFormat::Json => export_json::scorecard_json(&lens, card).map_err(json_error),
    }
}

/// A document that cannot be written: never seen, never silent.
pub(super) fn json_error(error: serde_json::Error) -> CliError {
    CliError::Write {
        path: "json".to_owned(),
        source: error.into(),
    }
}
