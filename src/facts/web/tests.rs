// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::facts::testing::facts_of;
use crate::model::evidence::Observed;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    facts_of(tree, extract)
}

fn site() -> MemoryTree {
    MemoryTree::new().file("src/App.vue", "<template><main/></template>")
}

const STATEMENT: &str = "<h1>Déclaration d&rsquo;accessibilité</h1>\n<p>Ce site est <strong>partiellement\n conforme</strong> \
    au RGAA.</p><p>Écrire à <a href=\"mailto:a@b.fr\">l’équipe</a>.</p>\n<p>Écrire au Défenseur&nbsp;des droits.</p>";

const NOTICES: &str = "# Mentions légales\n\nCe site est édité par la direction du numérique, 1 rue de la Paix, Paris.\n\n\
    ## Directeur de la publication\n\nLe directeur.\n\n## Hébergement\n\nCe site est hébergé par la société Untel, dont \
    l’adresse est la suivante : 2 rue du Port, 59000 Lille. Les contenus sont sous licence ouverte, sauf mention contraire \
    portée sur la page. Les marques restent la propriété de leurs titulaires et ne peuvent être réutilisées sans accord de \
    leur part, quel que soit le support, la durée et le moyen de cette réutilisation.";

#[test]
fn components_and_server_templates_are_a_front_end() {
    for (path, text) in [
        ("src/App.vue", ""),
        ("web/pages/index.tsx", ""),
        ("app/views/home/index.html.erb", ""),
        ("lib/web/home.html.heex", ""),
        ("app/templates/home.html", "<body>"),
        ("public/index.html", "<html><body></body></html>"),
        ("ui.R", ""),
    ] {
        let facts = facts(MemoryTree::new().file(path, text));
        assert_eq!(facts.flag("web.front_end"), Some(true), "{path}");
    }
}

#[test]
fn documentation_mails_tests_and_reports_are_no_front_end() {
    for path in [
        "docs/index.html",
        "coverage/index.html",
        "app/views/user_mailer/welcome.html.erb",
        "templates/emails/welcome.html",
        "tests/templates/a.html",
        "src/Button.stories.tsx",
        ".kit/model.jsx",
        "analysis.html",
        "node_modules/x/index.html",
    ] {
        let facts = facts(MemoryTree::new().file(path, "<body>{{ x }}</body>"));
        assert_eq!(facts.flag("web.front_end"), Some(false), "{path}");
    }
}

