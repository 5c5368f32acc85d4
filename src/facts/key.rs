// SPDX-License-Identifier: EUPL-1.2
//! The registry of facts: every key with its type, its theme and what it says. Rules may use no other key.

/// What shape a fact's value has. A value of *nothing there* is allowed for every shape but counts and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// True or false.
    Flag,
    /// A whole number; the unit is in the key.
    Count,
    /// A text, possibly from a closed list.
    Text,
    /// An instant with offset.
    Moment,
    /// A list of texts.
    List,
    /// A list of records of named texts.
    Items,
}

/// The extractor that yields a fact; facts of one theme are computed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// What the forge and the address say.
    Repository,
    /// What kind of project it is, in which languages.
    Kind,
    /// Licences.
    Licence,
    /// The README.
    Readme,
    /// Continuous integration.
    Ci,
    /// Automatic tests.
    Tests,
    /// Deployment and hosting.
    Hosting,
    /// Documentation and community files.
    Documentation,
    /// Manifests, lock files, update bots.
    Dependencies,
    /// publiccode.yml.
    Publiccode,
    /// Secrets, environment files, large files.
    Security,
    /// Commits and tags.
    Activity,
    /// Obligations of a public web service.
    Web,
}

/// One fact that can be known of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactSpec {
    /// Dotted key, nested in the JSON export.
    pub key: &'static str,
    /// Shape of the value.
    pub kind: FactKind,
    /// Who yields it.
    pub theme: Theme,
    /// What it says, in English, for rule authors.
    pub says: &'static str,
}

/// The fact with this key.
pub fn fact(key: &str) -> Option<&'static FactSpec> {
    FACTS.iter().find(|spec| spec.key == key)
}

const fn spec(key: &'static str, kind: FactKind, theme: Theme, says: &'static str) -> FactSpec {
    FactSpec {
        key,
        kind,
        theme,
        says,
    }
}

use FactKind::{Count, Flag, Items, List, Moment, Text};
use Theme as T;

