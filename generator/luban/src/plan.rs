//! What a run would do with each compiled file, before anything is written.

use crate::fresh::Fresh;
use crate::stale;
use crate::tree::{Existing, Leftover, Verdict};
use anyhow::Result;
use luban_compile::{Context, File, Part, compile, parts};
use luban_diagnostic::{Finding, Place, Position, Span};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Text of files to write that is kept between planning and writing; what is over is compiled again.
const KEPT_TEXT: usize = 24 << 20;

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
    /// Paths of a fresh tree's files, written already; a line each.
    written: String,
    /// Whether the texts were too much to keep.
    is_dropped: bool,
}

impl Plan {
    /// Compiles every part and compares it with what is there; into a `fresh` tree each part is written when it is compiled.
    pub(crate) fn of(
        context: &Context<'_>,
        existing: &Existing,
        fresh: Option<&Fresh<'_>>,
    ) -> Result<Self> {
        let kept = AtomicUsize::new(0);
        let parts = parts(context.platform()).into_par_iter().map(|part| {
            let mut planned = PlannedPart {
                part,
                unchanged: 0,
                writes: Vec::new(),
                foreign: Vec::new(),
                written: String::new(),
                is_dropped: false,
            };
            let mut buffer = Vec::new();
            for file in compile(context, part)? {
                match existing.judge(&file, &mut buffer)? {
                    Verdict::Same => planned.unchanged += 1,
                    Verdict::Foreign => planned.foreign.push(file.path),
                    verdict => planned.writes.push((verdict, file)),
                }
            }
            if let Some(fresh) = fresh {
                fresh.write(planned.writes.iter().map(|(_, file)| file))?;
                // A piece for each file would leave memory in shreds between parts, and the allocator searching.
                let writes = std::mem::take(&mut planned.writes);
                let lines = writes
                    .iter()
                    .flat_map(|(_, file)| [file.path.as_str(), "\n"]);
                planned.written = lines.collect();
                return Ok(planned);
            }
            let size: usize = planned.writes.iter().map(|(_, file)| file.text.len()).sum();
            if kept.fetch_add(size, Ordering::Relaxed) + size > KEPT_TEXT {
                kept.fetch_sub(size, Ordering::Relaxed);
                planned.drop_texts();
            }
            Ok(planned)
        });
        Ok(Self {
            parts: parts.collect::<Result<_>>()?,
        })
    }

    /// A finding for each file in whose place something else is.
    pub(crate) fn conflicts(&self) -> Vec<Finding> {
        let foreign = self.parts.iter().flat_map(|part| &part.foreign);
        foreign
            .map(|path| {
                let start = Position {
                    offset: 0,
                    line: 1,
                    column: 1,
                };
                let span = Span { start, end: start };
                let place = Place {
                    file: path.as_str().into(),
                    span,
                };
                let message =
                    format!("`{path}` is not Luban's, and what is compiled belongs there");
                let help = "move it away or remove it, then run `luban generate` again; \
                            nothing has been written";
                Finding::error("foreign-file", message).at(place).help(help)
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

    pub(crate) fn write(&self, context: &Context<'_>, existing: &Existing) -> Result<()> {
        self.parts.par_iter().try_for_each(|part| {
            if part.is_dropped {
                let files = part.again(context)?;
                files.iter().try_for_each(|(_, file)| existing.write(file))
            } else {
                part.write(existing)
            }
        })
    }

    /// Says what changed.
    pub(crate) fn report(&self, leftovers: &[Leftover]) {
        let written = self.parts.iter().flat_map(|part| part.written.lines());
        let mut lines: Vec<(&str, &str)> = written.map(|path| (path, "created")).collect();
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
        lines.par_sort_unstable();
        stale::list(&lines);
        for leftover in leftovers {
            if let Leftover::Release(path) = leftover {
                println!(
                    "kept     {path}: releases are written here; remove it when nothing runs from it any more"
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
                "Argo CD deletes what is removed here; where an object says so, only after somebody confirms it"
            );
        }
    }
}

impl PlannedPart {
    fn write(&self, existing: &Existing) -> Result<()> {
        let mut files = self.writes.iter();
        files.try_for_each(|(_, file)| existing.write(file))
    }

    fn drop_texts(&mut self) {
        self.is_dropped = true;
        for (_, file) in &mut self.writes {
            file.text = String::new();
        }
    }

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
