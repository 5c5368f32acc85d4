// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Publiccode: publiccode.yml.

use super::Entry;
use super::FactKind::{Count, Flag, Items, List, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "publiccode.valid",
        Flag,
        "the file is there and the standard allows it",
    ),
    (
        "publiccode.errors",
        Items,
        "what the standard does not allow: key, line, what",
    ),
    (
        "publiccode.warnings",
        Items,
        "what the standard discourages or does not know: key, line, what",
    ),
    ("publiccode.version", Text, "publiccodeYmlVersion"),
    ("publiccode.url", Text, "url"),
    (
        "publiccode.url_is_own",
        Flag,
        "url is the address of this repository",
    ),
    ("publiccode.licence", Text, "legal.license"),
    (
        "publiccode.copyright_owner",
        Text,
        "legal.mainCopyrightOwner",
    ),
    ("publiccode.maintenance", Text, "maintenance.type"),
    (
        "publiccode.contact_count",
        Count,
        "contacts with an address",
    ),
    ("publiccode.landing_url", Text, "landingURL"),
    ("publiccode.roadmap", Text, "roadmap"),
    ("publiccode.status", Text, "developmentStatus"),
    ("publiccode.used_by_count", Count, "entries of usedBy"),
    ("publiccode.funded_by_count", Count, "entries of fundedBy"),
    ("publiccode.logo", Text, "logo"),
    (
        "publiccode.short_description",
        Text,
        "shortDescription, in French where there is one",
    ),
    ("publiccode.is_based_on", List, "isBasedOn"),
];
