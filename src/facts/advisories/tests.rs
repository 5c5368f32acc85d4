// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::facts::set::FactValue;
use crate::facts::testing::tree_of;
use crate::model::evidence::Observed;

fn advisories(texts: &[&str]) -> Advisories {
    let mut advisories = Advisories::default();
    for (n, text) in texts.iter().enumerate() {
        advisories.add(&format!("{n}.json"), text).unwrap();
    }
    advisories
}

fn osv(id: &str, package: (&str, &str), events: &str, more: &str) -> String {
    let (ecosystem, name) = package;
    format!(
        "{{\"id\": \"{id}\", \"modified\": \"2026-05-01T00:00:00Z\", {more}
        \"affected\": [{{\"package\": {{\"ecosystem\": \"{ecosystem}\", \"name\": \"{name}\"}},
        \"ranges\": [{{\"type\": \"SEMVER\", \"events\": [{events}]}}]}}]}}"
    )
}

const HIGH: &str = "\"database_specific\": {\"severity\": \"HIGH\"},";
const BELOW_2: &str = "{\"introduced\": \"0\"}, {\"fixed\": \"2.0.0\"}";

/// `advisory class` of what is found.
fn found(advisories: &Advisories, files: &[(&str, &str)]) -> Vec<String> {
    let mut facts = FactSet::default();
    advisories.compare(&tree_of(files).snapshot(), &mut facts);
    let items = facts.items(KEY).iter();
    items
        .map(|item| {
            format!(
                "{} {}",
                item.get("advisory").unwrap(),
                item.get("class").unwrap()
            )
        })
        .collect()
}

fn npm(version: &str) -> (&'static str, String) {
    let text = format!("# yarn lockfile v1\n\na@^1:\n  version \"{version}\"\n");
    ("yarn.lock", text)
}

fn found_in_npm(texts: &[&str], version: &str) -> Vec<String> {
    let (path, text) = npm(version);
    found(&advisories(texts), &[(path, text.as_str())])
}

#[test]
fn a_version_inside_a_range_is_found_and_one_outside_is_not() {
    let text = osv("X-1", ("npm", "a"), BELOW_2, HIGH);
    assert_eq!(found_in_npm(&[&text], "1.9.9"), ["X-1 grave"]);
    assert_eq!(found_in_npm(&[&text], "2.0.0-rc.1"), ["X-1 grave"]);
    assert!(found_in_npm(&[&text], "2.0.0").is_empty());
    let text = osv(
        "X-2",
        ("npm", "a"),
        // written out of order on purpose
        "{\"introduced\": \"3.0.0\"}, {\"last_affected\": \"1.5.0\"}, {\"introduced\": \"1.0.0\"}",
        HIGH,
    );
    for (version, is_hit) in [
        ("0.9.0", false),
        ("1.0.0", true),
        ("1.5.0", true),
        ("1.5.1", false),
        ("3.1.0", true),
    ] {
        assert_eq!(
            !found_in_npm(&[&text], version).is_empty(),
            is_hit,
            "{version}"
        );
    }
    // another package, another registry
    let other = osv("X-3", ("PyPI", "a"), BELOW_2, HIGH);
    assert!(found_in_npm(&[&other], "1.0.0").is_empty());
}

