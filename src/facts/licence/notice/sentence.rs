// SPDX-License-Identifier: EUPL-1.2
//! One sentence to its statements: which names are granted, joined, or taken back.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::leftover;
use super::super::names::{Mention, id_of_address, is_bare_gnu, mentions};
use super::super::prose::Sentence;
use super::clause::{Parts, behind, is_connector, is_granted, is_or};
use super::scope::scope_of;
use super::words::{FOREIGN, OWN};
use super::{Context, Place, Scope, Source, Statement};
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

pub(super) fn read_sentence(
    sentence: &Sentence,
    place: Place,
    context: &mut Context,
) -> Vec<Statement> {
    let cleaned = without_quotations(&sentence.text);
    let folded = Folded::new(&cleaned);
    let text = folded.text.as_str();
    let found = mentions(text, &|range| folded.is_proper(&cleaned, range));
    if found.is_empty() {
        let foreign = FOREIGN.is_match(&OWN.replace_all(text, " "));
        context.foreign_block |= foreign && place == Place::Elsewhere;
        return Vec::new();
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut clause_start = 0;
    let mut continues = false;
    for (at, mention) in found.iter().enumerate() {
        let clause = &text[clause_start..mention.range.start];
        let prefix = &text[..mention.range.start];
        let joined = at > 0
            && continues
            && is_connector(&text[found[at - 1].range.end..mention.range.start]);
        let subject = if groups.is_empty() { prefix } else { clause };
        let accepted = joined
            || is_granted(
                sentence,
                place,
                &Parts {
                    clause,
                    prefix,
                    subject,
                    behind: behind(text, mention),
                },
            );
        // an assertion about the block's foreign subject is foreign
        if !accepted || (context.foreign_block && place == Place::Elsewhere) {
            continues = false;
            clause_start = mention.range.end;
            continue;
        }
        continues = true;
        let id = identifier(mention, sentence);
        let is_choice = joined && is_or(&text[found[at - 1].range.end..mention.range.start]);
        clause_start = mention.range.end;
        match groups.last_mut().filter(|_| joined) {
            Some(group) => group.add(id, mention, is_choice),
            None => groups.push(Group::new(id, mention, scope_of(clause, sentence))),
        }
    }
    let offered = leftover::offers_choice(text);
    groups
        .into_iter()
        .filter(|group| !group.is_vague)
        .flat_map(|group| group.into_statements(sentence, place, offered))
        .collect()
}

#[derive(Debug)]
struct Group {
    scope: Scope,
    ids: Vec<String>,
    is_choice: bool,
    is_stated: bool,
    /// A member of a list whose identifier is not known: the list cannot be told.
    is_vague: bool,
}

impl Group {
    fn new(id: Option<String>, mention: &Mention, scope: Scope) -> Self {
        Self {
            scope,
            is_vague: id.is_none(),
            ids: id.into_iter().collect(),
            is_choice: false,
            is_stated: mention.is_version_stated,
        }
    }

    fn add(&mut self, id: Option<String>, mention: &Mention, is_choice: bool) {
        self.is_choice |= is_choice;
        self.is_stated &= mention.is_version_stated;
        match id {
            // « AGPL-3.0 (GNU AGPL) », « EUPL 1.2 (EUPL) »: one licence said twice
            Some(id)
                if self
                    .ids
                    .iter()
                    .any(|known| known == &id || known.starts_with(&format!("{id}-"))) => {}
            Some(id) => {
                if let Some(known) = self
                    .ids
                    .iter_mut()
                    .find(|known| id.starts_with(&format!("{known}-")) && is_bare_gnu(known))
                {
                    *known = id;
                } else {
                    self.ids.push(id);
                }
            }
            None => self.is_vague = self.ids.is_empty() || is_choice,
        }
    }

    fn into_statements(self, sentence: &Sentence, place: Place, offered: bool) -> Vec<Statement> {
        let source = if place == Place::Licence {
            Source::Section
        } else {
            Source::Sentence
        };
        let certain: u16 = if source == Source::Section { 850 } else { 750 };
        let make = |expression: String| Statement {
            scope: self.scope,
            expression,
            line: sentence.line,
            raw: sentence.text.clone(),
            source,
            confidence: if self.is_stated {
                certain
            } else {
                certain - 200
            },
            linked_path: licence_link(&sentence.links),
        };
        if self.ids.len() > 1 && (self.is_choice || offered) {
            vec![make(self.ids.join(" OR "))]
        } else {
            self.ids.iter().cloned().map(make).collect()
        }
    }
}

/// The identifier of a mention, made more precise by a link of the sentence to the same licence.
fn identifier(mention: &Mention, sentence: &Sentence) -> Option<String> {
    let linked = sentence.links.iter().filter_map(|link| id_of_address(link));
    match &mention.id {
        Some(id) if !mention.is_version_stated => {
            let family = id.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let same: Vec<String> = linked.filter(|other| other.starts_with(family)).collect();
            Some(same.into_iter().next().unwrap_or_else(|| id.clone()))
        }
        Some(id) if is_bare_gnu(id) => {
            let precise = linked
                .into_iter()
                .find(|other| other.starts_with(&format!("{id}-or")));
            Some(precise.unwrap_or_else(|| id.clone()))
        }
        other => other.clone(),
    }
}

pub(super) fn licence_link(links: &[String]) -> Option<String> {
    links
        .iter()
        .find(|link| {
            let lower = link.to_ascii_lowercase();
            let name = lower
                .trim_start_matches("file:")
                .rsplit('/')
                .next()
                .unwrap_or_default();
            let local = !lower.contains("://")
                || lower.contains("/blob/")
                || lower.contains("/tree/")
                || lower.contains("/-/");
            local
                && !lower.starts_with('#')
                && ["license", "licence", "copying", "unlicense"]
                    .iter()
                    .any(|stem| name.starts_with(stem) || lower.contains("licenses/"))
        })
        .map(|link| link.trim_start_matches("file:").to_owned())
}

/// Drops quotations long enough to be sentences of somebody else.
fn without_quotations(text: &str) -> String {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"«[^«»]*»|“[^“”]*”|"[^"]*""#));
    QUOTED
        .replace_all(text, |found: &regex::Captures<'_>| {
            let whole = found.get(0).map_or("", |part| part.as_str());
            if whole
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .count()
                >= 5
            {
                String::from(" ")
            } else {
                whole.to_owned()
            }
        })
        .into_owned()
}

/// Folded text with the way back to the original.
struct Folded {
    text: String,
    origin: Vec<usize>,
}

impl Folded {
    fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len());
        let mut origin = Vec::with_capacity(raw.len());
        for (at, c) in raw.char_indices() {
            let mut buffer = [0; 4];
            let folded = fold_plain(c.encode_utf8(&mut buffer));
            origin.extend(std::iter::repeat_n(at, folded.len()));
            text.push_str(&folded);
        }
        Self { text, origin }
    }

    /// Whether a common noun is written as a name: « Licence Ouverte », « Open Licence ».
    fn is_proper(&self, raw: &str, range: &Range<usize>) -> bool {
        let start = self.origin.get(range.start).copied().unwrap_or(0);
        let end = self.origin.get(range.end).copied().unwrap_or(raw.len());
        raw.get(start..end).is_some_and(|name| {
            name.contains("Ouverte")
                || name.contains("OUVERTE")
                || name.contains("Open") && name.contains("Licen")
                || name.contains("talab")
        })
    }
}
