// SPDX-License-Identifier: EUPL-1.2
//! The project's own sites among the links of a README: service, demo, official site.

use std::sync::LazyLock;

use regex::Regex;

use super::links::Resolver;
use super::page::{Page, Passage, fold, pattern};
use super::programme;
use crate::facts::prose::Link;

/// Hosts that are never a project's own site: forges, registries, badges, social networks, portals, tools.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:^|\.)(?:
        github\.com | githubusercontent\.com | gitlab\.com | bitbucket\.org | sr\.ht | codeberg\.org | sourceforge\.net | framagit\.org | gitlab\.[\w.-]+ | git\.[\w.-]+ |
        npmjs\.(?:com|org) | pypi\.(?:org|python\.org) | packagist\.org | crates\.io | rubygems\.org | hex\.pm | docker\.(?:com|io) | maven\.org | cran\.r-project\.org | readthedocs\.(?:io|org) |
        shields\.io | travis-ci\.(?:org|com) | circleci\.com | codecov\.io | coveralls\.io | codeclimate\.com | badge\.\w+ | sonarcloud\.io | goreportcard\.com | snyk\.io | zenodo\.org | doi\.org | updown\.io | uptimerobot\.com |
        twitter\.com | x\.com | linkedin\.com | facebook\.com | youtube\.com | youtu\.be | vimeo\.com | medium\.com | slack\.com | discord\.(?:gg|com) | matrix\.(?:to|org) | gitter\.im | mastodon\.\w+ | t\.me |
        wikipedia\.org | w3\.org | mozilla\.org | stackoverflow\.com | opensource\.org | creativecommons\.org | spdx\.org | gnu\.org | choosealicense\.com | joinup\.ec\.europa\.eu | contributor-covenant\.org | semver\.org | keepachangelog\.com | conventionalcommits\.org |
        google\.com | goo\.gl | bit\.ly | trello\.com | notion\.(?:so|site) | figma\.com | hackmd\.io | pad\.[\w.-]+ | mailchimp\.com |
        heroku\.com | netlify\.com | vercel\.com | digitalocean\.com | ovh\.(?:com|net) | clever-cloud\.com | scalingo\.com | amazon\.com | azure\.com |
        (?:python|nodejs|reactjs|vuejs|angular|djangoproject|rubyonrails|laravel|symfony|getcomposer|postgresql|mongodb|elastic|redis|nginx|ubuntu|debian|apache|r-project|rstudio|java|oracle|mysql|yarnpkg|jestjs|webpack|docusaurus|jekyllrb|gohugo|mkdocs|expo|nextjs|nuxt|svelte|vitejs|astro|gatsbyjs|flask|palletsprojects|elixir-lang|golang|go|rust-lang|typescriptlang|kubernetes|docker)\.(?:org|com|io|dev|fr|co|js|build|app) |
        legifrance\.gouv\.fr | data\.gouv\.fr | etalab\.gouv\.fr | numerique\.gouv\.fr | pad\.\w+ | docs?\.[\w-]+\.(?:com|org|io|dev)
        )$",
    )
});

/// Hosts whose sub-domains are sites of their own although the portal itself is not.
static PORTALS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:www\.|static\.)?(?:data|etalab|numerique)\.gouv\.fr$"));

/// Files to download.
static DATA_FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\.(?:csv|json|xlsx?|ods|pdf|zip|gz|xml|ya?ml|md|docx?|odt|pptx?|png|jpe?g|svg|gif|mp4)(?:[?#]|$)",
    )
});

/// Pages that present a project of a programme; not the project's site.
static PRESENTATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^https?://(?:www\.)?beta\.gouv\.fr(?:/|$)|/startups/"));

/// Sections that list links to the project's sites.
static SITE_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:demos?|demonstrations?|sites?|site web|website|en ligne|online|production|deployments?|instances?|live|acces|urls?|domain names?|environnements?|environments?|get the data|try it|essayer)\b",
    )
});

/// Sections whose links are plans.
static PLANS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:to-?\s?dos?|a faire|roadmap|feuille de route|backlog|next steps|prochaines etapes)\b",
    )
});

/// Words that say that a link is the running software.
static SITE_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:demo|demonstration|(?:le|la|du|au|notre|our|the|official|officiel|project|projet)\s+(?:site|website|plateforme|platform)|site\s+(?:internet|web|officiel)|web\s?site|
        en\s+ligne|online|instance|(?:disponible|accessible|consultable|visible|deploye|deployee|available|deployed|hosted|heberge|reachable|live)\s+(?:sur|a|at|on|ici|here|via|en)|
        (?:voir|visit|visiter|consulter|acceder|see)\s+(?:le\s+site|l'application|the\s+site|the\s+app)|(?:en|in)\s+production|staging|live|application\s+(?:est|web))\b",
    )
});

/// Sections that describe the project, besides what stands before the first section.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:presentation|description|introduction|intro|about|a propos|what is|qu'est-ce|contexte|context|objectifs?|purpose|overview|le projet|the project|features|fonctionnalites)\b",
    )
});

