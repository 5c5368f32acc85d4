// SPDX-License-Identifier: EUPL-1.2
//! Sentences beside a licence that take back what it grants.

use std::sync::LazyLock;

use regex::Regex;

use super::people::is_legal_heading;
use crate::facts::prose::{BlockKind, Prose};
use crate::model::text::fold_plain;

/// Restrictions kept of one repository.
pub(super) const MAX_RESTRICTIONS: usize = 10;

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("invariant: the pattern compiles")
}

/// Limits of use, in French and English, accents removed.
static LIMITS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
          \b(?:usages?|utilisations?|reutilisations?|fins?|buts?)\ (?:strictement\ |purement\ |exclusivement\ )?non[\ -]commercia\w+
        | \bnon[\ -]commercial\ (?:use|purposes?|usage|only)
        | \b(?:for|only\ for)\ non[\ -]?commercial\b
        | \b(?:usages?|utilisations?|reutilisations?|exploitations?|fins?)\ (?:a\ (?:des\ )?fins?\ )?commercia\w+\ (?:\w+\ ){0,4}?(?:interdite?s?|prohibee?s?|exclue?s?|soumis\w*\ a\ autorisation)
        | \b(?:interdi\w+|pas\ autorise\w*|prohib\w+)\b[^.;]{0,60}\b(?:commercia\w+|revendre|revente|vente)
        | \b(?:not|never)\ (?:be\ )?(?:used\ )?(?:for|in)\ (?:any\ )?commercial
        | \bcommercial\ use\ (?:is\ )?(?:not\ (?:allowed|permitted)|prohibited|forbidden|requires)
        | \bno\ commercial\ use\b
        | \b(?:toute|la|une)\ (?:reproduction|reutilisation|utilisation|diffusion|modification|redistribution|copie)\b[^.;]{0,80}\b(?:est\ |sont\ )?(?:strictement\ |formellement\ )?(?:interdite?s?|soumis\w*\ a\ (?:\w+\ ){0,3}?autorisation|prohibee?s?)
        | \bne\ (?:peut|peuvent|doit|doivent)\ (?:pas\ )?etre\ (?:re)?(?:utilise|diffuse|reproduit|redistribue|modifie|vendu|copie)\w*\b[^.;]{0,80}\b(?:sans|hors|en\ dehors|que\b)
        | \b(?:reserve\w*|limite\w*)\ (?:exclusivement\ |strictement\ |uniquement\ )?(?:a\ (?:un\ |l')?usage|au\ personnel|aux\ (?:agents|membres|services)|a\ l'usage)
        | \b(?:usage|utilisation)\ (?:strictement\ |uniquement\ |exclusivement\ )?(?:interne|prive\w?|personnel\w*|scolaire)\ (?:uniquement|seulement|exclusivement|seul\b)
        | \b(?:for|only\ for)\ (?:internal|personal|private|educational|academic|research|evaluation)(?:\ (?:and|or)\ \w+)?\ (?:use|purposes?)\ only
        | \b(?:may|must|can)(?:\ ?not)\ be\ (?:used|sold|redistributed|copied|modified|reproduced)\b[^.;]{0,80}\b(?:without|except|unless|for|by|in)
        | \bwithout\ (?:our|the|prior|express|explicit)\ (?:\w+\ ){0,3}?(?:permission|consent|authori[sz]ation)
        | \bcommons\ clause\b
        ",
    )
});

/// What is no limit of this project's licence: marks, media, data of others, names of licences, explanations.
static NO_LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(?:creative\ commons | cc[\ -]by | by[\ -]nc | logos? | marques?\ | trademarks? | marianne | fonts? | polices?
        | icon(?:e)?s? | images? | photos? | photographies? | illustrations? | api\ key | mot\ de\ passe | password
        | y\ compris | including\ commercial | meme\ a\ des\ fins | ou\ non | or\ not | whether
        | interne\ au\ (?:code|projet) | votre\ contribution | neither\ the\ name | nor\ the\ names | unless\ required\ by )\b",
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
        pattern(
            r"\b(?:licen[cs]\w*|(?:ce|le|this|the) (?:logiciel|code|software|project|projet|depot|repository|programme?|tool|outil|source code))\b",
        )
    });
    let folded = fold_plain(sentence);
    LIMITS.is_match(&folded)
        && !NO_LIMIT.is_match(&folded)
        && (is_legal || SUBJECT.is_match(&folded))
}

fn sentences(text: &str) -> Vec<&str> {
    static END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[.!?](?:\s+|$)"));
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
