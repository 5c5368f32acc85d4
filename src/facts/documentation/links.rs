// SPDX-License-Identifier: EUPL-1.2
//! What lies outside the tree and a file points to: public trackers, wikis, sites of documentation, manuals.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::section::parts;
use super::{Place, Scene};
use crate::facts::pattern::folded as regex;
use crate::facts::prose::{Link, Prose};
use crate::facts::set::FactSet;
use crate::model::evidence::Evidence;
use crate::model::text::{fold_plain, line_of};

pub(super) fn extract(scene: &Scene<'_>, facts: &mut FactSet) {
    trackers(scene, facts);
    external(scene, facts);
}

/// Addresses of trackers in the README and in community files; a link to one issue says nothing of the tracker.
fn trackers(scene: &Scene<'_>, facts: &mut FactSet) {
    let community = [
        "documentation.contributing",
        "documentation.support",
        "documentation.publiccode_yml",
    ];
    let mut texts: Vec<(String, std::sync::Arc<crate::snapshot::Text>)> = scene
        .readme
        .iter()
        .map(|readme| (readme.path.clone(), readme.text.clone()))
        .collect();
    for key in community {
        let path = facts.text(key).and_then(|path| scene.snapshot.entry(path));
        if let Some(entry) = path
            && let Ok(text) = scene.snapshot.text(entry)
        {
            texts.push((entry.path.to_string(), text));
        }
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (path, text) in &texts {
        for address in TRACKER.find_iter(&text.text) {
            let value = address
                .as_str()
                .trim_end_matches(['/', '.', ')', ','])
                .to_owned();
            if IMAGE.is_match(&value)
                || is_one_issue(&text.text[address.end()..])
                || !seen.insert(value.clone())
            {
                continue;
            }
            let line = line_of(&text.text, address.start());
            let evidence = Evidence::line(path, line).with_excerpt(&value);
            found.push(Place { value, evidence });
        }
    }
    scene.record_list(facts, "documentation.issue_tracker_links", found);
}

fn is_one_issue(rest: &str) -> bool {
    rest.trim_start_matches('/')
        .starts_with(|c: char| c.is_ascii_digit())
}

/// Links of the README whose text, address or heading says that developers or users find documentation there.
fn external(scene: &Scene<'_>, facts: &mut FactSet) {
    let mut technical = Vec::new();
    let mut manuals = Vec::new();
    if let Some(readme) = &scene.readme {
        let headings: Vec<_> = parts(&readme.prose)
            .map(|part| (part.heading.line, part.title()))
            .collect();
        for link in readme.prose.links().filter(|link| !link.is_image) {
            let target = link.target.trim();
            if !(target.starts_with("http://") || target.starts_with("https://"))
                || LIBRARY.is_match(target)
            {
                continue;
            }
            let heading = headings.iter().rev().find(|(line, _)| *line <= link.line);
            let heading = heading.map_or("", |(_, title)| title.as_str());
            let text = fold_plain(&link.text);
            let said = announces(&readme.prose, link);
            let place = || Place {
                value: target.to_owned(),
                evidence: Evidence::line(&readme.path, link.line).with_excerpt(&link.text),
            };
            if MANUAL.is_match(&text)
                || MANUAL_TARGET.is_match(&target.to_ascii_lowercase())
                || said.is_some_and(|said| SAID.is_match(&said))
            {
                manuals.push(place());
            } else if TECHNICAL.is_match(&text)
                || (WIKI.is_match(target)
                    && (DOCUMENTATION.is_match(&text) || DOCUMENTATION.is_match(heading)))
                || TITLE.is_match(heading)
                || (DOCUMENTATION.is_match(&text) && DOCUMENTATION_TARGET.is_match(target))
            {
                technical.push(place());
            }
        }
    }
    for (key, found) in [
        ("documentation.technical_external", &mut technical),
        ("documentation.user_manual_external", &mut manuals),
    ] {
        found.dedup_by(|a, b| a.value == b.value);
        scene.record_list(facts, key, std::mem::take(found));
    }
}

/// The sentence of a paragraph that has this link and no other: what it says, it says of the link.
fn announces(prose: &Prose, link: &Link) -> Option<String> {
    let block = prose
        .blocks
        .iter()
        .find(|block| block.links.iter().any(|one| std::ptr::eq(one, link)))?;
    let is_alone = block.links.iter().filter(|link| !link.is_image).count() == 1;
    is_alone.then(|| fold_plain(&block.text))
}

static TRACKER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)https?://(
            [\w.-]+/[\w.-]+(/[\w.-]+)*?/(-/)?issues(/new[\w./?=&%-]*)?(?:/|\b)
          | todo\.sr\.ht/~[\w.-]+/[\w.-]+
          | trello\.com/b/\w+
          | github\.com/(orgs/)?[\w.-]+(/[\w.-]+)?/(projects/\d+|discussions)
          | [\w.-]*(jira|redmine|tuleap|mantis|bugzilla)[\w.-]*/[\w./?=&-]+
        )",
    )
});
/// Services that draw badges.
static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^https?://(img\.shields\.io|badgen\.net|flat\.badgen\.net|isitmaintained\.com)/")
});
/// Documentation of tools and libraries, of which READMEs are full.
static LIBRARY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?xi)^https?://(www\.)?(
            (docs|doc|developer|developers|help|learn)\.(github|gitlab|docker|mongodb|npmjs|python|djangoproject|aws|microsoft|google|apple|mozilla|oracle|elastic|cypress|scalingo|clever-cloud|ovh|sentry|travis-ci|circleci|rs|renovatebot|conda|sonarqube|nestjs|celeryproject|microsoft)\.
          | (nodejs|python|ruby-lang|rubyonrails|laravel|symfony|getcomposer|postgresql|yarnpkg|pnpm|npmjs|reactjs|react|vuejs|nuxtjs|nextjs|jestjs|playwright|elixir-lang|hexdocs|phoenixframework|docs\.rs|golang|go|docker|kubernetes|helm|nginx|mysql|mongodb|redis|sqlite|jekyllrb|gohugo|vuepress|docsify|pkgdown|webpack|babeljs|eslint|prettier|conventionalcommits|keepachangelog|semver|editorconfig|developer\.mozilla|devcenter\.heroku|guides\.rubyonrails|getbootstrap|tornadoweb|scrapy|bulma|selenium-python\.readthedocs|flask|jinja|virtualenv\.pypa|pip\.pypa|packaging\.python|pipenv|poetry|stackoverflow|wikipedia)\b
        )",
    )
});
static MANUAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(manuel\b|user'?s?\s+(guide|manual|documentation)|guide\s+(de\s+l')?utilisat|guide\s+d'utilisation|guide\s+usager|mode\s+d'emploi|documentation\s+utilisat|documentation\s+fonctionnelle|aide\s+en\s+ligne)",
    )
});
/// What a sentence calls its link: « manuel » alone may be an adjective there.
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(user'?s?\s+(guide|manual|documentation)|manuel\s+(d'|de\s+l'|de\s+|des\s+)?utilis|guide\s+(de\s+l'|d')?utilisat|mode\s+d'emploi|documentation\s+(des\s+|de\s+l'|pour\s+les\s+)?utilisat|aide\s+en\s+ligne)",
    )
});
static MANUAL_TARGET: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(user-?guide|user-?manual|guide-(de-l-)?utilisat|guide-d-utilisation|manuel-utilisat|mode-d-emploi|documentation-utilisat)",
    )
});
static TECHNICAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(documentation\s+technique|doc\s+technique|technical\s+(documentation|docs)|developer\s+(documentation|guide|docs)|documentation\s+(du\s+projet|developpeur|de\s+l'api|api)|api\s+(documentation|docs?|reference)|dossier\s+d'architecture)\b",
    )
});
static WIKI: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^https?://[\w.-]+/[\w.-]+/[\w.-]+(/-)?/wikis?(/|$|#)"));
static DOCUMENTATION: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(documentation|docs?|wiki)\b"));
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^\W*(la\s+|the\s+)?(documentation|docs?|wiki)(\s+(du\s+projet|technique))?\W*$")
});
static DOCUMENTATION_TARGET: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^https?://((docs?|documentation|pad|wiki|guide)\.[\w.-]+|[\w-]+\.(readthedocs\.io|gitbook\.io|github\.io|gitlab\.io|netlify\.app)|[\w.-]+/(.*/)?(docs?|documentation|wiki)(/|$))",
    )
});
