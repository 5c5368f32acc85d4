// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::facts::testing::tree_of;

/// `name version line`, with `dev` behind what is for development.
fn locked(path: &str, text: &str) -> Vec<String> {
    let snapshot = tree_of(&[(path, text)]).snapshot();
    let locked = read(&snapshot);
    assert_eq!(locked.unread, None, "{path}");
    let packages = locked.packages.into_iter();
    packages
        .map(|package| {
            let dev = match package.usage {
                Use::Run => "",
                Use::Development => " dev",
            };
            let line = package.line.unwrap_or_default();
            format!("{} {} {line}{dev}", package.name, package.version)
        })
        .collect()
}

fn unread(path: &str, text: &str) -> Option<ReasonCode> {
    let snapshot = tree_of(&[(path, text)]).snapshot();
    read(&snapshot).unread.map(|reason| reason.code)
}

#[test]
fn the_three_formats_of_npm_are_read() {
    let first = "{\"lockfileVersion\": 1, \"dependencies\": {\n\"a\": {\"version\": \"1.0.0\", \"dependencies\": {\n\"b\": {\"version\": \"2.0.0\", \"dev\": true}}},\n\"c\": {\"version\": \"git+https://x\"}}}";
    assert_eq!(
        locked("package-lock.json", first),
        ["a 1.0.0 2", "b 2.0.0 3 dev"]
    );
    let third = "{\"lockfileVersion\": 3, \"packages\": {\n\"\": {\"version\": \"9.9.9\"},\n\"web\": {\"version\": \"1.0.0\"},\n\"node_modules/web\": {\"link\": true},\n\"node_modules/@s/a\": {\"version\": \"1.2.3\"},\n\"node_modules/@s/a/node_modules/b\": {\"version\": \"4.0.0\", \"dev\": true}}}";
    assert_eq!(
        locked("package-lock.json", third),
        ["@s/a 1.2.3 5", "b 4.0.0 6 dev"]
    );
}

#[test]
fn yarn_pnpm_and_bun_are_read() {
    let first = "# yarn lockfile v1\n\n\"@s/a@^1.0\", \"@s/a@^1.1\":\n  version \"1.2.3\"\n  dependencies:\n    version \"^9\"\nalias@npm:real@^2:\n  version \"2.0.1\"\n";
    assert_eq!(locked("yarn.lock", first), ["@s/a 1.2.3 3", "real 2.0.1 7"]);
    let berry = "__metadata:\n  version: 6\n\n\"a@npm:^1.0.0\":\n  version: 1.0.5\n  resolution: \"a@npm:1.0.5\"\n\n\"own@workspace:.\":\n  version: 0.0.0-use.local\n";
    assert_eq!(locked("yarn.lock", berry), ["a 1.0.5 4"]);
    let pnpm = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies: {}\npackages:\n\n  '@s/a@1.2.3':\n    resolution: {integrity: x}\n\n  b@2.0.0(c@1.0.0):\n    dev: true\n  /d/3.0.0_peer:\n    dev: false\nsnapshots:\n  b@2.0.0:\n    x: y\n";
    assert_eq!(
        locked("pnpm-lock.yaml", pnpm),
        ["@s/a 1.2.3 7", "b 2.0.0 10 dev", "d 3.0.0 12"]
    );
    let bun = "{\n  \"lockfileVersion\": 1,\n  \"packages\": {\n    \"@s/a\": [\"@s/a@1.2.3\", \"\", {}, \"sha512-x\"],\n  }\n}\n";
    assert_eq!(locked("bun.lock", bun), ["@s/a 1.2.3 4"]);
}

