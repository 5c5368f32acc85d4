// SPDX-License-Identifier: EUPL-1.2
//! The eleven subjects of a README: a heading or a paragraph devoted to one, in French or in English.

use std::sync::LazyLock;

use regex::Regex;

use super::commands::{self, Does};
use super::contacts::Contact;
use super::links::{Place, Resolver};
use super::page::{Page, Passage, pattern};
use super::people;
use super::programme;
use crate::facts::prose::{BlockKind, Link};
use crate::model::evidence::Evidence;

/// Headings about installing the software.
pub(super) static INSTALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:install(?:er|ez|ation|ations|ing|ed)?|reinstall\w*|set[\s-]?up|getting\s+started|quick\s?start|(?:pour\s+)?(?:bien\s+)?(?:demarrer|commencer)|demarrage(?:\s+rapide)?|prise\s+en\s+main|mise\s+en\s+(?:place|route)|
        (?:local\s+)?development\s+(?:environment|setup)|developpement\s+local|local\s+development|environnement\s+(?:de\s+developpement|local))\b",
    )
});

/// Headings about installing something else than the software for those who work on it.
static NOT_INSTALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:uninstall|desinstall\w*)\b"));

static PREREQUISITES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:prerequis|pre-requis|prerequisites?|requirements?|dependances|dependencies)\b")
});

static USAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:usage|utilisations?|utiliser|how\s+to\s+(?:use|run|start|build|launch)|using|mode\s+d'emploi|running|run|lancer|lancement|demarrer|demarrage|starting|start|launch(?:ing)?|quick\s?start|execut(?:er|ion|ing)|commandes?|commands?|build(?:ing)?|compil\w+|(?:en\s+)?local(?:ement|ly)?|mise\s+en\s+production|exploitation)\b",
    )
});

static TESTS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:tests?|testing|testings|unittests?|specs|testsuite|tester)\b"));

/// Headings about trying the software, testing by hand, or a test server.
static NOT_TESTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:tester\s+(?:en\s+local|localement|le\s+(?:site|service|projet|code|logiciel)|la\s+\w+|l'\w+|avec)|test\s+(?:it|locally|the\s+(?:app|site|website|service))|testing\s+(?:emails?|locally|the\s+(?:app|site))|environnements?\s+de\s+tests?|serveurs?\s+de\s+tests?|test\s+(?:server|instance|data)|donnees\s+de\s+tests?|comptes?\s+de\s+tests?|test\s+accounts?|a\s?/?\s?b\s+tests?|tests?\s+utilisateurs?|user\s+tests?)\b",
    )
});

static CONTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:contribu(?:er|ez|e|te|ting|tions?)|participer|comment\s+(?:aider|participer)|how\s+(?:can\s+i|to)\s+help|get(?:ting)?\s+involved|pull\s+requests?|merge\s+requests?|
        (?:ajouter|adding|add|how\s+to\s+add|modifier|editer|proposer)\s+(?:un|une|des|de\s+nouve\w+|a|an|new)\b|
        (?:signaler|remonter)\s+(?:un|une|des)\s+(?:bugs?|anomalies?|problemes?|erreurs?)|report(?:ing)?\s+(?:a\s+)?(?:bugs?|issues?|problems?)|bug\s+reports?)\b",
    )
});

static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:licen[cs]es?|licensing|copyrights?|droits\s+d'auteur|propriete\s+intellectuelle)\b",
    )
});

static NOT_LICENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:third[\s-]party|dependenc\w+|dependances|licen[cs]es?\s+de\s+(?:peche|chasse|football|pilote|transport)|licen[cs]e\s+keys?|cles?\s+de\s+licen[cs]e)\b",
    )
});

/// A sentence that places something under a named licence.
static LICENSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:licen[cs]e(?:d|s)?|under|sous|publie\w*|distribue\w*|released)\b[^.\n]{0,60}\b(?:mit|apache|a?gpl\w*|lgpl\w*|gnu\s+(?:affero|general|lesser)|bsd|mpl|mozilla\s+public|eupl|cecill\w*|etalab|licence\s+ouverte|open\s+licen[cs]e|cc[\s-](?:by|0)|cc0|creative\s+commons|isc\s+licen[cs]e|unlicense|eclipse\s+public|epl|odbl|public\s+domain|domaine\s+public)\b
        | \b(?:mit|apache|a?gpl\w*|bsd|eupl|cecill\w*|mpl)[\s\w.-]{0,12}\blicen[cs]ed?\b",
    )
});

