// SPDX-License-Identifier: EUPL-1.2
//! What examples of rules and the frozen corpus share: histories, forges and défis written in TOML, licence texts.

#![allow(dead_code, reason = "each test binary uses a part")]
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::path::Path;

use perenne::forge::record::{ApiFields, ForgeRecord, Origin};
use perenne::model::context::AuditContext;
use perenne::model::date::Moment;
use perenne::model::ids::{DefiId, RepositoryId};
use perenne::snapshot::{Commit, History, Identity, Tag};
use serde::Deserialize;

/// The bytes of a file of this repository.
pub(crate) fn read(path: &Path) -> Vec<u8> {
    #[expect(clippy::disallowed_methods, reason = "a file of this repository")]
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A history of commits and tags.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Past {
    #[serde(default)]
    commits: usize,
    #[serde(default)]
    first: String,
    #[serde(default)]
    last: String,
    #[serde(default = "one")]
    authors: usize,
    #[serde(default)]
    bots: usize,
    /// Name of a robot that commits beside the people.
    #[serde(default)]
    robot: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    /// Tags with days of their own.
    #[serde(default)]
    tagged: BTreeMap<String, String>,
    /// Commits by one identity each, beside those above.
    #[serde(default)]
    log: Vec<Run>,
    #[serde(default)]
    shallow: bool,
}

/// Commits of one identity, spread evenly between two days.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    name: String,
    #[serde(default)]
    email: String,
    commits: usize,
    first: String,
    #[serde(default)]
    last: Option<String>,
    #[serde(default)]
    merges: bool,
}

fn one() -> usize {
    1
}

/// What the address and the API of a forge say.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Forge {
    host: Option<String>,
    owner: Option<String>,
    name: Option<String>,
    is_fork: Option<bool>,
    is_technical_fork: Option<bool>,
    is_archived: Option<bool>,
    description: Option<String>,
    topics: Option<Vec<String>>,
    homepage: Option<String>,
    has_issue_tracker: Option<bool>,
    owner_kind: Option<String>,
    is_private: Option<bool>,
    is_template: Option<bool>,
    forks_count: Option<u32>,
    subscribers_count: Option<u32>,
    pushed_at: Option<String>,
    released_at: Option<String>,
    has_private_reporting: Option<bool>,
    is_in_software_heritage: Option<bool>,
    software_heritage_visit: Option<String>,
    /// The contents came from the address, without credentials.
    is_read_publicly: bool,
}

/// What a catalogue says of the défi.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Context {
    defi: Option<String>,
    administration: Option<String>,
    promotion: Option<String>,
    starts: Option<String>,
    duration_months: Option<u32>,
    owner_is_public_sector: Option<bool>,
}

pub(crate) fn moment(text: &str) -> Moment {
    Moment::at(text.parse().unwrap_or_else(|_| panic!("{text} is no date")))
}

impl Past {
    pub(crate) fn history(&self) -> History {
        let people = (0..self.authors).map(|n| Identity {
            name: format!("Person {n}"),
            email: format!("person{n}@example.org"),
        });
        let bots = (0..self.bots).map(|n| Identity {
            name: format!("robot{n}[bot]"),
            email: format!("robot{n}[bot]@users.noreply.example.org"),
        });
        let robot = self.robot.iter().map(|name| Identity {
            name: name.clone(),
            email: format!("{name}@users.noreply.example.org"),
        });
        let mut authors: Vec<_> = people.chain(bots).chain(robot).collect();
        let spread = |first: &str, last: &str, commits: usize| {
            let (first, last) = (moment(first).seconds, moment(last).seconds);
            let steps = i64::try_from(commits.max(2) - 1).unwrap();
            (0..commits).map(move |n| Moment {
                seconds: last - (last - first) * i64::try_from(n).unwrap() / steps,
                offset: 0,
            })
        };
        let commit = |committed, author, is_merge| Commit {
            committed,
            author,
            is_merge,
            is_signed_off: false,
        };
        let mut commits = Vec::new();
        if self.commits > 0 {
            let days = spread(&self.first, &self.last, self.commits).enumerate();
            commits.extend(days.map(|(n, day)| commit(day, n % authors.len(), false)));
        }
        for run in &self.log {
            authors.push(Identity {
                name: run.name.clone(),
                email: run.email.clone(),
            });
            let last = run.last.as_deref().unwrap_or(&run.first);
            let days = spread(&run.first, last, run.commits);
            commits.extend(days.map(|day| commit(day, authors.len() - 1, run.merges)));
        }
        commits.sort_by_key(|commit| std::cmp::Reverse(commit.committed.seconds));
        let of_last = self.tags.iter().map(|name| (name, &self.last));
        History {
            commits,
            authors,
            is_complete: !self.shallow,
            tags: of_last
                .chain(&self.tagged)
                .map(|(name, day)| Tag {
                    name: name.clone(),
                    date: Some(moment(day)),
                })
                .collect(),
        }
    }
}

