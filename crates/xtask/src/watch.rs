//! Calls again on each save.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer};

/// What the book is made of; nothing that a build writes.
const WATCHED: [&str; 5] = ["book.toml", "src", "examples", "crates", "theme"];

/// Calls `again` after each save below the book's sources, until the process is stopped.
///
/// A failure is told and waited out: the next save may mend it.
pub fn forever(root: &Path, again: impl Fn() -> Result<bool>) -> Result<bool> {
    let (sender, saves) = mpsc::channel::<DebounceEventResult>();
    let mut debouncer = new_debouncer(Duration::from_millis(200), sender)?;
    for watched in WATCHED {
        let path = root.join(watched);
        debouncer
            .watcher()
            .watch(&path, RecursiveMode::Recursive)
            .with_context(|| format!("can't watch {}", path.display()))?;
    }
    loop {
        eprintln!("waiting for a save (stop with Ctrl-C)");
        saves
            .recv()
            .context("the watcher has gone")?
            .context("can't watch")?;
        if let Err(error) = again() {
            eprintln!("error: {error:#}");
        }
        // What `again` itself wrote is no save.
        while saves.try_recv().is_ok() {}
    }
}
