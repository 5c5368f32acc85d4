// SPDX-License-Identifier: EUPL-1.2
//! The room as its users see it: real catalogue, invented irregularities, bad input.

use std::fs::{self, File};

use jiff::civil::date;

use super::check::check_view;
use super::eig::parse_defis;
use super::list::parse_list;
use super::toml::parse_perenne;
use super::*;
use crate::model::settings::ForgeKind;

/// The reader's own words for a message: code and parameters.
fn say(message: &Message) -> String {
    let params: Vec<_> = message
        .params
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!("{} {}", message.code, params.join(" "))
}

fn from_text(name: &str, text: &str) -> Catalogue {
    load_text(name, text, &LoadOptions::default()).unwrap()
}

fn codes(problems: &[Problem]) -> Vec<(u32, &str)> {
    problems
        .iter()
        .map(|problem| (problem.line.unwrap_or(0), problem.code()))
        .collect()
}

/// The shared copy of the programme's site, beside a checkout or a work tree; `None` where it is absent.
#[expect(
    clippy::print_stderr,
    reason = "a skipped test says why in the tests' output"
)]
fn real_site() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"]
        .iter()
        .map(|shared| root.join(shared).join("data/site-eig/defis.yml"))
        .find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: the shared copy of the programme's catalogue is absent");
    }
    found
}

#[test]
fn the_real_catalogue_is_understood() {
    let Some(path) = real_site() else { return };
    let catalogue = load(&path, &LoadOptions::default()).unwrap();
    assert_eq!(catalogue.problems, []);
    assert_eq!(catalogue.defis.len(), 71);
    let without = catalogue.defis.iter().filter(|d| d.sources.is_empty());
    assert_eq!(without.count(), 38);

    let count = |wanted: &dyn Fn(&Source) -> bool| {
        let sources = catalogue.defis.iter().flat_map(|defi| &defi.sources);
        sources.filter(|source| wanted(source)).count()
    };
    let is_direct = |s: &Source| s.kind == AddressKind::Repository && !s.inferred;
    assert_eq!(count(&|s| is_direct(s) && s.host == "github.com"), 22);
    assert_eq!(count(&|s| is_direct(s) && s.host == "gitlab.com"), 2);
    assert_eq!(count(&|s| s.inferred && s.host == "github.com"), 3);
    assert_eq!(count(&|s| s.kind == AddressKind::Account), 5);
    assert_eq!(count(&|s| s.kind == AddressKind::Site), 1);
    assert_eq!(count(&|s| s.main), 33);
    // one repository belongs to two défis, and stays in both
    let repositories = catalogue.repositories();
    assert_eq!(repositories.len(), 26);
    assert_eq!(repositories.values().filter(|d| d.len() == 2).count(), 1);

    let mut promotions = BTreeMap::new();
    for defi in &catalogue.defis {
        let names = (defi.promotion_id.clone(), defi.promotion.clone());
        *promotions.entry(names).or_insert(0) += 1;
    }
    let name = |id: &str, name: &str| (Some(id.to_owned()), Some(name.to_owned()));
    let expected = [
        (name("1", "EIG 1"), 9),
        (name("2", "EIG 2"), 13),
        (name("3", "EIG 3"), 15),
        (name("4", "EIG 4"), 17),
        (name("dig", "DIG"), 17),
    ];
    assert_eq!(promotions, BTreeMap::from(expected));

    // what is said of entries: three supplied hosts, three undeclared repositories
    let mut said = BTreeMap::new();
    for problem in catalogue.all_problems() {
        *said.entry(problem.code()).or_insert(0) += 1;
    }
    let expected = [("address-host-inferred", 3), ("source-undeclared", 3)];
    assert_eq!(said, BTreeMap::from(expected));
}

