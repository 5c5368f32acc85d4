// SPDX-License-Identifier: EUPL-1.2
//! Hosting providers: signs in configuration, legal notices and documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::notes::Statement;
use super::words::find_bounded;
use crate::facts::pattern::folded;
use crate::model::text::fold_plain;
use crate::snapshot::Entry;

/// A sign of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) name: &'static str,
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) strength: Strength,
    pub(super) excerpt: String,
}

/// How plainly a sign names the host of the project; the strongest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A file of the platform, or a deployment job.
    Recipe,
    /// The legal notice says who hosts.
    Notice,
    /// A document says where it runs.
    Statement,
    /// A static host of pages, often of the documentation alone.
    Pages,
    /// An address of the provider in configuration.
    Endpoint,
}

/// Signs of one provider that are kept.
const MOST_SIGNS: usize = 3;

/// Providers as people write them, folded.
const NAMES: &[(&str, &[&str])] = &[
    ("OVH", &["ovh", "ovhcloud"]),
    ("Scaleway", &["scaleway"]),
    ("AWS", &["amazon web services", "aws"]),
    ("Azure", &["azure"]),
    ("GCP", &["google cloud", "gcp"]),
    (
        "Clever Cloud",
        &["clever cloud", "clever-cloud", "clevercloud"],
    ),
    ("Scalingo", &["scalingo"]),
    ("Outscale", &["outscale"]),
    ("Heroku", &["heroku"]),
    ("Netlify", &["netlify"]),
    ("Vercel", &["vercel"]),
    ("DigitalOcean", &["digitalocean", "digital ocean"]),
    ("Gandi", &["gandi"]),
    ("Hetzner", &["hetzner"]),
    ("alwaysdata", &["alwaysdata"]),
    ("IONOS", &["ionos"]),
    ("Infomaniak", &["infomaniak"]),
    ("Ikoula", &["ikoula"]),
    ("o2switch", &["o2switch"]),
    ("SSPCloud", &["sspcloud", "ssp cloud"]),
    ("Nubo", &["nubo"]),
    ("Orange Business", &["orange business"]),
    (
        "GitHub",
        &[
            "github pages",
            "github,pages",
            "github-pages",
            "github inc",
            "github,inc",
            "github, inc",
        ],
    ),
    ("Cegedim", &["cegedim"]),
    ("Cloud Temple", &["cloud temple"]),
];

/// Addresses and names that only a provider's service has, lower case.
const ENDPOINTS: &[(&str, &[&str])] = &[
    (
        "OVH",
        &[
            ".ovh.net",
            ".ovh.com",
            ".ovh.us",
            "ovh:",
            "ovh=",
            "name: ovh",
            "name:ovh",
            ".ovhcloud.com",
        ],
    ),
    ("Scaleway", &[".scw.cloud", "scaleway"]),
    ("AWS", &[".amazonaws.com", ".cloudfront.net", "arn:aws:"]),
    (
        "Azure",
        &[
            ".azurewebsites.net",
            ".windows.net",
            ".azurecr.io",
            ".azure.com",
        ],
    ),
    (
        "GCP",
        &[
            ".appspot.com",
            ".run.app",
            "gcr.io/",
            ".googleapis.com/storage",
            "storage.googleapis.com",
        ],
    ),
    ("Clever Cloud", &[".clever-cloud.com", ".cleverapps.io"]),
    ("Scalingo", &[".scalingo.io", ".scalingo.com"]),
    ("Outscale", &[".outscale.com"]),
    ("Heroku", &[".herokuapp.com"]),
    ("Netlify", &[".netlify.app", ".netlify.com"]),
    ("Vercel", &[".vercel.app", ".now.sh"]),
    (
        "DigitalOcean",
        &[".digitaloceanspaces.com", ".ondigitalocean.app"],
    ),
    ("alwaysdata", &[".alwaysdata.net"]),
    ("SSPCloud", &[".lab.sspcloud.fr"]),
];

/// What stands in every match of [`ENDPOINTS`], so that most files are searched once, and not line by line.
static ENDPOINT_PARTS: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"ovh|scaleway|scw\.cloud|amazonaws|cloudfront\.net|arn:aws:|azurewebsites|windows\.net|azurecr|azure\.com|appspot|run\.app|gcr\.io|googleapis|clever-cloud|cleverapps|scalingo|outscale|herokuapp|netlify|vercel|now\.sh|digitalocean|alwaysdata|sspcloud",
    )
});

/// The provider that a folded line names first.
pub(super) fn named(line: &str) -> Option<&'static str> {
    all_named(line).into_iter().next()
}

