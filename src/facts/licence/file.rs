// SPDX-License-Identifier: EUPL-1.2
//! One file given by name: a README is read for what it states, any other file as a licence text.

use serde_json::{Value, json};

use super::identify::identify_licence_file;
use super::notice::identify_readme;

/// Evidences kept of one file.
const EVIDENCES: usize = 20;

/// Longest text kept with an evidence, in characters.
const EVIDENCE_CHARS: usize = 160;

/// What one file says of its licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAnswer {
    /// The file as it was named.
    pub file: String,
    /// SPDX expression; `None` when nothing was recognised.
    pub expression: Option<String>,
    /// Whether the text is that of a known licence with terms altered or restrictions added.
    pub modified: bool,
    /// Certainty in permille, 0 to 1000; 0 without an expression.
    pub confidence: u16,
    /// Lines, from 1, with what is written there.
    pub evidence: Vec<(u32, String)>,
}

impl FileAnswer {
    /// The answer as one JSON object; the confidence is between 0 and 1.
    pub fn to_json(&self) -> Value {
        let evidence: Vec<Value> = self
            .evidence
            .iter()
            .map(|(line, text)| json!({ "line": line, "text": text }))
            .collect();
        json!({
            "file": self.file,
            "expression": self.expression,
            "modified": self.modified,
            "confidence": f64::from(self.confidence) / 1000.0,
            "evidence": evidence,
        })
    }
}

/// Reads the licence of one file: a file named `README…` for its statements, any other as a licence text.
pub fn identify_file(path: &str, text: &str) -> FileAnswer {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if name.to_ascii_lowercase().starts_with("readme") {
        of_readme(path, text)
    } else {
        of_text(path, text)
    }
}

fn of_readme(path: &str, text: &str) -> FileAnswer {
    let said = identify_readme(text);
    let certainty = said.statements.iter().map(|s| s.confidence).min();
    let statements = said.statements.iter().map(|s| (s.line, short(&s.raw)));
    let links = said
        .links
        .iter()
        .map(|(line, target)| (*line, short(target)));
    FileAnswer {
        file: path.to_owned(),
        confidence: certainty.filter(|_| said.expression.is_some()).unwrap_or(0),
        expression: said.expression.clone(),
        modified: false,
        evidence: if said.statements.is_empty() {
            links.take(EVIDENCES).collect()
        } else {
            statements.take(EVIDENCES).collect()
        },
    }
}

fn of_text(path: &str, text: &str) -> FileAnswer {
    let found = identify_licence_file(path, text);
    let own = || found.parts.iter().filter(|part| !part.is_third_party);
    let mut evidence: Vec<(u32, String)> = own()
        .map(|part| {
            let line = first_words(text, part.lines.0);
            (part.lines.0, line)
        })
        .take(EVIDENCES)
        .collect();
    if let Some(restriction) = &found.restriction {
        let line = found.remainder.first().map_or(1, |rest| rest.line);
        evidence.push((line, short(restriction)));
    }
    FileAnswer {
        file: path.to_owned(),
        confidence: own()
            .map(|part| part.confidence)
            .min()
            .filter(|_| found.expression.is_some())
            .unwrap_or(0),
        expression: found.expression,
        modified: found.is_modified,
        evidence,
    }
}

/// What is written on `line`.
fn first_words(text: &str, line: u32) -> String {
    let at = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
    short(text.lines().nth(at).unwrap_or_default())
}

fn short(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().take(EVIDENCE_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISC: &str = "ISC License\n\nCopyright (c) 2020 Mairie de Lille\n\nPermission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby granted, provided that the above\ncopyright notice and this permission notice appear in all copies.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH\nREGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND\nFITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,\nINDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM\nLOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR\nOTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR\nPERFORMANCE OF THIS SOFTWARE.\n";

    #[test]
    fn a_licence_text_is_read_as_one() {
        let answer = identify_file("some/where/LICENSE", ISC);
        assert_eq!(answer.expression.as_deref(), Some("ISC"));
        assert!(!answer.modified && answer.confidence >= 900);
        assert!(!answer.evidence.is_empty());
        let json = answer.to_json();
        assert_eq!(json["file"], "some/where/LICENSE");
        assert!(
            json["confidence"]
                .as_f64()
                .is_some_and(|c| c > 0.89 && c <= 1.0)
        );
        assert_eq!(json["modified"], false);
    }

    #[test]
    fn a_readme_is_read_for_its_statement() {
        let text = "# Outil\n\nDe quoi faire.\n\n## Licence\n\nCe logiciel est publié sous licence EUPL-1.2.\n";
        for name in ["README.md", "a/readme.MD", "ReadMe"] {
            let answer = identify_file(name, text);
            assert_eq!(answer.expression.as_deref(), Some("EUPL-1.2"), "{name}");
            assert_eq!(answer.evidence[0].0, 7);
        }
    }

    #[test]
    fn nothing_recognised_is_no_expression_and_no_confidence() {
        let answer = identify_file("LICENSE", "Demander au service.");
        assert_eq!(answer.expression, None);
        assert_eq!(answer.confidence, 0);
        assert!(answer.to_json()["expression"].is_null());
    }
}
