// SPDX-License-Identifier: EUPL-1.2
//! The static site: French at the root, English under `en/`, as a list of files that the caller writes.
//!
//! Pages work from `file://`, without script and without any request to another host: every address between pages
//! is relative, the one stylesheet is beside them, charts are inline.

use std::collections::BTreeMap;

use serde::Serialize;

use super::format::visible;
use super::messages::{Language, Messages};
use super::render::{RenderError, Renderer};
use super::view::defi::defi_view;
use super::view::index::{AxisPage, axes, names, rules as rules_index};
use super::view::links::{SiteMap, web_address};
use super::view::programme::{programme_view, promotion_rows, promotion_view};
use super::view::repository::repository_view;
use super::view::rule::{Tallies, rule_view};
use super::view::{Lens, Link};
use crate::rules::model::{Audience, Rule, RuleSet};
use crate::scoring::card::{DefiCard, ProgrammeCard, RepositoryResult, Scorecard};

const STYLESHEET: &str = include_str!("../../reports/assets/perenne.css");

/// How a site is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteOptions {
    /// Languages, the first at the root.
    pub languages: Vec<Language>,
    /// Who reads it: public, unless the site stays inside the team.
    pub audience: Audience,
    /// Where findings are contested. `{rule}`, `{repository}`, `{commit}` and `{evidence}` are filled in.
    pub contest_url: Option<String>,
    /// Search engines may list the pages.
    pub indexable: bool,
    /// Version of perenne.
    pub version: String,
}

