// SPDX-License-Identifier: EUPL-1.2
//! Values of `${{ matrix.x }}`, `${{ env.x }}` and `${{ inputs.x }}` that the file itself gives, put into commands.

use std::collections::BTreeMap;

use crate::model::document::Node;

/// Variants of one command at most.
const MOST_VARIANTS: usize = 24;

/// Values kept for one name at most.
const MOST_VALUES: usize = 60;

/// Values by `matrix.x`, `env.x` and `inputs.x`.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables(BTreeMap<String, Vec<String>>);

impl Variables {
    /// Adds a value of a name.
    pub(super) fn add(&mut self, name: String, value: String) {
        let values = self.0.entry(name).or_default();
        if values.len() < MOST_VALUES && !values.contains(&value) {
            values.push(value);
        }
    }

    /// Replaces what an outer block said.
    fn put(&mut self, name: String, value: String) {
        self.0.insert(name, vec![value]);
    }

    /// The names of an `env:` block.
    pub(super) fn with_env(mut self, block: Option<&Node>) -> Self {
        for pair in block.map(Node::pairs).unwrap_or_default() {
            if let Some(value) = pair.value.scalar() {
                self.put(format!("env.{}", pair.key), value);
            }
        }
        self
    }

    /// The names of a job's matrix; values of records are `matrix.x.y`.
    pub(super) fn with_matrix(mut self, job: &Node) -> Self {
        let matrix = job.at(&["strategy", "matrix"]);
        for pair in matrix.map(Node::pairs).unwrap_or_default() {
            let is_list_of_jobs = pair.key == "include";
            if pair.key == "exclude" {
                continue;
            }
            for item in pair.value.items() {
                let name = format!("matrix.{}", pair.key);
                match item.scalar() {
                    Some(value) => self.add(name, value),
                    None => {
                        for field in item.pairs() {
                            let Some(value) = field.value.scalar() else {
                                continue;
                            };
                            let key = if is_list_of_jobs {
                                format!("matrix.{}", field.key)
                            } else {
                                format!("{name}.{}", field.key)
                            };
                            self.add(key, value);
                        }
                    }
                }
            }
        }
        self
    }

    /// The names of `inputs:`, with what callers give and else their default.
    pub(super) fn with_inputs(
        mut self,
        declared: Option<&Node>,
        given: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        for pair in declared.map(Node::pairs).unwrap_or_default() {
            if !given.contains_key(&pair.key)
                && let Some(value) = pair.value.get("default").and_then(Node::scalar)
            {
                self.add(format!("inputs.{}", pair.key), value);
            }
        }
        for (name, values) in given {
            for value in values {
                self.add(format!("inputs.{name}"), value.clone());
            }
        }
        self
    }

    /// A text with every known name put in, once for each value.
    pub(super) fn variants(&self, text: &str) -> Vec<String> {
        if !text.contains("${{") {
            return vec![text.to_owned()];
        }
        let mut found = vec![plainly_spaced(text)];
        for (name, values) in &self.0 {
            let mark = format!("${{{{ {name} }}}}");
            if !found.iter().any(|text| text.contains(&mark)) {
                continue;
            }
            let filled: Vec<String> = found
                .iter()
                .flat_map(|text| {
                    values
                        .iter()
                        .map(|value| text.replace(&mark, &value.trim().replace('\n', " ; ")))
                })
                .take(MOST_VARIANTS)
                .collect();
            found = filled;
        }
        found
    }
}

/// `${{x}}` and `${{  x  }}` as `${{ x }}`.
fn plainly_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${{") {
        out.push_str(before);
        let Some((inner, behind)) = after.split_once("}}") else {
            out.push_str("${{");
            rest = after;
            continue;
        };
        out.push_str("${{ ");
        out.push_str(inner.trim());
        out.push_str(" }}");
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod checks {
    use super::*;
    use crate::model::document::parse_yaml;

    #[test]
    fn each_value_of_a_matrix_is_a_command() {
        let job = parse_yaml(
            "strategy:\n  matrix:\n    cmd: [test, lint]\n    app: [{dir: a}]\n    include:\n      - {extra: --ci}\n",
        )
        .unwrap();
        let variables = Variables::default().with_matrix(&job);
        assert_eq!(
            variables.variants("npm run ${{matrix.cmd}} ${{ matrix.extra }}"),
            ["npm run test --ci", "npm run lint --ci"]
        );
        assert_eq!(variables.variants("${{ matrix.app.dir }}"), ["a"]);
        assert_eq!(variables.variants("${{ secrets.X }}"), ["${{ secrets.X }}"]);
        assert_eq!(variables.variants("a ${{ b"), ["a ${{ b"]);
    }

    #[test]
    fn variants_are_bounded() {
        let mut variables = Variables::default();
        for n in 0..100 {
            for name in ["a", "b", "c", "d"] {
                variables.add(format!("matrix.{name}"), n.to_string());
            }
        }
        let text = "${{ matrix.a }}${{ matrix.b }}${{ matrix.c }}${{ matrix.d }}";
        assert_eq!(variables.variants(text).len(), MOST_VARIANTS);
    }
}
