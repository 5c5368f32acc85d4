// SPDX-License-Identifier: EUPL-1.2
//! Every known text by class.

use std::collections::BTreeSet;

use spdx::text::{EXCEPTION_TEXTS, LICENSE_TEXTS};

/// Official texts that the crate lacks; `texts/README.md` tells where each comes from.
const OWN_TEXTS: [(&str, &str); 8] = [
    ("CECILL-1.0", include_str!("CECILL-1.0.en.txt")),
    ("CECILL-2.0", include_str!("CECILL-2.0.fr.txt")),
    ("CECILL-2.1", include_str!("CECILL-2.1.fr.txt")),
    ("CECILL-B", include_str!("CECILL-B.fr.txt")),
    ("CECILL-C", include_str!("CECILL-C.fr.txt")),
    ("etalab-2.0", include_str!("etalab-2.0.en.txt")),
    ("etalab-2.0", include_str!("etalab-2.0.fr.txt")),
    ("etalab-2.0", include_str!("etalab-2.0.fr-early.txt")),
];

/// The published texts of `id`.
pub(in crate::facts::licence) fn published(id: &str) -> impl Iterator<Item = &'static str> {
    LICENSE_TEXTS
        .iter()
        .chain(&OWN_TEXTS)
        .filter(move |(known, _)| *known == id)
        .map(|&(_, text)| text)
}

/// Every class of identical texts: identifier, text, whether it is an exception.
pub(in crate::facts::licence) fn classes() -> Vec<(&'static str, &'static str, bool)> {
    // by length first: texts share long beginnings
    let mut known: BTreeSet<(usize, &'static str)> = BTreeSet::new();
    let mut seen = |text: &'static str| known.insert((text.len(), text));
    let mut out = Vec::new();
    let licences = LICENSE_TEXTS
        .iter()
        // an exception by an older name
        .filter(|(id, _)| *id != "wxWindows")
        .map(|&(id, text)| (id.trim_end_matches('+'), text, false));
    let exceptions = EXCEPTION_TEXTS.iter().map(|&(id, text)| (id, text, true));
    let own = OWN_TEXTS.iter().map(|&(id, text)| (id, text, false));
    for (id, text, is_exception) in licences.chain(own).chain(exceptions) {
        if seen(text) {
            out.push((id, text, is_exception));
        }
        // the crate's LGPL 3.0 carries the GPL behind it; alone it is the LGPL too
        if id == "LGPL-3.0"
            && let Some(end) = text.find("GNU GENERAL PUBLIC LICENSE")
            && seen(&text[..end])
        {
            out.push((id, &text[..end], is_exception));
        }
    }
    out
}
