// SPDX-License-Identifier: EUPL-1.2
//! Known texts in other clothes.

use std::collections::BTreeMap;

use regex::Regex;
use spdx::text::LICENSE_TEXTS;

use super::super::normalise::words;
use super::super::texts::classes;

pub(super) fn filled(text: &str) -> String {
    let form = Regex::new(r"(?i)<(?:year|yyyy|date)s?>|\[(?:year|yyyy)\]").unwrap();
    let name = Regex::new(r"(?i)<(?:copyright holders?|owner|name of author|holder|author|organization|name)>|\[(?:fullname|name of copyright owner)\]").unwrap();
    name.replace_all(&form.replace_all(text, "2019"), "Ministère de la Culture")
        .into_owned()
}

fn wrapped(text: &str, width: usize) -> String {
    text.split("\n\n")
        .map(|paragraph| {
            let mut out = String::new();
            let mut line = 0;
            for word in paragraph.split_whitespace() {
                if line > 0 && line + word.len() > width {
                    out.push('\n');
                    line = 0;
                } else if line > 0 {
                    out.push(' ');
                }
                out.push_str(word);
                line += word.chars().count() + 1;
            }
            out
        })
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn markdown(text: &str) -> String {
    let heading = Regex::new(r"(?m)^([A-Z0-9][A-Z0-9 .]{6,50})$").unwrap();
    let text = heading.replace_all(text, "## $1");
    let item = Regex::new(r"(?m)^\s*(?:\d+\.|\*|-)\s+").unwrap();
    format!("# License\n\n{}", item.replace_all(&text, "- "))
}

fn headed(text: &str) -> String {
    format!(
        "Ministère de la Culture\nProjet exemple\n\nCe dépôt est publié sous la licence suivante.\n\n{text}"
    )
}

fn bold(text: &str) -> String {
    let heading = Regex::new(r"(?m)^([A-Z0-9][A-Z0-9 .]{6,50})$").unwrap();
    let text = heading.replace_all(text, "**$1**");
    let quoted = Regex::new(r#""([A-Z][a-z]+)""#).unwrap();
    let text = quoted.replace_all(&text, "“**$1**”");
    let mut out = String::from("Licence\n=======\n\n");
    for line in text.lines() {
        out.push_str("> ");
        out.push_str(line.trim());
        out.push('\n');
    }
    out
}

fn titled(text: &str) -> String {
    format!(
        "# LICENCE\n\nCopyright (c) 2018-2021 Direction interministérielle du numérique\n\nSauf mention contraire, le \
         code de ce dépôt est distribué selon les termes ci-dessous.\n\n---\n\n{text}"
    )
}

/// A text in other clothes: none changes what it says.
pub(super) fn variants(filled: &str) -> Vec<(&'static str, String)> {
    vec![
        ("filled", filled.to_owned()),
        ("wrapped at 60", wrapped(filled, 60)),
        ("wrapped at 72", wrapped(filled, 72)),
        ("wrapped at 100", wrapped(filled, 100)),
        ("unwrapped", wrapped(filled, usize::MAX)),
        ("markdown", markdown(filled)),
        ("quoted markdown", bold(filled)),
        ("wrapped markdown", markdown(&wrapped(filled, 80))),
        ("headed", headed(filled)),
        ("titled", titled(&wrapped(filled, 90))),
        ("with other line ends", filled.replace('\n', "\r\n")),
    ]
}

/// Every text that the store carries and the French ones that it lacks, once, under each of the identifiers that share it but for the holder.
pub(super) fn published_classes() -> Vec<(Vec<&'static str>, &'static str)> {
    let mut out: BTreeMap<String, (Vec<&str>, &str)> = BTreeMap::new();
    let own = classes().into_iter().map(|(id, text, _)| (id, text));
    let french = own.filter(|(id, _)| id.starts_with("CECILL") || id.starts_with("etalab"));
    for (id, text) in LICENSE_TEXTS.iter().copied().chain(french) {
        let words = words(text);
        if !words.is_empty() {
            let class = out.entry(words.digest(0..words.len()));
            class.or_insert((Vec::new(), text)).0.push(id);
        }
    }
    out.into_values().collect()
}
