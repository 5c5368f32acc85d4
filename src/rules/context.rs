// SPDX-License-Identifier: EUPL-1.2
//! What conditions ask of the context: the défi, its dates, who owns the repository.

use super::operator::Operator;
use super::predicate::{Truth, World};
use crate::facts::set::FactValue;
use crate::model::context::{AuditContext, Milestone};
use crate::model::date::{Date, Moment};
use crate::model::outcome::{Reason, ReasonCode};

/// What a context condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextField {
    /// The défi.
    Defi,
    /// The administration.
    Administration,
    /// The promotion.
    Promotion,
    /// Whether the défi runs on the day of the audit.
    IsRunning,
    /// Whether the défi is over on the day of the audit.
    HasEnded,
    /// The last day of the défi.
    Ends,
    /// Whether the owner is on the public-sector list.
    OwnerIsPublicSector,
}

impl ContextField {
    /// The field by its name in rule files.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "defi" => Self::Defi,
            "administration" => Self::Administration,
            "promotion" => Self::Promotion,
            "is_running" => Self::IsRunning,
            "has_ended" => Self::HasEnded,
            "ends" => Self::Ends,
            "owner_is_public_sector" => Self::OwnerIsPublicSector,
            _ => return None,
        })
    }

    /// The field's name in rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Defi => "defi",
            Self::Administration => "administration",
            Self::Promotion => "promotion",
            Self::IsRunning => "is_running",
            Self::HasEnded => "has_ended",
            Self::Ends => "ends",
            Self::OwnerIsPublicSector => "owner_is_public_sector",
        }
    }

    /// The context's value, `None` when the catalogue does not say it.
    pub(super) fn value(self, world: &World<'_>) -> Option<FactValue> {
        let context = world.context;
        match self {
            Self::IsRunning => context.is_running(world.today).map(FactValue::Flag),
            Self::HasEnded => ends(context).map(|end| FactValue::Flag(end <= world.today)),
            Self::Ends => ends(context).map(|end| FactValue::Moment(Moment::at(end))),
            Self::OwnerIsPublicSector => owner_is_public_sector(world).map(FactValue::Flag),
            Self::Defi | Self::Administration | Self::Promotion => self
                .text(context)
                .map(|text| FactValue::Text(text.to_owned())),
        }
    }

    pub(super) fn text(self, context: &AuditContext) -> Option<&str> {
        match self {
            Self::Defi => context.defi.as_ref().map(crate::model::ids::DefiId::as_str),
            Self::Administration => context.administration.as_deref(),
            Self::Promotion => context.promotion.as_deref(),
            Self::IsRunning | Self::HasEnded | Self::Ends | Self::OwnerIsPublicSector => None,
        }
    }

    pub(super) fn is_before(self, date: Date, world: &World<'_>) -> Truth {
        self.compared(world, |own| own < date)
    }

    pub(super) fn is_not_after(self, date: Date, world: &World<'_>) -> Truth {
        self.compared(world, |own| own <= date)
    }

    fn compared(self, world: &World<'_>, holds: impl Fn(Date) -> bool) -> Truth {
        match self.value(world) {
            Some(FactValue::Moment(own)) => Truth::from_flag(holds(own.date())),
            _ => Truth::Unknown(self.not_declared()),
        }
    }

    pub(super) fn not_declared(self) -> Reason {
        let field = match self {
            // what the catalogue would have to say
            Self::IsRunning | Self::HasEnded | Self::Ends => "starts",
            other => other.as_str(),
        };
        Reason::new(ReasonCode::NotDeclared).with("field", field)
    }

    pub(super) fn evaluate(self, operator: &Operator, world: &World<'_>) -> Truth {
        let name = format!("context.{}", self.as_str());
        match (self.value(world), operator) {
            (None, Operator::Known(wanted)) => {
                Truth::from_flag(!*wanted).named(&name, &FactValue::Absent)
            }
            (Some(value), operator) => operator.evaluate(&value, world).named(&name, &value),
            (None, Operator::Present(_)) => operator
                .evaluate(&FactValue::Absent, world)
                .named(&name, &FactValue::Absent),
            (None, _) => Truth::Unknown(self.not_declared()),
        }
    }
}

/// What the catalogue says, else yes for an account of the bundled list. Its silence proves nothing: the list is dated.
fn owner_is_public_sector(world: &World<'_>) -> Option<bool> {
    let listed = || {
        let list = world.rules.lists.get(PUBLIC_ACCOUNTS)?;
        let accounts = world.facts.list("repository.accounts");
        accounts
            .iter()
            .any(|account| list.values.contains(account))
            .then_some(true)
    };
    world.context.owner_is_public_sector.or_else(listed)
}

/// The value list of hosts and accounts of public bodies, in lower case.
const PUBLIC_ACCOUNTS: &str = "public-accounts";

/// The end of the défi, nothing without dates.
fn ends(context: &AuditContext) -> Option<Date> {
    context.date_of(Milestone::Handover)
}
