// SPDX-License-Identifier: EUPL-1.2
//! The programme and the administrations that bear the project, and the openness badge.

use std::sync::LazyLock;

use regex::Regex;

use super::links::decode;
use super::page::{Page, Passage, fold, pattern};
use super::sites::host;
use crate::model::evidence::Evidence;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:https?://|www\.|git@)\S+|\S+@\S+"));

static FULL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bentrepreneu[\w·.•⋅/()\-]*\s+(?:et\s+entrepreneu\w*\s+)?d\s?['e ]\s?interets?[\s-]+general",
    )
});

static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[\s(«“\x22'\[,;:!/]|\bex-)eigs?\d{0,2}(?:$|[\s)»”\x22'\],;:!?]|\.(?:\s|$)|-\d)")
});

/// Former and present sites of the programme.
const PROGRAMME_HOSTS: [&str; 5] = [
    "eig.etalab.gouv.fr",
    "entrepreneur-interet-general.etalab.gouv.fr",
    "entrepreneurs-interet-general.etalab.gouv.fr",
    "eig.numerique.gouv.fr",
    "entrepreneur-interet-general.numerique.gouv.fr",
];

/// Pages about the programme on the site of the administration that founded it.
static PROGRAMME_PATH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"entrepreneurs?-(?:d-?)?interet-general"));

static BADGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"code\.gouv\.fr[-_/ ]+(contributif|ouvert|publie)\b"));

/// Administrations and public programmes, by names that mean nothing else.
static BODIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:
        dinum|dinsic|etalab|agid|cget|anct|dgfip|dgccrf|dgse|dgac|dgitm|dgaln|dreal|dares|drees|insee|ademe|cerema|urssaf|cnaf|cnam|cnav|ansm|anssi|ign|onisep|cnil|inria|inrae|france\s+travail|pole\s+emploi|
        beta\s?gouv|beta\.gouv(?:\.fr)?|la\s+fabrique\s+(?:numerique|des)|french\s+(?:government|administration|administrations|public\s+sector|state|ministry)|
        direction\s+(?:interministerielle|generale|departementale|regionale|nationale|centrale|des\s+affaires|du\s+numerique|des\s+systemes)|
        ministere|ministry\s+of|secretariat\s+(?:general|d'etat)|prefecture|gendarmerie\s+nationale|police\s+nationale|marine\s+nationale|mobilier\s+national|archives\s+nationales|
        cour\s+(?:des\s+comptes|de\s+cassation)|conseil\s+(?:d'etat|departemental|regional)|assemblee\s+nationale|senat|banque\s+de\s+france|caisse\s+(?:nationale|des\s+depots)|
        agence\s+(?:nationale|regionale|de\s+l'eau|bio|de\s+services)|office\s+(?:francais|national)|institut\s+national|centre\s+national|
        ville\s+de\s+\w+|metropole\s+de|region\s+\w+|communaute\s+(?:d'agglomeration|urbaine|de\s+communes)|city\s+of|digital\s+team|government\s+of|gouvernement
        )\b",
    )
});

/// What follows or precedes a body that is only a licence's name or the portal of data.
static NOT_BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:licen[cs]e\s+(?:ouverte\s*)?[/(-]?\s*etalab|etalab[\s-]*2\.0|etalab[\s-]*1\.0|etalab\s+(?:licen[cs]e|open)|open\s+licen[cs]e\s+etalab)",
    )
});

/// Sentences that say who bears the project.
static BEARS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:porte|portee|developpe|developpee|realise|realisee|concu|concue|pilote|pilotee|finance|financee|soutenu|soutenue|maintenu|maintenue|edite|editee|commande|mene|menee|cree|creee|propose|proposee|incube|incubee|heberge)\s+(?:et\s+\w+\s+)?(?:par|au\s+sein|avec|dans|a|pour)\b|
        \bdans\s+le\s+cadre\b|\ben\s+(?:partenariat|collaboration|lien)\s+avec\b|\bau\s+sein\b|\bpartenaires?\b|\bpour\s+le\s+compte\b|\binitiative\b|\bstartup\s+d'etat\b|\bdroits\s+d'auteur\b|
        \b(?:developed|built|made|created|maintained|funded|supported|carried|led|designed|provided|owned|published|commissioned|run|produced)\s+(?:and\s+\w+\s+)?(?:by|at|within|with|for|as)\b|\bproject\s+(?:by|of)\b|\bpart\s+of\b|\bpartnership\b|\bon\s+behalf\b|\bcopyright\b|©|\(c\)|
        ^\s*(?:19|20)\d\d\b",
    )
});

