// SPDX-License-Identifier: EUPL-1.2
//! Catalogues of défis: from files that people wrote to a list of défis with their repositories, accounts and sites.
//!
//! Formats: the EIG site's `defis.yml` with `promos.yml` beside it ([`eig`]), our own `perenne.toml` ([`toml`]) and a
//! plain list of addresses ([`list`]). An entry that cannot be read stays, with its problem; a défi without any
//! repository stays too. Nothing is fetched here: accounts and sites are expanded by whoever asks the forges. Reading
//! files is the job of [`load`] alone.

pub mod check;
mod config;
pub mod eig;
mod error;
pub mod list;
mod load;
mod settle;
pub mod toml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::model::finding::Waiver;
use crate::model::limits::{CATALOGUE_ENTRIES, ENTRY_SOURCES, PROMOTIONS};
use crate::model::settings::{ForgeSettings, RuleOverride};
use crate::model::url::parse_address;
use crate::model::{
    Address, AddressKind, AuditContext, Date, DefiId, Message, Problem, RepositoryId, Transport,
};

pub use error::CatalogueError;
pub use load::{Format, LoadOptions, load, load_text, recognise};

/// A programme with its défis and its configuration.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The programme.
    pub programme: Programme,
    /// Its défis in the order of the files; ids are unique.
    pub defis: Vec<Defi>,
    /// Forges that need more than their host's name.
    pub forges: Vec<ForgeSettings>,
    /// Rules that differ from what is shipped.
    pub rules: Vec<RuleOverride>,
    /// Exceptions that the programme grants.
    pub waivers: Vec<ProgrammeWaiver>,
    /// Options of the site.
    pub site: SiteOptions,
    /// Problems of files as a whole and of the configuration; those of entries are in [`Defi::problems`].
    pub problems: Vec<Problem>,
}

/// What is said of the programme itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programme {
    /// Its name.
    pub title: Option<String>,
    /// Language of its reports, `fr` or `en`.
    pub language: Option<String>,
    /// Its promotions, in the order of the files.
    pub promotions: Vec<Promotion>,
}

/// A promotion: the défis that begin together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promotion {
    /// What a défi writes to name it, for example `4` or `dig`.
    pub id: String,
    /// Its display name, for example `EIG 4`.
    pub name: Option<String>,
    /// A longer title.
    pub title: Option<String>,
    /// First day.
    pub starts: Option<Date>,
    /// Length, months.
    pub duration_months: Option<u32>,
    /// Day of the midterm milestone, when it is not half of the duration.
    pub midterm: Option<Date>,
    /// Day of the handover milestone, when it is not the end.
    pub handover: Option<Date>,
}

/// Options of the published site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteOptions {
    /// Address at which the site will be published, without trailing slash.
    pub url: Option<String>,
    /// Whether search engines may index it; no by default.
    pub indexed: Option<bool>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Address of a page or mailbox for questions.
    pub contact: Option<String>,
    /// Address at which a finding is contested.
    pub contest_url: Option<String>,
}

/// A waiver granted by the programme: for everything, for one défi, or for one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeWaiver {
    /// The waiver.
    pub waiver: Waiver,
    /// The only défi that it concerns.
    pub defi: Option<DefiId>,
    /// The only repository that it concerns.
    pub repository: Option<RepositoryId>,
    /// The configuration file.
    pub file: String,
    /// Line in it.
    pub line: u32,
}

/// A défi as its catalogue describes it. Names of persons are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defi {
    /// Its key in the catalogue; a second one with the same key gets ` (2)` behind it.
    pub id: DefiId,
    /// Its title; the key when there is none. Titles are not unique.
    pub title: String,
    /// Promotion as the défi writes it, for example `4`.
    pub promotion_id: Option<String>,
    /// The promotion's display name, for example `EIG 4`; what the défi writes when nothing names it.
    pub promotion: Option<String>,
    /// The administration that bears it.
    pub administration: Option<String>,
    /// The administration's site.
    pub administration_website: Option<String>,
    /// The défi's own site; may be dead.
    pub website: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// First day, when the défi has its own.
    pub starts: Option<Date>,
    /// Length, months.
    pub duration_months: Option<u32>,
    /// Day of the midterm milestone, when the défi has its own.
    pub midterm: Option<Date>,
    /// Day of the handover milestone, when the défi has its own.
    pub handover: Option<Date>,
    /// Year in which it began; does not identify the promotion.
    pub year: Option<u32>,
    /// Skills of the team, as written.
    pub skills: Vec<String>,
    /// Realisations that the catalogue shows.
    pub projects: Vec<ProjectLink>,
    /// Where its code is.
    pub sources: Vec<Source>,
    /// What is wrong with the entry.
    pub problems: Vec<Problem>,
    /// File in which it stands.
    pub file: String,
    /// Line at which it begins.
    pub line: u32,
}

