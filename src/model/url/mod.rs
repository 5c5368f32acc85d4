// SPDX-License-Identifier: EUPL-1.2
//! Addresses of repositories as people write them: one pure function from text to [`Address`], no look at the network
//! or the disk.
//!
//! Order of the normalisation: trim; tell local paths from addresses; drop credentials, fragment and query; add
//! `https://`; read a host without a dot as an owner on GitHub; see through sites of *Pages*; cut `/tree/…`, `/-/…` and
//! the like down to the repository; drop `.git` and the trailing slash; one segment is an account, more are a
//! repository. Credentials never reach an [`Address`] or an [`AddressProblem`].

mod forge;
mod local;
mod parse;

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ids::RepositoryId;
use super::message::Message;

pub use self::forge::{ForgeFamily, family_of};
pub use self::parse::{displayable, parse_address};

/// Longest address that is read, in bytes.
const ADDRESS_BYTES: usize = 2048;

/// What an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AddressKind {
    /// One repository.
    Repository,
    /// An organisation, group or user: to expand to its repositories.
    Account,
    /// A site: a *Pages* site whose owner is known, or a host without a path.
    Site,
}

/// How a repository would be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// HTTPS.
    Https,
    /// HTTP without encryption.
    Http,
    /// SSH, also in the form `git@host:path`.
    Ssh,
    /// The `git://` protocol, neither encrypted nor authenticated.
    Git,
    /// A `file://` address.
    File,
    /// A path: work tree, bare repository, plain folder or bundle file.
    Local,
}

/// What had to be mended while reading an address. A person may want to correct the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "repair", rename_all = "kebab-case")]
pub enum Repair {
    /// The host was missing; the first segment was read as an owner on GitHub.
    HostInferred,
    /// A user name or password was removed.
    CredentialsRemoved,
    /// The address led to a file or page of the repository.
    CutToRepository,
    /// The address was a *Pages* site of the repository.
    FromPagesSite,
    /// The host is one letter or two away from a known one; it was kept.
    HostDoubtful {
        /// The known host.
        meant: String,
    },
}

/// An address that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// What it names.
    pub kind: AddressKind,
    /// How it would be reached, after normalisation.
    pub transport: Transport,
    /// Normalised address without trailing slash, `.git`, query, fragment and credentials; a path for local ones.
    pub url: String,
    /// Address for Git: as [`Self::url`], but `.git` is kept on hosts whose software is unknown.
    pub fetch_url: String,
    /// Host in lower case, with its port unless it is the usual one; empty for local paths.
    pub host: String,
    /// Path below the host without slashes at its ends, in the case in which it was written; the path itself for
    /// local ones; empty for a site.
    pub path: String,
    /// Software of the host, as far as its name tells.
    pub family: ForgeFamily,
    /// For a *Pages* site, the forge's host and the owner there; for an account, host and path.
    pub account: Option<Account>,
    /// True when a part that was not written was supplied: the host, or the repository behind a *Pages* site.
    pub inferred: bool,
    /// What had to be mended.
    pub repairs: Vec<Repair>,
}

/// An owner on a forge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Account {
    /// Host of the forge, lower case.
    pub host: String,
    /// The owner: a name, or the path of a subgroup.
    pub owner: String,
}

/// Why a text is not the address of a repository, an account or a site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// Nothing is written.
    #[error("empty address")]
    Empty,
    /// Longer than any address.
    #[error("address longer than 2048 bytes")]
    TooLong,
    /// Not an address; `meant` is what it may stand for.
    #[error("not an address: {read}")]
    NotAnAddress {
        /// What was read, without credentials.
        read: String,
        /// An address that was perhaps meant.
        meant: Option<String>,
    },
    /// An address of another protocol.
    #[error("unsupported scheme: {scheme}")]
    UnsupportedScheme {
        /// The scheme.
        scheme: String,
        /// A scheme that was perhaps meant.
        meant: Option<String>,
    },
    /// A page of a forge that is no repository: a search, a topic, a settings page.
    #[error("not a repository: {read}")]
    NotARepository {
        /// What was read, without credentials.
        read: String,
    },
    /// A forge without an owner.
    #[error("no owner on {host}")]
    MissingOwner {
        /// The forge's host.
        host: String,
    },
}

