// SPDX-License-Identifier: EUPL-1.2
//! Licence names in running text, French and English, to SPDX identifiers.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;

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

struct Family {
    /// Of which one stands in every way to write the name: most texts name few families.
    parts: &'static [&'static str],
    name: &'static str,
    regex: OnceLock<Regex>,
    versions: &'static [(&'static str, &'static str)],
    default: Option<&'static str>,
}

/// A version behind a name: « License, Version 2.0 », « v3 », « (GPL) version 3 ».
const VERSION: &str = r"(?:[\s,;:(-]*(?:gnu[\s-]*)?(?:a?l?gpl|fdl|eupl|mpl|epl|cecill|odbl|apache|licen[cs]e|public|libre)?[\s,);:-]*(?:version|vers\.|v\.?)?\s*-?(?P<version>[0-9](?:[.,][0-9]){0,2})(?:\b|$))?";

impl Family {
    /// The pattern of the name and its version, when `folded` may hold it.
    fn pattern(&self, folded: &str) -> Option<&Regex> {
        let regex = || {
            let name = self.name;
            pattern(&format!(
                r"\b(?:{name})(?:\b{VERSION}|v?(?P<glued>[0-9](?:\.[0-9])?)\b)"
            ))
        };
        is_any_in(self.parts, folded).then(|| self.regex.get_or_init(regex))
    }
}

fn is_any_in(parts: &[&str], folded: &str) -> bool {
    parts.iter().any(|part| folded.contains(part))
}

const fn family(
    parts: &'static [&'static str],
    name: &'static str,
    versions: &'static [(&'static str, &'static str)],
    default: Option<&'static str>,
) -> Family {
    Family {
        parts,
        name,
        regex: OnceLock::new(),
        versions,
        default,
    }
}

