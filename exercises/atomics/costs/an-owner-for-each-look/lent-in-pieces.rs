//! Each thread is lent the words of its part, and knows of no others.

use std::sync::Arc;
use std::thread;

pub fn total(
    words: &Arc<Vec<String>>,
    threads: usize,
    measure: impl Fn(&str) -> usize + Sync,
) -> usize {
    let mut parts: Vec<Vec<&str>> = vec![Vec::new(); threads];
    for (number, word) in words.iter().enumerate() {
        parts[number % threads].push(word);
    }
    let measure = &measure;
    thread::scope(|s| {
        let start = |part: Vec<&'_ str>| part.into_iter().map(measure).sum::<usize>();
        let children: Vec<_> = parts
            .into_iter()
            .map(|part| s.spawn(move || start(part)))
            .collect();
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .sum()
    })
}
