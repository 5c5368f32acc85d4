// SPDX-License-Identifier: EUPL-1.2
//! Where the links of a README lead: inside the repository, to the project's sites, to the programme.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::page::{Page, pattern};
use crate::facts::prose::{Format, Link};
use crate::forge::record::ForgeRecord;
use crate::snapshot::{EntryKind, Snapshot};

static SCHEME: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[a-z][a-z0-9+.-]*:"));

static OWN_FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^https?://(?P<host>[^/]+)/(?P<repo>[^?#]+?)/(?:-/)?(?:blob|tree|raw|edit|src/branch)/(?:main|master|HEAD)(?:/item)?(?:/(?P<path>[^?#]*))?(?:[?#].*)?$",
    )
});

static RAW_FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^https?://raw\.(?P<host>github)usercontent\.com/(?P<repo>[^/]+/[^/]+)/(?:refs/heads/)?(?:main|master|HEAD)/(?P<path>[^?#]+)",
    )
});

static LICENCE_FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?:^|/)(?:(?:licen[cs]es?|copying|unlicense)(?:[._-][^/]*)?|licen[cs]es/[^/]+)$")
});

/// Ends of host names without scheme: people forget it, and the link leads nowhere inside the repository.
static BARE_HOST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:www\.|localhost\b|(?:[\w-]+\.)+(?:fr|com|org|net|io|eu|dev|app|gouv\.fr)(?:/|$|:))",
    )
});

/// Where a target leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A path inside the repository, empty for its root.
    Inside(String),
    /// An address elsewhere.
    Outside,
    /// A place of the page, nothing, or something that cannot be told.
    Nowhere,
}

/// The repository's own identity and files, to resolve links.
pub(super) struct Resolver<'r> {
    snapshot: &'r Snapshot,
    folder: &'r str,
    is_org: bool,
    own: Option<(String, String)>,
}

impl<'r> Resolver<'r> {
    pub(super) fn new(record: &ForgeRecord, snapshot: &'r Snapshot, page: &'r Page<'_>) -> Self {
        let known = match (&record.host, &record.owner) {
            (Some(host), Some(owner)) => Some((host.clone(), format!("{owner}/{}", record.name))),
            _ => None,
        };
        Self {
            snapshot,
            folder: page.path.rsplit_once('/').map_or("", |(folder, _)| folder),
            is_org: Format::of_path(page.path) == Format::Org,
            own: known.or_else(|| guess_identity(snapshot, page)),
        }
    }

    /// Where the target of a link leads.
    pub(super) fn place(&self, target: &str) -> Place {
        let target = target.trim();
        if target.is_empty()
            || target.starts_with('#')
            || target.contains(['{', '}', '<', '>', '$'])
        {
            return Place::Nowhere;
        }
        if target.starts_with("//") || SCHEME.is_match(target) {
            return match own_path(target) {
                Some((host, repo, path)) if self.is_own(&host, &repo) => {
                    Place::Inside(decode(path.trim_end_matches('/')).into_owned())
                }
                _ => Place::Outside,
            };
        }
        let path = target.split(['#', '?']).next().unwrap_or_default();
        if self.exists(path) {
            return Place::Inside(path.to_owned());
        }
        let is_org_file =
            self.is_org && Format::of_path(path) == Format::Org && !path.starts_with("www.");
        if BARE_HOST.is_match(path) && !is_org_file {
            return Place::Outside;
        }
        match self.resolve(&decode(path)) {
            Some(path) => Place::Inside(path),
            None => Place::Nowhere,
        }
    }

    /// True when the path is a file, a folder or something that is not looked into.
    pub(super) fn exists(&self, path: &str) -> bool {
        if path.is_empty() || self.snapshot.entry(path).is_some() || self.snapshot.has_folder(path)
        {
            return true;
        }
        let is_opaque = |folder: &str| {
            let entry = self.snapshot.entry(folder);
            entry.is_some_and(|entry| matches!(entry.kind, EntryKind::Link | EntryKind::Submodule))
        };
        path.match_indices('/')
            .any(|(at, _)| is_opaque(&path[..at]))
    }

