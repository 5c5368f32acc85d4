// SPDX-License-Identifier: EUPL-1.2
//! Ways to reach the maintainers. The local part of an address never leaves this file.

use std::sync::LazyLock;

use regex::Regex;

use super::page::{Page, Passage, fold, pattern};
use super::sites::host;
use crate::facts::prose::Link;
use crate::model::evidence::Evidence;

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(^|[^\w/.:@+%-])([\w.+~/-]+)(?:@|\s?[\[(](?:at|arobase|a)[\])]\s?)((?:[a-z0-9-]+\.)+[a-z]{2,24})\b",
    )
});

/// Domains and local parts of samples and of forges.
static SAMPLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)@(?:[\w.-]*\.)?(?:example|exemple|test|invalid|localhost|local|domain|domaine|mydomain|yourdomain|company|email|foo|bar)(?:\.[a-z.]+)?$
        | ^git@ | ^(?:hg|svn|ssh)@ | ^(?:user|username|utilisateur|you|your[\w.-]*|votre[\w.-]*|prenom[\w.-]*|nom[\w.-]*|john\.?doe|jane\.?doe|foo|me|no-?reply|noreply|admin|root|test)@
        | @users\.noreply\.",
    )
});

static CHANNEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\.)(?:matrix\.to|slack\.com|discord\.(?:gg|com)|gitter\.im|zulipchat\.com|t\.me|tchap\.gouv\.fr|element\.io|groups\.google\.com|lists\.[\w.-]+|framateam\.org|libera\.chat)$|^(?:slack|chat|mattermost|forum|discourse|tchap|matrix|community)\.[\w.-]+$",
    )
});

/// Networks where people rather than projects are met.
static PERSONAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\.)(?:twitter|x|linkedin|facebook|instagram|medium)\.com$"));

/// Forges: a profile there is no contact page.
static FORGES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|\.)(?:github\.com|gitlab\.com|gitlab\.[\w.-]+|codeberg\.org|sr\.ht)$")
});

/// Headings about reaching somebody.
pub(super) static CONTACT_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:contacts?|contacter|contactez|nous ecrire|contacting|maint(?:ai|e)n[ae]nce|maint(?:ai|e)ners?|mainteneurs?|mainteneuses?|responsables?|discuss|get in touch|getting help|obtenir de l'aide|besoin d'aide|need help)\b|^[^a-z0-9]*(?:support|aide|help|questions?)\W*$",
    )
});

static CONTACT_PAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bcontact(?:er|ez|ez-nous| us| page)?\b|nous ecrire|get in touch"));

/// Sentences that send to the tracker.
pub(super) static ISSUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:ouvr\w+|cre\w+|open\w*|creat\w+|submit|file|fil\w+|raise|report\w*|signal\w+|remont\w+|depos\w+|soumet\w+|poster|via|use|utilis\w+)\s+(?:[\w'’]+\s+){0,5}?(?:issues?|tickets?)\b|\bissue tracker\b|\bgithub issues\b",
    )
});

/// An address, a page, a channel or a tracker; of an address only the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contact {
    /// `email`, `page`, `channel` or `issues`.
    pub(super) kind: &'static str,
    /// Line, from 1.
    pub(super) line: u32,
    /// Domain of the address or host of the page.
    pub(super) domain: String,
}

/// Ways to reach the maintainer, each kind and domain once.
pub(super) fn contacts(page: &Page<'_>) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::new();
    for passage in page.sentences() {
        let found = emails(passage)
            .chain(
                passage
                    .block
                    .links
                    .iter()
                    .filter_map(|link| linked(page, passage, link)),
            )
            .chain(issues(passage));
        for contact in found {
            let is_known =
                |known: &Contact| known.kind == contact.kind && known.domain == contact.domain;
            if !contacts.iter().any(is_known) {
                contacts.push(contact);
            }
        }
    }
    contacts
}

fn emails<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = Contact> + 'p {
    let written = address_domains(&passage.folded, passage);
    let mailto = passage.block.links.iter().filter_map(|link| {
        let address = link.target.strip_prefix("mailto:")?;
        let address = fold(address.split('?').next().unwrap_or_default());
        let domain = domain(&address)?;
        Some((link.line, domain))
    });
    mailto.chain(written).map(|(line, domain)| Contact {
        kind: "email",
        line,
        domain,
    })
}

