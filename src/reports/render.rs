// SPDX-License-Identifier: EUPL-1.2
//! Templates to text: Handlebars in strict mode, everything escaped, texts found by key.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderErrorReason, ScopedJson,
};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::Serialize;

use super::format::typeset;
use super::messages::{Language, Messages};
use super::view::links::web_address;

/// A template that could not be filled: a fault of ours, never of a repository.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template does not parse.
    #[error("template {name} does not parse")]
    Template {
        /// The template.
        name: String,
        /// The cause.
        #[source]
        source: Box<handlebars::TemplateError>,
    },
    /// A view lacks what a template asks for.
    #[error("page {page} cannot be rendered")]
    Render {
        /// The template.
        page: String,
        /// The cause.
        #[source]
        source: Box<handlebars::RenderError>,
    },
}

/// Every file under `reports/`, embedded: path below that folder and content.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/reports.rs"));

/// All templates of one format in one language.
pub struct Renderer {
    registry: Handlebars<'static>,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").finish_non_exhaustive()
    }
}

impl Renderer {
    /// Pages in the language of `messages`.
    ///
    /// # Errors
    /// A template does not parse; the tests parse them all.
    pub fn html(messages: &'static Messages) -> Result<Self, RenderError> {
        Self::with(messages, ".html.hbs", handlebars::html_escape)
    }

    /// Markdown in the language of `messages`.
    ///
    /// # Errors
    /// A template does not parse; the tests parse them all.
    pub fn markdown(messages: &'static Messages) -> Result<Self, RenderError> {
        Self::with(messages, ".md.hbs", escape_markdown)
    }

    fn with(
        messages: &'static Messages,
        suffix: &str,
        escape: fn(&str) -> String,
    ) -> Result<Self, RenderError> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(escape);
        registry.register_helper("t", Box::new(TextHelper { messages }));
        for (path, source) in FILES {
            let Some(name) = path.strip_suffix(suffix) else {
                continue;
            };
            let name = name.strip_prefix("partials/").unwrap_or(name);
            registry
                .register_template_string(name, source)
                .map_err(|source| RenderError::Template {
                    name: (*path).to_owned(),
                    source: Box::new(source),
                })?;
        }
        Ok(Self { registry })
    }

    /// Fills a template.
    ///
    /// # Errors
    /// The view lacks a field that the template names.
    pub fn render(&self, page: &str, view: &impl Serialize) -> Result<String, RenderError> {
        self.registry
            .render(page, view)
            .map_err(|source| RenderError::Render {
                page: page.to_owned(),
                source: Box::new(source),
            })
    }
}

/// `{{t "key" name=value}}`: a text of the message files; its result is escaped like any other value.
struct TextHelper {
    messages: &'static Messages,
}

impl HelperDef for TextHelper {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, handlebars::RenderError> {
        let code = helper
            .param(0)
            .and_then(|param| param.value().as_str())
            .ok_or(RenderErrorReason::ParamNotFoundForIndex("t", 0))?;
        let params = helper
            .hash()
            .iter()
            .map(|(name, value)| {
                let text = match value.value() {
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                ((*name).to_owned(), text)
            })
            .collect();
        let text = self
            .messages
            .find(code, &params)
            .ok_or_else(|| RenderErrorReason::Other(format!("no text for {code}")))?;
        Ok(ScopedJson::Derived(serde_json::Value::String(text)))
    }
}

/// Escapes what Markdown or the HTML inside it would take for markup; line breaks become spaces.
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// A rule's page as HTML: our own Markdown, its title and its list of sources left out (the page shows the rule's
/// own), raw HTML shown as text, links to the web alone.
pub fn page_html(language: Language, markdown: &str) -> String {
    let markdown = without_sources(markdown);
    let mut in_title = false;
    let mut in_code = false;
    let mut link_kept = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&markdown, options).filter_map(|event| {
        let event = match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => {
                in_title = true;
                return None;
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                in_title = false;
                return None;
            }
            _ if in_title => return None,
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                Event::Start(Tag::CodeBlock(kind))
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                Event::End(TagEnd::CodeBlock)
            }
            Event::Start(Tag::Link {
                dest_url,
                title,
                link_type,
                id,
            }) => {
                let address = web_address(&dest_url);
                link_kept.push(address.is_some());
                Event::Start(Tag::Link {
                    link_type,
                    dest_url: CowStr::from(address?),
                    title,
                    id,
                })
            }
            Event::End(TagEnd::Link) if link_kept.pop() != Some(true) => return None,
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Text(text) if !in_code => Event::Text(typeset(language, &text).into()),
            other => other,
        };
        Some(event)
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    out
}

/// The page without its section « Sources ».
fn without_sources(markdown: &str) -> String {
    let mut is_kept = true;
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        if line.starts_with('#') {
            is_kept = line.trim_start_matches('#').trim() != "Sources";
        }
        if is_kept {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_pages_hold_no_foreign_markup() {
        let html = page_html(
            Language::Fr,
            "# Titre\n\n## Pourquoi ?\n\n<script>x</script>\n\nx <b>y</b> [a](javascript:x) [b](https://e.org) ![i](https://e.org/i.png)\n\n`a ?`",
        );
        assert!(
            !html.contains("<script") && !html.contains("<b>") && !html.contains("javascript:"),
            "{html}"
        );
        assert!(!html.contains("<img") && !html.contains("<h1"), "{html}");
        assert!(html.contains("<h2>Pourquoi\u{a0}?</h2>"), "{html}");
        assert!(html.contains("href=\"https://e.org/\""), "{html}");
        assert!(html.contains("<code>a ?</code>"), "{html}");
    }

    #[test]
    fn markdown_of_repositories_stays_text() {
        assert_eq!(
            escape_markdown("[a](b) <i> `c`"),
            "\\[a\\](b) &lt;i&gt; \\`c\\`"
        );
    }
}
