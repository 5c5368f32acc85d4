// SPDX-License-Identifier: EUPL-1.2
//! The last words of `perenne audit`: what was audited, what was not, in a few lines.

use std::collections::BTreeMap;

use crate::model::message::Message;
use crate::model::outcome::Reason;
use crate::reports::Messages;
use crate::scoring::card::{ProgrammeCard, RepositoryResult};

/// One line per défi with something to say, then the counts.
pub(super) fn programme(messages: &Messages, card: &ProgrammeCard) -> String {
    let mut lines = Vec::new();
    let (mut audited, mut unreachable, mut not_readable, mut empty, mut to_expand) =
        (0, 0, 0, 0, 0);
    let mut without = 0;
    for defi in &card.defis {
        if defi.repositories.is_empty() {
            without += 1;
        }
        for result in &defi.repositories {
            let (source, reason) = match result {
                RepositoryResult::Audited { .. } => {
                    audited += 1;
                    continue;
                }
                RepositoryResult::Empty { .. } => {
                    empty += 1;
                    continue;
                }
                RepositoryResult::NotExpanded { .. } => {
                    to_expand += 1;
                    continue;
                }
                RepositoryResult::Unreachable { source, reason } => {
                    unreachable += 1;
                    (source, reason)
                }
                RepositoryResult::NotReadable { source, reason } => {
                    not_readable += 1;
                    (source, reason)
                }
            };
            let why = messages.reason(reason);
            let why = match detail(messages, reason) {
                Some(detail) => format!("{why} ({detail})"),
                None => why,
            };
            lines.push(format!("{} — {} — {why}", defi.defi.title, source.url));
        }
    }
    let counts = Message::new("audit-summary")
        .with("defis", messages.count("count.defis", card.defis.len()))
        .with("audited", messages.count("audit-audited", audited))
        .with("without", messages.count("audit-without", without));
    lines.push(messages.message(&counts));
    for (code, n) in [
        ("audit-unreachable", unreachable),
        ("audit-not-readable", not_readable),
        ("audit-empty", empty),
        ("audit-to-expand", to_expand),
    ] {
        if n > 0 {
            lines.push(messages.count(code, n));
        }
    }
    lines.join("\n") + "\n"
}

/// What Git or the system said, or why the address was refused.
fn detail(messages: &Messages, reason: &Reason) -> Option<String> {
    let detail = reason.detail.get("detail")?;
    let words = messages.find(&format!("refused-{detail}"), &BTreeMap::new());
    Some(words.unwrap_or_else(|| detail.clone()))
}
