// SPDX-License-Identifier: EUPL-1.2
//! Guides for those who install, develop and use the software: files of the documentation and sections of the README.

use std::sync::LazyLock;

use regex::Regex;

use super::section::{Part, commands, parts};
use super::{Document, PROSE, Place, Scene, is_sample, plain_stem};
use crate::facts::pattern::folded as regex;
use crate::facts::prose::BlockKind;
use crate::facts::set::{FactSet, Item};
use crate::model::evidence::Evidence;
use crate::model::text::fold_plain;
use crate::snapshot::Entry;

/// Documents opened beside the README.
const OPENED: usize = 60;

/// Characters below a heading from which it explains something.
const EXPLAINED: usize = 30;

pub(super) fn extract(scene: &Scene<'_>, facts: &mut FactSet) {
    install(scene, facts);
    technical(scene, facts);
    user_manual(scene, facts);
    contribution(scene, facts);
    algorithm(scene, facts);
}

/// The documents of the folder of documentation, generated pages and formalities left out.
pub(super) fn documents<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s Entry> {
    let prefix = scene.docs.as_ref().map(|docs| format!("{}/", docs.path));
    scene.snapshot.files().filter(move |entry| {
        prefix
            .as_ref()
            .is_some_and(|prefix| entry.path.starts_with(prefix.as_str()))
            && PROSE.contains(&entry.extension().as_str())
            && !entry.name().starts_with('_')
            && !FORMALITY.is_match(&plain_stem(entry))
            && !entry.folder().ends_with("/LICENSES")
    })
}

/// READMEs of the parts of a repository, near its root.
fn part_readmes<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s Entry> {
    scene.snapshot.files().filter(|entry| {
        (1..=2).contains(&entry.path.matches('/').count())
            && plain_stem(entry) == "readme"
            && PROSE.contains(&entry.extension().as_str())
            && !is_sample(&entry.path)
    })
}

fn install(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut items = Vec::new();
    let mut evidence = Vec::new();
    let mut add = |path: &str, line: u32, heading: &str, count: usize| {
        items.push(
            Item::new("path", path)
                .with("line", line)
                .with("heading", heading)
                .with("commands", count),
        );
        evidence.push(Evidence::line(path, line).with_excerpt(heading));
    };
    let whole = scene
        .snapshot
        .files()
        .filter(|entry| is_install_file(scene, entry));
    for document in whole.take(OPENED).filter_map(|entry| scene.document(entry)) {
        let heading = parts(&document.prose)
            .next()
            .map(|part| part.heading.text.clone());
        let heading = heading.unwrap_or_default();
        add(
            &document.path,
            1,
            heading.trim(),
            commands(&document.prose.blocks),
        );
    }
    let others: Vec<_> = part_readmes(scene)
        .chain(documents(scene).filter(|entry| !is_install_file(scene, entry)))
        .take(OPENED)
        .filter_map(|entry| scene.document(entry))
        .collect();
    for document in scene.readme.iter().chain(&others) {
        let mut inside_until = 0;
        for part in parts(&document.prose) {
            if part.heading.line < inside_until || !installs(&part) {
                continue;
            }
            let heading = part.heading.text.trim();
            add(&document.path, part.heading.line, heading, part.commands());
            inside_until = part.body.last().map_or(0, |block| block.line + 1);
        }
    }
    scene.record_items(facts, "documentation.install", items, evidence);
}

/// A heading that says it, or commands that install right below a heading about something else than tests.
fn installs(part: &Part<'_>) -> bool {
    let title = part.title();
    if NOT_INSTALL.is_match(&title) {
        return false;
    }
    let is_titled = INSTALL.is_match(&title);
    is_titled
        || part
            .body
            .iter()
            .take_while(|block| !matches!(block.kind, BlockKind::Heading(_)))
            .any(|block| block.kind == BlockKind::Code && INSTALLING.is_match(&block.text))
}

/// A file that is wholly about installing or deploying: at the root, or among the documentation.
fn is_install_file(scene: &Scene<'_>, entry: &Entry) -> bool {
    let extension = entry.extension();
    if !(PROSE.contains(&extension.as_str()) || (extension.is_empty() && entry.name() == "INSTALL"))
    {
        return false;
    }
    let top = entry.path.split('/').next().unwrap_or_default();
    let is_kept = scene.snapshot.is_in_root(entry)
        || matches!(
            top.to_ascii_lowercase().as_str(),
            "doc" | "docs" | "documentation"
        )
        || scene
            .docs
            .as_ref()
            .is_some_and(|docs| entry.path.starts_with(&format!("{}/", docs.path)));
    is_kept && !is_sample(&entry.path) && {
        let stem = plain_stem(entry);
        INSTALL_FILE.is_match(&stem) && !JOURNAL.is_match(&stem)
    }
}

