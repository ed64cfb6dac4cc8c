//! Texts of upstream's own examples.

use std::path::{Path, PathBuf};

use super::difference;

/// Every file below a folder, in order.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_file_of_the_corpus_means_what_it_means_to_libyaml() {
    let Some(corpus) = std::env::var_os("LUBAN_CORPUS") else {
        eprintln!("not run: LUBAN_CORPUS names no folder");
        return;
    };
    let mut found = Vec::new();
    files(Path::new(&corpus), &mut found);
    assert!(found.len() > 100);
    for path in found {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        assert_eq!(difference(&text), None, "{}", path.display());
        // Cut anywhere, a file is a text that somebody is writing.
        for part in 1..8 {
            let mut end = text.len() * part / 8;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let cut = &text[..end];
            assert_eq!(difference(cut), None, "{} to {end}", path.display());
        }
    }
}
