// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Web: obligations of a public web service.

use super::Entry;
use super::FactKind::{Flag, List, Moment, Text};

pub(super) const ENTRIES: &[Entry] = &[
    (
        "web.front_end",
        Flag,
        "the repository holds a web front end for people",
    ),
    (
        "web.accessibility_page",
        List,
        "pages that state the conformity level, a contact and the recourse",
    ),
    (
        "web.accessibility_date",
        Moment,
        "day on which the statement was established or brought up to date, when it says so",
    ),
    (
        "web.accessibility_overstated",
        List,
        "statements whose level is above their own figure",
    ),
    (
        "web.accessibility_mention",
        Text,
        "total, partial or none: the mention in a layout or footer",
    ),
    (
        "web.accessibility_scheme",
        List,
        "links to the multi-year scheme",
    ),
    ("web.legal_notices", List, "legal notices with content"),
    ("web.privacy_policy", List, "privacy policies with content"),
    ("web.terms", List, "terms of use with content"),
    (
        "web.legal_placeholders",
        List,
        "legal pages left as a template",
    ),
];
