// SPDX-License-Identifier: EUPL-1.2
//! What tells a real secret from a sample of the same shape.

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::Found;
use super::placeholders::{entropy, is_local_host, is_made_up, is_placeholder};

/// A token that is not plainly made up.
pub(super) fn token(found: &Found<'_>) -> bool {
    !is_made_up(found.value()) && entropy(found.value()) > 3.0
}

/// A key block whose body is long, varied and not encrypted.
pub(super) fn key_block(found: &Found<'_>) -> bool {
    let body: String = found
        .group("v")
        .replace("\\n", "\n")
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='))
        .collect();
    !found.whole().contains("ENCRYPTED")
        && body.len() >= 100
        && entropy(&body) > 4.5
        && !is_for_one_machine(found.path)
}

/// True for paths of keys and settings that serve development: their names say it.
pub(super) fn is_for_one_machine(path: &str) -> bool {
    path.to_ascii_lowercase()
        .split(['/', '.', '-', '_'])
        .any(|part| {
            matches!(
                part,
                "localhost"
                    | "local"
                    | "dev"
                    | "development"
                    | "example"
                    | "examples"
                    | "exemple"
                    | "sample"
                    | "samples"
                    | "snakeoil"
                    | "selfsigned"
                    | "dummy"
                    | "fake"
                    | "demo"
                    | "template"
                    | "templates"
                    | "default"
                    | "defaults"
                    | "dist"
                    | "seed"
                    | "seeds"
                    | "doc"
                    | "docs"
                    | "documentation"
                    | "ci"
                    | "test"
                    | "tests"
                    | "testing"
                    | "md"
                    | "tutorial"
            )
        })
}

/// A token of a registry, given to its client in a file.
pub(super) fn registry_token(found: &Found<'_>) -> bool {
    token(found) && !is_placeholder(found.value()) && !is_for_one_machine(found.path)
}

/// A password in the settings of a database, for a machine that others can reach.
pub(super) fn database(found: &Found<'_>) -> bool {
    !is_placeholder(found.value())
        && !is_local_host(found.group("h"))
        && !is_for_one_machine(found.path)
}

/// The identifier of a key is no secret: the secret must stand in the same file.
pub(super) fn aws(found: &Found<'_>) -> bool {
    static SECRET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)secret[^\n]{0,40}?['"=:\s]([A-Za-z0-9/+]{40})(?:['"\s,;]|$)"#)
            .expect("invariant: constant pattern")
    });
    token(found)
        && SECRET
            .captures_iter(found.text)
            .any(|secret| !is_made_up(&secret[1]) && entropy(&secret[1]) > 4.0)
}

/// Keys of Google's browser services are public by design: only code that runs on a server counts.
pub(super) fn server_key(found: &Found<'_>) -> bool {
    let extension = found.path.rsplit('.').next().unwrap_or_default();
    let is_server = matches!(
        extension.to_ascii_lowercase().as_str(),
        "py" | "rb" | "go" | "sh" | "r" | "rmd" | "ipynb" | "java" | "ex" | "exs"
    );
    let line = found.line.trim_start_matches([' ', '\t', '"', '\'']);
    let is_comment = line.starts_with(['#', '*']) || line.starts_with("//");
    is_server && !is_comment && token(found)
}

/// Site keys are public and have the same shape: the name beside the value decides.
pub(super) fn recaptcha(found: &Found<'_>) -> bool {
    let name = found.group("n").to_ascii_lowercase();
    let is_secret = name.contains("secret") || name.contains("private");
    // the pair that Google publishes for tests begins so
    is_secret && !found.value().starts_with("6LeIxAcTAAAAA") && token(found)
}

/// Shapes that many things have: the service must be named near them.
pub(super) fn named(found: &Found<'_>) -> bool {
    let words = ["twilio", "mailgun", "telegram", "bot"];
    let near = format!("{} {}", found.line, found.path).to_ascii_lowercase();
    words.iter().any(|word| near.contains(word)) && token(found)
}

/// A token whose payload claims the rights of the service itself.
pub(super) fn service_token(found: &Found<'_>) -> bool {
    let payload = found.value().split('.').nth(1).unwrap_or_default();
    // "role":"service_role" in base64, at each of the three alignments
    [
        "InJvbGUiOiJzZXJ2aWNlX3JvbGUi",
        "JvbGUiOiJzZXJ2aWNlX3JvbGUi",
        "cm9sZSI6InNlcnZpY2Vfcm9sZS",
        "yb2xlIjoic2VydmljZV9yb2xlI",
    ]
    .iter()
    .any(|claim| payload.contains(claim))
}

/// A password for a machine that others can reach.
pub(super) fn connection(found: &Found<'_>) -> bool {
    let (user, password, host) = (found.group("u"), found.group("v"), found.group("h"));
    password != user
        && !is_placeholder(password)
        && !is_local_host(host)
        && !is_for_one_machine(found.path)
        && !matches!(
            user.to_ascii_lowercase().as_str(),
            "user" | "username" | "utilisateur" | "login"
        )
        && !host.to_ascii_lowercase().starts_with("host")
}

/// A long random value given to a name that says secret, in code that is not only for development.
pub(super) fn assigned(found: &Found<'_>) -> bool {
    let value = found.value();
    let has = |test: fn(&char) -> bool| value.chars().any(|c| test(&c));
    let is_hex = value.bytes().all(|b| b.is_ascii_hexdigit());
    let is_mixed = has(char::is_ascii_digit)
        && if is_hex {
            value.len() >= 32
        } else {
            has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase)
        };
    is_mixed
        && entropy(value) > if is_hex { 3.0 } else { 4.0 }
        && !is_placeholder(value)
        && !is_made_up(value)
        && !is_for_one_machine(found.path)
        && !is_public_name(found.name())
        && !is_for_reading_only(value)
}

/// A token that says in base64 that it only reads, which caches of builds ask to commit: `…|read`.
fn is_for_reading_only(value: &str) -> bool {
    value.trim_end_matches('=').ends_with("fHJlYWQ")
}

/// Names of values that only look like secrets: public keys, encrypted or hashed ones, names of other things.
fn is_public_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "public",
        "hash",
        "encrypted",
        "sealed",
        "name",
        "path",
        "url",
        "file",
        "arn",
        "csrf",
        "test",
        "dev",
        "next_page",
        "page",
    ]
    .iter()
    .any(|word| name.contains(word))
}
