// SPDX-License-Identifier: EUPL-1.2
//! What actions, orbs, pipes and plugins of others do, by their names.

use super::purpose::{Meaning, Purpose};

/// What using an action amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ActionDoes {
    /// Nothing of interest.
    Nothing,
    /// One purpose.
    Means(Meaning),
    /// A command, built from its inputs.
    Runs(String),
}

/// Parts of names, in lower case, with what the action does; the first match holds.
const KNOWN: &[(&str, Meaning)] = &[
    // status messages and checks of titles: neither style nor deployment
    ("deployment-status", NOTHING),
    ("deployment-action", NOTHING),
    ("bobheadxi/deployments", NOTHING),
    ("delete-deployment", NOTHING),
    ("deactivate", NOTHING),
    ("semantic-pull-request", NOTHING),
    ("semantic-pr", NOTHING),
    ("pr-lint", NOTHING),
    ("lint-pr", NOTHING),
    ("test-report", NOTHING),
    ("test-result", NOTHING),
    ("test-summary", NOTHING),
    ("configure-pages", NOTHING),
    ("upload-pages-artifact", NOTHING),
    ("setup-", NOTHING),
    ("playwright-report", NOTHING),
    // web sites and platforms
    ("actions/deploy-pages", Meaning::deploys_to("gh-pages")),
    ("actions-gh-pages", Meaning::deploys_to("gh-pages")),
    ("github-pages", Meaning::deploys_to("gh-pages")),
    ("gh-pages", Meaning::deploys_to("gh-pages")),
    ("ghpages", Meaning::deploys_to("gh-pages")),
    ("git-pages", Meaning::deploys_to("codeberg-pages")),
    ("jekyll-action", Meaning::deploys_to("gh-pages")),
    ("mkdocs-deploy", Meaning::deploys_to("gh-pages")),
    ("netlify", Meaning::deploys_to("netlify")),
    ("vercel", Meaning::deploys_to("vercel")),
    ("now-deployment", Meaning::deploys_to("vercel")),
    ("heroku", Meaning::deploys_to("heroku")),
    ("scalingo", Meaning::deploys_to("scalingo")),
    ("clever-cloud", Meaning::deploys_to("clever-cloud")),
    ("clevercloud", Meaning::deploys_to("clever-cloud")),
    ("clever-tools", Meaning::deploys_to("clever-cloud")),
    ("surge", Meaning::deploys_to("surge")),
    ("firebase", Meaning::deploys_to("firebase")),
    ("cloudflare/", Meaning::deploys_to("cloudflare")),
    ("render-deploy", Meaning::deploys_to("render")),
    ("render-action", Meaning::deploys_to("render")),
    ("webapps-deploy", Meaning::deploys_to("azure")),
    ("functions-action", Meaning::deploys_to("azure")),
    ("static-web-apps-deploy", Meaning::deploys_to("azure")),
    ("deploy-cloudrun", Meaning::deploys_to("google-cloud")),
    ("deploy-appengine", Meaning::deploys_to("google-cloud")),
    ("ecs-deploy", Meaning::deploys_to("aws")),
    ("s3-sync", Meaning::deploys_to("aws")),
    ("s3-deploy", Meaning::deploys_to("aws")),
    ("aws-s3", Meaning::deploys_to("aws")),
    ("beanstalk", Meaning::deploys_to("aws")),
    ("k8s-deploy", Meaning::of(Purpose::Deploy)),
    ("kubernetes-deploy", Meaning::of(Purpose::Deploy)),
    ("ssh-action", Meaning::of(Purpose::Deploy)),
    ("scp-action", Meaning::of(Purpose::Deploy)),
    ("drone-ssh", Meaning::of(Purpose::Deploy)),
    ("drone-scp", Meaning::of(Purpose::Deploy)),
    ("drone-rsync", Meaning::of(Purpose::Deploy)),
    ("rsync", Meaning::of(Purpose::Deploy)),
    ("ssh-run", Meaning::of(Purpose::Deploy)),
    ("portainer", Meaning::of(Purpose::Deploy)),
    ("ansible-playbook", Meaning::of(Purpose::Deploy)),
    // packages, images, releases
    ("build-push-action", Meaning::of(Purpose::Publish)),
    ("gh-release", Meaning::of(Purpose::Publish)),
    ("release-action", Meaning::of(Purpose::Publish)),
    ("release-please", Meaning::of(Purpose::Publish)),
    ("semantic-release", Meaning::of(Purpose::Publish)),
    ("goreleaser", Meaning::of(Purpose::Publish)),
    ("chart-releaser", Meaning::of(Purpose::Publish)),
    ("npm-publish", Meaning::of(Purpose::Publish)),
    ("pypi-publish", Meaning::of(Purpose::Publish)),
    ("plugins/docker", Meaning::of(Purpose::Publish)),
    ("plugin-docker", Meaning::of(Purpose::Publish)),
    ("kaniko", Meaning::of(Purpose::Publish)),
    ("helm/chart-testing-action", NOTHING),
    // tests
    ("phpunit", Meaning::of(Purpose::Test)),
    ("cypress", Meaning::of(Purpose::Test)),
    ("playwright", Meaning::of(Purpose::Test)),
    ("pytest", Meaning::of(Purpose::Test)),
    ("codeception", Meaning::of(Purpose::Test)),
    ("behat", Meaning::of(Purpose::Test)),
    ("check-r-package", Meaning::of(Purpose::Test)),
    ("julia-runtest", Meaning::of(Purpose::Test)),
    ("newman", Meaning::of(Purpose::Test)),
    ("jest", Meaning::of(Purpose::Test)),
    ("chromaui", Meaning::of(Purpose::Test)),
    // style
    ("golangci", Meaning::of(Purpose::Lint)),
    ("linter", Meaning::of(Purpose::Lint)),
    ("eslint", Meaning::of(Purpose::Lint)),
    ("prettier", Meaning::of(Purpose::Lint)),
    ("stylelint", Meaning::of(Purpose::Lint)),
    ("flake8", Meaning::of(Purpose::Lint)),
    ("psf/black", Meaning::of(Purpose::Lint)),
    ("ruff-action", Meaning::of(Purpose::Lint)),
    ("action-ruff", Meaning::of(Purpose::Lint)),
    ("/ruff", Meaning::of(Purpose::Lint)),
    ("isort", Meaning::of(Purpose::Lint)),
    ("mypy", Meaning::of(Purpose::Lint)),
    ("pylint", Meaning::of(Purpose::Lint)),
    ("rubocop", Meaning::of(Purpose::Lint)),
    ("phpcs", Meaning::of(Purpose::Lint)),
    ("php-cs-fixer", Meaning::of(Purpose::Lint)),
    ("phpstan", Meaning::of(Purpose::Lint)),
    ("psalm", Meaning::of(Purpose::Lint)),
    ("shellcheck", Meaning::of(Purpose::Lint)),
    ("hadolint", Meaning::of(Purpose::Lint)),
    ("yamllint", Meaning::of(Purpose::Lint)),
    ("action-yamllint", Meaning::of(Purpose::Lint)),
    ("pre-commit/action", Meaning::of(Purpose::Lint)),
    ("action-pre-commit", Meaning::of(Purpose::Lint)),
    ("biome", Meaning::of(Purpose::Lint)),
    ("codespell", Meaning::of(Purpose::Lint)),
    ("crate-ci/typos", Meaning::of(Purpose::Lint)),
    ("vale-action", Meaning::of(Purpose::Lint)),
    ("ktlint", Meaning::of(Purpose::Lint)),
    ("detekt", Meaning::of(Purpose::Lint)),
    ("clippy", Meaning::of(Purpose::Lint)),
    ("rustfmt", Meaning::of(Purpose::Lint)),
    ("editorconfig-checker", Meaning::of(Purpose::Lint)),
    ("staticcheck", Meaning::of(Purpose::Lint)),
    ("oxsecurity/mega", Meaning::of(Purpose::Lint)),
    ("spectral", Meaning::of(Purpose::Lint)),
];

