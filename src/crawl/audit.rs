// SPDX-License-Identifier: EUPL-1.2
//! One repository from its snapshot to its card: synchronous, and pure once the snapshot is there.

use crate::facts::advisories::Advisories;
use crate::facts::extract::{Inputs, extract};
use crate::facts::key::Theme;
use crate::facts::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::context::AuditContext;
use crate::model::date::Date;
use crate::model::finding::Waiver;
use crate::rules::engine::{evaluate, explain, themes};
use crate::rules::model::{Audience, Rule, RuleSet};
use crate::rules::predicate::World;
use crate::rules::trace::RuleTrace;
use crate::scoring::card::{RepositoryHeader, Scorecard};
use crate::scoring::weigh::{Basis, scorecard};
use crate::snapshot::Snapshot;

/// What is the same for every repository of a run.
#[derive(Debug, Clone, Copy)]
pub struct Auditor<'a> {
    /// The rules.
    pub rules: &'a RuleSet,
    /// Day of the evaluation.
    pub today: Date,
    /// Who will see the cards.
    pub audience: Audience,
    /// Known vulnerabilities, when a folder of them was given.
    pub advisories: Option<&'a Advisories>,
}

/// What the catalogue gives for one repository.
#[derive(Debug, Clone, Default)]
pub struct Assignment {
    /// The défi's context.
    pub context: AuditContext,
    /// Waivers that change the score, as long as they hold.
    pub waivers: Vec<Waiver>,
    /// Waivers that the repository claims: shown beside the score.
    pub claimed: Vec<Waiver>,
}

impl Auditor<'_> {
    /// Facts and card of one repository.
    pub fn audit_one(
        &self,
        record: &ForgeRecord,
        snapshot: &Snapshot,
        assignment: &Assignment,
    ) -> (FactSet, Scorecard) {
        let facts = self.collect(record, snapshot);
        let card = self.judge(record, snapshot.commit(), &facts, assignment);
        (facts, card)
    }

    /// The facts that the rules and the card look at. The history is walked beside the reading of files.
    pub fn collect(&self, record: &ForgeRecord, snapshot: &Snapshot) -> FactSet {
        let inputs = Inputs { record, snapshot };
        let mut wanted = themes(self.rules);
        wanted.extend([
            Theme::Repository,
            Theme::Kind,
            Theme::Activity,
            Theme::Ci,
            Theme::Licence,
        ]);
        let mut facts = std::thread::scope(|scope| {
            let walk = scope.spawn(|| {
                let _ = snapshot.history();
            });
            let facts = extract(&inputs, &wanted);
            // a walk that panicked panics again where the history is read, and is an unknown there
            let _ = walk.join();
            facts
        });
        if let Some(advisories) = self.advisories
            && wanted.contains(&Theme::Dependencies)
        {
            advisories.compare(snapshot, &mut facts);
        }
        facts
    }

    /// Why one rule has its outcome, over facts that were collected before.
    pub fn explain(&self, rule: &Rule, facts: &FactSet, assignment: &Assignment) -> RuleTrace {
        let world = World {
            rules: self.rules,
            facts,
            context: &assignment.context,
            today: self.today,
        };
        explain(rule, &world, &assignment.waivers)
    }

    /// The card of facts that were collected before.
    pub fn judge(
        &self,
        record: &ForgeRecord,
        commit: Option<&str>,
        facts: &FactSet,
        assignment: &Assignment,
    ) -> Scorecard {
        let context = &assignment.context;
        let findings = evaluate(self.rules, facts, context, self.today, &assignment.waivers);
        let basis = Basis {
            rules: self.rules,
            facts,
            context,
            today: self.today,
            audience: self.audience,
        };
        // an expired waiver changes nothing any more: it is shown as such, not among those that are claimed
        let (expired, claimed): (Vec<Waiver>, Vec<Waiver>) = assignment
            .claimed
            .iter()
            .cloned()
            .partition(|waiver| waiver.is_expired(self.today));
        let header = header(record, commit, facts);
        let mut card = scorecard(&basis, header, &findings, &claimed);
        card.expired_waivers = assignment
            .waivers
            .iter()
            .filter(|waiver| waiver.is_expired(self.today))
            .cloned()
            .chain(expired)
            .collect();
        card
    }
}

/// What pages show of a repository beside its findings.
fn header(record: &ForgeRecord, commit: Option<&str>, facts: &FactSet) -> RepositoryHeader {
    let text = |key: &str| facts.text(key).map(str::to_owned);
    let mut hosting: Vec<String> = facts
        .items("hosting.paas")
        .iter()
        .filter_map(|item| item.get("name"))
        .map(str::to_owned)
        .collect();
    for (key, name) in [
        ("hosting.dockerfiles", "docker"),
        ("hosting.k8s_or_helm", "kubernetes"),
        ("hosting.terraform_or_ansible", "terraform-ansible"),
    ] {
        if !facts.list(key).is_empty() {
            hosting.push(name.to_owned());
        }
    }
    RepositoryHeader {
        id: record.id.clone(),
        name: record.name.clone(),
        owner: record.owner.clone(),
        url: record.url.clone(),
        commit: commit.map(str::to_owned),
        kind: text("kind"),
        kind_signs: facts.list("kind_signs").to_vec(),
        licence: text("licence.code").or_else(|| text("licence.docs")),
        language: text("languages.main"),
        technologies: facts.list("technologies").to_vec(),
        ci: facts.list("ci.systems").to_vec(),
        hosting,
        first_commit: facts.moment("activity.first_commit_date"),
        last_commit: facts.moment("activity.last_commit_date"),
        commits: facts.count("activity.commits"),
        excluded: facts.list("repository.vendored").to_vec(),
        uncommitted: facts
            .iter()
            .any(|(_, fact)| fact.evidence().iter().any(|evidence| evidence.uncommitted)),
    }
}
