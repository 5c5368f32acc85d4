// SPDX-License-Identifier: EUPL-1.2
//! Community files by name and place, in French and English; a changelog or a roadmap may be a section of the README.

use std::sync::LazyLock;

use regex::Regex;

use super::section::parts;
use super::{PROSE, Place, Scene, plain_words};
use crate::facts::pattern::folded as regex;
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, EntryKind, Snapshot};

/// A kind of community file.
struct Family {
    key: &'static str,
    /// Names that say it wherever community files are kept.
    names: &'static [&'static str],
    /// Names that say it in the root only, and not for a page of a site.
    weak: &'static [&'static str],
    /// What a file in a documentation folder must speak of, since the name alone may be content.
    speaks_of: Option<&'static str>,
}

const FAMILIES: [Family; 9] = [
    Family {
        key: "documentation.changelog",
        names: &[
            "changelog",
            "change_log",
            "changelogs",
            "release_notes",
            "releasenotes",
            "journal_des_modifications",
            "journal_des_changements",
            "historique_des_versions",
            "notes_de_version",
        ],
        weak: &[
            "changes",
            "history",
            "news",
            "releases",
            "historique",
            "nouveautes",
            "whats_new",
        ],
        speaks_of: None,
    },
    Family {
        key: "documentation.contributing",
        names: &[
            "contributing",
            "contribuer",
            "contributing_guide",
            "contributing_guidelines",
            "contribution_guide",
            "contribution_guidelines",
            "how_to_contribute",
            "guide_de_contribution",
            "guide_contribution",
            "comment_contribuer",
        ],
        weak: &["contribution", "contributions", "contribute", "hacking"],
        speaks_of: None,
    },
    Family {
        key: "documentation.code_of_conduct",
        names: &[
            "code_of_conduct",
            "codeofconduct",
            "code_conduct",
            "code_de_conduite",
            "charte_de_conduite",
        ],
        weak: &["conduct"],
        speaks_of: None,
    },
    Family {
        key: "documentation.security_policy",
        names: &[
            "security",
            "security_policy",
            "securite",
            "politique_de_securite",
        ],
        weak: &[],
        speaks_of: Some(
            r"vulnerabilit|faille|disclos|divulg|security (issue|bug|problem)|probleme de securite",
        ),
    },
    Family {
        key: "documentation.governance",
        names: &["governance", "gouvernance", "project_governance"],
        weak: &[],
        speaks_of: Some(r"mainten|contribut|comite|committee|steering|communaute|community"),
    },
    Family {
        key: "documentation.authors",
        names: &[
            "authors",
            "auteurs",
            "auteurs_et_autrices",
            "contributors",
            "contributeurs",
        ],
        weak: &["credits", "author", "thanks", "remerciements"],
        speaks_of: None,
    },
    Family {
        key: "documentation.roadmap",
        names: &[
            "roadmap",
            "road_map",
            "feuille_de_route",
            "feuilles_de_route",
        ],
        weak: &[],
        speaks_of: None,
    },
    Family {
        key: "documentation.support",
        names: &["support", "soutien", "get_support", "getting_help"],
        weak: &["aide"],
        speaks_of: Some(r"issue|ticket|mailing|contact|chat|forum|@|question"),
    },
    Family {
        key: "documentation.maintainers",
        names: &["maintainers", "mainteneurs", "mainteneuses", "maintaineurs"],
        weak: &[],
        speaks_of: None,
    },
];

pub(super) fn extract(scene: &Scene<'_>, has_generator: bool, facts: &mut FactSet) {
    for family in &FAMILIES {
        let file = find(scene, family, has_generator);
        let place = file.map(Place::file).or_else(|| match family.key {
            "documentation.changelog" => changelog_section(scene),
            "documentation.roadmap" => titled_section(scene, &ROADMAP),
            "documentation.governance" => titled_section(scene, &GOVERNANCE),
            _ => None,
        });
        let evidence = place.as_ref().map(|place| place.evidence.clone());
        let value = place.map(|place| place.value);
        scene.record_with_readme(facts, family.key, value, evidence.into_iter().collect());
    }
    for (key, names) in [
        (
            "documentation.publiccode_yml",
            &["publiccode.yml", "publiccode.yaml"][..],
        ),
        ("documentation.citation_cff", &["citation.cff"]),
        ("documentation.codemeta", &["codemeta.json"]),
    ] {
        let found = scene
            .snapshot
            .root_files()
            .find(|entry| names.contains(&entry.name().to_ascii_lowercase().as_str()));
        scene.found(facts, key, found.map(|entry| Evidence::path(&*entry.path)));
    }
    templates(scene, facts);
}