/// A mark for names that resemble others and mean nothing here.
const NOTHING: Meaning = Meaning {
    purpose: Purpose::Publish,
    platform: Some(""),
};

/// Actions that run a tool with their inputs: part of the name, the tool, the inputs to append.
const TOOLS: &[(&str, &str, &[&str])] = &[
    ("actions-rs/cargo", "cargo", &["command", "args"]),
    ("actions-rs/clippy", "cargo clippy", &[]),
    ("gradle-build-action", "gradle", &["arguments"]),
    ("gradle/actions", "gradle", &["arguments"]),
    ("gradle-command-action", "gradle", &["arguments"]),
    ("actions-yarn", "yarn", &["cmd"]),
    ("action-mix", "mix", &["args"]),
    ("tox-action", "tox", &[]),
    ("run-vcpkg", "", &[]),
    ("docker-run-action", "", &["run"]),
    ("devcontainers/ci", "", &["runCmd"]),
    ("nick-invision/retry", "", &["command"]),
    ("nick-fields/retry", "", &["command"]),
    ("android-emulator-runner", "", &["script"]),
    ("gabrielbb/xvfb-action", "", &["run"]),
    ("deno-task", "deno", &["task"]),
    ("mvn-action", "mvn", &["args"]),
];

/// What using an action, an orb job, a pipe or a plugin does. `inputs` are its parameters.
pub(super) fn action(name: &str, inputs: &[(String, String)]) -> ActionDoes {
    let lower = name.split('@').next().unwrap_or(name).to_ascii_lowercase();
    let input = |wanted: &str| {
        let found = inputs
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.as_str())
    };
    if let Some((_, tool, keys)) = TOOLS.iter().find(|(part, ..)| lower.contains(part)) {
        let values = keys.iter().filter_map(|key| input(key));
        let text = [*tool]
            .into_iter()
            .chain(values)
            .collect::<Vec<_>>()
            .join(" ");
        return ActionDoes::Runs(text.trim().to_owned());
    }
    if lower.contains("cypress-io/github-action") && input("runTests") == Some("false") {
        return ActionDoes::Nothing;
    }
    if lower.contains("build-push-action")
        && input("target").is_some_and(|stage| by_words(stage) == Some(Purpose::Test))
    {
        return ActionDoes::Means(Meaning::of(Purpose::Test));
    }
    if lower.contains("build-push-action") && input("push").is_none_or(|push| push == "false") {
        return ActionDoes::Nothing;
    }
    if let Some((_, meaning)) = KNOWN.iter().find(|(part, _)| lower.contains(part)) {
        if *meaning == NOTHING {
            return ActionDoes::Nothing;
        }
        return ActionDoes::Means(*meaning);
    }
    by_words(&lower).map_or(ActionDoes::Nothing, |purpose| {
        ActionDoes::Means(Meaning::of(purpose))
    })
}

