// SPDX-License-Identifier: EUPL-1.2
//! Who is the same person, and who is a robot. Names and addresses are compared here and go no further.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

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
        let mut parent: Vec<usize> = (0..identities.len()).collect();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut addresses: BTreeMap<String, usize> = BTreeMap::new();
        for (index, identity) in identities.iter().enumerate() {
            for (seen, text) in [
                (&mut names, &identity.name),
                (&mut addresses, &identity.email),
            ] {
                let key = text.trim().to_lowercase();
                if key.is_empty() {
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
        | ^ (?: bot | action | actions | github-actions | gitlab-ci | semantic-release-bot | snyk-bot | renovate-bot ) @
        | ^ (?: [0-9]+ \+ )? [a-z0-9-]+ -bot @ users\.noreply\.github\.com
        ",
    )
    .expect("invariant: constant pattern")
});

/// True for the identities under which robots commit.
fn is_robot(identity: &Identity) -> bool {
    ROBOT_NAME.is_match(identity.name.trim()) || ROBOT_ADDRESS.is_match(identity.email.trim())
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
        ] {
            assert!(!is_robot(&identity(name, email)), "{name} <{email}>");
        }
    }
}
