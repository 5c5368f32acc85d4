// SPDX-License-Identifier: EUPL-1.2
//! Addresses: of files at the audited commit on their forge, and of pages inside the site.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::model::ids::{hex, slug};
use crate::scoring::card::{ProgrammeCard, RepositoryResult};

/// Longest slug before its suffix: some file systems stop at 143 bytes.
const SLUG_CHARS: usize = 80;

/// The address as it may stand in a page: http or https, with a host, without credentials.
pub fn web_address(text: &str) -> Option<String> {
    let url = url::Url::parse(text.trim()).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    let has_credentials = !url.username().is_empty() || url.password().is_some();
    (is_web && !has_credentials).then(|| url.to_string())
}

/// Builds the addresses of files of one repository at one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalinks {
    base: String,
    commit: String,
    forge: Forge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Forge {
    GitHub,
    GitLab,
    Forgejo,
}

impl Permalinks {
    /// `None` unless the forge is known by its host's name and the commit is a full or short hash.
    pub fn new(url: Option<&str>, commit: Option<&str>) -> Option<Self> {
        let address = web_address(url?)?;
        let commit = commit?;
        let is_hash =
            (7..=64).contains(&commit.len()) && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        let parsed = url::Url::parse(&address).ok()?;
        let forge = forge_of(parsed.host_str()?)?;
        let base = address
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
            .trim_end_matches(".git")
            .to_owned();
        is_hash.then(|| Self {
            base,
            commit: commit.to_owned(),
            forge,
        })
    }

    /// Address of a file, at a line when there is one; `None` for a path that a browser would rewrite.
    pub fn file(&self, path: &str, line: Option<u32>) -> Option<String> {
        let is_odd = path.is_empty() || path.split('/').any(|part| matches!(part, "" | "." | ".."));
        if is_odd {
            return None;
        }
        let Self { base, commit, .. } = self;
        let path = encode_path(path);
        let mut address = match self.forge {
            Forge::GitHub => format!("{base}/blob/{commit}/{path}"),
            Forge::GitLab => format!("{base}/-/blob/{commit}/{path}"),
            Forge::Forgejo => format!("{base}/src/commit/{commit}/{path}"),
        };
        if let Some(line) = line {
            let _ = write!(address, "#L{line}");
        }
        Some(address)
    }

    /// Address of the commit.
    pub fn commit(&self) -> String {
        let Self { base, commit, .. } = self;
        match self.forge {
            Forge::GitHub | Forge::Forgejo => format!("{base}/commit/{commit}"),
            Forge::GitLab => format!("{base}/-/commit/{commit}"),
        }
    }
}

/// What the name of a host tells of its software.
fn forge_of(host: &str) -> Option<Forge> {
    let host = host.to_ascii_lowercase();
    match host.as_str() {
        "codeberg.org" => return Some(Forge::Forgejo),
        "framagit.org" | "salsa.debian.org" => return Some(Forge::GitLab),
        _ => {}
    }
    host.split(['.', '-']).find_map(|label| match label {
        "github" => Some(Forge::GitHub),
        "gitlab" => Some(Forge::GitLab),
        "gitea" | "forgejo" => Some(Forge::Forgejo),
        _ => None,
    })
}

/// Percent-encodes everything but unreserved characters and the separators.
pub fn encode_path(path: &str) -> String {
    encode(path, |byte| byte == b'/')
}

/// Percent-encodes everything but unreserved characters.
pub fn encode_component(text: &str) -> String {
    encode(text, |_| false)
}

