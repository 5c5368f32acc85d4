// SPDX-License-Identifier: EUPL-1.2
//! The only place that prints: results on standard output, everything else on standard error.

use std::io::{self, IsTerminal as _, Write as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::reports::terminal::Colours;

/// Where and how to print.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// Nothing but results and errors.
    pub(super) is_quiet: bool,
    /// Whether standard output takes colours.
    pub(super) has_colours: bool,
    /// Columns of standard output.
    pub(super) width: usize,
}

impl Term {
    /// What the options, the environment and the terminal allow.
    pub(super) fn new(is_quiet: bool, may_colour: bool, columns: Option<usize>) -> Self {
        let is_terminal = io::stdout().is_terminal();
        Self {
            is_quiet,
            has_colours: may_colour && is_terminal,
            width: columns.unwrap_or(100).clamp(40, 120),
        }
    }

    /// Colours of standard output.
    pub(super) fn colours(&self) -> Colours {
        if self.has_colours {
            Colours::Ansi
        } else {
            Colours::Plain
        }
    }

    /// Prints a result. A reader that goes away (`| head`) is no error.
    ///
    /// # Errors
    /// Standard output cannot be written: a full disk, a closed file.
    #[expect(clippy::unused_self, reason = "all printing goes through the terminal")]
    pub(super) fn result(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// Prints a line for a person, unless quiet.
    pub(super) fn note(&self, line: &str) {
        if !self.is_quiet {
            self.error(line);
        }
    }

    /// Prints a line that must be seen.
    #[expect(clippy::unused_self, reason = "all printing goes through the terminal")]
    pub(super) fn error(&self, line: &str) {
        let mut err = io::stderr().lock();
        let _ = writeln!(err, "{line}");
    }

    /// A bar on standard error; hidden when quiet or when standard error is no terminal.
    pub(super) fn progress(&self) -> ProgressBar {
        if self.is_quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}");
        bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }
}
