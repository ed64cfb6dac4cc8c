//! `luban generate` beside the floor, in one run: medians, ratios and peak memory.

use crate::synthetic;
use anyhow::{Context, Result, bail};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// Measure `luban generate` beside the floor.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The luban to measure
    #[arg(long, default_value = "target/release/luban")]
    luban: PathBuf,
    /// A directory in memory to write to
    #[arg(long, default_value = "/dev/shm")]
    directory: PathBuf,
    /// How often each is measured; the median counts
    #[arg(long, default_value_t = 5)]
    times: usize,
    /// Numbers of applications
    #[arg(default_values_t = [10, 100, 1_000, 10_000])]
    applications: Vec<usize>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let luban = fs::canonicalize(&arguments.luban).with_context(|| {
        format!(
            "there is no `{}`; run `make build`",
            arguments.luban.display()
        )
    })?;
    println!(
        "{:>12} {:>8} {:>9} {:>9} {:>9} {:>7} {:>9} {:>10} {:>9} {:>9}",
        "applications",
        "files",
        "MB",
        "floor",
        "written",
        "ratio",
        "cpu",
        "unchanged",
        "cpu",
        "peak MiB"
    );
    for number in &arguments.applications {
        let directory = tempfile::tempdir_in(&arguments.directory)?;
        fs::write(
            directory.path().join("platform.yaml"),
            synthetic::platform(*number),
        )?;
        let row = Row::measure(&luban, directory.path(), arguments.times)?;
        println!("{number:>12} {row}");
    }
    measure_here(&luban, arguments.times)?;
    Ok(ExitCode::SUCCESS)
}

/// The platform of this repository, unchanged.
fn measure_here(luban: &Path, times: usize) -> Result<()> {
    let here = median(times, || generate(luban, Path::new("."), &["--check"]))?;
    println!(
        "this repository, `generate --check`: {:.1} ms",
        here.as_secs_f64() * 1e3
    );
    Ok(())
}

struct Row {
    files: usize,
    bytes: usize,
    floor: Duration,
    written: Duration,
    /// Time of processors, which says more than the clock where others use the machine.
    written_cpu: Duration,
    unchanged: Duration,
    unchanged_cpu: Duration,
    peak_kib: i64,
}

impl Row {
    fn measure(luban: &Path, root: &Path, times: usize) -> Result<Self> {
        let mut cpu = Vec::new();
        let written = median(times, || {
            clear(root)?;
            with_cpu(&mut cpu, || generate(luban, root, &[]))
        })?;
        let written_cpu = middle(&mut cpu);
        cpu.clear();
        let unchanged = median(times, || with_cpu(&mut cpu, || generate(luban, root, &[])))?;
        let unchanged_cpu = middle(&mut cpu);
        let peak_kib = peak_kib()?;
        let tree = read(root)?;
        let floor = median(times, || {
            clear(root)?;
            let start = Instant::now();
            write(root, &tree)?;
            Ok(start.elapsed())
        })?;
        Ok(Self {
            files: tree.len(),
            bytes: tree.iter().map(|(_, bytes)| bytes.len()).sum(),
            floor,
            written,
            written_cpu,
            unchanged,
            unchanged_cpu,
            peak_kib,
        })
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        write!(
            formatter,
            "{:>8} {:>9.2} {:>9} {:>9} {:>6.2}x {:>9} {:>10} {:>9} {:>9.1}",
            self.files,
            self.bytes as f64 / 1e6,
            ms(self.floor),
            ms(self.written),
            self.written.as_secs_f64() / self.floor.as_secs_f64(),
            ms(self.written_cpu),
            ms(self.unchanged),
            ms(self.unchanged_cpu),
            self.peak_kib as f64 / 1024.0
        )
    }
}

/// Runs luban and says how long it took.
fn generate(luban: &Path, root: &Path, more: &[&str]) -> Result<Duration> {
    let start = Instant::now();
    let output = Command::new(luban)
        .args(["generate", "--quiet", "--root"])
        .arg(root)
        .args(more)
        .output()?;
    let time = start.elapsed();
    if !output.status.success() {
        bail!("luban failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(time)
}

/// Runs `measure` and adds the processors' time of the programs that it ran to `cpu`.
pub(crate) fn with_cpu(
    cpu: &mut Vec<Duration>,
    measure: impl FnOnce() -> Result<Duration>,
) -> Result<Duration> {
    let used = || -> Result<Duration> {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        let times = [usage.user_time(), usage.system_time()];
        Ok(times
            .iter()
            .map(|time| Duration::from_micros(time.num_microseconds().unsigned_abs()))
            .sum())
    };
    let before = used()?;
    let time = measure()?;
    cpu.push(used()?.saturating_sub(before));
    Ok(time)
}

/// Peak memory of the largest luban so far. Rows come in ascending order, so it is the last one's.
pub(crate) fn peak_kib() -> Result<i64> {
    Ok(getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss())
}

fn clear(root: &Path) -> Result<()> {
    for name in ["pipelines", "overlays"] {
        let path = root.join(name);
        if path.exists() {
            fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}

/// Every file of the tree, in memory.
fn read(root: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut tree = Vec::new();
    for name in ["pipelines", "overlays"] {
        for entry in WalkDir::new(root.join(name)).sort_by_file_name() {
            let Ok(entry) = entry else { continue };
            if entry.file_type().is_file() {
                tree.push((entry.path().to_owned(), fs::read(entry.path())?));
            }
        }
    }
    Ok(tree)
}

/// The floor: each file to a temporary name and renamed, by as many threads as there are.
fn write(root: &Path, tree: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    debug_assert!(tree.iter().all(|(path, _)| path.starts_with(root)));
    tree.par_iter().try_for_each(|(path, bytes)| {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let temporary = path.with_extension("tmp");
        fs::write(&temporary, bytes)?;
        fs::rename(&temporary, path)?;
        Ok(())
    })
}

pub(crate) fn median(
    times: usize,
    mut measure: impl FnMut() -> Result<Duration>,
) -> Result<Duration> {
    let mut measured = (0..times.max(1))
        .map(|_| measure())
        .collect::<Result<Vec<_>>>()?;
    Ok(middle(&mut measured))
}

/// The middle one of what was measured.
pub(crate) fn middle(measured: &mut [Duration]) -> Duration {
    measured.sort_unstable();
    measured
        .get(measured.len() / 2)
        .copied()
        .unwrap_or_default()
}
