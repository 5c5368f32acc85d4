// SPDX-License-Identifier: EUPL-1.2
//! Saving and restoring data: what documents say of it, and the commands and scripts that do it.

use std::sync::LazyLock;

use regex::Regex;

use super::look::{is_sample_data, is_tooling};
use super::notes::Note;
use super::words::has_part;
use crate::facts::pattern::folded;
use crate::facts::prose::BlockKind;
use crate::model::text::fold_plain;
use crate::snapshot::{Entry, Snapshot};

/// A place that speaks of saving or restoring data, or does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Backup {
    /// `backup` or `restore`.
    pub(super) does: &'static str,
    /// `document`, `command` in a document, or `script`.
    pub(super) form: &'static str,
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) excerpt: String,
}

/// Places kept of one kind.
const MOST: usize = 4;

static SAVES: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:sauvegardes?|sauvegarder|sauvegardee?s?|backups?|back-ups?|back up|backing up)\b|pg_dump|mysqldump|mongodump",
    )
});

static RESTORES: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:restaurations?|restaurer|restaure[sz]?|restores?|restoring|disaster recovery|reprise d'activite)\b|pg_restore|mongorestore",
    )
});

/// What makes of a word the data of a service, not a form that somebody fills in.
static DATA: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:bases? de donnees|bdd|databases?|db|postgres\w*|psql|mysql|mongo\w*|mariadb|sqlite|elasticsearch|volumes?|serveurs?|servers?|dumps?|snapshots?|s3|pg_dump|pg_restore|mysqldump|mongodump|mongorestore|restic|borg|production)\b",
    )
});

/// Restoring packages is no restoring of data, and « restauration » is also what canteens do.
static PACKAGES: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"\b(?:(?:dotnet|nuget|npm|git|renv|paket|cache|dependencies|packages?)\W{1,3}restor\w*|restor\w*\W{1,3}(?:dependencies|packages?|cache|keys?|nuget|from cache)|restauration (?:collective|scolaire|hospitaliere|administrative|rapide|universitaire|sociale|hors)|restaurants?|cantines?|repas)\b|renv::",
    )
});

/// Commands, with what they do; `true` for saving.
const COMMANDS: &[(&str, bool)] = &[
    ("pg_dump", true),
    ("mysqldump", true),
    ("mongodump", true),
    ("pg_basebackup", true),
    ("pgbackrest", true),
    ("restic backup", true),
    ("borg create", true),
    ("pg_restore", false),
    ("mongorestore", false),
    ("restic restore", false),
    ("borg extract", false),
];

static ANY_COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    folded(
        r"pg_dump|mysqldump|mongodump|pg_basebackup|pgbackrest|restic |borg |pg_restore|mongorestore",
    )
});

