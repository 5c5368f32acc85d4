// SPDX-License-Identifier: EUPL-1.2
//! Names and addresses sought as they stand, without patterns: cheap to prepare, cheap to look for.

/// Where `needle` stands in `text`: an end of it that is a letter or a digit must be the end of a word.
pub(super) fn find_bounded(text: &str, needle: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let (first, last) = (*needle.as_bytes().first()?, *needle.as_bytes().last()?);
    text.match_indices(needle).map(|(at, _)| at).find(|at| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let after = bytes.get(at + needle.len()).copied();
        let begins_inside = is_word(first) && before.is_some_and(is_word);
        let ends_inside = is_word(last) && after.is_some_and(is_word);
        !begins_inside && !ends_inside
    })
}

/// True when one of the parts of a file name, between dots, dashes and underscores, is one of `words`.
pub(super) fn has_part(name: &str, words: &[&str]) -> bool {
    name.split(['.', '-', '_'])
        .any(|part| words.contains(&part))
}

/// True when one of the folders of a path is one of `names`.
pub(super) fn in_folder(folder: &str, names: &[&str]) -> bool {
    !folder.is_empty() && folder.split('/').any(|part| names.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_that_are_letters_are_ends_of_words() {
        assert_eq!(find_bounded("chez ovh.", "ovh"), Some(5));
        assert_eq!(find_bounded("movhe, ovh", "ovh"), Some(7));
        assert_eq!(find_bounded("x.ovh.net/", ".ovh.net"), Some(1));
        assert_eq!(find_bounded("x.ovh.network", ".ovh.net"), None);
        assert_eq!(find_bounded("é", "ovh"), None);
    }
}