/// A realisation that a catalogue shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectLink {
    /// Its title.
    pub title: String,
    /// Where it leads, as written.
    pub url: Option<String>,
    /// Line in the catalogue.
    pub line: u32,
}

/// A repository, or an account or site to expand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it names.
    pub kind: AddressKind,
    /// Normalised address; a path relative to the catalogue for local ones.
    pub url: String,
    /// Host; empty for local paths.
    pub host: String,
    /// True when the host was missing and supplied.
    pub inferred: bool,
    /// Line in the catalogue.
    pub line: u32,
    /// The address in full.
    pub address: Address,
    /// True for the défi's main repository: the first one.
    pub main: bool,
    /// For local repositories, the path to open: relative ones are relative to the catalogue's folder.
    pub local: Option<PathBuf>,
}

impl Programme {
    /// The promotion that `written` names, by id or by display name, in any case.
    pub fn promotion(&self, written: &str) -> Option<&Promotion> {
        let wanted = written.trim().to_lowercase();
        let is_named = |text: &str| text.to_lowercase() == wanted;
        self.promotions
            .iter()
            .find(|promotion| is_named(&promotion.id))
            .or_else(|| {
                self.promotions
                    .iter()
                    .find(|promotion| promotion.name.as_deref().is_some_and(is_named))
            })
    }

    /// Adds a promotion, or completes the one with the same id or name; what `more` says prevails.
    ///
    /// Beyond [`PROMOTIONS`] none is added: défis then name an unknown one, which is said.
    fn add_promotion(&mut self, more: Promotion) {
        let known = [Some(more.id.as_str()), more.name.as_deref()];
        let at = known.into_iter().flatten().find_map(|text| {
            let found = self.promotion(text)?;
            self.promotions.iter().position(|other| other == found)
        });
        let Some(at) = at else {
            if self.promotions.len() < PROMOTIONS {
                self.promotions.push(more);
            }
            return;
        };
        let old = &mut self.promotions[at];
        old.name = more.name.or(old.name.take());
        old.title = more.title.or(old.title.take());
        old.starts = more.starts.or(old.starts);
        old.duration_months = more.duration_months.or(old.duration_months);
        old.midterm = more.midterm.or(old.midterm);
        old.handover = more.handover.or(old.handover);
    }
}

impl Defi {
    /// A défi of which only the key is known.
    pub fn new(id: &str, file: &str, line: u32) -> Self {
        Self {
            id: DefiId::new(id),
            title: id.to_owned(),
            promotion_id: None,
            promotion: None,
            administration: None,
            administration_website: None,
            website: None,
            description: None,
            starts: None,
            duration_months: None,
            midterm: None,
            handover: None,
            year: None,
            skills: Vec::new(),
            projects: Vec::new(),
            sources: Vec::new(),
            problems: Vec::new(),
            file: file.to_owned(),
            line,
        }
    }

    /// The main repository, account or site.
    pub fn main_source(&self) -> Option<&Source> {
        self.sources.iter().find(|source| source.main)
    }

    /// Reads an address into the sources, or into the problems.
    fn add_source(&mut self, text: &str, line: u32) {
        if self.sources.len() >= ENTRY_SOURCES {
            let message = Message::new("too-many-items")
                .with("key", "sources")
                .with("limit", ENTRY_SOURCES);
            let problem = Problem::of_entry(&self.file, self.line, message);
            if self.problems.last() != Some(&problem) {
                self.problems.push(problem);
            }
            return;
        }
        let address = match parse_address(text) {
            Ok(address) => address,
            Err(problem) => {
                self.problems.push(
                    Problem::of_entry(&self.file, line, problem.message())
                        .with_suggestion(problem.suggestion()),
                );
                return;
            }
        };
        for repair in &address.repairs {
            self.problems.push(
                Problem::of_entry(&self.file, line, repair.message(&address))
                    .with_suggestion(Some(repair.suggestion(&address))),
            );
        }
        let is_same = |source: &&Source| {
            source.url == address.url
                || source.address.repository_id().is_some()
                    && source.address.repository_id() == address.repository_id()
        };
        if let Some(first) = self.sources.iter().find(is_same) {
            let message = Message::new("duplicate-source")
                .with("url", &address.url)
                .with("first", first.line);
            self.problems
                .push(Problem::of_entry(&self.file, line, message));
            return;
        }
        self.sources.push(Source {
            kind: address.kind,
            url: address.url.clone(),
            host: address.host.clone(),
            inferred: address.inferred,
            line,
            local: address.local_path().map(Path::to_path_buf),
            address,
            main: false,
        });
    }
}

