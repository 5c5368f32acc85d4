// SPDX-License-Identifier: EUPL-1.2
//! How grave a vulnerability is: the words of advisories, and the base score of CVSS 3.

/// Gravity, the least first. *Unknown* comes before all others: whatever is known prevails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    #[default]
    Unknown,
    Low,
    Moderate,
    High,
    Critical,
}

impl Severity {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The word of a database.
    pub(super) fn of_word(word: &str) -> Self {
        match word.trim().to_ascii_lowercase().as_str() {
            "critical" => Self::Critical,
            "high" | "important" => Self::High,
            "moderate" | "medium" => Self::Moderate,
            "low" | "minor" => Self::Low,
            _ => Self::Unknown,
        }
    }

    /// A vector of CVSS 3, or a score.
    pub(super) fn of_score(text: &str) -> Self {
        let score = text
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|score| (0.0..=10.0).contains(score))
            .or_else(|| base_score(text.trim()));
        match score {
            Some(score) if score >= 9.0 => Self::Critical,
            Some(score) if score >= 7.0 => Self::High,
            Some(score) if score >= 4.0 => Self::Moderate,
            Some(score) if score > 0.0 => Self::Low,
            _ => Self::Unknown,
        }
    }
}

/// The base score of a vector `CVSS:3.0/AV:N/…` or `CVSS:3.1/…`, with the formula of the specification.
fn base_score(vector: &str) -> Option<f64> {
    let rest = vector
        .strip_prefix("CVSS:3.0/")
        .or_else(|| vector.strip_prefix("CVSS:3.1/"))?;
    let value = |metric: &str| {
        rest.split('/')
            .filter_map(|part| part.split_once(':'))
            .find(|(name, _)| *name == metric)
            .map(|(_, value)| value)
    };
    let is_changed = match value("S")? {
        "C" => true,
        "U" => false,
        _ => return None,
    };
    let vector = weight(
        value("AV")?,
        &[("N", 0.85), ("A", 0.62), ("L", 0.55), ("P", 0.2)],
    )?;
    let complexity = weight(value("AC")?, &[("L", 0.77), ("H", 0.44)])?;
    let rights: &[(&str, f64)] = if is_changed {
        &[("N", 0.85), ("L", 0.68), ("H", 0.5)]
    } else {
        &[("N", 0.85), ("L", 0.62), ("H", 0.27)]
    };
    let rights = weight(value("PR")?, rights)?;
    let interaction = weight(value("UI")?, &[("N", 0.85), ("R", 0.62)])?;
    let impact = |metric| weight(value(metric)?, &[("H", 0.56), ("L", 0.22), ("N", 0.0)]);
    let kept = (1.0 - impact("C")?) * (1.0 - impact("I")?) * (1.0 - impact("A")?);
    let base = 1.0 - kept;
    let impact = if is_changed {
        7.52 * (base - 0.029) - 3.25 * (base - 0.02).powi(15)
    } else {
        6.42 * base
    };
    if impact <= 0.0 {
        return Some(0.0);
    }
    let sum = impact + 8.22 * vector * complexity * rights * interaction;
    let scaled = if is_changed { 1.08 * sum } else { sum };
    Some(round_up(scaled.min(10.0)))
}

fn weight(value: &str, table: &[(&str, f64)]) -> Option<f64> {
    let found = table.iter().find(|(name, _)| *name == value);
    found.map(|(_, weight)| *weight)
}

/// The smallest number with one decimal that is not below, without the noise of floating point.
fn round_up(score: f64) -> f64 {
    let fine = (score * 100_000.0).round();
    if fine % 10_000.0 == 0.0 {
        fine / 100_000.0
    } else {
        ((fine / 10_000.0).floor() + 1.0) / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_specification_have_its_scores() {
        for (vector, score) in [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5),
            ("CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", 1.8),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0),
        ] {
            let found = base_score(vector).unwrap();
            assert!((found - score).abs() < 0.001, "{vector}: {found}");
        }
    }

    #[test]
    fn what_is_not_understood_has_no_severity() {
        for text in [
            "",
            "CVSS:4.0/AV:N/AC:L",
            "CVSS:3.1/AV:N",
            "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "11",
            "NaN",
        ] {
            assert_eq!(Severity::of_score(text), Severity::Unknown, "{text}");
        }
        assert_eq!(Severity::of_score("9.8"), Severity::Critical);
        assert_eq!(Severity::of_word("MODERATE"), Severity::Moderate);
    }
}
