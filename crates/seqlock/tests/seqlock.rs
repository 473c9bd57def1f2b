//! What a sequence lock promises when it runs.

use seqlock::{seqlock, torn};
use std::sync::Barrier;
use std::thread;

#[test]
fn what_was_written_last_is_read() {
    let (mut writer, reader) = seqlock([1, 2]);
    assert_eq!(reader.read(), [1, 2]);
    writer.write([3, 4]);
    writer.write([5, 6]);
    assert_eq!(reader.read(), [5, 6]);
    assert_eq!(reader.clone().try_read(), Some([5, 6]));
}

#[test]
fn readers_outlive_the_writer() {
    let (mut writer, reader) = seqlock([1]);
    writer.write([2]);
    drop(writer);
    assert_eq!(reader.read(), [2]);
}

#[test]
fn without_a_second_thread_words_are_not_torn() {
    let words = torn::Words::new([1, 2]);
    words.write([3, 4]);
    assert_eq!(words.read(), [3, 4]);
}

#[test]
fn no_mixture_is_read_and_no_value_after_a_newer_one() {
    const WRITES: u64 = 20_000;
    const READERS: usize = 3;

    let (mut writer, reader) = seqlock([0; 4]);
    let start = Barrier::new(READERS + 1);
    thread::scope(|s| {
        for _ in 0..READERS {
            s.spawn(|| {
                start.wait();
                let mut last = 0;
                while last < WRITES {
                    let value = reader.read();
                    assert_eq!(value, [value[0]; 4]);
                    assert!(last <= value[0]);
                    last = value[0];
                }
            });
        }
        start.wait();
        (1..=WRITES).for_each(|n| writer.write([n; 4]));
    });
}
