//! Leads a learner through the exercises: what each form of the command does.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::course::Course;
use crate::desk::Desk;
use crate::editor;
use crate::error::Error;
use crate::exercise::Exercise;
use crate::judge::{Depth, Judge};
use crate::outcome::Outcome;
use crate::progress::{Progress, State, key};
use crate::wording;

/// Leads a learner. What is said goes to `out`.
pub struct Guide<W> {
    course: Course,
    desk: Desk,
    judge: Judge,
    progress: Progress,
    /// The text that was tried last.
    tried: Option<Vec<u8>>,
    out: W,
}

impl<W: Write> Guide<W> {
    /// One for the repository in `root`.
    ///
    /// # Errors
    ///
    /// If the exercises can't be read or the compiler can't be run.
    pub fn new(root: &Path, judge: Judge, out: W) -> Result<Guide<W>, Error> {
        let desk = Desk::new(root);
        Ok(Guide {
            course: Course::load(root)?,
            progress: Progress::load(&desk),
            judge,
            desk,
            tried: None,
            out,
        })
    }

    /// Tries the exercise called `name`, or the one that the learner is at. Says whether it passes.
    ///
    /// # Errors
    ///
    /// If it can't be tried.
    pub fn attempt(&mut self, name: Option<&str>) -> Result<bool, Error> {
        // Another terminal may have gone on meanwhile.
        self.progress = Progress::load(&self.desk);
        let first_day = self.progress.current(&self.course).is_none();
        let Some(place) = self.place(name)? else {
            self.say(&wording::all_done(&self.course));
            return Ok(true);
        };
        if first_day {
            let welcome = wording::welcome(&self.course);
            self.say(&format!("{welcome}\n"));
        }
        let made = self.begin(place)?;
        let exercise = self.course.exercises[place].clone();
        let file = self.desk.file(&exercise);
        let shown = self.judge.shown(&file);
        self.say(&wording::heading(&self.course, place, &shown, made));
        self.say("\n");
        // Before the try: a save in the middle of it must not be taken for what was tried.
        let key = key(&exercise, &file, &self.judge)?;
        self.tried = self.at();
        let outcome = self.judge.attempt(&file, &exercise.check(), Depth::Whole)?;
        self.progress.remember(&exercise, key, outcome.is_passed());
        let passed = match outcome {
            Outcome::Passed { checks } => {
                self.say(&wording::passed(
                    &exercise,
                    checks.len(),
                    exercise.solutions.len(),
                ));
                self.go_on(place)?;
                true
            }
            outcome => {
                let check = self.judge.shown(&exercise.check());
                self.say(&wording::not_yet(&outcome, &check));
                let hints = self.progress.hints(&exercise);
                self.say(&wording::what_now(&exercise, &shown, hints));
                false
            }
        };
        self.progress.save()?;
        Ok(passed)
    }

    /// Shows every exercise with its state.
    ///
    /// # Errors
    ///
    /// If one can't be tried.
    pub fn list(&mut self) -> Result<bool, Error> {
        let states = self
            .progress
            .states(&self.course, &self.desk, &self.judge)?;
        let current = self.progress.current(&self.course);
        let current = current
            .filter(|place| states[*place] != State::Done)
            .or_else(|| open(&states, 0));
        self.say(&wording::list(&self.course, &states, current));
        // A first look at the list begins nothing, and so leaves nothing behind.
        if self.desk.folder().is_dir() {
            self.progress.save()?;
        }
        Ok(true)
    }

    /// Shows one hint more.
    ///
    /// # Errors
    ///
    /// If there is no such exercise.
    pub fn hint(&mut self, name: Option<&str>) -> Result<bool, Error> {
        let Some(exercise) = self.exercise(name)? else {
            return Ok(true);
        };
        self.progress.one_more_hint(&exercise);
        let shown = self.progress.hints(&exercise);
        self.say(&wording::hints(&exercise, shown));
        self.progress.save()?;
        Ok(true)
    }

