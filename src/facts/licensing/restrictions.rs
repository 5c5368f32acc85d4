// SPDX-License-Identifier: EUPL-1.2
//! Sentences beside a licence that take back what it grants.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::pattern::folded;

use super::people::is_legal_heading;
use crate::facts::prose::{BlockKind, Prose};
use crate::model::text::fold_plain;

/// Restrictions kept of one repository.
pub(super) const MAX_RESTRICTIONS: usize = 10;

/// Each limit holds one of these.
const STEMS: [&str; 14] = [
    "commons clause",
    "commerc",
    "interdi",
    "prohib",
    "soumis",
    "sans",
    "hors",
    "que",
    "reserve",
    "limite",
    "interne",
    "only",
    "not be",
    "permission",
];

/// Limits of use, in French and English, accents removed.
static LIMITS: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"(?x)
          (?-u:\b)(?:usages?|utilisations?|reutilisations?|fins?|buts?)\ (?:strictement\ |purement\ |exclusivement\ )?non[\ -]commercia[a-z]+
        | (?-u:\b)non[\ -]commercial\ (?:use|purposes?|usage|only)
        | (?-u:\b)(?:for|only\ for)\ non[\ -]?commercial(?-u:\b)
        | (?-u:\b)(?:usages?|utilisations?|reutilisations?|exploitations?|fins?)\ (?:a\ (?:des\ )?fins?\ )?commercia[a-z]+\ (?:[a-z]+\ ){0,4}?(?:interdite?s?|prohibee?s?|exclue?s?|soumis[a-z]*\ a\ autorisation)
        | (?-u:\b)(?:interdi[a-z]+|pas\ autorise[a-z]*|prohib[a-z]+)(?-u:\b)[^.;]*?(?-u:\b)(?:commercia[a-z]+|revendre|revente|vente)
        | (?-u:\b)(?:not|never)\ (?:be\ )?(?:used\ )?(?:for|in)\ (?:any\ )?commercial
        | (?-u:\b)commercial\ use\ (?:is\ )?(?:not\ (?:allowed|permitted)|prohibited|forbidden|requires)
        | (?-u:\b)no\ commercial\ use(?-u:\b)
        | (?-u:\b)(?:toute|la|une)\ (?:reproduction|reutilisation|utilisation|diffusion|modification|redistribution|copie)(?-u:\b)[^.;]*?(?-u:\b)(?:est\ |sont\ )?(?:strictement\ |formellement\ )?(?:interdite?s?|soumis[a-z]*\ a\ (?:[a-z]+\ ){0,3}?autorisation|prohibee?s?)
        | (?-u:\b)ne\ (?:peut|peuvent|doit|doivent)\ (?:pas\ )?etre\ (?:re)?(?:utilise|diffuse|reproduit|redistribue|modifie|vendu|copie)[a-z]*(?-u:\b)[^.;]*?(?-u:\b)(?:sans|hors|en\ dehors|que(?-u:\b))
        | (?-u:\b)(?:reserve[a-z]*|limite[a-z]*)\ (?:exclusivement\ |strictement\ |uniquement\ )?(?:a\ (?:un\ |l')?usage|au\ personnel|aux\ (?:agents|membres|services)|a\ l'usage)
        | (?-u:\b)(?:usage|utilisation)\ (?:strictement\ |uniquement\ |exclusivement\ )?(?:interne|prive[a-z]?|personnel[a-z]*|scolaire)\ (?:uniquement|seulement|exclusivement|seul(?-u:\b))
        | (?-u:\b)(?:for|only\ for)\ (?:internal|personal|private|educational|academic|research|evaluation)(?:\ (?:and|or)\ [a-z]+)?\ (?:use|purposes?)\ only
        | (?-u:\b)(?:may|must|can)(?:\ ?not)\ be\ (?:used|sold|redistributed|copied|modified|reproduced)(?-u:\b)[^.;]*?(?-u:\b)(?:without|except|unless|for|by|in)
        | (?-u:\b)without\ (?:our|the|prior|express|explicit)\ (?:[a-z]+\ ){0,3}?(?:permission|consent|authori[sz]ation)
        | (?-u:\b)commons\ clause(?-u:\b)
        ",
    )
});

/// What is no limit of this project's licence: marks, media, data of others, names of licences, explanations.
static NO_LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"(?x)(?-u:\b)(?:creative\ commons | cc[\ -]by | by[\ -]nc | logos? | marques?\ | trademarks? | marianne | fonts? | polices?
        | icon(?:e)?s? | images? | photos? | photographies? | illustrations? | api\ key | mot\ de\ passe | password
        | y\ compris | including\ commercial | meme\ a\ des\ fins | ou\ non | or\ not | whether
        | interne\ au\ (?:code|projet) | votre\ contribution | neither\ the\ name | nor\ the\ names | unless\ required\ by )(?-u:\b)",
    )
});

/// A sentence that restricts: line and text as written.
pub(super) fn of_readme(prose: &Prose) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    for section in prose.sections() {
        let is_legal = section
            .heading
            .is_some_and(|heading| is_legal_heading(&heading.text));
        for block in section.body {
            if matches!(block.kind, BlockKind::Code | BlockKind::Quote) {
                continue;
            }
            for sentence in sentences(&block.text) {
                if restricts(sentence, is_legal) && out.len() < MAX_RESTRICTIONS {
                    out.push((block.line, sentence.to_owned()));
                }
            }
        }
    }
    out
}

/// Under a heading about licences any limit counts; elsewhere the sentence must speak of the project or its licence.
fn restricts(sentence: &str, is_legal: bool) -> bool {
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        folded(
            r"\b(?:licen[cs]\w*|(?:ce|le|this|the) (?:logiciel|code|software|project|projet|depot|repository|programme?|tool|outil|source code))\b",
        )
    });
    let folded = fold_plain(sentence);
    // the pattern is long: most sentences hold none of its words
    if !STEMS.iter().any(|stem| folded.contains(stem)) {
        return false;
    }
    LIMITS.is_match(&folded)
        && !NO_LIMIT.is_match(&folded)
        && (is_legal || SUBJECT.is_match(&folded))
}

pub(super) fn sentences(text: &str) -> Vec<&str> {
    static END: LazyLock<Regex> = LazyLock::new(|| folded(r"[.!?](?:\s+|$)"));
    END.split(text)
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty() && sentence.len() < 1000)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_use_are_seen() {
        for sentence in [
            "Le code est sous licence MIT, pour un usage non commercial uniquement",
            "L’utilisation commerciale de ce logiciel est interdite",
            "Toute réutilisation est soumise à autorisation préalable",
            "This software may not be used for military purposes without our consent",
            "Free for non-commercial use",
            "For internal use only",
            "Licensed under MIT with the Commons Clause",
            "Ce code est réservé à l’usage des services de l’État",
        ] {
            assert!(restricts(sentence, true), "{sentence}");
        }
    }

    #[test]
    fn grants_names_and_the_work_of_others_are_no_limit() {
        for sentence in [
            "Vous pouvez réutiliser ce code, y compris à des fins commerciales",
            "Les photos ne peuvent être réutilisées sans autorisation",
            "Le code est sous licence MIT",
            "Les contenus sont sous licence Creative Commons Attribution, usage non commercial",
            "L’application est utilisée par les agents en interne",
            "Le logo ne peut être utilisé que par l’État",
        ] {
            assert!(!restricts(sentence, true), "{sentence}");
        }
        assert!(!restricts(
            "Pour un usage non commercial, voir le guide",
            false
        ));
    }
}
