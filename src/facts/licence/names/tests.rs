// SPDX-License-Identifier: EUPL-1.2
//! Names and addresses in both languages.

use super::address::id_of_address;

use super::*;

fn ids(text: &str) -> Vec<String> {
    let folded = crate::model::text::fold_plain(text);
    mentions(&folded, &|_| true)
        .into_iter()
        .map(|mention| mention.id.unwrap_or_else(|| "?".to_owned()))
        .collect()
}

#[test]
fn names_are_known_in_both_languages() {
    for (text, expected) in [
        ("licence MIT", "MIT"),
        ("the MIT License (MIT)", "MIT"),
        (
            "GNU Affero General Public License v3.0 ou plus récent",
            "AGPL-3.0-or-later",
        ),
        ("GNU AGPL v3 ou ultérieure", "AGPL-3.0-or-later"),
        ("GNU AGPL", "AGPL-3.0"),
        ("GPLv3", "GPL-3.0"),
        ("GPL v3", "GPL-3.0"),
        ("GPL-3.0-or-later", "GPL-3.0-or-later"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("GPL", "?"),
        ("GNU General Public License (GPL) version 2", "GPL-2.0"),
        ("LGPL 2.1", "LGPL-2.1"),
        ("Licence Ouverte 2.0", "etalab-2.0"),
        ("Open License 2.0", "etalab-2.0"),
        ("Licence Ouverte / Open Licence version 2.0", "etalab-2.0"),
        ("Etalab-2.0", "etalab-2.0"),
        ("Licence Ouverte 1.0", "?"),
        ("CeCILL-B", "CECILL-B"),
        ("CeCILL version 2.1", "CECILL-2.1"),
        ("CeCILL v2", "CECILL-2.0"),
        ("EUPL 1.2", "EUPL-1.2"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("licence Apache 2.0", "Apache-2.0"),
        ("BSD 3-Clause", "BSD-3-Clause"),
        ("BSD", ""),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0"),
        (
            "Creative Commons Attribution - Partage dans les mêmes conditions 3.0",
            "CC-BY-SA-3.0",
        ),
        ("CC0 1.0", "CC0-1.0"),
        ("ODbL", "ODbL-1.0"),
        ("serveur Apache", ""),
        ("MPL 2.0", "MPL-2.0"),
    ] {
        assert_eq!(ids(text).join(" "), expected, "{text}");
    }
}

#[test]
fn a_file_name_is_no_statement() {
    assert!(ids("CC-BY-4.0.txt MIT.md").is_empty());
}

#[test]
fn a_common_noun_is_no_name() {
    let none = |text: &str| mentions(&crate::model::text::fold_plain(text), &|_| false);
    assert!(none("publié sous licence ouverte").is_empty());
    assert!(ids("sous une Licence Ouverte").is_empty());
}

#[test]
fn addresses_stand_for_licences() {
    for (address, id) in [
        (
            "https://spdx.org/licenses/AGPL-3.0-or-later.html",
            "AGPL-3.0-or-later",
        ),
        ("https://opensource.org/licenses/MIT", "MIT"),
        (
            "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
            "CC-BY-SA-4.0",
        ),
        ("https://www.gnu.org/licenses/gpl-3.0.en.html", ""),
        ("https://www.gnu.org/licenses/agpl-3.0.html", "AGPL-3.0"),
        ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("LICENSE.md", ""),
    ] {
        assert_eq!(id_of_address(address).unwrap_or_default(), id, "{address}");
    }
}
