// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::facts::testing::tree_of;

fn signs(path: &str, text: &str) -> Option<(Vec<&'static str>, Vec<String>, usize)> {
    let snapshot = tree_of(&[(path, text)]).snapshot();
    let entry = snapshot.entry(path).unwrap();
    look(entry, text.as_bytes()).map(|sign| (sign.signs, sign.columns, sign.count))
}

fn rows(row: impl Fn(usize) -> String, count: usize) -> String {
    (0..count).map(row).collect()
}

fn names(n: usize) -> String {
    let letters = b"abcdefghijklmnopqrstuvwxyz";
    [n / 26 % 26, n % 26, n * 7 % 26]
        .iter()
        .map(|at| char::from(letters[*at]))
        .collect()
}

#[test]
fn a_table_with_names_and_birth_dates_is_a_sign() {
    let body = rows(
        |n| {
            format!(
                "{};{};1980-01-{:02};{n}\n",
                names(n),
                names(n + 9),
                n % 28 + 1
            )
        },
        12,
    );
    let table = format!("Nom;Prénom;Date de naissance;dossier\n{body}");
    let (found, columns, count) = signs("data/agents.csv", &table).unwrap();
    assert_eq!(found, ["birth-and-name"]);
    assert_eq!(columns, ["nom", "prenom", "date_de_naissance"]);
    assert_eq!(count, 12);
    for path in [
        "tests/agents.csv",
        "data/agents_fictifs.csv",
        "db/seeds/agents.csv",
        "data/exemple-agents.csv",
    ] {
        assert_eq!(signs(path, &table), None, "{path}");
    }
    let places = format!("nom;commune;date\n{body}");
    assert_eq!(signs("data/lieux.csv", &places), None);
    assert_eq!(signs("data/vide.csv", "nom;prenom;date_naissance\n"), None);
}

#[test]
fn records_and_dumps_are_read() {
    let body = rows(
        |n| {
            format!(
                "{{\"lastName\": \"{}\", \"birthDate\": \"1980-02-{:02}\"}},\n",
                names(n),
                n % 28 + 1
            )
        },
        12,
    );
    let (found, columns, count) = signs("data/people.json", &format!("[{body}]")).unwrap();
    assert_eq!((found, count), (vec!["birth-and-name"], 12));
    assert_eq!(columns, ["birthdate", "lastname"]);
    let schema = "{\"properties\": {\"lastName\": {\"type\": \"string\"}, \"birthDate\": {\"type\": \"string\"}}}".repeat(20);
    assert_eq!(signs("data/people.json", &schema), None);
    let values = rows(|n| format!("('{}', '1980-02-01'),\n", names(n)), 12);
    let dump =
        format!("INSERT INTO agents (nom, date_naissance) VALUES\n{values}('x', '1980-01-01');\n");
    let (found, _, count) = signs("db/agents.sql", &dump).unwrap();
    assert_eq!((found, count), (vec!["birth-and-name"], 13));
    let table = format!(
        "CREATE TABLE agents (nom text, date_naissance date);\n{}",
        "-- x\n".repeat(60)
    );
    assert_eq!(signs("db/schema.sql", &table), None);
}

#[test]
fn numbers_count_only_with_their_key() {
    let social = |n: u64, shift: u64| {
        let number = 1_800_175_000_000 + n * 137;
        format!("{n};{number}{:02}\n", 97 - (number + shift) % 97)
    };
    let table = |shift| {
        format!(
            "id;numero\n{}",
            (0..20).map(|n| social(n, shift)).collect::<String>()
        )
    };
    assert_eq!(signs("data/a.csv", &table(0)).unwrap().0, ["nir"]);
    assert_eq!(signs("data/a.csv", &table(1)), None);
}

#[test]
fn many_addresses_of_persons_are_a_sign_and_offices_are_none() {
    let people = rows(
        |n| format!("{}.{}@service.gouv.fr\n", names(n), names(n + 3)),
        25,
    );
    let text = format!("email\n{people}");
    assert_eq!(
        signs("data/mails.csv", &text),
        Some((vec!["emails"], Vec::new(), 25))
    );
    let offices = rows(|n| format!("mairie.{}@communes.fr\n", names(n)), 40);
    assert_eq!(
        signs("data/mairies.csv", &format!("email\n{offices}")),
        None
    );
    // a notebook shows what it computed
    let notebook = format!("{{\"outputs\": [\"{}\"]}}", people.replace('\n', "\\n "));
    assert_eq!(signs("etude.ipynb", &notebook).unwrap().0, ["emails"]);
    // code names its authors
    assert_eq!(signs("composer.json", &notebook), None);
}
