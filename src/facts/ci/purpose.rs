// SPDX-License-Identifier: EUPL-1.2
//! What a command is for: testing, checking style, putting into service, publishing an artefact.
//!
//! The tables name tools as their own documentation does. Formatters count as a check only when they do not rewrite.

use super::deploy::deployment;

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

/// Programs that do nothing but test.
const TESTERS: &[&str] = &[
    "pytest",
    "py.test",
    "nosetests",
    "nosetests3",
    "nosetests-3",
    "nose2",
    "unittest",
    "trial",
    "behave",
    "robot",
    "phpunit",
    "pest",
    "phpspec",
    "behat",
    "paratest",
    "simple-phpunit",
    "kahlan",
    "codecept",
    "rspec",
    "parallel_rspec",
    "cucumber",
    "cucumber-js",
    "minitest",
    "jest",
    "vitest",
    "mocha",
    "ava",
    "tape",
    "jasmine",
    "karma",
    "testcafe",
    "wdio",
    "nightwatch",
    "codeceptjs",
    "uvu",
    "gotestsum",
    "ginkgo",
    "bats",
    "shunit2",
    "ctest",
    "elm-test",
    "newman",
    "test-storybook",
    "busted",
    "prove",
    "phantomjs",
    "pa11y-ci",
    "backstop",
    "electron-mocha",
    "wtr",
    "testem",
    "qunit",
    "stest",
    "doctest",
    "ward",
    "green",
    "kaocha",
    "bin/kaocha",
    "simple-phpunit.php",
    "atoum",
    "tester",
    "hspec",
    "eunit",
];

/// Programs that do nothing but check style or content.
const LINTERS: &[&str] = &[
    "eslint",
    "eslint_d",
    "tslint",
    "jshint",
    "jscs",
    "standard",
    "semistandard",
    "xo",
    "oxlint",
    "stylelint",
    "sass-lint",
    "scss-lint",
    "csslint",
    "htmlhint",
    "html-validate",
    "pug-lint",
    "markdownlint",
    "markdownlint-cli2",
    "mdl",
    "remark",
    "textlint",
    "vale",
    "alex",
    "write-good",
    "proselint",
    "cspell",
    "codespell",
    "typos",
    "flake8",
    "pyflakes",
    "pylint",
    "pycodestyle",
    "pep8",
    "pydocstyle",
    "mypy",
    "pyright",
    "basedpyright",
    "rubocop",
    "standardrb",
    "reek",
    "erblint",
    "erb_lint",
    "haml-lint",
    "slim-lint",
    "phpcs",
    "phpmd",
    "phpstan",
    "psalm",
    "ecs",
    "parallel-lint",
    "twigcs",
    "twig-cs-fixer",
    "golint",
    "golangci-lint",
    "staticcheck",
    "revive",
    "clj-kondo",
    "hlint",
    "ktlint",
    "detekt",
    "swiftlint",
    "scalastyle",
    "checkstyle",
    "yamllint",
    "ansible-lint",
    "tflint",
    "shellcheck",
    "hadolint",
    "sqlfluff",
    "editorconfig-checker",
    "ec",
    "pre-commit",
    "prek",
    "djlint",
    "curlylint",
    "jsonlint",
    "spectral",
    "cfn-lint",
    "puppet-lint",
    "foodcritic",
    "cookstyle",
    "ls-lint",
    "doc8",
    "rstcheck",
    "bashate",
    "luacheck",
    "cpplint",
    "clang-tidy",
    "cppcheck",
    "vint",
    "elvis",
    "actionlint",
    "zizmor",
    "pylama",
    "prospector",
    "lintr",
    "megalinter",
    "mega-linter-runner",
    "eclint",
    "lint-staged",
    "dotenv-linter",
    "kube-linter",
    "knip",
    "perlcritic",
    "slimlint",
    "prettier-standard",
    "tombi",
];

/// Programs that check or rewrite: they count when one of these words says that they check.
const CHECKERS: &[(&str, &[&str])] = &[
    ("prettier", &["--check", "-c", "-l", "--list-different"]),
    ("black", &["--check", "--diff"]),
    ("isort", &["--check", "--check-only", "-c", "--diff"]),
    ("autopep8", &["--diff", "--exit-code"]),
    ("yapf", &["--diff", "-d"]),
    ("ruff", &["check", "--check", "--diff", "."]),
    ("biome", &["check", "ci", "lint", "format"]),
    ("rome", &["check", "ci", "lint"]),
    ("dprint", &["check"]),
    ("php-cs-fixer", &["--dry-run", "check"]),
    ("pint", &["--test"]),
    ("gofmt", &["-l", "-d"]),
    ("goimports", &["-l", "-d"]),
    ("gofumpt", &["-l", "-d"]),
    ("rustfmt", &["--check"]),
    ("shfmt", &["-d", "-l"]),
    ("scalafmt", &["--test", "--check"]),
    ("cljfmt", &["check"]),
    ("ormolu", &["check"]),
    ("fourmolu", &["check"]),
    ("clang-format", &["--dry-run", "-n", "--Werror"]),
    ("taplo", &["--check", "check", "lint"]),
    ("terraform", &["-check"]),
    ("tofu", &["-check"]),
    ("dart", &["analyze", "--set-exit-if-changed"]),
    ("flutter", &["analyze"]),
    ("buf", &["lint"]),
    ("helm", &["lint"]),
    ("ct", &["lint"]),
    ("speccy", &["lint"]),
    ("redocly", &["lint"]),
    ("vacuum", &["lint"]),
    ("trunk", &["check"]),
    ("deno", &["lint", "--check"]),
    ("ng", &["lint"]),
    ("vue-cli-service", &["lint"]),
    ("next", &["lint"]),
    ("expo", &["lint"]),
    ("nx", &["lint", "--target=lint", "format:check"]),
    ("php", &["-l"]),
    ("go", &["vet", "fmt"]),
    ("cargo", &["clippy", "fmt"]),
    ("erlfmt", &["--check", "-c"]),
    ("rails", &["rubocop"]),
    ("rake", &["rubocop", "lint"]),
    ("phing", &["phpcs", "lint"]),
];