#[test]
fn every_irregular_address_of_an_entry_is_read_or_explained() {
    for (value, expected) in [
        (
            "https://github.com/acme/tool",
            "repository https://github.com/acme/tool",
        ),
        ("https://github.com/acme", "account https://github.com/acme"),
        (
            "https://gitlab.com/acme/tool",
            "repository https://gitlab.com/acme/tool",
        ),
        (
            "https://gitlab.com/a/b/c",
            "repository https://gitlab.com/a/b/c",
        ),
        ("https://gitlab.com/acme", "account https://gitlab.com/acme"),
        ("https://acme.github.io/", "site https://acme.github.io"),
        (
            "https://acme-corp/tool",
            "inferred repository https://github.com/acme-corp/tool ! address-host-inferred",
        ),
        (
            "https://git.exemple.fr/someone/",
            "account https://git.exemple.fr/someone",
        ),
        (
            "https://github.com/a/b/blob/main/x.md",
            "repository https://github.com/a/b ! address-cut-to-repository",
        ),
        (
            "https://github.com/search?q=topic%3Ax",
            "! address-not-a-repository",
        ),
        (
            "https://u:p@github.com/a/b",
            "repository https://github.com/a/b ! address-credentials-removed",
        ),
        (
            "[https://github.com/a/b, https://github.com/a/c]",
            "repository https://github.com/a/b repository https://github.com/a/c",
        ),
        (
            "[https://github.com/a/b, https://github.com/A/B/]",
            "repository https://github.com/a/b ! duplicate-source",
        ),
        ("bientôt disponible", "! address-not-understood"),
        ("42", "! expected-texts"),
        ("{url: x}", "! expected-texts"),
        ("", ""),
        ("~", ""),
        ("\"\"", ""),
    ] {
        let catalogue = from_text(
            "defis.yml",
            &format!("\"X\":\n  title: X\n  source_code: {value}\n"),
        );
        let defi = &catalogue.defis[0];
        let mut read: Vec<String> = Vec::new();
        for source in &defi.sources {
            assert_eq!(source.line, 3);
            let kind = serde_json::to_value(source.kind).unwrap();
            let inferred = if source.inferred { "inferred " } else { "" };
            read.push(format!(
                "{inferred}{} {}",
                kind.as_str().unwrap(),
                source.url
            ));
        }
        for problem in &defi.problems {
            assert_eq!(problem.line, Some(3), "{value}");
            read.push(format!("! {}", problem.code()));
        }
        assert_eq!(read.join(" "), expected, "{value}");
    }
}

#[test]
fn one_bad_entry_does_not_stop_the_others() {
    let text = "A: 3\nB:\n  sourcecode: https://github.com/a/b\n  duration_months: dix\n  title: 2017\nC:\n  couleur: x\n\
                B:\n  title: [x]\n";
    let catalogue = from_text("defis.yml", text);
    let ids: Vec<_> = catalogue.defis.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["A", "B", "C", "B (2)"]);
    assert_eq!(
        codes(&catalogue.defis[0].problems),
        [(1, "entry-not-a-mapping")]
    );
    let b = &catalogue.defis[1];
    assert_eq!(
        codes(&b.problems),
        [(3, "unknown-key"), (4, "expected-whole-number")]
    );
    let meant = b.problems[0].suggestion.as_ref().unwrap();
    assert_eq!(meant.params["value"], "source_code");
    assert_eq!(b.title, "2017");
    assert_eq!(codes(&catalogue.defis[2].problems), [(7, "unknown-key")]);
    let twice = &catalogue.defis[3];
    assert_eq!(
        codes(&twice.problems),
        [(8, "duplicate-id"), (9, "expected-text")]
    );
    assert_eq!(twice.problems[0].message.params["first"], "2");
    assert_eq!(catalogue.problems, []);
}

#[test]
fn a_second_id_never_takes_one_that_is_used() {
    let catalogue = from_text("defis.yml", "X: {}\nX (2): {}\nX: {}\n");
    let ids: Vec<_> = catalogue.defis.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["X", "X (2)", "X (3)"]);
}

/// The example in the documentation of the format.
fn documented_example() -> String {
    let lines = include_str!("toml.rs")
        .lines()
        .skip_while(|line| *line != "//! ```toml")
        .skip(1)
        .take_while(|line| *line != "//! ```");
    lines
        .map(|line| line.trim_start_matches("//!").trim_start().to_owned() + "\n")
        .collect()
}