impl Catalogue {
    /// What rules need to know of a défi.
    pub fn context(&self, defi: &Defi) -> AuditContext {
        let promotion = defi
            .promotion_id
            .as_deref()
            .and_then(|written| self.programme.promotion(written));
        let date = |own: Option<Date>, shared: fn(&Promotion) -> Option<Date>| {
            own.or_else(|| promotion.and_then(shared))
        };
        AuditContext {
            defi: Some(defi.id.clone()),
            defi_title: Some(defi.title.clone()),
            administration: defi.administration.clone(),
            promotion: defi.promotion.clone(),
            starts: date(defi.starts, |promotion| promotion.starts),
            duration_months: defi
                .duration_months
                .or_else(|| promotion.and_then(|promotion| promotion.duration_months)),
            midterm: date(defi.midterm, |promotion| promotion.midterm),
            handover: date(defi.handover, |promotion| promotion.handover),
            ..AuditContext::default()
        }
    }

    /// Every distinct repository that is named directly, with the défis that name it.
    pub fn repositories(&self) -> BTreeMap<RepositoryId, Vec<DefiId>> {
        let mut found: BTreeMap<RepositoryId, Vec<DefiId>> = BTreeMap::new();
        for defi in &self.defis {
            for id in defi
                .sources
                .iter()
                .filter_map(|source| source.address.repository_id())
            {
                let defis = found.entry(id).or_default();
                if !defis.contains(&defi.id) {
                    defis.push(defi.id.clone());
                }
            }
        }
        found
    }

    /// The waivers that concern a repository of a défi; expired ones included, for they are findings.
    pub fn waivers_for(&self, defi: &DefiId, repository: &RepositoryId) -> Vec<Waiver> {
        self.waivers
            .iter()
            .filter(|waiver| waiver.defi.as_ref().is_none_or(|only| only == defi))
            .filter(|waiver| {
                let only = waiver.repository.as_ref();
                only.is_none_or(|only| only == repository)
            })
            .map(|waiver| waiver.waiver.clone())
            .collect()
    }

    /// Problems of every file and every entry.
    pub fn all_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems
            .iter()
            .chain(self.defis.iter().flat_map(|defi| &defi.problems))
    }

    /// Adds what another file says; what `more` says of the programme and the site prevails.
    fn merge(&mut self, more: Self) {
        let Programme {
            title,
            language,
            promotions,
        } = more.programme;
        self.programme.title = title.or(self.programme.title.take());
        self.programme.language = language.or(self.programme.language.take());
        for promotion in promotions {
            self.programme.add_promotion(promotion);
        }
        let (site, other) = (&mut self.site, more.site);
        site.url = other.url.or(site.url.take());
        site.indexed = other.indexed.or(site.indexed);
        site.publisher = other.publisher.or(site.publisher.take());
        site.contact = other.contact.or(site.contact.take());
        site.contest_url = other.contest_url.or(site.contest_url.take());
        self.defis.extend(more.defis);
        self.forges.extend(more.forges);
        self.rules.extend(more.rules);
        self.waivers.extend(more.waivers);
        self.problems.extend(more.problems);
    }

    /// Resolves relative paths of repositories from the folder of the file that names them.
    fn locate(&mut self, folder: &Path) {
        for source in self.local_sources() {
            source.local = source.address.local_path().map(|path| folder.join(path));
        }
    }

    /// Shows relative paths as seen from the folder above: equal names in two folders stay two repositories.
    fn show_below(&mut self, folder: &str) {
        let folder = if folder.is_empty() { "." } else { folder };
        for source in self.local_sources() {
            source.address = source.address.clone().below(folder);
            source.url.clone_from(&source.address.url);
        }
    }

    fn local_sources(&mut self) -> impl Iterator<Item = &mut Source> {
        self.defis
            .iter_mut()
            .flat_map(|defi| &mut defi.sources)
            .filter(|source| source.address.transport == Transport::Local)
    }
}

/// The problem of a file whose further entries are not read.
fn too_many_entries(file: &str, line: u32) -> Problem {
    let message = Message::new("too-many-entries").with("limit", CATALOGUE_ENTRIES);
    Problem::of_file(file, Some(line), message)
}

#[cfg(test)]
mod tests;
