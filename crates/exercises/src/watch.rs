//! Tries again on each save.

use std::fs;
use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer};

use crate::error::Error;
use crate::guide::Guide;
use crate::wording;

/// Tries the exercise that the learner is at, then again whenever its text has changed, until the
/// process is stopped.
///
/// # Errors
///
/// If something can't be tried or watched.
pub fn forever<W: Write>(guide: &mut Guide<W>, name: Option<&str>) -> Result<bool, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Watch(error.to_string());
    let folder = guide.desk().folder().to_owned();
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    // Watching begins before the first try, or a save in between would be missed.
    let (sender, saves) = mpsc::channel::<DebounceEventResult>();
    let mut debouncer =
        new_debouncer(Duration::from_millis(200), sender).map_err(|error| failed(&error))?;
    let watching = debouncer.watcher().watch(&folder, RecursiveMode::Recursive);
    watching.map_err(|error| failed(&error))?;
    guide.attempt(name)?;
    loop {
        eprintln!("{}", wording::WAITING);
        // What this command writes itself is no change.
        while !guide.has_changed() {
            let saved = saves.recv().map_err(|error| failed(&error))?;
            saved.map_err(|error| failed(&error))?;
        }
        guide.attempt(None)?;
    }
}
