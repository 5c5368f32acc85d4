// SPDX-License-Identifier: EUPL-1.2
//! Documents for people (Markdown, Org, reStructuredText, AsciiDoc, plain text) as one list of blocks with lines.

mod anchors;
mod asciidoc;
mod builder;
mod fences;
mod html;
mod lines;
mod markdown;
mod org;
mod plain;
mod rst;

pub use anchors::Anchors;

/// The markup of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `CommonMark` with tables, HTML headings understood.
    Markdown,
    /// Emacs Org mode.
    Org,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    AsciiDoc,
    /// Anything else: paragraphs separated by blank lines.
    Text,
}

/// A document as blocks in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// Its markup.
    pub format: Format,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// First line of the block, from 1.
    pub line: u32,
    /// What it is.
    pub kind: BlockKind,
    /// Its text without markup and without alternative texts of images; code as it stands.
    pub text: String,
    /// Language of a code block as written, in lower case; empty when there is none.
    pub language: String,
    /// True when all its text is bold: some write headings so.
    pub is_strong: bool,
    /// Inline code inside, in order; also part of the text.
    pub codes: Vec<String>,
    /// Links and images inside, in order.
    pub links: Vec<Link>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, level 1 to 6 (an HTML `<h2>` counts).
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A block of code or commands.
    Code,
    /// A row of a table.
    Row,
    /// A quotation.
    Quote,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Line, from 1.
    pub line: u32,
    /// Target as written.
    pub target: String,
    /// Text of the link, or alternative text of the image.
    pub text: String,
    /// True for an image.
    pub is_image: bool,
    /// True for a link around an image, such as a badge.
    pub has_image: bool,
}

/// A heading with what follows until the next heading of any level.
#[derive(Debug, Clone, Copy)]
pub struct Section<'p> {
    /// The heading; `None` for what stands before the first one.
    pub heading: Option<&'p Block>,
    /// The blocks below it.
    pub body: &'p [Block],
}

impl Format {
    /// The format by extension; files without extension are plain text.
    pub fn of_path(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("md" | "markdown" | "mkd" | "mdown" | "mdx") => Self::Markdown,
            Some("org") => Self::Org,
            Some("rst") => Self::Rst,
            Some("adoc" | "asciidoc" | "asc") => Self::AsciiDoc,
            _ => Self::Text,
        }
    }

    /// The format's name in facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Org => "org",
            Self::Rst => "rst",
            Self::AsciiDoc => "asciidoc",
            Self::Text => "text",
        }
    }
}

impl Prose {
    /// Parses a document. Never fails: what is not understood is a paragraph.
    pub fn parse(format: Format, text: &str) -> Self {
        let blocks = match format {
            Format::Markdown => markdown::parse(text),
            Format::Org => org::parse(text),
            Format::Rst => rst::parse(text),
            Format::AsciiDoc => asciidoc::parse(text),
            Format::Text => plain::parse(text),
        };
        Self { format, blocks }
    }

    /// Headings with what follows each, in order; what stands before the first heading comes first.
    pub fn sections(&self) -> Vec<Section<'_>> {
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        let mut sections = Vec::new();
        let mut rest = self.blocks.as_slice();
        let mut heading = None;
        loop {
            let end = rest.iter().position(is_heading).unwrap_or(rest.len());
            if heading.is_some() || end > 0 {
                sections.push(Section {
                    heading,
                    body: &rest[..end],
                });
            }
            let Some(next) = rest.get(end) else {
                return sections;
            };
            heading = Some(next);
            rest = &rest[end + 1..];
        }
    }

    /// Every link and image, in order.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.blocks.iter().flat_map(|block| &block.links)
    }
}

#[cfg(test)]
mod tests;
