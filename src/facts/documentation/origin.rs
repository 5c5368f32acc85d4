// SPDX-License-Identifier: EUPL-1.2
//! Certificates of origin that contributors are asked for, and agreements that they must sign.

use std::sync::LazyLock;

use regex::Regex;

use super::guide::{Guides, masked};
use super::{Document, PROSE, Scene, community, plain_stem};
use crate::facts::pattern::folded as regex;
use crate::facts::prose::{Block, Format, Prose};
use crate::facts::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::text::{fold_plain, line_of};
use crate::snapshot::Entry;

/// Workflows and templates that are opened.
const OPENED: usize = 60;

/// Places kept of one kind of request.
const KEPT: usize = 10;

pub(super) fn extract(scene: &Scene<'_>, guides: &Guides, facts: &mut FactSet) {
    let mut dco = Found::default();
    let mut cla = Found::default();
    for entry in scene.snapshot.files() {
        if let Some(kind) = dco_file(scene, entry) {
            dco.add(kind, &entry.path, 0, entry.name());
        }
        if let Some(kind) = cla_file(entry) {
            cla.add(kind, &entry.path, 0, entry.name());
        }
    }
    automations(scene, &mut dco, &mut cla);
    let templates = templates(scene);
    let texts = guides
        .documents
        .iter()
        .chain(&scene.readme)
        .chain(&templates);
    for document in texts {
        for block in &document.prose.blocks {
            if asks_sign_off(block) {
                dco.add("text", &document.path, block.line, &masked(&block.text));
            }
            if requires_agreement(block) {
                cla.add("text", &document.path, block.line, &masked(&block.text));
            }
        }
    }
    for (key, found) in [("documentation.dco", dco), ("documentation.cla", cla)] {
        match &guides.unread {
            Some(reason) if found.items.is_empty() => facts.set_unknown(key, reason.clone()),
            _ => scene.record_items(facts, key, found.items, found.evidence),
        }
    }
}

#[derive(Default)]
struct Found {
    items: Vec<Item>,
    evidence: Vec<Evidence>,
}

impl Found {
    fn add(&mut self, kind: &'static str, path: &str, line: u32, excerpt: &str) {
        let is_same =
            |item: &Item| item.get("kind") == Some(kind) && item.get("path") == Some(path);
        if self.items.len() >= KEPT || self.items.iter().any(is_same) {
            return;
        }
        let item = Item::new("kind", kind).with("path", path);
        let (item, evidence) = if line == 0 {
            (item, Evidence::path(path))
        } else {
            (
                item.with("line", line),
                Evidence::line(path, line).with_excerpt(excerpt),
            )
        };
        self.items.push(item);
        self.evidence.push(evidence);
    }
}

static SIGN_OFF: LazyLock<Regex> = LazyLock::new(|| {
    // to sign off *on* a change is to approve it
    regex(
        r"(?x)\bsigned[\s-]off\b|\bsign(?:ing)?[\s-]off\b(?:\s*[^\so]|\s+o[^n]|\s*$)|\bsign-?offs?\b(?:\s*[^\so]|\s+o[^n]|\s*$)|\bsign(?:ing)?[\s-]off\s+on\s+(?:\w+\s+)?commits?\b|developer'?s?\s+certificate\s+of\s+origin|developercertificate\.org|certificats?\s+d'origine|\bdco\b",
    )
});
/// What a bare `DCO` or « sign-off » must stand beside to be about commits.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\bcommits?\b|\bcontribu|\bcertif|\bsign|\bpatch|\bpull\b|\bmerge\b|\borigin")
});
static NONE_ASKED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:no|not|n't|without|pas|aucune?|sans|ni|jamais|never|n'est|ne)\b[^.;]{0,40}\b(?:dco|sign[\s-]?offs?|signed[\s-]off|certificat\w*)\b",
    )
});
/// Lower case only: `-S` is a GPG signature.
static OPTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"git\s+commit\s[^\n]*?(?:--signoff\b|(?:^|\s)-[a-z]*s[a-z]*\b)")
        .expect("invariant: the pattern is valid")
});

