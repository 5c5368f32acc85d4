// SPDX-License-Identifier: EUPL-1.2
//! What the contribution guide explains, and whether it is that of another project.

use std::sync::LazyLock;

use regex::Regex;

use super::section::parts;
use super::{Document, Place, Scene, community};
use crate::facts::pattern::folded as regex;
use crate::facts::prose::{Block, BlockKind, Format};
use crate::facts::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::evidence::Evidence;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::fold_plain;

/// Guides that are read: one for each language, and what they point to.
const READ: usize = 8;

/// Characters below which a guide hardly does more than point elsewhere.
const POINTER: usize = 600;

/// The contribution guides, read.
pub(super) struct Guides {
    pub(super) documents: Vec<Document>,
    /// Why some guide could not be read.
    pub(super) unread: Option<Reason>,
}

impl Guides {
    pub(super) fn read(scene: &Scene<'_>, facts: &FactSet) -> Self {
        let mut guides = Self {
            documents: Vec::new(),
            unread: None,
        };
        let main = facts.text("documentation.contributing");
        let main = main.and_then(|path| scene.snapshot.entry(path));
        let mut entries = community::all(scene.snapshot, "documentation.contributing");
        entries.retain(|entry| main.is_none_or(|main| main.path != entry.path));
        for entry in main.into_iter().chain(entries).take(READ) {
            match scene.snapshot.text(entry) {
                Ok(text) => guides.documents.push(super::parse(entry, text)),
                Err(error) => guides.unread = Some(error.reason(&entry.path)),
            }
        }
        guides
    }

    /// Documents of the repository that a short guide points to.
    fn pointed(&self, scene: &Scene<'_>) -> Vec<Document> {
        let known = |path: &str| self.documents.iter().any(|document| document.path == path);
        let mut found = Vec::new();
        for document in &self.documents {
            if document.text.text.len() > POINTER {
                continue;
            }
            let folder = document
                .path
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            for link in document.prose.links().filter(|link| !link.is_image) {
                let target = link.target.split('#').next().unwrap_or_default();
                let target = target.trim_start_matches("./");
                let path = match target.strip_prefix("../") {
                    Some(rest) => rest.trim_start_matches("../").to_owned(),
                    None if target.starts_with('/') || folder.is_empty() => {
                        target.trim_start_matches('/').to_owned()
                    }
                    None => format!("{folder}/{target}"),
                };
                let entry = scene.snapshot.entry(&path);
                let entry = entry.filter(|entry| Format::of_path(&entry.path) != Format::Text);
                if found.len() < READ
                    && !known(&path)
                    && let Some(document) = entry.and_then(|entry| scene.document(entry))
                {
                    found.push(document);
                }
            }
        }
        found
    }

    /// True when the guide is short and points outside the repository.
    fn points_outside(&self) -> bool {
        let is_outside = |document: &Document| {
            document.text.text.len() <= POINTER
                && document.prose.links().any(|link| {
                    !link.is_image && link.target.starts_with("http") && says_guide(&link.target)
                })
        };
        self.documents.iter().any(is_outside)
    }
}

fn says_guide(target: &str) -> bool {
    static GUIDE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)contribu|wiki|guide|doc|develop|\.github"));
    GUIDE.is_match(target)
}

pub(super) fn extract(
    scene: &Scene<'_>,
    record: &ForgeRecord,
    guides: &Guides,
    facts: &mut FactSet,
) {
    covers(scene, guides, facts);
    foreign(scene, record, guides, facts);
}

fn covers(scene: &Scene<'_>, guides: &Guides, facts: &mut FactSet) {
    let key = "documentation.contributing_covers";
    let pointed = guides.pointed(scene);
    let mut found: Vec<Place> = Vec::new();
    for document in guides.documents.iter().chain(&pointed) {
        for topic in TOPICS {
            if found.iter().any(|place| place.value == topic) {
                continue;
            }
            if let Some(block) = document
                .prose
                .blocks
                .iter()
                .find(|block| treats(topic, block))
            {
                found.push(Place {
                    value: topic.to_owned(),
                    evidence: Evidence::line(&document.path, block.line)
                        .with_excerpt(&masked(&block.text)),
                });
            }
        }
    }
    if let Some(reason) = guides.unread.as_ref().filter(|_| found.len() < 2) {
        facts.set_unknown(key, reason.clone());
    } else if found.len() < 2 && guides.points_outside() {
        let path = guides
            .documents
            .first()
            .map_or("", |document| &document.path);
        facts.set_unknown(
            key,
            Reason::new(ReasonCode::NeedsNetwork).with("path", path),
        );
    } else {
        let mut evidence: Vec<_> = found.iter().map(|place| place.evidence.clone()).collect();
        if evidence.is_empty() {
            let read = guides.documents.iter().map(|document| &document.path);
            evidence.extend(read.map(Evidence::path));
        }
        let topics = found
            .into_iter()
            .map(|place| place.value)
            .collect::<Vec<_>>();
        facts.set(key, topics, evidence);
    }
}

