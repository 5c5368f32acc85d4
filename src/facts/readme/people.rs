// SPDX-License-Identifier: EUPL-1.2
//! Who can be reached, who maintains, and what is said of contributions. Addresses and names never leave this file.

use std::sync::LazyLock;

use regex::Regex;

use super::page::{Page, Passage, fold, pattern};
use super::sites::host;
use crate::facts::prose::{BlockKind, Link};
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

static CONTACT_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:contacts?|contacter|contactez|nous ecrire|contacting|maint(?:ai|e)n[ae]nce|maint(?:ai|e)ners?|mainteneurs?|mainteneuses?|responsables?|discuss|get in touch|getting help|obtenir de l'aide|besoin d'aide|need help)\b|^[^a-z0-9]*(?:support|aide|help|questions?)\W*$",
    )
});

static CONTACT_PAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bcontact(?:er|ez|ez-nous| us| page)?\b|nous ecrire|get in touch"));

static ISSUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:ouvr\w+|cre\w+|open\w*|creat\w+|submit|file|fil\w+|raise|report\w*|signal\w+|remont\w+|depos\w+|soumet\w+|poster|via|use|utilis\w+)\s+(?:[\w'’]+\s+){0,5}?(?:issues?|tickets?)\b|\bissue tracker\b|\bgithub issues\b",
    )
});

/// Issues presented as the way to reach somebody.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:contact\w*|questions?|aide|help|support|echanger|joindre|reach)\b")
});

static MAINTAINED_BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:maintenue?s?|maintained)\s+(?:(?:et|and|puis)\s+\w+\s+|(?:actively|activement|actuellement|currently)\s+)?(?:par|by)\s+\S|\bmaintains?\s+(?:this|the)\s+(?:repository|project|repo|code|software|package)|\b(?:maintainers?|mainteneurs?|mainteneuses?|mainteneur\.?e?s?|maintenance)\s*:\s*\S|\bassure(?:nt|e)?\s+la\s+maintenance|\b(?:est|sont|is|are)\s+(?:the\s+|le\s+|la\s+|les\s+)?(?:current\s+)?(?:mainteneu\w+|maintainers?)\b",
    )
});

static MAINTAINER_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:maint(?:ai|e)n[ae]nce|maint(?:ai|e)ners?|mainteneurs?|mainteneuses?)\b")
});

/// The subject of a sentence about this project.
const PROJECT: &str = r"\b(?:ce|cet|cette|le|la|l'|this|the)\s*(?:present\s+)?(?:projet|depot|repo|repository|repertoire|code|logiciel|outil|application|app|project|software|package|library|bibliotheque|site|service|version|plugin|module|template|tool)\b[^.;]{0,60}?";

static ENDED: LazyLock<Regex> = LazyLock::new(|| {
    let ended = r"(?:n'est\s+(?:plus|pas)\s+(?:activement\s+)?(?:maintenue?|actif|active|developpee?|mise? a jour|supportee?)|(?:is\s+|are\s+)?(?:no\s+longer|not)\s+(?:being\s+)?(?:actively\s+)?(?:maintained|developed|supported|updated)|(?:est|a ete)\s+(?:desormais\s+|maintenant\s+)?(?:archivee?|abandonnee?|obsolete|deprecie|depreciee)|(?:is|has been|was)\s+(?:now\s+)?(?:archived|abandoned|deprecated|discontinued|unmaintained|retired|sunset))\b";
    pattern(&format!(
        r"{PROJECT}{ended}|^[^a-z0-9]*(?:projet|depot|project|repository)?[^a-z0-9]*(?:archived?|archivee?|deprecated|unmaintained|no longer maintained|not maintained|non maintenue?|abandonned?|obsolete|plus maintenue?|ce projet est archive|{ended})\b[^.]{{0,60}}$"
    ))
});

static PASSIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bmaintenance\s+(?:passive|mode|only|corrective)|\bpassive(?:ly)?\s+(?:maintenance|maintained)|\bmode\s+maintenance|\bmaintenue?\s+de\s+(?:maniere|facon)\s+passive|\b(?:seule?s?\s+les\s+corrections|only\s+(?:critical\s+|security\s+|bug\s?)+fixes)",
    )
});

static ACTIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bmaintenance\s+active|\bactive\s+maintenance|\bactive(?:ly|ment)\s+(?:maintained|maintenue?|developed|developpee?)|\bmaintenue?\s+de\s+(?:maniere|facon)\s+active|\b(?:under|in)\s+active\s+development|\ben\s+developpement\s+actif",
    )
});

static REFUSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bn'accept(?:e|ons|ent)\s+(?:pas|plus|aucune)\s+(?:de\s+|les\s+|d')?(?:\w+\s+)?(?:contributions?|pull|merge)|\b(?:contributions?|pull requests?|merge requests?)\b[^.]{0,50}?(?:ne\s+sont\s+pas\s+(?:accept|attend|souhait|trait|ouvert|possible)|are\s+not\s+(?:accepted|welcome|expected|open)|will\s+not\s+be\s+(?:accepted|reviewed|merged))|\b(?:not|n't)\s+(?:currently\s+)?(?:accept|accepting|open\s+to|looking\s+for)\s+(?:any\s+|external\s+|outside\s+)*contributions?|\bpas\s+ouvert\w*\s+aux\s+contributions|\bferme\w*\s+aux\s+contributions",
    )
});