    /// Gives the learner a fresh copy, and keeps the old one.
    ///
    /// # Errors
    ///
    /// If a file can't be written.
    pub fn reset(&mut self, name: Option<&str>) -> Result<bool, Error> {
        let Some(exercise) = self.exercise(name)? else {
            return Ok(true);
        };
        let kept = self.desk.reset(&exercise)?;
        self.progress.set_current(&exercise);
        self.progress.forget_hints(&exercise);
        let file = self.judge.shown(&self.desk.file(&exercise));
        let kept = kept.map(|kept| self.judge.shown(&kept));
        self.say(&wording::reset(&file, kept.as_deref()));
        self.progress.save()?;
        editor::write(&self.course, &self.desk)?;
        Ok(true)
    }

    /// Shows the solutions of an exercise that passes; with `anyway`, of any. Says whether it did.
    ///
    /// # Errors
    ///
    /// If a file can't be read.
    pub fn solution(&mut self, name: Option<&str>, anyway: bool) -> Result<bool, Error> {
        let Some(exercise) = self.exercise(name)? else {
            return Ok(true);
        };
        let file = self.desk.file(&exercise);
        let passes = || -> Result<bool, Error> {
            let tried = self.judge.attempt(&file, &exercise.check(), Depth::Whole)?;
            Ok(tried.is_passed())
        };
        if !(anyway || file.is_file() && passes()?) {
            self.say(&wording::no_solution_yet(&exercise));
            return Ok(false);
        }
        for path in &exercise.solutions {
            let text = fs::read_to_string(path).map_err(Error::file(path))?;
            let shown = self.judge.shown(path);
            self.say(&wording::solution(&shown, &text));
        }
        Ok(true)
    }

    /// Whether what the learner is at has changed since it was tried last.
    ///
    /// A file that isn't there hasn't: an editor takes it away for a moment as it saves.
    pub fn has_changed(&self) -> bool {
        let now = self.at();
        now.is_some() && now != self.tried
    }

    /// What stands in the file that the learner is at; another terminal may have gone on.
    fn at(&self) -> Option<Vec<u8>> {
        let progress = Progress::load(&self.desk);
        let place = progress.current(&self.course)?;
        fs::read(self.desk.file(&self.course.exercises[place])).ok()
    }

    /// The folder with the learner's files.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The exercise that is meant: by its name, else the one that the learner is at, else the
    /// first that doesn't pass; none if all pass.
    fn place(&mut self, name: Option<&str>) -> Result<Option<usize>, Error> {
        if let Some(name) = name {
            return self.course.find(name).map(Some);
        }
        if let Some(place) = self.progress.current(&self.course) {
            return Ok(Some(place));
        }
        let states = self
            .progress
            .states(&self.course, &self.desk, &self.judge)?;
        Ok(open(&states, 0))
    }

    fn exercise(&mut self, name: Option<&str>) -> Result<Option<Exercise>, Error> {
        let place = self.place(name)?;
        if place.is_none() {
            self.say(&wording::all_done(&self.course));
        }
        Ok(place.map(|place| self.course.exercises[place].clone()))
    }

    fn begin(&mut self, place: usize) -> Result<bool, Error> {
        let exercise = &self.course.exercises[place];
        let made = self.desk.begin(exercise)?;
        self.progress.set_current(exercise);
        self.progress.save()?;
        if made {
            editor::write(&self.course, &self.desk)?;
        }
        Ok(made)
    }

    /// Begins the exercise after one that passes.
    fn go_on(&mut self, place: usize) -> Result<(), Error> {
        let states = self
            .progress
            .states(&self.course, &self.desk, &self.judge)?;
        let Some(next) = open(&states, place) else {
            self.say(&wording::all_done(&self.course));
            return Ok(());
        };
        self.begin(next)?;
        // The next one's start waits for a change, so that what was just learned stays in sight.
        self.tried = self.at();
        let file = self
            .judge
            .shown(&self.desk.file(&self.course.exercises[next]));
        self.say(&wording::next(&self.course, next, &file));
        Ok(())
    }

    /// A closed pipe is the reader's wish to hear no more, and no fault.
    fn say(&mut self, text: &str) {
        let _ = self
            .out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush());
    }
}

/// The first exercise from `place` on that doesn't pass, else the first of all.
fn open(states: &[State], place: usize) -> Option<usize> {
    let is_open = |place: &usize| states[*place] != State::Done;
    (place..states.len())
        .find(is_open)
        .or_else(|| (0..place).find(is_open))
}
