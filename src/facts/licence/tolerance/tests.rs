// SPDX-License-Identifier: EUPL-1.2
//! Differences that matter and those that do not.

use super::*;
use crate::facts::licence::align::{Stretch, align};
use crate::facts::licence::normalise::words;

const KNOWN: &str = "Copyright holders permit redistribution and use in source and binary forms, with or without \
    modification, are permitted provided that redistributions retain the notice. Neither the name of the copyright \
    holder nor the names of its contributors may be used to endorse products derived from this software without \
    prior written permission of the licensor.";

fn verdict(from: &str, to: &str) -> Verdict {
    assert!(KNOWN.contains(from), "{from}");
    let known = Known::new("BSD-3-Clause", KNOWN);
    let text = words(&KNOWN.replacen(from, to, 1));
    let found = align(&Stretch::new(&text, 0..text.len()), &known, 0).unwrap();
    judge("BSD-3-Clause", &text, &known, &found)
}

#[test]
fn a_named_holder_is_harmless() {
    assert!(matches!(
        verdict(
            "the copyright holder nor",
            "the Ministère de la Culture nor"
        ),
        Verdict::Plain(_)
    ));
}

#[test]
fn spelling_is_harmless() {
    assert!(matches!(
        verdict("modification", "modificaton"),
        Verdict::Plain(_)
    ));
    assert!(matches!(verdict("licensor", "licencor"), Verdict::Plain(_)));
}

#[test]
fn a_torn_word_is_harmless() {
    assert!(matches!(
        verdict("endorse products", "endor se pro ducts"),
        Verdict::Plain(_)
    ));
    assert!(matches!(
        verdict("source and", "s ource and"),
        Verdict::Plain(_)
    ));
}

#[test]
fn altered_sense_is_seen() {
    for (from, to) in [
        ("with or without", "without"),
        ("are permitted", "are not permitted"),
        ("and use in", "and non-commercial use in"),
        ("retain the notice.", "retain the notice. You must pay."),
        ("prior written", "oral"),
        ("source and binary", "source"),
    ] {
        assert!(
            matches!(verdict(from, to), Verdict::Altered(_)),
            "{from} → {to}"
        );
    }
}
