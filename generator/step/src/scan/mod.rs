//! `luban step scan`: Trivy's report on an image, attached to it, and the platform's policy.
//!
//! Vulnerabilities become known while an image runs. Would the gate count those that the running image has as well, it would stop
//! the very rebuild that brings the fixes of others; so what counts is what the image adds to the one that it replaces. Both are
//! looked at with the same database: an old report lacks what became known since.

mod before;
mod policy;
mod report;

pub(crate) use before::TAG;
#[cfg(test)]
mod tests;

use std::path::Path;

use luban_command::{Parsed, scan as flag};
use luban_registry::{Artifact, Digest, Registry};

use crate::failure::{Exit, Failure};
use crate::files;
use crate::image::Image;
use crate::registry::Registries;
use crate::results::Results;
use crate::trivy::Trivy;
use crate::world::World;
use policy::{Policy, Verdict, verdict};
use report::{Finding, Report, joined};

/// The type of the attached report.
const ARTIFACT_TYPE: &str = "application/vnd.aquasec.trivy.report+json";
/// So many vulnerabilities are listed; the report has all.
const LISTED: usize = 50;

/// Scans an image.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let trusted = call.get(&flag::CERTIFICATE_AUTHORITY).map(Path::new);
    let registries = Registries::of_docker(trusted, world)?;
    let trivy = Trivy::new(Path::new("trivy"), trusted)?;
    scan(call, &registries.client(), &trivy, world)
}

fn scan(
    call: &Parsed,
    registry: &Registry<'_>,
    trivy: &Trivy,
    world: &World<'_>,
) -> Result<(), Failure> {
    let is_set = |flag| call.get(flag) == Some("true");
    let policy = Policy::new(call.list(&flag::FAIL_ON), is_set(&flag::IGNORE_UNFIXED));
    let policy = policy.map_err(|name| {
        let message = format!("`--fail-on`: `{name}` is no severity");
        Failure::new(Exit::Usage, message).help("one of `low`, `medium`, `high`, `critical`")
    })?;
    let results = Results::of(call, &["reportRef"])?;
    let image = Image::find(
        registry,
        call.get(&flag::IMAGE).unwrap_or_default(),
        call.get(&flag::DIGEST).unwrap_or_default(),
    )?;
    let (document, found) = look(&image, trivy, world)?;
    let path = Path::new(call.get(&flag::REPORT).unwrap_or_default());
    files::write(path, &document)?;
    // Before the verdict: who asks why an image was refused finds its report.
    let attached = match is_set(&flag::ATTACH) {
        true => Some(attach(&image, document)?),
        false => None,
    };
    if let Some(report) = &attached {
        let reference = image.reference(report);
        world.say(format!("attached the report: `{reference}`"));
        results.write("reportRef", &reference)?;
    }
    for system in &found.ended {
        world.say(format!(
            "warning: `{system}` gets no more updates: what is vulnerable in it is not known any more"
        ));
    }
    judge(&policy, &found, &image, trivy, world)?;
    match attached.filter(|_| is_set(&flag::RELEASE)) {
        Some(report) => keep(&image, &report, world),
        None => Ok(()),
    }
}

/// Lets later images be compared with this one. A registry that lets no tag move fails no image for that.
fn keep(image: &Image<'_>, report: &Digest, world: &World<'_>) -> Result<(), Failure> {
    match before::set(image, report) {
        Err(failure) if failure.exit == Exit::Failed => {
            world.say(format!(
                "warning: {}; later images are compared with an older one than this",
                failure.message
            ));
            Ok(())
        }
        ended => ended,
    }
}

/// The report on all platforms of an image: the document, and what it says.
fn look(image: &Image<'_>, trivy: &Trivy, world: &World<'_>) -> Result<(Vec<u8>, Report), Failure> {
    let mut documents = Vec::new();
    let mut all = Report::default();
    let unread = |why: String| {
        Failure::new(Exit::Failed, format!("cannot read Trivy's report: {why}"))
            .help("luban reads the reports of Trivy 0.67: its image comes from `luban.lock`")
    };
    for part in image.parts()? {
        let document = trivy.report(&image.reference(&part.digest), world)?;
        all.add(Report::parse(&document).map_err(unread)?);
        documents.push((part.platform, document));
    }
    let name = image.reference(&image.manifest.digest);
    let document = joined(&name, &documents).map_err(unread)?;
    Ok((document, all))
}

