// SPDX-License-Identifier: EUPL-1.2
//! From an address to a [`ForgeRecord`] and to Git objects on this machine.
//!
//! Capabilities are small traits, so that each forge offers what it has and nothing pretends: a forge without an API
//! has no [`RecordSource`], one without accounts no [`AccountSource`].

pub mod git;
pub mod record;

use crate::model::url::{Account, Address};
use record::ForgeRecord;

/// Tells what a forge's API says of repositories.
pub trait RecordSource {
    /// Why the forge could not answer.
    type Error: std::error::Error;

    /// The records of some repositories; one that does not exist is `None`, in the order asked.
    fn fetch_records(
        &self,
        addresses: &[Address],
    ) -> impl Future<Output = Result<Vec<Option<ForgeRecord>>, Self::Error>> + Send;
}

/// Lists the repositories of an account.
pub trait AccountSource {
    /// Why the forge could not answer.
    type Error: std::error::Error;

    /// The account's repositories, subgroups included.
    fn expand(
        &self,
        account: &Account,
    ) -> impl Future<Output = Result<Vec<Address>, Self::Error>> + Send;
}

/// What the address alone tells of a repository.
pub fn record_of(address: &Address) -> ForgeRecord {
    use crate::model::url::{ForgeFamily, Transport};
    use record::Origin;
    let is_local = matches!(address.transport, Transport::Local | Transport::File);
    let id = address
        .repository_id()
        .unwrap_or_else(|| crate::model::ids::RepositoryId::new(address.url.clone()));
    ForgeRecord {
        id,
        url: (!is_local).then(|| address.url.clone()),
        host: (!is_local).then(|| address.host.clone()),
        owner: address.owner().filter(|_| !is_local).map(str::to_owned),
        name: address
            .name()
            .trim_end_matches(".bundle")
            .trim_end_matches(".git")
            .to_owned(),
        origin: match address.family {
            _ if address.is_bundle() => Origin::Bundle,
            _ if is_local => Origin::Local,
            ForgeFamily::GitHub => Origin::GitHub,
            ForgeFamily::GitLab => Origin::GitLab,
            ForgeFamily::Forgejo => Origin::Forgejo,
            ForgeFamily::Other | ForgeFamily::Unknown => Origin::PlainGit,
        },
        is_read_publicly: false,
        api: None,
    }
}
