// SPDX-License-Identifier: EUPL-1.2
//! From text to [`Address`]: scheme, authority and path, then what the host makes of it.

use super::forge::{self, ForgeFamily, HostReading, Shape};
use super::{
    ADDRESS_BYTES, Account, Address, AddressKind, AddressProblem, Repair, Transport, local,
};
use crate::model::problem::closest;

/// Hosts that a misspelt one is compared with.
const KNOWN_HOSTS: [&str; 5] = [
    "github.com",
    "gitlab.com",
    "codeberg.org",
    "framagit.org",
    "bitbucket.org",
];

/// Reads an address.
///
/// # Errors
/// Text that names neither a repository, nor an account, nor a site; see [`AddressProblem`].
pub fn parse_address(text: &str) -> Result<Address, AddressProblem> {
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '`' | '\u{feff}' | '\u{200b}')
    });
    if text.is_empty() {
        return Err(AddressProblem::Empty);
    }
    if text.len() > ADDRESS_BYTES {
        return Err(AddressProblem::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(not_an_address(text));
    }
    if local::is_local(text) {
        return Ok(local::address(text));
    }
    if text.chars().any(char::is_whitespace) {
        return Err(not_an_address(text));
    }
    let (scheme, rest) = split_scheme(text)?;
    if scheme == Scheme::File {
        return local::file_address(rest).ok_or_else(|| not_an_address(text));
    }
    parse_network(text, scheme, rest)
}

/// The scheme as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    None,
    Https,
    Http,
    Ssh,
    /// `user@host:path`.
    Scp,
    Git,
    File,
}

fn split_scheme(text: &str) -> Result<(Scheme, &str), AddressProblem> {
    if let Some(rest) = text.strip_prefix("//") {
        return Ok((Scheme::None, rest));
    }
    if let Some((before, rest)) = text.split_once("://") {
        let lower = before.to_ascii_lowercase();
        return match lower.strip_prefix("git+").unwrap_or(&lower) {
            "https" => Ok((Scheme::Https, rest)),
            "http" => Ok((Scheme::Http, rest)),
            "ssh" | "ssh+git" => Ok((Scheme::Ssh, rest)),
            "git" => Ok((Scheme::Git, rest)),
            "file" => Ok((Scheme::File, rest)),
            other => Err(unsupported(other)),
        };
    }
    if text.contains("::") && !text.contains('[') {
        // a remote helper of Git, which would run a program
        return Err(unsupported(text.split("::").next().unwrap_or_default()));
    }
    if let Some(found) = half_written_scheme(text) {
        return Ok(found);
    }
    let Some((before, after)) = text.split_once(':') else {
        return Ok((Scheme::None, text));
    };
    let is_host = before.contains(['.', '@', '[']) && !before.contains('/');
    if before.contains('/')
        || after.starts_with(|c: char| c.is_ascii_digit()) && !before.contains('@')
    {
        Ok((Scheme::None, text))
    } else if is_host {
        Ok((Scheme::Scp, text))
    } else {
        Err(unsupported(before))
    }
}

/// `https:/host`, `https:host` and `https//host`.
fn half_written_scheme(text: &str) -> Option<(Scheme, &str)> {
    for (name, scheme) in [("https", Scheme::Https), ("http", Scheme::Http)] {
        let is_named = text
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name));
        let rest = text.get(name.len()..).unwrap_or_default();
        let bare = rest.trim_start_matches([':', '/']);
        if is_named && (rest.starts_with(':') || rest.starts_with("//")) && !bare.is_empty() {
            return Some((scheme, bare));
        }
    }
    None
}

fn unsupported(scheme: &str) -> AddressProblem {
    let scheme: String = scheme.chars().take(20).collect();
    let plain = scheme
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    AddressProblem::UnsupportedScheme {
        meant: closest(&scheme, &["https", "http", "ssh", "file"]).map(|near| format!("{near}://")),
        scheme: if plain { scheme } else { "?".to_owned() },
    }
}

/// Parts of a network address, before the host is interpreted.
struct Written {
    transport: Transport,
    /// Account on the host, SSH only.
    user: Option<String>,
    host: String,
    port: Option<u16>,
    path: String,
    repairs: Vec<Repair>,
}

