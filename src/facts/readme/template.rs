// SPDX-License-Identifier: EUPL-1.2
//! READMEs that a generator wrote and nobody replaced.

use super::page::{Page, fold};
use crate::model::evidence::Evidence;

/// A sentence that only the generator writes, folded, and the generator's name.
const MARKS: &[(&str, &str)] = &[
    (
        "this project was bootstrapped with create react app",
        "create-react-app",
    ),
    ("bootstrapped with create-next-app", "next"),
    ("compiles and hot-reloads for development", "vue-cli"),
    (
        "this template should help get you started developing with vue",
        "vite",
    ),
    (
        "this template provides a minimal setup to get react working in vite",
        "vite",
    ),
    ("look at the nuxt documentation to learn more", "nuxt"),
    ("look at the nuxt 3 documentation to learn more", "nuxt"),
    (
        "for detailed explanation on how things work, check out",
        "nuxt",
    ),
    ("this project was generated with angular cli", "angular"),
    ("this project was generated using angular cli", "angular"),
    ("everything you need to build a svelte project", "svelte"),
    (
        "kick off your project with this default boilerplate",
        "gatsby",
    ),
    (
        "kick off your project with this hello-world boilerplate",
        "gatsby",
    ),
    ("astro starter kit", "astro"),
    ("this website is built using docusaurus", "docusaurus"),
    ("nest framework typescript starter repository", "nest"),
    ("created with create-expo-app", "expo"),
    (
        "this readme outlines the details of collaborating on this ember application",
        "ember",
    ),
    (
        "laravel is a web application framework with expressive, elegant syntax",
        "laravel",
    ),
    ("welcome to the symfony standard edition", "symfony"),
    (
        "the \"symfony demo application\" is a reference application",
        "symfony",
    ),
    ("behold my awesome project", "cookiecutter-django"),
    ("describe your project here", "generic"),
    (
        "this readme would normally document whatever steps are necessary to get",
        "rails",
    ),
    (
        "to make it easy for you to get started with gitlab",
        "gitlab",
    ),
    ("to start your phoenix server", "phoenix"),
    ("welcome to your new jekyll theme", "jekyll-theme"),
    (
        "strapi comes with a full featured command line interface",
        "strapi",
    ),
    ("fill in the project description here", "generic"),
    ("todo: write a project description", "generic"),
    (
        "todo: delete this and the text above, and describe your gem",
        "bundler",
    ),
    ("choose a self-explaining name for your project", "gitlab"),
];

/// Characters of a project's own prose before the mark that make the README its own.
const OWN_PROSE: usize = 120;

/// The generator whose untouched README this is, with the place of its sentence.
pub(super) fn detect(page: &Page<'_>, is_french: bool) -> Option<(&'static str, Evidence)> {
    if is_french {
        return None;
    }
    let mut own = 0;
    for passage in page.sentences() {
        let text = fold(&passage.block.text);
        let mark = MARKS.iter().find(|(mark, _)| text.contains(mark));
        if let Some((mark, name)) = mark {
            let evidence = page.at(passage.block.line).with_excerpt(mark);
            return (own < OWN_PROSE).then_some((*name, evidence));
        }
        if passage.is_prose() {
            own += passage.block.text.chars().count();
        }
    }
    None
}
