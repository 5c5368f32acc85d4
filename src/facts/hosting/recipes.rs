// SPDX-License-Identifier: EUPL-1.2
//! Deployment recipes by their names and, where a name says too little, by their shape.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::folded;
use crate::snapshot::{Entry, Snapshot};

/// The recipes of a repository, each list in path order.
#[derive(Debug, Default)]
pub(super) struct Recipes<'s> {
    pub(super) dockerfiles: Vec<&'s Entry>,
    pub(super) compose: Vec<&'s Entry>,
    pub(super) procfiles: Vec<&'s Entry>,
    pub(super) kubernetes: Vec<&'s Entry>,
    pub(super) provisioning: Vec<&'s Entry>,
    pub(super) other: Vec<&'s Entry>,
}

/// YAML files whose content is looked at.
const MOST_YAML: usize = 400;

static COMPOSE: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"^(?:docker-compose|compose|docker-stack)(?:[._-][\w.-]+)?\.ya?ml(?:\.(?:dist|example|exemple|sample|template|tpl|prod|dev|local|default))?$",
    )
});

static CONTAINER: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"(?i)^(?:(?:dockerfile|containerfile)(?:[._-][\w.-]+)?|[\w.-]+\.(?:dockerfile|containerfile))$",
    )
});

/// Words at the start of a line that make a YAML file a Kubernetes manifest.
static MANIFEST: LazyLock<Regex> = LazyLock::new(|| folded(r"(?m)^apiVersion:\s*\S"));

static MANIFEST_KIND: LazyLock<Regex> = LazyLock::new(|| folded(r"(?m)^kind:\s*[A-Z{]"));

static PLAYBOOK: LazyLock<Regex> = LazyLock::new(|| folded(r"(?m)^(?:-|\s{2,4})\s*hosts:\s*\S"));

impl<'s> Recipes<'s> {
    /// Finds the recipes among the project's own files.
    pub(super) fn find(snapshot: &'s Snapshot) -> Self {
        let mut recipes = Self::default();
        let mut yaml = 0;
        for entry in snapshot.files() {
            let name = entry.name();
            if is_dockerfile(name) {
                recipes.dockerfiles.push(entry);
            } else if is_compose(name) {
                recipes.compose.push(entry);
            } else if name == "Procfile" {
                recipes.procfiles.push(entry);
            } else if is_helm(entry) {
                recipes.kubernetes.push(entry);
            } else if is_provisioning(entry) {
                recipes.provisioning.push(entry);
            } else if is_server_configuration(entry) {
                recipes.other.push(entry);
            } else if matches!(entry.extension().as_str(), "yml" | "yaml")
                && !is_elsewhere(entry)
                && yaml < MOST_YAML
            {
                yaml += 1;
                recipes.add_yaml(snapshot, entry);
            }
        }
        recipes
            .procfiles
            .sort_by_key(|entry| (entry.path.matches('/').count(), entry.path.len()));
        recipes
    }

    fn add_yaml(&mut self, snapshot: &Snapshot, entry: &'s Entry) {
        let Ok(text) = snapshot.text(entry) else {
            return;
        };
        if MANIFEST.is_match(&text.text)
            && MANIFEST_KIND.is_match(&text.text)
            && !text.text.contains("apiVersion: backstage.io")
        {
            self.kubernetes.push(entry);
        } else if PLAYBOOK.is_match(&text.text)
            && (text.text.contains("tasks:") || text.text.contains("roles:"))
        {
            self.provisioning.push(entry);
        }
    }
}

fn is_compose(name: &str) -> bool {
    let is_named = name.contains("compose") || name.starts_with("docker-stack");
    is_named && COMPOSE.is_match(name)
}

