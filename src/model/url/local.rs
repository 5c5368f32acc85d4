// SPDX-License-Identifier: EUPL-1.2
//! Paths and `file://` addresses, judged by their spelling alone.

use super::forge::ends_with;
use super::{Address, AddressKind, ForgeFamily, Transport};

/// True for what can only be a path: it begins like one, or names a bundle or bare repository without scheme and host.
pub(super) fn is_local(text: &str) -> bool {
    // no host begins with a dot
    let begins = text.starts_with('.') || text.starts_with("~/");
    let is_absolute = text.starts_with('/') && !text.starts_with("//");
    let is_drive = text.len() > 2
        && text.as_bytes()[0].is_ascii_alphabetic()
        && matches!(text.get(1..3), Some(":\\" | ":/"));
    if begins || is_absolute || is_drive {
        return true;
    }
    if text.contains("://") || text.contains('@') {
        return false;
    }
    let first = text.split('/').next().unwrap_or_default();
    let is_host = first.contains('.') && text.contains('/') || first.contains(':');
    let is_bundle = ends_with(text, ".bundle") && !is_host;
    let is_bare = text == first && ends_with(text, ".git") && !is_host;
    is_bundle || is_bare || ends_with(first, ".git") && !first.contains(':')
}

/// The address of a path.
pub(super) fn address(text: &str) -> Address {
    let path = normalise(text);
    Address {
        kind: AddressKind::Repository,
        transport: Transport::Local,
        url: path.clone(),
        fetch_url: path.clone(),
        host: String::new(),
        path,
        family: ForgeFamily::Unknown,
        account: None,
        inferred: false,
        repairs: Vec::new(),
    }
}

/// The address of what follows `file://`; `None` when it names another machine or no path.
pub(super) fn file_address(rest: &str) -> Option<Address> {
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let parsed = url::Url::parse(&format!("file://{rest}")).ok()?;
    if parsed.host_str().is_some() || !rest.starts_with('/') {
        return None;
    }
    let path = decoded(parsed.path())?;
    let path = normalise(&path);
    let url = format!("file://{}", parsed.path().trim_end_matches('/'));
    (path != "/").then(|| Address {
        transport: Transport::File,
        url: url.clone(),
        fetch_url: url,
        ..address(&path)
    })
}

/// Percent-decoded text; `None` when it is not UTF-8 or hides a control character.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = path
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out)
        .ok()
        .filter(|text| !text.chars().any(char::is_control))
}

/// True for a path that depends on a folder.
pub(super) fn is_relative(path: &str) -> bool {
    path.starts_with("./") || path.starts_with("../") || matches!(path, "." | "..")
}

/// A path without double and trailing slashes and without `.` within; a relative one begins with `./` or `../`.
///
/// `..` goes up only where the part before it is a plain name that was written.
pub(super) fn normalise(text: &str) -> String {
    if text.contains('\\') || text.get(1..3) == Some(":/") || text.starts_with("~/") {
        return text.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match parts.last() {
            Some(last) if part == ".." && *last != ".." => {
                parts.pop();
            }
            None if part == ".." && text.starts_with('/') => {}
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match parts.first() {
        _ if text.starts_with('/') => format!("/{joined}"),
        None => ".".to_owned(),
        Some(&"..") => joined,
        Some(_) => format!("./{joined}"),
    }
}
