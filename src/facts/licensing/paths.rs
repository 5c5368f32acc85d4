// SPDX-License-Identifier: EUPL-1.2
//! Names of files and folders: which may hold a licence text, code, documentation, data, or a copy of another project.

use std::sync::LazyLock;

use regex::Regex;

use super::declaration::Part;

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("invariant: the pattern compiles")
}

/// Extensions that are no licence text whatever the name.
const NO_TEXT: [&str; 46] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "pdf", "doc", "docx", "odt", "rtf",
    "js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "svelte", "py", "rb", "php", "java", "kt", "go",
    "rs", "ex", "exs", "c", "h", "cs", "sh", "json", "yml", "yaml", "toml", "xml", "css", "scss",
    "csv", "sql", "zip", "lock", "snap",
];

/// True for the name of a licence text: `LICENSE`, `LICENCE.md`, `COPYING.LESSER`, `LICENSE.AGPL.txt`, `MIT-LICENSE`.
pub(super) fn is_licence_name(name: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:mit|apache|gpl|lgpl|agpl|bsd|mpl|eupl|cecill)[-_.])?(?:un)?licen[cs]es?(?:[-_. ].*)?$|^copying(?:[-_. ].*)?$",
        )
    });
    // texts of others, models of headers, reports
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"third|3rd|tiers|depend|bundled|vendor|header|template|check|report|exception-list|notices?\b",
        )
    });
    let name = name.to_lowercase();
    let stem_and_extension = name.rsplit_once('.');
    let is_text = stem_and_extension.is_none_or(|(_, extension)| !NO_TEXT.contains(&extension));
    is_text && NAME.is_match(&name) && !OTHER.is_match(&name)
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
    static DOCS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[-_. ](?:docs?|documentation|contents?|contenus?|textes?|guides?|media)(?:[-_. ]|$)",
        )
    });
    static DATA: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[-_. ](?:data|donnees|données|dataset|database)(?:[-_. ]|$)"));
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[-_. ](?:code|src|sources?|software|logiciel)(?:[-_. ]|$)"));
    let name = name.to_lowercase();
    if DOCS.is_match(&name) {
        Part::Docs
    } else if DATA.is_match(&name) {
        Part::Data
    } else if CODE.is_match(&name) {
        Part::Code
    } else {
        Part::All
    }
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
    static ARCHIVE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)[-_](?:master|main|v?\d+(?:\.\d+)+)(?:[ _-]?\(?\d+\)?)?$"));
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
        ) || segment.contains(['-', '_']) && ARCHIVE.is_match(segment)
    }) || is_sample(folder)
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
