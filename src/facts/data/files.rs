// SPDX-License-Identifier: EUPL-1.2
//! Which files are data sets or schemas, by name and folder.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::folded as regex;
use crate::model::text::fold_plain;
use crate::snapshot::Entry;

/// A table or a layer that is neither a sample, nor a model, nor reference data of another body.
pub(super) fn is_set(entry: &Entry) -> bool {
    let name = fold_plain(entry.name());
    SET.is_match(&name)
        && !NOT_SET.is_match(&name)
        && !REFERENCE.is_match(&name)
        && !entry
            .folder()
            .split('/')
            .any(|part| ELSEWHERE.is_match(&fold_plain(part)))
}

/// A description of the fields of data.
pub(super) fn is_schema(entry: &Entry) -> bool {
    let name = fold_plain(entry.name());
    let is_in_schemas = entry.extension() == "json"
        && matches!(
            entry.folder().to_ascii_lowercase().as_str(),
            "schema" | "schemas" | "data/schemas"
        );
    (is_in_schemas || SCHEMA.is_match(&name))
        && !entry
            .folder()
            .split('/')
            .any(|part| ELSEWHERE.is_match(&fold_plain(part)))
}

static SET: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\.(csv|tsv|geojson|topojson|parquet|xlsx?|ods|gpkg|shp|jsonl|ndjson|ttl|rdf|nt|fgb)(\.(gz|zip|bz2|xz|zst))?$",
    )
});

/// Words that make of a table a sample, a model or a tool.
static NOT_SET: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(^|[^a-z])(tests?|samples?|exemples?|examples?|templates?|modeles?|mock(s|ed)?|fixtures?|seeds?|demo|dummy|fake|grille|questionnaire|todo|mapping|translations?|traductions?|i18n)([^a-z]|$)",
    )
});

/// Reference data of other bodies, known by its name.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(^|[^a-z])(naf\d*|ape|nomenclatures?|insee|cog|communes?|departements?|regions?|arrondissements?|epci|codes?[_-]?postaux|postal[_-]?codes?|pays|countr(y|ies)|siren|siret|sirene|finess|uai|rnsr|rome|iso[_-]?\d*|languages?|langues|currenc(y|ies)|timezones?|jours[_-]?feries|stop[_-]?words)([^a-z]|$)",
    )
});

/// Folders of tests, samples, what was taken from elsewhere, and of the application's own workings.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(_*tests?_*|.*[_-]tests?|tests?[_-].*|testdata|test[_-]data|fixtures?|specs?|mocks?|__mocks__|e2e|cypress|seeds?|seeders?|examples?|exemples?|samples?|demos?|tutorials?|templates?|modeles?|mappings?|locales?|i18n|translations?|references?|referentiels?|nomenclatures?|external|raw|inputs?|sources?|archives?|pics|pictures|images?|img|figures?|illustrations?|node_modules|\.github|migrations?)$",
    )
});

static SCHEMA: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(datapackage\.json|table[_-]?schema.*\.json|.*[._-]?table[_-]?schema\.json|.*tableschema.*\.json|(.*[_-])?(dictionnaire|data[_-]?dictionary|dictionary|codebook|dessin[_-]d[_-]?enregistrement|metadonnees|metadata)([_-].*)?\.(md|csv|txt|ods|xlsx|ya?ml|json|pdf|org|rst)|(.*[_-])?description[_-](des[_-])?(champs|variables|colonnes|fields)\.\w+)$",
    )
});
