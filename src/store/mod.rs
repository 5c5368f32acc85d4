// SPDX-License-Identifier: EUPL-1.2
//! Keeps what crossed a border: audits with their facts, so that old facts can be judged again without a crawl.
//!
//! The in-memory store is what a single run uses; a database stands behind the same trait.

mod memory;

use std::future::Future;

use crate::facts::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::date::Date;
use crate::model::ids::RepositoryId;
use crate::scoring::card::RepositoryResult;

pub use memory::MemoryStore;

/// One audit of one repository, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAudit {
    /// The repository.
    pub repository: RepositoryId,
    /// Day of the evaluation.
    pub date: Date,
    /// What the forge said.
    pub record: ForgeRecord,
    /// The facts; `None` when nothing could be read.
    pub facts: Option<FactSet>,
    /// What became of it.
    pub result: RepositoryResult,
}

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The storage behind the store failed.
    #[error("the store failed")]
    Failed {
        /// Its own error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// An append-only store of audits.
pub trait Store: Send + Sync {
    /// Adds an audit; nothing is overwritten.
    fn append(&self, audit: StoredAudit) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The newest audit of a repository.
    fn latest(
        &self,
        repository: &RepositoryId,
    ) -> impl Future<Output = Result<Option<StoredAudit>, StoreError>> + Send;
}
