// SPDX-License-Identifier: EUPL-1.2
//! Classes of licences: which ones a French administration may choose, from `rules/data/licences.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::model::Bilingual;

/// Listed licences and the classes of all others, best class first.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceTable {
    /// Day of the last review, ISO 8601.
    pub reviewed: String,
    /// Version of the SPDX list against which the ids were checked.
    pub spdx_list_version: String,
    /// Where the table comes from.
    #[serde(default)]
    pub source: String,
    /// What an expression is applied to, by the fact that holds it.
    #[serde(default)]
    pub scope_of: BTreeMap<String, String>,
    /// Licences on the list.
    #[serde(default, rename = "licence")]
    pub licences: Vec<ListedLicence>,
    /// Classes, best first.
    #[serde(default, rename = "class")]
    pub classes: Vec<LicenceClass>,
}

/// A licence of the list.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedLicence {
    /// SPDX id.
    pub spdx: String,
    /// Name.
    pub name: String,
    /// `permissive` or `reciprocal`.
    pub family: String,
    /// `software`, `data`, `content`.
    pub scope: Vec<String>,
    /// `high`, `medium` or `low`: how sure the list is.
    pub confidence: String,
    /// The default to propose.
    #[serde(default)]
    pub recommended_default: bool,
    /// Ids that forges give for the same text.
    #[serde(default)]
    pub forge_keys: Vec<String>,
}

/// A class of licences.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceClass {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// SPDX ids of the class.
    #[serde(default)]
    pub ids: Vec<String>,
    /// SPDX ids with `*`.
    #[serde(default)]
    pub patterns: Vec<String>,
}

impl LicenceTable {
    /// The class of the SPDX expression that the fact `key` holds: of `OR` the best term, of `AND` the worst; an exception changes nothing.
    ///
    /// An expression that cannot be parsed is `unknown`.
    pub fn class_of(&self, expression: &str, key: &str) -> &str {
        let scope = self.scope_of.get(key).map_or("software", String::as_str);
        let worst = self.classes.len();
        let rank = self.rank_of(expression, scope).unwrap_or(worst);
        self.classes
            .get(rank)
            .map_or("unknown", |class| class.id.as_str())
    }

    fn rank_of(&self, expression: &str, scope: &str) -> Option<usize> {
        use spdx::expression::{ExprNode, Operator};
        let Ok(parsed) = spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX) else {
            // the table may list a misprint, which is no identifier
            return self
                .classes
                .iter()
                .position(|class| class.ids.iter().any(|id| id == expression));
        };
        let mut stack: Vec<usize> = Vec::new();
        for node in parsed.iter() {
            match node {
                ExprNode::Req(requirement) => {
                    // the text as written: LAX parsing turns a bare GNU id into another form
                    let text = requirement.req.license.to_string();
                    stack.push(self.rank(self.class_of_id(&written(expression, &text), scope)));
                }
                ExprNode::Op(operator) => {
                    let (b, a) = (stack.pop()?, stack.pop()?);
                    stack.push(match operator {
                        Operator::Or => a.min(b),
                        Operator::And => a.max(b),
                    });
                }
            }
        }
        stack.pop()
    }

    fn rank(&self, class: &str) -> usize {
        self.classes
            .iter()
            .position(|one| one.id == class)
            .unwrap_or(self.classes.len())
    }

    /// The class of one SPDX id applied to `scope`.
    fn class_of_id<'t>(&'t self, id: &str, scope: &str) -> &'t str {
        if let Some(listed) = self.licences.iter().find(|one| one.spdx == id) {
            if listed.confidence == "low" {
                return "listed-low-confidence";
            }
            return if listed.scope.iter().any(|one| one == scope) {
                "listed"
            } else {
                "wrong-scope"
            };
        }
        let is_form_unknown = self
            .licences
            .iter()
            .any(|one| one.forge_keys.iter().any(|key| key == id));
        if is_form_unknown {
            return "listed-form-unknown";
        }
        // patterns overlap (CC-BY-* holds CC-BY-NC-4.0): the worst class that matches decides
        let by_table = self.classes.iter().rev().find(|class| {
            class.ids.iter().any(|one| one == id)
                || class
                    .patterns
                    .iter()
                    .any(|pattern| glob_matches(pattern, id))
        });
        if let Some(class) = by_table {
            return &class.id;
        }
        match spdx::license_id(id) {
            Some(known) if known.is_osi_approved() || known.is_fsf_free_libre() => {
                "free-not-listed"
            }
            Some(_) => "not-free",
            None => "unknown",
        }
    }
}

