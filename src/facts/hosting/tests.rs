// SPDX-License-Identifier: EUPL-1.2
//! Small repositories and what must be known of their hosting.

use super::*;
use crate::facts::ci;
use crate::facts::testing::tree_of;
use crate::forge::record::ForgeRecord;
use crate::model::evidence::Observed;
use crate::model::ids::RepositoryId;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    let record = ForgeRecord::local(RepositoryId::new("local"), "local");
    let snapshot = tree.snapshot();
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    let mut facts = FactSet::default();
    ci::extract(&inputs, &mut facts);
    extract(&inputs, &mut facts);
    facts
}

fn with(files: &[(&str, &str)]) -> FactSet {
    facts(tree_of(files))
}

fn platforms(files: &[(&str, &str)]) -> Vec<String> {
    let facts = with(files);
    let names = facts
        .items("hosting.paas")
        .iter()
        .filter_map(|item| item.get("name"));
    names.map(str::to_owned).collect()
}

#[test]
fn platforms_are_shown_by_files_jobs_and_notes() {
    let pages = "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/deploy-pages@v4\n";
    for (files, expected) in [
        (&[("netlify.toml", "")][..], &["netlify"][..]),
        (&[("now.json", "{}")], &["vercel"]),
        (&[("scalingo.json", "{}")], &["scalingo"]),
        (&[("clevercloud/ruby.json", "{}")], &["clever-cloud"]),
        (&[(".github/workflows/a.yml", pages)], &["gh-pages"]),
        (
            &[(".gitlab-ci.yml", "pages:\n  script: [make]\n")],
            &["gitlab-pages"],
        ),
        (&[("CNAME", "x.fr")], &["gh-pages"]),
        (
            &[
                ("docs/.nojekyll", ""),
                ("README.md", "[doc](https://a.github.io/b/)"),
            ],
            &["gh-pages"],
        ),
        (&[("docs/.nojekyll", "")], &[]),
        (
            &[(
                "README.md",
                "# App\n\nThe site is deployed on [Clever Cloud](https://www.clever-cloud.com).\n",
            )],
            &["clever-cloud"],
        ),
        (
            &[(
                "README.md",
                "# App\n\nDeploy it anywhere, for example Heroku. You can deploy it on Netlify.\n",
            )],
            &[],
        ),
        (
            &[(
                "README.md",
                "# Blog\n\nSee the [blog](https://github.com/a/b/tree/blog) branch.\n\nIt is deployed using Netlify.\n",
            )],
            &[],
        ),
        (
            &[("mentions-legales.md", "Hébergeur : Scalingo SAS\n")],
            &[],
        ),
    ] {
        assert_eq!(platforms(files), expected, "{files:?}");
    }
}

