// SPDX-License-Identifier: EUPL-1.2
//! The code of conduct: whom to tell, and what was left to fill in.

use std::sync::LazyLock;

use regex::Regex;

use super::guide::{Guides, masked};
use super::section::parts;
use super::{Document, Scene, community};
use crate::facts::pattern::folded as regex;
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::outcome::Reason;
use crate::model::text::fold_plain;

/// Codes that are read: one for each language.
const READ: usize = 6;

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)\[\s*(?:insert|inserer|inserez|votre|your|adresse|e-?mail|contact|a\s+completer|todo|x+)[^\[\]\n]{0,60}\]|<(?:insert|your|votre|e-?mail|contact|adresse)[^<>\n]{0,40}>|\{\{[^{}\n]{0,60}\}\}
        |\b(?:insert\s+(?:contact\s+method|e-?mail(?:\s+address)?)|your[-_.]?e?mail@\S+|x{3,}@\S*|\S+@(?:example|exemple|domain|domaine)\.\w+)",
    )
});
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)[\w.+-]+(?:@|\s?[\[(](?:at|arobase)[\])]\s?)(?:[\w-]+\.)+[a-z]{2,}")
});
/// Sentences that say whom to tell.
static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:contact\w*|report\w*|signal\w+|ecri(?:re|vez)|alert\w*|joindre|reach\w*|notif\w+|inform\w+|adress\w+|saisi\w*|prevenir|envo\w+|e-?mail)\b",
    )
});
static ISSUES: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)/issues(?:/new)?\b|/discussions\b"));
/// Pages about the text of the code itself.
static ORIGIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)contributor-?covenant|mozilla|citizencodeofconduct|creativecommons|geekfeminism|rust-lang|djangoproject|opensource\.guide|wikipedia|web\.archive|python\.org/psf|github\.com/[\w-]+/?$|tools\.ietf|spdx",
    )
});
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:code\s+of\s+conduct|codes?\s+de\s+(?:bonne\s+)?conduite|charte\s+de\s+(?:bonne\s+)?conduite|regles\s+de\s+(?:bonne\s+)?conduite)\b",
    )
});

pub(super) fn extract(scene: &Scene<'_>, guides: &Guides, facts: &mut FactSet) {
    let mut documents = Vec::new();
    let mut unread: Option<Reason> = None;
    for entry in community::all(scene.snapshot, "documentation.code_of_conduct")
        .into_iter()
        .take(READ)
    {
        match scene.snapshot.text(entry) {
            Ok(text) => documents.push(super::parse(entry, text)),
            Err(error) => unread = Some(error.reason(&entry.path)),
        }
    }
    let contact = documents.iter().find_map(contact);
    let left = documents.iter().find_map(placeholder);
    set(
        facts,
        &documents,
        unread.as_ref(),
        contact,
        "documentation.code_of_conduct_contact",
    );
    set(
        facts,
        &documents,
        unread.as_ref(),
        left,
        "documentation.code_of_conduct_placeholder",
    );
    let section = scene
        .readme
        .iter()
        .chain(&guides.documents)
        .find_map(|document| {
            parts(&document.prose)
                .find(|part| TITLE.is_match(&part.title()) && part.is_filled())
                .map(|part| part.place(document))
        });
    let evidence = section.iter().map(|place| place.evidence.clone()).collect();
    let value = section.map(|place| place.value);
    scene.record_with_readme(
        facts,
        "documentation.code_of_conduct_section",
        value,
        evidence,
    );
}

/// Records what was found, where it was read, or why it was not.
fn set(
    facts: &mut FactSet,
    documents: &[Document],
    unread: Option<&Reason>,
    found: Option<(String, Evidence)>,
    key: &'static str,
) {
    match (found, unread) {
        (Some((value, evidence)), _) => facts.set(key, value, vec![evidence]),
        (None, Some(reason)) => facts.set_unknown(key, reason.clone()),
        (None, None) => {
            let read = documents
                .iter()
                .map(|document| Evidence::path(&document.path));
            facts.set(key, None::<String>, read.collect());
        }
    }
}

/// How to report, with its place. The local part of addresses stays here.
fn contact(document: &Document) -> Option<(String, Evidence)> {
    let at = |line: u32, excerpt: &str| Evidence::line(&document.path, line).with_excerpt(excerpt);
    for block in &document.prose.blocks {
        let text = PLACEHOLDER.replace_all(&block.text, " ");
        let mut links = block.links.iter().map(|link| link.target.as_str());
        let is_written = |target: &str| {
            target.starts_with("mailto:") && !PLACEHOLDER.is_match(target) && target.contains('@')
        };
        if EMAIL.is_match(&text) || links.any(is_written) {
            return Some(("email".to_owned(), at(block.line, &masked(&text))));
        }
        let folded = fold_plain(&text);
        if !REPORT.is_match(&folded) {
            continue;
        }
        for link in block.links.iter().filter(|link| !link.is_image) {
            let target = link.target.as_str();
            if ISSUES.is_match(target) {
                return Some(("issues".to_owned(), at(link.line, target)));
            }
            if target.starts_with("http") && !ORIGIN.is_match(target) {
                return Some(("page".to_owned(), at(link.line, target)));
            }
        }
    }
    None
}

fn placeholder(document: &Document) -> Option<(String, Evidence)> {
    document.prose.blocks.iter().find_map(|block| {
        let found = PLACEHOLDER.find(&block.text)?;
        let is_link = block.links.iter().any(|link| {
            !link.target.contains(['@', '[', ']'])
                && found.as_str().contains(link.text.as_str())
                && !link.text.is_empty()
        });
        let text = masked(found.as_str());
        let evidence = Evidence::line(&document.path, block.line).with_excerpt(&text);
        (!is_link).then_some((text, evidence))
    })
}
