// SPDX-License-Identifier: EUPL-1.2
//! A store that lasts as long as the run.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{Store, StoreError, StoredAudit};
use crate::model::ids::RepositoryId;

/// Audits in memory, in the order in which they came.
#[derive(Debug, Default)]
pub struct MemoryStore {
    audits: Mutex<BTreeMap<RepositoryId, Vec<StoredAudit>>>,
}

impl Store for MemoryStore {
    async fn append(&self, audit: StoredAudit) -> Result<(), StoreError> {
        self.audits
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(audit.repository.clone())
            .or_default()
            .push(audit);
        Ok(())
    }

    async fn latest(&self, repository: &RepositoryId) -> Result<Option<StoredAudit>, StoreError> {
        let audits = self.audits.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(audits.get(repository).and_then(|kept| kept.last()).cloned())
    }
}
