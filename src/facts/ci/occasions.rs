// SPDX-License-Identifier: EUPL-1.2
//! When definitions of real projects run.

use super::shapes::{facts, gitlab, reason, workflow};
use super::*;
use crate::facts::testing::facts_of;
use crate::snapshot::MemoryTree;

#[test]
fn filters_are_read_against_the_default_branch() {
    for (on, push, request) in [
        ("[push, pull_request]", true, true),
        ("push", true, true),
        ("pull_request", false, true),
        ("{push: {branches: [main]}}", true, false),
        (
            "{push: {branches: [master]}, pull_request: {}}",
            false,
            true,
        ),
        (
            "{push: {branches: [master]}, pull_request: {branches: [master]}}",
            false,
            false,
        ),
        ("{push: {branches-ignore: [gh-pages]}}", true, true),
        ("{push: {branches: ['**', '!main']}}", false, true),
        ("{push: {tags: ['v*']}}", false, false),
        (
            "{push: {tags: ['v*'], branches: ['ma*']}, pull_request: {types: [closed]}}",
            true,
            false,
        ),
        (
            "{pull_request: {types: [opened, synchronize]}, push: {paths: [api/**]}}",
            true,
            true,
        ),
        ("{schedule: [{cron: '0 0 * * *'}]}", false, false),
        ("workflow_dispatch", false, false),
        ("{merge_group: }", false, true),
        (
            "{pull_request_target: {branches: [main]}, push: {branches: main}}",
            true,
            true,
        ),
    ] {
        let facts = facts(workflow(&format!(
            "on: {on}\njobs:\n  t:\n    steps:\n      - run: pytest\n"
        )));
        assert_eq!(facts.flag("ci.on_push"), Some(push), "{on}");
        assert_eq!(facts.flag("ci.on_request"), Some(request), "{on}");
        assert_eq!(facts.flag("ci.on_change"), Some(push && request), "{on}");
    }
}

#[test]
fn a_filter_left_behind_by_a_renamed_branch_is_shown() {
    let facts = facts(workflow(
        "on:\n  push:\n    branches: [master]\njobs:\n  t:\n    steps:\n      - run: pytest\n",
    ));
    let place = &facts.get("ci.on_push").unwrap().evidence()[0];
    assert_eq!(place.line, Some(3));
    assert_eq!(place.excerpt.as_deref(), Some("branches: [master]"));
    let nameless = facts_of(
        workflow("on: {push: {branches: [master]}}\njobs: {t: {steps: [{run: pytest}]}}\n"),
        extract,
    );
    assert_eq!(reason(&nameless, "ci.on_push"), ReasonCode::NeedsForge);
}

#[test]
fn only_what_tests_or_checks_counts_for_triggers() {
    let tree = workflow("on: workflow_dispatch\njobs:\n  t:\n    steps:\n      - run: pytest\n")
        .file(
            ".github/workflows/deploy.yml",
            "on: push\njobs:\n  d:\n    steps:\n      - run: clever deploy\n",
        );
    assert_eq!(facts(tree).flag("ci.on_push"), Some(false));
    let after = workflow("name: CI\non: push\njobs:\n  b:\n    steps:\n      - run: make\n").file(
        ".github/workflows/after.yml",
        "on:\n  workflow_run:\n    workflows: [CI]\njobs:\n  t:\n    steps:\n      - run: pytest\n",
    );
    assert_eq!(facts(after).flag("ci.on_push"), Some(true));
}

#[test]
fn gitlab_jobs_run_when_their_rules_say() {
    for (lines, push, request) in [
        ("", true, true),
        ("  only: [main]\n", true, false),
        ("  only: [master]\n", false, false),
        ("  only: [merge_requests]\n", false, true),
        ("  only: [tags]\n", false, false),
        ("  only: [branches]\n  except: [main]\n", false, true),
        ("  only:\n    refs: [main, merge_requests]\n", true, true),
        (
            "  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n",
            true,
            false,
        ),
        (
            "  rules:\n    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'\n    - if: $CI_COMMIT_BRANCH == 'main'\n",
            true,
            true,
        ),
        ("  rules:\n    - if: $CI_COMMIT_TAG\n", false, false),
        (
            "  rules:\n    - if: $CI_PIPELINE_SOURCE == 'schedule'\n      when: never\n    - when: always\n",
            true,
            true,
        ),
        ("  rules:\n    - !reference [.on, rules]\n", true, true),
        ("  rules:\n    - changes: [api/**]\n", true, true),
        ("  when: manual\n", false, false),
    ] {
        let body = format!(
            "t:\n  script: [pytest]\n{lines}.on:\n  rules:\n    - if: $CI_COMMIT_BRANCH\n    - if: $CI_MERGE_REQUEST_IID\n"
        );
        let found = gitlab(&body);
        assert_eq!(found.flag("ci.on_push"), Some(push), "{lines}");
        assert_eq!(found.flag("ci.on_request"), Some(request), "{lines}");
    }
    let variable = gitlab("t:\n  script: [pytest]\n  rules:\n    - if: $RUN_TESTS == '1'\n");
    assert_eq!(reason(&variable, "ci.on_push"), ReasonCode::NotInterpreted);
    let narrowed = gitlab(
        "workflow:\n  rules:\n    - if: $CI_MERGE_REQUEST_IID\nt:\n  script: [pytest]\n  rules:\n    - when: always\n",
    );
    assert_eq!(narrowed.flag("ci.on_push"), Some(false));
    assert_eq!(narrowed.flag("ci.on_request"), Some(true));
}

#[test]
fn tests_that_wait_for_somebody_or_may_fail_do_not_block() {
    for lines in [
        "  when: manual\n",
        "  allow_failure: true\n",
        "  rules:\n    - when: manual\n",
        "  rules:\n    - when: always\n      allow_failure: true\n",
    ] {
        let found = gitlab(&format!("t:\n  script: [pytest]\n{lines}"));
        assert_eq!(found.flag("ci.runs_tests"), Some(false), "{lines}");
        assert_eq!(
            found.flag("ci.tests_allowed_to_fail"),
            Some(true),
            "{lines}"
        );
    }
    for lines in ["  when: never\n", "  rules:\n    - when: never\n"] {
        let found = gitlab(&format!("t:\n  script: [pytest]\n{lines}"));
        assert_eq!(
            found.flag("ci.tests_allowed_to_fail"),
            Some(false),
            "{lines}"
        );
    }
}

#[test]
fn circleci_filters_belong_to_jobs() {
    let of = |filters: &str| {
        facts(MemoryTree::new().file(
            ".circleci/config.yml",
            format!("version: 2.1\njobs:\n  t:\n    steps:\n      - run: pytest\nworkflows:\n  w:\n    jobs:\n      - t{filters}\n"),
        ))
    };
    assert_eq!(of("").flag("ci.on_change"), Some(true));
    let master = of(":\n          filters: {branches: {only: master}}");
    assert_eq!(master.flag("ci.on_push"), Some(false));
    let all = of(":\n          filters: {branches: {only: /.*/}}");
    assert_eq!(all.flag("ci.on_change"), Some(true));
    let ignore = of(":\n          filters: {branches: {ignore: gh-pages}}");
    assert_eq!(ignore.flag("ci.on_change"), Some(true));
}
