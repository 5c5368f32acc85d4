// SPDX-License-Identifier: EUPL-1.2
//! Whether the repository serves an HTTP API, and what generates its description.

use std::sync::LazyLock;

use regex::Regex;

use super::api::is_dictionary;
use super::{Place, Scene, is_sample};
use crate::facts::pattern::folded;
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::line_of;
use crate::snapshot::Entry;

/// Manifests that are read.
const MANIFESTS: usize = 60;

/// Files of code that are opened for their routes, and the size up to which they are.
const OPENED: usize = 40;
const OPENED_BYTES: u64 = 128 << 10;

/// Routes from which a server counts as an API; fewer serve the application's own pages.
const ROUTES: usize = 3;

pub(super) fn extract(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut serves: Option<Evidence> = None;
    let mut generators = Vec::new();
    let manifests = scene.snapshot.files().filter(|entry| is_manifest(entry));
    let mut has_manifest = false;
    for entry in manifests.take(MANIFESTS) {
        let Ok(text) = scene.snapshot.text(entry) else {
            continue;
        };
        has_manifest = true;
        let at = |found: &regex::Match<'_>| {
            Evidence::line(&*entry.path, line_of(&text.text, found.start()))
                .with_excerpt(found.as_str().trim())
        };
        if GENERATOR.are_named(&text.text) {
            for found in GENERATOR.whole.find_iter(&text.text) {
                generators.push(Place {
                    value: name_of(found.as_str()),
                    evidence: at(&found),
                });
            }
        }
        if serves.is_none() && SERVER.are_named(&text.text) {
            serves = SERVER.whole.find(&text.text).map(|found| at(&found));
        }
    }
    let is_generated = generators.first().map(|place| place.evidence.clone());
    // a description without a server may be that of somebody else's API, or a dictionary of data
    let described = facts.get("documentation.api_spec").and_then(|fact| {
        let mut paths = facts.list("documentation.api_spec").iter();
        let is_own = paths.any(|path| !CLIENT.is_match(path) && !is_dictionary(scene, path));
        is_own.then(|| fact.evidence().first().cloned()).flatten()
    });
    let found = serves.or(is_generated).or(described);
    let (routes, pages) = if found.is_none() && has_manifest {
        routed(scene)
    } else {
        (None, None)
    };
    let found = found.or(routes);
    scene.record_list(facts, "documentation.api_generators", generators);
    if found.is_none() && scene.snapshot.is_truncated() {
        // an empty list is recorded as cut
        scene.record(
            facts,
            "documentation.has_http_api",
            Vec::<String>::new(),
            Vec::new(),
        );
        return;
    }
    if let Some(page) = pages.filter(|_| found.is_none()) {
        // routes that a framework of pages keeps for itself, or an API: the tree does not tell
        let path = page.path.unwrap_or_default();
        let reason = Reason::new(ReasonCode::Undecided).with("path", path);
        facts.set_unknown("documentation.has_http_api", reason);
        return;
    }
    let is_served = found.is_some();
    let note = || {
        let files = scene.snapshot.files().count();
        Evidence::note(super::searched::note("documentation.has_http_api", files))
    };
    let evidence = vec![found.unwrap_or_else(note)];
    facts.set("documentation.has_http_api", is_served, evidence);
}

fn is_manifest(entry: &Entry) -> bool {
    let name = entry.name();
    let is_text = entry.extension() == "txt";
    let is_one = matches!(
        name,
        "package.json"
            | "pyproject.toml"
            | "Pipfile"
            | "setup.py"
            | "setup.cfg"
            | "composer.json"
            | "Gemfile"
            | "mix.exs"
            | "pom.xml"
            | "build.gradle"
            | "build.gradle.kts"
            | "go.mod"
            | "Cargo.toml"
            | "DESCRIPTION"
            | "environment.yml"
            | "requirements.in"
    ) || name.starts_with("requirements") && is_text
        || entry.folder().ends_with("requirements") && is_text
        || name.ends_with(".csproj");
    is_one
        && entry.path.matches('/').count() <= 4
        && !is_sample(&entry.path)
        && !is_example(&entry.path)
}

