//! Tries again on each save.

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
    guide.attempt(name)?;
    let (sender, saves) = mpsc::channel::<DebounceEventResult>();
    let mut debouncer =
        new_debouncer(Duration::from_millis(200), sender).map_err(|error| failed(&error))?;
    let folder = guide.desk().folder();
    let watching = debouncer.watcher().watch(folder, RecursiveMode::Recursive);
    watching.map_err(|error| failed(&error))?;
    let mut tried = guide.at();
    loop {
        eprintln!("{}", wording::WAITING);
        loop {
            let saved = saves.recv().map_err(|error| failed(&error))?;
            saved.map_err(|error| failed(&error))?;
            // A file may be away for a moment while an editor replaces it; and what this command
            // writes itself is no save.
            let now = guide.at();
            if now.is_some() && now != tried {
                break;
            }
        }
        tried = guide.at();
        if guide.attempt(None)? {
            tried = guide.at();
        }
    }
}
