// SPDX-License-Identifier: EUPL-1.2
//! What the software is for: a paragraph before the first installation heading, and whether it speaks of more than of
//! its technique.

use std::sync::LazyLock;

use regex::Regex;

use super::page::{Page, Passage, masked, pattern};
use super::programme::names_body;
use super::sections::INSTALL;
use crate::facts::prose::{BlockKind, Link};
use crate::model::evidence::Evidence;

/// Characters from which a paragraph explains something.
const PARAGRAPH: usize = 100;

/// Characters from which a sentence says something.
const SENTENCE: usize = 40;

/// What the README says of the purpose.
pub(super) struct Purpose {
    /// Characters of the longest paragraph before the first installation heading.
    pub(super) chars: usize,
    /// Where that paragraph stands.
    pub(super) longest: Option<Evidence>,
    /// How the purpose is stated, with its place.
    pub(super) stated: Option<(&'static str, Evidence)>,
}

/// Headings whose paragraphs speak of something else.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:licen[cs]es?|copyright|contribu\w+|change\s?-?logs?|road\s?-?map|table\s+des\s+matieres|sommaire|table\s+of\s+contents|contents|prerequis|pre-requis|prerequisites?|requirements?|deploi\w*|deploy\w*|tests?|credits?|remerciements|acknowledge?ments?|commandes?|commands|run|lancer|lancement|developpement|development|configuration)\b",
    )
});

/// Headings that announce the purpose, wherever they stand.
static PRESENTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:presentation|contexte|context|about|a\s+propos|objectifs?|objet|purpose|goals?|description|introduction|overview|what\s+is|qu'est[\s-]ce|c'est\s+quoi|pourquoi|why|le\s+projet|the\s+project|resume|en\s+bref|vision|mission|pour\s+qui)\b",
    )
});

/// What somebody gets from the software.
static AIM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:perm(?:et|ettent|ettre|ettant|ettra)|vis(?:e|ent|ant)|sert|servent|aid(?:e|ent|er|ant)|facilit\w+|destine\w*|objectifs?|ambition\w*|but\s+(?:est|de)|afin\s+(?:de|d'|que)|pour\s+(?:que|les|aider|permettre|faciliter|calculer|simuler|gerer|suivre|consulter|explorer|visualiser|publier|accompagner)|mission|propose\w*|offr\w+|met\s+a\s+disposition|rassembl\w+|recens\w+|simplifi\w+|ameliore\w*|accompagn\w+|a\s+destination|utilisateurs?|usagers?|citoyen\w*|agents?|automatise\w*|detecte\w*|genere\w*|extrait|analys\w+|convertit|calcule\w*|affiche\w*|centralis\w+|mesure\w*|estime\w*|administrations?|entreprises?|collectivites?|besoins?
        |allows?|allowing|helps?|helping|aims?|aimed|aiming|goal|purpose|designed\s+(?:to|for)|intended|provides?|providing|enables?|enabling|lets|makes\s+it|used\s+(?:to|by|for)|users?|citizens?|people|meant\s+(?:to|for)|dedicated\s+to|in\s+order\s+to|so\s+that|collects?|manages?|computes?|publishes|explore|visuali[sz]e|automates|reads|compares|detects|determines?|converts|generates|extracts|analy[sz]es|tracks|lists|share)\b",
    )
});

/// A sentence that says what something is.
static DEFINES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:is|are)\s+(?:a|an|the|one|our)\b|\b(?:est|sont)\s+(?:un|une|le|la|les|l'|des)\b|\bc'est\b|\b(?:contient|contains|regroupe|rassemble|hosts?|heberge|holds)\b
        |\b(?:code\s+source|depot|repository|repo|source\s+code|application|site|website|web\s?app|service|outil|tool|package|library|bibliotheque|plateforme|platform|portail|moteur|simulateur|solution|logiciel|software|api|module|plugin|documentation|guide)\s+(?:\w+\s+){0,3}?(?:for|of|to|pour|de|du|des|d'|qui|which|that)\b",
    )
});

/// Terms of use, which say nothing of the use.
static TERMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:sous|under)\b[^.]{0,40}\blicen[cs]es?\b|\bcopyright\b|\bpropriete\s+intellectuelle\b|\bformellement\s+interdit|\ball\s+rights\s+reserved\b",
    )
});

