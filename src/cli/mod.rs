// SPDX-License-Identifier: EUPL-1.2
//! Arguments in, exit code out: languages, progress, thresholds. Business decisions are made elsewhere.

mod advisories;
mod args;
mod audit;
mod catalogue;
mod check;
mod error;
mod facts;
mod licence;
mod rules;
mod setup;
mod summary;
mod term;
mod usage;
mod waivers;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::model::date::Date;
use crate::reports::{Language, Messages};
use args::{Arguments, CatalogueCommand, Command};
use error::{CliError, Exit};
use term::Term;

/// What the process got from outside: read once, here.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Arguments, the program's name first.
    pub arguments: Vec<OsString>,
    /// Environment variables.
    pub variables: Vec<(OsString, OsString)>,
    /// Today's date, UTC.
    pub today: Date,
}

impl Environment {
    /// Arguments, environment and clock of this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    pub fn of_process() -> Self {
        Self {
            arguments: std::env::args_os().collect(),
            variables: std::env::vars_os().collect(),
            today: jiff::Timestamp::now()
                .to_zoned(jiff::tz::TimeZone::UTC)
                .date(),
        }
    }

    /// A variable that is text and not empty.
    fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .iter()
            .find(|(key, _)| key == name)
            .and_then(|(_, value)| value.to_str())
            .filter(|value| !value.is_empty())
    }

    /// `--lang`, then `PERENNE_LANG`, then the locale, then French. Read before anything else, for the help texts.
    fn language(&self) -> Language {
        let arguments: Vec<&str> = self
            .arguments
            .iter()
            .filter_map(|argument| argument.to_str())
            .collect();
        let after_flag = arguments
            .iter()
            .position(|argument| *argument == "--lang")
            .and_then(|at| arguments.get(at + 1).copied());
        let joined = arguments
            .iter()
            .find_map(|argument| argument.strip_prefix("--lang="));
        let asked = after_flag
            .or(joined)
            .or_else(|| self.variable("PERENNE_LANG"));
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| self.variable(name));
        let of = |text: &str| match text.get(..2) {
            Some("en") => Some(Language::En),
            Some("fr") => Some(Language::Fr),
            _ => None,
        };
        asked
            .and_then(of)
            .or_else(|| locale.and_then(of))
            .unwrap_or(Language::Fr)
    }

    /// `SOURCE_DATE_EPOCH` as a date, for reproducible output.
    fn source_date(&self) -> Option<Date> {
        let seconds: i64 = self.variable("SOURCE_DATE_EPOCH")?.parse().ok()?;
        let moment = crate::model::Moment { seconds, offset: 0 };
        Some(moment.date())
    }
}

/// What every command gets.
struct Session {
    messages: &'static Messages,
    term: Term,
    today: Date,
    environment: Environment,
}

/// Runs the command line and answers the exit code.
pub fn run(environment: Environment) -> ExitCode {
    let messages = Messages::of(environment.language());
    let has_no_color = environment.variable("NO_COLOR").is_some();
    let columns = environment
        .variable("COLUMNS")
        .and_then(|columns| columns.parse().ok());
    let matches = args::command(messages).try_get_matches_from(&environment.arguments);
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => {
            let term = Term::new(false, !has_no_color, columns);
            return ExitCode::from(usage::answer(&error, messages, term).code());
        }
    };
    let global = &arguments.global;
    let session = Session {
        messages,
        term: Term::new(global.quiet, !has_no_color && !global.no_color, columns),
        today: global
            .date
            .or_else(|| environment.source_date())
            .unwrap_or(environment.today),
        environment,
    };
    let exit = match dispatch(&session, &arguments.command) {
        Ok(exit) => exit,
        Err(error) => {
            for line in error.lines(messages) {
                session.term.error(&line);
            }
            error.exit()
        }
    };
    ExitCode::from(exit.code())
}

fn dispatch(session: &Session, command: &Command) -> Result<Exit, CliError> {
    match command {
        Command::Check(arguments) => check::check(session, arguments),
        Command::Audit(arguments) => audit::audit(session, arguments),
        Command::Facts(arguments) => facts::facts(session, arguments),
        Command::Licence(arguments) => licence::licence(session, arguments),
        Command::Rules(arguments) => rules::rules(session, arguments),
        Command::Catalogue(CatalogueCommand::Check(arguments)) => {
            catalogue::check(session, arguments)
        }
    }
}

impl Session {
    /// Prints a result on standard output.
    fn print(&self, text: &str) -> Result<(), CliError> {
        self.term.result(text).map_err(|source| CliError::Write {
            path: self.messages.plain("standard-output"),
            source,
        })
    }
}
