//! `luban check` over many documents: time, processors' time, peak memory beside the size of the input.
//!
//! A child counts what its parent had when it was made, so small inputs show the memory of this program.

use crate::bench::{median, middle, peak_kib, with_cpu};
use crate::synthetic;
use anyhow::{Context as _, Result, bail};
use luban_compile::{Context, compile, parts};
use luban_platform::lock::Lock;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// Measure `luban check`, all rules, over documents of a platform of many applications.
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
    /// Folders of more documents, which take turns with the platform's
    #[arg(long)]
    with: Vec<PathBuf>,
    /// All documents in one file
    #[arg(long)]
    one_file: bool,
    /// Numbers of documents, ascending
    #[arg(default_values_t = [100, 1_000, 10_000])]
    documents: Vec<usize>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let luban = fs::canonicalize(&arguments.luban).with_context(|| {
        format!(
            "there is no `{}`; run `make build`",
            arguments.luban.display()
        )
    })?;
    let most = arguments.documents.iter().max().copied().unwrap_or(0);
    let texts = texts(most, &arguments.with)?;
    println!(
        "{:>9} {:>8} {:>10} {:>10} {:>9} {:>9}",
        "documents", "MB", "time", "cpu", "peak MiB", "x input"
    );
    for number in &arguments.documents {
        let directory = tempfile::tempdir_in(&arguments.directory)?;
        let bytes = write(
            directory.path(),
            spread(&texts, *number),
            arguments.one_file,
        )?;
        let mut cpu = Vec::new();
        let time = median(arguments.times, || {
            with_cpu(&mut cpu, || check(&luban, directory.path()))
        })?;
        let peak = peak_kib()? as f64 * 1024.0;
        println!(
            "{number:>9} {:>8.2} {:>7.1} ms {:>7.1} ms {:>9.1} {:>8.1}x",
            bytes as f64 / 1e6,
            time.as_secs_f64() * 1e3,
            middle(&mut cpu).as_secs_f64() * 1e3,
            peak / 1_048_576.0,
            peak / bytes as f64
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// At least `number` documents: those of a platform, and those of the folders in turn.
fn texts(number: usize, folders: &[PathBuf]) -> Result<Vec<String>> {
    let mut others = Vec::new();
    for entry in folders.iter().flat_map(WalkDir::new) {
        let entry = entry?;
        let is_yaml = entry.path().extension().is_some_and(|end| end == "yaml");
        if is_yaml && let Ok(text) = fs::read_to_string(entry.path()) {
            others.push(text);
        }
    }
    let mut texts = Vec::new();
    // An application is at least ten files.
    let yaml = synthetic::platform(number / 10 + 1);
    let platform = luban_platform::load("platform.yaml", yaml.as_bytes()).platform;
    let platform = platform.context("the synthetic platform has findings")?;
    let context = Context::new(&platform, &Lock::default())?;
    for part in parts(&platform) {
        let files = compile(&context, part)?.into_iter();
        for file in files.filter(|file| file.path.ends_with(".yaml")) {
            let next = (!others.is_empty()).then(|| others[texts.len() % others.len()].clone());
            texts.extend(Some(file.text).into_iter().chain(next));
        }
    }
    if texts.len() < number {
        bail!("only {} documents for {number}", texts.len());
    }
    Ok(texts)
}

/// `number` of the texts, from all of them evenly.
fn spread(texts: &[String], number: usize) -> impl Iterator<Item = &String> {
    (0..number).filter_map(move |at| texts.get(at * texts.len() / number.max(1)))
}

/// Writes a file a text, or all into one; how many bytes.
fn write<'a>(
    root: &Path,
    texts: impl Iterator<Item = &'a String>,
    one_file: bool,
) -> Result<usize> {
    let mut bytes = 0;
    let mut whole = String::new();
    for (number, text) in texts.enumerate() {
        bytes += text.len();
        if one_file {
            whole.push_str("---\n");
            whole.push_str(text);
        } else {
            let folder = root.join(format!("{:04}", number / 50));
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(format!("{number}.yaml")), text)?;
        }
    }
    if one_file {
        fs::write(root.join("all.yaml"), whole)?;
    }
    Ok(bytes)
}

/// Runs luban and says how long it took. What it finds is not of interest here.
fn check(luban: &Path, root: &Path) -> Result<Duration> {
    let start = Instant::now();
    let output = Command::new(luban)
        .args(["check", "--profile", "strict", "--no-config", "."])
        .current_dir(root)
        .output()?;
    let time = start.elapsed();
    if output.status.code().is_none_or(|code| code > 1) {
        bail!("luban failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(time)
}
