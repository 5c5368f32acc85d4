// SPDX-License-Identifier: EUPL-1.2
//! What a programme configures for other rooms: forges and rules. The catalogue reads it, forge and rules obey.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::RuleId;

/// Software of a configured forge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ForgeKind {
    /// GitHub or GitHub Enterprise.
    GitHub,
    /// GitLab.
    GitLab,
    /// Forgejo or Gitea.
    Forgejo,
    /// A Git server without an API.
    Git,
}

impl ForgeKind {
    /// Names in configuration, with the kind that each means.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("github", Self::GitHub),
        ("gitlab", Self::GitLab),
        ("forgejo", Self::Forgejo),
        ("gitea", Self::Forgejo),
        ("git", Self::Git),
    ];
}

/// One `[[forge]]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgeSettings {
    /// Host, lower case, with its port when it is not the usual one.
    pub host: String,
    /// Software; `None` means that it is to be found out.
    pub kind: Option<ForgeKind>,
    /// Base address of the forge when it is not `https://HOST`.
    pub url: Option<String>,
    /// Names of environment variables that hold tokens; never a token.
    pub token_env: Vec<String>,
    /// Most transfers and requests at once.
    pub concurrency: Option<u32>,
    /// Whether an address in a private network may be contacted.
    pub allow_private: bool,
    /// Whether HTTP without encryption may be used.
    pub allow_http: bool,
    /// Whether SSH may be used.
    pub allow_ssh: bool,
    /// Line in the configuration.
    pub line: u32,
}

/// One `[rules.ID]` of the configuration: what differs from the rule as shipped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleOverride {
    /// The rule; whether it exists is for the rules to say.
    pub rule: RuleId,
    /// Whether it is evaluated.
    pub enabled: Option<bool>,
    /// Points inside its category.
    pub weight: Option<u32>,
    /// `law`, `programme`, `recommended` or `bonus`.
    pub severity: Option<String>,
    /// Thresholds by name.
    pub params: BTreeMap<String, serde_json::Value>,
    /// The configuration file.
    pub file: String,
    /// Line in the configuration.
    pub line: u32,
}

/// Names of severities, the gravest first.
pub const SEVERITIES: [&str; 4] = ["law", "programme", "recommended", "bonus"];