/// Links to the project's own sites, in order, one for each host.
pub(super) fn own_sites<'p>(
    page: &'p Page<'_>,
    resolver: &Resolver<'_>,
    name: &str,
) -> Vec<&'p Link> {
    let words = title_words(page, name);
    let mut sites: Vec<&Link> = Vec::new();
    for passage in page.sentences() {
        if page.is_under(passage, &PLANS) || passage.folded.starts_with("[ ]") {
            continue;
        }
        for link in &passage.block.links {
            let is_new = !sites
                .iter()
                .any(|known| host(&known.target) == host(&link.target));
            if is_new && is_candidate(link, resolver) && is_own(page, passage, link, &words) {
                sites.push(link);
            }
        }
    }
    sites
}

/// True for an address that may be a project's site.
fn is_candidate(link: &Link, resolver: &Resolver<'_>) -> bool {
    let Some(host) = host(&link.target) else {
        return false;
    };
    let is_local = host.starts_with("localhost")
        || host.starts_with("127.")
        || host.starts_with("0.0")
        || !host.contains('.');
    let is_other =
        OTHERS.is_match(&host) && (!host.ends_with(".gouv.fr") || PORTALS.is_match(&host));
    let is_example = host.contains("example") || host.contains("exemple");
    !link.is_image
        && !link.has_image
        && !is_local
        && !is_other
        && !is_example
        && !DATA_FILE.is_match(&link.target)
        && !PRESENTATION.is_match(&link.target)
        && !programme::is_programme_page(&link.target)
        && !programme::names_body(&fold(&link.text))
        && !resolver.is_own_address(&link.target)
}

fn is_own(page: &Page<'_>, passage: &Passage<'_>, link: &Link, words: &[String]) -> bool {
    let target = fold(&link.target);
    let host = host(&link.target).unwrap_or_default();
    let is_named = words.iter().any(|word| host.contains(word.as_str()));
    let is_opening = is_opening(page, passage);
    let is_public_service = host.ends_with(".gouv.fr");
    let names_path = words.iter().any(|word| target.contains(word.as_str()));
    is_named
        || page.is_under(passage, &SITE_HEADING)
            && (is_public_service || is_address(link) || names_path)
        || is_opening && (is_public_service || names_path || says_site(passage, link))
        || says_site(passage, link) && is_address(link)
}

/// True when the words around a link, or its own, say that it is the running software.
fn says_site(passage: &Passage<'_>, link: &Link) -> bool {
    let text = fold(&link.text);
    if SITE_WORDS.is_match(&text)
        || matches!(text.trim(), "demo" | "site" | "website" | "application")
    {
        return true;
    }
    let sentence = passage
        .folded
        .split(". ")
        .find(|sentence| !text.is_empty() && sentence.contains(text.as_str()));
    sentence.is_some_and(|sentence| SITE_WORDS.is_match(sentence))
}

/// True for a link whose text is its address.
fn is_address(link: &Link) -> bool {
    let text = fold(&link.text);
    host(&link.target).is_some_and(|host| text.contains(host.trim_start_matches("www.")))
}

/// True before the first section, and in sections that present the project.
fn is_opening(page: &Page<'_>, passage: &Passage<'_>) -> bool {
    passage.under.iter().all(|index| {
        let heading = &page.passages[*index];
        heading.is_title()
            && page.passages[..*index]
                .iter()
                .all(|before| !before.is_heading)
            || ABOUT.is_match(&heading.folded)
    })
}

/// Words of the title and of the repository's name that tell this project from others.
fn title_words(page: &Page<'_>, name: &str) -> Vec<String> {
    const COMMON: [&str; 40] = [
        "projet",
        "project",
        "application",
        "site",
        "readme",
        "depot",
        "repository",
        "code",
        "source",
        "sources",
        "client",
        "server",
        "front",
        "frontend",
        "back",
        "backend",
        "open",
        "data",
        "donnees",
        "service",
        "services",
        "outil",
        "tool",
        "local",
        "gouv",
        "guides",
        "guide",
        "documentation",
        "docs",
        "software",
        "logiciel",
        "public",
        "introduction",
        "presentation",
        "what",
        "defi",
        "standards",
        "produits",
        "catalog",
        "github",
    ];
    let title = page
        .passages
        .iter()
        .find(|passage| passage.is_heading && !passage.folded.is_empty());
    let title = title.map_or("", |title| title.folded.as_str());
    let name = fold(name);
    let mut words: Vec<String> = Vec::new();
    for text in [title, name.as_str()] {
        let all = text.split(|c: char| !c.is_alphanumeric());
        words.extend(
            all.filter(|word| word.len() >= 5 && !COMMON.contains(word))
                .map(str::to_owned),
        );
        let joined: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if (5..=30).contains(&joined.len()) && !COMMON.contains(&joined.as_str()) {
            words.push(joined);
        }
    }
    words
}

/// Host of an address, in lower case, without port.
pub(super) fn host(target: &str) -> Option<String> {
    let rest = target
        .strip_prefix("https://")
        .or_else(|| target.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}
