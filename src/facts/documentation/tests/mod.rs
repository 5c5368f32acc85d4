// SPDX-License-Identifier: EUPL-1.2
mod community_files;
mod descriptions;
mod folders;
mod readme_sections;

use super::*;
use crate::facts::set::FactValue;
use crate::facts::testing::facts_of;
use crate::model::evidence::Observed;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    facts_of(tree, extract)
}

fn files(paths: &[&str]) -> FactSet {
    facts(
        paths
            .iter()
            .fold(MemoryTree::new(), |tree, path| tree.file(path, "Du texte.")),
    )
}

fn readme(text: &str) -> FactSet {
    facts(MemoryTree::new().file("README.md", text))
}

const LONG: &str = "Ce document explique en détail comment le logiciel est fait, par qui, et ce qu’il faut savoir pour le \
    modifier sans le casser, avec des exemples et des conseils pour la suite des travaux.";