#[test]
fn the_documented_example_is_read_without_a_problem() {
    let text = documented_example();
    let (mut catalogue, sources) = parse_perenne("perenne.toml", &text).unwrap();
    catalogue.settle();
    assert_eq!(
        catalogue.all_problems().collect::<Vec<_>>(),
        Vec::<&Problem>::new()
    );
    assert_eq!(sources[0].path, "defis.yml");
    assert_eq!(sources[0].from, Some(Format::Eig));
    assert_eq!(catalogue.programme.language.as_deref(), Some("fr"));
    let defi = &catalogue.defis[0];
    assert_eq!(defi.promotion.as_deref(), Some("EIG 4"));
    let urls: Vec<_> = defi
        .sources
        .iter()
        .map(|s| (s.url.as_str(), s.main))
        .collect();
    let expected = [
        ("https://github.com/exemple/cartes", true),
        ("./depots/cartes-api.bundle", false),
    ];
    assert_eq!(urls, expected);
    let context = catalogue.context(defi);
    assert_eq!(context.starts, Some(date(2020, 10, 1)));
    assert_eq!(context.duration_months, Some(9));
    assert_eq!(context.handover, Some(date(2021, 6, 30)));
    let forge = &catalogue.forges[0];
    assert_eq!(forge.kind, Some(ForgeKind::GitLab));
    assert_eq!(
        (forge.token_env.as_slice(), forge.allow_private),
        (&["EXEMPLE_TOKEN".to_owned()][..], true)
    );
    let rule = &catalogue.rules[0];
    assert_eq!(
        (rule.rule.as_str(), rule.weight),
        ("commits-recent", Some(5))
    );
    assert_eq!(rule.params["max_days"], 400);
    assert_eq!(
        catalogue.site.contact.as_deref(),
        Some("https://exemple.fr/contact")
    );

    let id = |text: &str| RepositoryId::new(text);
    assert_eq!(
        catalogue
            .waivers_for(&defi.id, &id("github.com/exemple/cartes"))
            .len(),
        1
    );
    assert_eq!(
        catalogue
            .waivers_for(&defi.id, &id("github.com/exemple/autre"))
            .len(),
        0
    );
    let other = DefiId::new("Autre");
    assert_eq!(
        catalogue
            .waivers_for(&other, &id("github.com/exemple/cartes"))
            .len(),
        0
    );
}

#[test]
fn the_documented_example_names_every_key() {
    let text = documented_example();
    for key in [
        "programme",
        "promotion",
        "source",
        "defi",
        "forge",
        "rules",
        "waiver",
        "site",
    ] {
        assert!(text.contains(&format!("[{key}")), "{key}");
    }
}

#[test]
fn every_problem_of_a_configuration_is_listed_at_once() {
    let text = "[programm]\n[programme]\nlanguage = 'de'\n[[promotion]]\nname = 'x'\nstarts = 'demain'\n\
                [[forge]]\nhost = 'https://x/'\ntoken = 'a'\ntoken_env = 'ghp_abcdef'\nconcurrency = 0\n\
                [rules.r]\nseverity = 'programe'\nweight = -1\n[[waiver]]\nrule = 'r'\nrepository = 'à voir'\n\
                [site]\nurl = 'ici'\n[[defi]]\nid = 'A'\ntitel = 'x'\n[[defi]]\nid = 'A'\n[[source]]\nform = 'eig'\n";
    let catalogue = from_text("perenne.toml", text);
    let expected = [
        (1, "unknown-key"),
        (3, "expected-choice"),
        (4, "missing-key"),
        (6, "expected-date"),
        (7, "expected-host"),
        (7, "out-of-range"),
        (9, "unknown-key"),
        (10, "token-not-a-variable"),
        (13, "expected-choice"),
        (14, "expected-whole-number"),
        (15, "missing-key"),
        (15, "missing-key"),
        (15, "missing-key"),
        (15, "address-not-understood"),
        (19, "expected-url"),
        (25, "missing-key"),
        (26, "unknown-key"),
    ];
    assert_eq!(codes(&catalogue.problems), expected);
    assert!(catalogue.waivers.is_empty() && catalogue.forges.is_empty());
    assert_eq!(codes(&catalogue.defis[0].problems), [(22, "unknown-key")]);
    assert_eq!(catalogue.defis[1].id.as_str(), "A (2)");
    assert_eq!(codes(&catalogue.defis[1].problems), [(23, "duplicate-id")]);
    let all = format!("{:?}", catalogue.all_problems().collect::<Vec<_>>());
    assert!(!all.contains("ghp_abcdef"));
}

