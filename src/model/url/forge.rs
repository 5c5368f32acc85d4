// SPDX-License-Identifier: EUPL-1.2
//! What a host makes of a path: where the repository ends, which pages are none, which sites belong to whom.

use serde::{Deserialize, Serialize};

use super::Account;
use crate::model::problem::distance;

/// Software of a forge, as far as its host's name tells. Case of paths does not matter on the known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ForgeFamily {
    /// GitHub: a path of two segments.
    GitHub,
    /// GitLab: groups within groups.
    GitLab,
    /// Forgejo or Gitea: a path of two segments.
    Forgejo,
    /// Another public forge with a path of two segments.
    Other,
    /// Not known from the name; a probe may tell.
    Unknown,
}

/// The family of a host (lower case, with or without port).
pub fn family_of(host: &str) -> ForgeFamily {
    let name = host.split(':').next().unwrap_or_default();
    let first = name.split('.').next().unwrap_or_default();
    match name {
        "github.com" => ForgeFamily::GitHub,
        "gitlab.com" | "framagit.org" => ForgeFamily::GitLab,
        "codeberg.org" | "gitea.com" => ForgeFamily::Forgejo,
        "bitbucket.org" | "git.sr.ht" => ForgeFamily::Other,
        _ if !name.contains('.') => ForgeFamily::Unknown,
        _ => match first {
            "gitlab" => ForgeFamily::GitLab,
            "forgejo" | "gitea" => ForgeFamily::Forgejo,
            _ => ForgeFamily::Unknown,
        },
    }
}

/// What a path names on its host.
#[derive(Debug)]
pub(super) enum Shape {
    Repository { path: String, has_suffix: bool },
    Account { owner: String },
    Site { account: Option<Account> },
    NotARepository,
    MissingOwner,
}

/// A host and path, interpreted.
#[derive(Debug)]
pub(super) struct HostReading {
    pub(super) host: String,
    pub(super) family: ForgeFamily,
    pub(super) shape: Shape,
    /// The path went on inside the repository.
    pub(super) is_cut: bool,
    pub(super) from_pages: bool,
}

/// Domains of *Pages* sites with the forge behind them.
const PAGES: [(&str, &str); 3] = [
    (".github.io", "github.com"),
    (".gitlab.io", "gitlab.com"),
    (".codeberg.page", "codeberg.org"),
];

/// Other hosts of GitHub whose paths begin with `OWNER/REPOSITORY`.
const GITHUB_HOSTS: [&str; 4] = [
    "www.github.com",
    "raw.githubusercontent.com",
    "codeload.github.com",
    "m.github.com",
];

/// First segments on GitHub that are pages of the forge and never an owner.
const GITHUB_PAGES: [&str; 24] = [
    "about",
    "apps",
    "collections",
    "contact",
    "customer-stories",
    "dashboard",
    "enterprise",
    "events",
    "explore",
    "features",
    "issues",
    "join",
    "login",
    "marketplace",
    "new",
    "notifications",
    "pricing",
    "pulls",
    "search",
    "security",
    "settings",
    "stars",
    "topics",
    "trending",
];

/// First segments on GitLab, Forgejo and unknown forges that are pages of the forge.
const FORGE_PAGES: [&str; 10] = [
    "-",
    "admin",
    "api",
    "dashboard",
    "explore",
    "help",
    "profile",
    "search",
    "snippets",
    "topics",
];

/// Segments after which an address is inside a repository, wherever they stand from the third on.
const INNER_PAGES: [&str; 19] = [
    "activity",
    "blame",
    "blob",
    "branches",
    "commit",
    "commits",
    "find_file",
    "forks",
    "graphs",
    "issues",
    "merge_requests",
    "milestones",
    "pipelines",
    "pulls",
    "raw",
    "releases",
    "tags",
    "tree",
    "wikis",
];

/// Interprets `segments` (none empty) on `host`.
pub(super) fn read_host(host: &str, segments: &[String]) -> HostReading {
    if let Some(reading) = read_pages_site(host, segments) {
        return reading;
    }
    let mut path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let host = if GITHUB_HOSTS.contains(&host) {
        "github.com"
    } else if host == "api.github.com" && path.first() == Some(&"repos") {
        path.remove(0);
        "github.com"
    } else {
        host.strip_prefix("www.")
            .filter(|bare| family_of(bare) != ForgeFamily::Unknown)
            .unwrap_or(host)
    };
    let family = family_of(host);
    let (shape, is_cut) = match family {
        ForgeFamily::GitHub => read_github(&path),
        _ => read_forge(family, &path),
    };
    HostReading {
        host: host.to_owned(),
        family,
        shape,
        is_cut,
        from_pages: false,
    }
}