impl Default for SiteOptions {
    fn default() -> Self {
        Self {
            languages: Language::ALL.to_vec(),
            audience: Audience::Public,
            contest_url: None,
            indexable: false,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Path below the site's folder: ASCII, `/` as separator.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A site about to be rendered, page by page.
#[derive(Debug)]
pub struct Site<'s> {
    programme: &'s ProgrammeCard,
    rules: &'s RuleSet,
    options: &'s SiteOptions,
    map: SiteMap,
    tallies: Tallies<'s>,
    renderers: BTreeMap<Language, Renderer>,
}

/// All files of a site at once; a large one is better asked for page by page from [`Site::files`].
///
/// # Errors
/// A template and its view do not agree: a fault of ours.
pub fn render_site(
    programme: &ProgrammeCard,
    rules: &RuleSet,
    options: &SiteOptions,
) -> Result<Vec<SiteFile>, RenderError> {
    Site::new(programme, rules, options)?.files().collect()
}

/// A page to render.
#[derive(Debug, Clone, Copy)]
enum Page<'s> {
    Programme,
    Promotions,
    Promotion(&'s str),
    Defi(usize, &'s DefiCard),
    Repository(usize, usize, &'s Scorecard),
    Names,
    Axes,
    Axis(usize),
    Rules,
    Rule(&'s Rule),
    Method,
}

impl<'s> Site<'s> {
    /// Prepares addresses, tallies and templates.
    ///
    /// # Errors
    /// A template does not parse; the tests parse them all.
    pub fn new(
        programme: &'s ProgrammeCard,
        rules: &'s RuleSet,
        options: &'s SiteOptions,
    ) -> Result<Self, RenderError> {
        let mut renderers = BTreeMap::new();
        for language in &options.languages {
            renderers.insert(*language, Renderer::html(Messages::of(*language))?);
        }
        Ok(Self {
            programme,
            rules,
            options,
            map: SiteMap::of(programme),
            tallies: Tallies::of_programme(programme),
            renderers,
        })
    }

    /// Where each page is.
    pub fn map(&self) -> &SiteMap {
        &self.map
    }

    /// The files, one after the other: the stylesheet, then each language's pages.
    pub fn files(&self) -> impl Iterator<Item = Result<SiteFile, RenderError>> + '_ {
        self.share(0, 1)
    }

    /// One of `of` shares of the files, number `share` from 0: rendered side by side, they are the whole site.
    pub fn share(
        &self,
        share: usize,
        of: usize,
    ) -> impl Iterator<Item = Result<SiteFile, RenderError>> + '_ {
        let stylesheet = SiteFile {
            path: "assets/perenne.css".to_owned(),
            bytes: STYLESHEET.as_bytes().to_vec(),
        };
        let pages = self.options.languages.iter().enumerate();
        let pages = pages.flat_map(move |(place, language)| {
            let lens = self.lens(*language);
            let axes = axes(&lens, self.programme, &self.tallies);
            let pages = self.pages(&lens, axes.len());
            let writer = Writer {
                site: self,
                lens,
                axes,
                is_root: place == 0,
            };
            // small and large pages alternate: a plain stride would give all large ones to one share
            let mine = pages
                .into_iter()
                .enumerate()
                .filter(move |(at, _)| (at / 2 + at) % of.max(1) == share);
            mine.map(move |(_, page)| writer.file(page))
        });
        let stylesheet = (share == 0).then_some(Ok(stylesheet));
        stylesheet.into_iter().chain(pages)
    }

    fn lens(&self, language: Language) -> Lens<'_> {
        Lens::new(self.rules, Messages::of(language), self.options.audience)
            .within(&self.map)
            .contested_at(self.options.contest_url.as_deref())
    }

    fn pages(&self, lens: &Lens<'s>, axes: usize) -> Vec<Page<'s>> {
        let mut pages = vec![
            Page::Programme,
            Page::Promotions,
            Page::Names,
            Page::Axes,
            Page::Rules,
            Page::Method,
        ];
        pages.extend((0..axes).map(Page::Axis));
        pages.extend(lens.visible_rules().map(Page::Rule));
        pages.extend(
            self.programme
                .promotions
                .iter()
                .map(|name| Page::Promotion(name)),
        );
        for (index, defi) in self.programme.defis.iter().enumerate() {
            pages.push(Page::Defi(index, defi));
            for (place, result) in defi.repositories.iter().enumerate() {
                if let RepositoryResult::Audited { card } = result {
                    pages.push(Page::Repository(index, place, card));
                }
            }
        }
        pages
    }
}

/// What stands around every page.
#[derive(Debug, Serialize)]
struct PageMeta {
    language: &'static str,
    title: String,
    site_title: String,
    /// Way up to the language's root: nothing or `../`.
    root: &'static str,
    /// Way up to the site's root.
    site_root: String,
    nav: Vec<NavItem>,
    crumbs: Vec<Link>,
    alternates: Vec<Alternate>,
    date: String,
    coverage: Option<String>,
    contest_url: Option<String>,
    rule_set: String,
    scoring: String,
    version: String,
    is_indexable: bool,
    is_for_team: bool,
}

#[derive(Debug, Serialize)]
struct NavItem {
    name: String,
    href: &'static str,
    is_current: bool,
}

#[derive(Debug, Serialize)]
struct Alternate {
    language: &'static str,
    name: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct Whole<T> {
    page: PageMeta,
    view: T,
}

/// What a page is called and where it stands.
struct Place {
    template: &'static str,
    path: String,
    title: String,
    section: &'static str,
    crumbs: Vec<Link>,
    coverage: Option<String>,
}

struct Writer<'w> {
    site: &'w Site<'w>,
    lens: Lens<'w>,
    axes: Vec<AxisPage>,
    is_root: bool,
}

impl Writer<'_> {
    fn file(&self, page: Page<'_>) -> Result<SiteFile, RenderError> {
        let Self { site, lens, .. } = self;
        let programme = site.programme;
        match page {
            Page::Programme => {
                let place = Self::place("programme", "index.html", visible(&programme.title));
                self.write(place, programme_view(lens, programme))
            }
            Page::Promotions => {
                let place = self.titled("promotions", "promotions.html", "nav.promotions");
                self.write(place, promotion_rows(lens, programme))
            }
            Page::Promotion(name) => {
                let path = site.map.promotion(name).unwrap_or_default();
                let mut place = Self::place("promotion", path, visible(name));
                place.section = "promotions.html";
                place.crumbs = vec![self.crumb("nav.promotions", "promotions.html")];
                self.write(place, promotion_view(lens, programme, name))
            }
            Page::Defi(index, card) => self.defi(index, card),
            Page::Repository(defi, repository, card) => self.repository(defi, repository, card),
            Page::Names => {
                let place = self.titled("names", "noms.html", "nav.names");
                self.write(place, names(lens, programme))
            }
            Page::Axes => {
                let place = self.titled("axes", "axes.html", "nav.axes");
                self.write(place, &self.axes)
            }
            Page::Axis(index) => {
                let axis = &self.axes[index];
                let mut place = Self::place("axis", &axis.href, axis.title.clone());
                place.section = "axes.html";
                place.crumbs = vec![self.crumb("nav.axes", "axes.html")];
                self.write(place, axis)
            }
            Page::Rules => {
                let place = self.titled("rules", "regles.html", "nav.rules");
                self.write(place, rules_index(lens, &site.tallies))
            }
            Page::Rule(rule) => {
                let view = rule_view(lens, rule, &site.tallies);
                let mut place = Self::place("rule", &view.rule.href, view.rule.title.clone());
                place.section = "regles.html";
                place.crumbs = vec![self.crumb("nav.rules", "regles.html")];
                self.write(place, view)
            }
            Page::Method => {
                let place = self.titled("method", "methode.html", "nav.method");
                self.write(place, ())
            }
        }
    }

    fn defi(&self, index: usize, card: &DefiCard) -> Result<SiteFile, RenderError> {
        let path = self.site.map.defi(index).unwrap_or_default();
        let view = defi_view(&self.lens, card, index, self.site.programme.date);
        let mut place = Self::place("defi", path, view.row.title.clone());
        place.section = "noms.html";
        place.coverage = card.coverage.map(|share| self.lens.messages.percent(share));
        place.crumbs = view.promotion.iter().cloned().collect();
        self.write(place, view)
    }

    fn repository(
        &self,
        defi: usize,
        repository: usize,
        card: &Scorecard,
    ) -> Result<SiteFile, RenderError> {
        let Self { site, lens, .. } = self;
        let path = site.map.repository(defi, repository).unwrap_or_default();
        let defi_card = site.programme.defis.get(defi).map(|card| &card.defi);
        let link = defi_card.map(|header| Link {
            name: visible(&header.title),
            href: site.map.defi(defi).map(ToOwned::to_owned),
            detail: header.promotion.as_deref().map(visible),
        });
        let mut view = repository_view(lens, card, Some(path));
        view.defi.clone_from(&link);
        let mut place = Self::place("scorecard", path, view.summary.name.clone());
        place.section = "noms.html";
        place.coverage = card.coverage.map(|share| lens.messages.percent(share));
        if let Some(promotion) = defi_card.and_then(|header| header.promotion.as_deref()) {
            place.crumbs.push(Link {
                name: visible(promotion),
                href: site.map.promotion(promotion).map(ToOwned::to_owned),
                detail: None,
            });
        }
        place.crumbs.extend(link);
        self.write(place, view)
    }

    fn place(template: &'static str, path: &str, title: String) -> Place {
        Place {
            template,
            path: path.to_owned(),
            title,
            section: "index.html",
            crumbs: Vec::new(),
            coverage: None,
        }
    }

    fn titled(&self, template: &'static str, path: &'static str, title: &str) -> Place {
        Place {
            section: path,
            ..Self::place(template, path, self.lens.messages.plain(title))
        }
    }

    fn crumb(&self, code: &str, href: &str) -> Link {
        Link {
            name: self.lens.messages.plain(code),
            href: Some(href.to_owned()),
            detail: None,
        }
    }

    fn write(&self, place: Place, view: impl Serialize) -> Result<SiteFile, RenderError> {
        let language = self.lens.messages.language();
        let template = place.template;
        let path = self.address(language, &place.path);
        let page = self.meta(place);
        let html = self.site.renderers[&language].render(template, &Whole { page, view })?;
        Ok(SiteFile {
            path,
            bytes: html.into_bytes(),
        })
    }

    /// Path of a page below the site's folder.
    fn address(&self, language: Language, path: &str) -> String {
        if self.site.options.languages.first() == Some(&language) {
            path.to_owned()
        } else {
            format!("{language}/{path}")
        }
    }

    fn meta(&self, place: Place) -> PageMeta {
        let Self { site, lens, .. } = self;
        let messages = lens.messages;
        let root = if place.path.contains('/') { "../" } else { "" };
        let site_root = format!("{root}{}", if self.is_root { "" } else { "../" });
        let mut crumbs = vec![Link {
            name: visible(&site.programme.title),
            href: Some("index.html".to_owned()),
            detail: None,
        }];
        crumbs.extend(place.crumbs);
        let others = site.options.languages.iter();
        let alternates = others
            .filter(|other| **other != messages.language())
            .map(|other| Alternate {
                language: other.code(),
                name: Messages::of(*other).plain("language.name"),
                href: format!("{site_root}{}", self.address(*other, &place.path)),
            });
        let contest = site
            .options
            .contest_url
            .as_deref()
            .and_then(general_contest);
        PageMeta {
            language: messages.language().code(),
            site_title: visible(&site.programme.title),
            title: place.title,
            root,
            alternates: alternates.collect(),
            site_root,
            nav: nav(messages, place.section),
            crumbs: if place.path == "index.html" {
                Vec::new()
            } else {
                crumbs
            },
            date: messages.date(site.programme.date),
            coverage: place.coverage,
            contest_url: contest,
            rule_set: site.programme.rule_set.clone(),
            scoring: site.programme.scoring.to_string(),
            version: site.options.version.clone(),
            is_indexable: site.options.indexable,
            is_for_team: site.options.audience == Audience::Team,
        }
    }
}

/// The address for contesting in general: its placeholders are left empty.
fn general_contest(template: &str) -> Option<String> {
    let names = ["{rule}", "{repository}", "{commit}", "{evidence}"];
    web_address(
        &names
            .iter()
            .fold(template.to_owned(), |url, name| url.replace(name, "")),
    )
}

fn nav(messages: &Messages, section: &str) -> Vec<NavItem> {
    [
        ("nav.programme", "index.html"),
        ("nav.promotions", "promotions.html"),
        ("nav.names", "noms.html"),
        ("nav.axes", "axes.html"),
        ("nav.rules", "regles.html"),
        ("nav.method", "methode.html"),
    ]
    .into_iter()
    .map(|(code, href)| NavItem {
        name: messages.plain(code),
        href,
        is_current: href == section,
    })
    .collect()
}