static WELCOME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:contributions?|pull requests?|prs?|patch(?:es)?|merge requests?|issues)\b[^.]{0,50}?(?:welcome|appreciated|encouraged|bienvenue|appreciee|encouragee)|\bouverte?\s+aux\s+contributions|\b(?:feel\s+free|welcome|happy|please|invited)\s+to\s+(?:contribute|open|submit|send|fork|report|propose)|\b(?:welcome|encourage|accept)\s+(?:all\s+|any\s+|external\s+)*contributions?|\bn'hesitez\s+pas\s+a\s+(?:nous\s+)?(?:contribuer|ouvrir|proposer|soumettre|forker|faire\s+des|creer\s+une)|\bvous\s+pouvez\s+(?:aussi\s+|egalement\s+)?contribuer|\btoutes?\s+(?:les\s+|vos\s+)?contributions?|\bwe\s+(?:welcome|love|appreciate)\b[^.]{0,30}contribut|\b(?:help|aide)\s+(?:is\s+)?(?:wanted|welcome|bienvenue)",
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

/// Evidence of a way to reach somebody, or of who maintains, in the sense of a section.
pub(super) fn reachable(page: &Page<'_>, contacts: &[Contact]) -> Option<Evidence> {
    let direct = contacts.iter().find(|contact| contact.kind != "issues");
    if let Some((index, heading)) = page
        .headings(&CONTACT_HEADING)
        .find(|(index, _)| page.below(*index).any(|passage| !passage.is_heading))
    {
        let _ = index;
        return Some(page.heading(heading));
    }
    if let Some(contact) = direct {
        return Some(contact_evidence(page, contact));
    }
    maintainer(page).or_else(|| {
        let asks = |passage: &&Passage<'_>| {
            let is_asked = |sentence: &str| ISSUES.is_match(sentence) && ASKS.is_match(sentence);
            passage.folded.split(". ").any(is_asked)
        };
        page.sentences()
            .find(asks)
            .map(|passage| page.at(passage.block.line))
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

/// Where somebody is said to maintain the project; the place only, since a name may stand there.
pub(super) fn maintainer(page: &Page<'_>) -> Option<Evidence> {
    let heading = page.headings(&MAINTAINER_HEADING).find(|(index, _)| {
        page.below(*index).any(|passage| {
            let says = MAINTAINED_BY.is_match(&passage.folded);
            let is_list = matches!(passage.block.kind, BlockKind::Item | BlockKind::Row);
            says || is_list || !passage.block.links.is_empty()
        })
    });
    let is_ended = |passage: &Passage<'_>| ENDED.is_match(&passage.folded);
    heading
        .map(|(_, heading)| page.heading(heading))
        .or_else(|| {
            let mut says = page
                .sentences()
                .filter(|passage| MAINTAINED_BY.is_match(&passage.folded));
            says.find(|passage| !is_ended(passage))
                .map(|passage| page.at(passage.block.line))
        })
}

/// `none`, `passive` or `active`: what is said of maintenance, with its place.
pub(super) fn maintenance(page: &Page<'_>) -> Option<(&'static str, Evidence)> {
    for (status, pattern) in [
        ("none", &*ENDED),
        ("passive", &*PASSIVE),
        ("active", &*ACTIVE),
    ] {
        let found = page.sentences().find_map(|passage| {
            let found = pattern.find(&passage.folded)?;
            Some(page.found(passage, found))
        });
        if let Some(evidence) = found {
            return Some((status, evidence));
        }
    }
    maintainer(page).map(|evidence| ("active", evidence))
}

/// Where contributions are refused, and where they are welcomed.
pub(super) fn refusal(page: &Page<'_>) -> Option<Evidence> {
    page.first_match(&REFUSED)
}

/// Where contributions are welcomed.
pub(super) fn invitation(page: &Page<'_>) -> Option<Evidence> {
    page.first_match(&WELCOME)
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

    #[test]
    fn an_address_never_leaves_with_its_local_part() {
        let text = "# Contact\n\nÉcrire à secret.name@culture.gouv.fr. Projet maintenu par secret.name@culture.gouv.fr.\n\n## secret.name@culture.gouv.fr\n\n- a\n";
        let said = with(text, |page| {
            let contacts = contacts(page);
            let evidence: Vec<_> = contacts
                .iter()
                .map(|contact| contact_evidence(page, contact))
                .collect();
            let heading = page
                .passages
                .iter()
                .find(|passage| passage.is_heading && passage.folded.contains('@'));
            let heading = heading.map(|heading| page.heading(heading));
            format!(
                "{contacts:?} {evidence:?} {:?} {:?} {:?} {heading:?}",
                maintainer(page),
                maintenance(page),
                reachable(page, &contacts)
            )
        });
        assert!(
            said.contains("…@culture.gouv.fr") && !said.contains("secret"),
            "{said}"
        );
    }

    #[test]
    fn maintenance_is_read_from_sentences_about_this_project() {
        let cases = [
            ("Ce projet n’est plus maintenu.", Some("none")),
            ("This repository has been archived.", Some("none")),
            ("**⚠️ No longer maintained**", Some("none")),
            (
                "Maintenance passive : questions seulement.",
                Some("passive"),
            ),
            ("Ce dépôt est maintenu par la DINUM.", Some("active")),
            ("The project is actively maintained.", Some("active")),
            ("PHP 7.1 is no longer maintained, use 8.", None),
            ("Data are maintained on another repository.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                with(text, |page| maintenance(page).map(|(status, _)| status)),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn past_contributors_are_no_invitation() {
        assert!(with("## Contributeurs\n\n- A\n- B\n", invitation).is_none());
        assert!(with("Les contributions sont les bienvenues !", invitation).is_some());
        assert!(with("Contributions are welcome.", invitation).is_some());
        assert!(with("Nous n’acceptons pas de contributions.", refusal).is_some());
    }
}
