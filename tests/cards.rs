// SPDX-License-Identifier: EUPL-1.2
//! Worked cards: small rule sets, outcomes, and every number of the card, worked by hand in the file's comments.
//!
//! A change of a bound, a weight or a formula changes one of these files, and is a new scoring version.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use perenne::facts::key::fact;
use perenne::facts::set::FactSet;
use perenne::model::context::{AuditContext, Milestone};
use perenne::model::date::{Date, Moment};
use perenne::model::evidence::Evidence;
use perenne::model::finding::{Finding, Place, Waiver, WaiverOrigin};
use perenne::model::ids::{CategoryId, DefiId, Fingerprint, RepositoryId, RuleId};
use perenne::model::outcome::{Credit, Outcome, Reason, ReasonCode};
use perenne::rules::engine::evaluate;
use perenne::rules::licences::LicenceTable;
use perenne::rules::model::{
    Audience, Axis, Bilingual, Category, Effort, Page, Rule, RuleSet, Severity, Status,
};
use perenne::rules::predicate::{Operator, Predicate};
use perenne::scoring::card::{
    Counts, DeclaredSource, DefiCard, DefiHeader, Percent, ProgrammeCard, ProjectState,
    RepositoryHeader, RepositoryResult, SCORING_VERSION, Score, Scorecard,
};
use perenne::scoring::programme::{defi_card, programme_card};
use perenne::scoring::weigh::{Basis, scorecard};
use serde::Deserialize;

/// A file of worked cards.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Worked {
    axis: Vec<AxisLine>,
    category: Vec<CategoryLine>,
    rule: Vec<RuleLine>,
    #[serde(default)]
    case: Vec<Case>,
    #[serde(default)]
    defi: Vec<DefiLine>,
    #[serde(default)]
    expect: Option<ProgrammeExpect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AxisLine {
    id: String,
    weight: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryLine {
    id: String,
    axis: String,
    weight: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleLine {
    id: String,
    category: String,
    weight: u32,
    #[serde(default = "recommended")]
    severity: Severity,
    #[serde(default = "kickoff")]
    due: Milestone,
    #[serde(default = "minutes")]
    effort: Effort,
    #[serde(default = "public")]
    audience: Audience,
    #[serde(default = "stable")]
    status: Status,
    #[serde(default)]
    skip_when_historical: bool,
    /// Judged by the engine over the last human commit; any other rule has the outcome that the case gives.
    #[serde(default)]
    within_days: Option<(i64, i64)>,
}

fn recommended() -> Severity {
    Severity::Recommended
}

fn kickoff() -> Milestone {
    Milestone::Kickoff
}

fn minutes() -> Effort {
    Effort::Minutes
}

fn public() -> Audience {
    Audience::Public
}

fn team() -> Audience {
    Audience::Team
}

fn stable() -> Status {
    Status::Stable
}

fn today() -> String {
    "2026-06-01".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default = "today")]
    date: String,
    /// Who sees the card.
    #[serde(default = "team")]
    audience: Audience,
    #[serde(default)]
    starts: Option<String>,
    #[serde(default)]
    duration_months: Option<u32>,
    #[serde(default)]
    archived: Option<bool>,
    #[serde(default)]
    last_human_commit: Option<String>,
    /// Outcome by rule; a rule without one is not in the set of this case.
    #[serde(default)]
    outcomes: BTreeMap<String, String>,
    /// Rules that the catalogue waives.
    #[serde(default)]
    waived: Vec<String>,
    /// Rules that the repository itself waives, with the last day.
    #[serde(default)]
    claimed: BTreeMap<String, String>,
    expect: Expect,
}

/// A card as the files write it. What is not written is expected to be empty.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    overall: String,
    letter: String,
    counts: String,
    #[serde(default)]
    capped_by: Vec<String>,
    axes: BTreeMap<String, String>,
    categories: BTreeMap<String, String>,
    #[serde(default)]
    priorities: Vec<String>,
    #[serde(default)]
    coming: Vec<String>,
    #[serde(default)]
    dates_known: bool,
    #[serde(default = "current")]
    state: String,
    #[serde(default)]
    claimed: Vec<String>,
    #[serde(default)]
    with_claimed: Option<String>,
    /// Checked when written.
    #[serde(default)]
    findings: Option<BTreeMap<String, String>>,
}

