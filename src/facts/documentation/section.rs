// SPDX-License-Identifier: EUPL-1.2
//! Sections of a document with their sub-sections, and what they hold.

use std::sync::LazyLock;

use regex::Regex;

use super::{Document, Place};
use crate::facts::pattern::folded;
use crate::facts::prose::{Block, BlockKind, Prose};
use crate::model::evidence::Evidence;
use crate::model::text::fold_plain;

/// A heading with everything below it, sub-sections included.
pub(super) struct Part<'p> {
    pub(super) heading: &'p Block,
    pub(super) body: &'p [Block],
}

/// Every heading with its part, in order.
pub(super) fn parts(prose: &Prose) -> impl Iterator<Item = Part<'_>> {
    let blocks = prose.blocks.as_slice();
    blocks.iter().enumerate().filter_map(move |(at, heading)| {
        let BlockKind::Heading(level) = heading.kind else {
            return None;
        };
        let rest = &blocks[at + 1..];
        let end = rest
            .iter()
            .position(|block| matches!(block.kind, BlockKind::Heading(other) if other <= level))
            .unwrap_or(rest.len());
        Some(Part {
            heading,
            body: &rest[..end],
        })
    })
}

impl Part<'_> {
    /// The heading without accents and case, for comparison.
    pub(super) fn title(&self) -> String {
        fold_plain(self.heading.text.trim())
    }

    /// Characters below the heading, code included, sub-headings not.
    pub(super) fn chars(&self) -> usize {
        self.content()
            .map(|block| block.text.trim().chars().count())
            .sum()
    }

    /// The blocks below the heading that are not headings.
    pub(super) fn content(&self) -> impl Iterator<Item = &Block> {
        self.body
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Heading(_)))
    }

    /// True when something stands below the heading, an image or a link alone included.
    pub(super) fn is_filled(&self) -> bool {
        self.content()
            .any(|block| !block.text.trim().is_empty() || !block.links.is_empty())
            || !self.heading.links.is_empty()
    }

    /// `path#heading` with its line.
    pub(super) fn place(&self, document: &Document) -> Place {
        let heading = self.heading.text.trim();
        Place {
            value: format!("{}#{heading}", document.path),
            evidence: Evidence::line(&document.path, self.heading.line).with_excerpt(heading),
        }
    }

    /// Blocks of commands below the heading.
    pub(super) fn commands(&self) -> usize {
        commands(self.body)
    }
}

static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"(?x)(?:^|\s|\$\s?)(?:
            (?:npm|pnpm|yarn|npx|bun|pip3?|pipenv|poetry|uv|conda|bundle|gem|composer|mix|cargo|go|make|just|brew
              |apt|apt-get|docker|docker-compose|podman|helm|kubectl|terraform|git|lein|clojure|clj|mvn|gradle|sbt
              |rake|rails|php|python3?|node|Rscript|dotnet|createdb|psql|nix-shell)\s+[-\w./@]+
            |\./[\w./-]+|(?:sudo|cd|source|export|cp|curl|wget)\s+\S+)",
    )
});

static PROMPT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\$\s*\w").expect("invariant: the pattern is valid"));

/// Blocks that hold commands: code that is no data, and commands set as code inside a sentence.
pub(super) fn commands(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .filter(|block| match block.kind {
            BlockKind::Code => {
                let text = block.text.trim_start();
                !text.is_empty() && (!text.starts_with(['{', '<', '[']) || COMMAND.is_match(text))
            }
            BlockKind::Heading(_) => false,
            BlockKind::Quote => COMMAND.is_match(&block.text),
            _ => {
                block.codes.iter().any(|code| COMMAND.is_match(code))
                    || PROMPT.is_match(&block.text)
            }
        })
        .count()
}
