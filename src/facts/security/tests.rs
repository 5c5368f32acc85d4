// SPDX-License-Identifier: EUPL-1.2
// Samples are put together at run time, so that this file itself holds nothing with the shape of a secret.

use super::*;
use crate::facts::testing::facts_of;
use crate::model::evidence::Observed;
use crate::model::outcome::ReasonCode;
use crate::snapshot::MemoryTree;

pub(super) fn facts(tree: MemoryTree) -> FactSet {
    facts_of(tree, extract)
}

fn kinds(path: &str, text: &str) -> Vec<String> {
    let facts = facts(MemoryTree::new().file(path, text.to_owned()));
    let items = facts.items("security.secrets");
    items
        .iter()
        .filter_map(|item| item.get("kind").map(str::to_owned))
        .collect()
}

/// Random-looking text of letters and figures.
pub(super) fn noise(length: usize) -> String {
    let mut state = 0x2545_f491_u64;
    (0..length)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let alphabet = b"ABCDEFGHIJKLMNPQRSTUVWYZabcdefghijkmnopqrstuvwyz23456789";
            char::from(alphabet[usize::try_from(state >> 33).unwrap() % alphabet.len()])
        })
        .collect()
}

pub(super) fn hex_noise(length: usize) -> String {
    let bytes: Vec<u8> = noise(length)
        .into_bytes()
        .iter()
        .map(|byte| byte.wrapping_mul(37))
        .collect();
    crate::model::ids::hex(&bytes)[..length].to_owned()
}

pub(super) fn key_block(label: &str, body: &str) -> String {
    format!(
        "-----BEGIN {label}PRIVATE {}-----\n{body}\n-----END {label}PRIVATE KEY-----\n",
        "KEY"
    )
}

#[test]
fn tokens_with_a_known_prefix_are_found() {
    for (kind, text) in [
        ("github-token", format!("token: {}_{}", "ghp", noise(36))),
        ("github-token", format!("{}_{}", "github_pat", noise(82))),
        ("gitlab-token", format!("T={}-{}", "glpat", noise(20))),
        (
            "slack-token",
            format!("{}-904718263551-{}", "xoxb", noise(24)),
        ),
        ("stripe-key", format!("key = '{}_live_{}'", "sk", noise(24))),
        (
            "sendgrid-key",
            format!("{}.{}.{}", "SG", noise(22), noise(43)),
        ),
        (
            "npm-token",
            format!("//registry.npmjs.org/:_authToken={}_{}", "npm", noise(36)),
        ),
        (
            "google-client-secret",
            format!("{}-{}", "GOCSPX", noise(28)),
        ),
        (
            "digitalocean-token",
            format!("{}_v1_{}", "dop", hex_noise(64)),
        ),
        ("azure-storage-key", format!("AccountKey={}==", noise(86))),
    ] {
        assert_eq!(kinds("config.yml", &text), [kind], "{kind}");
    }
}

#[test]
fn samples_with_a_known_prefix_are_not_secrets() {
    for text in [
        format!("token: {}_{}", "ghp", "x".repeat(36)),
        format!("{}-{}", "glpat", "XXXXXXXXXXXXXXXXXXXX"),
        format!("{}_test_{}", "sk", noise(24)),
        format!("{}.eyJ{}.{}", "pk", noise(50), noise(22)),
        format!("https://{}@sentry.io/12345", hex_noise(32)),
    ] {
        assert!(kinds("config.yml", &text).is_empty(), "{text}");
    }
}

#[test]
fn an_aws_key_needs_its_secret() {
    let id = format!("AKIA{}", "Q7ZLW3R2HT5VNB8K");
    assert!(kinds("a.py", &format!("id = '{id}'")).is_empty());
    let both = format!("id = '{id}'\nsecret = '{}'\n", noise(40));
    assert!(kinds("a.py", &both).contains(&"aws-access-key".to_owned()));
    let documented = format!(
        "id = 'AKIA{}'\nsecret = '{}EXAMPLEKEY'\n",
        "IOSFODNN7EXAMPLE",
        noise(30)
    );
    assert!(kinds("a.py", &documented).is_empty());
}