/// Sections about who bears the project.
static BEARERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:licen[cs]es?|credits?|auteurs?|authors?|contacts?|equipe|team|a propos|about|remerciements|acknowledge?ments?|thanks|partenaires?|partners?|financement|funding|contexte|context|copyright|notice|presentation|description|introduction|qui sommes|maintainers?|maintenance|mentions legales)\b",
    )
});

/// How the programme is named, with the place: `full` wins over `abbreviation`.
pub(super) fn mention(page: &Page<'_>) -> Option<(&'static str, Evidence)> {
    let find = |pattern: &Regex| {
        page.sentences().find_map(|passage| {
            let is_found = pattern.is_match(&words(passage));
            is_found.then(|| page.at(passage.block.line))
        })
    };
    find(&FULL)
        .map(|at| ("full", at.with_excerpt("Entrepreneurs d’intérêt général")))
        .or_else(|| find(&SHORT).map(|at| ("abbreviation", at.with_excerpt("EIG"))))
}

/// The first link to the programme's site.
pub(super) fn programme_link(page: &Page<'_>) -> Option<Evidence> {
    let mut links = page
        .passages
        .iter()
        .flat_map(|passage| &passage.block.links);
    links
        .find(|link| is_programme_page(&link.target))
        .map(|link| page.at(link.line).with_excerpt(&link.target))
}

/// True for a page of the programme, on its own site or on that of the administration that founded it.
pub(super) fn is_programme_page(target: &str) -> bool {
    let host = host(target).unwrap_or_default();
    let host = host.trim_start_matches("www.");
    PROGRAMME_HOSTS.contains(&host)
        || host == "etalab.gouv.fr" && PROGRAMME_PATH.is_match(&fold(target))
}

/// True for a text that names an administration rather than a service.
pub(super) fn names_body(folded: &str) -> bool {
    BODIES.is_match(folded) && host(folded).is_none() && !folded.contains(".fr")
}

/// The openness badge, by the name of its image.
pub(super) fn badge(page: &Page<'_>) -> Option<(&'static str, Evidence)> {
    let mut links = page
        .passages
        .iter()
        .flat_map(|passage| &passage.block.links);
    links.find_map(|link| {
        let target = fold(&decode(&link.target));
        let name = BADGE.captures(&target).filter(|_| link.is_image)?;
        let level = match &name[1] {
            "contributif" => "contributif",
            "ouvert" => "ouvert",
            _ => "publié",
        };
        Some((level, page.at(link.line).with_excerpt(&link.target)))
    })
}

/// Where the programme or an administration is named as bearer or partner of the project.
pub(super) fn bearer(page: &Page<'_>) -> Option<Evidence> {
    if let Some((_, evidence)) = mention(page) {
        return Some(evidence);
    }
    let links = page
        .passages
        .iter()
        .flat_map(|passage| &passage.block.links);
    let presents = |target: &str| {
        let host = host(target).unwrap_or_default();
        let is_startup =
            host.trim_start_matches("www.") == "beta.gouv.fr" && target.contains("/startups/");
        is_startup || is_programme_page(target)
    };
    let mut links = links.filter(|link| presents(&link.target));
    if let Some(link) = links.next() {
        return Some(page.at(link.line).with_excerpt(&link.target));
    }
    let first_section = first_section(page);
    page.sentences().find_map(|passage| {
        let text = NOT_BODY.replace_all(&words(passage), " ").into_owned();
        let found = BODIES.find(&text)?;
        let is_opening = passage.block.line < first_section;
        let is_bearer = is_opening || BEARS.is_match(&text) || page.is_about(passage, &BEARERS);
        is_bearer.then(|| page.at(passage.block.line).with_excerpt(found.as_str()))
    })
}

