// SPDX-License-Identifier: EUPL-1.2
//! Which tags are versions.

use std::sync::LazyLock;

use regex::Regex;

static VERSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^
        (?: @? [A-Za-z] [\w./-]*? [@/_-] )?          # a package of a monorepo, or a word such as release
        [vV]?
        (?: [0-9]{1,9} \. [0-9]{1,9} (?: \. [0-9]{1,9} )*
          | (?: 19 | 20 ) [0-9]{2} [.-]? [01][0-9] (?: [.-]? [0-3][0-9] )? )
        (?: [.+_-]? [A-Za-z0-9] [A-Za-z0-9.+_-]* )?   # pre-release, build, time of day
        $",
    )
    .expect("invariant: constant pattern")
});

/// True for `v1.2`, `1.2.3-rc1`, `2024.05.1`, `2024-05-10`, `package@1.2.3`, `release-1.2`.
pub(in crate::facts) fn is_version(tag: &str) -> bool {
    VERSION.is_match(tag)
}

static SEMANTIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^
        (?: (?: @? [A-Za-z] [\w./-]*? [@/_-] )? [vV]? [0-9]{1,9} (?: \. [0-9]{1,9} ){2}   # a package of a monorepo before it
          | (?: [vV] | release[/_-] )? (?: 19 | 20 ) [0-9]{2} [.-] [01]?[0-9] (?: [.-] [0-9]{1,4} )? )
        (?: [.+_-]? [A-Za-z0-9] [A-Za-z0-9.+_-]* )?
        $",
    )
    .expect("invariant: constant pattern")
});

/// True for versions of three numbers and for calendar versions: `v1.2.3`, `package@1.2.3`, `2024.05`, `2024-05-10`.
pub(super) fn is_semantic(tag: &str) -> bool {
    is_version(tag) && SEMANTIC.is_match(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_many_spellings() {
        for tag in [
            "v1.2",
            "1.2.3",
            "V2.0.0",
            "1.2.3-rc.1",
            "v1.0.0+build5",
            "2024.05.1",
            "2024-05-10",
            "20240510",
            "pkg@1.2.3",
            "@scope/pkg@1.2.3",
            "release-1.2",
            "app/v3.4.5",
            "v4.172.0",
            "prod-2021-05-10",
            "1.0b2",
        ] {
            assert!(is_version(tag), "{tag}");
        }
    }

    #[test]
    fn other_tags_are_not_versions() {
        for tag in [
            "latest",
            "demo",
            "v1",
            "prod",
            "before-refactoring",
            "sprint-12",
            "",
            "v",
            "deploy-42",
        ] {
            assert!(!is_version(tag), "{tag}");
        }
    }

    #[test]
    fn semantic_and_calendar_versions_are_told_from_the_rest() {
        for tag in [
            "1.2.3",
            "v1.2.3-rc.1",
            "pkg@1.2.3",
            "@scope/pkg@1.2.3",
            "app/v3.4.5",
            "2024.05",
            "2024.5.1",
            "2024-05-10",
            "v4.172.0",
        ] {
            assert!(is_semantic(tag), "{tag}");
        }
        for tag in [
            "v1.2",
            "release-1.2",
            "20240510",
            "prod-2021-05-10",
            "latest",
            "v1",
        ] {
            assert!(!is_semantic(tag), "{tag}");
        }
    }
}