#[test]
fn a_private_key_needs_a_real_open_body() {
    assert_eq!(
        kinds("deploy", &key_block("RSA ", &noise(800))),
        ["private-key"]
    );
    let escaped = format!(
        "{{\"private_key\": \"{}\"}}",
        key_block("", &noise(800)).replace('\n', "\\n")
    );
    assert_eq!(kinds("account.json", &escaped), ["private-key"]);
    assert!(kinds("docs/a.md", &key_block("", &"x".repeat(800))).is_empty());
    assert!(kinds("a.txt", &key_block("", "...")).is_empty());
    assert!(
        kinds(
            "a.txt",
            &key_block("ENCRYPTED ", &noise(800)).replace("\nE", "\nENCRYPTED")
        )
        .is_empty()
    );
    assert!(kinds("tests/a.pem", &key_block("", &noise(800))).is_empty());
    assert!(kinds("certs/localhost.key", &key_block("", &noise(800))).is_empty());
    assert!(
        kinds(
            "a.pub",
            "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"
        )
        .is_empty()
    );
}

#[test]
fn google_keys_count_in_server_code_only() {
    let key = format!("AIza{}", noise(35));
    assert_eq!(kinds("a.py", &format!("KEY = '{key}'")), ["google-api-key"]);
    assert!(kinds("a.py", &format!("    # geocoder(api_key='{key}')")).is_empty());
    assert!(kinds("map.js", &format!("key: '{key}'")).is_empty());
    assert!(
        kinds(
            "index.html",
            &format!("<script src='https://maps?key={key}'>")
        )
        .is_empty()
    );
}

#[test]
fn a_recaptcha_secret_is_told_from_the_public_site_key() {
    let value = format!("6L{}", noise(38));
    assert_eq!(
        kinds(
            "a_example.py",
            &format!("RECAPTCHA_SECRET_KEY = \"{value}\"")
        ),
        ["recaptcha-secret"]
    );
    assert!(kinds("a.py", &format!("RECAPTCHA_SITE_KEY = \"{value}\"")).is_empty());
}

#[test]
fn a_connection_string_needs_a_password_and_a_machine_elsewhere() {
    let url = |user: &str, password: &str, host: &str| {
        format!("url = 'postgres://{user}:{password}@{host}/db'")
    };
    assert_eq!(
        kinds("a.py", &url("app", "hV7kQ2mzR4xT", "db.service.fr")),
        ["connection-string"]
    );
    for text in [
        url("app", "hV7kQ2mzR4xT", "localhost"),
        url("app", "hV7kQ2mzR4xT", "db"),
        url("user", "password", "db.service.fr"),
        url("app", "${PASSWORD}", "db.service.fr"),
        url("app", "<mot_de_passe>", "db.service.fr"),
        url("app", "hV7kQ2mzR4xT", "db.example.org"),
    ] {
        assert!(kinds("a.py", &text).is_empty(), "{text}");
    }
    assert!(
        kinds(
            "docs/install.md",
            &url("app", "hV7kQ2mzR4xT", "db.service.fr")
        )
        .is_empty()
    );
}

#[test]
fn an_assigned_secret_is_long_random_and_not_for_development() {
    let text = format!("SECRET_KEY = '{}'\n", noise(50));
    assert_eq!(kinds("app/settings.py", &text), ["assigned-secret"]);
    assert_eq!(
        kinds(
            "config/secrets.yml",
            &format!("secret_key_base: \"{}\"", hex_noise(128))
        ),
        ["assigned-secret"]
    );
    for path in [
        "config/dev.exs",
        "config/test.exs",
        "settings_example.py",
        "app/settings/local.py",
        "tests/settings.py",
    ] {
        assert!(kinds(path, &text).is_empty(), "{path}");
    }
    for text in [
        "SECRET_KEY = 'django-insecure-4k2#x9'".to_owned(),
        "SECRET_KEY = os.environ['SECRET_KEY']".to_owned(),
        format!(
            "SECRET_KEY = '{}'",
            "a_key_shared_with_front_and_openscraper"
        ),
        format!("\"clientAuthenticatorType\": \"{}\"", "client-secret"),
        format!("public_key: '{}'", noise(50)),
        format!("secret_name: '{}'", noise(50)),
    ] {
        assert!(kinds("app/settings.py", &text).is_empty(), "{text}");
    }
}

