// SPDX-License-Identifier: EUPL-1.2

use super::tests::{facts, hex_noise, key_block, noise};
use crate::snapshot::MemoryTree;

fn env_state(path: &str, text: &str) -> Option<String> {
    let facts = facts(MemoryTree::new().file(path, text.to_owned()));
    let items = facts.items("security.env_files");
    items
        .first()
        .and_then(|item| item.get("state").map(str::to_owned))
}

#[test]
fn environment_files_are_told_from_samples() {
    let text = "DB_PASSWORD=hV7kQ2mz!R4xT\n";
    for path in [
        ".env",
        "web/.env.production",
        "prod.env",
        ".envs/.production/.django",
        ".env.local",
    ] {
        assert_eq!(env_state(path, text).as_deref(), Some("values"), "{path}");
    }
    for path in [
        ".env.example",
        ".env.sample",
        ".env.dist",
        ".template.env",
        ".env.local.defaults",
        "env.ts",
        ".env.d.ts",
        "web/.env.declaration",
        ".env.gpg",
        "examples/.env",
        "environment.py",
        ".envrc.sample",
    ] {
        assert_eq!(env_state(path, text), None, "{path}");
    }
}

#[test]
fn environment_files_with_defaults_are_placeholders() {
    let symfony = format!(
        "###> symfony/framework-bundle ###\nAPP_ENV=dev\nAPP_SECRET={}\n",
        hex_noise(32)
    );
    for (path, text) in [
        (".env", symfony.as_str()),
        (
            ".env",
            "DATABASE_URL=postgres://app:hV7kQ2mz@127.0.0.1:5432/app\nPORT=3000\n",
        ),
        (".env", "API_KEY=changeme\nDEBUG=1"),
        (".env", "REACT_APP_API_URL=https://api.service.gouv.fr\n"),
        (".env.test", "APP_SECRET='s$cretf0rt3st'\n"),
        (".flaskenv", "FLASK_APP=app.py\nFLASK_ENV=development\n"),
        (".envs/.test/.postgres", "POSTGRES_PASSWORD=hV7kQ2mz!R4xT\n"),
    ] {
        assert_eq!(
            env_state(path, text).as_deref(),
            Some("placeholders"),
            "{path} {text}"
        );
    }
    assert_eq!(
        env_state(".env", "API_KEY=\nTOKEN=\"\"  # à remplir\n").as_deref(),
        Some("empty")
    );
    let remote = "DATABASE_URL=postgres://app:hV7kQ2mz@db.service.fr/app\n";
    assert_eq!(env_state(".env", remote).as_deref(), Some("values"));
}

#[test]
fn key_files_count_when_they_hold_a_private_key() {
    assert_eq!(
        env_state("deploy.pem", &key_block("", &noise(800))).as_deref(),
        Some("values")
    );
    assert_eq!(env_state("store.p12", "\0").as_deref(), Some("values"));
    assert_eq!(
        env_state("config/master.key", &hex_noise(32)).as_deref(),
        Some("values")
    );
    assert_eq!(
        env_state(
            "ca.pem",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
        ),
        None
    );
    let json = format!("{{\"client_secret\": \"{}\"}}", noise(24));
    assert_eq!(
        env_state("credentials.json", &json).as_deref(),
        Some("values")
    );
    assert_eq!(env_state("credentials.json", "{\"title\": \"x\"}"), None);
}