/// Line of the first section below the title.
fn first_section(page: &Page<'_>) -> u32 {
    let mut headings = page
        .passages
        .iter()
        .filter(|passage| passage.is_heading && !passage.folded.is_empty());
    let title = headings.next();
    let next = headings.next();
    let is_title = title.is_some_and(Passage::is_title);
    let section = if is_title { next } else { next.or(title) };
    section.map_or(u32::MAX, |passage| passage.block.line)
}

/// A passage's folded text without addresses and host names that are only links.
fn words(passage: &Passage<'_>) -> String {
    let mut text = ADDRESS.replace_all(&passage.folded, " ").into_owned();
    for code in &passage.block.codes {
        let code = fold(code);
        if !code.trim().is_empty() {
            text = text.replacen(&code, " ", 1);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::prose::{Format, Prose};

    fn with<T>(text: &str, read: impl Fn(&Page<'_>) -> T) -> T {
        let prose = Prose::parse(Format::Markdown, text);
        read(&Page::new("README.md", text, &prose))
    }

    fn named(text: &str) -> Option<&'static str> {
        with(text, |page| mention(page).map(|(how, _)| how))
    }

    #[test]
    fn the_programme_is_named_in_full_whatever_apostrophe_and_gender() {
        for text in [
            "Programme Entrepreneurs d'intérêt général",
            "Programme « Entrepreneur d’Intérêt Général »",
            "Entrepreneur·e·s d’intérêt général",
            "Entrepreneur.e.s d'intérêt général",
            "Entrepreneur(e)s d’intérêt général",
            "entrepreneurs et entrepreneuses d’intérêt général",
            "ENTREPRENEURES D’INTÉRÊT GÉNÉRAL",
        ] {
            assert_eq!(named(text), Some("full"), "{text}");
        }
    }

    #[test]
    fn the_abbreviation_is_a_word_of_its_own() {
        for text in [
            "DataX - EIG 4 - 2020",
            "Un projet EIG.",
            "ex-EIG du défi",
            "(EIG)",
            "EIG4",
        ] {
            assert_eq!(named(text), Some("abbreviation"), "{text}");
        }
        for text in ["eigenvalue", "see eig-forever.example", "`EIG`"] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn a_clone_address_is_no_mention() {
        let text = "```\ngit clone https://github.com/entrepreneur-interet-general/x\n```\nSee https://github.com/entrepreneur-interet-general/x and git@github.com:entrepreneur-interet-general/x.git\n";
        assert_eq!(named(text), None);
        assert!(with(text, programme_link).is_none());
        assert!(with(text, bearer).is_none());
    }

    #[test]
    fn former_sites_of_the_programme_count() {
        for site in PROGRAMME_HOSTS {
            assert!(with(&format!("[x](https://{site}/a)"), programme_link).is_some());
        }
    }

    #[test]
    fn the_badge_is_read_raw_encoded_by_reference_and_in_html() {
        let cases = [
            (
                "[![img](https://img.shields.io/badge/code.gouv.fr-contributif-blue.svg)](https://a.fr)",
                "contributif",
            ),
            (
                "![x][b]\n\n[b]: https://img.shields.io/badge/code.gouv.fr-publi%C3%A9-orange",
                "publié",
            ),
            (
                "<img src=\"https://img.shields.io/badge/code.gouv.fr-ouvert-mediumseagreen.svg\">",
                "ouvert",
            ),
            (
                "![x](https://img.shields.io/badge/code.gouv.fr-publié-orange.svg)",
                "publié",
            ),
        ];
        for (text, level) in cases {
            assert_eq!(
                with(text, badge).map(|(level, _)| level),
                Some(level),
                "{text}"
            );
        }
        assert!(with("[code.gouv.fr](https://code.gouv.fr/ouvert)", badge).is_none());
    }

    #[test]
    fn an_administration_named_in_passing_does_not_bear_the_project() {
        let passing = "# Carte\n\nUne carte.\n\n## Données\n\nImport des communes depuis l’Insee.\n\n## Licence\n\nLicence Ouverte Etalab 2.0\n";
        assert!(with(passing, bearer).is_none());
        let borne =
            "# Carte\n\nUne carte.\n\n## Notes\n\nProjet porté par le Ministère de la Culture.\n";
        assert!(with(borne, bearer).is_some());
    }
}
