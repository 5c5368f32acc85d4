// SPDX-License-Identifier: EUPL-1.2
//! Sites that the project declares as its own, and the hosts among them that may go any day.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use url::Host;

use crate::facts::pattern::folded;
use crate::facts::set::{FactSet, Item};
use crate::model::evidence::{Evidence, Observed};
use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::model::text::{fold_plain, line_of};
use crate::snapshot::Snapshot;

/// Ends of hosts that sleep, expire or belong to one developer.
const EPHEMERAL: &[&str] = &[
    "herokuapp.com",
    "glitch.me",
    "ngrok.io",
    "ngrok.app",
    "ngrok.dev",
    "ngrok-free.app",
    "ngrok-free.dev",
    "repl.co",
    "replit.app",
    "replit.dev",
    "now.sh",
    "surge.sh",
    "loca.lt",
    "localtunnel.me",
    "trycloudflare.com",
    "serveo.net",
    "gitpod.io",
    "codesandbox.io",
    "csb.app",
    "stackblitz.io",
    "000webhostapp.com",
    "duckdns.org",
    "nip.io",
    "xip.io",
    "sslip.io",
    "no-ip.org",
    "ddns.net",
    "mybinder.org",
];

/// Hosts of code and packages: no site of the project.
const FORGES: &[&str] = &[
    "github.com",
    "gitlab.com",
    "codeberg.org",
    "bitbucket.org",
    "framagit.org",
    "npmjs.com",
    "pypi.org",
    "hub.docker.com",
    "crates.io",
];

static DEMO: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:demos?|demonstration|demonstrateur|prototypes?|poc|maquette|preview|previsualisation|staging|preprod\w*|pre-production|recette|sandbox|bac a sable|review apps?|site de test|test site|tests?|essai|dev|developpement|experimental|playground)\b",
    )
});

/// A declared site.
struct Site {
    address: String,
    host: String,
    place: Evidence,
    is_demo: bool,
}

/// The sites with their places, or why they are not known: nothing is declared here and the forge was not asked.
pub(super) fn find(
    snapshot: &Snapshot,
    facts: &FactSet,
) -> Result<(Vec<Item>, Vec<Evidence>), Reason> {
    let mut sites: Vec<Site> = Vec::new();
    add_readme(snapshot, facts, &mut sites);
    for (key, name) in [
        ("publiccode.landing_url", "landingURL"),
        ("repository.homepage", "homepage"),
    ] {
        if let Some(address) = facts.text(key) {
            let place = facts
                .get(key)
                .and_then(|fact| fact.evidence().first().cloned())
                .unwrap_or_else(|| Evidence::field(name));
            add(&mut sites, address, place, false);
        }
    }
    add_manifest(snapshot, &mut sites);
    add_domain(snapshot, &mut sites);
    if sites.is_empty() {
        for key in ["readme.sites", "repository.homepage"] {
            if let Some(Observed::Unknown(reason)) = facts.get(key) {
                return Err(reason.clone().with("fact", key));
            }
        }
    }
    let mut seen = BTreeSet::new();
    sites.retain(|site| seen.insert(site.host.clone()));
    let items = sites.iter().map(Site::item).collect();
    let mut evidence: Vec<Evidence> = Vec::new();
    // what may go comes first
    for wanted in [true, false] {
        let own = sites
            .iter()
            .filter(|site| is_ephemeral(&site.host) == wanted);
        evidence.extend(own.map(|site| site.place.clone()));
    }
    if evidence.is_empty() {
        evidence.push(Evidence::note(Message::new("hosting-sites-searched")));
    }
    Ok((items, evidence))
}

impl Site {
    fn item(&self) -> Item {
        let state = match (is_ephemeral(&self.host), self.is_demo) {
            (_, true) => "demo",
            (true, false) => "ephemeral",
            (false, false) => "lasting",
        };
        let mut item = Item::new("url", &self.address)
            .with("host", &self.host)
            .with("state", state);
        if let Some(path) = &self.place.path {
            item = item.with("path", path);
        }
        if let Some(line) = self.place.line {
            item = item.with("line", line);
        }
        item
    }
}

fn add_readme(snapshot: &Snapshot, facts: &FactSet, sites: &mut Vec<Site>) {
    let places = facts
        .get("readme.sites")
        .map_or(&[][..], Observed::evidence);
    for (address, place) in facts.list("readme.sites").iter().zip(places) {
        let entry = place.path.as_deref().and_then(|path| snapshot.entry(path));
        let text = entry.and_then(|entry| snapshot.text(entry).ok());
        let line = text
            .as_ref()
            .zip(place.line)
            .and_then(|(text, line)| text.text.lines().nth(line.saturating_sub(1) as usize));
        // the address itself says little of what it is
        let said = fold_plain(&line.unwrap_or_default().replace(address.as_str(), " "));
        add(sites, address, place.clone(), DEMO.is_match(&said));
    }
}

fn add_manifest(snapshot: &Snapshot, sites: &mut Vec<Site>) {
    let Some(entry) = snapshot
        .entry("package.json")
        .filter(|entry| entry.is_file())
    else {
        return;
    };
    let Ok(text) = snapshot.text(entry) else {
        return;
    };
    let Some(at) = text.text.find("\"homepage\"") else {
        return;
    };
    let Ok(root) = serde_json::from_str::<Value>(&text.text) else {
        return;
    };
    if let Some(address) = root["homepage"].as_str() {
        let place = Evidence::line("package.json", line_of(&text.text, at)).with_excerpt(address);
        add(sites, address, place, false);
    }
}

fn add_domain(snapshot: &Snapshot, sites: &mut Vec<Site>) {
    let Some(entry) = snapshot.entry("CNAME").filter(|entry| entry.is_file()) else {
        return;
    };
    if let Ok(text) = snapshot.text(entry)
        && let Some(domain) = text.text.lines().next().map(str::trim)
        && domain.contains('.')
    {
        let place = Evidence::line("CNAME", 1).with_excerpt(domain);
        add(sites, &format!("https://{domain}"), place, false);
    }
}

fn add(sites: &mut Vec<Site>, address: &str, place: Evidence, is_demo: bool) {
    let Some(host) = host(address) else {
        return;
    };
    let is_forge = FORGES.iter().any(|forge| is_at(&host, forge));
    let is_here = matches!(Host::parse(&host), Ok(Host::Ipv4(ip)) if ip.is_private()
        || ip.is_loopback() || ip.is_unspecified() || ip.is_link_local());
    if is_forge || is_here || !host.contains('.') || host.contains("example") {
        return;
    }
    sites.push(Site {
        address: address.to_owned(),
        host,
        place,
        is_demo,
    });
}

fn host(address: &str) -> Option<String> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

fn is_at(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_ephemeral(host: &str) -> bool {
    matches!(Host::parse(host), Ok(Host::Ipv4(_)))
        || EPHEMERAL.iter().any(|domain| is_at(host, domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_may_go() {
        for host in [
            "a.herokuapp.com",
            "12.34.56.78",
            "x.eu.ngrok.io",
            "a.now.sh",
        ] {
            assert!(is_ephemeral(host), "{host}");
        }
        for host in [
            "a.gouv.fr",
            "notherokuapp.com",
            "a.netlify.app",
            "now.sh.fr",
        ] {
            assert!(!is_ephemeral(host), "{host}");
        }
        assert_eq!(host("https://a.b:80/c").as_deref(), Some("a.b"));
        assert_eq!(host("mailto:a@b.fr"), None);
        assert_eq!(host("https://"), None);
    }
}
