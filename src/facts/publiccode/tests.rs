// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::facts::extract::extract;
use crate::facts::key::Theme;
use crate::facts::set::FactSet;
use crate::forge::record::ForgeRecord;
use crate::model::evidence::Observed;
use crate::model::ids::RepositoryId;
use crate::snapshot::MemoryTree;

fn facts(tree: MemoryTree) -> FactSet {
    let snapshot = tree.snapshot();
    let record = ForgeRecord::local(RepositoryId::new("t"), "t");
    let inputs = Inputs {
        record: &record,
        snapshot: &snapshot,
    };
    extract(&inputs, &[Theme::Publiccode].into())
}

fn minimal(extra: &str) -> String {
    let long = "Ce logiciel sert à compter les choses. ".repeat(6);
    format!(
        "publiccodeYmlVersion: \"0\"\nname: Compteur\nurl: https://git.example.org/a/compteur\nplatforms: [web]\n\
         developmentStatus: beta\nsoftwareType: standalone/web\ndescription:\n  fr:\n    shortDescription: Compte\n    \
         longDescription: {long}\n    features: [compter]\nlegal:\n  license: EUPL-1.2\n  \
         mainCopyrightOwner: Ministère\nmaintenance:\n  type: internal\n  contacts:\n    - name: Équipe\n      \
         email: equipe@example.org\nlocalisation:\n  localisationReady: false\n  availableLanguages: [fr]\n{extra}"
    )
}

#[test]
fn a_minimal_file_is_valid_and_its_fields_are_read() {
    let text = minimal("usedBy: [Lyon, Brest]\nisBasedOn: https://example.org/x\n");
    let facts = facts(MemoryTree::new().file("publiccode.yml", text));
    assert_eq!(facts.flag("publiccode.valid"), Some(true));
    assert_eq!(facts.text("publiccode.licence"), Some("EUPL-1.2"));
    assert_eq!(facts.text("publiccode.copyright_owner"), Some("Ministère"));
    assert_eq!(facts.count("publiccode.contact_count"), Some(1));
    assert_eq!(facts.count("publiccode.used_by_count"), Some(2));
    assert_eq!(
        facts.list("publiccode.is_based_on"),
        ["https://example.org/x"]
    );
}

#[test]
fn neither_names_nor_addresses_of_contacts_leave() {
    let facts = facts(MemoryTree::new().file("publiccode.yml", minimal("")));
    let json = facts.to_json().to_string();
    assert!(
        !json.contains("example.org\"@") && !json.contains("equipe@") && !json.contains("Équipe")
    );
}

#[test]
fn without_the_file_nothing_is_declared_and_the_note_says_why() {
    let facts = facts(MemoryTree::new().file("sub/publiccode.yml", minimal("")));
    assert_eq!(facts.flag("publiccode.valid"), Some(false));
    let note = facts.get("publiccode.valid").unwrap().evidence()[0]
        .note
        .clone();
    assert_eq!(note.unwrap().code, "publiccode-file-missing");
    assert_eq!(facts.value("publiccode.licence"), Some(&FactValue::Absent));
}

#[test]
fn a_truncated_listing_is_no_absence() {
    let facts = facts(MemoryTree::new().file("a", "").truncated());
    assert!(matches!(
        facts.get("publiccode.valid"),
        Some(Observed::Unknown(_))
    ));
}

#[test]
fn malformed_yaml_is_not_valid_and_declares_nothing_known() {
    let facts = facts(MemoryTree::new().file("publiccode.yml", "name: a\nurl: [\n"));
    assert_eq!(facts.flag("publiccode.valid"), Some(false));
    let error = &facts.items("publiccode.errors")[0];
    assert_eq!(error.get("what"), Some("publiccode-not-yaml"));
    let Some(Observed::Unknown(reason)) = facts.get("publiccode.licence") else {
        panic!("not unknown");
    };
    assert_eq!(reason.code, ReasonCode::Unreadable);
    assert_eq!(reason.detail["path"], "publiccode.yml");
    assert!(reason.detail.contains_key("line") && reason.detail.contains_key("column"));
}

#[test]
fn the_other_extension_is_accepted_with_a_note() {
    let facts = facts(MemoryTree::new().file("publiccode.yaml", minimal("")));
    assert_eq!(facts.flag("publiccode.valid"), Some(true));
    let evidence = facts.get("publiccode.valid").unwrap().evidence();
    let codes: Vec<_> = evidence
        .iter()
        .filter_map(|e| e.note.as_ref())
        .map(|n| n.code.as_ref())
        .collect();
    assert_eq!(codes, ["publiccode-name-unusual"]);
}

/// A key and what is said of it.
type Said = (String, String);

