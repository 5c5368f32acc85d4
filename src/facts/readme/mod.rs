// SPDX-License-Identifier: EUPL-1.2
//! Facts about the theme `readme`: what the main README says, and in which language.

mod commands;
mod contacts;
mod dead;
mod find;
mod language;
mod links;
mod page;
mod people;
mod programme;
mod purpose;
mod sections;
mod sites;
mod template;
#[cfg(test)]
mod tests;

use super::extract::Inputs;
use super::prose::{BlockKind, Format, Prose};
use super::set::{FactSet, FactValue, Item};
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use contacts::Contact;
use dead::Checker;
use links::Resolver;
use page::Page;
use sections::Reading;

/// Facts that are nothing, false, zero or empty when there is no README. The stated licence belongs to its own theme.
const KEYS: [(&str, Kind); 33] = [
    ("natural_language", Kind::Text),
    ("readme.path", Kind::Text),
    ("readme.format", Kind::Text),
    ("readme.word_count", Kind::Count),
    ("readme.prose_chars", Kind::Count),
    ("readme.template", Kind::Text),
    ("readme.purpose_chars", Kind::Count),
    ("readme.purpose", Kind::Text),
    ("readme.sections.title_and_purpose", Kind::Flag),
    ("readme.sections.install", Kind::Flag),
    ("readme.sections.usage_or_run", Kind::Flag),
    ("readme.sections.tests", Kind::Flag),
    ("readme.sections.contribute", Kind::Flag),
    ("readme.sections.licence", Kind::Flag),
    ("readme.sections.contact_or_maintainer", Kind::Flag),
    ("readme.sections.programme_mention", Kind::Flag),
    ("readme.sections.status_or_maintenance", Kind::Flag),
    ("readme.sections.demo_or_site_link", Kind::Flag),
    ("readme.sections.architecture", Kind::Flag),
    ("readme.broken_relative_links", Kind::List),
    ("readme.dead_links", Kind::List),
    ("readme.broken_anchors", Kind::List),
    ("readme.licence_link", Kind::Flag),
    ("readme.contacts", Kind::Items),
    ("readme.contributions", Kind::Text),
    ("readme.eig_mention", Kind::Text),
    ("readme.eig_link", Kind::Flag),
    ("readme.openness_badge", Kind::Text),
    ("readme.openness_contradicted", Kind::Flag),
    ("readme.maintenance_status", Kind::Text),
    ("readme.successor", Kind::Text),
    ("readme.maintainer_named", Kind::Flag),
    ("readme.command_blocks", Kind::Count),
];

/// Shape of *nothing there*.
#[derive(Clone, Copy)]
enum Kind {
    Flag,
    Count,
    Text,
    List,
    Items,
}

/// Sites kept of one README.
const MAX_SITES: usize = 20;

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let Some(entry) = find::main_readme(inputs.snapshot) else {
        nothing(inputs, facts);
        return;
    };
    facts.set(
        "readme.path",
        &*entry.path,
        vec![Evidence::path(&*entry.path)],
    );
    let text = match inputs.snapshot.text(entry) {
        Ok(text) => text,
        Err(error) => {
            unreadable(facts, &error.reason(&entry.path));
            return;
        }
    };
    let format = Format::of_path(&entry.path);
    let prose = Prose::parse(format, &text.text);
    let mut page = Page::new(&entry.path, &text.text, &prose);
    page.is_uncommitted = text.is_uncommitted;
    facts.set(
        "readme.format",
        format.as_str(),
        vec![Evidence::path(&*entry.path)],
    );
    let resolver = Resolver::new(inputs.record, inputs.snapshot, &page);
    let contacts = contacts::contacts(&page);
    let sites = sites::own_sites(&page, &resolver, &inputs.record.name);
    measures(&page, facts);
    let is_template = template_and_language(&page, facts);
    purpose_facts(&page, is_template, facts);
    let reading = Reading {
        page: &page,
        resolver: &resolver,
        contacts: &contacts,
        sites: &sites,
        is_template,
    };
    for (key, evidence) in reading.all() {
        facts.set(key, evidence.is_some(), place(&page, evidence));
    }
    internal_links(inputs, &prose, &page, &resolver, facts);
    licence_link(&page, &resolver, facts);
    let listed = || sites.iter().take(MAX_SITES);
    let addresses: Vec<_> = listed().map(|link| link.target.clone()).collect();
    let evidence = listed().map(|link| page.at(link.line).with_excerpt(&link.target));
    let evidence = evidence.collect();
    facts.set("readme.sites", addresses, evidence);
    people_facts(&page, &contacts, facts);
    programme_facts(&page, facts);
    openness(inputs, facts);
}