fn attach(image: &Image<'_>, document: Vec<u8>) -> Result<Digest, Failure> {
    image.attach(&Artifact {
        artifact_type: ARTIFACT_TYPE.to_owned(),
        layers: vec![(ARTIFACT_TYPE.to_owned(), document)],
        ..Artifact::default()
    })
}

/// Refuses what the policy does not let pass.
fn judge(
    policy: &Policy,
    found: &Report,
    image: &Image<'_>,
    trivy: &Trivy,
    world: &World<'_>,
) -> Result<(), Failure> {
    let counted = policy.counted(found);
    let name = image.reference(&image.manifest.digest);
    // Nobody has to know what was before when nothing counts.
    let before = match counted.is_empty() {
        true => None,
        false => replaced(image, found, trivy, world)?,
    };
    match verdict(
        counted,
        before.as_ref().map(|(_, report)| report.keys()).as_ref(),
    ) {
        Verdict::Passes => {
            let others = found.findings.len();
            world.say(format!(
                "`{name}` passes: {others} vulnerabilities, none that the policy names"
            ));
            Ok(())
        }
        Verdict::AddsNothing(counted) => {
            list(&counted, world);
            let before = before.map_or_else(String::new, |(digest, _)| digest.to_string());
            let count = counted.len();
            world.say(format!(
                "warning: `{name}` passes: it adds nothing to the {count} vulnerabilities that the policy names and `{before}` has too"
            ));
            Ok(())
        }
        Verdict::Refused(new) => {
            list(&new, world);
            let count = new.len();
            let than = match &before {
                Some((digest, _)) => format!(" which `{digest}`, the image before it, lacks"),
                None => String::new(),
            };
            let message = format!(
                "`{name}` has {count} vulnerabilities that the policy names{than}: {}",
                short(&new)
            );
            Err(Failure::new(Exit::Refused, message).help(
                "update the packages or the base image; or change `policies.scan` of the platform or the project",
            ))
        }
    }
}

/// The image that this one replaces, and what is vulnerable in it; none if there is none.
fn replaced(
    image: &Image<'_>,
    found: &Report,
    trivy: &Trivy,
    world: &World<'_>,
) -> Result<Option<(Digest, Report)>, Failure> {
    let Some(before) = before::find(image.registry, &image.repository)? else {
        return Ok(None);
    };
    let digest = before.digest.clone();
    if digest == image.manifest.digest {
        return Ok(Some((digest, found.clone())));
    }
    let old = Image::of(image.registry, image.repository.clone(), &digest)?;
    let report = match old {
        Some(old) => match look(&old, trivy, world) {
            Ok((_, report)) => Some(report),
            // Whatever else goes wrong is not the image's: nobody knows then what this one adds.
            Err(failure) if failure.exit != Exit::Failed || old.missing()?.is_none() => {
                return Err(failure);
            }
            Err(_) => before.attached(image)?,
        },
        // The image is gone: what was known of it then is what there is.
        None => before.attached(image)?,
    };
    Ok(report.map(|report| (digest, report)))
}

fn list(findings: &[Finding], world: &World<'_>) {
    for finding in findings.iter().take(LISTED) {
        world.say(format!("  {finding}"));
    }
    if findings.len() > LISTED {
        let more = findings.len() - LISTED;
        world.say(format!("  and {more} more, which the report has"));
    }
}

/// The first few in one line.
fn short(findings: &[Finding]) -> String {
    let mut text: Vec<String> = findings.iter().take(3).map(ToString::to_string).collect();
    if findings.len() > text.len() {
        text.push("…".to_owned());
    }
    text.join("; ")
}