/// What the documents say, headings first.
pub(super) fn in_documents(notes: &[Note<'_>]) -> Vec<Backup> {
    let mut found = Vec::new();
    for (does, words) in [("backup", &SAVES), ("restore", &RESTORES)] {
        let mut places: Vec<(bool, Backup)> = Vec::new();
        for note in notes {
            let mut heading = String::new();
            let note_saves = does == "restore"
                && note
                    .prose
                    .blocks
                    .iter()
                    .any(|block| SAVES.is_match(&fold_plain(&block.text)));
            for block in &note.prose.blocks {
                let is_heading = matches!(block.kind, BlockKind::Heading(_));
                let folded = fold_plain(&block.text);
                if words.is_match(&folded) && !PACKAGES.is_match(&folded) {
                    // a short heading is about it; a sentence must say of what
                    let is_short = folded.split_whitespace().count() <= 8;
                    let is_data = DATA.is_match(&folded)
                        || DATA.is_match(&heading)
                        || SAVES.is_match(&heading);
                    // what canteens and museums do has the same name as what databases need
                    let is_plain = does == "backup" || note_saves;
                    if (is_heading && is_short && is_plain) || is_data {
                        let backup = Backup {
                            does,
                            form: if block.kind == BlockKind::Code {
                                "command"
                            } else {
                                "document"
                            },
                            path: note.entry.path.to_string(),
                            line: block.line + offset(&block.text, words),
                            excerpt: said(&block.text, words),
                        };
                        places.push((!is_heading, backup));
                    }
                }
                if is_heading {
                    heading = folded;
                }
            }
        }
        places.sort_by_key(|(is_text, _)| *is_text);
        found.extend(places.into_iter().take(MOST).map(|(_, backup)| backup));
    }
    found
}

/// The line of a block that holds the word.
fn said(text: &str, words: &Regex) -> String {
    text.lines()
        .find(|line| words.is_match(&fold_plain(line)))
        .unwrap_or(text)
        .to_owned()
}

/// Lines from the start of a block to the one that holds the word; code begins after its fence.
fn offset(text: &str, words: &Regex) -> u32 {
    let at = text
        .lines()
        .position(|line| words.is_match(&fold_plain(line)));
    u32::try_from(at.unwrap_or(0)).unwrap_or(0)
}

/// Adds the commands of a script, a task or a job.
pub(super) fn add_commands(entry: &Entry, text: &str, found: &mut Vec<Backup>) {
    if !ANY_COMMAND.is_match(text) || is_tooling(entry) {
        return;
    }
    for (line, number) in text.lines().zip(1_u32..) {
        if line.trim_start().starts_with('#') || !ANY_COMMAND.is_match(line) {
            continue;
        }
        for (command, is_saving) in COMMANDS
            .iter()
            .filter(|(command, _)| line.contains(command))
        {
            let does = if *is_saving { "backup" } else { "restore" };
            if found.iter().filter(|one| one.does == does).count() < MOST {
                found.push(Backup {
                    does,
                    form: "script",
                    path: entry.path.to_string(),
                    line: number,
                    excerpt: (*command).to_owned(),
                });
            }
        }
    }
}

/// Scripts and definitions that are named after it.
pub(super) fn named_files(snapshot: &Snapshot) -> Vec<Backup> {
    let mut found: Vec<Backup> = Vec::new();
    for entry in snapshot.files() {
        let name = entry.name();
        let is_script = matches!(
            entry.extension().as_str(),
            "sh" | "bash" | "timer" | "service" | "yml" | "yaml" | ""
        );
        if !is_script
            || is_sample_data(entry)
            || is_tooling(entry)
            || entry.folder().starts_with(".github")
        {
            continue;
        }
        let lower = name.to_ascii_lowercase();
        let does = if has_part(&lower, &["restore", "restoredb", "restauration"]) {
            "restore"
        } else if has_part(&lower, &["backup", "backups", "sauvegarde", "sauvegardes"]) {
            "backup"
        } else {
            continue;
        };
        if found.iter().filter(|one| one.does == does).count() < MOST {
            found.push(Backup {
                does,
                form: "script",
                path: entry.path.to_string(),
                line: 1,
                excerpt: name.to_owned(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::notes;
    use super::*;
    use crate::snapshot::MemoryTree;

    fn said_in(text: &str) -> Vec<(&'static str, u32)> {
        let snapshot = MemoryTree::new().file("README.md", text).snapshot();
        let notes = notes::read(&snapshot);
        in_documents(&notes)
            .iter()
            .map(|one| (one.does, one.line))
            .collect()
    }

    #[test]
    fn documents_speak_of_the_data_of_the_service() {
        assert_eq!(
            said_in("# A\n\n## Sauvegardes\n\nChaque nuit.\n\n## Restauration\n"),
            [("backup", 3), ("restore", 7)]
        );
        assert_eq!(
            said_in("# A\n\nLa base de données est sauvegardée chaque nuit.\n"),
            [("backup", 3)]
        );
        assert_eq!(
            said_in("# A\n\n## Import d'un dump\n\n```\npg_restore -d app x.dump\n```\n").len(),
            1
        );
    }

    #[test]
    fn forms_and_packages_are_no_backups() {
        for text in [
            "# A\n\nL'utilisateur peut sauvegarder son formulaire.\n",
            "# A\n\nRun `dotnet restore` on the server.\n",
            "# A\n\n`npm restore packages` of the database module\n",
            "# A\n\nGit backup your work.\n",
            "# Menus\n\n## Restauration\n\nLes plats servis.\n",
            "# Menus\n\nLa base de données de la restauration collective.\n",
        ] {
            assert!(said_in(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn commands_and_names_of_scripts_count() {
        let snapshot = MemoryTree::new()
            .file("ops/backup.sh", "set -e\npg_dump app > x\n")
            .file("tests/backup.sh", "x")
            .file("src/BackupForm.js", "x")
            .file("data/aides/aide-restauration.yml", "x")
            .snapshot();
        let found = named_files(&snapshot);
        assert_eq!(found.len(), 1);
        let mut found = Vec::new();
        let entry = snapshot.entry("ops/backup.sh").unwrap();
        add_commands(entry, "set -e\n# pg_restore\npg_dump app > x\n", &mut found);
        assert_eq!((found.len(), found[0].line), (1, 3));
    }
}
