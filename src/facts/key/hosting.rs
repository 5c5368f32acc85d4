// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Hosting: deployment and hosting.

use super::Entry;
use super::FactKind::{Count, Items, List, Text};

pub(super) const ENTRIES: &[Entry] = &[
    ("hosting.dockerfiles", List, "container recipes"),
    ("hosting.compose", List, "compose files"),
    ("hosting.procfile", Text, "Procfile"),
    ("hosting.k8s_or_helm", List, "Kubernetes and Helm files"),
    (
        "hosting.terraform_or_ansible",
        List,
        "Terraform and Ansible files",
    ),
    (
        "hosting.other_recipes",
        List,
        "systemd units, web server configuration",
    ),
    ("hosting.paas", Items, "platforms: name, evidence"),
    (
        "hosting.env_example",
        Text,
        "sample environment or configuration file",
    ),
    (
        "hosting.deploy_doc",
        Text,
        "deployment documentation, path#heading",
    ),
    ("hosting.base_images_pinned", Text, "all, some, none or na"),
    ("hosting.runs_as_non_root", Text, "true, false or na"),
    ("hosting.healthcheck", Text, "true, false or na"),
    ("hosting.provider", Text, "hosting provider named"),
    (
        "hosting.providers",
        Items,
        "signs of providers: name, path, line, sign (recipe, notice, statement, pages, endpoint)",
    ),
    (
        "hosting.programme_server",
        Items,
        "references to the programme's own servers: host, path, line",
    ),
    (
        "hosting.targets",
        Items,
        "recipes and statements of where it is put into service: kind (platform, job, kubernetes, procfile, server, provisioning, docker, compose, statement, notice, guide), name, path, line, use (production, development, described without host, mentioned in a legal notice)",
    ),
    (
        "hosting.dedicated_server",
        Items,
        "sentences that say that it runs on a server of its own: path, line",
    ),
    (
        "hosting.sites",
        Items,
        "sites declared by README, publiccode.yml, forge, manifest or domain file: url, host, state (lasting, ephemeral, demo), path, line",
    ),
    (
        "hosting.runtimes",
        Items,
        "language runtimes and systems declared: product, version, path, line, is_range",
    ),
    (
        "hosting.service_images",
        Items,
        "data stores run from an image: product, version, path, line, is_range",
    ),
    (
        "hosting.variables",
        Items,
        "environment variables that the code reads: name, path, line, documented (the file that names it)",
    ),
    (
        "hosting.variables_documented_percent",
        Count,
        "share of those variables that a sample file or a document names; 100 when none is read",
    ),
    (
        "hosting.persistent_data",
        Items,
        "databases and volumes: kind (database, volume), name, path",
    ),
    (
        "hosting.backups",
        Items,
        "places that describe or do it: does (backup, restore), form (document, command in a document, script), path, line",
    ),
];
