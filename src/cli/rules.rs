// SPDX-License-Identifier: EUPL-1.2
//! `perenne rules`: the rules, one rule's page, and a check of rule files.

use std::path::Path;

use super::Session;
use super::args::Rules;
use super::error::{CliError, Exit};
use super::setup::rule_set;
use crate::model::RuleId;
use crate::model::message::Message;
use crate::model::problem::did_you_mean;
use crate::reports::Lens;
use crate::reports::reference::{rule_list, rule_page};
use crate::reports::view::{audience_code, effort_code, severity_code, status_code};
use crate::rules::model::{Audience, Rule, RuleSet};

/// Lists rules, shows one, or checks a folder of rule files.
pub(super) fn rules(session: &Session, command: &Rules) -> Result<Exit, CliError> {
    match command {
        Rules::List(arguments) => {
            let rules = rule_set(arguments.rules.as_deref(), &[])?;
            let text = if arguments.format == "json" {
                json(&rules)
            } else {
                let colours = session.term.colours();
                rule_list(session.messages, &rules, session.term.width, colours)
            };
            session.print(&text)?;
        }
        Rules::Show(arguments) => {
            let rules = rule_set(arguments.rules.as_deref(), &[])?;
            session.print(&show(session, &rules, &arguments.rule)?)?;
        }
        Rules::Check(arguments) => {
            let rules = checked(&arguments.folder)?;
            let message = Message::new("rules-checked").with("n", rules.rules.len());
            session.print(&format!("{}\n", session.messages.message(&message)))?;
        }
    }
    Ok(Exit::Done)
}

/// The rules of a folder with the embedded ones behind them.
fn checked(folder: &Path) -> Result<RuleSet, CliError> {
    rule_set(Some(folder), &[])
}

fn json(rules: &RuleSet) -> String {
    let list: Vec<_> = rules
        .rules
        .iter()
        .map(|rule| {
            serde_json::json!({
                "id": rule.id,
                "category": rule.category,
                "severity": severity_code(rule.severity),
                "status": status_code(rule.status),
                "audience": audience_code(rule.audience),
                "due": rule.due,
                "effort": effort_code(rule.effort),
                "weight": rule.weight,
                "title": rule.title,
                "remedy": rule.remedy,
                "sources": rule.sources,
            })
        })
        .collect();
    format!(
        "{:#}\n",
        serde_json::json!({ "schema_version": "1.0", "rule_set": rules.version, "rules": list })
    )
}

/// The rule with this id, or the one that was probably meant.
pub(super) fn rule_named<'r>(rules: &'r RuleSet, id: &str) -> Result<&'r Rule, CliError> {
    rules.rule(&RuleId::new(id)).ok_or_else(|| {
        let known: Vec<&str> = rules.rules.iter().map(|rule| rule.id.as_str()).collect();
        let message = match did_you_mean(id, &known) {
            Some(near) => Message::new("error-unknown-rule-near").with(
                "near",
                near.params.get("value").cloned().unwrap_or_default(),
            ),
            None => Message::new("error-unknown-rule"),
        };
        CliError::Usage(message.with("rule", id))
    })
}

fn show(session: &Session, rules: &RuleSet, id: &str) -> Result<String, CliError> {
    let rule = rule_named(rules, id)?;
    // the rules themselves are public, whoever may see their findings
    let lens = Lens::new(rules, session.messages, Audience::Team);
    Ok(rule_page(
        &lens,
        rule,
        session.term.width,
        session.term.colours(),
    ))
}
