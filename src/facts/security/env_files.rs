// SPDX-License-Identifier: EUPL-1.2
//! Environment files and key files that are not samples: their variables' names, and whether they hold real values.

use std::sync::LazyLock;

use regex::Regex;

use super::placeholders::{is_local_host, is_placeholder, is_reference};
use super::search::{is_encrypted, is_test_material};
use crate::model::outcome::Reason;
use crate::snapshot::{Entry, ReadError, Snapshot};

/// What an environment file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// No variable has a value.
    Empty,
    /// Defaults, local values, placeholders, test values.
    Placeholders,
    /// Real addresses, and nothing that gives access.
    Settings,
    /// At least one value that could give access.
    Values,
}

impl State {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Placeholders => "placeholders",
            Self::Settings => "settings",
            Self::Values => "values",
        }
    }
}

/// An environment file. Values are not kept.
pub(super) struct EnvFile {
    pub(super) path: String,
    /// Names of its variables, in order.
    pub(super) variables: Vec<String>,
    pub(super) state: State,
    pub(super) is_uncommitted: bool,
}

/// What a file's name makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// `.env` and its variants.
    Variables,
    /// direnv's script: counts only when it holds values.
    Script,
    /// A key in text.
    Key,
    /// A key store, binary.
    Store,
    /// credentials.json.
    Credentials,
}

/// Environment files in path order, and why one could not be read.
pub(super) fn find(snapshot: &Snapshot) -> (Vec<EnvFile>, Option<Reason>) {
    let mut files = Vec::new();
    let mut unread = None;
    for entry in snapshot.files() {
        let Some(role) = role(entry) else { continue };
        match read(snapshot, entry, role) {
            Ok(Some(file)) => files.push(file),
            Ok(None) => {}
            Err(error) => {
                unread.get_or_insert_with(|| error.reason(&entry.path));
            }
        }
    }
    (files, unread)
}

fn role(entry: &Entry) -> Option<Role> {
    let name = entry.name().to_ascii_lowercase();
    let extension = entry.extension();
    let role = match extension.as_str() {
        "pem" | "key" | "ppk" => Role::Key,
        "p12" | "pfx" | "jks" | "keystore" => Role::Store,
        _ if name == ".envrc" => Role::Script,
        _ if name == ".flaskenv" => Role::Variables,
        _ if matches!(
            name.as_str(),
            "id_rsa" | "id_dsa" | "id_ecdsa" | "id_ed25519"
        ) =>
        {
            Role::Key
        }
        "json" if name.starts_with("credentials") => Role::Credentials,
        _ if is_env_name(&name) || entry.folder().split('/').any(|part| part == ".envs") => {
            Role::Variables
        }
        _ => return None,
    };
    (!is_sample(&entry.path)).then_some(role)
}

/// `.env`, `.env.production`, `production.env`; not code, not an encrypted copy.
fn is_env_name(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(".env") else {
        return name
            .strip_suffix(".env")
            .is_some_and(|stem| !stem.is_empty());
    };
    let suffix = rest.rsplit('.').next().unwrap_or_default();
    (rest.is_empty() || rest.starts_with(['.', '-', '_']))
        && !matches!(
            suffix,
            "js" | "ts"
                | "mjs"
                | "cjs"
                | "py"
                | "rb"
                | "php"
                | "sh"
                | "json"
                | "yml"
                | "yaml"
                | "md"
                | "d"
                | "enc"
                | "gpg"
                | "age"
                | "vault"
                | "asc"
                | "sops"
                | "encrypted"
                | "j2"
                | "erb"
                | "hbs"
                | "tpl"
        )
}

/// True when the name, or a folder, says that the file is there to be copied.
fn is_sample(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let words = name.to_ascii_lowercase();
    let says = |part: &str| {
        [
            "example",
            "exemple",
            "sample",
            "template",
            "tmpl",
            "tpl",
            "dist",
            "default",
            "declaration",
            "schema",
            "model",
            "skel",
            "reference",
            "public",
            "pub",
        ]
        .iter()
        .any(|word| part == *word || part.strip_suffix('s') == Some(word))
    };
    words.split(['.', '-', '_']).any(says)
        || folder.split('/').any(|part| {
            matches!(
                part,
                "examples" | "example" | "samples" | "sample" | "templates" | "exemples"
            )
        })
}

/// True when the name says that the values serve tests.
fn is_test_environment(path: &str) -> bool {
    let words = path.to_ascii_lowercase();
    is_test_material(path)
        || words.split(['/', '.', '-', '_']).any(|part| {
            matches!(
                part,
                "test" | "tests" | "testing" | "ci" | "e2e" | "cypress" | "debug" | "dusk"
            )
        })
}

