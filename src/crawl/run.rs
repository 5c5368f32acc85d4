// SPDX-License-Identifier: EUPL-1.2
//! A run over a catalogue: every repository ends in a card or in the reason why there is none. Nothing is lost.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::audit::{Assignment, Auditor};
use super::queue::{MemoryQueue, Queue as _};
use crate::catalogue::{Catalogue, Defi, Source};
use crate::facts::advisories::Advisories;
use crate::forge::git::{FetchError, GitTransport, Place};
use crate::forge::{record::ForgeRecord, record_of};
use crate::model::context::Milestone;
use crate::model::date::Date;
use crate::model::ids::RepositoryId;
use crate::model::limits::Limits;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::url::{Address, AddressKind, Transport};
use crate::rules::model::{Audience, RuleSet};
use crate::scoring::card::{DeclaredSource, DefiHeader, ProgrammeCard, RepositoryResult};
use crate::scoring::programme::{defi_card, programme_card};
use crate::snapshot::{OpenError, Snapshot, open_git, open_path};
use crate::store::{Store, StoreError, StoredAudit};

/// Transfers at once from one host.
const TRANSFERS_PER_HOST: usize = 2;

/// What a run needs.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The rules.
    pub rules: Arc<RuleSet>,
    /// Day of the evaluation.
    pub today: Date,
    /// Who will see the cards.
    pub audience: Audience,
    /// Known vulnerabilities, when a folder of them was given.
    pub advisories: Option<Arc<Advisories>>,
    /// Bounds of each audit.
    pub limits: Limits,
    /// How repositories are brought here.
    pub transport: GitTransport,
    /// Repositories at work at once.
    pub workers: usize,
}

/// What happens during a run, for whoever shows progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// So many repositories are to be audited.
    Planned(usize),
    /// This repository is finished.
    Finished(String),
}

/// One repository to audit, with every défi that names it.
#[derive(Debug, Clone)]
struct Task {
    id: RepositoryId,
    source: Source,
    assignments: Vec<(usize, Assignment)>,
}

/// Audits a catalogue. Interrupting is dropping the future: transfers are killed, scratch folders removed.
///
/// # Errors
/// The store failed; repositories never make a run fail.
pub async fn run<S: Store>(
    plan: &Plan,
    catalogue: &Catalogue,
    store: &S,
    observe: impl Fn(Event) + Send + Sync,
) -> Result<ProgrammeCard, StoreError> {
    let queue = MemoryQueue::default();
    let tasks = tasks(catalogue);
    observe(Event::Planned(tasks.len()));
    for task in tasks {
        queue.push(task).await;
    }
    let hosts = Arc::new(Hosts::default());
    let mut working = JoinSet::new();
    let mut results: BTreeMap<(usize, RepositoryId), RepositoryResult> = BTreeMap::new();
    loop {
        while working.len() < plan.workers.max(1) {
            let Some(task) = queue.lease().await else {
                break;
            };
            working.spawn(audit(plan.clone(), Arc::clone(&hosts), task));
        }
        let Some(joined) = working.join_next().await else {
            break;
        };
        // a panic is caught inside the task: what is left is a run that is being torn down
        let Ok((task, audited)) = joined else {
            continue;
        };
        observe(Event::Finished(task.source.url.clone()));
        for (index, audit) in audited {
            results.insert((index, task.id.clone()), audit.result.clone());
            store.append(audit).await?;
        }
        queue.done(task).await;
    }
    Ok(assemble(plan, catalogue, &mut results))
}

/// Every repository once, with the défis that name it.
fn tasks(catalogue: &Catalogue) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    let mut known: BTreeMap<RepositoryId, usize> = BTreeMap::new();
    for (index, defi) in catalogue.defis.iter().enumerate() {
        for source in &defi.sources {
            if source.kind != AddressKind::Repository {
                continue;
            }
            let id = identity(&source.address);
            let assignment = Assignment {
                context: catalogue.context(defi),
                waivers: catalogue.waivers_for(&defi.id, &id),
                claimed: Vec::new(),
            };
            let at = *known.entry(id.clone()).or_insert_with(|| {
                tasks.push(Task {
                    id,
                    source: source.clone(),
                    assignments: Vec::new(),
                });
                tasks.len() - 1
            });
            if tasks[at]
                .assignments
                .iter()
                .all(|(other, _)| *other != index)
            {
                tasks[at].assignments.push((index, assignment));
            }
        }
    }
    tasks
}

