// SPDX-License-Identifier: EUPL-1.2
//! Where somebody who found a vulnerability may write: a security policy, or a section of the README with an address.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::folded;
use crate::facts::prose::{Block, BlockKind, Format, Prose};
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, ReadError, Snapshot};

/// A place that speaks of reporting.
pub(super) struct Contact {
    pub(super) path: String,
    pub(super) line: u32,
    /// `policy` or `readme`.
    pub(super) kind: &'static str,
    /// `filled`, `template` or `no-address`.
    pub(super) state: &'static str,
}

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"[a-z0-9._%+-]+(?:@| ?[\[(](?:at|@|arobase)[\])] ?)[a-z0-9-]+(?:[.]| ?[\[(](?:dot|point)[\])] ?)[a-z0-9.-]*[a-z]{2,}",
    )
});
/// An address that is for this alone.
static OWN_EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:[a-z0-9._-]*[._-])?(?:secur\w*|vuln\w*|ssi|rssi|cert|psirt|abuse)(?:[._-][a-z0-9._-]*)?@[a-z0-9-]+\.[a-z0-9.-]+",
    )
});
/// Places made for confidential reports.
static CHANNEL: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"/security/advisories|/security/policy|private(?:ly)? (?:vulnerability )?report|private vulnerability reporting|security advisor|report a vulnerability\W+button|yeswehack|hackerone|bugcrowd|intigriti|huntr\.dev|openbugbounty|tidelift\.com/security|confidential issue|ticket confidentiel|cert\.ssi\.gouv",
    )
});
/// The subject: reporting weaknesses, not making a service secure.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"vulnerabilit|faille|responsible disclosure|coordinated disclosure|divulgation|security (?:issue|bug|problem|concern|report|flaw)|problemes? de securite|incidents? de securite|bug bounty",
    )
});
static REPORT: LazyLock<Regex> =
    LazyLock::new(|| folded(r"\breport|\bsignal|\bcontact|disclos|divulg|\bnotif|\bremont"));
static TITLE: LazyLock<Regex> =
    LazyLock::new(|| folded(r"\b(?:securite|security|vulnerabilit\w*|failles?|bug bounty)\b"));

/// What the texts of untouched templates say.
const TEMPLATES: [&str; 6] = [
    "use this section to tell people about which versions",
    "use this section to tell people how to report",
    "tell them where to go, how often they can expect",
    "[insert contact",
    "[insert email",
    "security@example.",
];

/// Every contact, policies first, and why a place could not be read.
pub(super) fn find(snapshot: &Snapshot) -> (Vec<Contact>, Option<ReadError>) {
    let mut contacts = Vec::new();
    let mut unread = None;
    let policies = snapshot.files().filter(|entry| is_policy(entry));
    let readmes = snapshot.files().filter(|entry| is_readme(entry));
    let all = policies
        .map(|entry| (entry, true))
        .chain(readmes.map(|entry| (entry, false)));
    for (entry, is_policy) in all {
        match snapshot.text(entry) {
            Ok(text) if is_policy => contacts.extend(policy(entry, &text.text)),
            Ok(text) => contacts.extend(section(entry, &text.text)),
            Err(ReadError::NotAFile | ReadError::Binary) => {}
            Err(error) => unread = Some(error),
        }
    }
    (contacts, unread)
}

/// True for `SECURITY.md` and its kin where people look for it; never for code.
fn is_policy(entry: &Entry) -> bool {
    let folder = entry.folder().to_ascii_lowercase();
    let is_place = matches!(
        folder.as_str(),
        "" | ".github" | ".gitlab" | ".gitea" | ".forgejo" | "docs" | "doc" | "documentation"
    );
    if !is_place {
        return false;
    }
    let name = fold_plain(entry.name()).replace('-', "_");
    let (stem, extension) = name.split_once('.').unwrap_or((&name, ""));
    let extension = extension
        .trim_start_matches("fr.")
        .trim_start_matches("en.");
    let is_text = matches!(
        extension,
        "" | "md" | "markdown" | "rst" | "adoc" | "asciidoc" | "org" | "fr" | "en"
    ) || extension == "txt" && !folder.is_empty();
    is_text
        && matches!(
            stem.trim_end_matches("_fr").trim_end_matches("_en"),
            "security"
                | "security_policy"
                | "securite"
                | "politique_de_securite"
                | "vulnerability_disclosure"
                | "vulnerability_disclosure_policy"
                | "responsible_disclosure"
        )
}

