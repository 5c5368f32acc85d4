// SPDX-License-Identifier: EUPL-1.2
//! Names of images and their tags: which language runtimes, systems and data stores they bring.

use std::collections::BTreeSet;

/// A product with a version, as an image or a file declares it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Declared {
    pub(super) product: &'static str,
    pub(super) version: String,
}

/// Images of languages and systems, by name.
const RUNTIMES: &[(&str, &str)] = &[
    ("node", "nodejs"),
    ("python", "python"),
    ("php", "php"),
    ("ruby", "ruby"),
    ("golang", "go"),
    ("elixir", "elixir"),
    ("erlang", "erlang"),
    ("openjdk", "java"),
    ("eclipse-temurin", "java"),
    ("adoptopenjdk", "java"),
    ("amazoncorretto", "java"),
    ("sapmachine", "java"),
    ("debian", "debian"),
    ("buildpack-deps", "debian"),
    ("ubuntu", "ubuntu"),
    ("alpine", "alpine"),
    ("centos", "centos"),
];

/// Images of data stores.
const STORES: &[(&str, &str)] = &[
    ("postgres", "postgresql"),
    ("postgresql", "postgresql"),
    ("postgis", "postgresql"),
    ("mysql", "mysql"),
    ("mariadb", "mariadb"),
    ("mongo", "mongodb"),
    ("mongodb", "mongodb"),
    ("redis", "redis"),
    ("elasticsearch", "elasticsearch"),
];

/// Stores whose content cannot be made again.
const LASTING: [&str; 4] = ["postgresql", "mysql", "mariadb", "mongodb"];

const DEBIAN: [&str; 7] = [
    "trixie", "bookworm", "bullseye", "buster", "stretch", "jessie", "wheezy",
];

const UBUNTU: [&str; 8] = [
    "resolute", "noble", "jammy", "focal", "bionic", "xenial", "trusty", "precise",
];

/// Accounts whose images have the version of the software as their tag.
const ACCOUNTS: [&str; 6] = [
    "library",
    "bitnami",
    "cimg",
    "hexpm",
    "postgis",
    "elasticsearch",
];

/// A name of an image in its parts.
struct Image<'i> {
    account: &'i str,
    name: &'i str,
    tag: &'i str,
}

/// `None` when an argument without value decides.
fn split(image: &str) -> Option<Image<'_>> {
    let image = image.split('@').next().unwrap_or(image);
    let (path, last) = image.rsplit_once('/').unwrap_or(("", image));
    let (name, tag) = last.split_once(':').unwrap_or((last, ""));
    let account = path.rsplit('/').next().unwrap_or_default();
    // what stands before the last account may be any registry
    let account = if account.contains(['.', ':']) {
        ""
    } else {
        account
    };
    let is_open = [name, tag, account]
        .iter()
        .any(|part| part.contains(['$', '{', '<', '%']));
    (!is_open && !name.is_empty()).then_some(Image { account, name, tag })
}

/// The data store that an image runs, when its content cannot be made again.
pub(super) fn store(image: &str) -> Option<&'static str> {
    let name = image.split('@').next().unwrap_or(image);
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.split(':').next().unwrap_or(name);
    let store = STORES
        .iter()
        .find(|(own, _)| *own == name)
        .map(|(_, store)| *store)?;
    LASTING.contains(&store).then_some(store)
}

/// The version of the data store that an image runs.
pub(super) fn store_version(image: &str) -> Option<Declared> {
    let image = split(image)?;
    if !image.account.is_empty() && !ACCOUNTS.contains(&image.account) {
        return None;
    }
    let product = STORES
        .iter()
        .find(|(name, _)| *name == image.name)
        .map(|(_, product)| *product)?;
    Some(Declared {
        product,
        version: version(image.tag),
    })
}

/// The runtimes and systems that an image brings, as its name and tag say.
pub(super) fn runtimes(image: &str) -> BTreeSet<Declared> {
    let mut found = BTreeSet::new();
    let Some(image) = split(image) else {
        return found;
    };
    if image.account == "dotnet"
        && matches!(image.name, "sdk" | "aspnet" | "runtime" | "runtime-deps")
    {
        found.insert(declared("dotnet", image.tag));
        return found;
    }
    let is_known_account = image.account.is_empty() || ACCOUNTS.contains(&image.account);
    let product = RUNTIMES
        .iter()
        .find(|(name, _)| *name == image.name)
        .filter(|_| is_known_account)
        .map(|(_, product)| *product);
    let parts: Vec<&str> = image.tag.split('-').collect();
    if let Some(product) = product {
        let is_named_only = image.name == "buildpack-deps"
            || !image.tag.starts_with(|c: char| c.is_ascii_digit())
                && parts
                    .iter()
                    .any(|part| DEBIAN.contains(part) || UBUNTU.contains(part));
        if !is_named_only {
            found.insert(declared(product, image.tag));
        }
    }
    let is_java_tool = matches!(image.name, "maven" | "gradle" | "tomcat" | "jetty" | "sbt");
    if product.is_none() && !is_java_tool && image.account != "hexpm" {
        return found;
    }
    add_suffixes(&parts, is_java_tool, &mut found);
    found
}

