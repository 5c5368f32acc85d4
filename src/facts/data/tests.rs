// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::facts::extract::extract as extract_themes;
use crate::facts::key::Theme;
use crate::forge::record::ForgeRecord;
use crate::model::evidence::Observed;
use crate::model::ids::RepositoryId;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    let record = ForgeRecord::local(RepositoryId::new("t"), "t");
    let snapshot = tree.snapshot();
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    extract_themes(&inputs, &[Theme::Data].into())
}

#[test]
fn tables_are_data_sets_and_samples_and_reference_data_are_not() {
    let tree = [
        "data/interventions.csv",
        "sorties/accidents.geojson",
        "tests/fixtures/interventions.csv",
        "data/exemple_import.csv",
        "data/naf2008-liste-n4-classes.csv",
        "data/codes_postaux.csv",
        "data/referentiels/armes.csv",
        "public/docs/Template_import_mesures.xlsx",
        "node_modules/a/data.csv",
        "data/lisez.md",
    ]
    .into_iter()
    .fold(MemoryTree::new(), |tree, path| tree.file(path, "a,b\n"));
    let facts = facts(tree);
    assert_eq!(
        facts.list("data.sets"),
        ["data/interventions.csv", "sorties/accidents.geojson"]
    );
}

#[test]
fn a_link_to_where_data_comes_from_is_no_publication() {
    let readme = "# Jeu\n\nPublié sur https://www.data.gouv.fr/fr/datasets/interventions/.\n\
        Les communes viennent de la source https://www.data.gouv.fr/fr/datasets/communes/\n\
        Voir https://www.data.gouv.fr/\n";
    let facts = facts(MemoryTree::new().file("README.md", readme));
    assert_eq!(
        facts.list("data.portal_links"),
        ["https://www.data.gouv.fr/fr/datasets/interventions/"]
    );
}

#[test]
fn fields_are_described_by_files_headings_and_schemas() {
    let tree = MemoryTree::new()
        .file("datapackage.json", "{}")
        .file("data/a.csv", "a\n")
        .file(
            "data/README.md",
            "# Données\n\n## Description des champs\n\nLigne.\n",
        )
        .file(
            "README.md",
            "Conforme à https://schema.data.gouv.fr/etalab/irve.\n",
        );
    assert_eq!(
        facts(tree).list("data.schemas"),
        [
            "datapackage.json",
            "https://schema.data.gouv.fr/etalab/irve",
            "data/README.md:3"
        ]
    );
}

#[test]
fn absences_say_what_was_searched_and_cut_listings_are_unknown() {
    let whole = facts(MemoryTree::new().file("a.py", ""));
    let evidence = whole.get("data.sets").unwrap().evidence();
    assert_eq!(evidence[0].note.as_ref().unwrap().code, "data-searched");
    let cut = facts(MemoryTree::new().file("a.py", "").truncated());
    assert!(matches!(cut.get("data.sets"), Some(Observed::Unknown(_))));
}
