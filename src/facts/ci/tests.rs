// SPDX-License-Identifier: EUPL-1.2
//! Small repositories and what must be known of their CI.

use super::*;
use crate::facts::set::FactValue;
use crate::facts::testing::facts_of;
use crate::model::evidence::Observed;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    facts_of(tree, extract)
}

fn workflow(body: &str) -> MemoryTree {
    MemoryTree::new().file(".github/workflows/ci.yml", body)
}

fn line_of(facts: &FactSet, key: &str) -> Option<u32> {
    facts.get(key)?.evidence().first()?.line
}

#[test]
fn a_step_is_evidence_with_its_own_line() {
    let facts = facts(workflow(
        "on: [push, pull_request]\njobs:\n  t:\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          npm ci\n          npx jest\n      - run: npx eslint .\n",
    ));
    assert_eq!(line_of(&facts, "ci.runs_tests"), Some(8));
    assert_eq!(line_of(&facts, "ci.runs_lint"), Some(9));
    assert_eq!(facts.flag("ci.deploys"), Some(false));
    assert_eq!(facts.flag("ci.on_change"), Some(true));
    assert_eq!(facts.text("ci.actions_pinned_by_hash"), Some("none"));
    assert_eq!(
        facts.text("ci.default_permissions_restricted"),
        Some("false")
    );
    assert_eq!(facts.items("ci.jobs")[0].get("does"), Some("lint test"));
}

#[test]
fn nothing_configured_is_an_answer_and_a_cut_listing_is_none() {
    let none = facts(MemoryTree::new().file("README.md", "x"));
    assert_eq!(none.flag("ci.runs_tests"), Some(false));
    assert_eq!(none.text("ci.actions_pinned_by_hash"), Some("na"));
    assert!(none.list("ci.systems").is_empty());
    let cut = facts(MemoryTree::new().file("README.md", "x").truncated());
    assert!(matches!(cut.get("ci.systems"), Some(Observed::Unknown(_))));
}

#[test]
fn disabled_and_vendored_definitions_do_not_count() {
    let facts = facts(
        MemoryTree::new()
            .file(".travis.yml.old", "script: pytest")
            .file("vendor/x/.travis.yml", "script: pytest")
            .file("lib/.github/workflows/ci.yml", "on: push\n")
            .file(".github/dependabot.yml", "version: 2\n"),
    );
    assert!(facts.list("ci.systems").is_empty());
}

