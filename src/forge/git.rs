// SPDX-License-Identifier: EUPL-1.2
//! Transport by the `git` executable: a scrubbed environment, a fixed list of protocols, hard limits, nothing executed.
//!
//! Contents come shallow and without large blobs, then the commits alone; a server that refuses filters sends more,
//! never less. What arrives is a bare repository in a scratch folder; reading it is the snapshot's job.

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;
use tempfile::TempDir;
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};

use crate::model::limits::Limits;
use crate::model::outcome::{Reason, ReasonCode};
use crate::model::settings::ForgeSettings;
use crate::model::url::{Address, Transport};

/// Git's words that are kept of one command.
const STDERR_BYTES: u64 = 16 << 10;
/// How often the size of what arrived is looked at.
const WATCH: Duration = Duration::from_millis(200);
/// Largest blob that is asked for; larger ones stay *not fetched*. Not under the size from which a file is called large.
const BLOB_LIMIT: &str = "blob:limit=5m";
/// How the program names itself to servers.
const USER_AGENT: &str = concat!("perenne/", env!("CARGO_PKG_VERSION"));

/// Why a repository could not be brought here.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The `git` executable could not be started.
    #[error("git cannot be started")]
    NoGit {
        /// The system's word.
        source: std::io::Error,
    },
    /// A scratch folder could not be made: no room, no permission.
    #[error("no scratch folder")]
    NoScratch {
        /// The system's word.
        source: std::io::Error,
    },
    /// The address is not one that may be contacted.
    #[error("{url}: not allowed ({why})")]
    Refused {
        /// The address.
        url: String,
        /// `scheme` or `private-address`.
        why: &'static str,
    },
    /// The server could not be reached, or broke off.
    #[error("{url}: unreachable")]
    Unreachable {
        /// The address.
        url: String,
        /// What Git said, one line, without addresses.
        detail: String,
    },
    /// The server answered that nothing readable is there.
    #[error("{url}: not readable")]
    NotReadable {
        /// The address.
        url: String,
        /// What Git said, one line.
        detail: String,
    },
    /// The repository is there and has no commit.
    #[error("{url}: empty")]
    Empty {
        /// The address.
        url: String,
    },
    /// The transfer took too long.
    #[error("{url}: time-out")]
    TimedOut {
        /// The address.
        url: String,
    },
    /// The repository is larger than the limit.
    #[error("{url}: too large")]
    TooLarge {
        /// The address.
        url: String,
    },
    /// What arrived is not a usable repository or bundle.
    #[error("{url}: damaged")]
    Damaged {
        /// The address.
        url: String,
        /// What Git said, one line.
        detail: String,
    },
}

impl FetchError {
    /// The reason to give for everything that depended on this repository.
    pub fn reason(&self) -> Reason {
        let with = |code, detail: &str| Reason::new(code).with("detail", detail);
        match self {
            Self::NoGit { source } | Self::NoScratch { source } => {
                with(ReasonCode::Unreachable, &source.to_string())
            }
            Self::Refused { why, .. } => with(ReasonCode::Unreachable, why),
            Self::Unreachable { detail, .. } => with(ReasonCode::Unreachable, detail),
            Self::NotReadable { detail, .. } => with(ReasonCode::NotReadable, detail),
            Self::Empty { .. } => Reason::new(ReasonCode::EmptySet),
            Self::TimedOut { .. } => Reason::new(ReasonCode::Timeout),
            Self::TooLarge { .. } => Reason::new(ReasonCode::Truncated),
            Self::Damaged { detail, .. } => with(ReasonCode::Damaged, detail),
        }
    }
}

/// A bare repository in a scratch folder that goes with this value.
#[derive(Debug)]
pub struct Fetched {
    folder: TempDir,
}

