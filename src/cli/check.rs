// SPDX-License-Identifier: EUPL-1.2
//! `perenne check`: one repository, now, with exact remedies.

use super::Session;
use super::advisories;
use super::args::{CardFormat, Check};
use super::error::{CliError, Exit, problem_line};
use super::rules::rule_named;
use super::setup::{audience, exit_of, misses, open_target, rule_set};
use super::waivers;
use crate::catalogue::{Catalogue, LoadOptions};
use crate::crawl::audit::{Assignment, Auditor};
use crate::model::finding::Waiver;
use crate::model::message::Message;
use crate::model::project::ProjectConfig;
use crate::reports::terminal::terminal;
use crate::reports::view::explain::explain_view;
use crate::reports::view::repository::repository_view;
use crate::reports::{Lens, explain, export_json, markdown};
use crate::rules::model::{Audience, Rule, RuleSet, Severity};
use crate::rules::trace::RuleTrace;
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
    // before anything is fetched
    let explained = match &arguments.explain {
        Some(id) => Some(explainable(&rules, arguments, id)?),
        None => None,
    };
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
    let (facts, card) = auditor.audit_one(&target.record, &target.snapshot, &assignment);
    let text = match explained {
        Some(rule) => {
            let trace = auditor.explain(rule, &facts, &assignment);
            explanation(session, arguments, &rules, (&card, rule, &trace))?
        }
        None => rendered(session, arguments, &rules, &card)?,
    };
    session.print(&text)?;
    Ok(if problems.is_empty() {
        exit_of(misses(&arguments.thresholds, &rules, &card))
    } else {
        Exit::Configuration
    })
}

/// The rule to explain, when it exists and the audience may know of it.
fn explainable<'r>(rules: &'r RuleSet, arguments: &Check, id: &str) -> Result<&'r Rule, CliError> {
    let rule = rule_named(rules, id)?;
    if rule.audience == Audience::Team && audience(arguments.audience) == Audience::Public {
        return Err(CliError::Usage(
            Message::new("error-explain-team").with("rule", id),
        ));
    }
    if arguments.format == CardFormat::Markdown {
        return Err(CliError::Usage(Message::new("error-explain-format")));
    }
    Ok(rule)
}

fn explanation(
    session: &Session,
    arguments: &Check,
    rules: &RuleSet,
    (card, rule, trace): (&Scorecard, &Rule, &RuleTrace),
) -> Result<String, CliError> {
    let lens = Lens::new(rules, session.messages, audience(arguments.audience));
    let view = explain_view(&lens, card, rule, trace);
    if arguments.format == CardFormat::Json {
        return explain::explanation_json(session.messages, &view).map_err(json_error);
    }
    let width = session.term.width;
    Ok(explain::explanation(
        session.messages,
        &view,
        width,
        session.term.colours(),
    ))
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
            Ok(terminal(
                session.messages,
                &view,
                session.term.width,
                session.term.colours(),
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