/// The names by which the family of a fact is known.
pub(super) fn names(key: &str) -> Option<&'static [&'static str]> {
    let family = FAMILIES.iter().find(|family| family.key == key)?;
    Some(family.names)
}

/// Every file of a family, in whatever language.
pub(super) fn all<'s>(snapshot: &'s Snapshot, key: &str) -> Vec<&'s Entry> {
    let known = names(key).unwrap_or_default();
    let is_one = |entry: &&Entry| {
        !entry.is_vendored
            && rank(entry.folder()).is_some()
            && document_name(entry.name()).is_some_and(|(name, _)| known.contains(&name.as_str()))
    };
    snapshot.entries().iter().filter(is_one).collect()
}

/// How near a folder is to where people look first; `None` where community files are not looked for.
pub(super) fn rank(folder: &str) -> Option<u8> {
    match folder.to_ascii_lowercase().as_str() {
        "" => Some(0),
        ".github" => Some(1),
        ".gitlab" => Some(2),
        ".gitea" | ".forgejo" => Some(3),
        "docs" | "doc" | "documentation" => Some(4),
        _ => None,
    }
}

/// A document's name for comparison, and whether it carries a language: `CONTRIBUTING.fr.md` is `contributing`.
fn document_name(name: &str) -> Option<(String, bool)> {
    let stem = match name.rsplit_once('.') {
        Some((stem, extension)) if PROSE.contains(&extension.to_ascii_lowercase().as_str()) => stem,
        Some((stem, extension)) if is_language(extension) => stem,
        Some(_) => return None,
        None => name,
    };
    let stem = plain_words(stem);
    Some(match stem.rsplit_once('_') {
        Some((head, tail)) if is_language(tail) => (head.to_owned(), true),
        _ => (stem, false),
    })
}

fn is_language(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "fr" | "en" | "es" | "de" | "it" | "pt" | "nl" | "br" | "eu" | "oc" | "ca"
    )
}

fn find<'s>(scene: &Scene<'s>, family: &Family, has_generator: bool) -> Option<&'s Entry> {
    let mut candidates = Vec::new();
    for entry in scene.snapshot.entries() {
        if entry.is_vendored || entry.kind == EntryKind::Submodule {
            continue;
        }
        let Some(place) = rank(scene.snapshot.folder_in_root(entry)) else {
            continue;
        };
        let Some((name, has_language)) = document_name(entry.name()) else {
            continue;
        };
        let position = family.names.iter().position(|known| *known == name);
        let weak = family.weak.iter().position(|known| *known == name);
        let order = match (position, weak) {
            (Some(order), _) => order,
            (None, Some(order)) if place == 0 && !is_page(scene, entry, has_generator) => {
                family.names.len() + order
            }
            _ => continue,
        };
        if !holds_it(scene, entry, family, place) {
            continue;
        }
        // the repository's own file before that of a declared root
        let is_declared = rank(entry.folder()).is_none();
        let key = (is_declared, place, order, has_language, &*entry.path);
        candidates.push((key, entry));
    }
    let best = candidates.into_iter().min_by_key(|(key, _)| *key);
    best.map(|(_, entry)| entry)
}

/// A page of a site rather than a file about the project.
fn is_page(scene: &Scene<'_>, entry: &Entry, has_generator: bool) -> bool {
    let is_lower = entry.name().chars().all(|c| !c.is_uppercase());
    is_lower
        && (has_generator
            || scene
                .snapshot
                .text(entry)
                .is_ok_and(|text| text.text.starts_with("---\n")))
}

