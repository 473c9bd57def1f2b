//! Makes a number of the crate's own sources: what another version remembered is of no use to this one.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let mut files = BTreeMap::new();
    collect(Path::new("src"), &mut files);
    let mut hash = DefaultHasher::new();
    files.hash(&mut hash);
    println!("cargo::rustc-env=PANES_SOURCES={:016x}", hash.finish());
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the sources can be read") {
        let path = entry.expect("the sources can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = fs::read(&path).expect("the sources can be read");
            files.insert(path, text);
        }
    }
}
