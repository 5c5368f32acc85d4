// SPDX-License-Identifier: EUPL-1.2
//! `check --explain`: one rule, condition by condition, in both languages and as JSON.

use super::{refused, run, run_in, write};

#[test]
fn a_failing_rule_says_what_was_asked_searched_and_missing() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "README.md", "# Courrier\n");
    for (language, texts) in [
        (
            "fr",
            [
                "✗ Non conforme",
                "fichiers de licence\u{a0}: rien (attendu\u{a0}: au moins 1)",
                "La règle s’applique-t-elle\u{a0}?",
                "Ce qui la rendrait conforme",
                "Sources",
            ],
        ),
        (
            "en",
            [
                "✗ Fail",
                "licence files: nothing (expected: at least 1)",
                "Does the rule apply?",
                "What would make it pass",
                "Sources",
            ],
        ),
    ] {
        let arguments = ["check", ".", "--explain", "licence-file-present"];
        let run = run_in(language, scratch.path(), &arguments);
        assert_eq!((run.code, &*run.stderr), (0, ""));
        for text in texts {
            assert!(run.stdout.contains(text), "{text}\n{}", run.stdout);
        }
    }
}

#[test]
fn json_has_the_tree_and_every_place() {
    let scratch = tempfile::tempdir().unwrap();
    for number in 0..30 {
        write(scratch.path(), &format!("lib/{number}/LICENSE"), "MIT\n");
        write(
            scratch.path(),
            &format!("lib/{number}/package.json"),
            "{}\n",
        );
    }
    let arguments = [
        "check",
        ".",
        "--explain",
        "licence-file-present",
        "--format",
        "json",
    ];
    let run = run(scratch.path(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["document"], "explanation");
    assert_eq!(json["rule"]["id"], "licence-file-present");
    assert!(json["pass"]["answer"]["code"].is_string(), "{json:#}");
    assert!(
        json["sources"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
    );
}

#[test]
fn wrong_questions_are_usage_errors() {
    let scratch = tempfile::tempdir().unwrap();
    refused(
        scratch.path(),
        &["check", ".", "--explain", "licence-file-presen"],
        2,
        ["« licence-file-present »", "\"licence-file-present\""],
    );
    let team = [
        "check",
        ".",
        "--explain",
        "security-no-secret-committed",
        "--audience",
        "public",
    ];
    refused(scratch.path(), &team, 2, ["équipe", "team"]);
    let markdown = [
        "check",
        ".",
        "--explain",
        "readme-present",
        "--format",
        "markdown",
    ];
    refused(scratch.path(), &markdown, 2, ["Markdown", "Markdown"]);
}
