use crate::task::{Cache, look_up};

/// Writes without waiting: where a guard is held, `write` would wait for ever.
fn keep(cache: &Cache, key: &str, value: usize) {
    match cache.try_write() {
        Ok(mut cache) => cache.insert(key.to_owned(), value),
        Err(_) => panic!("the cache is locked while something is being made"),
    };
}

#[test]
fn others_use_the_cache_while_something_is_made() {
    let cache = Cache::default();
    let value = look_up(&cache, "ada", |key| {
        keep(&cache, "grace", 5);
        key.len()
    });
    assert_eq!(value, 3, "what was made");
    let kept = cache.into_inner().unwrap();
    assert_eq!(kept.get("ada"), Some(&3), "what the cache holds");
    assert_eq!(kept.get("grace"), Some(&5), "what the cache holds");
}

#[test]
fn what_was_kept_first_stays() {
    let cache = Cache::default();
    let value = look_up(&cache, "ada", |_| {
        keep(&cache, "ada", 1);
        2
    });
    let kept = cache.into_inner().unwrap();
    assert_eq!(kept.get("ada"), Some(&1), "what was kept first");
    assert_eq!(value, 1, "what everybody gets");
}

#[test]
fn what_is_there_is_not_made_again() {
    let cache = Cache::default();
    keep(&cache, "ada", 1);
    let value = look_up(&cache, "ada", |_| panic!("made, though it was there"));
    assert_eq!(value, 1, "what was there");
}
