// SPDX-License-Identifier: EUPL-1.2
//! Licences in text: from the words of a licence file, a README, a header or a manifest value to SPDX expressions.
//!
//! Pure: text in, statements out. Walking a repository and weighing its evidence is done on top of this. Two rules hold
//! everywhere: silence rather than error, and `-only` or `-or-later` only where the text says so.

mod align;
#[cfg(test)]
mod corpus;
mod expression;
mod file;
mod holders;
mod identify;
mod leftover;
mod names;
mod normalise;
mod notice;
mod prose;
mod source;
mod texts;
mod tolerance;

pub use expression::{Declared, parse_declared, spdx_headers};
pub use file::{FileAnswer, identify_file};
pub use holders::{Holder, copyright_holders};
pub use identify::{
    Match, Method, Remainder, TextIdentification, id_of_path, identify_licence_file, identify_text,
};
pub use notice::{ReadmeIdentification, Scope, Source, Statement, identify_readme};
pub use source::{SourceNotice, source_holders, source_notice};
