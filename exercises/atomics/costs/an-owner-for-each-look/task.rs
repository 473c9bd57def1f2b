//! Words are measured by several threads, each of which takes every third word, say, if
//! there are three. How a word is measured, the caller says. The words are shared and
//! have an owner somewhere; nobody else has to become one for that.
//!
//! "Threads, so it has to be an `Arc`, and whenever the borrow checker complained, I
//! wrote `clone`. It's right, and slower than one thread. All of them do nothing but
//! count owners up and down."

use std::sync::Arc;
use std::thread;

/// The sum of what `measure` says of each word, found out by so many threads.
pub fn total(
    words: &Arc<Vec<String>>,
    threads: usize,
    measure: impl Fn(&str) -> usize + Sync,
) -> usize {
    thread::scope(|s| {
        let children: Vec<_> = (0..threads)
            .map(|first| {
                let (words, measure) = (words.clone(), &measure);
                s.spawn(move || {
                    let mine = (first..words.len()).step_by(threads);
                    mine.map(|at| {
                        let words = words.clone();
                        measure(&words[at])
                    })
                    .sum::<usize>()
                })
            })
            .collect();
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .sum()
    })
}