const TOPICS: [&str; 5] = ["report", "propose", "setup", "merge", "dco"];

fn treats(topic: &str, block: &Block) -> bool {
    let text = fold_plain(&block.text);
    let is_heading = matches!(block.kind, BlockKind::Heading(_)) || block.is_strong;
    let is_code = block.kind == BlockKind::Code;
    match topic {
        "report" => {
            !is_code && (REPORT.is_match(&text) || is_heading && REPORT_TITLE.is_match(&text))
        }
        "propose" => PROPOSE.is_match(&text),
        "setup" => {
            is_heading && SETUP.is_match(&text)
                || is_code && RUNS.is_match(&text)
                || !is_code && READS.is_match(&text)
        }
        "merge" => !is_code && MERGE.is_match(&text),
        _ => super::origin::asks_sign_off(block),
    }
}

static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)\b(?:open\w*|creat\w+|fil(?:e|ing)|submit\w*|report\w*|rais\w+|search\w*|check\w*|post\w*|ouvr\w+|cre(?:er|ez|ation)|signal\w+|remont\w+|declar\w+|rapport\w*|faire\s+part|soume\w+|poster|decri\w+|log|us(?:e|ing)|utilis\w+|consult\w+|regard\w+)\b[^.;]{0,60}?\b(?:issues?|bugs?|tickets?|anomalies?|problemes?|dysfonctionnements?|discussions?|erreurs?|incidents?|vulnerabilit\w+)\b
        |\bissue\s+tracker\b|/issues\b|\b(?:bug|issue)\s+reports?\b|\bfeature\s+requests?\b|\brapports?\s+de\s+bugs?\b",
    )
});
static REPORT_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:issues?|bugs?|tickets?|anomalies?|problemes?|signal\w+|report(?:ing)?|feedback|retours?)\b",
    )
});
static PROPOSE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)\b(?:(?:pull|merge)[\s-]?requests?|prs?\b|mrs?\b|demandes?\s+(?:de\s+)?(?:fusion|tirage|merge)|requetes?\s+de\s+(?:fusion|tirage)|fork(?:er|ez|ed|ing)?\b|patch(?:es)?\b|git\s+(?:checkout|switch)\s+-[bc]\b|git\s+push\b
        |(?:propos\w+|soume\w+|envoy\w+|suggest\w*|submit\w*|send\w*)\s+(?:\S+\s+){0,4}?(?:changements?|modifications?|evolutions?|corrections?|ameliorations?|contributions?|changes?|patch(?:es)?|fix(?:es)?|features?|improvements?|code)\b
        |(?:creer|creez|create|ouvr\w+|nouvelle|new)\s+(?:\S+\s+){0,3}?branch)",
    )
});
static SETUP: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:install\w*|set[\s-]?up|setting\s+up|get(?:ting)?\s+started|quick\s?start|demarr\w+|prerequis\w*|prerequisites?|requirements?|environ+e?ments?|lanc(?:er|ement)|run(?:ning)?|build(?:ing)?|develop(?:pement|ment|ing|per)|en\s+local|locally|mise\s+en\s+(?:place|route)|prise\s+en\s+main|tester)\b",
    )
});
static RUNS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?mi)^\s*(?:[$>]\s*)?(?:sudo\s+)?(?:git\s+clone|npm|npx|pnpm|yarn|bun|pip3?|pipenv|poetry|uv|bundle|composer|mix|cargo|go|make|just|docker|docker-compose|podman|conda|python3?\s|rails|rake|php|\./gradlew|mvn|lein|nix)\b",
    )
});
/// A sentence that sends to the instructions.
static READS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:see|voir|read|lire|consult\w+|refer|follow|suiv\w+|decrit\w*|described)\b[^.]{0,60}\b(?:install\w*|readme|set[\s-]?up|getting\s+started|demarrage)\b",
    )
});
static MERGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)\b(?:review(?:s|ed|er|ers|ing)?|relectures?|relue?s?|relire|approv\w+|approuv\w+|merged|fusionnee?s?|sera\s+(?:integree?|acceptee?)|will\s+be\s+(?:accepted|rejected|closed)|(?:ci|tests?|checks?|build|integration\s+continue)\b[^.]{0,40}\b(?:pass\w*|green|verts?|vertes?|reuss\w+|success\w*|must|doi(?:t|vent))|conventional[\s-]?commits?|commit\s+messages?|messages?\s+de\s+commits?|(?:code|coding)\s+(?:style|conventions?|standards?|guidelines?)|style\s+guides?|lint\w*|changelog|semver|semantic\s+version\w*|squash\w*|rebas\w+|conventions?\s+de\s+(?:nommage|code|codage)|regles\s+de\s+(?:codage|style|nommage|contribution))\b",
    )
});

