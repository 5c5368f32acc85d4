// SPDX-License-Identifier: EUPL-1.2
//! Links that lead nowhere under any reading, and fragments that no renderer makes.
//!
//! What a reader can still follow is no fault: another case or Unicode form of the path, a page that a generator makes
//! of a file, a file that the build writes, a page of the forge.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::links::{Place, Resolver, decode};
use super::page::{Page, pattern};
use crate::facts::prose::{Anchors, Format, Link, Prose};
use crate::model::text::fold_plain;
use crate::snapshot::Snapshot;

/// Other documents opened for their fragments.
const OPENED: usize = 30;

/// Lines of ignore rules that are read.
const RULES: usize = 500;

/// Sections of a project on its forge, which READMEs link to as if they were folders.
const FORGE_PAGES: [&str; 28] = [
    "-",
    "actions",
    "activity",
    "archive",
    "blob",
    "branches",
    "commit",
    "commits",
    "compare",
    "contributors",
    "discussions",
    "edit",
    "fork",
    "graphs",
    "issues",
    "merge_requests",
    "milestones",
    "network",
    "packages",
    "pipelines",
    "projects",
    "pull",
    "pulls",
    "raw",
    "releases",
    "security",
    "tree",
    "wiki",
];

/// Files that configure a site made of the repository's documents.
const SITES: [&str; 12] = [
    "_config.yml",
    "_config.yaml",
    "mkdocs.yml",
    "mkdocs.yaml",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "book.toml",
    "hugo.toml",
    "_quarto.yml",
    "_sidebar.md",
    "SUMMARY.md",
    "astro.config.mjs",
];

/// What a site makes of a path without extension.
const PAGES: [&str; 11] = [
    ".md",
    ".mdx",
    ".markdown",
    ".rst",
    ".org",
    ".adoc",
    ".html",
    ".rmd",
    ".qmd",
    "/index.md",
    "/readme.md",
];

/// Names that are a host or an address without scheme, or a placeholder.
static NO_PATH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[^/@\s]+@[^/@\s]+$|^(?:[\w-]+\.)+[a-z]{2,}(?:/|:\d)|path/to/|chemin/vers/|^[a-z]:[\\/]|^~/|^\.\.\.$|^…$",
    )
});

/// Extensions of files; a name with another one may be a host.
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[^.]+$|(?:^|/)\.[^.]+$|\.(?:md|mdx|markdown|txt|rst|org|adoc|asciidoc|tex|html?|pdf|png|jpe?g|gif|svg|webp|ico|bmp|docx?|odt|ods|odp|xlsx?|pptx?|csv|tsv|json|geojson|ya?ml|toml|xml|ini|cfg|conf|env|lock|example|sample|dist|sh|bash|ps1|bat|py|rb|rs|go|js|mjs|cjs|jsx|ts|tsx|vue|css|scss|php|java|kt|c|cc|cpp|h|hpp|cs|r|rmd|qmd|ipynb|sql|ex|exs|pl|lua|swift|scala|clj|tf|zip|gz|tgz|tar|mp4|webm|drawio|puml|plantuml|mmd)$",
    )
});

/// Judges the links of one page.
pub(super) struct Checker<'r> {
    snapshot: &'r Snapshot,
    page: &'r Page<'r>,
    resolver: &'r Resolver<'r>,
    format: Format,
    known: OnceCell<BTreeSet<String>>,
    ignored: OnceCell<Vec<Regex>>,
}

impl<'r> Checker<'r> {
    pub(super) fn new(
        snapshot: &'r Snapshot,
        page: &'r Page<'r>,
        resolver: &'r Resolver<'r>,
        format: Format,
    ) -> Self {
        Self {
            snapshot,
            page,
            resolver,
            format,
            known: OnceCell::new(),
            ignored: OnceCell::new(),
        }
    }

