// SPDX-License-Identifier: EUPL-1.2
//! The command line as typed values. Help texts come from the message files, so that both languages are complete.

// plain comments below: a doc comment would become English help
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::date::Date;
use crate::reports::{Language, Messages};

// All of the command line.
#[derive(Debug, Parser)]
#[command(
    name = "perenne",
    version,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

// Options of every command.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    #[arg(long, global = true, value_parser = PossibleValuesParser::new(["fr", "en"]))]
    pub(super) lang: Option<String>,
    #[arg(long, global = true, value_parser = parse_date)]
    pub(super) date: Option<Date>,
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    #[arg(long, global = true)]
    pub(super) no_color: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
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
pub(super) struct Thresholds {
    #[arg(long, value_name = "POINTS", value_parser = clap::value_parser!(u16).range(0..=100))]
    pub(super) fail_under: Option<u16>,
    #[arg(long, value_name = "SEVERITY")]
    pub(super) fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum FailOn {
    Law,
    Programme,
    Recommended,
    Bonus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AudienceArg {
    Public,
    Team,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[arg(value_name = "PATH|URL", default_value = ".")]
    pub(super) target: String,
    #[arg(long, value_name = "COMMIT")]
    pub(super) at: Option<String>,
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: CardFormat,
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(super) advisories: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "team")]
    pub(super) audience: AudienceArg,
    #[arg(long, value_name = "RULE", conflicts_with_all = ["fail_under", "fail_on"])]
    pub(super) explain: Option<String>,
    #[command(flatten)]
    pub(super) thresholds: Thresholds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CardFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Audit {
    #[arg(value_name = "CATALOGUE")]
    pub(super) catalogue: PathBuf,
    #[arg(long, value_parser = PossibleValuesParser::new(["eig", "toml", "list"]))]
    pub(super) from: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(super) advisories: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: CardFormat,
    #[arg(long, value_enum, default_value = "public")]
    pub(super) audience: AudienceArg,
    #[command(flatten)]
    pub(super) thresholds: Thresholds,
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) max_unreachable: usize,
    #[arg(long)]
    pub(super) strict: bool,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct Facts {
    #[arg(value_name = "PATH|URL", default_value = ".")]
    pub(super) target: String,
    #[arg(long, value_name = "COMMIT")]
    pub(super) at: Option<String>,
    #[arg(long, value_parser = PossibleValuesParser::new(["json"]), default_value = "json")]
    pub(super) format: String,
}

#[derive(Debug, Args)]
pub(super) struct Licence {
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    #[arg(long, value_parser = PossibleValuesParser::new(["text", "jsonl"]), default_value = "text")]
    pub(super) format: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    List(RulesList),
    Show(RulesShow),
    Check(RulesCheck),
}

#[derive(Debug, Args)]
pub(super) struct RulesList {
    #[arg(long, value_parser = PossibleValuesParser::new(["text", "json"]), default_value = "text")]
    pub(super) format: String,
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct RulesShow {
    #[arg(value_name = "RULE")]
    pub(super) rule: String,
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct RulesCheck {
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(super) enum CatalogueCommand {
    Check(CatalogueCheck),
}

#[derive(Debug, Args)]
pub(super) struct CatalogueCheck {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, value_parser = PossibleValuesParser::new(["eig", "toml", "list"]))]
    pub(super) from: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    #[arg(long, value_parser = PossibleValuesParser::new(["text", "json"]), default_value = "text")]
    pub(super) format: String,
    #[arg(long)]
    pub(super) strict: bool,
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_not_a_date| "YYYY-MM-DD".to_owned())
}

/// The command with its texts in one language.
pub(super) fn command(messages: &'static Messages) -> clap::Command {
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
        "{{about-with-newline}}\n{}{}: {{usage}}\n\n{{all-args}}{{after-help}}",
        messages.plain("help.heading.usage"),
        space_before(messages)
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
    let separator = format!("{}; ", space_before(messages));
    format!(" [{}]", parts.join(&separator))
}

/// What stands before high punctuation.
fn space_before(messages: &Messages) -> &'static str {
    match messages.language() {
        Language::Fr => "\u{a0}",
        Language::En => "",
    }
}
