// SPDX-License-Identifier: EUPL-1.2
//! How the containers of a repository are built and watched: pinned bases, user, health check.

use std::collections::BTreeMap;

use super::compose::{Compose, Service};
use super::dockerfile::{Dockerfile, filled};
use super::images;
use super::look::is_tooling;
use super::recipes::Recipes;
use super::runtimes::Runtime;
use super::users::{is_root, known_user};
use super::watched::Watched;
use crate::facts::set::FactSet;
use crate::model::document::{Node, parse_yaml};
use crate::model::evidence::Evidence;
use crate::model::outcome::{Reason, ReasonCode};
use crate::snapshot::{Entry, Snapshot};

/// Evidences that are kept for one fact.
const MOST_EVIDENCES: usize = 8;

/// Accounts of images that serve CI systems.
const CI_IMAGES: [&str; 5] = [
    "circleci/",
    "cimg/",
    "registry.gitlab.com/gitlab-org/",
    "mcr.microsoft.com/devcontainers/",
    "gitpod/",
];

struct Recipe<'s> {
    entry: &'s Entry,
    file: Dockerfile,
}

/// Every Dockerfile and compose file, read once.
pub(super) struct Containers<'s> {
    images: Vec<Recipe<'s>>,
    pub(super) compose: Vec<Compose<'s>>,
    /// Why some recipe could not be read.
    pub(super) problem: Option<Reason>,
}

impl<'s> Containers<'s> {
    pub(super) fn read(snapshot: &Snapshot, recipes: &Recipes<'s>) -> Self {
        let mut containers = Self {
            images: Vec::new(),
            compose: Vec::new(),
            problem: None,
        };
        for entry in &recipes.dockerfiles {
            match snapshot.text(entry) {
                Ok(text) => containers.images.push(Recipe {
                    entry,
                    file: Dockerfile::parse(&text.text),
                }),
                Err(error) => containers.problem = Some(error.reason(&entry.path)),
            }
        }
        for entry in &recipes.compose {
            match snapshot.text(entry).map(|text| parse_yaml(&text.text)) {
                Ok(Ok(root)) => containers.compose.push(Compose::new(entry, root)),
                Ok(Err(error)) => {
                    containers.problem = Some(
                        Reason::new(ReasonCode::Unreadable)
                            .with("path", &entry.path)
                            .with("line", error.line)
                            .with("column", error.column),
                    );
                }
                Err(error) => containers.problem = Some(error.reason(&entry.path)),
            }
        }
        containers
    }

    pub(super) fn record(&self, facts: &mut FactSet, kubernetes: &Watched) {
        self.record_pins(facts);
        self.record_user(facts);
        self.record_health(facts, kubernetes);
    }

    fn services(&self) -> impl Iterator<Item = (&'s Entry, Service<'_>)> {
        self.compose
            .iter()
            .flat_map(|file| file.services().map(|service| (file.entry, service)))
    }

    /// Paths of container recipes that build something, with whether they serve development alone.
    pub(super) fn dockerfiles(&self) -> impl Iterator<Item = (&'s str, bool)> {
        let running: Vec<&str> = self
            .running()
            .iter()
            .map(|recipe| &*recipe.entry.path)
            .collect();
        let built = self
            .images
            .iter()
            .filter(|recipe| !recipe.file.stages.is_empty());
        let listed: Vec<(&'s str, bool)> = built
            .map(|recipe| {
                let path = &*recipe.entry.path;
                (path, is_tooling(recipe.entry) || !running.contains(&path))
            })
            .collect();
        listed.into_iter()
    }

    /// Paths of compose files, with whether they serve development alone; what cannot be read is taken at its name.
    pub(super) fn compose_files<'c>(
        &'c self,
        recipes: &'c Recipes<'s>,
    ) -> impl Iterator<Item = (&'s str, bool)> {
        recipes.compose.iter().map(|entry| {
            let read = self
                .compose
                .iter()
                .find(|file| file.entry.path == entry.path);
            let is_for_development =
                read.map_or_else(|| is_tooling(entry), Compose::is_for_development);
            (&*entry.path, is_for_development)
        })
    }

