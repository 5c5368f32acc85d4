// SPDX-License-Identifier: EUPL-1.2
//! Columns of tables, keys of records, columns of dumps: a birth date beside a name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::folded;
use crate::model::text::fold_plain;

/// Records below which a document in JSON is an example or a schema.
const FEW_RECORDS: usize = 10;

/// Columns that are read of one table.
const MOST_COLUMNS: usize = 500;

/// What the columns say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) is_of_persons: bool,
    pub(super) columns: Vec<String>,
    pub(super) rows: usize,
}

static BIRTH: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"^(?:(?:la_)?da?te?_?(?:de_?)?(?:la_)?nais\w*|dat_?nais\w*|ddn|d_nais\w*|ne_?e?_?le|birth_?(?:date|day)|date_?of_?birth|dob|date_birth)$",
    )
});
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"^(?:noms?|nom_?(?:de_?)?(?:famille|naissance|usage|patronymique|marital|jeune_fille|prenom)|nom_et_prenom|\w*prenoms?\w*|last_?name|first_?name|surname|given_?name|family_?name|full_?name|patronyme)$",
    )
});

fn is_of_persons<'n>(names: impl IntoIterator<Item = &'n str>) -> (bool, Vec<String>) {
    let mut kept = Vec::new();
    let (mut has_birth, mut has_name) = (false, false);
    for name in names {
        let plain = plain(name);
        let (birth, person) = (BIRTH.is_match(&plain), NAME.is_match(&plain));
        has_birth |= birth;
        has_name |= person;
        if (birth || person) && !kept.contains(&plain) && kept.len() < 6 {
            kept.push(plain);
        }
    }
    (has_birth && has_name, kept)
}

/// A name of a column for comparison: `Date de naissance` and `dateNaissance` become words with underscores.
fn plain(name: &str) -> String {
    let folded = fold_plain(name.trim().trim_matches(['"', '\'', '`', '[', ']']));
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars().take(60) {
        let c = if c.is_ascii_alphanumeric() { c } else { '_' };
        if c != '_' || !out.ends_with('_') {
            out.push(c);
        }
    }
    out.trim_matches('_').to_owned()
}

/// A quick look over bytes: without one of these, no birth date is named.
pub(super) fn may_hold(bytes: &[u8]) -> bool {
    static SIGN: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        regex::bytes::Regex::new(r"(?i-u)nais|birth|\bdob\b|\bddn\b")
            .expect("invariant: constant pattern")
    });
    SIGN.is_match(bytes)
}

/// A table with a line of names at its head.
pub(super) fn of_table(text: &str) -> Found {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(head) = lines.next() else {
        return Found::default();
    };
    let separator = [';', ',', '\t', '|']
        .into_iter()
        .max_by_key(|separator| head.matches(*separator).count())
        .unwrap_or(';');
    let (is_of_persons, columns) = is_of_persons(head.split(separator).take(MOST_COLUMNS));
    Found {
        is_of_persons,
        columns,
        rows: lines.count(),
    }
}

static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""([^"\n]{2,40})"\s*:\s*"(?:\d{4}-\d{2}-\d{2}|\d{2}[/.-]\d{2}[/.-]\d{4})"#)
        .expect("invariant: constant pattern")
});
static TEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""([^"\n]{2,40})"\s*:\s*"[^"\n]{2,}""#).expect("invariant: constant pattern")
});

/// Records in JSON: keys that come back, with a date or a text behind them.
pub(super) fn of_records(text: &str) -> Found {
    let count = |pattern: &Regex, wanted: &Regex| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for found in pattern.captures_iter(text) {
            let key = plain(&found[1]);
            if wanted.is_match(&key) {
                *counts.entry(key).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count)
    };
    let Some((birth, births)) = count(&DATED, &BIRTH) else {
        return Found::default();
    };
    let Some((name, names)) = count(&TEXT, &NAME) else {
        return Found::default();
    };
    Found {
        is_of_persons: births >= FEW_RECORDS && names >= FEW_RECORDS,
        columns: vec![birth, name],
        rows: births.min(names),
    }
}

static INSERT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:INSERT\s+INTO|COPY)\s+[^\s(;]{1,120}\s*\(([^)]{1,4000})\)")
        .expect("invariant: constant pattern")
});

/// A dump in SQL: the columns that are filled, with the rows below.
pub(super) fn of_dump(text: &str) -> Found {
    let mut best = Found::default();
    for found in INSERT.captures_iter(text) {
        let (is_it, columns) = is_of_persons(found[1].split(','));
        if !is_it {
            continue;
        }
        let end = found.get(0).map_or(0, |whole| whole.end());
        let rest = &text[end..];
        let is_copy = rest
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("from stdin");
        let rows = if is_copy {
            rest.lines()
                .skip(1)
                .take_while(|line| *line != "\\.")
                .count()
        } else {
            let end = rest.find(";\n").unwrap_or(rest.len());
            rest[..end].matches("),").count() + 1
        };
        best.rows += rows;
        best.is_of_persons = true;
        best.columns = columns;
    }
    best
}
