// SPDX-License-Identifier: EUPL-1.2
//! Statements of licence in prose, French and English: what is granted, for which part, on which line.
//!
//! Silence is allowed, error is not. A negation, a condition, a recommendation, a quotation and the software of others
//! say nothing about this repository.

mod badge;
mod clause;
mod scope;
mod sentence;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use regex::Regex;

use self::badge::read_badge;
use self::sentence::{licence_link, read_sentence};
use super::expression::spdx_headers;
use super::names::is_bare_gnu;
use super::prose::{self, Prose, Sentence};
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

/// What part of a repository a statement covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The repository, without further words.
    All,
    /// Source code.
    Code,
    /// Documentation.
    Docs,
    /// Texts, pages, media.
    Content,
    /// Data.
    Data,
}

/// Where a statement stands; earlier weighs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An `SPDX-License-Identifier` line of the README itself.
    Header,
    /// A sentence under a heading about licences.
    Section,
    /// A sentence elsewhere.
    Sentence,
    /// The text of a badge.
    Badge,
}

/// One statement of licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it covers.
    pub scope: Scope,
    /// SPDX expression.
    pub expression: String,
    /// Line, from 1.
    pub line: u32,
    /// The sentence as written, without markup.
    pub raw: String,
    /// Where it stands.
    pub source: Source,
    /// Certainty in permille; lower where the version is assumed.
    pub confidence: u16,
    /// The licence file that it links to, as written.
    pub linked_path: Option<String>,
}

/// What a README says of licences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadmeIdentification {
    /// Statements of the strongest source, in order of lines.
    pub statements: Vec<Statement>,
    /// All of them joined; `None` when the README says nothing certain.
    pub expression: Option<String>,
    /// Links to a licence file, with their line, whether or not a licence is named there.
    pub links: Vec<(u32, String)>,
}

/// Reads the statements of licence of a README.
pub fn identify_readme(text: &str) -> ReadmeIdentification {
    identify(text, false)
}

/// Reads a short file about licences: every sentence stands in a licence section.
pub(super) fn identify_licence_notice(text: &str) -> ReadmeIdentification {
    identify(text, true)
}

fn identify(text: &str, is_notice: bool) -> ReadmeIdentification {
    let prose = prose::read(text);
    let mut all: Vec<Statement> = headers(&prose);
    let mut links = Vec::new();
    let mut context = Context::default();
    for sentence in &prose.sentences {
        let place = if is_notice {
            Place::Licence
        } else {
            place(&sentence.headings)
        };
        context.enter(sentence);
        if let Some(path) = licence_link(&sentence.links) {
            links.push((sentence.line, path));
        }
        if place != Place::Foreign {
            all.extend(read_sentence(sentence, place, &mut context));
        }
    }
    all.extend(prose.badges.iter().filter_map(read_badge));
    let strongest = all.iter().map(|statement| statement.source).min();
    all.retain(|statement| Some(statement.source) == strongest);
    all.sort_by_key(|statement| statement.line);
    all.dedup_by(|b, a| a.scope == b.scope && a.expression == b.expression);
    let expression = join(&all);
    ReadmeIdentification {
        statements: all,
        expression,
        links,
    }
}

/// Every statement holds for its part: AND, each once, the most precise form of a GNU licence.
fn join(statements: &[Statement]) -> Option<String> {
    let mut out: Vec<&str> = Vec::new();
    for statement in statements {
        let expression = statement.expression.as_str();
        let vaguer = is_bare_gnu(expression)
            && statements.iter().any(|other| {
                other
                    .expression
                    .strip_prefix(expression)
                    .is_some_and(|rest| rest.starts_with('-'))
            });
        if !vaguer && !out.contains(&expression) {
            out.push(expression);
        }
    }
    let several = out.len() > 1;
    let parts: Vec<String> = out
        .into_iter()
        .map(|part| {
            if several && part.contains(" OR ") {
                format!("({part})")
            } else {
                part.to_owned()
            }
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// Lines at the head in which a README may carry a header of its own.
const HEADER_LINES: u32 = 30;

fn headers(prose: &Prose) -> Vec<Statement> {
    prose
        .plain_lines
        .iter()
        .filter(|(line, _)| *line <= HEADER_LINES)
        .filter_map(|(line, text)| {
            let (_, expression) = spdx_headers(text).into_iter().next()?;
            Some(Statement {
                scope: Scope::All,
                expression,
                line: *line,
                raw: text.trim().to_owned(),
                source: Source::Header,
                confidence: 950,
                linked_path: None,
            })
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Under a heading about licences.
    Licence,
    /// Under a heading about the work of others.
    Foreign,
    Elsewhere,
}

fn place(headings: &[String]) -> Place {
    static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:licen[cs]\w*|copyrights?|droits?\b.*(?:auteurs?|utilisation)|mentions legales|legal)\b",
        )
    });
    static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?x)\b(?:third[\ -]part(?:y|ies) | tiers | tierces | credits? | dependenc\w+ | dependances? | acknowledge?ments? | remerciements?
            | fonts? | polices? | icons? | icones? | images? | photos? | logos? | illustrations? | librar(?:y|ies) | bibliotheques? | sources? | references?
            | changelog | faq | examples? | exemples? | related | alternatives? | contribut\w+ | similar )\b",
        )
    });
    // the title of the document names the project
    let mut place = Place::Elsewhere;
    for (at, heading) in headings.iter().enumerate() {
        let folded = fold_plain(heading);
        if LICENCE.is_match(&folded)
            && (at > 0 || headings.len() == 1 && folded.split_whitespace().count() <= 4)
        {
            place = Place::Licence;
            if FOREIGN.is_match(&folded) && folded.contains("part") {
                return Place::Foreign;
            }
        } else if FOREIGN.is_match(&folded) && at > 0 {
            return Place::Foreign;
        }
    }
    place
}

#[derive(Debug, Default)]
struct Context {
    headings: Vec<String>,
    /// A negation or a foreign subject in the block at hand.
    foreign_block: bool,
}

impl Context {
    fn enter(&mut self, sentence: &Sentence) {
        if sentence.opens_block {
            self.foreign_block = false;
        }
        if self.headings != sentence.headings {
            self.headings.clone_from(&sentence.headings);
            self.foreign_block = false;
        }
    }
}
