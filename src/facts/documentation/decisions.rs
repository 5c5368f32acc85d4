// SPDX-License-Identifier: EUPL-1.2
//! Sections that say who decides, in the README and in the contribution guide.

use std::sync::LazyLock;

use regex::Regex;

use super::Scene;
use super::guide::Guides;
use super::section::parts;
use crate::facts::pattern::folded as regex;
use crate::facts::set::FactSet;
use crate::model::text::fold_plain;

/// Characters below a heading from which it says something.
const EXPLAINED: usize = 40;

static GOVERNANCE: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(?:gouvernance|governance)\b"));
/// Headings that may announce it; what stands below decides.
static RELATED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:qui\s+decide|prises?\s+de\s+decisions?|processus\s+de\s+decision|decision[\s-]making|who\s+decides|how\s+(?:are\s+)?decisions|comites?\s+(?:de\s+pilotage|technique|strategique)|steering\s+committee|pilotage(?:\s+du\s+projet)?|project\s+(?:leadership|management)|roles?\s+(?:et|and)\s+responsabilit\w+|roles\s+and\s+responsibilities)\b",
    )
});
/// Governance of what the product is about, not of the project.
static DOMAIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:donnees?|data|territoriale?s?|locale?s?|publique|corporate|entreprise|hospitaliere|mondiale|climat\w*)\b",
    )
});
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:decid\w+|decis\w+|arbitr\w+|consensus|vot(?:e|es|er|ing)|comites?|committees?|steering|product\s+owner|mainteneu\w+|maintainers?|pilot(?:e|ee|ent|age)|priorit\w+|valid(?:e|ent|ation))\b",
    )
});

pub(super) fn extract(scene: &Scene<'_>, guides: &Guides, facts: &mut FactSet) {
    let key = "documentation.governance_section";
    let place = scene
        .readme
        .iter()
        .chain(&guides.documents)
        .find_map(|document| {
            parts(&document.prose)
                .find(|part| {
                    let title = part.title();
                    if DOMAIN.is_match(&title) {
                        return false;
                    }
                    let decides = || {
                        part.content()
                            .any(|block| DECIDES.is_match(&fold_plain(&block.text)))
                    };
                    let is_long = || part.chars() >= EXPLAINED;
                    let has_link = || part.content().any(|block| !block.links.is_empty());
                    GOVERNANCE.is_match(&title) && (is_long() && decides() || has_link())
                        || RELATED.is_match(&title) && is_long() && decides()
                })
                .map(|part| part.place(document))
        });
    let evidence = place.iter().map(|place| place.evidence.clone()).collect();
    let value = place.map(|place| place.value);
    match &guides.unread {
        Some(reason) if value.is_none() => facts.set_unknown(key, reason.clone()),
        _ => scene.record_with_readme(facts, key, value, evidence),
    }
}
