// SPDX-License-Identifier: EUPL-1.2
//! Whether definitions can run where the repository lives, and whether it says that it is a mirror.

use std::sync::LazyLock;

use regex::Regex;

use super::job::Definition;
use crate::facts::extract::Inputs;
use crate::facts::pattern::folded;
use crate::forge::record::Origin;
use crate::model::evidence::Evidence;
use crate::model::text::fold;

/// Whether a system runs on the forge of a repository; `None` when the forge is not known.
pub(super) fn runs_there(system: &str, inputs: &Inputs<'_>) -> Option<bool> {
    let host = inputs.record.host.as_deref().unwrap_or_default();
    let forges: &[&str] = match system {
        "github-actions" => &["github", "forgejo"],
        "gitlab-ci" => &["gitlab"],
        "forgejo-actions" | "gitea-actions" => &["forgejo"],
        "bitbucket-pipelines" => &["bitbucket"],
        "sourcehut-builds" => &["sourcehut"],
        // a service beside the forge
        _ => return Some(true),
    };
    let forge = match inputs.record.origin {
        Origin::GitHub => "github",
        Origin::GitLab => "gitlab",
        Origin::Forgejo => "forgejo",
        Origin::PlainGit if host == "bitbucket.org" => "bitbucket",
        Origin::PlainGit if host.ends_with("git.sr.ht") => "sourcehut",
        Origin::PlainGit | Origin::Bundle | Origin::Local => match host {
            "github.com" => "github",
            _ => return None,
        },
    };
    Some(forges.contains(&forge))
}

/// A service that no longer builds public projects for nothing.
pub(super) fn is_doubtful(definition: &Definition) -> bool {
    definition.system == "travis-ci"
}

static MIRROR: LazyLock<Regex> = LazyLock::new(|| {
    folded(concat!(
        r"\b(?:repository|repo|depot|projet|project|code|sources?|github|gitlab|codeberg|gitea|forge|copie|read-only|readonly)\b",
        r"[^.\n]{0,60}\b(?:mirror(?:ed)?|miroir)\b",
        r"|\b(?:mirror(?:ed)?|miroir)\b[^.\n]{0,60}",
        r"(?:\b(?:repository|repo|depot|projet|project|code|github|gitlab|codeberg|gitea|forge)\b|https?://)"
    ))
});

/// Lines of a README in which a mirror is looked for.
const MOST_LINES: usize = 2000;

/// The statement of a README or a description that the repository is a mirror of another one.
pub(super) fn mirror_statement(inputs: &Inputs<'_>) -> Option<Evidence> {
    let api = inputs.record.api.as_ref();
    let description = api.and_then(|api| api.description.as_deref());
    if let Some(text) = description.filter(|text| MIRROR.is_match(&fold(text))) {
        return Some(Evidence::field("description").with_excerpt(text));
    }
    let snapshot = inputs.snapshot;
    let readmes = snapshot.files().filter(|entry| {
        matches!(entry.folder(), "" | ".github" | "docs")
            && entry.name().to_ascii_lowercase().starts_with("readme")
    });
    for entry in readmes.take(6) {
        let Ok(text) = snapshot.text(entry) else {
            continue;
        };
        for (number, line) in text.text.lines().take(MOST_LINES).enumerate() {
            if !line.to_ascii_lowercase().contains("mir") {
                continue;
            }
            if MIRROR.is_match(&fold(line)) {
                let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
                return Some(Evidence::line(&*entry.path, number).with_excerpt(line));
            }
        }
    }
    None
}
