// SPDX-License-Identifier: EUPL-1.2
//! The executable as a person runs it: messages in both languages, exit codes, and what is printed where.

mod audits;
mod catalogues;
mod explain;
mod inputs;
mod output;
mod rules;
mod waivers;

use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The executable with an environment of its own.
pub(crate) fn perenne(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_perenne"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", path())
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

#[expect(
    clippy::disallowed_methods,
    reason = "the executable needs to find git"
)]
fn path() -> std::ffi::OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

pub(crate) fn output(mut command: Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().expect("ended by itself"),
        stdout: String::from_utf8(output.stdout).expect("results are text"),
        stderr: String::from_utf8(output.stderr).expect("messages are text"),
    }
}

/// Runs in one language on a fixed day.
pub(crate) fn run_in(language: &str, folder: &Path, arguments: &[&str]) -> Run {
    let fixed = ["--lang", language, "--date", "2026-11-23"];
    output(perenne(folder, &[&fixed[..], arguments].concat()))
}

/// Runs in English.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    run_in("en", folder, arguments)
}

/// Runs in both languages: the same exit code, nothing on standard output, and the text expected in each.
#[track_caller]
pub(crate) fn refused(folder: &Path, arguments: &[&str], code: i32, texts: [&str; 2]) {
    for (language, text) in ["fr", "en"].into_iter().zip(texts) {
        let run = run_in(language, folder, arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        assert!(
            plain(&run.stderr).contains(text),
            "{arguments:?} lacks « {text} »: {}",
            run.stderr
        );
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}

/// The text with typographic spaces, apostrophes and English quotation marks made plain, so that tests are easy to write.
pub(crate) fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace('’', "'")
        .replace(['“', '”'], "\"")
}

/// A file that a test made, or that every system has.
#[expect(clippy::disallowed_methods, reason = "not a file of others")]
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

pub(crate) fn read(path: &Path) -> String {
    String::from_utf8(bytes(path)).unwrap()
}

/// Writes a file of a scratch folder, folders included.
pub(crate) fn write(folder: &Path, path: &str, content: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}
