// SPDX-License-Identifier: EUPL-1.2
//! Documentation that only a closed tool edits: office and design files, and PDF files without their source.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{LISTED, Scene, is_sample, plain_stem, plain_words};
use crate::facts::pattern::wide as regex;
use crate::facts::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::text::fold_plain;
use crate::snapshot::Entry;

pub(super) fn extract(scene: &Scene<'_>, facts: &mut FactSet) {
    let documents: Vec<(&'static str, &Entry)> = scene
        .snapshot
        .files()
        .filter_map(|entry| Some((format_of(entry)?, entry)))
        .filter(|(format, entry)| is_documentation(scene, format, entry))
        .collect();
    let sources = if documents.is_empty() {
        BTreeMap::new()
    } else {
        sources(scene)
    };
    let mut items = Vec::new();
    let mut evidence = Vec::new();
    for (format, entry) in &documents {
        let stem = stem(entry);
        let is_accompanied = sources
            .get(&stem)
            .is_some_and(|found| found.iter().any(|extension| opens(format, extension)));
        if !is_accompanied && items.len() < LISTED {
            items.push(Item::new("path", &entry.path).with("format", *format));
            evidence.push(Evidence::path(&*entry.path));
        }
    }
    let listed = documents.iter().take(LISTED);
    let paths: Vec<String> = listed.map(|(_, entry)| entry.path.to_string()).collect();
    let places = paths.iter().map(Evidence::path).collect();
    scene.record(facts, "documentation.office_documents", paths, places);
    scene.record(facts, "documentation.closed_formats", items, evidence);
}

fn format_of(entry: &Entry) -> Option<&'static str> {
    match entry.extension().as_str() {
        "doc" | "docx" | "ppt" | "pptx" | "xls" | "xlsx" | "pages" | "key" | "vsd" | "vsdx"
        | "one" | "mpp" | "docm" | "pptm" | "xlsm" => Some("office"),
        "sketch" | "fig" | "xd" | "psd" | "ai" | "indd" => Some("design"),
        "pdf" => Some("pdf"),
        _ => None,
    }
}

/// True for an extension that is a source of such a document, in an open format.
fn opens(format: &str, extension: &str) -> bool {
    let is_text = matches!(
        extension,
        "md" | "markdown"
            | "mdx"
            | "rst"
            | "org"
            | "adoc"
            | "asciidoc"
            | "txt"
            | "html"
            | "htm"
            | "tex"
            | "rmd"
            | "qmd"
            | "typ"
            | "ipynb"
            | "odt"
            | "ods"
            | "odp"
            | "odg"
            | "fodt"
            | "fods"
            | "fodp"
            | "fodg"
            | "csv"
            | "tsv"
            | "json"
            | "yml"
            | "yaml"
            | "svg"
            | "penpot"
            | "drawio"
            | "puml"
            | "plantuml"
            | "mmd"
            | "dot"
            | "excalidraw"
            | "xml"
            | "bpmn"
            | "archimate"
            | "texi"
            | "tm"
            | "epub"
    );
    // of a sketch or of slides, a PDF file is at least a way to read them; of itself it is none
    is_text || format == "design" && extension == "png"
}

/// Extensions by stem, of every file that may be a source.
fn sources(scene: &Scene<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut sources: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in scene.snapshot.files() {
        let extension = entry.extension();
        if opens("design", &extension) {
            sources.entry(stem(entry)).or_default().insert(extension);
        }
    }
    sources
}

/// The stem for comparison, without what marks a version or a language.
fn stem(entry: &Entry) -> String {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| regex(r"(_+(v?\d+(_\d+)*|fr|en|final))+$"));
    let stem = plain_stem(entry);
    VERSION.replace(&stem, "").into_owned()
}

/// Folders of pages, files and pictures that the product serves, and of data that it reads.
const PRODUCT: [&str; 32] = [
    "public",
    "static",
    "assets",
    "asset",
    "resources",
    "ressources",
    "uploads",
    "upload",
    "files",
    "fichiers",
    "media",
    "medias",
    "templates",
    "template",
    "modeles",
    "data",
    "donnees",
    "datasets",
    "samples",
    "sample",
    "exemples",
    "examples",
    "example",
    "input",
    "inputs",
    "output",
    "outputs",
    "src",
    "app",
    "lib",
    "node_modules",
    "wp-content",
];

static DOCUMENTATION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)(^|_)(doc|docs|documentation|manuel|manual|guide|notice|mode_d_emploi|tuto|tutoriel|tutorial|user_?guide|install\w*|architect\w*|archi|technique|technical|specif\w*|specs?|cahier_des_charges|conception|design|maquettes?|wireframes?|mockups?|schemas?|mcd|mpd|presentation|slides?|diapo\w*|formation|onboarding|procedures?|roadmap|feuille_de_route|planning|dictionnaire|glossaire|cadrage|readme|dat|dex|charte\w*|ux|ui)(_|\d|$)",
    )
});
/// Reports, forms and texts of law: the subject of the work, not its documentation.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(^|_)(rapports?|reports?|etudes?|study|studies|these|thesis|memoire|articles?|paper|poster|arretes?|decrets?|circulaires?|lois?|directives?|ordonnances?|cerfa|formulaires?|jo|journal_officiel|codes?_du|convention\w*|accords?|annexes?|factures?|invoices?|cv|lettres?|courriers?|bulletins?|exports?|imports?|sample|exemples?|examples?|test|tests|fixtures?|data|donnees|enquetes?|licen[cs]es?|budget\w*|compte_rendu|cr)(_|\d|$)",
    )
});

/// A document about the project: named like one at the root, or kept with the documentation.
fn is_documentation(scene: &Scene<'_>, format: &str, entry: &Entry) -> bool {
    if is_sample(&entry.path) {
        return false;
    }
    let stem = plain_stem(entry);
    let folder = fold_plain(entry.folder());
    let parts: Vec<&str> = folder.split('/').collect();
    let is_kept = scene
        .docs
        .as_ref()
        .is_some_and(|docs| entry.path.starts_with(&format!("{}/", docs.path)));
    let is_product = parts.iter().any(|part| PRODUCT.contains(part));
    if is_product
        || SUBJECT.is_match(&stem)
        || parts
            .iter()
            .any(|part| SUBJECT.is_match(&plain_words(part)))
    {
        return false;
    }
    match format {
        "design" => {
            is_kept || entry.is_at_root() || parts.iter().any(|part| DOCUMENTATION.is_match(part))
        }
        // tables are data more often than documents, PDF files texts that others wrote
        "pdf" => (is_kept || entry.is_at_root()) && DOCUMENTATION.is_match(&stem),
        _ if matches!(entry.extension().as_str(), "xls" | "xlsx" | "xlsm") => {
            (is_kept || entry.is_at_root()) && DOCUMENTATION.is_match(&stem)
        }
        _ if matches!(entry.extension().as_str(), "key" | "pages" | "one" | "ai") => {
            is_kept && DOCUMENTATION.is_match(&stem)
        }
        _ => is_kept || entry.is_at_root() || DOCUMENTATION.is_match(&stem),
    }
}
