//! How far the learner is: found by trying, and remembered by what was tried.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::course::Course;
use crate::desk::{Desk, write_whole};
use crate::error::Error;
use crate::exercise::Exercise;
use crate::judge::{Depth, Judge};

/// What is remembered from one command to the next.
#[derive(Debug, Default)]
pub struct Progress {
    path: PathBuf,
    said: Said,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Said {
    /// The exercise that the learner is at.
    current: Option<String>,
    /// How many hints of an exercise have been shown.
    #[serde(default)]
    hints: BTreeMap<String, usize>,
    /// What came of the last try of each exercise.
    #[serde(default)]
    tried: BTreeMap<String, Tried>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Tried {
    /// A hash of all that the verdict depends on.
    key: String,
    passed: bool,
}

/// Where the learner is with an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It passes.
    Done,
    /// It has been begun, and doesn't pass yet.
    Begun,
    /// It hasn't been begun.
    Open,
}

impl Progress {
    /// What is remembered at this desk. If it can't be read, nothing is: it can be found again.
    pub fn load(desk: &Desk) -> Progress {
        let path = desk.folder().join(".progress.json");
        let text = fs::read_to_string(&path).unwrap_or_default();
        Progress {
            path,
            said: serde_json::from_str(&text).unwrap_or_default(),
        }
    }

    /// Writes it down for the next command.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn save(&self) -> Result<(), Error> {
        let text =
            serde_json::to_vec_pretty(&self.said).expect("strings and numbers can be written");
        if fs::read(&self.path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        write_whole(&self.path, &text)
    }

    /// The exercise that the learner is at: none on the first day.
    pub fn current(&self, course: &Course) -> Option<usize> {
        let name = self.said.current.as_ref()?;
        course
            .exercises
            .iter()
            .position(|exercise| exercise.name == *name)
    }

    /// Makes an exercise the one that the learner is at.
    pub fn set_current(&mut self, exercise: &Exercise) {
        self.said.current = Some(exercise.name.clone());
    }

    /// How many of its hints have been shown.
    pub fn hints(&self, exercise: &Exercise) -> usize {
        let shown = self.said.hints.get(&exercise.name).copied().unwrap_or(0);
        shown.min(exercise.hints.len())
    }

    /// One more hint has been shown.
    pub fn one_more_hint(&mut self, exercise: &Exercise) {
        let shown = self.hints(exercise) + 1;
        self.said
            .hints
            .insert(exercise.name.clone(), shown.min(exercise.hints.len()));
    }

    /// Its hints are forgotten, as if none had been shown.
    pub fn forget_hints(&mut self, exercise: &Exercise) {
        self.said.hints.remove(&exercise.name);
    }

    /// Remembers what came of the program that had this key.
    pub fn remember(&mut self, exercise: &Exercise, key: String, passed: bool) {
        self.said
            .tried
            .insert(exercise.name.clone(), Tried { key, passed });
    }

    /// The state of every exercise. What has changed since it was tried last is tried again.
    ///
    /// # Errors
    ///
    /// If something can't be tried.
    pub fn states(
        &mut self,
        course: &Course,
        desk: &Desk,
        judge: &Judge,
    ) -> Result<Vec<State>, Error> {
        let mut states = Vec::new();
        let mut unknown = Vec::new();
        for (place, exercise) in course.exercises.iter().enumerate() {
            if !desk.has(exercise) {
                states.push(State::Open);
                continue;
            }
            let key = key(exercise, &desk.file(exercise), judge)?;
            states.push(State::Begun);
            match self
                .said
                .tried
                .get(&exercise.name)
                .filter(|tried| tried.key == key)
            {
                Some(Tried { passed: true, .. }) => states[place] = State::Done,
                Some(_) => {}
                None => unknown.push((place, key)),
            }
        }
        for (place, key, passed) in try_all(course, desk, judge, unknown)? {
            self.remember(&course.exercises[place], key, passed);
            if passed {
                states[place] = State::Done;
            }
        }
        Ok(states)
    }
}

/// A hash of all that the verdict on a learner's file depends on.
///
/// # Errors
///
/// If a file can't be read.
pub fn key(exercise: &Exercise, file: &Path, judge: &Judge) -> Result<String, Error> {
    let mut hash = Sha256::new();
    hash.update(judge.identity());
    for path in [file, &exercise.check()] {
        let text = fs::read(path).map_err(Error::file(path))?;
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(&text);
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// Tries exercises, several at once.
fn try_all(
    course: &Course,
    desk: &Desk,
    judge: &Judge,
    places: Vec<(usize, String)>,
) -> Result<Vec<(usize, String, bool)>, Error> {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(places.len());
    let (queue, results) = (Mutex::new(places), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no thread panics").pop();
                    let Some((place, key)) = next else { break };
                    let exercise = &course.exercises[place];
                    let tried =
                        judge.attempt(&desk.file(exercise), &exercise.check(), Depth::Whole);
                    let result = tried.map(|outcome| (place, key, outcome.is_passed()));
                    results.lock().expect("no thread panics").push(result);
                }
            });
        }
    });
    results
        .into_inner()
        .expect("no thread panics")
        .into_iter()
        .collect()
}
