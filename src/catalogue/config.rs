// SPDX-License-Identifier: EUPL-1.2
//! The part of `perenne.toml` that configures forges, rules and the site.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Catalogue, SiteOptions};
use crate::model::document::{Node, NodeKind};
use crate::model::fields::FieldReader;
use crate::model::settings::{ForgeKind, ForgeSettings, RuleOverride, SEVERITIES};
use crate::model::{Message, RuleId};

const FORGE_KEYS: [&str; 8] = [
    "host",
    "kind",
    "url",
    "token_env",
    "concurrency",
    "allow_private",
    "allow_http",
    "allow_ssh",
];

const SITE_KEYS: [&str; 5] = ["url", "indexed", "publisher", "contact", "contest_url"];

/// Most requests or transfers at once that may be configured.
const MAX_CONCURRENCY: u32 = 32;

/// Reads `[[forge]]`, `[rules.ID]` and `[site]`.
pub(super) fn read_config(reader: &mut FieldReader<'_>, root: &Node, catalogue: &mut Catalogue) {
    for table in reader.tables(root, "forge") {
        let forge = read_forge(reader, table);
        catalogue.forges.extend(forge);
    }
    if let Some(rules) = reader.table(root, "rules") {
        for pair in rules.pairs() {
            if let Some(table) = reader.table(rules, &pair.key) {
                let rule = read_override(reader, &pair.key, pair.line, table);
                catalogue.rules.push(rule);
            }
        }
    }
    if let Some(table) = reader.table(root, "site") {
        reader.check_keys(table, &SITE_KEYS);
        catalogue.site = SiteOptions {
            url: read_url(reader, table, "url"),
            indexed: reader.flag(table, "indexed"),
            publisher: reader.text(table, "publisher"),
            contact: reader.text(table, "contact"),
            contest_url: read_url(reader, table, "contest_url"),
        };
    }
}

fn read_forge(reader: &mut FieldReader<'_>, table: &Node) -> Option<ForgeSettings> {
    reader.check_keys(table, &FORGE_KEYS);
    let host = reader
        .required_text(table, "host")
        .map(|host| host.to_lowercase())
        .filter(|host| {
            let is_host = !host.contains(['/', '@', ' ']);
            if !is_host {
                let message = Message::new("expected-host").with("key", "host");
                reader.note(table.line, message, None);
            }
            is_host
        });
    let kind = reader
        .choice(table, "kind", &ForgeKind::NAMES.map(|(name, _)| name))
        .and_then(|kind| {
            let found = ForgeKind::NAMES.iter().find(|(name, _)| *name == kind);
            found.map(|(_, kind)| *kind)
        });
    let mut token_env = Vec::new();
    for (line, name) in reader.texts(table, "token_env") {
        if is_variable(&name) {
            token_env.push(name);
        } else {
            // it may be the token itself: never repeat it
            let message = Message::new("token-not-a-variable").with("key", "token_env");
            reader.note(line, message, Some(Message::new("write-variable-name")));
        }
    }
    let concurrency = reader.whole(table, "concurrency").filter(|number| {
        let is_within = (1..=MAX_CONCURRENCY).contains(number);
        if !is_within {
            let message = Message::new("out-of-range")
                .with("key", "concurrency")
                .with("least", 1)
                .with("most", MAX_CONCURRENCY);
            reader.note(table.line, message, None);
        }
        is_within
    });
    let url = read_url(reader, table, "url");
    let mut allows = |key| reader.flag(table, key).unwrap_or(false);
    let (allow_private, allow_http, allow_ssh) = (
        allows("allow_private"),
        allows("allow_http"),
        allows("allow_ssh"),
    );
    Some(ForgeSettings {
        host: host?,
        kind,
        url,
        token_env,
        concurrency,
        allow_private,
        allow_http,
        allow_ssh,
        line: table.line,
    })
}

/// True for the name of an environment variable that cannot be a token of a known forge.
fn is_variable(name: &str) -> bool {
    const TOKENS: [&str; 5] = ["ghp_", "gho_", "ghs_", "github_pat_", "glpat"];
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name
        && name.len() <= 64
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !TOKENS.iter().any(|token| name.starts_with(token))
}

/// A web address without trailing slash and without credentials.
fn read_url(reader: &mut FieldReader<'_>, table: &Node, key: &str) -> Option<String> {
    let text = reader.text(table, key)?;
    let parsed = url::Url::parse(&text).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    });
    if parsed.is_none() {
        let line = table.get(key).map_or(table.line, |node| node.line);
        reader.note(line, Message::new("expected-url").with("key", key), None);
    }
    parsed.map(|url| url.as_str().trim_end_matches('/').to_owned())
}

fn read_override(reader: &mut FieldReader<'_>, id: &str, line: u32, table: &Node) -> RuleOverride {
    reader.check_keys(table, &["enabled", "weight", "severity", "params"]);
    let mut params = BTreeMap::new();
    if let Some(table) = reader.table(table, "params") {
        for pair in table.pairs() {
            params.insert(pair.key.clone(), json(&pair.value));
        }
    }
    RuleOverride {
        rule: RuleId::new(id),
        enabled: reader.flag(table, "enabled"),
        weight: reader.whole(table, "weight"),
        severity: reader.choice(table, "severity", &SEVERITIES),
        params,
        file: reader.file().to_owned(),
        line,
    }
}

fn json(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Flag(flag) => Value::Bool(*flag),
        NodeKind::Text(text) => Value::String(text.clone()),
        NodeKind::Number(number) => number
            .parse::<i64>()
            .map(Value::from)
            .or_else(|_| number.parse::<f64>().map(Value::from))
            .unwrap_or_else(|_| Value::String(number.clone())),
        NodeKind::List(items) => items.iter().map(json).collect(),
        NodeKind::Map(pairs) => pairs
            .iter()
            .map(|pair| (pair.key.clone(), json(&pair.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}
