// SPDX-License-Identifier: EUPL-1.2
//! How Kubernetes and Helm files watch the project's own service. Templates are no YAML: lines are read.

use super::recipes::Recipes;
use crate::model::evidence::Evidence;
use crate::snapshot::Snapshot;

/// What Kubernetes and Helm files say of the project's own service.
#[derive(Debug, Default)]
pub(super) struct Watched {
    pub(super) probes: Vec<Evidence>,
    pub(super) has_service: bool,
    pub(super) has_job: bool,
}

impl Watched {
    /// Looks for probes and for kinds, line by line, since templates are no YAML.
    pub(super) fn read(snapshot: &Snapshot, recipes: &Recipes<'_>) -> Self {
        let mut watched = Self::default();
        // charts keep their templates beside values.yaml, where `kind:` may be a template's
        for entry in &recipes.kubernetes {
            let Ok(text) = snapshot.text(entry) else {
                continue;
            };
            for (line, number) in text.text.lines().zip(1_u32..) {
                let word = line.trim().trim_start_matches("- ");
                let (key, value) = word.split_once(':').unwrap_or((word, ""));
                match key {
                    "livenessProbe" | "readinessProbe" | "startupProbe" | "probesPath"
                    | "healthCheckPath"
                        if !matches!(value.trim(), "{}" | "null" | "~" | "false") =>
                    {
                        watched
                            .probes
                            .push(Evidence::line(&*entry.path, number).with_excerpt(key));
                    }
                    "kind" => match value.trim() {
                        "Deployment" | "StatefulSet" | "Service" | "Ingress" | "DaemonSet" => {
                            watched.has_service = true;
                        }
                        "CronJob" | "Job" => watched.has_job = true,
                        _ => {}
                    },
                    "~chart" => watched.has_service = true,
                    _ => {}
                }
            }
        }
        watched
    }
}
