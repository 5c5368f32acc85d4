// SPDX-License-Identifier: EUPL-1.2
//! One declaration of a licence outside the licence files, with its place.

use crate::facts::licence::{Scope, Source, Statement};
use crate::model::evidence::Evidence;
use crate::model::message::Message;

/// Where a declaration stands. The order is that of authority where no licence text decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// `REUSE.toml` or `.reuse/dep5`.
    Reuse,
    /// `SPDX-License-Identifier` lines of source files.
    Header,
    /// The licence field of a manifest.
    Manifest,
    /// `legal.license` of publiccode.yml.
    Publiccode,
    /// A sentence of a README.
    Readme,
    /// A badge of a README.
    Badge,
    /// A classifier of a manifest.
    Classifier,
}

impl Origin {
    /// The name in facts.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Reuse => "reuse",
            Self::Header => "header",
            Self::Manifest | Self::Classifier => "manifest",
            Self::Publiccode => "publiccode",
            Self::Readme | Self::Badge => "readme",
        }
    }
}

/// What part of the repository is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Nothing narrower was said.
    All,
    /// Source code.
    Code,
    /// Documentation and contents.
    Docs,
    /// Data.
    Data,
}

impl Part {
    /// The name in facts.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Code => "code",
            Self::Docs => "docs",
            Self::Data => "data",
        }
    }
}

impl From<Scope> for Part {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::All => Self::All,
            Scope::Code => Self::Code,
            Scope::Docs | Scope::Content => Self::Docs,
            Scope::Data => Self::Data,
        }
    }
}

/// How near a declaration is to the repository as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// A file of the root, or the main README.
    Whole,
    /// A file of a folder: a package of the project, a second README.
    Folder,
}

/// What an expression of a declaration is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// Said by somebody.
    Said,
    /// Put there by a generator: never evidence alone.
    Default,
    /// A template to fill in.
    Unfilled,
    /// It says that nothing is granted.
    Refused,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declaration {
    /// File.
    pub(super) path: String,
    /// Line, from 1.
    pub(super) line: Option<u32>,
    /// As written.
    pub(super) value: String,
    /// SPDX expression, when understood.
    pub(super) expression: Option<String>,
    /// Whether the value as written is an SPDX expression.
    pub(super) is_valid: bool,
    /// What kind of place.
    pub(super) origin: Origin,
    /// What it covers.
    pub(super) part: Part,
    /// How near it is to the whole.
    pub(super) reach: Reach,
    /// What it is worth.
    pub(super) worth: Worth,
}

impl Declaration {
    /// A statement of a README.
    pub(super) fn of_readme(path: &str, statement: &Statement, reach: Reach) -> Self {
        Self {
            path: path.to_owned(),
            line: Some(statement.line),
            value: statement.raw.clone(),
            expression: Some(statement.expression.clone()),
            is_valid: true,
            origin: if statement.source == Source::Badge {
                Origin::Badge
            } else {
                Origin::Readme
            },
            part: statement.scope.into(),
            reach,
            worth: Worth::Said,
        }
    }

    /// The expression, when somebody stands behind it.
    pub(super) fn said(&self) -> Option<&str> {
        self.expression
            .as_deref()
            .filter(|_| self.worth == Worth::Said)
    }

    /// Where it stands, with what is written there, and why that grants nothing.
    pub(super) fn evidence(&self) -> Evidence {
        let place = match self.line {
            Some(line) => Evidence::line(&self.path, line),
            None => Evidence::path(&self.path),
        };
        let place = place.with_excerpt(&self.value);
        match self.worth {
            Worth::Said => place,
            Worth::Default => place.with_note(Message::new("licence-default-only")),
            Worth::Unfilled => place.with_note(Message::new("licence-form-unfilled")),
            Worth::Refused => place.with_note(Message::new("licence-refused")),
        }
    }

    /// The folder that holds the file, empty for the root.
    pub(super) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}
