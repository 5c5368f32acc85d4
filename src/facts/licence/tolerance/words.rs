// SPDX-License-Identifier: EUPL-1.2
//! Words that make a difference matter, and those of holders and addresses that do not.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that make any difference matter.
pub(super) static CHARGED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    "not no non nor never neither none cannot only solely except unless without commercial noncommercial commercially \
     military weapon weapons patent patents must shall may should prohibited prohibit forbidden restricted restriction \
     restrictions revocable terminate terminates fee fees royalty royalties pay payment sell sold permission permitted \
     consent approval required require requires provided additional condition conditions term terms clause any all use \
     used modify modified distribute distributed redistribute copy notify disclose publish evil good ethical \
     ne pas sans sauf uniquement seulement interdit interdite interdits commercial commerciale commerciales commerciaux \
     militaire militaires brevet brevets doit doivent peut peuvent autorisation condition clause jamais aucun aucune \
     redevance usage usages utilisation utiliser reserve reservee reserves reservees autorise autorises autorisee \
     withdraw withdrawn ends expires due claim claims euro euros lawful"
        .split_whitespace()
        .collect()
});

/// Words that name a holder in a published text.
pub(super) const HOLDER: [&str; 22] = [
    "author",
    "authors",
    "company",
    "contributor",
    "contributors",
    "copyright",
    "foundation",
    "holder",
    "holders",
    "inc",
    "name",
    "names",
    "organization",
    "organizations",
    "owner",
    "owners",
    "regents",
    "university",
    "california",
    "project",
    "its",
    "their",
];

pub(super) const HOLDER_CORE: [&str; 11] = [
    "author",
    "authors",
    "contributor",
    "contributors",
    "holder",
    "holders",
    "organization",
    "owner",
    "owners",
    "regents",
    "company",
];

pub(super) const NOISE: [&str; 10] = ["the", "a", "an", "s", "l", "d", "le", "la", "les", "de"];

/// Words of the addresses that the Free Software Foundation has had.
pub(super) const ADDRESS: [&str; 29] = [
    "59",
    "51",
    "675",
    "31",
    "temple",
    "place",
    "suite",
    "330",
    "500",
    "franklin",
    "st",
    "street",
    "fifth",
    "floor",
    "boston",
    "ma",
    "mass",
    "ave",
    "02111",
    "1307",
    "1301",
    "02110",
    "1335",
    "02139",
    "cambridge",
    "usa",
    "milk",
    "960789",
    "02196",
];

/// What the publishers' own variants have, as `(known, copy)`, without articles.
pub(super) const VARIANTS: [(&str, &str); 16] = [
    ("", "including next paragraph"),
    ("", "gnu general public license"),
    ("gnu lesser general public license", ""),
    ("its", "other"),
    ("its", ""),
    ("library", "lesser"),
    ("lesser", "library"),
    ("expressed", "express"),
    ("express", "expressed"),
    ("non infringement", "noninfringement"),
    ("sub license", "sublicense"),
    ("rights", "right"),
    ("https", "http"),
    ("", "r"),
    ("", "tm"),
    ("work s", "works"),
];