/// The providers that a folded line names, in order.
pub(super) fn all_named(line: &str) -> Vec<&'static str> {
    let mut found: Vec<(usize, &'static str)> = NAMES
        .iter()
        .filter_map(|(name, spellings)| {
            let at = spellings
                .iter()
                .filter_map(|spelling| find_bounded(line, spelling))
                .min()?;
            Some((at, *name))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

impl Strength {
    /// The sign's name in facts.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Recipe => "recipe",
            Self::Notice => "notice",
            Self::Statement => "statement",
            Self::Pages => "pages",
            Self::Endpoint => "endpoint",
        }
    }
}

/// Signs in sentences that say where something runs.
pub(super) fn of_statements(statements: &[Statement]) -> Vec<Sign> {
    let mut signs = Vec::new();
    for statement in statements {
        let named = all_named(&statement.folded);
        signs.extend(named.into_iter().map(|name| Sign {
            name,
            path: statement.path.clone(),
            line: statement.line,
            strength: Strength::Statement,
            excerpt: statement.text.clone(),
        }));
    }
    signs
}

/// The strongest signs first, a few of each provider.
pub(super) fn kept(mut signs: Vec<Sign>) -> Vec<Sign> {
    signs.sort_by_key(|sign| sign.strength);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    signs.retain(|sign| {
        if !seen.insert((sign.name, sign.path.clone(), sign.line)) {
            return false;
        }
        let count = counts.entry(sign.name).or_default();
        *count += 1;
        *count <= MOST_SIGNS
    });
    signs
}

/// Adds the first sign of each provider among the addresses of a configuration.
pub(super) fn add_endpoints(entry: &Entry, text: &str, signs: &mut Vec<Sign>) {
    let whole = text.to_ascii_lowercase();
    if !ENDPOINT_PARTS.is_match(&whole) {
        return;
    }
    let mut seen = BTreeSet::new();
    for (lower, number) in whole.lines().zip(1_u32..).take(3000) {
        let is_other = lower.trim_start().starts_with('#')
            || ["your-", "example", "xxx", "localhost"]
                .iter()
                .any(|mark| lower.contains(mark));
        if is_other || !ENDPOINT_PARTS.is_match(lower) {
            continue;
        }
        for (name, needles) in ENDPOINTS {
            if !seen.contains(name)
                && let Some(needle) = needles
                    .iter()
                    .find(|needle| find_bounded(lower, needle).is_some())
            {
                seen.insert(*name);
                signs.push(Sign {
                    name,
                    path: entry.path.to_string(),
                    line: number,
                    strength: Strength::Endpoint,
                    excerpt: (*needle).to_owned(),
                });
            }
        }
    }
}

pub(super) fn is_notice(entry: &Entry) -> bool {
    let path = fold_plain(&entry.path);
    let named = [
        "mentions-legales",
        "mentions_legales",
        "mentionslegales",
        "mentions",
        "legal",
        "cgu",
        "terms",
        "hebergement",
        "a-propos",
    ];
    let is_licence = ["licen", "legalcode", ".json", "test"]
        .iter()
        .any(|part| path.contains(part));
    named.iter().any(|part| path.contains(part)) && !is_licence
}

/// A legal notice that only its heading tells, in a page or a template of pages.
pub(super) fn is_titled_notice(entry: &Entry, text: &str) -> bool {
    let is_page = matches!(
        entry.extension().as_str(),
        "html"
            | "htm"
            | "php"
            | "twig"
            | "erb"
            | "vue"
            | "jsx"
            | "tsx"
            | "svelte"
            | "astro"
            | "heex"
            | "eex"
            | "ejs"
            | "hbs"
    );
    is_page && NOTICE_TITLE.is_match(text)
}

static NOTICE_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<h[1-3][^>]*>\s*mentions\s+l[ée]gales")
        .expect("invariant: the pattern is valid")
});

/// Who hosts, in the lines that follow « hébergement » of a legal notice.
pub(super) fn add_notice(entry: &Entry, text: &str, signs: &mut Vec<Sign>) {
    const AFTER: usize = 6;
    let lines: Vec<String> = text.lines().take(2000).map(fold_plain).collect();
    for (at, line) in lines.iter().enumerate() {
        if !line.contains("heberg") && !line.contains("hosted") && !line.contains("hosting") {
            continue;
        }
        let window = &lines[at..lines.len().min(at + AFTER)];
        let found = window
            .iter()
            .enumerate()
            .find_map(|(offset, line)| Some((offset, named(line)?)));
        if let Some((offset, name)) = found {
            signs.push(Sign {
                name,
                path: entry.path.to_string(),
                line: u32::try_from(at + offset + 1).unwrap_or(u32::MAX),
                strength: Strength::Notice,
                excerpt: name.to_owned(),
            });
            return;
        }
    }
}
