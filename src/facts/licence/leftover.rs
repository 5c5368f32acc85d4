// SPDX-License-Identifier: EUPL-1.2
//! What stands around a matched licence: restrictions that alter it, evidence for `-only` and `-or-later`, a choice.

use std::sync::LazyLock;

use regex::Regex;

use super::normalise::is_copyright_line;
use crate::facts::pattern::folded as pattern;
use crate::model::text::fold_plain;

/// Words that put a duty, a limit or another right beside the licence.
static RESTRICTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:
          must | shall | may\ (?:not|only) | can(?:\ )?not | (?:is|are)\ not\ (?:allowed|permitted|granted|licensed)
        | not\ (?:be\ )?(?:allowed|permitted|used|sold|distributed|modified|granted)
        | prohibit\w* | forbid\w* | non[\ -]?commercial\w* | commercial(?:ly)? | military | militar\w+ | weapons? | nuclear
        | restrict\w* | only\ (?:be\ )?(?:used|for|in|by|with) | solely | exclusively | commons\ clause
        | additional\ (?:terms?|conditions?|clauses?|restrictions?|permissions?|requirements?)
        | provided\ that | on\ condition | under\ the\ condition | requires?\ | required | royalt\w+ | patents?
        | fees? | pay(?:ment|s|ing)? | evil | unless | terminat\w+ | revo[ck]\w+ | written\ (?:permission|consent|agreement)
        | prior\ (?:permission|consent|approval) | except\ (?:that|for|in|when|if) | modified\ (?:\S+\ ){0,3}licen[cs]e
        | interdi\w+ | ne\ (?:peu\w+|doi\w+|sont\ pas\ autoris\w+) | commercia\w+ | militaires?
        | sous\ reserve | autorisation | uniquement | exclusivement | sauf | a\ (?:la\ )?condition | obligatoire\w*
        | redevances? | brevets? | (?:clauses?|conditions?)\ (?:additionnelles?|supplementaires?|particulieres?)
        | limite\w*\ (?:a|aux) | reserve\w*\ (?:a|aux) | doit | doivent | licence\ modifiee
        | attribution\ (?:is\ )?required
        | only\ (?:\S+\ ){1,4}(?:may|can|shall|is|are) | withdraw\w* | licen[sc]ors?\ (?:may|can|reserves?|retains?)
        | (?:licen[cs]e|permission|grant|rights?)\ (?:ends?|expires?|lapses?|ceases?|is\ void|are\ void)
        | (?:licence|autorisation|droits?)\ (?:expire\w*|prend\ fin|prennent\ fin|cesse\w*)
        | brings?\ (?:a|any)\ (?:claim|action|suit) | ethic\w* | lawful | ne\ pas | non\ commercia\w+
        )\b",
    )
});

/// Sentences of common use that add nothing: standard notices, duties of other software.
static HARMLESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)may\ not\ use\ this\ (?:file|work|software)\ except\ in\ compliance
        | unless\ required\ by\ applicable\ law | see\ the\ licen[cs]e\ for\ the\ specific
        | (?:unless|except\ (?:where|as)|sauf)\ (?:\w+\ )?(?:otherwise|mention|indication|precision|stated|noted|specified)
        | comply\ (?:to|with)\ (?:its|their)\ licen[cs]e | third[\ -]party | depend(?:s|ency|ance|encies)\b
        | (?:everyone\ is|are)\ permitted\ to\ copy\ and\ distribute\ verbatim
        | changing\ it\ is\ not\ allowed | all\ rights\ reserved
        # marks and media that the licence does not cover
        | ^(?:\S+\ ){0,5}(?:icons? | icones? | fonts? | polices? | fontes? | logos? | images? | illustrations? | photos? | trademarks? | marques?)\b",
    )
});

/// Whether a sentence limits something.
pub(super) fn restricts(sentence: &str) -> bool {
    sentences(&fold_plain(sentence))
        .iter()
        .any(|sentence| RESTRICTION.is_match(sentence) && !HARMLESS.is_match(sentence))
}

/// A restriction in `text`, which stands outside every matched licence: the sentence that holds it.
pub(super) fn restriction(text: &str) -> Option<String> {
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !is_copyright_line(line))
        .collect();
    let kept = kept.join("\n");
    if !kept.contains(char::is_alphabetic) {
        return None;
    }
    sentences(&fold_plain(&kept))
        .into_iter()
        .find(|sentence| RESTRICTION.is_match(sentence) && !HARMLESS.is_match(sentence))
}

/// A name of the three-clause licence.
const NAMED_MODIFIED: &str = "modified bsd";

/// A title that calls the text a modified licence, whatever follows.
pub(super) fn declares_itself_modified(text: &str) -> Option<String> {
    /// Lines of a title.
    const LONGEST_TITLE: usize = 3;
    static TITLE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\W*(?:\w+\W+){0,3}?modified\W+(?:[\w.]+\W+){1,4}licen[cs]e\b"));

    let title: Vec<&str> = text
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .take(LONGEST_TITLE + 1)
        .collect();
    if title.len() > LONGEST_TITLE {
        return None;
    }
    title.into_iter().map(fold_plain).find(|line| {
        line.len() < 80
            && line.contains("modified")
            && !line.contains(NAMED_MODIFIED)
            && TITLE.is_match(line)
    })
}

