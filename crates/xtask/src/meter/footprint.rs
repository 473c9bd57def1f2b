//! The memory of a process and all that it started, together, looked at many times a second.

use std::sync::mpsc;
use std::thread::{Scope, ScopedJoinHandle};
use std::time::Duration;

/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(10);

/// A watch over a process.
pub struct Footprint<'s> {
    stop: mpsc::Sender<()>,
    watcher: ScopedJoinHandle<'s, Option<u64>>,
}

impl<'s> Footprint<'s> {
    /// Begins to watch.
    pub fn watch(scope: &'s Scope<'s, '_>, process: u32) -> Footprint<'s> {
        let (stop, stopped) = mpsc::channel();
        let watcher = scope.spawn(move || {
            let mut most = None;
            while stopped.recv_timeout(PAUSE) == Err(mpsc::RecvTimeoutError::Timeout) {
                most = most.max(system::together(process));
            }
            most
        });
        Footprint { stop, watcher }
    }

    /// Stops, and gives the most that was seen, in bytes; none where the system doesn't say.
    pub fn most(self) -> Option<u64> {
        drop(self.stop);
        self.watcher.join().ok().flatten()
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::collections::BTreeMap;
    use std::fs;

    /// The memory of a process and its descendants; of a page that several share, each has its part.
    pub fn together(process: u32) -> Option<u64> {
        let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for entry in fs::read_dir("/proc").ok()?.flatten() {
            let number = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse().ok());
            if let Some((number, parent)) =
                number.and_then(|number| Some((number, parent(number)?)))
            {
                children.entry(parent).or_default().push(number);
            }
        }
        let (mut sum, mut left) = (0, vec![process]);
        while let Some(process) = left.pop() {
            sum += proportional(process).unwrap_or(0);
            left.extend(children.remove(&process).into_iter().flatten());
        }
        (sum > 0).then_some(sum)
    }

    fn parent(process: u32) -> Option<u32> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // `NUMBER (NAME) STATE PARENT ...`, and the name may hold anything.
        let (_, rest) = stat.rsplit_once(") ")?;
        rest.split(' ').nth(1)?.parse().ok()
    }

    fn proportional(process: u32) -> Option<u64> {
        let all = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = all.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kilobytes * 1024)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    pub fn together(_: u32) -> Option<u64> {
        None
    }
}
