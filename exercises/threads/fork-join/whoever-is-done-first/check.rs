use std::cell::Cell;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use crate::task::in_pieces;

const PIECES: [&str; 4] = ["north", "east", "south", "west"];
const PATIENCE: Duration = Duration::from_secs(5);

/// May be sent, not shared, and neither cloned nor compared.
struct Made(String, #[allow(dead_code)] Cell<()>);

fn made(piece: &str) -> Made {
    Made(piece.to_uppercase(), Cell::new(()))
}

thread_local!(static UNTIL_THE_THREAD_ENDS: Cell<Option<Sender<()>>> = const { Cell::new(None) });

#[test]
fn the_results_come_in_the_order_of_the_pieces() {
    let (tell, ended) = channel();
    let (tell, ended) = (Mutex::new(Some(tell)), Mutex::new(ended));
    let results = in_pieces(&PIECES, &|piece: &str| {
        match piece {
            // Goes on when the thread of the last piece has ended, and its sender with it.
            "north" => drop(ended.lock().unwrap().recv_timeout(PATIENCE)),
            "west" => UNTIL_THE_THREAD_ENDS.set(tell.lock().unwrap().take()),
            _ => {}
        }
        made(piece)
    });
    let results: Vec<_> = results.into_iter().map(|Made(piece, _)| piece).collect();
    assert_eq!(results, ["NORTH", "EAST", "SOUTH", "WEST"], "the results");
}

#[test]
fn all_pieces_are_worked_on_at_the_same_time() {
    let (state, changed) = (Mutex::new((0, false)), Condvar::new());
    in_pieces(&PIECES, &|piece: &str| {
        let mut state = state.lock().unwrap();
        state.0 += 1;
        changed.notify_all();
        // Threads that run at the same time do meet here; one that is alone gives up.
        let waits = |state: &mut (usize, bool)| state.0 < PIECES.len() && !state.1;
        let (mut state, waited) = changed.wait_timeout_while(state, PATIENCE, waits).unwrap();
        state.1 |= waited.timed_out();
        made(piece)
    });
    let (_, given_up) = state.into_inner().unwrap();
    assert!(!given_up, "a piece has to wait until another one is done");
}