/// Errors and warnings of a text.
fn problems(text: &str) -> (Vec<Said>, Vec<Said>) {
    let facts = facts(MemoryTree::new().file("publiccode.yml", text));
    let of = |key: &str| {
        let pairs = facts.items(key).iter().map(|item| {
            let field = |name: &str| item.get(name).unwrap_or_default().to_owned();
            (field("key"), field("what"))
        });
        pairs.collect()
    };
    (of("publiccode.errors"), of("publiccode.warnings"))
}

fn error(text: &str) -> Said {
    let (errors, _) = problems(text);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.into_iter().next().unwrap()
}

fn pair(key: &str, what: &str) -> Said {
    (key.to_owned(), format!("publiccode-{what}"))
}

#[test]
fn every_mandatory_key_is_asked_for() {
    let (errors, _) = problems("publiccodeYmlVersion: \"0\"\n");
    let keys: Vec<_> = errors.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "name",
            "url",
            "platforms",
            "developmentStatus",
            "softwareType",
            "description",
            "legal",
            "maintenance",
            "localisation"
        ]
    );
    assert!(
        errors
            .iter()
            .all(|(_, what)| what == "publiccode-key-missing")
    );
    let nested = minimal("").replace("    features: [compter]\n", "");
    assert_eq!(
        error(&nested),
        pair("description/fr/features", "key-missing")
    );
}

#[test]
fn an_empty_file_misses_everything() {
    let (errors, _) = problems("# rien\n");
    assert_eq!(errors.len(), 10);
}

#[test]
fn closed_lists_are_closed() {
    let text = minimal("").replace("beta", "prêt");
    assert_eq!(error(&text), pair("developmentStatus", "value-not-listed"));
    let text = minimal("categories: [crm, cuisine]\n");
    assert_eq!(error(&text), pair("categories/1", "value-not-listed"));
    let text = minimal("intendedAudience:\n  scope: [jardinage]\n");
    assert_eq!(
        error(&text),
        pair("intendedAudience/scope/0", "value-not-listed")
    );
}

#[test]
fn versions_are_listed_old_newer_or_unknown() {
    let with = |version: &str| minimal("").replace("\"0\"", version);
    let (errors, warnings) = problems(&with("\"0.4\""));
    assert!(errors.is_empty());
    assert_eq!(warnings, [pair("publiccodeYmlVersion", "version-old")]);
    // the standard grows: a later version is not a fault
    let (errors, warnings) = problems(&with("\"0.9.1\""));
    assert!(errors.is_empty());
    assert_eq!(warnings, [pair("publiccodeYmlVersion", "version-newer")]);
    for bad in ["\"1\"", "\"0.1\"", "\"0.6\"", "\"zéro\"", "\"0.8.1.2\""] {
        let what = error(&with(bad));
        assert_eq!(what, pair("publiccodeYmlVersion", "version-unsupported"));
    }
    // a number loses its zeros
    let what = error(&with("0.4"));
    assert_eq!(what, pair("publiccodeYmlVersion", "text-expected"));
    let (errors, _) = problems(&with("\"0.7\""));
    assert!(errors.is_empty());
}

#[test]
fn keys_of_the_next_version_gone_are_errors_there_and_warnings_here() {
    let text = minimal("inputTypes: [text/plain]\n");
    assert_eq!(problems(&text).1, [pair("inputTypes", "key-deprecated")]);
    let (errors, _) = problems(&text.replace("\"0\"", "\"1\""));
    assert!(errors.contains(&pair("inputTypes", "key-removed")));
}

#[test]
fn deprecated_keys_are_warnings() {
    let text =
        minimal("intendedAudience:\n  countries: [fr, DE]\nit:\n  conforme:\n    gdpr: true\n")
            .replace(
                "  mainCopyrightOwner: Ministère\n",
                "  repoOwner: Ministère\n",
            );
    let (errors, warnings) = problems(&text);
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(
        warnings,
        [
            pair("legal/repoOwner", "key-deprecated"),
            pair("intendedAudience/countries/0", "case-deprecated"),
            pair("it", "case-deprecated"),
            pair("it/conforme", "key-deprecated"),
        ]
    );
}

#[test]
fn unknown_keys_are_warnings_at_every_level() {
    let text = minimal("futur: 1\n").replace("  type: internal", "  kind: x\n  type: internal");
    let (errors, warnings) = problems(&text);
    assert!(errors.is_empty());
    assert_eq!(
        warnings,
        [
            pair("maintenance/kind", "key-unknown"),
            pair("futur", "key-unknown")
        ]
    );
}

#[test]
fn maintenance_has_its_conditions() {
    let contract = minimal("").replace("type: internal", "type: contract");
    assert_eq!(
        error(&contract),
        pair("maintenance/contractors", "key-missing")
    );
    let alone = minimal("").replace(
        "  contacts:\n    - name: Équipe\n      email: equipe@example.org\n",
        "",
    );
    assert_eq!(error(&alone), pair("maintenance/contacts", "key-missing"));
    assert!(problems(&alone.replace("internal", "none")).0.is_empty());
    let email = minimal("").replace("equipe@example.org", "équipe chez example");
    assert_eq!(
        error(&email),
        pair("maintenance/contacts/0/email", "email-invalid")
    );
    let forever = contract.replace(
        "  contacts:",
        "  contractors:\n    - name: Société\n      until: toujours\n  contacts:",
    );
    assert_eq!(
        error(&forever),
        pair("maintenance/contractors/0/until", "date-invalid")
    );
}