impl Fetched {
    /// The bare repository.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Brings repositories here.
#[derive(Debug, Clone)]
pub struct GitTransport {
    /// The few environment variables that git gets: `PATH` and proxies.
    pub environment: Vec<(OsString, OsString)>,
    /// Bounds of time and size.
    pub limits: Limits,
    /// What the configuration allows for some hosts.
    pub forges: Vec<ForgeSettings>,
    /// Whether `file://` addresses may be read: they come from a catalogue of this machine.
    pub allow_file: bool,
}

impl GitTransport {
    /// Fetches an address: contents of the default branch at depth 1, then all commits and tags.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn fetch(&self, address: &Address) -> Result<Fetched, FetchError> {
        self.check(address).await?;
        let url = &address.fetch_url;
        let branch = self.default_branch(url, &address.url).await?;
        let folder = scratch()?;
        let path = folder.path();
        self.run(&["init", "--quiet", "--bare", "."], path, &address.url)
            .await?;
        // what is on this machine already costs nothing to copy whole
        let is_filtered = address.transport != Transport::File;
        let settings = [
            ("remote.origin.url", url.as_str()),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialclonefilter", BLOB_LIMIT),
        ];
        for (key, value) in &settings[..if is_filtered { 3 } else { 1 }] {
            self.run(&["config", key, value], path, &address.url)
                .await?;
        }
        let filter = format!("--filter={BLOB_LIMIT}");
        let spec = format!("+{branch}:refs/heads/perenne");
        let filtered = |filter| if is_filtered { filter } else { "--no-filter" };
        let contents = [
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            filtered(&filter),
            "origin",
            &spec,
        ];
        self.run(&contents, path, &address.url).await?;
        self.run(
            &["symbolic-ref", "HEAD", "refs/heads/perenne"],
            path,
            &address.url,
        )
        .await?;
        if let Some(name) = branch.strip_prefix("refs/heads/") {
            // the name of the default branch, where a clone keeps it
            let target = format!("refs/remotes/origin/{name}");
            let keep = ["symbolic-ref", "refs/remotes/origin/HEAD", &target];
            self.run(&keep, path, &address.url).await?;
        }
        let tags = "+refs/tags/*:refs/tags/*";
        let commits = [
            "fetch",
            "--quiet",
            "--unshallow",
            filtered("--filter=tree:0"),
            "origin",
            &spec,
            tags,
        ];
        if self.run(&commits, path, &address.url).await.is_err() {
            // a repository of one commit is complete at depth 1 and has nothing to deepen: its tags remain to be read
            let only_tags = [
                "fetch",
                "--quiet",
                filtered("--filter=tree:0"),
                "origin",
                tags,
            ];
            let _ = self.run(&only_tags, path, &address.url).await;
        }
        Ok(Fetched { folder })
    }

    /// Unpacks a bundle file.
    ///
    /// # Errors
    /// [`FetchError::NotReadable`] when nothing is there, [`FetchError::Damaged`] when it is no bundle,
    /// [`FetchError::Empty`] when it holds no branch.
    pub async fn unbundle(&self, bundle: &Path) -> Result<Fetched, FetchError> {
        let url = bundle.display().to_string();
        let absolute = std::path::absolute(bundle).unwrap_or_else(|_| bundle.to_owned());
        if !absolute.is_file() {
            return Err(FetchError::NotReadable {
                detail: "no such file".to_owned(),
                url,
            });
        }
        let folder = scratch()?;
        let path = folder.path();
        let text = absolute.to_string_lossy();
        self.run(&["init", "--quiet", "--bare", "."], path, &url)
            .await?;
        let damaged = |error: FetchError| match error {
            FetchError::Unreachable { url, detail } | FetchError::NotReadable { url, detail } => {
                FetchError::Damaged { url, detail }
            }
            other => other,
        };
        let heads = self
            .run(&["bundle", "list-heads", &text], path, &url)
            .await
            .map_err(damaged)?;
        let fetch = [
            "fetch",
            "--quiet",
            "--no-write-fetch-head",
            &text,
            "+refs/*:refs/*",
        ];
        self.run(&fetch, path, &url).await.map_err(damaged)?;
        let Some(branch) = bundle_branch(&heads) else {
            return Err(FetchError::Empty { url });
        };
        self.run(&["symbolic-ref", "HEAD", &branch], path, &url)
            .await?;
        Ok(Fetched { folder })
    }

