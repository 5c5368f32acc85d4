// SPDX-License-Identifier: EUPL-1.2
//! `perenne.toml`: a programme, its défis or the catalogues that list them, and how it is audited.
//!
//! Every part is optional; unknown keys are problems, all listed at once with their lines. Paths are relative to the
//! file. Tokens never stand here: only the names of environment variables that hold them.
//!
//! ```toml
//! [programme]
//! title = "Programme d’exemple"
//! language = "fr"                              # fr or en
//!
//! # Promotions: `id` is what défis write (`promotion: 4`), `name` is displayed. A promotion of `promos.yml` is
//! # completed. Milestones follow from start and duration unless a day is given.
//! [[promotion]]
//! id = "4"
//! name = "EIG 4"
//! title = "Les défis EIG 4"
//! starts = 2020-09-01
//! duration_months = 10
//! midterm = 2021-02-01
//! handover = 2021-06-30
//!
//! # Other catalogues of this programme; `from` (eig, toml or list) forces the format.
//! [[source]]
//! path = "defis.yml"
//! from = "eig"
//!
//! # Défis of its own. Only `id` is mandatory. Repositories are addresses, or paths that begin with `./`, `../` or
//! # `/`, or that end with `.bundle`; an account or a site stands for its repositories. The first one is the main one.
//! [[defi]]
//! id = "Cartes"
//! title = "Cartes ouvertes"
//! promotion = "4"
//! administration = "Ministère de l’Exemple"
//! administration_website = "https://exemple.gouv.fr"
//! website = "https://cartes.exemple.gouv.fr"
//! description = "Des cartes pour chacun"
//! starts = 2020-10-01
//! duration_months = 9
//! midterm = 2021-03-01
//! handover = 2021-06-30
//! year = 2020
//! skills = ["dev", "design"]
//! repositories = ["https://github.com/exemple/cartes", "./depots/cartes-api.bundle"]
//!
//! # Forges that need more than their name. `kind`: github, gitlab, forgejo, gitea or git.
//! [[forge]]
//! host = "git.exemple.fr"
//! kind = "gitlab"
//! url = "https://git.exemple.fr"
//! token_env = "EXEMPLE_TOKEN"                  # or a list of names
//! concurrency = 2
//! allow_private = true
//! allow_http = false
//! allow_ssh = false
//!
//! # Rules that differ from what is shipped. `severity`: law, programme, recommended or bonus.
//! [rules.commits-recent]
//! enabled = true
//! weight = 5
//! severity = "recommended"
//! params = { max_days = 400 }
//!
//! # Exceptions, shown on every page; `defi` and `repository` narrow them.
//! [[waiver]]
//! rule = "ci-present"
//! reason = "Le défi ne produit que des documents."
//! author = "équipe d’animation"
//! expires = 2027-06-30
//! defi = "Cartes"
//! repository = "https://github.com/exemple/cartes"
//!
//! [site]
//! url = "https://audits.exemple.fr"
//! indexed = false
//! publisher = "Équipe d’animation"
//! contact = "https://exemple.fr/contact"
//! contest_url = "https://exemple.fr/contester"
//! ```

use super::config::read_config;
use super::{
    Catalogue, CatalogueError, Defi, Format, ProgrammeWaiver, Promotion, too_many_entries,
};
use crate::model::document::Node;
use crate::model::document_toml::parse_toml;
use crate::model::fields::FieldReader;
use crate::model::finding::WaiverOrigin;
use crate::model::limits::CATALOGUE_ENTRIES;
use crate::model::project::{WAIVER_KEYS, read_waiver};
use crate::model::url::parse_address;
use crate::model::{DefiId, Message, ProblemScope};

/// Tables of the file.
const TOP_KEYS: [&str; 8] = [
    "programme",
    "promotion",
    "source",
    "defi",
    "forge",
    "rules",
    "waiver",
    "site",
];

const PROMOTION_KEYS: [&str; 7] = [
    "id",
    "name",
    "title",
    "starts",
    "duration_months",
    "midterm",
    "handover",
];

const DEFI_KEYS: [&str; 14] = [
    "id",
    "title",
    "promotion",
    "administration",
    "administration_website",
    "website",
    "description",
    "starts",
    "duration_months",
    "midterm",
    "handover",
    "year",
    "skills",
    "repositories",
];

/// Another catalogue that a `perenne.toml` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path, relative to the file that names it.
    pub path: String,
    /// Its format, when it is forced.
    pub from: Option<Format>,
    /// Line at which it is named.
    pub line: u32,
}

