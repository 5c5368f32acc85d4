// SPDX-License-Identifier: EUPL-1.2
//! What several commands prepare alike: rules, transport, a target on this machine.

use std::path::Path;

use super::Session;
use super::args::{AudienceArg, FailOn, Thresholds};
use super::error::{CliError, Exit};
use crate::forge::git::{GitTransport, Place};
use crate::forge::record::ForgeRecord;
use crate::forge::record_of;
use crate::model::limits::Limits;
use crate::model::message::Message;
use crate::model::settings::{ForgeSettings, RuleOverride};
use crate::model::url::{Address, AddressKind, Transport, parse_address};
use crate::rules::load::{embedded_files, load_rules, read_folder};
use crate::rules::model::{Audience, RuleSet, Severity};
use crate::scoring::card::{Score, Scorecard};
use crate::snapshot::{Snapshot, open_path};

/// Environment variables that git gets: where programs are, and proxies.
const PASSED: [&str; 12] = [
    "PATH",
    "TMPDIR",
    "TEMP",
    "SystemRoot",
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "SSL_CERT_FILE",
];

/// The embedded rules, with those of `folder` added or in their place, and the programme's overrides.
pub(super) fn rule_set(
    folder: Option<&Path>,
    overrides: &[RuleOverride],
) -> Result<RuleSet, CliError> {
    let mut files = embedded_files();
    if let Some(folder) = folder {
        files.extend(read_folder(folder).map_err(CliError::Problems)?);
    }
    load_rules(&files, overrides).map_err(CliError::Problems)
}

/// Git as this run may use it.
pub(super) fn transport(
    session: &Session,
    forges: &[ForgeSettings],
    limits: &Limits,
) -> GitTransport {
    let environment = session
        .environment
        .variables
        .iter()
        .filter(|(name, _)| PASSED.iter().any(|passed| name == passed))
        .cloned()
        .collect();
    GitTransport {
        environment,
        limits: limits.clone(),
        forges: forges.to_vec(),
        allow_file: true,
    }
}

/// A target of `check` or `facts`: its record and its snapshot. A scratch folder lives as long as the target.
pub(super) struct Target {
    pub(super) record: ForgeRecord,
    pub(super) snapshot: Snapshot,
    _place: Place,
}

/// Opens a path, a bundle or an address.
pub(super) fn open_target(
    session: &Session,
    target: &str,
    at: Option<&str>,
) -> Result<Target, CliError> {
    let limits = Limits::default();
    let (record, place) = if looks_remote(target) {
        let address =
            parse_address(target).map_err(|problem| CliError::Usage(problem.message()))?;
        if address.kind != AddressKind::Repository {
            let message = Message::new("error-not-a-repository").with("url", &address.url);
            return Err(CliError::Usage(message));
        }
        let transport = transport(session, &[], &limits);
        let place = bring(&transport, &address)?;
        let record = ForgeRecord {
            is_read_publicly: address.is_anonymous(),
            ..record_of(&address)
        };
        (record, place)
    } else {
        let path = Path::new(target);
        let place = if path.is_file() {
            let transport = transport(session, &[], &limits);
            Place::Scratch(block_on(transport.unbundle(path))?.map_err(CliError::Fetch)?)
        } else {
            Place::Folder(path.to_owned())
        };
        (local_record(path), place)
    };
    let snapshot = open_path(place.path(), at, limits).map_err(CliError::Open)?;
    Ok(Target {
        record,
        snapshot,
        _place: place,
    })
}

/// True for what names a server or a `file://` address; anything else is a path, even when nothing is there.
fn looks_remote(target: &str) -> bool {
    target.contains("://") || (target.starts_with("git@") && target.contains(':'))
}

fn bring(transport: &GitTransport, address: &Address) -> Result<Place, CliError> {
    if address.transport == Transport::Local {
        return Ok(Place::Folder(address.path.clone().into()));
    }
    let fetched = block_on(transport.fetch(address))?.map_err(CliError::Fetch)?;
    Ok(Place::Scratch(fetched))
}

/// A folder's record: its own name, and the address of its `origin` when there is one.
fn local_record(path: &Path) -> ForgeRecord {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = absolute
        .components()
        .rfind(|part| part.as_os_str() != ".git")
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .unwrap_or_default();
    let origin = crate::snapshot::origin_of(path)
        .and_then(|url| parse_address(&url).ok())
        .filter(|address| {
            address.kind == AddressKind::Repository
                && !matches!(address.transport, Transport::Local | Transport::File)
        });
    origin.map_or_else(
        || {
            let name = name.trim_end_matches(".bundle").trim_end_matches(".git");
            ForgeRecord::local(crate::model::ids::RepositoryId::new(name), name)
        },
        |address| record_of(&address),
    )
}

/// Runs a future to its end, or to the person's Ctrl-C.
pub(super) fn block_on<F: Future>(future: F) -> Result<F::Output, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|source| CliError::Write {
            path: String::new(),
            source,
        })?;
    let outcome = runtime.block_on(async {
        tokio::select! {
            output = future => Ok(output),
            _ = tokio::signal::ctrl_c() => Err(CliError::Interrupted),
        }
    });
    // audits that are still at work do not hold back the exit
    runtime.shutdown_background();
    outcome
}

/// The audience of an option.
pub(super) fn audience(argument: AudienceArg) -> Audience {
    match argument {
        AudienceArg::Public => Audience::Public,
        AudienceArg::Team => Audience::Team,
    }
}

/// Whether a card misses a threshold.
pub(super) fn misses(thresholds: &Thresholds, rules: &RuleSet, card: &Scorecard) -> bool {
    let is_under = thresholds.fail_under.is_some_and(|least| {
        card.score
            .is_some_and(|score| score < Score(least.saturating_mul(10)))
    });
    is_under
        || thresholds.fail_on.is_some_and(|on| {
            card.priorities
                .iter()
                .any(|one| fails_on(on, rules, card, &one.rule))
        })
}

/// True when this rule failed (not in part) with that severity or a graver one.
fn fails_on(on: FailOn, rules: &RuleSet, card: &Scorecard, id: &crate::model::RuleId) -> bool {
    let gravest = match on {
        FailOn::Law => Severity::Law,
        FailOn::Programme => Severity::Programme,
        FailOn::Recommended => Severity::Recommended,
        FailOn::Bonus => Severity::Bonus,
    };
    let is_failure = card
        .findings
        .iter()
        .any(|finding| finding.rule == *id && finding.outcome == crate::model::Outcome::Fail);
    is_failure && rules.rule(id).is_some_and(|rule| rule.severity <= gravest)
}

/// The exit of a card: a threshold missed, or done.
pub(super) fn exit_of(is_missed: bool) -> Exit {
    if is_missed {
        Exit::Threshold
    } else {
        Exit::Done
    }
}
