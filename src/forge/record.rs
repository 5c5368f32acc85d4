// SPDX-License-Identifier: EUPL-1.2
//! What a forge says of a repository, in our own words: no type of a client library gets out of this room.

use serde::{Deserialize, Serialize};

use crate::model::date::Moment;
use crate::model::ids::RepositoryId;

/// A repository as its forge describes it. `None` is *not told*, never *no*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgeRecord {
    /// Identity, stable over renames.
    pub id: RepositoryId,
    /// Address for people, without credentials; nothing for a local path.
    pub url: Option<String>,
    /// Host of the forge; nothing for a local path.
    pub host: Option<String>,
    /// Account that owns the repository.
    pub owner: Option<String>,
    /// Name of the repository.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The contents came from its address on the network, without credentials.
    #[serde(default)]
    pub is_read_publicly: bool,
    /// Fields that only an API tells.
    pub api: Option<ApiFields>,
}

/// Where a repository comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// github.com or GitHub Enterprise.
    GitHub,
    /// gitlab.com or any GitLab.
    GitLab,
    /// Forgejo or Gitea.
    Forgejo,
    /// Any other address that Git can fetch.
    PlainGit,
    /// A bundle file.
    Bundle,
    /// A folder of this machine.
    Local,
}

/// What an API adds. Every field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiFields {
    /// When the forge said so.
    pub observed_at: Option<Moment>,
    /// Description.
    pub description: Option<String>,
    /// Topics.
    pub topics: Option<Vec<String>>,
    /// Project page.
    pub homepage: Option<String>,
    /// Fork of another repository.
    pub is_fork: Option<bool>,
    /// Fork without a commit of its own on the default branch.
    #[serde(default)]
    pub is_technical_fork: Option<bool>,
    /// Read-only, closed by its owner.
    pub is_archived: Option<bool>,
    /// Issues enabled and public.
    pub has_issue_tracker: Option<bool>,
    /// `organisation` or `user`.
    pub owner_kind: Option<String>,
    /// Readable by its members alone.
    #[serde(default)]
    pub is_private: Option<bool>,
    /// Offered as a template for new repositories.
    #[serde(default)]
    pub is_template: Option<bool>,
    /// Forks of it.
    #[serde(default)]
    pub forks_count: Option<u32>,
    /// Accounts that are told of what happens in it.
    #[serde(default)]
    pub subscribers_count: Option<u32>,
    /// Latest push to any branch.
    #[serde(default)]
    pub pushed_at: Option<Moment>,
    /// Publication of the latest release.
    #[serde(default)]
    pub released_at: Option<Moment>,
    /// Vulnerabilities can be reported in private.
    #[serde(default)]
    pub has_private_reporting: Option<bool>,
    /// Software Heritage has visited it at least once.
    #[serde(default)]
    pub is_in_software_heritage: Option<bool>,
    /// Latest visit of Software Heritage.
    #[serde(default)]
    pub software_heritage_visit: Option<Moment>,
}

impl ForgeRecord {
    /// A repository of this machine, of which only the name is known.
    pub fn local(id: RepositoryId, name: &str) -> Self {
        Self {
            id,
            url: None,
            host: None,
            owner: None,
            name: name.to_owned(),
            origin: Origin::Local,
            is_read_publicly: false,
            api: None,
        }
    }
}
