// SPDX-License-Identifier: EUPL-1.2
//! Commits, authors and tags, as counts and dates: no name and no address leaves this room.

mod people;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use super::extract::Inputs;
use super::set::{FactSet, Item};
use crate::model::date::{Date, Moment, days_between};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::{Commit, History, Tag};
use people::People;
pub(super) use versions::is_version;

/// Facts that a part of the history would understate.
const NEEDS_WHOLE_HISTORY: [&str; 14] = [
    "activity.commits",
    "activity.distinct_authors",
    "activity.human_authors",
    "activity.top_author_permille",
    "activity.bus_factor",
    "activity.human_commits",
    "activity.arrivals",
    "activity.first_commit_date",
    "activity.span_days",
    "activity.signed_off_percent",
    "activity.tags",
    "activity.version_tags",
    "activity.semantic_version_tags",
    "activity.last_version_date",
];

/// Months with commits that the bus factor looks at.
const ACTIVE_MONTHS: usize = 12;

/// Months of arrival listed, the latest first: fifty years.
const ARRIVALS: usize = 600;

/// Commits from which somebody is more than a visitor.
const REGULAR_COMMITS: usize = 3;

/// Shares shown with the bus factor.
const SHARES: usize = 5;

/// Tags shown as evidence.
const TAGS: usize = 3;

/// Commits that the share of sign-offs looks at.
const SIGN_OFF_COMMITS: usize = 50;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let history = match inputs.snapshot.history() {
        Ok(history) => history,
        Err(reason) => {
            facts.set_all_unknown("activity.", reason);
            return;
        }
    };
    let people = People::of(&history.authors);
    let latest = |is_wanted: &dyn Fn(&Commit) -> bool| {
        let wanted = history.commits.iter().filter(|commit| is_wanted(commit));
        wanted
            .map(|commit| commit.committed)
            .max_by_key(|at| at.seconds)
    };
    let human = |commit: &Commit| !people.is_robot(people.person(commit.author));
    let last = latest(&|_| true);
    facts.set(
        "activity.last_commit_date",
        last,
        dated("history-last-commit", last),
    );
    let last_human = latest(&human);
    let shallow = Reason::new(ReasonCode::ShallowHistory);
    if last_human.is_some() || history.is_complete {
        let mut evidence = dated("history-last-human-commit", last_human);
        if last_human.is_none() {
            evidence.push(Evidence::note(Message::new("history-no-human-commit")));
        }
        if last_human.map(Moment::date) < last.map(Moment::date) {
            evidence.extend(dated("history-last-robot-commit", last));
        }
        facts.set("activity.last_human_commit_date", last_human, evidence);
    } else {
        facts.set_unknown("activity.last_human_commit_date", shallow.clone());
    }
    if !history.is_complete {
        for key in NEEDS_WHOLE_HISTORY {
            facts.set_unknown(key, shallow.clone());
        }
        return;
    }
    set_counts(history, &people, facts);
    set_dates(history, facts);
    set_humans(history, facts);
    set_tags(&history.tags, facts);
}

/// A note that gives a day.
fn dated(code: &'static str, at: Option<Moment>) -> Vec<Evidence> {
    let note = |at: Moment| Evidence::note(Message::new(code).with("date", at.date()));
    at.map(note).into_iter().collect()
}

fn set_counts(history: &History, people: &People, facts: &mut FactSet) {
    let mut commits_of: BTreeMap<usize, usize> = BTreeMap::new();
    for commit in &history.commits {
        *commits_of.entry(people.person(commit.author)).or_default() += 1;
    }
    let total = history.commits.len();
    let humans = commits_of
        .keys()
        .filter(|person| !people.is_robot(**person))
        .count();
    let note = Message::new("history-counted").with("commits", total);
    facts.set("activity.commits", total, vec![Evidence::note(note)]);
    facts.set("activity.distinct_authors", commits_of.len(), Vec::new());
    let note = Message::new("history-people").with("people", humans);
    facts.set("activity.human_authors", humans, vec![Evidence::note(note)]);
    let top = commits_of.values().max().copied().unwrap_or_default();
    // rounded to the nearest thousandth
    match (top * 1000 + total / 2).checked_div(total) {
        Some(permille) => facts.set("activity.top_author_permille", permille, Vec::new()),
        None => facts.set_unknown("activity.top_author_permille", undecided()),
    }
}

fn set_dates(history: &History, facts: &mut FactSet) {
    // a commit without a readable date says zero
    let readable = || {
        let moments = history.commits.iter().map(|commit| commit.committed);
        moments.filter(|at| at.seconds > 0)
    };
    let first = readable().min_by_key(|at| at.seconds);
    let last = readable().max_by_key(|at| at.seconds);
    let evidence = dated("history-first-commit", first);
    facts.set("activity.first_commit_date", first, evidence);
    match first.zip(last) {
        Some((first, last)) => {
            let days = i64::from(days_between(first.date(), last.date()));
            let note = Message::new("history-lasted").with("days", days);
            facts.set("activity.span_days", days, vec![Evidence::note(note)]);
        }
        None => facts.set_unknown("activity.span_days", undecided()),
    }
}

