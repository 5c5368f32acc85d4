// SPDX-License-Identifier: EUPL-1.2
//! Takes programs that only run another program off a command: `sudo`, `npx`, `docker compose run x`, `poetry run` …

use super::shell::is_assignment;

/// What stands inside wrappers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inner {
    /// A command; its first word is a bare program name.
    Command(Vec<String>),
    /// A script in one word (`bash -c "…"`).
    Script(String),
}

/// Wrappers are taken off at most this often.
const MOST_WRAPPERS: usize = 12;

/// The command that really runs.
pub(super) fn unwrapped(words: &[String]) -> Inner {
    let mut rest: Vec<&str> = words.iter().map(String::as_str).collect();
    for _ in 0..MOST_WRAPPERS {
        while rest.first().is_some_and(|word| is_assignment(word)) {
            rest.remove(0);
        }
        let Some(first) = rest.first() else { break };
        let program = bare(first);
        if matches!(program, "bash" | "sh" | "zsh" | "dash")
            && let Some(script) = inline_script(&rest)
        {
            return Inner::Script(script.to_owned());
        }
        match peeled(program, &rest) {
            Some(inner) if inner.len() < rest.len() => rest = inner,
            _ => break,
        }
    }
    let mut command: Vec<String> = rest.iter().map(|word| (*word).to_owned()).collect();
    if let Some(first) = command.first_mut() {
        *first = bare(first).to_owned();
    }
    Inner::Command(command)
}

/// `vendor/bin/phpunit`, `./node_modules/.bin/jest` and `phpunit.phar` as bare names; other paths as written.
fn bare(program: &str) -> &str {
    let program = program.strip_prefix("./").unwrap_or(program);
    let name = program.rsplit('/').next().unwrap_or(program);
    let folder = &program[..program.len() - name.len()];
    let is_tool = folder.is_empty()
        || folder.ends_with("bin/")
        || folder.ends_with("Scripts/")
        || matches!(name, "gradlew" | "mvnw" | "manage.py" | "artisan");
    if is_tool {
        name.strip_suffix(".phar").unwrap_or(name)
    } else {
        program
    }
}

fn inline_script<'w>(words: &[&'w str]) -> Option<&'w str> {
    let at = words
        .iter()
        .position(|word| word.starts_with('-') && !word.starts_with("--") && word.ends_with('c'))?;
    words.get(at + 1).copied()
}

fn peeled<'w>(program: &str, words: &[&'w str]) -> Option<Vec<&'w str>> {
    let second = words.get(1).copied().unwrap_or_default();
    match program {
        "sudo" => Some(past_options(&words[1..], &["-u", "-g", "-C"])),
        "env" | "nohup" | "nice" | "xvfb-run" | "unbuffer" | "cross-env" | "cross-env-shell"
        | "dotenv" | "retry" | "run-rs" | "catchsegv" | "stdbuf" | "bunx" | "uvx" | "pipx" => {
            let rest = past_options(
                &words[1..],
                &["-e", "-n", "-s", "-f", "--server-args", "-c"],
            );
            Some(without(rest, &["run"]))
        }
        "timeout" => {
            Some(past_options(&words[1..], &["-k", "-s"]).split_off(1.min(words.len() - 1)))
        }
        "npx" | "pnpx" => Some(past_options(&words[1..], &["-p", "--package"])),
        "yarn" | "pnpm" | "npm" | "bun" if matches!(second, "exec" | "dlx" | "x") => {
            Some(past_options(&words[2..], &["-p", "--package"]))
        }
        "bundle" | "bundler" | "direnv" | "rbenv" | "pyenv" if second == "exec" => {
            Some(past_options(&words[2..], &[]))
        }
        "bin/rails" | "spring" => Some([&["rails"], &words[1..]].concat()),
        "poetry" | "pipenv" | "uv" | "pdm" | "rye" | "conda" | "mamba" | "micromamba" | "hatch"
        | "pixi"
            if second == "run" =>
        {
            Some(past_options(
                &words[2..],
                &[
                    "-n",
                    "--name",
                    "-p",
                    "--with",
                    "--extra",
                    "--group",
                    "--python",
                    "--directory",
                    "-e",
                ],
            ))
        }
        "composer" if second == "exec" => Some(past_options(&words[2..], &[])),
        "python" | "python2" | "python3" | "py" => python(words),
        "php" => {
            let rest = past_options(&words[1..], &["-d", "-c", "--php-ini"]);
            (!rest.is_empty() && !words.contains(&"-l") && !words.contains(&"-r")).then_some(rest)
        }
        "coverage" | "coverage3" if second == "run" => {
            let rest = past_options(&words[2..], &["--source", "--rcfile"]);
            Some(if words.contains(&"-m") {
                rest
            } else {
                [&["python"], rest.as_slice()].concat()
            })
        }
        "nyc" | "c8" | "istanbul" => Some(without(past_options(&words[1..], &[]), &["cover"])),
        "docker" | "podman" => docker(words),
        "docker-compose" | "podman-compose" => compose(&words[1..]),
        "lando" | "ddev" if !matches!(second, "start" | "stop" | "exec") => {
            Some(words[1..].to_vec())
        }
        "ddev" | "fig" if second == "exec" => Some(words[2..].to_vec()),
        "xargs" => Some(past_options(&words[1..], &["-n", "-I", "-P", "-d", "-L"])),
        "nix" | "nix-shell" | "devbox" | "mise" | "wait-for-it" | "wait-for-it.sh"
        | "dockerize" | "op" | "doppler" | "start-xvfb" => {
            after(words, &["--", "--command", "-c", "--run"])
        }
        _ => None,
    }
}

