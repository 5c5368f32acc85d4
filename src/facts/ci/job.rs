// SPDX-License-Identifier: EUPL-1.2
//! CI definitions of every system in one shape: jobs with steps, and when they run.

use super::purpose::Meaning;
use super::risks::Risk;
use super::triggers::Triggers;
use crate::model::document::Node;
use crate::model::outcome::Reason;

/// One step of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// Line of its first command or of the action.
    pub(super) line: u32,
    /// Its name, empty when it has none.
    pub(super) name: String,
    /// False when its failure is allowed.
    pub(super) is_blocking: bool,
    /// True when its commands stand elsewhere: all of them are shown at `line`.
    pub(super) is_elsewhere: bool,
    /// What it runs.
    pub(super) kind: StepKind,
}

impl Step {
    /// A step that uses an action or an orb by its name, with the scalars among its inputs.
    pub(super) fn uses(line: u32, name: &str, inputs: Option<&Node>) -> Self {
        let inputs = inputs.map(Node::pairs).unwrap_or_default();
        Self {
            line,
            name: String::new(),
            is_blocking: true,
            is_elsewhere: false,
            kind: StepKind::Uses {
                name: name.to_owned(),
                inputs: inputs
                    .iter()
                    .filter_map(|pair| Some((pair.key.clone(), pair.value.scalar()?)))
                    .collect(),
            },
        }
    }
}

/// What a step runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StepKind {
    /// Commands, in a folder (`None` when unknown).
    Script {
        text: String,
        folder: Option<String>,
    },
    /// An action of somebody else, with its inputs.
    Uses {
        name: String,
        inputs: Vec<(String, String)>,
    },
    /// Something whose meaning the system itself tells, and its name.
    Means(Meaning, String),
}

impl Step {
    /// A script from the node that holds it.
    pub(super) fn script(node: &Node, folder: Option<&str>) -> Option<Self> {
        let text = node.scalar()?;
        Some(Self {
            line: node.line,
            name: String::new(),
            is_blocking: true,
            is_elsewhere: false,
            kind: StepKind::Script {
                text,
                folder: folder.map(str::to_owned),
            },
        })
    }

    /// Something that the system itself means.
    pub(super) fn means(line: u32, meaning: Meaning, shown: &str) -> Self {
        Self {
            line,
            name: String::new(),
            is_blocking: true,
            is_elsewhere: false,
            kind: StepKind::Means(meaning, shown.to_owned()),
        }
    }
}

/// A job of a CI definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    /// The definition's path.
    pub(super) path: String,
    /// Line of the job.
    pub(super) line: u32,
    /// Its name, or its key.
    pub(super) name: String,
    /// False when its failure is allowed.
    pub(super) is_blocking: bool,
    /// Its steps.
    pub(super) steps: Vec<Step>,
}

/// One CI definition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Definition {
    /// Name of the system.
    pub(super) system: &'static str,
    /// Path of the definition.
    pub(super) path: String,
    /// Its jobs.
    pub(super) jobs: Vec<Job>,
    /// When it runs.
    pub(super) triggers: Triggers,
    /// Actions of others: line and reference.
    pub(super) actions: Vec<(u32, String)>,
    /// Whether a block at the top restricts the token; `None` where there is no such thing.
    pub(super) restricts_token: Option<bool>,
    /// Name that the definition gives itself.
    pub(super) name: String,
    /// Paths of the local workflows that it calls.
    pub(super) calls: Vec<String>,
    /// Something that stands in another repository and whose purpose its name does not tell.
    pub(super) opaque: Option<(u32, String)>,
    /// What is unsafe about it.
    pub(super) risks: Vec<Risk>,
    /// True for a part that others call: no configuration by itself.
    pub(super) is_part: bool,
    /// Why its content is not known.
    pub(super) problem: Option<Reason>,
}
