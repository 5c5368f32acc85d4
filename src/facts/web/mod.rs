// SPDX-License-Identifier: EUPL-1.2
//! Obligations of a public web service, as far as the tree shows them: accessibility statement, legal notices, privacy
//! policy, terms. An absence in the tree is no fault: the content may be in a database, and rules treat it so.

mod accessibility;
mod front_end;
mod legal;
mod text;

use super::extract::Inputs;
use super::set::{FactSet, FactValue};
use crate::model::date::Moment;
use crate::model::evidence::Evidence;
use crate::model::message::Message;
use crate::model::outcome::{Reason, ReasonCode};
use text::Page;

/// Entries kept in a list.
const LISTED: usize = 20;

const LISTS: [&str; 7] = [
    "web.accessibility_page",
    "web.accessibility_overstated",
    "web.accessibility_scheme",
    "web.legal_notices",
    "web.privacy_policy",
    "web.terms",
    "web.legal_placeholders",
];

/// A page with the line that shows what it is.
struct Found {
    path: String,
    line: u32,
    excerpt: String,
}

pub(super) fn extract(inputs: &Inputs<'_>, facts: &mut FactSet) {
    let snapshot = inputs.snapshot;
    let signs = front_end::signs(snapshot, facts);
    let truncated = || Reason::new(ReasonCode::Truncated).with("limit", "tree_entries");
    if signs.is_empty() {
        if snapshot.is_truncated() {
            return facts.set_all_unknown("web.", &truncated());
        }
        let note = || vec![Evidence::note(Message::new("web-no-front-end"))];
        facts.set("web.front_end", false, note());
        facts.set("web.accessibility_mention", FactValue::Absent, note());
        facts.set("web.accessibility_date", FactValue::Absent, note());
        for key in LISTS {
            facts.set(key, Vec::<String>::new(), note());
        }
        return;
    }
    facts.set("web.front_end", true, signs);
    let (pages, is_complete) = text::pages(snapshot);
    let is_complete = is_complete && !snapshot.is_truncated();
    let mut report = |key: &'static str, mut found: Vec<Found>| {
        if found.is_empty() && !is_complete {
            return facts.set_unknown(key, truncated());
        }
        found.truncate(LISTED);
        let list: Vec<String> = found.iter().map(|found| found.path.clone()).collect();
        let mut evidence: Vec<_> = found.iter().map(Found::evidence).collect();
        if evidence.is_empty() {
            evidence.push(searched(&pages));
        }
        facts.set(key, list, evidence);
    };
    let by = |test: fn(&Page) -> Option<Found>| pages.iter().filter_map(test).collect::<Vec<_>>();
    report("web.accessibility_page", by(accessibility::statement));
    report(
        "web.accessibility_overstated",
        by(accessibility::overstated),
    );
    report("web.accessibility_scheme", by(accessibility::scheme));
    report("web.legal_notices", by(legal::notices));
    report("web.privacy_policy", by(legal::privacy));
    report("web.terms", by(legal::terms));
    report("web.legal_placeholders", by(legal::placeholders));
    let dated = pages.iter().filter_map(accessibility::dated);
    match dated.max_by_key(|(date, _)| *date) {
        Some((date, found)) => {
            let evidence = vec![found.evidence()];
            facts.set("web.accessibility_date", Moment::at(date), evidence);
        }
        None if !is_complete => facts.set_unknown("web.accessibility_date", truncated()),
        None => {
            let evidence = vec![searched(&pages)];
            facts.set("web.accessibility_date", FactValue::Absent, evidence);
        }
    }
    match pages.iter().find_map(accessibility::mention) {
        Some((level, found)) => {
            facts.set("web.accessibility_mention", level, vec![found.evidence()]);
        }
        None if !is_complete => facts.set_unknown("web.accessibility_mention", truncated()),
        None => {
            let evidence = vec![searched(&pages)];
            facts.set("web.accessibility_mention", FactValue::Absent, evidence);
        }
    }
}

fn searched(pages: &[Page]) -> Evidence {
    Evidence::note(Message::new("web-searched-pages").with("files", pages.len()))
}

impl Found {
    fn evidence(&self) -> Evidence {
        Evidence::line(&self.path, self.line).with_excerpt(&self.excerpt)
    }
}

#[cfg(test)]
mod tests;
