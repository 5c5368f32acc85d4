// SPDX-License-Identifier: EUPL-1.2
//! What the parser of arguments has to say, in the person's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::error::{CliError, Exit};
use super::term::Term;
use crate::model::message::Message;
use crate::reports::Messages;

/// Prints help, version or the error, and answers the exit code.
pub(super) fn answer(error: &clap::Error, messages: &Messages, term: Term) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return match term.result(&error.render().to_string()) {
                Ok(()) => Exit::Done,
                Err(source) => {
                    let path = messages.plain("standard-output");
                    for line in (CliError::Write { path, source }).lines(messages) {
                        term.error(&line);
                    }
                    Exit::Output
                }
            };
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            term.error(&error.render().to_string());
            return Exit::Usage;
        }
        _ => {}
    }
    let message = messages.message(&explain(error));
    term.error(&format!("{}{message}", messages.plain("error-prefix")));
    let suggested = context(error, ContextKind::SuggestedArg)
        .or_else(|| context(error, ContextKind::SuggestedSubcommand))
        .or_else(|| context(error, ContextKind::SuggestedValue));
    if let Some(value) = suggested {
        let hint = messages.message(&Message::new("did-you-mean").with("value", value));
        term.error(&format!("{}{hint}", messages.plain("help-prefix")));
    }
    term.error(&format!(
        "{}{}",
        messages.plain("help-prefix"),
        messages.plain("usage-see-help")
    ));
    Exit::Usage
}

fn explain(error: &clap::Error) -> Message {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => {
            Message::new("usage-unknown-argument").with("argument", argument)
        }
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            Message::new("usage-unknown-command").with("command", name)
        }
        ErrorKind::MissingRequiredArgument => {
            Message::new("usage-missing-argument").with("argument", argument)
        }
        ErrorKind::MissingSubcommand => Message::new("usage-missing-command"),
        ErrorKind::InvalidValue if value.is_empty() => {
            Message::new("usage-missing-value").with("argument", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let choices = context(error, ContextKind::ValidValue).unwrap_or_default();
            let message = if choices.is_empty() {
                Message::new("usage-wrong-value")
            } else {
                Message::new("usage-wrong-choice").with("choices", choices)
            };
            message.with("argument", argument).with("value", value)
        }
        ErrorKind::ArgumentConflict => Message::new("usage-conflict").with("argument", argument),
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            let detail = first.trim_start_matches("error: ").to_owned();
            Message::new("usage-other").with("detail", detail)
        }
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}
