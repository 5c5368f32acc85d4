// SPDX-License-Identifier: EUPL-1.2
//! How many files of code say under which licence they are: by header, by annotation, by a `.license` file beside them.
//!
//! Where a project has more files than are opened, the share is an estimate with bounds, from files spread over all.

use super::heads::Heads;
use super::paths::{is_fixture, is_generated};
use super::reuse::Annotations;
use super::sources::{FIRST_SAMPLE, FULL_SAMPLE};
use crate::snapshot::{Entry, Snapshot};

/// Files without header that are named.
const MAX_NAMED: usize = 10;

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Coverage {
    /// Files that could carry a header.
    pub(super) total: usize,
    /// Files that were looked at.
    pub(super) seen: usize,
    /// Of these, the files covered.
    pub(super) covered: usize,
    /// Of these, the first that are not covered.
    pub(super) without: Vec<String>,
    /// A file that could not be opened.
    pub(super) unread: Option<String>,
}

impl Coverage {
    /// The share of the files seen, in permille.
    pub(super) fn permille(&self) -> usize {
        1000 * self.covered / self.seen.max(1)
    }

    /// Between which shares, in permille, that of all files lies: twice the standard error (Wilson), nothing when all were seen.
    pub(super) fn bounds(&self) -> (usize, usize) {
        if self.seen == self.total {
            return (self.permille(), self.permille());
        }
        let (n, k) = (self.seen, self.covered);
        let spread = (4_000_000 * (k * n.saturating_sub(k) / n.max(1) + 1)).isqrt();
        let middle = 1000 * (k + 2);
        (
            middle.saturating_sub(spread) / (n + 4),
            ((middle + spread) / (n + 4)).min(1000),
        )
    }
}

/// Counts; where nothing points to headers, the files opened already are enough.
pub(super) fn measure(
    snapshot: &Snapshot,
    code: &[&Entry],
    annotations: &Annotations,
    heads: &mut Heads,
) -> Coverage {
    let carriers: Vec<&Entry> = code
        .iter()
        .copied()
        .filter(|entry| carries_header(entry))
        .collect();
    let mut out = Coverage {
        total: carriers.len(),
        ..Coverage::default()
    };
    let is_annotated = |entry: &Entry| {
        annotations.of(&entry.path).is_some()
            || snapshot.entry(&format!("{}.license", entry.path)).is_some()
    };
    let is_thorough = !annotations.list.is_empty()
        || !heads.is_empty()
        || carriers
            .iter()
            .take(FIRST_SAMPLE)
            .any(|entry| is_annotated(entry));
    let sample: Vec<&Entry> = if is_thorough {
        let step = carriers.len().div_ceil(FULL_SAMPLE).max(1);
        carriers.iter().copied().step_by(step).collect()
    } else {
        let known = carriers.iter().copied();
        let known: Vec<&Entry> = known.filter(|entry| heads.known(entry).is_some()).collect();
        if known.len() >= carriers.len().min(FIRST_SAMPLE / 2) {
            known
        } else {
            let step = carriers.len().div_ceil(FIRST_SAMPLE).max(1);
            carriers.iter().copied().step_by(step).collect()
        }
    };
    for entry in sample {
        let is_covered = if is_annotated(entry) {
            Some(true)
        } else {
            heads.one(snapshot, entry)
        };
        match is_covered {
            None => out.unread = Some(entry.path.to_string()),
            // there is nothing to license in an empty file
            Some(false)
                if heads.is_generated(entry) || snapshot.size(entry).is_ok_and(|size| size < 2) =>
            {
                out.total -= 1;
            }
            Some(is_covered) => {
                out.seen += 1;
                out.covered += usize::from(is_covered);
                if !is_covered && out.without.len() < MAX_NAMED {
                    out.without.push(entry.path.to_string());
                }
            }
        }
    }
    out
}

/// True for code written by hand that can hold a comment; not settings, generated or minified files, fixtures.
fn carries_header(entry: &Entry) -> bool {
    let name = entry.name();
    !matches!(entry.extension().as_str(), "ipynb" | "sql" | "rmd")
        && !name.starts_with('.')
        && !entry.folder().split('/').any(|part| part.starts_with('.'))
        && !name.contains(".config.")
        && !matches!(
            name,
            "conf.py" | "gulpfile.js" | "Gruntfile.js" | "setup.py" | "mix.exs"
        )
        && !is_generated(entry)
        && !is_fixture(entry.folder())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(total: usize, seen: usize, covered: usize) -> Coverage {
        Coverage {
            total,
            seen,
            covered,
            ..Coverage::default()
        }
    }

    #[test]
    fn a_whole_count_has_no_bounds_and_a_sample_has() {
        assert_eq!(of(10, 10, 8).bounds(), (800, 800));
        let (least, most) = of(5000, 24, 0).bounds();
        assert!(least == 0 && most < 200, "{most}");
        let (least, most) = of(5000, 120, 120).bounds();
        assert!(least > 900 && most == 1000, "{least}");
        let (least, most) = of(5000, 120, 96).bounds();
        assert!(least < 800 && most > 800, "{least} {most}");
        assert_eq!(of(0, 0, 0).bounds(), (0, 0));
    }
}
