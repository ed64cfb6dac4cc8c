#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tiny_http::{Header, Response, Server};

use super::tests::cloned;
use super::*;
use crate::testing::{Repository, backend, mounted, skip};

/// `luban:s3cr3t` as servers get it.
const PAIR: &str = "Basic bHViYW46czNjcjN0";

/// Files by their SHA-256, as Git LFS names them.
type Store = BTreeMap<String, Vec<u8>>;

/// A Git server with files of Git LFS (github.com/git-lfs/git-lfs, `docs/api/batch.md`), for those who have the password.
struct LfsServer {
    server: Arc<Server>,
    /// Files that were given away.
    given: Arc<Mutex<Vec<String>>>,
}

impl LfsServer {
    fn start(root: &Path, store: Store) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let given = Arc::new(Mutex::new(Vec::new()));
        let (listener, root, log) = (Arc::clone(&server), root.to_owned(), Arc::clone(&given));
        thread::spawn(move || {
            while let Ok(mut request) = listener.recv() {
                let url = request.url().to_owned();
                let is_known = request.headers().iter().any(|header| {
                    header.field.equiv("Authorization") && header.value.as_str() == PAIR
                });
                let mut body = Vec::new();
                request.as_reader().read_to_end(&mut body).unwrap();
                let answer = match url.rsplit_once('/') {
                    _ if !is_known => Response::from_data(Vec::new()).with_status_code(401),
                    Some(("/lfs", id)) => {
                        log.lock().unwrap().push(id.to_owned());
                        Response::from_data(store[id].clone())
                    }
                    _ if url.ends_with("/info/lfs/objects/batch") => {
                        let host = listener.server_addr().to_ip().unwrap();
                        let json = "application/vnd.git-lfs+json";
                        Response::from_data(batch(&body, &store, &format!("http://{host}/lfs")))
                            .with_header(Header::from_bytes("Content-Type", json).unwrap())
                    }
                    _ => backend(&request, &url, body, &root),
                };
                let _ = request.respond(answer);
            }
        });
        Self { server, given }
    }

    fn url(&self) -> String {
        let host = self.server.server_addr().to_ip().unwrap();
        format!("http://{host}/acme/app.git")
    }
}

impl Drop for LfsServer {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

/// The answer to a request for downloads.
fn batch(body: &[u8], store: &Store, base: &str) -> Vec<u8> {
    let asked: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(asked["operation"], "download");
    let object = |object: &Value| {
        let id = object["oid"].as_str().unwrap();
        match store.contains_key(id) {
            true => json!({"oid": id, "size": object["size"], "authenticated": true,
                "actions": {"download": {"href": format!("{base}/{id}")}}}),
            false => json!({"oid": id, "size": object["size"],
                "error": {"code": 404, "message": "there is no such object"}}),
        }
    };
    let objects: Vec<Value> = asked["objects"]
        .as_array()
        .unwrap()
        .iter()
        .map(object)
        .collect();
    serde_json::to_vec(&json!({"transfer": "basic", "objects": objects, "hash_algo": "sha256"}))
        .unwrap()
}

/// Commits a file of Git LFS: the repository has a pointer, the store what it points to.
fn add(repository: &Repository, store: &mut Store, file: &str, contents: &str) -> String {
    let id: String = Sha256::digest(contents)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    store.insert(id.clone(), contents.into());
    let size = contents.len();
    let pointer =
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{id}\nsize {size}\n");
    repository.commit(file, &pointer);
    id
}

fn has_lfs() -> bool {
    let version = std::process::Command::new("git")
        .args(["lfs", "version"])
        .output();
    let is_there = version.is_ok_and(|output| output.status.success());
    if !is_there {
        skip("there is no `git-lfs` here; install git-lfs");
    }
    is_there
}

fn repository() -> (Repository, Store) {
    let (repository, mut store) = (Repository::new(), Store::new());
    repository.commit(
        ".gitattributes",
        "*.bin filter=lfs diff=lfs merge=lfs -text\n",
    );
    // The file of a repository says nothing of where its files are taken from.
    repository.commit(".lfsconfig", "[lfs]\n\turl = http://127.0.0.1:1/evil\n");
    add(&repository, &mut store, "web/größe 1.bin", "of the web");
    add(&repository, &mut store, "api/model.bin", "of the api");
    (repository, store)
}

fn read(place: &tempfile::TempDir, file: &str) -> String {
    fs::read_to_string(place.path().join("source").join(file)).unwrap()
}

#[test]
fn files_of_git_lfs_come_when_they_are_asked_for_with_the_same_credentials() {
    if !has_lfs() {
        return;
    }
    let (repository, store) = repository();
    let server = LfsServer::start(repository.root.path(), store);
    let secret = mounted(&[("username", "luban"), ("password", "s3cr3t")]);
    let credentials = format!("--credentials={}", secret.path().display());
    let clone = |more: &[&str]| {
        let all: Vec<&str> = more.iter().copied().chain([credentials.as_str()]).collect();
        let (place, result, _) = cloned(&server.url(), &repository.head(), &all);
        result.unwrap();
        place
    };
    let place = clone(&["--lfs=true"]);
    assert_eq!(read(&place, "web/größe 1.bin"), "of the web");
    assert_eq!(read(&place, "api/model.bin"), "of the api");
    assert_eq!(server.given.lock().unwrap().len(), 2);
    let kept = std::process::Command::new("grep")
        .args(["-r", "-l", "-e", "s3cr3t", "-e", "bHViYW46"])
        .arg(place.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&kept.stdout), "");

    let place = clone(&[]);
    assert!(read(&place, "api/model.bin").starts_with("version https://git-lfs"));
    assert_eq!(server.given.lock().unwrap().len(), 2);

    let place = clone(&["--lfs=true", "--sub-directory=web"]);
    assert_eq!(read(&place, "web/größe 1.bin"), "of the web");
    assert_eq!(
        server.given.lock().unwrap().len(),
        3,
        "only those of the folder"
    );
    assert!(!place.path().join("source/api").exists());
}

#[test]
fn a_file_that_git_lfs_does_not_have_ends_the_clone_and_leaves_nothing() {
    if !has_lfs() {
        return;
    }
    let (repository, mut store) = repository();
    let gone = add(&repository, &mut store, "api/gone.bin", "gone");
    store.remove(&gone);
    let server = LfsServer::start(repository.root.path(), store);
    let secret = mounted(&[("username", "luban"), ("password", "s3cr3t")]);
    let credentials = format!("--credentials={}", secret.path().display());
    let (place, result, _) = cloned(
        &server.url(),
        &repository.head(),
        &[&credentials, "--lfs=true"],
    );
    let failure = result.unwrap_err();
    assert!(
        failure.message.contains("cannot fetch Git LFS files")
            && failure.message.contains("no such object"),
        "{}",
        failure.message
    );
    assert!(fs::read_dir(place.path()).unwrap().next().is_none());
}

#[test]
fn a_folder_that_git_lfs_would_take_for_several_is_refused() {
    let repository = Repository::new();
    repository.commit("a,b/file", "x\n");
    let (_place, result, _) = cloned(
        &repository.file_url(),
        &repository.head(),
        &["--lfs=true", "--sub-directory=a,b"],
    );
    assert!(
        result
            .unwrap_err()
            .message
            .contains("cannot be fetched alone")
    );
}
