//! A real API server as judge: everything is applied to it as Argo CD would, cluster by cluster, and what the platform's own
//! parts do there is done under their compiled ServiceAccounts.
//!
//! `control_plane` starts etcd and kube-apiserver, `definitions` the kinds of the other projects, `cluster` does both, `placement`
//! says what a cluster gets, `apply` gives it that, `policies` and `parts` try it out on a `stage`.

mod access;
mod api;
mod apply;
mod cluster;
mod control_plane;
mod definitions;
mod deliveries;
mod keys;
mod parts;
mod placement;
mod policies;
mod reviews;
mod stage;
mod webhook;

pub(crate) use apply::JUDGE;
pub(crate) use cluster::RealCluster;

use super::folder::Rendered;
use super::judge::Source;
use super::registry::REGISTRY;
use super::report::Report;
use super::set::Set;
use crate::stand_ins::programs;
use crate::stand_ins::registry::Server;
use anyhow::{Result, bail};
use stage::Stage;
use std::collections::HashSet;
use std::path::Path;

/// Kinds that the parts make, beside those that are compiled.
const MADE: [(&str, &str); 3] = [
    ("argoproj.io", "WorkflowTaskResult"),
    ("kpack.io", "Build"),
    ("kpack.io", "Image"),
];

/// Applies each set, cluster by cluster, and plays there.
///
/// # Errors
/// When there is no server, or it does not answer.
pub(crate) fn judge(
    judges: &Path,
    luban: &Path,
    sets: &[(Set, Rendered)],
    report: &mut Report,
) -> Result<()> {
    report.expect(JUDGE);
    report.expect(stage::ACCESS);
    if !luban.is_file() {
        bail!(
            "there is no `{}`: build it, or name another with --luban",
            luban.display()
        );
    }
    let luban = std::fs::canonicalize(luban)?;
    let mut needed: HashSet<(&str, &str)> = MADE.into();
    for (set, rendered) in sets {
        let objects = set
            .objects
            .iter()
            .chain(&set.made)
            .chain(rendered.new_objects(set));
        needed.extend(objects.map(|object| (object.group(), object.kind())));
    }
    let started = RealCluster::start(judges, &needed)?;
    let RealCluster {
        admin,
        kinds,
        plane,
    } = &started;
    let registry = Source {
        name: REGISTRY.to_owned(),
        folder: judges.join(REGISTRY),
    };
    let log = plane.directory().join("registry.log");
    let registry = Server::start(registry.build()?.program(), &log)?;
    let programs = programs(&plane.directory().join("programs"), &luban)?;
    for (set, rendered) in sets {
        for (cluster, objects) in placement::clusters(set, rendered) {
            let name = format!("{} on {cluster}", set.name);
            eprintln!("{JUDGE}: {name}");
            let applied = apply::apply(admin, kinds, &name, &objects, report)?;
            let mut stage = Stage {
                cluster: &started,
                programs: &programs,
                registry: &registry,
                plane,
                admin,
                kinds,
                set: &name,
                objects: &objects,
                luban: &luban,
                applied,
                report,
            };
            policies::attempt(&mut stage)?;
            parts::play(&mut stage)?;
            stage.applied.remove(admin)?;
        }
    }
    Ok(())
}
