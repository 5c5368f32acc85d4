// SPDX-License-Identifier: EUPL-1.2
//! Markup to plain text: links, images, tags; and text to sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::{TAG, pattern};

static STRUCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?is)~~[^~]{1,400}~~|<(?:s|del|strike)>.{0,400}?</(?:s|del|strike)>")
});

static HREF: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)href\s*=\s*["']([^"']+)["']"#));

pub(super) static IMAGE_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
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

/// Whether something of which [`STRUCK`] consists stands in `text`: the pattern is long to compile and rarely needed.
fn may_be_struck(text: &str) -> bool {
    let is_end = |rest: &str| {
        ["s>", "del>", "strike>"].iter().any(|end| {
            rest.get(..end.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(end))
        })
    };
    text.contains("~~")
        || text
            .match_indices("</")
            .any(|(at, end)| is_end(&text[at + end.len()..]))
}

/// Text without markup, and the links in it as `(text, target)`.
pub(super) fn without_markup(block: &str) -> (String, Vec<(String, String)>) {
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
    if may_be_struck(&text) {
        text = STRUCK.replace_all(&text, " ").into_owned();
    }
    text = TAG.replace_all(&text, " ").into_owned();
    let text = text
        .replace("**", "")
        .replace("__", "")
        .replace(['`', '*'], "");
    (text, links)
}

/// Cuts at sentence ends; a stop inside a version or behind `v` is none.
pub(super) fn split_sentences(text: &str) -> Vec<&str> {
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
