// SPDX-License-Identifier: EUPL-1.2
//! Facts of the theme Data: data sets that the repository carries.

use super::Entry;
use super::FactKind::List;

pub(super) const ENTRIES: &[Entry] = &[
    (
        "data.sets",
        List,
        "tables and layers of data, samples and reference data of others left out",
    ),
    (
        "data.portal_links",
        List,
        "pages of data portals where the data is said to be published",
    ),
    (
        "data.schemas",
        List,
        "schemas, dictionaries and sections that describe the fields",
    ),
];