    fn links(&self) -> impl Iterator<Item = &'r Link> {
        self.page
            .passages
            .iter()
            .flat_map(|passage| &passage.block.links)
    }

    /// How many links lead inside the repository.
    pub(super) fn inside(&self) -> usize {
        let is_inside = |link: &&Link| {
            link.target.starts_with('#')
                || matches!(self.resolver.place(&link.target), Place::Inside(_))
        };
        self.links().filter(is_inside).count()
    }

    /// Of the links whose target does not exist as written, those that lead nowhere.
    pub(super) fn dead(&self, broken: &[&'r Link]) -> Vec<&'r Link> {
        let is_dead = |link: &&&Link| match self.resolver.place(&link.target) {
            Place::Inside(path) => !self.leads_somewhere(link, &path),
            _ => false,
        };
        broken.iter().filter(is_dead).copied().collect()
    }

    fn leads_somewhere(&self, link: &Link, path: &str) -> bool {
        let target = link.target.trim();
        let written = target.split(['#', '?']).next().unwrap_or_default();
        let first = path.split('/').next().unwrap_or_default();
        let is_address = target.contains("://");
        !is_address && (NO_PATH.is_match(written) || !FILE.is_match(written.trim_end_matches('/')))
            || FORGE_PAGES.contains(&first) && !self.snapshot.has_folder(first)
            || self.exists_otherwise(path)
            || self.is_searched_by_org(target)
            || self.is_below_images(link, path)
            || !is_address && self.is_page_of_site(written)
            || self.is_written_by_build(path)
    }

    /// True for a path that exists in another case, Unicode form or with `\`, or as a page made of a file.
    fn exists_otherwise(&self, path: &str) -> bool {
        let known = self.known.get_or_init(|| {
            let mut known = BTreeSet::new();
            for entry in self.snapshot.entries() {
                let path = fold_plain(&entry.path);
                for (at, _) in path.match_indices('/') {
                    if !known.contains(&path[..at]) {
                        known.insert(path[..at].to_owned());
                    }
                }
                known.insert(path);
            }
            known
        });
        let folded = fold_plain(path).replace('\\', "/");
        let folded = folded.trim_matches('/');
        let twice = decode(folded);
        let plus = folded.replace('+', " ");
        let stem = folded.strip_suffix(".html").unwrap_or(folded);
        known.contains(folded)
            || known.contains(&*twice)
            || known.contains(plus.as_str())
            || PAGES
                .iter()
                .any(|end| known.contains(format!("{stem}{end}").as_str()))
    }

    /// In Org, `[[a name]]` searches the document for a target or a heading.
    fn is_searched_by_org(&self, target: &str) -> bool {
        self.format == Format::Org
            && !target.starts_with(['.', '/', '~'])
            && self.page.text.contains(&format!("[[{target}]"))
    }

    /// `AsciiDoc` looks for pictures in a folder of its own.
    fn is_below_images(&self, link: &Link, path: &str) -> bool {
        static FOLDER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^:imagesdir:[ \t]*(\S+)"));
        self.format == Format::AsciiDoc
            && link.is_image
            && FOLDER.captures_iter(self.page.text).any(|found| {
                let folder = found[1].trim_start_matches("./").trim_end_matches('/');
                folder.contains(['{', ':']) || self.exists_otherwise(&format!("{folder}/{path}"))
            })
    }

    /// A page by the address that the site's generator gives it.
    fn is_page_of_site(&self, written: &str) -> bool {
        let last = written.trim_end_matches('/').rsplit('/').next();
        let is_page = written.starts_with('/')
            || Some("html") == written.rsplit_once('.').map(|(_, extension)| extension)
            || last.is_some_and(|last| !last.contains('.'));
        is_page
            && (SITES.iter().any(|name| self.snapshot.entry(name).is_some())
                || self.snapshot.has_folder(".vuepress")
                || self.snapshot.has_folder("docs/.vuepress")
                || self.snapshot.has_folder("docs/.vitepress"))
    }

    /// True for what the repository tells Git to ignore: it exists once the project is built or set up.
    fn is_written_by_build(&self, path: &str) -> bool {
        let rules = self.ignored.get_or_init(|| {
            let entry = self.snapshot.entry(".gitignore");
            let text = entry.and_then(|entry| self.snapshot.text(entry).ok());
            let lines = text.iter().flat_map(|text| text.text.lines());
            lines.take(RULES).filter_map(ignore_rule).collect()
        });
        rules.iter().any(|rule| rule.is_match(path))
    }

    /// Links whose document is there and whose fragment is not, each target once.
    pub(super) fn broken_anchors(&self, prose: &Prose) -> Vec<&'r Link> {
        let mut documents: BTreeMap<String, Option<Anchors>> = BTreeMap::new();
        let mut broken: Vec<&Link> = Vec::new();
        for link in self.links().filter(|link| link.target.contains('#')) {
            let target = link.target.trim();
            let Some((before, fragment)) = target.split_once('#') else {
                continue;
            };
            if before.contains('?') || broken.iter().any(|known| known.target == link.target) {
                continue;
            }
            let Some(path) = self.document(before) else {
                continue;
            };
            if documents.len() >= OPENED && !documents.contains_key(&path) {
                continue;
            }
            let anchors = documents.entry(path).or_insert_with_key(|path| {
                if path == self.page.path {
                    Some(Anchors::of(self.page.text, prose))
                } else {
                    self.open(path)
                }
            });
            let holds = |fragment: &str| anchors.as_ref().is_none_or(|it| it.may_hold(fragment));
            if !holds(fragment) && !holds(&decode(fragment)) {
                broken.push(link);
            }
        }
        broken
    }

    /// The document that holds the fragment; nothing outside the repository, and for what is no document.
    fn document(&self, before: &str) -> Option<String> {
        if before.is_empty() {
            return Some(self.page.path.to_owned());
        }
        let Place::Inside(path) = self.resolver.place(before) else {
            return None;
        };
        (!path.is_empty() && self.snapshot.entry(&path).is_some()).then_some(path)
    }

    fn open(&self, path: &str) -> Option<Anchors> {
        let format = Format::of_path(path);
        if format == Format::Text {
            return None;
        }
        let text = self.snapshot.text(self.snapshot.entry(path)?).ok()?;
        (!text.is_truncated).then(|| {
            let prose = Prose::parse(format, &text.text);
            Anchors::of(&text.text, &prose)
        })
    }
}