    /// Runtimes and systems of base images and of services that run a plain image; then versions of data stores.
    ///
    /// Recipes that serve development alone count when `with_tooling`.
    pub(super) fn declared(&self, with_tooling: bool) -> (Vec<Runtime>, Vec<Runtime>) {
        let (mut runtimes, mut stores) = (Vec::new(), Vec::new());
        let runtime = |entry: &Entry, line: u32, declared: images::Declared| Runtime {
            product: declared.product,
            version: declared.version,
            path: entry.path.to_string(),
            line,
            is_range: false,
        };
        for recipe in &self.images {
            if is_tooling(recipe.entry) && !with_tooling {
                continue;
            }
            for stage in recipe.file.foreign() {
                let found = images::runtimes(&stage.image);
                runtimes.extend(
                    found
                        .into_iter()
                        .map(|one| runtime(recipe.entry, stage.line, one)),
                );
                stores.extend(
                    images::store_version(&stage.image)
                        .map(|one| runtime(recipe.entry, stage.line, one)),
                );
            }
        }
        for (entry, service) in self.services() {
            if let Some((line, image)) = service.foreign_image() {
                let image = filled(&image, &BTreeMap::new());
                let found = images::runtimes(&image);
                runtimes.extend(found.into_iter().map(|one| runtime(entry, line, one)));
                stores.extend(images::store_version(&image).map(|one| runtime(entry, line, one)));
            }
        }
        (runtimes, stores)
    }

    fn record_pins(&self, facts: &mut FactSet) {
        let key = "hosting.base_images_pinned";
        let mut pinned = 0_usize;
        let mut loose = Vec::new();
        let mut judge = |entry: &Entry, line: u32, image: &str| match is_pinned(image) {
            Some(true) => pinned += 1,
            Some(false) => loose.push(Evidence::line(&*entry.path, line).with_excerpt(image)),
            None => {}
        };
        for recipe in &self.images {
            for stage in recipe.file.foreign() {
                judge(recipe.entry, stage.line, &stage.image);
            }
        }
        for (entry, service) in self.services() {
            if let Some((line, image)) = service.foreign_image() {
                judge(entry, line, &filled(&image, &BTreeMap::new()));
            }
        }
        let value = match (pinned, loose.is_empty()) {
            (0, true) => "na",
            (_, true) => "all",
            (0, false) => "none",
            (_, false) => "some",
        };
        if let Some(problem) = self.problem.as_ref().filter(|_| value != "some") {
            facts.set_unknown(key, problem.clone());
        } else {
            loose.truncate(MOST_EVIDENCES);
            facts.set(key, value, loose);
        }
    }

