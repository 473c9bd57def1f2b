//! What explorations came to, remembered between builds in the verifier's cache.

use std::sync::Arc;

use mdbook_verdict::{Book, Cache, Key};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Remembers what explorations came to, from build to build; the default remembers nothing.
///
/// What is remembered depends on nothing but its key: the program, the model, the limits, and the
/// sources of the explorer and of this crate. So a hit is what would be found again; a damaged
/// entry counts as missing, and a folder that can't be written costs time alone.
#[derive(Debug, Default, Clone)]
pub struct Memory {
    cache: Arc<Cache>,
}

impl Memory {
    /// In this cache.
    pub fn new(cache: Arc<Cache>) -> Memory {
        Memory { cache }
    }

    /// In the cache that the book names, or the user's.
    pub fn of_book(book: &Book) -> Memory {
        let cache = Cache::of_book(&book.root, book.config.cache.as_deref());
        Memory::new(Arc::new(cache))
    }

    /// What was made of these parts before, or else what is made now. What can't be made isn't
    /// remembered.
    ///
    /// # Errors
    ///
    /// Those of making it.
    pub(crate) fn recall<T: Serialize + DeserializeOwned, E>(
        &self,
        what: &str,
        parts: &[&str],
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let own = [outcomes::SOURCES, env!("PANES_SOURCES"), what];
        let parts = own.iter().chain(parts).map(|part| part.as_bytes());
        let key = Key::of(parts);
        if let Some(known) = self.cache.get(&key) {
            return Ok(known);
        }
        let made = make()?;
        self.cache.put(&key, &made);
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_was_made_is_not_made_again_unless_a_part_of_its_key_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::new(Arc::new(Cache::open(folder.path())));
        let made = Cell::new(0);
        let recall = |memory: &Memory, what, parts: &[&str]| {
            memory.recall(what, parts, || {
                made.set(made.get() + 1);
                Ok::<_, ()>(made.get())
            })
        };
        assert_eq!(recall(&memory, "dial", &["ab", "c"]), Ok(1));
        assert_eq!(recall(&memory, "dial", &["ab", "c"]), Ok(1));
        assert_eq!(recall(&memory, "dial", &["a", "bc"]), Ok(2));
        assert_eq!(recall(&memory, "steps", &["ab", "c"]), Ok(3));
        assert_eq!(recall(&Memory::default(), "dial", &["ab", "c"]), Ok(4));
    }

    #[test]
    fn what_failed_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::new(Arc::new(Cache::open(folder.path())));
        assert_eq!(
            memory.recall("a", &[], || Err::<u8, _>("late")),
            Err("late")
        );
        assert_eq!(memory.recall("a", &[], || Ok::<_, &str>(1)), Ok(1));
    }
}
