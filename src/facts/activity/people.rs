// SPDX-License-Identifier: EUPL-1.2
//! Who is the same person, and who is a robot. Names and addresses are compared here and go no further.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::text::fold_plain;
use crate::snapshot::Identity;

/// The identities of a history, grouped: counts come out, names do not.
pub(super) struct People {
    /// From an identity to its person.
    group: Vec<usize>,
    /// Per identity that stands for a person: true when any of its identities is a robot's.
    is_robot: Vec<bool>,
}

impl People {
    /// Merges identities that share a name or an address, compared without case.
    pub(super) fn of(identities: &[Identity]) -> Self {
        Self::merged(identities, &mut |identity| {
            let name = identity.name.trim().to_lowercase();
            let address = identity.email.trim().to_lowercase();
            vec![format!("name {name}"), format!("address {address}")]
        })
    }

    /// Merges also what most likely is one person: the same words of a name in another order, in an address, or the
    /// same account. For questions where one person taken for two is the worse mistake.
    pub(super) fn likely(identities: &[Identity]) -> Self {
        Self::merged(identities, &mut |identity| {
            let name = identity.name.trim().to_lowercase();
            let address = identity.email.trim().to_lowercase();
            let mut keys = vec![format!("name {name}"), format!("address {address}")];
            if !is_robot(identity) {
                keys.extend(likely_keys(&name, &address));
            }
            keys
        })
    }

    fn merged(identities: &[Identity], keys_of: &mut dyn FnMut(&Identity) -> Vec<String>) -> Self {
        let mut parent: Vec<usize> = (0..identities.len()).collect();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (index, identity) in identities.iter().enumerate() {
            for key in keys_of(identity) {
                // nothing after the word: an empty name or address
                if key.ends_with(' ') {
                    continue;
                }
                let first = *seen.entry(key).or_insert(index);
                let (a, b) = (root(&mut parent, first), root(&mut parent, index));
                parent[a.max(b)] = a.min(b);
            }
        }
        let group: Vec<usize> = (0..identities.len())
            .map(|index| root(&mut parent, index))
            .collect();
        let mut is_robot_group = vec![false; identities.len()];
        for (index, identity) in identities.iter().enumerate() {
            is_robot_group[group[index]] |= is_robot(identity);
        }
        Self {
            group,
            is_robot: is_robot_group,
        }
    }

    /// The person behind an identity.
    pub(super) fn person(&self, identity: usize) -> usize {
        self.group.get(identity).copied().unwrap_or(identity)
    }

    /// True when that person is a robot.
    pub(super) fn is_robot(&self, person: usize) -> bool {
        self.is_robot.get(person).copied().unwrap_or(false)
    }
}

/// Parts before the @ that many people have.
const SHARED: [&str; 18] = [
    "admin",
    "bonjour",
    "contact",
    "developer",
    "developpement",
    "equipe",
    "github",
    "gitlab",
    "hello",
    "info",
    "mail",
    "noreply",
    "root",
    "service",
    "support",
    "team",
    "ubuntu",
    "webmaster",
];

/// Words of a name or of an address in alphabetical order, and the account's name.
fn likely_keys(name: &str, address: &str) -> Vec<String> {
    let local = address.split('@').next().unwrap_or_default();
    // 123+account@users.noreply…
    let local = match local.split_once('+') {
        Some((number, account)) if number.bytes().all(|b| b.is_ascii_digit()) => account,
        Some((own, _)) => own,
        None => local,
    };
    let words = |text: &str| -> Vec<String> {
        let folded = fold_plain(text);
        let mut words: Vec<String> = folded
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() > 1)
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        words
    };
    let mut keys = Vec::new();
    for text in [name, local] {
        let words = words(text);
        let compact: String = fold_plain(text)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        match words.as_slice() {
            [_, _, ..] => keys.push(format!("words {}", words.join(" "))),
            // one word alone tells an account; the full name beside it tells homonyms apart
            [word] if word.len() > 4 && !SHARED.contains(&word.as_str()) => {
                keys.push(format!("account {compact}"));
            }
            _ => {}
        }
    }
    keys
}

fn root(parent: &mut [usize], mut index: usize) -> usize {
    while parent[index] != index {
        parent[index] = parent[parent[index]];
        index = parent[index];
    }
    index
}

static ROBOT_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \[bot\]
        | (?: ^ | [\s_-] ) (?: ro )? bot $
        | ^ (?: the\s)? (?: dependabot | renovate | greenkeeper | snyk | pyup | imgbot | weblate | allcontributors
              | github[\s-]?actions? | gitlab[\s-]?ci | travis(?:[\s-]?ci)? | circleci | jenkins | semantic-release
              | semantic[\s-]release[\s-]bot | codecov | pre-commit-ci | sourcery | deepsource | hosted\s+weblate | mergify
              | release-please | scala\s+steward | whitesource | mend | netlify | ImgBotApp | transifex | crowdin
              | web-flow | continuous\ integration | ci )
          (?: $ | [\s_-]? (?: bot | app | preview | io ) \b )
        ",
    )
    .expect("invariant: constant pattern")
});

