// SPDX-License-Identifier: EUPL-1.2
//! Licence names in running text, French and English, to SPDX identifiers.

mod address;
mod tables;
#[cfg(test)]
mod tests;

pub(super) use address::id_of_address;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use self::address::inside_address;
use self::tables::{CREATIVE, FAMILIES, Family, NAMES, is_any_in};
use super::leftover::{self, Versions};
use crate::facts::pattern::folded as pattern;

/// One licence named in a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// SPDX identifier; `None` for a family whose version is needed and not said.
    pub id: Option<String>,
    /// Whether the version was said, not assumed.
    pub is_version_stated: bool,
}

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[a-z0-9][a-z0-9.+-]*[a-z0-9+]").expect("invariant: the pattern compiles")
});

static IDS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    spdx::identifiers::LICENSES
        .iter()
        .filter(|licence| licence.name != "NOASSERTION")
        .map(|licence| (licence.name.to_lowercase(), licence.name))
        .collect()
});

/// The identifier written so, whatever its case.
pub(super) fn canonical_id(written: &str) -> Option<&'static str> {
    IDS.get(written.to_lowercase().as_str()).copied()
}

/// Every licence that `folded` (lower case, without accents) names, in order; no two overlap. `is_proper` tells
/// whether the range of a common noun (« licence ouverte ») is written as a proper name.
pub(super) fn mentions(folded: &str, is_proper: &dyn Fn(&Range<usize>) -> bool) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for token in TOKEN.find_iter(folded) {
        let written = token.as_str();
        let shaped = written.contains('-') && written.bytes().any(|b| b.is_ascii_digit())
            || matches!(written, "cecill-b" | "cecill-c" | "odc-by");
        let (bare, later) = match written.strip_suffix('+') {
            Some(bare) => (bare, true),
            None => (written, false),
        };
        if let Some(id) =
            canonical_id(bare).filter(|_| shaped && !inside_address(folded, token.start()))
        {
            let id = if later && is_bare_gnu(id) {
                format!("{id}-or-later")
            } else {
                id.to_owned()
            };
            add(&mut out, token.range(), Some(id), true);
        }
    }
    let creative = is_any_in(&["cc", "creative"], folded).then(|| CREATIVE.captures_iter(folded));
    for found in creative.into_iter().flatten() {
        if let Some(whole) = found.get(0) {
            let version = found.name("version").map(|v| two_parts(v.as_str()));
            let terms = found.name("terms").map_or("", |terms| terms.as_str());
            let id = creative_id(terms, version.as_deref().unwrap_or("4.0"));
            add(&mut out, whole.range(), id, version.is_some());
        }
    }
    for name in &NAMES {
        let Some(regex) = name.pattern(folded) else {
            continue;
        };
        for found in regex.find_iter(folded) {
            if !inside_address(folded, found.start()) {
                add(&mut out, found.range(), Some(name.id.to_owned()), true);
            }
        }
    }
    for family in &FAMILIES {
        add_family(&mut out, family, folded, is_proper);
    }
    // `CC-BY-4.0.txt` is a file
    out.retain(|mention| {
        let behind = &folded[mention.range.end..];
        ![".txt", ".md", ".htm", ".pdf", ".rst"]
            .iter()
            .any(|ending| behind.starts_with(ending))
    });
    out.sort_by_key(|mention| mention.range.start);
    qualify(folded, &mut out);
    out
}

fn add_family(
    out: &mut Vec<Mention>,
    family: &Family,
    folded: &str,
    is_proper: &dyn Fn(&Range<usize>) -> bool,
) {
    let Some(regex) = family.pattern(folded) else {
        return;
    };
    for found in regex.captures_iter(folded) {
        let Some(whole) = found.get(0) else { continue };
        let said = found
            .name("version")
            .or_else(|| found.name("glued"))
            .map(|v| two_parts(v.as_str()));
        let common =
            whole.as_str().contains("licence ouverte") || whole.as_str().contains("open licen");
        let named = !common
            || said.is_some()
            || (is_proper(&whole.range()) && !is_generic(folded, whole.start()));
        if !named || inside_address(folded, whole.start()) {
            continue;
        }
        let said = said.or_else(|| gnu_version_behind(whole.as_str(), &folded[whole.end()..]));
        let id = match &said {
            Some(version) => family
                .versions
                .iter()
                .find(|(known, _)| known == version)
                .map(|&(_, id)| id),
            None => family.default,
        };
        // « etalab 2.0 » carries its version in the name
        let said = said.or_else(|| {
            whole
                .as_str()
                .ends_with(|c: char| c.is_ascii_digit())
                .then(String::new)
        });
        add(out, whole.range(), id.map(str::to_owned), said.is_some());
    }
}