#[test]
fn a_token_that_says_that_it_only_reads_is_no_secret() {
    let token = |claim: &str| format!("\"cacheAccessToken\": \"{}{claim}\"", noise(48));
    assert!(kinds("build.json", &token("fHJlYWQ=")).is_empty());
    assert_eq!(
        kinds("build.json", &token("fHJlYWQtd3JpdGU=")),
        ["assigned-secret"]
    );
}

#[test]
fn only_service_tokens_count_among_web_tokens() {
    let token = |payload: &str| format!("eyJ{}.eyJ{payload}{}.{}", noise(20), noise(20), noise(43));
    assert!(kinds("a.js", &token("")).is_empty());
    let service = token("pc3MiOiJzdXBhYmFzZSIsInJvbGUiOiJzZXJ2aWNlX3JvbGUi");
    assert_eq!(kinds("a.js", &service), ["jwt-service-key"]);
}

#[test]
fn encrypted_secrets_and_locks_are_left_alone() {
    let token = format!("{}_{}", "ghp", noise(36));
    assert!(kinds("k.yml", &format!("kind: SealedSecret\ndata: {token}")).is_empty());
    assert!(kinds("v.yml", &format!("$ANSIBLE_VAULT;1.1;AES256\n{token}")).is_empty());
    assert!(kinds("s.yml", &format!("a: ENC[AES256_GCM,data:{token}]")).is_empty());
    assert!(kinds("yarn.lock", &token).is_empty());
}

#[test]
fn a_value_never_comes_out() {
    let token = format!("{}_{}", "ghp", noise(36));
    let facts = facts(
        MemoryTree::new()
            .file("a.yml", format!("token: {token}"))
            .file(
                ".env",
                format!("API_TOKEN={token}\nDB_PASSWORD=hV7kQ2mz!R4xT\n"),
            ),
    );
    let out = facts.to_json().to_string();
    assert!(!out.contains(&token[4..12]) && !out.contains("hV7k"));
    assert!(out.contains("API_TOKEN, DB_PASSWORD"));
    let evidence = facts.get("security.secrets").unwrap().evidence();
    assert_eq!(
        (evidence[0].line, evidence[0].excerpt.clone()),
        (Some(1), None)
    );
}

#[test]
fn the_union_names_each_file_once() {
    let facts = facts(
        MemoryTree::new()
            .file(".env", format!("T={}_{}\n", "ghp", noise(36)))
            .file("a.yml", format!("T: {}_{}\n", "ghp", noise(36))),
    );
    let whats: Vec<_> = facts
        .items("secrets_or_env_committed")
        .iter()
        .map(|item| (item.get("path"), item.get("what")))
        .collect();
    assert_eq!(
        whats,
        [
            (Some(".env"), Some("env-file-values")),
            (Some("a.yml"), Some("github-token"))
        ]
    );
}

#[test]
fn an_incomplete_search_that_found_nothing_is_unknown() {
    let reason = |facts: &FactSet| match facts.get("security.secrets") {
        Some(Observed::Unknown(reason)) => Some(reason.code),
        _ => None,
    };
    let cut = facts(MemoryTree::new().file("a.py", "x = 1").truncated());
    assert_eq!(reason(&cut), Some(ReasonCode::Truncated));
    let filtered = facts(MemoryTree::new().file("a.py", "x = 1").absent("b.py"));
    assert_eq!(reason(&filtered), Some(ReasonCode::NotFetched));
    // a picture that was not fetched hides nothing
    let picture = facts(MemoryTree::new().file("a.py", "x = 1").absent("b.png"));
    assert_eq!(reason(&picture), None);
    let note = picture.get("security.secrets").unwrap().evidence()[0]
        .note
        .clone()
        .unwrap();
    assert_eq!(note.params["files"], "1");
}

#[test]
fn large_files_have_a_size() {
    let facts_of = |tree| facts(tree).items("large_or_binary_files_over_5MB").to_vec();
    let found = facts_of(
        MemoryTree::new()
            .file("a.bin", vec![0; 5_000_001])
            .file("b", "x"),
    );
    assert_eq!(
        (found.len(), found[0].get("size_bytes")),
        (1, Some("5000001"))
    );
    assert!(facts_of(MemoryTree::new().file("b", "x")).is_empty());
}
