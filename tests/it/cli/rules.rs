// SPDX-License-Identifier: EUPL-1.2
//! Folders of rules: all problems at once, with file and line.

use super::{refused, run, run_in, write};

const PAGE: &str = "# fr\n\nPourquoi.\n\n# en\n\nWhy.\n";

fn rule(title_en: &str, condition: &str) -> String {
    format!(
        "since = \"0.1.0\"\nstatus = \"stable\"\nseverity = \"recommended\"\naudience = \"public\"\ndue = \"kickoff\"\n\
         effort = \"hours\"\nweight = 1\ntitle.fr = \"Essai\"\n{title_en}remedy.fr = \"Faire.\"\nremedy.en = \"Do.\"\n\n\
         [pass_when]\n{condition}\n\n[[source]]\ndocument = \"Guide\"\nurl = \"https://exemple.fr/guide\"\nkind = \"practice\"\n"
    )
}

#[test]
fn every_problem_of_every_rule_is_listed_at_once() {
    let scratch = tempfile::tempdir().unwrap();
    let title = "title.en = \"Test\"\n";
    for (name, text) in [
        (
            "unknown-fact",
            rule(title, "fact = \"readme.pth\"\npresent = true"),
        ),
        (
            "no-translation",
            rule("", "fact = \"readme.path\"\npresent = true"),
        ),
        (
            "bad-pattern",
            rule(title, "fact = \"readme.path\"\nmatches = \"(ouvert\""),
        ),
        ("not-toml", "weight = = 3\n".to_owned()),
    ] {
        write(scratch.path(), &format!("readme/{name}.toml"), &text);
        write(scratch.path(), &format!("readme/{name}.md"), PAGE);
    }
    let arguments = ["rules", "check", "."];
    for texts in [
        ["readme/unknown-fact.toml:14", "readme/unknown-fact.toml:14"],
        ["« readme.path »", "\"readme.path\""],
        ["« title.en »", "\"title.en\""],
        ["readme/bad-pattern.toml:15", "readme/bad-pattern.toml:15"],
        ["Le motif", "The pattern"],
        ["readme/not-toml.toml:1", "readme/not-toml.toml:1"],
    ] {
        refused(scratch.path(), &arguments, 3, texts);
    }
    // the same checks wherever a folder of rules is given
    let check = run(scratch.path(), &["check", ".", "--rules", "."]);
    assert_eq!((check.code, &*check.stdout), (3, ""));
    assert!(check.stderr.contains("not-toml.toml:1"));
}

#[test]
fn a_good_rule_is_added_and_a_missing_folder_said() {
    let scratch = tempfile::tempdir().unwrap();
    let text = rule(
        "title.en = \"Test\"\n",
        "fact = \"readme.path\"\npresent = true",
    );
    write(scratch.path(), "rules/readme/readme-essai.toml", &text);
    write(scratch.path(), "rules/readme/readme-essai.md", PAGE);
    for (language, said) in [("fr", "aucun problème"), ("en", "no problem")] {
        let run = run_in(language, scratch.path(), &["rules", "check", "rules"]);
        assert_eq!((run.code, &*run.stderr), (0, ""));
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
    refused(
        scratch.path(),
        &["rules", "check", "nulle-part"],
        3,
        ["n'existe pas", "does not exist"],
    );
    refused(
        scratch.path(),
        &["rules", "show", "readme-presnt"],
        2,
        ["« readme-present »", "\"readme-present\""],
    );
}
