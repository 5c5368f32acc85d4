// SPDX-License-Identifier: EUPL-1.2
//! Waivers: they apply where they may, they are always shown, and they end.

use serde_json::Value;

use super::{plain, read, refused, run, run_in, write};
use crate::repository::Repository;

fn waiver(rule: &str, expires: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"{rule}\"\nreason = \"Motif d’essai\"\nauthor = \"équipe d’essai\"\nexpires = {expires}\n\n"
    )
}

/// A repository without licence and tests, with waivers of its own.
fn repository(waivers: &str) -> Repository {
    let repository = Repository::new();
    let prose = "Un service qui aide les équipes à transmettre leur travail. ".repeat(8);
    repository.write("README.md", format!("# Exemple\n\n{prose}\n"));
    repository.write("src/app.py", "def main():\n    pass\n");
    if !waivers.is_empty() {
        repository.write(".perenne.toml", waivers);
    }
    repository.commit("first");
    repository
}

fn card(repository: &Repository, arguments: &[&str]) -> Value {
    let all = [&["check", ".", "--format", "json"], arguments].concat();
    let run = run(repository.path(), &all);
    let card: Value = serde_json::from_str(&run.stdout).unwrap();
    card["repository"].clone()
}

fn finding<'c>(card: &'c Value, rule: &str) -> &'c Value {
    let findings = card["findings"].as_array().unwrap();
    findings
        .iter()
        .find(|finding| finding["rule"] == rule)
        .unwrap_or_else(|| panic!("no {rule}"))
}

