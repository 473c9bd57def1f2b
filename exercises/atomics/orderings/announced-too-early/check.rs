use std::cell::Cell;
use std::thread;

use crate::task::Board;

#[test]
fn nobody_reads_a_board_that_is_not_full() {
    let board = Board::default();
    let seen = Cell::new(board.read());
    board.fill(|place| {
        seen.set(seen.get().or(board.read()));
        [7, 8, 9][place]
    });
    assert_eq!(seen.get(), None, "what was read before all was filled in");
}

#[test]
fn what_was_filled_in_is_read_by_all() {
    let board = Board::default();
    board.fill(|place| [7, 8, 0][place]);
    let read = thread::scope(|scope| scope.spawn(|| board.read()).join().unwrap());
    assert_eq!(read, Some([7, 8, 0]), "what another thread reads");
}
