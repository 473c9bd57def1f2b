//! Two threads, two increments each, each increment a read and then a write:
//! all 70 orders in which that can come, every one of them really run.
//! `cargo run --example lost_update`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Condvar, Mutex};
use std::thread;

/// Whose turn it is, step by step: thread 0's or thread 1's.
type Schedule = [usize; 8];

fn main() {
    let mut of_count: BTreeMap<u64, Vec<Run>> = BTreeMap::new();
    for schedule in schedules() {
        let run = run(schedule);
        of_count.entry(run.count).or_default().push(run);
    }
    for (count, runs) in &of_count {
        println!(
            "{count} comes out of {} of the 70 orders, such as",
            runs.len()
        );
        print!("{}", runs[0].diagram());
    }
    let chain = run([0, 1, 0, 0, 0, 1, 1, 1]);
    println!("{} comes out of a longer chain too", chain.count);
    print!("{}", chain.diagram());
}

// ANCHOR: run
/// Who read and wrote what, and what the counter was in the end.
struct Run {
    steps: Vec<(usize, String)>,
    count: u64,
}

/// Runs two threads that take turns as `schedule` says.
fn run(schedule: Schedule) -> Run {
    let counter = AtomicU64::new(0);
    let turns = Turns::of(schedule);
    thread::scope(|scope| {
        for me in 0..2 {
            let (counter, turns) = (&counter, &turns);
            scope.spawn(move || {
                for _ in 0..2 {
                    let mut seen = 0;
                    turns.take(me, || {
                        seen = counter.load(SeqCst);
                        format!("r({seen})")
                    });
                    turns.take(me, || {
                        counter.store(seen + 1, SeqCst);
                        format!("w({})", seen + 1)
                    });
                }
            });
        }
    });
    Run {
        steps: turns.taken.into_inner().unwrap(),
        count: counter.into_inner(),
    }
}
// ANCHOR_END: run

// ANCHOR: turns
/// Lets each thread do its next step when it is its turn.
struct Turns {
    schedule: Schedule,
    taken: Mutex<Vec<(usize, String)>>,
    next: Condvar,
}

impl Turns {
    fn of(schedule: Schedule) -> Turns {
        Turns {
            schedule,
            taken: Mutex::new(Vec::new()),
            next: Condvar::new(),
        }
    }

    fn take(&self, me: usize, step: impl FnOnce() -> String) {
        let taken = self.taken.lock().unwrap();
        let mut taken = self
            .next
            .wait_while(taken, |taken| self.schedule[taken.len()] != me)
            .unwrap();
        taken.push((me, step()));
        self.next.notify_all();
    }
}
// ANCHOR_END: turns

/// All orders of four steps of one thread and four of the other.
fn schedules() -> impl Iterator<Item = Schedule> {
    (0..1 << 8)
        .map(|bits: u32| std::array::from_fn(|step| (bits >> (7 - step) & 1) as usize))
        .filter(|schedule: &Schedule| schedule.iter().sum::<usize>() == 4)
}

impl Run {
    /// One line for each thread, one column for each step.
    fn diagram(&self) -> String {
        let line = |me: usize| {
            let cells: Vec<String> = self
                .steps
                .iter()
                .map(|(who, step)| if *who == me { step.as_str() } else { "" })
                .map(|cell| format!("{cell:4}"))
                .collect();
            format!("  T{} | {}", me + 1, cells.join(" "))
        };
        format!("{}\n{}\n", line(0).trim_end(), line(1).trim_end())
    }
}
