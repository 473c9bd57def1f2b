//! A repository with a small course, made anew for each test.

use std::fs;
use std::path::{Path, PathBuf};

use exercises::{Course, Error, Fault, Judge, prove};
use tempfile::TempDir;

pub struct Repository {
    folder: TempDir,
}

pub const TASK: &str = "\
pub fn doubled(numbers: Vec<i32>) -> Vec<i32> {
    let mut doubled = Vec::new();
    for number in numbers {
        doubled.push(2 * number);
    }
    assert_eq!(doubled.len(), numbers.len());
    doubled
}
";
pub const SOLUTION: &str = "\
pub fn doubled(numbers: Vec<i32>) -> Vec<i32> {
    numbers.iter().map(|number| 2 * number).collect()
}
";
const ANOTHER: &str = "\
pub fn doubled(mut numbers: Vec<i32>) -> Vec<i32> {
    for number in &mut numbers {
        *number *= 2;
    }
    numbers
}
";
pub const WRONG: &str = "pub fn doubled(numbers: Vec<i32>) -> Vec<i32> {\n    numbers\n}\n";
const CHECK: &str = "\
use crate::task::doubled;

#[test]
fn each_number_is_doubled() {
    assert_eq!(doubled(vec![1, 2]), [2, 4], \"the doubled numbers\");
}
";
pub const DESCRIPTION: &str = "\
title = \"Numbers that are gone\"
fails = \"E0382\"
hints = [\"first hint\", \"second hint\"]
learned = \"A loop takes what it walks over.\"

[[wrong]]
file = \"wrong.rs\"
fails = { check = \"each_number_is_doubled\", message = \"the doubled numbers\" }
";

impl Repository {
    /// Two chapters; the page of `first` names `later` before `double`.
    pub fn new() -> Repository {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository { folder };
        repository.write("book.toml", "[book]\ntitle = \"A book\"\n");
        repository.write(
            "src/SUMMARY.md",
            "- [First](part/first.md)\n- [Second](part/second.md)\n",
        );
        repository.write(
            "src/part/first.md",
            "# The first\n\n`cargo exercise later`, `cargo exercise double`\n",
        );
        repository.write(
            "src/part/second.md",
            "# The second\n\n`cargo exercise again`\n",
        );
        for name in ["part/first/later", "part/first/double", "part/second/again"] {
            for (file, text) in [
                ("task.rs", TASK),
                ("check.rs", CHECK),
                ("solution.rs", SOLUTION),
                ("another.rs", ANOTHER),
                ("wrong.rs", WRONG),
                ("exercise.toml", DESCRIPTION),
            ] {
                repository.write(&format!("exercises/{name}/{file}"), text);
            }
        }
        repository
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub fn judge(&self) -> Judge {
        Judge::new(self.root()).unwrap()
    }

    pub fn course(&self) -> Result<Course, Error> {
        Course::load(self.root())
    }

    /// Plants one file into the exercise `double`, and proves it.
    pub fn faults_with(&self, file: &str, text: &str) -> Vec<Fault> {
        self.write(&format!("exercises/part/first/double/{file}"), text);
        self.faults()
    }

    pub fn faults(&self) -> Vec<Fault> {
        let course = self.course().unwrap_or_else(|error| panic!("{error}"));
        let place = course.find("double").unwrap();
        let mut judge = self.judge();
        judge.time = std::time::Duration::from_secs(2);
        prove(&course.exercises[place], &judge).unwrap_or_else(|error| panic!("{error}"))
    }
}
