// SPDX-License-Identifier: EUPL-1.2
//! A repository's scorecard for a terminal: the verdict, what to mend first and where, what is not known.

use std::fmt::Write as _;

use super::format::visible;
use super::messages::{Language, Messages};
use super::view::defi;
use super::view::finding::{EvidenceView, FindingView, SourceView, WaiverView};
use super::view::repository::RepositoryView;
use crate::scoring::card::ProgrammeCard;

/// Places shown under one finding.
const SHOWN_PLACES: usize = 3;

/// Narrowest line that is still worth wrapping.
const MIN_WIDTH: usize = 40;

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// ANSI sequences.
    Ansi,
    /// Text alone.
    Plain,
}

/// The scorecard in lines of at most `width` columns where words allow, in the language of the view.
pub fn terminal(
    messages: &Messages,
    view: &RepositoryView,
    width: usize,
    colours: Colours,
) -> String {
    let mut page = Screen::new(messages, width, colours);
    page.header(view);
    let (law, rest): (Vec<_>, Vec<_>) = findings(view)
        .filter(|finding| matches!(finding.outcome.code.as_str(), "fail" | "partial"))
        .filter(|finding| finding.counts)
        .partition(|finding| finding.rule.severity.code == "law" && finding.outcome.code == "fail");
    page.section("terminal.law", &law, view);
    let (failed, partial): (Vec<_>, Vec<_>) = rest
        .into_iter()
        .partition(|finding| finding.outcome.code == "fail");
    page.section("terminal.failed", &by_priority(failed, view), view);
    page.section("terminal.partial", &by_priority(partial, view), view);
    page.unknown(view);
    page.coming(view);
    page.waivers(view);
    page.out
}

/// A programme in a few lines: how many défis, what was audited, letters, what became of the others.
pub fn programme(messages: &Messages, card: &ProgrammeCard) -> String {
    let audited = card.defis.iter().flat_map(defi::audited).count();
    let with = card
        .defis
        .iter()
        .filter(|d| defi::audited(d).next().is_some());
    let mut out = format!("{} · {}\n", visible(&card.title), messages.date(card.date));
    let mut line = |n: usize, text: String| {
        if n > 0 {
            let _ = writeln!(out, "  {:>6}  {text}", messages.number(n));
        }
    };
    line(
        card.defis.len(),
        messages.count("figure.defis", card.defis.len()),
    );
    let with = with.count();
    line(with, messages.count("figure.defis_audited", with));
    line(audited, messages.count("figure.repositories", audited));
    for (letter, n) in ["A", "B", "C", "D", "E"].iter().zip(card.grades) {
        let text = messages.with("grade.with", "letter", letter);
        line(usize::try_from(n).unwrap_or(usize::MAX), text);
    }
    line(
        usize::try_from(card.grades[5]).unwrap_or(usize::MAX),
        messages.plain("grade.none"),
    );
    for code in [
        "none",
        "not-expanded",
        "empty",
        "not-readable",
        "unreachable",
    ] {
        let n = card
            .defis
            .iter()
            .filter(|d| defi::situation(d) == code)
            .count();
        line(n, messages.plain(&format!("situation.{code}")));
    }
    out
}

fn findings(view: &RepositoryView) -> impl Iterator<Item = &FindingView> {
    view.axes
        .iter()
        .flat_map(|axis| &axis.categories)
        .flat_map(|category| &category.findings)
}

/// In the order of the priorities, then of the rules.
fn by_priority<'v>(
    mut findings: Vec<&'v FindingView>,
    view: &RepositoryView,
) -> Vec<&'v FindingView> {
    let rank = |finding: &&FindingView| {
        let mut all = view.priorities.iter().chain(&view.later);
        all.position(|priority| priority.rule.id == finding.rule.id)
            .unwrap_or(usize::MAX)
    };
    findings.sort_by_key(rank);
    findings
}

/// Text for a terminal, as it is written.
pub(super) struct Screen<'m> {
    pub(super) out: String,
    width: usize,
    colours: Colours,
    messages: &'m Messages,
}