#[test]
fn a_procfile_fits_two_platforms_unless_something_tells() {
    assert_eq!(platforms(&[("Procfile", "web: x")]), ["heroku", "scalingo"]);
    assert_eq!(
        platforms(&[("a/Procfile", "web: x"), ("a/runtime.txt", "python-3.8")]),
        ["heroku"]
    );
    assert_eq!(
        platforms(&[
            ("Procfile", "web: x"),
            ("README.md", "See our Scalingo account.\n")
        ]),
        ["scalingo"]
    );
    assert_eq!(
        platforms(&[("Procfile", "web: x"), ("scalingo.json", "{}")]),
        ["scalingo"]
    );
    let expo = r#"{"expo": {"name": "x"}}"#;
    assert!(platforms(&[("app.json", expo)]).is_empty());
    assert!(platforms(&[("app.json", r#"{"name": "x", "displayName": "X"}"#)]).is_empty());
    assert_eq!(
        platforms(&[("app.json", r#"{"buildpacks": []}"#)]),
        ["heroku", "scalingo"]
    );
}

#[test]
fn pins_look_at_bases_and_at_images_of_others() {
    let compose =
        "services:\n  db:\n    image: postgres:16\n  app:\n    build: .\n    image: app:latest\n";
    for (files, expected) in [
        (
            &[("Dockerfile", "ARG V=3\nFROM a:$V AS b\nFROM b\n")][..],
            "all",
        ),
        (
            &[
                ("Dockerfile", "FROM a@sha256:0\n"),
                ("docker-compose.yml", compose),
            ],
            "all",
        ),
        (
            &[
                ("Dockerfile", "FROM a:latest\n"),
                ("docker-compose.yml", compose),
            ],
            "some",
        ),
        (&[("Dockerfile", "FROM \"jekyll/jekyll\"\n")], "none"),
        (&[("Dockerfile", "FROM host:5000/a\n")], "none"),
        (&[("Dockerfile", "ARG BASE\nFROM $BASE\n")], "na"),
        (&[("README.md", "x")], "na"),
    ] {
        assert_eq!(
            with(files).text("hosting.base_images_pinned"),
            Some(expected),
            "{files:?}"
        );
    }
}

#[test]
fn every_image_must_end_as_another_user() {
    let user = "FROM a:1\nCOPY . .\nUSER 1000\n";
    let root = "FROM a:1\nCMD x\n";
    let of = |files: &[(&str, &str)]| {
        with(files)
            .text("hosting.runs_as_non_root")
            .map(str::to_owned)
    };
    assert_eq!(of(&[("Dockerfile", user)]).as_deref(), Some("true"));
    assert_eq!(
        of(&[("Dockerfile", user), ("b/Dockerfile", root)]).as_deref(),
        Some("false")
    );
    assert_eq!(
        of(&[("Dockerfile", "FROM a:1\nUSER app\nUSER root\nCMD x\n")]).as_deref(),
        Some("false")
    );
    assert_eq!(
        of(&[(
            "Dockerfile",
            "FROM nginxinc/nginx-unprivileged:1\nCOPY a b\n"
        )])
        .as_deref(),
        Some("true")
    );
    assert_eq!(
        of(&[("ci/Dockerfile", "FROM circleci/node:latest\nRUN x\n")]).as_deref(),
        Some("na")
    );
    assert_eq!(
        of(&[("tools/Dockerfile", "FROM debian:12\nRUN apt install x\n")]).as_deref(),
        Some("na")
    );
    let composed = [
        ("web/Dockerfile", "FROM a:1\nRUN x\n"),
        ("docker-compose.yml", "services:\n  w:\n    build: ./web\n"),
    ];
    assert_eq!(of(&composed).as_deref(), Some("false"));
    let facts = with(&[("Dockerfile", "FROM jekyll/jekyll\nCMD x\n")]);
    assert!(matches!(
        facts.get("hosting.runs_as_non_root"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn the_health_of_the_own_service_is_watched() {
    let image = "FROM a:1\nCMD x\n";
    let of = |files: &[(&str, &str)]| with(files).text("hosting.healthcheck").map(str::to_owned);
    assert_eq!(
        of(&[("Dockerfile", "FROM a:1\nHEALTHCHECK CMD curl x\nCMD x\n")]).as_deref(),
        Some("true")
    );
    assert_eq!(of(&[("Dockerfile", image)]).as_deref(), Some("false"));
    let database =
        "services:\n  db:\n    image: postgres:16\n    healthcheck:\n      test: pg_isready\n";
    assert_eq!(
        of(&[("Dockerfile", image), ("compose.yml", database)]).as_deref(),
        Some("false")
    );
    let own =
        "services:\n  web:\n    build: .\n    healthcheck:\n      test: curl -f http://localhost\n";
    assert_eq!(
        of(&[("Dockerfile", image), ("compose.yml", own)]).as_deref(),
        Some("true")
    );
    let job = "apiVersion: batch/v1\nkind: CronJob\n";
    assert_eq!(
        of(&[("Dockerfile", image), ("k8s/job.yaml", job)]).as_deref(),
        Some("na")
    );
    let probe = "apiVersion: apps/v1\nkind: Deployment\nspec:\n  livenessProbe:\n    httpGet: {}\n";
    assert_eq!(
        of(&[("Dockerfile", image), ("k8s/app.yaml", probe)]).as_deref(),
        Some("true")
    );
    assert_eq!(of(&[("README.md", "x")]).as_deref(), Some("na"));
}

#[test]
fn the_deployment_guide_is_a_file_or_a_section() {
    for (files, expected) in [
        (
            &[
                ("Deploiement.md", "# x"),
                ("README.md", "# App\n\n## Deployment\n"),
            ][..],
            Some("Deploiement.md"),
        ),
        (
            &[(
                "README.md",
                "# App\n\n### _PRODUCTION_\n\nx\n\n### _PRODUCTION_ : update code and deploy\n",
            )],
            Some("README.md#_PRODUCTION_"),
        ),
        (
            &[
                ("README.md", "# A\n\n## Production\n"),
                ("guide.md", "### Learn how to deploy it\n"),
            ],
            Some("guide.md#Learn how to deploy it"),
        ),
        (
            &[("README.md", "# A\n\n## Déploiement en recette\n")],
            Some("README.md#Déploiement en recette"),
        ),
        (
            &[(
                "documentation/deployment_log.md",
                "# Journal de mise en production\n",
            )],
            None,
        ),
        (
            &[(
                "README.md",
                "### Compiles and minifies for production\n\n## Known deployments\n",
            )],
            None,
        ),
    ] {
        assert_eq!(
            with(files).text("hosting.deploy_doc"),
            expected,
            "{files:?}"
        );
    }
}

#[test]
fn providers_are_named_by_notices_and_statements_not_by_suggestions() {
    for (files, expected) in [
        (
            &[(
                "app/mentions-legales.jsx",
                "<p>Hébergé par</p>\n<p>OVH SAS</p>",
            )][..],
            Some("OVH"),
        ),
        (
            &[(
                "README.md",
                "- Server: hosted in [Digital Ocean](http://d.com), domain name from OVH\n",
            )],
            Some("DigitalOcean"),
        ),
        (
            &[(
                "README.md",
                "1. get a server - check digital ocean, OVH, ...\n",
            )],
            None,
        ),
        (
            &[(
                "config/queue.php",
                "'https://sqs.us-east-1.amazonaws.com/your-account-id'",
            )],
            None,
        ),
        (
            &[(".env.sample", "S3=https://s3.fr-par.scw.cloud\n")],
            Some("Scaleway"),
        ),
        (&[("Procfile", "web: x")], None),
    ] {
        assert_eq!(with(files).text("hosting.provider"), expected, "{files:?}");
    }
}

#[test]
fn references_to_the_programmes_servers_are_found_where_they_matter() {
    let hosts = |files: &[(&str, &str)]| {
        let facts = with(files);
        let hosts = facts
            .items("hosting.programme_server")
            .iter()
            .filter_map(|item| item.get("host"));
        hosts.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        hosts(&[("nginx/site.conf", "server_name app.eig-forever.org;")]),
        ["app.eig-forever.org"]
    );
    assert_eq!(
        hosts(&[("deploy.sh", "scp x root@37.187.137.47:/srv")]),
        ["37.187.137.47"]
    );
    assert_eq!(
        hosts(&[("README.md", "Demo: <https://a.eig-apps.org>\n")]),
        ["a.eig-apps.org"]
    );
    assert_eq!(
        hosts(&[(".env.example", "URL=https://eig.etalab.gouv.fr\n")]),
        ["eig.etalab.gouv.fr"]
    );
    for (path, text) in [
        (
            "README.md",
            "See https://doc.eig-forever.org/ and https://eig.etalab.gouv.fr\n",
        ),
        (
            "README.md",
            "The documentation can be seen at https://b.eig-forever.org.\n",
        ),
        ("CHANGELOG.md", "moved from a.eig-apps.org\n"),
        ("_posts/a.md", "https://a.eig-apps.org\n"),
        ("_data/projects.yml", "url: https://a.eig-apps.org\n"),
        ("page.html", "<a href=\"https://a.eig-apps.org\">x</a>"),
        (
            "README.md",
            "https://entrepreneur-interet-general.etalab.gouv.fr noteig-apps.org\n",
        ),
    ] {
        assert!(hosts(&[(path, text)]).is_empty(), "{path}: {text}");
    }
}

#[test]
fn a_cut_listing_leaves_absences_unknown() {
    let facts = facts(MemoryTree::new().file("README.md", "x").truncated());
    for key in [
        "hosting.dockerfiles",
        "hosting.healthcheck",
        "hosting.env_example",
        "hosting.programme_server",
    ] {
        assert!(
            matches!(facts.get(key), Some(Observed::Unknown(_))),
            "{key}"
        );
    }
}
