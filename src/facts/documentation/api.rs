// SPDX-License-Identifier: EUPL-1.2
//! Descriptions of an API (OpenAPI, Swagger, `AsyncAPI`, GraphQL, RAML), recognised by their content.

use std::sync::LazyLock;

use regex::Regex;

use super::{Place, Scene, is_sample};
use crate::facts::pattern::wide as regex;
use crate::facts::set::FactSet;
use crate::model::text::line_of;
use crate::snapshot::Entry;

/// Files without a telling name that are opened, and the size up to which they are.
const OPENED: usize = 80;
const OPENED_BYTES: u64 = 256 << 10;

/// Files with a telling name that are opened.
const OPENED_BY_NAME: usize = 200;

pub(super) fn extract(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut named = Vec::new();
    let mut other = Vec::new();
    for entry in scene.snapshot.files().filter(|entry| may_describe(entry)) {
        if HINT.is_match(&entry.path.to_ascii_lowercase()) {
            named.push(entry);
        } else if entry.path.matches('/').count() <= 2 {
            other.push(entry);
        }
    }
    named.sort_by_key(|entry| !TELLING.is_match(&entry.path.to_ascii_lowercase()));
    named.truncate(OPENED_BY_NAME);
    other.retain(|entry| {
        scene
            .snapshot
            .size(entry)
            .is_ok_and(|size| size <= OPENED_BYTES)
    });
    other.truncate(OPENED);
    named.extend(other);
    named.sort_by(|a, b| a.path.cmp(&b.path));
    let found = named
        .into_iter()
        .filter_map(|entry| describes(scene, entry))
        .collect();
    scene.record_list(facts, "documentation.api_spec", found);
}

/// Extensions that may hold a description, outside configuration folders and copies of other people's.
fn may_describe(entry: &Entry) -> bool {
    let path = entry.path.to_ascii_lowercase();
    let is_configuration = path.split('/').any(|part| {
        matches!(
            part,
            ".github"
                | ".gitlab"
                | ".circleci"
                | "locales"
                | "locale"
                | "i18n"
                | "translations"
                | "migrations"
        )
    });
    let is_manifest = matches!(
        entry.name(),
        "package.json" | "package-lock.json" | "composer.json" | "composer.lock" | "pnpm-lock.yaml"
    );
    matches!(
        entry.extension().as_str(),
        "yml" | "yaml" | "json" | "graphql" | "graphqls" | "gql" | "raml" | "apib"
    ) && !is_configuration
        && !is_manifest
        && !is_sample(&entry.path)
        && !ELSEWHERE.is_match(&path)
}

fn describes(scene: &Scene<'_>, entry: &Entry) -> Option<Place> {
    let text = scene.snapshot.text(entry).ok()?;
    let found = match entry.extension().as_str() {
        "graphql" | "graphqls" | "gql" => GRAPHQL.find(&text.text),
        "raml" => text
            .text
            .starts_with("#%RAML")
            .then(|| ANY.find(&text.text))?,
        "apib" => ANY.find(&text.text),
        "json" => OPENAPI_JSON
            .find(&text.text)
            .filter(|found| is_top_level(&text.text, found.start()))
            .filter(|_| BODY.is_match(&text.text))
            .or_else(|| INTROSPECTION.find(&text.text)),
        _ => OPENAPI_YAML
            .find(&text.text)
            .filter(|_| BODY.is_match(&text.text)),
    }?;
    if FOREIGN.is_match(&text.text) {
        return None;
    }
    let mut place = Place::file(entry);
    place.evidence.line = Some(line_of(&text.text, found.start()));
    place.evidence = place.evidence.with_excerpt(found.as_str());
    Some(place)
}

/// True when the key at this offset belongs to the outermost object.
fn is_top_level(text: &str, offset: usize) -> bool {
    let mut depth = 0_i64;
    let mut is_inside_text = false;
    let mut is_escaped = false;
    for byte in text.as_bytes().iter().take(offset + 1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_inside_text => is_escaped = true,
            b'"' => is_inside_text = !is_inside_text,
            b'{' | b'[' if !is_inside_text => depth += 1,
            b'}' | b']' if !is_inside_text => depth -= 1,
            _ => {}
        }
    }
    depth == 1
}

/// True for a description of fields without any operation that takes or returns them: a dictionary of data.
pub(super) fn is_dictionary(scene: &Scene<'_>, path: &str) -> bool {
    let entry = scene.snapshot.entry(path);
    let text = entry.and_then(|entry| scene.snapshot.text(entry).ok());
    text.is_some_and(|text| {
        SCHEMAS.is_match(&text.text)
            && !USED.is_match(&text.text)
            && OPERATION.find_iter(&text.text).take(2).count() < 2
    })
}

static HINT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(openapi|swagger|asyncapi|graphql|\bapi\b|[_-]api\b|\bapi[_-]|\boas\b|\.gql$|\.raml$|\.apib$|schema\.(json|ya?ml)$)",
    )
});
/// Names that come first when there are too many.
static TELLING: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(openapi|swagger|asyncapi|schema|spec)[^/]*$|\.(graphqls?|gql|raml|apib)$")
});
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(^|/)(clients|external|externals|third[_-]?party|__mocks__|mocks?|stubs?|wiremock|partners?|partenaires?)/",
    )
});
/// Hosts and titles of well-known services: their description is a copy kept for a client.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?ix)title["']?\s*:\s*["']?(github|gitlab|stripe|keycloak|kubernetes|docker\ engine|slack|mailjet|sendinblue|brevo|matomo|insee|api\ sirene)
        |["'\s/](api\.github\.com|gitlab\.com/api|api\.stripe\.com|api\.insee\.fr|api\.mailjet\.com|api\.brevo\.com|api\.sendinblue\.com)"#,
    )
});
static OPENAPI_YAML: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?m)^["']?(openapi|swagger|asyncapi)["']?\s*:\s*["']?[1-3](\.\d+)*["']?\s*$"#)
});
static OPENAPI_JSON: LazyLock<Regex> =
    LazyLock::new(|| regex(r#""(openapi|swagger|asyncapi)"\s*:\s*"[1-3]\.\d[.\d]*""#));
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?m)(^|[{,\s])["']?(paths|components|definitions|channels|webhooks)["']?\s*:"#)
});
static SCHEMAS: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?m)(^|[{,\s])["']?(schemas|definitions)["']?\s*:"#));
/// Keys of a description that says where the API is or what goes through it, and references to other files.
static USED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?m)(^|[{,\s])["']?((servers|host|basePath|requestBody|parameters|schema|channels|webhooks|security\w*)["']?\s*:|\$ref["']?\s*:\s*["']?[^#"'\s])"#,
    )
});
static OPERATION: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?m)(^|[{,\s])["']?(get|post|put|patch|delete)["']?\s*:"#));
static GRAPHQL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?m)^(extend\s+)?type\s+(Query|Mutation)\b|^schema\s*(@\w+[^{]*)?\{"));
static INTROSPECTION: LazyLock<Regex> = LazyLock::new(|| regex(r#""__schema"\s*:\s*\{"#));
static ANY: LazyLock<Regex> = LazyLock::new(|| regex(r"\A[^\n]*"));
