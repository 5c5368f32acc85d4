// SPDX-License-Identifier: EUPL-1.2
//! SPDX expressions taken apart: identifiers, GNU families, licences made for contents, agreement between two expressions.

use std::collections::BTreeSet;

/// The identifiers of `expression`, exceptions left out.
pub(super) fn ids(expression: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut is_exception = false;
    for word in expression
        .split(|c: char| c.is_whitespace() || c == '(' || c == ')')
        .filter(|word| !word.is_empty())
    {
        match word {
            "AND" | "OR" => {}
            "WITH" => is_exception = true,
            _ if is_exception => is_exception = false,
            id => out.push(id),
        }
    }
    out
}

/// True for an identifier of the GNU families whose versions may be bound.
pub(super) fn is_gnu(id: &str) -> bool {
    ["GPL-", "LGPL-", "AGPL-", "GFDL-"]
        .iter()
        .any(|family| id.starts_with(family))
}

/// A GNU identifier without `-only` and `-or-later`; any other as it is.
pub(super) fn base(id: &str) -> &str {
    if !is_gnu(id) {
        return id;
    }
    id.strip_suffix("-only")
        .or_else(|| id.strip_suffix("-or-later"))
        .or_else(|| id.strip_suffix('+'))
        .unwrap_or(id)
}

/// `only` or `or-later`, when the identifier says it.
pub(super) fn versions(id: &str) -> Option<&'static str> {
    if !is_gnu(id) {
        return None;
    }
    if id.ends_with("-or-later") || id.ends_with('+') {
        Some("or-later")
    } else {
        id.ends_with("-only").then_some("only")
    }
}

/// The set of identifiers, GNU ones without their binding.
pub(super) fn bases(expression: &str) -> BTreeSet<String> {
    ids(expression)
        .into_iter()
        .map(|id| base(id).to_ascii_lowercase())
        .collect()
}

/// True for licences made for texts, media and data, not for software.
pub(super) fn is_for_content(id: &str) -> bool {
    const CONTENT: [&str; 10] = [
        "etalab-", "CC-", "CC0-", "ODbL-", "ODC-", "PDDL-", "GFDL-", "OGL-", "DL-DE-", "CDLA-",
    ];
    CONTENT.iter().any(|family| id.starts_with(family))
}

/// True when every identifier of `expression` is made for contents.
pub(super) fn is_all_content(expression: &str) -> bool {
    let ids = ids(expression);
    !ids.is_empty() && ids.into_iter().all(is_for_content)
}

/// The operands of an `AND` on the outermost level.
pub(super) fn operands(expression: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0_usize;
    for word in expression.split_whitespace() {
        if word == "AND" && depth == 0 {
            out.push(String::new());
            continue;
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
        if let Some(last) = out.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    let mut out: Vec<String> = out
        .into_iter()
        .map(|operand| unwrapped(&operand).to_owned())
        .collect();
    // an OR outside brackets binds weaker than AND: nothing can be taken apart
    if out.len() > 1 && has_outer_or(expression) {
        out = vec![expression.to_owned()];
    }
    out
}

fn unwrapped(operand: &str) -> &str {
    operand
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(|inner| !inner.contains(['(', ')']))
        .unwrap_or(operand)
}

fn has_outer_or(expression: &str) -> bool {
    let mut depth = 0_usize;
    for word in expression.split_whitespace() {
        if word == "OR" && depth == 0 {
            return true;
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
    }
    false
}

/// Joins expressions that all hold, each once; alternatives are bracketed.
pub(super) fn all_of<'e>(expressions: impl IntoIterator<Item = &'e str>) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    for operand in expressions.into_iter().flat_map(operands) {
        let vaguer = |known: &String| base(known) == operand && *known != operand;
        if out.contains(&operand) || out.iter().any(vaguer) {
            continue;
        }
        // the more precise form of a GNU licence replaces the bare one
        match out
            .iter_mut()
            .find(|known| is_gnu(known) && base(&operand) == known.as_str())
        {
            Some(known) => *known = operand,
            None => out.push(operand),
        }
    }
    let several = out.len() > 1;
    let parts: Vec<String> = out
        .into_iter()
        .map(|part| {
            if several && part.contains(" OR ") {
                format!("({part})")
            } else {
                part
            }
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// True when what `said` names is among what `known` names, and no GNU version is bound otherwise.
pub(super) fn agrees(said: &str, known: &str) -> bool {
    let known_ids = ids(known);
    ids(said).into_iter().all(|id| {
        let same: Vec<&&str> = known_ids
            .iter()
            .filter(|other| base(other).eq_ignore_ascii_case(base(id)))
            .collect();
        !same.is_empty()
            && same
                .iter()
                .any(|other| match (versions(id), versions(other)) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                })
    })
}

/// True when an alternative that `said` offers is what `known` holds: « MIT OR Apache-2.0 » beside the text of MIT.
pub(super) fn offers(said: &str, known: &str) -> bool {
    has_outer_or(said) && agrees(known, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_taken_apart() {
        assert_eq!(
            ids("(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0"),
            ["MIT", "Apache-2.0", "GPL-2.0-only"]
        );
        assert_eq!(operands("MIT AND etalab-2.0"), ["MIT", "etalab-2.0"]);
        assert_eq!(
            operands("(MIT OR ISC) AND CC0-1.0"),
            ["MIT OR ISC", "CC0-1.0"]
        );
        assert_eq!(operands("MIT OR Apache-2.0"), ["MIT OR Apache-2.0"]);
        assert_eq!(
            operands("MIT OR ISC AND CC0-1.0"),
            ["MIT OR ISC AND CC0-1.0"]
        );
    }

    #[test]
    fn joining_keeps_the_precise_form() {
        assert_eq!(
            all_of(["AGPL-3.0", "MIT", "AGPL-3.0-or-later", "MIT"]).as_deref(),
            Some("AGPL-3.0-or-later AND MIT")
        );
        assert_eq!(
            all_of(["MIT OR ISC", "CC0-1.0"]).as_deref(),
            Some("(MIT OR ISC) AND CC0-1.0")
        );
        assert_eq!(all_of([]), None);
    }

    #[test]
    fn a_bare_gnu_identifier_agrees_with_both_bindings() {
        assert!(agrees("AGPL-3.0", "AGPL-3.0-or-later"));
        assert!(agrees("AGPL-3.0-or-later", "AGPL-3.0"));
        assert!(!agrees("AGPL-3.0-only", "AGPL-3.0-or-later"));
        assert!(!agrees("GPL-3.0", "AGPL-3.0"));
        assert!(!agrees("MIT", "Apache-2.0"));
        assert!(agrees("MIT", "MIT AND etalab-2.0"));
        assert!(!agrees("MIT OR Apache-2.0", "MIT"));
        assert!(offers("MIT OR Apache-2.0", "MIT"));
        assert!(!offers("MIT AND Apache-2.0", "MIT"));
    }
}