/// An ignore rule as a pattern over whole paths; nothing for comments, exceptions and what is too clever.
fn ignore_rule(line: &str) -> Option<Regex> {
    let rule: Cow<'_, str> = line.trim().into();
    let bare = rule.trim_end_matches('/').trim_end_matches("/*");
    let is_rule = !bare.is_empty() && !bare.starts_with(['#', '!']) && bare.len() < 200;
    let inner = bare.trim_start_matches('/').trim_start_matches("**/");
    if !is_rule
        || inner.is_empty()
        || inner.chars().all(|c| c == '*')
        || inner.contains(['[', '\\'])
    {
        return None;
    }
    let is_anchored = bare.starts_with('/') || inner.contains('/') && !bare.starts_with("**/");
    let mut out = String::from(if is_anchored { "^" } else { "(?:^|/)" });
    for c in inner.chars() {
        match c {
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out.push_str("(?:/|$)");
    Regex::new(&out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::readme::extract;
    use crate::facts::set::FactSet;
    use crate::facts::testing::{facts_of, tree_of};

    fn dead(files: &[(&str, &str)]) -> Vec<String> {
        let facts: FactSet = facts_of(tree_of(files), extract);
        let of = |key: &str| facts.list(key).to_vec();
        [of("readme.dead_links"), of("readme.broken_anchors")].concat()
    }

    #[test]
    fn what_a_reader_can_still_follow_is_not_dead() {
        let readme = "[a](docs/Guide.md) [b](docs/mise%20en%20place.md) [c](docs\\guide.md) [d](../../wiki/x) [e](wiki/Page) [f](issues/new) [g](build/index.html) [h](docs/guide) [i](docs/guide.html) [j](contact@culture.gouv.fr) [k](site.exemple.paris/x) [l](cafe\u{301}.md)\n";
        let files = [
            ("README.md", readme),
            (".gitignore", "# built\n/build/\n*.log\n"),
            ("docs/guide.md", "# Guide\n"),
            ("docs/mise en place.md", "# Place\n"),
            ("café.md", "# Café\n"),
        ];
        assert_eq!(dead(&files), [] as [&str; 0]);
    }

    #[test]
    fn what_is_nowhere_is_dead() {
        let readme =
            "[a](docs/absent.md)\n\n![b](img/logo.png)\n\n<img src=\"x/y.svg\">\n\n[c](LICENCE)\n";
        let expected = ["docs/absent.md", "img/logo.png", "x/y.svg", "LICENCE"];
        assert_eq!(dead(&[("README.md", readme)]), expected);
    }

    #[test]
    fn fragments_of_this_and_of_other_documents_are_checked() {
        let readme = "# Outil\n\n[a](#outil) [b](#absent) [c](docs/x.md#part) [d](docs/x.md#nulle-part) [e](docs/x.py#L3) [f](docs/x.md#L3) [g](https://a.fr/#x) [h](docs/x.py#nom)\n";
        let files = [
            ("README.md", readme),
            ("docs/x.md", "# Part\n"),
            ("docs/x.py", "\n"),
        ];
        assert_eq!(dead(&files), ["#absent", "docs/x.md#nulle-part"]);
    }

    #[test]
    fn links_that_org_rst_and_asciidoc_resolve_themselves_are_not_dead() {
        let org = "* Titre\nVoir [[Titre]], [[une cible]] et [[file:absent.org][ici]].\n";
        assert_eq!(dead(&[("README.org", org)]), ["absent.org"]);
        let rst = "Titre\n=====\n\nVoir :ref:`la suite <suite>`, :doc:`guide <guide>`, `un lien <absent.rst>`_ et `alias <nom_>`_.\n\n.. _nom: https://a.fr\n";
        assert_eq!(dead(&[("README.rst", rst)]), ["absent.rst"]);
        let adoc = ":imagesdir: img\n\n= Titre\n\nimage::logo.png[] <<titre>> <<absent>> mailto:a@b.fr[nous]\n";
        assert_eq!(
            dead(&[("README.adoc", adoc), ("img/logo.png", "x")]),
            ["#absent"]
        );
    }

    #[test]
    fn ignore_rules_read_as_git_does() {
        let matches =
            |rule: &str, path: &str| ignore_rule(rule).is_some_and(|rule| rule.is_match(path));
        assert!(matches("dist/", "app/dist/a.html"));
        assert!(matches("/dist", "dist/a.html"));
        assert!(!matches("/dist", "app/dist/a.html"));
        assert!(matches("*.pdf", "docs/a.pdf"));
        assert!(matches("docs/*.html", "docs/a.html"));
        assert!(!matches("!keep.md", "keep.md"));
        assert!(!matches("*", "a.md"));
    }
}
