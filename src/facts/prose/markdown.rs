// SPDX-License-Identifier: EUPL-1.2
//! Markdown: `CommonMark` with tables, and the HTML that people mix in.

use pulldown_cmark::{
    CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::builder::Builder;
use super::html::Html;
use super::{Block, BlockKind, fences};

/// The blocks of a Markdown document.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let (body, skipped) = without_front_matter(text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let (mended, added) = fences::mend(body, options);
    let mut walk = Walk {
        lines: Lines::new(&mended, added, skipped),
        builder: Builder::default(),
        html: Html::default(),
        containers: Vec::new(),
        in_html: false,
    };
    let events = Parser::new_ext(&mended, options).into_offset_iter();
    for (event, range) in TextMergeWithOffset::new(events) {
        let line = walk.lines.of(range.start);
        match event {
            Event::Start(Tag::HtmlBlock) => {
                walk.builder.end();
                walk.html.feed(&mut walk.builder, &mended[range], line);
                if walk.html.heading.is_none() {
                    walk.builder.end();
                }
                walk.in_html = true;
            }
            Event::End(TagEnd::HtmlBlock) => walk.in_html = false,
            _ if walk.in_html => {}
            Event::Start(tag) => walk.start(tag, line),
            Event::End(tag) => walk.end(tag),
            event => walk.inline(&event, line),
        }
    }
    walk.builder.finish()
}

struct Walk {
    lines: Lines,
    builder: Builder,
    html: Html,
    containers: Vec<BlockKind>,
    in_html: bool,
}

impl Walk {
    fn start(&mut self, tag: Tag<'_>, line: u32) {
        match tag {
            Tag::Paragraph => {
                let kind = self.containers.last().copied();
                let is_open =
                    self.builder.kind() == kind && kind.is_some() && !self.builder.has_text();
                if !is_open {
                    self.begin(kind.unwrap_or(BlockKind::Paragraph), line);
                }
            }
            Tag::Heading { level, .. } => {
                self.html.heading = None;
                self.builder.start(BlockKind::Heading(level as u8), line);
            }
            Tag::BlockQuote(_) => {
                self.builder.end();
                self.containers.push(BlockKind::Quote);
            }
            Tag::CodeBlock(kind) => {
                self.html.heading = None;
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info,
                    CodeBlockKind::Indented => "",
                };
                self.builder.start_code(info, line);
            }
            Tag::List(_) => self.builder.end(),
            Tag::Item => {
                self.containers.push(BlockKind::Item);
                self.builder.start(BlockKind::Item, line);
            }
            Tag::TableHead | Tag::TableRow => self.builder.start(BlockKind::Row, line),
            Tag::TableCell if self.builder.has_text() => self.builder.text(" | "),
            Tag::Strong => self.builder.strong(true),
            Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            } => {
                self.ensure(line);
                self.builder.open_link(line, &format!("mailto:{dest_url}"));
            }
            Tag::Link { dest_url, .. } => {
                self.ensure(line);
                self.builder.open_link(line, &dest_url);
            }
            Tag::Image { dest_url, .. } => {
                self.ensure(line);
                self.builder.open_image(line, &dest_url);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if self.builder.has_text() {
                    self.html.heading = None;
                }
                self.builder.end();
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow => {
                self.builder.end();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.containers.pop();
                self.builder.end();
            }
            TagEnd::Strong => self.builder.strong(false),
            TagEnd::Link => self.builder.close_link(),
            TagEnd::Image => self.builder.close_image(),
            _ => {}
        }
    }

    fn inline(&mut self, event: &Event<'_>, line: u32) {
        match event {
            Event::Text(text) if self.builder.kind() == Some(BlockKind::Code) => {
                self.builder.text(text);
            }
            Event::Text(text) => {
                self.ensure(line);
                self.builder.text_with_addresses(text, line);
            }
            Event::Code(text) => {
                self.ensure(line);
                self.builder.code(text);
            }
            Event::SoftBreak | Event::HardBreak => self.builder.space(),
            Event::InlineHtml(html) | Event::Html(html) => {
                self.html.feed(&mut self.builder, html, line);
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind, line: u32) {
        let kind = match (kind, self.html.heading) {
            (BlockKind::Paragraph, Some(level)) => BlockKind::Heading(level),
            _ => kind,
        };
        self.builder.start(kind, line);
    }

    fn ensure(&mut self, line: u32) {
        if self.builder.kind().is_none() {
            let kind = self.containers.last().copied();
            self.begin(kind.unwrap_or(BlockKind::Paragraph), line);
        }
    }
}

/// Lines by offset, without the lines that were added and after those that were skipped.
struct Lines {
    starts: Vec<usize>,
    added: Vec<usize>,
    skipped: usize,
}

impl Lines {
    fn new(text: &str, added: Vec<usize>, skipped: usize) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self {
            starts,
            added,
            skipped,
        }
    }

    fn of(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        let added = self.added.iter().filter(|added| **added < line).count();
        u32::try_from(line - added + self.skipped + 1).unwrap_or(u32::MAX)
    }
}

/// The text below a YAML or TOML front matter, and the number of lines above it.
fn without_front_matter(text: &str) -> (&str, usize) {
    let Some(mark) = ["---", "+++"]
        .iter()
        .find(|mark| text.lines().next().map(str::trim_end) == Some(**mark))
    else {
        return (text, 0);
    };
    let mut at = 0;
    let mut has_key = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        let bare = line.trim_end();
        if number > 0 && (bare == *mark || bare == "...") {
            return if has_key {
                (&text[at..], number + 1)
            } else {
                (text, 0)
            };
        }
        let separator = if *mark == "---" { ':' } else { '=' };
        has_key |= bare.split_once(separator).is_some_and(|(key, _)| {
            !key.is_empty()
                && key
                    .trim()
                    .chars()
                    .all(|c| c.is_alphanumeric() || "-_\"' .".contains(c))
        });
    }
    (text, 0)
}
