// SPDX-License-Identifier: EUPL-1.2
//! Whole outputs on invented cards: what every page must hold, and what none may.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::export_json::{programme_json, scorecard_json};
use super::markdown::markdown;
use super::messages::{Language, Messages};
use super::site::{SiteFile, SiteOptions, render_site};
use super::terminal::{Colours, terminal};
use super::test_support::{self as sample, HOSTILE};
use super::view::Lens;
use super::view::repository::repository_view;
use crate::rules::model::Audience;
use crate::scoring::card::{ProgrammeCard, RepositoryResult, Scorecard};

fn options() -> SiteOptions {
    SiteOptions {
        contest_url: Some(
            "https://forge.example.org/new?title={rule}&body={repository}%20{commit}%20{evidence}"
                .to_owned(),
        ),
        version: "0.0.0".to_owned(),
        ..SiteOptions::default()
    }
}

fn site_of(programme: &ProgrammeCard, options: &SiteOptions) -> BTreeMap<String, String> {
    let files = render_site(programme, &sample::rules(), options).unwrap();
    let count = files.len();
    let text = |file: SiteFile| (file.path, String::from_utf8(file.bytes).unwrap());
    let pages: BTreeMap<_, _> = files.into_iter().map(text).collect();
    assert_eq!(pages.len(), count, "two files share a path");
    pages
}

static SITE: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| site_of(&sample::programme(), &options()));

fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    SITE.iter()
        .filter(|(path, _)| *path != "assets/perenne.css")
        .map(|(path, text)| (path.as_str(), text.as_str()))
}

fn captures(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let found = pattern.captures_iter(text);
    found.map(|found| found[1].to_owned()).collect()
}

/// What a person reads in a page, code and repository text left out.
fn prose(html: &str) -> String {
    let body = &html[html.find("<body").unwrap_or(0)..];
    let skipped = Regex::new("(?s)<(code|pre|bdi|svg)[^>]*>.*?</(code|pre|bdi|svg)>").unwrap();
    let tags = Regex::new("<[^>]*>").unwrap();
    tags.replace_all(&skipped.replace_all(body, ""), "\n")
        .into_owned()
}

#[test]
fn each_template_is_as_reviewed_in_both_languages() {
    for page in [
        "index.html",
        "promotions.html",
        "promotions/promotion-8.html",
        "noms.html",
        "axes.html",
        "axes/ouverture.html",
        "regles.html",
        "regles/security-policy-reachable.html",
        "methode.html",
        "defis/guichet.html",
        "defis/moissonneur.html",
        "defis/sans.html",
        "depots/administration-guichet.html",
        "depots/equipe-eig-moissonneur.html",
        "depots/ancienne-equipe-cartes.html",
    ] {
        let name = page.trim_end_matches(".html").replace('/', "-");
        insta::assert_snapshot!(format!("fr-{name}"), SITE[page]);
        insta::assert_snapshot!(format!("en-{name}"), SITE[&format!("en/{page}")]);
    }
}

#[test]
fn terminal_and_markdown_are_as_reviewed_in_both_languages() {
    let rules = sample::rules();
    let cards = [
        ("good", sample::good()),
        ("bad", sample::bad()),
        ("unknown", sample::unknown()),
    ];
    for (name, card) in cards {
        for language in Language::ALL {
            let messages = Messages::of(language);
            let lens = Lens::new(&rules, messages, Audience::Team);
            let view = repository_view(&lens, &card, None);
            let text = terminal(messages, &view, 80, Colours::Plain);
            insta::assert_snapshot!(format!("terminal-{name}-{language}"), text);
            let lens = Lens::new(&rules, messages, Audience::Public);
            let view = repository_view(&lens, &card, None);
            let text = markdown(messages, &view).unwrap();
            insta::assert_snapshot!(format!("markdown-{name}-{language}"), text);
        }
    }
}

#[test]
fn the_site_is_the_same_twice() {
    assert_eq!(*SITE, site_of(&sample::programme(), &options()));
}