fn encode(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        let is_unreserved =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if is_unreserved || keep(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Where each page of a site is, relative to the root of its language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteMap {
    defis: Vec<String>,
    repositories: Vec<Vec<Option<String>>>,
    by_repository: BTreeMap<String, String>,
    by_defi: BTreeMap<String, usize>,
    promotions: BTreeMap<String, String>,
}

impl SiteMap {
    /// Addresses for a programme. They follow from ids alone: where two share a slug, both get a suffix.
    pub fn of(programme: &ProgrammeCard) -> Self {
        let defi_ids: Vec<_> = programme
            .defis
            .iter()
            .map(|card| (card.defi.id.clone(), card.defi.id.clone()))
            .collect();
        let promotions: Vec<_> = programme
            .promotions
            .iter()
            .map(|name| (name.clone(), name.clone()))
            .collect();
        let mut audited = Vec::new();
        for card in &programme.defis {
            for result in &card.repositories {
                if let RepositoryResult::Audited { card: scorecard } = result {
                    let header = &scorecard.repository;
                    let name = match &header.owner {
                        Some(owner) => format!("{owner} {}", header.name),
                        None => header.name.clone(),
                    };
                    audited.push((name, format!("{}\0{}", header.id, card.defi.id)));
                }
            }
        }
        let mut pages = unique_slugs(&audited).into_iter();
        let mut map = Self {
            defis: to_pages("defis", unique_slugs(&defi_ids)),
            ..Self::default()
        };
        let promotion_pages = to_pages("promotions", unique_slugs(&promotions));
        map.promotions = programme
            .promotions
            .iter()
            .cloned()
            .zip(promotion_pages)
            .collect();
        for (index, card) in programme.defis.iter().enumerate() {
            map.by_defi.entry(card.defi.id.clone()).or_insert(index);
            let of_defi = card.repositories.iter().map(|result| match result {
                RepositoryResult::Audited { card } => {
                    let page = format!("depots/{}.html", pages.next()?);
                    map.by_repository
                        .entry(card.repository.id.to_string())
                        .or_insert_with(|| page.clone());
                    Some(page)
                }
                RepositoryResult::Empty { .. }
                | RepositoryResult::NotReadable { .. }
                | RepositoryResult::Unreachable { .. }
                | RepositoryResult::NotExpanded { .. } => None,
            });
            map.repositories.push(of_defi.collect());
        }
        map
    }

    /// Page of the défi at this place of the programme.
    pub fn defi(&self, index: usize) -> Option<&str> {
        self.defis.get(index).map(String::as_str)
    }

    /// Page of the défi with this id.
    pub fn defi_by_id(&self, id: &str) -> Option<&str> {
        self.defi(*self.by_defi.get(id)?)
    }

    /// Page of an audited repository by the places of its défi and itself.
    pub fn repository(&self, defi: usize, repository: usize) -> Option<&str> {
        self.repositories.get(defi)?.get(repository)?.as_deref()
    }

    /// Page of an audited repository by its id.
    pub fn repository_by_id(&self, id: &str) -> Option<&str> {
        self.by_repository.get(id).map(String::as_str)
    }

    /// Page of a promotion.
    pub fn promotion(&self, name: &str) -> Option<&str> {
        self.promotions.get(name).map(String::as_str)
    }
}

fn to_pages(folder: &str, slugs: Vec<String>) -> Vec<String> {
    slugs
        .into_iter()
        .map(|slug| format!("{folder}/{slug}.html"))
        .collect()
}

/// Slugs of `(name, identity)`: those that several share get digits of their identity, as do empty ones.
fn unique_slugs(named: &[(String, String)]) -> Vec<String> {
    let base = |name: &str| -> String {
        let short: String = slug(name).chars().take(SLUG_CHARS).collect();
        short.trim_end_matches('-').to_owned()
    };
    let mut uses: BTreeMap<String, u32> = BTreeMap::new();
    for (name, _) in named {
        *uses.entry(base(name)).or_default() += 1;
    }
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let mut unique = |slug: String| {
        let n = taken.entry(slug.clone()).or_default();
        *n += 1;
        if *n == 1 { slug } else { format!("{slug}-{n}") }
    };
    named
        .iter()
        .map(|(name, identity)| {
            let base = base(name);
            if !base.is_empty() && uses.get(&base) == Some(&1) {
                return unique(base);
            }
            let digest = hex(&Sha256::digest(identity.as_bytes())[..4]);
            unique(
                format!("{base}-{digest}")
                    .trim_start_matches('-')
                    .to_owned(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    fn link(url: &str, path: &str, line: Option<u32>) -> Option<String> {
        Permalinks::new(Some(url), Some(COMMIT))?.file(path, line)
    }

    #[test]
    fn each_forge_has_its_own_addresses() {
        let cases = [
            ("https://github.com/a/b", "https://github.com/a/b/blob/"),
            ("https://github.com/a/b.git", "https://github.com/a/b/blob/"),
            (
                "https://gitlab.com/g/s/b/",
                "https://gitlab.com/g/s/b/-/blob/",
            ),
            (
                "https://gitlab.example.org/a/b",
                "https://gitlab.example.org/a/b/-/blob/",
            ),
            (
                "https://codeberg.org/a/b",
                "https://codeberg.org/a/b/src/commit/",
            ),
        ];
        for (url, start) in cases {
            let expected = format!("{start}{COMMIT}/src/a%20b%23.rs#L3");
            assert_eq!(link(url, "src/a b#.rs", Some(3)), Some(expected));
        }
        assert_eq!(link("https://example.org/a/b", "x", None), None);
        assert_eq!(link("https://github.com/a/b", "../x", None), None);
    }

    #[test]
    fn only_web_addresses_become_links() {
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "git@github.com:a/b",
            "https://user:secret@example.org/",
            "//example.org",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
        assert!(web_address("https://example.org/a\"b").is_some_and(|a| !a.contains('"')));
    }

    #[test]
    fn a_commit_that_is_no_hash_gives_no_link() {
        assert_eq!(
            Permalinks::new(Some("https://github.com/a/b"), Some("main")),
            None
        );
        assert_eq!(Permalinks::new(Some("https://github.com/a/b"), None), None);
    }

    #[test]
    fn shared_slugs_get_a_suffix_on_every_one() {
        let named = [
            ("École", "1"),
            ("ecole", "2"),
            ("autre", "3"),
            ("日本", "4"),
        ]
        .map(|(name, id)| (name.to_owned(), id.to_owned()));
        let slugs = unique_slugs(&named);
        assert!(slugs[0].starts_with("ecole-") && slugs[1].starts_with("ecole-"));
        assert_ne!(slugs[0], slugs[1]);
        assert_eq!(slugs[2], "autre");
        assert_eq!(slugs[3].len(), 8);
        let mut reversed = named.clone();
        reversed.reverse();
        assert_eq!(unique_slugs(&reversed)[3], slugs[0], "independent of order");
    }
}