fn technical(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut found: Vec<_> = documents(scene)
        .filter(|entry| {
            !is_install_file(scene, entry) && !is_manual(entry) && plain_stem(entry) != "readme"
        })
        .map(Place::file)
        .collect();
    found.extend(
        scene
            .snapshot
            .root_files()
            .filter(|entry| {
                PROSE.contains(&entry.extension().as_str())
                    && TECHNICAL_FILE.is_match(&plain_stem(entry))
            })
            .map(Place::file),
    );
    let others: Vec<_> = part_readmes(scene)
        .take(OPENED)
        .filter_map(|entry| scene.document(entry))
        .collect();
    for document in scene.readme.iter().chain(&others) {
        found.extend(
            parts(&document.prose)
                .filter(|part| {
                    let title = part.title();
                    TECHNICAL.is_match(&title)
                        && !INSTALL.is_match(&title)
                        && !NOT_INSTALL.is_match(&title)
                        && part.chars() >= EXPLAINED
                })
                .map(|part| part.place(document)),
        );
    }
    scene.record_list(facts, "documentation.technical", found);
}

fn user_manual(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut found: Vec<_> = scene
        .snapshot
        .files()
        .filter(|entry| is_manual(entry) && !is_sample(&entry.path))
        .map(Place::file)
        .collect();
    if let Some(readme) = &scene.readme {
        found.extend(
            parts(&readme.prose)
                .filter(|part| MANUAL_HEADING.is_match(&part.title()) && part.chars() >= EXPLAINED)
                .map(|part| part.place(readme)),
        );
    }
    let walks_through = |document: &Document| {
        parts(&document.prose)
            .next()
            .is_some_and(|part| WALK_THROUGH.is_match(&part.title()))
    };
    found.extend(
        documents(scene)
            .take(OPENED)
            .filter(|entry| !is_manual(entry))
            .filter(|entry| {
                scene
                    .document(entry)
                    .is_some_and(|document| walks_through(&document))
            })
            .map(Place::file),
    );
    scene.record_list(facts, "documentation.user_manual", found);
    let help = scene
        .snapshot
        .files()
        .filter(|entry| is_help_page(entry) && !is_sample(&entry.path))
        .map(Place::file)
        .collect();
    scene.record_list(facts, "documentation.help_pages", help);
}

/// A page of the application itself named after the help that it gives.
fn is_help_page(entry: &Entry) -> bool {
    let extension = entry.extension();
    let is_page = matches!(
        extension.as_str(),
        "html"
            | "htm"
            | "vue"
            | "svelte"
            | "jsx"
            | "tsx"
            | "mdx"
            | "astro"
            | "erb"
            | "haml"
            | "slim"
            | "twig"
            | "heex"
            | "eex"
            | "php"
            | "njk"
            | "hbs"
            | "pug"
            | "ejs"
            | "jinja"
            | "j2"
            | "jsp"
            | "ftl"
            | "cshtml"
    );
    let stem = plain_stem(entry);
    let stem = stem.split('.').next().unwrap_or_default();
    let folder = fold_plain(entry.folder());
    let last = folder.rsplit('/').next().unwrap_or_default();
    is_page && (HELP.is_match(stem) || HELP.is_match(&super::plain_words(last)))
}

/// A document for users; pages of help inside the application are code, not documents.
fn is_manual(entry: &Entry) -> bool {
    let extension = entry.extension();
    let is_document = PROSE.contains(&extension.as_str())
        || matches!(
            extension.as_str(),
            "pdf" | "odt" | "docx" | "doc" | "odp" | "pptx"
        );
    let folder = fold_plain(entry.folder());
    is_document
        && (MANUAL_FILE.is_match(&plain_stem(entry))
            || folder
                .split('/')
                .any(|part| MANUAL_FILE.is_match(&super::plain_words(part))))
}

fn contribution(scene: &Scene<'_>, facts: &mut FactSet) {
    let place = scene.readme.as_ref().and_then(|readme| {
        parts(&readme.prose)
            .find(|part| CONTRIBUTION.is_match(&part.title()) && part.is_filled())
            .map(|part| part.place(readme))
    });
    let evidence = place.iter().map(|place| place.evidence.clone()).collect();
    let value = place.map(|place| place.value);
    scene.record_with_readme(facts, "documentation.contribution_section", value, evidence);
}

/// Documents named after an algorithm, and headings or sentences that explain or announce one.
fn algorithm(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut found = Vec::new();
    let opened: Vec<Document> = documents(scene)
        .take(OPENED)
        .filter_map(|entry| scene.document(entry))
        .collect();
    for document in scene.readme.iter().chain(&opened) {
        let before = found.len();
        found.extend(
            parts(&document.prose)
                .filter(|part| ALGORITHM.is_match(&part.title()) && part.chars() >= EXPLAINED)
                .map(|part| part.place(document)),
        );
        if found.len() > before {
            continue;
        }
        let statement = document
            .prose
            .blocks
            .iter()
            .find(|block| STATEMENT.is_match(&fold_plain(&block.text)));
        if let Some(block) = statement {
            found.push(Place {
                value: document.path.clone(),
                evidence: Evidence::line(&document.path, block.line).with_excerpt(&block.text),
            });
        }
    }
    scene.record_list(facts, "documentation.algorithm", found);
}

