// SPDX-License-Identifier: EUPL-1.2
//! Texts in the encodings that old repositories hold.

use super::{facts, text, with_code};

fn utf16(text: &str, mark: [u8; 2]) -> Vec<u8> {
    let is_little = mark == [0xff, 0xfe];
    let units = text.encode_utf16().flat_map(|unit| {
        if is_little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    });
    mark.into_iter().chain(units).collect()
}

/// One byte for each character, as Windows wrote French for decades.
fn latin_1(text: &str) -> Vec<u8> {
    let plain = text.replace('’', "'").replace('œ', "oe");
    plain
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect()
}

#[test]
fn texts_in_utf_16_are_recognised() {
    for mark in [[0xff, 0xfe], [0xfe, 0xff]] {
        let facts = facts(with_code().file("LICENSE", utf16(&text("MIT"), mark)));
        assert_eq!(facts.text("licence.code"), Some("MIT"));
        assert_eq!(
            facts.text("licence.copyright_holder"),
            Some("Mairie de Lille")
        );
        assert!(facts.list("licence.modified_files").is_empty());
    }
}

#[test]
fn texts_in_latin_1_are_recognised_with_their_accents() {
    let body = text("CECILL-2.1");
    let facts_of_cecill = facts(with_code().file("LICENCE", latin_1(&body)));
    assert_eq!(facts_of_cecill.text("licence.code"), Some("CECILL-2.1"));
    let body = text("MIT").replace("Mairie de Lille", "Préfecture de la Région Île-de-France");
    let facts = facts(with_code().file("LICENCE", latin_1(&body)));
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    assert_eq!(
        facts.text("licence.copyright_holder"),
        Some("Préfecture de la Région Île-de-France")
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_text_or_manifest() {
    let facts = facts(
        with_code()
            .file("LICENSE", format!("\u{feff}{}", text("MIT")))
            .file("package.json", "\u{feff}{\"license\": \"MIT\"}")
            .file(
                "REUSE.toml",
                "\u{feff}version = 1\n[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\n",
            ),
    );
    assert_eq!(facts.text("licence.code"), Some("MIT"));
    assert_eq!(facts.items("licence.declared_in").len(), 2);
    assert_eq!(facts.count("licence.header_permille"), Some(1000));
}

#[test]
fn lines_of_windows_keep_their_numbers() {
    let json = "{\r\n  \"name\": \"a\",\r\n  \"license\": \"MIT\"\r\n}\r\n";
    let facts = facts(
        with_code()
            .file("LICENSE", text("Apache-2.0").replace('\n', "\r\n"))
            .file("package.json", json),
    );
    let found = &facts.items("licence.contradictions")[0];
    assert_eq!(
        (found.get("line"), found.get("against")),
        (Some("3"), Some("Apache-2.0"))
    );
}