fn is_dockerfile(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_named = lower.contains("dockerfile") || lower.contains("containerfile");
    is_named
        && CONTAINER.is_match(name)
        && ![
            ".dockerignore",
            ".md",
            ".sh",
            ".txt",
            ".yml",
            ".yaml",
            ".py",
            ".js",
            ".ts",
            ".html",
            ".rst",
            ".vim",
        ]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// CI definitions, data and texts are no recipes.
fn is_elsewhere(entry: &Entry) -> bool {
    entry.folder().split('/').any(|part| {
        matches!(
            part,
            ".github"
                | ".gitlab"
                | ".circleci"
                | ".forgejo"
                | ".gitea"
                | "_data"
                | "test"
                | "tests"
                | "fixtures"
                | "locales"
                | "translations"
                | "i18n"
                | "cassettes"
        )
    })
}

fn is_helm(entry: &Entry) -> bool {
    let name = entry.name();
    let folders = || entry.folder().split('/');
    let in_chart = || {
        folders().any(|part| {
            matches!(
                part,
                "charts"
                    | "chart"
                    | "helm"
                    | "helm-charts"
                    | ".kontinuous"
                    | "helm-chart"
                    | "k8s"
                    | "kubernetes"
            )
        })
    };
    matches!(
        name,
        "Chart.yaml" | "helmfile.yaml" | "helmfile.yml" | "helmfile.yaml.gotmpl" | "skaffold.yaml"
    ) || matches!(name, "kustomization.yaml" | "kustomization.yml")
        || (name.starts_with("values") && entry.extension() == "yaml" && in_chart())
        || (entry.folder() == ".kontinuous" && name == "config.yaml")
        || (entry.extension() == "yml" && name.starts_with("values") && in_chart())
}

fn is_provisioning(entry: &Entry) -> bool {
    let name = entry.name();
    let extension = entry.extension();
    let in_ansible = || {
        entry
            .folder()
            .split('/')
            .any(|part| matches!(part, "ansible" | "playbooks" | ".ansible"))
    };
    matches!(extension.as_str(), "tf" | "tofu")
        || name.ends_with(".tf.json")
        || matches!(
            name,
            "terragrunt.hcl" | "ansible.cfg" | "Pulumi.yaml" | "playbook.yml" | "playbook.yaml"
        )
        || (in_ansible() && matches!(extension.as_str(), "yml" | "yaml" | "ini" | "j2"))
        || (entry.path.contains("roles/") && entry.path.ends_with("tasks/main.yml"))
}

/// systemd units, web servers, process managers, deployment scripts; samples and templates of them too.
pub(super) fn is_server_configuration(entry: &Entry) -> bool {
    let name = entry.name();
    let name = [
        ".sample",
        ".example",
        ".dist",
        ".template",
        ".j2",
        ".erb",
        ".tpl",
    ]
    .iter()
    .find_map(|end| name.strip_suffix(end))
    .unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    let extension = match lower.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_owned(),
        _ => String::new(),
    };
    let in_folder = |wanted: &str| {
        entry
            .folder()
            .split('/')
            .any(|part| part.eq_ignore_ascii_case(wanted))
    };
    let is_conf = matches!(extension.as_str(), "conf" | "");
    match extension.as_str() {
        "service" | "socket" | "timer" => return true,
        "md" | "html" | "js" | "ts" | "tsx" | "php" | "py" | "css" | "svg" | "png" | "rb"
        | "ex" | "java" => {
            return matches!(
                lower.as_str(),
                "fabfile.py"
                    | "ecosystem.config.js"
                    | "deploy.php"
                    | "gunicorn.conf.py"
                    | "gunicorn_config.py"
            ) || entry.path.as_ref() == "config/deploy.rb";
        }
        _ => {}
    }
    (is_conf && (lower.contains("nginx") || in_folder("nginx")))
        || (extension == "conf"
            && (lower.contains("supervisor")
                || in_folder("supervisor")
                || lower.contains("apache")
                || lower.contains("httpd")
                || lower.contains("vhost")
                || in_folder("vhosts")
                || in_folder("apache")
                || in_folder("apache2")
                || in_folder("haproxy")
                || in_folder("sites-available")))
        || matches!(
            lower.as_str(),
            "caddyfile"
                | "capfile"
                | "uwsgi.ini"
                | "supervisord.conf"
                | "haproxy.cfg"
                | "traefik.toml"
                | "traefik.yml"
                | "deploy.sh"
                | "vagrantfile"
                | "nginx.conf.sigil"
                | "httpd.conf"
        )
        || (extension == "sh" && lower.starts_with("deploy"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::MemoryTree;

    #[test]
    fn names_of_recipes() {
        let files = [
            "Dockerfile",
            "Dockerfile.api",
            "docker/web.dockerfile",
            "Containerfile",
            "Dockerfile.md",
            ".dockerignore",
            "Dockerfile.dockerignore",
            "docker-compose.yml.dist",
            "docker-compose.prod.yml",
            "compose.yaml",
            "docker-compose-dev.yaml",
            "compose_mail.py",
            "web/Procfile",
            "Procfile.dev",
            "chart/values.yaml",
            "nginx/working_nginx_config",
            "unit/app.service",
            "devops/gunicorn.service.sample",
            "devops/nginx-conf.sample",
            "nginx/logo.svg",
            "main.tf",
            "src/deploy.js",
        ];
        let snapshot = files
            .iter()
            .fold(MemoryTree::new(), |tree, path| tree.file(path, "x"))
            .snapshot();
        let recipes = Recipes::find(&snapshot);
        let paths = |list: &[&Entry]| {
            list.iter()
                .map(|entry| entry.path.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            paths(&recipes.dockerfiles),
            [
                "Containerfile",
                "Dockerfile",
                "Dockerfile.api",
                "docker/web.dockerfile"
            ]
        );
        assert_eq!(
            paths(&recipes.compose),
            [
                "compose.yaml",
                "docker-compose-dev.yaml",
                "docker-compose.prod.yml",
                "docker-compose.yml.dist"
            ]
        );
        assert_eq!(paths(&recipes.procfiles), ["web/Procfile"]);
        assert_eq!(paths(&recipes.kubernetes), ["chart/values.yaml"]);
        assert_eq!(
            paths(&recipes.other),
            [
                "devops/gunicorn.service.sample",
                "devops/nginx-conf.sample",
                "nginx/working_nginx_config",
                "unit/app.service"
            ]
        );
        assert_eq!(paths(&recipes.provisioning), ["main.tf"]);
    }

    #[test]
    fn kubernetes_and_ansible_are_known_by_their_shape() {
        let snapshot = MemoryTree::new()
            .file(
                "deploy/app.yml",
                "---\napiVersion: apps/v1\nkind: Deployment\n",
            )
            .file("site.yml", "- hosts: web\n  roles:\n    - app\n")
            .file("openapi.yml", "openapi: 3.0.0\n")
            .snapshot();
        let recipes = Recipes::find(&snapshot);
        assert_eq!(&*recipes.kubernetes[0].path, "deploy/app.yml");
        assert_eq!(&*recipes.provisioning[0].path, "site.yml");
        assert_eq!(
            (recipes.kubernetes.len(), recipes.provisioning.len()),
            (1, 1)
        );
    }
}
