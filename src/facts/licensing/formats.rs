// SPDX-License-Identifier: EUPL-1.2
//! The formats of manifests: where each keeps its licence, and where a broken one breaks off.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::declaration::Part;
use crate::facts::pattern::wide as pattern;
use crate::model::text::line_of;
use crate::snapshot::Entry;

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

/// Where a manifest stops being what it claims to be, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) line: u32,
    pub(super) column: u32,
}

/// How a kind of manifest is read.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// Parsed whole: a flaw hides every field.
    Parsed(fn(&str) -> Result<Vec<Field>, Flaw>),
    /// Searched line by line: nothing can be malformed.
    Searched(fn(&str) -> Vec<Field>),
}

impl Reader {
    /// The licence fields of `text`.
    pub(super) fn fields(self, text: &str) -> Result<Vec<Field>, Flaw> {
        match self {
            Self::Parsed(parse) => parse(text),
            Self::Searched(search) => Ok(search(text)),
        }
    }
}

/// The reader for a manifest by its name.
pub(super) fn reader(entry: &Entry) -> Option<Reader> {
    Some(match entry.name() {
        "package.json" | "bower.json" | "composer.json" | "elm.json" | "codemeta.json"
        | ".zenodo.json" => Reader::Parsed(json_manifest),
        "datapackage.json" => Reader::Parsed(data_package),
        "pyproject.toml" | "Cargo.toml" => Reader::Parsed(toml_manifest),
        "setup.py" => Reader::Searched(setup_py),
        "setup.cfg" => Reader::Searched(setup_cfg),
        "mix.exs" => Reader::Searched(mix),
        "pom.xml" => Reader::Searched(pom),
        "DESCRIPTION" => Reader::Searched(description),
        "deps.edn" | "project.clj" => Reader::Searched(clojure),
        "CITATION.cff" => Reader::Searched(citation),
        _ => Reader::Searched(match entry.extension().as_str() {
            "gemspec" | "podspec" => ruby,
            "csproj" | "nuspec" => nuget,
            "cabal" | "opam" => keyed,
            _ => return None,
        }),
    })
}

/// True for manifests whose tools read the licence as an SPDX expression.
pub(super) fn wants_spdx(name: &str) -> bool {
    matches!(
        name,
        "package.json"
            | "bower.json"
            | "composer.json"
            | "elm.json"
            | "Cargo.toml"
            | "CITATION.cff"
            | "publiccode.yml"
            | "publiccode.yaml"
    )
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

fn json_manifest(text: &str) -> Result<Vec<Field>, Flaw> {
    let json: Value = serde_json::from_str(text).map_err(|error| Flaw {
        line: u32::try_from(error.line()).unwrap_or(u32::MAX).max(1),
        column: u32::try_from(error.column()).unwrap_or(u32::MAX).max(1),
    })?;
    let found = ["license", "licence", "licenses"]
        .iter()
        .filter_map(|key| json_value(json.get(key)?));
    Ok(found.take(1).map(Field::new).collect())
}

fn data_package(text: &str) -> Result<Vec<Field>, Flaw> {
    let mut fields = json_manifest(text)?;
    for field in &mut fields {
        field.part = Part::Data;
    }
    Ok(fields)
}

/// A table of TOML, or the place where it breaks off.
pub(super) fn toml_table(text: &str) -> Result<toml::Table, Flaw> {
    text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let start = text.as_bytes()[..at].iter().rposition(|&b| b == b'\n');
        let column = at - start.map_or(0, |newline| newline + 1) + 1;
        Flaw {
            line: line_of(text, at),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    })
}

fn toml_manifest(text: &str) -> Result<Vec<Field>, Flaw> {
    let table = toml_table(text)?;
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
    Ok(out)
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
