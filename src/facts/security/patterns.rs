// SPDX-License-Identifier: EUPL-1.2
//! The shapes of secrets that are worth an alarm: few, and each with what tells a real one from a sample.

use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex};

use super::checks::{
    assigned, aws, connection, database, key_block, named, recaptcha, registry_token, server_key,
    service_token, token,
};

/// One kind of secret.
pub(super) struct Pattern {
    /// Name of the kind, kebab case.
    pub(super) kind: &'static str,
    /// Literal without which it cannot match: cheap to look for.
    literals: &'static [&'static str],
    text: &'static str,
    regex: OnceLock<Regex>,
    /// Tells a real one from a sample.
    pub(super) is_real: fn(&Found<'_>) -> bool,
}

/// A match with its surroundings.
pub(super) struct Found<'t> {
    captures: Captures<'t>,
    /// The lines that it stands on.
    pub(super) line: &'t str,
    /// The file.
    pub(super) path: &'t str,
    /// The file's text.
    pub(super) text: &'t str,
}

impl<'t> Found<'t> {
    /// The part that would be the secret.
    pub(super) fn value(&self) -> &'t str {
        let group = self.captures.name("v").or_else(|| self.captures.get(0));
        group.map_or("", |group| group.as_str())
    }

    /// A named part of the match, empty when it took no part.
    pub(super) fn group(&self, name: &str) -> &'t str {
        self.captures.name(name).map_or("", |group| group.as_str())
    }

    /// The whole match.
    pub(super) fn whole(&self) -> &'t str {
        self.captures.get(0).map_or("", |whole| whole.as_str())
    }

    /// The whole name of which the match has the end: `next_page_token` for `token`.
    pub(super) fn name(&self) -> &'t str {
        let before = &self.text[..self.offset()];
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let start = before.len()
            - before
                .chars()
                .rev()
                .take(60)
                .take_while(|c| is_part(*c))
                .count();
        let end = self.offset() + self.group("n").len();
        &self.text[start..end]
    }

    /// Where the match begins.
    pub(super) fn offset(&self) -> usize {
        self.captures.get(0).map_or(0, |whole| whole.start())
    }
}

impl Pattern {
    /// Every match in `text`, real or not.
    pub(super) fn find<'t>(&'t self, path: &'t str, text: &'t str) -> Vec<Found<'t>> {
        if !self.literals.iter().any(|literal| text.contains(literal))
            || self.literals == ["://"] && !has_user(text)
        {
            return Vec::new();
        }
        let regex = self
            .regex
            .get_or_init(|| Regex::new(self.text).expect("invariant: constant pattern"));
        regex
            .captures_iter(text)
            .take(200)
            .map(|captures| {
                let (start, end) = captures
                    .get(0)
                    .map_or((0, 0), |whole| (whole.start(), whole.end()));
                let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
                let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
                Found {
                    line: &text[from..to],
                    captures,
                    path,
                    text,
                }
            })
            .collect()
    }
}

/// The kind of an address with a password, whose scheme stands in every second file.
const CONNECTION: &str = "connection-string";

/// Whether a user and a password stand before the host of some address.
fn has_user(text: &str) -> bool {
    text.match_indices("://").any(|(at, scheme)| {
        let rest = &text[at + scheme.len()..];
        rest.find(|c: char| {
            c.is_whitespace() || matches!(c, '/' | '@' | '"' | '\'' | '<' | '>' | '`')
        })
        .is_some_and(|end| rest[end..].starts_with('@') && rest[..end].contains(':'))
    })
}

const fn pattern(
    kind: &'static str,
    literals: &'static [&'static str],
    text: &'static str,
    is_real: fn(&Found<'_>) -> bool,
) -> Pattern {
    Pattern {
        kind,
        literals,
        text,
        regex: OnceLock::new(),
        is_real,
    }
}

