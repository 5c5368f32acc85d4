// SPDX-License-Identifier: EUPL-1.2
//! Commands in a README: what they install, start or test.

use std::sync::LazyLock;

use regex::Regex;

use super::page::{Page, Passage, pattern};
use crate::facts::prose::{Block, BlockKind};
use crate::model::evidence::Evidence;

/// What precedes a command: prompts, `sudo`, variables.
static PROMPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:\([\w.-]+\)\s*)?(?:[\w~/@.-]*[$%#>]\s+)?(?:sudo\s+(?:-\w+\s+[\w-]+\s+)?)?(?:export\s+)?(?:[A-Z_][A-Z0-9_]*=\S*\s+)*",
    )
});

static INSTALLS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:
        (?:npm|pnpm|yarn|bun)\s+(?:install|i|ci|add)\b | yarn$ | yarn\s*(?:&&|;) |
        (?:pip3?|pipx|pipenv|poetry|uv|conda|mamba|gem|bundle|bundler|composer|mvn|make|luarocks|helm|brew|apt|apt-get|dnf|yum|apk|asdf)\s+(?:-\S+\s+)*(?:install|sync|require|create-project|add)\b |
        (?:conda|mamba)\s+env\s+(?:create|update)\b | uv\s+(?:pip|sync|venv) | python3?\s+-m\s+(?:pip|venv)\b | virtualenv\b |
        git\s+clone\b | go\s+(?:get|install|mod\s+download)\b | cargo\s+install\b | mix\s+deps\.get\b | (?:lein|clj|clojure)\s+deps\b |
        renv::restore | (?:remotes|devtools|pak)::\w*install\w* | install\.packages | docker\s+pull\b | npx\s+create-
        )",
    )
});

static TESTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:
        (?:npm|pnpm|yarn|bun|deno|composer|lerna|nx|turbo)\s+(?:(?:-\S+|run|workspace\s+\S+)\s+)*(?:test|tests|e2e|cypress|jest|vitest)\b |
        (?:npx|yarn|pnpm|poetry\s+run|pipenv\s+run|uv\s+run|bundle\s+exec)\s+(?:jest|vitest|cypress|playwright|mocha|ava|pytest|tox|nose|rspec|cucumber|behave)\b |
        pytest\b | tox\b | nox\b | nosetests\b | behave\b | jest\b | vitest\b | rspec\b | bats\b | phpunit\b |
        python3?\s+-m\s+(?:pytest|unittest|nose)\b | (?:python3?\s+)?(?:\./)?manage\.py\s+test\b | python3?\s+setup\.py\s+test\b | coverage\s+run\b |
        (?:php\s+)?(?:\./)?(?:vendor/)?bin/(?:simple-)?phpunit\b | php\s+artisan\s+(?:test|dusk)\b | (?:php\s+)?(?:\./)?(?:vendor/)?bin/(?:pest|behat|codecept)\b |
        (?:bundle\s+exec\s+|bin/|\./bin/)?(?:rake|rails)\s+(?:test|spec)\b | bin/rspec\b |
        make\s+(?:[\w-]*-)?tests?\b | (?:go|cargo|dotnet|swift|sbt|lein|ng|flutter|clj\s+-[MXA]?:?)\s*(?:test|e2e|nextest)\b | cargo\s+nextest\b |
        (?:mvn|\./mvnw|gradle|\./gradlew)\s+(?:\S+\s+)*(?:test|verify|check)\b | mix\s+(?:\S+\s+)*test\b | (?:MIX_ENV=test\s+)?mix\s+coveralls\b |
        devtools::test | testthat:: |
        docker(?:-|\s+)compose\s+(?:run|exec)\s+(?:\S+\s+)*(?:test|tests|pytest|rspec)\b
        )",
    )
});

