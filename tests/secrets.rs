// SPDX-License-Identifier: EUPL-1.2
//! Planted secrets never come out: not in facts, not in a card, whatever the format and the audience.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;

use jiff::civil::Date;
use perenne::crawl::audit::{Assignment, Auditor};
use perenne::facts::extract::{Inputs, extract_all};
use perenne::forge::record::ForgeRecord;
use perenne::model::ids::RepositoryId;
use perenne::reports::terminal::{Colours, terminal};
use perenne::reports::view::repository::repository_view;
use perenne::reports::{Language, Lens, Messages, export_json, markdown};
use perenne::rules::load::embedded_rules;
use perenne::rules::model::Audience;
use perenne::snapshot::MemoryTree;

/// Letters of a part of a secret that would give it away.
const TELLING: usize = 8;

/// A value without meaning, made here so that no file of this repository holds one.
fn noise(length: usize, seed: usize) -> String {
    let letters = b"qR7tZ2mLx9WvK4sBn8HcJ3yPf6GdT5aE1uXoYi";
    let mut state = seed * 2_654_435_761 + 12_345;
    let next = |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        char::from(letters[(state >> 33) % letters.len()])
    };
    (0..length).map(next).collect()
}

/// Commands of which facts keep excerpts, with a token among their arguments.
fn workflow(value: &str, token: &str) -> String {
    let commands = [
        "npm test -- --token glpat-",
        "npm run lint -- --key=glpat-",
        "ansible-playbook deploy.yml -e token=glpat-",
        "docker push registry.service.gouv.fr/x:glpat-",
        "git push https://x:glpat-",
        "rsync -a . glpat-",
    ];
    let steps = commands.map(|command| format!("      - run: {command}{token}\n"));
    let steps = steps.concat();
    format!(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      API_TOKEN: \"{value}\"\n    steps:\n{steps}"
    )
}

/// A tree with a secret in every place where one is looked for, and the secrets.
fn planted() -> (MemoryTree, Vec<String>) {
    let values: Vec<String> = (0..12).map(|n| noise(40, n)).collect();
    let v = |n: usize| values[n].as_str();
    let key = format!(
        "-----BEGIN RSA PRIVATE KEY-----\n{}\n{}\n{}\n-----END RSA PRIVATE KEY-----\n",
        noise(64, 20),
        noise(64, 21),
        noise(64, 22)
    );
    let numbers: Vec<String> = (0..20_u64)
        .map(|n| {
            let number = 1_800_175_000_000 + n * 137;
            format!("Durand;Zoé;1980-01-01;{number}{:02}\n", 97 - number % 97)
        })
        .collect();
    let numbers = numbers.concat();
    let tree = MemoryTree::new()
        .file("README.md", format!("# Courrier\n\nJeton : ghp_{}\n\n## Installation\n\n```\nnpm install --token=glpat-{}\n```\n\n## Contact ghp_{}\n\nContact : https://x:{}@service.gouv.fr/contact\n", &v(0)[..36], &v(9)[..20], &v(0)[..36], v(2)))
        .file(".env", format!("API_TOKEN={}\nDATABASE_URL=postgres://u:{}@db.service.gouv.fr/x\n", v(1), v(2)))
        .file("config/settings.py", format!("SECRET_KEY = '{}'\n", v(3)))
        .file("deploy-token", v(4))
        .file("server.key", key.clone())
        .file("app.json", format!("{{\"url\": \"Server=sql.service.gouv.fr;User Id=b;Password={};\"}}", v(5)))
        .file(".npmrc", format!("//registry.npmjs.org/:_authToken={}\n", v(6)))
        .file("credentials.json", format!("{{\"client_secret\": \"{}\"}}", v(7)))
        .file(".github/workflows/ci.yml", workflow(v(8), &v(9)[..20]))
        .file("docs/exploitation.md", format!("# Déployer\n\n## Avec le jeton {}\n\n```\ncurl -H 'X: glpat-{}' https://x\n```\n", v(8), &v(9)[..20]))
        .file("package.json", format!("{{\"name\": \"a\", \"version\": \"1.0.0\", \"dependencies\": {{\"b\": \"git+https://u:{}@git.service.gouv.fr/b.git\"}}}}", v(10)))
        .file("Dockerfile", format!("FROM alpine\nENV API_TOKEN=\"{}\"\n", v(11)))
        .file("data/agents.csv", format!("nom;prenom;date_naissance;nir\n{numbers}"));
    let mut secrets = values;
    secrets.extend(
        key.lines()
            .filter(|line| !line.starts_with('-'))
            .map(str::to_owned),
    );
    secrets.extend(
        numbers
            .lines()
            .filter_map(|line| line.rsplit(';').next())
            .map(str::to_owned),
    );
    secrets.push("Durand;Zoé".to_owned());
    (tree, secrets)
}

fn parts(secret: &str) -> BTreeSet<String> {
    let letters: Vec<char> = secret.chars().collect();
    letters
        .windows(TELLING)
        .map(|part| part.iter().collect())
        .collect()
}

#[test]
fn no_part_of_a_planted_secret_is_in_any_output() {
    let (tree, secrets) = planted();
    let snapshot = tree.snapshot();
    let record = ForgeRecord::local(RepositoryId::new("x"), "x");
    let facts = extract_all(&Inputs {
        record: &record,
        snapshot: &snapshot,
    });
    // the secrets are found: what follows is worth something
    let found = facts.items("security.secrets");
    for path in [
        "README.md",
        ".env",
        "config/settings.py",
        "deploy-token",
        "server.key",
        "app.json",
        ".npmrc",
        ".github/workflows/ci.yml",
    ] {
        let is_found = found.iter().any(|item| item.get("path") == Some(path));
        assert!(is_found, "{path} is not found");
    }
    assert_eq!(facts.items("security.personal_data").len(), 1);
    let mut outputs = vec![("facts".to_owned(), format!("{:#}", facts.to_json()))];
    let rules = embedded_rules();
    for audience in [Audience::Team, Audience::Public] {
        let auditor = Auditor {
            rules: &rules,
            today: Date::constant(2026, 6, 1),
            audience,
            advisories: None,
        };
        let (_, card) = auditor.audit_one(&record, &snapshot, &Assignment::default());
        for language in [Language::Fr, Language::En] {
            let messages = Messages::of(language);
            let lens = Lens::new(&rules, messages, audience);
            let view = repository_view(&lens, &card, None);
            let name = |kind: &str| format!("{kind} {audience:?} {language:?}");
            outputs.push((
                name("terminal"),
                terminal(messages, &view, 100, Colours::Plain),
            ));
            outputs.push((
                name("markdown"),
                markdown::markdown(messages, &view).unwrap(),
            ));
            outputs.push((
                name("json"),
                export_json::scorecard_json(&lens, &card).unwrap(),
            ));
        }
    }
    for (name, output) in &outputs {
        for part in secrets.iter().flat_map(|secret| parts(secret)) {
            assert!(!output.contains(&part), "a part of a secret is in {name}");
        }
    }
    let card = &outputs
        .iter()
        .find(|(name, _)| name.starts_with("json Team"))
        .unwrap()
        .1;
    assert!(
        card.contains("deploy-token"),
        "the team sees where a secret is"
    );
}