/// What to do rather than what it is.
static INSTRUCTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:pour\s+(?:ajouter|installer|lancer|modifier|contribuer|tester|remonter|deployer)|to\s+(?:run|install|start|build|contribute|test)|you\s+(?:need|must)|vous\s+devez|please|merci\s+de)\b|\b(?:a|has|est)\s+(?:migre|moved|archive)\w*\b",
    )
});

/// How the software is made.
static MADE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:built|developed|written|made|implemented|coded|powered|bootstrapped|scaffolded|generated)\s+(?:\w+\s+){0,2}?(?:with|on|using|in|by|from)\b|\b(?:developpe\w*|ecrite?s?|code\w*|construite?s?|realise\w*|implemente\w*|generee?)\s+(?:\w+\s+){0,2}?(?:avec|en|sous|a\s+partir)\b|\b(?:repos\w+|bas\w+|s'appuie\w*|fonde\w*)\s+sur\b|\butilis(?:e|ant|ent)\b|\buses?\b|\bstack\b|\b(?:front|back)[\s-]?ends?\b|\bframework\b
        |\b(?:run|launch|clone|lancer|lancez|cloner|clonez|executer|executez|copier|copiez|make\s+sure|assurez-vous|vous\s+devez|you\s+(?:need|must|have\s+to|can\s+(?:start|run)))\b",
    )
});

static TECHNIQUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:react|vue(?:\.?js)?|angular|node(?:\.?js)?|express|django|flask|fastapi|rails|python|javascript|typescript|php|symfony|laravel|postgres\w*|mysql|sqlite|mongo\w*|docker\w*|kubernetes|next(?:\.?js)?|nuxt\w*|graphql|webpack|npm|yarn|elasticsearch|redis|spring|java|ruby|elixir|phoenix|svelte\w*|gatsby|jekyll|tailwind\w*|bootstrap|nest(?:\.?js)?|prisma|strapi|hugo|wordpress|drupal|vite|rust|golang|scala|kotlin|celery|nginx|shiny|streamlit|api\s+rest|rest\s+api)\b",
    )
});

/// Reads the purpose of the README; an untouched template says nothing of it.
pub(super) fn read(page: &Page<'_>, is_template: bool) -> Purpose {
    let end = page.first_heading(&INSTALL);
    let before = &page.passages[..end];
    let chars = |passage: &Passage<'_>| passage.block.text.chars().count();
    let longest = before
        .iter()
        .filter(|passage| passage.is_prose())
        .max_by_key(|passage| chars(passage));
    Purpose {
        chars: longest.map_or(0, chars),
        longest: longest.map(|passage| at(page, passage)),
        stated: (!is_template).then(|| stated(page, before)).flatten(),
    }
}

fn stated(page: &Page<'_>, before: &[Passage<'_>]) -> Option<(&'static str, Evidence)> {
    let tells = |passage: &Passage<'_>| {
        passage.is_prose()
            && !is_links(passage)
            && !TERMS.is_match(&passage.folded)
            && !page.is_under(passage, &ASIDE)
    };
    let length = |passage: &Passage<'_>| passage.block.text.chars().count();
    let explains = |passage: &Passage<'_>| length(passage) >= PARAGRAPH && says(passage);
    let candidates: Vec<_> = before.iter().filter(|passage| tells(passage)).collect();
    if let Some(found) = candidates.iter().find(|passage| explains(passage)) {
        return Some(("stated", at(page, found)));
    }
    let mut after = page.passages[before.len()..].iter();
    let late = after
        .find(|passage| tells(passage) && explains(passage) && page.is_under(passage, &PRESENTS));
    if let Some(found) = late {
        return Some(("late", at(page, found)));
    }
    let is_short = |passage: &&&Passage<'_>| {
        length(passage) >= SENTENCE
            && !is_technical(passage)
            && !INSTRUCTS.is_match(&passage.folded)
    };
    if let Some(found) = candidates.iter().find(is_short) {
        return Some(("fragments", at(page, found)));
    }
    if let Some(found) = candidates
        .iter()
        .find(|passage| length(passage) >= PARAGRAPH)
    {
        return Some(("technical", at(page, found)));
    }
    let mut links = before.iter().flat_map(|passage| &passage.block.links);
    let link = links.find(|link| shows(link))?;
    Some(("elsewhere", page.at(link.line).with_excerpt(&link.target)))
}

