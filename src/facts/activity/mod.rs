// SPDX-License-Identifier: EUPL-1.2
//! Commits, authors and tags, as counts and dates: no name and no address leaves this room.

mod people;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use super::extract::Inputs;
use super::set::FactSet;
use crate::model::date::{Moment, days_between};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::{Commit, History, Tag};
use people::People;
pub(super) use versions::is_version;

/// Facts that a part of the history would understate.
const NEEDS_WHOLE_HISTORY: [&str; 11] = [
    "activity.commits",
    "activity.distinct_authors",
    "activity.human_authors",
    "activity.top_author_permille",
    "activity.bus_factor",
    "activity.first_commit_date",
    "activity.span_days",
    "activity.signed_off_percent",
    "activity.tags",
    "activity.version_tags",
    "activity.last_version_date",
];

/// Months with commits that the bus factor looks at.
const ACTIVE_MONTHS: usize = 12;

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
    facts.set("activity.last_commit_date", latest(&|_| true), Vec::new());
    let last_human = latest(&human);
    let shallow = Reason::new(ReasonCode::ShallowHistory);
    if last_human.is_some() || history.is_complete {
        facts.set("activity.last_human_commit_date", last_human, Vec::new());
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
    set_humans(history, &people, facts);
    set_tags(&history.tags, facts);
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
    facts.set("activity.human_authors", humans, Vec::new());
    let top = commits_of.values().max().copied().unwrap_or_default();
    // rounded to the nearest thousandth
    match (top * 1000 + total / 2).checked_div(total) {
        Some(permille) => facts.set("activity.top_author_permille", permille, Vec::new()),
        None => facts.set_unknown("activity.top_author_permille", undecided()),
    }
}

fn set_dates(history: &History, facts: &mut FactSet) {
    // a commit without a readable date says zero
    let dated = || {
        let moments = history.commits.iter().map(|commit| commit.committed);
        moments.filter(|at| at.seconds > 0)
    };
    let first = dated().min_by_key(|at| at.seconds);
    let last = dated().max_by_key(|at| at.seconds);
    facts.set("activity.first_commit_date", first, Vec::new());
    match first.zip(last) {
        Some((first, last)) => {
            let days = i64::from(days_between(first.date(), last.date()));
            let note = Message::new("history-lasted").with("days", days);
            facts.set("activity.span_days", days, vec![Evidence::note(note)]);
        }
        None => facts.set_unknown("activity.span_days", undecided()),
    }
}

fn set_humans(history: &History, people: &People, facts: &mut FactSet) {
    let mut commits: Vec<&Commit> = history
        .commits
        .iter()
        .filter(|commit| !commit.is_merge && !people.is_robot(people.person(commit.author)))
        .collect();
    commits.sort_by_key(|commit| std::cmp::Reverse(commit.committed.seconds));
    match bus_factor(&commits, people) {
        Some(factor) => facts.set("activity.bus_factor", factor, Vec::new()),
        None => facts.set_unknown("activity.bus_factor", undecided()),
    }
    let recent = &commits[..commits.len().min(SIGN_OFF_COMMITS)];
    let signed = recent.iter().filter(|commit| commit.is_signed_off).count();
    match (signed * 100).checked_div(recent.len()) {
        Some(percent) => facts.set("activity.signed_off_percent", percent, Vec::new()),
        None => facts.set_unknown("activity.signed_off_percent", undecided()),
    }
}

/// The fewest people who made more than half of the commits of the last months that had some.
fn bus_factor(commits: &[&Commit], people: &People) -> Option<usize> {
    let mut months: BTreeSet<(i16, i8)> = BTreeSet::new();
    let mut commits_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut total = 0;
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
        total += 1;
    }
    let mut counts: Vec<usize> = commits_of.into_values().collect();
    counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
    let mut sum = 0;
    counts
        .iter()
        .position(|count| {
            sum += count;
            sum * 2 > total
        })
        .map(|index| index + 1)
}

fn set_tags(tags: &[Tag], facts: &mut FactSet) {
    facts.set("activity.tags", tags.len(), Vec::new());
    let versions: Vec<&Tag> = tags.iter().filter(|tag| is_version(&tag.name)).collect();
    facts.set("activity.version_tags", versions.len(), Vec::new());
    let last: Option<Moment> = versions
        .iter()
        .filter_map(|tag| tag.date)
        .max_by_key(|at| at.seconds);
    if last.is_none() && !versions.is_empty() {
        let reason = Reason::new(ReasonCode::NotFetched).with("path", "refs/tags");
        facts.set_unknown("activity.last_version_date", reason);
    } else {
        facts.set("activity.last_version_date", last, Vec::new());
    }
}

fn undecided() -> Reason {
    Reason::new(ReasonCode::Undecided)
}

#[cfg(test)]
mod tests;
