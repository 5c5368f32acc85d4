// SPDX-License-Identifier: EUPL-1.2
//! Known texts with a changed sense.

/// Sentences that no plain licence has.
const ADDED: [&str; 12] = [
    "The software may not be used for commercial purposes.",
    "You must send a copy of every modification to the licensor within thirty days.",
    "Use in military or nuclear facilities is prohibited.",
    "No patent licence is granted by this text.",
    "Toute utilisation commerciale est interdite sans autorisation écrite.",
    "Redistribution requires the written consent of the author.",
    "The Software shall be used for Good, not Evil.",
    "This licence ends when the user brings a claim against the author.",
    "Only natural persons may exercise these rights.",
    "L’usage est réservé aux administrations de l’État.",
    "A fee of one euro is due for every copy.",
    "The licensor may withdraw this licence at any time.",
];

/// Words of weight, and what turns their sense.
const TURNED: [(&str, &str); 24] = [
    (" is granted", " is not granted"),
    (" granted, free of charge", " granted, for a fee"),
    (" without restriction", " with restrictions"),
    (" may ", " may not "),
    (" may not ", " may "),
    (" must ", " must not "),
    (" shall ", " shall not "),
    (" permitted ", " forbidden "),
    (" grants ", " does not grant "),
    (" gratuit", " payant"),
    (" non-exclusive", " exclusive"),
    (" concède ", " ne concède pas "),
    (" peut ", " ne peut pas "),
    (" any purpose", " any non-commercial purpose"),
    (" any purpose", " any lawful purpose"),
    (" royalty-free", " royalty-bearing"),
    (" irrevocable", " revocable"),
    (" worldwide", " national"),
    (" with or without modification", " without modification"),
    (" use, copy,", " copy,"),
    (" distribute", " read"),
    (" source code", " object code"),
    (" redistribute ", " resell "),
    (" to any person ", " to any citizen "),
];

/// A source of numbers that is the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }
}

/// Copies of a licence that say something else, with what was done.
pub(super) fn mutations(text: &str, seed: u64) -> Vec<(String, String)> {
    let mut numbers = Seeded(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let added = ADDED[numbers.below(ADDED.len())];
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let mut inserted = paragraphs.clone();
    inserted.insert(numbers.below(paragraphs.len()), added);
    let mut out = vec![
        (format!("appended {added}"), format!("{text}\n\n{added}\n")),
        (format!("put before: {added}"), format!("{added}\n\n{text}")),
        (format!("inserted {added}"), inserted.join("\n\n")),
    ];
    let sentences: Vec<usize> = text.match_indices(". ").map(|(at, _)| at + 2).collect();
    if !sentences.is_empty() {
        let at = sentences[numbers.below(sentences.len())];
        out.push((
            format!("inserted at {at}: {added}"),
            format!("{}{added} {}", &text[..at], &text[at..]),
        ));
    }
    // a clause left out
    let clauses: Vec<usize> = (0..paragraphs.len())
        .filter(|&at| {
            let folded = paragraphs[at].to_lowercase();
            let is_term = [
                " may ", " must ", " shall ", "permi", "provided", " grant", " doit ",
            ]
            .iter()
            .any(|word| folded.contains(word));
            is_term && folded.split_whitespace().count() >= 12 && !folded.contains("copyright")
        })
        .collect();
    if clauses.len() > 1 {
        let at = clauses[numbers.below(clauses.len())];
        let mut left = paragraphs.clone();
        left.remove(at);
        out.push((format!("without {at}"), left.join("\n\n")));
    }
    // another name throughout
    for (from, to) in [
        ("Mozilla", "Acme"),
        ("Apache", "Acme"),
        ("CeCILL", "CeMILL"),
        ("European Union", "European Group"),
        ("Eclipse", "Ellipse"),
        ("GNU", "GNAT"),
        ("General Public License", "Special Public License"),
        ("Creative Commons", "Creative Ventures"),
    ] {
        if text.matches(from).count() > 2 {
            out.push((format!("{from} → {to} throughout"), text.replace(from, to)));
        }
    }
    for (from, to) in TURNED {
        let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
        if !places.is_empty() {
            let at = places[numbers.below(places.len())];
            out.push((
                format!("{from} → {to} at {at}"),
                format!("{}{to}{}", &text[..at], &text[at + from.len()..]),
            ));
        }
    }
    out
}

/// Where the operative terms of a text begin and end, in bytes: what is changed outside changes no term.
pub(super) fn is_operative(id: &str, before: &str, after: &str) -> bool {
    let same = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(a, b)| a == b);
    let at = same.count();
    let known = crate::facts::licence::texts::Known::new(id, before);
    known
        .operative
        .clone()
        .any(|index| known.words.items()[index].offset as usize >= at)
        && known.words.items()[known.operative.start].offset as usize <= at
}
