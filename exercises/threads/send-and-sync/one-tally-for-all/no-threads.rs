//! What the compiler complains about is gone, and what it was for as well.

use std::collections::BTreeMap;

pub fn tally(texts: Vec<String>, words: fn(&str) -> Vec<String>) -> BTreeMap<String, u32> {
    let mut tally = BTreeMap::new();
    for word in texts.iter().flat_map(|text| words(text)) {
        *tally.entry(word).or_insert(0) += 1;
    }
    tally
}
