// SPDX-License-Identifier: EUPL-1.2
//! Cards of défis and of a programme, from the cards of their repositories.

use std::collections::BTreeMap;

use super::card::{
    AxisScore, Counts, DefiCard, DefiHeader, GoodExample, Percent, ProgrammeCard, RepositoryResult,
    SCORING_VERSION, Score, Scorecard, SharedFailure, TechnologyUse,
};
use crate::model::date::Date;
use crate::model::ids::{DefiId, RepositoryId, RuleId};
use crate::model::message::Message;
use crate::model::outcome::Outcome;
use crate::rules::model::RuleSet;

/// Good examples shown with one priority.
const MOST_EXAMPLES: usize = 3;

/// A défi's card. `main` is the repository that the catalogue names as the main one, if it does.
pub fn defi_card(
    rules: &RuleSet,
    defi: DefiHeader,
    repositories: Vec<RepositoryResult>,
    main: Option<RepositoryId>,
) -> DefiCard {
    let cards: Vec<&Scorecard> = repositories.iter().filter_map(audited).collect();
    let main = main
        .filter(|id| cards.iter().any(|card| card.repository.id == *id))
        .or_else(|| busiest(&cards));
    let main_card = cards
        .iter()
        .find(|card| Some(&card.repository.id) == main.as_ref());
    DefiCard {
        grade: main_card.and_then(|card| card.grade),
        score: mean_score(cards.iter().map(|card| card.score)),
        coverage: mean_percent(cards.iter().map(|card| card.coverage)),
        axes: axes(rules, &cards),
        shared_failures: shared_failures(&cards),
        main,
        defi,
        repositories,
    }
}

fn audited(result: &RepositoryResult) -> Option<&Scorecard> {
    match result {
        RepositoryResult::Audited { card } => Some(card),
        _ => None,
    }
}

/// The repository with most commits, the first one on a tie.
fn busiest(cards: &[&Scorecard]) -> Option<RepositoryId> {
    let mut best: Option<&&Scorecard> = None;
    for card in cards {
        let is_better = best.is_none_or(|best| {
            card.repository.commits.unwrap_or(0) > best.repository.commits.unwrap_or(0)
        });
        if is_better {
            best = Some(card);
        }
    }
    best.map(|card| card.repository.id.clone())
}

fn axes(rules: &RuleSet, cards: &[&Scorecard]) -> Vec<AxisScore> {
    let of = |id: &str| {
        let found: Vec<&AxisScore> = cards
            .iter()
            .filter_map(|card| card.axes.iter().find(|axis| axis.id == id))
            .collect();
        found
    };
    rules
        .axes
        .iter()
        .map(|axis| {
            let found = of(&axis.id);
            let mut counts = Counts::default();
            for one in &found {
                counts.pass += one.counts.pass;
                counts.partial += one.counts.partial;
                counts.fail += one.counts.fail;
                counts.not_applicable += one.counts.not_applicable;
                counts.unknown += one.counts.unknown;
                counts.waived += one.counts.waived;
                counts.coming += one.counts.coming;
            }
            AxisScore {
                id: axis.id.clone(),
                score: mean_score(found.iter().map(|one| one.score)),
                coverage: mean_percent(found.iter().map(|one| one.coverage)),
                counts,
            }
        })
        .collect()
}

fn mean_score(scores: impl Iterator<Item = Option<Score>>) -> Option<Score> {
    mean(scores.map(|score| score.map(|score| u32::from(score.0))))
        .map(|mean| Score(u16::try_from(mean).unwrap_or(1000)))
}

fn mean_percent(shares: impl Iterator<Item = Option<Percent>>) -> Option<Percent> {
    mean(shares.map(|share| share.map(|share| u32::from(share.0))))
        .map(|mean| Percent(u8::try_from(mean).unwrap_or(100)))
}

/// Mean of what is known, rounded down.
fn mean(values: impl Iterator<Item = Option<u32>>) -> Option<u32> {
    let (mut sum, mut count) = (0, 0);
    for value in values.flatten() {
        sum += value;
        count += 1;
    }
    sum.checked_div(count)
}

/// Rules that fail in two repositories or more, most repositories first.
fn shared_failures(cards: &[&Scorecard]) -> Vec<SharedFailure> {
    let mut by_rule: BTreeMap<&RuleId, Vec<RepositoryId>> = BTreeMap::new();
    for card in cards {
        let id = &card.repository.id;
        let fails = |rule: &RuleId| {
            let mut findings = card.findings.iter();
            findings.any(|finding| finding.rule == *rule && finding.outcome == Outcome::Fail)
        };
        // priorities are what counts: neither waived nor coming
        for priority in card.priorities.iter().filter(|one| fails(&one.rule)) {
            let repositories = by_rule.entry(&priority.rule).or_default();
            if !repositories.contains(id) {
                repositories.push(id.clone());
            }
        }
    }
    let mut shared: Vec<_> = by_rule
        .into_iter()
        .filter(|(_, repositories)| repositories.len() > 1)
        .map(|(rule, repositories)| SharedFailure {
            rule: rule.clone(),
            repositories,
        })
        .collect();
    shared.sort_by_key(|one| std::cmp::Reverse(one.repositories.len()));
    shared
}

