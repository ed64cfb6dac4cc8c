//! `luban step dispatch`: from an event to the runs of the applications that it concerns.

mod decide;
mod event;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod recorded;
mod run;
mod tables;
#[cfg(test)]
mod tests;

use luban_command::{Parsed, dispatch as flag};
use luban_platform::dispatch_table::Settings;

use crate::cluster::{Cluster, Created, config_map};
use crate::failure::{Exit, Failure};
use crate::world::World;
use decide::{Decision, decide, touched};
use event::{Dialect, Event, Meaning, Push, meaning};
use run::Key;
use tables::Known;

/// Which files a push changed; asked only where an application has path filters.
pub(crate) trait Changes {
    /// The files that differ between two commits of a repository, as paths from its root. None if that cannot be known: one of them
    /// is gone, as after a force push.
    ///
    /// # Errors
    /// When the repository cannot be reached or refuses.
    fn between(
        &self,
        provider: &str,
        url: &str,
        before: &str,
        after: &str,
    ) -> Result<Option<Vec<String>>, Failure>;
}

/// Dispatches the event of a call, or the recorded one that it names.
pub(crate) fn run(
    call: &Parsed,
    cluster: &dyn Cluster,
    changes: &dyn Changes,
    world: &World<'_>,
) -> Result<(), Failure> {
    let event = match call.get(&flag::REPLAY) {
        None => Event::of_call(call)?,
        Some(name) => {
            let record = config_map(cluster, name)?.ok_or_else(|| {
                let message = format!("there is no ConfigMap `{name}` in namespace `{}`", cluster.namespace());
                Failure::new(Exit::Usage, message)
                    .help("`kubectl get configmaps -l luban.dev/dead-letter=dispatch` lists recorded events")
            })?;
            Event::of_record(name, &record)?
        }
    };
    let rebuild = call.get(&flag::REBUILD).unwrap_or_default();
    dispatch(&event, rebuild, cluster, changes, world)
}

