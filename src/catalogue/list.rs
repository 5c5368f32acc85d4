// SPDX-License-Identifier: EUPL-1.2
//! A plain list: one address a line, `#` begins a comment at the start of a line or after white space.
//!
//! Each line becomes a défi of its own, named by its address.

use super::{Catalogue, Defi, too_many_entries};
use crate::model::limits::CATALOGUE_ENTRIES;
use crate::model::url::displayable;
use crate::model::{DefiId, Message, Problem};

/// Reads a list of addresses. `file` names it in problems.
pub fn parse_list(file: &str, text: &str) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (line, written) in (1..).zip(text.lines()) {
        let written = without_comment(written).trim();
        if written.is_empty() {
            continue;
        }
        if catalogue.defis.len() >= CATALOGUE_ENTRIES {
            catalogue.problems.push(too_many_entries(file, line));
            break;
        }
        catalogue.defis.push(read_line(file, line, written));
    }
    catalogue
}

fn read_line(file: &str, line: u32, written: &str) -> Defi {
    let mut defi = Defi::new(&displayable(written), file, line);
    defi.add_source(written, line);
    if defi.sources.is_empty()
        && let Some((first, rest)) = written.split_once(char::is_whitespace)
    {
        // an address with words behind it
        let mut short = Defi::new(&displayable(first), file, line);
        short.add_source(first, line);
        if !short.sources.is_empty() {
            let message = Message::new("list-extra-text").with("read", displayable(rest.trim()));
            short.problems.push(Problem::of_entry(file, line, message));
            defi = short;
        }
    }
    if let Some(source) = defi.sources.first() {
        let id = match source.url.split_once("://") {
            Some((_, rest)) => rest,
            None => source.url.strip_prefix("./").unwrap_or(&source.url),
        };
        defi.id = DefiId::new(id);
        defi.title = if source.host.is_empty() || source.address.path.is_empty() {
            id.to_owned()
        } else {
            source.address.path.clone()
        };
    }
    defi
}

/// The line up to its comment: `#` inside an address is a fragment.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '#' && before.is_whitespace() {
            return &line[..at];
        }
        before = c;
    }
    line
}
