// SPDX-License-Identifier: EUPL-1.2
//! Commands that put something into service or publish a web site, with the platform when they name one.

use super::purpose::{Meaning, Purpose};

/// Programs with the words that make them deploy (any word when empty), and the platform they aim at.
const DEPLOYERS: &[(&str, &[&str], Option<&str>)] = &[
    ("netlify", &["deploy"], Some("netlify")),
    ("ntl", &["deploy"], Some("netlify")),
    (
        "vercel",
        &["deploy", "--prod", "--token", "-t", "--yes", "--confirm"],
        Some("vercel"),
    ),
    (
        "now",
        &["deploy", "--prod", "--token", "-t", "--target"],
        Some("vercel"),
    ),
    (
        "heroku",
        &[
            "container:release",
            "builds:create",
            "deploy:jar",
            "releases",
            "ps:restart",
        ],
        Some("heroku"),
    ),
    (
        "scalingo",
        &[
            "deploy",
            "integration-link-manual-deploy",
            "deployments-deploy",
        ],
        Some("scalingo"),
    ),
    ("clever", &["deploy", "restart"], Some("clever-cloud")),
    ("flyctl", &["deploy"], Some("fly")),
    ("fly", &["deploy"], Some("fly")),
    ("railway", &["up", "redeploy"], Some("railway")),
    ("surge", &[], Some("surge")),
    ("firebase", &["deploy"], Some("firebase")),
    ("wrangler", &["publish", "deploy"], Some("cloudflare")),
    ("gh-pages", &[], Some("gh-pages")),
    ("angular-cli-ghpages", &[], Some("gh-pages")),
    ("mkdocs", &["gh-deploy"], Some("gh-pages")),
    ("mike", &["deploy"], Some("gh-pages")),
    ("ghp-import", &[], Some("gh-pages")),
    ("docusaurus", &["deploy"], Some("gh-pages")),
    ("gcloud", &["deploy", "rollout"], Some("google-cloud")),
    ("gsutil", &["rsync", "cp"], Some("google-cloud")),
    ("eb", &["deploy"], Some("aws")),
    ("sam", &["deploy"], Some("aws")),
    ("cdk", &["deploy"], Some("aws")),
    ("serverless", &["deploy"], None),
    ("sls", &["deploy"], None),
    (
        "kubectl",
        &["apply", "set", "rollout", "replace", "patch", "create"],
        None,
    ),
    ("oc", &["apply", "rollout", "start-build"], None),
    ("helm", &["upgrade", "install"], None),
    ("helmfile", &["apply", "sync"], None),
    ("kontinuous", &[], None),
    ("argocd", &["sync"], None),
    ("terraform", &["apply"], None),
    ("tofu", &["apply"], None),
    ("terragrunt", &["apply"], None),
    ("pulumi", &["up", "update"], None),
    ("ansible-playbook", &[], None),
    ("cap", &["deploy"], None),
    ("mina", &["deploy"], None),
    ("dep", &["deploy"], None),
    ("deployer", &["deploy"], None),
    ("kamal", &["deploy"], None),
    ("fab", &["deploy"], None),
    ("envoy", &["run"], None),
    ("dpl", &[], None),
    ("nomad", &["run"], None),
    ("lftp", &[], None),
    ("ncftpput", &[], None),
    ("git-ftp", &["push", "init"], None),
    ("ftp-deploy", &[], None),
    ("dokku", &[], None),
    ("cf", &["push"], Some("cloud-foundry")),
    ("platform", &["push", "deploy"], Some("platform-sh")),
    ("pm2", &["deploy"], None),
    ("shinyapps", &[], None),
    ("sftp", &[], None),
];

/// Remotes of `git push` that belong to a platform.
const REMOTES: &[(&str, &str)] = &[
    ("heroku", "heroku"),
    ("scalingo", "scalingo"),
    ("clever", "clever-cloud"),
    ("gh-pages", "gh-pages"),
];

/// The deployment that a command is, if it is one.
pub(super) fn deployment(program: &str, rest: &[String]) -> Option<Meaning> {
    let has = |wanted: &[&str]| rest.iter().any(|word| wanted.contains(&word.as_str()));
    let text = || rest.join(" ");
    for (name, wanted, platform) in DEPLOYERS {
        if *name == program
            && (wanted.is_empty() || has(wanted))
            && !has(&["--dry-run", "diff", "plan"])
        {
            return Some(Meaning {
                purpose: Purpose::Deploy,
                platform: *platform,
            });
        }
    }
    match program {
        "git" => git(rest),
        "ssh" => remote_command(rest).then_some(Meaning::of(Purpose::Deploy)),
        "sshpass" => rest
            .iter()
            .position(|word| matches!(word.as_str(), "ssh" | "scp" | "rsync"))
            .and_then(|at| deployment(&rest[at], &rest[at + 1..])),
        "rsync" | "scp" => rest
            .iter()
            .rev()
            .take(2)
            .any(|word| is_remote(word))
            .then_some(Meaning::of(Purpose::Deploy)),
        "aws" => (text().contains("s3 sync")
            || text().contains("update-service")
            || text().contains("create-invalidation")
            || has(&["deploy", "create-deployment", "update-function-code"]))
        .then_some(Meaning::deploys_to("aws")),
        "az" => (has(&["deploy", "up", "config-zip", "upload-batch"])
            || text().contains("webapp deployment"))
        .then_some(Meaning::deploys_to("azure")),
        "docker" | "podman" => text()
            .starts_with("stack deploy")
            .then_some(Meaning::of(Purpose::Deploy)),
        "ng" | "hugo" | "quarto" | "bin/console" => rest
            .first()
            .is_some_and(|word| matches!(word.as_str(), "deploy" | "publish"))
            .then_some(Meaning::of(Purpose::Deploy)),
        "curl" | "wget" => hook(&text()),
        "Rscript" | "R" => ["deployApp", "deploy_to_branch", "deploy_site"]
            .iter()
            .any(|mark| text().contains(mark))
            .then_some(Meaning::of(Purpose::Deploy)),
        _ => None,
    }
}