#[test]
fn internal_links_resolve_and_are_relative() {
    for (path, html) in pages() {
        let folder: Vec<&str> = path.split('/').collect();
        for href in captures(r#"href="([^"]*)""#, html) {
            if href.starts_with("http") || href == "data:," {
                continue;
            }
            let (file, anchor) = href.split_once('#').unwrap_or((&href, ""));
            let mut parts = folder[..folder.len() - 1].to_vec();
            for part in file.split('/').filter(|part| !part.is_empty()) {
                if part == ".." {
                    assert!(parts.pop().is_some(), "{path}: {href} climbs out");
                } else {
                    parts.push(part);
                }
            }
            let target = if file.is_empty() {
                path.to_owned()
            } else {
                parts.join("/")
            };
            let page = SITE.get(&target);
            let page = page.unwrap_or_else(|| panic!("{path}: {href} leads nowhere"));
            let id = format!("id=\"{anchor}\"");
            assert!(
                anchor.is_empty() || page.contains(&id),
                "{path}: {href} has no anchor"
            );
        }
    }
}

#[test]
fn no_page_asks_another_host_for_anything() {
    for (path, html) in pages() {
        assert!(captures(r#"\ssrc="([^"]*)""#, html).is_empty(), "{path}");
        for link in captures(r"<link ([^>]*)>", html) {
            assert!(!link.contains("http"), "{path}: {link}");
        }
        for bad in [
            "<script", "style=\"", " onclick", "@import", "<iframe", "<img",
        ] {
            assert!(!html.contains(bad), "{path}: {bad}");
        }
        assert!(html.contains("default-src 'none'"), "{path}");
        assert!(html.contains("content=\"noindex\""), "{path}");
    }
    let css = &SITE["assets/perenne.css"];
    assert!(!css.contains("url(") && !css.contains("@import") && !css.contains("://"));
}

#[test]
fn every_page_says_that_it_is_automatic_when_and_how_to_contest() {
    for (path, html) in pages() {
        let (automatic, date, contest) = if path.starts_with("en/") {
            (
                "Automatic evaluation",
                "23\u{a0}November\u{a0}2026",
                "Contest a finding",
            )
        } else {
            (
                "Évaluation automatique",
                "23\u{a0}novembre\u{a0}2026",
                "Contester un constat",
            )
        };
        for text in [automatic, date, contest] {
            assert!(html.contains(text), "{path} lacks {text}");
        }
    }
}

#[test]
fn pages_are_built_for_everybody() {
    for (path, html) in pages() {
        let language = if path.starts_with("en/") { "en" } else { "fr" };
        assert!(
            html.contains(&format!("<html lang=\"{language}\">")),
            "{path}"
        );
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one main heading");
        for landmark in [
            "<header",
            "<nav",
            "<main id=\"contenu\"",
            "<footer",
            "class=\"skip\"",
        ] {
            assert!(html.contains(landmark), "{path} lacks {landmark}");
        }
        let mut last = 0;
        for level in captures(r"<h([1-6])[ >]", html) {
            let level: u32 = level.parse().unwrap();
            assert!(level <= last + 1, "{path}: h{level} after h{last}");
            last = level;
        }
        let ids = captures(r#"\sid="([^"]*)""#, html);
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: an id twice");
        for cell in captures(r"<th((?:\s[^>]*)?)>", html) {
            // tables of rule pages are plain Markdown
            let is_ours = !path.contains("regles/");
            assert!(
                !is_ours || cell.contains("scope="),
                "{path}: a heading without scope"
            );
        }
    }
}

#[test]
fn french_punctuation_never_starts_a_line() {
    let loose = Regex::new(r"[^\n]{0,20}( [:;?!»%]|« )[^\n]{0,20}").unwrap();
    let straight = Regex::new(r"\p{L}'\p{L}").unwrap();
    for (path, html) in pages().filter(|(path, _)| !path.starts_with("en/")) {
        let text = prose(html);
        if let Some(found) = loose.find(&text) {
            panic!("{path}: {}", found.as_str());
        }
        // the catalogue's own titles keep their apostrophes
        if path == "methode.html" {
            let text = text.replace("Programme d&#x27;intérêt général", "");
            assert!(!straight.is_match(&text.replace("&#x27;", "'")), "{path}");
        }
    }
}

#[test]
fn what_repositories_wrote_stays_text() {
    let programme = sample::hostile_programme();
    for (path, html) in site_of(&programme, &options()) {
        for bad in [
            "<script",
            "\u{202e}",
            "\u{1b}",
            "href=\"data:text",
            "href=\"javascript",
        ] {
            assert!(!html.contains(bad), "{path}: {bad:?}");
        }
        assert!(
            path.is_ascii() && !path.contains(['<', '\\', ':', '\'']),
            "{path}"
        );
        let attributes = captures(r#"="([^"]*)""#, &html);
        assert!(
            attributes.iter().all(|value| !value.contains('<')),
            "{path}"
        );
    }
    let rules = sample::rules();
    let messages = Messages::of(Language::Fr);
    let lens = Lens::new(&rules, messages, Audience::Team);
    let view = repository_view(&lens, &sample::hostile(), None);
    let screen = terminal(messages, &view, 80, Colours::Plain);
    assert!(!screen.contains('\u{1b}') && !screen.contains('\u{202e}'));
    let text = markdown(messages, &view).unwrap();
    assert!(!text.contains("<script") && !text.contains("\n[a](javascript"));
    assert!(text.contains("\\[a\\](javascript:b)"));
    for event in pulldown_cmark::Parser::new(&text) {
        use pulldown_cmark::{Event, Tag};
        if let Event::Start(Tag::Link { dest_url, .. }) = &event {
            assert!(dest_url.starts_with("http"), "{dest_url}");
        }
        assert!(
            !matches!(event, Event::Html(_) | Event::InlineHtml(_)),
            "{event:?}"
        );
    }
}

#[test]
fn hostile_text_survives_in_json_alone() {
    let rules = sample::rules();
    let lens = Lens::new(&rules, Messages::of(Language::En), Audience::Public);
    let json = programme_json(&lens, &sample::hostile_programme()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["defis"][0]["title"], HOSTILE);
    assert!(value["defis"][0]["website"].is_null());
}

#[test]
fn public_outputs_know_nothing_of_team_rules() {
    let team_rule = "security-no-secret-committed";
    for (path, html) in &*SITE {
        assert!(
            !html.contains(team_rule) && !path.contains(team_rule),
            "{path}"
        );
    }
    let rules = sample::rules();
    let messages = Messages::of(Language::Fr);
    let lens = Lens::new(&rules, messages, Audience::Public);
    let view = repository_view(&lens, &sample::bad(), None);
    assert!(!markdown(messages, &view).unwrap().contains("secret"));
    assert!(!terminal(messages, &view, 80, Colours::Plain).contains(team_rule));
    assert!(
        !scorecard_json(&lens, &sample::bad())
            .unwrap()
            .contains(team_rule)
    );
    assert!(
        !programme_json(&lens, &sample::programme())
            .unwrap()
            .contains(team_rule)
    );
    let team = SiteOptions {
        audience: Audience::Team,
        ..options()
    };
    let site = site_of(&sample::programme(), &team);
    let page = &site["depots/equipe-eig-moissonneur.html"];
    assert!(page.contains(&format!("id=\"{team_rule}\"")));
    assert!(page.contains("ne pas publier"), "a team page warns");
}

#[test]
fn contested_findings_carry_rule_and_commit() {
    let page = &SITE["depots/equipe-eig-moissonneur.html"];
    assert!(page.contains("https://forge.example.org/new?title&#x3D;licence-file-present&amp;body&#x3D;equipe-eig%2Fmoissonneur%200123456789abcdef0123456789abcdef01234567") || page.contains("https://forge.example.org/new?title=licence-file-present&amp;body=equipe-eig%2Fmoissonneur%200123456789abcdef0123456789abcdef01234567"));
    let plain = SiteOptions {
        contest_url: Some("javascript:alert(1)".to_owned()),
        ..options()
    };
    let site = site_of(&sample::programme(), &plain);
    assert!(site.values().all(|html| !html.contains("javascript:")));
    assert!(site["methode.html"].contains("Adressez-vous au responsable du programme"));
}

#[test]
fn every_finding_has_its_anchor_and_its_place_on_the_forge() {
    let page = &SITE["depots/equipe-eig-moissonneur.html"];
    for rule in sample::rules().rules {
        if rule.audience == Audience::Public {
            assert!(page.contains(&format!("id=\"{}\"", rule.id)), "{}", rule.id);
        }
    }
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let link = format!(
        "https://github.com/equipe-eig/moissonneur/blob/{commit}/src/config/d%C3%A9faut%201.ts#L42"
    );
    let escaped = link.replace('=', "&#x3D;");
    assert!(page.contains(&link) || page.contains(&escaped));
}

#[test]
fn the_same_repository_in_two_defis_has_two_pages() {
    let mut programme = sample::programme();
    let twin = programme
        .defis
        .iter()
        .find(|d| d.defi.id == "moissonneur")
        .cloned();
    let mut twin = twin.unwrap();
    twin.defi.id = "jumeau".to_owned();
    programme.defis.push(twin);
    let site = site_of(&programme, &options());
    let pages = site
        .keys()
        .filter(|path| path.starts_with("depots/equipe-eig-moissonneur"));
    assert_eq!(pages.count(), 2);
}

#[test]
fn an_empty_programme_still_has_its_pages() {
    let programme = ProgrammeCard {
        defis: Vec::new(),
        promotions: Vec::new(),
        technologies: Vec::new(),
        problems: Vec::new(),
        grades: [0; 6],
        ..sample::programme()
    };
    let site = site_of(&programme, &options());
    assert!(site.contains_key("index.html") && site.contains_key("en/index.html"));
}

#[test]
fn unknown_is_never_said_as_nought() {
    let page = &SITE["depots/ancienne-equipe-cartes.html"];
    assert!(page.contains("non mesuré") && !page.contains(">0 / 100<"));
    assert!(!page.contains("NaN"));
}

mod schema {
    //! The published schemas and the exports describe the same keys.

    use super::*;
    use crate::model::evidence::Evidence;
    use crate::model::message::Message;
    use crate::model::outcome::{Reason, ReasonCode};
    use crate::reports::explain::explanation_json;
    use crate::reports::view::explain::explain_view;
    use crate::rules::model::Status;
    use crate::rules::trace::{Answer, Condition, Form, Found, RuleTrace};
    use serde_json::Value;

    const EXPLANATION: &str = include_str!("../../docs/schema/explanation.schema.json");
    const SCORECARD: &str = include_str!("../../docs/schema/scorecard.schema.json");
    const PROGRAMME: &str = include_str!("../../docs/schema/programme.schema.json");

    /// Walks a value along its schema; notes which properties were met.
    fn walk(root: &Value, schema: &Value, value: &Value, at: &str, met: &mut BTreeSet<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let pointer = name.trim_start_matches('#');
            let target = root.pointer(pointer).unwrap_or_else(|| panic!("{name}"));
            return walk(root, target, value, pointer, met);
        }
        if let Some(options) = schema["anyOf"].as_array() {
            if !value.is_null() {
                walk(root, &options[0], value, at, met);
            }
            return;
        }
        if let Some(allowed) = schema["enum"].as_array() {
            assert!(allowed.contains(value), "{at}: {value} is not in the list");
        }
        let actual = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(n) if n.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let declared: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => vec![actual],
        };
        let fits =
            declared.contains(&actual) || (actual == "integer" && declared.contains(&"number"));
        assert!(fits, "{at}: {actual} is not {declared:?}");
        match value {
            Value::Array(items) => {
                for item in items {
                    walk(root, &schema["items"], item, &format!("{at}/items"), met);
                }
            }
            Value::Object(map) => {
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                for key in required {
                    assert!(map.contains_key(key.as_str().unwrap()), "{at} lacks {key}");
                }
                for (key, inner) in map {
                    let property = &schema["properties"][key];
                    let free = &schema["additionalProperties"];
                    if property.is_object() {
                        met.insert(format!("{at}/properties/{key}"));
                        let at = format!("{at}/properties/{key}");
                        walk(root, property, inner, &at, met);
                    } else {
                        assert!(free.is_object(), "{at}: the schema does not know {key}");
                        walk(
                            root,
                            free,
                            inner,
                            &format!("{at}/additionalProperties"),
                            met,
                        );
                    }
                }
            }
            _ => {}
        }
    }

    fn declared(schema: &Value) -> BTreeSet<String> {
        let of = |at: &str, object: &Value| -> Vec<String> {
            let keys = object["properties"].as_object();
            let keys = keys.into_iter().flat_map(serde_json::Map::keys);
            keys.map(|key| format!("{at}/properties/{key}")).collect()
        };
        let mut all: BTreeSet<_> = of("", schema).into_iter().collect();
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            all.extend(of(&format!("/$defs/{name}"), definition));
        }
        all
    }

    fn check(schema: &str, documents: &[String]) {
        let schema: Value = serde_json::from_str(schema).unwrap();
        let mut met = BTreeSet::new();
        for document in documents {
            let value: Value = serde_json::from_str(document).unwrap();
            assert_eq!(value["schema_version"], "1.0");
            walk(&schema, &schema, &value, "", &mut met);
        }
        let all = declared(&schema);
        let unmet: Vec<_> = all.difference(&met).collect();
        assert!(unmet.is_empty(), "described but never exported: {unmet:?}");
    }

    #[test]
    fn scorecards_follow_their_schema() {
        let rules = sample::rules();
        let lens = Lens::new(&rules, Messages::of(Language::En), Audience::Team);
        let cards = [sample::good(), sample::bad(), sample::unknown()];
        let json = |card: &Scorecard| scorecard_json(&lens, card).unwrap();
        check(SCORECARD, &cards.iter().map(json).collect::<Vec<_>>());
    }

    #[test]
    fn programmes_follow_their_schema() {
        let rules = sample::rules();
        let lens = Lens::new(&rules, Messages::of(Language::En), Audience::Public);
        check(
            PROGRAMME,
            &[programme_json(&lens, &sample::programme()).unwrap()],
        );
    }

    fn condition(form: Form, answer: Answer, parts: Vec<Condition>) -> Condition {
        let is_leaf = form == Form::Leaf;
        Condition {
            form,
            answer,
            subject: is_leaf.then(|| "licence.files".to_owned()),
            asked: None,
            found: is_leaf.then_some(Found::Nothing),
            parts,
        }
    }

    #[test]
    fn explanations_follow_their_schema() {
        let mut rules = sample::rules();
        rules.rules[0].status = Status::Experimental;
        let lens = Lens::new(&rules, Messages::of(Language::En), Audience::Team);
        let unknown = || Answer::Unknown(Reason::new(ReasonCode::NeedsForge));
        let leaf = |answer| condition(Form::Leaf, answer, Vec::new());
        let mut documents = Vec::new();
        for card in [sample::good(), sample::bad(), sample::unknown()] {
            for finding in &card.findings {
                let rule = rules.rule(&finding.rule).unwrap();
                let open = condition(Form::Open, unknown(), Vec::new());
                let parts = vec![leaf(Answer::No), leaf(Answer::Yes), open];
                let trace = RuleTrace {
                    applies: Some(leaf(Answer::Empty)),
                    pass: condition(Form::AnyOf, unknown(), parts),
                    partial: Some(condition(Form::Not, Answer::Yes, vec![leaf(Answer::No)])),
                    finding: finding.clone(),
                    applicability: vec![Evidence::note(Message::new("licence-searched"))],
                };
                let view = explain_view(&lens, &card, rule, &trace);
                documents.push(explanation_json(lens.messages, &view).unwrap());
            }
        }
        check(EXPLANATION, &documents);
    }

    #[test]
    fn lists_of_codes_are_closed_and_complete() {
        let source = include_str!("../model/outcome.rs");
        let codes = captures(
            r#"Self::\w+ => "([a-z-]+)""#,
            &source[source.find("impl ReasonCode").unwrap()..],
        );
        for schema in [SCORECARD, PROGRAMME] {
            let schema: Value = serde_json::from_str(schema).unwrap();
            let listed = &schema["$defs"]["reason"]["properties"]["code"]["enum"];
            let listed: Vec<&str> = listed
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect();
            assert_eq!(listed, codes);
        }
        let schema: Value = serde_json::from_str(EXPLANATION).unwrap();
        let listed = schema["$defs"]["reason_code"]["enum"].as_array().unwrap();
        let listed: Vec<_> = listed.iter().filter_map(Value::as_str).collect();
        assert_eq!(listed, codes);
    }
}

mod texts {
    //! Every code that the sources use has a text in both languages.

    use super::*;
    use std::path::Path;

    #[expect(clippy::disallowed_methods, reason = "a test reads our own sources")]
    fn read_all(folder: &Path, suffix: &str, into: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read_all(&path, suffix, into);
            } else if path.to_string_lossy().ends_with(suffix) {
                let text = std::fs::read_to_string(&path).unwrap();
                into.push((path.display().to_string(), text));
            }
        }
    }

    fn sources(folder: &str, suffix: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        read_all(&root.join(folder), suffix, &mut all);
        all
    }

    #[test]
    fn codes_of_messages_have_texts() {
        let french = Messages::of(Language::Fr);
        let mut missing = BTreeSet::new();
        let patterns = [
            r#"Message::new\(\s*"([^"]+)""#,
            r#"messages\s*\.(?:plain|text|count|with|find)\(\s*"([a-z_]+\.[A-Za-z_.-]+)""#,
        ];
        for (path, text) in sources("src", ".rs") {
            // what tests invent needs no text
            let shipped = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
            let is_test = path.ends_with("tests.rs") || path.ends_with("test_support.rs");
            for code in patterns
                .iter()
                .flat_map(|pattern| captures(pattern, shipped))
            {
                if !is_test && !french.has(&code) {
                    missing.insert(code);
                }
            }
        }
        for (_, text) in sources("reports", ".hbs") {
            missing.extend(
                captures(r#"\bt "([^"]+)""#, &text)
                    .into_iter()
                    .filter(|code| !french.has(code)),
            );
        }
        assert!(missing.is_empty(), "no text for {missing:?}");
    }

    #[test]
    fn closed_lists_have_texts() {
        let french = Messages::of(Language::Fr);
        let source = include_str!("../model/outcome.rs");
        let reasons = captures(
            r#"Self::\w+ => "([a-z-]+)""#,
            &source[source.find("impl ReasonCode").unwrap()..],
        );
        let lists: [(&str, &[&str]); 10] = [
            (
                "outcome",
                &[
                    "pass",
                    "partial",
                    "fail",
                    "not_applicable",
                    "unknown",
                    "waived",
                    "coming",
                ],
            ),
            ("severity", &["law", "programme", "recommended", "bonus"]),
            ("effort", &["minutes", "hours", "days"]),
            ("milestone", &["kickoff", "midterm", "handover", "after"]),
            ("audience", &["public", "team"]),
            ("status", &["experimental", "stable", "deprecated"]),
            ("grade", &["A", "B", "C", "D", "E", "none"]),
            ("no_grade", &["coverage", "historical", "nothing-measured"]),
            (
                "situation",
                &[
                    "audited",
                    "partly",
                    "none",
                    "unreachable",
                    "not-readable",
                    "empty",
                    "not-expanded",
                ],
            ),
            (
                "kind",
                &[
                    "service",
                    "library",
                    "cli",
                    "data-pipeline",
                    "website",
                    "documentation",
                    "data",
                    "design",
                    "mixed",
                ],
            ),
        ];
        let codes = lists
            .iter()
            .flat_map(|(list, codes)| codes.iter().map(move |code| format!("{list}.{code}")));
        for code in codes.chain(reasons.iter().map(|code| format!("reason.{code}"))) {
            assert!(french.has(&code), "no text for {code}");
        }
    }
}

#[test]
fn every_situation_of_a_repository_is_in_the_sample() {
    let programme = sample::programme();
    let results: Vec<_> = programme
        .defis
        .iter()
        .flat_map(|d| &d.repositories)
        .collect();
    let has = |test: fn(&RepositoryResult) -> bool| results.iter().any(|result| test(result));
    assert!(has(|r| matches!(r, RepositoryResult::Audited { .. })));
    assert!(has(|r| matches!(r, RepositoryResult::Empty { .. })));
    assert!(has(|r| matches!(r, RepositoryResult::NotReadable { .. })));
    assert!(has(|r| matches!(r, RepositoryResult::Unreachable { .. })));
    assert!(has(|r| matches!(r, RepositoryResult::NotExpanded { .. })));
}
