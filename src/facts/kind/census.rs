// SPDX-License-Identifier: EUPL-1.2
//! What the tree is made of: code, notebooks, prose, data, drawings, and the files that betray a tool.

use super::languages;
use crate::snapshot::{Entry, Snapshot};

/// One file of source code.
pub(super) struct Source<'s> {
    pub(super) path: &'s str,
    pub(super) language: &'static str,
}

/// The project's files by what they are.
#[derive(Default)]
pub(super) struct Census<'s> {
    /// Source files outside tests, documentation, examples and tooling.
    pub(super) code: Vec<Source<'s>>,
    /// Source files anywhere.
    pub(super) all_code: usize,
    /// Notebooks outside documentation and examples, R Markdown included.
    pub(super) notebooks: usize,
    /// Documents other than a README, a licence and community files.
    pub(super) prose: usize,
    /// Tables, geographical data, dumps.
    pub(super) data: usize,
    /// Drawings of interfaces.
    pub(super) design: usize,
    /// Pages and templates.
    pub(super) html: usize,
    /// Recipes of infrastructure.
    pub(super) infrastructure: usize,
    /// True when there is a README.
    pub(super) has_readme: bool,
}

impl<'s> Census<'s> {
    pub(super) fn of(snapshot: &'s Snapshot) -> Self {
        let mut census = Self::default();
        for entry in snapshot.files() {
            census.add(entry);
        }
        census
    }

    fn add(&mut self, entry: &'s Entry) {
        let extension = entry.extension();
        match extension.as_str() {
            "ipynb" | "rmd" | "qmd" if !is_auxiliary(&entry.path) => self.notebooks += 1,
            "md" | "markdown" | "rst" | "adoc" | "asciidoc" | "org" | "tex" | "odt" | "doc"
            | "docx" | "pdf" | "odp" | "ppt" | "pptx" | "mdx" => self.add_prose(entry),
            "csv" | "tsv" | "geojson" | "topojson" | "parquet" | "xlsx" | "xls" | "ods" | "shp"
            | "gpkg" | "kml" | "ttl" | "rdf" | "jsonl" | "ndjson" | "nt" | "gml" => self.data += 1,
            "json" | "xml" | "yaml" | "yml"
                if !entry.is_at_root() && !is_auxiliary(&entry.path) =>
            {
                self.data += 1;
            }
            "sketch" | "fig" | "xd" | "psd" | "ai" | "indd" | "xcf" | "xmind" | "afdesign"
            | "penpot" | "studio" => {
                self.design += 1;
            }
            "html" | "htm" => self.html += 1,
            "tf" | "hcl" => self.infrastructure += 1,
            _ => {}
        }
        let name = entry.name();
        if matches!(
            name,
            "Chart.yaml" | "kustomization.yaml" | "kustomization.yml" | "Vagrantfile"
        ) || ["Dockerfile", "docker-compose", "compose.y", "playbook"]
            .iter()
            .any(|start| name.starts_with(start))
        {
            self.infrastructure += 1;
        }
        if entry
            .path
            .split('/')
            .any(|part| matches!(part, "playbooks" | "roles" | "ansible" | "terraform"))
            && matches!(extension.as_str(), "yml" | "yaml" | "j2" | "tf")
        {
            self.infrastructure += 1;
        }
        // chapters and notebooks are counted above
        if let Some(language) = languages::of(entry)
            && language != "HCL"
            && !matches!(extension.as_str(), "rmd" | "qmd")
        {
            self.all_code += 1;
            if !is_auxiliary(&entry.path) && !is_configuration(entry.name()) {
                self.code.push(Source {
                    path: &entry.path,
                    language,
                });
            }
        }
    }

    fn add_prose(&mut self, entry: &Entry) {
        let name = entry.name().to_ascii_uppercase();
        if name.starts_with("README") || name.starts_with("LISEZ") {
            self.has_readme = true;
        } else if ![
            "LICENSE",
            "LICENCE",
            "COPYING",
            "CHANGELOG",
            "CONTRIBUTING",
            "CODE_OF_CONDUCT",
            "SECURITY",
            "AUTHORS",
            "MAINTAINERS",
            "PULL_REQUEST",
            "ISSUE",
            "GOVERNANCE",
            "SUPPORT",
            "NOTICE",
            "HISTORY",
            "CLAUDE",
            "AGENTS",
        ]
        .iter()
        .any(|start| name.starts_with(start))
            && !entry.path.starts_with(".github/")
        {
            self.prose += 1;
        }
    }

    /// Share of the code, in hundredths, for which `is_wanted` holds.
    pub(super) fn code_percent(&self, is_wanted: impl Fn(&Source<'_>) -> bool) -> usize {
        let wanted = self.code.iter().filter(|source| is_wanted(source)).count();
        (wanted * 100).checked_div(self.code.len()).unwrap_or(0)
    }
}

/// True for languages in which data are prepared and analysed.
pub(super) fn is_data_language(language: &str) -> bool {
    matches!(
        language,
        "Python" | "R" | "Julia" | "Jupyter Notebook" | "SQL" | "Stata" | "SAS"
    )
}

/// True inside folders that serve the project without being it: tests, documentation, examples, tooling, hidden ones.
pub(super) fn is_auxiliary(path: &str) -> bool {
    let Some((folder, _)) = path.rsplit_once('/') else {
        return false;
    };
    folder.split('/').any(|part| {
        part.starts_with('.')
            || matches!(
                part.to_ascii_lowercase().as_str(),
                "doc"
                    | "docs"
                    | "documentation"
                    | "example"
                    | "examples"
                    | "exemples"
                    | "sample"
                    | "samples"
                    | "demo"
                    | "demos"
                    | "playground"
                    | "test"
                    | "tests"
                    | "__tests__"
                    | "spec"
                    | "specs"
                    | "e2e"
                    | "cypress"
                    | "fixtures"
                    | "testing"
                    | "script"
                    | "scripts"
                    | "tools"
                    | "tooling"
                    | "hack"
                    | "ci"
                    | "bin"
                    | "deploy"
                    | "deployment"
                    | "docker"
                    | "helm"
                    | "charts"
                    | "k8s"
                    | "infra"
                    | "benchmark"
                    | "benchmarks"
                    | "storybook"
                    | "assets"
                    | "static"
            )
    })
}

/// Settings of tools that happen to be written in a programming language.
fn is_configuration(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains(".config.")
        || name.contains(".conf.")
        || name.starts_with(".eslintrc")
        || matches!(
            name.as_str(),
            "gulpfile.js"
                | "gruntfile.js"
                | "webpack.mix.js"
                | "setup.py"
                | "conftest.py"
                | "conf.py"
                | "noxfile.py"
                | "fabfile.py"
                | "jest.setup.js"
                | "build.rs"
                | "env.d.ts"
        )
}