    /// The full name of the branch that HEAD names.
    async fn default_branch(&self, url: &str, shown: &str) -> Result<String, FetchError> {
        let folder = scratch()?;
        let listed = self
            .run(
                &["ls-remote", "--symref", "--", url, "HEAD"],
                folder.path(),
                shown,
            )
            .await?;
        let mut has_head = false;
        for line in listed.lines() {
            if let Some(rest) = line.strip_prefix("ref: ") {
                if let Some((branch, "HEAD")) = rest.split_once('\t') {
                    return Ok(branch.to_owned());
                }
            } else if line.ends_with("\tHEAD") {
                has_head = true;
            }
        }
        if has_head {
            Ok("HEAD".to_owned())
        } else {
            Err(FetchError::Empty {
                url: shown.to_owned(),
            })
        }
    }

    /// Refuses schemes and addresses that were not allowed, before anything is contacted.
    async fn check(&self, address: &Address) -> Result<(), FetchError> {
        let settings = self.forges.iter().find(|one| one.host == address.host);
        let refuse = |why| {
            Err(FetchError::Refused {
                url: address.url.clone(),
                why,
            })
        };
        let is_allowed = match address.transport {
            Transport::Https => true,
            Transport::Http => settings.is_some_and(|one| one.allow_http),
            Transport::Ssh => settings.is_some_and(|one| one.allow_ssh),
            Transport::Git => false,
            Transport::File => {
                return if self.allow_file {
                    Ok(())
                } else {
                    refuse("scheme")
                };
            }
            Transport::Local => return Ok(()),
        };
        if !is_allowed {
            return refuse("scheme");
        }
        if settings.is_some_and(|one| one.allow_private) {
            return Ok(());
        }
        let host = address.host.as_str();
        let with_port = if host.contains(':') && !host.ends_with(']') {
            host.to_owned()
        } else {
            format!("{host}:443")
        };
        let resolved = tokio::net::lookup_host(with_port).await;
        let addresses = resolved.map_err(|error| FetchError::Unreachable {
            url: address.url.clone(),
            detail: error.to_string(),
        })?;
        if addresses.into_iter().any(|one| is_private(one.ip())) {
            return refuse("private-address");
        }
        Ok(())
    }

    /// Runs one git command in `folder` and answers its standard output.
    async fn run(
        &self,
        arguments: &[&str],
        folder: &Path,
        url: &str,
    ) -> Result<String, FetchError> {
        let mut child = self
            .command(arguments, folder)
            .spawn()
            .map_err(|source| FetchError::NoGit { source })?;
        let stdout = child.stdout.take();
        let stderr = child.stderr.take();
        let output = tokio::spawn(read_bounded(stdout));
        let errors = tokio::spawn(read_bounded(stderr));
        let status = self.watch(&mut child, folder, url).await?;
        let output = output.await.unwrap_or_default();
        let errors = errors.await.unwrap_or_default();
        if status {
            Ok(output)
        } else {
            Err(classify(&errors, url))
        }
    }