/// Reads a `perenne.toml`: what it says itself, and the catalogues that it names.
///
/// # Errors
/// Malformed TOML, with every place that the parser found.
pub fn parse_perenne(
    file: &str,
    text: &str,
) -> Result<(Catalogue, Vec<SourceFile>), CatalogueError> {
    let root = parse_toml(text).map_err(|errors| CatalogueError::Syntax {
        file: file.to_owned(),
        format: Format::Toml,
        errors,
    })?;
    let mut reader = FieldReader::new(file, ProblemScope::File);
    reader.check_keys(&root, &TOP_KEYS);
    let mut catalogue = Catalogue::default();
    if let Some(table) = reader.table(&root, "programme") {
        reader.check_keys(table, &["title", "language"]);
        catalogue.programme.title = reader.text(table, "title");
        catalogue.programme.language = reader.choice(table, "language", &["fr", "en"]);
    }
    for table in reader.tables(&root, "promotion") {
        let promotion = read_promotion(&mut reader, table);
        if let Some(promotion) = promotion {
            catalogue.programme.add_promotion(promotion);
        }
    }
    let mut sources = Vec::new();
    for table in reader.tables(&root, "source") {
        reader.check_keys(table, &["path", "from"]);
        let from = reader.choice(table, "from", &Format::NAMES.map(|(name, _)| name));
        if let Some(path) = reader.required_text(table, "path") {
            sources.push(SourceFile {
                path,
                from: from.as_deref().and_then(Format::named),
                line: table.line,
            });
        }
    }
    let mut excess = None;
    for table in reader.tables(&root, "defi") {
        if catalogue.defis.len() >= CATALOGUE_ENTRIES {
            excess = Some(too_many_entries(file, table.line));
            break;
        }
        catalogue.defis.push(read_defi(file, table));
    }
    for table in reader.tables(&root, "waiver") {
        let waiver = read_scoped_waiver(&mut reader, table);
        catalogue.waivers.extend(waiver);
    }
    read_config(&mut reader, &root, &mut catalogue);
    catalogue.problems = reader.into_problems();
    catalogue.problems.extend(excess);
    Ok((catalogue, sources))
}

fn read_promotion(reader: &mut FieldReader<'_>, table: &Node) -> Option<Promotion> {
    reader.check_keys(table, &PROMOTION_KEYS);
    let id = reader.scalar(table, "id");
    if id.is_none() {
        reader.missing(table, "id");
    }
    let promotion = Promotion {
        id: id.clone().unwrap_or_default(),
        name: reader.text(table, "name"),
        title: reader.text(table, "title"),
        starts: reader.date(table, "starts"),
        duration_months: reader.whole(table, "duration_months"),
        midterm: reader.date(table, "midterm"),
        handover: reader.date(table, "handover"),
    };
    id.is_some().then_some(promotion)
}

/// Reads one défi; without `id` it is named by its title or its line, so that nothing is lost.
fn read_defi(file: &str, table: &Node) -> Defi {
    let mut reader = FieldReader::new(file, ProblemScope::Entry);
    reader.check_keys(table, &DEFI_KEYS);
    let title = reader.text(table, "title");
    let id = reader.scalar(table, "id");
    if id.is_none() {
        reader.missing(table, "id");
    }
    let id = id
        .or_else(|| title.clone())
        .unwrap_or_else(|| format!("defi {}", table.line));
    let mut defi = Defi::new(&id, file, table.line);
    if let Some(title) = title {
        defi.title = title;
    }
    defi.promotion_id = reader.scalar(table, "promotion");
    defi.administration = reader.text(table, "administration");
    defi.administration_website = reader.text(table, "administration_website");
    defi.website = reader.text(table, "website");
    defi.description = reader.text(table, "description");
    defi.starts = reader.date(table, "starts");
    defi.duration_months = reader.whole(table, "duration_months");
    defi.midterm = reader.date(table, "midterm");
    defi.handover = reader.date(table, "handover");
    defi.year = reader.whole(table, "year");
    defi.skills = reader
        .texts(table, "skills")
        .into_iter()
        .map(|(_, skill)| skill)
        .collect();
    let repositories = reader.texts(table, "repositories");
    defi.problems.extend(reader.into_problems());
    for (line, text) in repositories {
        defi.add_source(&text, line);
    }
    defi
}

fn read_scoped_waiver(reader: &mut FieldReader<'_>, table: &Node) -> Option<ProgrammeWaiver> {
    let known = [&WAIVER_KEYS[..], &["defi", "repository"]].concat();
    reader.check_keys(table, &known);
    let waiver = read_waiver(reader, table, WaiverOrigin::Catalogue);
    let defi = reader.scalar(table, "defi").map(DefiId::new);
    // a scope that cannot be read must not widen the waiver to everything
    let mut is_readable = table.get("defi").is_none() || defi.is_some();
    let mut repository = None;
    if let Some(text) = reader.text(table, "repository") {
        match parse_address(&text).map(|address| address.repository_id()) {
            Ok(Some(id)) => repository = Some(id),
            Ok(None) => {
                is_readable = false;
                let message = Message::new("expected-repository");
                reader.note(table.line, message.with("key", "repository"), None);
            }
            Err(problem) => {
                is_readable = false;
                reader.note(table.line, problem.message(), problem.suggestion());
            }
        }
    } else if table.get("repository").is_some() {
        is_readable = false;
    }
    is_readable.then_some(ProgrammeWaiver {
        waiver: waiver?,
        defi,
        repository,
        file: reader.file().to_owned(),
        line: table.line,
    })
}