#[test]
fn funders_and_organisation_have_an_address_of_their_own() {
    let text = minimal("fundedBy:\n  - name: Ministère\n");
    assert_eq!(error(&text), pair("fundedBy/0/uri", "key-missing"));
    let text = minimal("organisation:\n  uri: ministère\n");
    assert_eq!(error(&text), pair("organisation/uri", "uri-invalid"));
    let text = minimal("fundedBy:\n  - uri: https://www.culture.gouv.fr\n  - uri: urn:x-a:b\n");
    let facts = facts(MemoryTree::new().file("publiccode.yml", text));
    assert_eq!(facts.flag("publiccode.valid"), Some(true));
    assert_eq!(facts.count("publiccode.funded_by_count"), Some(2));
}

#[test]
fn a_logo_must_be_in_the_repository() {
    let text = minimal("logo: img/logo.svg\n");
    assert_eq!(error(&text), pair("logo", "file-not-there"));
    let tree = MemoryTree::new()
        .file("publiccode.yml", text)
        .file("img/logo.svg", "<svg/>");
    let facts = facts(tree);
    assert_eq!(facts.flag("publiccode.valid"), Some(true));
    assert_eq!(facts.text("publiccode.logo"), Some("img/logo.svg"));
}

#[test]
fn encodings_other_than_utf_8_are_read_and_refused() {
    let latin: Vec<u8> = minimal("")
        .chars()
        .map(|c| u8::try_from(c as u32).unwrap_or(b'?'))
        .collect();
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(minimal("").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for bytes in [latin, wide] {
        let facts = facts(MemoryTree::new().file("publiccode.yml", bytes));
        let error = &facts.items("publiccode.errors")[0];
        assert_eq!(error.get("what"), Some("publiccode-encoding"));
        assert_eq!(facts.text("publiccode.licence"), Some("EUPL-1.2"));
    }
    let marked = [b"\xef\xbb\xbf", minimal("").as_bytes()].concat();
    let facts = facts(MemoryTree::new().file("publiccode.yml", marked));
    assert_eq!(facts.flag("publiccode.valid"), Some(true));
}

#[test]
fn what_is_no_mapping_or_no_text_is_refused() {
    for (bytes, what) in [
        (&b"- a\n- b\n"[..], "publiccode-map-expected"),
        (b"\x89PNG\0\0", "publiccode-not-text"),
    ] {
        let facts = facts(MemoryTree::new().file("publiccode.yml", bytes));
        assert_eq!(facts.flag("publiccode.valid"), Some(false));
        assert_eq!(facts.items("publiccode.errors")[0].get("what"), Some(what));
        assert!(facts.value("publiccode.url").is_none());
    }
    let twice = format!("{}---\nname: b\n", minimal(""));
    assert_eq!(error(&twice), pair("", "several-documents"));
}

#[test]
fn keys_written_twice_are_errors_wherever_they_are() {
    let text =
        minimal("name: Autre\n").replace("  type: internal", "  type: none\n  type: internal");
    let (errors, _) = problems(&text);
    assert_eq!(
        errors,
        [
            pair("maintenance/type", "key-twice"),
            pair("name", "key-twice")
        ]
    );
    let text = minimal("It:\n  piattaforme: {}\n");
    assert_eq!(error(&text), pair("It", "key-case"));
}

#[test]
fn contractors_are_forbidden_without_a_contract() {
    let text = minimal("").replace(
        "maintenance:\n",
        "maintenance:\n  contractors:\n    - name: Société\n      until: 2030-01-01\n",
    );
    assert_eq!(
        error(&text),
        pair("maintenance/contractors", "key-forbidden")
    );
}

#[test]
fn every_problem_is_reported_with_its_line() {
    let text = minimal("roadmap: bientôt\n").replace("EUPL-1.2", "gratuit");
    let facts = facts(MemoryTree::new().file("publiccode.yml", text));
    let fields: Vec<_> = facts
        .items("publiccode.errors")
        .iter()
        .map(|item| (item.get("key").unwrap(), item.get("line").unwrap()))
        .collect();
    assert_eq!(fields, [("legal/license", "13"), ("roadmap", "23")]);
}

#[test]
fn the_short_description_is_the_french_one() {
    let text = minimal("").replace("  fr:\n", "  en:\n    shortDescription: Counts\n  fr:\n");
    let facts = facts(MemoryTree::new().file("publiccode.yml", text));
    assert_eq!(facts.text("publiccode.short_description"), Some("Compte"));
}
