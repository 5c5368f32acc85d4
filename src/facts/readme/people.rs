// SPDX-License-Identifier: EUPL-1.2
//! Who maintains the project and what is said of contributions. Evidence gives the place, since names may stand there.

use std::sync::LazyLock;

use regex::Regex;

use super::contacts::{CONTACT_HEADING, Contact, ISSUES, contact_evidence};
use super::page::{Page, Passage, pattern};
use crate::facts::prose::BlockKind;
use crate::model::evidence::Evidence;

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
    let ended = r"(?:n'est\s+(?:plus|pas)\s+(?:activement\s+)?(?:maintenue?|actif|active|developpee?|mise? a jour|supportee?|d'actualite|utilisee?)|(?:is\s+|are\s+)?(?:no\s+longer|not)\s+(?:being\s+)?(?:actively\s+)?(?:maintained|developed|supported|updated)|(?:est|a ete|sera)\s+(?:desormais\s+|maintenant\s+|bientot\s+|prochainement\s+)?(?:archivee?|abandonnee?|obsolete|deprecie|depreciee)|est\s+en\s+(?:voie|cours)\s+d'archivage|(?:is|has been|was)\s+(?:now\s+)?(?:archived|abandoned|deprecated|discontinued|unmaintained|retired|sunset))\b";
    pattern(&format!(
        r"{PROJECT}{ended}|^[^a-z0-9]*(?:projet|depot|project|repository|warning|attention|avertissement)?[^a-z0-9]*(?:almost\s+|now\s+|desormais\s+)?(?:archived?|archivee?|deprecated|unmaintained|no longer maintained|not maintained|non maintenue?|abandonned?|obsolete|plus maintenue?|ce projet est archive|{ended})\b[^.]{{0,60}}$"
    ))
});

/// The project goes on elsewhere: here, nobody maintains it. A move to another technology is none.
static MOVED: LazyLock<Regex> = LazyLock::new(|| {
    let place = r"(?:https?:|git(?:hub|lab|ea)?\b|forge\b|code\s?berg|framagit|source\s?hut|another\s+repo|(?:un\s+)?(?:autre|nouveau)\s+depot|(?:the|a)\s+new\s+repo)";
    pattern(&format!(
        r"{PROJECT}(?:(?:a|est|a ete)\s+(?:desormais\s+|maintenant\s+)?(?:migree?|demenagee?|deplacee?|transferee?)|(?:has|was|is)\s+(?:now\s+|been\s+)*(?:moved|migrated|transferred))\s+(?:sur|vers|dans|a|au|to|into|on)\b[^.;]{{0,30}}?{place}|^[^a-z0-9]*(?:(?:this\s+)?(?:project|repository|repo)\s+)?(?:(?:has\s+|was\s+|is\s+)?(?:been\s+)?moved\s+to|deplacee?\s+(?:vers|sur)|migree?\s+(?:vers|sur))\b[^.;]{{0,30}}?{place}"
    ))
});

/// Another project takes over from this one.
static SUCCEEDED: LazyLock<Regex> = LazyLock::new(|| {
    let over = r"(?:(?:a ete|est)\s+(?:desormais\s+|maintenant\s+)?(?:remplacee?|reprise?)\s+par|se\s+poursuit|continue\s+(?:desormais\s+)?(?:sur|dans|at|on|in)|(?:has been|is|was)\s+(?:now\s+)?(?:replaced|superseded|succeeded)\s+by)\b";
    pattern(&format!(
        r"{PROJECT}{over}|\b(?:nouveau|new)\s+(?:depot|repository|repo)\b[^.;]{{0,20}}?\s?:|^[^a-z0-9]*(?:superseded|replaced|succeeded)\s+by\b|^[^a-z0-9]*remplacee?\s+par\b"
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

/// Evidence of a way to reach somebody, or of who maintains, in the sense of a section.
pub(super) fn reachable(page: &Page<'_>, contacts: &[Contact]) -> Option<Evidence> {
    let direct = contacts.iter().find(|contact| contact.kind != "issues");
    if let Some((_, heading)) = page
        .headings(&CONTACT_HEADING)
        .find(|(index, _)| page.below(*index).any(|passage| !passage.is_heading))
    {
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
        ("none", &*MOVED),
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

/// The address at which the project is said to go on, with its place: the first link of a sentence that says so.
pub(super) fn successor(page: &Page<'_>) -> Option<(String, Evidence)> {
    page.sentences().find_map(|passage| {
        let text = &passage.folded;
        let mut links = passage.block.links.iter();
        let link = links.find(|link| {
            !link.is_image
                && (link.target.starts_with("https://") || link.target.starts_with("http://"))
        })?;
        let goes_on = MOVED.is_match(text) || SUCCEEDED.is_match(text);
        goes_on.then(|| {
            let place = page.at(link.line).with_excerpt(&link.target);
            (link.target.clone(), place)
        })
    })
}

/// Where contributions are refused.
pub(super) fn refusal(page: &Page<'_>) -> Option<Evidence> {
    page.first_match(&REFUSED)
}

/// Where contributions are welcomed.
pub(super) fn invitation(page: &Page<'_>) -> Option<Evidence> {
    page.first_match(&WELCOME)
}

#[cfg(test)]
mod tests {
    use super::super::contacts::contacts;
    use super::*;
    use crate::facts::prose::{Format, Prose};

    fn with<T>(text: &str, read: impl Fn(&Page<'_>) -> T) -> T {
        let prose = Prose::parse(Format::Markdown, text);
        read(&Page::new("README.md", text, &prose))
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
            ("**Ce dépôt est en voie d’archivage**.", Some("none")),
            ("Ce dépôt sera prochainement archivé.", Some("none")),
            (
                "Le projet a migré sur [le gitlab du ministère](https://forge.example.fr/a/b)",
                Some("none"),
            ),
            (
                "## Moved to : https://github.com/organisation/carte",
                Some("none"),
            ),
            (
                "The project has moved to [GitHub](https://x.org).",
                Some("none"),
            ),
            ("Le projet a migré vers Vue 3 et Vite.", None),
            ("Les données ont été déplacées vers GitLab.", None),
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
    fn the_successor_is_the_link_of_the_sentence_that_says_so() {
        let cases = [
            (
                "Le projet a migré sur [le GitLab du ministère](https://forge.example.fr/a/b).",
                Some("https://forge.example.fr/a/b"),
            ),
            (
                "Ce dépôt est désormais remplacé par <https://example.org/neuf>.",
                Some("https://example.org/neuf"),
            ),
            (
                "This project has been superseded by [next](https://example.org/next).",
                Some("https://example.org/next"),
            ),
            (
                "Ce projet n’est plus maintenu. [Licence](https://example.org/l)",
                None,
            ),
            (
                "La police Marianne est remplacée par [Arial](https://example.org/f).",
                None,
            ),
        ];
        for (text, expected) in cases {
            let found = with(text, |page| successor(page).map(|(target, _)| target));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
