// SPDX-License-Identifier: EUPL-1.2
//! Shell scripts of CI steps as simple commands: words, line, folder. Nothing is expanded, nothing is executed.

/// One simple command of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// Its words without quotes; assignments in front are dropped.
    pub(super) words: Vec<String>,
    /// Line in the script, from 0.
    pub(super) line: u32,
    /// Folder in which it runs, from the root; `None` once a `cd` leads where we cannot follow.
    pub(super) folder: Option<String>,
    /// False when its failure is swallowed (`|| true`).
    pub(super) is_blocking: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Operator(&'static str),
}

/// Keywords that may stand before a command.
const KEYWORDS: [&str; 12] = [
    "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "exec", "command",
];

/// The simple commands of `script`, run from `folder`.
pub(super) fn commands(script: &str, folder: Option<&str>) -> Vec<Command> {
    let mut found: Vec<Command> = Vec::new();
    let mut folder = folder.map(str::to_owned);
    let mut words = Vec::new();
    let mut start = 0;
    let mut after_or = false;
    let mut tokens = tokenise(script);
    tokens.push((u32::MAX, Token::Operator("\n")));
    for (line, token) in tokens {
        match token {
            Token::Word(word) => {
                if words.is_empty() {
                    start = line;
                }
                words.push(word);
            }
            Token::Operator(operator) => {
                let command = simple(std::mem::take(&mut words));
                if after_or
                    && command
                        .first()
                        .is_some_and(|word| matches!(word.as_str(), "true" | ":" | "echo"))
                    && let Some(last) = found.last_mut()
                {
                    last.is_blocking = false;
                }
                if command.first().is_some_and(|word| word == "cd") {
                    folder = changed(folder.as_deref(), command.get(1).map(String::as_str));
                } else if !command.is_empty() {
                    found.push(Command {
                        words: command,
                        line: start,
                        folder: folder.clone(),
                        is_blocking: true,
                    });
                }
                after_or = operator == "||";
            }
        }
    }
    found
}

/// The folder after `cd target`.
fn changed(folder: Option<&str>, target: Option<&str>) -> Option<String> {
    let target = target?;
    if target.starts_with(['/', '~', '$', '-']) || target.contains("$(") {
        return None;
    }
    Some(joined(folder?, target))
}

/// `target` seen from `folder`, without `.` and `..`; the root is the empty text.
pub(super) fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Words without keywords, assignments and loop heads.
fn simple(words: Vec<String>) -> Vec<String> {
    if words
        .first()
        .is_some_and(|word| matches!(word.as_str(), "for" | "case" | "function"))
    {
        return Vec::new();
    }
    let skipped = words
        .iter()
        .take_while(|word| KEYWORDS.contains(&word.as_str()) || is_assignment(word))
        .count();
    words.into_iter().skip(skipped).collect()
}

/// True for `NAME=value`.
pub(super) fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

struct Reader<'s> {
    rest: std::iter::Peekable<std::str::Chars<'s>>,
    line: u32,
    word: Option<String>,
    word_line: u32,
    tokens: Vec<(u32, Token)>,
    heredocs: Vec<String>,
    /// What the next word is, when it is no argument.
    next_word: NextWord,
}

#[derive(PartialEq, Eq)]
enum NextWord {
    Argument,
    Redirection,
    Heredoc,
}

fn tokenise(script: &str) -> Vec<(u32, Token)> {
    let mut reader = Reader {
        rest: script.chars().peekable(),
        line: 0,
        word: None,
        word_line: 0,
        tokens: Vec::new(),
        heredocs: Vec::new(),
        next_word: NextWord::Argument,
    };
    while let Some(c) = reader.take() {
        reader.read(c);
    }
    reader.end_word();
    reader.tokens
}