/// The purpose that the words of a name tell: `x/ssh-deploy-action`, `use-production.yaml`, `node/test`.
pub(super) fn by_words(name: &str) -> Option<Purpose> {
    let name = name.to_lowercase();
    let name = name
        .strip_suffix(".yml")
        .or_else(|| name.strip_suffix(".yaml"))
        .unwrap_or(&name);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if has(&[
        "deploy",
        "deployment",
        "deploiement",
        "déploiement",
        "deploys",
        "déployer",
    ]) {
        return Some(Purpose::Deploy);
    }
    if has(&["lint", "linting", "linters", "lints"]) {
        return Some(Purpose::Lint);
    }
    if has(&["test", "tests", "e2e"]) {
        return Some(Purpose::Test);
    }
    has(&["publish", "release"]).then_some(Purpose::Publish)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> ActionDoes {
        action(name, &[("push".to_owned(), "true".to_owned())])
    }

    #[test]
    fn actions_are_known_by_name() {
        for (name, expected) in [
            ("golangci/golangci-lint-action@abc", Some(Purpose::Lint)),
            ("super-linter/super-linter@v6", Some(Purpose::Lint)),
            ("peaceiris/actions-gh-pages@v3", Some(Purpose::Deploy)),
            ("appleboy/ssh-action@master", Some(Purpose::Deploy)),
            ("easingthemes/ssh-deploy@v2", Some(Purpose::Deploy)),
            ("docker/build-push-action@v5", Some(Purpose::Publish)),
            ("helm/chart-releaser-action@v1", Some(Purpose::Publish)),
            ("amannn/action-semantic-pull-request@v6", None),
            ("chrnorm/deployment-action@v2", None),
            ("actions/checkout@v4", None),
            ("actions/configure-pages@v4", None),
            ("getsentry/action-release@v1", Some(Purpose::Publish)),
        ] {
            let found = match of(name) {
                ActionDoes::Means(meaning) => Some(meaning.purpose),
                _ => None,
            };
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn an_action_that_runs_a_tool_is_that_tool() {
        let inputs = [("command".to_owned(), "test".to_owned())];
        assert_eq!(
            action("actions-rs/cargo@v1", &inputs),
            ActionDoes::Runs("cargo test".to_owned())
        );
    }
}