fn is_readme(entry: &Entry) -> bool {
    let is_place = matches!(entry.folder(), "" | ".github" | "docs");
    let name = entry.name().to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    is_place && matches!(stem, "readme" | "lisezmoi" | "lisez-moi")
}

fn policy(entry: &Entry, text: &str) -> Option<Contact> {
    let plain = fold_plain(text);
    if plain.trim().is_empty() {
        return None;
    }
    let is_template = TEMPLATES.iter().any(|words| plain.contains(words));
    let state = if has_address(&plain) {
        "filled"
    } else if is_template {
        "template"
    } else if SUBJECT.is_match(&plain) {
        "no-address"
    } else {
        // a document about something else, such as how to make a service secure
        return None;
    };
    // an address in a document about something else is no contact for this
    if state == "filled" && !SUBJECT.is_match(&plain) && OWN_EMAIL.find(&plain).is_none() {
        return None;
    }
    Some(Contact {
        path: entry.path.to_string(),
        line: 1,
        kind: "policy",
        state,
    })
}

/// True when a text gives an address of its own, or a place to report to.
fn has_address(plain: &str) -> bool {
    let is_real = |found: &str| {
        !found.contains("example.") && !found.contains("@exemple.") && !found.contains("domain.")
    };
    if EMAIL.find_iter(plain).any(|found| is_real(found.as_str())) || CHANNEL.is_match(plain) {
        return true;
    }
    // a page to report to, named in the sentence that asks to report
    plain
        .split("\n\n")
        .any(|block| REPORT.is_match(block) && has_page(block))
}

/// True for a link that is neither the public tracker nor a page about what a vulnerability is.
fn has_page(block: &str) -> bool {
    block.match_indices("http").any(|(at, _)| {
        let link: String = block[at..]
            .chars()
            .take_while(|c| !c.is_whitespace() && !matches!(c, ')' | '>' | '"' | ']'))
            .collect();
        link.contains("://")
            && ![
                "/issues",
                "wikipedia",
                "example.",
                "semver.org",
                "/releases",
                "shields.io",
                "cve.org",
                "cwe.",
            ]
            .iter()
            .any(|other| link.contains(other))
    })
}

/// A section of the README about security with an address, or an address that is for security alone.
fn section(entry: &Entry, text: &str) -> Option<Contact> {
    let plain = fold_plain(text);
    if ![
        "securit",
        "vulnerab",
        "faille",
        "bug bounty",
        "rssi",
        "psirt",
    ]
    .iter()
    .any(|word| plain.contains(word))
    {
        return None;
    }
    let contact = |line| Contact {
        path: entry.path.to_string(),
        line,
        kind: "readme",
        state: "filled",
    };
    let prose = Prose::parse(Format::of_path(&entry.path), text);
    for (at, heading) in prose.blocks.iter().enumerate() {
        let BlockKind::Heading(level) = heading.kind else {
            continue;
        };
        if !TITLE.is_match(&fold_plain(&heading.text)) {
            continue;
        }
        let body = prose.blocks[at + 1..]
            .iter()
            .take_while(|block| !matches!(block.kind, BlockKind::Heading(other) if other <= level));
        let body: Vec<String> = body.map(written).collect();
        let body = body.join("\n\n");
        if SUBJECT.is_match(&body) && has_address(&body) || OWN_EMAIL.is_match(&body) {
            return Some(contact(heading.line));
        }
    }
    let found = OWN_EMAIL
        .find_iter(&plain)
        .find(|found| !found.as_str().contains("example."))?;
    Some(contact(crate::model::text::line_of(&plain, found.start())))
}