/// The record of a repository called `name`, with what the forge says of it.
pub(crate) fn record(name: &str, forge: Option<&Forge>) -> ForgeRecord {
    let mut record = ForgeRecord::local(RepositoryId::new(name), name);
    let Some(forge) = forge else {
        return record;
    };
    let day = |text: &Option<String>| text.as_deref().map(moment);
    record.is_read_publicly = forge.is_read_publicly;
    record.host.clone_from(&forge.host);
    record.origin = match forge.host.as_deref() {
        Some("github.com") => Origin::GitHub,
        Some(host) if host.starts_with("gitlab.") => Origin::GitLab,
        Some("codeberg.org") => Origin::Forgejo,
        Some(_) => Origin::PlainGit,
        None => record.origin,
    };
    record.owner.clone_from(&forge.owner);
    if let Some(name) = &forge.name {
        record.name.clone_from(name);
    }
    let api = ApiFields {
        observed_at: None,
        description: forge.description.clone(),
        topics: forge.topics.clone(),
        homepage: forge.homepage.clone(),
        is_fork: forge.is_fork,
        is_technical_fork: forge.is_technical_fork,
        is_archived: forge.is_archived,
        has_issue_tracker: forge.has_issue_tracker,
        owner_kind: forge.owner_kind.clone(),
        is_private: forge.is_private,
        is_template: forge.is_template,
        forks_count: forge.forks_count,
        subscribers_count: forge.subscribers_count,
        pushed_at: day(&forge.pushed_at),
        released_at: day(&forge.released_at),
        has_private_reporting: forge.has_private_reporting,
        is_in_software_heritage: forge.is_in_software_heritage,
        software_heritage_visit: day(&forge.software_heritage_visit),
    };
    if api != ApiFields::default() {
        if record.host.is_none() {
            record.origin = Origin::GitHub;
        }
        record.api = Some(api);
    }
    record
}

impl Context {
    pub(crate) fn audit_context(&self) -> AuditContext {
        AuditContext {
            defi: self.defi.clone().map(DefiId::new),
            defi_title: self.defi.clone(),
            administration: self.administration.clone(),
            promotion: self.promotion.clone(),
            starts: self.starts.as_deref().map(|text| text.parse().unwrap()),
            duration_months: self.duration_months,
            owner_is_public_sector: self.owner_is_public_sector,
            ..AuditContext::default()
        }
    }
}

/// The text of a licence of the SPDX list, its notice filled in.
pub(crate) fn licence_text(id: &str) -> String {
    let text = spdx::text::LICENSE_TEXTS
        .iter()
        .find(|(name, _)| *name == id)
        .unwrap_or_else(|| panic!("no licence text {id}"))
        .1;
    text.replace("<year>", "2024")
        .replace("[year]", "2024")
        .replace("<copyright holders>", "Ministère de l’Exemple")
        .replace("<owner>", "Ministère de l’Exemple")
        .replace("[fullname]", "Ministère de l’Exemple")
}
