// SPDX-License-Identifier: EUPL-1.2
//! What the catalogue knows of a repository's défi: an input of rules, never of facts.

use serde::{Deserialize, Serialize};

use super::date::{Date, months_later};
use super::ids::DefiId;

/// What rules need beside facts. Every field may be missing: a rule that needs it then answers *unknown*.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditContext {
    /// The défi that the repository belongs to.
    pub defi: Option<DefiId>,
    /// Its title, as displayed.
    pub defi_title: Option<String>,
    /// The administration that bears it.
    pub administration: Option<String>,
    /// The promotion's name.
    pub promotion: Option<String>,
    /// First day of the défi.
    pub starts: Option<Date>,
    /// Length of the défi, months.
    pub duration_months: Option<u32>,
    /// Whether the owner is on the bundled list of public-sector accounts; `None` when it was not looked up.
    pub owner_is_public_sector: Option<bool>,
    /// Day of the midterm milestone, when it is not half of the duration.
    pub midterm: Option<Date>,
    /// Day of the handover milestone, when it is not the end of the défi.
    pub handover: Option<Date>,
}

/// A moment in the life of a défi from which rules count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Milestone {
    /// From the first day.
    Kickoff,
    /// From the middle of the défi.
    Midterm,
    /// From the end of the défi.
    Handover,
    /// Six months after the end.
    After,
}

impl Milestone {
    /// The milestone's name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kickoff => "kickoff",
            Self::Midterm => "midterm",
            Self::Handover => "handover",
            Self::After => "after",
        }
    }
}

impl AuditContext {
    /// The day of a milestone, `None` while the défi's dates are unknown.
    pub fn date_of(&self, milestone: Milestone) -> Option<Date> {
        let starts = self.starts?;
        let months = i32::try_from(self.duration_months?).ok()?;
        let handover = self
            .handover
            .unwrap_or_else(|| months_later(starts, months));
        Some(match milestone {
            Milestone::Kickoff => starts,
            Milestone::Midterm => self
                .midterm
                .unwrap_or_else(|| months_later(starts, months / 2)),
            Milestone::Handover => handover,
            Milestone::After => months_later(handover, 6),
        })
    }

    /// True while the défi runs on `today`; `None` without dates.
    pub fn is_running(&self, today: Date) -> Option<bool> {
        let ends = self.date_of(Milestone::Handover)?;
        Some(self.starts? <= today && today < ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn milestones_follow_from_start_and_duration() {
        let context = AuditContext {
            starts: Some(date(2026, 1, 5)),
            duration_months: Some(10),
            ..AuditContext::default()
        };
        assert_eq!(context.date_of(Milestone::Midterm), Some(date(2026, 6, 5)));
        assert_eq!(
            context.date_of(Milestone::Handover),
            Some(date(2026, 11, 5))
        );
        assert_eq!(context.date_of(Milestone::After), Some(date(2027, 5, 5)));
        assert_eq!(context.is_running(date(2026, 3, 1)), Some(true));
        assert_eq!(context.is_running(date(2026, 11, 5)), Some(false));
        assert_eq!(AuditContext::default().is_running(date(2026, 3, 1)), None);
    }
}
