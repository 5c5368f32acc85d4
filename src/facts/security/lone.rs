// SPDX-License-Identifier: EUPL-1.2
//! Files that hold one token and nothing else: what they are is said by their name.

use super::placeholders::{entropy, is_made_up, is_placeholder};
use crate::snapshot::Entry;

/// Longest content that is one token.
const LONGEST: usize = 4096;

/// True when the name says that a secret is inside: `deploy-token`, `api_key.txt`, `jwt.secret`.
pub(super) fn is_candidate(entry: &Entry) -> bool {
    let name = entry.name().to_ascii_lowercase();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let (stem, extension) = if stem.is_empty() {
        (extension, "")
    } else {
        (stem, extension)
    };
    let is_plain = matches!(
        extension,
        "" | "txt" | "key" | "token" | "secret" | "pass" | "pwd" | "conf"
    );
    if !is_plain || stem.contains("public") {
        return false;
    }
    let words = stem
        .split(['-', '_', '.', ' '])
        .chain([extension])
        .collect::<Vec<_>>();
    let says = |word: &&str| {
        matches!(
            *word,
            "token"
                | "apikey"
                | "secret"
                | "password"
                | "passwd"
                | "passphrase"
                | "credential"
                | "credentials"
                | "motdepasse"
        )
    };
    words.iter().any(says)
        || words.windows(2).any(|pair| {
            pair[1] == "key"
                && matches!(pair[0], "api" | "secret" | "private" | "master" | "access")
        })
}

/// True for a long random value alone in its file.
pub(super) fn is_token(text: &str) -> bool {
    let token = text.trim();
    let is_part = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_' | '-' | '.' | '~' | ':')
    };
    if !(20..=LONGEST).contains(&token.len())
        || !token.chars().all(is_part)
        || token.contains("://")
    {
        return false;
    }
    let has = |test: fn(char) -> bool| token.chars().any(test);
    let is_hex = token.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_mixed = has(|c| c.is_ascii_digit())
        && if is_hex {
            token.len() >= 32
        } else {
            has(|c| c.is_ascii_lowercase()) && has(|c| c.is_ascii_uppercase())
        };
    is_mixed
        && entropy(token) > if is_hex { 3.0 } else { 3.5 }
        && !is_made_up(token)
        && (token.len() > 64 || !is_placeholder(token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::tree_of;

    fn is_candidate_at(path: &str) -> bool {
        let snapshot = tree_of(&[(path, "x")]).snapshot();
        is_candidate(snapshot.entry(path).unwrap())
    }

    #[test]
    fn names_say_that_a_secret_is_inside() {
        for path in [
            "deploy-token",
            "ops/api_key.txt",
            "jwt.secret",
            ".secret",
            "db_password",
            "master.key.token",
            "secret_key",
        ] {
            assert!(is_candidate_at(path), "{path}");
        }
        for path in [
            "tokenizer.txt",
            "token.rs",
            "public-token",
            "secrets/README",
            "password_reset.html",
            "key",
            "secretariat.txt",
        ] {
            assert!(!is_candidate_at(path), "{path}");
        }
    }

    #[test]
    fn only_one_long_random_value_is_a_token() {
        let value = |length: usize| -> String {
            let letters = b"qR7tZ2mLx9WvK4sBn8HcJ3yPf6GdT5aE";
            (0..length)
                .map(|n| char::from(letters[(n * 7 + n / 32) % 32]))
                .collect()
        };
        assert!(is_token(&value(40)));
        assert!(is_token(&format!("{}\n", value(200))));
        assert!(is_token("9f3c1b7ae02d4c58b6e1f0a7d3c94e21"));
        for text in [
            "",
            "two words with Digits 123456789",
            "short1A",
            "node_modules/.bin/Some-thing/Else",
            "changeme-changeme-ChangeMe-1",
            "https://example.org/aZ09aZ09aZ09",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        ] {
            assert!(!is_token(text), "{text}");
        }
    }
}
