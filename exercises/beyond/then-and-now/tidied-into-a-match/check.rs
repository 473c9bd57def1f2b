use crate::task::Cache;

/// Asks for a name whose value is computed while the cache must be free.
fn computed(cache: &Cache, name: &str) -> usize {
    cache.get(name, || {
        let free = cache.is_free();
        assert!(free, "the cache is locked while a value is computed");
        1815
    })
}

#[test]
fn the_cache_is_free_while_a_value_is_computed() {
    let value = computed(&Cache::new(), "Ada");
    assert_eq!(value, 1815, "the value that was computed");
}

#[test]
fn what_is_known_is_not_computed_again() {
    let cache = Cache::new();
    computed(&cache, "Ada");
    let again = cache.get("Ada", || panic!("computed again, and it was known"));
    assert_eq!(again, 1815, "the value that was kept");
}
