// SPDX-License-Identifier: EUPL-1.2
//! What the forge and the listing say of the repository as a whole.

use super::activity::is_version;
use super::extract::Inputs;
use super::set::{FactSet, FactValue, needs_forge};
use crate::forge::record::{ForgeRecord, Origin};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::fold_plain;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let record = inputs.record;
    facts.set("repository.host", record.host.clone(), Vec::new());
    facts.set("repository.owner", record.owner.clone(), Vec::new());
    let name = Evidence::field("repository.name").with_excerpt(&record.name);
    facts.set("repository.name", record.name.as_str(), vec![name]);
    facts.set("repository.url", record.url.clone(), Vec::new());
    accounts(inputs.record, facts);
    forge_fields(inputs, facts);
    visibility(inputs.record, facts);
    software_heritage(inputs, facts);

    let snapshot = inputs.snapshot;
    facts.set(
        "repository.is_plain_folder",
        snapshot.is_plain_folder(),
        Vec::new(),
    );
    facts.set("repository.truncated", snapshot.is_truncated(), Vec::new());
    if let Some(reason) = snapshot.cut() {
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
    let is_name = api.description.as_deref().map(|description| {
        let words = |text: &str| -> String {
            let folded = fold_plain(text);
            folded.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        words(description) == words(&inputs.record.name)
    });
    field("repository.description_is_name", is_name.map(Into::into));
    field("repository.topics", api.topics.clone().map(Into::into));
    field("repository.homepage", text(api.homepage.as_deref()));
    field(
        "repository.has_issue_tracker",
        api.has_issue_tracker.map(Into::into),
    );
    field("repository.owner_kind", text(api.owner_kind.as_deref()));
    field("repository.is_template", api.is_template.map(Into::into));
    let count = |count: Option<u32>| count.map(|count| FactValue::Count(count.into()));
    field("repository.forks_count", count(api.forks_count));
    field("repository.subscribers_count", count(api.subscribers_count));
    field("repository.pushed_at", api.pushed_at.map(Into::into));
    field("repository.released_at", api.released_at.map(Into::into));
    field(
        "repository.has_private_reporting",
        api.has_private_reporting.map(Into::into),
    );
}

const API_KEYS: [&str; 15] = [
    "repository.is_fork",
    "repository.is_technical_fork",
    "repository.is_archived",
    "repository.description",
    "repository.description_is_name",
    "repository.topics",
    "repository.homepage",
    "repository.has_issue_tracker",
    "repository.owner_kind",
    "repository.is_template",
    "repository.forks_count",
    "repository.subscribers_count",
    "repository.pushed_at",
    "repository.released_at",
    "repository.has_private_reporting",
];

/// The forge's host, then the owner with each group above it: what lists of accounts name.
fn accounts(record: &ForgeRecord, facts: &mut FactSet) {
    const KEY: &str = "repository.accounts";
    let Some(host) = &record.host else {
        let reason = Reason::new(ReasonCode::NotDeclared).with("field", "repository_url");
        return facts.set_unknown(KEY, reason);
    };
    let mut account = host.to_lowercase();
    let mut list = vec![account.clone()];
    for part in record.owner.iter().flat_map(|owner| owner.split('/')) {
        account = format!("{account}/{}", part.to_lowercase());
        list.push(account.clone());
    }
    facts.set(
        KEY,
        list,
        vec![Evidence::field("owner").with_excerpt(&account)],
    );
}

/// Whether everybody may read the repository: the forge says it, or it was read so.
fn visibility(record: &ForgeRecord, facts: &mut FactSet) {
    const KEY: &str = "repository.is_public";
    let told = record.api.as_ref().and_then(|api| api.is_private);
    match (told, record.is_read_publicly) {
        (Some(is_private), _) => facts.set(KEY, !is_private, vec![Evidence::field("private")]),
        (None, true) => {
            let url = record.url.clone().unwrap_or_default();
            let note = Message::new("repository-read-publicly").with("url", url);
            facts.set(KEY, true, vec![Evidence::note(note)]);
        }
        (None, false) => facts.set_unknown(KEY, Reason::new(ReasonCode::NeedsNetwork)),
    }
}

/// Whether Software Heritage keeps the repository, and not only from before its latest version.
fn software_heritage(inputs: &Inputs<'_>, facts: &mut FactSet) {
    const KEY: &str = "repository.software_heritage";
    let api = inputs.record.api.as_ref();
    let visit = api.and_then(|api| api.software_heritage_visit);
    let is_kept = api.and_then(|api| api.is_in_software_heritage);
    let evidence = || vec![Evidence::field("software_heritage_visit")];
    match (is_kept, visit) {
        (Some(false), _) => facts.set(KEY, FactValue::Absent, evidence()),
        (None | Some(true), Some(visit)) => {
            let versions = inputs.snapshot.history().map_or(&[][..], |past| &past.tags);
            let released = api.and_then(|api| api.released_at);
            let last = versions
                .iter()
                .filter(|tag| is_version(&tag.name))
                .filter_map(|tag| tag.date)
                .chain(released)
                .max_by_key(|moment| moment.seconds);
            let is_current = last.is_none_or(|last| last.seconds <= visit.seconds);
            let value = if is_current { "current" } else { "outdated" };
            facts.set(KEY, value, evidence());
        }
        (Some(true) | None, None) => {
            facts.set_unknown(KEY, Reason::new(ReasonCode::NeedsNetwork));
        }
    }
}

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
    use crate::forge::record::ApiFields;
    use crate::model::date::Moment;
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
    fn accounts_are_the_host_and_every_group_above() {
        let mut record = ForgeRecord::local(RepositoryId::new("x"), "x");
        let mut facts = FactSet::default();
        accounts(&record, &mut facts);
        assert_eq!(
            reason(&facts, "repository.accounts"),
            ReasonCode::NotDeclared
        );
        record.host = Some("GitLab.com".to_owned());
        record.owner = Some("Exemple/Sous-groupe".to_owned());
        accounts(&record, &mut facts);
        assert_eq!(
            facts.list("repository.accounts"),
            [
                "gitlab.com",
                "gitlab.com/exemple",
                "gitlab.com/exemple/sous-groupe"
            ]
        );
    }

    #[test]
    fn public_is_what_the_forge_says_or_what_was_read_without_credentials() {
        let mut record = ForgeRecord::local(RepositoryId::new("x"), "x");
        let mut facts = FactSet::default();
        visibility(&record, &mut facts);
        assert_eq!(
            reason(&facts, "repository.is_public"),
            ReasonCode::NeedsNetwork
        );
        record.is_read_publicly = true;
        visibility(&record, &mut facts);
        assert_eq!(facts.flag("repository.is_public"), Some(true));
        record.api = Some(ApiFields {
            is_private: Some(true),
            ..ApiFields::default()
        });
        visibility(&record, &mut facts);
        assert_eq!(facts.flag("repository.is_public"), Some(false));
    }

    #[test]
    fn a_description_that_repeats_the_name_is_told() {
        let api = |description: &str| ApiFields {
            description: Some(description.to_owned()),
            ..ApiFields::default()
        };
        let is_name = |description: &str| {
            facts(Some(api(description)), MemoryTree::new()).flag("repository.description_is_name")
        };
        assert_eq!(is_name(" X. "), Some(true));
        assert_eq!(is_name("Instruction des demandes"), Some(false));
    }

    #[test]
    fn a_copy_from_before_the_latest_version_is_outdated() {
        let at = |seconds| Some(Moment { seconds, offset: 0 });
        let value = |is_kept, visit, release| {
            let api = ApiFields {
                is_in_software_heritage: is_kept,
                software_heritage_visit: visit,
                released_at: release,
                ..ApiFields::default()
            };
            let facts = facts(Some(api), MemoryTree::new());
            facts.value("repository.software_heritage").cloned()
        };
        assert_eq!(value(Some(true), at(9), at(5)), Some("current".into()));
        assert_eq!(value(None, at(9), None), Some("current".into()));
        assert_eq!(value(Some(true), at(3), at(5)), Some("outdated".into()));
        assert_eq!(value(Some(false), None, None), Some(FactValue::Absent));
        assert_eq!(value(None, None, None), None);
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