/// True for a paragraph that says what the software is or what it is for.
fn says(passage: &Passage<'_>) -> bool {
    let text = &passage.folded;
    !is_technical(passage) && (AIM.is_match(text) || DEFINES.is_match(text))
}

/// True for a picture or a site that may say what the software is for; a badge and a forge do not.
fn shows(link: &Link) -> bool {
    static BADGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)shields\.io|badge|travis-ci|circleci|codecov|coveralls|/actions/|/pipelines?|\.svg(?:[?#]|$)|sonar",
        )
    });
    static FORGE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^https?://(?:www\.)?(?:github|gitlab|codeberg)[\w-]*\."));
    if BADGE.is_match(&link.target) || link.has_image {
        return false;
    }
    link.is_image || link.target.starts_with("http") && !FORGE.is_match(&link.target)
}

fn at(page: &Page<'_>, passage: &Passage<'_>) -> Evidence {
    page.at(passage.block.line)
        .with_excerpt(&masked(&passage.block.text))
}

/// True for a passage that is hardly more than its links.
fn is_links(passage: &Passage<'_>) -> bool {
    let linked: usize = passage
        .block
        .links
        .iter()
        .filter(|link| !link.is_image)
        .map(|link| link.text.chars().count())
        .sum();
    let is_item = passage.block.kind == BlockKind::Item;
    let all = passage.block.text.chars().count();
    linked * 10 >= all * if is_item { 6 } else { 8 }
}

/// True for a paragraph that only says how the software is made or run.
fn is_technical(passage: &Passage<'_>) -> bool {
    let text = &passage.folded;
    if INSTRUCTS.is_match(text) {
        return true;
    }
    let names = TECHNIQUE.find_iter(text).take(2).count();
    (names == 2 || names == 1 && MADE.is_match(text)) && !AIM.is_match(text) && !names_body(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::prose::{Format, Prose};

    fn how(text: &str) -> Option<&'static str> {
        let prose = Prose::parse(Format::Markdown, text);
        let page = Page::new("README.md", text, &prose);
        read(&page, false).stated.map(|(how, _)| how)
    }

    const AIMED: &str = "Courrier aide les agents des préfectures à instruire les demandes reçues par courrier, à plusieurs et sans rien perdre.";
    const TECHNICAL: &str = "This repository is built with React and TypeScript on top of Vite, with a Node.js backend, PostgreSQL and Redis containers.";

    #[test]
    fn a_paragraph_before_installing_states_the_purpose() {
        assert_eq!(how(&format!("# Courrier\n\n{AIMED}\n")), Some("stated"));
        let after = format!("# Courrier\n\n## Installation\n\n{AIMED}\n");
        assert_eq!(how(&after), None);
        let late = format!("# Courrier\n\n## Installation\n\nnpm\n\n## Présentation\n\n{AIMED}\n");
        assert_eq!(how(&late), Some("late"));
    }

    #[test]
    fn technique_alone_is_no_purpose() {
        let text = format!("# Courrier\n\n{TECHNICAL}\n");
        assert_eq!(how(&text), Some("technical"));
        let both = format!("# Courrier\n\n{TECHNICAL}\n\n{AIMED}\n");
        assert_eq!(how(&both), Some("stated"));
    }

    #[test]
    fn a_picture_or_a_site_may_say_it() {
        assert_eq!(how("# A\n\n![accueil](accueil.png)\n"), Some("elsewhere"));
        assert_eq!(
            how("# A\n\n[Le site](https://a.gouv.fr)\n"),
            Some("elsewhere")
        );
        assert_eq!(how("# A\n\n![b](https://img.shields.io/badge/x)\n"), None);
        assert_eq!(
            how("# A\n\nUne carte des services publics de proximité.\n"),
            Some("fragments")
        );
        assert_eq!(how("# A\n"), None);
    }

    #[test]
    fn a_licence_or_a_list_of_links_is_no_purpose() {
        let licence = "# A\n\n## Licence\n\nCe logiciel est distribué sous les termes de la licence publique de l’Union européenne, version 1.2, sans aucune garantie.\n";
        assert_eq!(how(licence), None);
    }
}
