// SPDX-License-Identifier: EUPL-1.2
//! A repository's scorecard as Markdown, for a merge request or a wiki.

use super::messages::Messages;
use super::render::{RenderError, Renderer};
use super::view::repository::RepositoryView;

#[derive(serde::Serialize)]
struct Page<'v> {
    view: &'v RepositoryView,
}

/// The scorecard as Markdown, in the language in which the view was made.
///
/// # Errors
/// The template and the view do not agree: a fault of ours.
pub fn markdown(messages: &'static Messages, view: &RepositoryView) -> Result<String, RenderError> {
    Renderer::markdown(messages)?.render("scorecard", &Page { view })
}
