// SPDX-License-Identifier: EUPL-1.2
//! The licences of documentation, contents and data.

use super::declaration::{Origin, Part, Reach};
use super::expression::{all_of, bases, ids, is_all_content, is_for_content};
use super::files::LicenceFile;
use super::settle::{Answer, CONTENT_KINDS, Gathered, Grant};

impl Gathered {
    pub(super) fn docs(&self, code: Option<&Answer>, data: Option<&Answer>) -> Option<Answer> {
        let is_codes = |answer: &Answer| {
            code.is_some_and(|code| bases(&code.expression) == bases(&answer.expression))
        };
        let annotated = self
            .sources
            .docs
            .as_ref()
            .map(Answer::of_majority)
            .filter(|answer| !is_codes(answer));
        let readme = self.readme(Part::Docs);
        // annotations first, unless the README names them among others
        let named = match (annotated, readme) {
            (Some(annotated), Some(readme))
                if bases(&annotated.expression).is_subset(&bases(&readme.expression)) =>
            {
                Some(readme)
            }
            (annotated, readme) => annotated.or(readme),
        };
        named
            .or_else(|| self.texts_of(Part::Docs))
            .or_else(|| {
                Answer::of_declarations(self.said(Origin::Readme, Part::Docs, Reach::Folder))
            })
            .or_else(|| self.beside_software(data))
            .or_else(|| self.whole_as_contents(code))
    }

    /// The texts that stand for one part by their name or folder.
    fn texts_of(&self, part: Part) -> Option<Answer> {
        let files: Vec<&LicenceFile> = self
            .files
            .iter()
            .filter(|file| file.part == part && file.expression.is_some())
            .collect();
        // a folder with texts for several parts says of contents what is made for them
        let has_content = files
            .iter()
            .any(|file| file.expression.as_deref().is_some_and(is_all_content));
        let kept = files
            .into_iter()
            .filter(|file| !has_content || file.expression.as_deref().is_some_and(is_all_content));
        let kept: Vec<&LicenceFile> = kept.collect();
        Some(Answer {
            expression: all_of(kept.iter().filter_map(|file| file.expression.as_deref()))?,
            evidence: kept.iter().map(|file| file.evidence()).collect(),
        })
    }

    /// A text for contents beside one for software, unless the data has it.
    fn beside_software(&self, data: Option<&Answer>) -> Option<Answer> {
        let grants = self.grants();
        if grants.iter().all(|grant| is_all_content(&grant.expression)) {
            return None;
        }
        let kept: Vec<&Grant<'_>> = grants
            .iter()
            .filter(|grant| is_all_content(&grant.expression))
            // put on configuration files by habit
            .filter(|grant| grant.expression != "CC0-1.0")
            .filter(|grant| {
                data.is_none_or(|data| {
                    !bases(&data.expression).is_superset(&bases(&grant.expression))
                })
            })
            .collect();
        Some(Answer {
            expression: all_of(kept.iter().map(|grant| grant.expression.as_str()))?,
            evidence: kept.iter().map(|grant| grant.file.evidence()).collect(),
        })
    }

    /// The licence of the whole, where the repository mainly holds contents.
    fn whole_as_contents(&self, code: Option<&Answer>) -> Option<Answer> {
        let whole = || {
            let grants = self.grants();
            self.choose(&grants.iter().collect::<Vec<_>>())
                .or_else(|| self.without_text())
        };
        let is_codes = |answer: &Answer| {
            code.is_some_and(|code| bases(&code.expression) == bases(&answer.expression))
        };
        if !self.has_code() {
            return whole().filter(|answer| !is_codes(answer));
        }
        if self.is_kind(&CONTENT_KINDS) {
            // a README that speaks of the code alone leaves the rest open
            let is_code_alone =
                self.readme(Part::Code).is_some() && self.readme(Part::All).is_none();
            return whole().filter(|answer| !(is_code_alone && is_codes(answer)));
        }
        if self.is_kind(&["website"]) {
            return whole().filter(|answer| is_all_content(&answer.expression));
        }
        None
    }

    pub(super) fn data(&self) -> Option<Answer> {
        let annotated = self.sources.data.as_ref().map(Answer::of_majority);
        let annotated = annotated.filter(|answer| is_all_content(&answer.expression));
        annotated
            .or_else(|| self.readme(Part::Data))
            .or_else(|| self.texts_of(Part::Data))
            .or_else(|| {
                let of = |reach| self.said(Origin::Manifest, Part::Data, reach);
                Answer::of_declarations(of(Reach::Whole).chain(of(Reach::Folder)).take(1))
            })
            .or_else(|| {
                let whole = self.is_kind(&["data"]).then(|| {
                    let grants = self.grants();
                    let content = grants
                        .iter()
                        .filter(|grant| ids(&grant.expression).into_iter().all(is_for_content));
                    self.choose(&content.collect::<Vec<_>>())
                });
                whole.flatten()
            })
    }
}
