//! All exercises, in the order in which the book names them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_verdict::Book;
use regex::Regex;

use crate::error::Error;
use crate::exercise::Exercise;

/// All exercises, in order.
#[derive(Debug)]
pub struct Course {
    /// The repository's root.
    pub root: PathBuf,
    /// The exercises, in the order in which the book's pages name them.
    pub exercises: Vec<Exercise>,
    /// The titles of the chapters that have exercises, by the chapter's path without `.md`.
    pub titles: BTreeMap<String, String>,
    /// Where the book and the exercises disagree: each a sentence.
    pub strays: Vec<String>,
}

/// Words that the command itself understands, so that no exercise may be called so.
pub const RESERVED: [&str; 4] = ["hint", "reset", "solution", "help"];

impl Course {
    /// Reads the exercises of the repository in `root`.
    ///
    /// # Errors
    ///
    /// If the book or an exercise can't be read, or there are none.
    pub fn load(root: &Path) -> Result<Course, Error> {
        let folder = root.join("exercises");
        let mut exercises = Vec::new();
        find(&folder, "", &mut exercises)?;
        if exercises.is_empty() {
            return Err(Error::Empty(folder));
        }
        let book = Book::load(root).map_err(Error::Book)?;
        let pages: Vec<_> = book
            .chapters
            .iter()
            .map(|chapter| {
                let path = chapter.path.with_extension("").display().to_string();
                (path.replace('\\', "/"), chapter.source.text.as_str())
            })
            .collect();
        let strays = strays(&exercises, &pages);
        let place = |exercise: &Exercise| {
            let chapter = pages.iter().position(|(path, _)| *path == exercise.chapter);
            let named =
                chapter.and_then(|at| named(pages[at].1).position(|name| name == exercise.name));
            let last = usize::MAX;
            (
                chapter.unwrap_or(last),
                named.unwrap_or(last),
                exercise.name.clone(),
            )
        };
        exercises.sort_by_key(place);
        let titles = pages.iter().filter_map(|(path, text)| {
            let title = text.lines().find_map(|line| line.strip_prefix("# "))?;
            Some((path.clone(), title.trim().to_owned()))
        });
        Ok(Course {
            root: root.to_owned(),
            titles: titles.collect(),
            exercises,
            strays,
        })
    }

    /// The place of the exercise called `name`, or of the only one whose name has it as a part.
    ///
    /// # Errors
    ///
    /// If there is none, or several.
    pub fn find(&self, name: &str) -> Result<usize, Error> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let name = name.strip_suffix(".rs").unwrap_or(name);
        let names = || self.exercises.iter().map(|exercise| exercise.name.as_str());
        if let Some(place) = names().position(|other| other == name) {
            return Ok(place);
        }
        let near: Vec<_> = names()
            .enumerate()
            .filter(|(_, other)| other.contains(name))
            .collect();
        match near[..] {
            [(place, _)] => Ok(place),
            _ => Err(Error::NoExercise {
                name: name.to_owned(),
                near: match near.is_empty() {
                    true => names().map(str::to_owned).collect(),
                    false => near.iter().map(|(_, name)| (*name).to_owned()).collect(),
                },
            }),
        }
    }

    /// The title of an exercise's chapter.
    pub fn chapter<'a>(&'a self, exercise: &'a Exercise) -> &'a str {
        self.titles
            .get(&exercise.chapter)
            .unwrap_or(&exercise.chapter)
    }
}

/// The learner's own folder: what lies there is no exercise.
pub const MINE: &str = "mine";

fn find(folder: &Path, chapter: &str, found: &mut Vec<Exercise>) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.is_dir() && !(chapter.is_empty() && path.ends_with(MINE)) {
            folders.push(path);
        }
    }
    folders.sort();
    for path in folders {
        let holds = |name: &str| path.join(name).is_file();
        match ["exercise.toml", "task.rs", "check.rs", "solution.rs"]
            .into_iter()
            .any(holds)
        {
            true => found.push(Exercise::load(&path, chapter)?),
            false => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let inner = format!("{chapter}/{name}");
                find(&path, inner.trim_start_matches('/'), found)?;
            }
        }
    }
    Ok(())
}

/// The exercises that a text names: `cargo exercise NAME`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"cargo exercise (?:hint |reset |solution )?([a-z][a-z0-9-]*)")
            .expect("a valid pattern")
    });
    let names = COMMAND
        .captures_iter(text)
        .map(|found| found.get(1).map_or("", |name| name.as_str()));
    names.filter(|name| !RESERVED.contains(name))
}

fn strays(exercises: &[Exercise], pages: &[(String, &str)]) -> Vec<String> {
    let mut strays = Vec::new();
    let mut names = BTreeSet::new();
    for exercise in exercises {
        let Exercise { name, chapter, .. } = exercise;
        if !names.insert(name.as_str()) {
            strays.push(format!("two exercises are called `{name}`"));
        }
        let well_named = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if RESERVED.contains(&name.as_str()) || !well_named {
            strays.push(format!("`{name}` can't be an exercise's name"));
        }
        match pages.iter().find(|(path, _)| path == chapter) {
            None => strays.push(format!(
                "exercises/{chapter}/{name}: SUMMARY.md has no chapter {chapter}.md"
            )),
            Some((_, text)) if !named(text).any(|other| other == name) => {
                strays.push(format!(
                    "src/{chapter}.md doesn't say `cargo exercise {name}`"
                ));
            }
            Some(_) => {}
        }
    }
    for (path, text) in pages {
        for name in named(text).filter(|name| !names.contains(name)) {
            strays.push(format!(
                "src/{path}.md names an exercise that isn't there: {name}"
            ));
        }
    }
    strays
}