/// True for a passage that asks for commits to be signed off.
pub(super) fn asks_sign_off(block: &Block) -> bool {
    let text = fold_plain(&block.text);
    if NONE_ASKED.is_match(&text) {
        return false;
    }
    let targets = || {
        let mut links = block.links.iter();
        links.any(|link| link.target.contains("developercertificate.org"))
    };
    SIGN_OFF.is_match(&text) && ABOUT.is_match(&text) || OPTION.is_match(&block.text) || targets()
}

static AGREEMENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)\bcontribut(?:or|ors|ion)'?s?\s+(?:licen[cs]e|licensing|assignment)\s+agreements?\b|\bclas?\b|\baccords?\s+(?:de\s+licence\s+)?(?:de\s+contribut\w+|du\s+contributeur|de\s+licence\s+de\s+contribut\w+)\b|\bcopyright\s+(?:assignment|transfer)\b
        |\bced(?:e|ez|er|ent)\s+(?:\S+\s+){0,4}?droits\b|\bcession\s+(?:de\s+(?:vos|leurs|ses)|des)\s+droits\b|\bassign(?:s|ing)?\s+(?:\S+\s+){0,3}?copyright\b",
    )
});
static REQUIRED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:sign\w*|must|need\w*|requir\w+|ask\w*|have\s+to|doi(?:t|vent|s)|devez|exig\w+|demand\w+|accept\w*|agree\w*|necessaire|prealable|oblig\w+|complet\w+|remplir|ced(?:e|ez|er|ent)|cession|assign\w*)\b",
    )
});
static REFUSED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:no|not|n't|without|pas|aucune?|sans|ni|jamais|never|neither|nor|instead\s+of|rather\s+than|plutot\s+qu\w*|au\s+lieu)\b[^.;]{0,60}\b(?:cla|clas|agreements?|accords?|cession|assign\w*|ced\w+)\b|\b(?:cla|clas|agreements?|accords?|cession)\b[^.;]{0,40}\b(?:is\s+not|isn't|not\s+(?:required|needed|necessary)|unnecessary|n'est\s+(?:pas|plus)|inutile|pas\s+(?:necessaire|demande|requis|exige))\b",
    )
});

/// True for a passage that requires an agreement; one that explains that none is needed does not.
fn requires_agreement(block: &Block) -> bool {
    let text = fold_plain(&block.text);
    let Some(found) = AGREEMENT.find(&text) else {
        return false;
    };
    let is_short = found.as_str().len() <= 4;
    // three letters alone mean an agreement only in capitals
    let is_named = !is_short || block.text.contains("CLA");
    is_named && REQUIRED.is_match(&text) && !REFUSED.is_match(&text)
}

