// SPDX-License-Identifier: EUPL-1.2
//! The shapes of values that the standard knows: texts with a length, addresses, dates, lists, codes.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::vocabulary::{COUNTRIES, LANGUAGES};
use crate::facts::pattern::wide as regex;
use crate::model::document::{Node, NodeKind};

/// What a value must look like.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Text,
    TextOfAtMost(usize),
    TextBetween(usize, usize),
    Flag,
    Date,
    /// An address that a browser opens.
    Url,
    /// An address of a repository, of any protocol.
    Repository,
    /// One or several addresses of repositories.
    Repositories,
    Videos,
    /// A path of the repository or an address; pictures by extension.
    Picture,
    /// A path of the repository or an address.
    File,
    /// Paths of the repository or addresses.
    Files,
    Uri,
    /// `alias:` and a listed name, or an address.
    Support(&'static [&'static str]),
    Email,
    Texts,
    FilledTexts,
    MediaTypes,
    OneOf(&'static [&'static str]),
    SomeOf(&'static [&'static str]),
    Languages,
    Countries,
    Licence,
    Map,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Message code.
    pub(super) code: &'static str,
    /// Position in a list.
    pub(super) at: Option<usize>,
    pub(super) line: u32,
    /// The bound that is exceeded, in characters.
    pub(super) limit: Option<usize>,
}

/// Digits that a number keeps; a longer one must be quoted to be a text.
const KEPT_DIGITS: usize = 15;

/// Everything about a value that is not as its shape asks.
pub(super) fn faults(shape: Shape, node: &Node) -> Vec<Fault> {
    match shape {
        Shape::Texts => list(node, false, &|_| None),
        Shape::FilledTexts => list(node, true, &|_| None),
        Shape::SomeOf(known) => list(node, false, &|text| {
            (!known.contains(&text)).then_some("publiccode-value-not-listed")
        }),
        Shape::MediaTypes => list(node, false, &|text| {
            (!MEDIA_TYPE.is_match(text)).then_some("publiccode-media-type-invalid")
        }),
        Shape::Languages => list(node, true, &|text| {
            (!is_language(text)).then_some("publiccode-language-invalid")
        }),
        Shape::Countries => list(node, false, &|text| {
            (!is_country(text)).then_some("publiccode-country-invalid")
        }),
        Shape::Videos => list(node, false, &|text| {
            (!is_video(text)).then_some("publiccode-url-invalid")
        }),
        Shape::Files => list(node, false, &|text| {
            (!is_place(text)).then_some("publiccode-path-invalid")
        }),
        Shape::Repositories if !node.items().is_empty() => list(node, false, &|text| {
            (!is_repository(text)).then_some("publiccode-url-invalid")
        }),
        Shape::Map if node.is_map() => Vec::new(),
        Shape::Map => vec![fault("publiccode-map-expected", node)],
        Shape::Flag if node.flag().is_some() => Vec::new(),
        Shape::Flag => vec![fault("publiccode-flag-expected", node)],
        _ => match text(node) {
            None => vec![fault("publiccode-text-expected", node)],
            Some(text) => of_text(shape, text, node).into_iter().collect(),
        },
    }
}

fn fault(code: &'static str, node: &Node) -> Fault {
    Fault {
        code,
        at: None,
        line: node.line,
        limit: None,
    }
}

/// A text, or a number that says the same without quotes.
fn text(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Text(text) => Some(text.trim()),
        NodeKind::Number(number) => (number.len() <= KEPT_DIGITS).then_some(number),
        _ => None,
    }
}

