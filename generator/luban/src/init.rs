//! `luban init`: a new GitOps repository.

use crate::Outcome;
use crate::arguments::Init;
use crate::tree::write_atomically;
use anyhow::Result;
use std::fs;

/// What a new repository holds. The platform is the smallest useful one.
const FILES: [(&str, &str); 4] = [
    ("platform.yaml", include_str!("init/platform.yaml")),
    ("Makefile", include_str!("init/Makefile")),
    (".gitignore", include_str!("init/gitignore")),
    (
        ".github/workflows/luban.yaml",
        include_str!("init/workflow.yaml"),
    ),
];

pub(crate) fn run(arguments: &Init) -> Result<Outcome> {
    let schema = luban_platform::schema();
    let files = FILES
        .into_iter()
        .chain([("docs/schema/platform.json", schema.as_str())]);
    for (name, text) in files {
        let path = arguments.directory.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            println!("kept     {}", path.display());
            continue;
        }
        write_atomically(&path, text)?;
        println!("created  {}", path.display());
    }
    println!("edit platform.yaml, then run `make generate`");
    Ok(Outcome::Fine)
}