#[test]
fn a_malformed_definition_is_listed_and_leaves_its_content_unknown() {
    let tree = workflow("on: push\njobs:\n  a: [1,\n");
    let broken = facts(tree.clone());
    assert_eq!(broken.list("ci.systems"), ["github-actions"]);
    let Some(Observed::Unknown(reason)) = broken.get("ci.runs_tests") else {
        panic!("{:?}", broken.get("ci.runs_tests"));
    };
    assert_eq!(reason.code, ReasonCode::Unreadable);
    assert!(reason.detail.contains_key("line") && reason.detail.contains_key("column"));
    let proven = facts(tree.file(".travis.yml", "script: pytest\n"));
    assert_eq!(proven.flag("ci.runs_tests"), Some(true));
    assert!(matches!(
        proven.get("ci.deploys"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn words_in_names_and_comments_prove_nothing() {
    let facts = facts(workflow(
        "name: lint and test and deploy\non: push\njobs:\n  test:\n    name: run pytest\n    steps:\n      # npm test\n      - name: eslint\n        run: echo \"npm test\"\n      - run: npm test\n",
    ));
    assert_eq!(facts.flag("ci.runs_lint"), Some(false));
    assert_eq!(facts.flag("ci.deploys"), Some(false));
}

#[test]
fn npms_placeholder_is_no_test() {
    let tree = workflow("on: push\njobs:\n  t:\n    steps:\n      - run: npm test\n").file(
        "package.json",
        r#"{"scripts": {"test": "echo \"Error: no test specified\" && exit 1"}}"#,
    );
    assert_eq!(facts(tree).flag("ci.runs_tests"), Some(false));
}

#[test]
fn tests_whose_failure_is_swallowed_do_not_count() {
    for step in [
        "run: pytest || true",
        "run: pytest\n        continue-on-error: true",
    ] {
        let facts = facts(workflow(&format!(
            "on: push\njobs:\n  t:\n    steps:\n      - {step}\n"
        )));
        assert_eq!(facts.flag("ci.runs_tests"), Some(false), "{step}");
        assert_eq!(
            facts.items("ci.jobs")[0].get("does"),
            Some("test-tolerated")
        );
    }
}

#[test]
fn tasks_are_followed_through_the_workspace() {
    let tree = workflow("on: push\njobs:\n  t:\n    steps:\n      - run: yarn -s fullcheck\n")
        .file("package.json", r#"{"scripts": {"fullcheck": "turbo typecheck lint test"}, "workspaces": ["api"]}"#)
        .file("api/package.json", r#"{"name": "api", "scripts": {"test": "vitest run", "lint": "run-s lint:*", "lint:js": "eslint ."}}"#);
    let known = facts(tree);
    assert_eq!(known.flag("ci.runs_tests"), Some(true));
    assert_eq!(known.flag("ci.runs_lint"), Some(true));
    for (command, file, content) in [
        ("make ci", "Makefile", "ci: test\ntest:\n\tpytest\n"),
        (
            "composer run check",
            "composer.json",
            r#"{"scripts": {"check": ["@unit"], "unit": "phpunit"}}"#,
        ),
        (
            "tox -e py3",
            "tox.ini",
            "[testenv]\ncommands =\n    pytest\n",
        ),
        (
            "mix check.all",
            "mix.exs",
            "defp aliases do\n [\"check.all\": [\"format\", \"test\"]]\nend",
        ),
        ("just ci", "justfile", "ci: test\n\ntest:\n    cargo test\n"),
        (
            "./scripts/ci.sh",
            "scripts/ci.sh",
            "#!/bin/sh\ngo test ./...\n",
        ),
        (
            "npm run --prefix web ci",
            "web/package.json",
            r#"{"scripts": {"ci": "jest"}}"#,
        ),
        (
            "pnpm --filter @x/web test",
            "web/package.json",
            r#"{"name": "@x/web", "scripts": {"test": "vitest"}}"#,
        ),
        (
            "npx lerna run test",
            "p/package.json",
            r#"{"scripts": {"test": "mocha"}}"#,
        ),
        ("docker compose run --rm web pytest", "x", ""),
        ("cd web && yarn jest", "web/package.json", "{}"),
        ("bundle exec rake", "Rakefile", "task default: [:spec]\n"),
    ] {
        let body = format!("on: push\njobs:\n  t:\n    steps:\n      - run: {command}\n");
        let facts = facts(workflow(&body).file(file, content));
        assert_eq!(facts.flag("ci.runs_tests"), Some(true), "{command}");
    }
}

#[test]
fn composite_actions_count_where_they_are_called() {
    let tree = workflow("on: push\njobs:\n  t:\n    steps:\n      - uses: ./.github/actions/check\n").file(
        ".github/actions/check/action.yml",
        "runs:\n  using: composite\n  steps:\n    - uses: a/b@v1\n    - run: mix credo\n      shell: bash\n",
    );
    let facts = facts(tree);
    assert_eq!(facts.flag("ci.runs_lint"), Some(true));
    assert_eq!(line_of(&facts, "ci.runs_lint"), Some(5));
    assert_eq!(facts.list("ci.files").len(), 2);
    assert_eq!(facts.text("ci.actions_pinned_by_hash"), Some("none"));
}

#[test]
fn pins_and_permissions_need_every_workflow() {
    let hash = "0123456789012345678901234567890123456789";
    let safe =
        format!("on: push\npermissions: {{}}\njobs:\n  a:\n    steps:\n      - uses: a/b@{hash}\n");
    let tree = workflow(&safe);
    let all = facts(tree.clone());
    assert_eq!(all.text("ci.actions_pinned_by_hash"), Some("all"));
    assert_eq!(all.text("ci.default_permissions_restricted"), Some("true"));
    let some = facts(tree.file(
        ".github/workflows/b.yml",
        "on: push\njobs:\n  a:\n    steps:\n      - uses: a/b@v1\n",
    ));
    assert_eq!(some.text("ci.actions_pinned_by_hash"), Some("some"));
    assert_eq!(
        some.text("ci.default_permissions_restricted"),
        Some("false")
    );
}

#[test]
fn publishing_a_package_is_not_deploying() {
    let facts = facts(workflow(
        "on: push\njobs:\n  a:\n    steps:\n      - name: Deploy to npm\n        run: npm publish\n      - uses: docker/build-push-action@v5\n        with:\n          push: true\n",
    ));
    assert_eq!(facts.flag("ci.deploys"), Some(false));
    assert_eq!(facts.items("ci.jobs")[0].get("does"), Some("publish"));
}

#[test]
fn gitlab_is_read_with_includes_extends_and_references() {
    let facts = facts(
        MemoryTree::new()
            .file(
                ".gitlab-ci.yml",
                "include:\n  - local: /ci/*.yml\nstages: [test, deploy]\npages:\n  stage: deploy\n  script:\n    - npm run build\nunit:\n  extends: .base\nlint:\n  script:\n    - !reference [.style, script]\n",
            )
            .file("ci/base.yml", ".base:\n  script:\n    - pytest\n.style:\n  script:\n    - flake8 .\n"),
    );
    assert_eq!(facts.list("ci.files"), [".gitlab-ci.yml", "ci/base.yml"]);
    assert_eq!(facts.flag("ci.runs_tests"), Some(true));
    assert_eq!(facts.flag("ci.runs_lint"), Some(true));
    assert_eq!(
        facts.items("ci.jobs")[0].get("platform"),
        Some("gitlab-pages")
    );
    assert_eq!(facts.text("ci.default_permissions_restricted"), Some("na"));
    assert_eq!(facts.flag("ci.on_change"), Some(true));
}

#[test]
fn circleci_runs_only_the_jobs_of_its_workflows() {
    let facts = facts(MemoryTree::new().file(
        ".circleci/config.yml",
        "version: 2\njobs:\n  used:\n    working_directory: ~/repo/api\n    steps:\n      - run:\n          name: x\n          command: |\n            . venv/bin/activate\n            nosetests .\n  unused:\n    steps:\n      - run: flake8\nworkflows:\n  version: 2\n  w:\n    jobs:\n      - used:\n          filters: {branches: {only: main}}\n",
    ));
    assert_eq!(line_of(&facts, "ci.runs_tests"), Some(10));
    assert_eq!(facts.flag("ci.runs_lint"), Some(false));
}

#[test]
fn a_site_pushed_into_another_repository_is_published() {
    let script = "- run:\n          name: Push documentation\n          command: |\n            git clone https://x@host/docs.git /tmp/d\n            cd /tmp/d\n            git push -q origin main\n";
    let site = facts(MemoryTree::new().file(
        ".circleci/config.yml",
        format!("jobs:\n  push_documentation:\n    steps:\n      {script}"),
    ));
    assert_eq!(site.flag("ci.deploys"), Some(true));
    let own = facts(workflow(
        "on: push\njobs:\n  doc:\n    steps:\n      - run: git commit -am x && git push\n",
    ));
    assert_eq!(own.flag("ci.deploys"), Some(false));
}

#[test]
fn the_other_systems_are_read_too() {
    for (path, body) in [
        (".travis.yml", "language: python\nscript:\n  - pytest\n"),
        (
            ".woodpecker.yml",
            "steps:\n  t:\n    image: python\n    commands:\n      - pytest\n",
        ),
        (
            ".drone.yml",
            "kind: pipeline\nsteps:\n  - name: t\n    commands: [pytest]\n",
        ),
        (
            "azure-pipelines.yml",
            "jobs:\n- job: a\n  steps:\n  - script: pytest\n",
        ),
        (
            "bitbucket-pipelines.yml",
            "pipelines:\n  default:\n    - step:\n        script:\n          - pytest\n",
        ),
        (
            ".build.yml",
            "tasks:\n  - test: |\n      cd x\n      pytest\n",
        ),
        (
            ".forgejo/workflows/a.yaml",
            "on: push\njobs:\n  a:\n    steps:\n      - run: pytest\n",
        ),
        (".cirrus.yml", "a_task:\n  test_script: pytest\n"),
    ] {
        let facts = facts(MemoryTree::new().file(path, body));
        assert_eq!(facts.flag("ci.runs_tests"), Some(true), "{path}");
        assert_eq!(facts.flag("ci.on_change"), Some(true), "{path}");
    }
    let jenkins = facts(MemoryTree::new().file("Jenkinsfile", "node { sh 'pytest' }"));
    assert_eq!(jenkins.list("ci.systems"), ["jenkins"]);
    assert!(matches!(
        jenkins.get("ci.runs_tests"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn a_script_that_calls_itself_ends() {
    let tree = workflow("on: push\njobs:\n  t:\n    steps:\n      - run: npm run a\n").file(
        "package.json",
        r#"{"scripts": {"a": "npm run a && npm run b", "b": "npm run a && npm run b && npm run a"}}"#,
    );
    assert_eq!(
        facts(tree).value("ci.runs_tests"),
        Some(&FactValue::Flag(false))
    );
}
