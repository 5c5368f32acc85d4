// SPDX-License-Identifier: EUPL-1.2
//! What generators of projects write into a licence field before anybody has decided.

use std::sync::LazyLock;

use regex::Regex;

/// Packages whose manifest is handed out as a start: an unchanged name is an unchanged licence.
const STARTERS: [&str; 15] = [
    "laravel/laravel",
    "laravel/lumen",
    "symfony/skeleton",
    "symfony/website-skeleton",
    "symfony/framework-standard-edition",
    "cakephp/app",
    "drupal/recommended-project",
    "roots/bedrock",
    "codeigniter4/appstarter",
    "api-platform/api-platform",
    "drupal/legacy-project",
    "typo3/cms-base-distribution",
    "statamic/statamic",
    "yiisoft/yii2-app-basic",
    "yiisoft/yii2-app-advanced",
];

/// True for a value that the generator of this kind of manifest puts there by itself.
pub(super) fn is_default(name: &str, text: &str, value: &str) -> bool {
    static STARTER_NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#""name"\s*:\s*"([^"]+)""#).expect("invariant: the pattern compiles")
    });
    let package = || {
        STARTER_NAME
            .captures(text)
            .and_then(|found| Some(found.get(1)?.as_str()))
            .unwrap_or_default()
    };
    match name {
        // npm init writes ISC, Nest and Adonis refuse by default, Strapi signs its starter
        "package.json" => {
            value == "ISC"
                || value == "UNLICENSED"
                    && (text.contains("\"@nestjs/core\"") || text.contains("\"@adonisjs/core\""))
                || text.contains("A Strapi developer")
                || package().starts_with("gatsby-starter-")
        }
        // Symfony's skeletons drop the name and leave « proprietary »
        "composer.json" => {
            let package = package();
            STARTERS.contains(&package)
                || package.starts_with("laravel/") && package.ends_with("-starter-kit")
                || value == "proprietary"
        }
        _ => false,
    }
}

/// True for a value that asks to be replaced.
pub(super) fn is_unfilled(value: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)what licen[cs]e is it under|use_\w+_licen[cs]e\(\)|pick a licen[cs]e|your licen[cs]e|^\s*(?:todo|tbd|fixme|xxx+)\b|^\s*[<\[{]+\s*(?:your\s+)?licen[cs]e[^>\]}]*[>\]}]+",
        )
        .expect("invariant: the pattern compiles")
    });
    FORM.is_match(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generators_defaults_are_known() {
        assert!(is_default("package.json", "{}", "ISC"));
        let nest = r#"{"license": "UNLICENSED", "dependencies": {"@nestjs/core": "10"}}"#;
        assert!(is_default("package.json", nest, "UNLICENSED"));
        assert!(!is_default("package.json", "{}", "UNLICENSED"));
        assert!(!is_default("package.json", "{}", "MIT"));
        let skeleton = r#"{"name": "laravel/laravel", "license": "MIT"}"#;
        assert!(is_default("composer.json", skeleton, "MIT"));
        let own = r#"{"name": "mairie/courrier", "license": "MIT"}"#;
        assert!(!is_default("composer.json", own, "MIT"));
        assert!(is_default("composer.json", own, "proprietary"));
        assert!(!is_default("Cargo.toml", "", "ISC"));
    }

    #[test]
    fn forms_are_unfilled() {
        for value in [
            "What license is it under?",
            "`use_mit_license()`, `use_gpl3_license()` or friends to pick a license",
            "TODO",
            "<your license>",
        ] {
            assert!(is_unfilled(value), "{value}");
        }
        assert!(!is_unfilled("MIT"));
    }
}