fn parse_network(text: &str, scheme: Scheme, rest: &str) -> Result<Address, AddressProblem> {
    let mut written = split_authority(scheme, rest).ok_or_else(|| not_an_address(text))?;
    let bare_host = written.port.is_none()
        && !written.host.contains(['.', '[', ':'])
        && !written.host.eq_ignore_ascii_case("localhost")
        && matches!(scheme, Scheme::None | Scheme::Https | Scheme::Http);
    if bare_host {
        let owner = std::mem::replace(&mut written.host, "github.com".to_owned());
        let is_owner = forge::is_github_owner(&owner);
        let is_word = scheme == Scheme::None && written.path.trim_matches('/').is_empty();
        if !is_owner || is_word {
            return Err(AddressProblem::NotAnAddress {
                read: displayable(text),
                meant: is_owner.then(|| format!("https://github.com/{owner}")),
            });
        }
        written.path = format!("/{owner}{}", written.path);
        written.transport = Transport::Https;
        written.repairs.push(Repair::HostInferred);
    }
    let (host, segments) = checked_parts(&written).ok_or_else(|| not_an_address(text))?;
    let reading = forge::read_host(&host, &segments);
    finish(text, written, reading)
}

/// Splits `user:password@host:port/path?query#fragment`, or `user@host:path` of scp.
fn split_authority(scheme: Scheme, rest: &str) -> Option<Written> {
    let cut = rest.find(['#', '?']).unwrap_or(rest.len());
    let (kept, dropped) = rest.split_at(cut);
    let end = if scheme == Scheme::Scp {
        let from = kept.find(']').unwrap_or(0);
        from + kept[from..].find(':')?
    } else {
        kept.find('/').unwrap_or(kept.len())
    };
    let (authority, path) = kept.split_at(end);
    if path.is_empty() && dropped.contains('@') {
        // a password with `#` or `?` in it: nothing of it may be taken for a host
        return None;
    }
    let (userinfo, host_port) = match authority.rsplit_once('@') {
        Some((userinfo, host_port)) => (Some(userinfo), host_port),
        None => (None, authority),
    };
    let is_ssh = matches!(scheme, Scheme::Ssh | Scheme::Scp);
    let mut repairs = Vec::new();
    let user = userinfo.and_then(|info| {
        let (user, password) = info.split_once(':').unwrap_or((info, ""));
        let is_account = is_ssh && !user.is_empty() && user.len() <= 32;
        if !is_account || !password.is_empty() {
            repairs.push(Repair::CredentialsRemoved);
        }
        let is_plain = user
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        (is_account && is_plain && !user.starts_with('-')).then(|| user.to_owned())
    });
    let is_bracketed = host_port.ends_with(']');
    let (host, port) = match host_port.rsplit_once(':') {
        Some((host, "")) => (host, None),
        Some((host, port)) if !is_bracketed => (host, Some(port.parse().ok()?)),
        _ => (host_port, None),
    };
    let host = host.trim_end_matches('.');
    let transport = match scheme {
        Scheme::Http => Transport::Http,
        Scheme::Ssh | Scheme::Scp => Transport::Ssh,
        Scheme::Git => Transport::Git,
        Scheme::None | Scheme::Https | Scheme::File => Transport::Https,
    };
    let path = match scheme {
        Scheme::Scp => format!("/{}", path[1..].trim_start_matches('/')),
        _ => path.to_owned(),
    };
    let is_malformed = host.is_empty() || host.starts_with('.') || host.contains("..");
    (!is_malformed).then(|| Written {
        transport,
        user,
        host: host.to_owned(),
        port: port.filter(|port| *port != usual_port(transport)),
        path,
        repairs,
    })
}

fn usual_port(transport: Transport) -> u16 {
    match transport {
        Transport::Http => 80,
        Transport::Ssh => 22,
        Transport::Git => 9418,
        Transport::Https | Transport::File | Transport::Local => 443,
    }
}

