//! Remembers what came of a block: by its program, compiler, crates and flags, so that only what changed is done again.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

/// A folder of entries, one file each; or nothing, where nothing is to be remembered.
///
/// Entries are written whole or not at all, and carry a checksum: a damaged one counts as missing.
/// Several runs may use one folder at once.
#[derive(Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    complained: AtomicBool,
}

/// The name of an entry: a hash of all that it depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The key of these parts, each of which counts, and the borders between them too.
    ///
    /// The sources of this crate are part of every key.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Key {
        let mut hash = Sha256::new();
        hash.update(env!("VERDICT_SOURCES"));
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Key(hex(&hash.finalize()))
    }

    /// The checksum of an entry; of its name too, so that one under another's name is damaged.
    fn checksum(&self, body: &str) -> String {
        hex(&Sha256::digest(format!("{}\n{body}", self.0)))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Entries older than this are thrown away, used or not: what is still needed is soon made again.
const OLDEST: Duration = Duration::from_secs(30 * 24 * 60 * 60);

impl Cache {
    /// A cache in `folder`, which is made if need be.
    ///
    /// Where it can't be made, nothing is remembered, and a line on standard error says so.
    pub fn open(folder: &Path) -> Cache {
        let cache = Cache {
            folder: Some(folder.to_owned()),
            complained: AtomicBool::new(false),
        };
        match fs::create_dir_all(folder) {
            Ok(()) => cache,
            Err(error) => {
                cache.complain(folder, &error);
                Cache::none()
            }
        }
    }

    /// The cache of the book in `root`: in the folder that it names, or in the user's.
    pub fn of_book(root: &Path, named: Option<&Path>) -> Cache {
        let folder = named
            .map(|named| root.join(named))
            .or_else(Cache::default_folder);
        folder.map_or_else(Cache::none, |folder| Cache::open(&folder))
    }

    /// A cache that remembers nothing.
    pub fn none() -> Cache {
        Cache::default()
    }

    /// The folder for books that don't name one: `mdbook-verdict` in the user's cache folder.
    fn default_folder() -> Option<PathBuf> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let folder = if cfg!(windows) {
            variable("LOCALAPPDATA").map(PathBuf::from)
        } else {
            let home = || Some(PathBuf::from(variable("HOME")?).join(".cache"));
            variable("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)
        };
        folder.map(|folder| folder.join("mdbook-verdict"))
    }

    /// An entry, if it is there and whole.
    pub fn get<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        let text = fs::read_to_string(self.folder.as_ref()?.join(&key.0)).ok()?;
        let (checksum, body) = text.split_once('\n')?;
        (checksum == key.checksum(body)).then(|| serde_json::from_str(body).ok())?
    }

    /// Remembers an entry. If it can't be written, that is said once, and the work goes on.
    pub fn put<T: Serialize>(&self, key: &Key, value: &T) {
        let Some(folder) = &self.folder else { return };
        let write = || {
            let body = serde_json::to_string(value)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            write!(file, "{}\n{body}", key.checksum(&body))?;
            file.persist(folder.join(&key.0))
                .map(drop)
                .map_err(|error| error.error)
        };
        if let Err(error) = write() {
            self.complain(folder, &error);
        }
    }

    /// Throws away what is old.
    pub fn prune(&self) {
        let entries = self
            .folder
            .as_ref()
            .and_then(|folder| fs::read_dir(folder).ok());
        for entry in entries.into_iter().flatten().flatten() {
            let written = entry.metadata().and_then(|metadata| metadata.modified());
            let age = written.map(|written| SystemTime::now().duration_since(written));
            if matches!(age, Ok(Ok(age)) if age > OLDEST) {
                // Another run may have been quicker.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn complain(&self, folder: &Path, error: &std::io::Error) {
        if !self.complained.swap(true, Ordering::Relaxed) {
            eprintln!(
                "warning: nothing can be remembered in {}: {error}; the next run does all again",
                folder.display()
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key::of([name.as_bytes()])
    }

    #[test]
    fn what_is_put_is_got() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("new/folder"));
        assert_eq!(cache.get::<String>(&key("a")), None);
        cache.put(&key("a"), &"text");
        assert_eq!(cache.get(&key("a")), Some("text".to_owned()));
        assert_eq!(cache.get::<String>(&key("b")), None);
    }

    #[test]
    fn borders_between_parts_count() {
        assert_ne!(Key::of([&b"ab"[..], b"c"]), Key::of([&b"a"[..], b"bc"]));
    }

    #[test]
    fn a_damaged_entry_counts_as_missing() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path());
        cache.put(&key("a"), &"text");
        let path = folder.path().join(&key("a").0);
        let whole = fs::read(&path).unwrap();
        for cut in [0, 10, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).unwrap();
            assert_eq!(cache.get::<String>(&key("a")), None);
        }
        let mut changed = whole.clone();
        *changed.last_mut().unwrap() ^= 1;
        fs::write(&path, changed).unwrap();
        assert_eq!(cache.get::<String>(&key("a")), None);
        cache.put(&key("a"), &"text");
        assert_eq!(fs::read(&path).unwrap(), whole);
        fs::copy(&path, folder.path().join(&key("b").0)).unwrap();
        assert_eq!(cache.get::<String>(&key("b")), None);
    }

    #[test]
    fn a_folder_that_cannot_be_made_only_costs_time() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let cache = Cache::open(&file.path().join("below a file"));
        cache.put(&key("a"), &1);
        assert_eq!(cache.get::<i32>(&key("a")), None);
    }

    #[test]
    fn old_entries_are_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path());
        cache.put(&key("old"), &1);
        cache.put(&key("new"), &2);
        let old = fs::File::options()
            .write(true)
            .open(folder.path().join(&key("old").0))
            .unwrap();
        old.set_modified(SystemTime::now() - 2 * OLDEST).unwrap();
        cache.prune();
        assert_eq!(cache.get::<i32>(&key("old")), None);
        assert_eq!(cache.get(&key("new")), Some(2));
    }
}
