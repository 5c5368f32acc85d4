// SPDX-License-Identifier: EUPL-1.2
//! Shows scorecards: views in one language, then terminal, Markdown, JSON and a static site.
//!
//! Cards and rules go in, text comes out. A view is flat, sorted, translated and formatted; templates only lay it
//! out. Nothing here computes a score, reads a fact, a disk or a clock. Whatever a repository wrote is data: it is
//! escaped everywhere, and its addresses become links only when they are http or https.

pub mod explain;
pub mod export_json;
pub mod format;
pub mod markdown;
pub mod messages;
pub mod reference;
pub mod render;
pub mod site;
pub mod terminal;
pub mod view;

#[cfg(test)]
mod test_support;
#[cfg(test)]
mod tests;

pub use messages::{Language, Messages};
pub use render::RenderError;
pub use site::{SiteFile, SiteOptions, render_site};
pub use view::Lens;
