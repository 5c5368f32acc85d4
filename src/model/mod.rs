// SPDX-License-Identifier: EUPL-1.2
//! The vocabulary that every room shares: ids, dates, evidence, outcomes, findings, messages.
//!
//! Nothing here reads a disk, a network or a clock, and no other room is imported.

pub mod context;
pub mod date;
pub mod document;
pub mod document_toml;
pub mod evidence;
pub mod fields;
pub mod finding;
pub mod ids;
pub mod limits;
pub mod message;
pub mod outcome;
pub mod problem;
pub mod project;
pub mod settings;
pub mod text;
pub mod url;

pub use context::AuditContext;
pub use date::{Date, Moment};
pub use evidence::{Evidence, Observed};
pub use finding::Finding;
pub use ids::{CategoryId, DefiId, Fingerprint, RepositoryId, RuleId};
pub use message::Message;
pub use outcome::{Credit, Outcome, Reason, ReasonCode};
pub use problem::{Problem, ProblemScope};
pub use url::{Address, AddressKind, Transport};
