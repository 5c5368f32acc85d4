// SPDX-License-Identifier: EUPL-1.2
//! The files of a front end in which obligations are written: pages, layouts, footers and texts for translation.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::{folded, wide as regex};
use crate::model::text::{fold_plain, line_of};
use crate::snapshot::{Entry, Snapshot};

/// Files read, and bytes of all of them and of one.
const FILES: usize = 500;
const TOTAL_BYTES: u64 = 16 << 20;
const FILE_BYTES: u64 = 384 << 10;

/// A file of the front end, ready for comparison.
pub(super) struct Page {
    pub(super) path: String,
    /// The path in lower case, without accents.
    pub(super) plain_path: String,
    /// As written.
    pub(super) raw: String,
    /// Without accents, case and entities, tags as spaces, lines kept.
    pub(super) plain: String,
}

impl Page {
    /// Length of what a reader would see.
    pub(super) fn words(&self) -> usize {
        self.plain.split_whitespace().count()
    }

    /// The line of an offset in the comparable text, whose lines are those of the file.
    pub(super) fn found(&self, offset: usize) -> super::Found {
        let line = line_of(&self.plain, offset);
        let at = usize::try_from(line)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        super::Found {
            path: self.path.clone(),
            line,
            excerpt: self.raw.lines().nth(at).unwrap_or_default().to_owned(),
        }
    }

    /// The part of the path that names the page: file and last folders.
    pub(super) fn is_named(&self, pattern: &Regex) -> bool {
        pattern.is_match(&self.plain_path)
    }
}

/// Pages and layouts, most telling names first; false when a limit or an unread file left some out.
pub(super) fn pages(snapshot: &Snapshot) -> (Vec<Page>, bool) {
    let mut candidates: Vec<(u8, &Entry)> = snapshot
        .files()
        .filter_map(|entry| Some((telling(entry)?, entry)))
        .collect();
    candidates.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    let mut is_complete = candidates.len() <= FILES;
    let mut total = 0;
    let mut pages = Vec::new();
    for (_, entry) in candidates.into_iter().take(FILES) {
        let Ok(size) = snapshot.size(entry) else {
            is_complete = false;
            continue;
        };
        if size > FILE_BYTES {
            // data, not a page
            continue;
        }
        total += size;
        if total > TOTAL_BYTES {
            is_complete = false;
            break;
        }
        match snapshot.text(entry) {
            Ok(text) => pages.push(Page {
                path: entry.path.to_string(),
                plain_path: fold_plain(&entry.path),
                plain: plain(&text.text),
                raw: text.text.clone(),
            }),
            Err(crate::snapshot::ReadError::Binary) => {}
            Err(_) => is_complete = false,
        }
    }
    (pages, is_complete)
}

/// How much the name of a file promises; `None` for files that hold neither pages nor texts.
fn telling(entry: &Entry) -> Option<u8> {
    let path = fold_plain(&entry.path);
    let extension = entry.extension();
    let is_markup = matches!(
        extension.as_str(),
        "html"
            | "htm"
            | "xhtml"
            | "vue"
            | "svelte"
            | "jsx"
            | "tsx"
            | "astro"
            | "erb"
            | "haml"
            | "slim"
            | "twig"
            | "heex"
            | "eex"
            | "leex"
            | "php"
            | "njk"
            | "hbs"
            | "pug"
            | "ejs"
            | "liquid"
            | "jsp"
            | "ftl"
            | "cshtml"
            | "jinja"
            | "jinja2"
            | "j2"
    );
    let is_text = matches!(
        extension.as_str(),
        "md" | "mdx"
            | "markdown"
            | "org"
            | "rst"
            | "adoc"
            | "json"
            | "yml"
            | "yaml"
            | "po"
            | "js"
            | "ts"
            | "mjs"
            | "clj"
            | "cljs"
            | "cljc"
            | "edn"
            | "r"
            | "py"
            | "rb"
            | "toml"
            | "properties"
            | "xlf"
            | "txt"
    );
    if !(is_markup || is_text) || ELSEWHERE.is_match(&path) {
        return None;
    }
    if NAMED.is_match(&path) {
        return Some(0);
    }
    let is_layout = LAYOUT.is_match(&path);
    match (is_markup, is_text, is_layout) {
        (true, _, true) => Some(1),
        (_, true, true) if !matches!(extension.as_str(), "md" | "org" | "rst" | "txt" | "toml") => {
            Some(2)
        }
        _ => None,
    }
}

/// Makes a page comparable: entities and escapes decoded, tags emptied, accents and case dropped, lines kept.
fn plain(raw: &str) -> String {
    let mut text = ENTITY
        .replace_all(raw, |found: &regex::Captures<'_>| entity(&found[0]))
        .into_owned();
    text = ESCAPE
        .replace_all(&text, |found: &regex::Captures<'_>| {
            let code = u32::from_str_radix(&found[1], 16).ok();
            code.and_then(char::from_u32)
                .filter(|c| !c.is_control())
                .map_or(String::new(), String::from)
        })
        .into_owned();
    let text = TAG.replace_all(&text, |found: &regex::Captures<'_>| {
        // an attribute may hold what a component shows
        "\n".repeat(found[0].matches('\n').count()) + " "
    });
    fold_plain(&text)
}

fn entity(name: &str) -> String {
    match name {
        "&nbsp;" | "&#160;" | "&#xa0;" | "{\" \"}" | "{' '}" => " ",
        "&eacute;" | "&egrave;" | "&ecirc;" => "e",
        "&Eacute;" | "&Egrave;" => "E",
        "&agrave;" | "&acirc;" => "a",
        "&ocirc;" => "o",
        "&ccedil;" => "c",
        "&rsquo;" | "&apos;" | "&#39;" | "&#x27;" | "\\'" => "'",
        other => other,
    }
    .to_owned()
}

static ENTITY: LazyLock<Regex> = LazyLock::new(|| folded(r#"&#?\w{2,7};|\{[" ']{3}\}|\\'"#));
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| regex(r"\\u([0-9a-fA-F]{4})"));
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"</?[a-zA-Z][\w.-]*>|</?(?:p|a|b|i|em|strong|span|div|li|ul|h[1-6]|br|Link)\b[^<>]*>")
});
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"(^|/)(tests?|__tests__|spec|fixtures|e2e|cypress|node_modules|migrations|\.github|\.storybook|coverage)/|\.(test|spec|stories|d)\.|(^|/)(package(-lock)?|composer|tsconfig[^/]*|readme[^/]*|changelog|contributing|licen[cs]e)\.\w+$|\.min\.js$",
    )
});
/// Names of the pages themselves.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"accessib|a11y|\brgaa|mentions?[-_ ]?legales?|legal|imprint|\bcgu\b|_cgu|cgu_|conditions[-_ ]?(generales|d[-_ ]?utilisation|utilisation)|modalites[-_ ]?d|terms|confidentialit|privacy|rgpd|gdpr|donnees[-_ ]?(a[-_ ]caractere[-_ ])?personnelles|personal[-_ ]?data|protection[-_ ]des[-_ ]donnees|vie[-_ ]privee|cookies?|schema[-_ ]pluriannuel",
    )
});
/// Layouts, footers, and texts for translation.
static LAYOUT: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"footer|pied[-_ ]?de[-_ ]?page|pied|bottom|layout|(^|/)_?(base|app|main|default|index|root|menu|nav|header|document|_app|_document|master|site)\.[\w.]+$|_includes/|partials?/|i18n|locales?/|lang(s|uages)?/|translations?/|messages|traductions?|(^|/)_data/|(^|/)(infos?|about|a[-_]propos|credits?)\.",
    )
});
