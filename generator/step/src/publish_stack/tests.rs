#![allow(clippy::unwrap_used)]

use super::*;
use crate::cluster::{ClusterError, Objects};
use crate::testing::{call, mounted, with_world};
use luban_registry::testing::{FakeRegistry, Settings};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Mutex;

/// A ClusterStack.
struct Stack {
    object: Mutex<Option<Value>>,
    patches: Mutex<usize>,
}

impl Objects for Stack {
    fn namespace(&self) -> &str {
        "luban-stack"
    }
    fn get(&self, place: &Place, _: &str) -> Result<Option<Value>, ClusterError> {
        assert_eq!((place.kind, &*place.namespace), ("ClusterStack", ""));
        Ok(self.object.lock().unwrap().clone())
    }
}

impl Stacks for Stack {
    fn merge(&self, _: &Place, _: &str, patch: &Value) -> Result<(), ClusterError> {
        *self.patches.lock().unwrap() += 1;
        *self.object.lock().unwrap() = Some(patch.clone());
        Ok(())
    }
}

struct Publishing {
    registry: FakeRegistry,
    sources: tempfile::TempDir,
    /// A `buildctl` that writes its arguments down and says a digest, and nothing else.
    tools: tempfile::TempDir,
    stack: Stack,
}

const BUILT: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

impl Publishing {
    fn new() -> Self {
        let registry = FakeRegistry::start(Settings::default());
        let host = registry.host();
        let toml = format!(
            "[stack]\nid = \"x\"\nbuild-image = \"{host}/acme/stack-build:v1\"\nrun-image = \"{host}/acme/stack-run:v1\"\n\n[[targets]]\nos = \"linux\"\narch = \"amd64\"\n"
        );
        let base = format!("# Base.\nFROM {host}/acme/linux:1\nRUN true\n");
        let sources = mounted(&[
            ("builder.toml", &toml),
            ("base.Dockerfile", &base),
            ("build.Dockerfile", "ARG BASE\nFROM ${BASE}\nUSER 1\n"),
            ("run.Dockerfile", "ARG BASE\nFROM ${BASE}\n"),
        ]);
        let tools = tempfile::tempdir().unwrap();
        let program = tools.path().join("buildctl");
        let script = format!(
            "#!/bin/sh\nlog={0}/log\nfor a in \"$@\"; do echo \"$a\" >> $log; case \"$last\" in --metadata-file) echo '{{\"containerimage.digest\":\"{BUILT}\"}}' > \"$a\";; --local) cat \"${{a#*=}}/Dockerfile\" >> $log;; esac; last=$a; done\nif [ -e {0}/passing ]; then rm {0}/passing; echo 'error: failed to solve: failed to push: unexpected status from PUT request: 503 Service Unavailable' >&2; exit 1; fi\n[ ! -e {0}/fail ]\n",
            tools.path().display()
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let stack = Stack {
            object: Mutex::new(Some(json!({"spec": {"id": "x"}}))),
            patches: Mutex::new(0),
        };
        let publishing = Self {
            registry,
            sources,
            tools,
            stack,
        };
        publishing.base("one");
        publishing
    }

    /// Moves the tag of the base; gives its digest.
    fn base(&self, note: &str) -> String {
        self.registry.with_store(|store| {
            let digest = store.add_image("acme/linux", "linux/amd64", &[("note", note)]);
            store.set_tag("acme/linux", "1", &digest);
            digest
        })
    }

    fn publish(&self) -> Result<(), Failure> {
        let arguments = [
            "publish-stack".to_owned(),
            format!("--source={}", self.sources.path().display()),
            format!("--repository={}/acme/stack", self.registry.host()),
            "--stack=luban".to_owned(),
            "--address=unix:///run/x.sock".to_owned(),
        ];
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let program = self.tools.path().join("buildctl");
        with_world(|world| {
            let registries = Registries::new(self.registry.credentials("x"), None, world)?;
            run_with(&call(&arguments), &self.stack, &registries, &program, world)
        })
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.tools.path().join("log")).unwrap_or_default()
    }

    /// Keeps the images as the last build would have pushed them.
    fn push(&self) {
        let log = self.log();
        let start = log.rfind(&format!("{KEY}=")).unwrap() + KEY.len() + 1;
        let key = log.get(start..start + 64).unwrap().to_owned();
        self.registry.with_store(|store| {
            for name in ["acme/stack-build", "acme/stack-run"] {
                let digest = store.add_image(name, "linux/amd64", &[(KEY, &key)]);
                store.set_tag(name, "v1", &digest);
            }
        });
        std::fs::remove_file(self.tools.path().join("log")).unwrap();
    }