fn is_example(path: &str) -> bool {
    path.split('/').any(|part| {
        matches!(
            part,
            "example" | "examples" | "exemples" | "demos" | "docs" | "doc"
        )
    })
}

fn name_of(found: &str) -> String {
    found
        .trim_matches(|c: char| !(c.is_alphanumeric() || c == '@'))
        .to_ascii_lowercase()
}

/// Packages, and their names where manifests write one.
struct Packages {
    /// The names alone: in most manifests none of them stands, and the whole pattern is long to compile.
    names: LazyLock<Regex>,
    /// A name that is quoted, or at the start of a line.
    whole: LazyLock<Regex>,
}

impl Packages {
    fn are_named(&self, text: &str) -> bool {
        self.names.is_match(text)
    }
}

fn names(names: &str) -> Regex {
    Regex::new(&format!("(?i-u:{names})")).expect("invariant: the pattern is valid")
}

fn packages(names: &str) -> Regex {
    let pattern = format!(
        r#"(?m)["'>:/](?i-u:{names})(?:["'<\[ ]|$)|^[ \t]*(?:-[ \t]*)?(?i-u:{names})[ \t]*(?:$|[=<>~!\[;,#])|[{{ \t]:(?i-u:{names}),|(?:^|[ \t])(?i-u:github\.com/)(?i-u:{names})[ /]"#
    );
    Regex::new(&pattern).expect("invariant: the pattern is valid")
}

/// Libraries that describe the API that they serve.
static GENERATOR: Packages = Packages {
    names: LazyLock::new(|| names(GENERATORS)),
    whole: LazyLock::new(|| packages(GENERATORS)),
};
const GENERATORS: &str = r"drf-spectacular|drf-yasg|fastapi|flask-rest(?:x|plus)|flask-smorest|flasgger|apispec|connexion|apiflask|django-ninja|graphene(?:-django)?|strawberry-graphql(?:-django)?|ariadne|@nestjs/(?:swagger|graphql)|swagger-jsdoc|swagger-autogen|@fastify/swagger|fastify-swagger|hapi-swagger|tsoa|next-swagger-doc|@asteasolutions/zod-to-openapi|zod-openapi|trpc-openapi|express-openapi|express-jsdoc-swagger|apidoc|apollo-server(?:-[a-z]+)?|@apollo/server|graphql-yoga|type-graphql|nexus|postgraphile|api-platform/[a-z-]+|nelmio/api-doc-bundle|zircote/swagger-php|darkaonline/l5-swagger|dedoc/scramble|knuckleswtf/scribe|webonyx/graphql-php|rswag(?:-[a-z]+)?|grape-swagger|apipie-rails|graphql-ruby|open_api_spex|phoenix_swagger|absinthe|springdoc-openapi[a-z-]*|springfox[a-z0-9-]*|swagger-annotations[a-z-]*|swaggo/swag|danielgtaylor/huma(?:/v\d)?|utoipa|poem-openapi|aide|async-graphql|Swashbuckle\.AspNetCore[.a-z]*|NSwag\.AspNetCore|plumber";

/// Libraries whose only use is to serve an API.
static SERVER: Packages = Packages {
    names: LazyLock::new(|| names(SERVERS)),
    whole: LazyLock::new(|| packages(SERVERS)),
};
const SERVERS: &str = r"djangorestframework|django-tastypie|flask-restful|falcon|@nestjs/core|fastify|@hapi/hapi|restify|@feathersjs/[a-z-]+|@loopback/rest|@strapi/strapi|friendsofsymfony/rest-bundle|grape|spring-boot-starter-data-rest|express-graphql";

