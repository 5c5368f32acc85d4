// SPDX-License-Identifier: EUPL-1.2
//! References to the servers of the programme itself, which are no lasting home for a project.

use std::sync::LazyLock;

use regex::Regex;

use super::look::is_sample_data;
use crate::facts::pattern::folded;
use crate::facts::set::Item;
use crate::model::text::fold_plain;
use crate::snapshot::Entry;

/// The programme's own hosts.
static PROGRAMME: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"(?i)(?:^|[^\w.-])((?:[\w-]+\.)*(?:eig-forever\.org|eig-apps\.org|eig-paas\.org|eig\.etalab\.gouv\.fr)|37\.187\.137\.47)\b",
    )
});

/// What stands in each of the names, looked for before lines are read.
static HOSTS: LazyLock<Regex> =
    LazyLock::new(|| folded(r"eig-forever\.|eig-apps\.|eig-paas\.|eig\.etalab\.|37\.187\.137\.47"));

/// True when one of the hosts stands in the text, in lower case as hosts are written.
pub(super) fn is_named(text: &str) -> bool {
    HOSTS.is_match(text)
}

/// False for history, posts, data and texts for readers.
pub(super) fn may_count(entry: &Entry) -> bool {
    let name = entry.name().to_ascii_lowercase();
    let is_history = ["changelog", "history", "changes", "news"]
        .iter()
        .any(|start| name.starts_with(start));
    let is_prose = matches!(
        entry.extension().as_str(),
        "md" | "org" | "rst" | "adoc" | "txt"
    );
    let is_readme =
        name.starts_with("readme") || name.contains("deploi") || name.contains("deploy");
    !(is_history
        || is_sample_data(entry)
        || (is_prose && !is_readme)
        || entry.path.starts_with("docs/"))
}

/// References to the programme's servers. History, posts, data and links to documentation do not count; the
/// programme's web site counts as a value of configuration alone.
pub(super) fn add_references(
    entry: &Entry,
    text: &str,
    is_value: bool,
    references: &mut Vec<(bool, Item)>,
) {
    if !may_count(entry) {
        return;
    }
    for (line, number) in text.lines().zip(1_u32..) {
        let Some(found) = PROGRAMME
            .captures(line)
            .and_then(|captures| captures.get(1))
        else {
            continue;
        };
        let host = found.as_str().to_ascii_lowercase();
        let first = host.split('.').next().unwrap_or_default();
        let is_site = host.ends_with("eig.etalab.gouv.fr");
        // a page that links to a neighbour's site
        let before = line[..found.start()].to_ascii_lowercase();
        let is_link = is_page(entry) && (before.contains("href") || before.contains("url:"));
        let is_archive = matches!(
            first,
            "doc" | "docs" | "fichiers" | "files" | "pad" | "wiki" | "forum"
        );
        let speaks_of_documentation = !is_value && fold_plain(line).contains("documentation");
        if is_archive || is_link || speaks_of_documentation || (is_site && !is_value) {
            continue;
        }
        let item = Item::new("host", &host)
            .with("path", &entry.path)
            .with("line", number);
        references.push((is_value, item));
    }
}

fn is_page(entry: &Entry) -> bool {
    matches!(
        entry.extension().as_str(),
        "html"
            | "htm"
            | "php"
            | "twig"
            | "erb"
            | "njk"
            | "hbs"
            | "heex"
            | "jsx"
            | "tsx"
            | "vue"
            | "svelte"
    )
}