static ROBOT_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \[bot\]@
        | ^ (?: (?: no-?reply | support | bot ) @ (?: dependabot | renovatebot | greenkeeper | snyk | pyup | weblate | allcontributors ) \b )
        | @ (?: renovateapp\.com | pyup\.io | greenkeeper\.io | dependabot\.com | semantic-release )
        | ^ (?: actions | github-actions | gitlab-ci | semantic-release-bot | snyk-bot | renovate-bot ) @
        | ^ (?: [0-9]+ \+ )? [a-z0-9-]+ -bot @ users\.noreply\.github\.com
        ",
    )
    .expect("invariant: constant pattern")
});

/// Addresses of robots, unless somebody with a first and a family name writes from there.
static DOUBTFUL_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:bot|action|robot)@").expect("invariant: constant pattern")
});

/// True for the identities under which robots commit.
fn is_robot(identity: &Identity) -> bool {
    let (name, address) = (identity.name.trim(), identity.email.trim());
    ROBOT_NAME.is_match(name)
        || ROBOT_ADDRESS.is_match(address)
        || (!name.contains(' ') && DOUBTFUL_ADDRESS.is_match(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, email: &str) -> Identity {
        Identity {
            name: name.to_owned(),
            email: email.to_owned(),
        }
    }

    #[test]
    fn identities_that_share_a_name_or_an_address_are_one_person() {
        let people = People::of(&[
            identity("Ada", "ada@a.example"),
            identity("ADA", "ada@b.example"),
            identity("countess", "Ada@B.example"),
            identity("Bob", ""),
            identity("Carl", ""),
        ]);
        assert_eq!(people.person(0), people.person(1));
        assert_eq!(people.person(1), people.person(2));
        assert_ne!(people.person(3), people.person(4));
    }

    #[test]
    fn robots_are_recognised_by_name_or_address() {
        for (name, email) in [
            (
                "dependabot[bot]",
                "49699333+dependabot[bot]@users.noreply.github.com",
            ),
            ("Renovate Bot", "bot@renovateapp.com"),
            ("renovate", "x@y.example"),
            ("snyk-bot", "snyk-bot@snyk.io"),
            ("greenkeeperio-bot", "support@greenkeeper.io"),
            ("semantic-release-bot", "semantic-release-bot@martynus.net"),
            ("GitHub Actions", "actions@github.com"),
            ("github-actions", ""),
            ("ImgBotApp", "ImgBotHelp@gmail.com"),
            ("allcontributors[bot]", ""),
            ("Hosted Weblate", "hosted@weblate.org"),
            ("Example CI", "gitlab-ci@example.org"),
            ("SocialGroup bot", ""),
        ] {
            assert!(is_robot(&identity(name, email)), "{name} <{email}>");
        }
    }

    #[test]
    fn people_are_not_taken_for_robots() {
        for (name, email) in [
            ("Jean Talbot", "jean.talbot@example.fr"),
            ("Abbott", "abbott@example.org"),
            ("Cirdan", "ci@example.org"),
            ("Renée Vate", "12+renee@users.noreply.github.com"),
            ("Marie Botte", "botte@example.fr"),
            ("Travis Dupont", "travis@example.org"),
            ("Action Logement", "contact@example.org"),
            ("Camille Martin", "bot@example.org"),
        ] {
            assert!(!is_robot(&identity(name, email)), "{name} <{email}>");
        }
    }

    #[test]
    fn one_person_under_several_names_and_addresses_is_likely_one() {
        let one = |identities: &[(&str, &str)]| {
            let list: Vec<_> = identities
                .iter()
                .map(|(name, email)| identity(name, email))
                .collect();
            let people = People::likely(&list);
            (0..list.len()).all(|index| people.person(index) == people.person(0))
        };
        assert!(one(&[
            ("Camille Martin", "cm@a.example"),
            ("MARTIN Camille", "x@b.example")
        ]));
        assert!(one(&[
            ("cm", "camille.martin@a.example"),
            ("Camille Martin", "x@b.example")
        ]));
        assert!(one(&[
            ("Élodie Petit", "a@a.example"),
            ("elodie petit", "b@b.example")
        ]));
        assert!(one(&[
            ("Camille Martin", "12+cmartin@users.noreply.github.com"),
            ("cmartin", "x@b.example"),
        ]));
        assert!(!one(&[
            ("Camille Martin", "contact@a.example"),
            ("Zoé Petit", "contact@b.example")
        ]));
        assert!(!one(&[
            ("Camille Martin", "a@a.example"),
            ("Camille Durand", "b@b.example")
        ]));
        assert!(!one(&[
            ("root", ""),
            ("Root", "root@b.example"),
            ("Zoé", "zoe@a.example")
        ]));
    }
}