/// A quick look over a file's bytes: when it says no, none of [`PATTERNS`] matches.
pub(super) static PREFILTER: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
    regex::bytes::Regex::new(
        r"(?x-u) PRIVATE\x20KEY | AKIA[0-9A-Z]{16} | gh[pousr]_[A-Za-z0-9]{36} | github_pat_ | gl(?:pat|rt|dt|cbt|ptt)-[\w-]{20}
        | xox[abeprs]- | hooks\.slack\.com/services/ | [sr]k_live_ | SG\.[\w-]{16} | AIza[\w-]{35} | GOCSPX- | 6L[\w-]{38}
        | SK[0-9a-f]{32} | key-[0-9a-f]{32} | xkeysib- | npm_[A-Za-z0-9]{36} | pypi-AgE | service_role | eyJ[\w-]{16,}\.eyJ
        | AccountKey= | sk\.eyJ | AGE-SECRET-KEY-1 | dop_v1_ | sntry[su]_ | hf_[A-Za-z]{30} | sk-(?:ant|proj)- | AA[HEFG][\w-]{32}
        | ://[^\s/:@'<>]{0,64}:[^\s/@'<>]{4,100}@ | [sS][eE][cC][rR][eE][tT][\w.-]{0,20}['\x22]?\x20*(?:=>|[:=])
        | _auth(?:Token)?\x20*=\x20*[A-Za-z0-9] | \x22auths\x22 | [;&?]\x20?[pP](?:assword|wd)=
        | [tT][oO][kK][eE][nN]['\x22]?\x20*(?:=>|[:=]) | [pP][rR][iI][vV][aA][tT][eE]_?[kK][eE][yY]
        ",
    )
    .expect("invariant: constant pattern")
});

