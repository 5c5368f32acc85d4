// SPDX-License-Identifier: EUPL-1.2
//! Frameworks and data stores, from manifests and from the images of compose files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::stacks::{IMAGES, TECHNOLOGIES};
use crate::facts::dependencies::manifest::Manifest;
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::text::line_of;
use crate::snapshot::Snapshot;

static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^\s*(?:-\s*)?image:\s*["']?(?:[\w.-]+(?::\d+)?/)*([\w.-]+)"#)
        .expect("invariant: constant pattern")
});

pub(super) fn extract(snapshot: &Snapshot, manifests: &[Manifest], facts: &mut FactSet) {
    let mut found: BTreeMap<&'static str, Evidence> = BTreeMap::new();
    for manifest in manifests {
        for dependency in &manifest.dependencies {
            for (name, _) in TECHNOLOGIES
                .iter()
                .filter(|(_, names)| names.contains(&dependency.name.as_str()))
            {
                found.entry(name).or_insert_with(|| {
                    Evidence::path(&manifest.path).with_excerpt(&dependency.name)
                });
            }
        }
    }
    for entry in snapshot.files() {
        let name = entry.name();
        let is_compose = (name.starts_with("docker-compose") || name.starts_with("compose."))
            && (name.contains(".yml") || name.contains(".yaml"));
        if !is_compose {
            continue;
        }
        let Ok(text) = snapshot.text(entry) else {
            continue;
        };
        for image in IMAGE.captures_iter(&text.text) {
            for (_, technology) in IMAGES.iter().filter(|(name, _)| *name == &image[1]) {
                let offset = image.get(1).map_or(0, |name| name.start());
                found.entry(technology).or_insert_with(|| {
                    Evidence::line(&*entry.path, line_of(&text.text, offset))
                        .with_excerpt(&image[0])
                });
            }
        }
    }
    let names = found
        .keys()
        .map(|name| (*name).to_owned())
        .collect::<Vec<_>>();
    facts.set("technologies", names, found.into_values().collect());
}
