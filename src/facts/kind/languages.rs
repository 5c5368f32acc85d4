// SPDX-License-Identifier: EUPL-1.2
//! Programming languages by extension and bytes; generated, minified and data files do not count.

use std::collections::BTreeMap;

use crate::facts::set::{FactSet, Item};
use crate::snapshot::{Entry, Snapshot};

/// A source file longer than this was written by a machine.
const GENERATED_BYTES: u64 = 500_000;

/// From this size on, a script is opened to see whether it is a bundle or a copied library.
const BUNDLE_BYTES: u64 = 30_000;

/// What a notebook counts for at most: the rest is output.
const NOTEBOOK_BYTES: u64 = 20_000;

/// The programming language of a file name's extension, lower case.
pub(super) fn of_extension(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "py" | "pyw" | "pyx" => "Python",
        "ipynb" => "Jupyter Notebook",
        "js" | "mjs" | "cjs" | "jsx" => "JavaScript",
        "ts" | "tsx" | "mts" | "cts" => "TypeScript",
        "vue" => "Vue",
        "svelte" => "Svelte",
        "astro" => "Astro",
        "php" => "PHP",
        "rb" | "rake" => "Ruby",
        "java" => "Java",
        "kt" | "kts" => "Kotlin",
        "scala" | "sc" => "Scala",
        "groovy" => "Groovy",
        "go" => "Go",
        "rs" => "Rust",
        "c" | "h" => "C",
        "cc" | "cpp" | "cxx" | "hpp" | "hh" => "C++",
        "cs" => "C#",
        "fs" | "fsx" => "F#",
        "vb" => "Visual Basic",
        "swift" => "Swift",
        "dart" => "Dart",
        "r" | "rmd" | "qmd" => "R",
        "jl" => "Julia",
        "do" | "ado" => "Stata",
        "sas" => "SAS",
        "sql" => "SQL",
        "ex" | "exs" | "heex" | "leex" | "eex" => "Elixir",
        "erl" | "hrl" => "Erlang",
        "clj" | "cljc" | "bb" => "Clojure",
        "cljs" => "ClojureScript",
        "elm" => "Elm",
        "hs" => "Haskell",
        "ml" | "mli" | "mlang" => "OCaml",
        "pl" | "pm" => "Perl",
        "lua" => "Lua",
        "el" | "lisp" | "scm" => "Lisp",
        "sh" | "bash" | "zsh" | "fish" => "Shell",
        "ps1" => "PowerShell",
        "tf" | "hcl" => "HCL",
        "nix" => "Nix",
        "cr" => "Crystal",
        "zig" => "Zig",
        "coffee" => "CoffeeScript",
        "sol" => "Solidity",
        "catala_fr" | "catala_en" => "Catala",
        _ => return None,
    })
}

/// The language of a source file that people wrote.
pub(super) fn of(entry: &Entry) -> Option<&'static str> {
    if is_generated(&entry.path) {
        return None;
    }
    of_extension(&entry.extension())
}

fn is_generated(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.to_ascii_lowercase();
    [
        ".min.",
        ".bundle.",
        ".generated.",
        ".pb.",
        "_pb2",
        ".chunk.",
        ".hot-update.",
        "-min.",
    ]
    .iter()
    .any(|part| name.contains(part))
        || folder.split('/').any(|part| {
            matches!(
                part,
                "generated"
                    | "__generated__"
                    | "dist"
                    | "build"
                    | "_site"
                    | "migrations"
                    | ".yarn"
                    | "renv"
                    | "packrat"
                    | "libs"
            )
        })
}

/// True for scripts that a tool wrote or that come from elsewhere: a kept banner, or very long lines.
fn is_bundle(snapshot: &Snapshot, entry: &Entry) -> bool {
    // not kept: nobody else reads these
    let Ok(blob) = snapshot.read(entry) else {
        return false;
    };
    let head = String::from_utf8_lossy(&blob.bytes[..blob.bytes.len().min(600)]);
    let lines = blob.bytes.split(|&byte| byte == b'\n').count();
    head.trim_start().starts_with("/*!")
        || [
            "@license",
            "webpackBootstrap",
            "@preserve",
            "JavaScript Library",
            "Released under the",
        ]
        .iter()
        .any(|sign| head.contains(sign))
        || blob.bytes.len() > 160 * lines
}

pub(super) fn extract(snapshot: &Snapshot, facts: &mut FactSet) {
    let mut languages: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for entry in snapshot.files() {
        let Some(language) = of(entry) else { continue };
        let size = snapshot.size(entry).unwrap_or_default();
        let bytes = match language {
            "Jupyter Notebook" => size.min(NOTEBOOK_BYTES),
            _ if size > GENERATED_BYTES => continue,
            "JavaScript" if size > BUNDLE_BYTES && is_bundle(snapshot, entry) => continue,
            _ => size,
        };
        let counted = languages.entry(language).or_default();
        counted.0 += 1;
        counted.1 += bytes;
    }
    let mut all: Vec<_> = languages.into_iter().collect();
    all.sort_by(|a, b| b.1.1.cmp(&a.1.1).then(a.0.cmp(b.0)));
    facts.set(
        "languages.main",
        all.first().map(|(name, _)| (*name).to_owned()),
        Vec::new(),
    );
    let items: Vec<Item> = all
        .iter()
        .map(|(name, (files, bytes))| {
            Item::new("name", name)
                .with("files", files)
                .with("bytes", bytes)
        })
        .collect();
    facts.set("languages.all", items, Vec::new());
}
