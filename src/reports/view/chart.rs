// SPDX-License-Identifier: EUPL-1.2
//! Geometry of the inline charts, computed here so that templates only place it.

use serde::Serialize;

use super::Lens;
use crate::scoring::card::{Percent, Score};

/// Parts into which the width of a bar is counted.
pub const BAR_WIDTH: u32 = 1000;

/// Thousandths as an SVG percentage: bars fill their column and hatching keeps its shape.
pub fn percentage(thousandths: u32) -> String {
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        rest => format!("{}.{rest}%", thousandths / 10),
    }
}

/// Side of the square that a dot of an outcome occupies.
const DOT_STEP: u32 = 20;

/// A bar in three parts: earned, lacking, not measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShareBar {
    /// Width of what was earned.
    pub earned: String,
    /// Where what lacks begins: where the earned part ends.
    pub lacking_x: String,
    /// Width of what lacks.
    pub lacking: String,
    /// Where what was not measured begins.
    pub unmeasured_x: String,
    /// Width of what was not measured.
    pub unmeasured: String,
    /// The same in words.
    pub label: String,
}

/// A bar for a score and its coverage.
pub fn share_bar(lens: &Lens<'_>, score: Option<Score>, coverage: Option<Percent>) -> ShareBar {
    let covered = match (score, coverage) {
        (Some(_), Some(percent)) => u32::from(percent.0.min(100)) * BAR_WIDTH / 100,
        _ => 0,
    };
    let points = score.map_or(0, |score| u32::from(score.0.min(1000)));
    let earned = points * covered / BAR_WIDTH;
    let params = [
        ("score".to_owned(), lens.score(score).short),
        ("coverage".to_owned(), lens.coverage(coverage).short),
    ];
    ShareBar {
        earned: percentage(earned),
        lacking_x: percentage(earned),
        lacking: percentage(covered - earned),
        unmeasured_x: percentage(covered),
        unmeasured: percentage(BAR_WIDTH - covered),
        label: lens
            .messages
            .text("chart.share", &params.into_iter().collect()),
    }
}

/// A line of a distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// What is counted, safe in a class name.
    pub code: String,
    /// What is counted, in words.
    pub label: String,
    /// What stands beside the label.
    pub detail: Option<String>,
    /// How many, as text.
    pub n: String,
    /// Width, relative to the longest line.
    pub width: String,
    /// True when something was counted.
    pub is_some: bool,
}

/// Lines of a distribution, all to the scale of the longest.
pub fn distribution(
    lens: &Lens<'_>,
    lines: impl IntoIterator<Item = (String, String, u32)>,
) -> Vec<Bar> {
    let lines: Vec<_> = lines.into_iter().collect();
    let longest = lines.iter().map(|line| line.2).max().unwrap_or(0).max(1);
    lines
        .into_iter()
        .map(|(code, label, n)| Bar {
            code,
            label,
            detail: None,
            n: lens.messages.number(n),
            width: percentage(n * BAR_WIDTH / longest),
            is_some: n > 0,
        })
        .collect()
}

/// One outcome in a row of outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dot {
    /// Outcome code.
    pub code: String,
    /// Place in the row.
    pub x: u32,
}

/// A row of outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dots {
    /// Width of the row.
    pub width: u32,
    /// The outcomes.
    pub dots: Vec<Dot>,
}

/// Lays outcomes out in a row.
pub fn dots(codes: impl IntoIterator<Item = String>) -> Dots {
    let mut x = 0;
    let dots: Vec<_> = codes
        .into_iter()
        .map(|code| {
            let dot = Dot { code, x };
            x += DOT_STEP;
            dot
        })
        .collect();
    Dots { width: x, dots }
}
