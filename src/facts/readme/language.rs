// SPDX-License-Identifier: EUPL-1.2
//! The natural language of a README, from its prose alone.

use whatlang::Lang;

use super::page::Page;
use crate::facts::prose::BlockKind;

/// Words that only one of the two languages uses often.
const FRENCH: [&str; 44] = [
    "le", "la", "les", "des", "du", "un", "une", "et", "est", "sont", "pour", "dans", "sur",
    "avec", "vous", "nous", "ce", "cette", "ces", "qui", "que", "par", "au", "aux", "en", "de",
    "il", "elle", "ou", "pas", "plus", "votre", "vos", "notre", "être", "afin", "permet", "l", "d",
    "qu", "ne", "se", "leur", "à",
];

/// See [`FRENCH`].
const ENGLISH: [&str; 42] = [
    "the", "of", "and", "to", "is", "in", "for", "with", "this", "that", "you", "are", "it", "be",
    "by", "can", "from", "as", "an", "or", "your", "if", "will", "not", "use", "how", "we", "all",
    "have", "has", "at", "when", "which", "our", "its", "should", "please", "run", "any", "need",
    "these", "here",
];

/// Function words below which nothing is said.
const LEAST_EVIDENCE: usize = 3;

/// Words that the lesser language needs to make a README bilingual.
const MIXED_WORDS: usize = 45;

/// Share of the lesser language that makes a README bilingual, in hundredths.
const MIXED_PERCENT: usize = 20;

/// Characters that the statistical detector needs.
const DETECTOR_CHARS: usize = 200;

/// What was counted.
#[derive(Debug, Default)]
struct Count {
    words: usize,
    marks: usize,
    passages: usize,
}

/// `fr`, `en`, `mixed` or another ISO 639-1 code; nothing when there is too little prose to tell.
pub(super) fn detect(page: &Page<'_>) -> Option<&'static str> {
    let (mut french, mut english) = (Count::default(), Count::default());
    let mut all = 0;
    let mut prose = String::new();
    for passage in page.sentences() {
        let text = passage.block.text.to_lowercase();
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        all += words.len();
        if passage.is_prose() || passage.block.kind == BlockKind::Row {
            prose.push_str(&passage.block.text);
            prose.push(' ');
        }
        let fr = words.iter().filter(|word| FRENCH.contains(word)).count();
        let en = words.iter().filter(|word| ENGLISH.contains(word)).count();
        let side = match fr.cmp(&en) {
            std::cmp::Ordering::Greater => &mut french,
            std::cmp::Ordering::Less => &mut english,
            std::cmp::Ordering::Equal => continue,
        };
        side.words += words.len();
        side.marks += fr.max(en);
        side.passages += 1;
    }
    if let Some(other) = other_language(&prose, all, french.marks + english.marks) {
        return Some(other);
    }
    if french.marks + english.marks < LEAST_EVIDENCE {
        return None;
    }
    let (most, least, code) = if french.words >= english.words {
        (french, english, "fr")
    } else {
        (english, french, "en")
    };
    let is_mixed = least.words >= MIXED_WORDS
        && least.passages >= 3
        && least.words * 100 >= (least.words + most.words) * MIXED_PERCENT;
    let is_tie = most.words == least.words;
    match (is_mixed, is_tie) {
        (true, _) => Some("mixed"),
        (false, true) => None,
        (false, false) => Some(code),
    }
}

/// Another language, when French and English function words are rare and the detector is sure.
fn other_language(prose: &str, words: usize, marks: usize) -> Option<&'static str> {
    if prose.chars().count() < DETECTOR_CHARS || marks * 5 > words {
        return None;
    }
    let info = whatlang::detect(prose)?;
    if !info.is_reliable() || info.confidence() < 0.9 {
        return None;
    }
    iso_639_1(info.lang())
}

fn iso_639_1(lang: Lang) -> Option<&'static str> {
    let code = match lang {
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Cat => "ca",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Bul => "bg",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Ell => "el",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Tur => "tr",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Hin => "hi",
        Lang::Vie => "vi",
        _ => return None,
    };
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::prose::{Format, Prose};

    fn language(text: &str) -> Option<&'static str> {
        let prose = Prose::parse(Format::Markdown, text);
        detect(&Page::new("README.md", text, &prose))
    }

    const FR: &str = "Cet outil permet de suivre les demandes des usagers et de répondre dans les délais.\n\nIl est utilisé par les agents de la préfecture pour traiter les dossiers avec leurs collègues.\n\nPour en savoir plus sur le projet, vous pouvez lire la documentation dans le dossier des guides.\n\n";
    const EN: &str = "This tool is used to follow the requests of the users and to answer them in due time.\n\nIt is made for the civil servants of the prefecture, which can share the files with their team.\n\nIf you want to know more of the project, please read the documentation that is in the folder.\n\n";

    #[test]
    fn french_english_and_both_are_told_apart() {
        assert_eq!(language(FR), Some("fr"));
        assert_eq!(language(EN), Some("en"));
        assert_eq!(language(&format!("{FR}{EN}")), Some("mixed"));
    }

    #[test]
    fn a_notice_in_the_other_language_changes_nothing() {
        assert_eq!(
            language(&format!(
                "{FR}This software is available under the MIT license and was made for you.\n"
            )),
            Some("fr")
        );
    }

    #[test]
    fn code_blocks_do_not_count() {
        let code =
            "```\n# this is the way to run it for all of you and the others\n```\n".repeat(20);
        assert_eq!(language(&format!("{FR}{code}")), Some("fr"));
    }

    #[test]
    fn too_little_text_is_undecided() {
        assert_eq!(language("# Name\n\nv1.2\n"), None);
    }

    #[test]
    fn another_language_is_named() {
        let text = "Diese Anwendung hilft Behörden, Anträge der Bürgerinnen und Bürger schneller zu bearbeiten. Sie wurde von einem kleinen Team entwickelt und wird von mehreren Städten verwendet. Weitere Informationen finden Sie in der Dokumentation.";
        assert_eq!(language(text), Some("de"));
    }
}
