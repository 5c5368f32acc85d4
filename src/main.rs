// SPDX-License-Identifier: EUPL-1.2
//! The `perenne` executable: everything is in the library.

fn main() {}
