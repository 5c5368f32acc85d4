// SPDX-License-Identifier: EUPL-1.2
//! Whether the repository holds a web front end for people: components, server templates, pages of a site.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::snapshot::{Entry, Snapshot};

/// Signs kept as evidence.
const SIGNS: usize = 5;

/// Generators whose pages are a site; those that only build reference pages are left out.
const SITES: [&str; 13] = [
    "jekyll",
    "hugo",
    "eleventy",
    "gatsby",
    "astro",
    "hexo",
    "pelican",
    "zola",
    "vuepress",
    "vitepress",
    "docusaurus",
    "metalsmith",
    "quarto",
];

pub(super) fn signs(snapshot: &Snapshot, facts: &FactSet) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = snapshot
        .files()
        .filter(|entry| is_front_end(snapshot, entry))
        .take(SIGNS)
        .map(|entry| Evidence::path(&*entry.path))
        .collect();
    let generator = facts
        .text("documentation.site_generator")
        .unwrap_or_default();
    let docs = facts.text("documentation.docs_dir");
    // a site of documentation beside the code is no service for people
    let is_beside = docs.is_some_and(|docs| {
        facts
            .get("documentation.site_generator")
            .is_some_and(|fact| {
                let mut paths = fact
                    .evidence()
                    .iter()
                    .filter_map(|evidence| evidence.path.as_deref());
                paths.any(|path| path.starts_with(docs))
            })
    });
    if found.is_empty() && SITES.contains(&generator) && !is_beside {
        found.extend(
            facts
                .get("documentation.site_generator")
                .map_or(&[][..], |fact| fact.evidence())
                .iter()
                .cloned(),
        );
    }
    if found.is_empty() {
        let framework = facts
            .list("technologies")
            .iter()
            .find(|name| matches!(name.as_str(), "streamlit" | "dash" | "shiny" | "gradio"));
        found.extend(framework.map(|name| Evidence::field("technologies").with_excerpt(name)));
    }
    found
}

fn is_front_end(snapshot: &Snapshot, entry: &Entry) -> bool {
    let path = entry.path.to_ascii_lowercase();
    if ELSEWHERE.is_match(&path) || is_hidden(&path) {
        return false;
    }
    let name = path.rsplit('/').next().unwrap_or(&path);
    match entry.extension().as_str() {
        "vue" | "svelte" | "jsx" | "tsx" | "astro" | "twig" | "heex" | "leex" | "cshtml"
        | "njk" | "blade" => true,
        "erb" | "haml" | "slim" => !name.contains(".text.") && path.contains("/views/"),
        "eex" => name.contains(".html."),
        "pug" | "ejs" | "jsp" | "ftl" | "liquid" | "hbs" => {
            path.contains("views/") || path.contains("layout")
        }
        "php" => name.ends_with(".blade.php"),
        "html" | "htm" | "jinja" | "j2" | "jinja2" => is_page(snapshot, entry, &path, name),
        "r" => matches!(name, "ui.r") || (name == "app.r" && says(snapshot, entry, "shinyApp")),
        _ => false,
    }
}

/// Below a hidden folder, those of site generators excepted.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') && !matches!(part, ".vuepress" | ".vitepress"))
}

/// A template of a server, or the entry page of an application or of a site.
fn is_page(snapshot: &Snapshot, entry: &Entry, path: &str, name: &str) -> bool {
    let in_templates = path.split('/').any(|part| {
        matches!(
            part,
            "templates" | "views" | "_layouts" | "layouts" | "_includes"
        )
    });
    let is_entry = name.starts_with("index.") && path.matches('/').count() <= 4;
    (in_templates || is_entry)
        && (says(snapshot, entry, "<body")
            || says(snapshot, entry, "{% ")
            || says(snapshot, entry, "{{"))
}

fn says(snapshot: &Snapshot, entry: &Entry, words: &str) -> bool {
    snapshot
        .text(entry)
        .is_ok_and(|text| text.text.contains(words))
}

/// Places where pages are not a front end: documentation, doubles, reports, mails, components' stories.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(^|/)(docs?|documentation|tests?|__tests__|spec|fixtures|examples?|coverage|reports?|notebooks?|storybook|\.storybook|\.github|charts?|helm|site-packages|[^/]*mailers?|e?mails?|migrations)/|\.(stories|test|spec)\.|(^|/)[^/]*(mailer|e?mail)[^/]*\.(html|erb|twig|njk|mjml|heex|eex|tsx|jsx)",
    )
    .expect("invariant: the pattern is valid")
});
