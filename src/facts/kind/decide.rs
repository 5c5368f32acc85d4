// SPDX-License-Identifier: EUPL-1.2
//! From the parts of a repository to the one kind of the whole.

use std::collections::BTreeSet;

use super::census::{Census, is_data_language};
use super::parts::{Part, Role};
use crate::model::evidence::Evidence;

/// Share of the code that must be data work outside a service for the repository to be mixed, in hundredths.
const MIXED_PERCENT: usize = 40;

/// The kind with the signs that it was read from; nothing when there is nothing to read.
pub(super) struct Decision {
    pub(super) kind: Option<&'static str>,
    pub(super) signs: Vec<(String, Option<Evidence>)>,
}

pub(super) fn decide(parts: &[Part], census: &Census<'_>) -> Decision {
    from_parts(parts, census).unwrap_or_else(|| from_content(census))
}

fn signed(kind: &'static str, parts: &[&Part]) -> Decision {
    let mut signs: Vec<(String, Option<Evidence>)> = Vec::new();
    for part in parts {
        if signs.iter().all(|(sign, _)| *sign != part.sign) {
            signs.push((part.sign.clone(), Some(part.evidence.clone())));
        }
    }
    signs.truncate(8);
    Decision {
        kind: Some(kind),
        signs,
    }
}

fn counted(kind: &'static str, code: &str, count: usize) -> Decision {
    Decision {
        kind: Some(kind),
        signs: vec![(format!("{code}:{count}"), None)],
    }
}

fn from_parts(parts: &[Part], census: &Census<'_>) -> Option<Decision> {
    let of = |role: Role| {
        parts
            .iter()
            .filter(|part| part.role == role)
            .collect::<Vec<_>>()
    };
    let services = of(Role::Service);
    if !services.is_empty() {
        let outside = data_outside(&services, parts, census);
        if outside {
            let pipelines = of(Role::Pipeline);
            let signs: Vec<&Part> = services.iter().chain(&pipelines).copied().collect();
            return Some(signed("mixed", &signs));
        }
        return Some(signed("service", &services));
    }
    let strong = [Role::Pipeline, Role::Command, Role::Library, Role::Site];
    let apart: BTreeSet<Role> = parts
        .iter()
        .filter(|part| strong.contains(&part.role) && !part.folder.is_empty())
        .map(|part| part.role)
        .collect();
    let has_root = parts.iter().any(|part| part.folder.is_empty());
    if apart.len() > 1
        && !has_root
        && (apart.contains(&Role::Pipeline) || apart.contains(&Role::Site))
    {
        return Some(signed("mixed", &parts.iter().collect::<Vec<_>>()));
    }
    let (pipelines, commands, libraries) =
        (of(Role::Pipeline), of(Role::Command), of(Role::Library));
    let (sites, documents) = (of(Role::Site), of(Role::Documentation));
    let at_root = |parts: &[&Part]| parts.iter().any(|part| part.folder.is_empty());
    let has_package = !commands.is_empty() || !libraries.is_empty();
    // a book may hold the code that it explains
    let is_book = at_root(&documents) && census.prose + census.notebooks > census.code.len();
    if !pipelines.is_empty() && (!is_book || at_root(&pipelines)) {
        return Some(signed("data-pipeline", &pipelines));
    }
    if !sites.is_empty() && (at_root(&sites) || census.code.is_empty()) && libraries.is_empty() {
        return Some(if at_root(&documents) {
            signed("documentation", &documents)
        } else {
            signed("website", &sites)
        });
    }
    if !libraries.is_empty() && census.notebooks * 3 > census.code.len() {
        return Some(counted("data-pipeline", "notebooks", census.notebooks));
    }
    if !commands.is_empty() && (libraries.is_empty() || commands.len() >= libraries.len()) {
        return Some(signed("cli", &commands));
    }
    if !libraries.is_empty() {
        return Some(signed("library", &libraries));
    }
    if !documents.is_empty() && !has_package {
        if is_book || census.prose >= census.code.len() {
            return Some(signed("documentation", &documents));
        }
        // more components than texts: pages, made with a generator of documentation
        if documents
            .iter()
            .any(|part| part.folder.is_empty() && part.evidence.excerpt.is_some())
        {
            return Some(signed("website", &documents));
        }
    }
    if !sites.is_empty() {
        return Some(signed("website", &sites));
    }
    None
}

/// True when much of the code prepares or analyses data, apart from every service and package.
fn data_outside(services: &[&Part], parts: &[Part], census: &Census<'_>) -> bool {
    let top = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    // entry points say where a service is; a manifest at the root may only describe the working environment
    let entries: Vec<&&Part> = services
        .iter()
        .filter(|part| part.sign.starts_with("entry-point:"))
        .collect();
    let places: BTreeSet<String> = if entries.is_empty() {
        services.iter().map(|part| top(&part.folder)).collect()
    } else {
        let below = services.iter().filter(|part| !part.folder.is_empty());
        below
            .chain(entries.iter().copied())
            .map(|part| top(&part.folder))
            .collect()
    };
    if places.contains("") {
        return false;
    }
    let packages: BTreeSet<String> = parts
        .iter()
        .filter(|part| part.role == Role::Library && !part.folder.is_empty())
        .map(|part| top(&part.folder))
        .collect();
    let is_outside = |path: &str| !places.contains(&top(path)) && !packages.contains(&top(path));
    census.code_percent(|source| is_data_language(source.language) && is_outside(source.path))
        >= MIXED_PERCENT
}

/// What a repository without telling manifests is made of.
fn from_content(census: &Census<'_>) -> Decision {
    let code = census.code.len();
    let scripts = census
        .code
        .iter()
        .filter(|source| is_data_language(source.language))
        .count();
    let shell = census
        .code
        .iter()
        .filter(|source| matches!(source.language, "Shell" | "PowerShell"))
        .count();
    let pages = census
        .code
        .iter()
        .filter(|source| matches!(source.language, "JavaScript" | "TypeScript"))
        .count();
    if census.infrastructure > 2 && census.infrastructure >= code {
        return counted("service", "infrastructure", census.infrastructure);
    }
    if code == 0 || (census.prose > 3 * code && census.notebooks == 0) {
        return without_code(census);
    }
    if census.data > 5 * code && code < 3 {
        return counted("data", "data-files", census.data);
    }
    if scripts * 2 >= code || census.notebooks > 0 {
        return counted("data-pipeline", "scripts", scripts.max(census.notebooks));
    }
    if census.html > 0 && pages * 2 >= code {
        return counted("website", "pages", census.html);
    }
    if shell * 2 >= code {
        return counted("cli", "shell-scripts", shell);
    }
    counted("library", "source-files", code)
}

fn without_code(census: &Census<'_>) -> Decision {
    let (prose, data, design, html) = (census.prose, census.data, census.design, census.html);
    if census.notebooks > 0 {
        return counted("data-pipeline", "notebooks", census.notebooks);
    }
    if html > 0 && html >= prose && html >= data {
        return counted("website", "pages", html);
    }
    if census.infrastructure > 0 && census.infrastructure >= prose {
        return counted("service", "infrastructure", census.infrastructure);
    }
    if data > 0 && data > 2 * prose {
        return counted("data", "data-files", data);
    }
    if prose > 0 {
        return counted("documentation", "documents", prose);
    }
    if design > 0 {
        return counted("design", "drawings", design);
    }
    if census.all_code > 0 {
        return counted("cli", "scripts", census.all_code);
    }
    if census.has_readme {
        return counted("documentation", "readme-alone", 1);
    }
    Decision {
        kind: None,
        signs: Vec::new(),
    }
}