fn of_text(shape: Shape, text: &str, node: &Node) -> Option<Fault> {
    let unless = |holds: bool, code| (!holds).then(|| fault(code, node));
    let longer = |most: usize| {
        (length(text) > most).then(|| Fault {
            limit: Some(most),
            ..fault("publiccode-text-too-long", node)
        })
    };
    if text.is_empty() && !matches!(shape, Shape::Date) {
        return Some(fault("publiccode-value-empty", node));
    }
    match shape {
        Shape::TextOfAtMost(most) => longer(most),
        Shape::TextBetween(least, most) => longer(most).or_else(|| {
            (length(text) < least).then(|| Fault {
                limit: Some(least),
                ..fault("publiccode-text-too-short", node)
            })
        }),
        Shape::Date => unless(
            DATE.is_match(text) && text.parse::<jiff::civil::Date>().is_ok(),
            "publiccode-date-invalid",
        ),
        Shape::Url => unless(is_web(text), "publiccode-url-invalid"),
        Shape::Repository | Shape::Repositories => {
            unless(is_repository(text), "publiccode-url-invalid")
        }
        Shape::Picture => unless(is_place(text), "publiccode-path-invalid")
            .or_else(|| unless(PICTURE.is_match(text), "publiccode-picture-invalid")),
        Shape::File => unless(is_place(text), "publiccode-path-invalid"),
        Shape::Uri => unless(is_uri(text), "publiccode-uri-invalid"),
        Shape::Support(known) => unless(
            text.strip_prefix("alias:")
                .map_or_else(|| is_uri(text), |name| known.contains(&name)),
            "publiccode-uri-invalid",
        ),
        Shape::Email => unless(EMAIL.is_match(text), "publiccode-email-invalid"),
        Shape::OneOf(known) => unless(known.contains(&text), "publiccode-value-not-listed"),
        Shape::Licence => unless(
            spdx::Expression::parse(text).is_ok(),
            "publiccode-licence-invalid",
        ),
        _ => None,
    }
}

/// The faults of a list and of each of its texts.
fn list(node: &Node, is_filled: bool, test: &dyn Fn(&str) -> Option<&'static str>) -> Vec<Fault> {
    let NodeKind::List(items) = &node.kind else {
        return vec![fault("publiccode-list-expected", node)];
    };
    if is_filled && items.is_empty() {
        return vec![fault("publiccode-list-empty", node)];
    }
    let each = items.iter().enumerate().filter_map(|(at, item)| {
        let code = match text(item) {
            None => Some("publiccode-text-expected"),
            Some(text) => test(text),
        }?;
        let at = Some(at);
        Some(Fault {
            at,
            ..fault(code, item)
        })
    });
    each.collect()
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

fn is_web(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn is_repository(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.has_host() && url.scheme() != "file")
}

/// A page of its own: the home page of a site is no video.
fn is_video(text: &str) -> bool {
    is_web(text) && Url::parse(text).is_ok_and(|url| url.path().len() > 1 || url.query().is_some())
}

/// An address with a host, or a URN.
fn is_uri(text: &str) -> bool {
    match Url::parse(text) {
        Ok(url) if url.scheme() == "urn" => URN.is_match(text),
        Ok(url) => url.has_host(),
        Err(_) => false,
    }
}

/// A path from the root of the repository, or an address.
fn is_place(text: &str) -> bool {
    let is_path = !text.contains("://") && !text.starts_with("file:") && !text.starts_with('/');
    is_path || is_web(text)
}

/// A language tag of BCP 47 whose language exists.
pub(super) fn is_language(text: &str) -> bool {
    let tag = text
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_known = match tag.as_bytes() {
        [_, _] => LANGUAGES.split(' ').any(|known| known == tag),
        // three equal letters stand for no language in particular
        [a, b, c] => a != b || b != c,
        _ => false,
    };
    is_known && LANGUAGE.is_match(text)
}

/// A code of ISO 3166-1, upper case or (deprecated) lower case.
pub(super) fn is_country(text: &str) -> bool {
    let is_one_case = text.chars().all(|c| c.is_ascii_uppercase())
        || text.chars().all(|c| c.is_ascii_lowercase());
    is_one_case && is_country_in_any_case(text)
}

pub(super) fn is_country_in_any_case(text: &str) -> bool {
    text.len() == 2
        && COUNTRIES
            .split(' ')
            .any(|known| known.eq_ignore_ascii_case(text))
}

static DATE: LazyLock<Regex> = LazyLock::new(|| regex(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"));
static EMAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$"));
static PICTURE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\.(svgz?|png)$"));
static MEDIA_TYPE: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\w.+*-]+/[\w.+*-]+$"));
static URN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]+$"));
static LANGUAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix)^[a-z]{2,3} (-[a-z]{3}){0,3} (-[a-z]{4})? (-([a-z]{2}|[0-9]{3}))?
          (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))* (-[a-wyz0-9](-[a-z0-9]{2,8})+)* (-x(-[a-z0-9]{1,8})+)?$",
    )
});

#[cfg(test)]
mod tests;
