// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Publiccode: publiccode.yml.

use super::Entry;
use super::FactKind::{Count, Flag, List, Text};

pub(super) const ENTRIES: &[Entry] = &[
    ("publiccode.valid", Flag, "the file has the mandatory keys"),
    ("publiccode.url", Text, "url"),
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
    ("publiccode.is_based_on", List, "isBasedOn"),
];