#[rustfmt::skip]
static FAMILIES: [Family; 16] = [
    family(&["affero", "agpl"],
        r"(?:gnu[\s-]+)?affero\s+(?:general\s+)?public\s+licen[cs]e|(?:gnu[\s-]+)?affero\s+gpl|(?:gnu[\s-]+)?agpl|licence\s+publique\s+generale\s+(?:gnu\s+)?affero(?:\s+gnu)?",
        &[("3.0", "AGPL-3.0"), ("1.0", "AGPL-1.0")], Some("AGPL-3.0")),
    family(&["lesser", "library", "lgpl", "limitee", "amoindrie"],
        r"(?:gnu[\s-]+)?(?:lesser|library)\s+(?:general\s+)?public\s+licen[cs]e|(?:gnu[\s-]+)?lgpl|licence\s+publique\s+generale\s+(?:gnu\s+)?(?:limitee|amoindrie)(?:\s+gnu)?",
        &[("2.0", "LGPL-2.0"), ("2.1", "LGPL-2.1"), ("3.0", "LGPL-3.0")], None),
    family(&["public", "gpl", "publique"],
        r"(?:gnu[\s-]+)?general\s+public\s+licen[cs]e|(?:gnu[\s-]+)?gpl|licence\s+publique\s+generale(?:\s+gnu)?|gnu\s+public\s+licen[cs]e",
        &[("1.0", "GPL-1.0"), ("2.0", "GPL-2.0"), ("3.0", "GPL-3.0")], None),
    family(&["documentation", "fdl"],
        r"(?:gnu[\s-]+)?free\s+documentation\s+licen[cs]e|(?:gnu[\s-]+)?g?fdl",
        &[("1.1", "GFDL-1.1"), ("1.2", "GFDL-1.2"), ("1.3", "GFDL-1.3")], None),
    family(&["apache", "asl"],
        r"apache\s+(?:software\s+)?(?:foundation\s+)?licen[cs]e|licen[cs]e\s+apache|apache[\s-]*(?:2|2\.0|v2|v2\.0)|asl\s*2(?:\.0)?",
        &[("1.0", "Apache-1.0"), ("1.1", "Apache-1.1"), ("2.0", "Apache-2.0")], Some("Apache-2.0")),
    family(&["mozilla", "mpl"],
        r"mozilla\s+public\s+licen[cs]e|mpl",
        &[("1.0", "MPL-1.0"), ("1.1", "MPL-1.1"), ("2.0", "MPL-2.0")], Some("MPL-2.0")),
    family(&["eclipse", "epl"],
        r"eclipse\s+public\s+licen[cs]e|epl", &[("1.0", "EPL-1.0"), ("2.0", "EPL-2.0")], None),
    family(&["european", "eupl", "europeenne"],
        r"european\s+union\s+public\s+licen[cs]e|eupl|licence\s+publique\s+de\s+l'union\s+europeenne",
        &[("1.0", "EUPL-1.0"), ("1.1", "EUPL-1.1"), ("1.2", "EUPL-1.2")], Some("EUPL-1.2")),
    family(&["cecill"],
        r"cecill[\s-]?b", &[("1.0", "CECILL-B")], Some("CECILL-B")),
    family(&["cecill"],
        r"cecill[\s-]?c", &[("1.0", "CECILL-C")], Some("CECILL-C")),
    family(&["cecill"],
        r"cecill",
        &[("1.0", "CECILL-1.0"), ("1.1", "CECILL-1.1"), ("2.0", "CECILL-2.0"), ("2.1", "CECILL-2.1")], Some("CECILL-2.1")),
    family(&["database", "odbl"],
        r"open\s+database\s+licen[cs]e(?:\s*\(odbl\))?|odbl", &[("1.0", "ODbL-1.0")], Some("ODbL-1.0")),
    family(&["font", "ofl"],
        r"(?:sil\s+)?open\s+font\s+licen[cs]e|sil\s+ofl|ofl", &[("1.0", "OFL-1.0"), ("1.1", "OFL-1.1")], Some("OFL-1.1")),
    family(&["boost"],
        r"boost\s+software\s+licen[cs]e", &[("1.0", "BSL-1.0")], Some("BSL-1.0")),
    family(&["artistic"],
        r"artistic\s+licen[cs]e", &[("1.0", "Artistic-1.0"), ("2.0", "Artistic-2.0")], None),
    family(&["etalab", "lov2", "ouverte", "open"],
        r"licen[cs]es?\s+etalab|etalab\s+open\s+licen[cs]e|etalab[\s-]*(?:v\.?\s*)?2(?:\.0)?|lov2|(?:licence\s+ouverte|open\s+licen[cs]e)(?:\s*/\s*(?:open\s+licen[cs]e|licence\s+ouverte))?(?:\s*(?:d'|de\s+l'|from\s+|-|\(|by\s+)?\s*etalab\)?)?",
        &[("2.0", "etalab-2.0")], Some("etalab-2.0")),
];

/// A name without a version.
struct Name {
    /// As for a family.
    parts: &'static [&'static str],
    written: &'static str,
    id: &'static str,
    regex: OnceLock<Regex>,
}

impl Name {
    fn pattern(&self, folded: &str) -> Option<&Regex> {
        let regex = || pattern(&format!(r"\b(?:{})\b", self.written));
        is_any_in(self.parts, folded).then(|| self.regex.get_or_init(regex))
    }
}

const fn name(parts: &'static [&'static str], written: &'static str, id: &'static str) -> Name {
    Name {
        parts,
        written,
        id,
        regex: OnceLock::new(),
    }
}

