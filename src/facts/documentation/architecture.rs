// SPDX-License-Identifier: EUPL-1.2
//! Decision records, documents about the architecture and what draws it; not data models, not content that speaks of
//! somebody else's architecture.

use std::sync::LazyLock;

use regex::Regex;

use super::section::parts;
use super::{Document, PROSE, Place, Scene, is_sample, plain_stem};
use crate::facts::pattern::folded as regex;
use crate::facts::prose::BlockKind;
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::text::fold_plain;
use crate::snapshot::Entry;

/// Documents opened to look for drawings and headings.
const OPENED: usize = 60;

const IMAGES: [&str; 6] = ["svg", "png", "jpg", "jpeg", "gif", "webp"];
const SOURCES: [&str; 9] = [
    "puml",
    "plantuml",
    "drawio",
    "dio",
    "mmd",
    "mermaid",
    "archimate",
    "excalidraw",
    "c4",
];
const OFFICE: [&str; 8] = ["pdf", "odg", "odp", "odt", "docx", "pptx", "vsdx", "dot"];

pub(super) fn extract(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut documents = Vec::new();
    let mut drawings = Vec::new();
    for entry in scene
        .snapshot
        .files()
        .filter(|entry| !is_sample(&entry.path))
    {
        if is_decision_record(entry) || describes_architecture(scene, entry) {
            documents.push(Place::file(entry));
            drawings.push(Place::file(entry));
        } else if is_drawing_source(entry) {
            drawings.push(Place::file(entry));
        }
    }
    if let Some(readme) = &scene.readme {
        drawings.extend(drawn_in(readme));
    }
    for entry in super::guides::documents(scene).take(OPENED) {
        if let Some(document) = scene.document(entry) {
            drawings.extend(drawn_in(&document));
        }
    }
    drawings.sort_by(|a, b| a.value.cmp(&b.value));
    drawings.dedup_by(|a, b| a.value == b.value);
    // decision records and files do not stand in the README
    documents.truncate(super::LISTED);
    let list: Vec<String> = documents.iter().map(|place| place.value.clone()).collect();
    let evidence = documents.into_iter().map(|place| place.evidence).collect();
    scene.record(facts, "documentation.adr_or_architecture", list, evidence);
    scene.record_list(facts, "documentation.architecture_diagrams", drawings);
}

/// A text in a folder of decision records, its index and its template excepted.
fn is_decision_record(entry: &Entry) -> bool {
    if !PROSE.contains(&entry.extension().as_str()) {
        return false;
    }
    let mut parts = entry.folder().rsplit('/').map(str::to_ascii_lowercase);
    let last = parts.next().unwrap_or_default();
    let is_folder = match last.trim_start_matches(['.', '_']) {
        "adr"
        | "adrs"
        | "decision-records"
        | "decision_records"
        | "architecture-decisions"
        | "architecture_decisions"
        | "architecture-decision-records"
        | "architectural-decisions" => true,
        "decisions" => parts.any(|part| {
            matches!(
                part.as_str(),
                "docs" | "doc" | "documentation" | "architecture"
            )
        }),
        _ => false,
    };
    let stem = plain_stem(entry);
    is_folder
        && !matches!(stem.as_str(), "readme" | "index" | "license")
        && !stem.ends_with("template")
}

fn is_drawing_source(entry: &Entry) -> bool {
    let name = entry.name().to_ascii_lowercase();
    SOURCES.contains(&entry.extension().as_str())
        || name.ends_with(".drawio.svg")
        || name.ends_with(".drawio.png")
        || name == "workspace.dsl"
}

/// A document or an image named after the architecture, kept where documentation is kept.
fn describes_architecture(scene: &Scene<'_>, entry: &Entry) -> bool {
    let extension = entry.extension();
    let extension = extension.as_str();
    let is_image = IMAGES.contains(&extension);
    let is_text = PROSE.contains(&extension) || extension.is_empty();
    if !is_image && !is_text && !SOURCES.contains(&extension) && !OFFICE.contains(&extension) {
        return false;
    }
    let stem = plain_stem(entry);
    let folder = entry.folder().to_ascii_lowercase();
    let is_kept_as_documentation = folder.split('/').any(is_documentation_folder)
        || scene
            .docs
            .as_ref()
            .is_some_and(|docs| entry.path.starts_with(&format!("{}/", docs.path)));
    if ARCHITECTURE.is_match(&stem) {
        return scene.snapshot.is_in_root(entry)
            || is_kept_as_documentation
            || (is_text && WHOLE.is_match(&stem) && is_beside_code(scene, entry))
            || (is_image && is_shown_in_readme(scene, entry));
    }
    // the pages of a folder of documentation about the architecture
    is_text
        && is_kept_as_documentation
        && folder.split('/').any(|part| ARCHITECTURE.is_match(part))
        && stem != "readme"
        && stem != "index"
}

/// A document of a part of the repository: shouted like a community file, or beside a README or a manifest. Elsewhere a
/// page about architecture is content.
fn is_beside_code(scene: &Scene<'_>, entry: &Entry) -> bool {
    let is_shouted = entry.name().starts_with("ARCHI");
    is_shouted
        || [
            "README.md",
            "package.json",
            "go.mod",
            "Cargo.toml",
            "pyproject.toml",
            "pom.xml",
            "mix.exs",
            "composer.json",
        ]
        .into_iter()
        .any(|name| {
            scene
                .snapshot
                .entry(&format!("{}/{name}", entry.folder()))
                .is_some()
        })
}

fn is_documentation_folder(part: &str) -> bool {
    matches!(
        part,
        "docs"
            | "doc"
            | "documentation"
            | "wiki"
            | "diagrams"
            | "diagram"
            | "schemas"
            | "schémas"
            | "architecture"
            | "diagrammes"
            | ".github"
    )
}

fn is_shown_in_readme(scene: &Scene<'_>, entry: &Entry) -> bool {
    scene.readme.as_ref().is_some_and(|readme| {
        readme
            .prose
            .links()
            .any(|link| link.is_image && link.target.ends_with(entry.name()))
    })
}

/// Headings about the architecture with content below, and drawings written as code.
fn drawn_in(document: &Document) -> Vec<Place> {
    let mut found: Vec<_> = parts(&document.prose)
        .filter(|part| HEADING.is_match(&part.title()) && part.chars() >= 30)
        .map(|part| part.place(document))
        .collect();
    let drawing = document.prose.blocks.iter().find(|block| {
        block.kind == BlockKind::Code
            && (DRAWN.is_match(&block.text)
                || matches!(
                    block.language.as_str(),
                    "plantuml" | "puml" | "structurizr" | "d2"
                ))
    });
    if let Some(block) = drawing {
        let line = fold_plain(block.text.lines().next().unwrap_or_default());
        found.push(Place {
            value: document.path.clone(),
            evidence: Evidence::line(&document.path, block.line).with_excerpt(&line),
        });
    }
    found
}

static ARCHITECTURE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(^|[^a-z])archi(tecture|tectures)?([^a-z]|$)"));
/// Names that say nothing else than the architecture, with what usually qualifies it.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\d*_*(schema_d_|dossier_d_|document_d_|technical_|software_)?archi(tecture)?(_(technique|logicielle|logique|applicative|overview|diagram|fonctionnelle))?$",
    )
});
static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"\barchi(tecture|tectures|tectural)?\b"));
static DRAWN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?m)^\s*(@startuml|(graph|flowchart)\s+(TB|TD|BT|RL|LR)\b|C4(Context|Container|Component)|architecture-beta|block-beta|sequenceDiagram|workspace\s+\{)",
    )
});