#[test]
fn a_truncated_listing_without_sign_is_unknown() {
    let facts = facts(MemoryTree::new().file("main.py", "").truncated());
    assert!(matches!(
        facts.get("web.front_end"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn a_statement_states_level_contact_and_recourse() {
    let whole = facts(site().file("src/pages/Accessibilite.vue", STATEMENT));
    assert_eq!(
        whole.list("web.accessibility_page"),
        ["src/pages/Accessibilite.vue"]
    );
    for part in [
        "partiellement\n conforme",
        "Défenseur&nbsp;des droits",
        "Écrire à",
    ] {
        let text = STATEMENT.replace(part, "").replace("mailto:a@b.fr", "/");
        let less = facts(site().file("src/pages/Accessibilite.vue", text));
        assert!(less.list("web.accessibility_page").is_empty(), "{part}");
    }
}

#[test]
fn a_guide_about_the_obligation_is_no_statement() {
    let guide = "# Accessibilité\n\nCet audit aboutit à une **déclaration d’accessibilité**, avec un contact et le recours au \
        Défenseur des droits, et un schéma pluriannuel. La page d’accueil porte l’une de ces mentions :\n\n\
        - « Accessibilité : totalement conforme »\n- « Accessibilité : partiellement conforme »\n- « Accessibilité : non conforme »\n";
    let facts = facts(site().file("accessibilite.md", guide));
    assert!(facts.list("web.accessibility_page").is_empty());
    assert!(facts.list("web.accessibility_scheme").is_empty());
    assert!(facts.text("web.accessibility_mention").is_none());
}

#[test]
fn a_route_without_content_is_no_statement() {
    let facts = facts(site().file(
        "src/router/accessibilite.ts",
        "path: '/accessibilite', title: 'Accessibilité'",
    ));
    assert!(facts.list("web.accessibility_page").is_empty());
    assert_eq!(
        facts.value("web.accessibility_mention"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn a_statement_in_texts_for_translation_is_found() {
    let json = format!(
        "{{\"a11y\": \"{}\"}}",
        "D\\u00e9claration d'accessibilit\\u00e9 : non conforme. Contact : a@b.fr. Le D\\u00e9fenseur des droits"
    );
    let facts = facts(site().file("src/locales/fr.json", json));
    assert_eq!(
        facts.list("web.accessibility_page"),
        ["src/locales/fr.json"]
    );
}

#[test]
fn the_mention_is_read_in_footers_layouts_and_attributes() {
    for (path, text, level) in [
        (
            "src/Footer.vue",
            "<a>Accessibilité : partiellement conforme</a>",
            "partial",
        ),
        (
            "src/layout/Bottom.tsx",
            "<li>Accessibilité&nbsp;: <b>non conforme</b></li>",
            "none",
        ),
        (
            "app/views/layouts/base.html.erb",
            "Accessibilité\u{202f}: totalement conforme",
            "total",
        ),
        (
            "src/Footer.tsx",
            "<Footer\n accessibility=\"fully compliant\" />",
            "total",
        ),
        (
            "src/App.vue",
            "<DsfrFooter a11y-compliance=\"non conforme\" />",
            "none",
        ),
        (
            "web/i18n.cljs",
            ":accessibility \"Accessibilité : partiellement conforme\"",
            "partial",
        ),
    ] {
        let tree = MemoryTree::new().file("a.vue", "").file(path, text);
        assert_eq!(
            facts(tree).text("web.accessibility_mention"),
            Some(level),
            "{path}"
        );
    }
}

#[test]
fn the_scheme_is_found_where_it_is_linked() {
    let facts = facts(site().file(
        "src/Footer.vue",
        "<a href=\"/s.pdf\">Schéma pluriannuel</a>",
    ));
    assert_eq!(facts.list("web.accessibility_scheme"), ["src/Footer.vue"]);
}

#[test]
fn legal_notices_need_content() {
    let filled = facts(site().file("src/pages/legal.fr.md", NOTICES));
    assert_eq!(filled.list("web.legal_notices"), ["src/pages/legal.fr.md"]);
    let empty = facts(site().file("src/pages/mentions-legales.md", "# Mentions légales\n"));
    assert!(empty.list("web.legal_notices").is_empty());
}

#[test]
fn a_template_left_unfilled_is_no_legal_notice() {
    let text = NOTICES.replace("la direction du numérique", "[Nom de l’administration]");
    let facts = facts(site().file("src/pages/mentions-legales.md", text));
    assert!(facts.list("web.legal_notices").is_empty());
    assert_eq!(
        facts.list("web.legal_placeholders"),
        ["src/pages/mentions-legales.md"]
    );
    assert_eq!(
        facts.get("web.legal_placeholders").unwrap().evidence()[0].line,
        Some(3)
    );
}

#[test]
fn links_and_tables_are_no_placeholders() {
    let text = format!("{NOTICES}\n[Nom de domaine](https://x.fr) rows[nom] `a[date]`");
    let facts = facts(site().file("src/pages/mentions-legales.md", text));
    assert!(facts.list("web.legal_placeholders").is_empty());
}

#[test]
fn code_about_other_legal_things_is_no_unfilled_page() {
    let code = "const sorted = computed<{ nom: string }[]>(() => [...props.ids].map(id => names[id]).sort())";
    let notices = format!("{NOTICES}\n[...] [nombre] ([...rest])");
    let facts = facts(
        site()
            .file(
                "src/substance-legale-list.tsx",
                code.replace("...props", "nom"),
            )
            .file("src/legal/list.tsx", code)
            .file(
                "src/pages/mentions-legales.md",
                notices.replace("[...]", ""),
            ),
    );
    assert!(facts.list("web.legal_placeholders").is_empty());
}

#[test]
fn a_footer_that_links_to_the_pages_is_none_of_them() {
    let links = "<a href=\"/m.pdf\">Mentions légales</a><a href=\"/c.pdf\">Politique de confidentialité</a>\n\
        <a href=\"//x.fr/cgu/\">Conditions générales d’utilisation</a>\n<p>Service pour les utilisateurs, objet, \
        hébergement, éditeur, CNIL, RGPD. "
        .to_owned()
        + &"Des mots encore. ".repeat(30);
    let facts = facts(site().file("src/components/layout/Footer.tsx", links));
    for key in ["web.terms", "web.legal_notices", "web.privacy_policy"] {
        assert!(facts.list(key).is_empty(), "{key}");
    }
}

#[test]
fn privacy_policy_and_terms_are_told_apart() {
    let filler =
        "Le texte qui suit est long pour que la page ne soit pas un simple titre. ".repeat(5);
    let facts = facts(
        site()
            .file("src/pages/politique-confidentialite.md", format!("# Politique de confidentialité\n{filler} Finalités, responsable du traitement, CNIL."))
            .file("src/pages/cgu.md", format!("# Conditions générales d’utilisation\n{filler} L’utilisateur accepte ; responsabilité de l’éditeur.")),
    );
    assert_eq!(
        facts.list("web.privacy_policy"),
        ["src/pages/politique-confidentialite.md"]
    );
    assert_eq!(facts.list("web.terms"), ["src/pages/cgu.md"]);
}

#[test]
fn a_page_that_was_not_fetched_leaves_absence_unknown() {
    let facts = facts(site().absent("src/pages/mentions-legales.md"));
    assert!(matches!(
        facts.get("web.legal_notices"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn a_statement_is_dated_and_its_level_follows_from_its_figure() {
    let page = |level: &str, figure: &str, date: &str| {
        let text = STATEMENT.replace("partiellement", level).replace(
            "au RGAA.",
            &format!("au RGAA : {figure} des critères. {date}."),
        );
        facts(site().file("src/views/accessibilite.html", text))
    };
    let overstated = |level: &str, figure: &str| {
        let facts = page(level, figure, "");
        facts.list("web.accessibility_overstated").len()
    };
    assert_eq!(overstated("totalement", "72 %"), 1);
    assert_eq!(overstated("totalement", "100 %"), 0);
    assert_eq!(overstated("partiellement", "72,5 %"), 0);
    assert_eq!(overstated("partiellement", "49 %"), 1);
    assert_eq!(overstated("non", "12 %"), 0);
    let day = |date: &str| {
        let found = page("non", "12 %", date).moment("web.accessibility_date");
        found.map(|moment| moment.date().to_string())
    };
    assert_eq!(
        day("Établie le 1er août 2023").as_deref(),
        Some("2023-08-01")
    );
    assert_eq!(
        day("Établie le 02/03/2021, mise à jour le 4 mai 2024").as_deref(),
        Some("2024-05-04")
    );
    assert_eq!(day("Établie le 31 février 2024"), None);
}
