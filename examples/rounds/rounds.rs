//! Threads that meet again and again, each time at the same moment or nearly so.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::{hint, thread};

/// Lets each player play at each table, all players at one table at once, and
/// says for each table what came of each player.
///
/// The players wait for each other awake, since a sleeper wakes too late to meet
/// anybody; but not for ever, where there are fewer processors than players.
/// Relaxed: the meeting itself orders nothing of what they do.
pub fn play<Table, R, const PLAYERS: usize>(
    tables: &[Table],
    players: [&(dyn Fn(&Table) -> R + Sync); PLAYERS],
) -> Vec<[R; PLAYERS]>
where
    Table: Sync,
    R: Send,
{
    let arrived = AtomicUsize::new(0);
    let results = thread::scope(|scope| {
        players
            .map(|player| {
                let arrived = &arrived;
                scope.spawn(move || {
                    let at = |(round, table)| {
                        arrived.fetch_add(1, Relaxed);
                        wait_for(arrived, (round + 1) * PLAYERS);
                        player(table)
                    };
                    tables.iter().enumerate().map(at).collect::<Vec<R>>()
                })
            })
            .map(|player| player.join().unwrap())
    });
    let mut results = results.map(Vec::into_iter);
    tables
        .iter()
        .map(|_| results.each_mut().map(|of_one| of_one.next().unwrap()))
        .collect()
}

fn wait_for(arrived: &AtomicUsize, all: usize) {
    let mut looks = 0;
    while arrived.load(Relaxed) < all {
        looks += 1;
        if looks < 1_000 {
            hint::spin_loop();
        } else {
            thread::yield_now();
        }
    }
}