/// The GNU id as it stands in the expression: `AGPL-3.0` must not become `AGPL-3.0-only`.
fn written(expression: &str, parsed: &str) -> String {
    let words = || {
        expression
            .split(|c: char| c.is_whitespace() || c == '(' || c == ')')
            .map(str::to_owned)
    };
    if words().any(|word| word == parsed) {
        return parsed.to_owned();
    }
    let bare = parsed
        .trim_end_matches("-only")
        .trim_end_matches("-or-later");
    words()
        .find(|word| word == bare)
        .unwrap_or_else(|| parsed.to_owned())
}

/// `*` stands for any run of characters.
fn glob_matches(pattern: &str, id: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = id.strip_prefix(first) else {
        return false;
    };
    let mut ends_open = pattern.len() > first.len();
    for part in parts {
        ends_open = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    ends_open || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> LicenceTable {
        let listed = |spdx: &str, confidence: &str, scope: &str, keys: &[&str]| ListedLicence {
            spdx: spdx.to_owned(),
            confidence: confidence.to_owned(),
            scope: vec![scope.to_owned()],
            forge_keys: keys.iter().map(|&key| key.to_owned()).collect(),
            ..ListedLicence::default()
        };
        let class = |id: &str, patterns: &[&str]| LicenceClass {
            id: id.to_owned(),
            patterns: patterns.iter().map(|&pattern| pattern.to_owned()).collect(),
            ..LicenceClass::default()
        };
        LicenceTable {
            licences: vec![
                listed("MIT", "high", "software", &[]),
                listed("AGPL-3.0-or-later", "high", "software", &["AGPL-3.0"]),
                listed("AGPL-3.0-only", "low", "software", &[]),
                listed("ODbL-1.0", "high", "data", &[]),
            ],
            classes: vec![
                class("listed", &[]),
                class("listed-form-unknown", &[]),
                class("listed-low-confidence", &[]),
                class("wrong-scope", &[]),
                class("family-listed-other-version", &["GPL-2.0*"]),
                class("not-free", &["CC-*-NC-*"]),
                class("free-not-listed", &[]),
                class("unknown", &[]),
            ],
            ..LicenceTable::default()
        }
    }

    #[test]
    fn ids_fall_into_their_class() {
        let table = table();
        for (expression, class) in [
            ("MIT", "listed"),
            ("AGPL-3.0", "listed-form-unknown"),
            ("AGPL-3.0-or-later", "listed"),
            ("AGPL-3.0-only", "listed-low-confidence"),
            ("ODbL-1.0", "wrong-scope"),
            ("GPL-2.0-or-later", "family-listed-other-version"),
            ("CC-BY-NC-SA-4.0", "not-free"),
            ("ISC", "free-not-listed"),
            ("LicenseRef-x", "unknown"),
            ("not an expression", "unknown"),
        ] {
            assert_eq!(
                table.class_of(expression, "licence.code"),
                class,
                "{expression}"
            );
        }
    }

    #[test]
    fn or_takes_the_best_term_and_and_the_worst() {
        let table = table();
        assert_eq!(table.class_of("ISC OR MIT", "licence.code"), "listed");
        assert_eq!(
            table.class_of("ISC AND MIT", "licence.code"),
            "free-not-listed"
        );
        assert_eq!(
            table.class_of("MIT AND (ISC OR CC-BY-NC-4.0)", "licence.code"),
            "not-free"
        );
        assert_eq!(
            table.class_of("GPL-2.0-only WITH Classpath-exception-2.0", "licence.code"),
            "family-listed-other-version"
        );
    }
}
