// SPDX-License-Identifier: EUPL-1.2
use super::*;

#[test]
fn a_folder_of_prose_is_documentation() {
    let tree = MemoryTree::new()
        .file("docs/guide.md", LONG)
        .file("docs/data.json", "{}");
    assert_eq!(facts(tree).text("documentation.docs_dir"), Some("docs"));
}

#[test]
fn published_pdfs_demonstrations_builds_and_law_are_not() {
    let law = "Article L. 1 : x\n\nArticle L. 2 : y\n\nArticle R. 3 : z\n";
    for tree in [
        MemoryTree::new()
            .file("docs/1.equipe.pdf", "%PDF")
            .file("docs/livret.pdf", "%PDF"),
        MemoryTree::new()
            .file("docs/widget.html", "<body>")
            .file("docs/index.html", "<body>"),
        MemoryTree::new()
            .file("docs/index.html", "<div id=app>")
            .file("docs/js/app.js", ""),
        MemoryTree::new()
            .file("docs/a.md", law)
            .file("docs/b.md", law),
        MemoryTree::new().file("docs/CONTRIBUTING.md", LONG),
        MemoryTree::new()
            .file("docs/swagger/swagger.json", "{}")
            .file("docs/docs.go", "package docs"),
        MemoryTree::new().file("tests/docs/a.md", LONG),
    ] {
        assert_eq!(
            facts(tree).value("documentation.docs_dir"),
            Some(&FactValue::Absent)
        );
    }
}

#[test]
fn built_reference_pages_count_and_name_their_generator() {
    let facts = files(&[
        "docs/index.html",
        "docs/pkgdown.css",
        "docs/reference/f.html",
    ]);
    assert_eq!(facts.text("documentation.docs_dir"), Some("docs"));
    assert_eq!(facts.text("documentation.site_generator"), Some("pkgdown"));
}

#[test]
fn the_root_folder_comes_before_that_of_a_part() {
    let tree = MemoryTree::new()
        .file("api/doc/a.md", LONG)
        .file("api/doc/b.md", LONG)
        .file("documentation/a.md", LONG);
    assert_eq!(
        facts(tree).text("documentation.docs_dir"),
        Some("documentation")
    );
}

#[test]
fn generators_are_known_by_their_configuration() {
    for (path, text, name) in [
        ("mkdocs.yml", "site_name: a", "mkdocs"),
        (
            "docs/conf.py",
            "extensions = ['sphinx.ext.autodoc']",
            "sphinx",
        ),
        ("docusaurus.config.js", "", "docusaurus"),
        (".vuepress/config.js", "", "vuepress"),
        (
            "docs/index.html",
            "<script>window.$docsify = {}</script>",
            "docsify",
        ),
        ("_config.yml", "plugins: [jekyll-feed]", "jekyll"),
        (".eleventy.js", "", "eleventy"),
        ("hugo.toml", "", "hugo"),
        ("pkg/_pkgdown.yml", "", "pkgdown"),
        (
            "package.json",
            r#"{"devDependencies": {"vuepress": "1"}}"#,
            "vuepress",
        ),
    ] {
        let facts = facts(MemoryTree::new().file(path, text));
        assert_eq!(
            facts.text("documentation.site_generator"),
            Some(name),
            "{path}"
        );
    }
    let other = facts(
        MemoryTree::new()
            .file("_config.yml", "title: x")
            .file("conf.py", "DEBUG = 1"),
    );
    assert_eq!(
        other.value("documentation.site_generator"),
        Some(&FactValue::Absent)
    );
}

#[test]
fn a_built_site_with_a_note_and_one_nested_page_are_no_documentation() {
    for tree in [
        MemoryTree::new()
            .file("docs/index.html", "<div id=app>")
            .file("docs/README.md", LONG),
        MemoryTree::new().file("src/doc/a.md", LONG),
    ] {
        assert_eq!(
            facts(tree).value("documentation.docs_dir"),
            Some(&FactValue::Absent)
        );
    }
}

#[test]
fn a_starter_offered_to_others_is_not_the_projects_site() {
    let facts = facts(MemoryTree::new().file("examples/site/hugo.toml", ""));
    assert_eq!(
        facts.value("documentation.site_generator"),
        Some(&FactValue::Absent)
    );
}
