// SPDX-License-Identifier: EUPL-1.2
//! Hosting providers and the programme's own servers: signs in configuration, legal notices and documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::notes::Statement;
use super::programme;
use crate::facts::pattern::folded;
use crate::facts::set::Item;
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot};

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

/// Files that are looked at for signs, and the longest of them.
const MOST_FILES: usize = 4000;
const LONGEST: u64 = 128 * 1024;

/// Providers as people write them, folded.
static NAMES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    patterns(&[
        (r"\bovh(?:cloud)?\b", "OVH"),
        (r"\bscaleway\b", "Scaleway"),
        (r"\b(?:amazon web services|aws)\b", "AWS"),
        (r"\bazure\b", "Azure"),
        (r"\b(?:google cloud|gcp)\b", "GCP"),
        (r"\bclever[ -]?cloud\b", "Clever Cloud"),
        (r"\bscalingo\b", "Scalingo"),
        (r"\boutscale\b", "Outscale"),
        (r"\bheroku\b", "Heroku"),
        (r"\bnetlify\b", "Netlify"),
        (r"\bvercel\b", "Vercel"),
        (r"\bdigital ?ocean\b", "DigitalOcean"),
        (r"\bgandi\b", "Gandi"),
        (r"\bhetzner\b", "Hetzner"),
        (r"\balwaysdata\b", "alwaysdata"),
        (r"\bionos\b", "IONOS"),
        (r"\binfomaniak\b", "Infomaniak"),
        (r"\bikoula\b", "Ikoula"),
        (r"\bo2switch\b", "o2switch"),
        (r"\bssp ?cloud\b", "SSPCloud"),
        (r"\bnubo\b", "Nubo"),
        (r"\borange business\b", "Orange Business"),
        (r"\bgithub[ ,-](?:pages|inc)\b", "GitHub"),
        (r"\bcegedim\b", "Cegedim"),
        (r"\bcloud temple\b", "Cloud Temple"),
    ])
});

/// Addresses and names that only a provider's service has, lower case.
static ENDPOINTS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    patterns(&[
        (
            r"\.ovh\.(?:net|com|us)\b|\bovh[:=]|name:\s*ovh\b|\.ovhcloud\.com",
            "OVH",
        ),
        (r"\.scw\.cloud\b|\bscaleway\b", "Scaleway"),
        (r"\.amazonaws\.com\b|\.cloudfront\.net\b|arn:aws:", "AWS"),
        (
            r"\.azurewebsites\.net\b|\.windows\.net\b|\.azurecr\.io\b|\.azure\.com\b",
            "Azure",
        ),
        (
            r"\.appspot\.com\b|\.run\.app\b|\bgcr\.io/|\.googleapis\.com/storage|storage\.googleapis\.com",
            "GCP",
        ),
        (r"\.clever-cloud\.com\b|\.cleverapps\.io\b", "Clever Cloud"),
        (r"\.scalingo\.(?:io|com)\b", "Scalingo"),
        (r"\.outscale\.com\b", "Outscale"),
        (r"\.herokuapp\.com\b", "Heroku"),
        (r"\.netlify\.(?:app|com)\b", "Netlify"),
        (r"\.vercel\.app\b|\.now\.sh\b", "Vercel"),
        (
            r"\.digitaloceanspaces\.com\b|\.ondigitalocean\.app\b",
            "DigitalOcean",
        ),
        (r"\.alwaysdata\.net\b", "alwaysdata"),
        (r"\.lab\.sspcloud\.fr\b", "SSPCloud"),
    ])
});

/// For each of [`ENDPOINTS`] what stands in every match, so that most files are not searched.
const ENDPOINT_PARTS: [&[&str]; 14] = [
    &["ovh"],
    &["scw.cloud", "scaleway"],
    &["amazonaws.com", "cloudfront.net", "arn:aws:"],
    &[
        "azurewebsites.net",
        "windows.net",
        "azurecr.io",
        "azure.com",
    ],
    &["appspot.com", "run.app", "gcr.io", "googleapis.com"],
    &["clever-cloud.com", "cleverapps.io"],
    &["scalingo."],
    &["outscale.com"],
    &["herokuapp.com"],
    &["netlify."],
    &["vercel.app", "now.sh"],
    &["digitaloceanspaces.com", "ondigitalocean.app"],
    &["alwaysdata.net"],
    &["sspcloud.fr"],
];

