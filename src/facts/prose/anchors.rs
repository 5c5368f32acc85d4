// SPDX-License-Identifier: EUPL-1.2
//! Places of a document that a fragment may name, under the rules of any renderer.
//!
//! Forges and generators make identifiers of headings each in their own way: case, accents, punctuation, numbers and
//! pictures are kept by some and dropped by others. Names are therefore compared by their letters and digits alone,
//! and a fragment is only said to lead nowhere when no rule could make it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{BlockKind, Format, Prose};
use crate::facts::pattern::wide as regex;
use crate::model::text::fold_plain;

/// Names of places by their letters and digits, each with how often it comes.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    names: BTreeMap<String, usize>,
    /// True when a part of the document comes from elsewhere.
    is_open: bool,
    format: Option<Format>,
}

/// Directives that bring in text from another file, or headings made by a template.
static INCLUDES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?mi)\{%-?\s*include|\{\{\s*[<%>#]|:include|--8<--|\binclude::|^[ \t]*\.\.[ \t]+(?:include|mdinclude|auto[a-z]+)::|^[ \t]*#\+include|^@@?include|^import .+ from ['\x22]",
    )
});

static EXPLICIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i)\b(?:id|name)\s*=\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'>]+))|\{:?[^}\n#]*#([^}\s]+)[^}\n]*\}"#,
    )
});

static ORG: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?mi)^\s*:custom_id:[ \t]*(.+)$|<<<?([^<>\n]+)>>|^\s*#\+(?:name|label):[ \t]*(.+)$")
});

static RST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?m)^\s*\.\.\s+_`?([^`:\n]+)`?:|\b_`([^`\n]+)`|:name:\s*(.+)$"));

static ASCIIDOC: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\[\[([^\],\n]+)[\],]|\[[\w.%]*#([\w-]+)[\].,%]|\banchor:([\w-]+)\["));

/// Labels of `MyST`.
static LABEL: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)^\s*\(([^()\n]+)\)=\s*$"));

static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| regex(r":[a-z0-9_+-]+:"));

/// Lines of a file, footnotes, and what forges add to their own pages.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:l(?:ines?-?)?\d+.*|fn.*|cite.*|top|readme|.*-ov-file|issuecomment-.*|note_\d+|diff-.*)$",
    )
});

/// Marks before the text of a heading in any format.
const MARKS: &[char] = &['#', '=', '*', '>', ' ', '\t', '-', '+'];

impl Anchors {
    /// The places of a document.
    pub fn of(text: &str, prose: &Prose) -> Self {
        let mut anchors = Self {
            names: BTreeMap::new(),
            is_open: INCLUDES.is_match(text),
            format: Some(prose.format),
        };
        anchors.headings(prose);
        let marks: &[char] = match prose.format {
            Format::Org => &['*'],
            Format::AsciiDoc => &['=', '#'],
            Format::Markdown | Format::Rst | Format::Text => &['#'],
        };
        let lines = text.lines().filter(|line| {
            let bare = line.trim_start_matches(['>', ' ', '\t', '-', '+']);
            bare.starts_with(marks)
        });
        for line in lines {
            anchors.variants(line.trim_matches(MARKS), false);
        }
        let explicit: &[&LazyLock<Regex>] = match prose.format {
            Format::Org => &[&EXPLICIT, &ORG],
            Format::Rst => &[&EXPLICIT, &RST],
            Format::AsciiDoc => &[&EXPLICIT, &ASCIIDOC],
            Format::Markdown | Format::Text => &[&EXPLICIT, &LABEL],
        };
        for found in explicit.iter().flat_map(|regex| regex.captures_iter(text)) {
            if let Some(name) = found.iter().skip(1).flatten().next() {
                anchors.add(name.as_str().trim(), false);
            }
        }
        anchors
    }

    fn headings(&mut self, prose: &Prose) {
        for block in &prose.blocks {
            if !matches!(block.kind, BlockKind::Heading(_)) {
                continue;
            }
            self.variants(&block.text, true);
            let pictures = block.links.iter().filter(|link| link.is_image);
            let alts: Vec<_> = pictures.map(|link| link.text.as_str()).collect();
            if !alts.is_empty() {
                let alts = alts.join(" ");
                self.add(&format!("{alts} {}", block.text), false);
                self.add(&format!("{} {alts}", block.text), false);
            }
        }
    }

    /// What renderers make of a heading's text.
    fn variants(&mut self, text: &str, is_counted: bool) {
        self.add(text, is_counted);
        let shorter = text.split(" {").next().unwrap_or(text);
        let numbered =
            |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')' | '-');
        for text in [text, shorter] {
            self.add(&SHORTCODE.replace_all(text, ""), false);
            self.add(text.trim_start_matches(numbered), false);
        }
        if text.contains('&') {
            for word in ["and", "et", "amp"] {
                self.add(&text.replace('&', word), false);
            }
        }
    }

    fn add(&mut self, text: &str, is_counted: bool) {
        let name = skeleton(text);
        if !name.is_empty() {
            *self.names.entry(name).or_default() += usize::from(is_counted);
        }
    }

    /// False when no renderer gives the document a place of this name (percent-decoded, without `#`).
    pub fn may_hold(&self, fragment: &str) -> bool {
        let fragment = fragment.trim();
        // an address of an application, a part of a query, a figure's number
        if self.is_open || fragment.contains(['/', '!', ':', '=', '?', '{', '$', '<']) {
            return true;
        }
        let folded = fold_plain(fragment);
        let name = ["user-content-", "markdown-header-", "org-"]
            .iter()
            .find_map(|prefix| folded.strip_prefix(prefix))
            .unwrap_or(&folded);
        if ELSEWHERE.is_match(name) {
            return true;
        }
        let name = skeleton(name);
        let is_automatic = |prefix: &str| {
            name.strip_prefix(prefix)
                .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_hexdigit()))
        };
        let is_generated = match self.format {
            Some(Format::Rst) => is_automatic("id") || is_automatic("section"),
            Some(Format::Org) => is_automatic("org") || is_automatic("orgheadline"),
            _ => is_automatic("section"),
        };
        name.is_empty() || is_generated || self.names.contains_key(&name) || self.is_repeated(&name)
    }

    /// True for the name of a heading that comes several times, with a number.
    fn is_repeated(&self, name: &str) -> bool {
        let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (1..=digits.min(4)).any(|length| {
            let (base, number) = name.split_at(name.len() - length);
            let count = self.names.get(base).copied().unwrap_or(0);
            count > 1 && number.parse().is_ok_and(|number: usize| number <= count)
        })
    }
}

