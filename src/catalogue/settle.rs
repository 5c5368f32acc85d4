// SPDX-License-Identifier: EUPL-1.2
//! What depends on all files together: unique ids, names of promotions, main repositories, targets of waivers.

use std::collections::{BTreeMap, BTreeSet};

use super::Catalogue;
use crate::model::problem::did_you_mean;
use crate::model::{AddressKind, DefiId, Message, Problem};

/// Where an id was used first, and the last number given to another use of it.
struct FirstUse {
    file: String,
    line: u32,
    number: usize,
}

impl Catalogue {
    /// Settles what depends on all files.
    pub(super) fn settle(&mut self) {
        self.settle_ids();
        self.settle_promotions();
        for defi in &mut self.defis {
            let first = defi
                .sources
                .iter()
                .position(|source| source.kind == AddressKind::Repository)
                .unwrap_or(0);
            for (at, source) in defi.sources.iter_mut().enumerate() {
                source.main = at == first;
            }
            defi.problems.sort_by_key(|problem| problem.line);
        }
        self.check_waivers();
    }

    fn settle_ids(&mut self) {
        let mut taken: BTreeSet<DefiId> = self.defis.iter().map(|defi| defi.id.clone()).collect();
        let mut first: BTreeMap<DefiId, FirstUse> = BTreeMap::new();
        for defi in &mut self.defis {
            let Some(known) = first.get_mut(&defi.id) else {
                let use_here = FirstUse {
                    file: defi.file.clone(),
                    line: defi.line,
                    number: 1,
                };
                first.insert(defi.id.clone(), use_here);
                continue;
            };
            let kept = loop {
                known.number += 1;
                let id = DefiId::new(format!("{} ({})", defi.id, known.number));
                if taken.insert(id.clone()) {
                    break id;
                }
            };
            let message = Message::new("duplicate-id")
                .with("id", &defi.id)
                .with("first_file", &known.file)
                .with("first", known.line)
                .with("kept", &kept);
            defi.problems
                .push(Problem::of_entry(&defi.file, defi.line, message));
            defi.id = kept;
        }
    }

    fn settle_promotions(&mut self) {
        let programme = &self.programme;
        let known: Vec<&str> = programme
            .promotions
            .iter()
            .flat_map(|promotion| [Some(promotion.id.as_str()), promotion.name.as_deref()])
            .flatten()
            .collect();
        for defi in &mut self.defis {
            let Some(written) = &defi.promotion_id else {
                continue;
            };
            let found = programme.promotion(written);
            if found.is_none() && !known.is_empty() {
                let message = Message::new("unknown-promotion").with("promotion", written);
                defi.problems.push(
                    Problem::of_entry(&defi.file, defi.line, message)
                        .with_suggestion(did_you_mean(written, &known)),
                );
            }
            let name = found.and_then(|promotion| promotion.name.clone());
            defi.promotion = Some(name.unwrap_or_else(|| written.clone()));
        }
    }

    fn check_waivers(&mut self) {
        let ids: Vec<&str> = self.defis.iter().map(|defi| defi.id.as_str()).collect();
        for waiver in &self.waivers {
            let Some(defi) = waiver
                .defi
                .as_ref()
                .filter(|defi| !ids.contains(&defi.as_str()))
            else {
                continue;
            };
            let message = Message::new("unknown-defi").with("id", defi);
            self.problems.push(
                Problem::of_file(&waiver.file, Some(waiver.line), message)
                    .with_suggestion(did_you_mean(defi.as_str(), &ids)),
            );
        }
    }
}
