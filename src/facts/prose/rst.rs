// SPDX-License-Identifier: EUPL-1.2
//! reStructuredText: underlined titles, directives, links and substitutions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::builder::Builder;
use super::lines::{Piece, add, continue_or_start, item, numbered, underline};
use super::{Block, BlockKind};

const TITLE_MARKS: &str = "=-`:.'\"~^_*+#<>";

static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"``[^`]+``|(:[\w:-]+:)?`([^`<>]*?)\s*(?:<([^`<>]+)>)?`(_{0,2})|\|([^|\s][^|]*)\|_?|\b(\w[\w.-]*)_\b")
        .expect("invariant: the pattern is valid")
});

static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*\.\. _`?([^:`]+)`?:\s*(\S+)\s*$").expect("invariant: the pattern is valid")
});

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*\.\. (?:\|([^|]+)\| )?([\w-]+)::\s*(.*)$")
        .expect("invariant: the pattern is valid")
});

static OPTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s+:([\w-]+):\s*(.*)$").expect("invariant: the pattern is valid")
});

/// A picture with what it links to.
#[derive(Default)]
struct Picture<'t> {
    source: &'t str,
    alt: &'t str,
    target: &'t str,
}

struct Walk<'t> {
    builder: Builder,
    lines: Vec<(u32, &'t str)>,
    targets: BTreeMap<String, &'t str>,
    pictures: BTreeMap<&'t str, Picture<'t>>,
    styles: Vec<(char, bool)>,
}

/// The blocks of a reStructuredText document.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let lines = numbered(text);
    let mut walk = Walk {
        targets: targets(&lines),
        pictures: pictures(&lines),
        builder: Builder::default(),
        styles: Vec::new(),
        lines,
    };
    let mut index = 0;
    while index < walk.lines.len() {
        index = walk.step(index);
    }
    walk.builder.finish()
}

fn targets<'t>(lines: &[(u32, &'t str)]) -> BTreeMap<String, &'t str> {
    let capture = |(_, line): &(u32, &'t str)| {
        let found = TARGET.captures(line)?;
        let name = found.get(1)?.as_str().to_lowercase();
        Some((name, found.get(2)?.as_str()))
    };
    lines.iter().filter_map(capture).collect()
}

fn pictures<'t>(lines: &[(u32, &'t str)]) -> BTreeMap<&'t str, Picture<'t>> {
    let mut pictures = BTreeMap::new();
    for (index, (_, line)) in lines.iter().enumerate() {
        if let Some(found) = DIRECTIVE.captures(line)
            && let (Some(name), Some("image")) = (found.get(1), found.get(2).map(|m| m.as_str()))
        {
            let source = found.get(3).map_or("", |source| source.as_str().trim());
            pictures.insert(name.as_str(), picture(lines, index, source).0);
        }
    }
    pictures
}

/// The picture of the directive at `index`, and the index after its options.
fn picture<'t>(lines: &[(u32, &'t str)], index: usize, source: &'t str) -> (Picture<'t>, usize) {
    let mut picture = Picture {
        source,
        ..Picture::default()
    };
    let mut at = index + 1;
    while let Some(found) = lines.get(at).and_then(|(_, line)| OPTION.captures(line)) {
        let value = found.get(2).map_or("", |value| value.as_str());
        match found.get(1).map_or("", |name| name.as_str()) {
            "alt" => picture.alt = value,
            "target" => picture.target = value,
            _ => {}
        }
        at += 1;
    }
    (picture, at)
}

impl<'t> Walk<'t> {
    fn line(&self, index: usize) -> &'t str {
        self.lines.get(index).map_or("", |(_, line)| line)
    }

    fn number(&self, index: usize) -> u32 {
        self.lines.get(index).map_or(1, |(number, _)| *number)
    }

    /// Reads what begins at `index`; answers the index of what follows.
    fn step(&mut self, index: usize) -> usize {
        let line = self.line(index);
        let number = self.number(index);
        if line.trim().is_empty() {
            self.builder.end();
            return index + 1;
        }
        if let Some(next) = self.title(index) {
            return next;
        }
        if let Some(found) = DIRECTIVE.captures(line) {
            let is_substitution = found.get(1).is_some();
            let name = found.get(2).map_or("", |name| name.as_str());
            let argument = found.get(3).map_or("", |argument| argument.as_str().trim());
            return self.directive(index, if is_substitution { "" } else { name }, argument);
        }
        if line.starts_with("..") && !line.starts_with("...") {
            self.builder.end();
            return self.indented_end(index + 1);
        }
        if underline(line, TITLE_MARKS).is_some() || OPTION.is_match(line) {
            self.builder.end();
            return index + 1;
        }
        if let Some(text) = item(line, &['-', '*', '+', '•']) {
            self.builder.start(BlockKind::Item, number);
            self.inline(text, number);
        } else {
            continue_or_start(&mut self.builder, number);
            self.inline(line.trim(), number);
        }
        if line.trim_end().ends_with("::") && self.line(index + 1).trim().is_empty() {
            return self.literal(index + 1, "");
        }
        index + 1
    }

    fn title(&mut self, index: usize) -> Option<usize> {
        let over = underline(self.line(index), TITLE_MARKS);
        let at = if over.is_some() { index + 1 } else { index };
        let text = self.line(at).trim();
        let mark = underline(self.line(at + 1), TITLE_MARKS)?;
        let is_wide = self.line(at + 1).trim().chars().count() + 2 >= text.chars().count();
        if text.is_empty()
            || !is_wide
            || underline(text, TITLE_MARKS).is_some()
            || over.is_some_and(|over| over != mark)
        {
            return None;
        }
        let style = (mark, over.is_some());
        let known = self.styles.iter().position(|known| *known == style);
        let level = known.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        let level = u8::try_from(level.min(5) + 1).unwrap_or(6);
        let number = self.number(at);
        self.builder.start(BlockKind::Heading(level), number);
        self.inline(text, number);
        self.builder.end();
        Some(at + 2)
    }

    fn directive(&mut self, index: usize, name: &str, argument: &'t str) -> usize {
        let number = self.number(index);
        match name {
            "code" | "code-block" | "sourcecode" | "parsed-literal" => {
                self.literal(index + 1, argument)
            }
            "image" | "figure" => {
                let (picture, next) = picture(&self.lines, index, argument);
                if self.builder.kind() != Some(BlockKind::Paragraph) {
                    self.builder.start(BlockKind::Paragraph, number);
                }
                show(&mut self.builder, &picture, number);
                next
            }
            "note" | "warning" | "important" | "tip" | "caution" | "attention" => {
                self.builder.start(BlockKind::Paragraph, number);
                self.inline(argument, number);
                index + 1
            }
            _ => {
                self.builder.end();
                self.indented_end(index + 1)
            }
        }
    }

    /// Reads an indented block of code after options and blank lines.
    fn literal(&mut self, index: usize, language: &str) -> usize {
        let mut at = index;
        while self.line(at).trim().is_empty() && at < self.lines.len()
            || OPTION.is_match(self.line(at))
        {
            at += 1;
        }
        let end = self.indented_end(at);
        let number = self.number(at);
        if end > at {
            self.builder.start_code(language, number);
            for line in at..end {
                let line = self.line(line);
                self.builder
                    .text(line.strip_prefix("    ").unwrap_or(line.trim_start()));
                self.builder.text("\n");
            }
            self.builder.end();
        }
        end
    }

    /// The index after the indented lines that begin at `index`.
    fn indented_end(&self, index: usize) -> usize {
        let is_outside = |line: &str| !line.trim().is_empty() && !line.starts_with([' ', '\t']);
        let rest = &self.lines[index.min(self.lines.len())..];
        let length = rest.iter().position(|(_, line)| is_outside(line));
        index + length.unwrap_or(rest.len())
    }

    fn inline(&mut self, text: &'t str, line: u32) {
        let mut at = 0;
        for found in INLINE.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            let before = text[at..whole.start()].replace("**", "");
            self.builder.text_with_addresses(&before, line);
            at = whole.end();
            let group = |n| found.get(n).map(|m| m.as_str());
            let word =
                group(6).or(group(2).filter(|_| group(4).is_some_and(|mark| !mark.is_empty())));
            let named = |word: &str| self.targets.get(&word.to_lowercase()).copied();
            // a role names an object of the documentation, not an address
            let address = group(3).filter(|_| group(1).is_none());
            let address = address.and_then(|address| match address.strip_suffix('_') {
                Some(alias) => named(alias),
                None => Some(address),
            });
            if let Some(picture) = group(5).and_then(|name| self.pictures.get(name)) {
                show(&mut self.builder, picture, line);
            } else if let Some(target) = address.or_else(|| word.and_then(named)) {
                let text = group(2).or(group(6)).unwrap_or_default();
                add(&mut self.builder, [Piece::Link { target, text }], line);
            } else if let Some(code) = whole.as_str().strip_prefix("``") {
                self.builder.code(code.trim_end_matches('`'));
            } else {
                let shown = group(2).unwrap_or(whole.as_str()).trim_matches('`');
                self.builder.text_with_addresses(shown, line);
            }
        }
        let rest = text[at..].replace("**", "");
        self.builder.text_with_addresses(&rest, line);
    }
}

fn show(builder: &mut Builder, picture: &Picture<'_>, line: u32) {
    if !picture.target.is_empty() {
        builder.open_link(line, picture.target);
    }
    builder.image(line, picture.source, picture.alt);
    builder.close_link();
}