/// Names without a version.
#[rustfmt::skip]
static NAMES: [Name; 10] = [
    name(&["bsd", "berkeley"],
        r"(?:bsd|berkeley\s+software\s+distribution)[\s-]*(?:licen[cs]e\s*)?\(?(?:3|three)[\s-]clauses?\)?|(?:3|three)[\s-]clauses?\s+bsd|bsd\s+a\s+(?:3|trois)\s+clauses|bsd\s*3|(?:new|revised|modified)\s+bsd", "BSD-3-Clause"),
    name(&["bsd", "berkeley"],
        r"(?:bsd|berkeley\s+software\s+distribution)[\s-]*(?:licen[cs]e\s*)?\(?(?:2|two)[\s-]clauses?\)?|(?:2|two)[\s-]clauses?\s+bsd|bsd\s+a\s+(?:2|deux)\s+clauses|bsd\s*2|(?:simplified|freebsd)\s+bsd", "BSD-2-Clause"),
    name(&["mit"],
        r"mit[\s-]?0|mit\s+no\s+attribution", "MIT-0"),
    name(&["mit", "expat", "massachusetts"],
        r"(?:mit\s*/\s*(?:x11|expat)|expat\s+licen[cs]e|massachusetts\s+institute\s+of\s+technology\s+licen[cs]e|mit(?:[\s-]+licen[cs]e)?)(?:\s*\(mit\b)?", "MIT"),
    name(&["isc"],
        r"isc(?:\s+licen[cs]e)?", "ISC"),
    name(&["unlicense"],
        r"(?:the\s+)?unlicense", "Unlicense"),
    name(&["wtfpl"],
        r"wtfpl", "WTFPL"),
    name(&["zlib"],
        r"zlib(?:/libpng)?\s+licen[cs]e|licen[cs]e\s+zlib", "Zlib"),
    name(&["postgresql"],
        r"postgresql\s+licen[cs]e", "PostgreSQL"),
    name(&["cc", "creative"],
        r"cc[\s-]?(?:0|zero)(?:[\s-]*(?:v\.?)?1(?:\.0)?)?(?:\s+universal)?|creative\s+commons\s+(?:cc)?(?:zero|0)(?:[\s-]*(?:v\.?)?1(?:\.0)?)?(?:\s+universal)?", "CC0-1.0"),
];

static CREATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:cc[\s-]+|creative\s+commons\s*(?:licen[cs]e\s*)?[\s:(–-]*(?:cc[\s-]*)?)
          (?:by|attribution|paternite)
          (?P<terms>(?:[\s,/–-]+(?:nc|sa|nd|non[\s-]?commercial\w*|share[\s-]?alike|no[\s-]?deriv\w*
             |pas\s+d'utilisation\s+commerciale|pas\s+de\s+modifications?
             |partage\s+(?:dans\s+les\s+memes\s+conditions|(?:a\s+l')?identique|des\s+conditions\s+initiales(?:\s+a\s+l'identique)?)))*)
          (?:[\s,(:-]*(?:version|licen[cs]e|v\.?)?[\s-]*(?P<version>[1-4][.,][0-9]|[1-4])\b)?",
    )
});

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

fn inside_address(folded: &str, start: usize) -> bool {
    let before = &folded[..start];
    let word = before
        .rfind(|c: char| c.is_whitespace() || "()<>[]\"'".contains(c))
        .map_or(before, |at| &before[at..]);
    word.contains("://")
        || word.contains("www.")
        || word.ends_with('@')
        || word.ends_with('/') && word.len() > 6
        || word.ends_with('.') && word.len() > 3
}

