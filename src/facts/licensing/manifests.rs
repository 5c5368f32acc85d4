// SPDX-License-Identifier: EUPL-1.2
//! The licence fields of manifests, as written, with their line.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::declaration::{Declaration, Origin, Part, Reach, Worth};
use super::generators::{is_default, is_unfilled};
use super::paths::{is_copy_like, is_sample};
use crate::facts::licence::parse_declared;
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot};

/// Manifests read of one repository.
const MAX_MANIFESTS: usize = 60;

/// A value of a manifest before it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) value: String,
    pub(super) is_classifier: bool,
    pub(super) part: Part,
}

impl Field {
    fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            is_classifier: false,
            part: Part::All,
        }
    }

    fn classifier(value: &str) -> Self {
        Self {
            is_classifier: true,
            ..Self::new(value)
        }
    }
}

type Reader = fn(&str) -> Vec<Field>;

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("invariant: the pattern compiles")
}

/// The reader for a manifest by its name.
fn reader(entry: &Entry) -> Option<Reader> {
    Some(match entry.name() {
        "package.json" | "bower.json" | "composer.json" | "elm.json" | "codemeta.json"
        | ".zenodo.json" => json_manifest,
        "datapackage.json" => data_package,
        "pyproject.toml" | "Cargo.toml" => toml_manifest,
        "setup.py" => setup_py,
        "setup.cfg" => setup_cfg,
        "mix.exs" => mix,
        "pom.xml" => pom,
        "DESCRIPTION" => description,
        "deps.edn" | "project.clj" => clojure,
        "CITATION.cff" => citation,
        _ => match entry.extension().as_str() {
            "gemspec" | "podspec" => ruby,
            "csproj" | "nuspec" => nuget,
            "cabal" | "opam" => keyed,
            _ => return None,
        },
    })
}

/// Every licence field of the project's own manifests, the root's first.
pub(super) fn read(snapshot: &Snapshot) -> Vec<Declaration> {
    let mut entries: Vec<(&Entry, Reader)> = snapshot
        .files()
        .filter(|entry| !is_sample(entry.folder()) && !is_copy_like(entry.folder()))
        .filter_map(|entry| Some((entry, reader(entry)?)))
        .collect();
    entries.sort_by_key(|(entry, _)| (entry.path.matches('/').count(), entry.path.clone()));
    entries
        .into_iter()
        .take(MAX_MANIFESTS)
        .filter_map(|(entry, reader)| {
            let text = snapshot.text(entry).ok()?;
            let mut found = of_manifest(entry, reader, &text.text);
            if snapshot.is_in_root(entry) {
                for one in &mut found {
                    one.reach = Reach::Whole;
                }
            }
            Some(found)
        })
        .flatten()
        .collect()
}

fn of_manifest(entry: &Entry, reader: Reader, text: &str) -> Vec<Declaration> {
    if !text.to_ascii_lowercase().contains("licen") {
        return Vec::new();
    }
    reader(text)
        .into_iter()
        .filter(|field| !field.value.trim().is_empty())
        .map(|field| declaration(entry, text, field))
        .collect()
}

fn declaration(entry: &Entry, text: &str, field: Field) -> Declaration {
    let readable = readable(&field.value);
    let declared = parse_declared(&readable);
    let worth = if declared.expression.is_none() && is_unfilled(&field.value) {
        Worth::Unfilled
    } else if is_default(entry.name(), text, &field.value) {
        Worth::Default
    } else if is_refusal(&field.value) {
        Worth::Refused
    } else {
        Worth::Said
    };
    Declaration {
        path: entry.path.to_string(),
        line: line_of_value(text, &field.value),
        is_valid: declared.is_valid_spdx,
        expression: declared.expression,
        origin: if field.is_classifier {
            Origin::Classifier
        } else {
            Origin::Manifest
        },
        part: field.part,
        reach: if entry.is_at_root() {
            Reach::Whole
        } else {
            Reach::Folder
        },
        worth,
        value: field.value,
    }
}

/// Values that deny any grant.
fn is_refusal(value: &str) -> bool {
    matches!(
        fold_plain(value.trim()).as_str(),
        "unlicensed" | "proprietary" | "proprietaire" | "all rights reserved" | "private"
    )
}