/// Systems and tools that the parts of a tag name: `18-bullseye-slim`, `1.10.3-erlang-23.0-alpine-3.11`, `3-jdk-11`.
fn add_suffixes(parts: &[&str], is_java_tool: bool, found: &mut BTreeSet<Declared>) {
    for (at, part) in parts.iter().enumerate() {
        let next = parts.get(at + 1).copied().unwrap_or_default();
        let follows = |word: &str| {
            let own = part.strip_prefix(word)?;
            let version = if own.is_empty() { next } else { own };
            version
                .starts_with(|c: char| c.is_ascii_digit())
                .then_some(version)
        };
        if DEBIAN.contains(part) {
            found.insert(declared("debian", part));
        } else if UBUNTU.contains(part) {
            found.insert(declared("ubuntu", part));
        } else if let Some(version) = follows("alpine") {
            found.insert(declared("alpine", version));
        } else if let Some(version) = follows("erlang") {
            found.insert(declared("erlang", version));
        } else if is_java_tool
            && let Some(version) = ["jdk", "jre", "openjdk", "temurin", "corretto", "java"]
                .iter()
                .find_map(|word| follows(word))
        {
            found.insert(declared("java", version));
        }
    }
}

fn declared(product: &'static str, tag: &str) -> Declared {
    let mut version = version(tag);
    if product == "java"
        && let Some(rest) = version.strip_prefix("1.")
    {
        version = rest.to_owned();
    }
    Declared { product, version }
}

/// The version at the start of a tag, or the name of one; `latest` when there is no tag.
fn version(tag: &str) -> String {
    let first = tag.split('-').next().unwrap_or_default();
    let first = first.strip_prefix('v').unwrap_or(first);
    let number = first
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(first, |end| &first[..end]);
    let number = number.trim_end_matches('.');
    match (number.is_empty(), first.is_empty()) {
        (false, _) => number.to_owned(),
        (true, false) => first.to_owned(),
        (true, true) => "latest".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(image: &str) -> Vec<String> {
        runtimes(image)
            .into_iter()
            .map(|one| format!("{} {}", one.product, one.version))
            .collect()
    }

    #[test]
    fn tags_name_versions_and_systems() {
        for (image, expected) in [
            (
                "node:16.3.0-alpine3.13",
                &["alpine 3.13", "nodejs 16.3.0"][..],
            ),
            ("node:18-bullseye-slim", &["debian bullseye", "nodejs 18"]),
            ("node", &["nodejs latest"]),
            ("node:lts-alpine", &["nodejs lts"]),
            ("node:alpine", &["nodejs alpine"]),
            ("docker.io/library/python:3.8", &["python 3.8"]),
            ("php:7.4-apache-buster", &["debian buster", "php 7.4"]),
            ("python@sha256:abc", &["python latest"]),
            ("openjdk:8u212-jre", &["java 8"]),
            (
                "eclipse-temurin:11.0.2_9-jdk-focal",
                &["java 11.0.2", "ubuntu focal"],
            ),
            ("maven:3.6-jdk-11-slim", &["java 11"]),
            ("maven:3.9-eclipse-temurin-17", &["java 17"]),
            ("tomcat:9-jdk8", &["java 8"]),
            ("mcr.microsoft.com/dotnet/aspnet:6.0", &["dotnet 6.0"]),
            (
                "hexpm/elixir:1.10.3-erlang-23.0-alpine-3.11.6",
                &["alpine 3.11.6", "elixir 1.10.3", "erlang 23.0"],
            ),
            ("debian:buster-slim", &["debian buster"]),
            ("ubuntu:20.04", &["ubuntu 20.04"]),
            ("jekyll/jekyll:3", &[]),
            ("nginx:1.19-alpine", &[]),
            ("someone/node:8", &[]),
            ("node:$V", &[]),
            ("", &[]),
            (":", &[]),
        ] {
            assert_eq!(of(image), expected, "{image}");
        }
    }

    #[test]
    fn stores_have_versions_too() {
        let version = |image| store_version(image).map(|one| (one.product, one.version));
        assert_eq!(
            version("postgis/postgis:12-2.5"),
            Some(("postgresql", "12".to_owned()))
        );
        assert_eq!(
            version("docker.elastic.co/elasticsearch/elasticsearch:7.9.0"),
            Some(("elasticsearch", "7.9.0".to_owned()))
        );
        assert_eq!(version("someone/postgres:9"), None);
        assert_eq!(store("redis:6"), None);
        assert_eq!(store("mdillon/postgis"), Some("postgresql"));
    }
}
