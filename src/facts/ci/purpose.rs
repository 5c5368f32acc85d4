// SPDX-License-Identifier: EUPL-1.2
//! What a command is for: testing, checking style, putting into service, publishing an artefact.
//!
//! Formatters count as a check only when they do not rewrite.

use super::deploy::deployment;
use super::tools::{CHECKERS, LINTERS, PUBLISH_WORDS, TEST_WORDS, TESTERS};

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// Runs automatic tests.
    Test,
    /// Checks style or content.
    Lint,
    /// Puts something into service, or publishes a web site.
    Deploy,
    /// Publishes a package, an image or a release.
    Publish,
}

impl Purpose {
    /// The purpose's name in facts.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Lint => "lint",
            Self::Deploy => "deploy",
            Self::Publish => "publish",
        }
    }
}

/// A purpose, with the platform that a deployment aims at when the command tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) purpose: Purpose,
    pub(super) platform: Option<&'static str>,
}

impl Meaning {
    pub(super) const fn of(purpose: Purpose) -> Self {
        Self {
            purpose,
            platform: None,
        }
    }

    pub(super) const fn deploys_to(platform: &'static str) -> Self {
        Self {
            purpose: Purpose::Deploy,
            platform: Some(platform),
        }
    }
}

/// What an unwrapped command is for; the first word is a bare program name.
pub(super) fn meaning(words: &[String]) -> Option<Meaning> {
    let program = words.first()?.as_str();
    let rest = &words[1..];
    let has = |wanted: &[&str]| rest.iter().any(|word| wanted.contains(&word.as_str()));
    if has(&["--version", "--help", "install"]) && !matches!(program, "mvn" | "mvnw" | "helm") {
        return None;
    }
    if let Some(found) = deployment(program, rest) {
        return Some(found);
    }
    let listed = |table: &[(&str, &[&str])]| {
        table
            .iter()
            .any(|(name, wanted)| *name == program && (wanted.is_empty() || has(wanted)))
    };
    if listed(PUBLISH_WORDS) {
        return Some(Meaning::of(Purpose::Publish));
    }
    if listed(CHECKERS) || is_lint(program, rest) {
        return Some(Meaning::of(Purpose::Lint));
    }
    if listed(TEST_WORDS) || is_test(program, rest) {
        return Some(Meaning::of(Purpose::Test));
    }
    None
}

/// Calls of R that check style.
const R_LINTS: [&str; 4] = ["lint_package(", "lint_dir(", "lintr::lint", "lint("];

/// Calls of R that run tests or check a package; installing a test framework is none.
const R_TESTS: [&str; 15] = [
    "testthat::",
    "test_local(",
    "test_dir(",
    "test_file(",
    "test_check(",
    "test_package(",
    "test_all(",
    "devtools::test(",
    "test()",
    "rcmdcheck",
    "R_CMD_check",
    "devtools::check(",
    "check()",
    "covr::",
    "package_coverage(",
];

fn is_lint(program: &str, rest: &[String]) -> bool {
    let has = |wanted: &str| rest.iter().any(|word| word == wanted);
    let first = rest.iter().find(|word| !word.starts_with('-'));
    let first = first.map_or("", String::as_str);
    match program {
        "mix" => {
            matches!(first, "credo" | "dialyzer" | "sobelow") && first == "credo"
                || (first == "format" && has("--check-formatted"))
        }
        "console" => first.starts_with("lint:"),
        "mvn" | "mvnw" => rest.iter().any(|word| {
            [
                "checkstyle:",
                "spotless:check",
                "pmd:",
                "ktlint:",
                "fmt:check",
            ]
            .iter()
            .any(|goal| word.contains(goal))
        }),
        "gradle" | "gradlew" => rest.iter().any(|word| {
            let task = word.rsplit(':').next().unwrap_or(word).to_ascii_lowercase();
            [
                "lint",
                "checkstyle",
                "spotlesscheck",
                "ktlintcheck",
                "detekt",
                "pmd",
            ]
            .iter()
            .any(|name| task.starts_with(name))
        }),
        "sbt" => rest
            .iter()
            .any(|word| word.contains("scalafmtCheck") || word.contains("scalastyle")),
        "lein" => matches!(first, "eastwood" | "kibit" | "cljfmt"),
        "dotnet" => first == "format" && has("--verify-no-changes"),
        "Rscript" | "R" => rest.iter().any(|word| {
            R_LINTS.iter().any(|call| word.contains(call))
                || (word.contains("style_") && word.contains("dry"))
        }),
        "swagger-cli" | "openapi" => first == "lint",
        _ => LINTERS.contains(&program),
    }
}

