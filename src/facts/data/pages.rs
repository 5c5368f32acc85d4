// SPDX-License-Identifier: EUPL-1.2
//! What READMEs say of data: where it is published, and what its fields mean.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::folded as regex;
use crate::model::evidence::Evidence;
use crate::model::text::fold_plain;

/// Longest line that is looked at, bytes.
const LINE: usize = 4000;

/// Collects links to portals and places that describe fields.
pub(super) fn read(path: &str, text: &str, links: &mut Vec<Evidence>, schemas: &mut Vec<Evidence>) {
    for (number, line) in text.lines().enumerate() {
        if line.len() > LINE || line.is_empty() {
            continue;
        }
        let place = || Evidence::line(path, u32::try_from(number + 1).unwrap_or(u32::MAX));
        let is_heading = line.starts_with(['#', '*', '=']);
        let has_link = line.contains("://");
        if !is_heading && !has_link {
            continue;
        }
        let folded = fold_plain(line);
        if is_heading && FIELDS.is_match(&folded) {
            schemas.push(place().with_excerpt(line));
        }
        if !has_link {
            continue;
        }
        for url in SCHEMA_PAGE.find_iter(&folded) {
            schemas.push(place().with_field(trimmed(url.as_str())));
        }
        // where it was taken from is not where it is published
        if TAKEN.is_match(&folded) && !PUBLISHED.is_match(&folded) {
            continue;
        }
        for url in PORTAL_PAGE.find_iter(&folded) {
            links.push(place().with_field(trimmed(url.as_str())));
        }
    }
}

fn trimmed(url: &str) -> &str {
    url.trim_end_matches(['.', ',', ';', ':', '!', '?'])
}

static FIELDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(dictionnaires? (des|de) (donnees|variables|champs)|data dictionary|description (des|of the|of) (champs|variables|colonnes|fields|columns|donnees)|(schemas?|structure|modele) (des|de|of the) (donnees|data|fichiers?)|data schema|codebook|signification des (champs|colonnes|variables))\b",
    )
});

/// A page of one data set on a portal, never the portal's front page.
static PORTAL_PAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"https?://((www\.|demo\.)?data\.gouv\.fr/([a-z]{2}/)?(datasets?|reuses|organizations?)/[^\s)"'<>\]]+|entrepot\.recherche\.data\.gouv\.fr/[^\s)"'<>\]]+|(data|opendata|donnees)\.[a-z0-9.-]+/[^\s)"'<>\]]*(dataset|datasets|explore|jeux|donnees)[^\s)"'<>\]]*|[a-z0-9-]+\.opendatasoft\.com/[^\s)"'<>\]]+|(www\.)?zenodo\.org/(records?|doi|badge)/[^\s)"'<>\]]+|(dx\.)?doi\.org/10\.5281/[^\s)"'<>\]]+|data\.europa\.eu/[^\s)"'<>\]]+|huggingface\.co/datasets/[^\s)"'<>\]]+|dataverse\.[a-z0-9.-]+/[^\s)"'<>\]]+)"#,
    )
});

static SCHEMA_PAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"https?://schema\.data\.gouv\.fr/[^\s)"'<>\]]*[a-z0-9][^\s)"'<>\]]*"#)
});

static TAKEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(sources?|telecharge\w*|download\w*|issue?s? d|provien\w*|provenan\w*|recuper\w*|extrai\w*|d'apres|depuis|from|fetch\w*|import\w*|a partir d|utilis\w*|uses?|using|alimente\w*)\b",
    )
});

static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(publi(e|ee|es|ees|er|ons|cation|shed|shing|sh)|mis(e|es)? en ligne|disponibles? sur|diffus\w*|available (at|on))\b",
    )
});
