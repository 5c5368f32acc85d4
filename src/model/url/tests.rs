// SPDX-License-Identifier: EUPL-1.2
//! The table of cases.

use super::*;

/// What is written → how it is read; `inferred` where the host was supplied.
const CASES: &str = r"
# the plain forms
https://github.com/acme/Tool → repository https://github.com/acme/Tool
https://github.com/acme/tool/ → repository https://github.com/acme/tool
https://github.com/acme/tool.git → repository https://github.com/acme/tool
https://github.com/acme/tool.git/ → repository https://github.com/acme/tool
HTTPS://GitHub.COM/Acme/tool → repository https://github.com/Acme/tool
https://github.com/acme/tool?tab=readme#usage → repository https://github.com/acme/tool
<https://github.com/acme/tool> → repository https://github.com/acme/tool
github.com/acme/tool → repository https://github.com/acme/tool
//github.com/acme/tool → repository https://github.com/acme/tool
https:/github.com/acme/tool → repository https://github.com/acme/tool
https//github.com/acme/tool → repository https://github.com/acme/tool
http://www.github.com/acme/tool → repository https://github.com/acme/tool
https://github.com:443/acme/tool → repository https://github.com/acme/tool
https://github.com./acme//tool → repository https://github.com/acme/tool
# accounts
https://github.com/acme → account https://github.com/acme
https://github.com/orgs/acme/repositories → account https://github.com/acme
https://gitlab.com/acme → account https://gitlab.com/acme
https://gitlab.com/groups/acme/sub/-/issues → account https://gitlab.com/acme/sub
https://git.example.org/someone/ → account https://git.example.org/someone
# a missing host
https://acme-corp/tool → inferred repository https://github.com/acme-corp/tool
acme/Some_tool → inferred repository https://github.com/acme/Some_tool
https://acme → inferred account https://github.com/acme
# sites
https://acme.github.io/ → site https://acme.github.io
https://acme.github.io/index.html → site https://acme.github.io
acme.gitlab.io → site https://acme.gitlab.io
https://www.example.org → site https://www.example.org
https://acme.github.io/tool/guide.html → inferred repository https://github.com/acme/tool
https://acme.gitlab.io/tool/ → inferred repository https://gitlab.com/acme/tool
# subgroups, and links into a repository
https://gitlab.com/a/b/c → repository https://gitlab.com/a/b/c
https://gitlab.com/a/b/c/-/tree/main/src → repository https://gitlab.com/a/b/c
https://gitlab.com/a/b/blob/master/x.md → repository https://gitlab.com/a/b
https://github.com/a/b/tree/main/x → repository https://github.com/a/b
https://github.com/a/b/raw/master/x.pdf → repository https://github.com/a/b
https://raw.githubusercontent.com/a/b/main/x → repository https://github.com/a/b
https://api.github.com/repos/a/b → repository https://github.com/a/b
https://codeberg.org/a/b/src/branch/main/x → repository https://codeberg.org/a/b
https://git.example.org/a/b/src/branch/main → repository https://git.example.org/a/b
# other transports
git@github.com:a/b.git → repository https://github.com/a/b
ssh://git@gitlab.com/a/b.git → repository https://gitlab.com/a/b
git://github.com/a/b.git → repository https://github.com/a/b
git+https://github.com/a/b.git → repository https://github.com/a/b
git@git.example.org:a/b.git → repository ssh://git@git.example.org/a/b
ssh://git@git.example.org:2222/a/b → repository ssh://git@git.example.org:2222/a/b
ssh://git.example.org/tool → repository ssh://git.example.org/tool
git://git.example.org/tool.git → repository git://git.example.org/tool
http://git.example.org/a/b → repository http://git.example.org/a/b
http://localhost:3000/a/b → repository http://localhost:3000/a/b
localhost:3000/a/b → repository https://localhost:3000/a/b
https://[::1]:8080/a/b → repository https://[::1]:8080/a/b
https://git.example.org/tool.git → repository https://git.example.org/tool
# paths
/srv/git/tool.git/ → repository /srv/git/tool.git
./depots//a/../b/ → repository ./depots/b
../a → repository ../a
. → repository .
depots/a b.bundle → repository ./depots/a b.bundle
a.bundle → repository ./a.bundle
tool.git → repository ./tool.git
.depots/a → repository ./.depots/a
C:\depots\a → repository C:\depots\a
file:///srv/git/a%20b.git → repository file:///srv/git/a%20b.git
";

