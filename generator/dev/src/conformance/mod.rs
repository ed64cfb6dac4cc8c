//! `luban-dev conformance`: upstream's own validation code over what Luban compiles.
//!
//! The judges of tests/conformance are asked about every object of every set: files, what kustomize renders of them, the
//! runs that dispatch can create and what Sensors create. What each file here is for: `set` gathers objects, `route` says who
//! judges them, `folder` and `permit` what follows from them, `questions` puts that together, `judge` runs the programs.

mod cases;
mod descriptions;
mod differential;
pub(crate) mod document;
mod embedded;
mod events;
pub(crate) mod folder;
pub(crate) mod hostile;
pub(crate) mod judge;
mod kubernetes_yaml;
mod permit;
pub(crate) mod protocol;
pub(crate) mod questions;
mod registry;
pub(crate) mod report;
mod route;
mod runs;
pub(crate) mod server;
pub(crate) mod set;
mod snapshot;
mod tools;

use anyhow::{Context as _, Result, anyhow, bail};
use judge::{Judge, Source};
use luban_diagnostic::concise;
use luban_platform::lock::Lock;
use questions::{Asked, questions, render};
use rayon::prelude::*;
use report::Report;
use route::KUSTOMIZE;
use set::Set;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The input of this repository.
const PLATFORM: &str = "platform.yaml";
/// Its digests, for the fixtures too.
const LOCK: &str = "luban.lock";
/// Platforms that tests compile.
const FIXTURES: &str = "snapshots/fixtures";

/// What `--only` takes beside the judges' names: what several programs do together, or none that is Go.
const TOGETHER: [&str; 4] = [
    server::JUDGE,
    hostile::HOSTILE,
    events::EVENTS,
    descriptions::DESCRIPTIONS,
];

/// Judge what is compiled by upstream's own code.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where the judges are
    #[arg(long, value_name = "DIR", default_value = "tests/conformance")]
    judges: PathBuf,
    /// The program that pods run
    #[arg(long, value_name = "FILE", default_value = "target/release/luban")]
    luban: PathBuf,
    /// Ask this judge alone
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Judge all YAML below DIR as one set, in place of what is compiled
    #[arg(long, value_name = "DIR", conflicts_with = "cases")]
    tree: Vec<PathBuf>,
    /// Judge nothing but the judges' own cases
    #[arg(long)]
    cases: bool,
    /// Keep what is rendered of overlays in snapshots/rendered, and the providers' descriptions, instead of comparing with them
    #[arg(long)]
    update: bool,
    #[command(flatten)]
    differential: differential::Comparison,
}

