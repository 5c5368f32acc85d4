// SPDX-License-Identifier: EUPL-1.2
//! Data that outlives a start of the software: databases and volumes, as recipes and manifests show them.

use std::collections::BTreeSet;

use super::compose::Compose;
use super::images;
use super::recipes::Recipes;
use super::words::in_folder;
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::snapshot::Snapshot;

/// A sign of persistent data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// `database` or `volume`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) place: Evidence,
}

/// Signs that are kept.
const MOST: usize = 30;

/// Stores whose content cannot be made again.
const STORES: [&str; 4] = ["postgresql", "mysql", "mongodb", "neo4j"];

/// Databases and volumes, each name once in its kind.
pub(super) fn find(
    snapshot: &Snapshot,
    recipes: &Recipes<'_>,
    compose: &[Compose<'_>],
    facts: &FactSet,
) -> Vec<Kept> {
    let mut found = Vec::new();
    let technologies = facts.list("technologies").iter();
    let places = facts
        .get("technologies")
        .map_or(&[][..], crate::model::evidence::Observed::evidence);
    for (name, place) in technologies.zip(places) {
        if STORES.contains(&name.as_str()) {
            found.push(kept("database", name, place.clone()));
        }
    }
    for file in compose {
        let path = &*file.entry.path;
        for service in file.services() {
            if let Some((line, image)) = service.foreign_image()
                && let Some(store) = images::store(&image)
            {
                let place = Evidence::line(path, line).with_excerpt(&image);
                found.push(kept("database", store, place));
            }
            for (line, volume) in service.kept_volumes() {
                let place = Evidence::line(path, line).with_excerpt(&volume);
                found.push(kept("volume", &volume, place));
            }
        }
    }
    add_kubernetes(snapshot, recipes, &mut found);
    add_schemas(snapshot, &mut found);
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert((one.kind, one.name.clone())));
    found.truncate(MOST);
    found
}

fn kept(kind: &'static str, name: &str, place: Evidence) -> Kept {
    Kept {
        kind,
        name: name.to_owned(),
        place,
    }
}

/// Claims of volumes; charts of databases.
fn add_kubernetes(snapshot: &Snapshot, recipes: &Recipes<'_>, found: &mut Vec<Kept>) {
    for entry in &recipes.kubernetes {
        let Ok(text) = snapshot.text(entry) else {
            continue;
        };
        for (line, number) in text.text.lines().zip(1_u32..) {
            let word = line.trim();
            let place = || Evidence::line(&*entry.path, number).with_excerpt(word);
            let value = word.split_once(':').map(|(_, value)| value.trim());
            if word.starts_with("kind:") && value == Some("PersistentVolumeClaim") {
                found.push(kept("volume", "PersistentVolumeClaim", place()));
            } else if word == "volumeClaimTemplates:" {
                found.push(kept("volume", "volumeClaimTemplates", place()));
            } else if entry.name() == "Chart.yaml"
                && word.trim_start_matches("- ").starts_with("name:")
                && let Some(store) = value.and_then(images::store)
            {
                found.push(kept("database", store, place()));
            }
        }
    }
}

/// Schemas and migrations of databases.
fn add_schemas(snapshot: &Snapshot, found: &mut Vec<Kept>) {
    let schema = snapshot.files().find(|entry| {
        let name = entry.name();
        let is_schema = matches!(
            name,
            "schema.prisma" | "alembic.ini" | "knexfile.js" | "ormconfig.json"
        ) || (name == "schema.rb" && entry.folder().ends_with("db"))
            || ["repo/migrations", "database/migrations", "db/migrate"]
                .iter()
                .any(|folder| entry.folder().ends_with(folder));
        is_schema && !in_folder(entry.folder(), &["test", "tests", "fixtures", "examples"])
    });
    if let Some(schema) = schema
        && !found.iter().any(|one| one.kind == "database")
    {
        found.push(kept(
            "database",
            schema.name(),
            Evidence::path(&*schema.path),
        ));
    }
}