/// There is no README: nothing in it, unless the listing was cut.
fn nothing(inputs: &Inputs<'_>, facts: &mut FactSet) {
    if let Some(reason) = inputs.snapshot.cut() {
        facts.set_unknown("readme.path", reason.clone());
        unreadable(facts, &reason);
        return;
    }
    let folders = find::FOLDERS.map(|folder| format!("{folder}/")).join(", ");
    let searched = || {
        vec![Evidence::note(
            Message::new("readme-searched").with("folders", &folders),
        )]
    };
    for (key, kind) in KEYS {
        facts.set(key, kind.nothing(), searched());
    }
    facts.set("readme.sites", Vec::<String>::new(), searched());
}

/// A README is there and cannot be read. Its stated licence is said by its own theme.
fn unreadable(facts: &mut FactSet, reason: &Reason) {
    for (key, _) in KEYS.iter().filter(|(key, _)| *key != "readme.path") {
        facts.set_unknown(key, reason.clone());
    }
    facts.set_unknown("readme.sites", reason.clone());
}

impl Kind {
    fn nothing(self) -> FactValue {
        match self {
            Self::Flag => FactValue::Flag(false),
            Self::Count => FactValue::Count(0),
            Self::Text => FactValue::Absent,
            Self::List => FactValue::List(Vec::new()),
            Self::Items => FactValue::Items(Vec::new()),
        }
    }
}

/// The place found, or what was searched.
fn place(page: &Page<'_>, evidence: Option<Evidence>) -> Vec<Evidence> {
    let searched = || Evidence::path(page.path).with_note(Message::new("readme-read"));
    vec![evidence.unwrap_or_else(searched)]
}

fn measures(page: &Page<'_>, facts: &mut FactSet) {
    let here = || vec![Evidence::path(page.path)];
    facts.set(
        "readme.word_count",
        page.text.split_whitespace().count(),
        here(),
    );
    let prose = page
        .passages
        .iter()
        .filter(|passage| passage.is_prose() || passage.block.kind == BlockKind::Row);
    let prose: usize = prose
        .map(|passage| passage.block.text.chars().count())
        .sum();
    let counted = Message::new("readme-prose-counted").with("chars", prose);
    facts.set(
        "readme.prose_chars",
        prose,
        vec![Evidence::path(page.path).with_note(counted)],
    );
    let blocks: Vec<_> = commands::blocks(page)
        .map(|block| page.at(block.line))
        .collect();
    let count = blocks.len();
    facts.set(
        "readme.command_blocks",
        count,
        blocks.into_iter().take(10).collect(),
    );
}

fn template_and_language(page: &Page<'_>, facts: &mut FactSet) -> bool {
    let language = language::detect(page);
    if let Some(language) = language {
        facts.set(
            "natural_language",
            language,
            vec![Evidence::path(page.path)],
        );
    } else {
        let reason = Reason::new(ReasonCode::Undecided).with("path", page.path);
        facts.set_unknown("natural_language", reason);
    }
    let template = template::detect(page, language == Some("fr"));
    let is_template = template.is_some();
    let (name, evidence) = template.unzip();
    facts.set("readme.template", name, place(page, evidence));
    is_template
}

const LINKS: [&str; 3] = [
    "readme.broken_relative_links",
    "readme.dead_links",
    "readme.broken_anchors",
];

/// Links that lead nowhere; unknown where the listing or the README is cut.
fn internal_links(
    inputs: &Inputs<'_>,
    prose: &Prose,
    page: &Page<'_>,
    resolver: &Resolver<'_>,
    facts: &mut FactSet,
) {
    if let Some(reason) = inputs.snapshot.cut() {
        for key in LINKS {
            facts.set_unknown(key, reason.clone());
        }
        return;
    }
    let broken = links::broken(page, resolver);
    let checker = Checker::new(inputs.snapshot, page, resolver, prose.format);
    let checked = Message::new("readme-links-checked").with("count", checker.inside());
    let dead = checker.dead(&broken);
    for (key, found) in [
        (LINKS[0], broken),
        (LINKS[1], dead),
        (LINKS[2], checker.broken_anchors(prose)),
    ] {
        let targets: Vec<_> = found.iter().map(|link| link.target.clone()).collect();
        let evidence = found
            .iter()
            .map(|link| page.at(link.line).with_excerpt(&link.target));
        let mut evidence: Vec<_> = evidence.collect();
        if evidence.is_empty() {
            evidence.push(Evidence::path(page.path).with_note(checked.clone()));
        }
        facts.set(key, targets, evidence);
    }
}

