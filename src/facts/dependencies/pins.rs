// SPDX-License-Identifier: EUPL-1.2
//! Manifests that settle versions themselves: exact versions, or tools that choose the same ones every time.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::facts::pattern::wide as pattern;
use crate::model::document::parse_yaml;

/// Dependencies with an exact version, and without one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pins {
    pub(super) exact: usize,
    pub(super) loose: usize,
}

impl Pins {
    fn count(&mut self, is_exact: bool) {
        if is_exact {
            self.exact += 1;
        } else {
            self.loose += 1;
        }
    }

    fn settled(is_settled: bool) -> Self {
        let mut pins = Self::default();
        pins.count(is_settled);
        pins
    }
}

/// `None` where nothing can be said of the format.
pub(super) fn read(ecosystem: &str, name: &str, text: &str) -> Option<Pins> {
    match ecosystem {
        "npm" | "bower" => javascript(text),
        "pypi" if name == "pyproject.toml" => pyproject(text),
        "pypi" if name.starts_with("Pipfile") => Some(Pins::settled(false)),
        "pypi" if name.starts_with("setup.") => Some(Pins::settled(false)),
        "pypi" => Some(requirements(text)),
        "conda" if name != "pixi.toml" => conda(text),
        // minimal version selection and nearest definitions answer the same every time, unless a range is written
        "go" => Some(Pins::settled(true)),
        "maven" => {
            let has_range = MAVEN_BLOCK
                .captures_iter(text)
                .any(|block| MAVEN_RANGE.is_match(&block[1]));
            Some(Pins::settled(!has_range))
        }
        "gradle" | "sbt" => Some(Pins::settled(!GRADLE_RANGE.is_match(text))),
        "nuget" => Some(Pins::settled(!NUGET_RANGE.is_match(text))),
        "clojars" => Some(Pins::settled(
            !text.contains("\"RELEASE\"") && !text.contains("\"LATEST\""),
        )),
        "elm" => Some(Pins::settled(text.contains("\"application\""))),
        "vcpkg" | "conan" | "opam" => None,
        _ => Some(Pins::settled(false)),
    }
}

static MAVEN_BLOCK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)<(?:dependency|plugin)>(.*?)</(?:dependency|plugin)>"));
static MAVEN_RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"<version>\s*(?:[\[(]|LATEST|RELEASE|[^<]*-SNAPSHOT)"));
static GRADLE_RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"["'][\w.-]+:[\w.-]+:(?:[\d.]*\+|latest\.\w+|[\[(][^"'\n]*)["']|["']latest\.\w+["']"#)
});
static NUGET_RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"[Vv]ersion="(?:[^"\n]*\*|[\[(][^"\n]*,)"#));
static EXACT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^=?v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$"));
static COMMIT: LazyLock<Regex> = LazyLock::new(|| pattern(r"[#@][0-9a-f]{40}(?:$|[^0-9a-f])"));

fn javascript(text: &str) -> Option<Pins> {
    let json: Value = serde_json::from_str(text).ok()?;
    let mut pins = Pins::default();
    for key in ["dependencies", "devDependencies", "optionalDependencies"] {
        for version in json[key]
            .as_object()
            .into_iter()
            .flat_map(|map| map.values())
        {
            let version = version.as_str().unwrap_or_default().trim();
            let is_inside = ["file:", "link:", "workspace:", "portal:"]
                .iter()
                .any(|prefix| version.starts_with(prefix));
            let version = match version.strip_prefix("npm:") {
                Some(alias) => alias.rsplit('@').next().unwrap_or(alias),
                None => version,
            };
            pins.count(is_inside || EXACT.is_match(version) || COMMIT.is_match(version));
        }
    }
    Some(pins)
}

/// The dependencies of PEP 621 alone: other tables bring their own lock.
fn pyproject(text: &str) -> Option<Pins> {
    let root: toml::Table = text.parse().ok()?;
    let list = root
        .get("project")
        .and_then(|project| project.get("dependencies"))
        .and_then(toml::Value::as_array);
    let mut pins = Pins::default();
    for line in list.into_iter().flatten().filter_map(toml::Value::as_str) {
        pins.count(is_exact_requirement(line));
    }
    if pins == Pins::default() {
        pins.loose = 1;
    }
    Some(pins)
}

