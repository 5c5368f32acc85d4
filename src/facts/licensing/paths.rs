// SPDX-License-Identifier: EUPL-1.2
//! Names of files and folders: which may hold a licence text, code, documentation, data, or a copy of another project.

use super::declaration::Part;
use crate::snapshot::Entry;

/// Extensions that are no licence text whatever the name.
const NO_TEXT: [&str; 46] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "pdf", "doc", "docx", "odt", "rtf",
    "js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "svelte", "py", "rb", "php", "java", "kt", "go",
    "rs", "ex", "exs", "c", "h", "cs", "sh", "json", "yml", "yaml", "toml", "xml", "css", "scss",
    "csv", "sql", "zip", "lock", "snap",
];

/// Words of names for the texts of others, models of headers, reports.
const OTHERS: [&str; 12] = [
    "third",
    "3rd",
    "tiers",
    "depend",
    "bundled",
    "vendor",
    "header",
    "template",
    "check",
    "report",
    "exception-list",
    "notice",
];

/// Licences that stand before the word: `MIT-LICENSE`.
const FAMILIES: [&str; 9] = [
    "mit", "apache", "gpl", "lgpl", "agpl", "bsd", "mpl", "eupl", "cecill",
];

/// True for the name of a licence text: `LICENSE`, `LICENCE.md`, `COPYING.LESSER`, `LICENSE.AGPL.txt`, `MIT-LICENSE`.
pub(super) fn is_licence_name(name: &str) -> bool {
    // asked of every file: most fall here
    if !name.to_ascii_lowercase().contains("licen") && !starts_with_copying(name) {
        return false;
    }
    let name = name.to_lowercase();
    let is_text = name
        .rsplit_once('.')
        .is_none_or(|(_, extension)| !NO_TEXT.contains(&extension));
    let mut words = words(&name);
    let first = words.next().unwrap_or_default();
    let is_named = is_licence_word(first)
        || FAMILIES.contains(&first) && words.next().is_some_and(is_licence_word);
    is_text && is_named && !OTHERS.iter().any(|word| name.contains(word))
}

fn starts_with_copying(name: &str) -> bool {
    name.get(..7)
        .is_some_and(|head| head.eq_ignore_ascii_case("copying"))
}

fn is_licence_word(word: &str) -> bool {
    matches!(
        word,
        "license" | "licence" | "licenses" | "licences" | "unlicense" | "unlicence" | "copying"
    )
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_', '.', ' '])
}

/// True for the files of a folder `LICENSES/` that hold texts.
pub(super) fn is_text_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    !lower.starts_with('.')
        && !lower.starts_with("readme")
        && !lower.ends_with(".license")
        && lower
            .rsplit_once('.')
            .is_none_or(|(_, extension)| !NO_TEXT.contains(&extension))
}

/// What the name of a licence file says of its part: `LICENSE-docs.md`, `LICENCE.data.txt`.
pub(super) fn part_of_licence_name(name: &str) -> Part {
    let name = name.to_lowercase();
    words(&name)
        .skip(1)
        .find_map(|word| match word {
            "doc" | "docs" | "documentation" | "content" | "contents" | "contenu" | "contenus"
            | "textes" | "guide" | "guides" | "media" => Some(Part::Docs),
            "data" | "donnees" | "données" | "dataset" | "database" => Some(Part::Data),
            "code" | "src" | "source" | "sources" | "software" | "logiciel" => Some(Part::Code),
            _ => None,
        })
        .unwrap_or(Part::All)
}

/// What a folder holds by its name: the part of its outermost telling segment.
pub(super) fn part_of_folder(folder: &str) -> Part {
    folder
        .split('/')
        .find_map(|segment| match segment.to_lowercase().as_str() {
            "docs" | "doc" | "documentation" | "_posts" | "guides" => Some(Part::Docs),
            "data" | "donnees" | "données" | "datasets" => Some(Part::Data),
            _ => None,
        })
        .unwrap_or(Part::All)
}

/// True for folders where copies of the work of others are laid down, by their usual names.
pub(super) fn is_copy_like(folder: &str) -> bool {
    folder.split('/').any(|segment| {
        matches!(
            segment.to_lowercase().as_str(),
            "fonts"
                | "font"
                | "webfonts"
                | "assets"
                | "static"
                | "public"
                | "lib"
                | "themes"
                | "theme"
                | "plugins"
                | "external"
                | "externals"
                | "ext"
                | "contrib"
                | "vendored"
                | "3rdparty"
                | "icons"
        ) || is_archive(segment)
    }) || is_sample(folder)
}

/// True for code below `lib/` in the languages that keep their own code there.
pub(super) fn is_own_code(entry: &Entry) -> bool {
    matches!(
        entry.extension().as_str(),
        "ex" | "exs" | "rb" | "dart" | "pm"
    ) && entry.folder().split('/').any(|segment| segment == "lib")
        && !is_copy_like(&entry.folder().replace("lib", "src"))
}

/// True for the name of an unpacked archive: `outil-master`, `outil-1.2.3`, with the number that a second copy gets.
fn is_archive(segment: &str) -> bool {
    let name = segment.trim_end_matches(|c: char| c == ')' || c == '(' || c.is_ascii_digit());
    // « outil-master 2 », but « outil-1.2.3 » as it is
    let name = if name.ends_with(' ') {
        name.trim_end()
    } else {
        segment
    };
    name.rsplit_once(['-', '_']).is_some_and(|(_, last)| {
        let version = last.strip_prefix('v').unwrap_or(last);
        last.eq_ignore_ascii_case("master")
            || last.eq_ignore_ascii_case("main")
            || version.contains('.')
                && version.starts_with(|c: char| c.is_ascii_digit())
                && version.chars().all(|c| c == '.' || c.is_ascii_digit())
    })
}