    /// True for a link to a licence text of the repository.
    pub(super) fn is_licence_file(&self, target: &str) -> bool {
        match self.place(target) {
            Place::Inside(path) => LICENCE_FILE.is_match(&path) && self.exists(&path),
            _ => false,
        }
    }

    /// True for an address of the repository itself on its forge.
    pub(super) fn is_own_address(&self, target: &str) -> bool {
        let lower = target.to_ascii_lowercase();
        self.own.as_ref().is_some_and(|(host, repo)| {
            lower.contains(&format!("{host}/{repo}").to_ascii_lowercase())
        })
    }

    fn is_own(&self, host: &str, repo: &str) -> bool {
        self.own.as_ref().is_some_and(|(own_host, own_repo)| {
            own_host.eq_ignore_ascii_case(host) && own_repo.eq_ignore_ascii_case(repo)
        })
    }

    /// The path from the root; nothing for one that climbs above it, such as a page of the forge.
    fn resolve(&self, path: &str) -> Option<String> {
        let (start, rest) = match path.strip_prefix('/') {
            Some(rest) => ("", rest),
            None => (self.folder, path),
        };
        let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
        for part in rest.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

/// Host, repository and path of an address that names a file on a main branch.
fn own_path(target: &str) -> Option<(String, String, &str)> {
    let found = RAW_FILE.captures(target);
    let is_raw = found.is_some();
    let found = found.or_else(|| OWN_FILE.captures(target))?;
    let group = |name| found.name(name).map_or("", |group| group.as_str());
    let host = if is_raw { "github.com" } else { group("host") };
    let path = found.name("path").map_or("", |path| path.as_str());
    Some((host.to_owned(), group("repo").to_owned(), path))
}

/// The repository that the page links to with paths that exist here, two levels deep at least: it is this one.
fn guess_identity(snapshot: &Snapshot, page: &Page<'_>) -> Option<(String, String)> {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for link in page
        .passages
        .iter()
        .flat_map(|passage| &passage.block.links)
    {
        let Some((host, repo, path)) = own_path(&link.target) else {
            continue;
        };
        let path = decode(path.trim_end_matches('/'));
        if path.contains('/') && (snapshot.entry(&path).is_some() || snapshot.has_folder(&path)) {
            *seen.entry((host, repo)).or_default() += 1;
        }
    }
    let best = seen.into_iter().max_by_key(|(_, count)| *count);
    best.map(|(identity, _)| identity)
}

/// Percent-decodes a path; one that is no UTF-8 afterwards stays as written.
pub(super) fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digit = |offset: usize| char::from(*bytes.get(at + offset)?).to_digit(16);
        if let (b'%', Some(high), Some(low)) = (byte, digit(1), digit(2)) {
            decoded.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
            at += 3;
        } else {
            decoded.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// True for a badge that shows the licence of the repository as its forge or registry reads it.
pub(super) fn shows_licence(link: &Link) -> bool {
    static BADGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^https?://(?:(?:img\.shields\.io|(?:flat\.)?badgen\.net)/(?:(?:github|gitlab|gitea)/licen[cs]e|(?:npm|pypi|crates|packagist|cran|gem|hexpm|conda)/(?:l|license))/|poser\.pugx\.org/[^?#]*/license)",
        )
    });
    link.is_image && BADGE.is_match(&link.target)
}

/// Links and images whose target should be in the repository and is not, each target once.
pub(super) fn broken<'p>(page: &'p Page<'_>, resolver: &Resolver<'_>) -> Vec<&'p Link> {
    let mut broken: Vec<&Link> = Vec::new();
    for link in page
        .passages
        .iter()
        .flat_map(|passage| &passage.block.links)
    {
        let is_broken =
            matches!(resolver.place(&link.target), Place::Inside(path) if !resolver.exists(&path));
        if is_broken && !broken.iter().any(|known| known.target == link.target) {
            broken.push(link);
        }
    }
    broken
}
