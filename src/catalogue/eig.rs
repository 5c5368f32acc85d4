// SPDX-License-Identifier: EUPL-1.2
//! The EIG site's `_data/defis.yml` and `_data/promos.yml`.
//!
//! `defis.yml` maps a défi's name, which is its identity, to its description; `source_code` holds its address, when
//! there is one. `promos.yml` maps a promotion's display name to its description; its `promotion` joins the défi's.

use super::{Catalogue, CatalogueError, Defi, Format, ProjectLink, Promotion};
use crate::model::document::{Node, NodeKind, Pair, parse_yaml};
use crate::model::fields::FieldReader;
use crate::model::url::{ForgeFamily, parse_address};
use crate::model::{AddressKind, Message, Problem, ProblemScope};

/// Keys of a défi; some are for the site's pages alone, and names of persons are not read.
const DEFI_KEYS: [&str; 20] = [
    "administration",
    "administration_website",
    "description",
    "duration_months",
    "eigs",
    "end_of_project_videos",
    "image",
    "intro_videos",
    "key_figures",
    "link_to",
    "mentors",
    "poster",
    "projects",
    "promotion",
    "skills",
    "source_code",
    "title",
    "ville",
    "website",
    "year",
];

/// Reads `defis.yml`. Duplicate keys are kept and settled with the whole catalogue.
///
/// # Errors
/// Malformed YAML, or a document that is no mapping. An empty document is an empty catalogue.
pub fn parse_defis(file: &str, text: &str) -> Result<Catalogue, CatalogueError> {
    let root = parse_root(file, text)?;
    Ok(Catalogue {
        defis: root
            .pairs()
            .iter()
            .map(|pair| read_defi(file, pair))
            .collect(),
        ..Catalogue::default()
    })
}

/// Reads `promos.yml`: promotions in the order of the file, without dates.
///
/// # Errors
/// As [`parse_defis`].
pub fn parse_promotions(file: &str, text: &str) -> Result<Catalogue, CatalogueError> {
    let root = parse_root(file, text)?;
    let mut catalogue = Catalogue::default();
    let mut reader = FieldReader::new(file, ProblemScope::File);
    for Pair { key, line, value } in root.pairs() {
        if !value.is_map() {
            reader.note(
                *line,
                Message::new("entry-not-a-mapping").with("id", key),
                None,
            );
            continue;
        }
        catalogue.programme.add_promotion(Promotion {
            id: reader
                .scalar(value, "promotion")
                .unwrap_or_else(|| key.clone()),
            name: Some(key.clone()),
            title: reader.scalar(value, "title"),
            ..Promotion::default()
        });
    }
    catalogue.problems = reader.into_problems();
    Ok(catalogue)
}

fn parse_root(file: &str, text: &str) -> Result<Node, CatalogueError> {
    let root = parse_yaml(text).map_err(|error| CatalogueError::Syntax {
        file: file.to_owned(),
        format: Format::Eig,
        errors: vec![error],
    })?;
    match root.kind {
        NodeKind::Map(_) | NodeKind::Null => Ok(root),
        _ => Err(CatalogueError::NotACatalogue {
            file: file.to_owned(),
            line: root.line,
        }),
    }
}

fn read_defi(file: &str, Pair { key, line, value }: &Pair) -> Defi {
    let mut defi = Defi::new(key, file, *line);
    if !value.is_map() {
        let message = Message::new("entry-not-a-mapping").with("id", key);
        defi.problems.push(Problem::of_entry(file, *line, message));
        return defi;
    }
    let mut reader = FieldReader::new(file, ProblemScope::Entry);
    reader.check_keys(value, &DEFI_KEYS);
    if let Some(title) = reader.scalar(value, "title") {
        defi.title = title;
    }
    defi.promotion_id = reader.scalar(value, "promotion");
    defi.administration = reader.scalar(value, "administration");
    defi.administration_website = reader.scalar(value, "administration_website");
    defi.website = reader.scalar(value, "website");
    defi.description = reader.scalar(value, "description");
    defi.duration_months = reader.whole(value, "duration_months");
    defi.year = reader.whole(value, "year");
    defi.skills = reader
        .texts(value, "skills")
        .into_iter()
        .map(|(_, skill)| skill)
        .collect();
    defi.projects = value
        .get("projects")
        .map_or(&[][..], Node::items)
        .iter()
        .map(|project| ProjectLink {
            title: project
                .get("title")
                .and_then(Node::scalar)
                .unwrap_or_default(),
            url: project.get("url").and_then(Node::scalar),
            line: project.get("url").map_or(project.line, |url| url.line),
        })
        .collect();
    let sources = reader.texts(value, "source_code");
    defi.problems.extend(reader.into_problems());
    for (line, text) in &sources {
        defi.add_source(text, *line);
    }
    if sources.is_empty() {
        suggest_source(&mut defi);
    }
    defi
}

/// A défi without address whose realisations lead to a repository: a problem that names it, for a person to decide.
fn suggest_source(defi: &mut Defi) {
    let found = defi.projects.iter().find_map(|project| {
        let address = parse_address(project.url.as_deref()?).ok()?;
        let is_sure = address.kind == AddressKind::Repository
            && address.family != ForgeFamily::Unknown
            && !address.inferred;
        is_sure.then_some((project.line, address.url))
    });
    if let Some((line, url)) = found {
        let message = Message::new("source-undeclared").with("url", &url);
        defi.problems.push(
            Problem::of_entry(&defi.file, line, message).with_suggestion(Some(
                Message::new("declare-source")
                    .with("key", "source_code")
                    .with("value", &url),
            )),
        );
    }
}
