//! Both stages' own source, run by loom with every store that a load may read,
//! under every schedule in which no more than twice a thread that could go on
//! has to wait for another.

#[path = "../src/sequence.rs"]
mod sequence;
#[path = "../src/torn.rs"]
mod torn;

use loom_std::{hint, sync, thread};

fn model(test: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(test);
}

#[test]
#[should_panic = "a mixture"]
fn words_that_are_atomic_each_are_not_one_value() {
    model(|| {
        let words = sync::Arc::new(torn::Words::new([0, 0]));
        let writer = thread::spawn({
            let words = words.clone();
            move || words.write([1, 1])
        });
        let [left, right] = words.read();
        assert_eq!(left, right, "a mixture");
        writer.join().unwrap();
    });
}

#[test]
fn a_reader_gets_the_words_of_one_write() {
    model(|| {
        let (mut writer, reader) = sequence::seqlock([0, 0]);
        let writer = thread::spawn(move || {
            writer.write([1, 1]);
            writer.write([2, 2]);
        });
        if let Some([left, right]) = reader.try_read() {
            assert_eq!(left, right);
        }
        writer.join().unwrap();
        assert_eq!(reader.read(), [2, 2]);
    });
}

#[test]
fn a_reader_that_reads_again_comes_to_an_end() {
    model(|| {
        let (mut writer, reader) = sequence::seqlock([0, 0]);
        let writer = thread::spawn(move || writer.write([1, 1]));
        let [left, right] = reader.read();
        assert_eq!(left, right);
        writer.join().unwrap();
    });
}

#[test]
fn what_a_reader_has_seen_is_not_unseen() {
    model(|| {
        let (mut writer, reader) = sequence::seqlock([0]);
        let writer = thread::spawn(move || writer.write([1]));
        if let (Some(first), Some(second)) = (reader.try_read(), reader.try_read()) {
            assert!(first <= second);
        }
        writer.join().unwrap();
    });
}
