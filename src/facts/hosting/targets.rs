// SPDX-License-Identifier: EUPL-1.2
//! Where and how the project is put into service: every recipe, job and sentence that says it, told from what serves
//! development alone.

use std::collections::BTreeSet;

use super::containers::Containers;
use super::guide::Guide;
use super::look::is_tooling;
use super::platform::Platforms;
use super::provider::{Sign, Strength};
use super::recipes::Recipes;
use super::words::has_part;
use crate::facts::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;

/// Targets that are kept.
const MOST: usize = 40;

/// A recipe or a statement.
struct Target<'t> {
    kind: &'static str,
    name: &'t str,
    path: &'t str,
    line: Option<u32>,
    is_for_development: bool,
}

/// Everything that was found, in the order of its weight.
pub(super) fn find(
    recipes: &Recipes<'_>,
    containers: &Containers<'_>,
    (platforms, signs): (&Platforms, &[Sign]),
    guide: Option<&Guide>,
    facts: &FactSet,
) -> (Vec<Item>, Vec<Evidence>) {
    let mut list = List::default();
    for (name, places) in platforms {
        if let Some(place) = places.first() {
            let path = place.path.as_deref().unwrap_or_default();
            list.add(&target("platform", name, path, place.line));
        }
    }
    for job in facts.items("ci.jobs") {
        let is_deployment = job
            .get("does")
            .is_some_and(|does| does.split(' ').any(|one| one == "deploy"));
        let is_published = job.get("platform").is_none()
            && job.get("name").is_some_and(|name| {
                let name = name.to_ascii_lowercase();
                let words = name.replace([' ', '/'], "-");
                has_part(
                    &words,
                    &["doc", "docs", "documentation", "storybook", "pypi", "npm"],
                )
            });
        if is_deployment && !is_published {
            let name = job.get("platform").or(job.get("name")).unwrap_or_default();
            let line = job.get("line").and_then(|line| line.parse().ok());
            list.add(&target(
                "job",
                name,
                job.get("path").unwrap_or_default(),
                line,
            ));
        }
    }
    for (kind, name, entries) in [
        ("kubernetes", "kubernetes", &recipes.kubernetes),
        ("procfile", "procfile", &recipes.procfiles),
        ("server", "server", &recipes.other),
    ] {
        for entry in entries {
            list.add(&Target {
                is_for_development: is_tooling(entry) || entry.name() == "Vagrantfile",
                ..target(kind, name, &entry.path, None)
            });
        }
    }
    for entry in &recipes.provisioning {
        let name = match entry.extension().as_str() {
            "tf" | "tofu" | "hcl" => "terraform",
            _ => "ansible",
        };
        list.add(&target("provisioning", name, &entry.path, None));
    }
    for (path, is_for_development) in containers.dockerfiles() {
        list.add(&Target {
            is_for_development,
            ..target("docker", "docker", path, None)
        });
    }
    for (path, is_for_development) in containers.compose_files(recipes) {
        list.add(&Target {
            is_for_development,
            ..target("compose", "compose", path, None)
        });
    }
    for sign in signs {
        let kind = match sign.strength {
            Strength::Statement => "statement",
            Strength::Notice => "notice",
            Strength::Recipe | Strength::Pages | Strength::Endpoint => continue,
        };
        list.add(&target(kind, sign.name, &sign.path, Some(sign.line)));
    }
    if let Some(guide) = guide {
        let line = guide.heading.as_ref().map(|(line, _)| *line);
        list.add(&target("guide", "guide", &guide.path, line));
    }
    list.done()
}

fn target<'t>(kind: &'static str, name: &'t str, path: &'t str, line: Option<u32>) -> Target<'t> {
    Target {
        kind,
        name,
        path,
        line,
        is_for_development: false,
    }
}

#[derive(Default)]
struct List {
    items: Vec<Item>,
    evidence: Vec<(u8, Evidence)>,
    seen: BTreeSet<(&'static str, String, bool)>,
}

impl List {
    /// Adds the first of its kind and name.
    fn add(&mut self, target: &Target<'_>) {
        let key = (
            target.kind,
            target.name.to_owned(),
            target.is_for_development,
        );
        if self.items.len() >= MOST || !self.seen.insert(key) {
            return;
        }
        let item = Item::new("kind", target.kind)
            .with("name", target.name)
            .with("path", target.path);
        let item = match target.line {
            Some(line) => item.with("line", line),
            None => item,
        };
        let (rank, purpose, note) = match target.kind {
            _ if target.is_for_development => (3, "development", Some("hosting-for-development")),
            "guide" => (1, "described", None),
            "notice" => (2, "mentioned", Some("hosting-legal-notice")),
            _ => (0, "production", None),
        };
        self.items.push(item.with("use", purpose));
        let place = match target.line {
            Some(line) => Evidence::line(target.path, line),
            None => Evidence::path(target.path),
        };
        let place = place.with_excerpt(target.name);
        let place = match note {
            Some(code) => place.with_note(Message::new(code)),
            None => place,
        };
        self.evidence.push((rank, place));
    }

    /// The records, and their places with those of production first.
    fn done(mut self) -> (Vec<Item>, Vec<Evidence>) {
        self.evidence.sort_by_key(|(rank, _)| *rank);
        let evidence = self.evidence.into_iter().map(|(_, place)| place);
        (self.items, evidence.collect())
    }
}
