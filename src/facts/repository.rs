// SPDX-License-Identifier: EUPL-1.2
//! What the forge and the listing say of the repository as a whole.

use super::extract::Inputs;
use super::set::{FactSet, FactValue, needs_forge};
use crate::forge::record::Origin;
use crate::model::evidence::Evidence;
use crate::model::outcome::{Reason, ReasonCode};

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let record = inputs.record;
    facts.set("repository.host", record.host.clone(), Vec::new());
    facts.set("repository.owner", record.owner.clone(), Vec::new());
    let name = Evidence::field("repository.name").with_excerpt(&record.name);
    facts.set("repository.name", record.name.as_str(), vec![name]);
    facts.set("repository.url", record.url.clone(), Vec::new());
    forge_fields(inputs, facts);

    let snapshot = inputs.snapshot;
    facts.set(
        "repository.is_plain_folder",
        snapshot.is_plain_folder(),
        Vec::new(),
    );
    facts.set("repository.truncated", snapshot.is_truncated(), Vec::new());
    if snapshot.is_truncated() {
        let reason =
            Reason::new(ReasonCode::Truncated).with("limit", snapshot.limits().tree_entries);
        facts.set_unknown("repository.file_count", reason);
    } else {
        facts.set(
            "repository.file_count",
            snapshot.entries().len(),
            Vec::new(),
        );
    }
    let vendored: Vec<String> = snapshot
        .vendored()
        .iter()
        .map(|tree| tree.path.clone())
        .collect();
    let evidence = vendored.iter().map(Evidence::path).collect();
    facts.set("repository.vendored", vendored, evidence);
}

/// Fields that only an API tells: unknown without it, and unknown where it is silent.
fn forge_fields(inputs: &Inputs<'_>, facts: &mut FactSet) {
    facts.set_unknown("repository.open_milestones", needs_forge());
    let Some(api) = &inputs.record.api else {
        for key in API_KEYS {
            facts.set_unknown(key, needs_forge());
        }
        return;
    };
    let not_offered =
        Reason::new(ReasonCode::NotOffered).with("forge", forge_name(inputs.record.origin));
    let mut field = |key: &'static str, value: Option<FactValue>| match value {
        Some(value) => {
            let name = key.rsplit('.').next().unwrap_or(key);
            facts.set(key, value, vec![Evidence::field(name)]);
        }
        None => facts.set_unknown(key, not_offered.clone()),
    };
    field("repository.is_fork", api.is_fork.map(Into::into));
    // a repository that is no fork needs no comparison with a parent
    let is_technical_fork = match api.is_fork {
        Some(false) => Some(false),
        _ => api.is_technical_fork,
    };
    field(
        "repository.is_technical_fork",
        is_technical_fork.map(Into::into),
    );
    field("repository.is_archived", api.is_archived.map(Into::into));
    field("repository.description", text(api.description.as_deref()));
    field("repository.topics", api.topics.clone().map(Into::into));
    field("repository.homepage", text(api.homepage.as_deref()));
    field(
        "repository.has_issue_tracker",
        api.has_issue_tracker.map(Into::into),
    );
    field("repository.owner_kind", text(api.owner_kind.as_deref()));
}

const API_KEYS: [&str; 8] = [
    "repository.is_fork",
    "repository.is_technical_fork",
    "repository.is_archived",
    "repository.description",
    "repository.topics",
    "repository.homepage",
    "repository.has_issue_tracker",
    "repository.owner_kind",
];

/// A text that the forge gave; an empty one is *nothing there*.
fn text(given: Option<&str>) -> Option<FactValue> {
    given.map(|text| {
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned()).into()
    })
}

fn forge_name(origin: Origin) -> &'static str {
    match origin {
        Origin::GitHub => "github",
        Origin::GitLab => "gitlab",
        Origin::Forgejo => "forgejo",
        Origin::PlainGit => "plain-git",
        Origin::Bundle => "bundle",
        Origin::Local => "local",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forge::record::{ApiFields, ForgeRecord};
    use crate::model::evidence::Observed;
    use crate::model::ids::RepositoryId;
    use crate::snapshot::MemoryTree;

    fn facts(api: Option<ApiFields>, tree: MemoryTree) -> FactSet {
        let mut record = ForgeRecord::local(RepositoryId::new("x"), "x");
        record.api = api;
        let mut facts = FactSet::default();
        let inputs = Inputs {
            record: &record,
            snapshot: &tree.snapshot(),
        };
        extract(&inputs, &mut facts);
        facts
    }

    fn reason(facts: &FactSet, key: &str) -> ReasonCode {
        match facts.get(key) {
            Some(Observed::Unknown(reason)) => reason.code,
            other => panic!("{key} is {other:?}"),
        }
    }

    #[test]
    fn without_the_forge_its_fields_are_unknown() {
        let facts = facts(None, MemoryTree::new().file("a", "").file("vendor/b", ""));
        assert_eq!(reason(&facts, "repository.topics"), ReasonCode::NeedsForge);
        assert_eq!(facts.value("repository.host"), Some(&FactValue::Absent));
        assert_eq!(facts.count("repository.file_count"), Some(2));
        assert_eq!(facts.list("repository.vendored"), ["vendor"]);
        assert_eq!(facts.flag("repository.is_plain_folder"), Some(true));
    }

    #[test]
    fn what_a_forge_does_not_tell_is_not_offered_and_an_empty_text_is_nothing() {
        let api = ApiFields {
            is_fork: Some(false),
            description: Some(" ".to_owned()),
            ..ApiFields::default()
        };
        let facts = facts(Some(api), MemoryTree::new());
        assert_eq!(facts.flag("repository.is_fork"), Some(false));
        assert_eq!(
            facts.value("repository.description"),
            Some(&FactValue::Absent)
        );
        assert_eq!(reason(&facts, "repository.topics"), ReasonCode::NotOffered);
    }

    #[test]
    fn a_cut_listing_has_no_known_number_of_files() {
        let facts = facts(None, MemoryTree::new().file("a", "").truncated());
        assert_eq!(
            reason(&facts, "repository.file_count"),
            ReasonCode::Truncated
        );
        assert_eq!(facts.flag("repository.truncated"), Some(true));
    }
}