impl<'m> Screen<'m> {
    /// An empty screen.
    pub(super) fn new(messages: &'m Messages, width: usize, colours: Colours) -> Self {
        Self {
            out: String::new(),
            width: width.max(MIN_WIDTH),
            colours,
            messages,
        }
    }

    /// The language of the page.
    pub(super) fn language(&self) -> Language {
        self.messages.language()
    }

    /// Where a rule comes from: documents with their addresses.
    pub(super) fn sources(&mut self, sources: &[SourceView]) {
        self.heading(&self.messages.plain("rule.sources"));
        for source in sources {
            let section = source.section.as_ref();
            let section = section.map(|section| format!(" § {section}"));
            let document = format!("{}{}", source.document, section.unwrap_or_default());
            self.wrapped(2, &document);
            if let Some(url) = &source.url {
                self.wrapped(4, url);
            }
        }
    }

    /// A colon as the language sets it.
    pub(super) fn colon(&self) -> &'static str {
        match self.messages.language() {
            Language::Fr => "\u{a0}:",
            Language::En => ":",
        }
    }

    fn header(&mut self, view: &RepositoryView) {
        let name = self.paint("1", &view.summary.name);
        let commit = view.commit.as_deref().unwrap_or("");
        let dot = if commit.is_empty() { "" } else { " · " };
        let _ = writeln!(self.out, "{name}{dot}{commit} · {}", view.date);
        let state = &view.summary.state;
        let colour = grade_colour(&view.summary.grade.class);
        let grade = self.paint(colour, &format!(" {} ", view.summary.grade.letter));
        let score = self.messages.text(
            "terminal.score",
            &[
                ("score".to_owned(), view.summary.score.line.clone()),
                ("coverage".to_owned(), view.summary.coverage.line.clone()),
                ("measured".to_owned(), view.measured.clone()),
            ]
            .into_iter()
            .collect(),
        );
        let _ = writeln!(self.out, "{grade} {score}");
        if view.summary.grade.class == "none" {
            self.wrapped(2, &view.summary.grade.explanation.clone());
        }
        if state.code != "current" {
            let note = view.state_note.clone().unwrap_or_default();
            self.wrapped(2, &format!("{}{} {note}", state.text, self.colon()));
        }
        for axis in &view.axes {
            let aside = axis.aside.as_deref();
            let aside = aside.map_or_else(String::new, |aside| format!(" · {aside}"));
            let line = format!(
                "  {:<16} {:>5}  {}{aside}",
                axis.title, axis.score.short, axis.coverage.line
            );
            let _ = writeln!(self.out, "{line}");
        }
        if view.uncommitted {
            self.wrapped(2, &self.messages.plain("repository.uncommitted"));
        }
        if view.dates_unknown {
            self.wrapped(2, &self.messages.plain("repository.dates_unknown"));
        }
    }

    fn section(&mut self, code: &str, findings: &[&FindingView], view: &RepositoryView) {
        if findings.is_empty() {
            return;
        }
        let heading = self.messages.count(code, findings.len());
        self.heading(&heading);
        for finding in findings {
            self.finding(finding, view);
        }
    }

    fn finding(&mut self, finding: &FindingView, view: &RepositoryView) {
        let mark = match finding.outcome.code.as_str() {
            "fail" => self.paint("31", "✗"),
            _ => self.paint("33", "◐"),
        };
        let priority = view
            .priorities
            .iter()
            .chain(&view.later)
            .find(|priority| priority.rule.id == finding.rule.id);
        let title = self.paint("1", &finding.rule.title);
        let _ = writeln!(self.out, "{mark} {title}");
        let mut labels = vec![finding.rule.id.as_str(), &finding.rule.severity.text];
        if let Some(priority) = priority {
            labels.extend([priority.gain.as_str(), &finding.rule.effort.text]);
        }
        let labels = self.paint("2", &labels.join(" · "));
        let _ = writeln!(self.out, "    {labels}");
        self.places(&finding.evidence);
        if let Some(remedy) = &finding.remedy {
            self.wrapped(4, &format!("→ {remedy}"));
        }
    }

    /// What was found; where nothing was, the first search, cut to a line: an explanation tells the others.
    fn places(&mut self, evidence: &[EvidenceView]) {
        let (searches, found): (Vec<_>, Vec<_>) = evidence.iter().partition(|one| one.is_search);
        for one in found.iter().take(SHOWN_PLACES) {
            self.wrapped(4, &evidence_text(one));
        }
        let hidden = found.len().saturating_sub(SHOWN_PLACES);
        if hidden > 0 {
            let more = self.messages.count("count.more_evidence", hidden);
            self.wrapped(4, &more);
        }
        if let (true, Some(search)) = (found.is_empty(), searches.first()) {
            let text = evidence_text(search);
            let mut lines = lines(&text, self.width.saturating_sub(6)).into_iter();
            let first = lines.next().unwrap_or_default();
            let more = if lines.next().is_some() { " …" } else { "" };
            let _ = writeln!(self.out, "    {first}{more}");
        }
    }

    fn unknown(&mut self, view: &RepositoryView) {
        let total: usize = view.unknown.iter().map(|group| group.rules.len()).sum();
        if total == 0 {
            return;
        }
        let heading = self.messages.count("terminal.unknown", total);
        self.heading(&heading);
        for group in &view.unknown {
            self.wrapped(2, &format!("{}{} {}", group.n, self.colon(), group.reason));
        }
    }

    fn coming(&mut self, view: &RepositoryView) {
        if view.coming.is_empty() {
            return;
        }
        let heading = self.messages.count("terminal.coming", view.coming.len());
        self.heading(&heading);
        for coming in &view.coming {
            let line = format!(
                "{} ({}, {})",
                coming.rule.title, coming.due.text, coming.date
            );
            self.wrapped(2, &line);
        }
    }

    fn waivers(&mut self, view: &RepositoryView) {
        for (code, waivers) in [
            ("terminal.waived", &view.waivers),
            ("terminal.expired", &view.expired),
            ("terminal.claimed", &view.claimed),
        ] {
            if !waivers.is_empty() {
                let heading = self.messages.count(code, waivers.len());
                self.heading(&heading);
                self.waiver_lines(waivers);
            }
        }
    }

    fn waiver_lines(&mut self, waivers: &[WaiverView]) {
        for waiver in waivers {
            let title = waiver.rule.as_ref().map_or("", |rule| rule.title.as_str());
            let until = self.messages.with("waiver.until", "date", &waiver.expires);
            self.wrapped(
                2,
                &format!(
                    "{title}{} {} ({}, {until})",
                    self.colon(),
                    waiver.reason,
                    waiver.author
                ),
            );
        }
    }

    pub(super) fn heading(&mut self, text: &str) {
        let text = self.paint("1;4", text);
        let _ = writeln!(self.out, "\n{text}");
    }

    /// Writes `text` in lines that fit, indented; a word longer than a line is left whole.
    pub(super) fn wrapped(&mut self, indent: usize, text: &str) {
        for line in lines(text, self.width.saturating_sub(indent)) {
            let _ = writeln!(self.out, "{:indent$}{line}", "");
        }
    }

    /// The same behind a mark of one column; the lines that follow stand under the text.
    pub(super) fn marked(&mut self, indent: usize, mark: &str, text: &str) {
        let mut before = format!("{:indent$}{mark} ", "");
        for line in lines(text, self.width.saturating_sub(indent + 2)) {
            let _ = writeln!(self.out, "{before}{line}");
            before = " ".repeat(indent + 2);
        }
    }

    pub(super) fn paint(&self, codes: &str, text: &str) -> String {
        match self.colours {
            Colours::Ansi => format!("\u{1b}[{codes}m{text}\u{1b}[0m"),
            Colours::Plain => text.to_owned(),
        }
    }
}

/// `text` in lines of at most `room` columns, where words allow.
fn lines(text: &str, room: usize) -> Vec<String> {
    let room = room.max(20);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn grade_colour(class: &str) -> &'static str {
    match class {
        "a" | "b" => "1;30;42",
        "c" => "1;30;43",
        "d" | "e" => "1;97;41",
        _ => "1;7",
    }
}

/// A place, what was made of it and what is written there, on one line.
pub(super) fn evidence_text(evidence: &EvidenceView) -> String {
    let parts = [&evidence.place, &evidence.note, &evidence.excerpt];
    let parts: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" · ")
}