fn identity(address: &Address) -> RepositoryId {
    address
        .repository_id()
        .unwrap_or_else(|| RepositoryId::new(address.url.clone()))
}

/// One lock of a few places per host.
#[derive(Debug, Default)]
struct Hosts {
    places: std::sync::Mutex<BTreeMap<String, Arc<Semaphore>>>,
}

impl Hosts {
    fn of(&self, host: &str) -> Arc<Semaphore> {
        let mut places = self
            .places
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let place = places
            .entry(host.to_owned())
            .or_insert_with(|| Arc::new(Semaphore::new(TRANSFERS_PER_HOST)));
        Arc::clone(place)
    }
}

/// Brings one repository here and audits it for each défi that names it.
async fn audit(plan: Plan, hosts: Arc<Hosts>, task: Task) -> (Task, Vec<(usize, StoredAudit)>) {
    let mut record = record_of(&task.source.address);
    let place = {
        let semaphore = hosts.of(&task.source.host);
        let _permit = semaphore.acquire().await;
        obtain(&plan.transport, &task.source).await
    };
    let indices: Vec<usize> = task.assignments.iter().map(|(index, _)| *index).collect();
    let failed = |result: RepositoryResult, task: Task, record: &ForgeRecord, today| {
        let audits = indices
            .iter()
            .map(|index| (*index, stored(record, today, None, result.clone())))
            .collect();
        (task, audits)
    };
    let place = match place {
        Ok(place) => place,
        Err(error) => {
            let result = unread(declared(&task.source), &error);
            return failed(result, task, &record, plan.today);
        }
    };
    record.is_read_publicly = task.source.address.is_anonymous();
    let today = plan.today;
    let limit = plan.limits.audit_time;
    let (inner_task, inner_record) = (task.clone(), record.clone());
    let work =
        tokio::task::spawn_blocking(move || judge(&plan, &inner_record, &place, &inner_task));
    let reason = match tokio::time::timeout(limit, work).await {
        Ok(Ok(audits)) => return (task, audits),
        Ok(Err(_panic)) => Reason::new(ReasonCode::InternalError),
        Err(_elapsed) => Reason::new(ReasonCode::Timeout),
    };
    let result = RepositoryResult::Unreachable {
        source: declared(&task.source),
        reason,
    };
    failed(result, task, &record, today)
}

fn stored(
    record: &ForgeRecord,
    date: Date,
    facts: Option<crate::facts::set::FactSet>,
    result: RepositoryResult,
) -> StoredAudit {
    StoredAudit {
        repository: record.id.clone(),
        date,
        record: record.clone(),
        facts,
        result,
    }
}

/// Objects of a source on this machine: where they already are, or in a scratch folder.
///
/// # Errors
/// See [`FetchError`].
pub async fn obtain(transport: &GitTransport, source: &Source) -> Result<Place, FetchError> {
    let address = &source.address;
    match address.transport {
        Transport::Local => {
            let path = source
                .local
                .clone()
                .unwrap_or_else(|| PathBuf::from(&address.path));
            if address.is_bundle() {
                return Ok(Place::Scratch(transport.unbundle(&path).await?));
            }
            Ok(Place::Folder(path))
        }
        _ => Ok(Place::Scratch(transport.fetch(address).await?)),
    }
}

/// Opens what was obtained: a work tree in a catalogue is read at its commit, so that runs agree.
fn open(place: &Place, limits: Limits) -> Result<Snapshot, OpenError> {
    let path = place.path();
    if path.join(".git").exists() {
        return open_git(path, None, limits);
    }
    open_path(path, None, limits)
}