/// `OWNER.github.io` is a site, `OWNER.github.io/REPOSITORY` its repository.
fn read_pages_site(host: &str, segments: &[String]) -> Option<HostReading> {
    let (owner, forge) = PAGES.iter().find_map(|(domain, forge)| {
        host.strip_suffix(domain)
            .filter(|owner| !owner.is_empty() && !owner.contains('.'))
            .map(|owner| (owner, *forge))
    })?;
    // `/index.html` is a page of the site, not a repository
    let repository = segments
        .first()
        .filter(|first| !first.contains('.') || first.as_str() == host);
    Some(match repository {
        Some(repository) => HostReading {
            host: forge.to_owned(),
            family: family_of(forge),
            shape: Shape::Repository {
                path: format!("{owner}/{repository}"),
                has_suffix: false,
            },
            is_cut: false,
            from_pages: true,
        },
        None => HostReading {
            host: host.to_owned(),
            family: ForgeFamily::Unknown,
            shape: Shape::Site {
                account: Some(Account {
                    host: forge.to_owned(),
                    owner: owner.to_owned(),
                }),
            },
            is_cut: false,
            from_pages: false,
        },
    })
}

fn read_github(path: &[&str]) -> (Shape, bool) {
    match path {
        [] => (Shape::MissingOwner, false),
        ["orgs" | "users" | "sponsors", owner, ..] => (account(owner), false),
        ["orgs" | "users" | "sponsors"] => (Shape::NotARepository, false),
        [page, ..] if GITHUB_PAGES.contains(&page.to_ascii_lowercase().as_str()) => {
            (Shape::NotARepository, false)
        }
        [owner] => (account(owner), false),
        [owner, name, rest @ ..] => (repository(&[owner, name]), !rest.is_empty()),
    }
}

fn read_forge(family: ForgeFamily, path: &[&str]) -> (Shape, bool) {
    let path = match path {
        ["groups" | "users" | "org" | "user", rest @ ..]
            if !rest.is_empty() && family != ForgeFamily::Unknown =>
        {
            let end = rest.iter().position(|part| *part == "-");
            return (account(&rest[..end.unwrap_or(rest.len())].join("/")), false);
        }
        [page, ..] if is_page(family, page) => return (Shape::NotARepository, false),
        path => path,
    };
    let end = match family {
        ForgeFamily::Forgejo | ForgeFamily::Other => path.len().min(2),
        _ => repository_end(path),
    };
    let is_cut = end < path.len();
    let shape = match &path[..end] {
        [] if family == ForgeFamily::Unknown => Shape::Site { account: None },
        [] => Shape::MissingOwner,
        [single] if !ends_with(single, ".git") => account(single),
        parts => repository(parts),
    };
    (shape, is_cut)
}

fn is_page(family: ForgeFamily, segment: &str) -> bool {
    FORGE_PAGES.contains(&segment) && (family != ForgeFamily::Unknown || segment == "search")
}

/// Where the repository's own path ends.
fn repository_end(path: &[&str]) -> usize {
    for (at, segment) in path.iter().enumerate().skip(1) {
        let next = path.get(at + 1).copied().unwrap_or_default();
        let is_source = *segment == "src" && matches!(next, "branch" | "commit" | "tag");
        if *segment == "-" || at >= 2 && (INNER_PAGES.contains(segment) || is_source) {
            return at;
        }
        if ends_with(path[at - 1], ".git") {
            return at;
        }
    }
    path.len()
}

fn account(owner: &str) -> Shape {
    Shape::Account {
        owner: owner.to_owned(),
    }
}

fn repository(parts: &[&str]) -> Shape {
    let path = parts.join("/");
    let bare = ends_with(&path, ".git")
        .then(|| path[..path.len() - 4].to_owned())
        .filter(|bare| !bare.is_empty() && !bare.ends_with('/'));
    Shape::Repository {
        has_suffix: bare.is_some(),
        path: bare.unwrap_or(path),
    }
}

/// True when `text` ends with `end`, an ASCII text, in any case.
pub(super) fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().wrapping_sub(end.len());
    text.get(start..)
        .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// True for what GitHub accepts as an owner's name.
pub(super) fn is_github_owner(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 39
        && !name.starts_with('-')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The known host of which `host` is a misspelling: one error, or two in the same top domain.
pub(super) fn misspelt<'h>(host: &str, known: &[&'h str]) -> Option<&'h str> {
    let letters: Vec<char> = host.chars().take(40).collect();
    known
        .iter()
        .map(|near| (distance(&letters, &near.chars().collect::<Vec<_>>()), *near))
        .filter(|(errors, _)| (1..=2).contains(errors))
        .min()
        .map(|(_, near)| near)
}