#[test]
fn a_waiver_with_an_unreadable_scope_never_covers_everything() {
    let whole = "[[waiver]]\nrule='r'\nreason='x'\nauthor='x'\nexpires=2030-01-01\n";
    let id = (DefiId::new("d"), RepositoryId::new("github.com/a/b"));
    let granted = |scope: &str| {
        let (catalogue, _) = parse_perenne("p", &format!("{whole}{scope}\n")).unwrap();
        catalogue.waivers_for(&id.0, &id.1).len()
    };
    assert_eq!(granted(""), 1);
    assert_eq!(granted("repository = 'https://github.com/A/B.git'"), 1);
    for scope in [
        "repository = 3",
        "repository = 'https://github.com/a'",
        "defi = []",
        "repository = 'x y'",
    ] {
        assert_eq!(granted(scope), 0, "{scope}");
    }
}

#[test]
fn a_waiver_for_an_unknown_defi_is_a_problem() {
    let text = "[[defi]]\nid='Cartes'\n[[waiver]]\nrule='r'\nreason='x'\nauthor='x'\nexpires=2030-01-01\ndefi='Carte'\n";
    let catalogue = from_text("perenne.toml", text);
    assert_eq!(codes(&catalogue.problems), [(3, "unknown-defi")]);
    assert!(catalogue.problems[0].suggestion.is_some());
}

#[test]
fn a_list_makes_an_entry_of_each_line() {
    let text = "# comptes\n\nhttps://github.com/acme/tool # le principal\n./depots/a.bundle\nacme/x\nrien du tout\n\
                https://github.com/acme/tool\nhttps://github.com/acme/y#readme\nhttps://gitlab.com/a/b un mot\n";
    let mut catalogue = parse_list("liste.txt", text);
    catalogue.settle();
    let read: Vec<_> = catalogue
        .defis
        .iter()
        .map(|defi| {
            (
                defi.line,
                defi.id.as_str(),
                defi.sources.len(),
                defi.problems.len(),
            )
        })
        .collect();
    let expected = [
        (3, "github.com/acme/tool", 1, 0),
        (4, "depots/a.bundle", 1, 0),
        (5, "github.com/acme/x", 1, 1),
        (6, "rien du tout", 0, 1),
        (7, "github.com/acme/tool (2)", 1, 1),
        (8, "github.com/acme/y", 1, 0),
        (9, "gitlab.com/a/b", 1, 1),
    ];
    assert_eq!(read, expected);
    assert_eq!(catalogue.defis[0].title, "acme/tool");
}

#[test]
fn formats_are_recognised_by_their_content() {
    for (name, text, expected) in [
        ("x", "[programme]\ntitle = 'x'\n", Some(Format::Toml)),
        ("x", "# a\n[[defi]]\nid = 'x'\n", Some(Format::Toml)),
        ("x.yml", "title = 'x'\n", Some(Format::Toml)),
        ("x.toml", "\"ADEX\":\n  title: x\n", Some(Format::Eig)),
        ("x", "A: {title: x}\n", Some(Format::Eig)),
        ("x.toml", "https://github.com/a/b?x=1\n", Some(Format::List)),
        ("x", "# c\nTODO\ngithub.com/a/b\n", Some(Format::List)),
        ("x.toml", "[programme\n", Some(Format::Toml)),
        ("x.yml", "du texte\n", Some(Format::Eig)),
        ("x", "du texte\n", None),
        ("x", "", Some(Format::List)),
        ("perenne.toml", "", Some(Format::Toml)),
    ] {
        assert_eq!(recognise(name, text), expected, "{name}: {text}");
    }
}