/// Paths of descriptions that a client was made from.
static CLIENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)client|vendor|third|extern|partner|partenaire|generated|codegen|upstream")
        .expect("invariant: the pattern is valid")
});
/// Files where routes are declared.
static ROUTER: LazyLock<Regex> = LazyLock::new(|| {
    // letters beyond ASCII are parts of names; their classes are long to compile when case is ignored in them
    let any = r"[0-9A-Za-z_.\x{80}-\x{10FFFF}-]*";
    let pattern = format!(
        r"(?:^|/)(?:{any}(?i:routes?|router|urls|server|endpoints|web){any}|(?i:api){any}|(?i:app|main|index|application|plumber))\.(?i:js|ts|mjs|cjs|py|rb|php|ex|exs|java|kt|go|rs|r|cs|clj|scala)$|(?:^|/)(?i:controllers?|routes?|api|views)/[^/]+\.(?i:js|ts|mjs|py|rb|php|ex|java|kt|go|rs|r|cs|scala)$|(?i:controller\.(?:java|kt|cs|php))$"
    );
    Regex::new(&pattern).expect("invariant: the pattern is valid")
});
static ROUTE: LazyLock<Regex> = LazyLock::new(|| {
    // words of the whole of Unicode are sought many times slower in text beyond ASCII
    folded(
        r#"(?x)\b(?:app|router|server|api|route|fastify)\.(?:get|post|put|patch|delete|use|all|route)\(\s*['"`]/api\b
        |^\s*(?:namespace\s+:api|scope\s+['"]/api|pipeline\s+:api)\b|ActionController::API\b
        |\bpath\(\s*r?['"]\^?api/|@\w+\.route\(\s*['"]/api|@(?:RestController|ApiController)\b|\[ApiController\]
        |\#\[Route\(\s*(?:path:\s*)?['"]/api|@Route\(\s*['"]/api|\bRoute::(?:get|post|put|delete|apiResource)\(
        |^\s*(?:get|post|put|delete)\s+['"]/api|\.route\(\s*"/api|HandleFunc\(\s*"/api|\.(?:GET|POST)\(\s*"/api|^\#'?\*\s*@(?:get|post)\s"#,
    )
});

/// Where routes of an API are declared in code, and where files are routes by their place; several of either.
fn routed(scene: &Scene<'_>) -> (Option<Evidence>, Option<Evidence>) {
    let mut opened = 0;
    let mut declared = Vec::new();
    let mut placed = Vec::new();
    for entry in scene.snapshot.files() {
        if let Some(evidence) = next_route(entry) {
            placed.push(evidence);
            continue;
        }
        let is_short = || {
            let size = scene.snapshot.size(entry);
            size.is_ok_and(|size| size <= OPENED_BYTES)
        };
        let is_router = opened < OPENED
            && ROUTER.is_match(&entry.path)
            && !is_sample(&entry.path)
            && !is_example(&entry.path)
            && is_short();
        if !is_router {
            continue;
        }
        opened += 1;
        let Ok(text) = scene.snapshot.text(entry) else {
            continue;
        };
        let is_laravel = &*entry.path == "routes/api.php";
        for found in ROUTE.find_iter(&text.text).take(ROUTES) {
            if is_laravel || !found.as_str().starts_with("Route::") {
                let line = line_of(&text.text, found.start());
                let evidence = Evidence::line(&*entry.path, line);
                declared.push(evidence.with_excerpt(found.as_str()));
            }
        }
        if declared.len() >= ROUTES {
            break;
        }
    }
    let several = |mut found: Vec<Evidence>| {
        found.truncate(ROUTES);
        (found.len() == ROUTES).then(|| found.swap_remove(0))
    };
    (several(declared), several(placed))
}

/// A file that is a route by its place, as Next.js and Nuxt have it.
fn next_route(entry: &Entry) -> Option<Evidence> {
    let path = entry.path.to_ascii_lowercase();
    let is_code = matches!(entry.extension().as_str(), "js" | "ts" | "tsx" | "jsx");
    let is_route = path.contains("pages/api/")
        || path.contains("server/api/")
        || path.contains("app/api/") && path.ends_with("/route.ts")
        || path.contains("app/api/") && path.ends_with("/route.js");
    let is_service = [
        "auth",
        "health",
        "hello",
        "sentry",
        "ping",
        "status",
        "revalidate",
        "preview",
        "test",
        "spec",
    ]
    .iter()
    .any(|word| path.contains(word));
    (is_code && is_route && !is_service).then(|| Evidence::path(&*entry.path))
}
