// SPDX-License-Identifier: EUPL-1.2
//! A compose file: its services with what they extend, and whether it serves development alone.

use super::look::is_tooling;
use super::words::has_part;
use crate::model::document::Node;
use crate::snapshot::Entry;

/// A compose file that could be read.
pub(super) struct Compose<'s> {
    pub(super) entry: &'s Entry,
    root: Node,
}

/// A service of a compose file.
#[derive(Clone, Copy)]
pub(super) struct Service<'c> {
    own: &'c Node,
    file: &'c Node,
}

/// Services that extend services are followed this deep.
const DEPTH: usize = 8;

impl<'s> Compose<'s> {
    pub(super) fn new(entry: &'s Entry, root: Node) -> Self {
        Self { entry, root }
    }

    /// The node that holds the services: the first format of compose had them at the top.
    fn file(&self) -> &Node {
        self.root.get("services").unwrap_or(&self.root)
    }

    pub(super) fn services(&self) -> impl Iterator<Item = Service<'_>> {
        let file = self.file();
        let maps = file.pairs().iter().filter(|pair| pair.value.is_map());
        maps.map(move |pair| Service {
            own: &pair.value,
            file,
        })
    }

    /// True when it starts the software for those who write it, or only what the software needs beside it.
    pub(super) fn is_for_development(&self) -> bool {
        if is_tooling(self.entry) {
            return true;
        }
        let name = self.entry.name().to_ascii_lowercase();
        let is_production = has_part(
            &name,
            &[
                "prod",
                "production",
                "staging",
                "preprod",
                "deploy",
                "stack",
                "swarm",
            ],
        );
        if is_production {
            return false;
        }
        let services: Vec<Service<'_>> = self.services().collect();
        let own: Vec<&Service<'_>> = services
            .iter()
            .filter(|service| !service.is_beside())
            .collect();
        let stays = |service: &Service<'_>| {
            service.get("restart").is_some() || service.get("deploy").is_some()
        };
        own.is_empty()
            || own.iter().any(|service| service.is_set_for_development())
            || (own.iter().any(|service| service.mounts_its_source())
                && !own.iter().any(|service| stays(service)))
    }
}

