//! The threads end before `total` does, so all of them may borrow the words.

use std::sync::Arc;
use std::thread;

pub fn total(
    words: &Arc<Vec<String>>,
    threads: usize,
    measure: impl Fn(&str) -> usize + Sync,
) -> usize {
    let words: &[String] = words;
    thread::scope(|s| {
        let children: Vec<_> = (0..threads)
            .map(|first| {
                let measure = &measure;
                s.spawn(move || {
                    let mine = words.iter().skip(first).step_by(threads);
                    mine.map(|word| measure(word)).sum::<usize>()
                })
            })
            .collect();
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .sum()
    })
}
