// SPDX-License-Identifier: EUPL-1.2
//! A README in Markdown, Org, AsciiDoc, reStructuredText or plain text to its sentences, each under its headings.
//!
//! Only what reading a licence needs: code, quotations and comments fall away, links keep their target, images are kept
//! apart as badges.

use std::sync::LazyLock;

use regex::Regex;

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

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("invariant: the pattern compiles")
}

static HTML_HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)<h([1-6])[^>]*>(.*?)</h[1-6]>"));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"</?[A-Za-z][^<>]*>|<!--.*?-->"));
static STRUCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?is)~~[^~]{1,400}~~|<(?:s|del|strike)>.{0,400}?</(?:s|del|strike)>")
});
static HREF: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)href\s*=\s*["']([^"']+)["']"#));
static IMAGE_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"https?://[^\s)\]"'<>]*(?:shields\.io|badgen\.net|badge)[^\s\]"'<>]*"#)
});
static MARKDOWN_IMAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])"));
static MARKDOWN_LINK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\[([^\[\]]*)\]\(([^()\s]*(?:\([^()]*\))?[^()\s]*)[^)]*\)"));
static REFERENCE_LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[([^\[\]]+)\]\[[^\[\]]*\]"));
static ORG_LINK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\[\[([^\[\]]+)\](?:\[([^\[\]]+)\])?\]"));
static ADOC_LINK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:link:)?(https?://[^\s\[\]]+|[\w./-]+)\[([^\[\]]+)\]"));
static RST_LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"`([^`<>]+?)\s*<([^<>`]+)>`_{1,2}"));
static BARE_ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"<?(https?://[^\s<>()\[\]]+)>?"));
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

/// Text without markup, and the links in it as `(text, target)`.
fn without_markup(block: &str) -> (String, Vec<(String, String)>) {
    let mut links = Vec::new();
    let mut text = MARKDOWN_IMAGE.replace_all(block, " ").into_owned();
    for found in HREF.captures_iter(&text) {
        if let Some(target) = found.get(1) {
            links.push((String::new(), target.as_str().to_owned()));
        }
    }
    for (link, label_at, target_at) in [
        (&*RST_LINK, 1, 2),
        (&*ORG_LINK, 2, 1),
        (&*MARKDOWN_LINK, 1, 2),
        (&*ADOC_LINK, 2, 1),
    ] {
        text = link
            .replace_all(&text, |found: &regex::Captures<'_>| {
                let part = |at| {
                    found
                        .get(at)
                        .map_or("", |part: regex::Match<'_>| part.as_str())
                };
                let (label, target) = (part(label_at), part(target_at));
                if target.contains("://") && IMAGE_ADDRESS.is_match(label) {
                    return String::new();
                }
                links.push((label.to_owned(), target.to_owned()));
                label.to_owned()
            })
            .into_owned();
    }
    text = REFERENCE_LINK.replace_all(&text, "$1").into_owned();
    text = BARE_ADDRESS
        .replace_all(&text, |found: &regex::Captures<'_>| {
            let target = found.get(1).map_or("", |part| part.as_str());
            links.push((
                String::new(),
                target.trim_end_matches(['.', ',', '"', '\'']).to_owned(),
            ));
            " ".to_owned()
        })
        .into_owned();
    text = STRUCK.replace_all(&text, " ").into_owned();
    text = TAG.replace_all(&text, " ").into_owned();
    let text = text
        .replace("**", "")
        .replace("__", "")
        .replace(['`', '*'], "");
    (text, links)
}

/// Cuts at sentence ends; a stop inside a version or behind `v` is none.
fn split_sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut previous = ' ';
    let mut word_length = 0;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let ends = matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace);
        let abbreviated = c == '.' && (word_length <= 1 && previous.is_alphabetic());
        if ends && !abbreviated {
            let end = at + c.len_utf8();
            out.push(&text[start..end]);
            start = end;
        }
        word_length = if c.is_alphanumeric() {
            word_length + 1
        } else {
            0
        };
        previous = c;
    }
    out.push(&text[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        read(text).sentences.into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn code_quotes_and_comments_fall_away() {
        let text = "# T\n\n```yml\nlicense: X\n```\n\n> quoted\n\n    license: Y\n\n<!-- a\nb -->\n\nKept. Second one.\n";
        assert_eq!(texts(text), ["Kept.", "Second one."]);
    }

    #[test]
    fn headings_of_every_format_are_known() {
        for text in [
            "# T\n\n## Licence\n\nMIT\n",
            "T\n=\n\nLicence\n-------\n\nMIT\n",
            "#+title: T\n* Licence\n\nMIT\n",
            "= T\n\n== Licence\n\nMIT\n",
            "<h2 align=\"center\">Licence</h2>\n\nMIT\n",
        ] {
            let sentences = read(text).sentences;
            let last = sentences.last().unwrap();
            assert_eq!(last.text, "MIT", "{text}");
            assert_eq!(
                last.headings.last().map(String::as_str),
                Some("Licence"),
                "{text}"
            );
        }
    }

    #[test]
    fn links_keep_text_and_target() {
        for (text, target) in [
            ("see [the MIT licence](LICENSE.md) here", "LICENSE.md"),
            (
                "see [[file:LICENSE.md][the MIT licence]] here\n* H",
                "file:LICENSE.md",
            ),
            ("see `the MIT licence <LICENSE.md>`_ here", "LICENSE.md"),
        ] {
            let prose = read(text);
            assert_eq!(
                prose.sentences[0].text, "see the MIT licence here",
                "{text}"
            );
            assert_eq!(prose.sentences[0].links, [target], "{text}");
        }
    }

    #[test]
    fn a_hard_break_ends_a_block_and_lines_count() {
        let prose = read("## L\n\nDonnées : LO\\\nCode : MIT\n");
        let lines: Vec<(u32, &str)> = prose
            .sentences
            .iter()
            .map(|s| (s.line, s.text.as_str()))
            .collect();
        assert_eq!(lines, [(3, "Données : LO"), (4, "Code : MIT")]);
    }

    #[test]
    fn versions_do_not_end_a_sentence() {
        assert_eq!(split_sentences("EUPL v. 1.2 or GPL 3.0. Next").len(), 2);
    }
}
