//! `parent` with a scoped pool: its threads are started once and kept, so it
//! is for many small jobs, scope after scope.

// ANCHOR: parent
use scoped_threadpool::Pool;

fn parent(pool: &mut Pool) {
    let mut numbers = vec![1, 2, 3, 4, 5, 6];
    pool.scoped(|s| {
        for piece in numbers.chunks_mut(2) {
            s.execute(move || {
                for number in piece {
                    *number *= 10;
                }
            });
        }
    });
    println!("{numbers:?}");
}

fn main() {
    let mut pool = Pool::new(2); // two threads for three pieces
    parent(&mut pool);
}
// ANCHOR_END: parent