static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:(?:project|development|current)\s+(?:status|state)|maint(?:ai|e)n[ae]nce|etat\s+(?:du\s+projet|d'avancement|actuel|du\s+developpement)|avancement|statut(?:\s+du\s+projet)?|archived|deprecat\w+|etat\s+des\s+lieux)\b|^[^a-z0-9]*(?:status|etat|statut)\W*$",
    )
});

static STATUS_SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:work\s+in\s+progress|wip|en\s+cours\s+de\s+(?:developpement|construction|refonte)|under\s+(?:active\s+|heavy\s+)?development|(?:is|are|currently|still)\s+in\s+(?:active\s+|early\s+)?development|en\s+developpement\s+actif|(?:phase|stade)\s+(?:de\s+|d')?(?:developpement|construction|investigation|acceleration|beta|alpha|experimentation)|development\s+phase|
        (?:en|version|phase)\s+(?:beta|alpha)|(?:beta|alpha)\s+(?:version|stage|phase|release|software)|(?:is|est)\s+(?:currently\s+|actuellement\s+|encore\s+|still\s+)?(?:in\s+|en\s+)(?:beta|alpha|production|experimentation)|
        proof[\s-]of[\s-]concept|preuve\s+de\s+concept|(?:is|est|c'est)\s+(?:a|an|un)\s+(?:\w+\s+)?(?:prototype|poc|mvp|experiment)|is\s+(?:still\s+)?experimental|(?:est|reste)\s+experimental\w*|not\s+(?:yet\s+)?production[\s-]ready|pas\s+(?:encore\s+)?pret\w*\s+pour\s+la\s+production)\b",
    )
});

static ARCHITECTURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:architectures?|(?:code|project|repository|repo|folder|directory|file|app|application|source)\s+(?:organi[sz]ation|structure|layout|tree)|organi[sz]ation\s+(?:du|de\s+la|des|de\s+l'|of)\b|structure\s+(?:du|de\s+la|des|de\s+l'|of|technique)\b|arborescence|monorepo|modules|packages|composants|components|technical\s+(?:points?|overview|stack|architecture|details)|(?:tech|technical|technology)\s+stack|stack(?:\s+technique)?|technologies(?:\s+(?:utilisees|used))?|choix\s+techniques?|(?:composition|environnement|socle)\s+technique|aspects\s+techniques|fonctionnement\s+(?:technique|general|global|du\s+(?:code|projet|systeme))|how\s+it\s+works|comment\s+(?:ca|cela)\s+(?:marche|fonctionne)|under\s+the\s+hood|schema\s+(?:technique|d'architecture)|briques\s+(?:techniques|logicielles)|sub-?projects|sous-projets)\b|^[^a-z0-9]*(?:structure|organi[sz]ation)\W*$",
    )
});

static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"(?:deux|trois|quatre|cinq|six|plusieurs|differents?|differentes|two|three|four|five|six|several|multiple|many|\d)";
    let part = r"(?:parties|composants?|composantes|modules?|applications?|services?|micro-?services|sous-projets|briques|paquets|components?|parts|sub-?projects|packages|directories|folders|repertoires|dossiers|layers|couches)";
    pattern(&format!(
        r"\b(?:compose|constitue|divise|separe|decoupe|organise|structure|consists?|composed|made(?:\s+up)?|split|divided|organi[sz]ed|has|comprend|comporte|contient|contains|comprises)\w*\s+(?:autour\s+)?(?:de\s+|en\s+|d'|of\s+|into\s+|in\s+|les\s+)?(?:the\s+following\s+)?(?:{number})\s+(?:\w+\s+){{0,2}}?{part}\b"
    ))
});

/// Headings below which the purpose is no longer expected.
static AFTER_PURPOSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:install\w*|set[\s-]?up|getting\s+started|quick\s?start|prerequis|pre-requis|prerequisites?|requirements?|usage|utilisation|demarrage|contribu\w+|licen[cs]e|development|developpement|deploiement|deployment|tests?)\b",
    )
});

