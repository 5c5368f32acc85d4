// SPDX-License-Identifier: EUPL-1.2
//! The names of licences and the words that lead to them.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use crate::facts::pattern::folded as pattern;

pub(super) struct Family {
    /// Of which one stands in every way to write the name: most texts name few families.
    parts: &'static [&'static str],
    name: &'static str,
    regex: OnceLock<Regex>,
    pub(super) versions: &'static [(&'static str, &'static str)],
    pub(super) default: Option<&'static str>,
}

/// A version behind a name: « License, Version 2.0 », « v3 », « (GPL) version 3 ».
const VERSION: &str = r"(?:[\s,;:(-]*(?:gnu[\s-]*)?(?:a?l?gpl|fdl|eupl|mpl|epl|cecill|odbl|apache|licen[cs]e|public|libre)?[\s,);:-]*(?:version|vers\.|v\.?)?\s*-?(?P<version>[0-9](?:[.,][0-9]){0,2})(?:\b|$))?";

impl Family {
    /// The pattern of the name and its version, when `folded` may hold it.
    pub(super) fn pattern(&self, folded: &str) -> Option<&Regex> {
        let regex = || {
            let name = self.name;
            pattern(&format!(
                r"\b(?:{name})(?:\b{VERSION}|v?(?P<glued>[0-9](?:\.[0-9])?)\b)"
            ))
        };
        is_any_in(self.parts, folded).then(|| self.regex.get_or_init(regex))
    }
}

pub(super) fn is_any_in(parts: &[&str], folded: &str) -> bool {
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
pub(super) static FAMILIES: [Family; 16] = [
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
pub(super) struct Name {
    /// As for a family.
    parts: &'static [&'static str],
    written: &'static str,
    pub(super) id: &'static str,
    regex: OnceLock<Regex>,
}

impl Name {
    pub(super) fn pattern(&self, folded: &str) -> Option<&Regex> {
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
pub(super) static NAMES: [Name; 10] = [
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

pub(super) static CREATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:cc[\s-]+|creative\s+commons\s*(?:licen[cs]e\s*)?[\s:(–-]*(?:cc[\s-]*)?)
          (?:by|attribution|paternite)
          (?P<terms>(?:[\s,/–-]+(?:nc|sa|nd|non[\s-]?commercial\w*|share[\s-]?alike|no[\s-]?deriv\w*
             |pas\s+d'utilisation\s+commerciale|pas\s+de\s+modifications?
             |partage\s+(?:dans\s+les\s+memes\s+conditions|(?:a\s+l')?identique|des\s+conditions\s+initiales(?:\s+a\s+l'identique)?)))*)
          (?:[\s,(:-]*(?:version|licen[cs]e|v\.?)?[\s-]*(?P<version>[1-4][.,][0-9]|[1-4])\b)?",
    )
});
