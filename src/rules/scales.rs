// SPDX-License-Identifier: EUPL-1.2
//! Reads the scales of `rules/scales/`: ladders, counts, postures and points over facts.

use super::files::{RuleFiles, is_embedded};
use super::model::{Criterion, Level, Scale, ScaleKind, Test};
use super::parse::{Scope, predicate};
use super::read::{bilingual, sources};
use crate::model::document::{Node, NodeKind};
use crate::model::document_toml::parse_toml;
use crate::model::fields::FieldReader;
use crate::model::message::Message;
use crate::model::problem::{Problem, ProblemScope};

const KEYS: [&str; 8] = [
    "applies_when",
    "title",
    "kind",
    "source",
    "reviewed",
    "criterion",
    "level",
    "test",
];

/// Every scale; problems are added to `problems`.
pub(super) fn load(
    files: &RuleFiles,
    scope: &Scope<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Scale> {
    let mut scales = Vec::new();
    for (path, text) in files {
        let Some(id) = path
            .strip_prefix("scales/")
            .and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        let mut reader = FieldReader::new(path, ProblemScope::File);
        match parse_toml(text) {
            Ok(root) => {
                let scope = Scope {
                    is_embedded: is_embedded(path, text),
                    ..*scope
                };
                scales.extend(scale(&mut reader, &root, id, &scope));
            }
            Err(errors) => {
                for error in errors {
                    let message = Message::new("malformed").with("detail", error.message);
                    reader.note(error.line, message, None);
                }
            }
        }
        problems.extend(reader.into_problems());
    }
    scales
}

fn scale(reader: &mut FieldReader<'_>, root: &Node, id: &str, scope: &Scope<'_>) -> Option<Scale> {
    reader.check_keys(root, &KEYS);
    let title = bilingual(reader, root, "title");
    let reviewed = reader.required_text(root, "reviewed");
    let sources = sources(reader, root);
    let applies_when = root
        .get("applies_when")
        .and_then(|node| predicate(reader, node, scope));
    let kind = match reader
        .choice(root, "kind", &["ladder", "count", "posture", "points"])?
        .as_str()
    {
        "ladder" => ScaleKind::Ladder(criteria(reader, root, scope)),
        "count" => ScaleKind::Count(criteria(reader, root, scope)),
        "posture" => ScaleKind::Posture(levels(reader, root, scope)),
        _ => ScaleKind::Points(tests(reader, root, scope)),
    };
    Some(Scale {
        id: id.to_owned(),
        title: title?,
        sources,
        reviewed: reviewed?,
        applies_when,
        kind,
    })
}

fn criteria(reader: &mut FieldReader<'_>, root: &Node, scope: &Scope<'_>) -> Vec<Criterion> {
    let mut found = Vec::new();
    for table in reader.tables(root, "criterion") {
        reader.check_keys(
            table,
            &["id", "degree", "group", "title", "yes_when", "no_when"],
        );
        let id = reader.required_text(table, "id");
        let degree = integer(table, "degree").unwrap_or(0);
        let group = reader.choice(table, "group", &["prerequisite", "criterion"]);
        let title = bilingual(reader, table, "title");
        let yes_when = table
            .get("yes_when")
            .and_then(|node| predicate(reader, node, scope));
        let no_when = table
            .get("no_when")
            .and_then(|node| predicate(reader, node, scope));
        if table.get("yes_when").is_none() {
            reader.missing(table, "yes_when");
        }
        if let (Some(id), Some(title), Some(yes_when)) = (id, title, yes_when) {
            found.push(Criterion {
                id,
                degree: i32::try_from(degree).unwrap_or(0),
                is_prerequisite: group.as_deref() == Some("prerequisite"),
                title,
                yes_when,
                no_when,
            });
        }
    }
    found
}

fn levels(reader: &mut FieldReader<'_>, root: &Node, scope: &Scope<'_>) -> Vec<Level> {
    let mut found = Vec::new();
    for table in reader.tables(root, "level") {
        reader.check_keys(table, &["id", "title", "declared_when", "observed_when"]);
        let id = reader.required_text(table, "id");
        let title = bilingual(reader, table, "title");
        let mut condition = |key: &str| {
            table
                .get(key)
                .and_then(|node| predicate(reader, node, scope))
        };
        let (declared_when, observed_when) =
            (condition("declared_when"), condition("observed_when"));
        if let (Some(id), Some(title)) = (id, title) {
            found.push(Level {
                id,
                title,
                declared_when,
                observed_when,
            });
        }
    }
    found
}

fn tests(reader: &mut FieldReader<'_>, root: &Node, scope: &Scope<'_>) -> Vec<Test> {
    let mut found = Vec::new();
    for table in reader.tables(root, "test") {
        reader.check_keys(table, &["id", "points", "title", "when"]);
        let id = reader.required_text(table, "id");
        let title = bilingual(reader, table, "title");
        let points = integer(table, "points");
        let when = table
            .get("when")
            .and_then(|node| predicate(reader, node, scope));
        for (key, is_missing) in [
            ("points", points.is_none()),
            ("when", table.get("when").is_none()),
        ] {
            if is_missing {
                reader.missing(table, key);
            }
        }
        if let (Some(id), Some(title), Some(points), Some(when)) = (id, title, points, when) {
            found.push(Test {
                id,
                points,
                title,
                when,
            });
        }
    }
    found
}

/// A whole number of either sign.
fn integer(table: &Node, key: &str) -> Option<i64> {
    match &table.get(key)?.kind {
        NodeKind::Number(number) => number.parse().ok(),
        _ => None,
    }
}
