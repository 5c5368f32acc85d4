// SPDX-License-Identifier: EUPL-1.2
//! A repository's own `.perenne.toml`: what its team says about it. Text in, configuration and problems out.
//!
//! ```toml
//! kind = "library"                       # overrides the kind that was recognised
//! roots = ["packages/serveur"]           # roots of the project in a repository that holds several
//! exclude = ["examples/**", "**/*.min.js"]
//!
//! [[waiver]]                             # all four keys are mandatory
//! rule = "ci-present"
//! reason = "La documentation est produite à la main."
//! author = "équipe du défi"
//! expires = 2027-06-30
//! ```

use regex::Regex;

use super::date::Date;
use super::document::Node;
use super::document_toml::parse_toml;
use super::fields::FieldReader;
use super::finding::{Waiver, WaiverOrigin};
use super::ids::RuleId;
use super::message::Message;
use super::problem::{Problem, ProblemScope};

/// Name of the file, at the root of a repository.
pub const PROJECT_FILE: &str = ".perenne.toml";

/// Kinds of repository that may be declared.
pub const PROJECT_KINDS: [&str; 9] = [
    "service",
    "library",
    "cli",
    "data-pipeline",
    "website",
    "documentation",
    "data",
    "design",
    "mixed",
];

/// Most patterns and roots that are read of one file.
const LIST_ITEMS: usize = 200;

/// Longest pattern or root, in bytes.
const PATTERN_BYTES: usize = 400;

/// What a repository says of itself.
#[derive(Debug, Clone, Default)]
pub struct ProjectConfig {
    /// Kind that overrides the recognised one, one of [`PROJECT_KINDS`].
    pub kind: Option<String>,
    /// Roots of the project, `/` as separator, without `./` and trailing slash; empty means the whole repository.
    pub roots: Vec<String>,
    /// Paths that are left out of the audit, always shown.
    pub exclude: Vec<PathPattern>,
    /// Exceptions that the team claims, with their lines.
    pub waivers: Vec<(u32, Waiver)>,
}

impl ProjectConfig {
    /// True when `path` or a folder above it is excluded.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.exclude.iter().any(|pattern| pattern.matches(path))
    }

    /// The folder as seen from the innermost declared root that holds it; as it is when none does.
    pub fn seen_from_root<'p>(&self, folder: &'p str) -> &'p str {
        let inner = |root: &String| {
            let rest = folder.strip_prefix(root.as_str())?;
            match rest.strip_prefix('/') {
                Some(rest) => Some(rest),
                None => rest.is_empty().then_some(rest),
            }
        };
        let seen = self.roots.iter().filter_map(inner);
        seen.min_by_key(|rest| rest.len()).unwrap_or(folder)
    }
}

/// A pattern of paths: `*` and `?` stay within a folder, `**` crosses folders, a folder covers what is below it.
#[derive(Debug, Clone)]
pub struct PathPattern {
    text: String,
    regex: Regex,
}

impl PathPattern {
    /// Compiles a pattern, anchored at the root of the repository; `None` when it is empty, too long or climbs.
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = relative(text)?;
        let mut source = String::from("^(?s)");
        let mut rest = trimmed.as_str();
        while let Some(c) = rest.chars().next() {
            let (piece, used) = if rest.starts_with("**/") {
                ("(?:.*/)?".to_owned(), 3)
            } else if rest.starts_with("**") {
                (".*".to_owned(), 2)
            } else if c == '*' {
                ("[^/]*".to_owned(), 1)
            } else if c == '?' {
                ("[^/]".to_owned(), 1)
            } else {
                (regex::escape(c.encode_utf8(&mut [0; 4])), c.len_utf8())
            };
            source.push_str(&piece);
            rest = &rest[used..];
        }
        source.push_str("(?:/|$)");
        let regex = Regex::new(&source).ok()?;
        Some(Self {
            text: text.trim().to_owned(),
            regex,
        })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True when `path` (from the root, `/` as separator) or a folder above it matches.
    pub fn matches(&self, path: &str) -> bool {
        self.regex.is_match(path)
    }
}

/// Reads a `.perenne.toml`. `file` is its name in problems. Whatever could be read is kept.
pub fn parse_project(file: &str, text: &str) -> (ProjectConfig, Vec<Problem>) {
    let root = match parse_toml(text) {
        Ok(root) => root,
        Err(errors) => {
            let problems = errors.iter().map(|error| {
                let message = Message::new("not-toml").with("detail", &error.message);
                Problem::of_file(file, Some(error.line), message)
            });
            return (ProjectConfig::default(), problems.collect());
        }
    };
    let mut reader = FieldReader::new(file, ProblemScope::File);
    reader.check_keys(&root, &["kind", "roots", "exclude", "waiver"]);
    let kind = reader.choice(&root, "kind", &PROJECT_KINDS);
    let roots = read_paths(&mut reader, &root, "roots", relative);
    let exclude = read_paths(&mut reader, &root, "exclude", PathPattern::parse);
    let mut waivers = Vec::new();
    for table in reader.tables(&root, "waiver") {
        reader.check_keys(table, &WAIVER_KEYS);
        let waiver = read_waiver(&mut reader, table, WaiverOrigin::Repository);
        waivers.extend(waiver.map(|waiver| (table.line, waiver)));
    }
    let config = ProjectConfig {
        kind,
        roots,
        exclude,
        waivers,
    };
    (config, reader.into_problems())
}

