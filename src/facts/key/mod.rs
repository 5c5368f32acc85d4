// SPDX-License-Identifier: EUPL-1.2
//! The registry of facts: every key with its type, its theme and what it says. Rules may use no other key.
//!
//! One file a theme; the order of the entries is that of the export.

mod activity;
mod ci;
mod data;
mod dependencies;
mod documentation;
mod hosting;
mod kind;
mod licence;
mod publiccode;
mod readme;
mod repository;
mod security;
mod tests;
mod web;

use std::sync::LazyLock;

/// What shape a fact's value has. A value of *nothing there* is allowed for every shape but counts and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// True or false.
    Flag,
    /// A whole number; the unit is in the key.
    Count,
    /// A text, possibly from a closed list.
    Text,
    /// An instant with offset.
    Moment,
    /// A list of texts.
    List,
    /// A list of records of named texts.
    Items,
}

/// The extractor that yields a fact; facts of one theme are computed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// What the forge and the address say.
    Repository,
    /// What kind of project it is, in which languages.
    Kind,
    /// Licences.
    Licence,
    /// The README.
    Readme,
    /// Continuous integration.
    Ci,
    /// Automatic tests.
    Tests,
    /// Deployment and hosting.
    Hosting,
    /// Documentation and community files.
    Documentation,
    /// Manifests, lock files, update bots.
    Dependencies,
    /// publiccode.yml.
    Publiccode,
    /// Secrets, environment files, large files.
    Security,
    /// Commits and tags.
    Activity,
    /// Obligations of a public web service.
    Web,
    /// Data sets that the repository carries.
    Data,
}

/// One fact that can be known of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactSpec {
    /// Dotted key, nested in the JSON export.
    pub key: &'static str,
    /// Shape of the value.
    pub kind: FactKind,
    /// Who yields it.
    pub theme: Theme,
    /// What it says, in English, for rule authors.
    pub says: &'static str,
}

/// Key, shape and meaning, as the files of this folder write them.
type Entry = (&'static str, FactKind, &'static str);

/// Every theme with its entries, in the order of the export.
const THEMES: &[(Theme, &[Entry])] = &[
    (Theme::Repository, repository::ENTRIES),
    (Theme::Kind, kind::ENTRIES),
    (Theme::Readme, readme::ENTRIES),
    (Theme::Licence, licence::ENTRIES),
    (Theme::Ci, ci::ENTRIES),
    (Theme::Tests, tests::ENTRIES),
    (Theme::Hosting, hosting::ENTRIES),
    (Theme::Documentation, documentation::ENTRIES),
    (Theme::Dependencies, dependencies::ENTRIES),
    (Theme::Publiccode, publiccode::ENTRIES),
    (Theme::Security, security::ENTRIES),
    (Theme::Activity, activity::ENTRIES),
    (Theme::Web, web::ENTRIES),
    (Theme::Data, data::ENTRIES),
];

/// Every fact, in the order of the export.
pub static FACTS: LazyLock<Vec<FactSpec>> = LazyLock::new(|| {
    let of_theme = |(theme, entries): &(Theme, &'static [Entry])| {
        let theme = *theme;
        let spec = move |&(key, kind, says)| FactSpec {
            key,
            kind,
            theme,
            says,
        };
        entries.iter().map(spec)
    };
    THEMES.iter().flat_map(of_theme).collect()
});

/// The fact with this key.
pub fn fact(key: &str) -> Option<&'static FactSpec> {
    FACTS.iter().find(|spec| spec.key == key)
}

#[cfg(test)]
mod registry_tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_never_both_a_value_and_a_folder() {
        for (n, spec) in FACTS.iter().enumerate() {
            for other in &FACTS[n + 1..] {
                assert_ne!(spec.key, other.key);
                let nested =
                    |a: &str, b: &str| b.strip_prefix(a).is_some_and(|r| r.starts_with('.'));
                assert!(!nested(spec.key, other.key) && !nested(other.key, spec.key));
            }
        }
    }
}