/// An excerpt without the local part of addresses.
pub(super) fn masked(text: &str) -> String {
    static EMAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)"));
    EMAIL.replace_all(text, "…@$1").into_owned()
}

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:how to contribute|contribut(?:e|ing)|comment contribuer|contribuer)\s+(?:to|on|à|au|aux|a)\s+(?:the\s+|la\s+|le\s+|l['’])?(?P<name>[\p{Lu}\d][\p{L}\d._-]{2,}(?:[ ][\p{Lu}\d][\p{L}\d._-]+){0,3})\W*[!.]?\s*$")
        .expect("invariant: the pattern is valid")
});
static LEFT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\[(?:insert|your|project|nom|votre|name)[\w\s'-]*\]|<(?:project|your|nom|votre)[\w\s'-]*>|\{\{\s*[\w.\s]+\}\}|\bproject_?name\b|\byour[-_](?:project|username|org\w*)\b/|\bmy-project\b",
    )
});
static PAGES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)https?://(?:www\.)?(?:github\.com|gitlab\.com|gitlab\.[\w.-]+|codeberg\.org|framagit\.org)/(?P<owner>[\w.-]+)/(?P<repo>[\w.-]+)/(?:-/)?(?:issues|pulls?|merge_requests|fork|compare|discussions)\b",
    )
});

/// A guide that names another project, or where the name is still to be filled.
fn foreign(scene: &Scene<'_>, record: &ForgeRecord, guides: &Guides, facts: &mut FactSet) {
    let key = "documentation.foreign_template";
    if let Some(reason) = &guides.unread {
        facts.set_unknown(key, reason.clone());
        return;
    }
    let own = own_words(scene, record);
    let found = own
        .as_ref()
        .and_then(|own| {
            let mut documents = guides.documents.iter();
            documents.find_map(|document| foreign_in(document, own))
        })
        .or_else(|| guides.documents.iter().find_map(left_in));
    let evidence = found.iter().map(|place| place.evidence.clone()).collect();
    let value = found.map(|place| place.value);
    scene.record(facts, key, value, evidence);
}

/// What the project says of itself, in letters and digits; nothing when it says too little to tell.
fn own_words(scene: &Scene<'_>, record: &ForgeRecord) -> Option<String> {
    let readme = scene.readme.as_ref()?;
    let mut own = letters(&readme.text.text);
    if own.len() < 100 {
        return None;
    }
    for name in [Some(record.name.as_str()), record.owner.as_deref()] {
        own.push(' ');
        own.push_str(&letters(name.unwrap_or_default()));
    }
    let manifests = [
        "package.json",
        "pyproject.toml",
        "composer.json",
        "Cargo.toml",
        "publiccode.yml",
        "setup.py",
        "DESCRIPTION",
        "mix.exs",
    ];
    for name in manifests {
        let entry = scene.snapshot.entry(name);
        if let Some(text) = entry.and_then(|entry| scene.snapshot.text(entry).ok()) {
            own.push(' ');
            own.push_str(&letters(&text.text));
        }
    }
    Some(own)
}

fn letters(text: &str) -> String {
    let folded = fold_plain(text);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn foreign_in(document: &Document, own: &str) -> Option<Place> {
    let is_own = |name: &str| {
        let name = letters(name);
        name.len() < 3 || own.contains(&name)
    };
    let place = |line: u32, value: &str| Place {
        value: value.to_owned(),
        evidence: Evidence::line(&document.path, line).with_excerpt(value),
    };
    for part in parts(&document.prose).take(2) {
        if let Some(found) = TITLE.captures(part.heading.text.trim()) {
            let name = &found["name"];
            let is_whole = GENERIC.is_match(&fold_plain(name));
            let any_own = name.split(' ').any(is_own);
            if !is_whole && !any_own && !is_own(name) {
                return Some(place(part.heading.line, name));
            }
        }
    }
    let borrowed = document.prose.blocks.iter().find_map(|block| {
        let found = BORROWED.find(&block.text)?;
        (!is_own("facebook")).then(|| place(block.line, found.as_str()))
    });
    if borrowed.is_some() {
        return borrowed;
    }
    let mut first = None;
    for link in document.prose.links() {
        let Some(found) = PAGES.captures(&link.target) else {
            continue;
        };
        if is_own(&found["repo"]) || is_own(&found["owner"]) {
            return None;
        }
        let value = format!("{}/{}", &found["owner"], &found["repo"]);
        first = first.or_else(|| Some(place(link.line, &value)));
    }
    first
}

/// What the template of a well-known company says of itself.
static BORROWED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bfacebook(?:-specific|'s)\b"));

/// Words that name no project.
static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:(?:this|our|your|code|docs?|documentation|project|projet|depot|repository|open\s+source|open-source|github|gitlab|logiciel|site|api|data|wiki|developpement|development)\s*)+$",
    )
});

fn left_in(document: &Document) -> Option<Place> {
    let blocks = document.prose.blocks.iter();
    let mut texts = blocks.filter(|block| block.kind != BlockKind::Code);
    texts.find_map(|block| {
        let found = LEFT.find(&block.text)?;
        let is_code = block.codes.iter().any(|code| code.contains(found.as_str()));
        (!is_code).then(|| Place {
            value: found.as_str().to_owned(),
            evidence: Evidence::line(&document.path, block.line).with_excerpt(found.as_str()),
        })
    })
}
