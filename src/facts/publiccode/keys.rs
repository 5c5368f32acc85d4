// SPDX-License-Identifier: EUPL-1.2
//! The keys of the publiccode.yml standard, section by section: what each holds, and whether it is mandatory.

use super::shape::Shape;
use super::vocabulary::{ALIASES, CATEGORIES, MAINTENANCE, SCOPES, SOFTWARE_TYPES, STATUSES};

/// A key below its section: where, what, and whether it must be there.
pub(super) type Key = (&'static str, Shape, bool);

pub(super) const ROOT: [Key; 24] = [
    ("name", Shape::Text, true),
    ("applicationSuite", Shape::Text, false),
    ("url", Shape::Repository, true),
    ("landingURL", Shape::Url, false),
    ("isBasedOn", Shape::Repositories, false),
    ("softwareVersion", Shape::Text, false),
    ("releaseDate", Shape::Date, false),
    ("logo", Shape::Picture, false),
    ("monochromeLogo", Shape::Picture, false),
    ("inputTypes", Shape::MediaTypes, false),
    ("outputTypes", Shape::MediaTypes, false),
    ("platforms", Shape::FilledTexts, true),
    ("categories", Shape::SomeOf(&CATEGORIES), false),
    ("usedBy", Shape::Texts, false),
    ("roadmap", Shape::Url, false),
    ("developmentStatus", Shape::OneOf(&STATUSES), true),
    ("softwareType", Shape::OneOf(&SOFTWARE_TYPES), true),
    ("intendedAudience", Shape::Map, false),
    ("description", Shape::Map, true),
    ("legal", Shape::Map, true),
    ("maintenance", Shape::Map, true),
    ("localisation", Shape::Map, true),
    ("dependsOn", Shape::Map, false),
    ("organisation", Shape::Map, false),
];
/// Keys at the root that are checked apart.
pub(super) const APART: [&str; 3] = ["publiccodeYmlVersion", "fundedBy", "supports"];

pub(super) const SECTIONS: [(&str, &[Key]); 5] = [
    (
        "legal",
        &[
            ("license", Shape::Licence, true),
            ("mainCopyrightOwner", Shape::Text, false),
            ("repoOwner", Shape::Text, false),
            ("authorsFile", Shape::File, false),
        ],
    ),
    ("maintenance", &[("type", Shape::OneOf(&MAINTENANCE), true)]),
    (
        "localisation",
        &[
            ("localisationReady", Shape::Flag, true),
            ("availableLanguages", Shape::Languages, true),
        ],
    ),
    (
        "intendedAudience",
        &[
            ("countries", Shape::Countries, false),
            ("unsupportedCountries", Shape::Countries, false),
            ("scope", Shape::SomeOf(&SCOPES), false),
        ],
    ),
    ("organisation", &ORGANISATION),
];

pub(super) const ORGANISATION: [Key; 2] = [("uri", Shape::Uri, true), ("name", Shape::Text, false)];

pub(super) const SUPPORT: [Key; 1] = [("id", Shape::Support(&ALIASES), true)];

pub(super) const DEPENDENCIES: [&str; 3] = ["open", "proprietary", "hardware"];

/// Version 0.7, the latest that these tables know.
pub(super) const LATEST: (u32, u32) = (7, 0);

pub(super) const DESCRIPTION: [Key; 10] = [
    ("localisedName", Shape::Text, false),
    ("genericName", Shape::TextOfAtMost(35), false),
    ("shortDescription", Shape::TextOfAtMost(150), true),
    ("longDescription", Shape::TextBetween(150, 10_000), true),
    ("documentation", Shape::Url, false),
    ("apiDocumentation", Shape::Url, false),
    ("features", Shape::FilledTexts, true),
    ("screenshots", Shape::Files, false),
    ("videos", Shape::Videos, false),
    ("awards", Shape::Texts, false),
];

pub(super) const CONTACT: [Key; 4] = [
    ("name", Shape::Text, true),
    ("email", Shape::Email, false),
    ("affiliation", Shape::Text, false),
    ("phone", Shape::Text, false),
];

pub(super) const CONTRACTOR: [Key; 4] = [
    ("name", Shape::Text, true),
    ("until", Shape::Date, true),
    ("email", Shape::Email, false),
    ("website", Shape::Url, false),
];

pub(super) const DEPENDENCY: [Key; 5] = [
    ("name", Shape::Text, true),
    ("versionMin", Shape::Text, false),
    ("versionMax", Shape::Text, false),
    ("version", Shape::Text, false),
    ("optional", Shape::Flag, false),
];

/// Keys that the next major version does not have any more, beside `genericName` of each language.
pub(super) const DEPRECATED: [&[&str]; 5] = [
    &["monochromeLogo"],
    &["inputTypes"],
    &["outputTypes"],
    &["legal", "repoOwner"],
    &["legal", "authorsFile"],
];
