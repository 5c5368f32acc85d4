// SPDX-License-Identifier: EUPL-1.2
//! A licence file to what it grants: which licences, whether they were altered, who holds the rights.

mod describe;
mod search;
#[cfg(test)]
mod tests;

use self::describe::describe;
use self::search::{Found, search};
use super::holders::{self, Holder};
use super::normalise::{Words, words};
use super::texts::id_of_hash;
use super::{leftover, notice};

/// How a licence was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The normalised text is the published one, word for word.
    ExactHash,
    /// The text differs from the published one in harmless places, or was altered.
    Similarity,
    /// A statement names the licence without its text.
    Notice,
    /// An `SPDX-License-Identifier` line.
    Header,
}

/// One licence found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// SPDX expression of this part alone.
    pub expression: String,
    /// Certainty in permille, 0 to 1000.
    pub confidence: u16,
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// How it was recognised.
    pub method: Method,
    /// Whether words with a meaning were changed, added or removed inside.
    pub is_altered: bool,
    /// Whether a heading before it gives it to the software of others.
    pub is_third_party: bool,
}

/// Text that belongs to no match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remainder {
    /// First line, from 1.
    pub line: u32,
    /// The text as written.
    pub text: String,
}

/// What a licence file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextIdentification {
    /// Every licence found, in order of lines.
    pub parts: Vec<Match>,
    /// SPDX expression of the whole; `None` when nothing is granted or nothing was recognised. For a modified text it
    /// names the licence that was altered: look at `is_modified` first.
    pub expression: Option<String>,
    /// Whether restrictions were added or terms altered: the text is not the plain licence.
    pub is_modified: bool,
    /// The sentence that restricts, folded, when one was found around the licence.
    pub restriction: Option<String>,
    /// Whether a copyright notice was left as a form to fill in (`[year] [fullname]`).
    pub is_placeholder_unfilled: bool,
    /// Holders that copyright lines name.
    pub holders: Vec<Holder>,
    /// What is left after the matches.
    pub remainder: Vec<Remainder>,
}

/// Fewest words that may be a licence text.
const SHORTEST: usize = 12;

/// A notice longer than this many words is no mere notice.
const LONGEST_NOTICE: usize = 500;

/// Identifies the licences of a licence file.
pub fn identify_text(text: &str) -> TextIdentification {
    let words = words(text);
    let mut found = Vec::new();
    if words.len() >= SHORTEST {
        let start = words.body_start();
        if let Some(id) = id_of_hash(&words.digest(start..words.len())) {
            found.push(Found::exact(id, start..words.len()));
        } else {
            search(&words, 0..words.len(), &mut found);
        }
    }
    found.sort_by_key(|part| part.range.start);
    if found.is_empty() {
        return from_notice(text, &words);
    }
    describe(text, &words, &found)
}

/// Identifies a licence file by its text and its path: in the REUSE layout the name of a file under `LICENSES/` tells
/// `-only` from `-or-later`, which no GNU text does.
pub fn identify_licence_file(path: &str, text: &str) -> TextIdentification {
    let mut out = identify_text(text);
    let named = id_of_path(path);
    if let (Some(named), [part]) = (named, out.parts.as_mut_slice())
        && named
            .strip_prefix(part.expression.as_str())
            .is_some_and(|rest| rest == "-only" || rest == "-or-later")
    {
        named.clone_into(&mut part.expression);
        out.expression = Some(named.to_owned());
    }
    out
}

/// The SPDX identifier that a file under `LICENSES/` has as its name.
pub fn id_of_path(path: &str) -> Option<&'static str> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = folder.rsplit('/').next().unwrap_or(folder);
    if !folder.eq_ignore_ascii_case("licenses") && !folder.eq_ignore_ascii_case("licences") {
        return None;
    }
    let stem = name
        .strip_suffix(".txt")
        .or_else(|| name.strip_suffix(".md"))
        .unwrap_or(name);
    let stem = stem
        .strip_prefix("LICENSE.")
        .or_else(|| stem.strip_prefix("LICENSE-"))
        .unwrap_or(stem);
    super::names::canonical_id(stem)
}

/// A file without a known text: short notices such as « Scripts are under the ISC licence », headers.
fn from_notice(text: &str, words: &Words) -> TextIdentification {
    let mut out = TextIdentification {
        holders: holders::copyright_holders(text),
        ..TextIdentification::default()
    };
    if words.is_empty() || words.len() > LONGEST_NOTICE {
        return out;
    }
    let said = notice::identify_licence_notice(text);
    if let Some(restriction) = leftover::restriction(text)
        && said.expression.is_some()
    {
        out.is_modified = true;
        out.restriction = Some(restriction);
    }
    out.parts = said
        .statements
        .iter()
        .map(|statement| Match {
            expression: statement.expression.clone(),
            confidence: statement.confidence,
            lines: (statement.line, statement.line),
            method: if statement.source == notice::Source::Header {
                Method::Header
            } else {
                Method::Notice
            },
            is_altered: false,
            is_third_party: false,
        })
        .collect();
    out.expression = said.expression;
    out
}
