// SPDX-License-Identifier: EUPL-1.2
//! Whether the file speaks of this repository, or is the untouched file of another one.

use crate::facts::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::document::Node;
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::url::{Address, AddressKind, parse_address};

const KEY: &str = "publiccode.url_is_own";

pub(super) fn extract(record: &ForgeRecord, path: &str, root: &Node, facts: &mut FactSet) {
    let node = root.get("url");
    let Some((node, text)) = node.and_then(|node| Some((node, node.text()?))) else {
        let line = node.map_or(root.line, |node| node.line);
        let note = Message::new("publiccode-key-missing").with("field", "url");
        return facts.set(KEY, false, vec![Evidence::line(path, line).with_note(note)]);
    };
    let place = Evidence::line(path, node.line)
        .with_field("url")
        .with_excerpt(text);
    let Some(own) = own_address(record) else {
        let reason = Reason::new(ReasonCode::NotDeclared).with("field", "repository_url");
        return facts.set_unknown(KEY, reason);
    };
    let is_own = parse_address(text)
        .ok()
        .is_some_and(|said| name_of(&said) == name_of(&own));
    let evidence = if is_own {
        place
    } else {
        place.with_note(Message::new("publiccode-url-elsewhere").with("url", &own.url))
    };
    facts.set(KEY, is_own, vec![evidence]);
}

/// The address of the audited repository; nothing for a folder whose origin is not known.
fn own_address(record: &ForgeRecord) -> Option<Address> {
    let address = match (&record.url, &record.host, &record.owner) {
        (Some(url), ..) => parse_address(url).ok()?,
        (None, Some(host), Some(owner)) => {
            parse_address(&format!("https://{host}/{owner}/{}", record.name)).ok()?
        }
        _ => return None,
    };
    (address.kind == AddressKind::Repository && !address.host.is_empty()).then_some(address)
}

/// What is compared: host and path, neither protocol nor case nor `.git`.
fn name_of(address: &Address) -> (String, String) {
    let path = address.path.to_lowercase();
    let path = path.trim_end_matches(".git").to_owned();
    let host = address.host.to_lowercase();
    (host.trim_start_matches("www.").to_owned(), path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::set::FactSet;
    use crate::forge::record_of;
    use crate::model::document::parse_yaml;
    use crate::model::evidence::Observed;
    use crate::model::ids::RepositoryId;

    fn is_own(url: &str) -> Option<bool> {
        let address = parse_address("https://github.com/Exemple/Courrier").unwrap();
        let mut facts = FactSet::default();
        let root = parse_yaml(&format!("url: {url}")).unwrap();
        extract(&record_of(&address), "publiccode.yml", &root, &mut facts);
        facts.flag(KEY)
    }

    #[test]
    fn the_same_repository_is_written_in_many_ways() {
        for url in [
            "https://github.com/exemple/courrier",
            "https://github.com/Exemple/Courrier.git",
            "http://www.github.com/exemple/courrier/",
            "ssh://git@github.com/exemple/courrier.git",
            "https://github.com/exemple/courrier/tree/main",
        ] {
            assert_eq!(is_own(url), Some(true), "{url}");
        }
        for url in [
            "https://github.com/autre/courrier",
            "https://gitlab.com/exemple/courrier",
            "https://github.com/exemple",
            "nulle part",
        ] {
            assert_eq!(is_own(url), Some(false), "{url}");
        }
    }

    #[test]
    fn a_folder_without_origin_cannot_tell() {
        let record = ForgeRecord::local(RepositoryId::new("t"), "t");
        let mut facts = FactSet::default();
        let root = parse_yaml("url: https://github.com/a/b").unwrap();
        extract(&record, "publiccode.yml", &root, &mut facts);
        assert!(matches!(facts.get(KEY), Some(Observed::Unknown(_))));
    }
}
