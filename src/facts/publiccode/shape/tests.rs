// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::model::document::parse_yaml;

fn codes(shape: Shape, yaml: &str) -> Vec<&'static str> {
    let root = parse_yaml(&format!("v: {yaml}")).unwrap();
    let found = faults(shape, root.get("v").unwrap());
    found.into_iter().map(|fault| fault.code).collect()
}

#[test]
fn languages_are_tags_of_bcp_47() {
    for good in [
        "fr",
        "fr-FR",
        "sl-IT-nedis",
        "zh-Hans",
        "gcf",
        "de-1996",
        "en-x-vous",
        "FR",
    ] {
        assert!(is_language(good), "{good}");
    }
    for bad in [
        "fr_FR",
        "xxx",
        "français",
        "qq",
        "f",
        "fr-",
        "no such language",
    ] {
        assert!(!is_language(bad), "{bad}");
    }
}

#[test]
fn countries_are_in_one_case_and_exist() {
    assert!(is_country("FR") && is_country("fr"));
    for bad in ["Fr", "FRA", "UK", "EU", "mouseton", ""] {
        assert!(!is_country(bad), "{bad}");
    }
}

#[test]
fn addresses_are_told_by_what_they_are_for() {
    assert!(codes(Shape::Url, "https://a.example.org").is_empty());
    assert_eq!(
        codes(Shape::Url, "a.example.org"),
        ["publiccode-url-invalid"]
    );
    assert_eq!(
        codes(Shape::Url, "ssh://a.org/x"),
        ["publiccode-url-invalid"]
    );
    assert!(codes(Shape::Repository, "ssh://git@a.org/x.git").is_empty());
    assert_eq!(
        codes(Shape::Repository, "git@a.org:x.git"),
        ["publiccode-url-invalid"]
    );
    assert_eq!(
        codes(Shape::Videos, "[https://a.org]"),
        ["publiccode-url-invalid"]
    );
    assert!(codes(Shape::Uri, "urn:x-italian-pa:pcm").is_empty());
    assert_eq!(codes(Shape::Uri, "pcm"), ["publiccode-uri-invalid"]);
    assert_eq!(
        codes(Shape::Support(&["gdpr"]), "alias:rgpd"),
        ["publiccode-uri-invalid"]
    );
    assert_eq!(
        codes(Shape::Picture, "/logo.svg"),
        ["publiccode-path-invalid"]
    );
    assert_eq!(
        codes(Shape::Picture, "logo.jpg"),
        ["publiccode-picture-invalid"]
    );
}

#[test]
fn dates_are_days_that_exist() {
    assert!(codes(Shape::Date, "2026-02-28").is_empty());
    for bad in [
        "2026-02-30",
        "28/02/2026",
        "2026-2-3",
        "2026-02-03T10:00:00Z",
        "\"\"",
    ] {
        assert_eq!(
            codes(Shape::Date, bad),
            ["publiccode-date-invalid"],
            "{bad}"
        );
    }
}

#[test]
fn texts_have_bounds_and_long_numbers_must_be_quoted() {
    let found = faults(Shape::TextOfAtMost(3), &parse_yaml("abcd").unwrap());
    assert_eq!(
        (found[0].code, found[0].limit),
        ("publiccode-text-too-long", Some(3))
    );
    assert!(codes(Shape::TextOfAtMost(3), "e\u{301}e\u{301}e\u{301}").is_empty());
    assert_eq!(
        codes(Shape::TextBetween(3, 9), "ab"),
        ["publiccode-text-too-short"]
    );
    assert!(codes(Shape::Text, "1.0").is_empty());
    assert_eq!(
        codes(Shape::Text, "012345678901234567890123456789012345"),
        ["publiccode-text-expected"]
    );
    assert_eq!(codes(Shape::Text, "\" \""), ["publiccode-value-empty"]);
    assert_eq!(codes(Shape::Text, "[]"), ["publiccode-text-expected"]);
}

#[test]
fn flags_are_those_of_yaml_1_2() {
    assert!(codes(Shape::Flag, "true").is_empty());
    assert_eq!(codes(Shape::Flag, "yes"), ["publiccode-flag-expected"]);
}

#[test]
fn lists_name_the_item() {
    let root = parse_yaml("- fr\n- fr_FR\n").unwrap();
    let found = faults(Shape::Languages, &root);
    assert_eq!((found[0].at, found[0].line), (Some(1), 2));
    assert_eq!(codes(Shape::Languages, "[]"), ["publiccode-list-empty"]);
    assert_eq!(codes(Shape::Texts, "web"), ["publiccode-list-expected"]);
    assert_eq!(codes(Shape::Email, "a@b"), ["publiccode-email-invalid"]);
    assert_eq!(
        codes(Shape::Licence, "gratuit"),
        ["publiccode-licence-invalid"]
    );
    assert!(codes(Shape::Licence, "EUPL-1.2 OR AGPL-3.0-or-later").is_empty());
}
