// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Hosting: deployment and hosting.

use super::Entry;
use super::FactKind::{Items, List, Text};

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
        "signs of providers: name, path, line",
    ),
    (
        "hosting.programme_server",
        Items,
        "references to the programme's own servers: host, path, line",
    ),
];