fn dispatch(
    event: &Event,
    rebuild: &str,
    cluster: &dyn Cluster,
    changes: &dyn Changes,
    world: &World<'_>,
) -> Result<(), Failure> {
    let settings = tables::settings(cluster)?;
    let provider = event.provider.as_str();
    let dialect = settings
        .providers
        .get(provider)
        .and_then(|kind| Dialect::of(kind))
        .ok_or_else(|| {
            let known: Vec<&str> = settings.providers.keys().map(String::as_str).collect();
            let message = format!("the platform has no provider `{provider}`");
            Failure::new(Exit::Usage, message).help(format!("it has `{}`", known.join("`, `")))
        })?;
    let (pushes, left_out) = match meaning(event, dialect)? {
        Meaning::Nothing(why) => {
            world.say(format!("nothing to do: {why}"));
            return Ok(());
        }
        Meaning::Pushes { pushes, left_out } => (pushes, left_out),
    };
    for why in left_out {
        world.say(why);
    }
    let pushes = moved(pushes, rebuild, world);
    if pushes.is_empty() {
        return Ok(());
    }
    if is_gitops(&settings, provider, event.repository()) {
        world.say("nothing to do: the GitOps repository itself builds nothing");
        return Ok(());
    }
    let known = tables::applications(cluster, &settings, provider, event.repository())?;
    if known.is_empty() {
        let message = format!(
            "no application of the platform comes from repository `{}` of `{provider}`",
            event.repository().escape_debug()
        );
        return Err(Failure::new(Exit::UnknownRepository, message).help(
            "add it to platform.yaml, or take the webhook off it; a renamed repository needs its new name there",
        ));
    }
    let dispatch = Dispatch {
        event,
        rebuild,
        cluster,
        changes,
        world,
    };
    // One run that cannot be made keeps no other from being made.
    let mut failed: Option<Failure> = None;
    for push in &pushes {
        for known in &known {
            if let Err(failure) = dispatch.one(push, known) {
                world.say(format!("{}: {}", known.row.application, failure.message));
                failed = Some(worse(failed, failure));
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Of two failures the one that says more: a transient one is tried again as a whole, which costs nothing, as runs have names.
fn worse(first: Option<Failure>, second: Failure) -> Failure {
    match first {
        Some(first) if first.exit == Exit::Transient || second.exit != Exit::Transient => first,
        _ => second,
    }
}

/// The pushes that moved something; who asks to build again does not ask what moved.
fn moved(pushes: Vec<Push>, rebuild: &str, world: &World<'_>) -> Vec<Push> {
    let (moved, still): (Vec<Push>, Vec<Push>) = pushes
        .into_iter()
        .partition(|push| !rebuild.is_empty() || !push.moves_nothing());
    for push in still {
        let name = push.name.escape_debug();
        world.say(format!(
            "`{name}` points where it pointed before, as in the test of a webhook, which builds nothing"
        ));
    }
    moved
}

/// Whether a repository is the one that releases are written to.
fn is_gitops(settings: &Settings, provider: &str, repository: &str) -> bool {
    settings.gitops.provider == provider
        && is_at(&settings.gitops.repository, &repository.to_lowercase())
}

/// Whether a URL is of the repository that a provider calls `owner/name`, or `project/name` where that is Azure DevOps: its URLs have
/// `_git` between the two, or in the place of a project of the repository's own name. What events call by its name, URLs encode.
fn is_at(url: &str, repository: &str) -> bool {
    let url = decoded(url).to_lowercase();
    let url = url.trim_end_matches('/');
    let url = url.strip_suffix(".git").unwrap_or(url);
    let Some((owner, name)) = repository.split_once('/') else {
        return false;
    };
    let ends = [format!("/{repository}"), format!("/{owner}/_git/{name}")];
    // Azure leaves the project out where it has the repository's name. Before `_git` stands the organization alone then: with a
    // project there, it is another repository.
    if owner == name
        && let Some(organization) = url.strip_suffix(&format!("/_git/{name}"))
        && let Some((_, organization)) = organization.split_once("://dev.azure.com/")
        && !organization.contains('/')
    {
        return true;
    }
    !name.is_empty() && ends.iter().any(|end| url.ends_with(end.as_str()))
}

/// A URL without percent-encoding.
pub(crate) fn decoded(url: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = url.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|code| *first == b'%' && code.is_ascii() && !code.contains(&b'+'));
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Dispatch<'a> {
    event: &'a Event,
    rebuild: &'a str,
    cluster: &'a dyn Cluster,
    changes: &'a dyn Changes,
    world: &'a World<'a>,
}

impl Dispatch<'_> {
    /// Makes the run of one application for one push, if there is one to make.
    fn one(&self, push: &Push, known: &Known) -> Result<(), Failure> {
        let row = &known.row;
        let (occasion, why) = match decide(row, push, !self.rebuild.is_empty()) {
            Decision::No(why) => {
                self.world
                    .say(format!("{}: no run: {why}", row.application));
                return Ok(());
            }
            Decision::Run(occasion) => (occasion, String::new()),
            Decision::IfChanged(occasion) => match self.touched(push, known)? {
                Some(why) => (occasion, why),
                None => {
                    let paths = row.paths.join("`, `");
                    self.world.say(format!(
                        "{}: no run: no change below `{paths}`",
                        row.application
                    ));
                    return Ok(());
                }
            },
        };
        let (Some(run), Some(template)) = (row.runs.get(occasion), known.templates.get(occasion))
        else {
            return Ok(());
        };
        let key = Key {
            provider: &row.provider,
            repository: &row.repository,
            push,
            rebuild: self.rebuild,
        };
        let name = key.name(&row.application);
        let values = [
            ("revision", push.after.clone()),
            ("ref", encoded(&push.name)),
        ];
        let object = run::filled(run, template, &name, &values)?;
        let created = self.cluster.create(&object)?;
        let sender = match self.event.sender() {
            "" => String::new(),
            sender => format!(", pushed by `{}`", sender.escape_debug()),
        };
        let done = match created {
            Created::New => "created",
            Created::AlreadyThere => {
                "is there already: the event came twice (dispatch it with `rebuild` to build it again)"
            }
        };
        let short = push.after.get(..12).unwrap_or(&push.after);
        self.world.say(format!(
            "{}: {} `{}/{name}` for {occasion} of `{short}` on `{}`{why}{sender}: {done}",
            row.application,
            run.kind,
            run.namespace,
            push.name.escape_debug(),
        ));
        Ok(())
    }

    /// Why the application's paths are touched by a push; none if they are not. What cannot be known is built.
    fn touched(&self, push: &Push, known: &Known) -> Result<Option<String>, Failure> {
        let row = &known.row;
        if event::is_zero(&push.before) {
            return Ok(Some(" (a new branch)".to_owned()));
        }
        let changed = self
            .changes
            .between(&row.provider, &row.url, &push.before, &push.after)?;
        Ok(match changed {
            None => Some(" (what changed cannot be known)".to_owned()),
            Some(changed) => {
                touched(row, &changed).map(|file| format!(" (`{}` changed)", file.escape_debug()))
            }
        })
    }
}

fn encoded(text: &str) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text)
}

#[cfg(test)]
mod gitops_tests {
    use super::is_at;

    #[test]
    fn the_gitops_repository_is_known_however_its_url_is_written() {
        for (url, repository, is_it) in [
            ("https://github.com/acme/gitops.git", "acme/gitops", true),
            ("https://github.com/acme/gitops/", "acme/gitops", true),
            ("https://github.com/acme/not-gitops", "acme/gitops", false),
            (
                "https://dev.azure.com/acme/Plattform%20%C3%9C/_git/git%20ops",
                "plattform ü/git ops",
                true,
            ),
            (
                "https://dev.azure.com/acme/_git/gitops",
                "gitops/gitops",
                true,
            ),
            (
                "https://dev.azure.com/acme/other/_git/gitops",
                "shop/gitops",
                false,
            ),
            ("https://git.example.org/acme/100%", "acme/100%", true),
            ("https://git.example.org/acme/a%zz", "acme/a%zz", true),
            // Another repository, of which Azure would leave the project out too.
            (
                "https://dev.azure.com/acme/Ops/_git/tools",
                "tools/tools",
                false,
            ),
            ("https://git.example.org/acme/gitops", "", false),
        ] {
            assert_eq!(is_at(url, repository), is_it, "{url} {repository}");
        }
    }
}