fn requirements(text: &str) -> Pins {
    let mut pins = Pins::default();
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    for line in joined.lines() {
        let line = line.split(" #").next().unwrap_or(line).trim();
        let editable = line
            .strip_prefix("-e ")
            .or_else(|| line.strip_prefix("--editable "))
            .map(str::trim);
        let line = editable.unwrap_or(line);
        let is_local = line.starts_with(['.', '/']) || line.starts_with("file:");
        if line.is_empty() || line.starts_with(['#', '-']) || is_local {
            continue;
        }
        pins.count(is_exact_requirement(line));
    }
    pins
}

fn is_exact_requirement(line: &str) -> bool {
    let wanted = line.split(';').next().unwrap_or(line);
    if wanted.contains("git+") {
        return COMMIT.is_match(wanted.trim());
    }
    if wanted.contains("://") {
        return true;
    }
    let wanted = wanted.split(" --").next().unwrap_or(wanted);
    wanted
        .split_once("==")
        .is_some_and(|(_, version)| !version.contains('*') && !version.contains(','))
}

fn conda(text: &str) -> Option<Pins> {
    let root = parse_yaml(text).ok()?;
    let mut pins = Pins::default();
    for item in root.get("dependencies")?.items() {
        if let Some(spec) = item.text().filter(|spec| *spec != "pip") {
            let version = spec.split_once('=').map(|(_, version)| version);
            let is_exact = version.is_some_and(|version| {
                let version = version.trim_start_matches('=');
                version.starts_with(|c: char| c.is_ascii_digit())
                    && !version.contains('*')
                    && !spec.contains(['>', '<'])
            });
            pins.count(is_exact);
        }
        for line in item.get("pip").map_or(&[][..], |list| list.items()) {
            pins.count(is_exact_requirement(line.text().unwrap_or_default()));
        }
    }
    Some(pins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_are_exact_only_with_two_equal_signs() {
        let pins = |text: &str| {
            let pins = requirements(text);
            (pins.exact, pins.loose)
        };
        let hashed = "a==1.0 \\\n    --hash=sha256:00\nb[x]==2 ; python_version < '3.12' # why\n";
        assert_eq!(pins(hashed), (2, 0));
        assert_eq!(pins("a>=1\nb\nc~=2.0\nd==3.*\n"), (0, 4));
        assert_eq!(
            pins("-r base.txt\n-e .\n--index-url https://x\n# a\n"),
            (0, 0)
        );
        let commit = "0123456789abcdef0123456789abcdef01234567";
        assert_eq!(
            pins(&format!("-e git+https://x/y.git@{commit}#egg=y")),
            (1, 0)
        );
        assert_eq!(pins("git+https://x/y.git@main"), (0, 1));
    }

    #[test]
    fn other_formats_are_exact_in_their_own_way() {
        fn is_settled(ecosystem: &str, name: &str, text: &str) -> Option<bool> {
            read(ecosystem, name, text).map(|pins| pins.loose == 0 && pins.exact > 0)
        }
        let json = |version: &str| format!(r#"{{"dependencies": {{"a": "{version}"}}}}"#);
        assert_eq!(
            is_settled("npm", "package.json", &json("1.2.3")),
            Some(true)
        );
        for loose in ["^1.2.3", "1.x", "latest", "*", ">=1"] {
            assert_eq!(
                is_settled("npm", "package.json", &json(loose)),
                Some(false),
                "{loose}"
            );
        }
        let pom = |version: &str| {
            format!(
                "<dependency><artifactId>a</artifactId><version>{version}</version></dependency>"
            )
        };
        assert_eq!(is_settled("maven", "pom.xml", &pom("1.0")), Some(true));
        assert_eq!(is_settled("maven", "pom.xml", &pom("[1,2)")), Some(false));
        assert_eq!(is_settled("maven", "pom.xml", &pom("LATEST")), Some(false));
        assert_eq!(
            is_settled("gradle", "build.gradle", "api 'a:b:1.+'"),
            Some(false)
        );
        assert_eq!(
            is_settled("gradle", "build.gradle", "api 'a:b:1.0'"),
            Some(true)
        );
        let conda = "dependencies:\n  - a=1.2\n  - pip:\n    - b==3\n";
        assert_eq!(is_settled("conda", "environment.yml", conda), Some(true));
        let conda = "dependencies:\n  - a>=1.2\n";
        assert_eq!(is_settled("conda", "environment.yml", conda), Some(false));
        assert_eq!(is_settled("opam", "x.opam", ""), None);
    }
}
