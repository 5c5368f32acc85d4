// SPDX-License-Identifier: EUPL-1.2
//! The README as passages: its blocks with folded text and the headings above them.

use std::sync::LazyLock;

use regex::Regex;

/// Texts of this theme are folded first.
pub(super) use crate::facts::pattern::folded as pattern;
use crate::facts::prose::{Block, BlockKind, Prose};
use crate::model::evidence::Evidence;

static EMAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\w.+~/-]+@([\w-]+(?:\.[\w-]+)+)"));

/// A README that was read.
pub(super) struct Page<'r> {
    /// Where it is.
    pub(super) path: &'r str,
    /// The raw text.
    pub(super) text: &'r str,
    /// True when the file on disk differs from the audited commit.
    pub(super) is_uncommitted: bool,
    /// Its blocks.
    pub(super) passages: Vec<Passage<'r>>,
}

/// A block and where it stands.
pub(super) struct Passage<'r> {
    /// The block.
    pub(super) block: &'r Block,
    /// Its text in lower case without accents, one character for each of the text, so that places agree.
    pub(super) folded: String,
    /// True for a heading, and for a short paragraph in bold that serves as one.
    pub(super) is_heading: bool,
    /// Level of a heading; 7 for bold paragraphs.
    level: u8,
    /// Indexes of the headings above, outermost first.
    pub(super) under: Vec<usize>,
}

/// Depth of headings: six levels and bold paragraphs.
const DEPTH: usize = 7;

/// Longest bold paragraph that serves as a heading, in characters.
const BOLD_HEADING: usize = 70;

impl<'r> Page<'r> {
    pub(super) fn new(path: &'r str, text: &'r str, prose: &'r Prose) -> Self {
        let mut open: Vec<(u8, usize)> = Vec::new();
        let mut passages: Vec<Passage<'r>> = Vec::with_capacity(prose.blocks.len());
        for (index, block) in prose.blocks.iter().enumerate() {
            let level = heading_level(block);
            if let Some(level) = level {
                open.retain(|(above, _)| *above < level);
            }
            passages.push(Passage {
                block,
                folded: fold(&block.text),
                is_heading: level.is_some(),
                level: level.unwrap_or(0),
                under: open.iter().map(|(_, index)| *index).collect(),
            });
            if let Some(level) = level
                && open.len() < DEPTH
            {
                open.push((level, index));
            }
        }
        Self {
            path,
            text,
            is_uncommitted: false,
            passages,
        }
    }

    /// Headings whose text matches, with their index.
    pub(super) fn headings<'p>(
        &'p self,
        pattern: &'p Regex,
    ) -> impl Iterator<Item = (usize, &'p Passage<'r>)> {
        let matches = |(_, passage): &(usize, &Passage<'_>)| {
            passage.is_heading && pattern.is_match(&passage.folded)
        };
        self.passages.iter().enumerate().filter(matches)
    }

    /// What stands under the heading at `index`, in its sub-sections too.
    pub(super) fn below(&self, index: usize) -> impl Iterator<Item = &Passage<'r>> {
        let rest = self.passages.get(index + 1..).unwrap_or_default();
        rest.iter()
            .take_while(move |passage| passage.under.contains(&index))
    }

    /// True when some heading above the passage matches.
    pub(super) fn is_under(&self, passage: &Passage<'_>, pattern: &Regex) -> bool {
        passage
            .under
            .iter()
            .any(|index| pattern.is_match(&self.passages[*index].folded))
    }

    /// True when the passage is a heading that matches or stands under one.
    pub(super) fn is_about(&self, passage: &Passage<'_>, pattern: &Regex) -> bool {
        passage.is_heading && pattern.is_match(&passage.folded) || self.is_under(passage, pattern)
    }

    /// Text for people: everything but code.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &Passage<'r>> {
        self.passages
            .iter()
            .filter(|passage| passage.block.kind != BlockKind::Code)
    }

    /// Index of the first heading that matches, or the number of passages.
    pub(super) fn first_heading(&self, pattern: &Regex) -> usize {
        let found = self.headings(pattern).next();
        found.map_or(self.passages.len(), |(index, _)| index)
    }

    /// Evidence at a passage, without excerpt.
    pub(super) fn at(&self, line: u32) -> Evidence {
        let mut evidence = Evidence::line(self.path, line);
        evidence.uncommitted = self.is_uncommitted;
        evidence
    }

    /// Evidence that is a heading, with its text.
    pub(super) fn heading(&self, passage: &Passage<'_>) -> Evidence {
        self.at(passage.block.line)
            .with_excerpt(&masked(&passage.block.text))
    }

    /// Evidence that is what a pattern found in a passage.
    pub(super) fn found(&self, passage: &Passage<'_>, found: regex::Match<'_>) -> Evidence {
        self.at(passage.block.line)
            .with_excerpt(&masked(&original(passage, found)))
    }

    /// The first place where a pattern is found in a passage for people that is not a heading.
    pub(super) fn first_match(&self, pattern: &Regex) -> Option<Evidence> {
        self.sentences()
            .filter(|passage| !passage.is_heading)
            .find_map(|passage| {
                let found = pattern.find(&passage.folded)?;
                Some(self.found(passage, found))
            })
    }
}

impl Passage<'_> {
    /// True for a paragraph, an item or a quotation.
    pub(super) fn is_prose(&self) -> bool {
        let kind = self.block.kind;
        let is_kind = matches!(
            kind,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote
        );
        is_kind && !self.is_heading
    }

    /// True for a heading of level 1.
    pub(super) fn is_title(&self) -> bool {
        self.level == 1
    }
}

fn heading_level(block: &Block) -> Option<u8> {
    let is_short = block.text.chars().count() <= BOLD_HEADING;
    match block.kind {
        BlockKind::Heading(level) => Some(level),
        BlockKind::Paragraph if block.is_strong && is_short && block.links.is_empty() => Some(7),
        _ => None,
    }
}

/// The text as written where a pattern matched the folded text.
fn original(passage: &Passage<'_>, found: regex::Match<'_>) -> String {
    let skipped = passage.folded[..found.start()].chars().count();
    let length = found.as_str().chars().count();
    passage
        .block
        .text
        .chars()
        .skip(skipped)
        .take(length)
        .collect()
}

/// A text without the local part of addresses.
pub(super) fn masked(text: &str) -> String {
    EMAIL.replace_all(text, "…@$1").into_owned()
}

/// Lower case without accents, typographic apostrophes, dashes and spaces made plain, character by character.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    match c.to_lowercase().next().unwrap_or(c) {
        'à' | 'â' | 'ä' | 'á' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' | 'ì' => 'i',
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'œ' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '’' | '‘' | 'ʼ' | '´' | '`' => '\'',
        '\u{2010}'..='\u{2015}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