    /// Images that run the software: not those that serve CI or an editor, not bare tool boxes.
    fn running(&self) -> Vec<&Recipe<'s>> {
        let found = self.images.iter().filter(|recipe| {
            let chain = recipe.file.final_chain();
            let in_tooling = recipe.entry.folder().split('/').any(|part| {
                matches!(
                    part,
                    ".devcontainer"
                        | ".circleci"
                        | ".github"
                        | ".gitlab"
                        | "ci"
                        | ".ci"
                        | "test"
                        | "tests"
                        | ".gitpod"
                )
            }) || recipe.entry.name().to_ascii_lowercase().contains("gitpod");
            let is_ci = chain
                .iter()
                .any(|stage| CI_IMAGES.iter().any(|image| stage.image.starts_with(image)));
            let puts_or_starts = chain
                .iter()
                .any(|stage| stage.copies || stage.starts || stage.exposes);
            !chain.is_empty()
                && !in_tooling
                && !is_ci
                && (puts_or_starts || self.is_composed(recipe.entry))
        });
        found.collect()
    }

    /// True when a compose file builds from the folder of this recipe.
    fn is_composed(&self, recipe: &Entry) -> bool {
        self.services().any(|(entry, service)| {
            let Some(build) = service.get("build") else {
                return false;
            };
            let context = build
                .text()
                .or_else(|| build.get("context").and_then(Node::text))
                .unwrap_or(".");
            let file = build
                .get("dockerfile")
                .and_then(Node::text)
                .unwrap_or("Dockerfile");
            let path = format!("{}/{context}/{file}", entry.folder());
            let parts: Vec<&str> = path
                .split('/')
                .filter(|part| !part.is_empty() && *part != ".")
                .collect();
            parts.join("/") == *recipe.path
        })
    }

    fn record_user(&self, facts: &mut FactSet) {
        let key = "hosting.runs_as_non_root";
        let running = self.running();
        if let Some(problem) = &self.problem
            && self.images.is_empty()
        {
            facts.set_unknown(key, problem.clone());
            return;
        }
        if running.is_empty() {
            facts.set(key, "na", Vec::new());
            return;
        }
        let (mut root, mut other, mut unsure) = (Vec::new(), Vec::new(), Vec::new());
        for recipe in running {
            let chain = recipe.file.final_chain();
            let user = chain.iter().find_map(|stage| stage.user.as_ref());
            let base = chain.last().map_or("", |stage| stage.image.as_str());
            let line = user.map_or_else(
                || chain.first().map_or(1, |stage| stage.line),
                |(line, _)| *line,
            );
            let evidence = Evidence::line(&*recipe.entry.path, line);
            match (user, known_user(base)) {
                (Some((_, user)), _) if is_root(user) => root.push(evidence),
                (Some((_, user)), _) if user.starts_with('$') => unsure.push(evidence),
                (Some(_), _) | (None, Some(true)) => other.push(evidence),
                (None, None) => unsure.push(evidence),
                (None, Some(false)) => root.push(evidence),
            }
        }
        root.truncate(MOST_EVIDENCES);
        if !root.is_empty() {
            facts.set(key, "false", root);
        } else if let Some(undecided) = unsure.first() {
            let path = undecided.path.clone().unwrap_or_default();
            facts.set_unknown(key, Reason::new(ReasonCode::Undecided).with("path", path));
        } else {
            facts.set(key, "true", other);
        }
    }

    fn record_health(&self, facts: &mut FactSet, kubernetes: &Watched) {
        let key = "hosting.healthcheck";
        let running = self.running();
        let mut found: Vec<Evidence> = running
            .iter()
            .filter_map(|recipe| {
                let chain = recipe.file.final_chain();
                let line = chain.iter().find_map(|stage| stage.healthcheck)?;
                Some(Evidence::line(&*recipe.entry.path, line))
            })
            .collect();
        for (entry, service) in self.services() {
            if service.get("build").is_some()
                && let Some((line, check)) = service.pair_of("healthcheck")
                && !is_off(check)
                && !is_database_check(check)
            {
                found.push(Evidence::line(&*entry.path, line));
            }
        }
        if !running.is_empty() || kubernetes.has_service {
            found.extend(kubernetes.probes.iter().cloned());
        }
        found.truncate(MOST_EVIDENCES);
        if !found.is_empty() {
            facts.set(key, "true", found);
        } else if let Some(problem) = &self.problem {
            facts.set_unknown(key, problem.clone());
        } else if running.is_empty() || (kubernetes.has_job && !kubernetes.has_service) {
            facts.set(key, "na", Vec::new());
        } else {
            let places = running.iter().take(MOST_EVIDENCES);
            facts.set(
                key,
                "false",
                places
                    .map(|recipe| Evidence::path(&*recipe.entry.path))
                    .collect(),
            );
        }
    }
}

/// Whether an image has a digest or a tag other than `latest`; `None` when an argument without default decides.
fn is_pinned(image: &str) -> Option<bool> {
    if image.contains("@sha256:") {
        return Some(true);
    }
    let last = image.rsplit('/').next().unwrap_or(image);
    match last.split_once(':') {
        Some((_, tag)) if tag.starts_with('$') => None,
        Some((_, tag)) => Some(!tag.is_empty() && tag != "latest"),
        None if last.starts_with('$') => None,
        None => Some(false),
    }
}

fn is_off(node: &Node) -> bool {
    node.get("disable").and_then(Node::flag) == Some(true)
}

fn is_database_check(node: &Node) -> bool {
    node.texts().iter().any(|(_, text)| {
        [
            "pg_isready",
            "mysqladmin",
            "redis-cli",
            "mongo",
            "mariadb",
            "healthcheck.sh",
        ]
        .iter()
        .any(|mark| text.contains(mark))
    })
}