fn set_humans(history: &History, facts: &mut FactSet) {
    let people = People::likely(&history.authors);
    let mut commits: Vec<&Commit> = history
        .commits
        .iter()
        .filter(|commit| !commit.is_merge && !people.is_robot(people.person(commit.author)))
        .collect();
    commits.sort_by_key(|commit| std::cmp::Reverse(commit.committed.seconds));
    let note = Message::new("history-human-commits").with("commits", commits.len());
    facts.set(
        "activity.human_commits",
        commits.len(),
        vec![Evidence::note(note)],
    );
    set_bus_factor(&commits, &people, facts);
    set_arrivals(&commits, &people, facts);
    let recent = &commits[..commits.len().min(SIGN_OFF_COMMITS)];
    let signed = recent.iter().filter(|commit| commit.is_signed_off).count();
    match (signed * 100).checked_div(recent.len()) {
        Some(percent) => facts.set("activity.signed_off_percent", percent, Vec::new()),
        None => facts.set_unknown("activity.signed_off_percent", undecided()),
    }
}

/// Commits per person in the last months that had some, the largest share first.
fn recent_shares(commits: &[&Commit], people: &People) -> Vec<usize> {
    let mut months: BTreeSet<(i16, i8)> = BTreeSet::new();
    let mut commits_of: BTreeMap<usize, usize> = BTreeMap::new();
    for commit in commits {
        let date = commit.committed.date();
        let month = (date.year(), date.month());
        if !months.contains(&month) {
            if months.len() == ACTIVE_MONTHS {
                break;
            }
            months.insert(month);
        }
        *commits_of.entry(people.person(commit.author)).or_default() += 1;
    }
    let mut counts: Vec<usize> = commits_of.into_values().collect();
    counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
    counts
}

/// The fewest people who made more than half of the commits of the last months that had some, with everybody's share.
fn set_bus_factor(commits: &[&Commit], people: &People, facts: &mut FactSet) {
    let counts = recent_shares(commits, people);
    let total: usize = counts.iter().sum();
    let mut sum = 0;
    let factor = counts.iter().position(|count| {
        sum += count;
        sum * 2 > total
    });
    let Some(index) = factor else {
        facts.set_unknown("activity.bus_factor", undecided());
        return;
    };
    let shares: Vec<String> = counts
        .iter()
        .take(SHARES)
        .map(|count| ((count * 100 + total / 2) / total).to_string())
        .collect();
    let note = Message::new("history-shares")
        .with("people", counts.len())
        .with("months", ACTIVE_MONTHS)
        .with("shares", shares.join(", "));
    facts.set("activity.bus_factor", index + 1, vec![Evidence::note(note)]);
}

/// How many people came in which month, and how many of them stayed for some commits: nobody's own dates come out.
fn set_arrivals(commits: &[&Commit], people: &People, facts: &mut FactSet) {
    let mut seen: BTreeMap<usize, (Date, usize)> = BTreeMap::new();
    for commit in commits {
        let day = commit.committed.date();
        let one = seen.entry(people.person(commit.author)).or_insert((day, 0));
        *one = (one.0.min(day), one.1 + 1);
    }
    let mut months: BTreeMap<(i16, i8), (usize, usize)> = BTreeMap::new();
    for (first, commits) in seen.values() {
        let (people, regulars) = months.entry((first.year(), first.month())).or_default();
        *people += 1;
        *regulars += usize::from(*commits >= REGULAR_COMMITS);
    }
    let named = |(year, month): &(i16, i8)| format!("{year:04}-{month:02}");
    let mut note = Message::new("history-people").with("people", seen.len());
    if let Some((latest, _)) = months.last_key_value() {
        note = Message::new("history-latest-arrival")
            .with("people", seen.len())
            .with("month", named(latest));
    }
    let items: Vec<Item> = months
        .iter()
        .rev()
        .take(ARRIVALS)
        .map(|(month, (people, regulars))| {
            Item::new("month", named(month))
                .with("people", people)
                .with("regulars", regulars)
        })
        .collect();
    facts.set("activity.arrivals", items, vec![Evidence::note(note)]);
}

fn set_tags(tags: &[Tag], facts: &mut FactSet) {
    let searched = || Evidence::note(Message::new("history-tags-read").with("tags", tags.len()));
    facts.set("activity.tags", tags.len(), vec![searched()]);
    let mut versions: Vec<&Tag> = tags.iter().filter(|tag| is_version(&tag.name)).collect();
    versions.sort_by_key(|tag| (std::cmp::Reverse(tag.date.map(|at| at.seconds)), &tag.name));
    let shown = |wanted: &dyn Fn(&Tag) -> bool| -> Vec<Evidence> {
        let latest = versions.iter().filter(|tag| wanted(tag)).take(TAGS);
        let mut evidence: Vec<_> = latest
            .map(|tag| {
                let note = Message::new("history-version-tag");
                let note = match tag.date {
                    Some(at) => note.with("date", at.date()),
                    None => note,
                };
                Evidence::note(note.with("tag", &tag.name))
            })
            .collect();
        if evidence.is_empty() {
            evidence.push(searched());
        }
        evidence
    };
    facts.set("activity.version_tags", versions.len(), shown(&|_| true));
    let semantic = |tag: &Tag| versions::is_semantic(&tag.name);
    facts.set(
        "activity.semantic_version_tags",
        versions.iter().filter(|tag| semantic(tag)).count(),
        shown(&semantic),
    );
    let last: Option<Moment> = versions.iter().find_map(|tag| tag.date);
    if last.is_none() && !versions.is_empty() {
        let reason = Reason::new(ReasonCode::NotFetched).with("path", "refs/tags");
        facts.set_unknown("activity.last_version_date", reason);
    } else {
        let mut evidence = shown(&|tag| tag.date.is_some());
        evidence.truncate(1);
        facts.set("activity.last_version_date", last, evidence);
    }
}

fn undecided() -> Reason {
    Reason::new(ReasonCode::Undecided)
}

#[cfg(test)]
mod tests;
