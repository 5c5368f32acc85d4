// SPDX-License-Identifier: EUPL-1.2
//! The rules for a terminal: the list by axis and category, and the page of one rule.

use std::fmt::Write as _;

use super::messages::{Language, Messages};
use super::terminal::{Colours, Screen};
use super::view::{Lens, severity_code};
use crate::rules::model::{Audience, Category, Rule, RuleSet, Severity, Status};

/// Severities from the gravest.
const SEVERITIES: [Severity; 4] = [
    Severity::Law,
    Severity::Programme,
    Severity::Recommended,
    Severity::Bonus,
];

/// Every rule: by axis, then by category, the weightiest first.
pub fn rule_list(messages: &Messages, rules: &RuleSet, width: usize, colours: Colours) -> String {
    let mut page = Screen::new(messages, width, colours);
    let severity = |rule: &Rule| severity_text(messages, rule.severity);
    let widest = |of: &dyn Fn(&Rule) -> usize| rules.rules.iter().map(of).max().unwrap_or(0);
    let columns = (
        widest(&|rule| rule.id.as_str().chars().count()),
        widest(&|rule| severity(rule).chars().count()),
    );
    for axis in &rules.axes {
        let mut categories = rules.categories.iter().filter(|one| one.axis == axis.id);
        let of_axis: Vec<(&Category, Vec<&Rule>)> = categories
            .by_ref()
            .map(|category| (category, of_category(rules, category)))
            .filter(|(_, rules)| !rules.is_empty())
            .collect();
        if of_axis.is_empty() {
            continue;
        }
        let title = messages.of_both(&axis.title);
        let title = page.paint("1;4", &title);
        let _ = writeln!(page.out, "{title}");
        page.wrapped(0, &messages.of_both(&axis.question));
        for (category, list) in of_axis {
            let title = page.paint("1", &messages.of_both(&category.title));
            let points: u32 = list.iter().map(|rule| rule.weight).sum();
            let points = messages.count("rules-weight", points);
            let n = messages.count("count.rules", list.len());
            let _ = writeln!(page.out, "\n  {title} · {n}, {points}");
            for rule in list {
                let line = line(messages, rule, &severity(rule), columns);
                let _ = writeln!(page.out, "{line}");
            }
        }
        page.out.push('\n');
    }
    let counts: Vec<String> = SEVERITIES
        .iter()
        .filter_map(|severity| {
            let all = rules.rules.iter();
            let n = all.filter(|rule| rule.severity == *severity).count();
            let text = severity_text(messages, *severity);
            (n > 0).then(|| format!("{text}{} {}", page.colon(), messages.number(n)))
        })
        .collect();
    page.wrapped(0, &counts.join(" · "));
    let total = messages.text(
        "rules-counted",
        &[
            ("n".to_owned(), rules.rules.len().to_string()),
            ("version".to_owned(), rules.version.clone()),
        ]
        .into_iter()
        .collect(),
    );
    page.wrapped(0, &total);
    page.wrapped(0, &messages.plain("rules-see-page"));
    page.out
}

fn of_category<'r>(rules: &'r RuleSet, category: &Category) -> Vec<&'r Rule> {
    let own = rules.rules.iter();
    own.filter(|rule| rule.category == category.id).collect()
}

/// Points, identifier, severity and title in columns; what is not public or does not count is said.
fn line(messages: &Messages, rule: &Rule, severity: &str, (id, wide): (usize, usize)) -> String {
    let mut notes = Vec::new();
    if rule.audience == Audience::Team {
        notes.push(messages.plain("audience.team"));
    }
    if rule.status != Status::Stable {
        let code = super::view::status_code(rule.status);
        notes.push(messages.plain(&format!("status.{code}")));
    }
    let notes = if notes.is_empty() {
        String::new()
    } else {
        format!(" ({})", notes.join(", "))
    };
    format!(
        "    {:>3}  {:<id$}  {severity:<wide$}  {}{notes}",
        rule.weight,
        rule.id.as_str(),
        messages.of_both(&rule.title),
    )
}

fn severity_text(messages: &Messages, severity: Severity) -> String {
    messages.plain(&format!("severity.{}", severity_code(severity)))
}

/// One rule: title, labels, its page, where it comes from.
pub fn rule_page(lens: &Lens<'_>, rule: &Rule, width: usize, colours: Colours) -> String {
    let messages = lens.messages;
    let mut page = Screen::new(messages, width, colours);
    let look = lens.rule_look(rule);
    let title = page.paint("1", &look.title);
    let _ = writeln!(page.out, "{title}");
    let colon = page.colon();
    let mut labels = vec![
        look.id,
        look.category,
        look.severity.text,
        look.weight,
        format!(
            "{}{colon} {}",
            messages.plain("rule.effort"),
            look.effort.text
        ),
        format!("{}{colon} {}", messages.plain("rule.due"), look.due.text),
    ];
    labels.extend(look.status.map(|status| status.text));
    if look.is_team {
        labels.push(messages.plain("audience.team"));
    }
    page.wrapped(2, &labels.join(" · "));
    let text = match messages.language() {
        Language::Fr => &rule.page.fr,
        Language::En => &rule.page.en,
    };
    markdown(&mut page, text);
    page.sources(&super::view::finding::sources(lens, &rule.sources));
    page.out
}

/// A page's Markdown as text: its headings, paragraphs in lines that fit, samples as they are. Its list of sources is
/// left out, since they follow with their addresses.
fn markdown(page: &mut Screen<'_>, text: &str) {
    let mut is_sample = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_sample = !is_sample;
        } else if is_sample {
            let _ = writeln!(page.out, "      {}", line.trim_end());
        } else if let Some(heading) = line.strip_prefix("## ") {
            if heading.trim() == "Sources" {
                break;
            }
            while page.out.ends_with("\n\n") {
                page.out.pop();
            }
            page.heading(heading.trim());
        } else if line.is_empty() {
            // one empty line between paragraphs, none below a heading
            if !page.out.ends_with("\n\n") {
                page.out.push('\n');
            }
        } else {
            let typeset = super::format::typeset(page.language(), line);
            page.wrapped(2, &typeset);
        }
    }
    while page.out.ends_with("\n\n") {
        page.out.pop();
    }
}
