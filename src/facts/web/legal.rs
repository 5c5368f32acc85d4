// SPDX-License-Identifier: EUPL-1.2
//! Legal notices, privacy policy and terms of use with content, and those left as a template.

use std::sync::LazyLock;

use regex::{Match, Regex};

use super::Found;
use super::text::Page;
use crate::facts::pattern::folded as regex;

/// Words below which a page is a route or a title.
const CONTENT: usize = 60;

/// Longest blank of a template, in characters behind its first word.
const BLANK_CHARS: usize = 80;

pub(super) fn notices(page: &Page) -> Option<Found> {
    document(page, &NOTICES)
}

pub(super) fn privacy(page: &Page) -> Option<Found> {
    document(page, &PRIVACY)
}

pub(super) fn terms(page: &Page) -> Option<Found> {
    document(page, &TERMS)
}

/// What a kind of legal page is called, and the words of which it has at least two different ones.
struct Kind {
    named: Regex,
    titled: Regex,
    words: Vec<Regex>,
}

impl Kind {
    fn new(named: &str, titled: &str, words: &[&str]) -> Self {
        Self {
            named: regex(named),
            titled: regex(titled),
            words: words.iter().map(|word| regex(word)).collect(),
        }
    }

    fn is(&self, page: &Page) -> bool {
        let is_titled = || !page.is_named(&MENU) && self.titled.is_match(&page.plain);
        (page.is_named(&self.named) || is_titled())
            && self
                .words
                .iter()
                .filter(|word| word.is_match(&page.plain))
                .count()
                >= 2
    }
}

fn document(page: &Page, kind: &Kind) -> Option<Found> {
    if page.words() < CONTENT || !kind.is(page) || placeholder(page).is_some() {
        return None;
    }
    let at = kind
        .titled
        .find(&page.plain)
        .map_or(0, |found| found.start());
    Some(page.found(at))
}

/// A legal page or an accessibility statement in which a template was not filled.
pub(super) fn placeholders(page: &Page) -> Option<Found> {
    let is_legal = page.is_named(&ANY_NAMED)
        || [&*NOTICES, &*PRIVACY, &*TERMS]
            .into_iter()
            .any(|kind| kind.is(page));
    if !is_legal {
        return None;
    }
    placeholder(page).map(|offset| page.found(offset))
}

/// Where a blank of a template stands in the page.
fn placeholder(page: &Page) -> Option<usize> {
    let bracketed = BLANK
        .find_iter(&page.plain)
        .find(|opening| is_blank(&page.plain, opening))
        .map(|opening| opening.start());
    bracketed.or_else(|| FILLER.find(&page.plain).map(|found| found.start()))
}

/// True when few words close the bracket, and when it is neither a link in Markdown nor an access to a table.
fn is_blank(text: &str, opening: &Match<'_>) -> bool {
    let Some(length) = text[opening.end()..].find([']', '\n']) else {
        return false;
    };
    let (words, behind) = text[opening.end()..].split_at(length);
    let mut behind = behind.chars();
    let is_closed = behind.next() == Some(']');
    // a run of x is one word, however long
    let words = match opening.as_str().ends_with("xx") {
        true if !words.trim_start_matches('x').starts_with('\'') => words.trim_start_matches('x'),
        _ => words,
    };
    let before = text[..opening.start()].chars().next_back();
    let is_whole_word = match opening.as_str() {
        dots if dots.ends_with(['.', '…']) => {
            words.is_empty() || words.starts_with(char::is_whitespace)
        }
        _ => !words.starts_with(char::is_alphanumeric),
    };
    is_closed
        && is_whole_word
        && is_short(words)
        && !matches!(behind.next(), Some('(' | '[' | '='))
        && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '_' | '.'))
}

/// True for at most [`BLANK_CHARS`] characters without signs of code; an elision between letters counts as one.
fn is_short(words: &str) -> bool {
    let mut chars = words.chars().peekable();
    let mut count = 0;
    while let Some(c) = chars.next() {
        count += 1;
        match c {
            '[' | '`' | ';' | '=' | '{' | '}' | '\'' => return false,
            c if c.is_alphabetic() && chars.peek() == Some(&'\'') => {
                chars.next();
                if !chars.next().is_some_and(char::is_alphabetic) {
                    return false;
                }
            }
            _ => {}
        }
    }
    count <= BLANK_CHARS
}