    fn images(&self) -> Value {
        self.stack.object.lock().unwrap().clone().unwrap()["spec"].take()
    }
}

#[test]
fn a_stack_is_built_on_the_base_that_was_looked_at_and_named_by_digest() {
    let publishing = Publishing::new();
    let base = publishing.base("two");
    publishing.publish().unwrap();
    let (log, host) = (publishing.log(), publishing.registry.host());
    assert!(
        log.contains(&format!("FROM {host}/acme/linux:1@{base}\n")),
        "{log}"
    );
    assert!(
        log.contains(&format!("build-arg:BASE={host}/acme/stack-base@{BUILT}")),
        "{log}"
    );
    assert!(
        log.contains(&format!(
            "type=image,name={host}/acme/stack-run:v1,push=true,"
        )),
        "{log}"
    );
    assert!(log.contains("platform=linux/amd64"), "{log}");
    let images = publishing.images();
    assert_eq!(
        images["buildImage"]["image"],
        format!("{host}/acme/stack-build@{BUILT}")
    );
    assert_eq!(
        images["runImage"]["image"],
        format!("{host}/acme/stack-run@{BUILT}")
    );
}

#[test]
fn where_there_is_nothing_to_do_nothing_is_done() {
    let publishing = Publishing::new();
    publishing.publish().unwrap();
    publishing.push();
    // The images are others than the stack has: that alone is put right.
    publishing.publish().unwrap();
    let patches = || *publishing.stack.patches.lock().unwrap();
    assert_eq!((publishing.log().as_str(), patches()), ("", 2));
    publishing.publish().unwrap();
    assert_eq!((publishing.log().as_str(), patches()), ("", 2));
    assert_eq!(publishing.registry.count("PUT"), 0);
}

/// Defect B4: a stack was published again for its own files alone, so that updates of its base never came.
#[test]
fn a_new_base_or_a_changed_source_builds_again() {
    let publishing = Publishing::new();
    publishing.publish().unwrap();
    publishing.push();
    publishing.base("two");
    publishing.publish().unwrap();
    assert_ne!(publishing.log(), "");
    publishing.push();
    std::fs::write(
        publishing.sources.path().join("run.Dockerfile"),
        "ARG BASE\nFROM ${BASE}\nUSER 2\n",
    )
    .unwrap();
    publishing.publish().unwrap();
    assert_ne!(publishing.log(), "");
}

#[test]
fn a_build_that_fails_for_a_fault_that_passes_is_tried_again() {
    let publishing = Publishing::new();
    std::fs::write(publishing.tools.path().join("passing"), "").unwrap();
    publishing.publish().unwrap();
    // Three images, and one of them once more.
    assert_eq!(publishing.log().matches("--metadata-file").count(), 4);
}

#[test]
fn a_build_that_fails_leaves_the_stack_as_it_was() {
    let publishing = Publishing::new();
    std::fs::write(publishing.tools.path().join("fail"), "").unwrap();
    let failure = publishing.publish().unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure.message.contains("`base` could not be built"),
        "{}",
        failure.message
    );
    assert_eq!(*publishing.stack.patches.lock().unwrap(), 0);
}

#[test]
fn sources_that_are_wrong_are_named_and_nothing_is_built() {
    let publishing = Publishing::new();
    let host = publishing.registry.host();
    let write = |name: &str, text: &str| {
        std::fs::write(publishing.sources.path().join(name), text).unwrap();
    };
    let toml = std::fs::read_to_string(publishing.sources.path().join("builder.toml")).unwrap();
    write("builder.toml", &toml.replace("acme/stack-run", "other/run"));
    assert!(
        publishing
            .publish()
            .unwrap_err()
            .message
            .contains("is no tag of")
    );
    write("builder.toml", "[stack]\n");
    assert!(
        publishing
            .publish()
            .unwrap_err()
            .message
            .contains("no `build-image`")
    );
    write("builder.toml", &toml);
    for (base, words) in [
        ("RUN true\n".to_owned(), "made from no image"),
        (format!("FROM {host}/acme/none:1\n"), "there is no image"),
        ("FROM ${X}\n".to_owned(), "base.Dockerfile"),
    ] {
        write("base.Dockerfile", &base);
        let failure = publishing.publish().unwrap_err();
        assert!(failure.message.contains(words), "{}", failure.message);
    }
    std::fs::remove_file(publishing.sources.path().join("run.Dockerfile")).unwrap();
    assert_eq!(publishing.publish().unwrap_err().exit, Exit::Usage);
    assert_eq!(publishing.log(), "");
}