/// False for an empty file, and for a document whose subject only sounds like the family's.
fn holds_it(scene: &Scene<'_>, entry: &Entry, family: &Family, place: u8) -> bool {
    let Ok(text) = scene.snapshot.text(entry) else {
        return true;
    };
    if text.text.trim().is_empty() {
        return false;
    }
    if family.key == "documentation.governance" {
        let title = text.text.lines().find(|line| !line.trim().is_empty());
        if title.is_some_and(|title| DATA.is_match(&fold_plain(title))) {
            return false;
        }
    }
    match family.speaks_of {
        Some(pattern) if place == 4 => {
            Regex::new(pattern).is_ok_and(|words| words.is_match(&fold_plain(&text.text)))
        }
        _ => true,
    }
}

static CHANGELOG: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)^\W*(change\s?-?logs?|changes|release\s+notes?|releases|history|historique(\s+des\s+versions)?|versions
        |what'?\s?i?s\s+new|news|nouveautes|quoi\s+de\s+neuf|journal\s+des\s+(modifications|changements)
        |notes\s+de\s+versions?)\W*$",
    )
});
static RELEASE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\bv?\d+\.\d+(\.\d+)?\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{4}\b|\bv\d+\b")
});
static ROADMAP: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(road\s?-?map|feuilles?\s+de\s+route)\b"));
static GOVERNANCE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\W*((project|projet)\s+)?(governance|gouvernance)(\s+(du\s+projet|of\s+the\s+project))?\W*$",
    )
});

/// Governance of the data that the product is about.
static DATA: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(gouvernance\s+(de\s+(la|vos|nos)|des|d'une)\s+donnees?|data\s+governance|governance\s+of\s+(the\s+)?data)\b",
    )
});

/// A section that lists versions or dates; a section of links to other projects' changelogs has none.
fn changelog_section(scene: &Scene<'_>) -> Option<Place> {
    let document = scene.readme.as_ref()?;
    parts(&document.prose)
        .find(|part| {
            CHANGELOG.is_match(&part.title())
                && part
                    .body
                    .iter()
                    .filter(|block| RELEASE.is_match(&block.text))
                    .count()
                    >= 2
        })
        .map(|part| part.place(document))
}

fn titled_section(scene: &Scene<'_>, title: &Regex) -> Option<Place> {
    let document = scene.readme.as_ref()?;
    parts(&document.prose)
        .find(|part| title.is_match(&part.title()) && part.is_filled())
        .map(|part| part.place(document))
}

fn templates(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut issues = Vec::new();
    let mut requests = Vec::new();
    let mut owners = Vec::new();
    for entry in scene.snapshot.files() {
        let path = entry.path.to_ascii_lowercase().replace('-', "_");
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path.as_str()));
        let stem = name.split('.').next().unwrap_or(name);
        let extension = entry.extension();
        let is_form = matches!(extension.as_str(), "md" | "yml" | "yaml");
        if matches!(
            folder,
            ".github/issue_template"
                | ".gitlab/issue_templates"
                | ".gitea/issue_template"
                | ".forgejo/issue_template"
                | "issue_template"
                | "docs/issue_template"
        ) {
            if is_form && stem != "config" {
                issues.push(Place::file(entry));
            }
        } else if matches!(
            folder,
            ".github/pull_request_template"
                | ".gitlab/merge_request_templates"
                | "pull_request_template"
                | "docs/pull_request_template"
                | ".gitea/pull_request_template"
                | ".forgejo/pull_request_template"
        ) {
            if extension == "md" {
                requests.push((4, stem != "default", entry));
            }
        } else if let Some(place) = rank(folder) {
            match stem {
                "issue_template" => issues.push(Place::file(entry)),
                "pull_request_template" | "merge_request_template" => {
                    requests.push((place, false, entry));
                }
                "codeowners" if name == "codeowners" => owners.push((place, entry)),
                _ => {}
            }
        }
    }
    scene.record_list(facts, "documentation.issue_templates", issues);
    let request = requests
        .into_iter()
        .min_by_key(|(place, is_other, entry)| (*place, *is_other, entry.path.clone()));
    let request = request.map(|(_, _, entry)| Evidence::path(&*entry.path));
    scene.found(facts, "documentation.pr_template", request);
    let owner = owners.into_iter().min_by_key(|(place, _)| *place);
    let owner = owner.map(|(_, entry)| Evidence::path(&*entry.path));
    scene.found(facts, "documentation.codeowners", owner);
}