/// A programme's card: défis by title, good examples borrowed between them, technologies and their users.
pub fn programme_card(
    rules: &RuleSet,
    title: String,
    today: Date,
    mut defis: Vec<DefiCard>,
    (promotions, problems): (Vec<String>, Vec<Message>),
) -> ProgrammeCard {
    defis.sort_by_cached_key(|card| {
        let title = crate::model::text::fold_plain(&card.defi.title);
        (title, card.defi.id.clone())
    });
    add_good_examples(&mut defis);
    ProgrammeCard {
        grades: grades(&defis),
        technologies: technologies(&defis),
        rule_set: rules.version.clone(),
        scoring: SCORING_VERSION,
        title,
        date: today,
        defis,
        promotions,
        problems,
    }
}

/// Audited repositories, each once even when several défis name it.
fn distinct(defis: &[DefiCard]) -> BTreeMap<&RepositoryId, &Scorecard> {
    defis
        .iter()
        .flat_map(|defi| &defi.repositories)
        .filter_map(audited)
        .map(|card| (&card.repository.id, card))
        .collect()
}

fn grades(defis: &[DefiCard]) -> [u32; 6] {
    let mut grades = [0; 6];
    for card in distinct(defis).values() {
        grades[card.grade.map_or(5, |grade| grade as usize)] += 1;
    }
    grades
}

/// For each priority up to three repositories of the catalogue and of the same kind that pass the rule.
fn add_good_examples(defis: &mut [DefiCard]) {
    let mut passing: BTreeMap<(RuleId, String), Vec<GoodExample>> = BTreeMap::new();
    for card in distinct(defis).values() {
        let Some(kind) = &card.repository.kind else {
            continue;
        };
        for finding in &card.findings {
            if finding.outcome != Outcome::Pass {
                continue;
            }
            let place = finding
                .evidence
                .iter()
                .find(|place| place.evidence.path.is_some());
            passing
                .entry((finding.rule.clone(), kind.clone()))
                .or_default()
                .push(GoodExample {
                    repository: card.repository.id.clone(),
                    name: card.repository.name.clone(),
                    evidence: place.map(|place| place.evidence.clone()),
                    url: card.repository.url.clone(),
                    commit: card.repository.commit.clone(),
                });
        }
    }
    for examples in passing.values_mut() {
        // those that show a place first, then by name
        examples.sort_by_key(|example| {
            let name = crate::model::text::fold_plain(&example.name);
            (example.evidence.is_none(), name, example.repository.clone())
        });
    }
    for result in defis.iter_mut().flat_map(|defi| &mut defi.repositories) {
        let RepositoryResult::Audited { card } = result else {
            continue;
        };
        let Scorecard {
            repository,
            priorities,
            ..
        } = &mut **card;
        // of an unknown kind nobody is a neighbour
        let Some(kind) = &repository.kind else {
            continue;
        };
        for priority in priorities {
            let examples = passing.get(&(priority.rule.clone(), kind.clone()));
            priority.good_examples = examples
                .into_iter()
                .flatten()
                .filter(|example| example.repository != repository.id)
                .take(MOST_EXAMPLES)
                .cloned()
                .collect();
        }
    }
}

fn technologies(defis: &[DefiCard]) -> Vec<TechnologyUse> {
    let mut users: BTreeMap<(&str, String), Vec<DefiId>> = BTreeMap::new();
    for defi in defis {
        for card in defi.repositories.iter().filter_map(audited) {
            let header = &card.repository;
            let groups: [(&str, Vec<&String>); 4] = [
                ("language", header.language.iter().collect()),
                ("framework", header.technologies.iter().collect()),
                ("ci", header.ci.iter().collect()),
                ("hosting", header.hosting.iter().collect()),
            ];
            for (kind, names) in groups {
                for name in names {
                    let ids = users.entry((kind, name.clone())).or_default();
                    let id = DefiId::new(defi.defi.id.clone());
                    if ids.last() != Some(&id) {
                        ids.push(id);
                    }
                }
            }
        }
    }
    users
        .into_iter()
        .map(|((kind, name), defis)| TechnologyUse {
            kind: kind.to_owned(),
            name,
            defis,
        })
        .collect()
}