impl<'c> Service<'c> {
    /// A key of the service, or of the services that it extends in the same file.
    pub(super) fn get(&self, key: &str) -> Option<&'c Node> {
        self.pair_of(key).map(|(_, value)| value)
    }

    /// Line and value of a key.
    pub(super) fn pair_of(&self, key: &str) -> Option<(u32, &'c Node)> {
        let mut node = self.own;
        for _ in 0..DEPTH {
            if let Some(pair) = node.pair(key) {
                return Some((pair.line, &pair.value));
            }
            let extends = node.get("extends")?;
            // a service of another file is not looked up
            if extends.get("file").is_some() {
                return None;
            }
            let name = extends
                .text()
                .or_else(|| extends.get("service").and_then(Node::text))?;
            node = self.file.get(name)?;
        }
        None
    }

    /// Line and name of the image that is not built here.
    pub(super) fn foreign_image(&self) -> Option<(u32, String)> {
        if self.get("build").is_some() {
            return None;
        }
        let image = self.get("image")?;
        Some((image.line, image.scalar()?))
    }

    /// True for a data store, a mail catcher, an administration page: not the software.
    fn is_beside(&self) -> bool {
        const BESIDE: [&str; 24] = [
            "postgres",
            "postgis",
            "mysql",
            "mariadb",
            "mongo",
            "redis",
            "elasticsearch",
            "opensearch",
            "kibana",
            "rabbitmq",
            "memcached",
            "minio",
            "adminer",
            "pgadmin",
            "phpmyadmin",
            "mailhog",
            "maildev",
            "mailcatcher",
            "mailpit",
            "chrome",
            "selenium",
            "keycloak",
            "localstack",
            "smtp",
        ];
        self.foreign_image().is_some_and(|(_, image)| {
            let image = image.to_ascii_lowercase();
            BESIDE.iter().any(|beside| image.contains(beside))
        })
    }

    /// True when the environment says `development`.
    fn is_set_for_development(&self) -> bool {
        let Some(environment) = self.get("environment") else {
            return false;
        };
        let is_mode = |name: &str, value: &str| {
            matches!(
                name,
                "NODE_ENV" | "RAILS_ENV" | "RACK_ENV" | "MIX_ENV" | "APP_ENV" | "FLASK_ENV" | "ENV"
            ) && matches!(value, "development" | "dev" | "local" | "test")
        };
        environment.pairs().iter().any(|pair| {
            pair.value
                .scalar()
                .is_some_and(|value| is_mode(&pair.key, &value))
        }) || environment.items().iter().any(|item| {
            item.text()
                .and_then(|text| text.split_once('='))
                .is_some_and(|(name, value)| is_mode(name, value.trim_matches(['"', '\''])))
        })
    }

    /// True when the folder of the source is mounted over the image.
    fn mounts_its_source(&self) -> bool {
        let Some(volumes) = self.get("volumes") else {
            return false;
        };
        volumes.items().iter().any(|volume| {
            let source = volume
                .text()
                .and_then(|text| text.split(':').next())
                .or_else(|| volume.get("source").and_then(Node::text));
            source.is_some_and(|source| {
                let source = source.trim_end_matches('/');
                matches!(
                    source,
                    "." | ".." | "${PWD}" | "$PWD" | "./src" | "./app" | "./"
                )
            })
        })
    }

    /// Lines and names of volumes that keep data: not those of packages and caches.
    pub(super) fn kept_volumes(&self) -> Vec<(u32, String)> {
        let Some(volumes) = self.get("volumes") else {
            return Vec::new();
        };
        let named = volumes.items().iter().filter_map(|volume| {
            let source = match volume.text() {
                Some(text) => text.split_once(':').map(|(source, _)| source)?,
                None if volume.get("type").and_then(Node::text) == Some("volume") => {
                    volume.get("source").and_then(Node::text)?
                }
                None => return None,
            };
            let lower = source.to_ascii_lowercase();
            let is_path = lower.starts_with(['.', '/', '~', '$']);
            let is_rebuilt = [
                "node_modules",
                "modules",
                "cache",
                "deps",
                "build",
                "bundle",
                "vendor",
                "gem",
                "venv",
                "static",
                "tmp",
                "yarn",
                "pip",
                "history",
                "certs",
                "letsencrypt",
                "elastic",
                "es_",
                "esdata",
                "redis",
                "log",
            ]
            .iter()
            .any(|part| lower.contains(part));
            (!is_path && !is_rebuilt).then(|| (volume.line, source.to_owned()))
        });
        named.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::parse_yaml;
    use crate::snapshot::MemoryTree;

    fn ask<T>(path: &str, text: &str, question: impl Fn(&Compose<'_>) -> T) -> T {
        let snapshot = MemoryTree::new().file(path, text).snapshot();
        let entry = snapshot.entry(path).unwrap();
        question(&Compose::new(entry, parse_yaml(text).unwrap()))
    }

    #[test]
    fn development_is_told_from_production() {
        let is_for_development = |path: &str, text: &str| {
            let is_so = ask(path, text, |file| Some(file.is_for_development()));
            is_so == Some(true)
        };
        for (path, text) in [
            ("docker-compose.dev.yml", "services: {web: {build: .}}"),
            ("docker-compose.override.yml", "services: {web: {build: .}}"),
            (".devcontainer/compose.yml", "services: {web: {build: .}}"),
            ("compose.yml", "services: {db: {image: 'postgres:16'}}"),
            (
                "compose.yml",
                "services: {web: {build: ., volumes: ['.:/app']}}",
            ),
            (
                "compose.yml",
                "services: {web: {build: ., environment: ['NODE_ENV=development']}}",
            ),
            ("compose.yml", "db:\n  image: mysql\n"),
            ("compose.yml", "x"),
        ] {
            assert!(is_for_development(path, text), "{path}: {text}");
        }
        for (path, text) in [
            (
                "docker-compose.prod.yml",
                "services: {db: {image: postgres}}",
            ),
            ("compose.yml", "services: {web: {build: .}}"),
            (
                "compose.yml",
                "services: {web: {build: ., restart: always, volumes: ['.:/app']}}",
            ),
        ] {
            assert!(!is_for_development(path, text), "{path}: {text}");
        }
    }

    #[test]
    fn services_extend_services_and_never_for_ever() {
        let health = "services:\n  base:\n    healthcheck: {test: x}\n    build: .\n  web:\n    extends: base\n  worker:\n    extends: {service: web}\n";
        let lines = ask("compose.yml", health, |file| {
            file.services()
                .map(|service| service.pair_of("healthcheck").map(|(line, _)| line))
                .collect::<Vec<_>>()
        });
        assert_eq!(lines, [Some(3), Some(3), Some(3)]);
        let cycle = "services:\n  a: {extends: b}\n  b: {extends: a}\n  c: {extends: {file: x.yml, service: a}}\n";
        let found = ask("compose.yml", cycle, |file| {
            file.services()
                .any(|service| service.get("image").is_some())
        });
        assert!(!found);
    }

    #[test]
    fn volumes_of_packages_and_caches_keep_no_data() {
        let text = "services:\n  a:\n    image: x\n    volumes:\n      - data:/data\n      - node_modules:/app/node_modules\n      - ./x:/x\n      - /var/x:/x\n      - {type: volume, source: files, target: /f}\n";
        let kept = ask("compose.yml", text, |file| {
            file.services()
                .flat_map(|service| service.kept_volumes())
                .map(|(_, name)| name)
                .collect::<Vec<_>>()
        });
        assert_eq!(kept, ["data", "files"]);
    }
}
