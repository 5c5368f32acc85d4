// SPDX-License-Identifier: EUPL-1.2
//! Where the terms of a known text begin and end.

use std::ops::Range;

use super::super::normalise::Words;

/// Where the operative terms of a known text begin and end, in its words: a preamble before and an appendix after may
/// be left out of a copy.
pub(super) fn operative_range(id: &str, words: &Words) -> Range<usize> {
    let all = words.join(0..words.len());
    let position = |marker: &str| {
        all.find(marker)
            .map(|at| all[..at].bytes().filter(|&b| b == b' ').count())
    };
    let gnu = ["GPL-", "LGPL-", "AGPL-", "GFDL-"]
        .iter()
        .any(|family| id.starts_with(family));
    let (starts, ends): (&[&str], &[&str]) = if id.starts_with("CC") && !id.starts_with("CC0") {
        (
            &[
                "by exercising the licensed rights",
                "the work as defined below is provided under",
            ],
            &[
                "creative commons is not a party to its public licenses",
                "creative commons is not a party to this license",
                "creative commons notice",
            ],
        )
    } else if id.starts_with("CC0") {
        (&["statement of purpose"], &[])
    } else if gnu || id.starts_with("Apache") {
        (
            &[
                "this version of the gnu lesser",
                "terms and conditions for copying",
                "terms and conditions for use",
                "terms and conditions definitions",
            ],
            &[
                "end of terms and conditions",
                "how to apply these terms",
                "addendum how to use",
                "appendix how to apply",
            ],
        )
    } else if id == "etalab-2.0" {
        (
            &[],
            &["a propos de la license ouverte", "about the open license"],
        )
    } else if id == "Unlicense" {
        (&[], &["for more information please refer"])
    } else if id == "MPL-2.0" {
        (&[], &["exhibit a source code form"])
    } else if id == "EPL-2.0" {
        (&[], &["exhibit a form of secondary"])
    } else {
        (&[], &[])
    };
    let start = starts
        .iter()
        .find_map(|marker| position(marker))
        .unwrap_or(0);
    let end = ends
        .iter()
        .filter_map(|marker| position(marker))
        .filter(|&end| end > start)
        .min()
        .unwrap_or(words.len());
    start..end
}
