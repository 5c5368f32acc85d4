// SPDX-License-Identifier: EUPL-1.2
//! Users that images run as, as far as their names tell.

/// Images that start as root and change to another user themselves: nothing can be said without running them.
const SELF_DROPPING: [&str; 12] = [
    "jekyll/jekyll",
    "postgres",
    "postgis/postgis",
    "mysql",
    "mariadb",
    "redis",
    "mongo",
    "rabbitmq",
    "memcached",
    "elasticsearch",
    "keycloak/keycloak",
    "docker.elastic.co/elasticsearch/elasticsearch",
];

/// Images, or parts of their names, that run as another user than root.
const UNPRIVILEGED: [&str; 10] = [
    "nginx-unprivileged",
    ":nonroot",
    "bitnami/",
    "jupyter/",
    "grafana/grafana",
    "keycloak/keycloak",
    "-rootless",
    "cypress/included",
    "chainguard/",
    "sonarqube",
];

/// Whether a base image runs as another user; `None` when only running it would tell.
pub(super) fn known_user(image: &str) -> Option<bool> {
    let plain = image.split('@').next().unwrap_or(image);
    let name = plain
        .rsplit_once(':')
        .filter(|(_, tag)| !tag.contains('/'))
        .map_or(plain, |(name, _)| name);
    let name = name.strip_prefix("docker.io/").unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    if UNPRIVILEGED.iter().any(|mark| image.contains(mark)) {
        return Some(true);
    }
    if SELF_DROPPING.contains(&name) {
        return None;
    }
    Some(false)
}

pub(super) fn is_root(user: &str) -> bool {
    let name = user.split(':').next().unwrap_or(user);
    matches!(name, "root" | "0")
}
