// SPDX-License-Identifier: EUPL-1.2
//! Bytes to text: UTF-8, UTF-16 by its mark, else Windows-1252. Decoding never fails.

/// Decodes `bytes`; a byte-order mark is removed. `None` for what looks binary (a NUL byte near the start).
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Some(String::from_utf8_lossy(rest).into_owned());
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Some(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Some(utf16(rest, u16::from_be_bytes));
    }
    let head = &bytes[..bytes.len().min(8000)];
    if head.contains(&0) {
        return unmarked_utf16(head).map(|join| utf16(bytes, join));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        // cut in the middle of a character by a limit
        Err(error) if error.error_len().is_none() => {
            Some(String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned())
        }
        Err(_) => Some(bytes.iter().map(|&b| windows_1252(b)).collect()),
    }
}

/// How to join the bytes of UTF-16 without its mark: nearly all of one half are NUL, none of the other, as in no binary.
fn unmarked_utf16(head: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let half = head.len() / 2;
    let is_wide = |zero: usize, text: usize| half >= 8 && zero * 10 >= half * 9 && text == 0;
    if is_wide(zeros(1), zeros(0)) {
        Some(u16::from_le_bytes)
    } else if is_wide(zeros(0), zeros(1)) {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| join([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The line, from 1, of a byte offset in `text`.
pub fn line_of(text: &str, offset: usize) -> u32 {
    let end = offset.min(text.len());
    let before = text.as_bytes()[..end].iter().filter(|&&b| b == b'\n');
    u32::try_from(before.count() + 1).unwrap_or(u32::MAX)
}

/// Lower case, typographic apostrophes and spaces made plain, accents kept: for comparing words.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    fold_into(text, |c| out.push(c));
    out
}

/// Gives each folded character of `text`; ASCII, which is most, takes no detour.
fn fold_into(text: &str, mut take: impl FnMut(char)) {
    for c in text.chars() {
        if c.is_ascii() {
            take(c.to_ascii_lowercase());
            continue;
        }
        for c in c.to_lowercase() {
            take(match c {
                '’' | '‘' | 'ʼ' | '´' => '\'',
                '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
                '‐' | '‑' => '-',
                _ => c,
            });
        }
    }
}

/// [`fold`] with accents removed: « Développé » and « developpe » compare equal.
pub fn fold_plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    fold_into(text, |c| match super::ids::unaccented(c) {
        _ if c.is_ascii() => out.push(c),
        Some(plain) => out.push_str(plain),
        // combining accents of decomposed text
        None if ('\u{300}'..='\u{36f}').contains(&c) => {}
        None => out.push(c),
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_decode() {
        assert_eq!(decode("é".as_bytes()).as_deref(), Some("é"));
        assert_eq!(decode(b"\xef\xbb\xbfa").as_deref(), Some("a"));
        assert_eq!(decode(b"\xff\xfee\0").as_deref(), Some("e"));
        assert_eq!(decode(b"l\x92\xe9tat").as_deref(), Some("l’état"));
        assert_eq!(decode(b"\x7fELF\0\0"), None);
        assert_eq!(decode(b"ok \xc3").as_deref(), Some("ok "));
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line_of("a\nb\nc", 0), 1);
        assert_eq!(line_of("a\nb\nc", 4), 3);
    }

    #[test]
    fn folding_makes_french_comparable() {
        assert_eq!(fold("D’INTÉRÊT\u{a0}Général"), "d'intérêt général");
        assert_eq!(fold_plain("De\u{301}veloppé"), "developpe");
    }
}