/// The letters and digits of a text, without case and accents.
fn skeleton(text: &str) -> String {
    let text = if text.contains('%') {
        text.replace("%20", " ").into()
    } else {
        Cow::Borrowed(text)
    };
    fold_plain(&text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(format: Format, text: &str, fragment: &str) -> bool {
        Anchors::of(text, &Prose::parse(format, text)).may_hold(fragment)
    }

    fn in_markdown(text: &str, fragment: &str) -> bool {
        holds(Format::Markdown, text, fragment)
    }

    #[test]
    fn a_heading_is_reached_by_the_identifier_of_any_renderer() {
        let cases = [
            ("# Installation", "installation"),
            ("# Installation", "Installation"),
            ("# Installation", "user-content-installation"),
            ("# Déploiement à la main", "déploiement-à-la-main"),
            ("# Déploiement à la main", "deploiement-a-la-main"),
            ("# De\u{301}ploiement", "déploiement"),
            ("## L’équipe", "léquipe"),
            ("## L’équipe", "l-equipe"),
            ("## :rocket: Démarrer", "rocket-démarrer"),
            ("## :rocket: Démarrer", "démarrer"),
            ("## 🚀 Démarrer", "-démarrer"),
            ("## 1. Prérequis", "1-prérequis"),
            ("## 1. Prérequis", "prerequis"),
            ("## `npm run x` & co", "npm-run-x--co"),
            ("## `npm run x` & co", "npm-run-x-and-co"),
            ("## [Lien](https://a.fr)", "lien"),
            ("## ![logo](a.png) Outil", "outil"),
            ("## Outil {#mon-outil}", "mon-outil"),
            ("## Outil {#mon-outil}", "outil"),
            ("Titre\n=====\n", "titre"),
            ("<h2 align=\"center\">Le titre</h2>", "le-titre"),
            ("<a name=\"ici\"></a>\n", "ici"),
            ("<div id='la'>", "la"),
            ("#Collé", "collé"),
            ("(etiquette)=\n# Titre\n", "etiquette"),
            ("# snake_case", "snake_case"),
            ("# Œuvre", "œuvre"),
        ];
        for (text, fragment) in cases {
            assert!(in_markdown(text, fragment), "{text} {fragment}");
        }
    }

    #[test]
    fn repeated_headings_are_numbered_and_no_others() {
        let twice = "# A\n\n## Notes\n\n## Notes\n";
        assert!(in_markdown(twice, "notes"));
        assert!(in_markdown(twice, "notes-1"));
        assert!(in_markdown(twice, "notes_2"));
        assert!(!in_markdown(twice, "notes-3"));
        assert!(!in_markdown("## Notes\n", "notes-1"));
    }

    #[test]
    fn a_place_that_no_rule_makes_is_not_there() {
        for fragment in ["usage", "instalation", "notes", "bold"] {
            assert!(
                !in_markdown("# Installation\n\n**bold**\n", fragment),
                "{fragment}"
            );
        }
    }

    #[test]
    fn lines_routes_footnotes_and_pages_of_forges_are_not_judged() {
        let others = [
            "L12",
            "L12-L20",
            "/route",
            "!x",
            "fn:1",
            "fnref1",
            "top",
            "",
            "🚀",
            "fig:a",
            "readme",
            "MIT-1-ov-file",
            ":~:text=a",
        ];
        for fragment in others {
            assert!(in_markdown("# A\n", fragment), "{fragment}");
        }
        assert!(in_markdown("{% include a.md %}\n", "b"));
    }

    #[test]
    fn explicit_targets_of_other_formats() {
        let org = "* Un titre :tag:\n:PROPERTIES:\n:CUSTOM_ID: mon-id\n:END:\n<<cible>>\n";
        for fragment in ["mon-id", "cible", "un-titre", "org1a2b3c"] {
            assert!(holds(Format::Org, org, fragment), "{fragment}");
        }
        assert!(!holds(Format::Org, org, "autre"));
        let rst = ".. _ma-cible:\n\nLe titre\n========\n";
        for fragment in ["ma-cible", "le-titre", "id3"] {
            assert!(holds(Format::Rst, rst, fragment), "{fragment}");
        }
        let adoc = "[[ancre]]\n== Le titre\n\n[#autre]\n== Second\n\nVoir <<absent>>.\n";
        for fragment in ["ancre", "_le_titre", "autre", "second"] {
            assert!(holds(Format::AsciiDoc, adoc, fragment), "{fragment}");
        }
        assert!(!holds(Format::AsciiDoc, adoc, "absent"));
    }
}