/// `python -m tool`, `python -W ignore file.py`.
fn python<'w>(words: &[&'w str]) -> Option<Vec<&'w str>> {
    if let Some(at) = words.iter().position(|word| *word == "-m") {
        return Some(words[at + 1..].to_vec());
    }
    let rest = past_options(&words[1..], &["-W", "-X"]);
    rest.first()
        .is_some_and(|word| word.ends_with("manage.py"))
        .then_some(rest)
}

fn docker<'w>(words: &[&'w str]) -> Option<Vec<&'w str>> {
    match words.get(1).copied() {
        Some("compose") => compose(&words[2..]),
        Some("run") => {
            let rest = past_options(&words[2..], VALUED);
            (rest.len() > 1).then(|| rest[1..].to_vec())
        }
        Some("exec") => {
            let rest = past_options(&words[2..], VALUED);
            (rest.len() > 1).then(|| rest[1..].to_vec())
        }
        _ => None,
    }
}

/// Options of `docker run` and `docker compose run` that take the next word.
const VALUED: &[&str] = &[
    "-e",
    "--env",
    "-v",
    "--volume",
    "-w",
    "--workdir",
    "-u",
    "--user",
    "-p",
    "--publish",
    "--name",
    "--network",
    "--net",
    "--entrypoint",
    "--env-file",
    "-l",
    "--label",
    "--mount",
    "--platform",
    "--add-host",
    "-h",
    "--hostname",
    "--link",
    "--index",
];

fn compose<'w>(words: &[&'w str]) -> Option<Vec<&'w str>> {
    let rest = past_options(
        words,
        &[
            "-f",
            "--file",
            "-p",
            "--project-name",
            "--env-file",
            "--profile",
            "--project-directory",
        ],
    );
    if !matches!(rest.first().copied(), Some("run" | "exec")) {
        return None;
    }
    let rest = past_options(&rest[1..], VALUED);
    (rest.len() > 1).then(|| rest[1..].to_vec())
}

/// `words` without the options in front; `valued` ones take the next word with them.
pub(super) fn past_options<'w>(words: &[&'w str], valued: &[&str]) -> Vec<&'w str> {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if *word == "--" {
            at += 1;
            break;
        }
        if !word.starts_with('-') {
            break;
        }
        at += if valued.contains(word) { 2 } else { 1 };
    }
    words.get(at..).unwrap_or_default().to_vec()
}

fn without<'w>(words: Vec<&'w str>, first: &[&str]) -> Vec<&'w str> {
    match words.first() {
        Some(word) if first.contains(word) => words[1..].to_vec(),
        _ => words,
    }
}

fn after<'w>(words: &[&'w str], marks: &[&str]) -> Option<Vec<&'w str>> {
    let at = words.iter().position(|word| marks.contains(word))?;
    Some(words[at + 1..].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(command: &str) -> String {
        let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
        match unwrapped(&words) {
            Inner::Command(words) => words.join(" "),
            Inner::Script(script) => format!("script: {script}"),
        }
    }

    #[test]
    fn what_runs_is_found_behind_its_runners() {
        for (written, runs) in [
            ("sudo -E npx jest --ci", "jest --ci"),
            (
                "docker compose -f a.yml run --rm -e X=1 web bundle exec rspec",
                "rspec",
            ),
            (
                "docker-compose exec -T app ./vendor/bin/phpunit -c x",
                "phpunit -c x",
            ),
            ("docker run -v a:b --rm image:1 pytest -q", "pytest -q"),
            ("poetry run python -m pytest", "pytest"),
            (
                "php -d memory_limit=512M vendor/bin/phpunit tests",
                "phpunit tests",
            ),
            ("python manage.py test", "manage.py test"),
            ("cross-env CI=1 react-scripts test", "react-scripts test"),
            ("timeout 10 xvfb-run -a cypress run", "cypress run"),
            ("coverage run -m pytest", "pytest"),
            ("nyc --all mocha", "mocha"),
            ("uv run --group dev pytest", "pytest"),
            ("conda run -n env nosetests", "nosetests"),
            ("./scripts/test.sh", "scripts/test.sh"),
        ] {
            assert_eq!(inner(written), runs, "{written}");
        }
        let words = ["bash", "-lc", "npm test"].map(str::to_owned);
        assert_eq!(unwrapped(&words), Inner::Script("npm test".to_owned()));
    }

    #[test]
    fn a_wrapper_around_nothing_is_kept() {
        assert_eq!(inner("docker build ."), "docker build .");
        assert_eq!(inner("docker run image"), "docker run image");
        assert_eq!(inner("timeout"), "");
        assert_eq!(inner("sudo"), "");
    }
}