fn sentences(folded: &str) -> Vec<String> {
    static CUT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[.;!?](?:\s+|$)|\n\s*\n|\n\s*[-*•]\s"));
    let folded = folded.replace(NAMED_MODIFIED, "bsd");
    CUT.split(&folded)
        .map(|sentence| {
            sentence
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// Whether the versions of a GNU licence are bound by the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Versions {
    /// This version alone.
    Only,
    /// This one or any later one.
    OrLater,
}

static OR_LATER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?:\bor|\band)\s+(?:\(?at\ your\ option\)?,?\s+)?(?:any\s+|all\s+)?(?:later|newer|higher|greater|above)\b
        | \bor\s*-?\s*later\b | \b(?:ou|soit)\s+(?:\(?a\ votre\ (?:choix|gre|discretion)\)?,?\s+)?(?:(?:toutes?|tout|une)\s+)?(?:versions?\s+)?(?:plus\s+recente?s?|ulterieures?|posterieures?|superieures?|suivantes?)
        | \b(?:version|v)\s*[0-9.]+\s*\+ | gpl[-\ ]?v?[0-9.]+\s?\+ | -or-later\b",
    )
});

static ONLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)-only\b | \bversion\s+[0-9.]+\s+(?:of\ the\ licen[cs]e\s+)?(?:only|uniquement|seulement|seule)\b
        | \bonly\s+(?:under\s+)?version\s+[0-9.]+ | v[0-9.]+\s+(?:only|uniquement|seulement)\b
        | \buniquement\s+(?:la\s+)?version\s+[0-9.]+ | \b[0-9](?:\.[0-9])?\s+(?:only|uniquement|seulement)\b",
    )
});

/// What `text` says of later versions; the wider statement wins when it says both.
pub(super) fn versions(text: &str) -> Option<Versions> {
    if !text.contains(char::is_alphanumeric) {
        return None;
    }
    let folded = fold_plain(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if OR_LATER.is_match(&folded) {
        Some(Versions::OrLater)
    } else {
        ONLY.is_match(&folded).then_some(Versions::Only)
    }
}

static CHOICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:dual|double|multi)[\ -]?licen[cs]\w* | \bat\ your\ (?:option|choice) | \ba\ votre\ (?:choix|convenance)
        | \bau\ choix | \beither\b(?:\s+\S+){1,14}?\s+or\b | \bsoit\b(?:\s+\S+){1,14}?\s+soit\b | \bchoose\b | \bchoisir\b",
    )
});

/// Whether `text` offers its licences for the reader to choose one.
pub(super) fn offers_choice(text: &str) -> bool {
    let folded = fold_plain(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let later = OR_LATER.replace_all(&folded, " ");
    CHOICE.is_match(&later)
}

static THIRD_PARTY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)third[\ -]part(?:y|ies) | \bbundled\b | \bvendored\b | \bdependenc(?:y|ies)\b | \btiers\b | \bdependances?\b | \bbibliotheques?\b | \blibrar(?:y|ies)\ used",
    )
});

/// Whether `text` announces that what follows concerns the software of others.
pub(super) fn announces_third_parties(text: &str) -> bool {
    THIRD_PARTY.is_match(&fold_plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_restrictions_are_seen() {
        for text in [
            "This software may not be used for commercial purposes.",
            "Non-commercial use only.",
            "Use by the military is excluded.",
            "\"Commons Clause\" License Condition v1.0",
            "You must send your changes to the author.",
            "Additional terms apply.",
            "Modified Apache 2.0 License",
            "L’utilisation commerciale est interdite.",
            "Toute réutilisation est soumise à autorisation.",
        ] {
            assert!(restriction(text).is_some(), "{text}");
        }
    }

    #[test]
    fn headers_and_notes_are_no_restriction() {
        for text in [
            "# Licence\n\nThis project is licensed under the MIT License.",
            "Le contenu de ce dépôt est placé sous licence MIT, à l'exception de la fonte Marianne.",
            "This software depends on the fmt lib (MIT License), and users must comply to its license.",
            "You may not use this file except in compliance with the License.",
            "Copyright (c) 2018 Commercial Bank",
            "Streamline icons are the property of a company and can be used only in this project",
            "Unless otherwise noted, this applies to all files",
        ] {
            assert_eq!(restriction(text), None, "{text}");
        }
    }

    #[test]
    fn versions_need_words() {
        assert_eq!(
            versions("either version 3 of the License, or\n(at your option) any later version"),
            Some(Versions::OrLater)
        );
        assert_eq!(
            versions("GNU AGPL v3 ou ultérieure"),
            Some(Versions::OrLater)
        );
        assert_eq!(versions("v3.0 ou plus récent"), Some(Versions::OrLater));
        assert_eq!(
            versions("version 2 ou toute version ultérieure"),
            Some(Versions::OrLater)
        );
        assert_eq!(versions("GPLv2 only"), Some(Versions::Only));
        assert_eq!(versions("released under the GPL v2.0"), None);
    }

    #[test]
    fn a_choice_is_not_a_later_version() {
        assert!(offers_choice("at your option"));
        assert!(offers_choice("au choix : MIT ou Apache-2.0"));
        assert!(offers_choice(
            "available either under the MIT or the Apache license"
        ));
        assert!(!offers_choice(
            "version 3, or (at your option) any later version"
        ));
    }
}