#[test]
fn what_is_no_catalogue_names_the_place() {
    let failed = |name: &str, text: &str| {
        let error = load_text(name, text, &LoadOptions::default()).unwrap_err();
        let problems = error.problems();
        (problems[0].line, problems[0].code().to_owned())
    };
    assert_eq!(
        failed("d.yml", "a: b: c\n"),
        (Some(1), "not-yaml".to_owned())
    );
    assert_eq!(
        failed("d.yml", "- a: 1\n"),
        (Some(1), "not-a-catalogue".to_owned())
    );
    assert_eq!(
        failed("p.toml", "a = 1\nb = = 2\n"),
        (Some(2), "not-toml".to_owned())
    );
    assert_eq!(
        failed("notes", "du texte\n"),
        (None, "format-not-recognised".to_owned())
    );
    assert!(parse_defis("d.yml", "a: &a [*a]\n").is_err());
}

#[test]
fn bad_files_have_their_own_words_and_an_empty_one_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let code = |path: &Path| {
        let error = load(path, &LoadOptions::default()).unwrap_err();
        error.problems()[0].code().to_owned()
    };
    assert_eq!(code(&at("none.yml")), "file-not-found");
    assert_eq!(code(folder.path()), "not-a-file");
    fs::write(at("nul.yml"), b"a:\0 b\n").unwrap();
    assert_eq!(code(&at("nul.yml")), "not-text");
    let large = File::create(at("large.yml")).unwrap();
    large
        .set_len(crate::model::limits::CONFIG_BYTES + 1)
        .unwrap();
    assert_eq!(code(&at("large.yml")), "file-too-large");
    for name in ["empty.yml", "empty.toml", "empty.txt"] {
        fs::write(at(name), "").unwrap();
        let catalogue = load(&at(name), &LoadOptions::default()).unwrap();
        assert_eq!(
            codes(&catalogue.problems),
            [(0, "catalogue-empty")],
            "{name}"
        );
    }
}

#[test]
fn files_are_combined_and_paths_stay_with_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("data")).unwrap();
    fs::write(
        at("data/defis.yml"),
        "A:\n  promotion: 4\n  source_code: ./a.bundle\n",
    )
    .unwrap();
    fs::write(
        at("data/promos.yml"),
        "EIG 4:\n  promotion: 4\n  title: t\n",
    )
    .unwrap();
    let text = "[[promotion]]\nid = 'EIG 4'\nstarts = 2020-09-01\nduration_months = 10\n\
                [[source]]\npath = 'data/defis.yml'\n[[source]]\npath = 'none.yml'\n\
                [[defi]]\nid = 'B'\npromotion = '5'\nrepositories = ['./a.bundle']\n";
    fs::write(at("perenne.toml"), text).unwrap();

    let catalogue = load(&at("perenne.toml"), &LoadOptions::default()).unwrap();
    assert_eq!(
        codes(&catalogue.problems),
        [(7, "source-unreadable"), (0, "file-not-found")]
    );
    let [a, b] = catalogue.defis.as_slice() else {
        panic!("two défis: {:?}", catalogue.defis)
    };
    assert_eq!(
        (a.promotion.as_deref(), a.sources[0].url.as_str()),
        (Some("EIG 4"), "./data/a.bundle")
    );
    assert_eq!(a.sources[0].local, Some(at("data/./a.bundle")));
    assert_eq!(catalogue.context(a).starts, Some(date(2020, 9, 1)));
    assert_eq!(b.sources[0].url, "./a.bundle");
    assert_eq!(codes(&b.problems), [(9, "unknown-promotion")]);
    assert_eq!(catalogue.repositories().len(), 2);

    // the same configuration beside another catalogue
    let options = LoadOptions {
        from: None,
        config: Some(at("perenne.toml")),
    };
    fs::write(at("liste"), "github.com/a/b\n").unwrap();
    let catalogue = load(&at("liste"), &options).unwrap();
    let ids: Vec<_> = catalogue.defis.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["github.com/a/b", "A", "B"]);
    assert_eq!(catalogue.programme.promotions.len(), 1);
}