fn read(snapshot: &Snapshot, entry: &Entry, role: Role) -> Result<Option<EnvFile>, ReadError> {
    let file = |variables, state: State, is_uncommitted| {
        Some(EnvFile {
            path: entry.path.to_string(),
            variables,
            state: if is_test_environment(&entry.path) {
                state.min(State::Placeholders)
            } else {
                state
            },
            is_uncommitted,
        })
    };
    if role == Role::Store {
        return Ok(file(Vec::new(), State::Values, false));
    }
    let text = match snapshot.text(entry) {
        Ok(text) => text,
        Err(ReadError::Binary | ReadError::NotAFile) => return Ok(None),
        Err(error) => return Err(error),
    };
    if is_encrypted(&text.text) {
        return Ok(None);
    }
    let (variables, state) = match role {
        Role::Key if is_private_key(&text.text) => (Vec::new(), State::Values),
        Role::Key | Role::Store => return Ok(None),
        Role::Credentials => match credentials(&text.text) {
            Some(found) => found,
            None => return Ok(None),
        },
        Role::Variables | Role::Script => {
            let found = variables(&text.text);
            if role == Role::Script && found.1 != State::Values {
                return Ok(None);
            }
            found
        }
    };
    Ok(file(variables, state, text.is_uncommitted))
}

/// True for a private key with a body; a master key of Rails is bare hexadecimal.
fn is_private_key(text: &str) -> bool {
    let bare = text.trim();
    let is_bare = bare.len() == 32 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_bare
        || (text.contains("PRIVATE KEY-----")
            && text.len() > 300
            && !text.contains("ENCRYPTED")
            && !text.contains("xxxxxxxx"))
}

static ASSIGNMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*(.*)$")
        .expect("invariant: constant pattern")
});

fn variables(text: &str) -> (Vec<String>, State) {
    let is_symfony = text.contains("###> symfony/framework-bundle");
    let mut names = Vec::new();
    let mut state = State::Empty;
    for found in ASSIGNMENT.captures_iter(text) {
        let (name, value) = (&found[1], unquoted(&found[2]));
        let is_framework_default = is_symfony && name == "APP_SECRET";
        state = state.max(if value.is_empty() {
            State::Empty
        } else if is_framework_default {
            State::Placeholders
        } else {
            state_of(name, value)
        });
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    (names, state)
}

/// A value without its quotes and without the comment behind it.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or(rest).trim();
        }
    }
    if value.starts_with('#') {
        return "";
    }
    value.split(" #").next().unwrap_or(value).trim()
}

static CREDENTIALS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"://([^\s/:@]*):([^\s/@]+)@([^\s/:?]+)").expect("invariant: constant pattern")
});
static HOST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"://([^\s/:?#]+)").expect("invariant: constant pattern"));

/// Whether a value could give access, names a machine that is not the developer's own, or neither.
fn state_of(name: &str, value: &str) -> State {
    let name = name.to_ascii_uppercase();
    if is_reference(value) {
        return State::Placeholders;
    }
    let when = |holds: bool, state: State| if holds { state } else { State::Placeholders };
    if let Some(found) = CREDENTIALS.captures(value) {
        let is_real = !is_local_host(&found[3]) && !is_reference(&found[2]);
        return when(is_real, State::Values);
    }
    if [
        "VITE_",
        "REACT_APP_",
        "NEXT_PUBLIC_",
        "NUXT_PUBLIC_",
        "VUE_APP_",
        "GATSBY_",
        "EXPO_PUBLIC_",
        "PUBLIC_",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
    {
        return State::Placeholders;
    }
    if let Some(found) = HOST.captures(value) {
        return when(!is_local_host(&found[1]), State::Settings);
    }
    when(
        is_secret_name(&name) && !is_placeholder(value),
        State::Values,
    )
}

/// True for a file of variables, script or not.
pub(super) fn is_one(entry: &Entry) -> bool {
    matches!(role(entry), Some(Role::Variables | Role::Script))
}

/// The values of an environment file that give access: they are removed from whatever is quoted.
pub(super) fn secret_values(text: &str) -> Vec<String> {
    ASSIGNMENT
        .captures_iter(text)
        .filter_map(|found| {
            let (name, value) = (&found[1], unquoted(&found[2]));
            let password = CREDENTIALS.captures(value).map(|found| found[2].to_owned());
            let own = is_secret_name(name).then(|| value.to_owned());
            password.or(own)
        })
        .filter(|value| !is_placeholder(value))
        .collect()
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    !name.contains("PUBLIC")
        && [
            "SECRET",
            "PASSWORD",
            "PASSWD",
            "PASSPHRASE",
            "TOKEN",
            "APIKEY",
            "API_KEY",
            "PRIVATE",
            "CREDENTIAL",
            "SALT",
            "MOT_DE_PASSE",
        ]
        .iter()
        .any(|word| name.contains(word))
        || name.ends_with("_KEY")
        || name.ends_with("_PWD")
        || name.ends_with("_PASS")
}

/// Names of the secret fields of a credentials file; `None` when it has none.
fn credentials(text: &str) -> Option<(Vec<String>, State)> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let mut names = Vec::new();
    let mut state = State::Empty;
    let mut open = vec![&json];
    while let Some(value) = open.pop() {
        for (name, value) in value.as_object().into_iter().flatten() {
            if let Some(text) = value.as_str() {
                if is_secret_name(name) {
                    names.push(name.clone());
                    state = state.max(match text {
                        "" => State::Empty,
                        _ if is_placeholder(text) => State::Placeholders,
                        _ => State::Values,
                    });
                }
            } else {
                open.push(value);
            }
        }
        open.extend(value.as_array().into_iter().flatten());
    }
    (!names.is_empty()).then_some((names, state))
}