/// Every kind that is looked for.
pub(super) static PATTERNS: [Pattern; 32] = [
    pattern(
        "private-key",
        &["PRIVATE KEY"],
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?P<v>[^-]{64}[^-]*)-----END",
        key_block,
    ),
    pattern(
        "aws-access-key",
        &["AKIA"],
        r"(?-u:\b)AKIA[0-9A-Z]{16}(?-u:\b)",
        aws,
    ),
    pattern(
        "github-token",
        &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
        r"(?-u:\b)gh[pousr]_[A-Za-z0-9]{36}(?-u:\b)",
        token,
    ),
    pattern(
        "github-token",
        &["github_pat_"],
        r"(?-u:\b)github_pat_[A-Za-z0-9_]{60,90}(?-u:\b)",
        token,
    ),
    pattern(
        "gitlab-token",
        &["glpat-", "glrt-", "gldt-", "glcbt-", "glptt-"],
        r"(?-u:\b)gl(?:pat|rt|dt|cbt|ptt)-[A-Za-z0-9_-]{20,60}(?-u:\b)",
        token,
    ),
    pattern(
        "slack-token",
        &["xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-"],
        r"(?-u:\b)xox[abeprs]-[0-9]{8,}-[0-9A-Za-z-]{12,}(?-u:\b)",
        token,
    ),
    pattern(
        "slack-webhook",
        &["hooks.slack.com"],
        r"hooks\.slack\.com/services/T[A-Z0-9]{7,}/B[A-Z0-9]{7,}/(?P<v>[A-Za-z0-9]{20,})",
        token,
    ),
    pattern(
        "stripe-key",
        &["k_live_"],
        r"(?-u:\b)[sr]k_live_[A-Za-z0-9]{20,}",
        token,
    ),
    pattern(
        "sendgrid-key",
        &["SG."],
        r"(?-u:\b)SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
        token,
    ),
    pattern(
        "google-api-key",
        &["AIza"],
        r"(?-u:\b)AIza[A-Za-z0-9_-]{35}",
        server_key,
    ),
    pattern(
        "google-client-secret",
        &["GOCSPX-"],
        r"(?-u:\b)GOCSPX-[A-Za-z0-9_-]{28}",
        token,
    ),
    pattern(
        "recaptcha-secret",
        &["6L"],
        r#"(?P<n>[0-9A-Za-z_]{3,60})["']?\s*(?:=>|[:=,])\s*["']?(?P<v>6L[A-Za-z0-9_-]{38})(?:["'\s,;)]|$)"#,
        recaptcha,
    ),
    pattern(
        "twilio-key",
        &["SK"],
        r"(?-u:\b)SK[0-9a-f]{32}(?-u:\b)",
        named,
    ),
    pattern(
        "mailgun-key",
        &["key-"],
        r"(?-u:\b)key-[0-9a-f]{32}(?-u:\b)",
        named,
    ),
    pattern(
        "telegram-token",
        &[":AA"],
        r"(?-u:\b)[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?-u:\b)",
        named,
    ),
    pattern(
        "brevo-key",
        &["xkeysib-"],
        r"(?-u:\b)xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}",
        token,
    ),
    pattern(
        "npm-token",
        &["npm_"],
        r"(?-u:\b)npm_[A-Za-z0-9]{36}(?-u:\b)",
        token,
    ),
    pattern(
        "pypi-token",
        &["pypi-AgE"],
        r"(?-u:\b)pypi-AgE[A-Za-z0-9_-]{60,}",
        token,
    ),
    pattern(
        "jwt-service-key",
        &["eyJ"],
        r"(?-u:\b)eyJ[0-9A-Za-z_-]{16,}\.eyJ[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}",
        service_token,
    ),
    pattern(
        "azure-storage-key",
        &["AccountKey="],
        r"AccountKey=(?P<v>[A-Za-z0-9+/]{86}==)",
        token,
    ),
    pattern(
        "mapbox-secret-token",
        &["sk.eyJ"],
        r"(?-u:\b)sk\.eyJ[0-9A-Za-z_-]{40,}\.[0-9A-Za-z_-]{20,}",
        token,
    ),
    pattern(
        "age-key",
        &["AGE-SECRET-KEY-1"],
        r"(?-u:\b)AGE-SECRET-KEY-1[0-9A-Z]{58}(?-u:\b)",
        token,
    ),
    pattern(
        "digitalocean-token",
        &["dop_v1_"],
        r"(?-u:\b)dop_v1_[0-9a-f]{64}(?-u:\b)",
        token,
    ),
    pattern(
        "sentry-token",
        &["sntrys_", "sntryu_"],
        r"(?-u:\b)sntry[su]_[A-Za-z0-9+/=_-]{60,}",
        token,
    ),
    pattern(
        "hugging-face-token",
        &["hf_"],
        r"(?-u:\b)hf_[A-Za-z]{34}(?-u:\b)",
        token,
    ),
    pattern(
        "ai-service-key",
        &["sk-ant-", "sk-proj-"],
        r"(?-u:\b)sk-(?:ant|proj)-[A-Za-z0-9_-]{40,}",
        token,
    ),
    pattern(
        CONNECTION,
        &["://"],
        r#"(?-u:\b)[a-z][a-z0-9+]{1,20}://(?P<u>[^\s/:@"'<>`]{0,64}):(?P<v>[^\s/@"'<>`]{4,100})@(?P<h>[A-Za-z0-9._-]+)"#,
        connection,
    ),
    pattern(
        CONNECTION,
        &["jdbc:"],
        r#"jdbc:[a-z]+://(?P<h>[A-Za-z0-9._-]+)[^\s"'<>]{0,200}[?&]password=(?P<v>[^\s&"'<>]{6,100})"#,
        database,
    ),
    pattern(
        CONNECTION,
        &["Password=", "password=", "Pwd=", "pwd="],
        r#"(?i)(?:server|host|data source)\s?=\s?(?:tcp:)?(?P<h>[A-Za-z0-9._-]+)[^;"'\n]{0,20};[^"'\n]{0,200}?(?:password|pwd)=(?P<v>[^;"'\s<>]{6,100})"#,
        database,
    ),
    pattern(
        "npm-token",
        &["_auth"],
        r"(?m)^[^#;\n]*_auth(?:Token)?\s*=\s*(?P<v>[A-Za-z0-9+/=_-]{20,400})\s*$",
        registry_token,
    ),
    pattern(
        "container-registry",
        &["\"auths\""],
        r#""auth"\s*:\s*"(?P<v>[A-Za-z0-9+/]{16,400}={0,2})""#,
        registry_token,
    ),
    pattern(
        "assigned-secret",
        &[
            "secret", "SECRET", "Secret", "token", "TOKEN", "Token", "private", "PRIVATE",
        ],
        r#"(?i)(?P<n>(?:secret(?:_?key(?:_?base)?|_?token)?|private_?key|(?:access|auth|api|bearer)_?token))\\?["']?[ \t]*(?:=>|[:=])[ \t]*\\?["'](?P<v>[A-Za-z0-9+/=_-]{32,160})\\?["']"#,
        assigned,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_has_a_literal() {
        for pattern in &PATTERNS {
            assert!(Regex::new(pattern.text).is_ok(), "{}", pattern.kind);
            assert!(!pattern.literals.is_empty());
        }
        assert!(PREFILTER.is_match(b"-----BEGIN PRIVATE KEY-----"));
        assert!(
            !PREFILTER.is_match(b"fn main() { println!(\"bonjour\"); } // https://example.org/a:b")
        );
    }
}
