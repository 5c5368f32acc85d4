// SPDX-License-Identifier: EUPL-1.2
//! The few HTML elements that people write in documents: headings, links, images, lists, tables, preformatted text.

use super::BlockKind;
use super::builder::{Builder, newlines};

/// Bytes of one tag; a longer one is text.
const MAX_TAG: usize = 4_096;

/// What is open across pieces of HTML.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// Level of an HTML heading that is not closed yet.
    pub(super) heading: Option<u8>,
    /// Element whose content is not shown.
    hidden: Option<&'static str>,
}

enum Token<'t> {
    Open { name: String, rest: &'t str },
    Close(String),
    Text(&'t str),
}

impl Html {
    /// Reads a piece of HTML that begins at `line`.
    pub(super) fn feed(&mut self, builder: &mut Builder, html: &str, line: u32) {
        let mut line = line;
        let mut rest = html;
        while let Some((token, length)) = next_token(rest) {
            self.token(builder, &token, line);
            line += newlines(&rest[..length]);
            rest = &rest[length..];
        }
    }

    fn token(&mut self, builder: &mut Builder, token: &Token<'_>, line: u32) {
        match token {
            Token::Close(name) if self.hidden == Some(name.as_str()) => self.hidden = None,
            _ if self.hidden.is_some() => {}
            Token::Text(text) => self.text(builder, text, line),
            Token::Open { name, rest } => self.open(builder, name, rest, line),
            Token::Close(name) => self.close(builder, name),
        }
    }

    fn text(&self, builder: &mut Builder, text: &str, line: u32) {
        let text = decode_entities(text);
        if builder.kind() == Some(BlockKind::Code) {
            builder.text(&text);
            return;
        }
        if text.trim().is_empty() {
            builder.space();
            return;
        }
        if builder.kind().is_none() {
            let start = line + newlines(&text[..text.len() - text.trim_start().len()]);
            let kind = self
                .heading
                .map_or(BlockKind::Paragraph, BlockKind::Heading);
            builder.start(kind, start);
        }
        if text.starts_with(char::is_whitespace) {
            builder.space();
        }
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        builder.text_with_addresses(&folded, line);
        if text.ends_with(char::is_whitespace) {
            builder.space();
        }
    }

    fn open(&mut self, builder: &mut Builder, name: &str, rest: &str, line: u32) {
        match name {
            "script" => self.hidden = Some("script"),
            "style" => self.hidden = Some("style"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.heading = Some(level);
                builder.start(BlockKind::Heading(level), line);
            }
            "a" => {
                if let Some(target) = attribute(rest, "href") {
                    self.ensure(builder, line);
                    builder.open_link(line, &target);
                }
            }
            "img" => {
                if let Some(source) = attribute(rest, "src") {
                    self.ensure(builder, line);
                    builder.image(line, &source, &attribute(rest, "alt").unwrap_or_default());
                }
            }
            "b" | "strong" => builder.strong(true),
            "br" => builder.space(),
            "td" | "th" if builder.has_text() => builder.text(" | "),
            _ if self.heading.is_some() => {}
            "li" => builder.start(BlockKind::Item, line),
            "tr" => builder.start(BlockKind::Row, line),
            "blockquote" => builder.start(BlockKind::Quote, line),
            "pre" => builder.start_code("", line),
            _ if is_block(name) => builder.end(),
            _ => {}
        }
    }

    fn close(&mut self, builder: &mut Builder, name: &str) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = None;
                builder.end();
            }
            "a" => builder.close_link(),
            "b" | "strong" => builder.strong(false),
            _ if self.heading.is_some() => {}
            "li" | "tr" | "blockquote" | "pre" => builder.end(),
            _ if is_block(name) => builder.end(),
            _ => {}
        }
    }

    fn ensure(&self, builder: &mut Builder, line: u32) {
        if builder.kind().is_none() {
            let kind = self
                .heading
                .map_or(BlockKind::Paragraph, BlockKind::Heading);
            builder.start(kind, line);
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "center"
            | "table"
            | "thead"
            | "tbody"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "details"
            | "summary"
            | "hr"
            | "figure"
    )
}

/// The next token and its length in bytes; comments are text without content.
fn next_token(html: &str) -> Option<(Token<'_>, usize)> {
    if html.is_empty() {
        return None;
    }
    if let Some(rest) = html.strip_prefix("<!--") {
        let length = rest.find("-->").map_or(html.len(), |end| end + 7);
        return Some((Token::Text(""), length));
    }
    if html.starts_with('<')
        && let Some(end) = tag_end(html)
    {
        return Some((tag(&html[1..end]), end + 1));
    }
    let skip = html.chars().next().map_or(1, char::len_utf8);
    let end = html[skip..].find('<').map_or(html.len(), |at| at + skip);
    Some((Token::Text(&html[..end]), end))
}

/// Where the tag that begins at 0 ends, quotes respected.
fn tag_end(html: &str) -> Option<usize> {
    let starts = html.as_bytes().get(1)?;
    if !(starts.is_ascii_alphabetic() || matches!(starts, b'/' | b'!' | b'?')) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().take(MAX_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'<') if at > 0 => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn tag(inner: &str) -> Token<'_> {
    let name = |text: &str| {
        text.chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    if let Some(closing) = inner.strip_prefix('/') {
        return Token::Close(name(closing));
    }
    let name = name(inner);
    let rest = &inner[name.len()..];
    Token::Open { name, rest }
}

/// The value of an attribute, entities decoded.
fn attribute(rest: &str, wanted: &str) -> Option<String> {
    let mut rest = rest;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = if end == 0 { &rest[1..] } else { after };
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &value[1..];
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decode_entities(value));
        }
        rest = after;
    }
}

const ENTITIES: [(&str, &str); 14] = [
    ("&nbsp;", "\u{a0}"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&rsquo;", "’"),
    ("&eacute;", "é"),
    ("&Eacute;", "É"),
    ("&egrave;", "è"),
    ("&ecirc;", "ê"),
    ("&agrave;", "à"),
    ("&ccedil;", "ç"),
    ("&amp;", "&"),
];

/// Decodes the entities that documents use.
fn decode_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let replace = |text: String, (entity, plain): &(&str, &str)| text.replace(entity, plain);
    ENTITIES.iter().fold(text.to_owned(), replace)
}