#[test]
fn a_named_catalogue_may_not_name_others() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(
        at("a.toml"),
        "[[source]]\npath = 'b.toml'\n[[defi]]\nid = 'A'\n",
    )
    .unwrap();
    fs::write(
        at("b.toml"),
        "[[source]]\npath = 'a.toml'\n[[defi]]\nid = 'B'\n",
    )
    .unwrap();
    let catalogue = load(&at("a.toml"), &LoadOptions::default()).unwrap();
    assert_eq!(codes(&catalogue.problems), [(1, "source-nested")]);
    assert_eq!(catalogue.defis.len(), 2);
}

#[test]
fn the_check_has_the_agreed_shape() {
    let catalogue = from_text(
        "defis.yml",
        "A:\n  promotion: 4\n  source_code: https://acme/x\nB: {promotion: dig}\n",
    );
    let view = serde_json::to_value(check_view(&catalogue, &say)).unwrap();
    let expected = serde_json::json!({
        "schema_version": "1.0",
        "defis": [
            {
                "id": "A", "title": "A", "promotion": "4",
                "sources": [{
                    "kind": "repository", "url": "https://github.com/acme/x", "host": "github.com",
                    "inferred": true, "line": 3
                }],
                "problems": [{
                    "file": "defis.yml", "line": 3, "code": "address-host-inferred",
                    "message": "address-host-inferred url=https://github.com/acme/x",
                    "suggestion": "write-instead value=https://github.com/acme/x"
                }]
            },
            { "id": "B", "title": "B", "promotion": "dig", "sources": [], "problems": [] }
        ],
        "problems": []
    });
    assert_eq!(view, expected);
}

#[test]
fn no_text_makes_the_readers_panic() {
    let pieces = [
        "[", "]]", "a", "=", ":", "\n", "- ", "\"", "{", "}", "#", "é", "\0", "&a", "*a", "1",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                let text = format!("{a}{b}{c}{a}");
                for format in [
                    None,
                    Some(Format::Eig),
                    Some(Format::Toml),
                    Some(Format::List),
                ] {
                    let options = LoadOptions {
                        from: format,
                        config: None,
                    };
                    let _ = load_text("x", &text, &options);
                }
            }
        }
    }
}

#[test]
fn personal_names_are_not_kept() {
    let catalogue = from_text(
        "defis.yml",
        "A:\n  eigs: ['Camille Exemple']\n  mentors: ['Dominique Exemple']\n",
    );
    assert!(!format!("{catalogue:?}").contains("Exemple"));
    assert_eq!(catalogue.defis[0].problems, []);
}

#[test]
fn hostile_sizes_are_cut_and_said() {
    let many = "a/b\n".repeat(CATALOGUE_ENTRIES + 5);
    let mut catalogue = parse_list("l", &many);
    catalogue.settle();
    assert_eq!(catalogue.defis.len(), CATALOGUE_ENTRIES);
    assert_eq!(catalogue.problems[0].code(), "too-many-entries");

    let sources: Vec<_> = (0..3000).map(|n| format!("'github.com/a/{n}'")).collect();
    let text = format!("[[defi]]\nid='x'\nrepositories=[{}]\n", sources.join(","));
    let catalogue = from_text("perenne.toml", &text);
    assert_eq!(catalogue.defis[0].sources.len(), 1000);
    assert_eq!(codes(&catalogue.defis[0].problems), [(1, "too-many-items")]);

    let unknown: Vec<_> = (0..50_000).map(|n| format!("k{n}=1")).collect();
    let catalogue = from_text("perenne.toml", &unknown.join("\n"));
    assert_eq!(catalogue.problems.len(), 1002);
}