/// A file that is the certificate, or the configuration of a robot that asks for it.
fn dco_file(scene: &Scene<'_>, entry: &Entry) -> Option<&'static str> {
    let path = entry.path.to_ascii_lowercase();
    if matches!(path.as_str(), ".github/dco.yml" | ".github/dco.yaml") {
        return Some("configuration");
    }
    community::rank(entry.folder())?;
    let stem = plain_stem(entry);
    let extension = entry.extension();
    let is_document = extension.is_empty() || PROSE.contains(&extension.as_str());
    let is_named = stem == "dco"
        || stem.starts_with("dco_")
        || stem.starts_with("developer_certificate")
        || stem.starts_with("certificat_d_origine");
    if !is_document || !is_named {
        return None;
    }
    let says = |text: &str| fold_plain(text).contains("certif");
    scene
        .snapshot
        .text(entry)
        .is_ok_and(|text| says(&text.text))
        .then_some("file")
}

/// A file that is an agreement, or the configuration of a robot that has it signed.
fn cla_file(entry: &Entry) -> Option<&'static str> {
    let path = entry.path.to_ascii_lowercase();
    if matches!(
        path.as_str(),
        ".clabot"
            | ".github/.clabot"
            | ".github/cla.yml"
            | ".github/cla.yaml"
            | ".cla.json"
            | ".github/cla.json"
            | ".github/cla-bot.yml"
            | "signatures/cla.json"
    ) {
        return Some("bot");
    }
    let folder = entry.folder();
    let is_kept = community::rank(folder).is_some()
        || matches!(
            folder.to_ascii_lowercase().as_str(),
            "legal" | "juridique" | "cla" | ".github/cla"
        );
    let extension = entry.extension();
    let is_document =
        extension.is_empty() || PROSE.contains(&extension.as_str()) || extension == "pdf";
    if !is_kept || !is_document {
        return None;
    }
    let stem = plain_stem(entry);
    let is_named = stem == "cla"
        || stem.starts_with("cla_")
        || stem.ends_with("_cla")
        || [
            "contributor_license_agreement",
            "contributor_licence_agreement",
            "contribution_license_agreement",
            "contributor_agreement",
            "accord_de_contribution",
            "accord_de_licence_de_contribution",
        ]
        .iter()
        .any(|name| stem.contains(name));
    is_named.then_some("file")
}

static DCO_ACTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bdco-(?:check|action|gh-action)|[/-]dco(?:[@:/-]|\b)|\bcheck[-_]dco\b|\bdco[-_]?(?:check|lint)|Signed-off-by")
        .expect("invariant: the pattern is valid")
});
static CLA_ACTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)contributor-assistant/github-action|cla-assistant|\bcla-bot\b|\bcla-check\b|cla-signature")
        .expect("invariant: the pattern is valid")
});

/// Jobs of the integration that check one or the other.
fn automations(scene: &Scene<'_>, dco: &mut Found, cla: &mut Found) {
    let is_automation = |entry: &&Entry| {
        let path = &*entry.path;
        let is_yaml = matches!(entry.extension().as_str(), "yml" | "yaml");
        is_yaml
            && (path.starts_with(".github/workflows/")
                || path == ".gitlab-ci.yml"
                || path == ".mergify.yml"
                || path.starts_with(".forgejo/workflows/")
                || path.starts_with(".gitea/workflows/"))
    };
    for entry in scene.snapshot.files().filter(is_automation).take(OPENED) {
        let Ok(text) = scene.snapshot.text(entry) else {
            continue;
        };
        let active = |found: &regex::Match<'_>| {
            let before = &text.text[..found.start()];
            let line = before.rsplit('\n').next().unwrap_or_default();
            !line.trim_start().starts_with('#')
        };
        for (pattern, kind, found) in [
            (&DCO_ACTION, "workflow", &mut *dco),
            (&CLA_ACTION, "bot", &mut *cla),
        ] {
            if let Some(place) = pattern.find_iter(&text.text).find(active) {
                let line = line_of(&text.text, place.start());
                found.add(kind, &entry.path, line, place.as_str());
            }
        }
    }
}

/// Templates of merge requests, where boxes to tick ask for either.
fn templates(scene: &Scene<'_>) -> Vec<Document> {
    let is_template = |entry: &&Entry| {
        let path = entry.path.to_ascii_lowercase();
        entry.extension() == "md"
            && (path.contains("pull_request_template") || path.contains("merge_request_template"))
            && path.matches('/').count() <= 2
    };
    let open = |entry: &Entry| {
        let text = scene.snapshot.text(entry).ok()?;
        Some(Document {
            path: entry.path.to_string(),
            prose: Prose::parse(Format::Markdown, &text.text),
            text,
        })
    };
    let entries = scene.snapshot.files().filter(is_template).take(KEPT);
    entries.filter_map(open).collect()
}