impl AddressProblem {
    /// What is wrong, for a person.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("address-empty"),
            Self::TooLong => Message::new("address-too-long").with("limit", ADDRESS_BYTES),
            Self::NotAnAddress { read, .. } => {
                Message::new("address-not-understood").with("read", read)
            }
            Self::UnsupportedScheme { scheme, .. } => {
                Message::new("address-scheme-unsupported").with("scheme", scheme)
            }
            Self::NotARepository { read } => {
                Message::new("address-not-a-repository").with("read", read)
            }
            Self::MissingOwner { host } => Message::new("address-without-owner").with("host", host),
        }
    }

    /// What was probably meant, or what to write.
    pub fn suggestion(&self) -> Option<Message> {
        match self {
            Self::NotAnAddress { meant, .. } | Self::UnsupportedScheme { meant, .. } => meant
                .as_ref()
                .map(|meant| Message::new("did-you-mean").with("value", meant)),
            Self::NotARepository { .. } => Some(Message::new("write-repository-address")),
            Self::MissingOwner { host } => {
                Some(Message::new("write-owner-after-host").with("host", host))
            }
            Self::Empty | Self::TooLong => None,
        }
    }
}

impl Repair {
    /// What was mended, for a person.
    pub fn message(&self, address: &Address) -> Message {
        match self {
            Self::HostInferred => Message::new("address-host-inferred").with("url", &address.url),
            Self::CredentialsRemoved => {
                Message::new("address-credentials-removed").with("host", &address.host)
            }
            Self::CutToRepository => {
                Message::new("address-cut-to-repository").with("url", &address.url)
            }
            Self::FromPagesSite => {
                Message::new("address-from-pages-site").with("url", &address.url)
            }
            Self::HostDoubtful { .. } => {
                Message::new("address-host-doubtful").with("host", &address.host)
            }
        }
    }

    /// What to write instead.
    pub fn suggestion(&self, address: &Address) -> Message {
        match self {
            Self::CredentialsRemoved => Message::new("revoke-credentials"),
            Self::HostDoubtful { meant } => Message::new("did-you-mean").with("value", meant),
            Self::HostInferred | Self::CutToRepository | Self::FromPagesSite => {
                Message::new("write-instead").with("value", &address.url)
            }
        }
    }
}

impl Address {
    /// Last part of the path: the repository's, account's or file's name; the host for a site. A `.git` folder has the
    /// name of the folder that holds it.
    pub fn name(&self) -> &str {
        let mut parts = self.path.rsplit(['/', '\\']);
        let last = parts.find(|part| *part != ".git").unwrap_or_default();
        if last.is_empty() { &self.host } else { last }
    }

    /// The path without its last part: the owner of a repository. `None` for local paths and single segments.
    pub fn owner(&self) -> Option<&str> {
        match self.transport {
            Transport::File | Transport::Local => None,
            _ => self.path.rsplit_once('/').map(|(owner, _)| owner),
        }
    }

    /// Identity of a repository: host and path, lower case where the host's software ignores case, without scheme.
    ///
    /// `None` for accounts and sites. Local paths answer `local/…` with the path as written.
    pub fn repository_id(&self) -> Option<RepositoryId> {
        if self.kind != AddressKind::Repository {
            return None;
        }
        Some(RepositoryId::new(match self.transport {
            Transport::File | Transport::Local => {
                let path = self.path.strip_prefix("./").unwrap_or(&self.path);
                format!("local/{path}")
            }
            _ if self.family == ForgeFamily::Unknown => format!("{}/{}", self.host, self.path),
            _ => format!("{}/{}", self.host, self.path.to_lowercase()),
        }))
    }

    /// The path of a local repository or of a `file://` address.
    pub fn local_path(&self) -> Option<&Path> {
        matches!(self.transport, Transport::File | Transport::Local)
            .then_some(Path::new(&self.path))
    }

    /// True for an address that is read without credentials: whoever reads it there reads what everybody may.
    pub fn is_anonymous(&self) -> bool {
        matches!(
            self.transport,
            Transport::Https | Transport::Http | Transport::Git
        )
    }

    /// True for a bundle file.
    pub fn is_bundle(&self) -> bool {
        self.local_path()
            .is_some_and(|path| path.extension().is_some_and(|end| end == "bundle"))
    }

    /// The same address seen from a folder above: a relative local path is put below `folder`.
    #[must_use]
    pub fn below(mut self, folder: &str) -> Self {
        if self.transport == Transport::Local && local::is_relative(&self.path) {
            self.path = local::normalise(&format!("{folder}/{}", self.path));
            self.url.clone_from(&self.path);
            self.fetch_url.clone_from(&self.path);
        }
        self
    }
}

#[cfg(test)]
mod tests;