/// Programs with a word that makes them test.
const TEST_WORDS: &[(&str, &[&str])] = &[
    ("cypress", &["run", "run-ct"]),
    ("playwright", &["test"]),
    ("manage.py", &["test"]),
    ("django-admin", &["test"]),
    ("setup.py", &["test", "pytest"]),
    ("artisan", &["test", "dusk"]),
    ("rails", &["test", "test:system", "spec"]),
    ("rake", &["test", "spec", "cucumber", "features"]),
    ("ng", &["test", "e2e"]),
    ("nx", &["test", "e2e", "--target=test", "--target=e2e"]),
    ("vue-cli-service", &["test:unit", "test:e2e", "test"]),
    ("react-scripts", &["test"]),
    ("craco", &["test"]),
    ("react-app-rewired", &["test"]),
    ("ember", &["test"]),
    ("gatsby", &["test"]),
    ("node", &["--test"]),
    ("bun", &["test"]),
    ("deno", &["test"]),
    ("go", &["test"]),
    ("cargo", &["test", "nextest", "tarpaulin", "llvm-cov", "t"]),
    (
        "mix",
        &[
            "test",
            "coveralls",
            "coveralls.html",
            "coveralls.json",
            "coveralls.github",
            "espec",
        ],
    ),
    ("rebar3", &["eunit", "ct"]),
    ("sbt", &["test", "testOnly"]),
    ("lein", &["test", "kaocha", "midje"]),
    ("dotnet", &["test", "vstest"]),
    ("swift", &["test"]),
    ("xcodebuild", &["test"]),
    ("flutter", &["test"]),
    ("dart", &["test"]),
    ("stack", &["test"]),
    ("cabal", &["test", "v2-test", "new-test"]),
    ("dbt", &["test"]),
    ("molecule", &["test"]),
    ("promtool", &["test"]),
    ("zig", &["test"]),
    ("bb", &["test"]),
    ("shadow-cljs", &["test"]),
    ("symfony", &["phpunit"]),
    ("phing", &["test", "phpunit"]),
    ("hurl", &["--test"]),
    ("moon", &[":test"]),
    ("bazel", &["test"]),
    ("meson", &["test"]),
    ("ninja", &["test"]),
    ("mocha-webpack", &["--mode"]),
    ("hardhat", &["test"]),
    ("truffle", &["test"]),
    ("nf-test", &["test"]),
    ("tuist", &["test"]),
    ("maestro", &["test"]),
];

/// Programs with a word that makes them publish a package, an image or a release.
const PUBLISH_WORDS: &[(&str, &[&str])] = &[
    ("npm", &["publish"]),
    ("yarn", &["publish"]),
    ("pnpm", &["publish"]),
    ("lerna", &["publish"]),
    ("changeset", &["publish"]),
    ("twine", &["upload"]),
    ("poetry", &["publish"]),
    ("uv", &["publish"]),
    ("flit", &["publish"]),
    ("hatch", &["publish"]),
    ("setup.py", &["upload"]),
    ("cargo", &["publish"]),
    ("gem", &["push"]),
    ("mix", &["hex.publish"]),
    ("mvn", &["deploy", "release:perform"]),
    ("mvnw", &["deploy", "release:perform"]),
    ("gradle", &["publish", "bintrayUpload"]),
    ("gradlew", &["publish", "bintrayUpload"]),
    ("docker", &["push", "--push"]),
    ("podman", &["push"]),
    ("buildah", &["push"]),
    ("skopeo", &["copy"]),
    ("helm", &["push", "cm-push"]),
    ("docker-compose", &["push"]),
    ("gh", &["release"]),
    ("dotnet", &["push"]),
    ("semantic-release", &[]),
    ("release-it", &[]),
    ("goreleaser", &[]),
    ("cr", &["upload"]),
    ("kaniko", &[]),
    ("executor", &["--destination"]),
    ("/kaniko/executor", &[]),
    ("lein", &["deploy"]),
];

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
        "Rscript" | "R" => rest.iter().any(|word| word.contains("lint")),
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
        "Rscript" | "R" => rest.iter().any(|word| {
            [
                "test",
                "R_CMD_check",
                "rcmdcheck",
                "devtools::check",
                "check",
            ]
            .iter()
            .any(|mark| word.contains(mark))
        }),
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
        ] {
            assert_eq!(of(command), purpose, "{command}");
        }
    }
}
