use std::collections::HashSet;
use std::sync::Mutex;
use std::thread::{self, ThreadId};

use crate::task::paint;

static PAINTERS: Mutex<Vec<ThreadId>> = Mutex::new(Vec::new());

fn darker(pixel: u8) -> u8 {
    PAINTERS.lock().unwrap().push(thread::current().id());
    pixel + 100
}

fn painted(len: u8, threads: usize) -> Vec<u8> {
    let mut pixels: Vec<u8> = (0..len).collect();
    paint(&mut pixels, threads, darker);
    pixels
}

#[test]
fn every_pixel_is_painted_once() {
    for (len, threads) in [(9, 3), (10, 4), (2, 5), (0, 2)] {
        let wanted: Vec<u8> = (100..100 + len).collect();
        let painted = painted(len, threads);
        assert_eq!(
            painted, wanted,
            "{len} pixels, painted by {threads} threads"
        );
    }
}

#[test]
fn each_piece_has_a_thread_of_its_own() {
    painted(9, 3);
    let painters: HashSet<_> = PAINTERS.lock().unwrap().drain(..).collect();
    assert_eq!(painters.len(), 3, "how many threads paint three pieces");
}