fn add(out: &mut Vec<Mention>, range: Range<usize>, id: Option<String>, is_version_stated: bool) {
    if out
        .iter()
        .all(|known| known.range.end <= range.start || range.end <= known.range.start)
    {
        out.push(Mention {
            range,
            id,
            is_version_stated,
        });
    }
}

/// Adds `-or-later` or `-only` to GNU identifiers from the words behind them.
fn qualify(folded: &str, mentions: &mut [Mention]) {
    let starts: Vec<usize> = mentions.iter().map(|mention| mention.range.start).collect();
    for (at, mention) in mentions.iter_mut().enumerate() {
        let Some(id) = mention.id.as_mut().filter(|id| is_bare_gnu(id)) else {
            continue;
        };
        let end = starts.get(at + 1).copied().unwrap_or(folded.len());
        let from = mention.range.start;
        let until = floor_boundary(folded, end.min(mention.range.end + 160));
        match leftover::versions(&folded[from..until]) {
            Some(Versions::OrLater) => id.push_str("-or-later"),
            Some(Versions::Only) => id.push_str("-only"),
            None => {}
        }
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether `id` names a GNU licence without saying anything of later versions.
pub(super) fn is_bare_gnu(id: &str) -> bool {
    ["GPL-", "LGPL-", "AGPL-", "GFDL-"]
        .iter()
        .any(|family| id.starts_with(family))
        && !id.ends_with("-only")
        && !id.ends_with("-or-later")
        && !id.ends_with('+')
}

/// « under the GNU General Public License as published by …, either version 3 of the License »
fn gnu_version_behind(name: &str, behind: &str) -> Option<String> {
    static BEHIND: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[^.;]{0,90}?\bversion\s+(?P<version>[123](?:\.[0-9])?)\b"));
    if !(name.contains("general public") || name.contains("gpl") || name.contains("generale")) {
        return None;
    }
    BEHIND
        .captures(behind)?
        .name("version")
        .map(|version| two_parts(version.as_str()))
}

fn two_parts(version: &str) -> String {
    let version = version.replace(',', ".");
    if version.contains('.') {
        version
    } else {
        format!("{version}.0")
    }
}

fn creative_id(terms: &str, version: &str) -> Option<String> {
    let words: Vec<&str> = terms.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |starts: &[&str]| {
        words
            .iter()
            .any(|word| starts.iter().any(|start| word.starts_with(start)))
    };
    let mut id = "CC-BY".to_owned();
    if words.contains(&"nc") || has(&["commercial", "noncommercial"]) {
        id.push_str("-NC");
    }
    if words.contains(&"nd") || has(&["deriv", "noderiv", "modification"]) {
        id.push_str("-ND");
    } else if words.contains(&"sa") || has(&["share", "partage"]) {
        id.push_str("-SA");
    }
    canonical_id(&format!("{id}-{version}")).map(str::to_owned)
}

/// « an open licence », « toute licence ouverte »: a kind of licence, not a name.
fn is_generic(folded: &str, start: usize) -> bool {
    let before = folded[..start].trim_end();
    [
        "une",
        "an",
        "any",
        "toute",
        "des",
        "de",
        "en",
        "cette",
        "d'une",
        "different",
        "same",
    ]
    .iter()
    .any(|word| {
        before.ends_with(word)
            && !before[..before.len() - word.len()].ends_with(char::is_alphanumeric)
    })
}
