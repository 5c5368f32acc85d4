// SPDX-License-Identifier: EUPL-1.2
//! The order of versions, ecosystem by ecosystem. What cannot be ordered for sure is not ordered.

use std::cmp::Ordering;
use std::str::FromStr as _;

/// How `a` stands to `b`; `None` when that is not certain.
pub(super) fn compare(ecosystem: &str, a: &str, b: &str) -> Option<Ordering> {
    if a == b {
        return Some(Ordering::Equal);
    }
    match ecosystem {
        "npm" | "crates.io" | "Hex" | "Go" | "Pub" => semantic(a, b),
        "PyPI" => {
            let read = |text| pep440_rs::Version::from_str(text).ok();
            Some(read(a)?.cmp(&read(b)?))
        }
        "Packagist" => Some(composer(a)?.cmp(&composer(b)?)),
        "RubyGems" => Some(gem(&segments(a)?, &segments(b)?)),
        "Maven" => maven(a, b),
        "NuGet" => nuget(a, b),
        "CRAN" => Some(padded(&figures(a, &['.', '-'])?, &figures(b, &['.', '-'])?)),
        _ => None,
    }
}

/// Figures between separators; `None` for anything else.
fn figures(text: &str, separators: &[char]) -> Option<Vec<u64>> {
    text.split(separators)
        .map(|part| part.parse::<u64>().ok())
        .collect()
}

