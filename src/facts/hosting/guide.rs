// SPDX-License-Identifier: EUPL-1.2
//! The deployment documentation: a file of its own, else a section, the one whose title says it best.

use std::sync::LazyLock;

use regex::Regex;

use super::notes::{Note, is_readme};
use crate::facts::pattern::folded;
use crate::facts::prose::BlockKind;
use crate::model::text::fold_plain;

/// Where the deployment is described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guide {
    pub(super) path: String,
    /// Line and text of the heading as written; `None` when the whole file is about deployment.
    pub(super) heading: Option<(u32, String)>,
}

static DEPLOY: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:deploy(?:ment|ing|er|e)?|deploiements?|deployer|mise en (?:production|service)|mettre en production|hebergement|hosting|installation en production|production (?:deployment|setup|install)|livraison|go live|self.?host)\b",
    )
});

static PRODUCTION: LazyLock<Regex> =
    LazyLock::new(|| folded(r"^[\W\d_]*(?:in |en |for |pour la )?production[\W_]*$"));

/// What follows a first deployment.
static UPDATE: LazyLock<Regex> = LazyLock::new(|| {
    folded(r"\b(?:update|upgrade|updating|upgrading|redeploy|mise a jour|rollback)\b")
});

/// A journal, a list of instances, a legal notice: not how to deploy.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:journal|log|logs|history|historique|changelog|deployments|known|pre-?prod\w*|legal|mentions|postmortem|roadmap|status|key|keys)\b",
    )
});

/// The main deployment documentation.
pub(super) fn find(notes: &[Note<'_>]) -> Option<Guide> {
    let mut candidates: Vec<(u32, usize, Guide)> = Vec::new();
    for (order, note) in notes.iter().enumerate() {
        let name = note.entry.name();
        let stem = fold_plain(
            &name
                .rsplit_once('.')
                .map_or(name, |(stem, _)| stem)
                .replace(['-', '_'], " "),
        );
        let depth = u32::from(!note.entry.is_at_root());
        if DEPLOY.is_match(&stem) && !OTHER.is_match(&stem) {
            let guide = Guide {
                path: note.entry.path.to_string(),
                heading: None,
            };
            candidates.push((depth, order, guide));
            continue;
        }
        if OTHER.is_match(&stem) {
            continue;
        }
        for block in &note.prose.blocks {
            if !matches!(block.kind, BlockKind::Heading(_)) {
                continue;
            }
            let title = fold_plain(&block.text);
            if OTHER.is_match(&title) {
                continue;
            }
            let rank = match (
                DEPLOY.is_match(&title),
                PRODUCTION.is_match(&title),
                is_readme(note.entry),
            ) {
                (true, _, true) => 2,
                (true, _, false) => 3,
                (false, true, true) => 4,
                (false, true, false) => 5,
                (false, false, _) => continue,
            };
            let later = if UPDATE.is_match(&title) { 4 } else { 0 };
            let guide = Guide {
                path: note.entry.path.to_string(),
                heading: Some((
                    block.line,
                    as_written(&note.text.text, block.line, &block.text),
                )),
            };
            candidates.push((rank + later + depth * 4, order, guide));
        }
    }
    // the first of the best: sorting is stable and documents come in order
    candidates.sort_by_key(|(rank, order, _)| (*rank, *order));
    candidates.into_iter().next().map(|(_, _, guide)| guide)
}

/// A journal of deployments: it shows how, without being a guide.
pub(super) fn journal(notes: &[Note<'_>]) -> Option<Guide> {
    let found = notes.iter().find(|note| {
        let name = note.entry.name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        DEPLOY.is_match(&fold_plain(&stem.replace(['-', '_'], " ")))
    })?;
    Some(Guide {
        path: found.entry.path.to_string(),
        heading: None,
    })
}

/// A heading with its own markup but without the marks of a heading.
fn as_written(text: &str, line: u32, plain: &str) -> String {
    let written = text
        .lines()
        .nth(line.saturating_sub(1) as usize)
        .unwrap_or_default();
    let stripped = written.trim().trim_matches(['#', '*', '=']).trim();
    let stripped = if written.trim_start().starts_with('#') {
        written.trim().trim_matches('#').trim()
    } else {
        stripped
    };
    if stripped.is_empty() || stripped.contains('<') {
        plain.trim().to_owned()
    } else {
        stripped.to_owned()
    }
}