/// The card of the only repository of a catalogue.
fn audited(folder: &std::path::Path, catalogue: &str) -> Value {
    write(folder, "p.toml", catalogue);
    let run = run(folder, &["audit", "p.toml", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let programme: Value = serde_json::from_str(&run.stdout).unwrap();
    programme["defis"][0]["repositories"][0]["card"].clone()
}

fn catalogue(repository: &Repository, waivers: &str) -> String {
    format!(
        "{waivers}[[defi]]\nid = \"a\"\nrepositories = [\"{}\"]\n",
        repository.path().display()
    )
}

#[test]
fn own_waivers_apply_at_ones_own_gate_and_are_only_claimed_in_an_audit() {
    let repository = repository(&waiver("readme-contributions-stated", "2027-06-30"));
    let own = card(&repository, &[]);
    let waived = finding(&own, "readme-contributions-stated");
    assert_eq!(
        waived["outcome"], "fail",
        "a waiver never changes an outcome"
    );
    assert_eq!(waived["waiver"]["origin"], "repository");
    let scratch = tempfile::tempdir().unwrap();
    let public = audited(scratch.path(), &catalogue(&repository, ""));
    assert_eq!(
        finding(&public, "readme-contributions-stated")["waiver"],
        Value::Null
    );
    assert_eq!(
        public["claimed_waivers"][0]["rule"],
        "readme-contributions-stated"
    );
    assert!(public["score_with_claimed"].as_f64() > public["score"].as_f64());
    // the catalogue's own do change the score
    let granted = catalogue(
        &repository,
        &waiver("readme-contributions-stated", "2027-06-30"),
    );
    let public = audited(scratch.path(), &granted);
    let waived = finding(&public, "readme-contributions-stated");
    assert_eq!(waived["waiver"]["origin"], "catalogue");
}

#[test]
fn only_the_catalogue_waives_the_law() {
    let law = "licence-approved-for-administration";
    let repository = repository(&waiver(law, "2027-06-30"));
    repository.write(
        "LICENSE",
        "All rights reserved. No use of any kind is permitted.\n",
    );
    repository.commit("licence");
    let own = card(&repository, &[]);
    assert_eq!(finding(&own, law)["waiver"], Value::Null);
    assert_eq!(
        own["claimed_waivers"][0]["rule"], law,
        "shown, never silent"
    );
    let text = run_in("fr", repository.path(), &["check"]).stdout;
    assert!(
        plain(&text).contains("1 dérogation demandée, sans effet"),
        "{text}"
    );
    let scratch = tempfile::tempdir().unwrap();
    let granted = catalogue(&repository, &waiver(law, "2027-06-30"));
    let public = audited(scratch.path(), &granted);
    assert_eq!(finding(&public, law)["waiver"]["origin"], "catalogue");
}

#[test]
fn an_expired_waiver_no_longer_waives_and_is_said() {
    let repository = repository(&format!(
        "kind = \"service\"\n\n{}",
        waiver("ci-tests-present", "2026-11-22")
    ));
    for (language, texts) in [
        (
            "fr",
            [
                ".perenne.toml:3: La dérogation à la règle « ci-tests-present » a pris fin",
                "1 dérogation échue",
            ],
        ),
        (
            "en",
            [
                ".perenne.toml:3: The waiver of the rule \"ci-tests-present\" ended on 22 November 2026",
                "1 expired waiver",
            ],
        ),
    ] {
        let run = run_in(language, repository.path(), &["check"]);
        assert_eq!(run.code, 0, "its rule counts again, which is enough");
        assert!(plain(&run.stderr).contains(texts[0]), "{}", run.stderr);
        assert!(plain(&run.stdout).contains(texts[1]), "{}", run.stdout);
        let markdown = run_in(
            language,
            repository.path(),
            &["check", ".", "--format", "markdown"],
        );
        let heading = if language == "fr" {
            "## Dérogations échues"
        } else {
            "## Expired waivers"
        };
        assert!(markdown.stdout.contains(heading), "{}", markdown.stdout);
    }
    let own = card(&repository, &[]);
    assert_eq!(finding(&own, "ci-tests-present")["waiver"], Value::Null);
    assert_eq!(own["expired_waivers"][0]["rule"], "ci-tests-present");
    assert_eq!(own["claimed_waivers"], serde_json::json!([]));
    // the last day is included
    let last = run(repository.path(), &["check", "--date", "2026-11-22"]);
    assert_eq!(last.stderr, "");
}

#[test]
fn an_expired_waiver_of_the_catalogue_is_on_the_page() {
    let repository = repository("");
    let scratch = tempfile::tempdir().unwrap();
    let waivers = waiver("ci-tests-present", "2026-01-31");
    write(scratch.path(), "p.toml", &catalogue(&repository, &waivers));
    let run = run(scratch.path(), &["audit", "p.toml", "--out", "site"]);
    assert_eq!(run.code, 0);
    assert!(
        run.stderr.contains("p.toml:1: The waiver of the rule"),
        "{}",
        run.stderr
    );
    let pages: Vec<_> = std::fs::read_dir(scratch.path().join("site/depots"))
        .unwrap()
        .map(|entry| read(&entry.unwrap().path()))
        .collect();
    assert!(pages[0].contains("Dérogations échues") && pages[0].contains("Motif d’essai"));
}

#[test]
fn a_waiver_of_a_rule_that_does_not_exist_is_a_wrong_configuration() {
    let wrong = waiver("ci-tests-presnt", "2027-06-30");
    let repository = repository(&wrong);
    for (language, text) in [
        (
            "fr",
            ".perenne.toml:1: La règle « ci-tests-presnt » n'existe pas.",
        ),
        (
            "en",
            ".perenne.toml:1: There is no rule \"ci-tests-presnt\". Did you mean \"ci-tests-present\"?",
        ),
    ] {
        let run = run_in(language, repository.path(), &["check"]);
        assert_eq!(run.code, 3);
        assert!(plain(&run.stderr).contains(text), "{}", run.stderr);
        assert_ne!(run.stdout, "", "the card is printed all the same");
    }
    // in an audit it is the repository's claim, and nobody else's problem
    let scratch = tempfile::tempdir().unwrap();
    audited(scratch.path(), &catalogue(&repository, ""));
    write(scratch.path(), "p.toml", &catalogue(&repository, &wrong));
    let texts = ["p.toml:1: La règle", "p.toml:1: There is no rule"];
    refused(scratch.path(), &["audit", "p.toml"], 3, texts);
    // a rule that the programme switched off does exist
    let off = format!(
        "[rules.ci-tests-present]\nenabled = false\n\n{}",
        waiver("ci-tests-present", "2027-06-30")
    );
    audited(scratch.path(), &catalogue(&repository, &off));
}

#[test]
fn a_configuration_of_the_repository_that_is_wrong_is_said_with_its_line() {
    let repository = repository("kind = \"servce\"\n");
    for (language, text) in [("fr", "« service »"), ("en", "\"service\"")] {
        let run = run_in(language, repository.path(), &["check"]);
        assert_eq!(run.code, 3);
        assert!(run.stderr.starts_with(".perenne.toml:1:"), "{}", run.stderr);
        assert!(plain(&run.stderr).contains(text), "{}", run.stderr);
    }
}