/// Every fact, in the order of the export.
pub const FACTS: &[FactSpec] = &[
    spec(
        "repository.host",
        Text,
        T::Repository,
        "host of the forge, nothing for a local path",
    ),
    spec(
        "repository.owner",
        Text,
        T::Repository,
        "account that owns the repository",
    ),
    spec(
        "repository.name",
        Text,
        T::Repository,
        "name of the repository",
    ),
    spec(
        "repository.url",
        Text,
        T::Repository,
        "address of the repository as audited",
    ),
    spec(
        "repository.is_fork",
        Flag,
        T::Repository,
        "the forge says that it is a fork",
    ),
    spec(
        "repository.is_archived",
        Flag,
        T::Repository,
        "the forge says that it is archived",
    ),
    spec(
        "repository.description",
        Text,
        T::Repository,
        "description on the forge",
    ),
    spec(
        "repository.topics",
        List,
        T::Repository,
        "topics on the forge",
    ),
    spec(
        "repository.homepage",
        Text,
        T::Repository,
        "project page given on the forge",
    ),
    spec(
        "repository.has_issue_tracker",
        Flag,
        T::Repository,
        "issues are enabled on the forge and open to the public",
    ),
    spec(
        "repository.owner_kind",
        Text,
        T::Repository,
        "organisation or user",
    ),
    spec(
        "repository.is_plain_folder",
        Flag,
        T::Repository,
        "a folder without Git",
    ),
    spec(
        "repository.file_count",
        Count,
        T::Repository,
        "entries of the tree",
    ),
    spec(
        "repository.vendored",
        List,
        T::Repository,
        "folders that are copies of other projects or excluded by configuration",
    ),
    spec(
        "repository.truncated",
        Flag,
        T::Repository,
        "the tree was too large to be listed whole",
    ),
    spec(
        "kind",
        Text,
        T::Kind,
        "service, library, cli, data-pipeline, website, documentation, data, design or mixed",
    ),
    spec("kind_signs", List, T::Kind, "what the kind was read from"),
    spec(
        "languages.main",
        Text,
        T::Kind,
        "programming language with most code",
    ),
    spec(
        "languages.all",
        Items,
        T::Kind,
        "programming languages with name, files and bytes",
    ),
    spec(
        "technologies",
        List,
        T::Kind,
        "frameworks and data stores recognised in manifests",
    ),
    spec(
        "natural_language",
        Text,
        T::Readme,
        "fr, en or mixed: language of the README",
    ),
    spec(
        "licence.code",
        Text,
        T::Licence,
        "SPDX expression for the code",
    ),
    spec(
        "licence.docs",
        Text,
        T::Licence,
        "SPDX expression for documentation and content, when stated",
    ),
    spec(
        "licence.data",
        Text,
        T::Licence,
        "SPDX expression for data, when stated",
    ),
    spec(
        "licence.files",
        List,
        T::Licence,
        "the project's own licence texts",
    ),
    spec(
        "licence.texts",
        Items,
        T::Licence,
        "per licence file: path, expression, confidence (0 to 1000), modified",
    ),
    spec(
        "licence.unidentified_files",
        List,
        T::Licence,
        "licence files whose text matches no known licence",
    ),
    spec(
        "licence.modified_files",
        List,
        T::Licence,
        "licence files whose text was altered or restricted",
    ),
    spec(
        "licence.declared_in",
        Items,
        T::Licence,
        "declarations outside licence files: path, line, value, expression",
    ),
    spec(
        "licence.contradictions",
        Items,
        T::Licence,
        "declarations that disagree: path, line, value, against",
    ),
    spec(
        "licence.restrictions",
        Items,
        T::Licence,
        "restrictions of use stated beside a licence: path, line, value",
    ),
    spec(
        "licence.copyright_holder",
        Text,
        T::Licence,
        "first rights holder named, as written",
    ),
    spec(
        "licence.holders",
        Items,
        T::Licence,
        "rights holders named: path, line, value",
    ),
    spec(
        "licence.placeholder_unfilled",
        Flag,
        T::Licence,
        "a copyright notice is left as a template",
    ),
    spec(
        "licence.or_later",
        Text,
        T::Licence,
        "only or or-later, when a GNU licence says it",
    ),
    spec("readme.path", Text, T::Readme, "the main README"),
    spec(
        "readme.format",
        Text,
        T::Readme,
        "markdown, org, rst, asciidoc or text",
    ),
    spec(
        "readme.word_count",
        Count,
        T::Readme,
        "words of the raw file",
    ),
    spec(
        "readme.prose_chars",
        Count,
        T::Readme,
        "characters of prose, without badges, headings and code",
    ),
    spec(
        "readme.template",
        Text,
        T::Readme,
        "name of the generator whose untouched README this is",
    ),
    spec(
        "readme.purpose_chars",
        Count,
        T::Readme,
        "characters of the longest paragraph before the first installation heading",
    ),
    spec(
        "readme.sections.title_and_purpose",
        Flag,
        T::Readme,
        "a title and what the software is for",
    ),
    spec("readme.sections.install", Flag, T::Readme, "how to install"),
    spec(
        "readme.sections.usage_or_run",
        Flag,
        T::Readme,
        "how to start, build or operate",
    ),
    spec(
        "readme.sections.tests",
        Flag,
        T::Readme,
        "how to run the automatic tests",
    ),
    spec(
        "readme.sections.contribute",
        Flag,
        T::Readme,
        "how to contribute",
    ),
    spec("readme.sections.licence", Flag, T::Readme, "the licence"),
    spec(
        "readme.sections.contact_or_maintainer",
        Flag,
        T::Readme,
        "an address, a channel or who maintains",
    ),
    spec(
        "readme.sections.programme_mention",
        Flag,
        T::Readme,
        "the programme or an administration named as bearer",
    ),
    spec(
        "readme.sections.status_or_maintenance",
        Flag,
        T::Readme,
        "state of the project",
    ),
    spec(
        "readme.sections.demo_or_site_link",
        Flag,
        T::Readme,
        "link to the deployed service, a demo or the official site",
    ),
    spec(
        "readme.sections.architecture",
        Flag,
        T::Readme,
        "structure of the code or of the system",
    ),
    spec(
        "readme.broken_relative_links",
        List,
        T::Readme,
        "targets inside the repository that do not exist",
    ),
    spec(
        "readme.licence",
        Text,
        T::Readme,
        "SPDX expression that the README states",
    ),
    spec(
        "readme.licence_link",
        Flag,
        T::Readme,
        "the README links to the licence file, or shows a badge drawn from it",
    ),
    spec(
        "readme.contacts",
        Items,
        T::Readme,
        "ways to reach the maintainer: kind (email, page, channel, issues), path, line, domain",
    ),
    spec(
        "readme.contributions",
        Text,
        T::Readme,
        "welcome, refused or explained: what the README says of contributions",
    ),
    spec(
        "readme.eig_mention",
        Text,
        T::Readme,
        "full, or abbreviation: how the EIG programme is named",
    ),
    spec(
        "readme.eig_link",
        Flag,
        T::Readme,
        "the README links to the programme's site",
    ),
    spec(
        "readme.openness_badge",
        Text,
        T::Readme,
        "contributif, ouvert or publié: the code.gouv.fr badge",
    ),
    spec(
        "readme.maintenance_status",
        Text,
        T::Readme,
        "active, passive or none: the maintenance stated",
    ),
    spec(
        "readme.maintainer_named",
        Flag,
        T::Readme,
        "somebody is said to maintain the project",
    ),
    spec(
        "readme.sites",
        List,
        T::Readme,
        "project sites that the README links to",
    ),
    spec(
        "readme.command_blocks",
        Count,
        T::Readme,
        "blocks of commands",
    ),
    spec(
        "ci.systems",
        List,
        T::Ci,
        "continuous integration systems configured",
    ),
    spec("ci.files", List, T::Ci, "their definitions"),
    spec("ci.jobs", Items, T::Ci, "jobs: path, line, name, does"),
    spec("ci.runs_tests", Flag, T::Ci, "some job runs tests"),
    spec("ci.runs_lint", Flag, T::Ci, "some job checks style"),
    spec(
        "ci.deploys",
        Flag,
        T::Ci,
        "some job puts something into service",
    ),
    spec(
        "ci.on_change",
        Flag,
        T::Ci,
        "runs on pushes and on merge requests",
    ),
    spec(
        "ci.actions_pinned_by_hash",
        Text,
        T::Ci,
        "all, some, none or na",
    ),
    spec(
        "ci.default_permissions_restricted",
        Text,
        T::Ci,
        "true, false or na",
    ),
    spec(
        "tests.present",
        Flag,
        T::Tests,
        "the project has automatic tests",
    ),
    spec(
        "tests.frameworks",
        List,
        T::Tests,
        "runners and test frameworks",
    ),
    spec("tests.files", List, T::Tests, "test files, a sample"),
    spec("tests.file_count", Count, T::Tests, "test files"),
    spec(
        "tests.generated_only",
        Flag,
        T::Tests,
        "the only tests are the untouched examples of a framework",
    ),
    spec("hosting.dockerfiles", List, T::Hosting, "container recipes"),
    spec("hosting.compose", List, T::Hosting, "compose files"),
    spec("hosting.procfile", Text, T::Hosting, "Procfile"),
    spec(
        "hosting.k8s_or_helm",
        List,
        T::Hosting,
        "Kubernetes and Helm files",
    ),
    spec(
        "hosting.terraform_or_ansible",
        List,
        T::Hosting,
        "Terraform and Ansible files",
    ),
    spec(
        "hosting.other_recipes",
        List,
        T::Hosting,
        "systemd units, web server configuration",
    ),
    spec(
        "hosting.paas",
        Items,
        T::Hosting,
        "platforms: name, evidence",
    ),
    spec(
        "hosting.env_example",
        Text,
        T::Hosting,
        "sample environment or configuration file",
    ),
    spec(
        "hosting.deploy_doc",
        Text,
        T::Hosting,
        "deployment documentation, path#heading",
    ),
    spec(
        "hosting.base_images_pinned",
        Text,
        T::Hosting,
        "all, some, none or na",
    ),
    spec(
        "hosting.runs_as_non_root",
        Text,
        T::Hosting,
        "true, false or na",
    ),
    spec("hosting.healthcheck", Text, T::Hosting, "true, false or na"),
    spec(
        "hosting.provider",
        Text,
        T::Hosting,
        "hosting provider named",
    ),
    spec(
        "hosting.providers",
        Items,
        T::Hosting,
        "signs of providers: name, path, line",
    ),
    spec(
        "hosting.programme_server",
        Items,
        T::Hosting,
        "references to the programme's own servers: host, path, line",
    ),
    spec(
        "documentation.docs_dir",
        Text,
        T::Documentation,
        "folder of documentation",
    ),
    spec(
        "documentation.site_generator",
        Text,
        T::Documentation,
        "generator of the documentation or site",
    ),
    spec(
        "documentation.changelog",
        Text,
        T::Documentation,
        "changelog",
    ),
    spec(
        "documentation.contributing",
        Text,
        T::Documentation,
        "contribution guide",
    ),
    spec(
        "documentation.code_of_conduct",
        Text,
        T::Documentation,
        "code of conduct",
    ),
    spec(
        "documentation.security_policy",
        Text,
        T::Documentation,
        "security policy",
    ),
    spec(
        "documentation.governance",
        Text,
        T::Documentation,
        "governance",
    ),
    spec("documentation.authors", Text, T::Documentation, "authors"),
    spec("documentation.roadmap", Text, T::Documentation, "roadmap"),
    spec("documentation.support", Text, T::Documentation, "support"),
    spec(
        "documentation.publiccode_yml",
        Text,
        T::Documentation,
        "publiccode.yml",
    ),
    spec(
        "documentation.citation_cff",
        Text,
        T::Documentation,
        "CITATION.cff",
    ),
    spec(
        "documentation.codemeta",
        Text,
        T::Documentation,
        "codemeta.json",
    ),
    spec(
        "documentation.issue_templates",
        List,
        T::Documentation,
        "issue templates",
    ),
    spec(
        "documentation.pr_template",
        Text,
        T::Documentation,
        "merge request template",
    ),
    spec(
        "documentation.codeowners",
        Text,
        T::Documentation,
        "CODEOWNERS",
    ),
    spec(
        "documentation.maintainers",
        Text,
        T::Documentation,
        "MAINTAINERS file",
    ),
    spec(
        "documentation.api_spec",
        List,
        T::Documentation,
        "API descriptions",
    ),
    spec(
        "documentation.adr_or_architecture",
        List,
        T::Documentation,
        "decision records and architecture documents",
    ),
    spec(
        "documentation.architecture_diagrams",
        List,
        T::Documentation,
        "files or headings that draw the architecture",
    ),
    spec(
        "documentation.install",
        Items,
        T::Documentation,
        "installation instructions: path, line, heading, commands (number of command blocks)",
    ),
    spec(
        "documentation.technical",
        List,
        T::Documentation,
        "developer documentation beyond installation, path or path#heading",
    ),
    spec(
        "documentation.technical_external",
        List,
        T::Documentation,
        "developer documentation on a wiki or site that the README links to",
    ),
    spec(
        "documentation.user_manual",
        List,
        T::Documentation,
        "user manuals in the tree",
    ),
    spec(
        "documentation.user_manual_external",
        List,
        T::Documentation,
        "user manuals that the README links to",
    ),
    spec(
        "documentation.help_pages",
        List,
        T::Documentation,
        "pages of help inside the application",
    ),
    spec(
        "documentation.contribution_section",
        Text,
        T::Documentation,
        "section of the README about contributing, path#heading",
    ),
    spec(
        "documentation.issue_tracker_links",
        List,
        T::Documentation,
        "public trackers that a file links to",
    ),
    spec(
        "documentation.last_change",
        Moment,
        T::Documentation,
        "last change of the documentation, when known",
    ),
    spec(
        "documentation.algorithm",
        List,
        T::Documentation,
        "plain-language descriptions of an algorithm or a statement about it",
    ),
    spec(
        "dependencies.manifests",
        List,
        T::Dependencies,
        "files that declare dependencies",
    ),
    spec(
        "dependencies.lockfiles",
        List,
        T::Dependencies,
        "lock files",
    ),
    spec(
        "dependencies.update_bot",
        Text,
        T::Dependencies,
        "dependabot, renovate or none",
    ),
    spec(
        "dependencies.packages",
        Items,
        T::Dependencies,
        "packages that the repository defines: path, name, version, ecosystem, private",
    ),
    spec(
        "publiccode.valid",
        Flag,
        T::Publiccode,
        "the file has the mandatory keys",
    ),
    spec("publiccode.url", Text, T::Publiccode, "url"),
    spec("publiccode.licence", Text, T::Publiccode, "legal.license"),
    spec(
        "publiccode.copyright_owner",
        Text,
        T::Publiccode,
        "legal.mainCopyrightOwner",
    ),
    spec(
        "publiccode.maintenance",
        Text,
        T::Publiccode,
        "maintenance.type",
    ),
    spec(
        "publiccode.contact_count",
        Count,
        T::Publiccode,
        "contacts with an address",
    ),
    spec("publiccode.landing_url", Text, T::Publiccode, "landingURL"),
    spec("publiccode.roadmap", Text, T::Publiccode, "roadmap"),
    spec(
        "publiccode.status",
        Text,
        T::Publiccode,
        "developmentStatus",
    ),
    spec(
        "publiccode.used_by_count",
        Count,
        T::Publiccode,
        "entries of usedBy",
    ),
    spec("publiccode.is_based_on", List, T::Publiccode, "isBasedOn"),
    spec(
        "secrets_or_env_committed",
        Items,
        T::Security,
        "environment files and secrets: path, what",
    ),
    spec(
        "security.secrets",
        Items,
        T::Security,
        "high-confidence secrets: path, line, kind; never a value",
    ),
    spec(
        "security.env_files",
        Items,
        T::Security,
        "environment files that are not samples: path, variables, state (empty, placeholders, values)",
    ),
    spec(
        "large_or_binary_files_over_5MB",
        Items,
        T::Security,
        "files over 5 MB: path, size_bytes",
    ),
    spec(
        "activity.commits",
        Count,
        T::Activity,
        "commits reachable from the audited commit",
    ),
    spec(
        "activity.distinct_authors",
        Count,
        T::Activity,
        "authors, identities that share a name or an address merged, robots included",
    ),
    spec(
        "activity.human_authors",
        Count,
        T::Activity,
        "authors without robots",
    ),
    spec(
        "activity.top_author_permille",
        Count,
        T::Activity,
        "share of the most active author, thousandths",
    ),
    spec(
        "activity.bus_factor",
        Count,
        T::Activity,
        "people who made more than half of the last 12 active months' non-merge commits",
    ),
    spec(
        "activity.first_commit_date",
        Moment,
        T::Activity,
        "oldest commit",
    ),
    spec(
        "activity.last_commit_date",
        Moment,
        T::Activity,
        "newest commit",
    ),
    spec(
        "activity.last_human_commit_date",
        Moment,
        T::Activity,
        "newest commit not made by a robot",
    ),
    spec(
        "activity.span_days",
        Count,
        T::Activity,
        "days from the oldest to the newest commit",
    ),
    spec(
        "activity.signed_off_percent",
        Count,
        T::Activity,
        "signed-off share of the last 50 human commits",
    ),
    spec("activity.tags", Count, T::Activity, "tags"),
    spec(
        "activity.version_tags",
        Count,
        T::Activity,
        "tags that are versions",
    ),
    spec(
        "activity.last_version_date",
        Moment,
        T::Activity,
        "date of the newest version tag",
    ),
    spec(
        "web.front_end",
        Flag,
        T::Web,
        "the repository holds a web front end for people",
    ),
    spec(
        "web.accessibility_page",
        List,
        T::Web,
        "pages that state the conformity level, a contact and the recourse",
    ),
    spec(
        "web.accessibility_mention",
        Text,
        T::Web,
        "total, partial or none: the mention in a layout or footer",
    ),
    spec(
        "web.accessibility_scheme",
        List,
        T::Web,
        "links to the multi-year scheme",
    ),
    spec(
        "web.legal_notices",
        List,
        T::Web,
        "legal notices with content",
    ),
    spec(
        "web.privacy_policy",
        List,
        T::Web,
        "privacy policies with content",
    ),
    spec("web.terms", List, T::Web, "terms of use with content"),
    spec(
        "web.legal_placeholders",
        List,
        T::Web,
        "legal pages left as a template",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_never_both_a_value_and_a_folder() {
        for (n, spec) in FACTS.iter().enumerate() {
            for other in &FACTS[n + 1..] {
                assert_ne!(spec.key, other.key);
                let nested =
                    |a: &str, b: &str| b.strip_prefix(a).is_some_and(|r| r.starts_with('.'));
                assert!(!nested(spec.key, other.key) && !nested(other.key, spec.key));
            }
        }
    }
}