/// True for folders of tests, samples and templates: what they declare is not the project's word.
pub(super) fn is_sample(folder: &str) -> bool {
    folder.split('/').any(|segment| {
        matches!(
            segment.to_lowercase().as_str(),
            "test"
                | "tests"
                | "__tests__"
                | "spec"
                | "fixtures"
                | "__fixtures__"
                | "testdata"
                | "test-data"
                | "examples"
                | "example"
                | "exemples"
                | "samples"
                | "sample"
                | "demo"
                | "templates"
                | "template"
                | "cypress"
                | "e2e"
                | "mocks"
                | "__mocks__"
        )
    })
}

/// True for folders of tests' material, where files are kept as they were found.
pub(super) fn is_fixture(folder: &str) -> bool {
    const NAMES: [&str; 7] = [
        "fixtures",
        "__fixtures__",
        "testdata",
        "test-data",
        "mocks",
        "__mocks__",
        "snapshots",
    ];
    has_segment(folder, &NAMES)
}

fn has_segment(folder: &str, names: &[&str]) -> bool {
    let is_named = |segment: &str| names.iter().any(|name| name.eq_ignore_ascii_case(segment));
    folder.split('/').any(is_named)
}

/// True for code that a tool wrote: minified, bundled, generated, migrations of a database.
pub(super) fn is_generated(entry: &Entry) -> bool {
    const PARTS: [&str; 8] = [
        ".min.",
        ".bundle.",
        ".generated.",
        ".gen.",
        "_pb2.",
        ".pb.",
        ".d.ts",
        "_generated.",
    ];
    const FOLDERS: [&str; 6] = [
        "generated",
        "__generated__",
        "migrations",
        "migrate",
        "dist",
        "build",
    ];
    PARTS.iter().any(|part| entry.name().contains(part)) || has_segment(entry.folder(), &FOLDERS)
}

/// True for files of programming languages.
pub(super) fn is_code(extension: &str) -> bool {
    matches!(
        extension,
        "py" | "pyx"
            | "ipynb"
            | "js"
            | "mjs"
            | "cjs"
            | "jsx"
            | "ts"
            | "tsx"
            | "vue"
            | "svelte"
            | "rb"
            | "php"
            | "java"
            | "kt"
            | "kts"
            | "scala"
            | "groovy"
            | "clj"
            | "cljs"
            | "cljc"
            | "go"
            | "rs"
            | "c"
            | "h"
            | "cc"
            | "cpp"
            | "hpp"
            | "cs"
            | "fs"
            | "vb"
            | "swift"
            | "m"
            | "mm"
            | "dart"
            | "ex"
            | "exs"
            | "erl"
            | "hs"
            | "elm"
            | "ml"
            | "lua"
            | "pl"
            | "pm"
            | "r"
            | "rmd"
            | "jl"
            | "sql"
            | "sh"
            | "bash"
            | "ps1"
            | "el"
            | "lisp"
            | "f90"
            | "catala_fr"
            | "sas"
            | "do"
            | "html.erb"
            | "twig"
            | "blade.php"
    )
}

/// True for documents for people.
pub(super) fn is_document(extension: &str) -> bool {
    matches!(
        extension,
        "md" | "markdown" | "mdx" | "org" | "rst" | "adoc" | "asciidoc" | "tex" | "qmd"
    )
}

/// True for files of data by their format alone.
pub(super) fn is_data(extension: &str) -> bool {
    matches!(
        extension,
        "csv" | "tsv" | "parquet" | "geojson" | "shp" | "gpkg" | "xlsx" | "ods" | "topojson"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licence_names_are_recognised_in_any_spelling() {
        for name in [
            "LICENSE",
            "LICENCE",
            "licence.md",
            "License.txt",
            "COPYING",
            "COPYING.LESSER",
            "LICENSE.AGPL.txt",
            "LICENSE-MIT",
            "LICENCE_fr.md",
            "Licence_CeCILL_V2-fr.txt",
            "UNLICENSE",
            "MIT-LICENSE",
            "LICENSE.org",
            "LICENSES.md",
        ] {
            assert!(is_licence_name(name), "{name}");
        }
        for name in [
            "licence.png",
            "LICENSE.pdf",
            "license.json",
            "licence-de-peche.csv",
            "license_header.txt",
            "LICENSE-3rdparty.txt",
            "LICENSES-THIRD-PARTY.md",
            "licensing.md",
            "copyingfile.txt",
            "license.ts",
            "licencesService.js",
        ] {
            assert!(!is_licence_name(name), "{name}");
        }
    }

    #[test]
    fn names_tell_parts() {
        assert_eq!(part_of_licence_name("LICENSE-docs.md"), Part::Docs);
        assert_eq!(part_of_licence_name("LICENCE.data"), Part::Data);
        assert_eq!(part_of_licence_name("LICENSE-CODE"), Part::Code);
        assert_eq!(part_of_licence_name("LICENSE.md"), Part::All);
        assert_eq!(part_of_folder("docs/LICENSES"), Part::Docs);
        assert_eq!(part_of_folder("packages/api"), Part::All);
    }

    #[test]
    fn unpacked_archives_and_assets_look_like_copies() {
        for folder in [
            "mail-templates-master 2",
            "lib/jquery-1.2.3",
            "assets/fonts",
            "tests/fixtures/app",
        ] {
            assert!(is_copy_like(folder), "{folder}");
        }
        for folder in ["packages/front", "api", "docs"] {
            assert!(!is_copy_like(folder), "{folder}");
        }
    }
}