fn current() -> String {
    "current".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DefiLine {
    id: String,
    title: String,
    #[serde(default)]
    main: Option<String>,
    repository: Vec<RepositoryLine>,
    expect: DefiExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RepositoryLine {
    id: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    commits: Option<i64>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    ci: Vec<String>,
    #[serde(default)]
    outcomes: BTreeMap<String, String>,
    #[serde(default)]
    waived: Vec<String>,
    /// File that supports the outcome, by rule.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct DefiExpect {
    overall: String,
    letter: String,
    main: String,
    axes: BTreeMap<String, String>,
    #[serde(default)]
    shared: Vec<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeExpect {
    defis: Vec<String>,
    grades: [u32; 6],
    technologies: Vec<String>,
    examples: BTreeMap<String, Vec<String>>,
}

fn day(text: &str) -> Date {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is not a day"))
}

fn both(text: &str) -> Bilingual {
    Bilingual {
        fr: text.to_owned(),
        en: text.to_owned(),
    }
}

const COMMIT: &str = "activity.last_human_commit_date";

impl RuleLine {
    fn rule(&self) -> Rule {
        let never = Predicate::Unknown(ReasonCode::NeedsPerson);
        Rule {
            id: RuleId::new(&self.id),
            category: CategoryId::new(&self.category),
            since: "0.1.0".to_owned(),
            status: self.status,
            severity: self.severity,
            audience: self.audience,
            due: self.due,
            effort: self.effort,
            weight: self.weight,
            skip_when_historical: self.skip_when_historical,
            params: BTreeMap::new(),
            evidence: Vec::new(),
            applies_when: None,
            pass_when: self.within_days.map_or(never, |(full, none)| {
                let key = fact(COMMIT).expect("a registered fact").key;
                Predicate::Fact(key, Operator::WithinDays { full, none })
            }),
            partial_when: None,
            title: both(&self.id),
            remedy: both("mend it"),
            sources: Vec::new(),
            page: Page::default(),
            template: None,
        }
    }
}

impl Worked {
    fn rules(&self) -> RuleSet {
        let mut order = 0..;
        let mut next = || order.next().unwrap_or(0);
        RuleSet {
            rules: self.rule.iter().map(RuleLine::rule).collect(),
            axes: self
                .axis
                .iter()
                .map(|axis| Axis {
                    id: axis.id.clone(),
                    order: next(),
                    weight: axis.weight,
                    title: both(&axis.id),
                    question: both("?"),
                })
                .collect(),
            categories: self
                .category
                .iter()
                .map(|category| Category {
                    skip_technical_forks: false,
                    id: CategoryId::new(&category.id),
                    order: next(),
                    axis: category.axis.clone(),
                    weight: category.weight,
                    title: both(&category.id),
                })
                .collect(),
            scales: Vec::new(),
            lifecycles: BTreeMap::new(),
            lists: BTreeMap::new(),
            licences: LicenceTable::default(),
            version: "worked".to_owned(),
        }
    }
}

fn waiver(rule: &str, expires: &str, origin: WaiverOrigin) -> Waiver {
    Waiver {
        rule: RuleId::new(rule),
        reason: "agreed".to_owned(),
        author: "the team".to_owned(),
        expires: day(expires),
        origin,
    }
}

fn finding(rule: &str, outcome: &str, file: Option<&String>, is_waived: bool) -> Finding {
    let (outcome, credit) = match outcome {
        "pass" => (Outcome::Pass, Some(Credit::FULL)),
        "partial" => (Outcome::Partial, Some(Credit::HALF)),
        "fail" => (Outcome::Fail, Some(Credit::NONE)),
        "unknown" => (Outcome::Unknown(Reason::new(ReasonCode::NeedsForge)), None),
        "not applicable" => (
            Outcome::NotApplicable(Reason::new(ReasonCode::Condition)),
            None,
        ),
        other => panic!("{rule}: no outcome {other}"),
    };
    let id = RuleId::new(rule);
    let place = |path: &String| Place {
        fingerprint: Fingerprint::of(&id, path, rule),
        evidence: Evidence::path(path.clone()),
    };
    Finding {
        outcome,
        credit,
        evidence: file.map(place).into_iter().collect(),
        waiver: is_waived.then(|| waiver(rule, "2099-12-31", WaiverOrigin::Catalogue)),
        rule: id,
    }
}

fn header(id: &str) -> RepositoryHeader {
    RepositoryHeader {
        id: RepositoryId::new(id),
        name: id.to_owned(),
        owner: None,
        url: None,
        commit: None,
        kind: None,
        kind_signs: Vec::new(),
        licence: None,
        language: None,
        technologies: Vec::new(),
        ci: Vec::new(),
        hosting: Vec::new(),
        first_commit: None,
        last_commit: None,
        commits: None,
        excluded: Vec::new(),
        uncommitted: false,
    }
}

impl Case {
    fn facts(&self) -> FactSet {
        let mut facts = FactSet::default();
        if let Some(archived) = self.archived {
            facts.set("repository.is_archived", archived, Vec::new());
        }
        if let Some(last) = &self.last_human_commit {
            facts.set(COMMIT, Moment::at(day(last)), Vec::new());
        }
        facts
    }

    /// Findings in the order of the rule set: given ones, and those that the engine judges.
    fn findings(&self, rules: &RuleSet, lines: &[RuleLine], basis: &Basis<'_>) -> Vec<Finding> {
        let judged = evaluate(rules, basis.facts, basis.context, basis.today, &[]);
        let mut findings = Vec::new();
        for (line, judged) in lines.iter().zip(judged) {
            let is_waived = self.waived.contains(&line.id);
            match self.outcomes.get(&line.id) {
                Some(outcome) => findings.push(finding(&line.id, outcome, None, is_waived)),
                None if line.within_days.is_some() => findings.push(judged),
                None => {}
            }
        }
        findings
    }

    fn card(&self, rules: &RuleSet, lines: &[RuleLine]) -> Scorecard {
        let (facts, context) = (
            self.facts(),
            AuditContext {
                starts: self.starts.as_deref().map(day),
                duration_months: self.duration_months,
                ..AuditContext::default()
            },
        );
        let basis = Basis {
            rules,
            facts: &facts,
            context: &context,
            today: day(&self.date),
            audience: self.audience,
        };
        let claimed: Vec<Waiver> = self
            .claimed
            .iter()
            .map(|(rule, expires)| waiver(rule, expires, WaiverOrigin::Repository))
            .collect();
        let findings = self.findings(rules, lines, &basis);
        scorecard(&basis, header("example"), &findings, &claimed)
    }
}

fn score(score: Option<Score>) -> String {
    score.map_or("none".to_owned(), |score| {
        format!("{}.{}", score.0 / 10, score.0 % 10)
    })
}

/// « 84.9, 100 % »: a score and its coverage.
fn measure(points: Option<Score>, coverage: Option<Percent>) -> String {
    let coverage = coverage.map_or("none".to_owned(), |share| format!("{} %", share.0));
    format!("{}, {coverage}", score(points))
}

fn counts(counts: Counts) -> String {
    let all = [
        (counts.pass, "pass"),
        (counts.partial, "partial"),
        (counts.fail, "fail"),
        (counts.not_applicable, "not applicable"),
        (counts.unknown, "unknown"),
        (counts.waived, "waived"),
        (counts.coming, "coming"),
    ];
    let shown = all.iter().filter(|(n, _)| *n > 0);
    let shown: Vec<_> = shown.map(|(n, name)| format!("{n} {name}")).collect();
    shown.join(", ")
}

fn letter(card: &Scorecard) -> String {
    match (card.grade, card.no_grade) {
        (Some(grade), None) => grade.as_str().to_owned(),
        (None, Some(why)) => format!("none: {}", word(&why)),
        both => panic!("a letter, or the reason why there is none: {both:?}"),
    }
}

/// A unit variant as data writes it.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        other => panic!("no word: {other:?}"),
    }
}

fn shown_finding(finding: &Finding) -> String {
    let mut text = finding.outcome.code().replace('_', " ");
    if let Outcome::NotApplicable(reason) = &finding.outcome {
        text = format!("{text}: {}", reason.code.as_str());
    }
    if finding.outcome == Outcome::Partial {
        let credit = finding.credit.map_or(0, Credit::as_permille);
        text = format!("{text}: {credit} ‰");
    }
    if finding.waiver.is_some() {
        text.push_str(", waived");
    }
    text
}

fn shown(card: &Scorecard, with_findings: bool) -> Expect {
    let state = match &card.state {
        ProjectState::Current => current(),
        ProjectState::Historical { archived: true, .. } => "historical: archived".to_owned(),
        ProjectState::Historical { .. } => "historical: silent".to_owned(),
    };
    let findings = card.findings.iter();
    Expect {
        overall: measure(card.score, card.coverage),
        letter: letter(card),
        counts: counts(card.counts),
        capped_by: card.capped_by.iter().map(RuleId::to_string).collect(),
        axes: card
            .axes
            .iter()
            .map(|axis| (axis.id.clone(), measure(axis.score, axis.coverage)))
            .collect(),
        categories: card
            .categories
            .iter()
            .map(|one| (one.id.to_string(), measure(one.score, one.coverage)))
            .collect(),
        priorities: card
            .priorities
            .iter()
            .map(|one| format!("{} +{}", one.rule, score(Some(Score(one.gain)))))
            .collect(),
        coming: card
            .coming
            .iter()
            .map(|one| format!("{} {} {}", one.rule, one.due.as_str(), one.date))
            .collect(),
        dates_known: !card.dates_unknown,
        state,
        claimed: card
            .claimed_waivers
            .iter()
            .map(|waiver| waiver.rule.to_string())
            .collect(),
        with_claimed: card.score_with_claimed.map(|points| score(Some(points))),
        findings: with_findings.then(|| {
            findings
                .map(|one| (one.rule.to_string(), shown_finding(one)))
                .collect()
        }),
    }
}

fn worked_files() -> Vec<(String, Worked)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cards");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the worked cards") {
        let path = entry.expect("a worked card").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        #[expect(clippy::disallowed_methods, reason = "a file of this repository")]
        let text = fs::read_to_string(&path).expect("a worked card");
        let worked = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.push((name.into_owned(), worked));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn every_worked_card_has_its_numbers() {
    let (mut cards, mut differences) = (0, Vec::new());
    for (file, worked) in worked_files() {
        let rules = worked.rules();
        for case in &worked.case {
            cards += 1;
            let card = case.card(&rules, &worked.rule);
            let found = shown(&card, case.expect.findings.is_some());
            if found != case.expect {
                let (expected, name) = (&case.expect, &case.name);
                differences.push(format!(
                    "{file}: {name}\nexpected {expected:#?}\nfound {found:#?}"
                ));
            }
            assert_eq!(
                (card.scoring, card.rule_set.as_str()),
                (SCORING_VERSION, "worked")
            );
        }
    }
    assert!(cards >= 10, "{cards} cards");
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn a_card_survives_json_and_back() {
    for (file, worked) in worked_files() {
        let rules = worked.rules();
        for case in &worked.case {
            let card = case.card(&rules, &worked.rule);
            let text = serde_json::to_string(&card).expect("a card becomes text");
            let back: Scorecard = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{file}: {}: {error}", case.name));
            assert_eq!(back, card, "{file}: {}", case.name);
            let again = serde_json::to_string(&back).expect("a card becomes text");
            assert_eq!(again, text, "{file}: {}", case.name);
        }
    }
}

impl RepositoryLine {
    fn result(&self, rules: &RuleSet, lines: &[RuleLine]) -> RepositoryResult {
        let source = DeclaredSource {
            id: RepositoryId::new(&self.id),
            url: format!("https://forge.example/{}", self.id),
            name: self.id.clone(),
            kind: "repository".to_owned(),
            inferred: false,
        };
        let reason = || Reason::new(ReasonCode::Unreachable);
        match self.status.as_deref() {
            None => RepositoryResult::Audited {
                card: Box::new(self.card(rules, lines)),
            },
            Some("empty") => RepositoryResult::Empty { source },
            Some("unreachable") => RepositoryResult::Unreachable {
                source,
                reason: reason(),
            },
            Some(other) => panic!("{}: no status {other}", self.id),
        }
    }

    fn card(&self, rules: &RuleSet, lines: &[RuleLine]) -> Scorecard {
        let (facts, context) = (FactSet::default(), AuditContext::default());
        let basis = Basis {
            rules,
            facts: &facts,
            context: &context,
            today: day(&today()),
            audience: Audience::Public,
        };
        let given = lines.iter().filter_map(|line| {
            let outcome = self.outcomes.get(&line.id)?;
            let is_waived = self.waived.contains(&line.id);
            Some(finding(
                &line.id,
                outcome,
                self.files.get(&line.id),
                is_waived,
            ))
        });
        let header = RepositoryHeader {
            kind: self.kind.clone(),
            commits: self.commits,
            language: self.language.clone(),
            ci: self.ci.clone(),
            ..header(&self.id)
        };
        scorecard(&basis, header, &given.collect::<Vec<_>>(), &[])
    }
}

impl DefiLine {
    fn card(&self, rules: &RuleSet, lines: &[RuleLine]) -> DefiCard {
        let header = DefiHeader {
            id: self.id.clone(),
            title: self.title.clone(),
            ..DefiHeader::default()
        };
        let results = self.repository.iter().map(|one| one.result(rules, lines));
        let main = self.main.as_ref().map(RepositoryId::new);
        defi_card(rules, header, results.collect(), main)
    }
}

fn shown_defi(card: &DefiCard) -> DefiExpect {
    DefiExpect {
        overall: measure(card.score, card.coverage),
        letter: card.grade.map_or("none", |grade| grade.as_str()).to_owned(),
        main: card
            .main
            .as_ref()
            .map_or("none".to_owned(), RepositoryId::to_string),
        axes: card
            .axes
            .iter()
            .map(|axis| {
                let text = measure(axis.score, axis.coverage);
                (axis.id.clone(), format!("{text}: {}", counts(axis.counts)))
            })
            .collect(),
        shared: card
            .shared_failures
            .iter()
            .map(|one| {
                let ids: Vec<_> = one.repositories.iter().map(RepositoryId::as_str).collect();
                format!("{}: {}", one.rule, ids.join(" "))
            })
            .collect(),
    }
}

fn shown_programme(card: &ProgrammeCard) -> ProgrammeExpect {
    let mut examples = BTreeMap::new();
    for defi in &card.defis {
        for result in &defi.repositories {
            let RepositoryResult::Audited { card } = result else {
                continue;
            };
            for priority in &card.priorities {
                let names = priority.good_examples.iter().map(|one| one.name.clone());
                let key = format!("{} {} {}", defi.defi.id, card.repository.id, priority.rule);
                examples.insert(key, names.collect());
            }
        }
    }
    ProgrammeExpect {
        defis: card.defis.iter().map(|one| one.defi.id.clone()).collect(),
        grades: card.grades,
        technologies: card
            .technologies
            .iter()
            .map(|one| {
                let ids: Vec<_> = one.defis.iter().map(DefiId::as_str).collect();
                format!("{} {}: {}", one.kind, one.name, ids.join(" "))
            })
            .collect(),
        examples,
    }
}

#[test]
fn every_worked_defi_has_its_numbers() {
    let mut defis = 0;
    for (file, worked) in worked_files() {
        let rules = worked.rules();
        for defi in &worked.defi {
            defis += 1;
            let found = shown_defi(&defi.card(&rules, &worked.rule));
            assert_eq!(found, defi.expect, "{file}: {}", defi.id);
        }
    }
    assert!(defis > 0);
}

#[test]
fn every_worked_programme_has_its_numbers_in_any_order_of_its_defis() {
    let mut programmes = 0;
    for (file, worked) in worked_files() {
        let Some(expected) = &worked.expect else {
            continue;
        };
        programmes += 1;
        let rules = worked.rules();
        let card = |defis: Vec<DefiCard>| {
            let nothing = (Vec::new(), Vec::new());
            programme_card(
                &rules,
                "Programme".to_owned(),
                day(&today()),
                defis,
                nothing,
            )
        };
        let lines = worked.defi.iter();
        let defis: Vec<_> = lines.map(|one| one.card(&rules, &worked.rule)).collect();
        let forward = card(defis.clone());
        assert_eq!(shown_programme(&forward), *expected, "{file}");
        let backward = card(defis.into_iter().rev().collect());
        assert_eq!(backward, forward, "{file}");
        let text = serde_json::to_string(&forward).expect("a card becomes text");
        let back: ProgrammeCard = serde_json::from_str(&text).expect("the text is a card");
        assert_eq!(back, forward, "{file}");
    }
    assert!(programmes > 0);
}