/// What the sections are read from.
pub(super) struct Reading<'r> {
    pub(super) page: &'r Page<'r>,
    pub(super) resolver: &'r Resolver<'r>,
    pub(super) contacts: &'r [Contact],
    pub(super) sites: &'r [&'r Link],
    pub(super) is_template: bool,
}

/// A subject and where it is treated.
pub(super) type Found = (&'static str, Option<Evidence>);

impl Reading<'_> {
    /// Every subject with its evidence, nothing where it is not treated.
    pub(super) fn all(&self) -> [Found; 11] {
        let page = self.page;
        [
            (
                "readme.sections.title_and_purpose",
                self.title_and_purpose(),
            ),
            ("readme.sections.install", self.install()),
            ("readme.sections.usage_or_run", self.usage()),
            ("readme.sections.tests", self.tests()),
            ("readme.sections.contribute", self.contribute()),
            ("readme.sections.licence", self.licence()),
            (
                "readme.sections.contact_or_maintainer",
                people::reachable(page, self.contacts),
            ),
            ("readme.sections.programme_mention", programme::bearer(page)),
            ("readme.sections.status_or_maintenance", self.status()),
            (
                "readme.sections.demo_or_site_link",
                self.sites
                    .first()
                    .map(|link| page.at(link.line).with_excerpt(&link.target)),
            ),
            ("readme.sections.architecture", self.architecture()),
        ]
    }

    fn title_and_purpose(&self) -> Option<Evidence> {
        if self.is_template {
            return None;
        }
        let page = self.page;
        let named = |passage: &Passage<'_>| passage.is_heading && !passage.folded.is_empty();
        let pictured = |passage: &Passage<'_>| {
            let mut links = passage.block.links.iter();
            links.any(|link| link.is_image && !link.text.is_empty())
        };
        let position =
            |is_title: &dyn Fn(&Passage<'_>) -> bool| page.passages.iter().position(is_title);
        let title = position(&named).or_else(|| position(&pictured))?;
        let end = page.first_heading(&AFTER_PURPOSE);
        let says = |(index, passage): (usize, &Passage<'_>)| {
            let is_sentence = passage.block.text.split_whitespace().count() >= 4;
            index < end
                && is_sentence
                && (passage.is_prose() || passage.is_heading && index != title)
        };
        let has_purpose = page.passages.iter().enumerate().any(says)
            || page.passages[title].block.text.split_whitespace().count() >= 6;
        has_purpose.then(|| page.heading(&page.passages[title]))
    }

    /// The first heading that matches, does not match `not`, and has something below.
    fn section(&self, pattern: &Regex, not: Option<&Regex>) -> Option<Evidence> {
        self.sections(pattern, not)
            .next()
            .map(|(_, heading)| self.page.heading(heading))
    }

    fn sections<'s>(
        &'s self,
        pattern: &'s Regex,
        not: Option<&'s Regex>,
    ) -> impl Iterator<Item = (usize, &'s Passage<'s>)> {
        self.page.headings(pattern).filter(move |(index, heading)| {
            let is_excluded = not.is_some_and(|not| not.is_match(&heading.folded));
            let has_link = !heading.block.links.is_empty();
            let says = |passage: &Passage<'_>| !passage.is_heading && !passage.folded.is_empty();
            !is_excluded && (has_link || self.page.below(*index).any(says))
        })
    }

    /// A link to a file of the repository whose path matches.
    fn linked_file(&self, pattern: &Regex) -> Option<Evidence> {
        let links = self
            .page
            .passages
            .iter()
            .flat_map(|passage| &passage.block.links);
        let mut links = links.filter(|link| !link.is_image && !link.has_image);
        let found = links.find(|link| match self.resolver.place(&link.target) {
            Place::Inside(path) => pattern.is_match(&path) && self.resolver.exists(&path),
            _ => false,
        })?;
        Some(self.page.at(found.line).with_excerpt(&found.target))
    }

    /// True when a section only points outside the repository.
    fn only_points_outside(&self, index: usize) -> bool {
        let mut below = self.page.below(index).filter(|passage| !passage.is_heading);
        let (Some(only), None) = (below.next(), below.next()) else {
            return false;
        };
        let is_outside = |link: &Link| self.resolver.place(&link.target) == Place::Outside;
        let is_short = only.block.text.split_whitespace().count() <= 14;
        is_short
            && !only.block.links.is_empty()
            && only.block.links.iter().all(is_outside)
            && !commands::has_command(only)
    }

    fn install(&self) -> Option<Evidence> {
        static FILE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)(?:^|[/_-])(?:install\w*|setup|getting[_-]started|developp?e?ment)\.(?:md|org|rst|adoc|txt)$|^INSTALL$",
            )
        });
        let heading = self
            .sections(&INSTALL, Some(&NOT_INSTALL))
            .find(|(index, _)| !self.only_points_outside(*index));
        heading
            .map(|(_, heading)| self.page.heading(heading))
            .or_else(|| commands::first(self.page, Does::Install))
            .or_else(|| self.linked_file(&FILE))
            .or_else(|| {
                let mut needs = self.sections(&PREREQUISITES, None);
                let is_list = |(index, _): &(usize, &Passage<'_>)| {
                    self.page
                        .below(*index)
                        .any(|passage| passage.block.kind == BlockKind::Item)
                };
                needs
                    .find(is_list)
                    .map(|(_, heading)| self.page.heading(heading))
            })
    }

    fn usage(&self) -> Option<Evidence> {
        static FILE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)(?:^|[/_-])(?:usage|utilisation|run|deploy\w*|deploiement|user[_-]?guide|guide[_-]utilisateur)\.(?:md|org|rst|adoc|txt)$",
            )
        });
        let heading = self.sections(&USAGE, Some(&TESTS)).find(|(index, _)| {
            let says =
                |passage: &Passage<'_>| passage.is_prose() || passage.block.kind == BlockKind::Code;
            !self.only_points_outside(*index) && self.page.below(*index).any(says)
        });
        heading
            .map(|(_, heading)| self.page.heading(heading))
            .or_else(|| commands::first(self.page, Does::Run))
            .or_else(|| self.linked_file(&FILE))
    }

    fn tests(&self) -> Option<Evidence> {
        static FILE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)(?:^|/)(?:tests?|testing)\.(?:md|org|rst|adoc|txt)$|^tests?/readme\.\w+$")
        });
        self.section(&TESTS, Some(&NOT_TESTS))
            .or_else(|| commands::first(self.page, Does::Test))
            .or_else(|| self.linked_file(&FILE))
    }

    fn contribute(&self) -> Option<Evidence> {
        static FILE: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"(?i)(?:^|/)(?:contribut\w*|contribuer)(?:[._-]\w+)*$"));
        let heading = self.sections(&CONTRIBUTE, None).find(|(index, heading)| {
            !heading.block.links.is_empty() || !self.only_points_outside(*index)
        });
        heading
            .map(|(_, heading)| self.page.heading(heading))
            .or_else(|| people::invitation(self.page))
            .or_else(|| people::refusal(self.page))
            .or_else(|| self.linked_file(&FILE))
    }

    fn licence(&self) -> Option<Evidence> {
        let linked = || {
            let links = self
                .page
                .sentences()
                .flat_map(|passage| &passage.block.links);
            let mut links = links.filter(|link| !link.is_image && !link.has_image);
            let found = links.find(|link| self.resolver.is_licence_file(&link.target))?;
            Some(self.page.at(found.line).with_excerpt(&found.target))
        };
        self.section(&LICENCE, Some(&NOT_LICENCE))
            .or_else(|| self.page.first_match(&LICENSED))
            .or_else(linked)
    }

    fn status(&self) -> Option<Evidence> {
        self.section(&STATUS, None)
            .or_else(|| people::maintenance(self.page).map(|(_, evidence)| evidence))
            .or_else(|| self.page.first_match(&STATUS_SENTENCE))
    }

    fn architecture(&self) -> Option<Evidence> {
        static FILE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)(?:^|[/_-])architecture(?:\.\w+|$|/)|(?:^|/)adrs?(?:/|$)")
        });
        let heading = self.sections(&ARCHITECTURE, None).find(|(_, heading)| {
            !self.page.is_under(heading, &PREREQUISITES) && !self.page.is_under(heading, &INSTALL)
        });
        heading
            .map(|(_, heading)| self.page.heading(heading))
            .or_else(|| self.page.first_match(&PARTS))
            .or_else(|| self.linked_file(&FILE))
    }
}
