// SPDX-License-Identifier: EUPL-1.2
//! Who holds the rights: licence files first, then the README, files of authors, headers, publiccode.yml.

use std::sync::LazyLock;

use regex::Regex;

use super::readmes::Readmes;
use super::settle::Gathered;
use crate::facts::licence::copyright_holders;
use crate::facts::pattern::wide as pattern;
use crate::facts::prose::{BlockKind, Prose};
use crate::model::text::{fold, fold_plain};
use crate::snapshot::Snapshot;

/// Holders kept of one repository.
const MAX_HOLDERS: usize = 30;

/// A holder named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) path: String,
    pub(super) line: Option<u32>,
    pub(super) value: String,
}

/// Every holder named, each once, by the authority of its place.
pub(super) fn holders(
    gathered: &Gathered,
    readmes: &Readmes,
    snapshot: &Snapshot,
    publiccode: Option<Named>,
) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    let mut add = |path: &str, line: Option<u32>, text: &str| {
        let value = without_addresses(text);
        let is_known = out.iter().any(|known| fold(&known.value) == fold(&value));
        if !is_known && out.len() < MAX_HOLDERS && value.chars().any(char::is_alphabetic) {
            out.push(Named {
                path: path.to_owned(),
                line,
                value,
            });
        }
    };
    for file in &gathered.files {
        for holder in &file.found.holders {
            add(&file.path, Some(holder.line), &holder.text);
        }
        if file.is_stub()
            && let Some((line, who)) = stub_holder(&file.text)
        {
            add(&file.path, Some(line), who);
        }
    }
    for readme in readmes.all() {
        for (line, who) in of_readme(&readme.prose, &readme.text.text) {
            add(&readme.path, Some(line), &who);
        }
    }
    for entry in snapshot.root_files() {
        let name = entry.name().to_ascii_uppercase();
        let stem = name.split('.').next().unwrap_or_default();
        if matches!(stem, "AUTHORS" | "COPYRIGHT" | "NOTICE" | "AUTEURS")
            && let Ok(text) = snapshot.text(entry)
        {
            for holder in copyright_holders(&text.text) {
                add(&entry.path, Some(holder.line), &holder.text);
            }
        }
    }
    for (path, line, who) in &gathered.sources.holders {
        let named = copyright_holders(&format!("Copyright {who}"));
        if let Some(holder) = named.first() {
            add(path, Some(*line), &holder.text);
        }
    }
    if let Some(owner) = publiccode {
        add(&owner.path, owner.line, &owner.value);
    }
    out
}

/// Copyright lines outside code; in a section about licences, lines that begin with a year too.
fn of_readme(prose: &Prose, text: &str) -> Vec<(u32, String)> {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:19|20)\d{2}(?:\s*[-–—,]\s*(?:(?:19|20)\d{2}|present|présent|aujourd.hui))*[\s,:]+([^\d\s].{2,})$",
        )
    });
    static COMMON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:les?\s+|the\s+|its\s+|ses\s+)?(?:autres?\s+|other\s+|all\s+)?contribut(?:eu?r|or)s?\b",
        )
    });
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    for section in prose.sections() {
        let is_legal = section
            .heading
            .is_some_and(|heading| is_legal_heading(&heading.text));
        for block in section.body {
            if matches!(block.kind, BlockKind::Code | BlockKind::Quote) {
                continue;
            }
            let start = usize::try_from(block.line.saturating_sub(1)).unwrap_or(0);
            let length = block_length(&lines, start);
            let plain: Vec<String> = lines
                .iter()
                .skip(start)
                .take(length)
                .map(|line| {
                    let plain = line.trim().trim_start_matches(['-', '*', '>', '|', ' ']);
                    match DATED.captures(plain).and_then(|found| found.get(1)) {
                        Some(who) if is_legal => format!("© {}", who.as_str()),
                        _ => plain.replace("&copy;", "©"),
                    }
                })
                .collect();
            let plain = unwrapped(plain);
            for holder in copyright_holders(&plain.join("\n")) {
                if !COMMON.is_match(&holder.text) {
                    out.push((block.line + holder.line - 1, holder.text));
                }
            }
        }
    }
    out
}

