// SPDX-License-Identifier: EUPL-1.2
//! Every bound on what is read from outside, in one place. Hitting one is a fact, not an error.

use std::time::Duration;

/// Bounds of one audit. The default values suit a laptop and a nightly run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Entries of a tree that are listed; the rest is *truncated*.
    pub tree_entries: usize,
    /// Bytes read of one file; a longer file is read up to here.
    pub file_bytes: usize,
    /// Bytes read of all files of one audit.
    pub total_bytes: u64,
    /// Commits walked.
    pub commits: usize,
    /// Nesting of directories.
    pub tree_depth: usize,
    /// Wall time of one repository's transfer.
    pub transfer_time: Duration,
    /// Bytes of one repository's transfer.
    pub transfer_bytes: u64,
    /// Wall time of one repository's audit.
    pub audit_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tree_entries: 150_000,
            file_bytes: 1 << 20,
            total_bytes: 256 << 20,
            commits: 100_000,
            tree_depth: 64,
            transfer_time: Duration::from_mins(5),
            transfer_bytes: 1 << 30,
            audit_time: Duration::from_mins(2),
        }
    }
}

/// Nodes of one YAML document, aliases counted each time they are used.
pub const YAML_NODES: usize = 100_000;

/// Nesting of one YAML or JSON document.
pub const DOCUMENT_DEPTH: usize = 64;

/// Bytes of a catalogue, a configuration or a rule file.
pub const CONFIG_BYTES: u64 = 8 << 20;

/// Entries of one catalogue file.
pub const CATALOGUE_ENTRIES: usize = 100_000;

/// Addresses of one entry of a catalogue.
pub const ENTRY_SOURCES: usize = 1_000;

/// Promotions of one programme.
pub const PROMOTIONS: usize = 200;

/// Problems noted of one file; the rest is not worth reading before these are mended.
pub const FILE_PROBLEMS: usize = 1_000;
