#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::atomic::Ordering;

use super::tests::cloned;
use super::*;
use crate::testing::{GitServer, Repository, git};

/// A repository with files above, beside, in and below `services/web`, and elsewhere.
fn repository() -> Repository {
    let repository = Repository::new();
    for file in [
        "services/README.md",
        "services/web/index.html",
        "services/web/src/app.js",
        "services/api/app.py",
        "elsewhere/big.bin",
    ] {
        repository.commit(file, &format!("{file}\n"));
    }
    repository
}

/// Files of a clone, without Git's own.
fn files(source: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.path() {
                path if path.ends_with(".git") => {}
                path if path.is_dir() => folders.push(path),
                path => found.push(path.strip_prefix(source).unwrap().display().to_string()),
            }
        }
    }
    found.sort();
    found
}

const OF_WEB: [&str; 4] = [
    "README.md",
    "services/README.md",
    "services/web/index.html",
    "services/web/src/app.js",
];

/// Whether the clone has the contents of a file, checked out or not, without asking the server.
fn holds(source: &Path, file: &str) -> bool {
    let listed = git(
        source,
        &["rev-list", "--objects", "--missing=print", "HEAD"],
    );
    let id = git(source, &["rev-parse", &format!("HEAD:{file}")]);
    !listed.contains(&format!("?{id}"))
}

#[test]
fn of_a_folder_the_files_elsewhere_stay_at_the_server() {
    let repository = repository();
    let server = GitServer::start(repository.root.path(), None);
    let url = server.url("acme/app.git");
    let (place, result, commit) =
        cloned(&url, &repository.head(), &["--sub-directory=services/web/"]);
    result.unwrap();
    assert_eq!(commit, repository.head());
    let source = place.path().join("source");
    assert_eq!(files(&source), OF_WEB);
    assert!(holds(&source, "services/web/src/app.js"));
    assert!(!holds(&source, "elsewhere/big.bin"));
    assert_eq!(git(&source, &["status", "--porcelain"]), "");
    let (place, result, _) = cloned(&url, &repository.head(), &[]);
    result.unwrap();
    assert!(place.path().join("source/elsewhere/big.bin").exists());
}

#[test]
fn a_server_that_leaves_no_files_out_gives_the_folder_all_the_same() {
    // An old one leaves them out, but gives none by its id afterwards.
    for (setting, is_old) in [
        ("uploadpack.allowFilter", false),
        ("uploadpack.allowAnySHA1InWant", true),
    ] {
        let repository = repository();
        git(&repository.bare, &["config", setting, "false"]);
        let server = GitServer::start(repository.root.path(), None);
        server.is_old.store(is_old, Ordering::SeqCst);
        let (place, result, _) = cloned(
            &server.url("acme/app.git"),
            &repository.head(),
            &["--sub-directory=services/web"],
        );
        result.unwrap();
        let source = place.path().join("source");
        assert_eq!(files(&source), OF_WEB, "{setting}");
        assert!(holds(&source, "elsewhere/big.bin"), "{setting}");
    }
}

#[test]
fn the_name_of_a_folder_is_data() {
    let repository = Repository::new();
    let names = [
        "-q",
        "--stdin",
        "a b",
        "\"quoted\"",
        "back\\slash",
        "st*r",
        "[x]",
        "!not",
        "#comment",
        "$(touch pwned)",
        "größe/漢字",
        "{{x}}",
        "a:b^{tree}",
    ];
    for name in names {
        repository.commit(&format!("{name}/file"), name);
    }
    repository.commit("star/file", "another");
    for name in names {
        let (place, result, _) = cloned(
            &repository.file_url(),
            &repository.head(),
            &[&format!("--sub-directory={name}")],
        );
        result.unwrap_or_else(|failure| panic!("{name}: {}", failure.message));
        let mut expected = vec!["README.md".to_owned(), format!("{name}/file")];
        expected.sort();
        assert_eq!(files(&place.path().join("source")), expected);
    }
}

#[test]
fn a_folder_that_is_not_in_the_commit_or_not_in_the_repository_is_refused() {
    let repository = repository();
    for (folder, words, exit) in [
        (
            "services/gone",
            "there is no directory `services/gone`",
            Exit::Failed,
        ),
        (
            "README.md",
            "there is no directory `README.md`",
            Exit::Failed,
        ),
        ("/etc", "leaves the repository", Exit::Usage),
        ("a\nb", "control characters", Exit::Usage),
        (" a", "blanks", Exit::Usage),
        (".git/hooks", "Git's own", Exit::Usage),
    ] {
        let (place, result, _) = cloned(
            &repository.file_url(),
            &repository.head(),
            &[&format!("--sub-directory={folder}")],
        );
        let failure = result.unwrap_err();
        assert!(failure.message.contains(words), "{}", failure.message);
        assert_eq!(failure.exit, exit, "{folder}");
        assert!(failure.help.is_some(), "{folder}");
        assert!(fs::read_dir(place.path()).unwrap().next().is_none());
    }
}

#[test]
fn of_submodules_those_of_the_folder_come() {
    let (inner, outer) = (Repository::new(), repository());
    let server = GitServer::start(inner.root.path(), None);
    for path in ["services/web/lib", "star/lib", "st*/lib"] {
        let set = |key: &str, value: &str| {
            let key = format!("submodule.{path}.{key}");
            git(
                &outer.work,
                &["config", "--file", ".gitmodules", &key, value],
            );
        };
        set("path", path);
        set("url", &server.url("acme/app.git"));
        let link = format!("160000,{},{path}", inner.head());
        git(
            &outer.work,
            &["update-index", "--add", "--cacheinfo", &link],
        );
    }
    git(&outer.work, &["add", ".gitmodules"]);
    git(
        &outer.work,
        &["commit", "--quiet", "--message", "libraries"],
    );
    git(&outer.work, &["push", "--quiet", "origin", "HEAD"]);
    let server = GitServer::start(outer.root.path(), None);
    for (folder, own, others) in [
        ("services/web", "services/web/lib", ["star/lib", "st*/lib"]),
        // A name and no pattern.
        ("st*", "st*/lib", ["star/lib", "services/web/lib"]),
    ] {
        let (place, result, _) = cloned(
            &server.url("acme/app.git"),
            &outer.head(),
            &[&format!("--sub-directory={folder}"), "--submodules=true"],
        );
        result.unwrap();
        let has = |path: &str| {
            let source = place.path().join("source");
            source.join(path).join("README.md").exists()
        };
        assert!(has(own), "{own}");
        assert!(!others.iter().any(|path| has(path)), "{folder}");
    }
    let (_place, result, _) = cloned(
        &server.url("acme/app.git"),
        &outer.head(),
        &["--sub-directory=services/web/src", "--submodules=true"],
    );
    result.unwrap();
}
