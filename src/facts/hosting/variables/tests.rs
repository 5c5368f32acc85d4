// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::snapshot::MemoryTree;

fn read(path: &str, text: &str) -> Vec<String> {
    let snapshot = MemoryTree::new().file(path, text).snapshot();
    let entry = snapshot.entry(path).unwrap();
    let mut variables = Variables::new();
    if may_read(entry, &entry.extension()) {
        add(entry, text, &mut variables);
    }
    variables.into_keys().collect()
}

#[test]
fn languages_read_variables_in_their_ways() {
    for (path, text) in [
        ("a.js", "const a = process.env.API_URL || ''"),
        ("a.ts", "process.env[\"API_URL\"]"),
        ("a.ts", "const { API_URL = 'x', other } = process.env"),
        ("a.vue", "import.meta.env.API_URL"),
        ("a.py", "os.environ['API_URL']"),
        ("a.py", "os.environ.get(\"API_URL\", 1)"),
        ("a.py", "os.getenv(\n 'API_URL')"),
        ("a.py", "URL = env.str('API_URL')"),
        ("a.py", "from decouple import config\nconfig('API_URL')"),
        ("a.rb", "ENV.fetch('API_URL')"),
        ("a.rb", "ENV['API_URL']"),
        ("a.php", "env('API_URL', null)"),
        ("a.php", "$_ENV['API_URL']"),
        ("config/packages/x.yaml", "url: '%env(resolve:API_URL)%'"),
        ("a.exs", "System.get_env(\"API_URL\")"),
        ("a.exs", "System.fetch_env!(\"API_URL\")"),
        ("a.go", "os.Getenv(\"API_URL\")"),
        ("a.rs", "std::env::var(\"API_URL\")"),
        ("a.java", "System.getenv(\"API_URL\")"),
        ("a.cs", "Environment.GetEnvironmentVariable(\"API_URL\")"),
        ("a.R", "Sys.getenv(\"API_URL\")"),
    ] {
        assert_eq!(read(path, text), ["API_URL"], "{path}: {text}");
    }
}

#[test]
fn tests_tools_comments_and_given_names_do_not_count() {
    for (path, text) in [
        ("a.test.js", "process.env.API_URL"),
        ("scripts/a.js", "process.env.API_URL"),
        ("cypress/a.js", "process.env.API_URL"),
        ("a.js", "// process.env.API_URL"),
        (
            "a.rs",
            "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    std::env::var(\"API_URL\")\n}",
        ),
        ("a.js", "process.env.NODE_ENV"),
        ("a.js", "config('API_URL')"),
        ("a.js", "process.env.lower"),
        ("a.py", "os.environ['API_URL'] = x"),
        ("a.php", "env('API_URL', 1)"),
        ("a.md", "process.env.API_URL"),
    ] {
        assert!(read(path, text).is_empty(), "{path}: {text}");
    }
}
