// SPDX-License-Identifier: EUPL-1.2
//! Embeds the files of `rules/` and `reports/`: a list of names and contents, so that no list is written by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo passes its variables to build scripts so"
)]
fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for folder in ["rules", "reports"] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files)?;
        files.sort();
        let mut code = String::from("&[\n");
        for file in files {
            let relative = file.strip_prefix(&root).map_err(io::Error::other)?;
            let relative = relative.to_string_lossy().replace('\\', "/");
            let name = &relative[folder.len() + 1..];
            let _ = writeln!(
                code,
                "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {relative:?}))),"
            );
        }
        code.push_str("]\n");
        fs::write(out.join(format!("{folder}.rs")), code)?;
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