static FORMALITY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(licen[sc]es?|copying|changelog|contribut|code_of_conduct|security|authors|requirements|robots|humans|summary$)",
    )
});
static INSTALL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)\binstall|\bset\s?-?up\b|\bquick\s?-?start|\bget(ting)?\s+started|\bdemarr|\bmise\s+en\s+(place|route|production)
        |\bprise\s+en\s+main|\blanc(er|ement)\b|\bdeploi|\bdeploy|\blocal\s+development|\bdeveloppement\s+local
        |\brun(ning)?\s+(it|the|locally|in\s+local|with)\b|\brun\s+locally|\bbuild\s+(and|&)\s+run|\bhow\s+to\s+run
        |\benvironnement\s+de\s+dev|\bdevelopment\s+environment|\bpremiers?\s+pas\b",
    )
});
static NOT_INSTALL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\btests?\b|\bdeploiements?\s+effectue|\bhistorique"));
static INSTALL_FILE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(\d+_)*(install|getting_started|quick_?start|set_?up|deploi|deploy|demarrage|mise_en_(place|route|production)|prise_en_main|how_?to$|local_(setup|development))|_(install|installation|deploiement|deployment)$",
    )
});
static INSTALLING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?m)^\s*(\$\s*)?(sudo\s+)?(git\s+clone|(npm|pnpm|bun)\s+(i|ci|install)\b|yarn(\s+install)?\s*$|pip3?\s+install|pipenv\s+install|poetry\s+install|uv\s+sync|bundle(\s+install)?\s*$|composer\s+(install|create-project)|mix\s+deps\.get|cargo\s+install|go\s+(get|install)|make\s+install|docker[ -]compose\s+(up|build)|docker\s+(build|run)|conda\s+env\s+create|helm\s+install)",
    )
});
/// Logs of what was deployed, not instructions.
static JOURNAL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(^|_)(log|logs|journal|historique|history)(_|$)"));
static TECHNICAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)\barchi(tecture|tectures)?\b|\bstructure\b|\barborescence|\bstack\b|\btechnolog|\btechniques?\b|\btechnical\b
        |\bmodeles?\s+de\s+donnees|\bdata\s?-?model|\bdatabase\s+schema|\bschema\s+de\s+(la\s+)?base|\bconventions?\b
        |\borganisation\s+du\s+(code|depot|projet)|\bcode\s+(style|organi[sz]ation)|\bnormes\s+de\s+code|\bcoding\b
        |\brepertoires?\b|\bcomposants\b|\bmodules\b|\bhow\s+it\s+works|\bfonctionnement\b|\bcomponents\b|\bdevelop(ment|pement)\b",
    )
});
static TECHNICAL_FILE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(architecture|archi|development|developing|developpement|developers?|developpeurs?|hacking|best_practices?|conventions?|coding.*|style_?guide|stack|design|internals|technical.*|technique.*|documentation_technique|glossary|glossaire|data_?model|schema|modele_de_donnees)$",
    )
});
static MANUAL_FILE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)(^|_)(manuel_(d|de|du|des|utilis\w*)|user_?guide|user_?manual|user_?documentation|guide_(de_l_)?utilisat(eur|eurs|ion|rice|rices)
        |guides?_d_utilisation|manuel_utilisat\w*|mode_d_emploi|notice_d_utilisation|notice_utilisat\w*|documentation_utilisat\w*
        |doc_utilisat\w*|guide_usagers?|end_user\w*)(_|$)|^(\d+_)*manuel$",
    )
});
/// Titles of documents that lead a user through the software.
static WALK_THROUGH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\bwalk[\s-]?through\b|\bcomment\s+utiliser\b|\bhow\s+to\s+use\b|\bmode\s+d'emploi\b|\bmanuel\b|\bguide\s+(de\s+l')?utilisat|\buser'?s?\s+(guide|manual)\b",
    )
});
static HELP: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^_?(page_)?(aide|aides_en_ligne|aide_en_ligne|help|help_center|centre_d_aide|faqs?|foire_aux_questions|tutos?|tutoriels?|tutorials?|mode_d_emploi|user_guide|guide_utilisateur)(_(page|index|view))?$",
    )
});
static MANUAL_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(user'?s?\s+(guide|manual)|manuel|guide\s+(de\s+l')?(utilisateur|utilisation|usager)|guide\s+d'utilisation|mode\s+d'emploi|documentation\s+utilisateur)",
    )
});
static CONTRIBUTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\bcontribut(e|ing|ion|ions)\b|\bcontribuer\b|\bparticiper\b|\bhow\s+to\s+help\b|\bcomment\s+aider\b",
    )
});
static ALGORITHM: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\balgorithm|\btraitement\s+algorithmique"));
static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"traitements?\s+algorithmiques?|decisions?\s+administratives?\s+individuelles?|transparence\s+des\s+algorithmes|algorithmic\s+transparency|inventaire\s+des\s+algorithmes|\bl\.?\s?31[12]-1-[23]\b|\bl\.?\s?311-3-1\b",
    )
});
