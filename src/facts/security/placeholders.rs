// SPDX-License-Identifier: EUPL-1.2
//! Whether a value could be somebody's real secret, or only holds its place.

/// Words that nobody's generated secret contains, but samples do.
const WORDS: [&str; 43] = [
    "example",
    "exemple",
    "change",
    "todo",
    "xxx",
    "your",
    "votre",
    "mykey",
    "dummy",
    "fake",
    "placeholder",
    "sample",
    "insert",
    "replace",
    "remplac",
    "remplir",
    "secret",
    "passw",
    "motdepasse",
    "mot_de_passe",
    "test",
    "local",
    "default",
    "insecure",
    "foobar",
    "lorem",
    "1234",
    "abcd",
    "0000",
    "aaaa",
    "admin",
    "postgres",
    "mysql",
    "mongo",
    "root",
    "guest",
    "demo",
    "redacted",
    "hidden",
    "docker",
    "symfony",
    "django",
    "notasafe",
];

/// True when a value is empty, names itself a placeholder, refers to something else, or is too plain to be a secret.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    if value.len() < 8 || is_reference(value) {
        return true;
    }
    let lower = value.to_lowercase();
    if WORDS.iter().any(|word| lower.contains(word)) || is_monotonous(value) {
        return true;
    }
    // words and figures that a person types to hold a place: letters of one case, little else
    let classes = classes(value);
    classes < 2 || (classes == 2 && value.len() < 16)
}

/// True when a long token is plainly made up, though it has the right prefix and length.
pub(super) fn is_made_up(token: &str) -> bool {
    let lower = token.to_ascii_lowercase();
    [
        "example",
        "xxxx",
        "0123456789",
        "1234567890",
        "abcdefgh",
        "your",
        "changeme",
        "fake",
        "dummy",
        "placeholder",
        "00000000",
    ]
    .iter()
    .any(|word| lower.contains(word))
        || is_monotonous(token)
}

/// True for variables, templates and commands that stand for a value kept elsewhere.
pub(super) fn is_reference(value: &str) -> bool {
    value.starts_with(['$', '<', '%', '@', '[', '*'])
        || [
            "${",
            "{{",
            "$(",
            "%(",
            "<%",
            "#{",
            "...",
            "…",
            "***",
            "ENC[",
            "process.env",
            "getenv",
            "vault:",
        ]
        .iter()
        .any(|sign| value.contains(sign))
}

/// True for few different characters: `xxxxxxxx`, `aaaabbbb`.
fn is_monotonous(value: &str) -> bool {
    let mut seen: Vec<char> = value.chars().collect();
    let length = seen.len();
    seen.sort_unstable();
    seen.dedup();
    seen.len() < 5 || (length >= 24 && seen.len() < 9)
}

/// How many of lower case, upper case, figures and other signs a value mixes.
fn classes(value: &str) -> usize {
    [
        value.chars().any(|c| c.is_ascii_lowercase()),
        value.chars().any(|c| c.is_ascii_uppercase()),
        value.chars().any(|c| c.is_ascii_digit()),
        value
            .chars()
            .any(|c| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | ' ')),
    ]
    .into_iter()
    .filter(|found| *found)
    .count()
}

/// True for hosts of one machine, of a container network, or reserved for documentation.
pub(super) fn is_local_host(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| host.ends_with(suffix));
    !host.contains('.')
        || host.starts_with("127.")
        || host.starts_with("192.168.")
        || host.starts_with("10.")
        || host == "0.0.0.0"
        || host == "host.docker.internal"
        || host.starts_with("example.")
        || host.contains(".example.")
        || ends(&[
            ".local",
            ".localhost",
            ".test",
            ".example",
            ".invalid",
            ".internal",
            ".svc",
            ".docker",
        ])
}

/// Bits of information per character.
pub(super) fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = f64::from(u32::try_from(text.len().max(1)).unwrap_or(u32::MAX));
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| {
            let share = f64::from(*count) / length;
            -share * share.log2()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_hold_a_place_are_known() {
        for value in [
            "",
            "changeme",
            "this_is_not_a_secret_change_it",
            "1234maclef",
            "xxxxxxxxxxxxxxxx",
            "${DB_PASSWORD}",
            "<token>",
            "{{ vault_key }}",
            "a_key_shared_with_front",
            "db_password",
            "MonMotDePasse1",
            "votre-clé-ici",
            "12345678",
            "********",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn generated_values_are_not_placeholders() {
        for value in [
            "hV7-kQ2m!zR4",
            "9f3c1b7ae02d4c58b6e1f0a7d3c94e21",
            "Zr8uWq3LxN5cVb7TgHy2",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn hosts_of_one_machine_are_local() {
        for host in [
            "localhost",
            "db",
            "127.0.0.1",
            "postgres",
            "host.docker.internal",
            "db.example.org",
            "192.168.1.4",
        ] {
            assert!(is_local_host(host), "{host}");
        }
        for host in [
            "db.service.gouv.fr",
            "ec2-1-2-3-4.compute.amazonaws.com",
            "51.15.1.2",
        ] {
            assert!(!is_local_host(host), "{host}");
        }
    }
}
