//! A small book in a temporary folder, checked by the real binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A book that is made, changed and checked.
pub struct BookTest {
    folder: tempfile::TempDir,
    environment: Vec<(&'static str, String)>,
}

/// What a command gave.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl BookTest {
    /// A book in edition 2024 without any chapter.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // What one test remembers is no other test's business.
        let cache = folder.path().join("cache").display().to_string();
        let environment = ["XDG_CACHE_HOME", "LOCALAPPDATA"].map(|name| (name, cache.clone()));
        let book = BookTest {
            folder,
            environment: environment.into(),
        };
        book.file("book.toml", "[rust]\nedition = \"2024\"\n")
            .file("src/SUMMARY.md", "# Summary\n")
    }

    /// A book with one chapter, `src/a.md`.
    pub fn new(chapter: &str) -> Self {
        BookTest::empty()
            .file("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n")
            .file("src/a.md", chapter)
    }

    /// Writes a file of the book.
    pub fn file(self, path: &str, text: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Adds keys of ours to book.toml.
    pub fn config(self, keys: &str) -> Self {
        let toml = format!("[rust]\nedition = \"2024\"\n\n[preprocessor.verdict]\n{keys}\n");
        self.file("book.toml", &toml)
    }

    /// Sets how grave broken rules are.
    pub fn rules(self, rules: &str) -> Self {
        self.config(&format!("[preprocessor.verdict.rules]\n{rules}"))
    }

    /// Sets a variable for the verifier.
    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// A path of the book.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The book's folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The text of a file of the book.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs `mdbook-verdict` in the book's folder.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with_input(arguments, "")
    }

    /// The same with something to read.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mdbook-verdict"));
        command
            .args(arguments)
            .current_dir(self.root())
            // Books in temporary folders build their dependencies there.
            .env_remove("CARGO_TARGET_DIR")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || {
            // Whoever doesn't read it closes the pipe.
            let _ = std::io::Write::write_all(&mut stdin, input.as_bytes());
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs `mdbook-verdict check` with further arguments.
    pub fn check(&self, arguments: &[&str]) -> Ended {
        self.run(&[&["check"], arguments].concat())
    }

    /// Checks, and reads the JSON lines; the first is the header.
    pub fn json(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let ended = self.check(&[&["--format", "json"], arguments].concat());
        assert!(ended.stderr.is_empty(), "{}", ended.stderr);
        let lines = ended.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Ended {
    /// It ended with this code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Its output's last line.
    pub fn last_line(&self) -> &str {
        self.stdout.lines().last().unwrap_or_default()
    }

    /// It ended well, and so many blocks and fences hold.
    #[track_caller]
    pub fn passed(self, count: usize) -> Self {
        let ended = self.code(0);
        assert_eq!(ended.last_line(), format!("{count} passed, 0 failed"));
        ended
    }

    /// It ended with 1, and so many hold and so many don't.
    #[track_caller]
    pub fn failed(self, passed: usize, failed: usize) -> Self {
        let ended = self.code(1);
        let counts = format!("{passed} passed, {failed} failed");
        assert_eq!(ended.last_line(), counts, "{}", ended.stdout);
        ended
    }

    /// What it printed has this text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        let said = format!("{}{}", self.stdout, self.stderr);
        assert!(said.contains(text), "no `{text}` in:\n{said}");
        self
    }

    /// What it printed has not.
    #[track_caller]
    pub fn never_says(self, text: &str) -> Self {
        let said = format!("{}{}", self.stdout, self.stderr);
        assert!(!said.contains(text), "`{text}` in:\n{said}");
        self
    }
}
