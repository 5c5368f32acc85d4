// SPDX-License-Identifier: EUPL-1.2
//! When definitions run, as far as changes are concerned: pushes to the default branch, pull or merge requests.

use regex::RegexBuilder;

/// An answer that a definition gives, in the order in which the better one of two counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// It does not.
    #[default]
    No,
    /// It depends on something that the tree does not tell.
    Unclear,
    /// It does.
    Yes,
}

impl From<bool> for Told {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl Told {
    /// The opposite; what is unclear stays so.
    pub(super) fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unclear => Self::Unclear,
            Self::Yes => Self::No,
        }
    }
}

/// When a definition runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Triggers {
    /// On pushes to the default branch.
    pub(super) push: Told,
    /// On pushes to every branch, so that requests are covered too.
    pub(super) every: bool,
    /// On pull or merge requests towards the default branch.
    pub(super) request: Told,
    /// Line that says so; 0 where it is the system's default.
    pub(super) line: u32,
    /// Filters that keep the default branch out: line and what is written there.
    pub(super) filters: Vec<(u32, String)>,
    /// Names of workflows after which this one runs.
    pub(super) after: Vec<String>,
    /// Names of the events, where the system has names for them.
    pub(super) events: Vec<String>,
}

impl Triggers {
    /// What systems do that run on every push unless told otherwise.
    pub(super) fn always() -> Self {
        Self {
            push: Told::Yes,
            every: true,
            request: Told::Yes,
            ..Self::default()
        }
    }

    /// What a system does whose triggers are set outside the repository.
    pub(super) fn set_elsewhere() -> Self {
        Self {
            push: Told::Unclear,
            request: Told::Unclear,
            ..Self::default()
        }
    }

    /// Whether requests are covered, by themselves or because every push is.
    pub(super) fn requests(&self) -> Told {
        self.request.max(self.every.into())
    }

    /// True for what only runs when a workflow calls it.
    pub(super) fn is_only_called(&self) -> bool {
        !self.events.is_empty() && self.events.iter().all(|event| event == "workflow_call")
    }

    /// Adds the occasions on which something else starts this definition.
    pub(super) fn started_by(&mut self, other: &Self) {
        self.push = self.push.max(other.push);
        self.request = self.request.max(other.request);
        self.every |= other.every;
    }
}

/// Longest pattern of branches that is tried.
const PATTERN_BYTES: usize = 300;

/// Whether a list of patterns holds the default branch; a pattern after `!` takes away again.
pub(super) fn listed(default: Option<&str>, patterns: &[String]) -> Told {
    let mut told = Told::No;
    for pattern in patterns {
        let (pattern, hit) = match pattern.strip_prefix('!') {
            Some(rest) => (rest, Told::No),
            None => (pattern.as_str(), Told::Yes),
        };
        match is_like(default, pattern) {
            Told::Yes => told = hit,
            Told::Unclear if told != hit => told = Told::Unclear,
            Told::Unclear | Told::No => {}
        }
    }
    told
}

/// True when patterns name every branch.
pub(super) fn names_all(patterns: &[String]) -> bool {
    patterns
        .iter()
        .any(|pattern| matches!(pattern.as_str(), "*" | "**" | "**/*" | "/.*/" | "branches"))
}

/// Whether a pattern is the default branch: a name, a glob, or an expression between slashes.
pub(super) fn is_like(default: Option<&str>, pattern: &str) -> Told {
    if matches!(pattern, "*" | "**" | "/.*/") {
        return Told::Yes;
    }
    let Some(default) = default else {
        return Told::Unclear;
    };
    if pattern == default {
        return Told::Yes;
    }
    if let Some(inner) = pattern.strip_prefix('/')
        && let Some((expression, _)) = inner.rsplit_once('/')
    {
        return found_in(default, expression);
    }
    if !pattern.contains(['*', '?', '[', '+']) {
        return Told::No;
    }
    found_in(default, &format!("^(?:{})$", expression_of(pattern)))
}

/// Whether an expression is found in a name; unclear when it is not one that we can run.
pub(super) fn found_in(name: &str, expression: &str) -> Told {
    if expression.len() > PATTERN_BYTES {
        return Told::Unclear;
    }
    RegexBuilder::new(expression)
        .size_limit(1 << 18)
        .build()
        .map_or(Told::Unclear, |regex| regex.is_match(name).into())
}

/// A glob of branches as an expression.
fn expression_of(glob: &str) -> String {
    let mut out = String::with_capacity(glob.len() * 2);
    let mut chars = glob.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
                out.push_str(".*");
            }
            '*' => out.push_str("[^/]*"),
            '?' | '+' | '[' | ']' | '-' => out.push(c),
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

#[cfg(test)]
mod checks {
    use super::*;

    fn of(default: Option<&str>, patterns: &[&str]) -> Told {
        let patterns: Vec<String> = patterns.iter().map(|one| (*one).to_owned()).collect();
        listed(default, &patterns)
    }

    #[test]
    fn branches_are_names_globs_and_expressions() {
        for (patterns, expected) in [
            (&["main"][..], Told::Yes),
            (&["master"], Told::No),
            (&["**"], Told::Yes),
            (&["ma*"], Told::Yes),
            (&["releases/**"], Told::No),
            (&["m[a-z]in"], Told::Yes),
            (&["/^main$/"], Told::Yes),
            (&["/^release-.*$/"], Told::No),
            (&["**", "!main"], Told::No),
            (&["!main", "main"], Told::Yes),
            (&["/(?=x)/"], Told::Unclear),
            (&["[z-a]"], Told::Unclear),
        ] {
            assert_eq!(of(Some("main"), patterns), expected, "{patterns:?}");
        }
        assert_eq!(of(Some("feature/x"), &["feature/*"]), Told::Yes);
        assert_eq!(of(Some("a/b/c"), &["a/*"]), Told::No);
    }

    #[test]
    fn a_name_says_nothing_of_a_default_branch_that_is_not_known() {
        assert_eq!(of(None, &["main"]), Told::Unclear);
        assert_eq!(of(None, &["main", "**"]), Told::Yes);
        assert_eq!(of(None, &[]), Told::No);
        assert_eq!(
            of(Some("main"), &[&"(".repeat(5000)]),
            Told::No,
            "a name without wildcard is a name"
        );
        assert_eq!(of(Some("main"), &[&"[".repeat(5000)]), Told::Unclear);
    }
}
