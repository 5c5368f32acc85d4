// SPDX-License-Identifier: EUPL-1.2
//! Shapes of values that only persons have: social security numbers and bank accounts whose key is right, many
//! addresses of the form first.last@.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// Distinct values from which chance is out of the question.
const ENOUGH_NUMBERS: usize = 5;
/// Distinct addresses of persons that make a list.
const ENOUGH_ADDRESSES: usize = 20;

/// A quick look over bytes: many addresses, or long numbers.
pub(super) fn may_hold(bytes: &[u8]) -> bool {
    static NUMBER: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        regex::bytes::Regex::new(r"(?-u)\b[12][ ]?\d{2}[ ]?(?:0[1-9]|1[0-2])[ ]?\d[\dAB][ ]?\d{3}[ ]?\d{3}[ ]?\d{2}\b|\b[A-Z]{2}\d{2}[ ]?[0-9A-Z]{4}[ ]?\d")
            .expect("invariant: constant pattern")
    });
    let mut addresses = bytes.iter().filter(|byte| **byte == b'@');
    addresses.nth(ENOUGH_ADDRESSES - 1).is_some() || NUMBER.is_match(bytes)
}

/// The kinds that stand there in number, each with how many distinct values there are.
pub(super) fn count(text: &str) -> Vec<(&'static str, usize)> {
    let mut found = Vec::new();
    let numbers = social_numbers(text);
    if numbers >= ENOUGH_NUMBERS {
        found.push(("nir", numbers));
    }
    let accounts = accounts(text);
    if accounts >= ENOUGH_NUMBERS {
        found.push(("iban", accounts));
    }
    let addresses = addresses(text);
    if addresses >= ENOUGH_ADDRESSES {
        found.push(("emails", addresses));
    }
    found
}

static SOCIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)([12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3}) ?(\d{2})(?-u:\b)")
        .expect("invariant: constant pattern")
});

/// Numbers of 15 figures whose key is right; none when most of their like have a wrong key, as other numbers do.
fn social_numbers(text: &str) -> usize {
    let (mut right, mut wrong) = (BTreeSet::new(), 0_usize);
    for found in SOCIAL.captures_iter(text).take(20_000) {
        let number: String = found[1].chars().filter(|c| *c != ' ').collect();
        let corsican = number.replace("2A", "19").replace("2B", "18");
        let is_right = corsican
            .parse::<u64>()
            .is_ok_and(|value| found[2].parse() == Ok(97 - value % 97));
        if is_right {
            right.insert(number);
        } else {
            wrong += 1;
        }
    }
    if right.len() > wrong { right.len() } else { 0 }
}

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?(?-u:\b)")
        .expect("invariant: constant pattern")
});

fn accounts(text: &str) -> usize {
    let mut right = BTreeSet::new();
    for found in ACCOUNT.find_iter(text).take(20_000) {
        let account: String = found.as_str().chars().filter(|c| *c != ' ').collect();
        let is_long = (15..=34).contains(&account.len())
            && (!account.starts_with("FR") || account.len() == 27);
        if is_long && remainder(&account) == Some(1) {
            right.insert(account);
        }
    }
    right.len()
}

/// The number that ISO 7064 makes of an account, modulo 97.
fn remainder(account: &str) -> Option<u32> {
    let (head, rest) = account.split_at_checked(4)?;
    let mut value = 0_u32;
    for c in rest.chars().chain(head.chars()) {
        let digit = c.to_digit(36)?;
        let shift = if digit > 9 { 100 } else { 10 };
        value = (value * shift + digit) % 97;
    }
    Some(value)
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)([a-z]{2,}(?:-[a-z]+)?)[._]([a-z]{2,}(?:-[a-z]+)?)[0-9]{0,4}@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
        .expect("invariant: constant pattern")
});

/// Words before the @ that name an office rather than a person.
const OFFICES: [&str; 24] = [
    "mairie",
    "contact",
    "accueil",
    "secretariat",
    "info",
    "infos",
    "service",
    "services",
    "direction",
    "commune",
    "communaute",
    "support",
    "noreply",
    "ville",
    "bureau",
    "agence",
    "pole",
    "siege",
    "cabinet",
    "ecole",
    "office",
    "greffe",
    "prefecture",
    "urbanisme",
];

fn addresses(text: &str) -> usize {
    let mut seen = BTreeSet::new();
    for found in ADDRESS.captures_iter(text).take(20_000) {
        let parts = [found[1].to_ascii_lowercase(), found[2].to_ascii_lowercase()];
        let domain = found[3].to_ascii_lowercase();
        let is_office = parts.iter().any(|part| OFFICES.contains(&part.as_str()));
        let is_made_up = domain.starts_with("example.")
            || domain.contains(".example")
            || domain.ends_with("test.com");
        if !is_office && !is_made_up {
            seen.insert((parts, domain));
        }
    }
    seen.len()
}