fn licence_link(page: &Page<'_>, resolver: &Resolver<'_>, facts: &mut FactSet) {
    let is_licence = |target: &str| resolver.is_licence_file(target);
    let found = page.passages.iter().find_map(|passage| {
        let link = passage
            .block
            .links
            .iter()
            .find(|link| is_licence(&link.target) || links::shows_licence(link));
        let code = || passage.block.codes.iter().find(|code| is_licence(code));
        link.map(|link| page.at(link.line).with_excerpt(&link.target))
            .or_else(|| code().map(|code| page.at(passage.block.line).with_excerpt(code)))
    });
    facts.set("readme.licence_link", found.is_some(), place(page, found));
}

fn people_facts(page: &Page<'_>, contacts: &[Contact], facts: &mut FactSet) {
    let item = |contact: &Contact| {
        Item::new("kind", contact.kind)
            .with("path", page.path)
            .with("line", contact.line)
            .with("domain", &contact.domain)
    };
    let evidence = contacts
        .iter()
        .map(|contact| contacts::contact_evidence(page, contact));
    let items: Vec<_> = contacts.iter().map(item).collect();
    let mut evidence: Vec<_> = evidence.collect();
    if evidence.is_empty() {
        evidence = place(page, None);
    }
    facts.set("readme.contacts", items, evidence);
    let badge = programme::badge(page);
    let level = badge.as_ref().map(|(level, _)| *level);
    let explained = matches!(facts.flag("readme.sections.contribute"), Some(true));
    let section = facts.get("readme.sections.contribute");
    let section = section.and_then(|fact| fact.evidence().first().cloned());
    let badge = badge.map(|(_, evidence)| evidence);
    let (value, evidence) = if let Some(refusal) = people::refusal(page) {
        (Some("refused"), Some(refusal))
    } else if let Some(invitation) = people::invitation(page) {
        (Some("welcome"), Some(invitation))
    } else if level == Some("contributif") {
        (Some("welcome"), badge)
    } else if explained {
        (Some("explained"), section)
    } else {
        (level.map(|_| "explained"), badge)
    };
    facts.set("readme.contributions", value, place(page, evidence));
    let (status, evidence) = people::maintenance(page).unzip();
    facts.set("readme.maintenance_status", status, place(page, evidence));
    let (successor, evidence) = people::successor(page).unzip();
    facts.set("readme.successor", successor, place(page, evidence));
    let maintainer = people::maintainer(page);
    facts.set(
        "readme.maintainer_named",
        maintainer.is_some(),
        place(page, maintainer),
    );
}

fn programme_facts(page: &Page<'_>, facts: &mut FactSet) {
    let (named, evidence) = programme::mention(page).unzip();
    facts.set("readme.eig_mention", named, place(page, evidence));
    let link = programme::programme_link(page);
    facts.set("readme.eig_link", link.is_some(), place(page, link));
    let (level, evidence) = programme::badge(page).unzip();
    facts.set("readme.openness_badge", level, place(page, evidence));
}

fn purpose_facts(page: &Page<'_>, is_template: bool, facts: &mut FactSet) {
    let purpose = purpose::read(page, is_template);
    facts.set(
        "readme.purpose_chars",
        purpose.chars,
        place(page, purpose.longest),
    );
    let (value, evidence) = purpose.stated.unzip();
    facts.set("readme.purpose", value, place(page, evidence));
}

/// True when the badge announces more than an archived or abandoned project gives.
fn openness(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let is_open = matches!(
        facts.text("readme.openness_badge"),
        Some("contributif" | "ouvert")
    );
    let api = inputs.record.api.as_ref();
    let mut evidence = Vec::new();
    if is_open && api.and_then(|api| api.is_archived) == Some(true) {
        evidence.push(Evidence::field("is_archived"));
    }
    if is_open && facts.text("readme.maintenance_status") == Some("none") {
        let status = facts.get("readme.maintenance_status");
        evidence.extend(status.iter().flat_map(|status| status.evidence()).cloned());
    }
    let is_contradicted = !evidence.is_empty();
    facts.set("readme.openness_contradicted", is_contradicted, evidence);
}