fn git(rest: &[String]) -> Option<Meaning> {
    let is_push = rest
        .iter()
        .find(|word| matches!(word.as_str(), "push" | "subtree" | "clone" | "remote"))
        .is_some_and(|word| matches!(word.as_str(), "push" | "subtree"));
    if !is_push || !rest.iter().any(|word| word == "push") {
        return None;
    }
    let text = rest.join(" ").to_ascii_lowercase();
    let platform = REMOTES
        .iter()
        .find(|(mark, _)| text.contains(mark))
        .map(|(_, platform)| *platform);
    let is_named = ["dokku", "prod", "deploy", "staging", "preprod"]
        .iter()
        .any(|mark| rest.iter().any(|word| word.starts_with(mark)));
    (platform.is_some() || is_named).then_some(Meaning {
        purpose: Purpose::Deploy,
        platform,
    })
}

/// `ssh host command`; a tunnel, a key check and a bare connection to a forge are none.
fn remote_command(rest: &[String]) -> bool {
    const VALUED: [&str; 9] = ["-i", "-p", "-o", "-F", "-L", "-R", "-D", "-J", "-l"];
    if rest.iter().any(|word| {
        matches!(word.as_str(), "-N" | "-fN" | "-T" | "-fNL" | "-V") || word.contains("git@")
    }) {
        return false;
    }
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let mut at = 0;
    while at < words.len() && words[at].starts_with('-') {
        at += if VALUED.contains(&words[at]) { 2 } else { 1 };
    }
    at < words.len()
}

/// `user@host:path`, `host:path`, `$HOST:path`; never an address of the local disk.
fn is_remote(word: &str) -> bool {
    word.split_once(':').is_some_and(|(host, path)| {
        !host.is_empty() && !host.contains('/') && !path.starts_with('\\') && host.len() > 1
    }) || word.starts_with("rsync://")
}

/// A call of a deployment hook.
fn hook(text: &str) -> Option<Meaning> {
    let text = text.to_ascii_lowercase();
    let platform = [
        ("api.render.com", "render"),
        ("api.netlify.com/build_hooks", "netlify"),
        ("api.vercel.com", "vercel"),
        ("scalingo", "scalingo"),
    ]
    .iter()
    .find(|(mark, _)| text.contains(mark))
    .map(|(_, platform)| *platform);
    let is_hook = platform.is_some()
        || text.contains("deploy_hook")
        || text.contains("deploy_url")
        || text.contains("deploy_webhook")
        || text.contains("/deploy")
        || text.contains("build_hook");
    let installs = text.contains("install") || text.contains("get.") || text.contains("-o ");
    (is_hook && !installs).then_some(Meaning {
        purpose: Purpose::Deploy,
        platform,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The platform, `-` for a deployment that names none, empty for something else.
    fn of(command: &str) -> &'static str {
        let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
        deployment(&words[0], &words[1..]).map_or("", |found| found.platform.unwrap_or("-"))
    }

    #[test]
    fn deployments_are_told_from_what_resembles_them() {
        for (command, expected) in [
            ("git push -f git@heroku.com:app.git main", "heroku"),
            ("git push origin gh-pages", "gh-pages"),
            ("git push --tags", ""),
            ("git push -q origin master", ""),
            ("ssh -o X=no deploy@host sh deploy.sh", "-"),
            ("ssh -T git@github.com", ""),
            ("rsync -az dist/ user@host:/var/www", "-"),
            ("rsync -az a/ b/", ""),
            ("kubectl apply -f k8s", "-"),
            ("kubectl get pods", ""),
            ("helm upgrade --install app chart", "-"),
            ("aws s3 sync build s3://bucket", "aws"),
            ("terraform plan", ""),
            ("curl -X POST $RENDER_DEPLOY_HOOK_URL", "-"),
            ("curl -sSL https://sdk.example/install.sh", ""),
            ("mkdocs gh-deploy --force", "gh-pages"),
        ] {
            assert_eq!(of(command), expected, "{command}");
        }
    }
}
