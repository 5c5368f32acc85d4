// SPDX-License-Identifier: EUPL-1.2
//! Collects blocks while a parser walks a document; bounded, whatever the parser meets.

use std::sync::LazyLock;

use regex::Regex;

use super::{Block, BlockKind, Link};

/// Links kept of one document; further ones are text.
const MAX_LINKS: usize = 20_000;

/// Bytes of a target; a longer one is no address.
const MAX_TARGET: usize = 4_096;

static BARE_URL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:https?://|mailto:)[^\s<>"'`|\\^{}\[\]]+"#)
        .expect("invariant: the pattern is valid")
});

/// Blocks so far and the one that is open.
#[derive(Debug, Default)]
pub(super) struct Builder {
    blocks: Vec<Block>,
    current: Option<Block>,
    link: Option<usize>,
    image: Option<usize>,
    links: usize,
    strong: usize,
    has_plain: bool,
}

impl Builder {
    /// Ends the open block and opens another.
    pub(super) fn start(&mut self, kind: BlockKind, line: u32) {
        self.end();
        self.current = Some(Block {
            line,
            kind,
            text: String::new(),
            language: String::new(),
            is_strong: false,
            codes: Vec::new(),
            links: Vec::new(),
        });
    }

    /// Opens a code block in a language.
    pub(super) fn start_code(&mut self, language: &str, line: u32) {
        self.start(BlockKind::Code, line);
        if let Some(block) = &mut self.current {
            block.language = language
                .split([' ', ',', '{', '}', '(', ')', '\t'])
                .find(|word| !word.is_empty())
                .unwrap_or_default()
                .to_ascii_lowercase();
        }
    }

    /// What the open block is.
    pub(super) fn kind(&self) -> Option<BlockKind> {
        self.current.as_ref().map(|block| block.kind)
    }

    /// True while the open block has some text.
    pub(super) fn has_text(&self) -> bool {
        self.current
            .as_ref()
            .is_some_and(|block| !block.text.trim().is_empty())
    }

    /// Opens a paragraph when nothing is open.
    pub(super) fn ensure(&mut self, line: u32) {
        if self.current.is_none() {
            self.start(BlockKind::Paragraph, line);
        }
    }

    /// Adds text to the open block, to its open link, or to its open image as alternative text.
    pub(super) fn text(&mut self, text: &str) {
        let Some(block) = &mut self.current else {
            return;
        };
        for index in self.link.iter().chain(&self.image) {
            block.links[*index].text.push_str(text);
        }
        if self.image.is_none() {
            block.text.push_str(text);
            let is_ink = |c: char| !c.is_whitespace() && c != ':';
            self.has_plain |= self.strong == 0 && text.contains(is_ink);
        }
    }

    /// Adds inline code.
    pub(super) fn code(&mut self, code: &str) {
        self.text(code);
        if let Some(block) = &mut self.current {
            block.codes.push(code.to_owned());
        }
    }

    /// Adds a space where a line ends, unless there is one.
    pub(super) fn space(&mut self) {
        let ends_open = |block: &Block| block.text.is_empty() || block.text.ends_with(' ');
        if !self.current.as_ref().is_none_or(ends_open) {
            self.text(" ");
        }
    }

    /// Adds text and the bare addresses in it, which most forges show as links.
    pub(super) fn text_with_addresses(&mut self, text: &str, line: u32) {
        self.text(text);
        if self.link.is_some() || self.image.is_some() {
            return;
        }
        for found in BARE_URL.find_iter(text) {
            let line = line + newlines(&text[..found.start()]);
            let url = trim_address(found.as_str());
            self.add(line, url, url, false);
        }
    }

    /// Opens a link; an open one ends.
    pub(super) fn open_link(&mut self, line: u32, target: &str) {
        self.ensure(line);
        self.link = self.add(line, target, "", false);
    }

    /// Ends the open link.
    pub(super) fn close_link(&mut self) {
        self.link = None;
    }

    /// Opens an image, unless inside another.
    pub(super) fn open_image(&mut self, line: u32, target: &str) {
        self.ensure(line);
        if self.image.is_some() {
            return;
        }
        let link = self.link;
        self.image = self.add(line, target, "", true);
        if let (Some(block), Some(index)) = (&mut self.current, link) {
            block.links[index].has_image = true;
        }
    }

    /// Ends the open image.
    pub(super) fn close_image(&mut self) {
        self.image = None;
    }

    /// Adds a whole image.
    pub(super) fn image(&mut self, line: u32, target: &str, alt: &str) {
        self.open_image(line, target);
        if self.image.is_some() {
            self.text(alt);
        }
        self.close_image();
    }

    /// Adds a whole link with its text.
    pub(super) fn link(&mut self, line: u32, target: &str, text: &str) {
        self.open_link(line, target);
        self.text(text);
        self.close_link();
    }

    /// Begins or ends bold text.
    pub(super) fn strong(&mut self, begins: bool) {
        self.strong = if begins {
            self.strong + 1
        } else {
            self.strong.saturating_sub(1)
        };
    }

    /// Ends the open block; one without text and links is dropped.
    pub(super) fn end(&mut self) {
        self.link = None;
        self.image = None;
        let has_plain = std::mem::take(&mut self.has_plain);
        let Some(mut block) = self.current.take() else {
            return;
        };
        if block.kind == BlockKind::Code {
            block.text.truncate(block.text.trim_end().len());
        } else {
            block.text.truncate(block.text.trim_end().len());
            block
                .text
                .drain(..block.text.len() - block.text.trim_start().len());
            block.is_strong = !has_plain && !block.text.is_empty();
        }
        if !block.text.is_empty() || !block.links.is_empty() {
            self.blocks.push(block);
        }
    }

    /// The blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end();
        self.blocks
    }

    fn add(&mut self, line: u32, target: &str, text: &str, is_image: bool) -> Option<usize> {
        let block = self.current.as_mut()?;
        if self.links >= MAX_LINKS || target.len() > MAX_TARGET {
            return None;
        }
        self.links += 1;
        block.links.push(Link {
            line,
            target: target.trim().to_owned(),
            text: text.to_owned(),
            is_image,
            has_image: false,
        });
        Some(block.links.len() - 1)
    }
}

/// Line feeds in `text`.
pub(super) fn newlines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// A bare address without the punctuation of the sentence around it.
fn trim_address(url: &str) -> &str {
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '»', '’', '…']);
    if url.contains('(') {
        return url;
    }
    url.trim_end_matches([')', '.', ',', ';'])
}