/// The licence that an address stands for.
pub(super) fn id_of_address(address: &str) -> Option<String> {
    let folded = address.to_ascii_lowercase();
    let after = |marker: &str| folded.find(marker).map(|at| &folded[at + marker.len()..]);
    let head = |rest: &str| -> String {
        rest.split(['#', '?'])
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
            .trim_end_matches(".html")
            .trim_end_matches(".txt")
            .to_owned()
    };
    if let Some(rest) = after("spdx.org/licenses/")
        .or_else(|| after("opensource.org/licenses/"))
        .or_else(|| after("opensource.org/license/"))
        .or_else(|| after("choosealicense.com/licenses/"))
        .or_else(|| after("opensource.org/licenses/alphabetical/"))
    {
        return canonical_id(&head(rest)).map(str::to_owned);
    }
    if let Some(rest) = after("creativecommons.org/licenses/") {
        let mut parts = rest.split('/');
        let terms = parts.next()?;
        let version = parts.next()?;
        return canonical_id(&format!("cc-{terms}-{version}")).map(str::to_owned);
    }
    if folded.contains("creativecommons.org/publicdomain/zero/1.0") {
        return Some("CC0-1.0".to_owned());
    }
    if let Some(rest) = after("gnu.org/licenses/") {
        let name = head(rest).replace("old-licenses/", "");
        return canonical_id(&name)
            .or_else(|| canonical_id(&format!("{name}.0")))
            .map(str::to_owned);
    }
    folded
        .contains("apache.org/licenses/license-2.0")
        .then(|| "Apache-2.0".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        let folded = crate::model::text::fold_plain(text);
        mentions(&folded, &|_| true)
            .into_iter()
            .map(|mention| mention.id.unwrap_or_else(|| "?".to_owned()))
            .collect()
    }

    #[test]
    fn names_are_known_in_both_languages() {
        for (text, expected) in [
            ("licence MIT", "MIT"),
            ("the MIT License (MIT)", "MIT"),
            (
                "GNU Affero General Public License v3.0 ou plus récent",
                "AGPL-3.0-or-later",
            ),
            ("GNU AGPL v3 ou ultérieure", "AGPL-3.0-or-later"),
            ("GNU AGPL", "AGPL-3.0"),
            ("GPLv3", "GPL-3.0"),
            ("GPL v3", "GPL-3.0"),
            ("GPL-3.0-or-later", "GPL-3.0-or-later"),
            ("GPL-2.0+", "GPL-2.0-or-later"),
            ("GPL", "?"),
            ("GNU General Public License (GPL) version 2", "GPL-2.0"),
            ("LGPL 2.1", "LGPL-2.1"),
            ("Licence Ouverte 2.0", "etalab-2.0"),
            ("Open License 2.0", "etalab-2.0"),
            ("Licence Ouverte / Open Licence version 2.0", "etalab-2.0"),
            ("Etalab-2.0", "etalab-2.0"),
            ("Licence Ouverte 1.0", "?"),
            ("CeCILL-B", "CECILL-B"),
            ("CeCILL version 2.1", "CECILL-2.1"),
            ("CeCILL v2", "CECILL-2.0"),
            ("EUPL 1.2", "EUPL-1.2"),
            ("Apache License, Version 2.0", "Apache-2.0"),
            ("licence Apache 2.0", "Apache-2.0"),
            ("BSD 3-Clause", "BSD-3-Clause"),
            ("BSD", ""),
            ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
            ("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0"),
            (
                "Creative Commons Attribution - Partage dans les mêmes conditions 3.0",
                "CC-BY-SA-3.0",
            ),
            ("CC0 1.0", "CC0-1.0"),
            ("ODbL", "ODbL-1.0"),
            ("serveur Apache", ""),
            ("MPL 2.0", "MPL-2.0"),
        ] {
            assert_eq!(ids(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_file_name_is_no_statement() {
        assert!(ids("CC-BY-4.0.txt MIT.md").is_empty());
    }

    #[test]
    fn a_common_noun_is_no_name() {
        let none = |text: &str| mentions(&crate::model::text::fold_plain(text), &|_| false);
        assert!(none("publié sous licence ouverte").is_empty());
        assert!(ids("sous une Licence Ouverte").is_empty());
    }

    #[test]
    fn addresses_stand_for_licences() {
        for (address, id) in [
            (
                "https://spdx.org/licenses/AGPL-3.0-or-later.html",
                "AGPL-3.0-or-later",
            ),
            ("https://opensource.org/licenses/MIT", "MIT"),
            (
                "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
                "CC-BY-SA-4.0",
            ),
            ("https://www.gnu.org/licenses/gpl-3.0.en.html", ""),
            ("https://www.gnu.org/licenses/agpl-3.0.html", "AGPL-3.0"),
            ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
            ("LICENSE.md", ""),
        ] {
            assert_eq!(id_of_address(address).unwrap_or_default(), id, "{address}");
        }
    }
}