/// The line of the licence field that holds `value`.
fn line_of_value(text: &str, value: &str) -> Option<u32> {
    // several values were joined: the first stands for all
    let first = value.split(" OR ").next().unwrap_or(value);
    let value = if text.contains(value) { value } else { first };
    let mut fallback = None;
    for (line, number) in text.lines().zip(1_u32..) {
        if line.contains(value) {
            let lower = line.to_ascii_lowercase();
            if lower.contains("licen") {
                return Some(number);
            }
            fallback = fallback.or(Some(number));
        }
    }
    fallback
}

/// A value in the form that [`parse_declared`] reads: R's forms and addresses of the SPDX list made plain.
fn readable(value: &str) -> String {
    static R_LATER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b([al]?gpl)(?:\s*-\s*\d)?\s*\(\s*>=\s*(\d(?:\.\d)?)(?:\.0)?\s*\)")
    });
    static R_FILE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*[+|]\s*file\s+\S+\s*$"));
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^https?://(?:www\.)?spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.(?:html|json))?$",
        )
    });
    let mut value = value.trim().to_owned();
    if value.starts_with("http") {
        value = ADDRESS.replace(&value, "$1").into_owned();
    }
    if value.contains("file") {
        value = R_FILE.replace(&value, "").into_owned();
    }
    if !value.contains(">=") {
        return value;
    }
    R_LATER
        .replace_all(&value, |found: &regex::Captures<'_>| {
            let family = found.get(1).map_or("", |m| m.as_str()).to_uppercase();
            let version = found.get(2).map_or("", |m| m.as_str());
            let dot = if version.contains('.') { "" } else { ".0" };
            format!("{family}-{version}{dot}-or-later")
        })
        .into_owned()
}

/// A licence as text, as `{type}`, `{name}`, `{id}` or `{text}`, or several of them, of which one may be chosen.
fn json_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => ["type", "name", "id", "@id", "text"]
            .iter()
            .find_map(|key| fields.get(*key)?.as_str())
            .map(str::to_owned),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(json_value).collect();
            (!items.is_empty()).then(|| items.join(" OR "))
        }
        _ => None,
    }
}

fn json_manifest(text: &str) -> Vec<Field> {
    let Ok(json) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    ["license", "licence", "licenses"]
        .iter()
        .filter_map(|key| json_value(json.get(key)?))
        .take(1)
        .map(Field::new)
        .collect()
}

fn data_package(text: &str) -> Vec<Field> {
    let mut fields = json_manifest(text);
    for field in &mut fields {
        field.part = Part::Data;
    }
    fields
}

fn toml_manifest(text: &str) -> Vec<Field> {
    let Ok(table) = text.parse::<toml::Table>() else {
        return Vec::new();
    };
    let at = |path: &[&str]| {
        let (first, rest) = path.split_first()?;
        rest.iter()
            .try_fold(table.get(*first)?, |value, key| value.get(key))
    };
    let mut out = Vec::new();
    for path in [
        &["project", "license"][..],
        &["tool", "poetry", "license"],
        &["tool", "flit", "metadata", "license"],
        &["package", "license"],
        &["workspace", "package", "license"],
    ] {
        let Some(value) = at(path) else { continue };
        let text = value
            .as_str()
            .or_else(|| value.get("text")?.as_str())
            // a whole licence text stands in no expression
            .filter(|text| !text.trim().contains('\n'));
        out.extend(text.map(Field::new));
    }
    for path in [
        &["project", "classifiers"][..],
        &["tool", "poetry", "classifiers"],
        &["tool", "flit", "metadata", "classifiers"],
    ] {
        let items = at(path).and_then(toml::Value::as_array);
        let texts = items.into_iter().flatten().filter_map(toml::Value::as_str);
        out.extend(texts.filter_map(classifier));
    }
    out
}

/// A trove classifier that names a licence; « OSI Approved » alone names none.
fn classifier(text: &str) -> Option<Field> {
    let text = text.trim();
    let name = text
        .strip_prefix("License ::")?
        .trim()
        .trim_start_matches("OSI Approved")
        .trim_start_matches([' ', ':']);
    (!name.is_empty()).then(|| Field::classifier(text))
}

