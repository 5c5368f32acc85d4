// SPDX-License-Identifier: EUPL-1.2
//! Why a project chose a reciprocal licence, in its own words: README, guide for contributors, records of decisions.

use std::sync::LazyLock;

use regex::Regex;

use super::expression::ids;
use super::paths::{is_copy_like, is_document};
use super::readmes::Readmes;
use crate::facts::pattern::folded;
use crate::facts::prose::{BlockKind, Format, Prose};
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot};

/// Reasons kept of one repository.
const MAX_REASONS: usize = 5;

/// Documents read beside the READMEs.
const MAX_DOCUMENTS: usize = 40;

/// A sentence that gives a reason: path, line, text.
pub(super) type Given = (String, u32, String);

/// What was found, and what hides more.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    pub(super) given: Vec<Given>,
    pub(super) gap: Option<Reason>,
}

/// The reciprocal licences that bind whatever alternative is taken.
///
/// Families as the public list sorts them: CeCILL-B is permissive, the Eclipse licence is reciprocal.
pub(super) fn reciprocal(expression: &str) -> Vec<String> {
    let alternatives = expression.split(" OR ");
    let mut out = Vec::new();
    for alternative in alternatives {
        let bound: Vec<&str> = ids(alternative)
            .into_iter()
            .filter(|id| is_reciprocal(id))
            .collect();
        if bound.is_empty() {
            return Vec::new();
        }
        for id in bound {
            if !out.iter().any(|known| known == id) {
                out.push(id.to_owned());
            }
        }
    }
    out
}

fn is_reciprocal(id: &str) -> bool {
    const FAMILIES: [&str; 17] = [
        "GPL-",
        "LGPL-",
        "AGPL-",
        "GFDL-",
        "EUPL-",
        "MPL-",
        "EPL-",
        "CPL-",
        "CDDL-",
        "OSL-",
        "RPL-",
        "QPL-",
        "CC-BY-SA-",
        "ODbL-",
        "MS-RL",
        "SSPL-",
        "LiLiQ-R",
    ];
    FAMILIES.iter().any(|family| id.starts_with(family))
        || id.starts_with("CECILL-") && id != "CECILL-B"
}

/// Reads the reasons given, READMEs first.
pub(super) fn read(snapshot: &Snapshot, readmes: &Readmes) -> Reasons {
    let mut out = Reasons {
        gap: readmes.gap.clone(),
        ..Reasons::default()
    };
    for readme in readmes.all() {
        of_prose(&readme.path, &readme.prose, &mut out.given);
    }
    let mut documents: Vec<&Entry> = snapshot.files().filter(|entry| may_tell(entry)).collect();
    documents.sort_by_key(|entry| (entry.path.matches('/').count(), entry.path.clone()));
    if documents.len() > MAX_DOCUMENTS {
        out.gap = Some(Reason::new(ReasonCode::Truncated).with("limit", "documents"));
    }
    for entry in documents.into_iter().take(MAX_DOCUMENTS) {
        if out.given.len() >= MAX_REASONS {
            break;
        }
        match snapshot.text(entry) {
            Ok(text) if text.text.to_ascii_lowercase().contains("licen") => {
                let prose = Prose::parse(Format::of_path(&entry.path), &text.text);
                of_prose(&entry.path, &prose, &mut out.given);
            }
            Ok(_) => {}
            Err(error) => out.gap = Some(error.reason(&entry.path)),
        }
    }
    out
}

/// True for documents in which projects explain themselves: decisions, contributions, governance, licence.
fn may_tell(entry: &Entry) -> bool {
    const NAMES: [&str; 8] = [
        "adr",
        "decision",
        "licen",
        "contribut",
        "governance",
        "gouvernance",
        "faq",
        "about",
    ];
    if !is_document(&entry.extension()) || entry.path.matches('/').count() > 4 {
        return false;
    }
    let path = entry.path.to_ascii_lowercase();
    let words = || path.split(|c: char| !c.is_ascii_alphanumeric());
    NAMES.iter().any(|name| {
        words().any(|word| {
            if *name == "adr" {
                word == *name
            } else {
                word.starts_with(name)
            }
        })
    }) && !path.contains("readme")
        && !is_copy_like(entry.folder())
        && !super::paths::is_licence_name(entry.name())
}

fn of_prose(path: &str, prose: &Prose, out: &mut Vec<Given>) {
    for section in prose.sections() {
        let heading = section.heading.map_or("", |heading| heading.text.as_str());
        let asks_why = is_question(heading);
        for block in section.body {
            if matches!(block.kind, BlockKind::Code | BlockKind::Quote) {
                continue;
            }
            for sentence in super::restrictions::sentences(&block.text) {
                let is_reason = gives_reason(sentence) || asks_why && sentence.len() > 40;
                if is_reason && out.len() < MAX_REASONS {
                    out.push((path.to_owned(), block.line, sentence.to_owned()));
                }
            }
        }
    }
}

/// Names of licences, and the word.
static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:licen[cs]e[ds]?|[al]?gpl|eupl|mpl|epl|cecill|copyleft|a reciprocite|share[- ]alike)(?:\b|v?\d)",
    )
});

