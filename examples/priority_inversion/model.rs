//! One processor, three tasks and a lock: who gets the next tick.

// ANCHOR: nothing
// ANCHOR_END: nothing
// ANCHOR: choose
struct Task<'a> {
    name: &'static str,
    arrives: usize,
    steps: &'a str, // L locks, U unlocks, w works: each takes a tick
}

/// The most urgent task that is there and can go on. The most urgent stands first.
fn choose(tasks: &[Task], now: usize, holder: Option<usize>, inherit: bool) -> Option<usize> {
    for (i, task) in tasks.iter().enumerate() {
        if task.arrives > now || task.steps.is_empty() {
            continue;
        }
        match holder {
            Some(holder) if task.steps.starts_with('L') => {
                if inherit {
                    return Some(holder); // now as urgent as the one that waits
                }
            }
            _ => return Some(i),
        }
    }
    None
}
// ANCHOR_END: choose

// ANCHOR: run
/// Tells what happens, and after how many ticks the most urgent task is done.
pub fn run(medium: &str, inherit: bool, tell: fn(String)) -> usize {
    let task = |name, arrives, steps| Task {
        name,
        arrives,
        steps,
    };
    let mut tasks = [
        task("high", 2, "LU"),
        task("medium", 2, medium),
        task("low", 0, "LwwU"),
    ];
    let (mut holder, mut told) = (None, false);
    for now in 0.. {
        let waits = now >= tasks[0].arrives && tasks[0].steps.starts_with('L');
        if let Some(holder) = holder.filter(|_| waits && !told) {
            let Task { name, .. } = tasks[holder];
            tell(format!("high waits {name} | lock"));
            told = true;
        }
        let Some(i) = choose(&tasks, now, holder, inherit) else {
            continue;
        };
        let (step, rest) = tasks[i].steps.split_at(1);
        tasks[i].steps = rest;
        let done = match step {
            "L" => {
                holder = Some(i);
                "locks"
            }
            "U" => {
                holder = None;
                "unlocks"
            }
            _ => "works",
        };
        tell(format!("{} | {done}", tasks[i].name));
        if tasks[0].steps.is_empty() {
            return now + 1;
        }
    }
    unreachable!("ticks without end")
}
// ANCHOR_END: run