/// A name goes on where the line after a copyright line begins in lower case; the emptied line keeps its number.
fn unwrapped(mut lines: Vec<String>) -> Vec<String> {
    for at in (1..lines.len()).rev() {
        let goes_on = lines[at].starts_with(char::is_lowercase)
            && (lines[at - 1].starts_with('©') || lines[at - 1].starts_with("Copyright"))
            // a name does not end in a full stop
            && !lines[at - 1].ends_with(['.', ';', '\\']);
        if goes_on {
            let rest = std::mem::take(&mut lines[at]);
            lines[at - 1].push(' ');
            lines[at - 1].push_str(&rest);
        }
    }
    lines
}

/// Lines of the block that begins at `start`: up to a blank line.
fn block_length(lines: &[&str], start: usize) -> usize {
    lines
        .iter()
        .skip(start)
        .take_while(|line| !line.trim().is_empty())
        .count()
        .min(20)
}

/// True for a heading about licences or rights.
pub(super) fn is_legal_heading(text: &str) -> bool {
    const WORDS: [&str; 6] = [
        "copyright",
        "copyrights",
        "legal",
        "notice",
        "legales",
        "legale",
    ];
    const PHRASES: [&str; 3] = ["droits d'auteur", "droit d'auteur", "droits d'utilisation"];
    let folded = fold_plain(text);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| {
        WORDS.contains(&word) || word.starts_with("licenc") || word.starts_with("licens")
    }) || PHRASES.iter().any(|phrase| folded.contains(phrase))
}

fn stub_holder(text: &str) -> Option<(u32, &str)> {
    text.lines().zip(1_u32..).find_map(|(line, number)| {
        let (key, who) = line.split_once(':')?;
        key.trim()
            .eq_ignore_ascii_case("copyright holder")
            .then(|| (number, who.trim()))
            .filter(|(_, who)| !who.is_empty())
    })
}

/// A short licence whose copyright line ends after the year: the holder was left out.
pub(super) fn empty_notice(text: &str) -> Option<u32> {
    static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*copyright\s*(?:\(c\)|©)?\s*(?:19|20)\d{2}(?:\s*[-–—,]\s*(?:(?:19|20)\d{2}|present))*\s*[.,]?\s*(?:all rights reserved\.?)?$",
        )
    });
    let lines: Vec<&str> = text.lines().take(12).collect();
    lines.iter().zip(1_u32..).find_map(|(line, number)| {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        // the name may stand on the next line
        let next = lines.get(at).map_or("", |line| line.trim());
        (EMPTY.is_match(line.trim()) && next.is_empty()).then_some(number)
    })
}

/// A name without addresses.
fn without_addresses(text: &str) -> String {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\s*[<(\[]?(?:mailto:)?[\w.+-]+(?:@|\s+at\s+|\(at\))[\w-]+(?:\.[\w-]+)+[>)\]]?|\s*[<(]https?://[^>)\s]*[>)]",
        )
    });
    ADDRESS
        .replace_all(text, "")
        .trim()
        .trim_end_matches([',', ';'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_without_a_name_is_empty() {
        assert_eq!(
            empty_notice("MIT License\n\nCopyright (c) 2021-2025\n\nPermission"),
            Some(3)
        );
        assert_eq!(
            empty_notice("MIT License\n\nCopyright (c) 2021 DINUM\n\nPermission"),
            None
        );
        assert_eq!(empty_notice("Copyright (c) 2021\nMairie de Lille\n"), None);
    }

    #[test]
    fn addresses_are_no_part_of_a_name() {
        assert_eq!(
            without_addresses("DINUM <contact@exemple.gouv.fr>"),
            "DINUM"
        );
        assert_eq!(without_addresses("Mairie (https://exemple.fr)"), "Mairie");
    }
}
