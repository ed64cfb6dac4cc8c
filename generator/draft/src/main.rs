//! Drafts the typed Kubernetes objects of `generator/api/` from upstream's field lists.
//!
//! `LUBAN_FIELDS` names the folder of field lists (`definition.field: type`, one a line). A layout (`layout/<crate>.txt`, or a
//! folder of that name) says which definitions a crate holds, in which file, in which order their fields stand, which are
//! required, and what each is for; `layout/fields.txt` holds the phrases that many definitions share. Types upstream
//! gains show as an error here, and the drafted files are never edited by hand: the layout is.
//!
//! `luban-draft` drafts every crate, `luban-draft <crate>…` those named.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program"
)]

mod fields;
mod known;
mod layout;
mod naming;
mod render;
mod types;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let named: Vec<String> = env::args().skip(1).collect();
    match draft(&named) {
        Ok(()) => ExitCode::SUCCESS,
        Err(messages) => {
            for message in messages {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn draft(named: &[String]) -> Result<(), Vec<String>> {
    let lists = env::var("LUBAN_FIELDS")
        .map_err(|_| vec!["LUBAN_FIELDS names no folder of field lists".to_owned()])?;
    let draft = Path::new(env!("CARGO_MANIFEST_DIR"));
    let layouts = draft.join("layout");
    let api = draft.join("../api");
    let shared = layout::Phrases::parse(&read(&layouts.join("fields.txt"))?)?;
    for name in crates(&layouts, named)? {
        let layout = layout::Layout::parse(&name, &layout_of(&layouts, &name)?)?;
        let mut upstream = fields::Upstream::default();
        for list in &layout.lists {
            upstream.add(&read(&Path::new(&lists).join(list))?);
        }
        let files = render::files(&layout, &upstream, &shared)?;
        let source = api.join(&name).join("src");
        for (file, text) in &files {
            let path = source.join(file);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)
                    .map_err(|error| vec![format!("{}: {error}", folder.display())])?;
            }
            fs::write(&path, text).map_err(|error| vec![format!("{}: {error}", path.display())])?;
        }
        println!("{name}: {} files", files.len());
    }
    Ok(())
}

/// The text of a crate's layout: one file, or all of a folder.
fn layout_of(layouts: &Path, name: &str) -> Result<String, Vec<String>> {
    let folder = layouts.join(name);
    if !folder.is_dir() {
        return read(&layouts.join(format!("{name}.txt")));
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(|error| vec![format!("{}: {error}", folder.display())])?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let texts: Result<Vec<String>, Vec<String>> = paths.iter().map(|path| read(path)).collect();
    Ok(texts?.join("\n"))
}

fn crates(layouts: &Path, named: &[String]) -> Result<Vec<String>, Vec<String>> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let entries =
        fs::read_dir(layouts).map_err(|error| vec![format!("{}: {error}", layouts.display())])?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            Some(
                PathBuf::from(entry.file_name())
                    .file_stem()?
                    .to_str()?
                    .to_owned(),
            )
        })
        .filter(|name| name != "fields")
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}

fn read(path: &Path) -> Result<String, Vec<String>> {
    fs::read_to_string(path).map_err(|error| vec![format!("{}: {error}", path.display())])
}