impl Arguments {
    /// Whether what this repository compiles is judged, and not only something else.
    fn is_whole(&self) -> bool {
        self.tree.is_empty() && !self.cases
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut sources = judge::find(&arguments.judges)?;
    let is_asked = |name: &str| is_asked(arguments, name);
    let mut names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    names.extend(TOGETHER);
    if !names.iter().any(|name| is_asked(name)) {
        bail!(
            "there is no judge `{}`, only {}",
            arguments.only.as_deref().unwrap_or_default(),
            names.join(", ")
        );
    }
    let is_alone = arguments.differential.is_alone();
    let sets = if is_alone {
        Vec::new()
    } else {
        sets(arguments)?
    };
    let tools = sources
        .iter()
        .position(|source| source.name == tools::TOOLS);
    let tools = tools.map(|at| sources.remove(at));
    // What the others judge is partly what kustomize renders.
    let is_needed = |source: &Source| {
        is_asked(&source.name)
            || (source.name == KUSTOMIZE && !sets.is_empty())
            || (is_asked(hostile::HOSTILE) && arguments.is_whole() && hostile::needs(&source.name))
            || (is_asked(events::EVENTS) && arguments.is_whole() && events::needs(&source.name))
    };
    let judges: Vec<Judge> = sources
        .into_iter()
        .filter(is_needed)
        .map(Source::build)
        .collect::<Result<_>>()?;

    let is_right = is_alone || everything_is_accepted(arguments, &judges, sets, tools.as_ref())?;
    let is_same = !arguments.is_whole() || compare(arguments, &judges)?;
    Ok(if is_right && is_same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Asks the judges about the sets, and about their own cases, and prints what they say.
fn everything_is_accepted(
    arguments: &Arguments,
    judges: &[Judge],
    sets: Vec<Set>,
    tools: Option<&Source>,
) -> Result<bool> {
    let is_asked = |name: &str| is_asked(arguments, name);
    let mut report = Report::default();
    judges
        .iter()
        .filter(|judge| is_asked(&judge.name))
        .for_each(|judge| report.expect(&judge.name));
    let mut asked = Vec::new();
    let mut judged = Vec::new();
    for set in sets {
        let rendered = render(
            &set,
            named(judges, KUSTOMIZE)?,
            is_asked(KUSTOMIZE),
            arguments.update,
            &mut report,
        )?;
        asked.extend(questions(&set, &rendered, &mut report));
        judged.push((set, rendered));
    }
    asked.retain(|asked| is_asked(asked.judge));
    ask(judges, asked, &mut report)?;
    if let Some(yaml) = judges
        .iter()
        .find(|judge| judge.name == kubernetes_yaml::YAML)
        && is_asked(&yaml.name)
        && arguments.is_whole()
    {
        kubernetes_yaml::compare(yaml, &mut report)?;
    }
    if let Some(judge) = judges.iter().find(|judge| judge.name == registry::REGISTRY)
        && is_asked(&judge.name)
        && arguments.tree.is_empty()
    {
        let (count, wrong) = registry::compare(judge)?;
        report.cases(&judge.name, count, wrong);
    }
    let own: Vec<_> = judges
        .iter()
        .filter(|judge| is_asked(&judge.name) && judge.name != registry::REGISTRY)
        .collect();
    for (judge, cases) in own
        .par_iter()
        .map(|judge| (judge, cases::cases(judge)))
        .collect::<Vec<_>>()
    {
        let (count, wrong) = cases?;
        report.cases(&judge.name, count, wrong);
    }
    if is_asked(hostile::HOSTILE)
        && arguments.is_whole()
        && let Some((set, _)) = judged.first()
    {
        hostile::check(set, judges, &mut report)?;
    }
    if is_asked(events::EVENTS) && arguments.is_whole() {
        events::check(&lock(Path::new(LOCK))?, judges, &mut report)?;
    }
    if is_asked(server::JUDGE) && arguments.is_whole() {
        server::judge(&arguments.judges, &arguments.luban, &judged, &mut report)?;
    }
    if let Some(tools) = tools.filter(|tools| is_asked(&tools.name))
        && arguments.tree.is_empty()
    {
        let (count, wrong) = tools::compare(tools, &arguments.luban)?;
        report.cases(&tools.name, count, wrong);
    }
    if is_asked(descriptions::DESCRIPTIONS) && arguments.tree.is_empty() {
        let (count, wrong) = descriptions::compare(&arguments.judges, arguments.update)?;
        report.cases(descriptions::DESCRIPTIONS, count, wrong);
    }
    writeln!(io::stdout(), "{report}")?;
    Ok(!report.has_failed())
}

/// Compares `luban check` with the judges, and prints what came of it.
fn compare(arguments: &Arguments, judges: &[Judge]) -> Result<bool> {
    let asked: Vec<&Judge> = judges
        .iter()
        .filter(|judge| is_asked(arguments, &judge.name))
        .collect();
    let Some(outcome) = differential::run(&arguments.differential, &asked)? else {
        let words =
            "`luban check` is not compared with upstream: LUBAN_CORPUS names no folder of examples";
        writeln!(io::stdout(), "\n{words}")?;
        return Ok(true);
    };
    writeln!(io::stdout(), "\n{outcome}")?;
    Ok(!outcome.has_failed())
}

fn is_asked(arguments: &Arguments, name: &str) -> bool {
    arguments.only.as_ref().is_none_or(|only| only == name)
}

/// The sets that `arguments` ask for.
fn sets(arguments: &Arguments) -> Result<Vec<Set>> {
    if arguments.cases {
        return Ok(Vec::new());
    }
    if !arguments.tree.is_empty() {
        return arguments
            .tree
            .iter()
            .map(|directory| Set::tree(directory))
            .collect();
    }
    let lock = lock(Path::new(LOCK))?;
    let mut platforms = vec![PLATFORM.to_owned()];
    if Path::new(FIXTURES).is_dir() {
        let names = set::files(Path::new(FIXTURES))?.into_iter();
        platforms.extend(
            names
                .filter(|name| name.ends_with(".yaml") && !name.contains('/'))
                .map(|name| format!("{FIXTURES}/{name}")),
        );
    }
    platforms
        .par_iter()
        .map(|platform| Set::compiled(platform, &lock))
        .collect()
}

fn lock(path: &Path) -> Result<Lock> {
    match fs::read(path) {
        Ok(bytes) => Lock::read(LOCK, &bytes)
            .map_err(|findings| anyhow!("`{LOCK}` has errors:\n{}", concise(&findings).trim_end())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Lock::default()),
        Err(error) => Err(error).context("cannot read `luban.lock`"),
    }
}

fn named<'a>(judges: &'a [Judge], name: &str) -> Result<&'a Judge> {
    judges
        .iter()
        .find(|judge| judge.name == name)
        .with_context(|| format!("there is no judge `{name}`"))
}

/// Asks each judge what is for it, all judges at a time, and reports judge by judge.
fn ask(judges: &[Judge], asked: Vec<Asked>, report: &mut Report) -> Result<()> {
    if let Some(lost) = asked
        .iter()
        .find(|asked| judges.iter().all(|judge| judge.name != asked.judge))
    {
        bail!("there is no judge `{}` for {}", lost.judge, lost.place);
    }
    let all = judges.par_iter().map(|judge| {
        let own = || asked.iter().filter(|asked| asked.judge == judge.name);
        Ok((
            judge,
            own()
                .zip(judge.ask(own().map(|asked| &asked.question))?)
                .collect::<Vec<_>>(),
        ))
    });
    for (judge, verdicts) in all.collect::<Result<Vec<_>>>()? {
        for (asked, verdict) in verdicts {
            report.judged(&judge.name, asked.place.clone(), &verdict);
        }
    }
    Ok(())
}