#[test]
fn addresses_are_normalised() {
    for line in CASES.lines().filter(|line| line.contains(" → ")) {
        let (text, expected) = line.split_once(" → ").unwrap();
        let address = parse_address(&format!("  {text}\n"))
            .unwrap_or_else(|problem| panic!("{text}: {problem}"));
        let (is_inferred, rest) = match expected.strip_prefix("inferred ") {
            Some(rest) => (true, rest),
            None => (false, expected),
        };
        let (kind, url) = rest.split_once(' ').unwrap();
        let kind = match kind {
            "repository" => AddressKind::Repository,
            "account" => AddressKind::Account,
            _ => AddressKind::Site,
        };
        assert_eq!(
            (address.kind, address.url.as_str(), address.inferred),
            (kind, url, is_inferred),
            "{text}"
        );
        // normalising twice changes nothing; a subgroup alone looks like a repository
        if !is_inferred && !text.contains("/groups/") {
            let again = parse_address(&address.fetch_url).unwrap();
            assert_eq!((again.url.as_str(), again.kind), (url, kind), "{text}");
        }
    }
}

#[test]
fn what_is_no_address_is_refused_with_a_way_out() {
    let code = |text: &str| parse_address(text).map_err(|problem| problem.message().code);
    for (text, expected) in [
        ("", "address-empty"),
        (" \t ", "address-empty"),
        ("à venir", "address-not-understood"),
        ("TODO", "address-not-understood"),
        ("voir le site du projet", "address-not-understood"),
        ("https://", "address-not-understood"),
        ("https:///a/b", "address-not-understood"),
        ("https://exa mple.org/a", "address-not-understood"),
        ("https://github.com/a/b\u{0}c", "address-not-understood"),
        ("https://github.com/a%2f..%2fb/c", "address-not-understood"),
        (
            "https://git.example.org:99999/a/b",
            "address-not-understood",
        ),
        ("--upload-pack=x/y", "address-not-understood"),
        ("n_a/x", "address-not-understood"),
        ("file://server/share", "address-not-understood"),
        ("ext::sh -c x", "address-not-understood"),
        ("ext::sh", "address-scheme-unsupported"),
        ("ftp://example.org/a", "address-scheme-unsupported"),
        ("htpps://github.com/a/b", "address-scheme-unsupported"),
        ("mailto:x", "address-scheme-unsupported"),
        ("javascript:alert(1)", "address-scheme-unsupported"),
        ("https://github.com/", "address-without-owner"),
        (
            "https://github.com/search?q=topic%3Ax",
            "address-not-a-repository",
        ),
        ("https://github.com/topics/x", "address-not-a-repository"),
        (
            "https://gitlab.com/explore/projects",
            "address-not-a-repository",
        ),
        (
            "https://git.example.org/search?q=x",
            "address-not-a-repository",
        ),
    ] {
        assert_eq!(code(text).unwrap_err(), expected, "{text}");
    }
    let long = format!("https://github.com/{}", "a".repeat(5000));
    assert_eq!(code(&long).unwrap_err(), "address-too-long");
    let meant = |text: &str| {
        let problem = parse_address(text).unwrap_err();
        problem.suggestion().unwrap().params["value"].clone()
    };
    assert_eq!(meant("htpps://github.com/a/b"), "https://");
    assert_eq!(meant("acme"), "https://github.com/acme");
}

#[test]
fn credentials_are_removed_and_never_shown() {
    for text in [
        "https://user:s3cret@github.com/a/b",
        "https://s3cret@github.com/a/b",
        "https://user:s3cret@git.example.org/a/b?private_token=s3cret",
        "ssh://user:s3cret@git.example.org/a/b",
        "user:s3cret@git.example.org/a/b",
    ] {
        match parse_address(text) {
            Ok(address) => {
                assert!(
                    address.repairs.contains(&Repair::CredentialsRemoved),
                    "{text}"
                );
                assert!(!format!("{address:?}").contains("s3cret"), "{address:?}");
            }
            Err(problem) => assert!(!format!("{problem:?}").contains("s3cret"), "{problem:?}"),
        }
    }
    for text in [
        "https://user:s3/cret@github.com/a/b",
        "https://user:s3#cret@github.com/a/b",
        "https://user:1234#s3cret@github.com/a/b",
        "https://user:s3 cret@github.com/a/b",
        "ftp://user:s3cret@example.org/a",
        "https://github.com/search?token=s3cret",
    ] {
        let problem = format!("{:?}", parse_address(text).unwrap_err());
        for part in ["s3", "cret", "1234"] {
            assert!(!problem.contains(part), "{text}: {problem}");
        }
    }
    assert!(
        parse_address("https://github.com/a/b")
            .unwrap()
            .repairs
            .is_empty()
    );
    assert!(
        parse_address("git@git.example.org:a/b")
            .unwrap()
            .repairs
            .is_empty()
    );
}

