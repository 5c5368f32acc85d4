// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::facts::testing::facts_of;
use crate::model::evidence::Observed;
use crate::snapshot::{Identity, MemoryTree};

const DAY: i64 = 86_400;

fn facts(history: Option<History>) -> FactSet {
    let mut tree = MemoryTree::new().file("a", "");
    if let Some(history) = history {
        tree = tree.history(history);
    }
    facts_of(tree, extract)
}

fn identity(name: &str, email: &str) -> Identity {
    Identity {
        name: name.to_owned(),
        email: email.to_owned(),
    }
}

fn commit(author: usize, day: i64) -> Commit {
    Commit {
        committed: Moment {
            seconds: 1_600_000_000 + day * DAY,
            offset: 7200,
        },
        author,
        is_merge: false,
        is_signed_off: false,
    }
}

fn history(commits: Vec<Commit>) -> History {
    History {
        commits,
        authors: vec![
            identity("Ada", "ada@a.example"),
            identity("ada", "ada@b.example"),
            identity("Bob", "bob@a.example"),
            identity("renovate[bot]", "bot@renovateapp.com"),
        ],
        is_complete: true,
        tags: Vec::new(),
    }
}

fn reason(facts: &FactSet, key: &str) -> Option<ReasonCode> {
    match facts.get(key) {
        Some(Observed::Unknown(reason)) => Some(reason.code),
        _ => None,
    }
}

#[test]
fn people_are_counted_merged_and_robots_apart() {
    let commits = vec![commit(3, 9), commit(0, 8), commit(1, 7), commit(2, 0)];
    let facts = facts(Some(history(commits)));
    assert_eq!(facts.count("activity.commits"), Some(4));
    assert_eq!(facts.count("activity.distinct_authors"), Some(3));
    assert_eq!(facts.count("activity.human_authors"), Some(2));
    assert_eq!(facts.count("activity.top_author_permille"), Some(500));
    assert_eq!(facts.count("activity.span_days"), Some(9));
    let day = |key: &str| facts.moment(key).map(|at| at.seconds);
    assert_eq!(
        day("activity.last_commit_date"),
        Some(1_600_000_000 + 9 * DAY)
    );
    assert_eq!(
        day("activity.last_human_commit_date"),
        Some(1_600_000_000 + 8 * DAY)
    );
}

#[test]
fn the_bus_factor_looks_at_the_last_active_months_only() {
    // a busy past of Bob's, then twelve months of one commit each by Ada
    let mut commits: Vec<_> = (0..12).map(|n| commit(0, 1000 - n * 31)).collect();
    commits.extend((0..50).map(|n| commit(2, n)));
    assert_eq!(
        facts(Some(history(commits.clone()))).count("activity.bus_factor"),
        Some(1)
    );
    // exactly half is not more than half
    let even = vec![commit(0, 1), commit(2, 2)];
    assert_eq!(
        facts(Some(history(even))).count("activity.bus_factor"),
        Some(2)
    );
    // merges and robots do not count
    let mut merged = vec![commit(0, 1), commit(2, 2), commit(2, 3), commit(3, 4)];
    merged[1].is_merge = true;
    merged[2].is_merge = true;
    assert_eq!(
        facts(Some(history(merged))).count("activity.bus_factor"),
        Some(1)
    );
}

#[test]
fn robots_alone_leave_the_bus_factor_undecided() {
    let facts = facts(Some(history(vec![commit(3, 1)])));
    assert_eq!(
        reason(&facts, "activity.bus_factor"),
        Some(ReasonCode::Undecided)
    );
    assert_eq!(facts.moment("activity.last_human_commit_date"), None);
    assert!(facts.value("activity.last_human_commit_date").is_some());
}

#[test]
fn sign_offs_are_a_share_of_recent_human_commits() {
    let mut commits: Vec<_> = (0..100).map(|n| commit(0, n)).collect();
    for commit in &mut commits[60..] {
        commit.is_signed_off = true;
    }
    let facts = facts(Some(history(commits)));
    assert_eq!(facts.count("activity.signed_off_percent"), Some(80));
}

#[test]
fn a_shallow_history_only_tells_the_last_commit() {
    let mut shallow = history(vec![commit(0, 1)]);
    shallow.is_complete = false;
    let facts = facts(Some(shallow));
    assert!(facts.moment("activity.last_commit_date").is_some());
    assert!(facts.moment("activity.last_human_commit_date").is_some());
    for key in NEEDS_WHOLE_HISTORY {
        assert_eq!(
            reason(&facts, key),
            Some(ReasonCode::ShallowHistory),
            "{key}"
        );
    }
}

#[test]
fn without_history_everything_is_unknown() {
    let facts = facts(None);
    assert_eq!(
        reason(&facts, "activity.commits"),
        Some(ReasonCode::NoHistory)
    );
    assert_eq!(
        reason(&facts, "activity.last_commit_date"),
        Some(ReasonCode::NoHistory)
    );
}

#[test]
fn version_tags_give_the_date_of_the_last_version() {
    let mut tagged = history(vec![commit(0, 1)]);
    let tag = |name: &str, seconds| Tag {
        name: name.to_owned(),
        date: Some(Moment { seconds, offset: 0 }),
    };
    tagged.tags = vec![tag("demo", 300), tag("v1.0.0", 100), tag("v1.1.0", 200)];
    let facts = facts(Some(tagged));
    assert_eq!(facts.count("activity.tags"), Some(3));
    assert_eq!(facts.count("activity.version_tags"), Some(2));
    assert_eq!(
        facts
            .moment("activity.last_version_date")
            .map(|at| at.seconds),
        Some(200)
    );
}

#[test]
fn names_and_addresses_do_not_come_out() {
    let text = facts(Some(history(vec![commit(0, 1), commit(2, 2)])))
        .to_json()
        .to_string();
    for secret in ["Ada", "ada@", "Bob", "example"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[test]
fn arrivals_are_counted_by_month_and_nobody_keeps_a_date() {
    // days counted from 13 September 2020
    let mut commits: Vec<_> = (0..5).map(|n| commit(0, 2 * n)).collect();
    commits.extend([commit(2, 60), commit(2, 400), commit(3, 3)]);
    let facts = facts(Some(history(commits)));
    let arrivals: Vec<_> = facts
        .items("activity.arrivals")
        .iter()
        .map(|item| ["month", "people", "regulars"].map(|field| item.get(field).unwrap()))
        .collect();
    assert_eq!(arrivals, [["2020-11", "1", "0"], ["2020-09", "1", "1"]]);
}