/// A block's text with the targets of its links, folded.
fn written(block: &Block) -> String {
    let links = block.links.iter().map(|link| link.target.as_str());
    let parts: Vec<&str> = [block.text.as_str()].into_iter().chain(links).collect();
    fold_plain(&parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::tree_of;

    fn states(path: &str, text: &str) -> Vec<String> {
        let snapshot = tree_of(&[(path, text)]).snapshot();
        let (found, _) = find(&snapshot);
        let found = found.iter();
        found
            .map(|one| format!("{} {} {}", one.kind, one.state, one.line))
            .collect()
    }

    #[test]
    fn a_policy_needs_an_address() {
        let policy = "# Security\n\nPour signaler une vulnérabilité : ssi@service.gouv.fr\n";
        assert_eq!(states("SECURITY.md", policy), ["policy filled 1"]);
        assert_eq!(states(".github/SECURITY.md", policy), ["policy filled 1"]);
        assert_eq!(states("docs/SECURITE.fr.md", policy), ["policy filled 1"]);
        let page = "Report any security issue at https://example-service.gouv.fr/signaler.\n";
        assert_eq!(states("SECURITY", page), ["policy filled 1"]);
        let advisories = "Use private vulnerability reporting to tell us of a vulnerability.\n";
        assert_eq!(states("SECURITY.md", advisories), ["policy filled 1"]);
        let nobody = "Nous prenons au sérieux chaque vulnérabilité.\n";
        assert_eq!(states("SECURITY.md", nobody), ["policy no-address 1"]);
        let tracker = "Report a vulnerability at https://github.com/x/y/issues\n";
        assert_eq!(states("SECURITY.md", tracker), ["policy no-address 1"]);
    }

    #[test]
    fn a_template_left_as_it_came_is_told_apart() {
        let template = "# Security Policy\n\n## Supported Versions\n\nUse this section to tell people about which versions of your project are\ncurrently being supported with security updates.\n\n## Reporting a Vulnerability\n\nUse this section to tell people how to report a vulnerability.\n\nTell them where to go, how often they can expect to get an update on a\nreported vulnerability.\n";
        assert_eq!(states("SECURITY.md", template), ["policy template 1"]);
    }

    #[test]
    fn code_and_guides_are_no_policy() {
        for path in [
            "src/Security.php",
            "security.yaml",
            "config/security.md",
            "SecurityController.java",
            "security.py",
        ] {
            assert!(states(path, "vulnérabilité : a@b.fr").is_empty(), "{path}");
        }
        let guide =
            "# Sécurité\n\nUtilisez un mot de passe long. Questions : equipe@service.gouv.fr\n";
        assert!(states("securite.md", guide).is_empty());
        assert!(states("SECURITY.md", " \n").is_empty());
    }

    #[test]
    fn a_section_of_the_readme_counts_with_an_address() {
        let text =
            "# Outil\n\nTexte.\n\n## Sécurité\n\nSignalez une faille à equipe@service.gouv.fr.\n";
        assert_eq!(states("README.md", text), ["readme filled 5"]);
        let own = "# Outil\n\nUne question ? security@service.gouv.fr\n";
        assert_eq!(states("README.md", own), ["readme filled 3"]);
        for text in [
            "# Outil\n\n## Sécurité\n\nL'authentification passe par un jeton.\n",
            "# Outil\n\n## Contact\n\nequipe@service.gouv.fr\n",
            "# Outil\n\n## Sécurité\n\nL'accès se demande à equipe@service.gouv.fr.\n",
        ] {
            assert!(states("README.md", text).is_empty(), "{text}");
        }
    }
}