/// « Pourquoi la licence AGPL ? », « Choix de la licence ».
fn is_question(heading: &str) -> bool {
    static WHY: LazyLock<Regex> = LazyLock::new(|| {
        folded(r"^(?:\S+ ){0,2}(?:pourquoi|why|choix|choice|motifs?|raisons?|rationale)\b")
    });
    let folded = fold_plain(heading);
    WHY.is_match(&folded) && LICENCE.is_match(&folded)
}

/// True for a sentence that ties the licence to a reason or to a work that imposes it.
fn gives_reason(sentence: &str) -> bool {
    static REASON: LazyLock<Regex> = LazyLock::new(|| {
        folded(
            r"(?x)
              \b(?:avons|a\ ete|ont|est|was|we|have|has)\ (?:ete\ |been\ )?(?:choisi[es]*|retenue?|opte|adopte[es]*|chosen|chose|selected|picked|adopted)(?-u:\b)[^;]*?\b(?:afin|pour|car|parce\ que|puisque|because|since|so\ that|in\ order\ to|to\ (?:ensure|make|guarantee|keep|protect|comply))\b
            | \b(?:choix|choice|recours|use)\b[^;]{0,60}\b(?:s'explique|repond|vise|permet|garantit|is\ motivated|is\ justified|ensures|reflects)\b
            | \b(?:garanti[rt]?|assure[rz]?|veiller|ensure[s]?|guarantee[s]?)\b[^;]{0,40}\b(?:ameliorations?|modifications?|evolutions?|derives|derivees|versions\ modifiees|improvements|changes|derivatives|derived)\b[^;]*\b(?:restent|soient|reviennent|profitent|beneficient|remain|stay|be\ shared|are\ shared|benefit)\b
            | \b(?:ameliorations?|modifications?|evolutions?|improvements|changes)\b[^;]*\b(?:restent|soient|remain|stay)\b[^;]*\b(?:libres?|ouvert[es]*|partage[es]*|communs?|open|free|shared)\b
            | \b(?:interet\ general|bien\ commun|communs?\ numeriques?|common\ good|public\ interest|public\ money)\b
            | \b(?:impose[es]*|imposed|required|requise?|exigee?|contrainte?|dictee?|heritee?|inherit[a-z]*)\ (?:par|by|de|from)\b[^;]*\b(?:dependances?|bibliotheques?|composants?|projet|logiciel|module|licence|dependenc(?:y|ies)|librar(?:y|ies)|components?|upstream|parent|license)\b
            | \b(?:depend[a-z]*|derive[a-z]*|repose|s'appuie|based\ on|builds?\ on|fork|lie\ a|links?\ (?:to|against))\b[^;]*\b(?:[al]?gpl|eupl|mpl|cecill)[a-z0-9.\ -]*\b[^;]*\b(?:donc|par\ consequent|so|hence|therefore|impose|requires?|ce\ qui|which)\b
            ",
        )
    });
    let folded = fold_plain(sentence);
    LICENCE.is_match(&folded) && REASON.is_match(&folded) && !is_about_contributions(&folded)
}

/// What contributors grant is no reason.
fn is_about_contributions(folded: &str) -> bool {
    [
        "your contribution",
        "vos contributions",
        "votre contribution",
        "by contributing",
        "en contribuant",
    ]
    .iter()
    .any(|phrase| folded.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_bind_when_no_alternative_is_permissive() {
        assert_eq!(reciprocal("AGPL-3.0-or-later"), ["AGPL-3.0-or-later"]);
        assert_eq!(
            reciprocal("CECILL-C OR CECILL-2.1"),
            ["CECILL-C", "CECILL-2.1"]
        );
        assert_eq!(reciprocal("MIT AND EUPL-1.2"), ["EUPL-1.2"]);
        for free in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "CECILL-B",
            "etalab-2.0",
            "Apache-2.0",
        ] {
            assert!(reciprocal(free).is_empty(), "{free}");
        }
    }

    #[test]
    fn reasons_are_seen() {
        for sentence in [
            "Nous avons choisi la licence AGPL afin que les améliorations profitent à tous",
            "La licence EUPL a été retenue parce que le service est partagé entre administrations",
            "Le choix de l’AGPL s’explique par l’intérêt général du service",
            "Cette licence garantit que les modifications restent ouvertes",
            "We have chosen the AGPL so that improvements are shared",
            "La licence GPL est imposée par une bibliothèque de calcul",
            "This project builds on a GPL-3.0 library, hence the same licence",
        ] {
            assert!(gives_reason(sentence), "{sentence}");
        }
        assert!(is_question("Pourquoi l’AGPL ?") && is_question("3. Choix de la licence"));
    }

    #[test]
    fn naming_a_licence_is_no_reason() {
        for sentence in [
            "Ce logiciel est publié sous licence AGPL-3.0",
            "This program is free software: you can redistribute it under the terms of the GNU GPL",
            "Les contributions sont acceptées pour ce projet",
            "By contributing, you agree that your contributions are licensed under the AGPL so that all benefit",
            "Voir le fichier LICENSE pour plus de détails",
            "Ce code est distribué dans l’espoir qu’il sera utile",
        ] {
            assert!(!gives_reason(sentence), "{sentence}");
        }
        assert!(!is_question("Licence") && !is_question("Pourquoi ce projet ?"));
    }
}
