// SPDX-License-Identifier: EUPL-1.2
//! The command line as typed values. Help texts come from the message files, so that both languages are complete.

// plain comments below: a doc comment would become English help
#![expect(missing_docs, reason = "help texts live in reports/messages")]

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::date::Date;
use crate::reports::Messages;

// All of the command line.
#[derive(Debug, Parser)]
#[command(
    name = "perenne",
    version,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    #[arg(long, global = true, value_parser = PossibleValuesParser::new(["fr", "en"]))]
    pub lang: Option<String>,
    #[arg(long, global = true, value_parser = parse_date)]
    pub date: Option<Date>,
    #[arg(long, short, global = true)]
    pub quiet: bool,
    #[arg(long, global = true)]
    pub no_color: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(Check),
    Audit(Audit),
    Facts(Facts),
    Licence(Licence),
    #[command(subcommand)]
    Rules(Rules),
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
}

// Thresholds of `check` and `audit`.
#[derive(Debug, Clone, Args)]
pub struct Thresholds {
    #[arg(long, value_name = "POINTS", value_parser = clap::value_parser!(u16).range(0..=100))]
    pub fail_under: Option<u16>,
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailOn {
    Law,
    Programme,
    Recommended,
    Bonus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AudienceArg {
    Public,
    Team,
}

#[derive(Debug, Args)]
pub struct Check {
    #[arg(value_name = "PATH|URL", default_value = ".")]
    pub target: String,
    #[arg(long, value_name = "COMMIT")]
    pub at: Option<String>,
    #[arg(long, value_enum, default_value = "text")]
    pub format: CardFormat,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "team")]
    pub audience: AudienceArg,
    #[command(flatten)]
    pub thresholds: Thresholds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CardFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Debug, Args)]
pub struct Audit {
    #[arg(value_name = "CATALOGUE")]
    pub catalogue: PathBuf,
    #[arg(long, value_parser = PossibleValuesParser::new(["eig", "toml", "list"]))]
    pub from: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    pub format: CardFormat,
    #[arg(long, value_enum, default_value = "public")]
    pub audience: AudienceArg,
    #[command(flatten)]
    pub thresholds: Thresholds,
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub max_unreachable: usize,
    #[arg(long)]
    pub strict: bool,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

#[derive(Debug, Args)]
pub struct Facts {
    #[arg(value_name = "PATH|URL", default_value = ".")]
    pub target: String,
    #[arg(long, value_name = "COMMIT")]
    pub at: Option<String>,
    #[arg(long, value_parser = PossibleValuesParser::new(["json"]), default_value = "json")]
    pub format: String,
}

#[derive(Debug, Args)]
pub struct Licence {
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_parser = PossibleValuesParser::new(["text", "jsonl"]), default_value = "text")]
    pub format: String,
}

#[derive(Debug, Subcommand)]
pub enum Rules {
    List(RulesList),
    Show(RulesShow),
    Check(RulesCheck),
}

#[derive(Debug, Args)]
pub struct RulesList {
    #[arg(long, value_parser = PossibleValuesParser::new(["text", "json"]), default_value = "text")]
    pub format: String,
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct RulesShow {
    #[arg(value_name = "RULE")]
    pub rule: String,
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct RulesCheck {
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum CatalogueCommand {
    Check(CatalogueCheck),
}

#[derive(Debug, Args)]
pub struct CatalogueCheck {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_parser = PossibleValuesParser::new(["eig", "toml", "list"]))]
    pub from: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, value_parser = PossibleValuesParser::new(["text", "json"]), default_value = "text")]
    pub format: String,
    #[arg(long)]
    pub strict: bool,
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_not_a_date| "YYYY-MM-DD".to_owned())
}

/// The command with its texts in one language.
pub fn command(messages: &'static Messages) -> clap::Command {
    use clap::CommandFactory as _;
    let text = |key: &str| messages.plain(key);
    let command = Arguments::command()
        .about(text("help.about"))
        .after_help(text("help.after"))
        .subcommand_help_heading(text("help.heading.commands"))
        .subcommand_value_name(text("help.value.command"))
        .arg(
            clap::Arg::new("version")
                .long("version")
                .short('V')
                .action(clap::ArgAction::Version),
        );
    translated(command, "help", messages)
}

/// Replaces the texts of a command and of all below it; keys follow the path, for example `help.check.at`.
fn translated(
    mut command: clap::Command,
    prefix: &str,
    messages: &'static Messages,
) -> clap::Command {
    let heading = messages.plain("help.heading.options");
    let arguments = messages.plain("help.heading.arguments");
    let template = format!(
        "{{about-with-newline}}\n{}\u{a0}: {{usage}}\n\n{{all-args}}{{after-help}}",
        messages.plain("help.heading.usage")
    );
    command = command.help_template(template).disable_help_flag(true);
    command = command.arg(
        clap::Arg::new("help")
            .long("help")
            .short('h')
            .action(clap::ArgAction::Help),
    );
    let ids: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    for id in ids {
        command = command.mut_arg(&id, |argument| {
            let shared = format!("help.option.{}", id.replace('_', "-"));
            let own = format!("{prefix}.{}", id.replace('_', "-"));
            let empty = std::collections::BTreeMap::new();
            let help = messages
                .find(&own, &empty)
                .or_else(|| messages.find(&shared, &empty))
                .unwrap_or_default();
            let heading = if argument.is_positional() {
                &arguments
            } else {
                &heading
            };
            let values = listed_values(&argument, messages);
            let takes_values = argument.get_action().takes_values();
            argument
                .help(format!("{help}{values}"))
                .help_heading(heading.clone())
                .hide_possible_values(takes_values)
                .hide_default_value(takes_values)
        });
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            let prefix = format!("{prefix}.{name}");
            let about = messages.plain(&format!("{prefix}.about"));
            translated(sub.about(about), &prefix, messages)
        });
    }
    command
}

/// The values that an option takes and the one it has, as its help shows them.
fn listed_values(argument: &clap::Arg, messages: &Messages) -> String {
    let mut parts = Vec::new();
    if argument.get_action().takes_values() {
        let values: Vec<String> = argument
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        if !values.is_empty() {
            parts.push(values.join(", "));
        }
        let default = argument.get_default_values().first();
        if let Some(default) = default.and_then(|value| value.to_str()) {
            parts.push(messages.with("help.default", "value", default));
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    format!(" [{}]", parts.join("\u{a0}; "))
}
