// SPDX-License-Identifier: EUPL-1.2
//! A README in Markdown, Org, AsciiDoc, reStructuredText or plain text to its sentences, each under its headings.
//!
//! Only what reading a licence needs: code, quotations and comments fall away, links keep their target, images are kept
//! apart as badges.

mod markup;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::wide as pattern;

use self::markup::{IMAGE_ADDRESS, split_sentences, without_markup};

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Line on which its block begins, from 1.
    pub line: u32,
    /// Text without markup; link texts stay.
    pub text: String,
    /// Link targets in it.
    pub links: Vec<String>,
    /// Headings above it, outermost first.
    pub headings: Vec<String>,
    /// Whether it opens its block.
    pub opens_block: bool,
}

/// One image: its text and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Badge {
    /// Line, from 1.
    pub line: u32,
    /// Address of the image.
    pub address: String,
}

/// The sentences and images of a README.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Prose {
    /// In order.
    pub sentences: Vec<Sentence>,
    /// In order.
    pub badges: Vec<Badge>,
    /// Lines outside code, for headers.
    pub plain_lines: Vec<(u32, String)>,
}

static HTML_HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)<h([1-6])[^>]*>(.*?)</h[1-6]>"));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"</?[A-Za-z][^<>]*>|<!--.*?-->"));

static LINK_DEFINITION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s{0,3}\[[^\]]+\]:\s*\S+|^\.\.\s"));
static HASH_HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s{0,3}(#{1,6})\s*([^#].*?)\s*#*\s*$"));
static EQUALS_HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(={1,6})\s+(\S.*?)\s*=*$"));

static STAR_HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\*{1,6})\s+(\S.*)$"));

static UNDERLINE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^\s{0,3}(={3,}|-{3,}|~{3,}|\^{3,}|\*{4,}|"{3,})\s*$"#));
static ITEM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:[-*+•]+|\d{1,3}[.)])\s+"));

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Org,
    AsciiDoc,
}

fn format_of(text: &str) -> Format {
    let any = |test: &dyn Fn(&str) -> bool| text.lines().any(test);
    let hashes = any(&|line| HASH_HEADING.is_match(line));
    if !hashes && any(&|line| EQUALS_HEADING.is_match(line)) {
        Format::AsciiDoc
    } else if text.contains("][") && text.contains("[[") && any(&|line| STAR_HEADING.is_match(line))
        || any(&|line| line.to_ascii_lowercase().starts_with("#+title"))
    {
        Format::Org
    } else {
        Format::Markdown
    }
}

/// Reads `text` into sentences.
pub(super) fn read(text: &str) -> Prose {
    let mut reader = Reader {
        format: format_of(text),
        out: Prose::default(),
        headings: Vec::new(),
        block: String::new(),
        block_line: 1,
        fence: None,
        in_comment: false,
        previous_blank: true,
        in_list: false,
    };
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        reader.line(line, number, lines.get(at + 1).copied().unwrap_or_default());
    }
    reader.flush();
    reader.out
}

struct Reader {
    format: Format,
    out: Prose,
    headings: Vec<(usize, String)>,
    block: String,
    block_line: u32,
    fence: Option<String>,
    in_comment: bool,
    previous_blank: bool,
    in_list: bool,
}

impl Reader {
    fn line(&mut self, line: &str, number: u32, next: &str) {
        if self.skips_code(line) {
            // a comment of AsciiDoc may hold a header
            if self.fence.as_deref() == Some("////") {
                self.out.plain_lines.push((number, line.to_owned()));
            }
            return;
        }
        if self.skips_comment(line, number) {
            return;
        }
        self.out.plain_lines.push((number, line.to_owned()));
        for found in IMAGE_ADDRESS.find_iter(line) {
            self.out.badges.push(Badge {
                line: number,
                address: found.as_str().trim_end_matches(')').to_owned(),
            });
        }
        if let Some((level, title, own)) = self.heading(line, next) {
            self.flush();
            self.headings.retain(|(known, _)| *known < level);
            self.headings.push((level, without_markup(&title).0));
            self.in_list = false;
            self.previous_blank = true;
            if own {
                return;
            }
        }
        let trimmed = line.trim();
        let blank = trimmed.is_empty();
        let quoted = trimmed.starts_with('>');
        let indented = line.starts_with("    ") || line.starts_with('\t');
        if blank || UNDERLINE.is_match(line) || quoted || LINK_DEFINITION.is_match(line) {
            self.flush();
            self.previous_blank = true;
            return;
        }
        if ITEM.is_match(line) {
            self.flush();
            self.in_list = true;
        } else if indented
            && self.previous_blank
            && !self.in_list
            && self.format == Format::Markdown
        {
            return;
        } else if self.previous_blank && !indented {
            self.in_list = false;
        }
        if trimmed.starts_with('|') {
            self.flush();
        }
        if self.block.is_empty() {
            self.block_line = number;
        }
        self.block
            .push_str(ITEM.replace(line, "").trim_end_matches('\\').trim_end());
        self.block.push('\n');
        self.previous_blank = false;
        if line.ends_with('\\') || line.ends_with("  ") || line.to_ascii_lowercase().contains("<br")
        {
            self.flush();
        }
    }

