// SPDX-License-Identifier: EUPL-1.2
//! Shapes of real projects: what jobs do, and files that are no definition at all.

use super::*;
use crate::facts::set::FactValue;
use crate::facts::testing::facts_of;
use crate::model::evidence::Observed;
use crate::snapshot::MemoryTree;

pub(super) fn facts(tree: MemoryTree) -> FactSet {
    facts_of(tree.default_branch("main"), extract)
}

pub(super) fn workflow(body: &str) -> MemoryTree {
    MemoryTree::new().file(".github/workflows/ci.yml", body)
}

fn github(step: &str) -> MemoryTree {
    workflow(&format!(
        "on: [push, pull_request]\njobs:\n  j:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n"
    ))
}

pub(super) fn gitlab(body: &str) -> FactSet {
    facts(MemoryTree::new().file(".gitlab-ci.yml", body))
}

pub(super) fn reason(facts: &FactSet, key: &str) -> ReasonCode {
    match facts.get(key) {
        Some(Observed::Unknown(reason)) => reason.code,
        other => panic!("{key} is {other:?}"),
    }
}

#[test]
fn tests_are_found_behind_what_projects_run_them_with() {
    for command in [
        "pytest -q",
        "poetry run pytest --cov",
        "uv run pytest",
        "uv run python -m pytest",
        "pipenv run python manage.py test",
        "python -m unittest discover",
        "tox -e py",
        "nox -s tests",
        "hatch run test",
        "docker compose run --rm app pytest",
        "docker-compose exec -T web python manage.py test",
        "docker compose -f docker-compose.test.yml up --exit-code-from tests",
        "docker build --target test .",
        "npm test",
        "npm run test --workspaces",
        "npm run test -w api",
        "yarn turbo run test",
        "pnpm -r test",
        "pnpm --filter ./api test",
        "npx jest --ci | tee log.txt",
        "npx vitest run",
        "npx cypress run",
        "npx playwright test",
        "npx nx affected -t test",
        "bun test",
        "deno test -A",
        "mix test",
        "MIX_ENV=test mix coveralls",
        "go test ./...",
        "gotestsum -- ./...",
        "cargo test --all",
        "cargo nextest run",
        "php artisan test",
        "vendor/bin/phpunit",
        "./vendor/bin/simple-phpunit",
        "php bin/phpunit",
        "composer test",
        "Rscript -e 'devtools::test()'",
        "R CMD check --no-manual .",
        "bundle exec rspec",
        "bin/rails test",
        "./gradlew check",
        "mvn -B verify",
        "make test",
        "make -C api test",
        "cd api && make test",
        "just test",
        "task test",
        "bats test/",
        "set -euo pipefail; time pytest",
        "xvfb-run -a npm test",
        "timeout 600 make test",
        "sh -c 'npm test'",
    ] {
        let tree = github(&format!("run: {}", serde_json::json!(command)))
            .file(
                "package.json",
                r#"{"scripts": {"test": "jest"}, "workspaces": ["api"]}"#,
            )
            .file(
                "api/package.json",
                r#"{"name": "api", "scripts": {"test": "vitest run"}}"#,
            )
            .file("composer.json", r#"{"scripts": {"test": "phpunit"}}"#)
            .file("api/Makefile", "test:\n\tpytest\n")
            .file("Makefile", "test:\n\tpytest\n")
            .file("justfile", "test:\n    pytest\n")
            .file("tox.ini", "[testenv]\ncommands = pytest\n")
            .file("noxfile.py", "session.run(\"pytest\")\n");
        assert_eq!(facts(tree).flag("ci.runs_tests"), Some(true), "{command}");
    }
}

#[test]
fn what_resembles_tests_is_none() {
    for command in [
        "npm run build",
        "pip install pytest",
        "echo pytest",
        "apt-get install -y phpunit",
        "test -f package.json",
        "[ -d tests ] && ls tests",
        "docker build -t test .",
        "cargo build",
        "go build ./...",
        "mvn package -DskipTests",
        "./gradlew assemble",
        "make build",
        "Rscript -e 'install.packages(\"testthat\")'",
        "terraform plan",
        "# npm test",
        "cat <<EOF\nnpm test\nEOF",
        "git commit -m 'run npm test'",
    ] {
        let tree = github(&format!("run: {}", serde_json::json!(command)))
            .file("package.json", r#"{"scripts": {"build": "vite build"}}"#)
            .file("Makefile", "build:\n\techo\ntest:\n\tpytest\n");
        assert_eq!(facts(tree).flag("ci.runs_tests"), Some(false), "{command}");
    }
}

#[test]
fn deployments_are_found() {
    for step in [
        "run: scalingo --app x deploy main.tar.gz",
        "run: clever deploy",
        "run: kubectl apply -f k8s/",
        "run: helm upgrade --install app ./chart",
        "uses: actions/deploy-pages@v4",
        "run: rsync -az dist/ deploy@example.org:/srv",
        "run: ssh deploy@example.org 'cd app && git pull'",
        "run: git push -f git@ssh.osc-fr1.scalingo.com:app.git main",
        "uses: peaceiris/actions-gh-pages@v4",
        "run: npx netlify deploy --prod",
    ] {
        assert_eq!(facts(github(step)).flag("ci.deploys"), Some(true), "{step}");
    }
}

#[test]
fn included_makefiles_and_unknown_linters_are_followed() {
    let tree = github("run: make check")
        .file("Makefile", "include tasks/*.mk tasks/test.mk\nall: check\n")
        .file(
            "tasks/test.mk",
            "check:\n\tpython -m pytest\n\tgts lint\n\tmkdir lint\n",
        );
    let found = facts(tree);
    assert_eq!(found.flag("ci.runs_tests"), Some(true));
    assert_eq!(found.flag("ci.runs_lint"), Some(true));
    let folder = facts(github("run: mkdir lint && cd lint"));
    assert_eq!(folder.flag("ci.runs_lint"), Some(false));
}

#[test]
fn a_workflow_after_pushes_runs_nothing_of_strangers() {
    let after = "on:\n  workflow_run:\n    workflows: [Tests]\npermissions: {}\njobs:\n  p:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.workflow_run.head_sha }}\n";
    for (on, count) in [("push", 0), ("pull_request", 1)] {
        let tests = format!(
            "name: Tests\non: {on}\npermissions: {{}}\njobs: {{t: {{steps: [{{run: make}}]}}}}\n"
        );
        let tree = workflow(&tests).file(".github/workflows/publish.yml", after);
        assert_eq!(facts(tree).items("ci.risks").len(), count, "{on}");
    }
}

#[test]
fn a_matrix_names_the_commands() {
    let tree = workflow(
        "on: push\nenv:\n  TOOL: jest\njobs:\n  j:\n    strategy:\n      matrix:\n        dir: [api, web]\n        include:\n          - cmd: lint\n          - cmd: test\n    defaults:\n      run:\n        working-directory: ${{ matrix.dir }}\n    steps:\n      - run: npm run ${{ matrix.cmd }}\n      - run: npx ${{ env.TOOL }}\n",
    )
    .file("web/package.json", r#"{"scripts": {"lint": "eslint ."}}"#)
    .file("api/package.json", r#"{"scripts": {"test": "mocha"}}"#);
    let facts = facts(tree);
    assert_eq!(facts.flag("ci.runs_lint"), Some(true));
    assert_eq!(facts.flag("ci.runs_tests"), Some(true));
}

#[test]
fn local_workflows_run_when_their_callers_do_and_with_their_inputs() {
    let tree = workflow(
        "on:\n  push:\n    branches: [main]\n  pull_request:\njobs:\n  t:\n    uses: ./.github/workflows/run.yml\n    with:\n      script: test\n",
    )
    .file(
        ".github/workflows/run.yml",
        "on:\n  workflow_call:\n    inputs:\n      script: {type: string, default: build}\njobs:\n  r:\n    steps:\n      - run: npm run ${{ inputs.script }}\n",
    )
    .file("package.json", r#"{"scripts": {"test": "jest"}}"#);
    let known = facts(tree);
    assert_eq!(known.flag("ci.runs_tests"), Some(true));
    assert_eq!(known.flag("ci.on_change"), Some(true));
    let alone = facts(workflow(
        "on: workflow_call\njobs:\n  r:\n    steps:\n      - run: npm test\n",
    ));
    assert_eq!(alone.text("ci.status"), Some("none"));
}

#[test]
fn composite_actions_within_composite_actions_end() {
    let tree = github("uses: ./.github/actions/a")
        .file(
            ".github/actions/a/action.yml",
            "inputs: {cmd: {default: pytest}}\nruns:\n  using: composite\n  steps:\n    - uses: ./.github/actions/b\n      with: {cmd: '${{ inputs.cmd }}'}\n    - uses: ./.github/actions/a\n",
        )
        .file(
            ".github/actions/b/action.yml",
            "inputs: {cmd: {default: ls}}\nruns:\n  using: composite\n  steps:\n    - run: |\n        ls\n        ${{ inputs.cmd }}\n      shell: bash\n",
        );
    let facts = facts(tree);
    assert_eq!(facts.flag("ci.runs_tests"), Some(true));
    let place = &facts.get("ci.runs_tests").unwrap().evidence()[0];
    assert_eq!(
        (place.path.as_deref(), place.line),
        (Some(".github/workflows/ci.yml"), Some(6))
    );
}

#[test]
fn what_stands_in_another_repository_leaves_the_answer_open() {
    let called = facts(workflow(
        "on: push\njobs:\n  x:\n    uses: org/shared/.github/workflows/main.yml@v1\n",
    ));
    assert_eq!(reason(&called, "ci.runs_tests"), ReasonCode::NotInterpreted);
    assert_eq!(called.text("ci.status"), Some("current"));
    let included = gitlab("include:\n  - project: org/ci\n    file: /all.yml\n");
    assert_eq!(
        reason(&included, "ci.runs_lint"),
        ReasonCode::NotInterpreted
    );
    assert_eq!(included.text("ci.status"), Some("current"));
}

#[test]
fn workflows_for_tickets_are_not_active() {
    for body in [
        "on: issues\njobs:\n  a:\n    steps:\n      - run: echo hello\n",
        "on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/labeler@v5\n",
        "on: {schedule: [{cron: '0 0 * * *'}]}\njobs:\n  a:\n    steps:\n      - uses: actions/stale@v9\n",
        "on: pull_request\njobs:\n  a:\n    steps:\n      - uses: dependabot/fetch-metadata@v2\n      - run: gh pr merge --auto \"$URL\"\n",
        "on: push\njobs:\n  a:\n    if: false\n    steps:\n      - run: pytest\n",
        "on: push\n",
    ] {
        let facts = facts(workflow(body));
        assert_eq!(facts.text("ci.status"), Some("none"), "{body}");
        assert_eq!(facts.list("ci.systems"), ["github-actions"]);
    }
    for body in [
        "on: push\njobs:\n  a:\n    steps:\n      - uses: github/codeql-action/analyze@v3\n",
        "on: {schedule: [{cron: '0 0 * * *'}]}\njobs:\n  a:\n    steps:\n      - run: python fetch.py\n",
    ] {
        assert_eq!(
            facts(workflow(body)).text("ci.status"),
            Some("current"),
            "{body}"
        );
    }
    let travis = facts(MemoryTree::new().file(".travis.yml", "script: pytest\n"));
    assert_eq!(travis.text("ci.status"), Some("doubtful"));
}

#[test]
fn gitlab_jobs_inherit_through_chains_that_may_be_circles() {
    let found = gitlab(
        "default:\n  before_script: [echo]\n.a:\n  extends: .b\n  allow_failure: true\n.b:\n  extends: [.a, .c]\n.c: &c\n  script: &script\n    - pytest\nunit:\n  extends: .a\n  allow_failure: false\nlint:\n  script: !reference [.style, script]\n.style:\n  script:\n    - flake8\n    - !reference [.style, script]\n",
    );
    assert_eq!(found.flag("ci.runs_tests"), Some(true));
    assert_eq!(found.flag("ci.runs_lint"), Some(true));
    let circle = facts(
        MemoryTree::new()
            .file(
                ".gitlab-ci.yml",
                "include: [a.yml]\nt:\n  script: [pytest]\n",
            )
            .file("a.yml", "include:\n  - local: .gitlab-ci.yml\n  - a.yml\n"),
    );
    assert_eq!(circle.flag("ci.runs_tests"), Some(true));
    assert_eq!(circle.list("ci.files"), [".gitlab-ci.yml", "a.yml"]);
}

#[test]
fn malformed_definitions_are_unknown_and_never_a_pass() {
    let deep = format!("on: push\njobs: {}", "[".repeat(5000));
    let bomb: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned())
        .chain((1..9).map(|n| {
            format!(
                "a{n}: &a{n} [{}]\n",
                vec![format!("*a{}", n - 1); 9].join(",")
            )
        }))
        .collect();
    for (name, body) in [
        (
            "tab",
            "on: push\njobs:\n\ttest:\n\t\tsteps: []\n"
                .as_bytes()
                .to_vec(),
        ),
        ("unclosed", b"on: push\njobs:\n  a: [1,\n".to_vec()),
        ("anchor circle", b"on: push\njobs: &a\n  b: *a\n".to_vec()),
        ("no anchor", b"on: push\njobs: *nowhere\n".to_vec()),
        ("deep", deep.into_bytes()),
        ("bomb", bomb.into_bytes()),
        ("binary", vec![0, 1, 2, 0, 255, 0]),
        ("a text", b"hello world\n".to_vec()),
        ("a list", b"- a\n- b\n".to_vec()),
    ] {
        for path in [
            ".github/workflows/ci.yml",
            ".gitlab-ci.yml",
            ".circleci/config.yml",
        ] {
            let facts = facts(MemoryTree::new().file(path, body.clone()));
            for key in ["ci.runs_tests", "ci.jobs", "ci.status", "ci.on_push"] {
                assert!(
                    matches!(facts.get(key), Some(Observed::Unknown(_))),
                    "{name} {path} {key}: {:?}",
                    facts.get(key)
                );
            }
            assert_eq!(facts.list("ci.files").len(), 1, "{name} {path}");
        }
    }
}

#[test]
fn encodings_and_odd_shapes_are_read() {
    let body = "on: push\njobs:\n  t:\n    steps:\n      - run: pytest\n";
    let mut marked = vec![0xef, 0xbb, 0xbf];
    marked.extend_from_slice(body.as_bytes());
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(body.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let mut latin = b"# int\xe9gration\r\n".to_vec();
    latin.extend_from_slice(body.replace('\n', "\r\n").as_bytes());
    for (name, bytes) in [("mark", marked), ("utf-16", wide), ("latin-1", latin)] {
        let facts = facts(MemoryTree::new().file(".github/workflows/ci.yml", bytes));
        assert_eq!(facts.flag("ci.runs_tests"), Some(true), "{name}");
    }
    for body in [
        "on: push\njobs: []\n",
        "on: push\njobs:\n  a: x\n",
        "on: push\njobs:\n  a:\n    steps: run\n",
        "on: 3\njobs:\n  a:\n    steps: [1, [2], {run: [x]}, {run: }, {uses: 3}]\n",
        "on:\n  push:\n    branches: {a: b}\njobs: {a: {steps: [{run: ls}]}}\n",
        "jobs:\n  a:\n    strategy: {matrix: '${{ fromJSON(x) }}'}\n    steps: [{run: 'npm ${{ matrix.x'}]\n",
        "on: push\njobs:\n  a:\n    steps: [{run: pytest}]\n  a:\n    steps: [{run: ls}]\n",
    ] {
        let facts = facts(workflow(body));
        assert!(facts.get("ci.runs_tests").is_some(), "{body}");
    }
    let absent = facts(MemoryTree::new().absent(".gitlab-ci.yml"));
    assert_eq!(reason(&absent, "ci.status"), ReasonCode::NotFetched);
    assert_eq!(
        facts(MemoryTree::new().file(".github/workflows/x.yml", "")).value("ci.files"),
        Some(&FactValue::List(Vec::new()))
    );
}
