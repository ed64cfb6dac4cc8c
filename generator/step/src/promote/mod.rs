//! `luban step promote`: what one environment runs, proposed to the next.
//!
//! The release is verified where it runs, written into the next environment's file on a branch of its own, and proposed by a pull
//! request; or committed at once where nobody has to agree. Nothing is remembered between runs: each starts from what the
//! repository and the provider have, so a run that was ended anywhere is finished by the next one, to one branch and one pull request.

mod application;
mod branch;
mod flow;
mod images;
mod records;
mod route;
mod text;
mod verify;

use std::path::Path;

use luban_command::{Parsed, promote as flag};

use crate::cluster::{KubeCluster, Objects};
use crate::failure::{Exit, Failure};
use crate::provider::{Kind, connect};
use crate::registry::Registries;
use crate::release::gitops::Gitops;
use crate::results::Results;
use crate::world::World;
use flow::{Asked, Flow, Outcome};
use images::Images;
use route::Route;
use verify::{Requirements, Verifier};

/// The results of this verb.
const RESULTS: [&str; 2] = ["commit", "pullRequest"];

/// Promotes what a call says.
pub(crate) fn run(
    call: &Parsed,
    asked_by: Option<String>,
    world: &World<'_>,
) -> Result<(), Failure> {
    let requirements = Requirements::of(call)?;
    let cluster = match requirements.is_healthy {
        true => Some(KubeCluster::connect(world.stop)?),
        false => None,
    };
    let cluster = cluster.as_ref().map(|cluster| cluster as &dyn Objects);
    let images = Registries::of_docker(authorities(call), world)?;
    promote(call, asked_by, cluster, &images, world)
}

fn authorities(call: &Parsed) -> Option<&Path> {
    call.get(&flag::CERTIFICATE_AUTHORITY).map(Path::new)
}

fn promote(
    call: &Parsed,
    by: Option<String>,
    cluster: Option<&dyn Objects>,
    images: &dyn Images,
    world: &World<'_>,
) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let text = |flag| call.get(flag).map(str::to_owned);
    let requirements = Requirements::of(call)?;
    let asked = Asked {
        route: Route::of(call)?,
        base: text(&flag::BRANCH).unwrap_or_default(),
        needs_approval: call.get(&flag::APPROVAL) != Some("none"),
        digest: text(&flag::DIGEST),
        tag: text(&flag::TAG),
        by,
    };
    if let Some(tag) = asked.tag.as_deref().filter(|tag| !route::is_tag(tag)) {
        let message = format!("`--tag={tag}`: expected a tag of an image");
        return Err(Failure::new(Exit::Usage, message)
            .help("letters, digits, `_`, `.` and `-`, at most 128"));
    }
    let url = text(&flag::GITOPS).unwrap_or_default();
    let credentials = Path::new(call.get(&flag::CREDENTIALS).unwrap_or("."));
    let open = || Gitops::new(&url, credentials, authorities(call), world);
    let gitops = open()?;
    let provider = match asked.needs_approval {
        true => {
            let kind = call.get(&flag::PROVIDER).and_then(Kind::parse);
            let kind =
                kind.ok_or_else(|| Failure::new(Exit::Usage, "there is no such provider"))?;
            Some(connect(kind, &url, credentials, authorities(call), world)?)
        }
        false => None,
    };
    let flow = Flow {
        asked: &asked,
        gitops: &gitops,
        history: &open,
        provider: provider.as_deref(),
        verifier: Verifier {
            requirements: &requirements,
            cluster,
            images,
        },
        world,
    };
    let (label, to) = (asked.route.label(), &asked.route.to);
    match flow.run()? {
        Outcome::Nothing(commit) => {
            world.say(format!(
                "nothing to do: `{to}` has the release of `{label}` since commit `{commit}`"
            ));
            results.write("commit", &commit)
        }
        Outcome::Committed(commit) => {
            world.say(format!("promoted `{label}` to `{to}`: commit `{commit}`"));
            results.write("commit", &commit)
        }
        Outcome::Proposed { number, link } => {
            world.say(format!(
                "pull request #{number} promotes `{label}` to `{to}`: {link}"
            ));
            results.write("pullRequest", &link)
        }
    }
}

#[cfg(test)]
mod tests;