impl Reader<'_> {
    fn take(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn push(&mut self, c: char) {
        if self.word.is_none() {
            self.word_line = self.line;
        }
        self.word.get_or_insert_default().push(c);
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else {
            return;
        };
        match std::mem::replace(&mut self.next_word, NextWord::Argument) {
            NextWord::Argument => self.tokens.push((self.word_line, Token::Word(word))),
            NextWord::Redirection => {}
            NextWord::Heredoc => self.heredocs.push(word),
        }
    }

    fn operator(&mut self, operator: &'static str) {
        self.end_word();
        self.tokens.push((self.line, Token::Operator(operator)));
    }

    fn doubled(&mut self, c: char) -> bool {
        let is_doubled = self.rest.peek() == Some(&c);
        if is_doubled {
            self.take();
        }
        is_doubled
    }

    fn read(&mut self, c: char) {
        match c {
            '\n' => {
                self.operator("\n");
                self.skip_heredocs();
            }
            '\r' => {}
            ' ' | '\t' => self.end_word(),
            '\\' => match self.take() {
                Some('\n') | None => self.end_word(),
                Some('\r') => {}
                Some(next) => self.push(next),
            },
            '#' if self.word.is_none() => {
                while self.rest.peek().is_some_and(|c| *c != '\n') {
                    self.take();
                }
            }
            '\'' | '"' => self.quoted(c),
            '$' => self.expansion(),
            '`' => {
                self.push(c);
                while let Some(c) = self.take() {
                    self.push(c);
                    if c == '`' {
                        break;
                    }
                }
            }
            '&' if self.next_word == NextWord::Redirection && self.word.is_none() => self.push(c),
            '&' => {
                let operator = if self.doubled('&') { "&&" } else { "&" };
                self.operator(operator);
            }
            '|' => {
                let operator = if self.doubled('|') { "||" } else { "|" };
                self.operator(operator);
            }
            ';' | '(' | ')' => self.operator(";"),
            '<' | '>' => self.redirection(c),
            c => self.push(c),
        }
    }

    fn redirection(&mut self, c: char) {
        if self
            .word
            .as_ref()
            .is_some_and(|word| word.chars().all(|c| c.is_ascii_digit()))
        {
            self.word = None;
        }
        self.end_word();
        let is_doubled = self.doubled(c);
        if c == '<' && is_doubled {
            if self.doubled('<') {
                self.next_word = NextWord::Redirection;
            } else {
                self.doubled('-');
                self.next_word = NextWord::Heredoc;
            }
        } else {
            self.next_word = NextWord::Redirection;
        }
    }

    fn quoted(&mut self, quote: char) {
        if self.word.is_none() {
            self.word_line = self.line;
            self.word = Some(String::new());
        }
        while let Some(c) = self.take() {
            match c {
                c if c == quote => return,
                '\\' if quote == '"' => {
                    if let Some(next) = self.take()
                        && next != '\n'
                    {
                        self.push(next);
                    }
                }
                c => self.push(c),
            }
        }
    }

    /// `$name`, `${name}`, `${{ expression }}` and `$(command)` stay as they are, in one word.
    fn expansion(&mut self) {
        self.push('$');
        let (open, close) = match self.rest.peek() {
            Some('(') => ('(', ')'),
            Some('{') => ('{', '}'),
            _ => return,
        };
        let mut depth = 0_usize;
        while let Some(c) = self.take() {
            self.push(c);
            if c == open {
                depth += 1;
            } else if c == close {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return;
                }
            }
        }
    }

    fn skip_heredocs(&mut self) {
        for end in std::mem::take(&mut self.heredocs) {
            let mut current = String::new();
            while let Some(c) = self.take() {
                if c != '\n' {
                    current.push(c);
                } else if std::mem::take(&mut current).trim() == end {
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(script: &str) -> Vec<String> {
        commands(script, Some(""))
            .iter()
            .map(|command| command.words.join(" "))
            .collect()
    }

    #[test]
    fn operators_separate_and_prefixes_vanish() {
        assert_eq!(
            words("A=1 B=\"x y\" npm ci && npm test; (echo a | tee b) # npm run lint\n"),
            ["npm ci", "npm test", "echo a", "tee b"]
        );
        assert_eq!(
            words("if [ -n \"$X\" ]; then pytest -q; fi"),
            ["[ -n $X ]", "pytest -q", "fi"]
        );
        assert_eq!(words("pytest 2>&1 > log.txt --cov"), ["pytest --cov"]);
    }

    #[test]
    fn continuations_quotes_and_heredocs_are_read_through() {
        assert_eq!(
            words("docker run \\\n  -v \"$(pwd):/app\" image pytest"),
            ["docker run -v $(pwd):/app image pytest"]
        );
        assert_eq!(words("cat > f <<EOF\nnpm test\nEOF\nls"), ["cat", "ls"]);
        assert_eq!(words("echo 'npm test && x'"), ["echo npm test && x"]);
        assert_eq!(
            words("pnpm --filter ${{ matrix.x }} lint"),
            ["pnpm --filter ${{ matrix.x }} lint"]
        );
    }

    #[test]
    fn folders_lines_and_swallowed_failures_are_known() {
        let found = commands(
            "ls\ncd web/../api && yarn test || true\ncd /tmp\nmake",
            Some(""),
        );
        assert_eq!(found[1].folder.as_deref(), Some("api"));
        assert_eq!((found[1].line, found[1].is_blocking), (1, false));
        let last = found.last().unwrap();
        assert_eq!((last.words[0].as_str(), &last.folder), ("make", &None));
    }

    #[test]
    fn unfinished_text_ends_quietly() {
        for text in ["echo 'a", "echo \"$(", "cat <<EOF\nx", "a \\", "`", "${{"] {
            let _ = commands(text, None);
        }
    }
}