#[test]
fn transports_are_told_apart() {
    for (text, transport) in [
        ("https://git.example.org/a/b", Transport::Https),
        ("http://git.example.org/a/b", Transport::Http),
        ("http://gitlab.com/a/b", Transport::Https),
        ("git@git.example.org:a/b", Transport::Ssh),
        ("git://git.example.org/a/b", Transport::Git),
        ("file:///a/b", Transport::File),
        ("./a", Transport::Local),
        ("x/a.bundle", Transport::Local),
    ] {
        assert_eq!(parse_address(text).unwrap().transport, transport, "{text}");
    }
    let bundle = parse_address("x/a.bundle").unwrap();
    assert!(bundle.is_bundle());
    assert_eq!(bundle.local_path(), Some(Path::new("./x/a.bundle")));
    let file = parse_address("file://localhost/a%20b").unwrap();
    assert_eq!(file.local_path(), Some(Path::new("/a b")));
    let dumb = parse_address("https://git.example.org/a/b.git").unwrap();
    assert_eq!(dumb.fetch_url, "https://git.example.org/a/b.git");
}

#[test]
fn identities_ignore_scheme_and_case_on_known_forges_only() {
    let id = |text: &str| parse_address(text).unwrap().repository_id();
    let same = id("https://github.com/Acme/Tool");
    assert_eq!(same, Some(RepositoryId::new("github.com/acme/tool")));
    for text in [
        "git@github.com:acme/tool.git",
        "acme/tool",
        "http://GitHub.com/ACME/tool/",
    ] {
        assert_eq!(id(text), same, "{text}");
    }
    assert_ne!(
        id("https://git.example.org/A/b"),
        id("https://git.example.org/a/b")
    );
    assert_eq!(
        id("./a/b.bundle"),
        Some(RepositoryId::new("local/a/b.bundle"))
    );
    assert_eq!(id("https://github.com/acme"), None);
}

#[test]
fn owners_names_and_accounts_are_known() {
    let deep = parse_address("https://gitlab.com/a/b/c").unwrap();
    assert_eq!((deep.owner(), deep.name()), (Some("a/b"), "c"));
    let site = parse_address("https://acme.github.io").unwrap();
    let expected = Account {
        host: "github.com".to_owned(),
        owner: "acme".to_owned(),
    };
    assert_eq!(site.account, Some(expected.clone()));
    assert_eq!(site.host, "acme.github.io");
    let account = parse_address("https://github.com/acme").unwrap();
    assert_eq!(account.account, Some(expected));
    assert_eq!(parse_address("https://example.org").unwrap().account, None);
}

#[test]
fn a_misspelt_host_is_kept_and_doubted() {
    let address = parse_address("https://githb.com/a/b").unwrap();
    let meant = "github.com".to_owned();
    assert_eq!(address.repairs, [Repair::HostDoubtful { meant }]);
    assert!(
        parse_address("https://git.example.org/a/b")
            .unwrap()
            .repairs
            .is_empty()
    );
}

#[test]
fn relative_paths_move_below_a_folder_and_nothing_else_does() {
    let below = |text: &str| parse_address(text).unwrap().below("sub/x").url;
    assert_eq!(below("./a"), "./sub/x/a");
    assert_eq!(below("../a"), "./sub/a");
    assert_eq!(below("/a"), "/a");
    assert_eq!(below("https://github.com/a/b"), "https://github.com/a/b");
}

#[test]
fn no_text_makes_the_reader_panic() {
    let pieces = [
        "", "https://", "git@", ":", "/", "é", "@", ".git", "#", "[", "]", "%", "..", "a", "\\",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    let _ = parse_address(&format!("{a}{b}{c}{d}"));
                }
            }
        }
    }
}
