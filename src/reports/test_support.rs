// SPDX-License-Identifier: EUPL-1.2
//! An invented rule set and invented cards: good, bad, mostly unknown, hostile, and a programme of them.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::model::context::Milestone;
use crate::model::date::Moment;
use crate::model::evidence::Evidence;
use crate::model::finding::{Finding, Place, Waiver, WaiverOrigin};
use crate::model::ids::{CategoryId, DefiId, Fingerprint, RepositoryId, RuleId};
use crate::model::message::Message;
use crate::model::outcome::{Credit, Outcome, Reason, ReasonCode};
use crate::rules::licences::LicenceTable;
use crate::rules::model::{
    Audience, Axis, Bilingual, Category, Effort, Page, Rule, RuleSet, RuleSource, Severity,
    SourceKind, Status,
};
use crate::rules::predicate::Predicate;
use crate::scoring::card::*;

/// What a repository could write to break a page.
pub(super) const HOSTILE: &str =
    "<script>alert('x')</script>\"'&\u{202e}\u{1b}[31m`|[a](javascript:b)";

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

fn both(fr: &str, en: &str) -> Bilingual {
    Bilingual {
        fr: fr.to_owned(),
        en: en.to_owned(),
    }
}

type RuleLine = (
    &'static str,
    &'static str,
    Severity,
    Effort,
    u32,
    [&'static str; 4],
);

use Effort::{Days, Hours, Minutes};
use Severity::{Bonus, Law, Programme, Recommended};

const RULES: &[RuleLine] = &[
    (
        "hosting",
        "hosting-recipe-present",
        Recommended,
        Hours,
        6,
        [
            "Recette de déploiement présente",
            "Deployment recipe present",
            "Ajouter un Dockerfile ou un fichier compose, et le décrire.",
            "Add a Dockerfile or a compose file, and describe it.",
        ],
    ),
    (
        "hosting",
        "hosting-jurisdiction-to-review",
        Programme,
        Days,
        2,
        [
            "Hébergement : juridiction à examiner",
            "Hosting: jurisdiction to review",
            "Vérifier avec l'administration le lieu d'hébergement des données.",
            "Check with the administration where data are hosted.",
        ],
    ),
    (
        "readme",
        "readme-present",
        Programme,
        Minutes,
        8,
        [
            "README présent",
            "README present",
            "Écrire un README : à quoi sert le projet, pour qui, comment le lancer.",
            "Write a README: what the project is for, for whom, how to run it.",
        ],
    ),
    (
        "readme",
        "readme-contact",
        Programme,
        Minutes,
        4,
        [
            "Moyen de contact indiqué",
            "Contact stated",
            "Indiquer une adresse de service ou un lien vers les tickets.",
            "State a service address or a link to the issues.",
        ],
    ),
    (
        "documentation",
        "documentation-install",
        Programme,
        Hours,
        6,
        [
            "Documentation d'installation",
            "Installation documentation",
            "Décrire l'installation, des prérequis au premier lancement.",
            "Describe the installation, from prerequisites to the first run.",
        ],
    ),
    (
        "documentation",
        "documentation-architecture",
        Recommended,
        Hours,
        3,
        [
            "Schéma d'architecture",
            "Architecture diagram",
            "Ajouter un schéma des composants et des flux de données.",
            "Add a diagram of components and data flows.",
        ],
    ),
    (
        "ci",
        "ci-tests-present",
        Programme,
        Days,
        6,
        [
            "Tests unitaires présents",
            "Unit tests present",
            "Écrire des tests pour les règles métier d'abord.",
            "Write tests, business rules first.",
        ],
    ),
    (
        "ci",
        "ci-runs-on-change",
        Recommended,
        Hours,
        4,
        [
            "Tests lancés à chaque changement",
            "Tests run on each change",
            "Ajouter une tâche d'intégration continue qui lance les tests.",
            "Add a continuous integration job that runs the tests.",
        ],
    ),
    (
        "security",
        "security-no-secret-committed",
        Law,
        Hours,
        10,
        [
            "Aucun secret dans le dépôt",
            "No secret committed",
            "Révoquer le secret, puis le retirer du dépôt.",
            "Revoke the secret, then remove it from the repository.",
        ],
    ),
    (
        "security",
        "security-policy-reachable",
        Recommended,
        Minutes,
        3,
        [
            "Politique de sécurité accessible",
            "Security policy reachable",
            "Ajouter un fichier SECURITY.md avec un moyen de signalement.",
            "Add a SECURITY.md file with a way to report.",
        ],
    ),
    (
        "sustainability",
        "sustainability-maintenance-declared",
        Programme,
        Minutes,
        4,
        [
            "Maintenance déclarée",
            "Maintenance declared",
            "Dire dans le README si le projet est maintenu, et par qui.",
            "Say in the README whether the project is maintained, and by whom.",
        ],
    ),
    (
        "sustainability",
        "commits-recent",
        Recommended,
        Days,
        4,
        [
            "Activité récente",
            "Recent activity",
            "Reprendre l'activité, ou dire que le projet est en pause.",
            "Resume activity, or say that the project is paused.",
        ],
    ),
    (
        "licence",
        "licence-file-present",
        Programme,
        Minutes,
        10,
        [
            "Fichier de licence présent",
            "Licence file present",
            "Ajouter à la racine un fichier LICENSE contenant le texte intégral de la licence.",
            "Add a root LICENSE file with the full licence text.",
        ],
    ),
    (
        "licence",
        "licence-approved-for-administration",
        Law,
        Minutes,
        10,
        [
            "Licence figurant sur la liste réglementaire",
            "Licence on the regulatory list",
            "Choisir une licence de la liste (article D323-2-1 du CRPA).",
            "Choose a licence from the list (CRPA art. D323-2-1).",
        ],
    ),
    (
        "licence",
        "licence-consistent",
        Bonus,
        Minutes,
        4,
        [
            "Licence cohérente partout",
            "Licence consistent everywhere",
            "Aligner le champ licence des manifestes sur le fichier LICENSE.",
            "Align the manifests' licence field with the LICENSE file.",
        ],
    ),
    (
        "openness",
        "openness-issue-tracker",
        Programme,
        Minutes,
        3,
        [
            "Suivi des tickets ouvert",
            "Issue tracker open",
            "Ouvrir le suivi des tickets et l'indiquer dans le README.",
            "Open the issue tracker and say so in the README.",
        ],
    ),
    (
        "openness",
        "openness-project-website",
        Bonus,
        Minutes,
        2,
        [
            "Site du projet indiqué",
            "Project website stated",
            "Indiquer l'adresse du service dans le README.",
            "State the service's address in the README.",
        ],
    ),
];

const AXES: &[(&str, [&str; 4])] = &[
    (
        "deploiement",
        [
            "Déploiement",
            "Deployment",
            "Le service peut-il tourner durablement chez l'administration qui le porte ?",
            "Can the service run for good at the administration behind it?",
        ],
    ),
    (
        "transmission",
        [
            "Transmission",
            "Handover",
            "Une autre équipe a-t-elle de quoi comprendre et reprendre le projet ?",
            "Does another team have what it takes to understand the project and take it over?",
        ],
    ),
    (
        "fiabilisation",
        [
            "Fiabilisation",
            "Reliability",
            "Que se passe-t-il en cas de panne, de faille ou de départ de l'équipe ?",
            "What happens when something breaks, a flaw is found or the team leaves?",
        ],
    ),
    (
        "ouverture",
        [
            "Ouverture",
            "Openness",
            "D'autres peuvent-ils trouver, étudier et réutiliser le projet ?",
            "Can others find, study and reuse the project?",
        ],
    ),
];

const CATEGORIES: &[(&str, &str, &str, &str)] = &[
    ("hosting", "deploiement", "Hébergement", "Hosting"),
    ("readme", "transmission", "README", "README"),
    (
        "documentation",
        "transmission",
        "Documentation",
        "Documentation",
    ),
    (
        "ci",
        "fiabilisation",
        "Tests et intégration continue",
        "Tests and continuous integration",
    ),
    ("security", "fiabilisation", "Sécurité", "Security"),
    (
        "sustainability",
        "fiabilisation",
        "Pérennité",
        "Sustainability",
    ),
    ("licence", "ouverture", "Licence", "Licence"),
    (
        "openness",
        "ouverture",
        "Ouverture du projet",
        "Openness of the project",
    ),
];

/// The rule set: one team rule, the others public.
pub(super) fn rules() -> RuleSet {
    RuleSet {
        rules: RULES.iter().map(rule).collect(),
        axes: (1..)
            .zip(AXES)
            .map(|(order, (id, [fr, en, ask_fr, ask_en]))| Axis {
                id: (*id).to_owned(),
                order,
                weight: 1,
                title: both(fr, en),
                question: both(ask_fr, ask_en),
            })
            .collect(),
        categories: (1..)
            .zip(CATEGORIES)
            .map(|(order, (id, axis, fr, en))| Category {
                skip_technical_forks: false,
                id: CategoryId::new(*id),
                order,
                axis: (*axis).to_owned(),
                weight: 1,
                title: both(fr, en),
            })
            .collect(),
        scales: Vec::new(),
        lists: BTreeMap::new(),
        lifecycles: BTreeMap::new(),
        licences: LicenceTable::default(),
        version: "0a1b2c3d4e5f".to_owned(),
    }
}

fn rule((category, id, severity, effort, weight, texts): &RuleLine) -> Rule {
    let [title_fr, title_en, remedy_fr, remedy_en] = texts;
    Rule {
        id: RuleId::new(*id),
        category: CategoryId::new(*category),
        since: "0.1.0".to_owned(),
        status: Status::Stable,
        severity: *severity,
        audience: if id.contains("secret") {
            Audience::Team
        } else {
            Audience::Public
        },
        due: Milestone::Kickoff,
        effort: *effort,
        weight: *weight,
        skip_when_historical: false,
        params: BTreeMap::from([("limit_days".to_owned(), 365)]),
        evidence: Vec::new(),
        applies_when: None,
        pass_when: Predicate::Unknown(ReasonCode::NeedsPerson),
        partial_when: None,
        title: both(title_fr, title_en),
        remedy: both(remedy_fr, remedy_en),
        sources: vec![RuleSource {
            document: "eig-link, opensource.md".to_owned(),
            section: Some("§ Ajoutez les informations essentielles".to_owned()),
            url: "https://github.com/entrepreneur-interet-general/eig-link".to_owned(),
            kind: SourceKind::Std,
        }],
        page: Page {
            fr: "## Ce qui est vérifié\nUn fichier `LICENSE` à la racine, dans ce format : texte.\n\n## Pourquoi\nSans cela, personne ne peut reprendre le projet. Voir [la liste](https://www.data.gouv.fr/licences).\n\n| Cas | Réponse |\n|---|---|\n| vide | non |\n\n```\n© [administration]\n```\n\n## Sources\n- ailleurs\n".to_owned(),
            en: "## What is checked\nA `LICENSE` file at the root.\n\n## Why\nWithout it nobody can take over. See [the list](https://www.data.gouv.fr/licences).\n\n| Case | Answer |\n|---|---|\n| empty | no |\n\n```\n© [administration]\n```\n\n## Sources\n- elsewhere\n".to_owned(),
        },
        template: id.contains("policy").then(|| "# Sécurité\n\nÉcrire à : …\n".to_owned()),
    }
}

/// What became of each rule, in the order of [`RULES`]: `+` pass, `~` partial, `-` fail, `?` unknown, `0` not applicable.
struct Draft {
    owner: &'static str,
    name: &'static str,
    outcomes: &'static str,
    score: Option<u16>,
    coverage: u8,
    grade: Option<Grade>,
    axes: [(Option<u16>, u8); 4],
}

/// A good card.
pub(super) fn good() -> Scorecard {
    let mut card = card(&Draft {
        owner: "administration",
        name: "guichet",
        outcomes: "+?+++~+++++++++++",
        score: Some(912),
        coverage: 94,
        grade: Some(Grade::A),
        axes: [
            (Some(1000), 75),
            (Some(929), 100),
            (Some(1000), 100),
            (Some(1000), 100),
        ],
    });
    card.findings[10].credit = Some(Credit::permille(720));
    card.findings[10].outcome = Outcome::Partial;
    card.scales = scales();
    card
}

/// A bad card: a law rule fails, a secret is committed, a waiver is in force and another one claimed.
pub(super) fn bad() -> Scorecard {
    let mut card = card(&Draft {
        owner: "equipe-eig",
        name: "moissonneur",
        outcomes: "--+-~0---?-+--~-0",
        score: Some(286),
        coverage: 88,
        grade: Some(Grade::E),
        axes: [
            (Some(0), 100),
            (Some(571), 100),
            (Some(121), 82),
            (Some(95), 92),
        ],
    });
    card.capped_by = vec![RuleId::new("licence-approved-for-administration")];
    card.coming = vec![Coming {
        rule: RuleId::new("sustainability-maintenance-declared"),
        due: Milestone::Handover,
        date: date(2027, 3, 1),
    }];
    let waiver = |rule: &str, origin| Waiver {
        rule: RuleId::new(rule),
        reason: "Hébergement imposé par le ministère".to_owned(),
        author: "coordination du programme".to_owned(),
        expires: date(2027, 6, 30),
        origin,
    };
    card.findings[1].waiver = Some(waiver(
        "hosting-jurisdiction-to-review",
        WaiverOrigin::Catalogue,
    ));
    card.claimed_waivers = vec![waiver("ci-tests-present", WaiverOrigin::Repository)];
    card.score_with_claimed = Some(Score(334));
    card.repository.excluded = vec!["vendor/elk".to_owned()];
    card.repository.uncommitted = true;
    card.dates_unknown = true;
    card.scales = scales();
    card.priorities = [
        "licence-approved-for-administration",
        "security-no-secret-committed",
        "licence-file-present",
        "ci-runs-on-change",
        "hosting-recipe-present",
        "readme-contact",
        "ci-tests-present",
    ]
    .iter()
    .zip([82, 60, 74, 38, 30, 12, 0])
    .map(|(id, gain)| Priority {
        rule: RuleId::new(*id),
        gain,
        evidence: vec![
            Evidence::line("package.json", 12).with_excerpt("\"license\": \"UNLICENSED\""),
        ],
        good_examples: vec![GoodExample {
            repository: RepositoryId::new("github.com/administration/guichet"),
            name: "administration/guichet".to_owned(),
            evidence: Some(Evidence::path("LICENSE")),
            url: Some("https://github.com/administration/guichet".to_owned()),
            commit: Some(COMMIT.to_owned()),
        }],
    })
    .collect();
    card
}

/// A card of which little is known, in historical state.
pub(super) fn unknown() -> Scorecard {
    let mut card = card(&Draft {
        owner: "ancienne-equipe",
        name: "cartes",
        outcomes: "?????????????+???",
        score: None,
        coverage: 12,
        grade: None,
        axes: [(None, 0), (None, 0), (None, 0), (Some(1000), 34)],
    });
    card.no_grade = Some(NoGrade::Historical);
    card.state = ProjectState::Historical {
        archived: false,
        last_human_commit: Some(Moment::at(date(2019, 4, 2))),
    };
    card.repository.kind = None;
    card.repository.licence = None;
    card.repository.commits = None;
    card.scales = scales();
    card
}

/// A card whose every text is hostile.
pub(super) fn hostile() -> Scorecard {
    let mut card = bad();
    let header = &mut card.repository;
    header.id = RepositoryId::new(HOSTILE);
    header.name = HOSTILE.to_owned();
    header.owner = Some(HOSTILE.to_owned());
    header.url = Some("javascript:alert(1)".to_owned());
    header.commit = Some(HOSTILE.to_owned());
    header.kind = Some(HOSTILE.to_owned());
    header.kind_signs = vec![HOSTILE.to_owned()];
    header.licence = Some(HOSTILE.to_owned());
    header.language = Some(HOSTILE.to_owned());
    for list in [
        &mut header.technologies,
        &mut header.ci,
        &mut header.hosting,
        &mut header.excluded,
    ] {
        *list = vec![HOSTILE.to_owned()];
    }
    let evidence = Evidence {
        path: Some(HOSTILE.to_owned()),
        line: Some(1),
        field: Some(HOSTILE.to_owned()),
        excerpt: Some(HOSTILE.to_owned()),
        note: Some(Message::new("documentation-searched-names").with("files", HOSTILE)),
        uncommitted: false,
    };
    for finding in &mut card.findings {
        finding.evidence = vec![place(&finding.rule, evidence.clone())];
        if let Outcome::Unknown(reason) | Outcome::NotApplicable(reason) = &mut finding.outcome {
            *reason = Reason::new(ReasonCode::Condition)
                .with("fact", HOSTILE)
                .with("value", HOSTILE);
        }
        if let Some(waiver) = &mut finding.waiver {
            waiver.reason = HOSTILE.to_owned();
            waiver.author = HOSTILE.to_owned();
        }
    }
    for priority in &mut card.priorities {
        priority.evidence = vec![evidence.clone()];
        priority.good_examples[0].name = HOSTILE.to_owned();
        priority.good_examples[0].url = Some("data:text/html,x".to_owned());
    }
    card
}

/// A programme with every kind of défi.
pub(super) fn programme() -> ProgrammeCard {
    let mut defis = defis();
    defis[1].defi.problems = vec![
        Message::new("documentation-searched-names")
            .with("names", "README*")
            .with("files", 120),
    ];
    defis.sort_by(|a, b| a.defi.title.cmp(&b.defi.title));
    ProgrammeCard {
        title: "Programme d'intérêt général".to_owned(),
        date: date(2026, 11, 23),
        rule_set: "0a1b2c3d4e5f".to_owned(),
        scoring: SCORING_VERSION,
        promotions: vec!["Promotion 3".to_owned(), "Promotion 8".to_owned()],
        grades: [2, 0, 0, 0, 1, 1],
        technologies: [
            ("language", "Python", "guichet"),
            ("language", "TypeScript", "moissonneur"),
            ("framework", "Django", "guichet"),
            ("ci", "github-actions", "guichet"),
            ("hosting", "scalingo", "moissonneur"),
        ]
        .iter()
        .map(|(kind, name, defi)| TechnologyUse {
            kind: (*kind).to_owned(),
            name: (*name).to_owned(),
            defis: vec![DefiId::new(*defi)],
        })
        .collect(),
        problems: vec![
            Message::new("documentation-searched-names")
                .with("names", "README*")
                .with("files", 120),
        ],
        defis,
    }
}

fn audited(card: Scorecard) -> RepositoryResult {
    RepositoryResult::Audited {
        card: Box::new(card),
    }
}

fn source(name: &str, kind: &str) -> DeclaredSource {
    DeclaredSource {
        id: RepositoryId::new(format!("example.org/{name}")),
        url: format!("https://example.org/{name}"),
        name: name.to_owned(),
        kind: kind.to_owned(),
        inferred: name.contains("repare"),
    }
}

fn defis() -> Vec<DefiCard> {
    let unreachable = RepositoryResult::Unreachable {
        source: source("repare", "repository"),
        reason: Reason::new(ReasonCode::Unreachable),
    };
    let closed = RepositoryResult::NotReadable {
        source: source("ferme", "repository"),
        reason: Reason::new(ReasonCode::NotReadable),
    };
    let empty = RepositoryResult::Empty {
        source: source("vide", "repository"),
    };
    let to_expand = [("compte", "account"), ("site", "site")].map(|(name, kind)| {
        let source = source(name, kind);
        RepositoryResult::NotExpanded { source }
    });
    let mut second = good();
    second.repository.id = RepositoryId::new("github.com/administration/guichet-api");
    second.repository.name = "guichet-api".to_owned();
    let lines = [
        (
            "guichet",
            "Un guichet pour tous",
            8,
            vec![audited(good()), audited(second)],
        ),
        (
            "moissonneur",
            "Le moissonneur de données",
            8,
            vec![audited(bad()), unreachable.clone()],
        ),
        (
            "cartes",
            "Cartes & territoires",
            3,
            vec![audited(unknown())],
        ),
        (
            "sans",
            "Accompagner la conduite du changement",
            8,
            Vec::new(),
        ),
        ("absent", "Observer l'activité", 3, vec![unreachable]),
        ("ferme", "Ferme des données", 3, vec![closed]),
        ("vide", "Vers l'ouverture", 3, vec![empty]),
        ("compte", "Un compte entier", 3, to_expand.to_vec()),
    ];
    lines
        .into_iter()
        .map(|(id, title, promotion, repositories)| {
            defi(id, title, &format!("Promotion {promotion}"), repositories)
        })
        .collect()
}

/// A programme that is one hostile défi.
pub(super) fn hostile_programme() -> ProgrammeCard {
    let result = RepositoryResult::Audited {
        card: Box::new(hostile()),
    };
    let source = DeclaredSource {
        id: RepositoryId::new(HOSTILE),
        url: "javascript:alert(1)".to_owned(),
        name: HOSTILE.to_owned(),
        kind: HOSTILE.to_owned(),
        inferred: false,
    };
    let mut defi = defi(
        "x",
        HOSTILE,
        HOSTILE,
        vec![result, RepositoryResult::NotExpanded { source }],
    );
    defi.defi.administration = Some(HOSTILE.to_owned());
    defi.defi.description = Some(HOSTILE.to_owned());
    defi.defi.website = Some("javascript:alert(1)".to_owned());
    ProgrammeCard {
        title: HOSTILE.to_owned(),
        promotions: vec![HOSTILE.to_owned()],
        technologies: vec![TechnologyUse {
            kind: "language".to_owned(),
            name: HOSTILE.to_owned(),
            defis: vec![DefiId::new("x")],
        }],
        defis: vec![defi],
        ..programme()
    }
}

fn defi(id: &str, title: &str, promotion: &str, repositories: Vec<RepositoryResult>) -> DefiCard {
    let first = repositories.iter().find_map(|result| match result {
        RepositoryResult::Audited { card } => Some(card.clone()),
        _ => None,
    });
    let shared = repositories
        .iter()
        .filter(|r| matches!(r, RepositoryResult::Audited { .. }));
    let ids: Vec<_> = shared
        .filter_map(|result| match result {
            RepositoryResult::Audited { card } => Some(card.repository.id.clone()),
            _ => None,
        })
        .collect();
    DefiCard {
        defi: DefiHeader {
            id: id.to_owned(),
            title: title.to_owned(),
            promotion: Some(promotion.to_owned()),
            administration: Some("Ministère de l'Exemple".to_owned()),
            description: Some(
                "Aider chaque personne à trouver la bonne démarche, du premier coup.".to_owned(),
            ),
            website: Some("https://www.example.org/".to_owned()),
            starts: Some(date(2026, 1, 5)),
            ends: Some(date(2026, 12, 5)),
            problems: Vec::new(),
        },
        main: first.as_ref().map(|card| card.repository.id.clone()),
        axes: first
            .as_ref()
            .map_or_else(Vec::new, |card| card.axes.clone()),
        score: first.as_ref().and_then(|card| card.score),
        grade: first.as_ref().and_then(|card| card.grade),
        coverage: first.as_ref().and_then(|card| card.coverage),
        shared_failures: if ids.len() > 1 {
            vec![
                SharedFailure {
                    rule: RuleId::new("documentation-architecture"),
                    repositories: ids.clone(),
                },
                SharedFailure {
                    rule: RuleId::new("security-no-secret-committed"),
                    repositories: ids,
                },
            ]
        } else {
            Vec::new()
        },
        repositories,
    }
}

fn card(draft: &Draft) -> Scorecard {
    let findings: Vec<_> = RULES
        .iter()
        .zip(draft.outcomes.chars())
        .map(finding)
        .collect();
    let counts_of = |category: &dyn Fn(&str) -> bool| {
        let mut counts = Counts::default();
        for ((rule, ..), finding) in RULES.iter().zip(&findings) {
            if category(rule) {
                *match finding.outcome {
                    Outcome::Pass => &mut counts.pass,
                    Outcome::Partial => &mut counts.partial,
                    Outcome::Fail => &mut counts.fail,
                    Outcome::NotApplicable(_) => &mut counts.not_applicable,
                    Outcome::Unknown(_) => &mut counts.unknown,
                } += 1;
            }
        }
        counts
    };
    let axis_of = |category: &str| CATEGORIES.iter().find(|c| c.0 == category).unwrap().1;
    let axes: Vec<_> = AXES
        .iter()
        .zip(draft.axes)
        .map(|((id, _), (score, coverage))| AxisScore {
            id: (*id).to_owned(),
            score: score.map(Score),
            coverage: Some(Percent(coverage)),
            counts: counts_of(&|category| axis_of(category) == *id),
        })
        .collect();
    let categories = CATEGORIES.iter().map(|(id, axis, ..)| {
        let axis = axes.iter().find(|a| a.id == *axis).unwrap();
        CategoryScore {
            id: CategoryId::new(*id),
            score: axis.score,
            coverage: axis.coverage,
            counts: counts_of(&|category| category == *id),
        }
    });
    Scorecard {
        repository: header(draft),
        date: date(2026, 11, 23),
        rule_set: "0a1b2c3d4e5f".to_owned(),
        scoring: SCORING_VERSION,
        state: ProjectState::Current,
        score: draft.score.map(Score),
        coverage: Some(Percent(draft.coverage)),
        grade: draft.grade,
        no_grade: None,
        capped_by: Vec::new(),
        categories: categories.collect(),
        axes,
        counts: counts_of(&|_| true),
        findings,
        coming: Vec::new(),
        dates_unknown: false,
        priorities: Vec::new(),
        scales: Vec::new(),
        claimed_waivers: Vec::new(),
        score_with_claimed: None,
        expired_waivers: Vec::new(),
    }
}

fn header(draft: &Draft) -> RepositoryHeader {
    let texts = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    RepositoryHeader {
        id: RepositoryId::new(format!("github.com/{}/{}", draft.owner, draft.name)),
        name: draft.name.to_owned(),
        owner: Some(draft.owner.to_owned()),
        url: Some(format!("https://github.com/{}/{}", draft.owner, draft.name)),
        commit: Some(COMMIT.to_owned()),
        kind: Some("service".to_owned()),
        kind_signs: texts(&["Dockerfile", "src/server.ts"]),
        licence: Some("MIT".to_owned()),
        language: Some("TypeScript".to_owned()),
        technologies: texts(&["React", "PostgreSQL"]),
        ci: texts(&["github-actions"]),
        hosting: texts(&["docker", "scalingo"]),
        first_commit: Some(Moment::at(date(2024, 1, 8))),
        last_commit: Some(Moment::at(date(2026, 11, 20))),
        commits: Some(1842),
        excluded: Vec::new(),
        uncommitted: false,
    }
}

fn finding(((_, id, ..), code): (&RuleLine, char)) -> Finding {
    let rule = RuleId::new(*id);
    let (outcome, credit) = match code {
        '+' => (Outcome::Pass, Some(Credit::FULL)),
        '~' => (Outcome::Partial, Some(Credit::HALF)),
        '-' => (Outcome::Fail, Some(Credit::NONE)),
        '0' => {
            let reason = Reason::new(ReasonCode::Condition)
                .with("fact", "kind")
                .with("value", "service");
            (Outcome::NotApplicable(reason), None)
        }
        _ => {
            let reason = match id.len() % 3 {
                0 => {
                    Reason::new(ReasonCode::NeedsForge).with("fact", "repository.has_issue_tracker")
                }
                1 => Reason::new(ReasonCode::NeedsPerson),
                _ => Reason::new(ReasonCode::Truncated).with("limit", 150_000),
            };
            (Outcome::Unknown(reason), None)
        }
    };
    let evidence = match code {
        '+' => vec![
            Evidence::line("README.md", 12).with_excerpt("Licence MIT, voir le fichier LICENSE"),
        ],
        '-' => vec![
            Evidence::note(
                Message::new("documentation-searched-names")
                    .with("names", "README*")
                    .with("files", 120),
            ),
            Evidence::line("src/config/défaut 1.ts", 42),
        ],
        '~' => (1..11)
            .map(|line| Evidence::line("docs/installation.md", line))
            .collect(),
        _ => Vec::new(),
    };
    Finding {
        evidence: evidence.into_iter().map(|e| place(&rule, e)).collect(),
        rule,
        outcome,
        credit,
        waiver: None,
    }
}

fn place(rule: &RuleId, evidence: Evidence) -> Place {
    let path = evidence.path.clone().unwrap_or_default();
    let excerpt = evidence.excerpt.clone().unwrap_or_default();
    Place {
        fingerprint: Fingerprint::of(rule, &path, &excerpt),
        evidence,
    }
}

fn scales() -> Vec<ScaleResult> {
    let criterion = |id: &str, value, answer| CriterionResult {
        id: id.to_owned(),
        title: both(&format!("Critère : {id}"), &format!("Criterion {id}")),
        value,
        answer,
    };
    let unknown = || Answer::Unknown(Reason::new(ReasonCode::NeedsPerson));
    let scale = |id: &str, fr: &str, en: &str, value, vector| ScaleResult {
        id: id.to_owned(),
        title: both(fr, en),
        value,
        vector,
    };
    vec![
        scale(
            "openness-degree",
            "Degré d'ouverture",
            "Degree of openness",
            ScaleValue::Ladder {
                degree: 2,
                at_most: 4,
                blocked_by: vec!["roadmap".to_owned()],
            },
            vec![
                criterion("published", Some(0), Answer::Yes),
                criterion("roadmap", Some(3), Answer::No),
                criterion("community", Some(4), unknown()),
            ],
        ),
        scale(
            "awesome",
            "Score Awesome CodeGouvFr",
            "Awesome CodeGouvFr score",
            ScaleValue::Count {
                prerequisites: 3,
                prerequisites_of: 4,
                yes: 5,
                of: 10,
                unknown: 2,
            },
            vec![criterion("free-licence", None, Answer::Yes)],
        ),
        scale(
            "posture",
            "Posture d'ouverture",
            "Openness posture",
            ScaleValue::Posture {
                declared: Some("ouvert".to_owned()),
                observed: None,
            },
            vec![criterion("ouvert", None, Answer::Yes)],
        ),
        scale(
            "ranking",
            "Score de classement",
            "Ranking score",
            ScaleValue::Points {
                points: 1250,
                unknown: 1,
            },
            vec![criterion("licence-known", Some(1000), Answer::Yes)],
        ),
    ]
}
