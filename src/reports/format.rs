// SPDX-License-Identifier: EUPL-1.2
//! Numbers, dates and punctuation as each language writes them, and repository text made safe to look at.

use super::messages::Language;
use crate::model::date::Date;
use crate::scoring::card::{Percent, Score};

/// Non-breaking space.
pub const NBSP: char = '\u{a0}';

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// « 23 novembre 2026 », "23 November 2026".
pub fn date(language: Language, date: Date) -> String {
    let day = match (language, date.day()) {
        (Language::Fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{day}{NBSP}{}", month(language, date))
}

/// The month of a date in words: « novembre 2026 », "November 2026".
pub fn month(language: Language, date: Date) -> String {
    let months = match language {
        Language::Fr => MONTHS_FR,
        Language::En => MONTHS_EN,
    };
    let index = usize::try_from(date.month() - 1).unwrap_or(0);
    let month = months.get(index).copied().unwrap_or_default();
    format!("{month}{NBSP}{}", date.year())
}

/// An integer with its thousands grouped: « 30 000 », "30,000".
pub fn number(language: Language, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(match language {
                Language::Fr => NBSP,
                Language::En => ',',
            });
        }
        out.push(digit);
    }
    if value < 0 {
        out.insert(0, '\u{2212}');
    }
    out
}

/// A number of tenths with one decimal at most: « 84,5 », "84.5", "84".
pub fn tenths(language: Language, value: u16) -> String {
    let whole = value / 10;
    match (value % 10, language) {
        (0, _) => whole.to_string(),
        (rest, Language::Fr) => format!("{whole},{rest}"),
        (rest, Language::En) => format!("{whole}.{rest}"),
    }
}

/// A score out of 100, with one decimal at most.
pub fn score(language: Language, value: Score) -> String {
    tenths(language, value.0)
}

/// « 84 % », "84%".
pub fn percent(language: Language, value: Percent) -> String {
    match language {
        Language::Fr => format!("{}{NBSP}%", value.0),
        Language::En => format!("{}%", value.0),
    }
}

/// Our own French text with its spaces before `: ; ? ! % »` and after `«` made non-breaking; English is left alone.
pub fn typeset(language: Language, text: &str) -> String {
    if language == Language::En {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut last = '\0';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let breaks = c == ' '
            && (last == '«' || matches!(next, Some(':' | ';' | '?' | '!' | '%' | '»' | '€')));
        let shown = match c {
            ' ' if breaks => NBSP,
            '\'' if last.is_alphabetic() && next.is_some_and(char::is_alphabetic) => '’',
            _ => c,
        };
        out.push(shown);
        last = c;
    }
    out
}

/// Text of a repository with control and direction characters made visible, so that it cannot rewrite a
/// terminal's line or reverse what stands beside it.
pub fn visible(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !is_direction(c);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            _ if is_plain(c) => out.push(c),
            _ => {
                use std::fmt::Write as _;
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
        }
    }
    out
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn dates_read_naturally() {
        let day = civil::date(2026, 11, 23);
        assert_eq!(date(Language::Fr, day), "23\u{a0}novembre\u{a0}2026");
        assert_eq!(date(Language::En, day), "23\u{a0}November\u{a0}2026");
        let first = civil::date(2027, 1, 1);
        assert_eq!(date(Language::Fr, first), "1er\u{a0}janvier\u{a0}2027");
        assert_eq!(month(Language::En, first), "January\u{a0}2027");
    }

    #[test]
    fn numbers_follow_their_language() {
        assert_eq!(number(Language::Fr, 30_000), "30\u{a0}000");
        assert_eq!(number(Language::En, 1_234_567), "1,234,567");
        assert_eq!(number(Language::En, -12), "\u{2212}12");
        assert_eq!(score(Language::Fr, Score(845)), "84,5");
        assert_eq!(score(Language::En, Score(840)), "84");
        assert_eq!(percent(Language::Fr, Percent(60)), "60\u{a0}%");
        assert_eq!(percent(Language::En, Percent(60)), "60%");
    }

    #[test]
    fn french_spaces_do_not_break() {
        assert_eq!(
            typeset(Language::Fr, "Voir : « l'école » ?"),
            "Voir\u{a0}: «\u{a0}l’école\u{a0}»\u{a0}?"
        );
        assert_eq!(typeset(Language::En, "it's : so"), "it's : so");
    }

    #[test]
    fn hostile_characters_become_visible() {
        assert_eq!(visible("a\u{1b}[31mb"), "a⟨U+001B⟩[31mb");
        assert_eq!(visible("cod\u{202e}txt.exe"), "cod⟨U+202E⟩txt.exe");
        assert_eq!(visible("two\nlines"), "two lines");
        assert_eq!(visible("été"), "été");
    }
}
