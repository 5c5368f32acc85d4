// SPDX-License-Identifier: EUPL-1.2
//! Identifiers as types, so that a rule id is never taken for a category.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a text that is already in canonical form.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

text_id!(
    /// A rule: the stem of its file, for example `licence-file-present`.
    RuleId
);
text_id!(
    /// A category: the name of a folder under `rules/`.
    CategoryId
);
text_id!(
    /// A défi: its key in the catalogue.
    DefiId
);
text_id!(
    /// A repository, stable over renames: host and forge id, else its normalised address.
    RepositoryId
);
text_id!(
    /// A place that a finding points at, independent of line numbers: 16 hexadecimal digits.
    Fingerprint
);

impl Fingerprint {
    /// Fingerprint of a finding's place: rule, path and content with white space folded.
    pub fn of(rule: &RuleId, path: &str, content: &str) -> Self {
        let mut hasher = Sha256::new();
        for part in [rule.as_str(), path] {
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
        for word in content.split_whitespace() {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        let digest = hasher.finalize();
        Self(hex(&digest[..8]))
    }
}

/// Lower-case hexadecimal digits of `bytes`.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A name that is safe in file paths and anchors: ASCII lower case, digits and single hyphens.
///
/// Accented Latin letters lose their accent; whatever else is not alphanumeric becomes a hyphen. Different
/// texts can share a slug: whoever writes files adds what tells them apart.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match unaccented(c) {
            Some(plain) => out.push_str(plain),
            None if c.is_ascii_alphanumeric() => out.push(c),
            None => {
                if !out.ends_with('-') && !out.is_empty() {
                    out.push('-');
                }
            }
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// The plain spelling of an accented lower-case letter used in French, `None` for any other character.
pub fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' => "a",
        'ç' => "c",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'î' | 'ï' | 'í' | 'ì' => "i",
        'ñ' => "n",
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' => "o",
        'ù' | 'û' | 'ü' | 'ú' => "u",
        'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_ignore_white_space_and_tell_paths_apart() {
        let rule = RuleId::new("r");
        let a = Fingerprint::of(&rule, "README.md", "a  b\n");
        assert_eq!(a, Fingerprint::of(&rule, "README.md", " a b"));
        assert_ne!(a, Fingerprint::of(&rule, "readme.md", "a b"));
        assert_eq!(a.as_str().len(), 16);
    }

    #[test]
    fn slugs_are_plain_ascii() {
        assert_eq!(slug("Vers l’école pour tous !"), "vers-l-ecole-pour-tous");
        assert_eq!(slug("  Œuvre -- d'art "), "oeuvre-d-art");
        assert_eq!(slug("日本"), "");
    }
}
