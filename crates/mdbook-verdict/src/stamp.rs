//! The sizes and times of files, by which a later run sees whether they are as they were.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// Files as they were: each with its size and time of change; none for one that isn't there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(Vec<(PathBuf, Option<(u64, u128)>)>);

impl Stamp {
    /// The stamp of these files as they are now.
    pub fn of(files: impl IntoIterator<Item = PathBuf>) -> Stamp {
        let files = files.into_iter().map(|path| {
            let state = state(&path);
            (path, state)
        });
        Stamp(files.collect())
    }

    /// Whether the files still are as they were.
    pub fn holds(&self) -> bool {
        self.0
            .iter()
            .all(|(path, was)| was.is_some() && state(path) == *was)
    }

    /// The stamp as bytes, for a key.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("paths and numbers become JSON")
    }
}

fn state(path: &Path) -> Option<(u64, u128)> {
    let metadata = fs::metadata(path).ok()?;
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), changed.as_nanos()))
}
