//! `luban generate`.

use crate::arguments::{Format, Generate};
use crate::tree::{Existing, Leftover, Verdict};
use crate::{Outcome, check, findings};
use anyhow::{Context as _, Result};
use luban_compile::{Context, File, Part, compile, parts, unpinned};
use luban_diagnostic::{Finding, Place, Position, Sources, Span};
use luban_platform::Platform;
use luban_platform::lock::Lock;
use rayon::prelude::*;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The input.
const PLATFORM: &str = "platform.yaml";
/// The digests of images.
pub(crate) const LOCK: &str = "luban.lock";

/// Text of files to write that is kept between planning and writing; what is over is compiled again.
const KEPT_TEXT: usize = 24 << 20;

pub(crate) fn run(arguments: &Generate) -> Result<Outcome> {
    let mut sources = Sources::new();
    let Some((platform, lock)) = load(&arguments.root, &mut sources, arguments.format, true)?
    else {
        return Ok(Outcome::Findings);
    };
    let context = Context::new(&platform, &lock)?;
    let existing = Existing::scan(&arguments.root)?;
    let plan = Plan::of(&context, &existing)?;
    if findings::show(&plan.conflicts(), &sources, arguments.format) {
        return Ok(Outcome::Findings);
    }
    let leftovers = existing.leftovers()?;
    if arguments.check {
        return check::run(&context, &plan, &leftovers, &arguments.root);
    }
    plan.write(&context, &existing)?;
    let own: Vec<String> = leftovers
        .iter()
        .filter_map(|leftover| match leftover {
            Leftover::Own(path) => Some(path.clone()),
            Leftover::Release(_) => None,
        })
        .collect();
    existing.remove(&own)?;
    if !arguments.quiet && arguments.format == Format::Human {
        plan.report(&leftovers);
    }
    Ok(Outcome::Fine)
}

/// The platform and its lock; nothing if they have errors, which are shown then. `is_pinned` asks that the lock knows
/// every image.
pub(crate) fn load(
    root: &Path,
    sources: &mut Sources,
    format: Format,
    is_pinned: bool,
) -> Result<Option<(Platform, Lock)>> {
    let bytes = read(root, PLATFORM)?.with_context(|| {
        format!(
            "there is no `{PLATFORM}` in `{}`; `luban init` makes one",
            root.display()
        )
    })?;
    sources.insert(PLATFORM, String::from_utf8_lossy(&bytes).into_owned());
    let loaded = luban_platform::load(PLATFORM, &bytes);
    let mut found = loaded.findings;
    let lock = match read(root, LOCK)? {
        None => Lock::default(),
        Some(bytes) => {
            sources.insert(LOCK, String::from_utf8_lossy(&bytes).into_owned());
            Lock::read(LOCK, &bytes).unwrap_or_else(|errors| {
                found.extend(errors);
                Lock::default()
            })
        }
    };
    if let Some(platform) = loaded.platform.as_ref().filter(|_| is_pinned) {
        found.extend(unpinned(platform, &lock)?);
    }
    let has_error = findings::show(&found, sources, format);
    Ok(loaded
        .platform
        .filter(|_| !has_error)
        .map(|platform| (platform, lock)))
}