static RUNS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:
        (?:npm|pnpm|bun|deno|lerna|nx|turbo)\s+(?:run|start|dev|serve|build|--filter|exec)\b | (?:npm|pnpm)\s+\w+:\w+ | yarn\s+(?:run\s+|workspace\s+\S+\s+)?[a-z][\w:-]* |
        pnpm\s+[a-z][\w:-]* | npx\s+\S+ | node\s+[a-z./][\w./-]* | nodemon\b | vite\b | ng\s+(?:serve|build)\b | ember\s+s |
        make\b(?:\s+[\w.-]+)?$ | make\s+[\w-]+ | just\s+[\w-]+$ | task\s+[\w-]+$ | (?:\./|[\w-]+/)[\w./-]+\.(?:sh|py|rb|pl|bash)\b | \./[\w-]+(?:\s|$) | bash\s+\S+ | sh\s+\S+\.sh\b |
        docker\s+(?:run|build|compose|stack|buildx)\b | docker-compose\b | podman\b | kubectl\b | helm\b | vagrant\s+up\b | ansible-playbook\b | terraform\s+(?:apply|plan|init)\b |
        python[23]?\s+(?:-m\s+\w+|\S+\.py\b) | (?:poetry|pipenv|uv)\s+run\b | flask\b | uvicorn\b | gunicorn\b | streamlit\b | jupyter\b | celery\b | scrapy\b | airflow\b | dvc\b | snakemake\b | kedro\b |
        (?:\./)?manage\.py\b | django-admin\b | honcho\b | foreman\b | heroku\b | scalingo\b | git\s+push\s+(?:heroku|scalingo|dokku)\b |
        (?:bundle\s+exec|bin/\w+|\./bin/\S+|rails|rake|rackup|jekyll|hugo|mkdocs|bin/rails|overmind)\b |
        php\s+(?:-S\b|artisan\b|bin/console\b|\S+\.php\b) | symfony\s+(?:serve|server|console)\b | (?:\./)?bin/console\b | drush\b | wp\s+\w+ |
        (?:iex\s+-S\s+)?mix\s+(?:phx|run|phoenix|ecto|release)\S* | (?:go|cargo|dotnet|sbt|swift|flutter)\s+(?:run|build)\b |
        (?:mvn|\./mvnw|gradle|\./gradlew)\b | java\s+-\S+ | Rscript\b | R\s+(?:-e|CMD)\b | shiny::runApp | (?:targets::)?tar_make |
        (?:clj|clojure)\s+-\S+ | lein\s+\w+ | shadow-cljs\b | systemctl\b | supervisorctl\b | psql\b | createdb\b | open\s+http | xdg-open\b | curl\s+\S+
        )",
    )
});

/// A command that only asks for a version.
static ONLY_VERSIONS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s(?:--version|-v|-V)$"));

/// Languages of code blocks that hold commands.
const SHELLS: [&str; 14] = [
    "sh",
    "bash",
    "shell",
    "zsh",
    "fish",
    "console",
    "terminal",
    "shell-session",
    "shellsession",
    "powershell",
    "ps1",
    "cmd",
    "bat",
    "commandline",
];

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    Install,
    Test,
    Run,
}

/// The first command of a kind, with its evidence.
pub(super) fn first(page: &Page<'_>, does: Does) -> Option<Evidence> {
    page.passages.iter().find_map(|passage| {
        let (line, command) = commands(passage).find(|(_, command)| kind(command) == Some(does))?;
        Some(page.at(line).with_excerpt(&super::page::masked(command)))
    })
}

/// True when a passage holds a command of any kind.
pub(super) fn has_command(passage: &Passage<'_>) -> bool {
    commands(passage).any(|(_, command)| kind(command).is_some())
}

/// Blocks of commands.
pub(super) fn blocks<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p Block> {
    page.passages
        .iter()
        .filter(|passage| passage.block.kind == BlockKind::Code)
        .filter(|passage| {
            let language = passage.block.language.as_str();
            SHELLS.contains(&language)
                || matches!(language, "" | "text" | "txt" | "plaintext" | "r")
                    && has_command(passage)
        })
        .map(|passage| passage.block)
}

/// Commands of a code block or of inline code, with their lines, without prompts.
fn commands<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = (u32, &'p str)> {
    let block = passage.block;
    let is_code = block.kind == BlockKind::Code;
    let lines = is_code.then(|| (block.line..).zip(block.text.lines()));
    let is_command = |code: &str| code.contains(' ') || TESTS.is_match(code) || code.contains('/');
    let codes = block.codes.iter().map(String::as_str);
    let codes = codes
        .filter(move |code| is_command(code))
        .map(|code| (block.line, code));
    lines
        .into_iter()
        .flatten()
        .chain(codes)
        .flat_map(|(line, text)| text.split("&&").map(move |part| (line, bare(part))))
        .filter(|(_, command)| !command.is_empty())
}

fn bare(line: &str) -> &str {
    let rest = PROMPT
        .find(line)
        .map_or(line, |prompt| &line[prompt.end()..]);
    if line.trim_start().starts_with("# ") || rest.len() > 1_000 {
        return "";
    }
    rest.trim()
}

fn kind(command: &str) -> Option<Does> {
    if ONLY_VERSIONS.is_match(command) {
        None
    } else if TESTS.is_match(command) {
        Some(Does::Test)
    } else if INSTALLS.is_match(command) {
        Some(Does::Install)
    } else if RUNS.is_match(command) {
        Some(Does::Run)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_apart() {
        let cases = [
            ("npm install", Some(Does::Install)),
            ("$ sudo -u www-data composer install", Some(Does::Install)),
            ("~$ git clone https://example.org/x", Some(Does::Install)),
            ("npm run test:unit", Some(Does::Test)),
            ("MIX_ENV=test mix coveralls", Some(Does::Test)),
            ("go test ./...", Some(Does::Test)),
            ("./manage.py test", Some(Does::Test)),
            ("npm run dev", Some(Does::Run)),
            ("docker compose up -d", Some(Does::Run)),
            ("(venv) $ python main.py", Some(Does::Run)),
            ("# npm install", None),
            ("node --version", None),
            ("config.toml", None),
        ];
        for (line, expected) in cases {
            assert_eq!(kind(bare(line)), expected, "{line}");
        }
    }
}
