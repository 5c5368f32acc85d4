// SPDX-License-Identifier: EUPL-1.2
//! Documents of the project that may speak of deployment, and what they say of hosts: statements, not suggestions.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::facts::pattern::folded;
use crate::facts::prose::{BlockKind, Format, Prose};
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot, Text};

/// Documents that are read at most.
const MOST_DOCUMENTS: usize = 80;

/// A document with its structure.
pub(super) struct Note<'s> {
    pub(super) entry: &'s Entry,
    pub(super) text: Arc<Text>,
    pub(super) prose: Prose,
}

/// A sentence that says where something is hosted or deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) path: String,
    pub(super) line: u32,
    /// The sentence, folded: lower case, without accents.
    pub(super) folded: String,
    pub(super) text: String,
}

static SAYS: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"deploy|deploi|heberg|hosted|hosting|hoste|mise en (?:production|ligne)|mis en (?:production|ligne)|configured via|se fait sur|tourne sur|runs on",
    )
});

static SUGGESTS: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:check|e\.g\.?|for example|for instance|par exemple|p\. ?ex\.?|such as|tels? que|telles? que|could|might|pourrai|ou bien|etc|examples?|exemples?|can be|may be|you can|you may|vous pouvez|on peut|peut etre|peuvent etre|possible)\b|\.\.\.|…",
    )
});

/// Reads the documents that may speak of deployment, README files first.
pub(super) fn read(snapshot: &Snapshot) -> Vec<Note<'_>> {
    let mut entries: Vec<&Entry> = snapshot
        .files()
        .filter(|entry| is_document(entry))
        .collect();
    entries.sort_by_key(|entry| {
        (
            entry.path.matches('/').count(),
            !is_readme(entry),
            entry.path.clone(),
        )
    });
    entries.truncate(MOST_DOCUMENTS);
    let documents = entries.into_iter().filter_map(|entry| {
        let text = snapshot.text(entry).ok()?;
        let prose = Prose::parse(Format::of_path(&entry.path), &text.text);
        Some(Note { entry, text, prose })
    });
    documents.collect()
}

pub(super) fn is_readme(entry: &Entry) -> bool {
    entry.name().to_ascii_lowercase().starts_with("readme")
}

pub(super) fn is_document(entry: &Entry) -> bool {
    let name = entry.name().to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    let is_text = matches!(
        entry.extension().as_str(),
        "md" | "org" | "rst" | "adoc" | "markdown" | "mdx"
    ) || (entry.extension() == "txt" && entry.is_at_root());
    let is_other = [
        "changelog",
        "history",
        "license",
        "licence",
        "copying",
        "code_of_conduct",
        "authors",
        "requirements",
        "robots",
        "humans",
    ]
    .iter()
    .any(|start| stem.starts_with(start));
    let top = entry
        .path
        .split('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let in_docs = matches!(
        top.as_str(),
        "docs"
            | "doc"
            | "documentation"
            | ".github"
            | "deploy"
            | "deployment"
            | "ops"
            | "infra"
            | "wiki"
            | "guides"
    );
    let is_issue = entry.path.to_ascii_lowercase().contains("template");
    // a legal notice names who hosts, not how
    let is_notice = super::provider::is_notice(entry);
    is_text
        && !is_other
        && !is_issue
        && !is_notice
        && (entry.is_at_root() || in_docs || is_readme(entry))
}

/// The sentences of all documents that say where something runs.
pub(super) fn statements(notes: &[Note<'_>]) -> Vec<Statement> {
    let mut found = Vec::new();
    for note in notes {
        for section in note.prose.sections() {
            let blocks = section.heading.into_iter().chain(section.body);
            let is_about_a_branch = section.body.iter().any(|block| {
                block
                    .links
                    .iter()
                    .any(|link| link.target.contains("/tree/"))
                    && fold_plain(&block.text).contains("branch")
            });
            if is_about_a_branch {
                continue;
            }
            for block in blocks.filter(|block| block.kind != BlockKind::Code) {
                let lines = block.text.lines();
                for sentence in lines.flat_map(|line| line.split(". ")) {
                    let folded = fold_plain(sentence);
                    if SAYS.is_match(&folded) && !SUGGESTS.is_match(&folded) {
                        found.push(Statement {
                            path: note.entry.path.to_string(),
                            line: block.line,
                            folded,
                            text: sentence.trim().to_owned(),
                        });
                    }
                }
            }
        }
    }
    found
}