static NOTICES: LazyLock<Kind> = LazyLock::new(|| {
    Kind::new(
        r"mentions?[-_ ]?legales?|legal[-_ ]?(notice|mentions|information)|(^|/)legal[^/]*$|legal/index|imprint",
        r"\bmentions\s+legales\b|\blegal\s+notices?\b",
        &[
            r"\bedit(eur|e\s+par|rice|ion\s+du\s+site)|\bpublisher",
            r"direct(eur|rice)(\s*(\(|·|\.|/)?\s*(rice|trice)\)?)?\s+de\s+(la\s+)?publication|responsable\s+de\s+(la\s+)?publication|publication\s+director",
            r"\bheberg|\bhosted\b|\bhosting",
            r"\bsiren\b|\bsiret\b|avenue|\brue\b|boulevard|cedex",
            r"propriete\s+intellectuelle|droits?\s+d'auteur|reutilisation",
        ],
    )
});
static PRIVACY: LazyLock<Kind> = LazyLock::new(|| {
    Kind::new(
        r"confidentialit|privacy|rgpd|gdpr|donnees[-_ ]?(a[-_ ]caractere[-_ ])?personnelles|personal[-_ ]?data|protection[-_ ]des[-_ ]donnees|vie[-_ ]privee",
        r"politique\s+de\s+(confidentialite|protection\s+des\s+donnees)|privacy\s+policy|protection\s+des\s+donnees\s+(a\s+caractere\s+)?personnel|donnees\s+(a\s+caractere\s+)?personnel(le)?s?",
        &[
            r"responsable\s+(du|de|des)\s+traitements?|data\s+controller",
            r"\bfinalites?\b|\bpurposes?\b",
            r"duree\s+de\s+conservation|conserve(e?s)?\s+(pendant|jusqu)|retention",
            r"\bcnil\b|commission\s+nationale\s+de\s+l'informatique",
            r"\brgpd\b|\bgdpr\b|2016/679|informatique\s+et\s+libertes",
            r"droit\s+(d'acces|de\s+rectification|d'opposition)|right\s+of\s+access",
            r"delegue(e)?\s+a\s+la\s+protection|\bdpo\b",
        ],
    )
});
static TERMS: LazyLock<Kind> = LazyLock::new(|| {
    Kind::new(
        r"\bcgu\b|_cgu|cgu_|conditions[-_ ]?(generales|d[-_ ]?utilisation|utilisation)|modalites[-_ ]?d[-_ ]?utilisation|terms",
        r"(conditions\s+generales|modalites)\s+d'utilisation|\bterms\s+of\s+(use|service)|conditions\s+d'utilisation",
        &[
            r"\bresponsabilites?\b|\bliab",
            r"\butilisateurs?\b|\busers?\b|\busagers?\b",
            r"\bobjet\b|\bchamp\s+d'application|\bscope\b",
            r"\bacceptation|\baccepte|\baccept",
            r"\bevolution\s+des\s+conditions|\bmodifier|\bmodification|\bamend",
            r"\bfonctionnalites?\b|\bservice\b",
        ],
    )
});
/// Parts of a layout that name the pages which they link to, and catalogues of short messages that do the same.
static MENU: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(^|/)[^/]*(footer|header|menu|nav(bar|igation)?|pied[-_]?de[-_]?page)[^/]*$|\.po$")
});
static ANY_NAMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"accessibilite|mentions?[-_ ]?legales?|(^|/)legal(s|es?)?([-_./][^/]*)?($|/)|legal[-_ ]?(notice|mentions|information)|\bcgu\b|confidentialit|privacy|donnees[-_ ]?personnelles|conditions[-_ ]?(generales|d[-_ ]?utilisation)|\bterms\b",
    )
});
/// How a blank of a template begins.
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\[\s*(?:nom|l'?\s*administration|adresse|a\s+completer|a\s+remplir|completer|inserer|indiquer|preciser|date|raison\s+sociale|url|email|e-mail|courriel|telephone|ministere|organisme|hebergeur|editeur|entite|produit|service|votre|your|insert|name\s+of|company|startup|x{2}|\.{3}|…)",
    )
});
static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"lorem\s+ipsum|<nom\s+d[eu][^>]{0,40}>|\bx{4,}\b|\{\{?\s*(nom_|a_completer)|\ba\s+completer\b",
    )
});
