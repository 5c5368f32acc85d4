// SPDX-License-Identifier: EUPL-1.2
//! Addresses that stand for a licence.

use super::canonical_id;

pub(super) fn inside_address(folded: &str, start: usize) -> bool {
    let before = &folded[..start];
    let word = before
        .rfind(|c: char| c.is_whitespace() || "()<>[]\"'".contains(c))
        .map_or(before, |at| &before[at..]);
    word.contains("://")
        || word.contains("www.")
        || word.ends_with('@')
        || word.ends_with('/') && word.len() > 6
        || word.ends_with('.') && word.len() > 3
}

/// The licence that an address stands for.
pub(in crate::facts::licence) fn id_of_address(address: &str) -> Option<String> {
    let folded = address.to_ascii_lowercase();
    let after = |marker: &str| folded.find(marker).map(|at| &folded[at + marker.len()..]);
    let head = |rest: &str| -> String {
        rest.split(['#', '?'])
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
            .trim_end_matches(".html")
            .trim_end_matches(".txt")
            .to_owned()
    };
    if let Some(rest) = after("spdx.org/licenses/")
        .or_else(|| after("opensource.org/licenses/"))
        .or_else(|| after("opensource.org/license/"))
        .or_else(|| after("choosealicense.com/licenses/"))
        .or_else(|| after("opensource.org/licenses/alphabetical/"))
    {
        return canonical_id(&head(rest)).map(str::to_owned);
    }
    if let Some(rest) = after("creativecommons.org/licenses/") {
        let mut parts = rest.split('/');
        let terms = parts.next()?;
        let version = parts.next()?;
        return canonical_id(&format!("cc-{terms}-{version}")).map(str::to_owned);
    }
    if folded.contains("creativecommons.org/publicdomain/zero/1.0") {
        return Some("CC0-1.0".to_owned());
    }
    if let Some(rest) = after("gnu.org/licenses/") {
        let name = head(rest).replace("old-licenses/", "");
        return canonical_id(&name)
            .or_else(|| canonical_id(&format!("{name}.0")))
            .map(str::to_owned);
    }
    folded
        .contains("apache.org/licenses/license-2.0")
        .then(|| "Apache-2.0".to_owned())
}