#[test]
fn python_is_read() {
    let poetry = "[[package]]\nname = \"a\"\nversion = \"1.0\"\ncategory = \"dev\"\n\n[package.dependencies]\nversion = \"9\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0\"\ngroups = [\"main\"]\n";
    assert_eq!(locked("poetry.lock", poetry), ["a 1.0 2 dev", "b 2.0 10"]);
    let uv = "version = 1\n[[package]]\nname = \"own\"\nversion = \"0.1\"\nsource = { editable = \".\" }\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"https://pypi.org/simple\" }\n";
    assert_eq!(locked("uv.lock", uv), ["a 1 7"]);
    let pipfile = "{\"_meta\": {},\n\"default\": {\n\"a\": {\"version\": \"==1.0\"}},\n\"develop\": {\n\"b\": {\"version\": \"==2.0\"}}}";
    assert_eq!(locked("Pipfile.lock", pipfile), ["a 1.0 3", "b 2.0 5 dev"]);
    let list =
        "# x\na[extra]==1.0 ; python_version > '3'\nb>=2\nc==3.* \nd==4.0 \\\n  --hash=sha256:0\n";
    assert_eq!(locked("requirements.txt", list), ["a 1.0 2", "d 4.0 5"]);
    assert_eq!(locked("requirements-dev.txt", "a==1.0\n"), ["a 1.0 1 dev"]);
}

#[test]
fn other_ecosystems_are_read() {
    let composer = "{\"packages\": [\n{\"name\": \"s/a\", \"version\": \"v1.2.3\"}], \"packages-dev\": [\n{\"name\": \"s/b\", \"version\": \"2.0.0\"}]}";
    assert_eq!(
        locked("composer.lock", composer),
        ["s/a v1.2.3 2", "s/b 2.0.0 3 dev"]
    );
    let gems = "GIT\n  remote: x\n  specs:\n    own (1.0)\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.13.0-x86_64-linux)\n      racc (~> 1.4)\n\nDEPENDENCIES\n  nokogiri\n";
    assert_eq!(locked("Gemfile.lock", gems), ["nokogiri 1.13.0 9"]);
    let mix = "%{\n  \"plug\": {:hex, :plug, \"1.0.0\", \"abc\", [:mix], [], \"hexpm\"},\n  \"own\": {:git, \"x\", \"y\", []},\n}\n";
    assert_eq!(locked("mix.lock", mix), ["plug 1.0.0 2"]);
    let cargo = "version = 4\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n";
    assert_eq!(locked("Cargo.lock", cargo), ["a 1.0.0 7"]);
    let go = "module x\n\nrequire (\n\texample.org/a v1.2.3\n\texample.org/b v0.1.0 // indirect\n\texample.org/c v1.0.0\n)\nreplace example.org/b => example.org/d v0.2.0\nreplace example.org/c => ../c\n";
    assert_eq!(
        locked("go.mod", go),
        ["example.org/a v1.2.3 4", "example.org/d v0.2.0 5"]
    );
    let gradle = "# x\norg.a:b:1.0=compileClasspath,runtimeClasspath\norg.c:d:2.0=testCompileClasspath\nempty=annotationProcessor\n";
    assert_eq!(
        locked("gradle.lockfile", gradle),
        ["org.a:b 1.0 2", "org.c:d 2.0 3 dev"]
    );
    let renv = "{\"R\": {}, \"Packages\": {\n\"shiny\": {\"Package\": \"shiny\", \"Version\": \"1.7.0\"}}}";
    assert_eq!(locked("renv.lock", renv), ["shiny 1.7.0 2"]);
    let nuget = "{\"version\": 1, \"dependencies\": {\"net8.0\": {\n\"Serilog\": {\"type\": \"Direct\", \"resolved\": \"2.0.0\"}}}}";
    assert_eq!(locked("packages.lock.json", nuget), ["Serilog 2.0.0 2"]);
}

#[test]
fn a_lock_that_cannot_be_read_is_said() {
    assert_eq!(
        unread("package-lock.json", "{"),
        Some(ReasonCode::Unreadable)
    );
    let merge = "a==1\n<<<<<<< HEAD\nb==1\n";
    assert_eq!(
        unread("requirements.txt", merge),
        Some(ReasonCode::Unreadable)
    );
    assert_eq!(
        unread("pixi.lock", "version: 6"),
        Some(ReasonCode::NotInterpreted)
    );
    assert_eq!(unread("go.sum", "x v1 h1:a="), None);
}