    fn command(&self, arguments: &[&str], folder: &Path) -> Command {
        let mut command = Command::new("git");
        command
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env("HOME", folder)
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_PROTOCOL_FROM_USER", "0")
            .env("GIT_ALLOW_PROTOCOL", self.protocols())
            .env(
                "GIT_SSH_COMMAND",
                "ssh -oBatchMode=yes -oStrictHostKeyChecking=yes",
            );
        for setting in [
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "credential.helper=",
            "protocol.version=2",
            "transfer.fsckObjects=false",
            "fetch.fsckObjects=true",
            // old histories hold harmless faults that newer versions of git refuse
            "fetch.fsck.zeroPaddedFilemode=ignore",
            "fetch.fsck.missingSpaceBeforeDate=ignore",
            "fetch.fsck.badTimezone=ignore",
            "fetch.recurseSubmodules=false",
            "gc.auto=0",
            "maintenance.auto=false",
            "http.lowSpeedLimit=1000",
            "http.lowSpeedTime=60",
            "http.followRedirects=initial",
            "safe.bareRepository=all",
            "safe.directory=*",
        ] {
            command.arg("-c").arg(setting);
        }
        command
            .arg("-c")
            .arg(format!("http.userAgent={USER_AGENT}"))
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    fn protocols(&self) -> String {
        let mut allowed = vec!["https"];
        if self.allow_file {
            allowed.push("file");
        }
        if self.forges.iter().any(|one| one.allow_http) {
            allowed.push("http");
        }
        if self.forges.iter().any(|one| one.allow_ssh) {
            allowed.push("ssh");
        }
        allowed.join(":")
    }

    /// Waits for the end, within the limits of time and size. True for success.
    async fn watch(&self, child: &mut Child, folder: &Path, url: &str) -> Result<bool, FetchError> {
        let deadline = tokio::time::sleep(self.limits.transfer_time);
        tokio::pin!(deadline);
        let mut ticks = tokio::time::interval(WATCH);
        loop {
            tokio::select! {
                status = child.wait() => {
                    return Ok(status.is_ok_and(|status| status.success()));
                }
                () = &mut deadline => {
                    let _ = child.kill().await;
                    return Err(FetchError::TimedOut { url: url.to_owned() });
                }
                _ = ticks.tick() => {
                    if size_of(folder, 4) > self.limits.transfer_bytes {
                        let _ = child.kill().await;
                        return Err(FetchError::TooLarge { url: url.to_owned() });
                    }
                }
            }
        }
    }
}

fn scratch() -> Result<TempDir, FetchError> {
    tempfile::Builder::new()
        .prefix("perenne-")
        .tempdir()
        .map_err(|source| FetchError::NoScratch { source })
}

async fn read_bounded(stream: Option<impl tokio::io::AsyncRead + Unpin>) -> String {
    let Some(stream) = stream else {
        return String::new();
    };
    let mut bytes = Vec::new();
    let mut bounded = stream.take(STDERR_BYTES);
    let _ = bounded.read_to_end(&mut bytes).await;
    // the rest is drained so that git does not wait for a reader
    let mut rest = bounded.into_inner();
    let _ = tokio::io::copy(&mut rest, &mut tokio::io::sink()).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Bytes of the files below `folder`, links not followed.
fn size_of(folder: &Path, depth: usize) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() && depth > 0 => size_of(&entry.path(), depth - 1),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// The branch to audit of a bundle: HEAD's, else main, master or the first one.
fn bundle_branch(heads: &str) -> Option<String> {
    let pairs: Vec<(&str, &str)> = heads
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let branches = || {
        pairs
            .iter()
            .filter(|(_, name)| name.starts_with("refs/heads/"))
    };
    let head = pairs.iter().find(|(_, name)| *name == "HEAD");
    head.and_then(|(id, _)| branches().find(|(other, _)| other == id))
        .or_else(|| branches().find(|(_, name)| *name == "refs/heads/main"))
        .or_else(|| branches().find(|(_, name)| *name == "refs/heads/master"))
        .or_else(|| branches().next())
        .map(|(_, name)| (*name).to_owned())
}

/// What git's words mean for the repository.
fn classify(stderr: &str, url: &str) -> FetchError {
    let line = stderr
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .rfind(|line| line.starts_with("fatal:") || line.starts_with("error:"))
        .or_else(|| stderr.lines().rfind(|line| !line.trim().is_empty()))
        .unwrap_or_default();
    let detail = same_every_time(line);
    let lower = stderr.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let url = url.to_owned();
    let is_absent = says(&[
        "could not read username",
        "authentication failed",
        "repository not found",
        "does not appear to be a git repository",
        "error: 404",
        "error: 410",
        "error: 451",
        "terminal prompts disabled",
    ]) || (lower.contains("repository '")
        && says(&["' not found", "does not exist"]));
    if is_absent && !says(&["could not resolve"]) {
        return FetchError::NotReadable { url, detail };
    }
    if says(&[
        "fsck",
        "bad pack",
        "index-pack failed",
        "not a v2 or v3 bundle",
        "corrupt",
    ]) {
        return FetchError::Damaged { url, detail };
    }
    FetchError::Unreachable { url, detail }
}

/// Git's words without what names this machine or differs from run to run: addresses, paths and durations.
fn same_every_time(line: &str) -> String {
    static QUOTED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("'[^']*/[^']*'").expect("invariant: a valid pattern"));
    static DURATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r" after \d+ (?:ms|milliseconds|seconds)").expect("invariant: a valid pattern")
    });
    let line = line
        .trim_start_matches("fatal: ")
        .trim_start_matches("error: ");
    let line = QUOTED.replace_all(line, "…");
    let line = DURATION.replace_all(&line, "");
    line.chars().take(200).collect()
}

