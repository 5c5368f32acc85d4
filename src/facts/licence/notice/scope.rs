// SPDX-License-Identifier: EUPL-1.2
//! What part of a repository a clause speaks of.

use std::sync::LazyLock;

use regex::Regex;

use super::super::prose::Sentence;
use super::Scope;
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

/// The part that `clause` speaks of.
pub(super) fn scope_of(clause: &str, sentence: &Sentence) -> Scope {
    static WORDS: LazyLock<[(Scope, Regex); 4]> = LazyLock::new(|| {
        [
            (
                Scope::Code,
                pattern(
                    r"\b(?:codes?|sources?|logiciels?|software|scripts?|programmes?|programs?|requetes|queries|backend|frontend)\b",
                ),
            ),
            (
                Scope::Docs,
                pattern(r"\b(?:documentations?|docs?|readmes?|manuels?|manual|wiki)\b"),
            ),
            (
                Scope::Content,
                pattern(
                    r"\b(?:contenus?|contents?|textes?|texts?|articles?|guides?|redactionnel\w*|editorial|pages|supports|medias?|graphiques?|graphics)\b",
                ),
            ),
            (
                Scope::Data,
                pattern(
                    r"\b(?:donnees|data|datasets?|jeux? de donnees|base de donnees|database)\b",
                ),
            ),
        ]
    });
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\bconten(?:u|us|t|ts)\b(?:\s+\w+){0,3}?\s+(?:depot|repository|repo|projet|project)\b|\ball (?:the )?(?:content|files)|\bl'ensemble\b|\bopen[\s-]sourced?\b|\bcreated? software\b",
        )
    });
    let text = WHOLE.replace_all(clause, " ");
    let mut hits: Vec<(usize, usize, Scope)> = WORDS
        .iter()
        .filter_map(|(scope, words)| {
            words
                .find(&text)
                .map(|found| (found.start(), found.end(), *scope))
        })
        .collect();
    hits.sort_unstable();
    let joined = |a: &(usize, usize, Scope), b: &(usize, usize, Scope)| {
        let between = text.get(a.1..b.0).unwrap_or_default();
        between.split_whitespace().count() <= 3
            && between
                .split_whitespace()
                .any(|word| word == "and" || word == "et" || word == "&")
    };
    match hits.as_slice() {
        [] => heading_scope(clause, sentence),
        [first, second, ..] if joined(first, second) => Scope::All,
        [first, ..] => first.2,
    }
}

/// « ### Code » under « ## Licence ».
fn heading_scope(clause: &str, sentence: &Sentence) -> Scope {
    let Some(last) = sentence.headings.last().filter(|_| {
        sentence.headings.len() > 1 && !clause.is_empty() || sentence.headings.len() > 2
    }) else {
        return Scope::All;
    };
    match fold_plain(last).trim() {
        "code" | "code source" | "source code" | "codes sources" | "logiciel" | "software" => {
            Scope::Code
        }
        "documentation" | "docs" => Scope::Docs,
        "contenu" | "contenus" | "content" | "textes" => Scope::Content,
        "donnees" | "data" => Scope::Data,
        _ => Scope::All,
    }
}