fn read(root: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let path = root.join(name);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

/// What a run would do, before anything is written.
pub(crate) struct Plan {
    parts: Vec<PlannedPart>,
}

struct PlannedPart {
    part: Part,
    unchanged: usize,
    /// Files to write, by path; their text is empty where `is_dropped`.
    writes: Vec<(Verdict, File)>,
    foreign: Vec<String>,
    /// Whether the texts were too much to keep.
    is_dropped: bool,
}

impl Plan {
    /// Compiles every part and compares it with what is there.
    fn of(context: &Context<'_>, existing: &Existing) -> Result<Self> {
        let kept = AtomicUsize::new(0);
        let parts = parts(context.platform()).into_par_iter().map(|part| {
            let mut planned = PlannedPart {
                part,
                unchanged: 0,
                writes: Vec::new(),
                foreign: Vec::new(),
                is_dropped: false,
            };
            for file in compile(context, part)? {
                match existing.judge(&file)? {
                    Verdict::Same => planned.unchanged += 1,
                    Verdict::Foreign => planned.foreign.push(file.path),
                    verdict => planned.writes.push((verdict, file)),
                }
            }
            let size: usize = planned.writes.iter().map(|(_, file)| file.text.len()).sum();
            if kept.fetch_add(size, Ordering::Relaxed) + size > KEPT_TEXT {
                kept.fetch_sub(size, Ordering::Relaxed);
                planned.is_dropped = true;
                planned
                    .writes
                    .iter_mut()
                    .for_each(|(_, file)| file.text = String::new());
            }
            Ok(planned)
        });
        Ok(Self {
            parts: parts.collect::<Result<_>>()?,
        })
    }

    /// A finding for each file in whose place something else is.
    fn conflicts(&self) -> Vec<Finding> {
        let foreign = self.parts.iter().flat_map(|part| &part.foreign);
        foreign
            .map(|path| {
                let position = Position { offset: 0, line: 1, column: 1 };
                let place = Place { file: path.as_str().into(), span: Span { start: position, end: position } };
                Finding::error("foreign-file", format!("`{path}` is not Luban's, and what is compiled belongs there"))
                    .at(place)
                    .help("move it away or remove it, then run `luban generate` again; nothing has been written")
            })
            .collect()
    }

    /// Every file to write, with its text.
    pub(crate) fn files(
        &self,
        context: &Context<'_>,
    ) -> impl ParallelIterator<Item = Result<(Verdict, File)>> {
        self.parts.par_iter().flat_map_iter(|part| {
            let files: Vec<Result<(Verdict, File)>> = match part.again(context) {
                Ok(files) => files.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            };
            files
        })
    }

    fn write(&self, context: &Context<'_>, existing: &Existing) -> Result<()> {
        self.parts.par_iter().try_for_each(|part| {
            if part.is_dropped {
                part.again(context)?
                    .iter()
                    .try_for_each(|(_, file)| existing.write(file))
            } else {
                part.writes
                    .iter()
                    .try_for_each(|(_, file)| existing.write(file))
            }
        })
    }

    /// Says what changed.
    fn report(&self, leftovers: &[Leftover]) {
        let mut lines: Vec<(&str, &str)> = Vec::new();
        for (verdict, file) in self.parts.iter().flat_map(|part| &part.writes) {
            lines.push((
                file.path.as_str(),
                if *verdict == Verdict::Create {
                    "created"
                } else {
                    "changed"
                },
            ));
        }
        for leftover in leftovers {
            if let Leftover::Own(path) = leftover {
                lines.push((path, "removed"));
            }
        }
        lines.sort_unstable();
        check::list(&lines);
        for leftover in leftovers {
            if let Leftover::Release(path) = leftover {
                println!(
                    "kept     {path}: pipelines wrote it; remove it when nothing runs from it any more"
                );
            }
        }
        let count = |what: &str| lines.iter().filter(|(_, verb)| *verb == what).count();
        let unchanged: usize = self.parts.iter().map(|part| part.unchanged).sum();
        println!(
            "{} created, {} changed, {} removed, {unchanged} unchanged",
            count("created"),
            count("changed"),
            count("removed")
        );
        if count("removed") > 0 {
            println!(
                "Argo CD deletes what is removed here; namespaces only after somebody confirms it"
            );
        }
    }
}

impl PlannedPart {
    /// The files to write, compiled again if their texts were dropped.
    fn again(&self, context: &Context<'_>) -> Result<Vec<(Verdict, File)>> {
        if !self.is_dropped {
            return Ok(self.writes.clone());
        }
        let mut compiled = compile(context, self.part)?;
        let verdict_of = |file: &File| {
            self.writes
                .iter()
                .find(|(_, planned)| planned.path == file.path)
                .map(|(verdict, _)| *verdict)
        };
        Ok(compiled
            .drain(..)
            .filter_map(|file| Some((verdict_of(&file)?, file)))
            .collect())
    }
}