fn is_test(program: &str, rest: &[String]) -> bool {
    let has = |wanted: &str| rest.iter().any(|word| word == wanted);
    match program {
        "mvn" | "mvnw" => {
            !rest
                .iter()
                .any(|word| word.contains("skipTests") || word.contains("maven.test.skip"))
                && ["test", "verify", "install", "package", "integration-test"]
                    .iter()
                    .any(|goal| has(goal))
        }
        "gradle" | "gradlew" => {
            rest.windows(2)
                .all(|pair| !(pair[0] == "-x" && pair[1] == "test"))
                && rest.iter().any(|word| {
                    let task = word.rsplit(':').next().unwrap_or(word);
                    matches!(task, "test" | "check" | "build")
                        || task.to_ascii_lowercase().ends_with("test")
                })
        }
        "Rscript" | "R" => {
            rest.windows(2).any(|pair| pair == ["CMD", "check"])
                || rest.iter().any(|word| {
                    R_TESTS.iter().any(|call| word.contains(call))
                        || (word.strip_suffix(".R").is_some() && word.contains("test"))
                })
        }
        "clojure" | "clj" => rest
            .iter()
            .any(|word| word.contains(":test") || word.contains("kaocha")),
        "julia" => rest
            .iter()
            .any(|word| word.contains("Pkg.test") || word.ends_with("runtests.jl")),
        "codecept" | "codeceptjs" => has("run") || has("run-workers"),
        "karma" => has("start") || rest.is_empty(),
        "pest" | "tester" | "standard" | "green" => true,
        _ => TESTERS.contains(&program),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(command: &str) -> Option<Purpose> {
        let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
        meaning(&words).map(|found| found.purpose)
    }

    #[test]
    fn usual_commands_are_recognised() {
        use Purpose::{Deploy, Lint, Publish, Test};
        for (command, purpose) in [
            ("pytest -q", Some(Test)),
            ("go test -race ./...", Some(Test)),
            ("artisan test", Some(Test)),
            ("mix test --warnings-as-errors", Some(Test)),
            ("mvn -B verify", Some(Test)),
            ("mvn package -DskipTests", None),
            ("mix format --check-formatted", Some(Lint)),
            ("mix format", None),
            ("prettier --check .", Some(Lint)),
            ("prettier --write .", None),
            ("remark --frail .", Some(Lint)),
            ("speccy lint doc.yml", Some(Lint)),
            ("jekyll doctor", None),
            ("cypress open", None),
            ("cypress install", None),
            ("playwright install --with-deps", None),
            ("docker push x", Some(Publish)),
            ("mvn deploy", Some(Publish)),
            ("netlify deploy --prod", Some(Deploy)),
            ("echo jest", None),
            ("R CMD check .", Some(Test)),
            ("Rscript -e devtools::test()", Some(Test)),
            ("Rscript -e install.packages(\"testthat\")", None),
            ("Rscript -e install.packages(\"lintr\")", None),
            ("Rscript -e lintr::lint_package()", Some(Lint)),
            ("Rscript tests/testthat.R", Some(Test)),
        ] {
            assert_eq!(of(command), purpose, "{command}");
        }
    }
}