#[test]
fn a_listed_version_is_found_without_a_range() {
    let text = "{\"id\": \"X\", \"database_specific\": {\"severity\": \"CRITICAL\"}, \"affected\": [{\"package\":
        {\"ecosystem\": \"PyPI\", \"name\": \"Foo_Bar\"}, \"versions\": [\"1.0\"]}]}";
    let advisories = advisories(&[text]);
    assert_eq!(
        found(&advisories, &[("requirements.txt", "foo.bar==1.0.0\n")]),
        ["X grave"]
    );
    assert!(found(&advisories, &[("requirements.txt", "foo-bar==1.1\n")]).is_empty());
}

#[test]
fn an_open_range_ends_at_the_last_version_known_to_be_affected() {
    let text = "{\"id\": \"X\", \"database_specific\": {\"severity\": \"HIGH\"}, \"affected\": [{\"package\":
        {\"ecosystem\": \"npm\", \"name\": \"a\"}, \"ranges\": [{\"type\": \"SEMVER\", \"events\": [{\"introduced\": \"0\"}]}],
        \"database_specific\": {\"last_known_affected_version_range\": \"<= 1.2.0\"}}]}";
    assert_eq!(found_in_npm(&[text], "1.2.0"), ["X grave"]);
    assert!(found_in_npm(&[text], "1.3.0").is_empty());
}

#[test]
fn severity_comes_from_words_or_vectors_and_may_be_missing() {
    let class = |more: &str| found_in_npm(&[&osv("X", ("npm", "a"), BELOW_2, more)], "1.0.0");
    let vector = |vector: &str| {
        format!("\"severity\": [{{\"type\": \"CVSS_V3\", \"score\": \"{vector}\"}}],")
    };
    assert_eq!(
        class(&vector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")),
        ["X grave"]
    );
    assert_eq!(
        class(&vector("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N")),
        ["X lesser"]
    );
    assert_eq!(class(&vector("CVSS:4.0/AV:N")), ["X unrated"]);
    assert_eq!(class(""), ["X unrated"]);
    assert_eq!(
        class("\"database_specific\": {\"severity\": \"LOW\"},"),
        ["X lesser"]
    );
}

#[test]
fn what_serves_development_is_told_apart() {
    let text = osv("X", ("npm", "a"), BELOW_2, HIGH);
    let lock = "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/a\": {\"version\": \"1.0.0\", \"dev\": true}}}";
    let advisories = advisories(&[&text]);
    let files = [("package-lock.json", lock)];
    assert_eq!(found(&advisories, &files), ["X grave-development"]);
    // the same package, also there to run
    let (path, text) = npm("1.0.0");
    let files = [("package-lock.json", lock), (path, text.as_str())];
    assert_eq!(found(&advisories, &files), ["X grave"]);
}

#[test]
fn one_vulnerability_under_two_names_is_one_finding() {
    let unrated = osv(
        "PYSEC-1",
        ("npm", "a"),
        BELOW_2,
        "\"aliases\": [\"CVE-1\"],",
    );
    let rated = osv(
        "GHSA-1",
        ("npm", "a"),
        BELOW_2,
        &format!("\"aliases\": [\"CVE-1\"], {HIGH}"),
    );
    assert_eq!(found_in_npm(&[&unrated, &rated], "1.0.0"), ["GHSA-1 grave"]);
}

#[test]
fn an_order_that_is_not_certain_accuses_nobody() {
    let text = osv("X", ("npm", "a"), BELOW_2, HIGH);
    assert_eq!(found_in_npm(&[&text], "next"), ["X undecided"]);
    let git = text.replace("SEMVER", "GIT");
    assert!(found_in_npm(&[&git], "1.0.0").is_empty());
}

#[test]
fn withdrawn_and_informing_advisories_are_passed_over() {
    let withdrawn = osv(
        "X",
        ("npm", "a"),
        BELOW_2,
        &format!("\"withdrawn\": \"2026-01-01T00:00:00Z\", {HIGH}"),
    );
    let informs =
        "{\"id\": \"R\", \"affected\": [{\"package\": {\"ecosystem\": \"npm\", \"name\": \"a\"},
        \"ranges\": [{\"type\": \"SEMVER\", \"events\": [{\"introduced\": \"0\"}]}],
        \"database_specific\": {\"informational\": \"unmaintained\"}}]}";
    let other = osv("Y", ("npm", "b"), BELOW_2, HIGH);
    assert!(found_in_npm(&[&withdrawn, informs, &other], "1.0.0").is_empty());
}

#[test]
fn a_file_that_is_no_advisory_is_a_problem_with_its_line_and_without_its_content() {
    let mut advisories = Advisories::default();
    for text in ["{\n\"id\": 7e3}", "[]", "{", "", "{\"affected\": 1}"] {
        let problem = advisories.add("a.json", text).unwrap_err();
        assert_eq!(
            (problem.file.as_str(), problem.code()),
            ("a.json", "advisory-not-understood")
        );
        assert!(!problem.message.params["detail"].contains('7'));
    }
    assert!(advisories.is_empty());
}

#[test]
fn the_comparison_says_with_what_it_compared() {
    let advisories = advisories(&[&osv("X", ("npm", "b"), BELOW_2, HIGH)]);
    let mut facts = FactSet::default();
    let (path, text) = npm("1.0.0");
    advisories.compare(&tree_of(&[(path, text.as_str())]).snapshot(), &mut facts);
    assert_eq!(facts.value(KEY), Some(&FactValue::Items(Vec::new())));
    let note = facts.get(KEY).unwrap().evidence()[0].note.clone().unwrap();
    assert_eq!(note.params["advisories"], "1");
    assert_eq!(note.params["packages"], "1");
    assert_eq!(note.params["date"], "2026-05-01");
}

#[test]
fn without_advisories_or_with_an_unread_lock_nothing_is_cleared() {
    let unknown = |advisories: &Advisories, files: &[(&str, &str)]| {
        let mut facts = FactSet::default();
        advisories.compare(&tree_of(files).snapshot(), &mut facts);
        match facts.get(KEY) {
            Some(Observed::Unknown(reason)) => Some(reason.code),
            _ => None,
        }
    };
    let none = Advisories::default();
    assert_eq!(unknown(&none, &[]), Some(ReasonCode::NeedsAdvisories));
    let some = advisories(&[&osv("X", ("npm", "a"), BELOW_2, HIGH)]);
    assert_eq!(
        unknown(&some, &[("composer.lock", "{")]),
        Some(ReasonCode::Unreadable)
    );
    // what was found stands, whatever else could not be read
    let (path, text) = npm("1.0.0");
    assert_eq!(
        unknown(&some, &[("composer.lock", "{"), (path, &text)]),
        None
    );
}
