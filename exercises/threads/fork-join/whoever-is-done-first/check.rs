use std::cell::Cell;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use crate::task::in_pieces;

/// The threads end one after the other, the last piece first: each waits for its turn.
fn from_the_end(pieces: &[&str]) -> (Vec<String>, bool) {
    let (done, changed) = (Mutex::new(Vec::new()), Condvar::new());
    let given_up = Mutex::new(false);
    let results = in_pieces(pieces, &|piece: &str| {
        let place = pieces.iter().position(|it| *it == piece).unwrap();
        let waits = |done: &mut Vec<_>| done.len() < pieces.len() - 1 - place;
        let patience = match *given_up.lock().unwrap() {
            true => Duration::ZERO,
            false => Duration::from_secs(3),
        };
        let done = done.lock().unwrap();
        let (mut done, waited) = changed.wait_timeout_while(done, patience, waits).unwrap();
        if waited.timed_out() {
            *given_up.lock().unwrap() = true;
        }
        done.push(());
        changed.notify_all();
        Ended(piece.to_uppercase(), Cell::new(()))
    });
    let results = results.into_iter().map(|ended| ended.0).collect();
    (results, given_up.into_inner().unwrap())
}

/// May be sent, not shared, and neither cloned nor compared.
struct Ended(String, #[allow(dead_code)] Cell<()>);

const PIECES: [&str; 4] = ["north", "east", "south", "west"];

#[test]
fn the_results_come_in_the_order_of_the_pieces() {
    let (results, _) = from_the_end(&PIECES);
    assert_eq!(results, ["NORTH", "EAST", "SOUTH", "WEST"], "the results");
}

#[test]
fn all_pieces_are_worked_on_at_the_same_time() {
    let (_, given_up) = from_the_end(&PIECES);
    assert!(!given_up, "a piece has to wait until another one is done");
}
