// SPDX-License-Identifier: EUPL-1.2
//! The `perenne` executable: everything is in the library.

use std::process::ExitCode;

use perenne::cli::{Environment, run};

fn main() -> ExitCode {
    run(Environment::of_process())
}
