//! An application that kpack builds: a push, and what kpack builds by itself later.

use super::event::{deliver, ended, metadata};
use super::place::Place;
use super::runs::fine;
use super::say;
use super::stations::{WORKFLOWS, Way};
use crate::stand_ins::argo::Outcome;
use crate::stand_ins::git::git_bytes;
use crate::stand_ins::kpack::Kpack;
use crate::stand_ins::registry::{Image, manifest, push};
use crate::stand_ins::variables::plain;
use anyhow::{Context as _, Result, bail, ensure};
use luban_registry::Digest;
use serde_json::{Map, Value, json};

/// The application, and its directory in the source.
pub(super) const APPLICATION: &str = "api";
/// A file with which no buildpack takes the sources.
pub(super) const BROKEN: &str = "api/broken";
/// Pods of a delivery, in their order.
const DELIVERY: [&str; 3] = [
    "main.deliver.sbom",
    "main.deliver.sign",
    "main.deliver.release",
];
/// Pods of a run that is started for a commit and of one that finds out which it is of, around those.
const BUILD: (&str, &[&str]) = ("main.build", &["exit.report"]);
const REBUILD: (&str, &[&str]) = ("main.inspect", &["exit.inspect", "exit.report"]);

impl Way<'_> {
    /// From a push to a release, and the release of what kpack builds of the same commit by itself; gives the commit.
    pub(super) fn kpack(&mut self, before: &str) -> Result<String> {
        let commit = self.commit("api/main.py", "print('hello')\n")?;
        say("push", &format!("{commit} is on main"));
        let event = self.pushed(before, &commit);
        let run = self.dispatch(&event, "Workflow", &commit)?;
        let outcome = self.while_kpack_builds(&run)?;
        let digest = self.delivered(&outcome, BUILD, &commit)?;
        self.reported(&commit, "success")?;
        let repository = self.repository();
        let found = manifest(&repository, &commit, &self.place.credentials)?;
        ensure!(
            found.digest.as_str() == digest,
            "`{commit}` is {}, not {digest}",
            found.digest
        );
        self.released(APPLICATION, &commit, &digest)?;

        let build = |build: &Value| built(self.place, build);
        let kpack = controller(self.place, &build);
        let (unfinished, rebuilt) = kpack.rebuild(APPLICATION, "STACK")?;
        let name = metadata(&rebuilt, "name");
        let workflow = deliver(self.place, "kpack-builds", &ended(&unfinished, &rebuilt))?;
        let outcome = self.carry_out(&workflow)?;
        let again = self.delivered(&outcome, REBUILD, &commit)?;
        ensure!(again != digest, "the rebuild made what was there before");
        say(
            "rebuild",
            &format!("Build {name} made {again} of the same commit"),
        );
        self.reported(&commit, "success")?;
        let release = self.released(APPLICATION, &commit, &again)?;
        self.argo_cd(APPLICATION, &release)?;
        Ok(commit)
    }

    /// The repository of the application's image.
    pub(super) fn repository(&self) -> String {
        format!("{}/acme/shop/{APPLICATION}", self.place.registry.host)
    }

    /// Carries out a run while kpack builds.
    pub(super) fn while_kpack_builds(&mut self, run: &Value) -> Result<Outcome> {
        let place = self.place;
        let build = |build: &Value| built(place, build);
        controller(place, &build).during(|| self.carry_out(run))
    }

    /// The pods of a run that delivers ended well; gives the digest.
    fn delivered(
        &self,
        outcome: &Outcome,
        (first, last): (&str, &[&str]),
        commit: &str,
    ) -> Result<String> {
        for ran in &outcome.ran {
            for ended in ran.containers() {
                fine(&ran.node, ended)?;
            }
        }
        let nodes: Vec<&str> = outcome.ran.iter().map(|ran| ran.node.as_str()).collect();
        let expected = [&[first][..], &DELIVERY, last].concat();
        ensure!(nodes == expected, "the run did {nodes:?}, not {expected:?}");
        let task = first.trim_start_matches("main.");
        let digest = format!("{{{{tasks.{task}.outputs.parameters.digest}}}}");
        let digest = outcome.known.text(&digest)?;
        let signature = format!("{}.sig", digest.replace(':', "-"));
        manifest(&self.repository(), &signature, &self.place.credentials)
            .with_context(|| format!("the image of {commit} is not signed"))?;
        say("build", &format!("{} gave {digest}", nodes.join(", ")));
        Ok(digest)
    }
}

fn controller<'a>(
    place: &'a Place,
    build: &'a (dyn Fn(&Value) -> Result<String> + Sync),
) -> Kpack<'a> {
    Kpack {
        cluster: &place.cluster,
        namespace: WORKFLOWS,
        build,
    }
}

/// What kpack's pods do: the commit's files and what a lifecycle says of an image, pushed under all tags of the Build.
fn built(place: &Place, build: &Value) -> Result<String> {
    let git = &build["spec"]["source"]["git"];
    let commit = plain(&git["revision"]);
    ensure!(
        plain(&git["url"]) == place.source.url().trim_end_matches(".git")
            || plain(&git["url"]) == place.source.url(),
        "kpack clones `{}`",
        git["url"]
    );
    let directory = plain(&build["spec"]["source"]["subPath"]);
    let files = ["archive", "--format=tar", &commit, &directory];
    let files = git_bytes(place.source.bare(), &files)?;
    let names = ["ls-tree", "--name-only", "-r", &commit];
    let names = git_bytes(place.source.bare(), &names)?;
    if String::from_utf8_lossy(&names)
        .lines()
        .any(|name| name == BROKEN)
    {
        bail!("no buildpack groups passed detection");
    }
    let archive = |path: &str, text: &str| -> Result<Vec<u8>> {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, text.as_bytes())?;
        Ok(archive.into_inner()?)
    };
    let bill = archive(
        "layers/sbom/launch/luban_python-uv/sbom.cdx.json",
        r#"{"bomFormat":"CycloneDX","specVersion":"1.5","components":[]}"#,
    )?;
    // Another base makes another image of the same files.
    let base = archive("etc/base", &metadata(build, "name"))?;
    let known = json!({"sbom": {"sha": Digest::of(&bill).as_str()}}).to_string();
    let labels = [("io.buildpacks.lifecycle.metadata".to_owned(), known.into())];
    let image = Image {
        layers: vec![base, files, bill],
        labels: Map::from_iter(labels),
    };
    let tags = build["spec"]["tags"].as_array().into_iter().flatten();
    let tags: Vec<String> = tags.map(plain).collect();
    let digest = push(&place.credentials, &tags, &image)?;
    let repository = tags.first().and_then(|tag| tag.rsplit_once(':'));
    let (repository, _) = repository.context("a Build without a tag")?;
    Ok(format!("{repository}@{}", digest.as_str()))
}