/// Host and segments as the URL standard reads them; `None` when they are malformed or could mislead a server.
fn checked_parts(written: &Written) -> Option<(String, Vec<String>)> {
    let parsed = url::Url::parse(&format!("https://{}{}", written.host, written.path)).ok()?;
    let has_extra = !parsed.username().is_empty() || parsed.port().is_some();
    let mut host = parsed.host_str().filter(|_| !has_extra)?.to_owned();
    if let Some(port) = written.port {
        host = format!("{host}:{port}");
    }
    let segments: Vec<String> = parsed
        .path_segments()?
        .filter(|segment| !segment.is_empty())
        .map(str::to_owned)
        .collect();
    let is_hostile = |segment: &String| {
        let lower = segment.to_ascii_lowercase();
        ["%2f", "%5c", "%00", "%0a", "%0d"]
            .iter()
            .any(|hidden| lower.contains(hidden))
    };
    (!segments.iter().any(is_hostile)).then_some((host, segments))
}

/// Builds the address from what the host made of the path.
fn finish(text: &str, written: Written, reading: HostReading) -> Result<Address, AddressProblem> {
    let HostReading {
        host,
        family,
        shape,
        is_cut,
        from_pages,
    } = reading;
    let Written {
        mut transport,
        user,
        mut repairs,
        ..
    } = written;
    // the public forges serve every public repository over HTTPS
    if family != ForgeFamily::Unknown && !host.contains(':') {
        transport = Transport::Https;
    }
    let (kind, path, fetch_end, account) = match shape {
        Shape::Repository { path, has_suffix } => {
            let keep = has_suffix && family == ForgeFamily::Unknown;
            (
                AddressKind::Repository,
                path,
                if keep { ".git" } else { "" },
                None,
            )
        }
        // a server without accounts: `ssh://host/repository`
        Shape::Account { owner } if matches!(transport, Transport::Ssh | Transport::Git) => {
            (AddressKind::Repository, owner, "", None)
        }
        Shape::Account { owner } => {
            let account = Account {
                host: host.clone(),
                owner: owner.clone(),
            };
            (AddressKind::Account, owner, "", Some(account))
        }
        Shape::Site { account } => (AddressKind::Site, String::new(), "", account),
        Shape::NotARepository => {
            return Err(AddressProblem::NotARepository {
                read: displayable(text),
            });
        }
        Shape::MissingOwner => return Err(AddressProblem::MissingOwner { host }),
    };
    if is_cut {
        repairs.push(Repair::CutToRepository);
    }
    if from_pages {
        repairs.push(Repair::FromPagesSite);
    }
    if family == ForgeFamily::Unknown
        && let Some(meant) = forge::misspelt(&host, &KNOWN_HOSTS)
    {
        let meant = meant.to_owned();
        repairs.push(Repair::HostDoubtful { meant });
    }
    let start = match transport {
        Transport::Http => "http://".to_owned(),
        Transport::Git => "git://".to_owned(),
        Transport::Ssh => user.map_or("ssh://".to_owned(), |user| format!("ssh://{user}@")),
        Transport::Https | Transport::File | Transport::Local => "https://".to_owned(),
    };
    let slash = if path.is_empty() { "" } else { "/" };
    let url = format!("{start}{host}{slash}{path}");
    Ok(Address {
        kind,
        transport,
        fetch_url: format!("{url}{fetch_end}"),
        url,
        host,
        path,
        family,
        account,
        inferred: repairs
            .iter()
            .any(|repair| matches!(repair, Repair::HostInferred | Repair::FromPagesSite)),
        repairs,
    })
}

fn not_an_address(text: &str) -> AddressProblem {
    AddressProblem::NotAnAddress {
        read: displayable(text),
        meant: None,
    }
}

/// `text` without anything that may be a credential, without query and fragment, on one line and shortened.
pub fn displayable(text: &str) -> String {
    let (start, rest) = match text.find("://") {
        Some(at) => text.split_at(at + 3),
        None => ("", text),
    };
    let rest = rest.rsplit_once('@').map_or(rest, |(_, after)| after);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let mut short: String = start
        .chars()
        .chain(rest.chars())
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    if short.chars().count() == 120 {
        short.push('…');
    }
    short
}
