// SPDX-License-Identifier: EUPL-1.2
//! Test files that frameworks write into a new project, still as they came.

use crate::snapshot::Entry;

/// End of the path and words of the content of each example, all in lower case.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("exampletest.php", &["testbasictest"]),
    ("exampletest.php", &["testexample"]),
    ("exampletest.php", &["test_example"]),
    ("exampletest.php", &["test_that_true_is_true"]),
    (
        "exampletest.php",
        &["test_the_application_returns_a_successful_response"],
    ),
    (
        "exampletest.php",
        &["the application returns a successful response"],
    ),
    ("exampletest.php", &["that true is true"]),
    ("exampletest.php", &["testbasicexample"]),
    ("app.test.js", &["renders learn react link"]),
    ("app.test.jsx", &["renders learn react link"]),
    ("app.test.tsx", &["renders learn react link"]),
    ("app.test.js", &["renders without crashing"]),
    ("app.test.tsx", &["renders without crashing"]),
    ("app.component.spec.ts", &["should create the app"]),
    ("app.e2e-spec.ts", &["should display welcome message"]),
    ("app.po.ts", &["gettitletext"]),
    (
        "app.controller.spec.ts",
        &["should return \"hello world!\""],
    ),
    ("app.e2e-spec.ts", &["hello world!"]),
    ("example.spec.js", &["renders props.msg when passed"]),
    ("example.spec.ts", &["renders props.msg when passed"]),
    ("helloworld.spec.js", &["hello"]),
    ("helloworld.spec.ts", &["hello"]),
    ("e2e/specs/test.js", &["visits the app root url"]),
    ("e2e/vue.spec.ts", &["visits the app root url"]),
    ("example.spec.ts", &["playwright.dev"]),
    ("example.spec.js", &["playwright.dev"]),
    ("example.cy.ts", &["you did it!"]),
    ("example.cy.js", &["you did it!"]),
    ("spec.cy.js", &["example.cypress.io"]),
    ("widget_test.dart", &["counter increments smoke test"]),
    ("applicationtests.java", &["contextloads"]),
    ("applicationtests.kt", &["contextloads"]),
    ("exampleunittest.kt", &["addition_iscorrect"]),
    ("exampleunittest.java", &["addition_iscorrect"]),
    ("exampleinstrumentedtest.kt", &["useappcontext"]),
    ("exampleinstrumentedtest.java", &["useappcontext"]),
    (
        "page_controller_test.exs",
        &["peace of mind from prototype to production"],
    ),
    ("page_controller_test.exs", &["welcome to phoenix"]),
    ("error_view_test.exs", &["renders 404.html"]),
    ("error_html_test.exs", &["renders 404.html"]),
    ("error_json_test.exs", &["renders 404"]),
    ("layout_view_test.exs", &[]),
    ("test-example.r", &["multiplication works"]),
    ("test-my-test.r", &["multiplication works"]),
    ("lib.rs", &["it_works", "2 + 2"]),
    ("lib.rs", &["it_works", "add(2, 2)"]),
    ("unittest1.cs", &["test1"]),
];

/// A test file longer than this is somebody's work.
const LONGEST: usize = 2_500;

/// True for an example that came with a framework and was left as it was.
pub(super) fn is_untouched_example(entry: &Entry, text: &str) -> bool {
    let path = entry.path.to_lowercase();
    if path.contains("cypress/integration/examples/")
        || path.contains("cypress/integration/1-getting-started/")
        || path.contains("cypress/integration/2-advanced-examples/")
        || path.contains("cypress/e2e/1-getting-started/")
        || path.contains("cypress/e2e/2-advanced-examples/")
        || path.contains("tests-examples/")
    {
        return true;
    }
    if text.len() > LONGEST {
        return false;
    }
    let mut named = EXAMPLES
        .iter()
        .filter(|(end, _)| path.ends_with(end))
        .peekable();
    // most files have none of these names
    let text = match named.peek() {
        Some(_) => text.to_lowercase(),
        None => return false,
    };
    named.any(|(_, marks)| marks.iter().all(|mark| text.contains(mark)))
}
