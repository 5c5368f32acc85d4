// SPDX-License-Identifier: EUPL-1.2
//! Which file is the main README.

use crate::snapshot::{Entry, Snapshot};

/// Folders where forges look, in their order.
pub(super) const FOLDERS: [&str; 3] = ["", ".github", "docs"];

/// Extensions of a README, the preferred first.
const EXTENSIONS: [&str; 11] = [
    "md", "markdown", "mkd", "mdown", "mdx", "org", "rst", "adoc", "asciidoc", "txt", "",
];

/// Language suffixes: French and English before others.
const LANGUAGES: [&str; 12] = [
    "fr", "fr-fr", "fr_fr", "en", "en-us", "en_us", "en-gb", "en_gb", "de", "es", "it", "nl",
];

/// The main README: that of the one root which the repository declares, else at the root of the repository, in
/// `.github/` or in `docs/`, else in the declared roots; without language suffix when there is one.
pub(super) fn main_readme(snapshot: &Snapshot) -> Option<&Entry> {
    let roots = &snapshot.project().roots;
    let own = roots.first().filter(|_| roots.len() == 1);
    let folders = own
        .map(String::as_str)
        .into_iter()
        .chain(FOLDERS)
        .chain(roots.iter().map(String::as_str));
    folders.into_iter().find_map(|folder| {
        snapshot
            .files()
            .filter(|entry| entry.folder().eq_ignore_ascii_case(folder))
            .filter_map(|entry| Some((rank(entry.name())?, entry)))
            .min_by_key(|(rank, entry)| (*rank, entry.path.clone()))
            .map(|(_, entry)| entry)
    })
}

/// How good a name is, the smaller the better; nothing for a file that is no README or one for something else.
fn rank(name: &str) -> Option<(usize, usize)> {
    let name = name.to_ascii_lowercase();
    let rest = name.strip_prefix("readme")?;
    let (suffix, extension) = match rest.rsplit_once('.') {
        Some((suffix, extension)) if EXTENSIONS.contains(&extension) => (suffix, extension),
        Some((suffix, language)) if LANGUAGES.contains(&language) => {
            return suffix
                .is_empty()
                .then_some((1 + position(&LANGUAGES, language), 99));
        }
        Some(_) => return None,
        None => (rest, ""),
    };
    let language = match suffix.strip_prefix(['.', '-', '_']) {
        _ if suffix.is_empty() => 0,
        Some(language) if LANGUAGES.contains(&language) => 1 + position(&LANGUAGES, language),
        _ => return None,
    };
    Some((language, position(&EXTENSIONS, extension)))
}

fn position(list: &[&str], wanted: &str) -> usize {
    list.iter()
        .position(|known| *known == wanted)
        .unwrap_or(list.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::MemoryTree;

    fn main_of(paths: &[&str]) -> Option<String> {
        main_with(paths, "")
    }

    fn main_with(paths: &[&str], project: &str) -> Option<String> {
        let tree = MemoryTree::new().file(".perenne.toml", project);
        let tree = paths
            .iter()
            .fold(tree, |tree, path| tree.file(path, "# A\n"));
        let snapshot = tree.snapshot();
        main_readme(&snapshot).map(|entry| entry.path.to_string())
    }

    #[test]
    fn any_case_and_format_is_a_readme() {
        for name in [
            "readme.md",
            "README.org",
            "Readme.rst",
            "README",
            "README.adoc",
            "readme.txt",
            "README.fr.md",
            "README_en.md",
        ] {
            assert_eq!(main_of(&[name, "src/README.md"]).as_deref(), Some(name));
        }
    }

    #[test]
    fn the_root_comes_first_then_the_forge_s_folder_then_docs() {
        assert_eq!(
            main_of(&["docs/README.md", ".github/readme.md"]).as_deref(),
            Some(".github/readme.md")
        );
        assert_eq!(
            main_of(&["docs/README.md"]).as_deref(),
            Some("docs/README.md")
        );
        assert_eq!(
            main_of(&["docs/README.md", "README"]).as_deref(),
            Some("README")
        );
    }

    #[test]
    fn the_one_without_language_is_the_main_one() {
        assert_eq!(
            main_of(&["README.en.md", "README.fr.md", "README.md"]).as_deref(),
            Some("README.md")
        );
        assert_eq!(
            main_of(&["README.en.md", "README.fr.md"]).as_deref(),
            Some("README.fr.md")
        );
    }

    #[test]
    fn a_readme_for_something_else_is_none() {
        assert_eq!(
            main_of(&[
                "README-docker.md",
                "readme.html",
                "README.png",
                "readmelater.md"
            ]),
            None
        );
    }

    #[test]
    fn declared_roots_are_looked_at_too() {
        let both = ["README.md", "packages/serveur/README.md"];
        let one = "roots = ['packages/serveur']";
        let two = "roots = ['packages/serveur', 'packages/client']";
        assert_eq!(main_with(&both, one).as_deref(), Some(both[1]));
        assert_eq!(main_with(&both, two).as_deref(), Some(both[0]));
        assert_eq!(main_with(&both[1..], two).as_deref(), Some(both[1]));
        assert_eq!(main_with(&both[1..], ""), None);
    }
}
