// SPDX-License-Identifier: EUPL-1.2
//! What is printed where, in which language, and what happens when it cannot be.

use std::fs::OpenOptions;
use std::path::Path;

use super::{output, perenne, plain, refused, run, write};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "README.md", "# Exemple\n");
    write(
        folder.path(),
        "p.toml",
        "[[defi]]\nid = \"a\"\nrepositories = [\"./nulle-part\", \"pas une adresse\"]\n",
    );
    folder
}

#[test]
fn results_are_on_standard_output_alone_and_quiet_is_quiet() {
    let folder = folder();
    let audit = ["audit", "p.toml", "--out", "site"];
    let loud = run(folder.path(), &audit);
    assert_eq!(loud.code, 0);
    assert!(loud.stderr.contains("p.toml:3") && loud.stderr.contains("site/index.html"));
    assert!(!loud.stdout.contains("index.html") && loud.stdout.contains("1 défi"));
    let quiet = run(folder.path(), &[&audit[..], &["--quiet"]].concat());
    assert_eq!((quiet.code, &*quiet.stderr), (0, ""));
    assert_eq!(quiet.stdout, loud.stdout);
    // errors are said all the same
    refused(
        folder.path(),
        &["check", "nulle-part", "--quiet"],
        2,
        ["erreur : nulle-part", "error: nulle-part"],
    );
}

#[test]
#[expect(clippy::print_stdout, reason = "says why a test was skipped")]
fn a_full_disk_is_an_error_of_output() {
    let folder = folder();
    let Ok(_full) = OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: this system has no /dev/full");
        return;
    };
    for arguments in [
        &["check"][..],
        &["facts"],
        &["audit", "p.toml"],
        &["catalogue", "check", "p.toml"],
        &["rules", "list"],
        &["licence", "README.md"],
        &["--help"],
    ] {
        for (language, text) in [("fr", "l'écriture a échoué"), ("en", "writing failed")] {
            let mut command = perenne(folder.path(), arguments);
            command.args(["--lang", language]);
            command.stdout(OpenOptions::new().write(true).open("/dev/full").unwrap());
            let run = output(command);
            assert_eq!(run.code, 5, "{arguments:?}");
            assert!(
                plain(&run.stderr).contains(text),
                "{arguments:?}: {}",
                run.stderr
            );
        }
    }
}

fn title(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> &'static str {
    let mut command = perenne(folder, &[&["check"], arguments].concat());
    command.env_remove("LC_ALL").envs(variables.iter().copied());
    let run = output(command);
    match () {
        () if run.stdout.contains("Mémento") => "?",
        () if plain(&run.stdout).contains("non mesuré") => "fr",
        () if run.stdout.contains("not measured") => "en",
        () => panic!("{}", run.stdout),
    }
}

#[test]
fn the_language_is_that_of_the_option_then_the_environment_then_french() {
    let folder = folder();
    let of =
        |arguments: &[&str], variables: &[(&str, &str)]| title(folder.path(), arguments, variables);
    assert_eq!(of(&[], &[]), "fr");
    assert_eq!(of(&[], &[("LC_ALL", "C")]), "fr");
    assert_eq!(of(&[], &[("LANG", "en_GB.UTF-8")]), "en");
    let french = ("PERENNE_LANG", "fr");
    assert_eq!(of(&[], &[("LANG", "en_GB.UTF-8"), french]), "fr");
    assert_eq!(of(&["--lang", "en"], &[french]), "en");
    assert_eq!(of(&["--lang=en"], &[french]), "en");
}

#[test]
fn nothing_but_a_terminal_gets_colours() {
    let folder = folder();
    for (arguments, variable) in [
        (&["check"][..], None),
        (&["check"], Some(("NO_COLOR", "1"))),
        (&["check", "--no-color"], None),
    ] {
        let mut command = perenne(folder.path(), arguments);
        command.envs(variable);
        let run = output(command);
        assert_eq!(run.code, 0);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'));
    }
}

#[test]
fn wrong_use_is_explained_in_the_language_of_the_person() {
    let folder = folder();
    for (arguments, texts) in [
        (&["chek"][..], ["« check »", "\"check\""]),
        (
            &["check", "--fromat", "json"],
            ["« --format »", "\"--format\""],
        ),
        (&["check", "--format", "pdf"], ["markdown", "markdown"]),
        (&["check", "--date", "hier"], ["« hier »", "\"hier\""]),
        (&["audit"], ["CATALOGUE", "CATALOGUE"]),
    ] {
        let pair = ["fr", "en"].into_iter().zip(texts);
        for (language, text) in pair {
            let mut command = perenne(folder.path(), arguments);
            command.env("PERENNE_LANG", language);
            let run = output(command);
            assert_eq!((run.code, &*run.stdout), (2, ""), "{arguments:?}");
            assert!(plain(&run.stderr).contains(text), "{text}: {}", run.stderr);
        }
    }
}
