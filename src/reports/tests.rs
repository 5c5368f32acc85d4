// SPDX-License-Identifier: EUPL-1.2
//! Whole outputs on invented cards.

use super::site::{SiteOptions, render_site};
use super::test_support;

#[test]
fn scratch() {
    let options = SiteOptions {
        contest_url: Some(
            "https://forge.example.org/issues/new?title={rule}&repo={repository}".to_owned(),
        ),
        ..SiteOptions::default()
    };
    let files = render_site(&test_support::programme(), &test_support::rules(), &options).unwrap();
    let root = std::path::Path::new("/tmp/perenne-site");
    let _ = std::fs::remove_dir_all(root);
    for file in files {
        let path = root.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
}
