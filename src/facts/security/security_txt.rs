// SPDX-License-Identifier: EUPL-1.2
//! security.txt of a service (RFC 9116), as far as it is in the tree.

use super::search::is_test_material;
use crate::model::date::{Date, Moment};
use crate::snapshot::{Entry, ReadError, Snapshot};

/// One file.
pub(super) struct SecurityTxt {
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) has_contact: bool,
    pub(super) expires: Expires,
}

/// What the field `Expires` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expires {
    At(Moment),
    /// There is none.
    Missing,
    /// Filled in when the service is built, or no date.
    Unreadable,
}

impl SecurityTxt {
    pub(super) fn state(&self) -> &'static str {
        match (self.has_contact, self.expires) {
            (_, Expires::Unreadable) => "unreadable",
            (true, Expires::At(_)) => "complete",
            (true, Expires::Missing) => "no-expires",
            (false, _) => "no-contact",
        }
    }
}

/// Every security.txt that a service may publish, and why one could not be read.
pub(super) fn find(snapshot: &Snapshot) -> (Vec<SecurityTxt>, Option<(String, ReadError)>) {
    let mut files = Vec::new();
    let mut unread = None;
    for entry in snapshot.files().filter(|entry| is_one(entry)) {
        match snapshot.text(entry) {
            Ok(text) => files.extend(read(entry, &text.text)),
            Err(ReadError::NotAFile | ReadError::Binary) => {}
            Err(error) => unread = Some((entry.path.to_string(), error)),
        }
    }
    (files, unread)
}

fn is_one(entry: &Entry) -> bool {
    let name = entry.name().to_ascii_lowercase();
    let is_named = name == "security.txt"
        || name.strip_prefix("security.txt.").is_some_and(|end| {
            matches!(end, "erb" | "j2" | "ejs" | "njk" | "eex" | "heex" | "tpl")
        });
    is_named && !is_test_material(&entry.path)
}

/// `None` for a file of that name that holds something else.
fn read(entry: &Entry, text: &str) -> Option<SecurityTxt> {
    let mut has_contact = false;
    let mut expires = None;
    let mut line_of = 1;
    for (line, number) in text.lines().zip(1_u32..) {
        let Some((field, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match field.trim().to_ascii_lowercase().as_str() {
            "contact" => has_contact |= !value.is_empty(),
            "expires" if expires.is_none() => {
                expires = Some(moment(value).map_or(Expires::Unreadable, Expires::At));
                line_of = number;
            }
            _ => {}
        }
    }
    (has_contact || expires.is_some()).then(|| SecurityTxt {
        path: entry.path.to_string(),
        line: line_of,
        has_contact,
        expires: expires.unwrap_or(Expires::Missing),
    })
}

/// A date of RFC 3339, or a bare day.
fn moment(text: &str) -> Option<Moment> {
    let text = text.to_ascii_uppercase();
    if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
        return Some(Moment {
            seconds: stamp.as_second(),
            offset: 0,
        });
    }
    text.parse::<Date>().ok().map(Moment::at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::tree_of;

    fn state(path: &str, text: &str) -> Option<(&'static str, Option<String>)> {
        let snapshot = tree_of(&[(path, text)]).snapshot();
        let (found, _) = find(&snapshot);
        found.first().map(|one| {
            let expires = match one.expires {
                Expires::At(at) => Some(at.to_string()),
                _ => None,
            };
            (one.state(), expires)
        })
    }

    #[test]
    fn fields_are_read_whatever_their_case() {
        let path = "public/.well-known/security.txt";
        let text =
            "# contact\ncontact: mailto:ssi@service.gouv.fr\nEXPIRES: 2027-01-31T23:00:00.000z\n";
        assert_eq!(
            state(path, text),
            Some(("complete", Some("2027-01-31T23:00:00Z".to_owned())))
        );
        assert_eq!(
            state(path, "Contact: https://x\n"),
            Some(("no-expires", None))
        );
        let day = "Expires: 2027-01-31\n";
        assert_eq!(
            state(path, day),
            Some(("no-contact", Some("2027-01-31T00:00:00Z".to_owned())))
        );
        let template = "Contact: mailto:a@b.fr\nExpires: {{ expires }}\n";
        assert_eq!(state(path, template), Some(("unreadable", None)));
    }

    #[test]
    fn other_files_are_none() {
        assert_eq!(state("public/security.txt", "Conseils\n"), None);
        assert_eq!(state("tests/security.txt", "Contact: a\n"), None);
        assert_eq!(state("docs/security.md", "Contact: a\n"), None);
    }
}