fn judge(
    plan: &Plan,
    record: &ForgeRecord,
    place: &Place,
    task: &Task,
) -> Vec<(usize, StoredAudit)> {
    let auditor = Auditor {
        rules: &plan.rules,
        today: plan.today,
        audience: plan.audience,
        advisories: plan.advisories.as_deref(),
    };
    let opened = open(place, plan.limits.clone());
    let facts = opened
        .as_ref()
        .map(|snapshot| auditor.collect(record, snapshot));
    let mut audits = Vec::new();
    for (index, assignment) in &task.assignments {
        let result = match (&opened, &facts) {
            (Ok(snapshot), Ok(facts)) => {
                let mut assignment = assignment.clone();
                let own = snapshot.project().waivers.iter();
                assignment.claimed = own.map(|(_, waiver)| waiver.clone()).collect();
                let card = auditor.judge(record, snapshot.commit(), facts, &assignment);
                RepositoryResult::Audited {
                    card: Box::new(card),
                }
            }
            (Err(error), _) => unopened(declared(&task.source), error),
            (Ok(_), Err(error)) => unopened(declared(&task.source), error),
        };
        let facts = facts.as_ref().ok().cloned();
        audits.push((*index, stored(record, plan.today, facts, result)));
    }
    audits
}

/// What becomes of a source that could not be brought here.
fn unread(source: DeclaredSource, error: &FetchError) -> RepositoryResult {
    let reason = error.reason();
    match error {
        FetchError::Empty { .. } => RepositoryResult::Empty { source },
        FetchError::NotReadable { .. } => RepositoryResult::NotReadable { source, reason },
        _ => RepositoryResult::Unreachable { source, reason },
    }
}

/// What becomes of a source that is here and cannot be opened.
fn unopened(source: DeclaredSource, error: &OpenError) -> RepositoryResult {
    let with = |code| Reason::new(code).with("path", &source.url);
    let reason = match error {
        OpenError::Empty { .. } => return RepositoryResult::Empty { source },
        OpenError::NotFound { .. } => {
            let reason = with(ReasonCode::NotReadable);
            return RepositoryResult::NotReadable { source, reason };
        }
        OpenError::Unreadable { .. } | OpenError::NoSuchCommit { .. } => {
            with(ReasonCode::Unreachable)
        }
        OpenError::Damaged { .. } => with(ReasonCode::Damaged),
    };
    RepositoryResult::Unreachable { source, reason }
}

fn declared(source: &Source) -> DeclaredSource {
    DeclaredSource {
        id: identity(&source.address),
        url: source.url.clone(),
        name: source.address.name().to_owned(),
        kind: match source.kind {
            AddressKind::Repository => "repository",
            AddressKind::Account => "account",
            AddressKind::Site => "site",
        }
        .to_owned(),
        inferred: source.inferred,
    }
}

/// Every défi of the catalogue with its results, repositories or not.
fn assemble(
    plan: &Plan,
    catalogue: &Catalogue,
    results: &mut BTreeMap<(usize, RepositoryId), RepositoryResult>,
) -> ProgrammeCard {
    let mut defis = Vec::new();
    for (index, defi) in catalogue.defis.iter().enumerate() {
        let mut repositories = Vec::new();
        for source in &defi.sources {
            if source.kind == AddressKind::Repository {
                let id = identity(&source.address);
                repositories.extend(results.remove(&(index, id)));
            } else {
                let source = declared(source);
                repositories.push(RepositoryResult::NotExpanded { source });
            }
        }
        let main = defi
            .main_source()
            .filter(|source| source.kind == AddressKind::Repository && defi.sources.len() > 1)
            .map(|source| identity(&source.address));
        defis.push(defi_card(
            &plan.rules,
            header(catalogue, defi),
            repositories,
            main,
        ));
    }
    let promotions = catalogue.programme.promotions.iter().map(|promotion| {
        promotion
            .name
            .clone()
            .unwrap_or_else(|| promotion.id.clone())
    });
    let problems: Vec<Message> = catalogue
        .problems
        .iter()
        .map(|problem| problem.message.clone())
        .collect();
    let title = catalogue.programme.title.clone().unwrap_or_default();
    programme_card(
        &plan.rules,
        title,
        plan.today,
        defis,
        (promotions.collect(), problems),
    )
}

fn header(catalogue: &Catalogue, defi: &Defi) -> DefiHeader {
    let context = catalogue.context(defi);
    DefiHeader {
        id: defi.id.as_str().to_owned(),
        title: defi.title.clone(),
        promotion: defi.promotion.clone(),
        administration: defi.administration.clone(),
        description: defi.description.clone(),
        website: defi.website.clone(),
        starts: context.starts,
        ends: context.date_of(Milestone::Handover),
        problems: defi
            .problems
            .iter()
            .map(|problem| problem.message.clone())
            .collect(),
    }
}