/// Compares as if the shorter one ended with zeros.
fn padded(a: &[u64], b: &[u64]) -> Ordering {
    let length = a.len().max(b.len());
    let at = |list: &[u64], n: usize| list.get(n).copied().unwrap_or(0);
    (0..length)
        .map(|n| at(a, n).cmp(&at(b, n)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn semantic(a: &str, b: &str) -> Option<Ordering> {
    let read = |text: &str| {
        let text = text.trim_start_matches('v');
        let end = text.find(['-', '+']).unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        // advisories shorten: 1.2 is 1.2.0
        let filled = match numbers.matches('.').count() {
            0 => format!("{numbers}.0.0{rest}"),
            1 => format!("{numbers}.0{rest}"),
            _ => text.to_owned(),
        };
        semver::Version::parse(&filled).ok()
    };
    Some(read(a)?.cmp_precedence(&read(b)?))
}

/// Numbers, stability and its number: as Composer normalises versions.
fn composer(text: &str) -> Option<(Vec<u64>, u8, Vec<u64>)> {
    let text = text.trim_start_matches(['v', 'V']).to_ascii_lowercase();
    let text = text.split('+').next().unwrap_or_default();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (numbers, suffix) = text.split_at(end);
    let mut numbers = figures(numbers.trim_end_matches('.'), &['.'])?;
    if numbers.len() > 4 {
        return None;
    }
    numbers.resize(4, 0);
    let suffix = suffix.trim_start_matches(['-', '_', '.']);
    let end = suffix
        .find(|c: char| !c.is_ascii_lowercase())
        .unwrap_or(suffix.len());
    let (word, rest) = suffix.split_at(end);
    let rank = match word {
        "dev" => 0,
        "alpha" | "a" => 1,
        "beta" | "b" => 2,
        "rc" => 3,
        "" | "stable" => 4,
        "patch" | "pl" | "p" => 5,
        _ => return None,
    };
    let rest = rest.trim_start_matches(['.', '-']);
    let rest = if rest.is_empty() {
        Vec::new()
    } else {
        figures(rest, &['.', '-'])?
    };
    Some((numbers, rank, rest))
}

/// A part of a version of a gem: words come before figures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Word(String),
    Figure(u64),
}

fn segments(text: &str) -> Option<Vec<Segment>> {
    let text = text.replace('-', ".pre.");
    let mut segments = Vec::new();
    for part in text.split('.') {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let is_figure = first.is_ascii_digit();
            let end = rest
                .find(|c: char| c.is_ascii_digit() != is_figure)
                .unwrap_or(rest.len());
            let (run, behind) = rest.split_at(end);
            if !run.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            segments.push(if is_figure {
                Segment::Figure(run.parse().ok()?)
            } else {
                Segment::Word(run.to_owned())
            });
            rest = behind;
        }
    }
    matches!(segments.first(), Some(Segment::Figure(_))).then_some(segments)
}

fn gem(a: &[Segment], b: &[Segment]) -> Ordering {
    let zero = Segment::Figure(0);
    let length = a.len().max(b.len());
    (0..length)
        .map(|n| a.get(n).unwrap_or(&zero).cmp(b.get(n).unwrap_or(&zero)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// The leading figures decide when they differ; behind equal figures, only qualifiers whose rank Maven fixes.
fn maven(a: &str, b: &str) -> Option<Ordering> {
    let read = |text: &str| {
        let text = text.to_ascii_lowercase();
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        let numbers = figures(numbers.trim_end_matches('.'), &['.'])?;
        Some((numbers, rest.trim_start_matches(['-', '.', '_']).to_owned()))
    };
    let ((a, behind_a), (b, behind_b)) = (read(a)?, read(b)?);
    match padded(&a, &b) {
        Ordering::Equal => {}
        order => return Some(order),
    }
    let rank = |text: &str| {
        let end = text
            .find(|c: char| !c.is_ascii_lowercase())
            .unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let rank = match word {
            "alpha" | "a" => 0_u8,
            "beta" | "b" => 1,
            "milestone" | "m" => 2,
            "rc" | "cr" => 3,
            "snapshot" => 4,
            "" | "ga" | "final" | "release" => 5,
            "sp" => 6,
            _ => return None,
        };
        let rest = rest.trim_start_matches(['-', '.']);
        let number = if rest.is_empty() {
            0
        } else {
            rest.parse::<u64>().ok()?
        };
        Some((rank, number))
    };
    Some(rank(&behind_a)?.cmp(&rank(&behind_b)?))
}

/// Four figures, then what semantic versions put behind three, without regard to case.
fn nuget(a: &str, b: &str) -> Option<Ordering> {
    let read = |text: &str| {
        let text = text.to_ascii_lowercase();
        let text = text.split('+').next().unwrap_or_default().to_owned();
        let (numbers, pre) = text.split_once('-').unwrap_or((&text, ""));
        let numbers = figures(numbers, &['.'])?;
        (numbers.len() <= 4).then_some(())?;
        let pre = semver::Prerelease::new(pre).ok()?;
        Some((numbers, pre))
    };
    let ((a, before_a), (b, before_b)) = (read(a)?, read(b)?);
    Some(padded(&a, &b).then_with(|| before_a.cmp(&before_b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each version comes before the next one.
    fn ascend(ecosystem: &str, versions: &[&str]) {
        for pair in versions.windows(2) {
            let order = compare(ecosystem, pair[0], pair[1]);
            assert_eq!(order, Some(Ordering::Less), "{ecosystem} {pair:?}");
            let order = compare(ecosystem, pair[1], pair[0]);
            assert_eq!(order, Some(Ordering::Greater), "{ecosystem} {pair:?}");
        }
    }

    #[test]
    fn every_ecosystem_has_its_order() {
        ascend(
            "npm",
            &[
                "1.0.0-alpha.2",
                "1.0.0-alpha.10",
                "1.0.0",
                "1.2",
                "1.9.0",
                "1.10.0",
            ],
        );
        ascend(
            "Go",
            &[
                "v0.0.0-20200101000000-abcdef",
                "v0.1.0",
                "1.0.0",
                "v2.0.0+incompatible",
            ],
        );
        ascend("Hex", &["1.0.0-rc.1", "1.0.0", "1.0.1"]);
        ascend(
            "PyPI",
            &[
                "1.0.dev1",
                "1.0a1",
                "1.0rc1",
                "1.0",
                "1.0.post1",
                "1.1",
                "1!0.5",
            ],
        );
        ascend(
            "Packagist",
            &[
                "1.0-dev",
                "1.0-alpha2",
                "v1.0.0-beta1",
                "1.0RC1",
                "1.0",
                "1.0-p1",
                "v1.0.1",
                "1.10",
            ],
        );
        ascend(
            "RubyGems",
            &["1.0.a", "1.0.rc1", "1.0", "1.0.1", "1.9", "1.10"],
        );
        ascend(
            "Maven",
            &[
                "1.0-alpha-1",
                "1.0-beta2",
                "1.0-M1",
                "1.0-RC1",
                "1.0-SNAPSHOT",
                "1.0",
                "1.0-SP1",
                "1.0.1",
                "1.10",
            ],
        );
        ascend(
            "NuGet",
            &["1.0.0-Alpha", "1.0.0-beta", "1.0.0", "1.0.0.1", "1.0.1"],
        );
        ascend("CRAN", &["1.0", "1.0-1", "1.0-10", "1.1"]);
    }

    #[test]
    fn different_writings_of_one_version_are_equal() {
        for (ecosystem, a, b) in [
            ("Packagist", "v1.2.0", "1.2"),
            ("PyPI", "1.0", "1.0.0"),
            ("RubyGems", "1.0", "1.0.0"),
            ("Maven", "1.0.Final", "1.0"),
            ("Go", "v1.0.0", "1.0.0"),
            ("npm", "1.0.0+a", "1.0.0+b"),
        ] {
            assert_eq!(compare(ecosystem, a, b), Some(Ordering::Equal), "{a} {b}");
        }
    }

    #[test]
    fn what_has_no_certain_order_is_not_ordered() {
        for (ecosystem, a, b) in [
            ("npm", "latest", "1.0.0"),
            ("PyPI", "2.0-custom", "1.0"),
            ("Packagist", "dev-master", "1.0"),
            ("Maven", "31.0-jre", "31.0-android"),
            ("Maven", "${version}", "1.0"),
            ("conan", "1.0", "2.0"),
            ("CRAN", "1.0", "x"),
            ("RubyGems", "", "1"),
        ] {
            assert_eq!(compare(ecosystem, a, b), None, "{ecosystem} {a} {b}");
        }
        // the figures differ: whatever stands behind them does not matter
        assert_eq!(
            compare("Maven", "31.0-jre", "32.0-android"),
            Some(Ordering::Less)
        );
    }
}
