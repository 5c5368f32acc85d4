// SPDX-License-Identifier: EUPL-1.2
//! `perenne audit`: a whole catalogue, to a site of scorecards and to machine-readable files.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::Session;
use super::advisories;
use super::args::{Audit, CardFormat};
use super::catalogue::named_or_piped;
use super::check::json_error;
use super::error::{CliError, Exit, problem_line};
use super::setup::{audience, block_on, misses, rule_set, transport};
use super::waivers;
use crate::catalogue::{Catalogue, Format, LoadOptions};
use crate::crawl::run::{Event, Plan, run};
use crate::model::limits::Limits;
use crate::model::message::Message;
use crate::reports::site::Site;
use crate::reports::{Lens, SiteOptions, export_json};
use crate::rules::model::RuleSet;
use crate::scoring::card::{ProgrammeCard, RepositoryResult};
use crate::store::MemoryStore;

/// Audits a catalogue, writes what was asked for and prints a summary.
pub(super) fn audit(session: &Session, arguments: &Audit) -> Result<Exit, CliError> {
    let options = LoadOptions {
        from: arguments.from.as_deref().and_then(Format::named),
        config: arguments.config.clone(),
    };
    let catalogue = named_or_piped(&arguments.catalogue, &options)?.map_err(CliError::Catalogue)?;
    if !catalogue.problems.is_empty() {
        return Err(CliError::Problems(catalogue.problems));
    }
    let rules = Arc::new(rule_set(arguments.rules.as_deref(), &catalogue.rules)?);
    let granted = waivers::of_catalogue(&catalogue);
    let unknown = waivers::unknown_rules(&granted, &rules, &catalogue.rules);
    if !unknown.is_empty() {
        return Err(CliError::Problems(unknown));
    }
    for problem in waivers::expired(&granted, session.today) {
        session.term.note(&problem_line(&problem, session.messages));
    }
    if let Some(out) = &arguments.out {
        // a folder that cannot be written is said before the work, not after it
        fs::create_dir_all(out).map_err(|source| write_error(out, source))?;
    }
    let mut exits = Vec::new();
    exits.extend(entry_problems(session, arguments, &catalogue));
    let card = crawl(session, arguments, &catalogue, &rules)?;
    let unreachable = unreachable(&card);
    if unreachable > arguments.max_unreachable {
        exits.push(Exit::Unreachable);
    }
    if audited(&card).any(|card| misses(&arguments.thresholds, &rules, card)) {
        exits.push(Exit::Threshold);
    }
    if let Some(out) = &arguments.out {
        write_site(arguments, &catalogue, &rules, &card, out)?;
        write_json(session, arguments, &rules, &card, out)?;
    }
    session.print(&summary(session, arguments, &rules, &card)?)?;
    if let Some(out) = &arguments.out {
        let index =
            Message::new("audit-site-written").with("path", out.join("index.html").display());
        session.term.note(&session.messages.message(&index));
    }
    Ok(Exit::first(&exits))
}

/// Says what is wrong with single entries; they count only when strict.
fn entry_problems(session: &Session, arguments: &Audit, catalogue: &Catalogue) -> Option<Exit> {
    let problems: Vec<_> = catalogue
        .defis
        .iter()
        .flat_map(|defi| &defi.problems)
        .collect();
    for problem in &problems {
        session.term.note(&problem_line(problem, session.messages));
    }
    (arguments.strict && !problems.is_empty()).then_some(Exit::Configuration)
}

fn crawl(
    session: &Session,
    arguments: &Audit,
    catalogue: &Catalogue,
    rules: &Arc<RuleSet>,
) -> Result<ProgrammeCard, CliError> {
    let limits = Limits::default();
    let plan = Plan {
        rules: Arc::clone(rules),
        today: session.today,
        audience: audience(arguments.audience),
        advisories: advisories::of_folder(session, arguments.advisories.as_deref())?.map(Arc::new),
        transport: transport(session, &catalogue.forges, &limits),
        limits,
        workers: arguments.jobs.map_or(cores() * 2, usize::from),
    };
    let store = MemoryStore::default();
    let bar = session.term.progress();
    let observe = |event: Event| match event {
        Event::Planned(count) => bar.set_length(count as u64),
        Event::Finished(url) => {
            bar.inc(1);
            bar.set_message(url);
        }
    };
    let card = block_on(run(&plan, catalogue, &store, observe));
    bar.finish_and_clear();
    card?.map_err(CliError::Store)
}

fn results(card: &ProgrammeCard) -> impl Iterator<Item = &RepositoryResult> {
    card.defis.iter().flat_map(|defi| &defi.repositories)
}

fn audited(card: &ProgrammeCard) -> impl Iterator<Item = &crate::scoring::card::Scorecard> {
    results(card).filter_map(|result| match result {
        RepositoryResult::Audited { card } => Some(&**card),
        _ => None,
    })
}

fn unreachable(card: &ProgrammeCard) -> usize {
    results(card)
        .filter(|result| matches!(result, RepositoryResult::Unreachable { .. }))
        .count()
}

fn write_error(path: &Path, source: std::io::Error) -> CliError {
    CliError::Write {
        path: path.display().to_string(),
        source,
    }
}

fn write_site(
    arguments: &Audit,
    catalogue: &Catalogue,
    rules: &RuleSet,
    card: &ProgrammeCard,
    out: &Path,
) -> Result<(), CliError> {
    let options = SiteOptions {
        audience: audience(arguments.audience),
        contest_url: catalogue.site.contest_url.clone(),
        indexable: catalogue.site.indexed.unwrap_or(false),
        ..SiteOptions::default()
    };
    let site = Site::new(card, rules, &options).map_err(CliError::Render)?;
    let workers = cores();
    let write = |share| -> Result<(), CliError> {
        for file in site.share(share, workers) {
            let file = file.map_err(CliError::Render)?;
            write_file(&out.join(&file.path), &file.bytes)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let shares: Vec<_> = (0..workers)
            .map(|share| scope.spawn(move || write(share)))
            .collect();
        shares
            .into_iter()
            .try_for_each(|share| share.join().unwrap_or(Err(CliError::Interrupted)))
    })
}

fn write_json(
    session: &Session,
    arguments: &Audit,
    rules: &RuleSet,
    card: &ProgrammeCard,
    out: &Path,
) -> Result<(), CliError> {
    let lens = Lens::new(rules, session.messages, audience(arguments.audience));
    let text = export_json::programme_json(&lens, card).map_err(json_error)?;
    write_file(&out.join("programme.json"), text.as_bytes())
}

/// Writes beside and renames, so that a reader never meets half a page.
fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(".perenne-")
            .permissions(permissions())
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| write_error(path, source))
}

/// Cores of this machine, 2 when it does not tell.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
}

#[cfg(unix)]
fn permissions() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    fs::Permissions::from_mode(0o644)
}

fn summary(
    session: &Session,
    arguments: &Audit,
    rules: &RuleSet,
    card: &ProgrammeCard,
) -> Result<String, CliError> {
    let lens = Lens::new(rules, session.messages, audience(arguments.audience));
    match arguments.format {
        CardFormat::Json => export_json::programme_json(&lens, card).map_err(json_error),
        CardFormat::Text | CardFormat::Markdown => {
            Ok(super::summary::programme(session.messages, card))
        }
    }
}