fn patterns(list: &[(&str, &'static str)]) -> Vec<(Regex, &'static str)> {
    list.iter()
        .map(|(pattern, name)| (folded(pattern), *name))
        .collect()
}

/// What one pass over the text files yields.
#[derive(Debug, Default)]
pub(super) struct Signs {
    pub(super) providers: Vec<Sign>,
    /// References to the programme's servers: configuration first.
    pub(super) programme: Vec<Item>,
}

/// Looks at the project's text files once.
pub(super) fn look(snapshot: &Snapshot, statements: &[Statement]) -> Signs {
    let mut signs = Signs::default();
    let mut references: Vec<(bool, Item)> = Vec::new();
    for entry in snapshot
        .files()
        .filter(|entry| is_looked_at(entry))
        .take(MOST_FILES)
    {
        if snapshot.size(entry).is_ok_and(|size| size > LONGEST) {
            continue;
        }
        let Ok(text) = snapshot.text(entry) else {
            continue;
        };
        let text = text.text.as_str();
        let is_configuration = is_configuration(entry);
        if is_configuration && !is_sample_data(entry) {
            add_endpoints(entry, text, &mut signs.providers);
        }
        if is_notice(entry) {
            add_notice(entry, text, &mut signs.providers);
        }
        if programme::is_named(text) {
            programme::add_references(entry, text, is_configuration, &mut references);
        }
    }
    for statement in statements {
        let mut named: Vec<(usize, &'static str)> = NAMES
            .iter()
            .filter_map(|(pattern, name)| Some((pattern.find(&statement.folded)?.start(), *name)))
            .collect();
        named.sort_unstable();
        signs
            .providers
            .extend(named.into_iter().map(|(_, name)| Sign {
                name,
                path: statement.path.clone(),
                line: statement.line,
                strength: Strength::Statement,
                excerpt: statement.text.clone(),
            }));
    }
    references.sort_by_key(|(is_configuration, _)| !is_configuration);
    signs.programme = references.into_iter().map(|(_, item)| item).collect();
    signs
}

/// Files that may hold a sign: data and texts for readers are not even read.
fn is_looked_at(entry: &Entry) -> bool {
    if !is_text(entry) {
        return false;
    }
    let is_content =
        is_sample_data(entry) || matches!(entry.extension().as_str(), "json" | "txt" | "log");
    is_configuration(entry) || is_notice(entry) || (!is_content && programme::may_count(entry))
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

fn is_text(entry: &Entry) -> bool {
    const OTHERS: &[&str] = &[
        "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "pdf", "woff", "woff2", "ttf", "eot",
        "otf", "zip", "gz", "tar", "mp4", "mov", "mp3", "m4v", "csv", "tsv", "xlsx", "xls", "docx",
        "pptx", "odt", "ods", "geojson", "shp", "dbf", "parquet", "ipynb", "map", "snap", "po",
        "pot", "mo", "lock", "sql", "kml", "xml", "bin", "jar", "sketch", "psd", "ai", "eps",
        "rds", "rdata", "css", "scss", "less", "sass", "bib", "pickle", "pkl", "npy", "h5",
        "sqlite", "db", "icns", "wav", "avi", "webm",
    ];
    let name = entry.name();
    !OTHERS.contains(&entry.extension().as_str())
        && !name.ends_with(".min.js")
        && !matches!(
            name,
            "package-lock.json"
                | "npm-shrinkwrap.json"
                | "pnpm-lock.yaml"
                | "pnpm-lock.yml"
                | "go.sum"
        )
}

/// Files that say how the software is configured, built or deployed.
fn is_configuration(entry: &Entry) -> bool {
    let name = entry.name().to_ascii_lowercase();
    let in_config = entry
        .folder()
        .split('/')
        .any(|part| matches!(part, "config" | "configs" | "conf" | "settings"));
    let is_code = matches!(
        entry.extension().as_str(),
        "php" | "py" | "js" | "ts" | "exs" | "rb" | "ex"
    );
    matches!(
        entry.extension().as_str(),
        "yml"
            | "yaml"
            | "toml"
            | "conf"
            | "cfg"
            | "ini"
            | "tf"
            | "service"
            | "properties"
            | "env"
            | "sh"
            | "hcl"
            | "dist"
            | "cnf"
    ) || name.starts_with(".env")
        || name.contains("nginx")
        || name.contains("dockerfile")
        || matches!(
            name.as_str(),
            "procfile"
                | "makefile"
                | "caddyfile"
                | "cname"
                | "_redirects"
                | "_headers"
                | "package.json"
                | "scalingo.json"
                | "app.json"
                | "netlify.toml"
                | "vercel.json"
                | "now.json"
        )
        || (in_config && is_code)
        || (is_code && (name.starts_with("settings") || name.starts_with("config")))
}

/// Content in data formats, tests and translations.
pub(super) fn is_sample_data(entry: &Entry) -> bool {
    entry.folder().split('/').any(|part| {
        matches!(
            part,
            "_data"
                | "data"
                | "test"
                | "tests"
                | "__tests__"
                | "fixtures"
                | "locales"
                | "translations"
                | "i18n"
                | "_posts"
                | "posts"
                | "blog"
                | "content"
                | "cassettes"
                | "examples"
        )
    })
}

fn add_endpoints(entry: &Entry, text: &str, signs: &mut Vec<Sign>) {
    let whole = text.to_ascii_lowercase();
    let sought: Vec<_> = ENDPOINTS
        .iter()
        .zip(ENDPOINT_PARTS)
        .filter(|(_, parts)| parts.iter().any(|part| whole.contains(part)))
        .map(|(endpoint, _)| endpoint)
        .collect();
    if sought.is_empty() {
        return;
    }
    let mut seen = BTreeSet::new();
    for (lower, number) in whole.lines().zip(1_u32..).take(3000) {
        if ["your-", "example", "xxx", "localhost", "#"]
            .iter()
            .any(|mark| match *mark {
                "#" => lower.trim_start().starts_with('#'),
                mark => lower.contains(mark),
            })
        {
            continue;
        }
        for (pattern, name) in &sought {
            if !seen.contains(name)
                && let Some(found) = pattern.find(lower)
            {
                seen.insert(*name);
                signs.push(Sign {
                    name,
                    path: entry.path.to_string(),
                    line: number,
                    strength: Strength::Endpoint,
                    excerpt: found.as_str().to_owned(),
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

/// Who hosts, in the lines that follow « hébergement » of a legal notice.
fn add_notice(entry: &Entry, text: &str, signs: &mut Vec<Sign>) {
    const AFTER: usize = 6;
    let lines: Vec<String> = text.lines().take(2000).map(fold_plain).collect();
    for (at, line) in lines.iter().enumerate() {
        if !line.contains("heberg") && !line.contains("hosted") && !line.contains("hosting") {
            continue;
        }
        let window = &lines[at..lines.len().min(at + AFTER)];
        let found = window.iter().enumerate().find_map(|(offset, line)| {
            let name = NAMES
                .iter()
                .find(|(pattern, _)| pattern.is_match(line))
                .map(|(_, name)| *name)?;
            Some((offset, name))
        });
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