/// Addresses that no public forge has.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_broadcast()
                || v4.is_multicast()
                || a == 0
                // shared address space of carriers
                || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || v6.to_ipv4_mapped().is_some_and(|v4| is_private(v4.into()))
        }
    }
}

/// Where the objects of a source are on this machine.
#[derive(Debug)]
pub enum Place {
    /// A folder that was already there.
    Folder(PathBuf),
    /// A scratch repository.
    Scratch(Fetched),
}

impl Place {
    /// The folder to open.
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(path) => path,
            Self::Scratch(fetched) => fetched.path(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_git_name_neither_this_machine_nor_a_duration() {
        let detail = |line: &str| classify(line, "u").reason().detail["detail"].clone();
        assert_eq!(
            detail(
                "fatal: unable to access 'https://x.fr/y/': Failed to connect to x.fr port 9 after 12 ms: Refused"
            ),
            "unable to access …: Failed to connect to x.fr port 9: Refused"
        );
        assert_eq!(
            detail("error: '/home/x/y.bundle' does not look like a v2 or v3 bundle file"),
            "… does not look like a v2 or v3 bundle file"
        );
    }

    #[test]
    fn private_addresses_are_recognised() {
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "0.0.0.0",
        ] {
            assert!(is_private(text.parse().unwrap()), "{text}");
        }
        for text in ["140.82.121.4", "2606:50c0:8000::153", "100.128.0.1"] {
            assert!(!is_private(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn an_outage_is_not_an_absence() {
        let of = |stderr: &str| classify(stderr, "https://x");
        assert!(matches!(
            of("fatal: unable to access 'https://x/': Could not resolve host: x"),
            FetchError::Unreachable { .. }
        ));
        assert!(matches!(
            of(
                "fatal: could not read Username for 'https://github.com': terminal prompts disabled"
            ),
            FetchError::NotReadable { .. }
        ));
        assert!(matches!(
            of("fatal: repository 'https://x/a/b/' not found"),
            FetchError::NotReadable { .. }
        ));
        assert!(matches!(
            of("fatal: unable to access 'https://x/': The requested URL returned error: 503"),
            FetchError::Unreachable { .. }
        ));
        assert!(matches!(
            of("error: RPC failed; curl 18 transfer closed\nfatal: early EOF"),
            FetchError::Unreachable { .. }
        ));
    }

    #[test]
    fn the_branch_of_a_bundle_is_that_of_its_head() {
        let heads = "1111 refs/heads/dev\n2222 refs/heads/main\n1111 HEAD\n3333 refs/tags/v1\n";
        assert_eq!(bundle_branch(heads).as_deref(), Some("refs/heads/dev"));
        assert_eq!(
            bundle_branch("1 refs/heads/z\n2 refs/heads/main\n").as_deref(),
            Some("refs/heads/main")
        );
        assert_eq!(bundle_branch("3333 refs/tags/v1\n"), None);
    }
}