fn address_domains(text: &str, passage: &Passage<'_>) -> Vec<(u32, String)> {
    let line = passage.block.line;
    let is_code = |address: &str| {
        passage
            .block
            .codes
            .iter()
            .any(|code| fold(code).contains(address))
    };
    EMAIL
        .captures_iter(text)
        .filter_map(|found| {
            let address = format!("{}@{}", &found[2], &found[3]);
            let domain = domain(&address)?;
            (!is_code(&address)).then_some((line, domain))
        })
        .collect()
}

/// The domain of an address that is no sample.
fn domain(address: &str) -> Option<String> {
    let (_, domain) = address.trim_matches(['<', '>', ' ']).rsplit_once('@')?;
    let is_host = domain.contains('.')
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || ".-".contains(c));
    (is_host && !SAMPLE.is_match(address)).then(|| domain.to_owned())
}

fn linked(page: &Page<'_>, passage: &Passage<'_>, link: &Link) -> Option<Contact> {
    let domain = host(&link.target)?;
    let text = fold(&link.text);
    let path = fold(link.target.split_once(domain.as_str())?.1);
    let kind = if link.is_image || PERSONAL.is_match(&domain) {
        return None;
    } else if CHANNEL.is_match(&domain) || path.contains("/discussions") {
        "channel"
    } else if path.contains("/issues") && !path.contains("/issues/") || path.contains("/issues/new")
    {
        "issues"
    } else if FORGES.is_match(&domain) {
        return None;
    } else if CONTACT_PAGE.is_match(&text)
        || path.contains("contact")
        || page.is_under(passage, &CONTACT_HEADING)
    {
        "page"
    } else {
        return None;
    };
    let is_plain_issues =
        kind == "issues" && !ISSUES.is_match(&passage.folded) && !ISSUES.is_match(&text);
    (!is_plain_issues).then_some(Contact {
        kind,
        line: link.line,
        domain,
    })
}

fn issues(passage: &Passage<'_>) -> Option<Contact> {
    let is_linked = passage
        .block
        .links
        .iter()
        .any(|link| link.target.contains("/issues"));
    (!is_linked && ISSUES.is_match(&passage.folded)).then(|| Contact {
        kind: "issues",
        line: passage.block.line,
        domain: String::new(),
    })
}

/// Evidence of a contact: the place and the domain, never the address.
pub(super) fn contact_evidence(page: &Page<'_>, contact: &Contact) -> Evidence {
    let at = page.at(contact.line);
    match contact.kind {
        "email" => at.with_excerpt(&format!("…@{}", contact.domain)),
        _ => at.with_excerpt(&contact.domain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::prose::{Format, Prose};

    fn with<T>(text: &str, read: impl Fn(&Page<'_>) -> T) -> T {
        let prose = Prose::parse(Format::Markdown, text);
        read(&Page::new("README.md", text, &prose))
    }

    fn found(text: &str) -> Vec<(&'static str, String)> {
        let pairs = |contact: Contact| (contact.kind, contact.domain);
        with(text, |page| contacts(page).into_iter().map(pairs).collect())
    }

    #[test]
    fn addresses_pages_channels_and_trackers_are_contacts() {
        let text = "Écrire à equipe@culture.gouv.fr, ou <moi@a.fr>.\n\n[Contact](https://b.fr/contact)\n\nJoin [us](https://matrix.to/#/#x:matrix.org)\n\n[Ouvrez un ticket](https://github.com/a/b/issues/new)\n";
        let expected = [
            ("email", "a.fr"),
            ("email", "culture.gouv.fr"),
            ("page", "b.fr"),
            ("channel", "matrix.to"),
            ("issues", "github.com"),
        ];
        let expected = expected.map(|(kind, domain)| (kind, domain.to_owned()));
        assert_eq!(found(text), expected);
    }

    #[test]
    fn forges_samples_and_configuration_are_no_contacts() {
        for text in [
            "git clone git@github.com:a/b.git",
            "Log in as user@example.com",
            "Set `MAIL=contact@culture.gouv.fr`",
            "```\nadmin: x@culture.gouv.fr\n```",
            "postgres://me:secret@db.culture.gouv.fr/base",
            "npm i pkg@1.2.3",
            "[x](mailto:prenom.nom@culture.gouv.fr)",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