/// The keys of a waiver, all mandatory.
pub const WAIVER_KEYS: [&str; 4] = ["rule", "reason", "author", "expires"];

/// Reads one waiver; `None`, with problems, when a part is missing. Unknown keys are the caller's to check.
pub fn read_waiver(
    reader: &mut FieldReader<'_>,
    table: &Node,
    origin: WaiverOrigin,
) -> Option<Waiver> {
    let rule = reader.required_text(table, "rule");
    let reason = reader.required_text(table, "reason");
    let author = reader.required_text(table, "author");
    let expires: Option<Date> = reader.date(table, "expires");
    if expires.is_none() && table.get("expires").is_none() {
        reader.missing(table, "expires");
    }
    Some(Waiver {
        rule: RuleId::new(rule?),
        reason: reason?,
        author: author?,
        expires: expires?,
        origin,
    })
}

fn read_paths<T>(
    reader: &mut FieldReader<'_>,
    root: &Node,
    key: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for (line, text) in reader.texts(root, key) {
        if found.len() >= LIST_ITEMS {
            let message = Message::new("too-many-items")
                .with("key", key)
                .with("limit", LIST_ITEMS);
            reader.note(line, message, None);
            break;
        }
        match parse(&text) {
            Some(value) => found.push(value),
            None => reader.note(line, Message::new("bad-path").with("key", key), None),
        }
    }
    found
}

/// A path inside the repository without `./` and trailing slash; `None` when it is empty, too long or leaves it.
fn relative(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('/') || text.len() > PATTERN_BYTES || text.contains(['\\', '\0']) {
        return None;
    }
    let parts: Vec<_> = text
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn folders_are_seen_from_the_innermost_root() {
        let config = parse_project("f", "roots = ['packages/a', 'packages/a/server']").0;
        assert_eq!(config.seen_from_root("packages/a"), "");
        assert_eq!(config.seen_from_root("packages/a/docs"), "docs");
        assert_eq!(config.seen_from_root("packages/a/server"), "");
        assert_eq!(config.seen_from_root("packages/ab"), "packages/ab");
        assert_eq!(config.seen_from_root(""), "");
    }

    #[test]
    fn a_full_configuration_is_read() {
        let (config, problems) = parse_project(
            PROJECT_FILE,
            "kind = 'library'\nroots = ['./packages/a/', 'b']\nexclude = ['examples/', '**/*.min.js']\n\n[[waiver]]\n\
             rule = 'ci-present'\nreason = 'r'\nauthor = 'team'\nexpires = 2027-06-30\n",
        );
        assert_eq!(problems, []);
        assert_eq!(config.kind.as_deref(), Some("library"));
        assert_eq!(config.roots, ["packages/a", "b"]);
        let (line, waiver) = &config.waivers[0];
        assert_eq!((*line, waiver.expires), (5, date(2027, 6, 30)));
        assert_eq!(waiver.origin, WaiverOrigin::Repository);
        for (path, is_excluded) in [
            ("examples/a/b.rs", true),
            ("examples", true),
            ("examples2/a", false),
            ("src/examples/a", false),
            ("x.min.js", true),
            ("a/b/x.min.js", true),
            ("a/b/x.js", false),
        ] {
            assert_eq!(config.is_excluded(path), is_excluded, "{path}");
        }
    }

    #[test]
    fn every_problem_is_listed_with_its_line() {
        let text = "kind = 'libary'\nroots = ['../x', '/etc']\nexcludes = []\n\n[[waiver]]\nrule = 'r'\nreson = 'r'\n\
                    expires = 'soon'\n";
        let (config, problems) = parse_project(PROJECT_FILE, text);
        assert!(config.waivers.is_empty() && config.roots.is_empty());
        let found: Vec<_> = problems
            .iter()
            .map(|problem| (problem.line.unwrap(), problem.code()))
            .collect();
        assert_eq!(
            found,
            [
                (1, "expected-choice"),
                (2, "bad-path"),
                (2, "bad-path"),
                (3, "unknown-key"),
                (5, "missing-key"),
                (5, "missing-key"),
                (7, "unknown-key"),
                (8, "expected-date"),
            ]
        );
        let meant = problems[3].suggestion.as_ref().unwrap();
        assert_eq!(meant.params["value"], "exclude");
    }

    #[test]
    fn what_is_not_toml_gives_problems_and_an_empty_configuration() {
        let (config, problems) = parse_project(PROJECT_FILE, "kind = \n[[waiver]\n");
        assert!(config.kind.is_none());
        assert_eq!(problems[0].code(), "not-toml");
        assert_eq!(problems[0].line, Some(1));
    }

    #[test]
    fn patterns_stay_within_a_folder_unless_doubled() {
        let star = PathPattern::parse("src/*.rs").unwrap();
        assert!(star.matches("src/a.rs") && !star.matches("src/b/a.rs"));
        let all = PathPattern::parse("tests/**").unwrap();
        assert!(all.matches("tests/a/b") && !all.matches("tests2/a"));
        assert!(PathPattern::parse("  ").is_none());
        assert!(PathPattern::parse(&"*".repeat(10_000)).is_none());
        assert!(PathPattern::parse(&"*?".repeat(150)).is_some());
    }
}