fn setup_py(text: &str) -> Vec<Field> {
    static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#"(?m)(?:^|[\s,(])["']?license["']?\s*[=:]\s*["']([^"'\n]+)["']"#)
    });
    static CLASSIFIER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"["'](License :: [^"'\n]+)["']"#));
    let mut out: Vec<Field> = firsts(&LICENCE, text).take(1).map(Field::new).collect();
    out.extend(firsts(&CLASSIFIER, text).filter_map(classifier));
    out
}

fn setup_cfg(text: &str) -> Vec<Field> {
    static LICENCE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^license[ \t]*[=:][ \t]*([^\s#].*)$"));
    static CLASSIFIER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^\s+(License :: .+)$"));
    let mut out: Vec<Field> = firsts(&LICENCE, text).take(1).map(Field::new).collect();
    out.extend(firsts(&CLASSIFIER, text).filter_map(classifier));
    out
}

fn mix(text: &str) -> Vec<Field> {
    static LICENCES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"licenses:\s*(?:\[([^\]]*)\]|~w[\[({]([^\])}]*)[\])}])"));
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r#""([^"]+)""#));
    let Some(found) = LICENCES.captures(text) else {
        return Vec::new();
    };
    let names: Vec<&str> = match (found.get(1), found.get(2)) {
        (Some(list), _) => firsts(&WORD, list.as_str()).collect(),
        (None, Some(words)) => words.as_str().split_whitespace().collect(),
        (None, None) => Vec::new(),
    };
    vec![Field::new(names.join(" OR "))]
}

fn ruby(text: &str) -> Vec<Field> {
    static LICENCES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^\s*\w+\.licenses?\s*=\s*([^\n#]+)"));
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["']([^"']+)["']"#));
    let value = firsts(&LICENCES, text).next().unwrap_or_default();
    // `{ :type => 'MIT', :file => 'LICENSE' }` names one licence
    let limit = if value.contains("=>") { 1 } else { usize::MAX };
    let names: Vec<&str> = firsts(&WORD, value).take(limit).collect();
    vec![Field::new(names.join(" OR "))]
}

fn pom(text: &str) -> Vec<Field> {
    static LICENCES: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<licenses>(.*?)</licenses>"));
    static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<name>\s*([^<]+?)\s*</name>"));
    let list = firsts(&LICENCES, text).next().unwrap_or_default();
    firsts(&NAME, list).map(Field::new).collect()
}

fn description(text: &str) -> Vec<Field> {
    static LICENCE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^License:[ \t]*(\S.*?)[ \t\r]*$"));
    if !text.contains("Package:") {
        return Vec::new();
    }
    firsts(&LICENCE, text).take(1).map(Field::new).collect()
}

fn clojure(text: &str) -> Vec<Field> {
    static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#"(?s):licen[sc]es?\s*\[?\s*(?:\{[^}]*?:(?:name|id)\s+)?"([^"]+)""#)
    });
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?s)\[:licen[sc]e\s*\[:name\s+"([^"]+)""#));
    firsts(&LICENCE, text)
        .chain(firsts(&TAG, text))
        .take(1)
        .map(Field::new)
        .collect()
}

fn citation(text: &str) -> Vec<Field> {
    static LICENCE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?m)^license:[ \t]*["']?([^"'\s#][^"'\n#]*)"#));
    firsts(&LICENCE, text).take(1).map(Field::new).collect()
}

fn nuget(text: &str) -> Vec<Field> {
    static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#"<(?:PackageLicenseExpression|license type="expression")>\s*([^<]+?)\s*</"#)
    });
    firsts(&LICENCE, text).take(1).map(Field::new).collect()
}

fn keyed(text: &str) -> Vec<Field> {
    static LICENCE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?mi)^license:[ \t]*"?([^"\s][^"\n]*)"#));
    firsts(&LICENCE, text).take(1).map(Field::new).collect()
}

fn firsts<'t>(regex: &'t Regex, text: &'t str) -> impl Iterator<Item = &'t str> {
    regex
        .captures_iter(text)
        .filter_map(|found| Some(found.get(1)?.as_str().trim()))
}
