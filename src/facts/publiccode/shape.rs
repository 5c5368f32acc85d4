// SPDX-License-Identifier: EUPL-1.2
//! The shapes of values that the standard knows: texts with a length, addresses, dates, lists, codes.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::vocabulary::LANGUAGES;
use crate::model::document::{Node, NodeKind};

/// What a value must look like.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Text,
    TextOfAtMost(usize),
    TextBetween(usize, usize),
    Flag,
    Date,
    Url,
    Urls,
    UrlList,
    /// An address or a path; pictures by extension.
    Picture,
    Uri,
    Email,
    Texts,
    FilledTexts,
    MediaTypes,
    OneOf(&'static [&'static str]),
    SomeOf(&'static [&'static str]),
    Languages,
    Countries,
    Licence,
    Version,
    Map,
}

/// True when a value has this shape.
pub(super) fn fits(shape: Shape, node: &Node) -> bool {
    let text = match &node.kind {
        NodeKind::Text(text) | NodeKind::Number(text) => Some(text.trim()),
        _ => None,
    };
    let says = |test: &dyn Fn(&str) -> bool| text.is_some_and(test);
    match shape {
        Shape::Text => says(&|text| !text.is_empty()),
        Shape::TextOfAtMost(most) => says(&|text| !text.is_empty() && length(text) <= most),
        Shape::TextBetween(least, most) => says(&|text| (least..=most).contains(&length(text))),
        Shape::Flag => node.flag().is_some(),
        Shape::Date => {
            says(&|text| DATE.is_match(text) && text.parse::<jiff::civil::Date>().is_ok())
        }
        Shape::Url => says(&is_url),
        Shape::Urls => node.items().is_empty() && says(&is_url) || is_list(node, &is_url),
        Shape::UrlList => is_list(node, &is_url),
        Shape::Picture => says(&|text| {
            let is_kept =
                !text.contains("://") && !text.starts_with("file:") && !text.starts_with('/');
            (is_kept || is_url(text)) && PICTURE.is_match(text)
        }),
        Shape::Uri => says(&|text| Url::parse(text).is_ok()),
        Shape::Email => says(&|text| EMAIL.is_match(text)),
        Shape::Texts => is_list(node, &|_| true),
        Shape::FilledTexts => is_list(node, &|_| true) && !node.items().is_empty(),
        Shape::MediaTypes => is_list(node, &|text| MEDIA_TYPE.is_match(text)),
        Shape::OneOf(list) => says(&|text| list.contains(&text)),
        Shape::SomeOf(list) => is_list(node, &|text| list.contains(&text)),
        Shape::Languages => is_list(node, &is_language) && !node.items().is_empty(),
        Shape::Countries => is_list(node, &|text| COUNTRY_CODE.is_match(text)),
        Shape::Licence => says(&|text| spdx::Expression::parse(text).is_ok()),
        Shape::Version => says(&|text| VERSION.is_match(text)),
        Shape::Map => node.is_map(),
    }
}

fn is_list(node: &Node, test: &dyn Fn(&str) -> bool) -> bool {
    matches!(node.kind, NodeKind::List(_))
        && node.items().iter().all(|item| match &item.kind {
            NodeKind::Text(text) | NodeKind::Number(text) => test(text.trim()),
            _ => false,
        })
}

/// Characters as a reader counts them: combining marks, and what a joiner binds, belong to the one before.
fn length(text: &str) -> usize {
    let mut count = 0;
    let mut is_joined = false;
    for c in text.chars() {
        let is_mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{20d0}'..='\u{20ff}' | '\u{e0020}'..='\u{e007f}' | '\u{200d}');
        if !is_mark && !is_joined {
            count += 1;
        }
        is_joined = c == '\u{200d}';
    }
    count
}

fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

pub(super) fn is_language(text: &str) -> bool {
    LANGUAGE.is_match(text)
        && text
            .split('-')
            .next()
            .is_some_and(|tag| tag.len() == 2 || LANGUAGES.contains(&tag))
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("invariant: the pattern is valid")
}

static VERSION: LazyLock<Regex> = LazyLock::new(|| regex(r"^0(\.\d+){0,2}$"));
static DATE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{4}-\d{2}-\d{2}$"));
static EMAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"^[^\s@]+@[^\s@]+\.[^\s@]+$"));
static PICTURE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\.(svgz?|png)$"));
static MEDIA_TYPE: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\w.+*-]+/[\w.+*-]+$"));
static COUNTRY_CODE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^[a-z]{2}$"));
static LANGUAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[a-z]{2}|\d{3}))?(-[a-z0-9]{5,8})*$")
});