    fn skips_code(&mut self, line: &str) -> bool {
        let trimmed = line.trim_start();
        if let Some(fence) = &self.fence {
            let closing = trimmed.to_ascii_lowercase();
            if closing.starts_with(fence.as_str()) {
                self.fence = None;
            }
            return true;
        }
        let lower = trimmed.to_ascii_lowercase();
        let opened = if trimmed.starts_with("```") {
            Some("```".to_owned())
        } else if trimmed.starts_with("~~~")
            && self.format == Format::Markdown
            && self.block.is_empty()
        {
            Some("~~~".to_owned())
        } else if lower.starts_with("#+begin_") {
            Some("#+end_".to_owned())
        } else if self.format == Format::AsciiDoc
            && ["----", "....", "____", "////"].contains(&trimmed.trim_end())
            && self.block.is_empty()
        {
            Some(trimmed.trim_end().to_owned())
        } else {
            lower.starts_with("<pre").then(|| "</pre".to_owned())
        };
        if opened.is_none() {
            return false;
        }
        self.flush();
        // a block that opens and closes on one line
        let one_line = lower.starts_with("<pre") && lower.contains("</pre");
        self.fence = opened.filter(|_| !one_line);
        true
    }

    fn skips_comment(&mut self, line: &str, number: u32) -> bool {
        if self.in_comment {
            self.in_comment = !line.contains("-->");
            self.out.plain_lines.push((number, line.to_owned()));
            return true;
        }
        if let Some(start) = line.rfind("<!--")
            && !line[start..].contains("-->")
        {
            self.in_comment = true;
            self.out.plain_lines.push((number, line.to_owned()));
            return true;
        }
        false
    }

    /// Level and title of a heading on `line`, and whether the line holds nothing else.
    fn heading(&self, line: &str, next: &str) -> Option<(usize, String, bool)> {
        let take = |found: &regex::Captures<'_>| {
            Some((
                found.get(1)?.as_str().len(),
                found.get(2)?.as_str().to_owned(),
                true,
            ))
        };
        if let Some(found) = HTML_HEADING.captures(line) {
            let level = found.get(1)?.as_str().parse().ok()?;
            return Some((level, found.get(2)?.as_str().to_owned(), true));
        }
        match self.format {
            Format::Markdown => {
                if let Some(found) = HASH_HEADING.captures(line) {
                    return take(&found);
                }
            }
            Format::Org => {
                if let Some(found) = STAR_HEADING.captures(line) {
                    return take(&found);
                }
            }
            Format::AsciiDoc => {
                if let Some(found) = EQUALS_HEADING.captures(line) {
                    return take(&found);
                }
            }
        }
        let underlined = self.block.is_empty()
            && line.chars().count() <= 80
            && line.chars().any(char::is_alphabetic)
            && !ITEM.is_match(line)
            && UNDERLINE.is_match(next);
        underlined.then(|| {
            let level = if next.trim_start().starts_with(['=', '*']) {
                1
            } else {
                2
            };
            (level, line.trim().to_owned(), true)
        })
    }

    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        if block.trim().is_empty() {
            return;
        }
        let (text, links) = without_markup(&block);
        let headings: Vec<String> = self
            .headings
            .iter()
            .map(|(_, title)| title.clone())
            .collect();
        let mut line = self.block_line;
        for (at, sentence) in split_sentences(&text).into_iter().enumerate() {
            let breaks = sentence.matches('\n').count();
            let kept: String = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            let lead = sentence.len() - sentence.trim_start().len();
            let lead_breaks = sentence[..lead].matches('\n').count();
            if !kept.is_empty() {
                let own_links = links
                    .iter()
                    .filter(|(label, _)| {
                        label.is_empty()
                            || kept
                                .contains(&label.split_whitespace().collect::<Vec<_>>().join(" "))
                    })
                    .map(|(_, target)| target.clone())
                    .collect();
                self.out.sentences.push(Sentence {
                    line: line + u32::try_from(lead_breaks).unwrap_or(0),
                    text: kept,
                    links: own_links,
                    headings: headings.clone(),
                    opens_block: at == 0,
                });
            }
            line += u32::try_from(breaks).unwrap_or(0);
        }
    }
}
